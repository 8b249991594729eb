"""What a command line means by an address, a file or an id: stored articles, and the records of the file."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import Connection, select

from etl.errors import NotMeantError
from etl.known import Known
from etl.load.articles import among_stored
from etl.load.rows import table_of
from etl.records import RawArticle
from schema import tables
from schema.global_ids import decode
from schema.urls import canonical_url


@dataclass(frozen=True, slots=True)
class Meant:
    """The stored articles that are meant, and the records of the file, of articles that are stored or not."""

    articles: set[UUID]
    records: list[RawArticle] = field(default_factory=list)


def articles_meant(connection: Connection, target: str) -> Meant:
    """What is meant by an address, a file or an id. Raises NotMeantError where it is nothing."""
    if Path(target).exists():
        return _in_file(connection, Path(target))
    key = id_meant(target, "Article")
    if key is None:
        return Meant(_at(connection, target))
    found = among_stored(connection, [key])
    if not found:
        raise NotMeantError(f"{target}: no article has this id; look it up again, it may have a successor")
    return Meant(found)


def id_meant(target: str, type_name: str) -> UUID | None:
    """The id, as the API gives one of this type or as the store has it; None for what is none."""
    found = decode(target)
    if found is not None and found.type == type_name:
        return found.uuid
    try:
        return UUID(target)
    except ValueError:
        return None


def _in_file(connection: Connection, file: Path) -> Meant:
    from etl.read import Defaults, read

    records = [record.item for record in read([file], Defaults(), None, now=datetime.now(UTC))]
    raws = [item for item in records if isinstance(item, RawArticle)]
    if not raws:
        raise NotMeantError(
            f"{file}: holds no article that can be read; give the file it was loaded from, or its address"
        )
    known = Known.of(connection, raws)
    return Meant({key for raw in raws for key in known.about(raw)}, raws)


def _at(connection: Connection, address: str) -> set[UUID]:
    article = table_of(tables.Article)
    url = canonical_url(address)
    found = set(connection.execute(select(article.c.id).where(article.c.url == url)).scalars())
    if not found:
        raise NotMeantError(f"{address}: no article is stored under it; give the file it was loaded from, or its id")
    return found
