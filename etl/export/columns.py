"""What a line has of each table, and what it has not, with the reason: whatever is not named here is in the line.

A column x_id, which holds the id of a row, stands in a line as x; every other one under its own name.
"""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Column
from sqlmodel import SQLModel

from etl.load.rows import table_of
from schema import tables
from schema.tables.columns import Key

_OWNER = "the id of the line, or of what stands around it"
_RANGE = "the instants that the date beside it may mean"
_ORDER = "the order of the list"
_FOLDED = "the name as it is searched for"
_FROM_ID = "made of the id"
_EVIDENCE = "likenesses and keys that loads keep to find what belongs together, made of the articles"

LEFT_OUT: Mapping[type[SQLModel], Mapping[str, str]] = {
    tables.Statement: {
        "said_from": _RANGE,
        "said_to": _RANGE,
        "first_reported_from": _RANGE,
        "first_reported_to": _RANGE,
    },
    tables.StatementReason: {"statement_id": _OWNER, "position": _ORDER},
    tables.Report: {"own_statement_id": _FROM_ID},
    tables.ReportSpan: {"report_id": _OWNER},
    tables.ReportReason: {"report_id": _OWNER, "position": _ORDER},
    tables.ReportingLink: {"report_id": _OWNER},
    tables.LinkProfile: {"report_id": _OWNER, "position": _OWNER},
    tables.Mention: {"report_id": _OWNER},
    tables.MentionProfile: {"report_id": _OWNER, "start": _OWNER, "end": _OWNER},
    tables.AlsoCarries: {"report_id": _OWNER},
    tables.Speaker: {"folded": _FOLDED},
    tables.Person: {"id": _OWNER, "type": "that of the speaker"},
    tables.Organization: {"id": _OWNER, "type": "that of the speaker"},
    tables.UnnamedSource: {"id": _OWNER, "type": "that of the speaker"},
    tables.Affiliation: {"unnamed_source_id": _OWNER},
    tables.AliasCount: {"speaker_id": _OWNER},
    tables.Role: {"speaker_id": _OWNER, "article_id": "counted as articles; the articles' profiles have them"},
    tables.Authority: {"id": _OWNER},
    tables.AuthorityRole: {"authority_id": _OWNER},
    tables.Event: {"occurred_from": _RANGE, "occurred_to": _RANGE},
    tables.EventArticle: {"event_id": _OWNER},
    tables.Article: {"published_from": _RANGE, "published_to": _RANGE, "own_event_id": _FROM_ID},
    tables.Source: {
        "folded": _FOLDED,
        "masthead": _FOLDED,
        "known": "an article of no known outlet has neither source nor domain",
        "organization_id": "the organization's line has its outlets",
    },
    tables.ExternalId: {"article_id": _OWNER},
    tables.Author: {"article_id": _OWNER, "position": _ORDER},
    tables.Profile: {"article_id": _OWNER, "own_id": "made of the name"},
    tables.ArticleRelation: {"article_id": _OWNER},
}
"""Every table whose rows stand in lines, and its columns that do not."""

NOT_EXPORTED: Mapping[type[SQLModel], str] = {
    tables.Alias: "counted in the speaker's line; the articles' profiles have each spelling",
    tables.AuthorityName: _FOLDED,
    tables.Load: "about runs",
    tables.LoadOutcome: "about runs",
    tables.Rejection: "about runs",
    tables.Revision: "hashes of texts that nobody has any more",
    tables.Redirect: "ids of before, which depend on what was loaded first",
    tables.Decision: "who decided what: `quoth decisions` lists it",
    tables.DecisionAbout: "who decided what: `quoth decisions` lists it",
    tables.ArticleKey: _EVIDENCE,
    tables.ArticlePair: _EVIDENCE,
    tables.ArticleTerm: _EVIDENCE,
    tables.ArticleVector: _EVIDENCE,
    tables.OfficeCount: _EVIDENCE,
    tables.ProfilePair: _EVIDENCE,
    tables.ReportPair: _EVIDENCE,
    tables.ReportWindow: _EVIDENCE,
    tables.TextPair: _EVIDENCE,
}
"""The tables of which no line has anything."""


def columns_of(model: type[SQLModel], aside: Collection[str] = ()) -> list[Any]:
    """The columns of a table that a line has, labelled with their keys, in the table's order; without those aside."""
    left_out = {*LEFT_OUT[model], *aside}
    return [column.label(key_of(column)) for column in table_of(model).columns if column.name not in left_out]


def key_of(column: Column[Any]) -> str:
    """The key under which a column stands in a line."""
    return column.name.removesuffix("_id") if isinstance(column.type, Key) else column.name
