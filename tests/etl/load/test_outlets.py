"""Outlets and the bodies that articles quote under their name: which is which, on both databases."""

import itertools
from dataclasses import replace

import pytest
from sqlalchemy import Engine, select

from etl import load
from etl.load.prepared import Prepared
from etl.records import Party, ResolvedArticle
from schema import tables
from schema.enums import SpeakerType
from schema.keys import speaker_id
from tests.etl.load.test_store import NOW, an_article, store


def a_body(*names: str) -> Party:
    return Party(f"organization:{names[0].casefold()}", SpeakerType.ORGANIZATION, names[0], names)


def names_of(article: ResolvedArticle, *bodies: Party) -> ResolvedArticle:
    return replace(article, parties={**article.parties, **{body.key: body for body in bodies}})


def tied(engine: Engine) -> dict[str, str]:
    """The name of each tied outlet -> that of its body."""
    query = select(tables.Source.name, tables.Speaker.name).join(
        tables.Speaker, tables.Speaker.id == tables.Source.organization_id
    )
    with engine.connect() as connection:
        return {row[0]: row[1] for row in connection.execute(query)}


@pytest.mark.parametrize(
    ("outlet", "body"),
    [
        ("Norwire", a_body("Norwire")),
        ("Norwire (invented)", a_body("Norwire")),
        ("The Castlebury Post", a_body("Castlebury Post")),
        ("Castlebury Post (invented)", a_body("The Castlebury Post")),
        ("ABX", a_body("Agence Boréale", "ABX")),
    ],
)
def test_an_outlet_is_the_body_quoted_under_its_name(engine: Engine, outlet: str, body: Party) -> None:
    """With and without article, parenthesis and abbreviation."""
    store(engine, [names_of(an_article("Nobody will sail in March", source="Coast Radio"), body)])
    store(engine, [an_article("The tunnel will never be built", source=outlet)])

    assert tied(engine)[outlet] == body.name


def test_a_short_name_is_no_other_outlet(engine: Engine) -> None:
    """ "The Post", as one article calls the Castlebury Post for short, is not the outlet called Post."""
    body = a_body("Castlebury Post", "Post")
    store(engine, [names_of(an_article("Nobody will sail in March", source="Post"), body)])

    assert "Post" not in tied(engine)


def test_of_two_bodies_of_that_name_it_is_the_one_called_so_in_full_whatever_came_first(engine: Engine) -> None:
    """The order of the loads does not show; in articles of the same days they would be one body."""
    sailing = an_article("Nobody will sail in March", source="Coast Radio")
    bridge = an_article("The bridge can wait for a year", source="Dagny Weekly", on="2022-07-04")
    articles = [
        an_article("The tunnel will never be built", source="AFX"),
        names_of(sailing, a_body("Agence Floréale", "AFX")),
        names_of(bridge, a_body("AFX")),
    ]
    for order in itertools.permutations(articles):
        with engine.begin() as connection:
            for table in reversed(tables.SQLModel.metadata.sorted_tables):
                connection.execute(table.delete())
        store(engine, *([article] for article in order))
        assert tied(engine)["AFX"] == "AFX"


def test_an_outlet_nobody_quotes_any_more_is_tied_to_nobody(engine: Engine) -> None:
    """The article that quoted it was corrected."""
    body = a_body("Fjord Post")
    article = an_article("Nobody will sail in March", source="Coast Radio")
    store(engine, [names_of(article, body), an_article("The tunnel will never be built", source="The Fjord Post")])
    assert tied(engine)["The Fjord Post"] == "Fjord Post"

    load.store(engine, load.begin(engine, "test", NOW), [Prepared.of(article)], [], {})

    assert "The Fjord Post" not in tied(engine)
    with engine.connect() as connection:
        assert speaker_id(body.key) not in set(connection.execute(select(tables.Speaker.id)).scalars())
