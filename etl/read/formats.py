"""One function a format: the records of a file as parsed, values unchecked. Faults of the file become Refused here."""

import codecs
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

from etl.fields import kind_of
from etl.read.decode import decoded, decoded_as, guessed_encoding, is_binary, marked_encoding
from etl.read.files import InputFile, place_of, unreadable
from etl.records import Refused

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

    place: "file" or "file:line", or "file[3]" for the fourth entry of a JSON list.
    """

    place: str
    values: Mapping[str, object]
    content: bytes
    bytes_read: int
    notes: tuple[str, ...] = ()
    refused: Refused | None = None


def parsed(file: InputFile) -> Iterator[Parsed]:
    """The records of a file, in its order; at least one, a refusal where it holds none."""
    parse = _FORMATS[file.path.suffix.lower()]
    try:
        with file.path.open("rb") as stream:
            yield from parse(file, stream)
    except OSError as error:
        yield _fault_of(file, unreadable(file.path, error))


def refusal(place: str, reason: str, what: str, content: bytes = b"") -> Refused:
    """A refusal whose detail begins with the place, with the beginning of the content."""
    return Refused(place, reason, f"{place}: {what}", content[:MAX_CONTENT_BYTES])


# --- .txt and .json: whole files --------------------------------------------------------------------------------------


def _parsed_txt(file: InputFile, stream: BinaryIO) -> Iterator[Parsed]:
    place = place_of(file.path)
    data = stream.read(MAX_RECORD_BYTES)
    if len(data) >= MAX_RECORD_BYTES:
        yield _fault(file, "too-large", f"holds {MAX_RECORD_BYTES} bytes or more; split it into its articles", data)
    elif not data.strip():
        yield _fault(file, "empty", "is empty; put the article's text into it or leave it out", data)
    elif (text := decoded(data)) is None:
        yield _fault(file, "binary", "is no text in any known encoding; save it as UTF-8", data)
    else:
        yield Parsed(place, {"text": text.text}, data, file.size, text.notes)


def _parsed_json(file: InputFile, stream: BinaryIO) -> Iterator[Parsed]:
    place = place_of(file.path)
    data = stream.read(MAX_JSON_BYTES + 1)
    if len(data) > MAX_JSON_BYTES:
        yield _fault(file, "too-large", f"is larger than {MAX_JSON_BYTES} bytes; write .jsonl, one object a line", data)
        return
    if not data.strip():
        yield _fault(file, "empty", "is empty; write one object or a list of them", data)
        return
    text = decoded(data)
    if text is None:
        yield _fault(file, "binary", "is no text in any known encoding; save it as UTF-8", data)
        return
    value = _json_value(text.text)
    if isinstance(value, _NotJson):
        yield _fault(file, "not-json", f"{value.why}; write one object or a list of them", data)
    elif isinstance(value, list) and not value:
        yield _fault(file, "empty", "is an empty list; write at least one object", data)
    elif isinstance(value, list):
        for number, entry in enumerate(value):
            yield _record(f"{place}[{number}]", entry, _spelled(entry), file.size, text.notes)
    else:
        yield _record(place, value, data, file.size, text.notes)


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
        yield _fault(file, "binary", "is no text in any known encoding; save it as UTF-8", head)
        return
    chunks = iter(lambda: stream.read(_CHUNK_BYTES), b"")
    if marked is not None:
        chunks = codecs.iterencode(codecs.iterdecode(chunks, marked), "utf-8")
    count = 0
    guess: str | None = None
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
        end = min(line.end, file.size)
        if line.too_long:
            what = f"the line holds {MAX_RECORD_BYTES} bytes or more; split it into its articles"
            yield Parsed(place, {}, b"", end, refused=refusal(place, "too-large", what, line.data))
            continue
        text = _utf8(line)
        notes: tuple[str, ...] = (f"decoded as {marked}",) if marked else ()
        if text is None:
            guess = guess or _encoding_of(file)
            found = None if guess is None else decoded_as(line.data, guess)
            if found is None:
                what = "the line is no text in any known encoding; save the file as UTF-8"
                yield Parsed(place, {}, b"", end, refused=refusal(place, "binary", what, line.data))
                continue
            text, notes = found.text, found.notes
        value = _json_value(text)
        if isinstance(value, _NotJson):
            what = f"{value.why}; write one object a line"
            yield Parsed(place, {}, b"", end, refused=refusal(place, "not-json", what, line.data))
        else:
            yield _record(place, value, line.data, end, notes)
    if not count:
        yield _fault(file, "empty", "holds no line; write one object a line")


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


def _record(place: str, value: object, content: bytes, end: int, notes: tuple[str, ...]) -> Parsed:
    if not isinstance(value, dict):
        what = f'is {kind_of(value)}, not an object; write {{"text": …}}'
        return Parsed(place, {}, b"", end, refused=refusal(place, "wrong-type", what, content))
    if len(content) >= MAX_RECORD_BYTES:
        what = f"the record holds {MAX_RECORD_BYTES} bytes or more; split it into its articles"
        return Parsed(place, {}, b"", end, refused=refusal(place, "too-large", what, content))
    return Parsed(place, value, content, end, notes)


def _spelled(entry: object) -> bytes:
    """An entry of a list as JSON again; the same values, the spacing may differ from the file's."""
    return json.dumps(entry, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _fault(file: InputFile, reason: str, what: str, content: bytes = b"") -> Parsed:
    return _fault_of(file, refusal(place_of(file.path), reason, what, content))


def _fault_of(file: InputFile, refused: Refused) -> Parsed:
    return Parsed(refused.place, {}, b"", file.size, refused=refused)


_FORMATS: Mapping[str, Callable[[InputFile, BinaryIO], Iterator[Parsed]]] = {
    ".txt": _parsed_txt,
    ".json": _parsed_json,
    ".jsonl": _parsed_jsonl,
}
