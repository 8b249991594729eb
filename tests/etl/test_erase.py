"""`quoth erase` from the command line, and what feeds and undone loads make of it. Both databases."""

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, select

from etl.load.erasing import erase
from schema import tables
from schema.cli import main
from schema.global_ids import encode
from tests.etl.load.test_deciding import BILL, SMITH, WILLIAM
from tests.etl.load.test_erasing import called, differing
from tests.etl.load.test_identities import FERRY, TUNNEL, empty, people, says
from tests.etl.load.test_store import NOW, store, stored
from tests.etl.test_undo import all_of, feed, loaded, record, taken_back

WHY = ["--reason", "asked for it", "--by", "ada"]


@pytest.fixture
def url(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> str:
    """The database of the engine, as the command line names it."""
    found = engine.url.set(drivername=engine.url.get_backend_name()).render_as_string(hide_password=False)
    monkeypatch.setenv("QUOTH_DATABASE_URL", found)
    return found


def test_people_are_erased_by_both_their_ids(engine: Engine, url: str, capsys: Any) -> None:
    """As the API gives it and as the store does; the decision is listed without a name, and taken back."""
    store(engine, [BILL, WILLIAM, *SMITH])
    bill, william = (people(engine)[words] for words in ("Steel is dear these days", "Rails come from the north"))

    assert main(["erase", encode("Person", bill), str(william), *WHY]) == 0

    told = capsys.readouterr().out
    assert {line.split(";")[0] for line in told.splitlines()} == {f"{bill}: erased", f"{william}: erased"}
    assert set(people(engine)) == {"Ropes were frozen in the morning", "Concrete is cheaper than it was"}
    assert main(["decisions"]) == 0
    listed = capsys.readouterr().out
    assert f"ada: person {bill} is erased; asked for it" in listed
    assert "Orlov" not in listed
    assert main(["decisions", "--revert", told.split()[-1]]) == 0
    store(engine, [BILL, WILLIAM])
    assert people(engine)["Rails come from the north"] == william
    assert "Steel is dear these days" not in people(engine)


def test_a_name_is_refused_with_all_who_have_it(engine: Engine, url: str, capsys: Any) -> None:
    """By a spelling as well; ids of others and reasons with the name are refused before anybody is erased."""
    mayor = says("Jon Vik", "Nobody will sail before the inquiry", FERRY, role="mayor")
    minister = says("Jon Vik", "Concrete is cheaper than it was", TUNNEL, role="Danish transport minister")
    store(engine, [mayor, minister, BILL])
    before, said = stored(engine), people(engine)
    norwire = encode("Organization", called(engine, "Norwire"))
    ids = [str(said[words]) for words in ("Nobody will sail before the inquiry", "Concrete is cheaper than it was")]

    assert main(["erase", ids[0], "jon vik", *WHY]) == 1
    told = capsys.readouterr().err
    assert "'jon vik' is no id; 2 are called so" in told
    for id_, title in zip(ids, ("mayor", "Danish transport minister"), strict=True):
        assert f"{id_} ({encode('Person', UUID(id_))}) Jon Vik, {title}" in told
    for wrong, why in (
        ("Nobody Here", "nobody is called so"),
        (norwire, "of type Organization"),
        (str(UUID(int=7)), "is not there"),
    ):
        assert main(["erase", ids[0], wrong, *WHY]) == 1
        assert why in capsys.readouterr().err
    assert main(["erase", ids[0], "--reason", "Vik's lawyer wrote"]) == 1
    assert "would keep the name: Jon Vik" not in (told := capsys.readouterr().err)
    assert "would keep the name: Vik" in told
    assert stored(engine) == before

    # The minister has the id of the name, which is the mayor's afterwards: run again, it erases nobody else.
    assert main(["erase", ids[1], *WHY]) == 0
    assert main(["erase", ids[1], *WHY]) == 1
    assert "erased already" in capsys.readouterr().err
    assert set(people(engine)) == {"Nobody will sail before the inquiry", "Steel is dear these days"}


def test_two_people_of_one_name_are_erased_together(engine: Engine, url: str) -> None:
    """In whatever order they are given: one of them has the id of the name, which passes to the other."""
    mayor = says("Jon Vik", "Nobody will sail before the inquiry", FERRY, role="mayor")
    minister = says("Jon Vik", "Concrete is cheaper than it was", TUNNEL, role="Danish transport minister")
    for turned in (1, -1):
        store(engine, [mayor, minister])
        assert main(["erase", *sorted(map(str, people(engine).values()))[::turned], *WHY]) == 0
        assert not people(engine)
        store(engine, [mayor, minister])
        assert not people(engine)
        empty(engine)


def test_loads_taken_back_and_loaded_again_do_not_bring_the_person(engine: Engine, tmp_path: Path) -> None:
    """An article that two feeds gave is told as the other has it, and still without the person."""
    one, other = record(0, external_id="a"), record(0, external_id="a", headline="Ferries")
    feeds = [feed(tmp_path / "1.jsonl", [one, record(1, external_id="b")]), feed(tmp_path / "2.jsonl", [other])]
    first, _ = loaded(engine, *feeds)
    with engine.connect() as connection:
        query = select(tables.Statement.speaker_id).join(tables.Report).join(tables.Article)
        person = connection.execute(query.where(tables.Article.headline == "Ferries")).scalars().first()
        name = connection.execute(select(tables.Speaker.name).where(tables.Speaker.id == person)).scalar_one()
    erase(engine, person, by="ada", at=NOW, reason="asked for it")
    after = all_of(engine)
    assert name not in repr([found for table, found in after.items() if table not in ("article", "given")])

    taken_back(engine, first)
    assert name not in repr([found for table, found in all_of(engine).items() if table not in ("article", "given")])
    loaded(engine, feeds[0])

    # Which feed gave a record first is told by the article, and by the records.
    again = {**all_of(engine), "given": after["given"], "article": after["article"]}
    assert differing(again, after) == {}
