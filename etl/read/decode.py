"""Bytes to text: UTF-8, else what charset-normalizer finds. The text is not changed: line ends stay as they are."""

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\x89PNG",
    b"GIF8",
    b"\xff\xd8\xff",
    b"\x1f\x8b",
    b"BZh",
    b"\xfd7zXZ",
    b"\xd0\xcf\x11\xe0",
)
_CONTROLS = bytes({*range(0x20), 0x7F} - set(b"\t\n\v\f\r\x1b"))
_MAX_CONTROLS = 0.01
"""Share of control bytes above which bytes are no text of any encoding: prose has none, packed data a tenth."""

_MIN_NULS = 0.7
"""Share of every other byte that is NUL in UTF-16 of English; curly quotation marks and accents are the rest."""

# Only what news files come in, so that a short text is not taken for one of charset-normalizer's 90 rarer pages.
_PLAUSIBLE = [
    "cp1252", "mac_roman", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256",
    "koi8_r", "gb18030", "big5", "shift_jis", "euc_jp", "euc_kr",
]  # fmt: skip
_PRINTERS_SIGNS = frozenset("‘’“”–—…£€•\xa0©®™°½¼")
_ACCENTED = frozenset("àáâäåçèéêëíîïñóôöøúü")
_NOT_ASCII = re.compile(rb"[\x80-\xff]")
_AROUND_BYTES = 100
_TELLING_BYTES = 64 * 1024
_PUBLIC_NAMES = {"cp1252": "windows-1252", "mac_roman": "macintosh"}


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text and the name of the encoding it was found in, None for UTF-8."""

    text: str
    encoding: str | None

    @property
    def notes(self) -> tuple[str, ...]:
        """What is worth counting about it."""
        return () if self.encoding is None else (f"decoded as {self.encoding}",)


def decoded(data: bytes) -> Decoded | None:
    """The text of these bytes, a byte order mark dropped; None when they are binary."""
    if data.startswith(_MAGIC):
        return None
    marked = marked_encoding(data)
    if marked is None and not is_binary(data):
        try:
            return Decoded(data.decode("utf-8-sig"), None)
        except UnicodeDecodeError:
            pass
    encoding = marked or _unmarked_utf16(data) or guessed_encoding(data)
    return None if encoding is None else decoded_as(data, encoding)


def decoded_as(data: bytes, encoding: str) -> Decoded | None:
    """The text in this encoding, None when these bytes are none."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return Decoded(text, _PUBLIC_NAMES.get(encoding, encoding.replace("_", "-")))


def marked_encoding(data: bytes) -> str | None:
    """The encoding that a byte order mark of UTF-16 or UTF-32 announces, or None."""
    return next((name for mark, name in _MARKS if data.startswith(mark)), None)


def guessed_encoding(data: bytes) -> str | None:
    """The likeliest encoding of bytes that are not UTF-8, None when none of them fits.

    Among the encodings that charset-normalizer finds possible it is the one that makes most of an English printer's
    characters out of the bytes: ’ rather than í, é rather than È.
    """
    if is_binary(data):
        return None
    matches = list(from_bytes(_telling(data), cp_isolation=_PLAUSIBLE))
    if not matches:
        return None
    likeliest = max(matches, key=lambda match: _printed(str(match)))
    # cp1250 and cp1252 differ in letters that English does not have; the one that wrote the file is cp1252.
    return "cp1252" if "cp1252" in likeliest.could_be_from_charset else likeliest.encoding


def _printed(text: str) -> float:
    """How much of the text beyond ASCII is what English is printed with: 1 for all of it, half for accented letters."""
    beyond = [character for character in text if not character.isascii()]
    score = sum(1.0 if c in _PRINTERS_SIGNS else 0.5 if c in _ACCENTED else 0.0 for c in beyond)
    return score / max(1, len(beyond))


def _telling(data: bytes) -> bytes:
    """The words around the bytes that are not ASCII: charset-normalizer looks at chunks, and would miss the only one.

    Cut at spaces, which are no part of a character in any of the plausible encodings.
    """
    pieces: list[bytes] = []
    end = 0
    for match in _NOT_ASCII.finditer(data):
        if match.start() < end:
            continue
        start = data.rfind(b" ", end, max(end, match.start() - _AROUND_BYTES)) + 1 or end
        stop = data.find(b" ", match.end() + _AROUND_BYTES)
        end = len(data) if stop < 0 else stop
        pieces.append(data[start:end][:_TELLING_BYTES])
        if sum(map(len, pieces)) >= _TELLING_BYTES:
            break
    return b" ".join(pieces)


def _unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 without a byte order mark: in English every other byte is NUL, and the bytes between are not."""
    even, odd = data[::2].count(0), data[1::2].count(0)
    if max(even, odd) < _MIN_NULS * len(data) / 2 or min(even, odd) > _MAX_CONTROLS * len(data) / 2:
        return None
    return "utf_16_be" if even > odd else "utf_16_le"


def is_binary(data: bytes) -> bool:
    """Whether bytes without a byte order mark hold too many control bytes to be text; one NUL is too many."""
    if b"\x00" in data:
        return True
    return len(data) - len(data.translate(None, _CONTROLS)) > _MAX_CONTROLS * len(data)
