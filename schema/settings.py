"""Where the database is. Read once, at the entry point, and passed down."""

import os
from dataclasses import dataclass

from schema.errors import SettingError

DEFAULT_DATABASE_URL = "sqlite:///.quoth/quoth.db"


@dataclass(frozen=True, slots=True)
class DatabaseSettings:
    """Settings of the database, one field a setting."""

    url: str = DEFAULT_DATABASE_URL
    """QUOTH_DATABASE_URL: sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME."""

    @classmethod
    def from_environment(cls, url: str | None = None) -> "DatabaseSettings":
        """The settings, with url (from --database) before QUOTH_DATABASE_URL before the default.

        Raises SettingError for a url of another kind of database.
        """
        chosen = url or os.environ.get("QUOTH_DATABASE_URL") or DEFAULT_DATABASE_URL
        if not chosen.startswith(("sqlite:///", "postgresql://", "postgres://", "postgresql+psycopg://")):
            raise SettingError(
                f"database {chosen!r}: Quoth speaks SQLite and PostgreSQL; "
                "give sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME in --database or QUOTH_DATABASE_URL"
            )
        return cls(url=chosen)
