"""What a run changes, told without holding the store in memory. Both databases."""

import json
import tracemalloc

import pytest
from builders import a_load, a_source, an_article
from sqlalchemy import Engine, delete
from sqlmodel import Session

from etl import changes as telling
from etl.changes import LABEL, Changes, How
from etl.export.lines import KINDS
from schema import tables


def added(engine: Engine, count: int, words: str) -> None:
    """Articles of these words, each numbered."""
    with Session(engine) as session:
        source, load = a_source(session), a_load(session)
        for number in range(count):
            an_article(session, f"{number} {words}", source=source, load=load)
        session.commit()


def test_memory_does_not_grow_with_what_is_stored(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Thirty megabytes of texts, a page of them in memory."""
    monkeypatch.setattr(telling, "PAGE", 10)
    added(engine, 120, "words " * 50_000)

    with Changes.of_a_run() as changes:
        tracemalloc.start()
        try:
            changes.look_before(engine, lambda read, total: None)
            changes.look_after(engine, lambda read, total: None)
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        assert not any(count for its in changes.counts().values() for count in its.values())

    assert peak < 12_000_000


def test_what_is_told_is_json_and_a_few_of_many(engine: Engine) -> None:
    """Of every kind, of those without a change too; labels are cut; progress comes to its end."""
    added(engine, 3, "before")
    heard: list[tuple[int, int]] = []
    with Changes.of_a_run() as changes:
        changes.look_before(engine, lambda read, total: heard.append((read, total)))
        with engine.begin() as connection:
            connection.execute(delete(tables.Article))
        added(engine, 4, "after “quoted” " * 40)
        changes.look_after(engine, lambda read, total: heard.append((read, total)))

        found = json.loads("".join(changes.as_json()))
        few = list(changes.told("articles", How.ADDED, 2))

    assert heard == [(3, 3), (4, 4)]
    assert found.keys() == KINDS.keys()
    assert all(its.keys() == {how.value for how in How} for its in found.values())
    assert len(found["articles"]["added"]) == 4
    assert len(found["articles"]["gone"]) == 3
    assert [{"id": str(one.id), "label": one.label} for one in few] == found["articles"]["added"][:2]
    assert max(len(one["label"]) for one in found["articles"]["added"]) <= LABEL
