"""Whatever the bytes: nothing is raised, every input ends as RawArticle or Refused, and what is read can be stored."""

import json
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.clean import clean
from etl.read import Defaults, Record, read, size_of
from etl.read.formats import MAX_CONTENT_BYTES
from etl.records import CleanArticle, RawArticle, Refused

NOW = datetime(2022, 1, 20, 12, tzinfo=UTC)

_NAMES = ["text", "source", "domain", "url", "external_id", "headline", "published_on", "authors", "language", "body"]
_VALUES = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.text(st.characters(codec=None), max_size=20),
        st.sampled_from(["http://[", "https://a.example/?utm_x=1", "2022-01-18", "9999", "en", "de", "x" * 3000]),
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)),
    max_leaves=6,
)
_RECORDS = st.dictionaries(st.sampled_from(_NAMES), _VALUES, max_size=6).map(lambda value: json.dumps(value).encode())
_BYTES = st.one_of(
    st.binary(max_size=300),
    st.text(max_size=100).map(lambda text: text.encode("utf-16")),
    st.text(max_size=100).map(lambda text: text.encode("cp1252", "replace")),
    _RECORDS,
    st.lists(st.one_of(_RECORDS, st.binary(max_size=30)), max_size=4).map(b"\n".join),
    st.tuples(_RECORDS, _RECORDS).map(lambda pair: b"[" + b", ".join(pair) + b"]"),
)


def _storable(text: str | None) -> bool:
    return text is None or ("\x00" not in text and text.encode().decode() == text)


def _check(record: Record) -> None:
    item = record.item
    assert _storable(item.place)
    if isinstance(item, Refused):
        assert item.reason
        assert item.detail.startswith(item.place)
        assert _storable(item.detail)
        assert len(item.content) <= MAX_CONTENT_BYTES
        return
    assert isinstance(item, RawArticle)
    assert item.text.strip()
    fields = (item.text, item.source, item.domain, item.url, item.external_id, item.headline, item.language)
    assert all(map(_storable, (*fields, *item.authors, *item.notes)))
    assert isinstance(clean(item), CleanArticle | Refused)


@given(st.lists(st.tuples(st.sampled_from([".txt", ".json", ".jsonl", ".csv"]), _BYTES), min_size=1, max_size=3))
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_bytes_end_as_counted_records_and_never_raise(files: list[tuple[str, bytes]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{number}{suffix}" for number, (suffix, _) in enumerate(files)]
        for path, (_, content) in zip(paths, files, strict=True):
            path.write_bytes(content)

        found = list(read(paths, Defaults(), now=NOW))

        for record in found:
            _check(record)
        for path, (suffix, content) in zip(paths, files, strict=True):
            mine = [record for record in found if record.item.place.startswith(str(path))]
            whole = suffix in (".txt", ".csv") or not content.strip()
            assert len(mine) == 1 if whole else len(mine) >= 1
        assert [record.bytes_read for record in found] == sorted(record.bytes_read for record in found)
        assert all(record.bytes_read <= size_of(paths) for record in found)


@given(
    st.lists(st.one_of(_RECORDS, st.sampled_from([b"nonsense", b"[]", b"7", b'{"text": "a'])), min_size=1, max_size=8)
)
@settings(max_examples=100, deadline=None)
def test_json_lines_end_as_one_record_a_line(lines: list[bytes]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.jsonl"
        path.write_bytes(b"\n".join(lines))

        found = list(read([path], Defaults(), now=NOW))

    assert [record.item.place for record in found] == [f"{path}:{number + 1}" for number in range(len(lines))]
