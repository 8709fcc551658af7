"""What a question asks for, read by rules: its kind, the sides, people, outlets and days that it names.

Nothing here decides what is true or found; it only tells the search what to look for. `Question.asked` is the
question as it was understood, with a follow-up filled in, to be shown to the reader.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from briefing.reading.parties import PartyLexicon, PartyMention
from briefing.reading.question_days import DaysNamed
from briefing.retrieval.clauses import Part, clause_parts, whole_part, without
from briefing.retrieval.days import find_days
from briefing.retrieval.followups import complete, own_words
from briefing.retrieval.naming import Named, find_names, find_outlets, is_lower_case, whole_words
from briefing.retrieval.people import find_people
from briefing.retrieval.voices import SPEAK, YES_OR_NO, is_asked_to_speak
from briefing.types import Span, Turn

QuestionKind = Literal[
    "what changed", "who said", "what said", "yes or no", "compare", "what happened", "open"
]

_KIND_PATTERNS: dict[QuestionKind, str] = {
    "what changed": r"^(?:what|how)\b.{0,40}?\b(?:chang|shift|evolv|develop)\w*",
    "who said": rf"^(?:who|which \w+(?: \w+)?|whose)\b.{{0,60}}?\b(?:{SPEAK}|words|quot\w+)\b",
    "compare": r"\b(?:(?:compar|contrast|differ|disagree|contradict)\w*|versus|vs|both sides|each side)\b",
    "what said": rf"^(?:what|how)\b.{{0,80}}?\b(?:{SPEAK}|position|view|reaction|response|statement)\b",
    "yes or no": YES_OR_NO.pattern,
    "what happened": r"^(?:when|where)\b|\b(?:happen\w*|going on|took place|latest|summar\w+|timeline)\b",
}
_KINDS = {kind: re.compile(pattern, re.IGNORECASE) for kind, pattern in _KIND_PATTERNS.items()}
_QUOTATION = re.compile(
    r"\b(?:quot(?:e|es|ed|ation|ations)|verbatim|word for word|exact words|(?:his|her|their|own) words)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"“([^“”]{2,200})”|\"([^\"]{2,200})\"|‘([^‘’]{2,200})’|(?<!\w)'([^']{2,200})'(?!\w)")


@dataclass(frozen=True)
class Known:
    """What a question is read against: the outlets and people of the library, its days, the parties.

    `heard` are the parties that speak there; "the opposition" alone is that of `setting`, a country.
    """

    outlets: tuple[str, ...]
    parties: PartyLexicon = field(repr=False)
    people: tuple[str, ...] = ()
    first_day: dt.date | None = None
    last_day: dt.date | None = None
    heard: tuple[str, ...] = ()
    setting: str | None = None


@dataclass(frozen=True)
class Question:
    """A question as understood.

    `whole` is the question as one part to search for, `parts` its clauses where it has several, and
    `search_words` the words of the whole with the names of parties that it calls otherwise. `since` and
    `until` span the days named; None is open. `names` are the names it holds that are no outlet, party or
    person of the library, as written; `quoted` the words it holds in quotation marks. `voices` are those of
    `parties` and `people` whose words are asked for, and `matter` is the question without them, its outlets
    and its days: what it is about. `affiliations` are the bodies that voices were called by ("White House");
    `context` is the question before, where it was added to that one; `setting` as in `Known`.
    """

    text: str
    asked: str
    kind: QuestionKind
    whole: Part
    search_words: str
    parts: tuple[Part, ...] = ()
    parties: tuple[str, ...] = ()
    affiliations: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    quoted: tuple[str, ...] = ()
    voices: tuple[str, ...] = ()
    matter: str = ""
    context: str = ""
    setting: str | None = None
    wants_quotation: bool = False
    since: dt.date | None = None
    until: dt.date | None = None

    @property
    def outlets(self) -> tuple[str, ...]:
        """Every outlet named, once."""
        return tuple(dict.fromkeys(name for names in self.whole.outlets for name in names))

    @property
    def voice_people(self) -> tuple[str, ...]:
        """The people whose word is asked for; several may go by the one name that was typed."""
        return tuple(name for name in self.voices if name in self.people)

    @property
    def voice_parties(self) -> tuple[str, ...]:
        """The parties whose word is asked for."""
        return tuple(name for name in self.voices if name not in self.people)


def understand(question: str, known: Known, history: Sequence[Turn] = ()) -> Question:
    """Read `question` against what the library holds and the turns before it (oldest first)."""
    reader = _Reader(known)
    asked = complete(question, history[-1].asked if history else "", reader)
    outlets = find_outlets(asked, known.outlets)
    days = find_days(asked, known.last_day, known.first_day)
    covered = _spans(outlets)
    mentions = [m for m in _find_parties(asked, known) if not _overlaps((m.start, m.end), covered)]
    others = [*covered, *_spans(mentions)]
    people = [p for p in find_people(asked, known.people) if not _overlaps((p.start, p.end), others)]
    taken = [*covered, *_spans(mentions), *_spans(people), *_spans(days)]
    parties = _once(m.party for m in mentions)
    named: list[tuple[Span, tuple[str, ...]]] = [((m.start, m.end), (m.party,)) for m in mentions]
    named += [((p.start, p.end), p.names) for p in people]
    focus = own_words(asked, question) if history else 0
    speaking = _speaking(asked, named, focus)
    unsaid = [*covered, *_spans(days), *speaking]
    # "Moscow" or "the US" is looked for by the party's own name as well.
    more = [party for party in parties if party.lower() not in asked.lower()]
    whole = whole_part(asked, outlets, days)
    firsts, lasts = [d.first for d in days], [d.last for d in days]
    return Question(
        text=question,
        asked=asked,
        kind=_kind(asked[focus:]),
        whole=whole,
        search_words=" ".join((whole.words, *more)),
        parts=clause_parts(whole, known.outlets, known.last_day, known.first_day),
        parties=parties,
        affiliations=_once(m.affiliation for m in mentions if m.affiliation and _span(m) in speaking),
        people=_once(name for p in people for name in p.names),
        names=_once(n.names[0] for n in find_names(asked) if not _overlaps((n.start, n.end), taken)),
        quoted=_quoted(asked, covered),
        voices=_once(name for names in speaking.values() for name in names),
        matter=without(asked[focus:], _inside(unsaid, focus)),
        context=without(asked[:focus], [span for span in unsaid if span[1] <= focus]),
        setting=known.setting,
        wants_quotation=_QUOTATION.search(asked) is not None,
        since=None if None in firsts else min((d for d in firsts if d), default=None),
        until=None if None in lasts else max((d for d in lasts if d), default=None),
    )


def _speaking(
    asked: str, named: Sequence[tuple[Span, tuple[str, ...]]], focus: int
) -> dict[Span, tuple[str, ...]]:
    """Those of the sides and people named from `focus` on whose word is asked for."""
    own = [(span, names) for span, names in named if span[0] >= focus]
    spans = tuple(_moved(span, focus) for span, _ in own)
    return {
        span: names for span, names in own if is_asked_to_speak(asked[focus:], _moved(span, focus), spans)
    }


class _Reader:
    """What follow-ups need to know of a text, with the library's own names."""

    def __init__(self, known: Known) -> None:
        self._known = known

    def actors(self, text: str) -> list[tuple[Span, str]]:
        taken = [span for span, _ in self.outlets(text)]
        found = [((m.start, m.end), m.party) for m in _find_parties(text, self._known)]
        found = [actor for actor in found if not _overlaps(actor[0], taken)]
        taken += [span for span, _ in found]
        people = [((p.start, p.end), p.names[0]) for p in find_people(text, self._known.people)]
        return sorted(found + [actor for actor in people if not _overlaps(actor[0], taken)])

    def outlets(self, text: str) -> list[tuple[Span, str]]:
        return [((o.start, o.end), o.names[0]) for o in find_outlets(text, self._known.outlets)]

    def days(self, text: str) -> list[tuple[Span, str]]:
        return [((d.start, d.end), text[d.start : d.end]) for d in find_days(text, self._known.last_day)]


