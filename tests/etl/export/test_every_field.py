"""An export has every field: each column of each table stands in a line, or below with the reason why not."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import orjson
import pytest
from builders import (
    NOW,
    a_link,
    a_load,
    a_person,
    a_profile,
    a_reason,
    a_report,
    a_source,
    a_statement,
    an_article,
    an_event,
    an_organization,
    an_unnamed_source,
)
from sqlalchemy import Engine, select
from sqlmodel import Session

from etl.export_cli import KINDS
from schema import tables
from schema.enums import DateBasis, ReportingRole
from schema.tables import metadata
from tests.etl.export.test_lines import lines

TABLES = {
    "statements": ("statement", "statement_reason"),
    "reports": (
        "report", "report_span", "report_reason", "reporting_link", "link_profile", "mention", "mention_profile",
        "also_carries",
    ),
    "people": (
        "speaker", "person", "organization", "unnamed_source", "affiliation", "alias_count", "role", "authority",
        "authority_role",
    ),
    "events": ("event", "event_article"),
    "articles": ("article", "source", "external_id", "author", "profile", "article_relation"),
}  # fmt: skip
"""Whose rows stand in the lines of a kind."""

OWNER = "the id of the line, or of what stands around it"
ORDER = "the order of the list"
FOLDED = "the name as it is searched for"
MADE_OF_ID = "made of the id"

LEFT_OUT = {
    "statement_reason.statement_id": OWNER,
    "statement_reason.position": ORDER,
    "report.own_statement_id": MADE_OF_ID,
    "report_span.report_id": OWNER,
    "report_reason.report_id": OWNER,
    "report_reason.position": ORDER,
    "reporting_link.report_id": OWNER,
    "link_profile.report_id": OWNER,
    "mention.report_id": OWNER,
    "mention_profile.report_id": OWNER,
    "also_carries.report_id": OWNER,
    "speaker.folded": FOLDED,
    "affiliation.unnamed_source_id": OWNER,
    "alias_count.speaker_id": OWNER,
    "role.speaker_id": OWNER,
    "role.article_id": "counted as `articles`; the articles' profiles have each",
    "authority_role.authority_id": OWNER,
    "event_article.event_id": OWNER,
    "article.own_event_id": MADE_OF_ID,
    "source.folded": FOLDED,
    "source.masthead": FOLDED,
    "source.known": "an article of no known outlet has neither source nor domain",
    "source.organization_id": "the organization's line has its outlets",
    "external_id.article_id": OWNER,
    "author.article_id": OWNER,
    "author.position": ORDER,
    "profile.article_id": OWNER,
    "profile.own_id": "made of the name",
    "article_relation.article_id": OWNER,
}
"""Columns of these tables that no line has."""

OTHERWISE = {
    "also_carries.statement_id": "also_carries_ids",
    "affiliation.organization_id": "organization_ids",
    "external_id.value": "external_ids",
    "author.name": "authors",
    "source.id": "source_id",
    "source.name": "source",
}
"""Columns that stand under another name than their own."""

EVIDENCE = "likenesses and keys by which loads find what belongs together: made of the articles"
RUNS = "about runs and what they refused, not about the news"
DECISIONS = "who decided what: `quoth decisions` lists it"

NOT_EXPORTED = {
    "alias": "counted in the speaker's line; the articles' profiles have each spelling",
    "authority_name": FOLDED,
    "load": RUNS,
    "load_outcome": RUNS,
    "given": RUNS,
    "annotation": "what a model found, which it finds again",
    "rejection": RUNS,
    "reprocess": RUNS,
    "waiting_article": "what was read of articles that are placed later: the same lines then",
    "waiting_report": "the same",
    "revision": "texts that an article has no longer",
    "redirect": "ids of before, which depend on what was loaded first",
    "decision": DECISIONS,
    "decision_about": DECISIONS,
    "article_key": EVIDENCE,
    "article_pair": EVIDENCE,
    "article_term": EVIDENCE,
    "article_vector": EVIDENCE,
    "office_count": EVIDENCE,
    "profile_pair": EVIDENCE,
    "report_pair": EVIDENCE,
    "report_window": EVIDENCE,
    "text_pair": EVIDENCE,
}
"""Tables of which no line has anything."""


def a_graph(session: Session) -> None:
    """One of everything, with a value in every column that may be null."""
    load = a_load(session)
    body = an_organization(session, wikidata_id="Q7")
    paper = a_source(session, organization_id=body.id)
    person = a_person(session, wikidata_id="Q1")
    first = an_article(session, source=paper, load=load)
    article = an_article(
        session,
        "“The talks went on all night,” said the mayor, Ada Vance, on Monday.",
        source=paper,
        load=load,
        headline="Talks",
        url="https://paper.example/talks",
        language="en-GB",
        file_name="talks.json",
        place="Easthaven",
        translated=True,
        copy_of_id=first.id,
        correction_of_id=first.id,
        external_ids=("feed:2", "feed:1"),
        authors=("Sam Reed", "Jo Marsh"),
    )
    event = an_event(session, place="Westhaven")
    statement = a_statement(
        session,
        speaker=person,
        event=event,
        said="2022-01-17",
        said_basis=DateBasis.STATED,
        said_expression="on Monday",
        said_anchor="2022-01-18",
        said_article_id=article.id,
    )
    report = a_report(
        session,
        statement=statement,
        article=article,
        cue="said",
        speaker_mention="Ada Vance",
        mentions=[person],
        said_basis=DateBasis.STATED,
        said_expression="on Monday",
        said_anchor="2022-01-18",
        said_on="2022-01-17",
        withdrawn_at=NOW,
        text_hash="0" * 64,
    )
    a_reason(session, of=statement, rule="alike words", position=7, score=0.81, detail="all of them")
    a_reason(session, of=report, rule="subject of the cue", position=7, score=0.82, detail="nsubj")
    link = a_link(
        session, report=report, position=0, role=ReportingRole.SPEAKER, party=person, name="A. Vance", said_on="2022"
    )
    a_link(session, report=report, position=1, role=ReportingRole.PUBLISHER, party=paper)
    profile = a_profile(
        session,
        speaker=person,
        article=article,
        own_id=body.id,
        link=link,
        year=2022,
        detail="one name",
        roles=["mayor"],
    )
    mention = session.execute(select(tables.Mention)).scalar_one()
    unnamed = an_unnamed_source(session, article=first, affiliations=[body])
    session.add_all(
        [
            tables.MentionProfile(
                report_id=report.id, start=mention.start, end=mention.end, profile_id=profile.id
            ),
            tables.AlsoCarries(report_id=report.id, statement_id=a_statement(session, speaker=unnamed).id),
            tables.AliasCount(speaker_id=person.id, name="Vance", articles=3),
            tables.Role(speaker_id=person.id, article_id=article.id, title="mayor", start="2019", end="2023"),
            tables.Authority(id=person.id, name="Ada Vance", aliases=["A. V."], wikidata_id="Q2"),
            tables.AuthorityRole(authority_id=person.id, title="reeve", start="2015", end="2018"),
            tables.EventArticle(event_id=event.id, article_id=article.id, score=0.5, main=False),
            tables.ArticleRelation(
                article_id=article.id, kind="copy", of_id=first.id, score=0.9, rule="same words", detail="two sentences"
            ),
        ]
    )  # fmt: skip
    session.commit()


def leaves(value: object, key: str = "") -> Iterator[tuple[str, str]]:
    """Each value of a line with its key, however deep it stands; of a list each entry."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from leaves(inner, name)
    elif isinstance(value, list):
        for entry in value:
            yield from leaves(entry, key)
    elif value is not None:
        yield key, json.dumps(value)


