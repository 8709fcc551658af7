"""Reads what a language model writes, piece by piece: JSON objects, or lines under headings.

Both forms are read whatever was asked for, because some servers take a schema and ignore it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from briefing.errors import WriterError

_MARKS = re.compile(r"\s*\[(\d{1,4}(?:\s*[,;]\s*\d{1,4})*)\]")
_DIGITS = re.compile(r"\d+")
_LONGEST_LINE = 4_000  # characters; more is no line of ours but a model that does not stop

SCHEMA: dict[str, Any] = {
    "title": "lines",
    "description": "The rewritten lines, in order.",
    "type": "object",
    "properties": {
        "lines": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "heading": {"type": "string", "description": "The heading the line came from."},
                    "text": {"type": "string", "description": "The line, without numbers in brackets."},
                    "sentences": {
                        "type": "array",
                        "items": {"type": "integer"},
                        "description": "The numbers of the sentences it rests on.",
                    },
                },
                "required": ["heading", "text", "sentences"],
                "additionalProperties": False,
            },
        }
    },
    "required": ["lines"],
    "additionalProperties": False,
}


@dataclass(frozen=True)
class ReplyLine:
    """One line of a reply: its heading ("" where none stood before it), its words, the numbers it cites."""

    heading: str
    text: str
    numbers: tuple[int, ...]


class ReplyReader:
    """Takes pieces as they come, cut anywhere; gives each line once, the moment it is complete."""

    def __init__(self) -> None:
        self._pending = ""
        self._heading = ""
        self._json: bool | None = None
        self.lines = 0

    def feed(self, piece: str) -> Iterator[ReplyLine]:
        """The lines that `piece` completes. Raises WriterError for JSON that cannot be."""
        self._pending += piece
        if self._json is None:
            self._json = _looks_like_json(self._pending)
        found = self._objects() if self._json else self._whole_lines()
        for line in found:
            self.lines += 1
            yield line
        if len(self._pending) > _LONGEST_LINE:
            raise WriterError("the language model wrote a line without end")

    def close(self) -> Iterator[ReplyLine]:
        """The last line, which nothing ended."""
        if self._json and self._pending.strip(" \n\r\t]}`,"):
            raise WriterError("the language model sent JSON that is not whole")
        if not self._json:
            yield from self.feed("\n")

    def _whole_lines(self) -> Iterator[ReplyLine]:
        *whole, self._pending = self._pending.split("\n")
        for raw in whole:
            text = raw.strip()
            if text.startswith("#"):
                self._heading = text.lstrip("#").strip()
            elif text.startswith(("- ", "* ", "• ")):
                yield _read_line(self._heading, text[2:], ())

    def _objects(self) -> Iterator[ReplyLine]:
        while (begin := self._next_object()) is not None:
            end = _end_of_object(self._pending, begin)
            if end is None:
                return
            raw, self._pending = self._pending[begin:end], self._pending[end:]
            yield _read_object(raw)

    def _next_object(self) -> int | None:
        """Where the next line's object begins: the first brace inside the list."""
        opened = 0
        if not self.lines and "[" in self._pending:
            opened = self._pending.index("[") + 1
        elif not self.lines:
            return None
        at = self._pending.find("{", opened)
        return None if at < 0 else at


def _looks_like_json(text: str) -> bool | None:
    """None until it can be told: a fence, and the "json" behind it, may come in pieces."""
    bare = text.lstrip(" \n\r\t`")
    if "json".startswith(bare):
        return None
    bare = bare.removeprefix("json").lstrip()
    return bare.startswith("{") if bare else None


def _end_of_object(text: str, begin: int) -> int | None:
    """Just behind the brace that closes the one at `begin`; None while it is not there."""
    depth, quoted, escaped = 0, False, False
    for at in range(begin, len(text)):
        sign = text[at]
        if quoted:
            quoted = escaped or sign != '"'
            escaped = sign == "\\" and not escaped
        elif sign == '"':
            quoted = True
        elif sign in "{}":
            depth += 1 if sign == "{" else -1
            if not depth:
                return at + 1
    return None


def _read_object(raw: str) -> ReplyLine:
    try:
        value = json.loads(raw)
        return _read_line(str(value["heading"]), str(value["text"]), _whole_numbers(value["sentences"]))
    # RecursionError: thousands of brackets in brackets.
    except (ValueError, KeyError, TypeError, RecursionError):
        raise WriterError("the language model sent JSON that cannot be read") from None


def _whole_numbers(value: object) -> tuple[int, ...]:
    """The numbers of a list that holds nothing else. Raises TypeError: "12" is not the sentences 1 and 2."""
    if not isinstance(value, list) or any(type(number) is not int for number in value):
        raise TypeError(f"{value!r} is no list of whole numbers")
    return tuple(value)


def _read_line(heading: str, text: str, numbers: tuple[int, ...]) -> ReplyLine:
    """Marks in the words count as cited, and are taken out of them."""
    marked = [int(n) for group in _MARKS.findall(text) for n in _DIGITS.findall(group)]
    words = " ".join(_MARKS.sub("", text).split())
    return ReplyLine(heading.strip(), words, tuple(dict.fromkeys((*numbers, *marked))))
