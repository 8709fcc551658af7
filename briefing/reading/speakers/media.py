"""Outlets as sources: "the SANA news agency", "a reporter of Channel Nine", and the questions of an
interview.

They are quoted as themselves; no outlet is a side.
"""

from __future__ import annotations

import re

_MEDIA = re.compile(
    r"\b(?:agency|newspapers?|daily|weekly|television|TV|radio|channel|magazine|broadcaster|website|"
    r"reporter|correspondent|media)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"[A-ZÀ-Þ][\w’'.\-]*(?: (?:[A-ZÀ-Þ0-9][\w’'.\-]*|of|al))*")
_NOT_OUTLETS = re.compile(r"^(?:The|A|An|Some|Many|Local|State)\b ?")


def outlet_named(source: str, party_names: str) -> str:
    """The outlet's own name in a source that is one, or "". `party_names` are the words of parties in it."""
    if not _MEDIA.search(source) or "activist" in source.lower():
        return ""
    names = [re.sub(r"['’]s?$", "", _NOT_OUTLETS.sub("", m.group()).strip()) for m in _NAME.finditer(source)]
    names = [name for name in names if name and name not in party_names and len(name) > 1]
    return max(names, key=len, default="")
