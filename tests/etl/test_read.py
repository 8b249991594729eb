"""Every record of every file ends as one RawArticle or one Refused with a counted reason. All texts are invented."""

import json
import os
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from etl.errors import OptionError
from etl.manifest import read_manifest
from etl.read import Defaults, Record, find, read, size_of
from etl.read.formats import MAX_CONTENT_BYTES, MAX_RECORD_BYTES
from etl.records import RawArticle, Refused

NOW = datetime(2022, 1, 20, 12, tzinfo=UTC)
TEXT = "“Nobody will lose a berth,” Ana Ortiz told the council."


def a_file(folder: Path, name: str, content: bytes | str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def records(*paths: Path, defaults: Defaults | None = None) -> list[Record]:
    return list(read(paths, defaults or Defaults(), now=NOW))


def article(*paths: Path, defaults: Defaults | None = None) -> RawArticle:
    (record,) = records(*paths, defaults=defaults)
    assert isinstance(record.item, RawArticle), record.item
    return record.item


def refused(*paths: Path) -> Refused:
    (record,) = records(*paths)
    assert isinstance(record.item, Refused), record.item
    return record.item


def json_of(values: Mapping[str, object]) -> str:
    return json.dumps({"text": TEXT, **values})


# --- text ------------------------------------------------------------------------------------------------------------


def test_a_text_file_is_its_text_unchanged_and_nothing_else(tmp_path: Path) -> None:
    text = f"  {TEXT}\r\n\r\n\tThe quay 🎆 closes.\rIn March.\n"

    raw = article(a_file(tmp_path, "a.txt", text))

    assert raw == RawArticle(place=str(tmp_path / "a.txt"), text=text, file_name="a.txt")


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    assert article(a_file(tmp_path, "a.txt", "\ufeff" + TEXT)).text == TEXT
    assert article(a_file(tmp_path, "a.json", "\ufeff" + json_of({}))).text == TEXT
    assert article(a_file(tmp_path, "a.jsonl", "\ufeff" + json_of({}))).text == TEXT


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("cp1252", "windows-1252"),
        ("mac_roman", "macintosh"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-32", "utf-32"),
    ],
)
def test_a_text_in_another_encoding_is_decoded_and_says_so(tmp_path: Path, encoding: str, name: str) -> None:
    raw = article(a_file(tmp_path, "a.txt", f"{TEXT} The café closes – that’s all.".encode(encoding)))

    assert raw.text == f"{TEXT} The café closes – that’s all."
    assert raw.notes == (f"decoded as {name}",)


def test_a_single_quotation_mark_at_the_end_of_a_long_text_tells_its_encoding(tmp_path: Path) -> None:
    text = "The quay is closed. " * 20_000 + "That’s all."

    raw = article(a_file(tmp_path, "a.txt", text.encode("cp1252")))

    assert raw.text == text
    assert raw.notes == ("decoded as windows-1252",)


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16"])
def test_json_lines_in_another_encoding_are_decoded_line_by_line(tmp_path: Path, encoding: str) -> None:
    line = json.dumps({"text": f"{TEXT} That’s the café."}, ensure_ascii=False)

    found = records(a_file(tmp_path, "a.jsonl", f"{line}\n{line}\n".encode(encoding)))

    assert [(r.item.text, len(r.item.notes)) for r in found] == [(f"{TEXT} That’s the café.", 1)] * 2


def test_lines_that_are_utf8_stay_utf8_beside_others(tmp_path: Path) -> None:
    line = json.dumps({"text": "The café “Quay” is closed."}, ensure_ascii=False)

    found = records(a_file(tmp_path, "a.jsonl", line.encode() + b"\n" + line.encode("cp1252")))

    assert [r.item.text for r in found] == ["The café “Quay” is closed."] * 2
    assert [r.item.notes for r in found] == [(), ("decoded as windows-1252",)]


# --- fields ----------------------------------------------------------------------------------------------------------


