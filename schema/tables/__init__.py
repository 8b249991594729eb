"""The data as stored: Source, Article, Person, Organization, UnnamedSource, Statement, Event and what links them.

Integrity is the database's: foreign keys, uniqueness and checks stand here and in the migrations, not in Python alone.
Dates of the world are three columns: x_on as EDTF, x_from and x_to the closed range of instants it may mean.
Offsets are Unicode code points into article.text, half-open.
"""

from sqlmodel import SQLModel

from schema.tables.articles import Annotation, Article, Author, ExternalId, Redirect, Revision, Source
from schema.tables.authority import Authority, AuthorityName, AuthorityRole
from schema.tables.columns import FOLDED, UtcDateTime, metadata, one_of
from schema.tables.decisions import Decision, DecisionAbout
from schema.tables.evidence import (
    NO_CELL,
    ArticleKey,
    ArticlePair,
    ArticleRelation,
    ArticleTerm,
    ArticleVector,
    ReportPair,
    ReportWindow,
    TextPair,
)
from schema.tables.loads import Given, Load, LoadOutcome, Rejection, Reprocess, WaitingArticle, WaitingReport
from schema.tables.profiles import BY_NAME, LinkProfile, MentionProfile, OfficeCount, Profile, ProfilePair
from schema.tables.speakers import Affiliation, Alias, AliasCount, Organization, Person, Role, Speaker, UnnamedSource
from schema.tables.statements import (
    AlsoCarries,
    Event,
    EventArticle,
    Mention,
    Report,
    ReportingLink,
    ReportReason,
    ReportSpan,
    Statement,
    StatementReason,
)

__all__ = [
    "BY_NAME",
    "FOLDED",
    "NO_CELL",
    "Affiliation",
    "Alias",
    "AliasCount",
    "AlsoCarries",
    "Annotation",
    "Article",
    "ArticleKey",
    "ArticlePair",
    "ArticleRelation",
    "ArticleTerm",
    "ArticleVector",
    "Author",
    "Authority",
    "AuthorityName",
    "AuthorityRole",
    "Decision",
    "DecisionAbout",
    "Event",
    "EventArticle",
    "ExternalId",
    "Given",
    "LinkProfile",
    "Load",
    "LoadOutcome",
    "Mention",
    "MentionProfile",
    "OfficeCount",
    "Organization",
    "Person",
    "Profile",
    "ProfilePair",
    "Redirect",
    "Rejection",
    "Report",
    "ReportPair",
    "ReportReason",
    "ReportSpan",
    "ReportWindow",
    "ReportingLink",
    "Reprocess",
    "Revision",
    "Role",
    "SQLModel",
    "Source",
    "Speaker",
    "Statement",
    "StatementReason",
    "TextPair",
    "UnnamedSource",
    "UtcDateTime",
    "WaitingArticle",
    "WaitingReport",
    "metadata",
    "one_of",
]
