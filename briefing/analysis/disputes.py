"""Disputes: statements of different voices on one issue that cannot all hold, side by side.

A voice is a party, or the source as the article names it where no party is known ("Reports from Syria").
The outlet's own voice is not a side. Nothing here says who is right.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from briefing.analysis.issues import Issue, View, find_view, load_issues
from briefing.reading.parties import PartyLexicon, load_lexicon
from briefing.reading.speakers.memory import NOBODY_NEAR
from briefing.types import Dispute, Position, Stance, Statement

_MOST_PER_VOICE = 2
_MOST_VOICES = 6
_MOST_OTHERS = 2  # of them, voices that speak for no party
_OUTLET_ITSELF = frozenset(("this newspaper", "this paper", "this website", "this reporter"))
_SAME_EVENT = 3  # days between two articles that may still tell of one event
# Words of substance that two sentences on one matter share. Two views of one strike share "strikes" and a
# name; two counts of one event rather more, because many things are counted on one day.
_IN_COMMON = {"target": 2, "stance": 1, "number": 5}


@dataclass(frozen=True)
class FoundDispute:
    """A dispute before anything is written about it: for each voice its statements, in order."""

    issue: str
    sides: tuple[tuple[str, Stance, tuple[Statement, ...]], ...]


def find_disputes(statements: Sequence[Statement], parties: Path | None = None) -> list[Dispute]:
    """The disputes among `statements`, in the order of the list of issues; positions carry no claims yet."""
    return [
        Dispute(
            found.issue,
            tuple(Position(voice, stance) for voice, stance, _ in found.sides),
            tuple(s for _, _, held in found.sides for s in held),
        )
        for found in weigh_issues(statements, load_lexicon(parties))
    ]


def weigh_issues(statements: Sequence[Statement], lexicon: PartyLexicon | None = None) -> list[FoundDispute]:
    """Every issue on which two voices cannot both be right; without `lexicon` by our own list of parties."""
    lexicon = lexicon or load_lexicon()
    found = []
    for issue in load_issues():
        views: dict[str, list[View]] = {}
        for statement in statements:
            voice = voice_of(statement)
            view = find_view(statement, issue, lexicon) if voice else None
            if voice and view is not None:
                views.setdefault(voice, []).append(view)
        views = _opposed(issue, views)
        if len(views) > 1 and any(_is_party(held) for held in views.values()):
            found.append(_found(issue, views))
    return found


def voice_of(statement: Statement) -> str:
    """Whose word a statement is: its party, else its speaker, else the source as written ("" for none)."""
    if statement.act == "other" or statement.kind == "belief":
        return ""
    if statement.party:
        return statement.party
    if statement.speaker:
        return statement.speaker
    mention = " ".join(statement.mention.split())
    if is_outlet_itself(statement):
        return ""
    if statement.status == "unnamed" and NOBODY_NEAR in statement.rule:
        return ""
    return mention[:1].upper() + mention[1:]


def is_outlet_itself(statement: Statement) -> bool:
    """Whether the source is the outlet that writes: "This newspaper said …"."""
    return " ".join(statement.mention.lower().split()) in _OUTLET_ITSELF


def _opposed(issue: Issue, views: dict[str, list[View]]) -> dict[str, list[View]]:
    """For each voice the views that another voice's view cannot hold beside; empty when there are none."""
    kept: dict[str, list[View]] = {}
    for voice, held in views.items():
        others = [v for other, theirs in views.items() if other != voice for v in theirs]
        against = [v for v in held if any(_pair(issue, v, other) for other in others)]
        if against:
            kept[voice] = against
    return kept


def _pair(issue: Issue, a: View, b: View) -> bool:
    """Whether two views clash: on the same matter, and not both able to hold."""
    days = a.statement.article.day, b.statement.article.day
    if days[0] and days[1] and abs((days[0] - days[1]).days) > _SAME_EVENT:
        return False
    if len(a.words & b.words) < _IN_COMMON[issue.kind]:
        return False
    if issue.kind == "stance":
        return a.denies != b.denies
    if issue.kind == "number":
        return not a.held & b.held
    if a.held & b.held:
        return a.denies != b.denies
    return not (a.denies and b.denies)


def _is_party(held: Sequence[View]) -> bool:
    return held[0].statement.party is not None


def _found(issue: Issue, views: dict[str, list[View]]) -> FoundDispute:
    """Parties first; voices without a party only where there is room."""
    sides: list[tuple[str, Stance, tuple[Statement, ...]]] = []
    by_room = sorted(views, key=lambda v: (-len(views[v]), v))
    parties = [v for v in by_room if _is_party(views[v])]
    others = [v for v in by_room if v not in parties][:_MOST_OTHERS]
    for voice in sorted([*parties, *others][:_MOST_VOICES]):
        held = views[voice]
        stance: Stance = "denies" if sum(v.denies for v in held) * 2 > len(held) else "affirms"
        sides.append((voice, stance, tuple(v.statement for v in held[:_MOST_PER_VOICE])))
    return FoundDispute(issue.question, tuple(sides))
