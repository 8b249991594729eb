"""`quoth rejects` lists what is in quarantine. Both databases."""

import base64
import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from etl import load
from etl.records import Kept, Refused
from schema.cli import main
from schema.enums import RecordForm

NOW = datetime(2026, 1, 1, 9, 30, tzinfo=UTC)


def a_refusal(place: str, reason: str = "bad-date", content: bytes = b"{}", **kept: Any) -> Refused:
    """A record refused at this place, its bytes whole unless kept says otherwise."""
    whole = Kept(content, **{"form": RecordForm.JSON_LINE, **kept})
    return Refused(place, reason, f"{place}: is of no use; leave it out", content, whole)


def refuse(engine: Engine, *refused: Refused, day: int = 0) -> str:
    """The id of a load that refuses these, so many days after the first."""
    run = load.begin(engine, "test 1", NOW + timedelta(days=day))
    load.store(engine, run, [], refused, {f"article: refused ({one.reason})": 1 for one in refused})
    load.finish(engine, run, {}, NOW + timedelta(days=day))
    return str(run.id)


@pytest.fixture(autouse=True)
def url(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command line finds the database of the test."""
    monkeypatch.setenv("QUOTH_DATABASE_URL", database_url)


def listed(capsys: pytest.CaptureFixture[str], *options: str) -> list[str]:
    """The lines that the command prints."""
    assert main(["rejects", *options]) == 0
    return capsys.readouterr().out.splitlines()


def objects(capsys: pytest.CaptureFixture[str], *options: str) -> Sequence[dict[str, Any]]:
    return [json.loads(line) for line in listed(capsys, "--format", "jsonl", *options)]


def places(found: Sequence[dict[str, Any]]) -> list[str]:
    return [one["place"] for one in found]


def test_a_record_is_a_line_and_reasons_are_counted_at_the_end(engine: Engine, capsys) -> None:
    """The place stands once: messages begin with it."""
    refuse(engine, a_refusal("a.jsonl:1"), a_refusal("a.jsonl:2", "no-text"), a_refusal("a.jsonl:3"))

    first, _, _, *counts = listed(capsys)

    assert first.split("  ")[1:] == ["2026-01-01 09:30Z", "bad-date", "a.jsonl:1: is of no use; leave it out"]
    assert [line.split(maxsplit=1) for line in counts] == [["2", "bad-date"], ["1", "no-text"], ["3", "in all"]]


def test_the_newest_load_comes_first_and_its_records_as_they_were_read(engine: Engine, capsys) -> None:
    """Line 9 before line 10, file 2 before file 10."""
    read = ["10/a.jsonl:1", "2/a.jsonl:10", "2/a.jsonl:9"]
    refuse(engine, a_refusal("old.jsonl:1"))
    refuse(engine, *map(a_refusal, read), day=1)

    assert places(objects(capsys)) == ["2/a.jsonl:9", "2/a.jsonl:10", "10/a.jsonl:1", "old.jsonl:1"]


def test_some_are_chosen_by_reason_by_load_and_by_number(engine: Engine, capsys) -> None:
    """A load by the beginning of its id; the counts are of all that is chosen."""
    refuse(engine, a_refusal("old.jsonl:1"), a_refusal("old.jsonl:2", "no-text"))
    newer = refuse(engine, a_refusal("new.jsonl:1", "no-text"), a_refusal("new.jsonl:2", "no-text"), day=1)

    assert places(objects(capsys, "--reason", "no-text")) == ["new.jsonl:1", "new.jsonl:2", "old.jsonl:2"]
    assert places(objects(capsys, "--load", newer[:13])) == ["new.jsonl:1", "new.jsonl:2"]
    assert places(objects(capsys, "--load", newer, "--reason", "bad-date")) == []
    assert listed(capsys, "--reason", "no-text", "--limit", "2")[2:] == [
        "       3  no-text",
        "       3  in all, 2 of them shown",
    ]


def test_an_object_has_every_field(engine: Engine, capsys) -> None:
    content = b'{"text": "Holm\xe9"}'
    run = refuse(engine, a_refusal("a.jsonl:1", content=content, encoding="cp1252", lent={"source": "A"}))

    (found,) = objects(capsys)

    assert found.pop("id")
    assert base64.b64decode(found.pop("content_base64")) == content
    assert found == {
        "load": run,
        "refused_at": "2026-01-01T09:30:00+00:00",
        "reason": "bad-date",
        "place": "a.jsonl:1",
        "detail": "a.jsonl:1: is of no use; leave it out",
        "form": "JSON_LINE",
        "encoding": "cp1252",
        "lent": {"source": "A"},
        "cut": False,
    }


@pytest.mark.parametrize(
    ("content", "cut", "expected"),
    [
        (b"caf\xc3\xa9", False, "café"),
        (b"caf\xc3\xa9", True, "café"),
        (b"caf\xc3", True, "caf"),
        (b"quay \xf0\x9f\x9a", True, "quay "),
        (b"caf\xc3", False, None),
        (b"caf\xe9 and more", True, None),
        (b"", False, ""),
    ],
)
def test_bytes_are_text_where_they_are_utf_8(engine: Engine, capsys, content: bytes, cut: bool, expected) -> None:
    """A character that is cut in two is no reason to print all of them as base64."""
    refuse(engine, a_refusal("a.jsonl:1", content=content, cut=cut))

    (found,) = objects(capsys)

    assert found.get("content") == expected
    assert (expected is None) == ("content_base64" in found)


def test_what_a_terminal_would_obey_is_spelled_out(engine: Engine, capsys) -> None:
    refuse(engine, a_refusal("a\x1b[2J\n.jsonl:1"))

    assert "a\\x1b[2J\\n.jsonl:1: is of no use" in listed(capsys)[0]


@pytest.mark.parametrize(
    ("options", "code", "told"),
    [
        (["--limit", "0"], 2, "--limit 0"),
        (["--fast"], 2, "--fast"),
        (["--retry", "--format", "text"], 2, "--format text"),
        (["--load", "ffff"], 1, "'ffff'"),
        (["--load", ""], 1, "''"),
    ],
)
def test_an_option_of_no_use_is_told(capsys, options: list[str], code: int, told: str) -> None:
    assert main(["rejects", *options]) == code
    assert told in capsys.readouterr().err


def test_an_empty_quarantine_is_told(capsys) -> None:
    assert listed(capsys) == ["       0  in all"]
    assert listed(capsys, "--format", "jsonl") == []


def test_more_is_told_than_a_load_prints(tmp_path: Path, capsys) -> None:
    """By the load that refused it, with the command that lists it."""
    (tmp_path / "feed.jsonl").write_text("{\n" * 25, encoding="utf-8")

    assert main(["load", "--fast", str(tmp_path)]) == 1
    told = next(line for line in capsys.readouterr().err.splitlines() if "more refused" in line)

    assert told.startswith("and 5 more refused: `quoth rejects --load ")
    assert len(listed(capsys, "--load", told.split()[7].strip("`"))) == 25 + 2
