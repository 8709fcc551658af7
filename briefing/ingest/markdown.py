"""Markdown to prose: the marks go, the words stay. Light on purpose; linear in the length of the text.

Every pattern stops at the next mark of its own kind, so that a line of a million open brackets costs a
million steps and not their square.
"""

from __future__ import annotations

import re

from briefing.ingest.cleaning import clean_text, without_comments

_TITLE = re.compile(r" {0,3}#[ \t]")
_FENCE = re.compile(r" {0,3}(?:```|~~~)")
_RULE = re.compile(r" {0,3}(?:=+|-+|(?:\* *){3,}|(?:_ *){3,}|(?:- *){3,})$")
_HEADING = re.compile(r" {0,3}#{1,6}(?:[ \t]+|$)")
_QUOTE = re.compile(r"(?: {0,3}> ?)+")
_BULLET = re.compile(r"\s*[-*+][ \t]+")
_NUMBERED = re.compile(r"\s*\d{1,3}[.)][ \t]")
_REFERENCE = re.compile(r""" {0,3}\[[^\[\]]+\]: *<?(?:[a-z]+:|www\.|/|#)\S*(?: +["'(].*)?$""", re.IGNORECASE)
_SENTENCE_END = re.compile(r"""[.!?…:;]["”“’'»)\]*_]*$""")

_URL = r"\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)"
_INLINE = (
    (re.compile(r"!\[[^\[\]\n]*\](?:" + _URL + r"|\[[^\[\]\n]*\])"), ""),
    (re.compile(r"\[([^\[\]\n]*)\]" + _URL), r"\1"),
    (re.compile(r"<((?:https?|mailto):[^<>\s]+)>"), r"\1"),
    (re.compile(r"(?<!`)(`+)(?!`)([^`\n]+)\1(?!`)"), r"\2"),
    (re.compile(r"\*\*\*(?=[^\s*])([^*\n]+)(?<=\S)\*\*\*"), r"\1"),
    (re.compile(r"(?<!\*)\*(?=[^\s*])([^*\n]+)(?<=\S)\*(?!\*)"), r"\1"),
    (re.compile(r"\*\*(?=[^\s*])([^*\n]+)(?<=\S)\*\*"), r"\1"),
    (re.compile(r"(?<!\w)_(?=[^\s_])([^_\n]+)(?<=\S)_(?!\w)"), r"\1"),
    (re.compile(r"(?<!\w)__(?=[^\s_])([^_\n]+)(?<=\S)__(?!\w)"), r"\1"),
    (re.compile(r"~~(?=[^\s~])([^~\n]+)(?<=\S)~~"), r"\1"),
)
_REFERENCE_LINK = re.compile(r"\[([^\[\]\n]+)\] ?\[[^\[\]\n]*\]")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
# Escaped marks wait as C1 control characters, which clean text cannot hold, until the others are gone.
_WAITING = {mark: chr(0x80 + n) for n, mark in enumerate("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")}
_BACK = {ord(waiting): mark for mark, waiting in _WAITING.items()}


def strip_markdown(text: str) -> tuple[str, str]:
    """The headline (a `# Heading` that comes first, or "") and the prose of clean Markdown text.

    A line that breaks inside a sentence is joined to the next: in Markdown it is one paragraph, and to us
    a line end is a sentence end.
    """
    text = without_comments(text, "<!--", "-->").strip("\n")
    first, _, rest = text.partition("\n")
    headline = ""
    if _TITLE.match(first):
        headline, text = _plain(_heading(first)), rest
    lines = text.split("\n")
    referenced = any(_REFERENCE.match(line) for line in lines)
    return headline, clean_text(
        "\n".join(block if is_code else _plain(block, referenced) for block, is_code in _blocks(lines))
    )


def _blocks(lines: list[str]) -> list[tuple[str, bool]]:
    """Paragraphs, headings and list entries without their marks, each with whether it is code."""
    blocks: list[tuple[list[str], bool]] = []
    fenced = broken = False  # inside a code fence; the last line ended inside a sentence
    for line in lines:
        if _FENCE.match(line):
            fenced, broken = not fenced, False
        elif fenced:
            blocks.append(([line], True))
        elif _RULE.match(line) or _REFERENCE.match(line):
            broken = False
        else:
            line = _after(_QUOTE, line)
            is_heading = bool(_HEADING.match(line))
            if is_heading or not broken or _BULLET.match(line) or _NUMBERED.match(line) or not line.strip():
                blocks.append(([_heading(line) if is_heading else _after(_BULLET, line)], False))
            else:
                blocks[-1][0].append(line.strip())
            broken = bool(line.strip()) and not is_heading and not _SENTENCE_END.search(line[-20:])
    return [(" ".join(parts), is_code) for parts, is_code in blocks]


def _heading(line: str) -> str:
    return _after(_HEADING, line).rstrip("# \t")


def _after(mark: re.Pattern[str], line: str) -> str:
    found = mark.match(line)
    return line[found.end() :] if found else line


def _plain(line: str, referenced: bool = False) -> str:
    line = _ESCAPE.sub(lambda escape: _WAITING[escape[1]], line)
    for pattern, words in _INLINE:
        line = pattern.sub(words, line)
    if referenced:
        line = _REFERENCE_LINK.sub(r"\1", line)
    return line.translate(_BACK)
