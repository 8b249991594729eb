"""One function a format: the records of a file as parsed, values unchecked. Faults of the file become Refused here."""

import codecs
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from etl.fields import kind_of
from etl.read.decode import decoded, decoded_as, guessed_encoding, is_binary, marked_encoding
from etl.read.files import InputFile, place_of, unreadable
from etl.records import Refused
from schema.enums import RecordForm

MAX_RECORD_BYTES = 5_000_000
"""A record has to be smaller: about 800,000 words, ten times the longest article ever printed."""
MAX_JSON_BYTES = 64_000_000
"""A .json file is parsed whole; more records than this belong into .jsonl, which is read line by line."""
MAX_CONTENT_BYTES = 64 * 1024
"""How much of a refused record is kept."""

_CHUNK_BYTES = 1 << 20
_SAMPLE_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Parsed:
    """One record of a file, or why there is none. bytes_read: how far into the file it reaches.

    place: "file" or "file:line", or "file[3]" for the fourth entry of a JSON list. form: what the content is, None
    where it is no whole record; cut: whether it is the beginning of one. encoding: of a line, told by its file.
    """

    place: str
    values: Mapping[str, object]
    content: bytes
    bytes_read: int
    notes: tuple[str, ...] = ()
    refused: Refused | None = None
    form: RecordForm | None = None
    cut: bool = False
    encoding: str | None = None


def parsed(file: InputFile) -> Iterator[Parsed]:
    """The records of a file, in its order; at least one, a refusal where it holds none."""
    parse = _FORMATS[file.path.suffix.lower()]
    try:
        with file.path.open("rb") as stream:
            yield from parse(file, stream)
    except OSError as error:
        yield _fault_of(file, unreadable(file.path, error))


def parsed_again(place: str, form: RecordForm, content: bytes, encoding: str | None) -> Iterator[Parsed]:
    """The records of what was parsed before, by the same place: those of a file or a part of it that is not there.

    encoding: that of the Parsed of then.
    """
    match form:
        case RecordForm.TEXT_FILE:
            yield from _parsed_txt(InputFile(Path(place), len(content)), BytesIO(content))
        case RecordForm.JSON_FILE:
            yield from _parsed_json(InputFile(Path(place), len(content)), BytesIO(content))
        case RecordForm.JSON_ENTRY:
            yield _parsed_entry(place, content, len(content), ())
        case RecordForm.JSON_LINE:
            line = _Line(int(place.rpartition(":")[2]), content, len(content))
            yield _parsed_line(place, line, len(content), (), lambda: encoding)


def file_of(place: str, form: RecordForm) -> str:
    """The place of the file that has this record."""
    match form:
        case RecordForm.JSON_ENTRY:
            return place.rpartition("[")[0]
        case RecordForm.JSON_LINE:
            return place.rpartition(":")[0]
        case _:
            return place


def refusal(place: str, reason: str, what: str, content: bytes = b"") -> Refused:
    """A refusal whose detail begins with the place, with the beginning of the content."""
    return Refused(place, reason, f"{place}: {what}", content[:MAX_CONTENT_BYTES])


# --- .txt and .json: whole files --------------------------------------------------------------------------------------


def _parsed_txt(file: InputFile, stream: BinaryIO) -> Iterator[Parsed]:
    place, form = place_of(file.path), RecordForm.TEXT_FILE
    data = stream.read(MAX_RECORD_BYTES)
    if len(data) >= MAX_RECORD_BYTES:
        what = f"holds {MAX_RECORD_BYTES} bytes or more; split it into its articles"
        yield _fault(file, "too-large", what, data, form)
    elif not data.strip():
        yield _fault(file, "empty", "is empty; put the article's text into it or leave it out", data, form)
    elif (text := decoded(data)) is None:
        yield _fault(file, "binary", "is no text in any known encoding; save it as UTF-8", data, form)
    else:
        yield Parsed(place, {"text": text.text}, data, file.size, text.notes, form=form)