def test_a_record_has_its_fields_in_their_one_spelling(tmp_path: Path) -> None:
    values = {
        "source": " The Easthaven Example ",
        "domain": "WWW.Easthaven.Example",
        "url": "HTTPS://Easthaven.Example:443/quay?b=2&utm_source=x&a=1#top",
        "external_id": "e-1",
        "headline": "Quay closes",
        "published_on": "2022-01-18T09:30:00+01:00",
        "authors": ["Jo Marsh", "Sam Reed"],
        "language": "en-GB",
    }

    raw = article(a_file(tmp_path, "a.json", json_of(values)))

    assert (raw.source, raw.domain) == ("The Easthaven Example", "easthaven.example")
    assert raw.url == "https://easthaven.example/quay?a=1&b=2"
    assert (raw.external_id, raw.headline, raw.authors) == ("e-1", "Quay closes", ("Jo Marsh", "Sam Reed"))
    assert raw.published_on is not None
    assert raw.published_on.value == "2022-01-18T09:30:00+01:00"
    assert (raw.language, raw.notes) == ("en-GB", ())


def test_a_lone_author_counts_as_one(tmp_path: Path) -> None:
    assert article(a_file(tmp_path, "a.json", json_of({"authors": "Jo Marsh"}))).authors == ("Jo Marsh",)


def test_null_and_blank_fields_are_fields_that_are_not_there(tmp_path: Path) -> None:
    raw = article(a_file(tmp_path, "a.json", json_of({"source": None, "url": "", "authors": [], "headline": " "})))

    assert (raw.source, raw.url, raw.authors, raw.headline) == (None, None, (), None)


def test_unknown_fields_are_ignored_and_noted(tmp_path: Path) -> None:
    raw = article(a_file(tmp_path, "a.json", json_of({"rating": 3, "body": {"x": [1]}, "\x00\ud800": 1})))

    assert raw.notes == ("ignored field: (unprintable)", "ignored field: body", "ignored field: rating")


def test_several_external_ids_and_the_file_the_text_came_from_are_taken(tmp_path: Path) -> None:
    values = {"external_ids": ["c:3", " a:1", "c:3"], "external_id": "b:2", "file_name": "first.txt"}

    raw = article(a_file(tmp_path, "a.json", json_of(values)))

    assert (raw.external_ids, raw.external_id, raw.further_ids) == (("a:1", "b:2", "c:3"), "a:1", ("b:2", "c:3"))
    assert (raw.file_name, raw.place) == ("first.txt", str(tmp_path / "a.json"))
    assert raw.notes == ()


def test_what_a_line_of_our_own_export_has_beside_is_worth_no_note(tmp_path: Path) -> None:
    """A load makes it anew; an `id` alone is somebody else's."""
    ours = {"id": "x", "label": "Quay", "text_hash": "0", "events": [], "rating": 3}

    assert article(a_file(tmp_path, "ours.json", json_of(ours))).notes == ("ignored field: rating",)
    assert article(a_file(tmp_path, "a.json", json_of({"id": "x", "events": []}))).notes == (
        "ignored field: events",
        "ignored field: id",
    )


def test_an_article_s_domain_is_the_host_of_its_url_when_none_is_given(tmp_path: Path) -> None:
    raw = article(a_file(tmp_path, "a.json", json_of({"url": "https://www.easthaven.example/quay"})))

    assert (raw.source, raw.domain) == (None, "easthaven.example")


