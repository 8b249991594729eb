"""`quoth people`, `reports`, `statements`, `events` and `decisions` from the command line, on both databases."""

from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import Engine, select

from etl.load.articles import id_of
from etl.records import ResolvedArticle
from etl.resolve.names import person_key
from schema import tables
from schema.cli import main
from schema.dates import parse_edtf
from schema.global_ids import encode
from tests.etl.load.test_identities import FERRY, TUNNEL, empty, people, says
from tests.etl.load.test_store import NOW as NOW
from tests.etl.load.test_store import store

BILL = says("Bill Orlov", "Steel is dear these days", TUNNEL)
VILEM = says("Vilém Orlov", "Rails come from the north", FERRY)
AUDIT = (
    "Auditors met behind closed doors for hours while ledgers, invoices and receipts lay on a long oak table; pension "
    "funds had bought orchards, vineyards, racehorses and a bankrupt circus, and an accountant wept over brandy"
)
CHESS = (
    "Grandmasters queued for coffee before the final round; pawns, bishops and rooks stood polished under lamps, "
    "a clock had been stolen overnight, spectators whispered about a sacrifice, and the arbiter lost his spectacles"
)


def elsewhere(name: str, words: str, about: str, *, on: str = "2022-03-01") -> ResolvedArticle:
    """An article of another month that shares next to nothing with the others."""
    article = says(name, words, "")
    text = article.article.text
    text = text[: text.index("The harbour")] + f"{about}. " * 5
    raw = replace(article.article.raw, text=text, external_id=words, published_on=parse_edtf(on))
    article = replace(article, article=replace(article.article, raw=raw))
    party = next(one for one in article.parties.values() if one.name == name)
    own = replace(party, key=person_key(name, id_of(article.article)))
    others = {key: one for key, one in article.parties.items() if one is not party}
    attributions = tuple(replace(one, speaker=own.key) for one in article.attributions)
    return replace(article, parties={**others, own.key: own}, attributions=attributions)


ALONE = elsewhere("Orlov", "Nobody asked me about it", AUDIT)

FILE = """name,aliases,roles,wikidata_id,start,end
Bill Orlov,Vilém Orlov; Orlov,mayor; lawyer,Q123,2010,2014
Bill Orlov,,minister,,2015,
Ann Stone,,,Q5,,
"""


