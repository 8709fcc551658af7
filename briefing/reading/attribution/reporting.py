"""Reporting verbs: what a cue does (say, deny, demand …), from briefing/data/reporting_verbs.txt."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_WORD = re.compile(r"[^\W\d_]+")
# Nouns that do a reporting verb's work: "in a statement", "his denial", "her claim that".
_NOUNS = {
    "according": "say",
    "statement": "say",
    "claim": "say",
    "claims": "say",
    "warning": "say",
    "denial": "deny",
    "rejection": "deny",
    "demand": "demand",
    "comment": "decline",
}


@dataclass(frozen=True)
class ReportingVerb:
    """A verb with its past form and what is done with it; `affirms` where it grants its content."""

    past: str
    act: str
    affirms: bool = False


@lru_cache(maxsize=1)
def reporting_verbs() -> Mapping[str, ReportingVerb]:
    """Every form of every verb on the list."""
    path = Path(__file__).resolve().parents[2] / "data" / "reporting_verbs.txt"
    verbs: dict[str, ReportingVerb] = {}
    act, affirms = "", False
    for line in path.read_text(encoding="utf-8").splitlines():
        line = line.strip()
        if line.startswith("["):
            act, _, also = line.strip("[]").partition(", ")
            affirms = also == "affirm"
        elif line and not line.startswith("#"):
            forms = line.split()
            for form in forms:
                verbs.setdefault(form, ReportingVerb(forms[1], act, affirms))
    return verbs


def find_verb(cue: str) -> ReportingVerb | None:
    """The reporting verb of a cue, or None when the cue reports nothing ("had begun agreed").

    The first verb on the list counts: "asked Russia to show" asks, "declined to say" declines.
    """
    words = [w.lower() for w in _WORD.findall(cue)]
    verbs = reporting_verbs()
    found = [verbs[w] for w in words if w in verbs]
    if not found:
        act = next((_NOUNS[w] for w in words if w in _NOUNS), None)
        return ReportingVerb("said", act) if act else None
    first = found[0]
    if first.past == "called" and not {"for", "on", "upon"} & set(words):
        return ReportingVerb("called", "describe")
    if is_negated(cue):
        return ReportingVerb(first.past, "decline" if first.act == "say" else first.act)
    return first


def is_negated(cue: str) -> bool:
    """Whether a cue says that something was not said: "did not comment", "hasn’t said"."""
    words = cue.lower().replace("’", "'").split()
    return any(word in ("not", "never", "cannot") or word.endswith("n't") for word in words)