@pytest.mark.parametrize(
    ("values", "reason", "said"),
    [
        ({"text": 7}, "wrong-type", "text 7 is a number; give a string"),
        ({"text": ["a"]}, "wrong-type", "text ['a'] is a list; give a string"),
        ({"text": None}, "no-text", "has no text"),
        ({"text": " \n"}, "no-text", "has no text"),
        ({"source": True}, "wrong-type", "source True is a boolean"),
        ({"external_id": 12}, "wrong-type", "external_id 12 is a number; give a string (in quotation marks)"),
        ({"authors": {"name": "Jo"}}, "wrong-type", "authors {'name': 'Jo'} is an object; give a list of names"),
        ({"authors": ["Jo", 3]}, "wrong-type", "authors[1] 3 is a number"),
        ({"external_ids": ["a:1", 7]}, "wrong-type", "external_ids[1] 7 is a number; give a string"),
        ({"file_name": ["a.txt"]}, "wrong-type", "file_name ['a.txt'] is a list; give a string"),
        ({"published_on": 20220118}, "wrong-type", 'give a string such as "2022-01-17"'),
        ({"published_on": "31/13/2024"}, "bad-date", "published_on '31/13/2024' is neither RFC 3339 nor EDTF"),
        ({"published_on": "2022-02-30"}, "bad-date", "published_on '2022-02-30' is neither"),
        ({"published_on": "2022-01-21T12:00:01Z"}, "bad-date", "is more than 24 hours ahead"),
        ({"published_on": "2022-01-22"}, "bad-date", "is more than 24 hours ahead"),
        ({"published_on": "2022-01-10/2022-02-01"}, "bad-date", "is more than 24 hours ahead"),
        ({"published_on": "1599-12-31"}, "bad-date", "is before 1600"),
        ({"published_on": "0001-01-01T00:00:00+14:00"}, "bad-date", "is neither"),
        ({"published_on": "2022" * 30}, "bad-date", "is neither"),
        ({"url": "easthaven.example/quay"}, "bad-url", "url 'easthaven.example/quay' cannot be read"),
        ({"url": "ftp://easthaven.example/"}, "bad-url", "give https://HOST/PATH"),
        ({"url": "http://[::1"}, "bad-url", "give https://HOST/PATH"),
        ({"url": "https://easthaven.example/" + "a" * 3000}, "bad-url", "is longer than 2000 bytes"),
        ({"domain": "https://easthaven.example/"}, "bad-domain", "is no host name"),
        ({"source": "ﷺ" * 100}, "too-large", "source"),
        ({"text": "a\x00b"}, "control-characters", "text holds a NUL character"),
        ({"headline": "a\x00b"}, "control-characters", "headline holds a NUL character"),
        ({"text": "a\ud800b"}, "lone-surrogate", "text holds half a character at 1"),
    ],
)
def test_a_field_that_cannot_be_used_refuses_its_record(
    tmp_path: Path, values: dict[str, object], reason: str, said: str
) -> None:
    content = json_of(values)

    item = refused(a_file(tmp_path, "a.jsonl", content))

    assert (item.reason, item.place) == (reason, f"{tmp_path / 'a.jsonl'}:1")
    assert item.detail.startswith(f"{item.place}: ")
    assert said in item.detail
    assert item.content == content.encode()[:MAX_CONTENT_BYTES]


@pytest.mark.parametrize(
    "value",
    ["2022-01-21T12:00:00Z", "2022-01-21", "2022", "2022-01", "1600", "2022-01-10/2022-01-16", "2022-01-18T23:30"],
)
def test_a_date_up_to_a_day_ahead_is_taken(tmp_path: Path, value: str) -> None:
    raw = article(a_file(tmp_path, "a.json", json_of({"published_on": value})))

    assert raw.published_on is not None


# --- faults of files -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \r\n\t", "empty"),
        ("a.json", b"", "empty"),
        ("a.json", b"[]", "empty"),
        ("a.jsonl", b"", "empty"),
        ("a.jsonl", b"\n \n\r\n", "empty"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\x00\x00", "binary"),
        ("a.txt", b"%PDF-1.7 and so on", "binary"),
        ("a.txt", b"The quay\x00 closes", "binary"),
        ("a.txt", bytes(range(1, 256)) * 4, "binary"),
        ("a.txt", b"\x00\x00\x00\x00", "binary"),
        ("a.json", b"\x00\x01\x02\x03", "binary"),
        ("a.jsonl", b"\x00\x01\x02\x03", "binary"),
        ("a.html", b"<p>The quay closes.</p>", "unknown-format"),
        ("a", b"The quay closes.", "unknown-format"),
        ("a.json", b"{", "not-json"),
        ("a.json", b'{"text": "a"} {"text": "b"}', "not-json"),
        ("a.json", b'{"text": "a", "text": "b"}', "not-json"),
        ("a.json", b'{"text": "a", "rating": NaN}', "not-json"),
        ("a.json", b'{"text": "a", "rating": ' + b"9" * 5000 + b"}", "not-json"),
        ("a.json", b"[" * 200_000, "not-json"),
        ("a.json", b'{"a":' * 200_000, "not-json"),
        ("a.json", b"7", "wrong-type"),
        ("a.json", b'"text"', "wrong-type"),
        ("a.json", b"[[]]", "wrong-type"),
        ("a.jsonl", b"[1]", "wrong-type"),
        ("a.jsonl", b"null", "wrong-type"),
        ("a.jsonl", b'{"text": "The quay', "not-json"),
        ("a.json", b'{"headline": "Quay"}', "no-text"),
    ],
)
def test_a_file_that_holds_no_article_is_refused_with_its_reason(
    tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    item = refused(a_file(tmp_path, name, content))

    assert item.reason == reason
    assert item.detail.startswith(item.place)
    assert len(item.content) <= MAX_CONTENT_BYTES


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path / "none.txt").reason == "missing-file"
    assert refused(a_file(tmp_path, "a.txt", TEXT) / "none.txt").reason == "missing-file"
    assert refused(Path("a\x00b.txt")).reason == "missing-file"


