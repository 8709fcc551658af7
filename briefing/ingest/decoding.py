"""Bytes to text: which encoding, what is no text at all, and how much is read at once.

UTF-8 first; UTF-16 and UTF-32 with their mark; then windows-1252, but only where the result looks like
text in it: every byte string decodes in some 8-bit encoding, so a guess has to be able to fail.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from briefing.errors import InputError

MAX_FILE_BYTES = 10_000_000
MAX_ROW_BYTES = 10_000_000

# UTF-32 first: its mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = (
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"{\\rtf", "an RTF document"),
)
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_HIGH = re.compile(rb"[\x80-\xff]")
# Signs that no Western word holds inside it. UTF-8 with a few broken bytes (Ã© for é) and other 8-bit
# encodings (w³adza for władza) put them there all the time when they are read as windows-1252.
_ODD = re.compile(r"[^\W\d_][‚†‡ˆ‰‹›•˜™€¡-©¬-¹¼-¿×÷]+(?=[^\W\d_])")
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w.:-]{3,20})""", re.IGNORECASE)
# Encodings a page may name; Python knows others ("unicode_escape", "punycode") that no page should call.
_PAGE_CHARSET = re.compile(
    r"(windows|cp|x-cp)-?(125\d|874|949)|iso-?8859-\d\d?|koi8-[ru]|gbk|gb2312|gb18030|big5(-hkscs)?"
    r"|euc-(jp|kr)|shift[_-]jis|iso-2022-jp|ks_c_5601-1987|tis-620"
)
_UNKNOWN = "unknown encoding: it is not UTF-8, UTF-16 or windows-1252; open it and save it as UTF-8"


def read_file(path: Path, limit: int = MAX_FILE_BYTES) -> bytes:
    """All bytes of a file of text. Raises InputError when it is over `limit`, empty, or looks binary."""
    with path.open("rb") as stream:
        raw = stream.read(limit + 1)
    if len(raw) > limit:
        raise InputError(f"it is larger than {limit // 1_000_000} MB; make one file of each article")
    refuse_binary(raw)
    if b"\x00" in raw and _mark(raw) is None:
        raise InputError("it holds NUL bytes, so it is binary data; save the article as plain text in UTF-8")
    return raw


def refuse_binary(head: bytes) -> None:
    """Raise InputError when a file that begins with `head` is empty or of a well-known binary kind."""
    if not head:
        raise InputError("it is empty; put the text of an article in it")
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            raise InputError(f"it looks like {kind}, not text; save the article as plain text in UTF-8")


def decode(raw: bytes) -> str:
    """The text of `raw`, without a byte order mark. Raises InputError for an unknown encoding."""
    encoding = _mark(raw) or "utf-8"
    try:
        return raw.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError:
        if encoding != "utf-8":
            raise InputError(f"it is damaged {encoding.upper()}; save it again as UTF-8") from None
    return _decode_western(raw)


def decode_page(raw: bytes) -> str:
    """As `decode`, but where a page names its encoding, and it is not UTF-8 all the same, that is used."""
    try:
        return decode(raw) if _mark(raw) else raw.decode("utf-8")
    except UnicodeDecodeError:
        named = _CHARSET.search(raw, 0, 4096)
    name = named[1].decode("ascii").lower() if named else ""
    if name in ("utf-8", "utf8"):
        text = raw.decode("utf-8", "replace")
        # A stray byte in an advertisement must not cost the article; browsers show the same mark for it.
        if text.count("\ufffd") * 1000 <= len(text):
            return text
    # Browsers read "iso-8859-1" as windows-1252, and so do the people who write such pages.
    if _PAGE_CHARSET.fullmatch(name) and name not in ("iso-8859-1", "iso8859-1"):
        try:
            return raw.decode(name.removeprefix("x-"))
        except (UnicodeDecodeError, LookupError):
            raise InputError(f"it says that it is in {name} and it is not; save the page as UTF-8") from None
    return decode(raw)


def read_lines(path: Path, limit: int = MAX_ROW_BYTES) -> Iterator[tuple[int, bytes | None]]:
    """The lines of a file with their numbers from 1, in UTF-8 (or what the file has instead).

    A line over `limit` bytes is given as None, and skipped without ever being held whole.
    """
    with path.open("rb") as stream:
        head = stream.read(4096)
        refuse_binary(head)
        stream.seek(0)
        mark = _mark(head)
        lines = _bounded(stream, limit) if mark in (None, "utf-8-sig") else _recoded(path, str(mark), limit)
        for number, line in enumerate(lines, start=1):
            yield number, line.removeprefix(codecs.BOM_UTF8) if line and number == 1 else line


def _bounded(stream: BinaryIO, limit: int) -> Iterator[bytes | None]:
    while line := stream.readline(limit + 1):
        if len(line) <= limit:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(1 << 20)
        yield None


def _recoded(path: Path, encoding: str, limit: int) -> Iterator[bytes | None]:
    with path.open(encoding=encoding, newline="\n") as stream:
        try:
            while line := stream.readline(limit + 1):
                encoded = line.encode("utf-8", "surrogatepass")
                if len(encoded) <= limit:
                    yield encoded
                    continue
                while line and not line.endswith("\n"):
                    line = stream.readline(1 << 20)
                yield None
        except UnicodeError:
            raise InputError(f"it is damaged {encoding.upper()}; save it again as UTF-8") from None


def _mark(raw: bytes) -> str | None:
    return next((encoding for mark, encoding in _MARKS if raw.startswith(mark)), None)


def _decode_western(raw: bytes) -> str:
    high = len(_HIGH.findall(raw))
    # Accented letters and curly quotes are under a tenth of Western prose; other scripts are mostly high.
    if high > len(raw) // 4 + 2 or _CONTROL.search(raw):
        raise InputError(_UNKNOWN)
    try:
        text = raw.decode("windows-1252")
    except UnicodeDecodeError:
        raise InputError(_UNKNOWN) from None
    if 10 * len(_ODD.findall(text)) > high:
        raise InputError(_UNKNOWN)
    return text
