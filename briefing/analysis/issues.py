"""The questions sides disagree about, and what one statement says to each of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from briefing.reading.parties import PartyLexicon
from briefing.types import Statement

_NUMBER_WORDS = {
    word: number
    for number, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen twenty".split(),
        start=1,
    )
} | {"dozen": 12, "thirty": 30, "forty": 40, "fifty": 50, "hundred": 100}
_DENIAL = re.compile(
    r"\b(?:not|never|no|none|nor|neither|without|fail(?:ed|s|ing|ure)?|false|fabricat\w*|untrue|baseless|"
    r"unfounded|lies?|disinformation|only|just|hardly|barely|groundless|cannot|\w+n['’]t|"
    # Verbs of denial only where the speaker is their subject; "Damascus will deny it" is another's denial.
    r"(?:and|but) (?:denied|rejected|dismissed|contradicted|refuted))\b",
    re.IGNORECASE,
)
_REACH = 90  # characters around the issue’s word in which a denial is about it
_CONDITION = re.compile(r"\b(?:if|whether|unless|should)\b", re.IGNORECASE)
_CIVILIANS = re.compile(r"\b(?:civilians?|hospitals?|schools?|residential|homes|markets?|bystanders)\b", re.I)
_REBELS = re.compile(r"\b(?:opposition|rebels?|anti-(?:regime|government))\b", re.I)
_TERRORISTS = re.compile(r"\b(?:terrorists?|militants?|jihadists?|extremists?)\b", re.I)


@dataclass(frozen=True)
class Issue:
    question: str
    kind: Literal["target", "stance", "number"]
    about: re.Pattern[str] | None
    maybe: re.Pattern[str] | None
    also: re.Pattern[str] | None

    def find(self, said: str) -> re.Match[str] | None:
        """Where `said` touches the issue: a word that is enough, or one that is with another."""
        found = self.about.search(said) if self.about else None
        if found is None and self.maybe and (self.also is None or self.also.search(said)):
            found = self.maybe.search(said)
        return found


@dataclass(frozen=True)
class View:
    """What one statement holds on one issue. `held` are targets or numbers; `denies` is its direction."""

    statement: Statement
    held: frozenset[str]
    denies: bool
    words: frozenset[str]


@lru_cache(maxsize=1)
def load_issues() -> tuple[Issue, ...]:
    """The issues of briefing/data/issues.yaml, in their order."""
    import yaml

    path = Path(__file__).parent.parent / "data" / "issues.yaml"
    rows = yaml.safe_load(path.read_text(encoding="utf-8"))
    return tuple(
        Issue(row["issue"], row["kind"], *(_stems(row.get(k)) for k in ("about", "maybe", "also")))
        for row in rows
    )


def _stems(stems: Sequence[str] | None) -> re.Pattern[str] | None:
    if stems is None:
        return None
    return re.compile(r"\b(?:" + "|".join(re.escape(s) for s in stems) + r")", re.IGNORECASE)


def find_view(statement: Statement, issue: Issue, lexicon: PartyLexicon) -> View | None:
    """What the statement holds on the issue, or None when it is silent on it or only supposes."""
    said = statement.content
    if statement.act in ("describe", "judge"):
        said = f"{statement.cue} {said}"
    match = issue.find(said)
    if match is None:
        return None
    if _CONDITION.search(said, 0, match.start()) or "if " in said[match.start() :]:
        return None
    # Two denials are none: "contradicted criticism that it failed to coordinate" claims coordination.
    near = said[max(0, match.start() - _REACH) : match.end() + _REACH]
    denies = (len(_DENIAL.findall(near)) + (statement.act == "deny")) % 2 == 1
    words = _matter(statement, lexicon)
    if issue.kind == "target":
        held = _targets(said[max(0, match.start() - 20) : match.end() + 2 * _REACH], lexicon)
        return View(statement, held, denies, words) if held else None
    if issue.kind == "number":
        held = _numbers(said, match.re)
        return View(statement, held, denies, words) if held else None
    return View(statement, frozenset(), denies, words)


def _matter(statement: Statement, lexicon: PartyLexicon) -> frozenset[str]:
    """What a statement is about: stems of its longer words, and the parties its sentence names."""
    said = " ".join(s.text for s in statement.sentences)
    stems = {w.lower()[:6] for w in re.findall(r"[^\W\d_]{4,}", said)} - _COMMON_STEMS
    return frozenset(stems | {m.party for m in lexicon.find(said)})


_COMMON_STEMS = frozenset(
    word[:6]
    for word in """said says that this with from have were been their they which would about after before also
    more than when into over told there what could some other will being during""".split()
)


def _targets(said: str, lexicon: PartyLexicon) -> frozenset[str]:
    """What is named as hit: armed groups, oppositions, civilians, and "terrorists" as a word of its own."""
    found = {
        m.party
        for m in lexicon.find(said, None)
        if lexicon.parties[m.party].kind in ("armed group", "opposition")
    }
    if _REBELS.search(said) and not any("opposition" in party for party in found):
        found.add("opposition")
    if _CIVILIANS.search(said):
        found.add("civilians")
    if not found and _TERRORISTS.search(said):
        found.add("terrorists")
    return frozenset(found)


def _numbers(said: str, about: re.Pattern[str]) -> frozenset[str]:
    """The numbers within five words of what is counted, in digits."""
    words = re.findall(r"[\w'’.,-]+", said)
    found = set()
    for at, word in enumerate(words):
        if not about.match(word):
            continue
        for near in words[max(0, at - 5) : at + 6]:
            plain = near.lower().strip(".,").replace(",", "")
            if plain.isdigit() and not 1900 <= int(plain) <= 2100:
                found.add(str(int(plain)))
            elif plain in _NUMBER_WORDS:
                found.add(str(_NUMBER_WORDS[plain]))
    return frozenset(found)
