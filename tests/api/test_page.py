import base64
import hashlib
import json
import re

import pytest

from api.page import ASSETS, graphiql_page, vendored_files
from api.questions import sample_questions

VENDOR = ASSETS / "vendor"


def test_the_manifest_names_every_vendored_file_and_no_other():
    files = {file.name for file in VENDOR.iterdir()}

    named = {name for file in vendored_files() for name in (file.file, file.licence_file)}
    assert files == named | {"manifest.json"}


@pytest.mark.parametrize("file", vendored_files(), ids=lambda file: file.file)
def test_a_vendored_file_is_the_one_of_its_package(file):
    digest = hashlib.sha384((VENDOR / file.file).read_bytes()).digest()

    assert file.integrity == f"sha384-{base64.b64encode(digest).decode()}"
    assert file.version in file.file


@pytest.mark.parametrize("file", vendored_files(), ids=lambda file: file.file)
def test_a_vendored_file_has_its_licence_beside_it(file):
    assert file.licence == "MIT"
    assert "Permission is hereby granted, free of charge" in (VENDOR / file.licence_file).read_text(encoding="utf-8")


@pytest.mark.parametrize("file", vendored_files(), ids=lambda file: file.file)
def test_the_page_loads_each_vendored_file_with_its_hash(file):
    assert f'="/graphiql/vendor/{file.file}" integrity="{file.integrity}"' in graphiql_page()


def test_the_page_and_its_own_files_name_no_other_host():
    ours = [graphiql_page(), *((ASSETS / name).read_text(encoding="utf-8") for name in ("page.js", "page.css"))]

    assert [found for text in ours for found in re.findall(r"\b(?:https?|wss?):|[\"'(]//", text)] == []


def test_no_vendored_file_points_to_a_source_map_of_another_host():
    text = "".join((VENDOR / file.file).read_text(encoding="utf-8") for file in vendored_files())

    assert re.findall(r"sourceMappingURL=(?:https?:)?//\S*", text) == []


def test_no_vendored_style_loads_anything():
    styles = [
        (VENDOR / file.file).read_text(encoding="utf-8") for file in vendored_files() if file.file.endswith(".css")
    ]

    loaded = {target for text in styles for target in re.findall(r"url\(\s*[\"']?([^)\"']{5})", text)}
    assert loaded == {"data:"}
    assert not any("@import" in text for text in styles)


def test_the_tabs_of_the_page_are_the_sample_questions():
    (tabs,) = re.findall(r'<script type="application/json" id="questions">(.*?)</script>', graphiql_page(), re.DOTALL)

    assert json.loads(tabs) == [question.tab for question in sample_questions()]