@pytest.fixture
def url(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> str:
    """The database of the engine, as the command line names it."""
    found = engine.url.set(drivername=engine.url.get_backend_name()).render_as_string(hide_password=False)
    monkeypatch.setenv("QUOTH_DATABASE_URL", found)
    return found


def test_people_are_merged_by_name_and_the_decision_is_listed_and_taken_back(engine: Engine, url, capsys) -> None:
    """Whoever merges sees who did what and why."""
    store(engine, [BILL, VILEM])

    assert main(["people", "merge", "Bill Orlov", "vilem orlov", "--by", "ada", "--reason", "one passport"]) == 0
    decision = capsys.readouterr().out.strip()
    assert len(set(people(engine).values())) == 1
    assert main(["decisions"]) == 0
    assert f"{decision}  " in (listed := capsys.readouterr().out)
    assert "ada: Bill Orlov is also Vilém Orlov; one passport" in listed

    assert main(["decisions", "--revert", decision]) == 0
    assert len(set(people(engine).values())) == 2


def test_reports_are_corrected_from_the_command_line(engine: Engine, url, capsys) -> None:
    """Whose the words are, on which day they were said, and that they are no statement."""
    store(engine, [BILL, VILEM])
    with engine.connect() as connection:
        query = select(tables.Report.id).where(tables.Report.text == "Steel is dear these days")
        report = str(connection.execute(query).scalar_one())

    assert main(["reports", "reattribute", report, "--to", "Vilém Orlov"]) == 0
    assert len(set(people(engine).values())) == 1
    assert main(["reports", "date", report, "--on", "2022-01-03"]) == 0
    assert main(["reports", "reject", report, "--reason", "a headline"]) == 0
    with engine.connect() as connection:
        query = select(tables.Statement.said_on, tables.Report.withdrawn_at).join(tables.Report)
        found = connection.execute(query).all()
    assert {(row.said_on, row.withdrawn_at is None) for row in found} == {("2022-01-03", False), ("2022-01-17", True)}
    capsys.readouterr()
    assert main(["decisions"]) == 0
    told = capsys.readouterr().out
    for part in ("is said by Vilém Orlov", "was said on 2022-01-03", "is no statement; a headline"):
        assert part in told
    assert main(["reports", "reattribute", report, "--to-nobody"]) == 0
    assert main(["reports", "date", report, "--on-no-day"]) == 0
    assert main(["reports", "date", "nothing", "--on", "2022"]) == 1
    assert "REPORT: 'nothing' is no id" in capsys.readouterr().err


def test_statements_and_events_are_merged_and_split_from_the_command_line(engine: Engine, url, capsys) -> None:
    """By ids as the API prints them and as the store does; each told in the list of decisions."""
    store(engine, [BILL, says("Bill Orlov", "Rails come from the north", FERRY), ALONE])
    with engine.connect() as connection:
        rows = connection.execute(select(tables.Report.id, tables.Report.text, tables.Report.statement_id)).all()
        events = connection.execute(select(tables.Event.id)).scalars().all()
    by_text = {row.text: row for row in rows}
    steel, rails = by_text["Steel is dear these days"], by_text["Rails come from the north"]
    assert len(events) == 2

    ids = [encode("Statement", steel.statement_id), str(rails.statement_id)]
    assert main(["statements", "merge", *ids, "--by", "ada", "--reason", "one speech"]) == 0
    merged = capsys.readouterr().out.strip()
    assert len(_statements(engine)) == 2
    (statement,) = _statements(engine) - {by_text["Nobody asked me about it"].statement_id}
    assert main(["statements", "split", str(statement), "--report", encode("Report", rails.id)]) == 0
    assert len(_statements(engine)) == 3
    assert main(["events", "merge", encode("Event", events[0]), str(events[1])]) == 0
    with engine.connect() as connection:
        assert len(connection.execute(select(tables.Event.id)).all()) == 1

    capsys.readouterr()
    assert main(["decisions"]) == 0
    told = capsys.readouterr().out
    assert f"{merged}  " in told
    assert "ada: “Steel is dear these days” and “Rails come from the north” are one remark; one speech" in told
    assert f"1 of 2 reports of “Rails come from the north” ({rails.id}) carry another remark" in told
    assert "are one event" in told
    assert main(["decisions", "--revert", merged]) == 0


def _statements(engine: Engine) -> set[UUID]:
    with engine.connect() as connection:
        return set(connection.execute(select(tables.Statement.id)).scalars())


NOBODY = "508a5c14-378a-5825-82de-c48f4e274d2b"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (
            ["statements", "merge", NOBODY, NOBODY],
            f"statement {NOBODY} is not there; look the id up again, it may have",
        ),
        (["statements", "merge", "one", "two"], "ID: 'one' is no id"),
        (["statements", "split", NOBODY, "--report", NOBODY], f"statement {NOBODY} is not there"),
        (["statements", "split", NOBODY, "--report", "x"], "--report: 'x' is no id"),
        (["events", "merge", NOBODY, "two"], "ID: 'two' is no id"),
        (["events", "merge", NOBODY], f"event {NOBODY} is not there"),
    ],
)
def test_what_cannot_be_merged_or_split_says_why(engine: Engine, url, capsys, arguments: list[str], told: str) -> None:
    """One message, exit code 1, nothing written."""
    assert main(arguments) == 1

    assert told in capsys.readouterr().err
    with engine.connect() as connection:
        assert connection.execute(select(tables.Decision.id)).first() is None


