"""Lines that quote an outlet: `Harbour Post wrote: “…”`, the whole of what it cites between the marks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from briefing.reading.words import fold
from briefing.types import Citation
from briefing.writing.events import DATELINE

_QUOTED = re.compile(r"(?P<who>[^“”]{2,80}) (?:wrote|says): “(?P<said>.+)”", re.DOTALL)
_MARKS = re.compile(r"[\"'\s]")
_NO_OUTLET = "The article"


def quotes_outlet(text: str, citations: Sequence[Citation]) -> bool:
    """Whether `text` credits the cited article's own outlet with exactly the cited sentences.

    Quotation marks inside may be of another shape and spaces may differ, nothing else. Of several sentences
    all stand together in the article, in its order.
    """
    match = _QUOTED.fullmatch(text.strip())
    if match is None or not citations or not _are_neighbours(citations):
        return False
    if match["who"] != (citations[0].article.outlet or _NO_OUTLET):
        return False
    said, cited = _bare(match["said"]), _bare("".join(c.quote for c in citations))
    head = DATELINE.match(citations[0].quote)
    return bool(said) and said in (cited, *([cited.removeprefix(_bare(head.group()))] if head else []))


def _are_neighbours(citations: Sequence[Citation]) -> bool:
    return all(
        after.article.id == before.article.id
        and before.end <= after.start
        and not before.article.text[before.end : after.start].strip()
        for before, after in pairwise(citations)
    )


def _bare(text: str) -> str:
    """The text without quotation marks, apostrophes and spaces, and without the full stop that ends it."""
    return _MARKS.sub("", fold(text)).rstrip(".")
