"""What is made of an article alone: before the transaction that stores it, so that nobody waits for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from etl import group
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
    their keys in it. drafts: its reports.
    """

    id: UUID
    resolved: ResolvedArticle
    row: Values
    vector: Vector
    terms: dict[str, float]
    window: int | None
    edition: Edition
    profiles: Mapping[str, Profile]
    drafts: Sequence[Draft]

    @classmethod
    def of(cls, resolved: ResolvedArticle) -> "Prepared":
        """The article as it is stored and compared."""
        article, key = resolved.article, id_of(resolved.article)
        terms = group.terms(article)
        return cls(
            id=key,
            resolved=resolved,
            row=row_of(article),
            vector=Vector.of(terms),
            terms={term: terms[term] for term in group.keys(terms)},
            window=group.window(article.raw.published_on),
            edition=edition(article, key),
            profiles=profiles_of(resolved),
            drafts=Draft.of_article(resolved),
        )

    @property
    def raw(self) -> RawArticle:
        """The record it was read from."""
        return self.resolved.article.raw