def _find_parties(text: str, known: Known) -> list[PartyMention]:
    # The lexicon matches a text without any capital loosely; the first letter may be a capital of ours.
    plain = text[:1].lower() + text[1:] if is_lower_case(text) else text
    found = known.parties.find(plain, known.setting)
    taken = _spans(found)
    for party in known.heard:
        # Bodies that only an article named, by their whole name.
        for match in whole_words(party).finditer(text):
            if not _overlaps(match.span(), taken):
                found.append(PartyMention(*match.span(), party, "name"))
                taken.append(match.span())
    return sorted(found, key=lambda mention: mention.start)


def _span(mention: PartyMention) -> Span:
    return mention.start, mention.end


def _moved(span: Span, by: int) -> Span:
    return span[0] - by, span[1] - by


def _inside(spans: Iterable[Span], start: int) -> list[Span]:
    """The spans from `start` on, counted from there."""
    return [_moved(span, start) for span in spans if span[0] >= start]


def _kind(asked: str) -> QuestionKind:
    return next((kind for kind, pattern in _KINDS.items() if pattern.search(asked)), "open")


def _quoted(asked: str, outlets: Sequence[Span]) -> tuple[str, ...]:
    """Phrases in quotation marks; an outlet's name in them is no phrase."""
    matches = (m for m in _QUOTED.finditer(asked) if not _overlaps(m.span(), outlets))
    return _once(next(group for group in m.groups() if group).strip() for m in matches)


def _spans(found: Iterable[Named | DaysNamed | PartyMention]) -> list[Span]:
    return [(one.start, one.end) for one in found]


def _overlaps(span: Span, others: Iterable[Span]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)


def _once(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
