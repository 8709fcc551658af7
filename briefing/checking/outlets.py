"""Lines that quote an outlet: `Harbour Post wrote: “…”`, the whole of what it cites between the marks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefing.types import Citation
from briefing.writing.events import DATELINE

_QUOTED = re.compile(r"(?P<who>[^“”]{2,80}) (?:wrote|says): “(?P<said>.+)”", re.DOTALL)
_NO_OUTLET = "The article"


def quotes_outlet(text: str, citations: Sequence[Citation]) -> bool:
    """Whether `text` credits the cited article's own outlet with exactly the cited sentences.

    Marks inside the quotation may be of another shape; every letter and digit must be there, in order.
    """
    match = _QUOTED.fullmatch(text.strip())
    if match is None or not citations or len({c.article.id for c in citations}) != 1:
        return False
    if match["who"] != (citations[0].article.outlet or _NO_OUTLET):
        return False
    cited = "".join(_letters(c.quote) for c in citations)
    return bool(cited) and cited.endswith(_letters(match["said"])) and _whole(match["said"], citations)


def _letters(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def _whole(said: str, citations: Sequence[Citation]) -> bool:
    """The quotation is all of the first cited sentence, but for a date-line at its head."""
    left_out = len("".join(_letters(c.quote) for c in citations)) - len(_letters(said))
    head = DATELINE.match(citations[0].quote)
    return left_out == 0 or (head is not None and left_out == len(_letters(head.group())))
