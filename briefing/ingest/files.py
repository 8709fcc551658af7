"""Paths in, articles out: folders are walked, each file is given to the reader of its kind."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from briefing.errors import InputError
from briefing.ingest.pages import read_page
from briefing.ingest.plain import read_plain
from briefing.ingest.rows import read_rows
from briefing.types import Article, Rejected

_ONE_ARTICLE = {
    ".txt": read_plain,
    ".md": read_plain,
    ".markdown": read_plain,
    ".html": read_page,
    ".htm": read_page,
}
SUPPORTED_SUFFIXES = (*_ONE_ARTICLE, ".jsonl", ".csv", ".json")
_NAMED = ", ".join(SUPPORTED_SUFFIXES[:-1]) + " or " + SUPPORTED_SUFFIXES[-1]


def scan_articles(paths: Iterable[Path | str] | Path | str) -> Iterator[Article | Rejected]:
    """Every article of the files and folders, in their order, and a Rejected for what cannot be read.

    Folders are walked in the order of names, with their folders; hidden files, other kinds of file and
    folders met before are passed over. Files of rows are read row by row. Never raises for an input:
    `Rejected.where` is the path, with the line after a colon where there is one, and `reason` one sentence.
    """
    for path in [paths] if isinstance(paths, str | Path) else paths:
        yield from _scan(Path(path))


def read_articles(paths: Iterable[Path | str] | Path | str) -> list[Article]:
    """As `scan_articles`, in a list. Raises InputError with the place and the reason of the first failure."""
    articles = []
    for found in scan_articles(paths):
        if isinstance(found, Rejected):
            raise InputError(f"{found.where}: {found.reason}")
        articles.append(found)
    return articles


def _scan(path: Path) -> Iterator[Article | Rejected]:
    try:
        is_folder = stat.S_ISDIR(path.stat().st_mode)
    except (OSError, ValueError) as error:
        yield Rejected(_shown(path), _reason(error))
        return
    if not is_folder:
        yield from _scan_file(path)
        return
    empty = True
    for found in _walk(path):
        empty = False
        if isinstance(found, Rejected):
            yield found
        else:
            yield from _scan_file(found)
    if empty:
        yield Rejected(_shown(path), f"the folder holds no file that can be read; put {_NAMED} files in it")


def _walk(folder: Path) -> Iterator[Path | Rejected]:
    """The supported files under `folder`; an explicit stack, because folders nest deeper than calls may."""
    seen: set[tuple[int, int]] = set()
    pending = [folder]
    while pending:
        path = pending.pop()
        try:
            status = path.stat()
            if not stat.S_ISDIR(status.st_mode):
                if path.suffix.lower() in SUPPORTED_SUFFIXES:
                    yield path
            elif (status.st_dev, status.st_ino) not in seen:
                seen.add((status.st_dev, status.st_ino))
                inside = [entry for entry in path.iterdir() if not entry.name.startswith(".")]
                pending.extend(sorted(inside, key=lambda entry: entry.name, reverse=True))
        except OSError as error:
            if not path.is_symlink() or path.suffix.lower() in SUPPORTED_SUFFIXES:
                yield Rejected(_shown(path), _reason(error))


def _scan_file(path: Path) -> Iterator[Article | Rejected]:
    suffix = path.suffix.lower()
    try:
        if suffix not in SUPPORTED_SUFFIXES:
            raise InputError(f"files of this kind are not supported; save the text as {_NAMED}")
        if not stat.S_ISREG(path.stat().st_mode):
            raise InputError("it is not an ordinary file; give the path of a file of text")
        if suffix in _ONE_ARTICLE:
            yield _ONE_ARTICLE[suffix](path)
        else:
            yield from read_rows(path, _shown(path))
    except InputError as error:
        yield Rejected(_shown(path), str(error))
    except OSError as error:
        yield Rejected(_shown(path), _reason(error))


def _reason(error: OSError | ValueError) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such file or folder; check the path"
    if isinstance(error, PermissionError):
        return "it may not be read by this user; change its permissions"
    return f"it cannot be read ({getattr(error, 'strerror', None) or error}); check the path"


def _shown(path: Path) -> str:
    """The path as text that can be printed: a name that is not valid UTF-8 holds half characters."""
    return os.fsencode(path).decode("utf-8", "replace")
