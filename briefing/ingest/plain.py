"""Plain text and Markdown files: optional front matter, then a headline, then the text."""

from __future__ import annotations

import re
from pathlib import Path

from briefing.errors import InputError
from briefing.ingest.cleaning import clean_text
from briefing.ingest.decoding import decode, read_file
from briefing.ingest.fields import article_from, field_name
from briefing.ingest.markdown import strip_markdown
from briefing.types import Article

_LONGEST_HEADLINE = 200
_LONGEST_FRONT_MATTER = 60  # lines
# Also what YAML knows and we pass over: lists, indented lines, remarks, blank lines.
_KEY_LINE = re.compile(r"[\w -]{1,40}:(?:\s|$)|\s|-|#|$")
_SENTENCE_END = re.compile(r"""[.!?…]["”“’'»)\]]*$""")


def read_plain(path: Path) -> Article:
    """The article of a .txt or .md file. Raises InputError when there is no text in it."""
    markdown = path.suffix.lower() in (".md", ".markdown")
    cells, text = split_front_matter(clean_text(decode(read_file(path))))
    headline = ""
    if markdown:
        headline, text = strip_markdown(text)
    if not text:
        raise InputError("it is empty; put the text of an article in it")
    if headline and cells.get("title", headline) != headline:
        text = f"{headline}\n{text}"
    elif headline:
        cells["title"] = headline
    else:
        cells["title"], text = split_headline(text, cells.get("title", ""))
    return article_from({**cells, "text": text})


def split_front_matter(text: str) -> tuple[dict[str, object], str]:
    """The known `key: value` lines between two `---` lines at the top, by field, and the text after them.

    A block with other lines and without one known key is no front matter but part of the text.
    """
    lines = text.split("\n")
    if lines[0].rstrip() != "---" or "---" not in lines[1:_LONGEST_FRONT_MATTER]:
        return {}, text
    end = lines.index("---", 1)
    cells: dict[str, object] = {}
    for line in lines[1:end]:
        key, colon, value = line.partition(":")
        name = field_name(key)
        if colon and name is not None and name != "text":
            cells.setdefault(name, _unquoted(value.strip()))
    is_front_matter = cells or all(_KEY_LINE.match(line) for line in lines[1:end])
    return (cells, clean_text("\n".join(lines[end + 1 :]))) if is_front_matter else ({}, text)


def split_headline(text: str, title: object) -> tuple[str, str]:
    """The headline and the text without it, where `text` begins with its headline."""
    first, _, rest = text.partition("\n")
    if title:
        return str(title), rest.strip("\n") if first.strip() == title and rest.strip() else text
    following = rest.lstrip("\n")
    # A first line that goes on in lower case on the next one is a wrapped sentence, not a headline.
    wrapped = rest[:1].islower()
    if not following or wrapped or len(first) >= _LONGEST_HEADLINE or _SENTENCE_END.search(first):
        return "", text
    if not any(character.isalnum() for character in first):
        return "", text
    return first.strip(), following


def _unquoted(value: str) -> str:
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1] if quoted else value
