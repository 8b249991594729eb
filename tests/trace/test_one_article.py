"""One remark from its article file to its GraphQL answer, stage by stage: the README's "follow one article", run."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest

from etl.analyse import fit_for_the_graph, language_model
from etl.annotate import annotate
from etl.clean import clean
from etl.extract import quotations
from etl.load.articles import id_of
from etl.pipeline import load
from etl.read import Defaults, read
from etl.records import CleanArticle, RawArticle
from etl.resolve import resolve
from etl.settings import ModelSettings
from schema.database import async_engine_for, engine_for
from schema.graphql import graphql_schema
from schema.graphql.context import Context

pytestmark = pytest.mark.model

FILE = Path(__file__).resolve().parents[2] / "seeds" / "articles" / "06-northern-lantern.json"
NOW = datetime(2026, 1, 1, tzinfo=UTC)
WORDS = "We have taken the decision to supply Ukraine with light, anti-armour, defensive weapon systems"

QUESTION = """
query ($words: String!) {
  statements(where: { text: $words }) {
    nodes {
      text
      kind
      act
      speaker { __typename name ... on Person { roles { title } } }
      event { title }
      mentions { nodes { name } }
      reports {
        nodes {
          exact
          start
          end
          cue
          speakerMention
          basis
          source { name }
          article { label text }
          chain { role name }
        }
      }
    }
  }
}
"""


def test_a_remark_from_file_to_answer(database_url: str) -> None:
    """Read, clean, annotate, extract, resolve; merge, group, load; ask."""
    # read: a file is records
    (record,) = read([FILE], Defaults(), now=NOW)
    assert isinstance(record.item, RawArticle)
    assert record.item.headline == "Joly in Kyiv as report puts Canadian special forces in Ukraine"

    # clean: nothing is cut
    article = clean(record.item)
    assert isinstance(article, CleanArticle)
    assert article.text == record.item.text

    # annotate: a Doc over the very same characters
    ((_, doc),) = annotate([article], language_model(ModelSettings()))
    assert doc.text == article.text

    # extract: who, cue, what, as the sentence gives it
    kept, _ = fit_for_the_graph(article, doc, quotations(doc))
    number, quotation = next((i, q) for i, q in enumerate(kept) if WORDS in q.content[0].of(article.text))
    assert [span.of(article.text) for span in quotation.cue] == ["told"]
    assert "Ben Wallace" in quotation.source[0].of(article.text)

    # resolve: who that is
    attribution = resolve(article, doc, kept).attributions[number]
    assert attribution.speaker == "person:ben wallace"

    # merge, group, load: rows in one transaction
    engine = engine_for(database_url)
    outcomes = load(
        engine, [FILE], defaults=Defaults(), manifest=None, now=NOW, batch_size=1, tell=lambda progress: None
    )
    engine.dispose()
    assert outcomes["article: added"] == 1

    # ask: one statement with its words, its evidence and its article
    statement = asyncio.run(asked(database_url, f'"{WORDS}"'))
    start = article.text.index(WORDS)
    assert statement["text"] == WORDS
    assert (statement["kind"], statement["act"]) == ("DIRECT", "SPEECH")
    assert statement["speaker"]["__typename"] == "Person"
    assert statement["speaker"]["name"] == "Ben Wallace"
    assert "Defence Secretary" in [role["title"] for role in statement["speaker"]["roles"]]
    assert statement["event"]["title"] == article.raw.headline
    assert "Ukraine" in [party["name"] for party in statement["mentions"]["nodes"]]
    (report,) = statement["reports"]["nodes"]
    assert report["article"]["text"][report["start"] : report["end"]] == report["exact"] == WORDS
    assert (report["start"], report["cue"], report["basis"]) == (start, "told", "EXPLICIT")
    assert report["source"]["name"] == "The Northern Lantern (invented)"
    assert [link["role"] for link in report["chain"]] == ["SPEAKER", "PUBLISHER"]
    assert id_of(article)


async def asked(database_url: str, words: str) -> dict:
    """The one statement that holds these words."""
    engine = async_engine_for(database_url)
    answer = await graphql_schema.execute(QUESTION, {"words": words}, context_value=Context(engine))
    await engine.dispose()
    assert answer.errors is None
    (statement,) = answer.data["statements"]["nodes"]
    return statement
