"""Articles that are to be forgotten: they go, with what rests on them alone, and no later load brings them again.

What is kept of such an article is the decision, and by what its records would be known again: ids made of its
addresses, its external ids and its texts, from which none of these can be read.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Engine

from etl.load import annotations, given
from etl.load.articles import stored_articles
from etl.load.removal import remove
from etl.records import RawArticle
from schema import decisions
from schema.database import writing
from schema.decisions import Forgetting
from schema.keys import content_id, text_hash

_ANY, _UNKNOWN = "any outlet", "unknown outlet"


def forget(
    engine: Engine,
    articles: Collection[UUID],
    records: Sequence[RawArticle] = (),
    *,
    called: str,
    by: str,
    at: datetime,
    reason: str,
) -> UUID:
    """Removes these articles and keeps later loads from them; the id of the decision.

    records: further ones of the same articles, stored or not. called: what the decision is about, in words.
    """
    with writing(engine) as connection:
        stored = stored_articles(connection, articles)
        known = [*records, *(one.raw for one in stored.values()), *(one.raw for one in given.of(connection, articles))]
        names = {name for raw in known for name in _left_by(raw)}
        for article, texts in given.texts_of(connection, articles).items():
            raw = stored[article].raw
            names |= {name for hashed in texts for name in _texts_left(hashed, raw.outlet)}
        told = f"{called} is forgotten"
        decision = decisions.record(connection, Forgetting(tuple(sorted(names))), told, by=by, at=at, reason=reason)
        annotations.forget(connection, articles)
        remove(connection, articles, at)
    return decision


def names_of(raw: RawArticle) -> set[UUID]:
    """By what a record is known as one of an article that was forgotten: any of these."""
    hashed = text_hash(raw.text)
    of_text = [(hashed, _UNKNOWN)] if raw.outlet is None else [(hashed, str(raw.outlet)), (hashed, _ANY)]
    return _names(raw) | {_name("text", *parts) for parts in of_text}


def _left_by(raw: RawArticle) -> set[UUID]:
    """What an article leaves that has this record."""
    return _names(raw) | _texts_left(text_hash(raw.text), raw.outlet)


def _texts_left(hashed: str, outlet: UUID | None) -> set[UUID]:
    """A record without an outlet may be of any; so may an article without one be that of any record."""
    outlets = (_UNKNOWN, _ANY) if outlet is None else (_UNKNOWN, str(outlet))
    return {_name("text", hashed, one) for one in outlets}


def _names(raw: RawArticle) -> set[UUID]:
    named = {_name("external_id", name) for name in (raw.external_id, *raw.further_ids) if name}
    return named if raw.url is None else {*named, _name("url", raw.url)}


def _name(*parts: str) -> UUID:
    return content_id("forgotten", *parts)
