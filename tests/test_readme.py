"""The README names every command, option and setting there is, and none that is not; its answer is the real one.

UPDATE_CASES=1 writes the answer anew (and fails once, having read the old one); read the difference before a commit.
"""

import argparse
import ast
import asyncio
import dataclasses
import importlib
import json
import os
import re
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from commands import commands
from readers import in_this_process

from etl.pipeline import load
from etl.read import Defaults
from etl.settings import ModelSettings
from schema.cli import parser
from schema.database import async_engine_for, engine_for
from schema.errors import QuothError
from schema.graphql import graphql_schema
from schema.graphql.context import Context
from schema.tables import metadata

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SETTINGS_MODULES = ("schema.settings", "etl.settings", "api.settings")
VARIABLE = re.compile(r"\bQUOTH_[A-Z][A-Z0-9_]*")


def section(title: str) -> str:
    """The text of the README between a heading and the next of its rank."""
    return README.split(f"\n## {title}\n")[1].split("\n## ")[0]


def source_of(module: str) -> str:
    """The text of a module of ours."""
    return (ROOT / module.replace(".", "/")).with_suffix(".py").read_text(encoding="utf-8")


def long_options(command: argparse.ArgumentParser) -> list[str]:
    """The options a reader should find; --help goes without saying, and what --help hides is not for readers."""
    return [
        option
        for action in command._actions
        if action.help != argparse.SUPPRESS
        for option in action.option_strings
        if option.startswith("--") and option != "--help"
    ]


def settings() -> dict[str, Any]:
    """The default of every setting by its variable.

    A setting is a field of a dataclass in a settings module whose docstring begins with the variable: "QUOTH_X: ...".
    """
    found = {}
    for name in SETTINGS_MODULES:
        module = importlib.import_module(name)
        for node in ast.parse(source_of(name)).body:
            if isinstance(node, ast.ClassDef):
                defaults = {field.name: field.default for field in dataclasses.fields(getattr(module, node.name))}
                for field, docstring in pairwise(node.body):
                    match docstring:
                        case ast.Expr(ast.Constant(str(text))) if variable := VARIABLE.match(text):
                            found[variable[0]] = defaults[field.target.id]
    return found


def variables_in_code() -> set[str]:
    """Every QUOTH_ variable that a settings module names."""
    return {variable for name in SETTINGS_MODULES for variable in VARIABLE.findall(source_of(name))}


def errors_below(error: type[QuothError]) -> Iterator[type[QuothError]]:
    """The error and every kind of it that is imported."""
    yield error
    for kind in error.__subclasses__():
        yield from errors_below(kind)


def block(language: str) -> str:
    """The first fenced block of the README in a language."""
    return re.search(rf"^```{language}\n(.*?)^```$", README, re.S | re.M)[1]


@pytest.fixture(scope="module")
def samples_url(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The url of a database that holds the sample articles."""
    file = tmp_path_factory.mktemp("readme") / "samples.db"
    shutil.copy(sqlite_template, file)
    engine = engine_for(f"sqlite:///{file}")
    model = ModelSettings(precision="float32")
    load(
        engine,
        [ROOT / "seeds" / "articles"],
        defaults=Defaults(None, None, None, None),
        manifest=None,
        now=datetime.now(UTC),
        batch_size=32,
        tell=lambda progress: None,
        model=model,
        reader=in_this_process(model),
    )
    engine.dispose()
    return f"sqlite:///{file}"


async def answer_to(query: str, url: str) -> dict[str, Any]:
    """What the API answers, as JSON has it."""
    engine = async_engine_for(url)
    result = await graphql_schema.execute(query, context_value=Context(engine))
    await engine.dispose()
    assert result.errors is None
    return {"data": result.data}


def printed(value: Any, indent: str = "") -> str:
    """JSON as the README shows it: what fits stands on one line, the rest is opened one level."""
    line = json.dumps(value, ensure_ascii=False)
    if len(indent) + len(line) <= 128 or not isinstance(value, dict | list):
        return line
    inner = indent + "  "
    if isinstance(value, list):
        return f"[\n{inner}" + f",\n{inner}".join(printed(item, inner) for item in value) + f"\n{indent}]"
    members = (f"{json.dumps(name)}: {printed(item, inner)}" for name, item in value.items())
    return f"{{\n{inner}" + f",\n{inner}".join(members) + f"\n{indent}}}"


@pytest.mark.model
def test_the_answer_in_the_readme_is_the_one_that_the_sample_articles_give(samples_url):
    answer = printed(asyncio.run(answer_to(block("graphql"), samples_url))) + "\n"

    if os.environ.get("UPDATE_CASES"):
        (ROOT / "README.md").write_text(README.replace(block("json"), answer), encoding="utf-8")
    assert block("json") == answer


def test_every_command_has_an_example_in_the_readme():
    shown = section("Commands")

    assert [name for name in commands() if not re.search(rf"^    (\S+ \| )?quoth {name}\b", shown, re.M)] == []


def test_every_long_option_of_every_command_is_in_the_readme():
    shown = section("Commands")

    missing = [
        f"{name} {option}"
        for name, command in commands().items()
        for option in long_options(command)
        if not re.search(rf"{re.escape(option)}\b(?!-)", shown)
    ]
    assert missing == []


def test_every_exit_code_of_an_error_is_explained_in_the_readme():
    for module in ("schema.errors", "etl.errors", "etl.annotate", "api.errors"):
        importlib.import_module(module)
    explained = {
        int(code) for row in re.findall(r"^\| ([\d, ]+) \|", section("Commands"), re.M) for code in row.split(",")
    }

    assert {error.exit_code for error in errors_below(QuothError)} <= explained


def test_the_readme_names_no_command_that_does_not_exist():
    named = set(re.findall(r"(?:`|^    |bin/)quoth ([a-z][a-z-]*)", README, re.M))

    assert named - {name.split()[0] for name in commands()} == set()


def test_the_readme_names_no_option_that_does_not_exist():
    known = {option for command in commands().values() for option in command._option_string_actions}
    known |= set(parser()._option_string_actions)

    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", section("Commands"))) - known == set()


def test_the_readme_names_no_make_target_that_does_not_exist():
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))

    named = set(re.findall(r"(?:`|^    )make ([a-z]+)", README, re.M))
    assert {"run", "test"} <= named <= targets


def test_every_setting_has_a_row_in_the_readme_with_its_default():
    rows = dict(re.findall(r"^\| `(QUOTH_\w+)` \| ([^|]*) \|", section("Settings"), re.M))

    expected = {name: "none" if default in (None, ()) else f"`{default}`" for name, default in settings().items()}
    assert rows == expected


def test_every_variable_that_a_settings_module_reads_is_a_documented_field():
    assert variables_in_code() == set(settings())


def test_the_readme_names_no_variable_that_does_not_exist():
    assert set(VARIABLE.findall(README)) - variables_in_code() == set()


def test_the_picture_shows_tables_that_exist_and_the_ones_a_reader_must_know():
    picture = re.search(r"```mermaid\n(.*?)```", README, re.S)[1]
    shown = {name for pair in re.findall(r"^    (\w+) [|}][\S]+ (\w+) :", picture, re.M) for name in pair}

    must = {"source", "article", "person", "organization", "unnamed_source", "statement", "report", "report_span"}
    assert must | {"reporting_link", "event", "load", "rejection"} <= shown <= set(metadata.tables)


@pytest.mark.parametrize("path", sorted(set(re.findall(r"`((?:[\w.-]+/)+[\w.-]+\.\w+)`", README))))
def test_a_file_that_the_readme_names_exists(path):
    assert (ROOT / path).is_file()
