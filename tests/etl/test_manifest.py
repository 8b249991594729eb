"""A manifest says what files lack; one that cannot be used stops the command with place and way out."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from etl.errors import ManifestError
from etl.manifest import read_manifest

NOW = datetime(2022, 1, 20, 12, tzinfo=UTC)


def a_manifest(folder: Path, text: str, name: str = "list.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode())
    return path


def test_a_csv_line_gives_the_fields_of_its_file(tmp_path: Path) -> None:
    path = a_manifest(
        tmp_path,
        "\ufefffile,source,domain,published_on,authors,url\r\n"
        'a.txt,"Example, The",WWW.Example.org,2022-01-18,Jo Marsh; Sam Reed,\r\n',
    )

    line = read_manifest(path, now=NOW).line_for(tmp_path / "a.txt")

    assert line is not None
    assert line.place == f"{path}:2"
    assert (line.fields.source, line.fields.domain, line.fields.url) == ("Example, The", "example.org", None)
    assert line.fields.published_on is not None
    assert line.fields.published_on.value == "2022-01-18"
    assert line.fields.authors == ("Jo Marsh", "Sam Reed")


def test_json_lines_give_the_same(tmp_path: Path) -> None:
    path = a_manifest(tmp_path, '{"file": "in/a.txt", "source": "Example", "rating": 3}\n\n', "list.jsonl")

    manifest = read_manifest(path, now=NOW)

    line = manifest.line_for(tmp_path / "in" / "a.txt")
    assert line is not None
    assert line.fields.source == "Example"
    assert manifest.ignored == ("rating",)


def test_what_only_a_record_itself_may_have_is_ignored(tmp_path: Path) -> None:
    """One line may be about many records."""
    path = a_manifest(tmp_path, '{"file": "a.jsonl", "external_ids": [1], "file_name": 2}\n', "list.jsonl")

    assert read_manifest(path, now=NOW).ignored == ("external_ids", "file_name")


def test_a_file_is_meant_by_its_path_before_its_bare_name(tmp_path: Path) -> None:
    path = a_manifest(tmp_path, "file,source\na.txt,Here\nin/a.txt,Inside\n")

    manifest = read_manifest(path, now=NOW)

    found = [manifest.line_for(tmp_path / name) for name in ("a.txt", "in/a.txt", "elsewhere/a.txt", "in/b.txt")]
    assert [line and line.fields.source for line in found] == ["Here", "Inside", "Here", None]


def test_lines_about_files_that_were_not_loaded_are_told(tmp_path: Path) -> None:
    path = a_manifest(tmp_path, "file,source\na.txt,One\nb.txt,Two\n")

    unused = read_manifest(path, now=NOW).unused([tmp_path / "b.txt"])

    assert [line.file for line in unused] == ["a.txt"]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("list.csv", "name,source\na.txt,One\n", "list.csv:1: the header line 'name,source' has no column `file`"),
        ("list.csv", "file,source,source\n", "list.csv:1: column 'source' stands twice"),
        ("list.csv", "file,source\na.txt,One,Two\n", "list.csv:2: has 3 cells under 2 headings"),
        ("list.csv", 'file,source\na.txt,"One\n', "list.csv:2: is no CSV"),
        ("list.csv", "file,source\n,One\n", "list.csv:2: file is None; name the file"),
        ("list.csv", "file,source\na.txt,One\n./a.txt,Two\n", "list.csv:3: file './a.txt' stands in"),
        (
            "list.csv",
            "file,published_on\na.txt,18/01/2022\n",
            "list.csv:2: published_on '18/01/2022' is neither RFC 3339 nor EDTF; give",
        ),
        ("list.csv", "file,url\na.txt,example.org\n", "list.csv:2: url 'example.org' cannot be read"),
        ("list.jsonl", "{}\n", "list.jsonl:1: file is None; name the file"),
        ("list.jsonl", '{"file": 7}\n', "list.jsonl:1: file is 7; name the file"),
        ("list.jsonl", "[1]\n", "list.jsonl:1: '[1]' is a list; write one object a line"),
        ("list.jsonl", "\n{\n", "list.jsonl:2: '{' is not JSON"),
        ("list.jsonl", "[" * 200_000, "is not JSON"),
        (
            "list.jsonl",
            '{"file": "a.txt", "source": ["One"]}\n',
            "list.jsonl:1: source ['One'] is a list; give a string",
        ),
        ("list.txt", "file\n", "a manifest is .csv or .jsonl"),
    ],
)
def test_a_manifest_that_cannot_be_used_stops_with_place_and_way_out(
    tmp_path: Path, name: str, text: str, said: str
) -> None:
    path = a_manifest(tmp_path, text, name)

    with pytest.raises(ManifestError) as caught:
        read_manifest(path, now=NOW)

    assert said in str(caught.value)
    assert ";" in str(caught.value)


def test_a_manifest_that_is_not_there_or_not_utf8_stops(tmp_path: Path) -> None:
    latin = tmp_path / "latin.csv"
    latin.write_bytes(b"file,source\na.txt,Caf\xe9\n")

    with pytest.raises(ManifestError, match="no such manifest file; check --manifest"):
        read_manifest(tmp_path / "none.csv", now=NOW)
    with pytest.raises(ManifestError, match="byte 21 is not UTF-8; save"):
        read_manifest(latin, now=NOW)
