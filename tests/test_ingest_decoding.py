"""briefing.ingest.decoding: encodings that can be told, and refusals that can be acted on."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.errors import InputError
from briefing.ingest.decoding import decode, decode_page, read_file, read_lines

FRENCH = "Où était-il ? À l’île, « près du café », a dit M. Noël — à 5 € l’entrée, çà et là."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "windows-1252"])
def test_decode(encoding: str) -> None:
    assert decode(FRENCH.encode(encoding)) == FRENCH


def test_big_endian_with_its_mark() -> None:
    assert decode(b"\xfe\xff" + FRENCH.encode("utf-16-be")) == FRENCH


@pytest.mark.parametrize(
    "raw",
    [
        "Паром снова вышел в море".encode("windows-1251"),
        "Władza mówiła, że łódź wróciła. Możliwe, że już późno.".encode("windows-1250"),
        FRENCH.encode("utf-8") + b" \xff caf\xc3\xa9s",
        bytes(range(256)),
        b"caf\xe9 \x01",
        b"caf\xe9 \x81",
    ],
)
def test_what_is_no_text_in_windows_1252_is_refused(raw: bytes) -> None:
    with pytest.raises(InputError, match=r"unknown encoding: .*save it as UTF-8"):
        decode(raw)


def test_damaged_utf_16_is_refused() -> None:
    with pytest.raises(InputError, match="damaged UTF-16; save it again as UTF-8"):
        decode(FRENCH.encode("utf-16") + b"x")


@pytest.mark.parametrize(
    ("name", "charset"),
    [
        ("windows-1251", "windows-1251"),
        ("ISO-8859-1", "windows-1252"),
        ("GBK", "gbk"),
        ("x-cp1251", "cp1251"),
    ],
)
def test_a_page_may_name_its_encoding(name: str, charset: str) -> None:
    words = {"windows-1251": "Паром", "cp1251": "Паром", "gbk": "渡轮"}.get(charset, "l’été")
    page = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={name}"></head>{words}'
    assert decode_page(page.encode(charset)) == page


def test_a_page_in_utf_8_is_that_whatever_it_says() -> None:
    page = "<meta charset=windows-1251><p>café Паром"
    assert decode_page(page.encode()) == page
    assert decode_page(b"\xef\xbb\xbf" + page.encode()) == page


def test_one_stray_byte_does_not_cost_a_page() -> None:
    page = "<meta charset='utf-8'>" + "<p>Le café était fermé.</p>" * 50
    assert decode_page(page.encode() + b"\xff").removesuffix("\ufffd") == page


@pytest.mark.parametrize("name", ["unicode_escape", "punycode", "gbk"])
def test_a_page_with_a_wrong_charset_is_refused(name: str) -> None:
    with pytest.raises(InputError, match=r"save (it|the page) as UTF-8"):
        decode_page(f"<meta charset={name}>".encode() + bytes(range(128, 256)))


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "it is empty; put the text of an article in it"),
        (b"PK\x03\x04rest", "it looks like a ZIP archive or an Office document, not text; save"),
        (b"%PDF-1.7\n", "it looks like a PDF document, not text; save"),
        (b"\x89PNG\r\n", "it looks like a PNG picture, not text; save"),
        (b"\xff\xd8\xff\xe0", "it looks like a JPEG picture, not text; save"),
        (b"GIF89a", "it looks like a GIF picture, not text; save"),
        (b"\x1f\x8b\x08", "it looks like a gzip archive, not text; save"),
        (b"\xd0\xcf\x11\xe0", "it looks like an old Office document, not text; save"),
        (b"{\\rtf1", "it looks like an RTF document, not text; save"),
        (b"text\x00more", "it holds NUL bytes, so it is binary data; save"),
        (b"x" * 10_000_001, "it is larger than 10 MB; make one file of each article"),
    ],
)
def test_read_file_refuses(tmp_path: Path, raw: bytes, reason: str) -> None:
    path = tmp_path / "article.txt"
    path.write_bytes(raw)
    with pytest.raises(InputError, match=f"^{reason}"):
        read_file(path)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_read_lines_with_one_too_long(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_bytes("é one\r\n{}\n\nlast".format("x" * 1000).encode(encoding))
    lines = [(number, line and line.decode()) for number, line in read_lines(path, limit=100)]
    assert lines == [(1, "é one\r\n"), (2, None), (3, "\n"), (4, "last")]


def test_read_lines_of_damaged_utf_16(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_bytes("one\n".encode("utf-16") + b"\x00\xd8\x00")
    with pytest.raises(InputError, match="damaged UTF-16"):
        list(read_lines(path))
