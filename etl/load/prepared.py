"""What is made of an article alone: where it is read, so that no transaction waits for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from etl import group
from etl.copies.bands import bands
from etl.copies.edition import Edition, edition
from etl.identify.profiles import Profile, profiles_of
from etl.load.articles import id_of, row_of
from etl.load.reports import Draft
from etl.load.rows import Values
from etl.records import RawArticle, ResolvedArticle
from etl.vector import Vector


@dataclass(frozen=True, slots=True)
class Prepared:
    """An article that is about to be stored, with all by which others that are like it are found.

    row: its own. terms: the keys of its vector, with their weights. window: of its day. profiles: of whom it names, by
    their keys in it. drafts: its reports. sentences: the keys of its sentences (etl.copies.bands).
    """

    id: UUID
    resolved: ResolvedArticle
    row: Values
    vector: Vector
    terms: dict[str, float]
    window: int | None
    edition: Edition
    sentences: Sequence[int]
    profiles: Mapping[str, Profile]
    drafts: Sequence[Draft]

    @classmethod
    def of(cls, resolved: ResolvedArticle) -> "Prepared":
        """The article as it is stored and compared."""
        article, key = resolved.article, id_of(resolved.article)
        terms, its_edition = group.terms(article), edition(article, key)
        return cls(
            id=key,
            resolved=resolved,
            row=row_of(article),
            vector=Vector.of(terms),
            terms={term: terms[term] for term in group.keys(terms)},
            window=group.window(article.raw.published_on),
            edition=its_edition,
            sentences=bands(its_edition.wording),
            profiles=profiles_of(resolved),
            drafts=Draft.of_article(resolved),
        )

    @property
    def raw(self) -> RawArticle:
        """The record it was read from."""
        return self.resolved.article.raw

    @property
    def notes(self) -> Sequence[str]:
        """What is counted about its record and its text."""
        return (*self.raw.notes, *self.resolved.article.notes)

    @property
    def counts(self) -> Mapping[str, int]:
        """Outcomes of what was found in it."""
        return self.resolved.counts

    @property
    def found_now(self) -> tuple[str, bytes | None]:
        """The hash of its text, and what the language model found of it now, None where it was not asked."""
        return self.row["text_hash"], self.resolved.annotation
