"""Articles that are to be forgotten: they go, with what rests on them alone, and no later load brings them again.

What is kept of such an article is the decision, and by what its records would be known again (etl.load.known_by).
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Engine

from etl.load import annotations
from etl.load.known_by import left_by
from etl.load.removal import remove
from etl.records import RawArticle
from schema import decisions
from schema.database import writing
from schema.decisions import Forgetting


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
        names = left_by(connection, articles, records)
        told = f"{called} is forgotten"
        decision = decisions.record(connection, Forgetting(tuple(sorted(names))), told, by=by, at=at, reason=reason)
        annotations.forget(connection, articles)
        remove(connection, articles, at)
    return decision