def _parsed_json(file: InputFile, stream: BinaryIO) -> Iterator[Parsed]:
    place, form = place_of(file.path), RecordForm.JSON_FILE
    data = stream.read(MAX_JSON_BYTES + 1)
    if len(data) > MAX_JSON_BYTES:
        what = f"is larger than {MAX_JSON_BYTES} bytes; write .jsonl, one object a line"
        yield _fault(file, "too-large", what, data, form)
        return
    if not data.strip():
        yield _fault(file, "empty", "is empty; write one object or a list of them", data, form)
        return
    text = decoded(data)
    if text is None:
        yield _fault(file, "binary", "is no text in any known encoding; save it as UTF-8", data, form)
        return
    value = _json_value(text.text)
    if isinstance(value, _NotJson):
        yield _fault(file, "not-json", f"{value.why}; write one object or a list of them", data, form)
    elif isinstance(value, list) and not value:
        yield _fault(file, "empty", "is an empty list; write at least one object", data, form)
    elif isinstance(value, list):
        for number, entry in enumerate(value):
            content = _spelled(entry)
            yield _record(f"{place}[{number}]", entry, content, file.size, text.notes, RecordForm.JSON_ENTRY)
    else:
        yield _record(place, value, data, file.size, text.notes, form)


def _parsed_entry(place: str, content: bytes, end: int, notes: tuple[str, ...]) -> Parsed:
    """An entry of a list, spelled by itself."""
    form = RecordForm.JSON_ENTRY
    value = _json_value(content.decode())
    if isinstance(value, _NotJson):
        # A number such as 1e999: JSON to Python within its file, and spelled as none.
        what = f"{value.why}; write one object or a list of them"
        return Parsed(place, {}, content, end, refused=refusal(place, "not-json", what, content), form=form)
    return _record(place, value, content, end, notes, form)


# --- .jsonl: a line at a time -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Line:
    """A line without its end; only the beginning of it when it is too long. end: the byte after it."""

    number: int
    data: bytes
    end: int
    too_long: bool = False


def _parsed_jsonl(file: InputFile, stream: BinaryIO) -> Iterator[Parsed]:
    head = stream.read(8192)
    stream.seek(0)
    marked = marked_encoding(head)
    if marked is None and is_binary(head) and b"\x00" in head:
        what = "is no text in any known encoding; save it as UTF-8"
        yield replace(_fault(file, "binary", what, head), cut=file.size > len(head))
        return
    chunks = iter(lambda: stream.read(_CHUNK_BYTES), b"")
    if marked is not None:
        chunks = codecs.iterencode(codecs.iterdecode(chunks, marked), "utf-8")
    count = 0
    notes = (f"decoded as {marked}",) if marked else ()
    encoding = cache(partial(_encoding_of, file))
    lines = _lines(chunks)
    while True:
        try:
            line = next(lines, None)
        except UnicodeDecodeError:
            yield _fault(file, "binary", f"announces {marked} and breaks it; save it as UTF-8")
            return
        if line is None:
            break
        if not line.data.strip(b" \t\r\n\xef\xbb\xbf"):
            continue
        count += 1
        place = f"{place_of(file.path)}:{line.number}"
        yield _parsed_line(place, line, min(line.end, file.size), notes, encoding)
    if not count:
        yield _fault(file, "empty", "holds no line; write one object a line")


def _parsed_line(
    place: str, line: _Line, end: int, notes: tuple[str, ...], encoding: Callable[[], str | None]
) -> Parsed:
    """The record of a line. encoding: asked where the line is not UTF-8; None where that is not known."""
    text, told = _utf8(line), None
    if text is None and not line.too_long:
        told = encoding()
        found = None if told is None else decoded_as(line.data, told)
        if found is not None:
            text, notes = found.text, found.notes
    value = None if text is None else _json_value(text)
    if line.too_long:
        reason, what = "too-large", f"the line holds {MAX_RECORD_BYTES} bytes or more; split it into its articles"
    elif text is None:
        reason, what = "binary", "the line is no text in any known encoding; save the file as UTF-8"
    elif isinstance(value, _NotJson):
        reason, what = "not-json", f"{value.why}; write one object a line"
    else:
        return replace(_record(place, value, line.data, end, notes, RecordForm.JSON_LINE), encoding=told)
    return Parsed(
        place,
        {},
        line.data,
        end,
        refused=refusal(place, reason, what, line.data),
        form=RecordForm.JSON_LINE,
        cut=line.too_long,
        encoding=told,
    )