@pytest.mark.parametrize(
    "arguments", [["statements", "merge"], ["statements", "split", NOBODY], ["events", "merge"], ["events"]]
)
def test_a_command_that_lacks_something_says_how_it_is_used(capsys, arguments: list[str]) -> None:
    """Exit code 2, as for any wrong command line."""
    with pytest.raises(SystemExit, match="2"):
        main(arguments)

    assert "usage: quoth" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["merge", "Bill Orlov", "Nobody"], "nobody is called 'Nobody'"),
        (["merge", "Orlov", "Bill Orlov"], "2 are called 'Orlov'"),
        (["split", "Bill Orlov", "--alias", "Bob"], "has no spelling 'Bob'"),
        (["split", "Bill Orlov", "--report", "x"], "--report: 'x' is no id"),
        (["import", "nowhere.csv"], "nowhere.csv: No such file"),
    ],
)
def test_what_cannot_be_done_says_why(engine: Engine, url, capsys, arguments: list[str], told: str) -> None:
    """One message, exit code 1, nothing written."""
    store(engine, [BILL, ALONE, elsewhere("Orlov", "Drills were ordered in spring", CHESS, on="2022-06-01")])

    assert main(["people", *arguments]) == 1

    assert told in capsys.readouterr().err
    with engine.connect() as connection:
        assert connection.execute(select(tables.Decision.id)).first() is None


def test_an_authority_file_names_identifies_and_joins(engine: Engine, url, tmp_path: Path, capsys) -> None:
    """Whether it comes before the articles or after them; twice is once."""
    file = tmp_path / "people.csv"
    file.write_text(FILE, encoding="utf-8")
    for before in (True, False):
        empty(engine)
        if not before:
            store(engine, [BILL, VILEM, ALONE])
        assert main(["people", "import", str(file)]) == 0
        assert main(["people", "import", str(file)]) == 0
        if before:
            store(engine, [ALONE], [VILEM, BILL])

        assert len(set(people(engine).values())) == 1
        with engine.connect() as connection:
            found = connection.execute(select(tables.Speaker.id, tables.Speaker.name).order_by(tables.Speaker.name))
            names = {row.name: row.id for row in found}
            assert {"Ann Stone", "Bill Orlov"} <= set(names) <= {"Ann Stone", "Bill Orlov", "Norwire"}
            person = connection.execute(select(tables.Person).where(tables.Person.id == names["Bill Orlov"])).one()
            roles = connection.execute(select(tables.AuthorityRole.title, tables.AuthorityRole.start)).all()
            rules = set(connection.execute(select(tables.Profile.name, tables.Profile.rule)).all())
        assert person.wikidata_id == "Q123"
        assert set(roles) == {("mayor", "2010"), ("lawyer", "2010"), ("minister", "2015")}
        assert {("Vilém Orlov", "authority file"), ("Orlov", "authority file")} <= rules
    assert "people: 2 read, 0 lines refused" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.csv", "person\nBill\n", "a.csv:1: no column 'name'"),
        ("a.csv", "name,start\nBill Orlov,soon\n", "a.csv:2: start: 'soon' is no date"),
        ("a.csv", "name,wikidata_id\nBill Orlov,42\n", "a.csv:2: wikidata_id is '42'"),
        ("a.csv", "name,wikidata_id\nBill Orlov,Q1\nBill Orlov,Q2\n", "a.csv:3: 'Bill Orlov' is Q2, further up Q1"),
        ("a.csv", "name,wikidata_id\nBill Orlov,Q1\nAnn Stone,Q1\n", "Q1 is 'Bill Orlov' already"),
        ("a.csv", "name\nOrlov\n", "'Orlov' is one name only"),
        ("a.jsonl", '{"name": "Bill Orlov"\n', "a.jsonl:1: not JSON"),
        ("a.jsonl", "[1]\n", "a.jsonl:1: a list, not an object"),
        ("a.jsonl", '{"name": " "}\n', "a.jsonl:1: name is ' '"),
        ("a.jsonl", '{"name": "Bill Orlov", "roles": [{"start": "2010"}]}\n', "has no title"),
        ("a.jsonl", '{"name": "Bill Orlov", "aliases": [7]}\n', "aliases: 7 is no name"),
        ("a.jsonl", '{"name": "Bill Orlov", "roles": 7}\n', "a.jsonl:1: roles is 7"),
    ],
)
def test_a_bad_line_of_an_authority_file_is_told(engine: Engine, url, tmp_path, capsys, name, content, told) -> None:
    """With its place and the way out; the command does not succeed."""
    file = tmp_path / name
    file.write_text(content, encoding="utf-8")

    assert main(["people", "import", str(file)]) == 1

    assert told in capsys.readouterr().err
