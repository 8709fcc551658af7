"""Files of many articles, one row each: JSON lines, CSV, and JSON. Read row by row, never whole (JSON aside).

A row that cannot be read is one Rejected; the rows after it are read all the same.
"""

from __future__ import annotations

import csv
import functools
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from briefing.errors import InputError
from briefing.ingest.dates import DateOrder, infer_order
from briefing.ingest.decoding import MAX_ROW_BYTES, decode, read_file, read_lines
from briefing.ingest.fields import MAX_TEXT_CHARACTERS, article_from, field_name, field_value
from briefing.types import Article, Rejected

MAX_JSON_BYTES = 50_000_000
_TOO_LONG = f"it is longer than {MAX_ROW_BYTES // 1_000_000} MB; write each article on a line of its own"


@dataclass(frozen=True)
class Row:
    """One row of a file: its line (or place in a JSON list) from 1, and its cells by column."""

    number: int
    cells: Mapping[str, object]


@dataclass(frozen=True)
class BadRow:
    number: int
    reason: str


def read_rows(path: Path, shown: str) -> Iterator[Article | Rejected]:
    """The articles of a .jsonl, .csv or .json file, in order. Raises InputError when the file cannot be read.

    `shown` is the file's name for the user. The order of day and month is looked for only when a date
    needs it, by reading the file once more.
    """
    rows = {".jsonl": _json_lines, ".csv": _csv_rows, ".json": _json_rows}[path.suffix.lower()]

    @functools.cache
    def order() -> DateOrder | None:
        return infer_order(field_value(r.cells, "published") for r in rows(path) if isinstance(r, Row))

    empty = True
    for row in rows(path):
        empty = False
        where = f"{shown}:{row.number}"
        if isinstance(row, BadRow):
            yield Rejected(where, row.reason)
            continue
        try:
            yield article_from(row.cells, order)
        except InputError as error:
            yield Rejected(where, str(error))
    if empty:
        raise InputError("it holds no articles; put one article in each row")


def _json_lines(path: Path) -> Iterator[Row | BadRow]:
    for number, line in read_lines(path):
        if line is None:
            yield BadRow(number, _TOO_LONG)
        elif line.strip():
            yield _json_line(number, line)


def _json_line(number: int, line: bytes) -> Row | BadRow:
    try:
        value = json.loads(decode(line))
    except InputError as error:
        return BadRow(number, str(error))
    except (ValueError, RecursionError) as error:
        return BadRow(number, f"this line is not valid JSON ({_short(error)}); write one object on each line")
    if not isinstance(value, dict):
        return BadRow(number, 'this line is not a JSON object; write {"title": ..., "text": ...}')
    return Row(number, value)


def _json_rows(path: Path) -> Iterator[Row | BadRow]:
    try:
        value = json.loads(decode(read_file(path, MAX_JSON_BYTES)))
    except (ValueError, RecursionError) as error:
        raise InputError(f"it is not valid JSON ({_short(error)}); mend it or save it as .jsonl") from None
    for number, cells in enumerate(value if isinstance(value, list) else [value], start=1):
        if isinstance(cells, dict):
            yield Row(number, cells)
        else:
            yield BadRow(number, 'this entry is not a JSON object; write {"title": ..., "text": ...}')


class _CsvLines:
    """The lines of a file for csv.reader, and where the row being read began and what is wrong with it."""

    def __init__(self, path: Path) -> None:
        self._lines = read_lines(path)
        self.first = 0
        self.faults: list[str] = []

    def __iter__(self) -> Iterator[str]:
        for number, line in self._lines:
            self.first = self.first or number
            if line is None:
                self.faults.append(_TOO_LONG)
                yield "\n"
                continue
            try:
                yield decode(line)
            except InputError as error:
                self.faults.append(str(error))
                # The quotation marks have to stay, or the rows after this one would be cut wrongly.
                yield line.decode("utf-8", "replace")

    def begin_row(self) -> None:
        self.first = 0
        self.faults.clear()


def _csv_rows(path: Path) -> Iterator[Row | BadRow]:
    csv.field_size_limit(max(csv.field_size_limit(), MAX_TEXT_CHARACTERS))
    lines = _CsvLines(path)
    source = iter(lines)
    header = next((line for line in source if line.strip()), "")
    if lines.faults:
        raise InputError(lines.faults[0])
    delimiter, columns = _split_header(header)
    reader = csv.reader(source, delimiter=delimiter, strict=True)
    while True:
        lines.begin_row()
        try:
            values = next(reader, None)
        except csv.Error as error:
            yield BadRow(lines.first, lines.faults[0] if lines.faults else _csv_reason(error))
            continue
        if values is None:
            return
        if lines.faults:
            yield BadRow(lines.first, lines.faults[0])
        elif any(values[len(columns) :]):
            reason = f"it has {len(values)} cells where the header has {len(columns)}"
            yield BadRow(lines.first, reason + '; put a cell that holds the separator in "quotation marks"')
        elif any(value.strip() for value in values):
            yield Row(lines.first, dict(zip(columns, values, strict=False)))


def _split_header(header: str) -> tuple[str, list[str]]:
    """The separator (comma, semicolon or tab) under which a header names a text column, and the columns."""
    try:
        split = {mark: next(csv.reader([header], delimiter=mark), []) for mark in ",;\t"}
    except csv.Error:
        raise InputError("its first line is not a CSV header; write the names of the columns there") from None
    mark = max(split, key=lambda mark: (any(field_name(c) == "text" for c in split[mark]), len(split[mark])))
    if not any(field_name(column) == "text" for column in split[mark]):
        raise InputError("its first line names no text column; name one text, body or content")
    return mark, split[mark]


def _csv_reason(error: csv.Error) -> str:
    if "field larger" in str(error):
        return (
            f"a cell is longer than {MAX_TEXT_CHARACTERS:,} characters; close its quotation marks or split it"
        )
    return 'its quotation marks do not match; write " inside a cell as "" and close every cell'


def _short(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} at character {error.pos + 1}"
    return "nested too deeply" if isinstance(error, RecursionError) else "a number is too long"
