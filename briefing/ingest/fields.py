"""Columns by any of their usual names, to one Article."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping

from briefing.errors import InputError
from briefing.ingest.cleaning import clean_line, clean_text, without_headline
from briefing.ingest.dates import DateOrder, is_ambiguous, read_date
from briefing.types import Article

MAX_TEXT_CHARACTERS = 2_000_000

# Names without case, spaces and punctuation; where several are present the earlier one is taken.
FIELDS = {
    "text": ("text", "body", "content", "article", "articletext", "fact"),
    "title": ("title", "headline"),
    "outlet": ("outlet", "publisher", "source", "newspaper", "site", "sitename"),
    "published": ("published", "date", "publishedat", "publishdate", "datetime", "pubdate"),
    "url": ("url", "link"),
}
_FIELD_OF = {name: field for field, names in FIELDS.items() for name in names}
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


@functools.lru_cache(maxsize=1024)
def bare_name(name: str) -> str:
    """`name` in lower case, without spaces and punctuation: "Published At" and "publishedAt" are the same."""
    return "".join(character for character in name.casefold() if character.isalnum())


def field_name(column: str) -> str | None:
    """The field of an Article that a column of this name holds, or None."""
    return _FIELD_OF.get(bare_name(column))


def field_value(cells: Mapping[str, object], field: str) -> object:
    """What the first filled column for `field` holds; None without one."""
    by_name = {bare_name(column): value for column, value in cells.items() if field_name(column) == field}
    return next((by_name[name] for name in FIELDS[field] if by_name.get(name) not in (None, "")), None)


def article_from(
    cells: Mapping[str, object], order: Callable[[], DateOrder | None] = lambda: None
) -> Article:
    """The article that `cells` hold, cleaned. `order` is asked only for a date that needs it.

    Raises InputError when there is no text, or more than MAX_TEXT_CHARACTERS of it.
    """
    text = field_value(cells, "text")
    if text is None:
        raise InputError("it has no text; fill a column named text, body or content")
    if not isinstance(text, str):
        raise InputError("its text is not a string; write the article as one string")
    if len(text) > MAX_TEXT_CHARACTERS:
        raise InputError(
            f"its text is longer than {MAX_TEXT_CHARACTERS:,} characters; give each article a row or file"
        )
    text = clean_text(text)
    if not text:
        raise InputError("its text is empty; put the text of an article in it")
    stated = field_value(cells, "published")
    title = _line(field_value(cells, "title"))
    return Article(
        text=without_headline(text, title),
        title=title,
        outlet=_line(field_value(cells, "outlet")),
        published=read_date(stated, order() if is_ambiguous(stated) else None),
        url=web_address(_line(field_value(cells, "url"))),
    )


def web_address(address: str) -> str:
    """`address` when it is a web address or has no scheme; "" for javascript:, data: and their like."""
    scheme = _SCHEME.match(address)
    return address if scheme is None or scheme[0].lower() in ("http:", "https:") else ""


def _line(value: object) -> str:
    if isinstance(value, Mapping):  # {"source": {"id": null, "name": "Example News"}}
        value = value.get("name")
    return clean_line(value) if isinstance(value, str) else ""
