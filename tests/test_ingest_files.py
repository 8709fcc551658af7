"""briefing.ingest.files: paths, folders, and that no input whatever raises."""

from __future__ import annotations

import os
import sys
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing import Article, ingest
from briefing.errors import InputError
from briefing.ingest import SUPPORTED_SUFFIXES, read_articles, scan_articles
from briefing.types import Rejected

NAMED = ".txt, .md, .markdown, .html, .htm, .jsonl, .csv or .json"


def test_public_names() -> None:
    assert ingest.__all__ == ["SUPPORTED_SUFFIXES", "read_articles", "scan_articles"]
    assert set(SUPPORTED_SUFFIXES) == {".txt", ".md", ".markdown", ".html", ".htm", ".jsonl", ".csv", ".json"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of five articles, with what has to be passed over beside them."""
    files = ["b.txt", "a/z.txt", "a/b.md", "c/d/e.TXT", "c.txt"]
    passed_over = [".hidden.txt", ".git/x.txt", "a/picture.png", "c/notes.docx", "README"]
    for name in [*files, *passed_over]:
        path = tmp_path / "desk" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"It rained in {name}.", encoding="utf-8")
    return tmp_path / "desk"


def texts(found: Iterator[Article | Rejected]) -> list[str]:
    return [f.text if isinstance(f, Article) else f"{f.where}: {f.reason}" for f in found]


def test_a_folder_is_walked_in_order(folder: Path) -> None:
    expected = [f"It rained in {name}." for name in ("a/b.md", "a/z.txt", "b.txt", "c/d/e.TXT", "c.txt")]
    assert texts(scan_articles([folder])) == expected
    assert texts(scan_articles(str(folder))) == expected
    assert [article.text for article in read_articles(folder)] == expected


def test_files_and_folders_keep_the_order_given(folder: Path) -> None:
    found = texts(scan_articles([folder / "c.txt", str(folder / "a"), folder / ".hidden.txt"]))
    assert found == [f"It rained in {name}." for name in ("c.txt", "a/b.md", "a/z.txt", ".hidden.txt")]


@pytest.mark.skipif(sys.platform == "win32", reason="symbolic links need a privilege there")
def test_links_are_followed_once(folder: Path) -> None:
    (folder / "a/loop").symlink_to(folder, target_is_directory=True)
    (folder / "link.txt").symlink_to(folder / "b.txt")
    (folder / "gone.txt").symlink_to(folder / "missing.txt")
    (folder / "gone").symlink_to(folder / "missing")
    found = texts(scan_articles([folder]))
    assert len(found) == 7
    assert found.count("It rained in b.txt.") == 2
    assert f"{folder / 'gone.txt'}: there is no such file or folder; check the path" in found


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("missing.txt", "there is no such file or folder; check the path"),
        ("b.txt/inside.txt", "it cannot be read (Not a directory); check the path"),
        ("x" * 300 + ".txt", "it cannot be read (File name too long); check the path"),
        ("nul\x00.txt", "it cannot be read (embedded null byte); check the path"),
        ("README", f"files of this kind are not supported; save the text as {NAMED}"),
        ("c/notes.docx", f"files of this kind are not supported; save the text as {NAMED}"),
        ("empty", f"the folder holds no file that can be read; put {NAMED} files in it"),
        ("blank.txt", "it is empty; put the text of an article in it"),
        ("nothing.txt", "it is empty; put the text of an article in it"),
        ("only.md", "it is empty; put the text of an article in it"),
        ("photo.txt", "it looks like a JPEG picture, not text; save the article as plain text in UTF-8"),
        ("long.txt", "its text is longer than 2,000,000 characters; give each article a row or file"),
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="the system's own words differ there")
def test_one_sentence_for_each_failure(folder: Path, name: str, reason: str) -> None:
    (folder / "empty").mkdir()
    (folder / "blank.txt").write_text(" \r\n\u200b\n", encoding="utf-8")
    (folder / "nothing.txt").write_bytes(b"")
    (folder / "only.md").write_text("---\ntitle: x\n---\n", encoding="utf-8")
    (folder / "photo.txt").write_bytes(b"\xff\xd8\xff\xe0")
    (folder / "long.txt").write_text("x" * 2_000_001, encoding="utf-8")
    path = folder / name
    good = folder / "b.txt"
    first, second = scan_articles([path, good])
    assert first == Rejected(str(path), reason)
    assert isinstance(second, Article)
    with pytest.raises(InputError) as caught:
        read_articles([good, path])
    assert str(caught.value) == f"{path}: {reason}"


@pytest.mark.skipif(not hasattr(os, "seteuid"), reason="needs permissions that can be taken away")
def test_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "closed").mkdir()
    (tmp_path / "a.txt").write_text("It rained.", encoding="utf-8")
    for path, mode in ((tmp_path, 0o755), (tmp_path / "closed", 0), (tmp_path / "a.txt", 0)):
        path.chmod(mode)
    monkeypatch.chdir(tmp_path)
    user = os.geteuid()
    if user == 0:  # whom no permission stops
        os.seteuid(65534)
    try:
        found = list(scan_articles(["a.txt", "closed/b.txt", "closed"]))
    finally:
        os.seteuid(user)
        (tmp_path / "closed").chmod(0o755)
    reason = "it may not be read by this user; change its permissions"
    assert found == [Rejected(where, reason) for where in ("a.txt", "closed/b.txt", "closed")]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (found,) = scan_articles([tmp_path])
    assert isinstance(found, Rejected)
    assert found.reason == "it is not an ordinary file; give the path of a file of text"


@pytest.mark.skipif(sys.platform != "linux", reason="needs file names that are any bytes")
def test_a_name_that_is_not_utf_8_can_be_printed() -> None:
    (found,) = scan_articles([os.fsdecode(b"caf\xe9.txt")])
    assert isinstance(found, Rejected)
    assert found.where == "caf\ufffd.txt"


def test_a_folder_nested_deeper_than_calls_may_be(tmp_path: Path) -> None:
    inner = tmp_path
    for _ in range(400):
        inner = inner / "d"
    inner.mkdir(parents=True)
    (inner / "a.txt").write_text("It rained.", encoding="utf-8")
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(300)
    try:
        assert texts(scan_articles([tmp_path])) == ["It rained."]
    finally:
        sys.setrecursionlimit(limit)


@pytest.mark.parametrize("name", ["big.txt", "big.jsonl", "big.csv", "big.html"])
def test_fifty_megabytes_on_one_line(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    with path.open("wb") as stream:
        if name == "big.csv":
            stream.write(b"text\n")
        for _ in range(50):
            stream.write(b"x" * 1_000_000)
    began = time.perf_counter()
    tracemalloc.start()
    (found,) = scan_articles([path])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert isinstance(found, Rejected)
    assert "larger than 10 MB" in found.reason or "longer than 10 MB" in found.reason
    assert time.perf_counter() - began < 5
    assert peak < 35_000_000


@pytest.mark.parametrize("suffix", SUPPORTED_SUFFIXES)
@given(
    raw=st.one_of(st.binary(max_size=400), st.text(max_size=300).map(lambda t: t.encode("utf-8", "replace")))
)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_bytes_make_it_raise(tmp_path: Path, suffix: str, raw: bytes) -> None:
    path = tmp_path / f"any{suffix}"
    path.write_bytes(raw)
    for found in scan_articles([path]):
        assert found.text.strip() if isinstance(found, Article) else found.reason


FRAGMENTS = [
    "<p>",
    "</p>",
    "<html>",
    "<!--",
    "<script>",
    "---\n",
    "title: x\n",
    "text",
    ",",
    ";",
    '"',
    "\n",
    "\r",
]
FRAGMENTS += [
    "{",
    "}",
    '"text": "a"',
    "[",
    "]",
    "# ",
    "**",
    "`",
    "\x00",
    "\ufeff",
    "\ud7ff",
    "It rained. ",
    "🚢",
]


@pytest.mark.parametrize("suffix", SUPPORTED_SUFFIXES)
@given(pieces=st.lists(st.sampled_from(FRAGMENTS), max_size=30))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_mix_of_marks_makes_it_raise(tmp_path: Path, suffix: str, pieces: list[str]) -> None:
    path = tmp_path / f"any{suffix}"
    path.write_text("".join(pieces), encoding="utf-8")
    for found in scan_articles([path]):
        assert found.text.strip() if isinstance(found, Article) else found.reason
