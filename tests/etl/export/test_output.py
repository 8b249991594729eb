"""Where an export goes: a file that is there whole or not at all, or stdout; what the command says when it cannot."""

import os
import subprocess
import sys
from pathlib import Path

import orjson
import pytest
from builders import a_load, a_source, an_article
from sqlalchemy import Engine
from sqlmodel import Session

from etl.errors import ExportError
from etl.export.output import output
from schema.cli import main
from tests.etl.export.test_lines import written


@pytest.fixture
def url(engine: Engine) -> str:
    """The database of the engine, as the command line names it; it holds 400 articles, 300 kB."""
    with Session(engine) as session:
        source, load = a_source(session), a_load(session)
        for number in range(400):
            an_article(session, f"Article {number}. " + "The ferry’s late. " * 40, source=source, load=load)
        session.commit()
    return engine.url.set(drivername=engine.url.get_backend_name()).render_as_string(hide_password=False)


def names_in(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def run(url: str, arguments: str, rest: str) -> subprocess.CompletedProcess[str]:
    """`quoth export` in a shell, with what follows it there."""
    command = f"""{sys.executable} -c "from schema.cli import main; import sys; sys.exit(main(sys.argv[1:]))" """
    line = f"set -o pipefail; {command} export {arguments} --database '{url}' {rest}"
    return subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=False)


def test_the_command_writes_a_file_and_the_same_to_stdout(
    engine: Engine, url: str, tmp_path: Path, capfdbinary
) -> None:
    """In UTF-8; the bar on stderr counts the lines."""
    file = tmp_path / "out" / "articles.jsonl"
    file.parent.mkdir()

    assert main(["export", "articles", "--format", "jsonl", "--output", str(file), "--database", url]) == 0
    told = capfdbinary.readouterr()
    assert told.out == b""
    assert b"export articles: 100%" in told.err
    assert b"400/400" in told.err
    assert main(["export", "articles", "--database", url]) == 0

    lines = capfdbinary.readouterr().out
    assert file.read_bytes() == lines == b"".join(written(engine, "articles"))
    assert "ferry’s".encode() in lines
    assert names_in(file.parent) == ["articles.jsonl"]


def test_a_reader_that_leaves_ends_it_quietly(url: str) -> None:
    """`quoth export … | head -1`."""
    done = run(url, "articles", "| head -1")

    assert orjson.loads(done.stdout)["text"].startswith("Article ")
    assert done.returncode == 141
    assert "Error" not in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_behind_stdout_is_told_once(url: str) -> None:
    done = run(url, "articles", "> /dev/full")

    assert done.returncode == 1
    assert done.stderr.endswith(
        "quoth: stdout: cannot be written (No space left on device); check that its folder is there, its permissions "
        "and the free space\n"
    )
    assert "Traceback" not in done.stderr


def test_a_database_that_is_not_there_leaves_the_file_as_it_was(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    file = tmp_path / "people.jsonl"
    file.write_text("yesterday's", encoding="utf-8")

    code = main(["export", "people", "--output", str(file), "--database", f"sqlite:///{tmp_path / 'no.db'}"])

    assert code == 3
    assert "no.db" in capsys.readouterr().err
    assert file.read_text(encoding="utf-8") == "yesterday's"


def test_a_file_is_replaced_only_when_all_is_written(tmp_path: Path) -> None:
    file = tmp_path / "events.jsonl"
    file.write_text("yesterday's", encoding="utf-8")

    with output(file) as write:
        write(b"today's")
        assert file.read_text(encoding="utf-8") == "yesterday's"

    assert file.read_text(encoding="utf-8") == "today's"
    assert names_in(tmp_path) == ["events.jsonl"]


@pytest.mark.parametrize("evil", [KeyboardInterrupt, ZeroDivisionError])
def test_nothing_half_written_is_left_behind(tmp_path: Path, evil: type[BaseException]) -> None:
    """Not the neighbour either."""

    def fail_half_way(file: Path) -> None:
        with output(file) as write:
            write(b"half of it")
            raise evil

    (tmp_path / "old.jsonl").write_text("yesterday's", encoding="utf-8")
    for name in ("old.jsonl", "new.jsonl"):
        with pytest.raises(evil):
            fail_half_way(tmp_path / name)

    assert names_in(tmp_path) == ["old.jsonl"]
    assert (tmp_path / "old.jsonl").read_text(encoding="utf-8") == "yesterday's"


def test_a_link_stays_one_and_the_file_behind_it_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    link = tmp_path / "latest.jsonl"
    link.symlink_to(tmp_path / "real" / "monday.jsonl")

    with output(link) as write:
        write(b"lines")

    assert link.is_symlink()
    assert (tmp_path / "real" / "monday.jsonl").read_bytes() == b"lines"


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("no/such/folder.jsonl", "cannot be written (No such file or directory); check that its folder is there"),
        ("file/in.jsonl", "cannot be written (Not a directory); check that its folder is there"),
        ("x" * 300, "cannot be written (File name too long)"),
        ("folder", "is no plain file; name one, or leave --output out"),
        ("pipe", "is no plain file; name one, or leave --output out"),
    ],
)
def test_a_file_that_cannot_be_is_told_before_anything_is_read(tmp_path: Path, name: str, why: str) -> None:
    """With what was given, why not, and the way out."""
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    there = names_in(tmp_path)

    with pytest.raises(ExportError) as told, output(tmp_path / name):
        pytest.fail("nothing can be written there")

    assert str(told.value).startswith(f"--output {tmp_path / name}: {why}")
    assert names_in(tmp_path) == there
