"""Earlier texts of articles, read again: where rows are made anew from all that was given of an article."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from etl.clean import clean
from etl.guard import Reader
from etl.load import given
from etl.load.given import Given
from etl.load.placing import Earlier
from etl.load.prepared import Prepared
from etl.records import CleanArticle, Refused
from etl.replay import Made, replay
from schema.database import Database, reading
from schema.keys import text_hash


@dataclass(frozen=True, slots=True)
class History:
    """Earlier texts, those of an article in the order in which it had them; refused: what cannot be read any more."""

    earlier: Sequence[Earlier]
    refused: Sequence[Refused]


def of_replaced(
    database: Database, replaced: Mapping[UUID, Collection[UUID]], records: Iterable[Given], reader: Reader[Prepared]
) -> History:
    """The earlier texts of articles that are stored under another id now: these of those (etl.known.Settled).

    records: what a load is about to give of them.
    """
    if not replaced:
        return History((), ())
    with reading(database) as connection:
        given_so_far = given.of(connection, {old for its in replaced.values() for old in its})
    made = replay([*given_so_far, *(one for one in records if one.article in replaced)]).articles
    return read_again((made[key] for key in replaced if key in made), reader)


def read_again(made: Iterable[Made], reader: Reader[Prepared]) -> History:
    """The earlier texts of these articles, each read as the article that it is of is called now."""
    brought: dict[tuple[UUID, str], tuple[UUID, UUID]] = {}
    cleaned: list[CleanArticle] = []
    refused: list[Refused] = []
    for one in made:
        now = one.raw
        for past in one.past:
            called = replace(past.raw, external_id=now.external_id, further_ids=now.further_ids, url=now.url)
            article = clean(called)
            if isinstance(article, Refused):
                refused.append(article)
                continue
            hashed = text_hash(past.raw.text)
            brought[one.raw.id, hashed] = one.texts[hashed][1], past.until
            cleaned.append(article)
    analysed = reader(cleaned) if cleaned else None
    if analysed is None:
        return History((), refused)
    found = {(one.id, text_hash(one.raw.text)): one for one in analysed.made}
    return History(
        [Earlier(found[key], *brought[key]) for key in brought if key in found],
        [*refused, *analysed.refused],
    )
