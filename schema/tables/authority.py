"""What an authority file tells of people: names, identifiers and offices that no article has to give."""

from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, Text
from sqlmodel import Field, SQLModel

from schema.tables.columns import FOLDED, Key, identity, refers_to


class Authority(SQLModel, table=True):
    """A person of an authority file; id: the speaker of the name."""

    __table_args__ = (CheckConstraint("name <> ''", name="name"),)

    id: UUID = identity()
    name: str = Field(sa_type=Text)
    aliases: list[str] = Field(sa_type=JSON)
    wikidata_id: str | None = Field(default=None, unique=True, sa_type=Text)


class AuthorityName(SQLModel, table=True):
    """A name by which loads find a person of the authority file: a full name's id, or a single name, folded."""

    __tablename__ = "authority_name"

    authority_id: UUID = refers_to("authority.id", index=False, primary_key=True)
    folded: str = Field(sa_type=FOLDED, primary_key=True, index=True)
    node_id: UUID | None = Field(default=None, index=True, sa_type=Key)


class AuthorityRole(SQLModel, table=True):
    """An office the file gives; start and end are EDTF, empty where it does not say."""

    __tablename__ = "authority_role"

    authority_id: UUID = refers_to("authority.id", index=False, primary_key=True)
    title: str = Field(sa_type=Text, primary_key=True)
    start: str = Field(default="", sa_type=Text, primary_key=True)
    end: str = Field(default="", sa_type=Text, primary_key=True)