def as_json(value: Any) -> Any:
    return json.loads(orjson.dumps(value, option=orjson.OPT_UTC_Z))


@pytest.mark.parametrize("kind", KINDS)
def test_every_column_stands_in_a_line_or_in_the_list_of_those_that_do_not(engine: Engine, kind: str) -> None:
    """Each row's value under the column's name; a column that comes later fails here until it does either."""
    with Session(engine) as session:
        a_graph(session)

    told = {leaf for line in lines(engine, kind) for leaf in leaves(line)}

    missing = set()
    with engine.connect() as connection:
        for table in (metadata.tables[name] for name in TABLES[kind]):
            stored: list[Mapping[str, Any]] = list(connection.execute(select(table)).mappings())
            for column in table.columns:
                key = OTHERWISE.get(f"{table.name}.{column.name}", column.name)
                values = {leaf for row in stored for leaf in leaves(as_json(row[column.name]), key)}
                assert values, f"{column}: a_graph() stores none, so nobody knows whether it is exported"
                if not values <= told:
                    missing.add(str(column))
    assert missing == {name for name in LEFT_OUT if name.partition(".")[0] in TABLES[kind]}


def test_every_table_is_exported_or_in_the_list_of_those_that_are_not() -> None:
    exported = [name for names in TABLES.values() for name in names]

    assert sorted([*exported, *NOT_EXPORTED]) == sorted(metadata.tables)