def _lines(chunks: Iterator[bytes]) -> Iterator[_Line]:
    """The lines of a stream. No more than one record and one chunk is held, however long a line is."""
    number, end = 1, 0
    begun = bytearray()
    skipped = False
    for chunk in chunks:
        start = 0
        while (stop := chunk.find(b"\n", start)) >= 0:
            begun += chunk[start:stop]
            end += stop + 1 - start
            yield _line(number, begun, end, skipped)
            number, start, skipped = number + 1, stop + 1, False
            begun.clear()
        begun += chunk[start:]
        end += len(chunk) - start
        if len(begun) >= MAX_RECORD_BYTES:
            skipped = True
            del begun[MAX_CONTENT_BYTES:]
    if begun:
        yield _line(number, begun, end, skipped)


def _line(number: int, data: bytearray, end: int, skipped: bool) -> _Line:
    too_long = skipped or len(data) >= MAX_RECORD_BYTES
    return _Line(number, bytes(data[:MAX_CONTENT_BYTES] if too_long else data), end, too_long)


def _utf8(line: _Line) -> str | None:
    try:
        return line.data.decode("utf-8-sig" if line.number == 1 else "utf-8")
    except UnicodeDecodeError:
        return None


def _encoding_of(file: InputFile) -> str | None:
    """The encoding of a file, guessed from the first lines of it that are not UTF-8: a single line may be too short."""
    sample = bytearray()
    with file.path.open("rb") as stream:
        for line in _lines(iter(lambda: stream.read(_CHUNK_BYTES), b"")):
            if not line.too_long and _utf8(line) is None:
                sample += line.data + b"\n"
            if len(sample) >= _SAMPLE_BYTES or line.end >= 16 * _CHUNK_BYTES:
                break
    return guessed_encoding(bytes(sample))


# --- JSON -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _NotJson:
    why: str


class _TwiceError(ValueError):
    """A key that stands twice in one object: which of the two is meant, nobody can say."""


def _json_value(text: str) -> Any:
    """The value that the text writes, or why it is no JSON (RFC 8259)."""
    try:
        return json.loads(text, object_pairs_hook=_unique, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        around = text[max(0, error.pos - 20) : error.pos + 20]
        return _NotJson(f"is not JSON: {error.msg} at character {error.pos}, near {around!a}")
    except RecursionError:
        return _NotJson("is nested too deep to be a record")
    except ValueError as error:
        # Of our own two checks, or a number of more digits than Python reads.
        return _NotJson(f"is not JSON that Quoth reads: {str(error)[:120]}")


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    values = dict(pairs)
    if len(values) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise _TwiceError(f"the key {twice[:60]!a} stands twice in one object")
    return values


def _no_constant(name: str) -> object:
    raise ValueError(f"{name} is no JSON number")


def _record(place: str, value: object, content: bytes, end: int, notes: tuple[str, ...], form: RecordForm) -> Parsed:
    if not isinstance(value, dict):
        what = f'is {kind_of(value)}, not an object; write {{"text": …}}'
        return Parsed(place, {}, content, end, refused=refusal(place, "wrong-type", what, content), form=form)
    if len(content) >= MAX_RECORD_BYTES:
        what = f"the record holds {MAX_RECORD_BYTES} bytes or more; split it into its articles"
        return Parsed(place, {}, content, end, refused=refusal(place, "too-large", what, content), form=form)
    return Parsed(place, value, content, end, notes, form=form)


def _spelled(entry: object) -> bytes:
    """An entry of a list as JSON again; the same values, the spacing may differ from the file's."""
    # Half a surrogate pair, which has no UTF-8, is written as JSON escapes it.
    return json.dumps(entry, ensure_ascii=False).encode("utf-8", "backslashreplace")


def _fault(file: InputFile, reason: str, what: str, content: bytes = b"", form: RecordForm | None = None) -> Parsed:
    refused = refusal(place_of(file.path), reason, what, content)
    return Parsed(refused.place, {}, content, file.size, refused=refused, form=form)


def _fault_of(file: InputFile, refused: Refused) -> Parsed:
    return Parsed(refused.place, {}, b"", file.size, refused=refused)


_FORMATS: Mapping[str, Callable[[InputFile, BinaryIO], Iterator[Parsed]]] = {
    ".txt": _parsed_txt,
    ".json": _parsed_json,
    ".jsonl": _parsed_jsonl,
}