def test_a_pipe_is_refused_and_nobody_waits_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")

    item = refused(tmp_path / "a.txt")

    assert item.reason == "unreadable-file"
    assert "is a pipe" in item.detail


def test_a_link_to_itself_is_refused_in_a_folder_and_alone(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to("a.txt")

    assert refused(tmp_path / "a.txt").reason == "unreadable-file"
    assert refused(tmp_path).reason == "unreadable-file"


def test_a_file_the_system_does_not_open_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = a_file(tmp_path, "a.jsonl", json_of({}))

    def forbidden(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", forbidden)

    item = refused(path)
    assert item.reason == "unreadable-file"
    assert "cannot be read (Permission denied); check its permissions" in item.detail


def test_a_file_name_that_is_not_utf8_is_written_as_text(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt"))
    path.write_text(TEXT)

    assert article(path).place.endswith("/caf\\xe9.txt")


def test_five_megabytes_in_one_line_are_refused_and_the_next_line_is_read(tmp_path: Path) -> None:
    huge = json_of({"text": "a" * MAX_RECORD_BYTES})

    found = [record.item for record in records(a_file(tmp_path, "a.jsonl", f"{huge}\n{json_of({})}\n"))]

    assert [getattr(item, "reason", None) for item in found] == ["too-large", None]
    assert [item.place for item in found] == [f"{tmp_path / 'a.jsonl'}:{number}" for number in (1, 2)]
    assert found[0].content == huge.encode()[:MAX_CONTENT_BYTES]


def test_five_megabytes_of_text_or_in_one_object_are_refused(tmp_path: Path) -> None:
    assert refused(a_file(tmp_path, "a.txt", b"a" * MAX_RECORD_BYTES)).reason == "too-large"
    assert refused(a_file(tmp_path, "b.json", json_of({"text": "a" * MAX_RECORD_BYTES}))).reason == "too-large"


def test_a_large_file_of_lines_is_not_held_in_memory(tmp_path: Path) -> None:
    import tracemalloc

    path = a_file(tmp_path, "a.jsonl", (json_of({"text": "word " * 2000}) + "\n") * 3000)

    tracemalloc.start()
    count = sum(1 for _ in read([path], Defaults(), now=NOW))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert count == 3000
    assert path.stat().st_size > 25_000_000
    assert peak < 8_000_000


def test_one_bad_line_does_not_cost_the_others(tmp_path: Path) -> None:
    good = json_of({})

    found = records(a_file(tmp_path, "a.jsonl", f"{good}\nnonsense\n\n{good}\n[]\n{good[:-5]}"))

    assert Counter(getattr(record.item, "reason", "read") for record in found) == {
        "read": 2,
        "not-json": 2,
        "wrong-type": 1,
    }
    assert [record.item.place.rpartition(":")[2] for record in found] == ["1", "2", "4", "5", "6"]


def test_the_entries_of_a_list_are_records_of_their_own(tmp_path: Path) -> None:
    path = a_file(tmp_path, "a.json", f"[{json_of({})}, 7, {json_of({'source': 'X'})}]")

    found = [record.item for record in records(path)]

    assert [(item.place, type(item)) for item in found] == [
        (f"{path}[0]", RawArticle),
        (f"{path}[1]", Refused),
        (f"{path}[2]", RawArticle),
    ]


# --- folders and progress --------------------------------------------------------------------------------------------


def test_a_folder_gives_its_files_sorted_and_all_others_are_passed_over(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a.json", "README.md", ".hidden.txt", ".git/x.txt", "A.TXT"):
        a_file(tmp_path, name, json_of({}))
    (tmp_path / "a" / "loop").symlink_to(tmp_path)

    found = find([tmp_path])

    assert [str(path.relative_to(tmp_path)) for path in found.files] == ["A.TXT", "a/z.txt", "a.json", "b.txt"]
    assert [path.name for path in found.passed_over] == [".hidden.txt", "README.md"]
    assert len(records(tmp_path)) == 4


def test_a_folder_without_articles_is_refused(tmp_path: Path) -> None:
    a_file(tmp_path, "README.md", "nothing")

    assert refused(tmp_path).reason == "empty"


def test_progress_grows_to_the_size_of_the_input(tmp_path: Path) -> None:
    paths = [
        a_file(tmp_path, "a.jsonl", f"{json_of({})}\n" * 3),
        a_file(tmp_path, "b.txt", TEXT),
        tmp_path / "none.txt",
        a_file(tmp_path, "c.json", f"[{json_of({})}, {json_of({})}]"),
    ]

    done = [record.bytes_read for record in records(*paths)]

    assert done == sorted(done)
    assert done[0] == len(json_of({})) + 1
    assert done[-1] == size_of(paths) == sum(path.stat().st_size for path in paths if path.exists())


# --- what is lent ----------------------------------------------------------------------------------------------------


def test_what_a_record_lacks_comes_from_the_manifest_then_from_the_command_line(tmp_path: Path) -> None:
    a_file(tmp_path, "list.csv", "file,source,published_on,url\na.txt,Manifest,2022-01-17,https://m.example/a\n")
    manifest = read_manifest(tmp_path / "list.csv", now=NOW)
    paths = [
        a_file(tmp_path, "a.txt", TEXT),
        a_file(tmp_path, "b.json", json_of({"source": "Record"})),
    ]

    found = [
        record.item for record in read(paths, Defaults(source="Line", published_on="2022-01-18"), manifest, now=NOW)
    ]

    assert [(item.source, item.published_on.value, item.domain) for item in found] == [
        ("Manifest", "2022-01-17", "m.example"),
        ("Record", "2022-01-18", None),
    ]


def test_a_lent_url_names_one_article_only(tmp_path: Path) -> None:
    path = a_file(tmp_path, "a.jsonl", f"{json_of({})}\n{json_of({'url': 'https://b.example/1'})}\n{json_of({})}\n")

    found = [record.item for record in records(path, defaults=Defaults(url="https://a.example/"))]

    assert [getattr(item, "reason", None) for item in found] == [None, None, "same-identity"]
    assert f"is lent to {path}:1 already" in found[2].detail


def test_the_same_file_given_twice_may_have_the_lent_url_twice(tmp_path: Path) -> None:
    path = a_file(tmp_path, "a.txt", TEXT)

    found = records(path, path, defaults=Defaults(url="https://a.example/"))

    assert [record.item.url for record in found] == ["https://a.example/"] * 2


@pytest.mark.parametrize(
    ("defaults", "said"),
    [
        (Defaults(published_on="yesterday"), "--published-on: published_on 'yesterday' is neither"),
        (Defaults(published_on="2023"), "--published-on: published_on '2023' is more than 24 hours ahead"),
        (Defaults(url="a.example"), "--url: url 'a.example' cannot be read"),
        (Defaults(domain="https://a.example"), "--domain: domain 'https://a.example' is no host name"),
    ],
)
def test_an_option_that_cannot_be_used_stops_before_anything_is_read(defaults: Defaults, said: str) -> None:
    with pytest.raises(OptionError) as caught:
        read([], defaults, now=NOW)

    assert said in str(caught.value)
