"""Bytes to text: UTF-8, else what charset-normalizer finds. The text is not changed: line ends stay as they are."""

import codecs
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

# Only what news files come in, so that a short text is not taken for one of charset-normalizer's 90 rarer pages.
_PLAUSIBLE = [
    "utf_16_le", "utf_16_be", "cp1252", "mac_roman", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256",
    "koi8_r", "gb18030", "big5", "shift_jis", "euc_jp", "euc_kr",
]  # fmt: skip
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
    encoding = marked or guessed_encoding(data)
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

    windows-1252 is taken where it fits as well as the best guess: Quoth reads English, and cp1250 comes first by name.
    """
    matches = from_bytes(data, cp_isolation=_PLAUSIBLE)
    best = matches.best()
    if best is None or (is_binary(data) and not best.encoding.startswith("utf_16")):
        return None
    as_good = (m for m in matches if m.chaos <= best.chaos and m.coherence >= best.coherence)
    if any("cp1252" in (match.encoding, *match.could_be_from_charset) for match in as_good):
        return "cp1252"
    return best.encoding


def is_binary(data: bytes) -> bool:
    """Whether bytes without a byte order mark hold too many control bytes to be text; one NUL is too many."""
    if b"\x00" in data:
        return True
    return len(data) - len(data.translate(None, _CONTROLS)) > _MAX_CONTROLS * len(data)
