"""The command line: what every command promises."""

import argparse
import shlex
import subprocess
import sys

import pytest
from commands import commands

from schema import cli
from schema.errors import QuothError


def test_the_commands_are_there() -> None:
    """Gathered from the packages' entry points."""
    assert {"load", "serve", "migrate", "explain", "predict"} <= set(commands())


@pytest.mark.parametrize("name", sorted(commands()))
def test_every_help_has_an_example_that_parses(name: str) -> None:
    """An example nobody can run would be worse than none."""
    epilog = commands()[name].epilog or ""
    assert epilog.startswith("example: quoth ")

    line = shlex.split(epilog.removeprefix("example: quoth ").split(" > ")[0])

    assert cli.parser().parse_args(line).run


def test_an_error_is_one_message_and_its_exit_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    """On stderr; stdout is for results."""

    class OutOfInkError(QuothError):
        exit_code = 5

    def run(arguments: argparse.Namespace) -> int:
        raise OutOfInkError("pen 'blue': empty; fill it")

    monkeypatch.setattr(cli, "parser", lambda: argparse.Namespace(parse_args=lambda _: argparse.Namespace(run=run)))

    code = cli.main([])

    assert code == 5
    told = capsys.readouterr()
    assert told.err == "quoth: pen 'blue': empty; fill it\n"
    assert told.out == ""


def test_a_closed_pipe_ends_quietly() -> None:
    """`quoth … | head -1`."""
    line = f"{sys.executable} -c \"from schema.cli import main; main(['--help'])\" | head -1"

    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=True)

    assert done.stdout.startswith("usage: quoth")
    assert "Traceback" not in done.stderr


def test_a_database_of_another_kind_is_refused_with_the_accepted_ones(capsys: pytest.CaptureFixture) -> None:
    """Before anything is opened."""
    code = cli.main(["migrate", "--database", "mysql://root@localhost/news"])

    assert code == 2
    assert "mysql://root@localhost/news" in (told := capsys.readouterr().err)
    assert "sqlite:///FILE or postgresql://" in told


def test_a_password_is_not_printed(capsys: pytest.CaptureFixture) -> None:
    """An error message ends up in logs."""
    code = cli.main(["migrate", "--database", "postgresql://quoth:secret@127.0.0.1:1/news"])

    assert code == 3
    assert "secret" not in (told := capsys.readouterr().err)
    assert "127.0.0.1" in told
