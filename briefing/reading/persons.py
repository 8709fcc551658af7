"""Personal names in running text, told from titles, days and other capitalised words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

WORD = re.compile(r"[^\W_]+(?:[.'’\-][^\W_]+)*\.?|,")
PARTICLES = frozenset("al el bin ibn abu de del della di da do du dos das van von der den le la ben".split())
_DAYS = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june july
    august september october november december today yesterday""".split()
)
# Capitalised, and yet nobody's name.
_NOT_NAMES = frozenset(
    """a an the this that these those and but or if in on at as by for from with he she it they we i you
    western eastern northern southern shia shiite sunni muslim christian jewish kurdish arab islamist islamic
    another several some many most all both other one two three few interim
    mr mrs ms miss dr sir dame lord lady gov sen rep lt col gen capt maj sgt adm prof rev hon asp sheriff
    bishop imam father sister brother justice professor chiefs
    police command army navy ministry coalition media commission
    when while after before since until because although though""".split()
)
# Nouns for somebody who holds an office or speaks for a body.
ROLES = frozenset(
    """president premier minister secretary chancellor king queen prince princess emir sheikh sultan pope
    ambassador envoy spokesman spokeswoman spokesperson general colonel admiral marshal commander chief
    leader head chairman chairwoman director senator congressman congresswoman representative lawmaker mp
    governor mayor diplomat negotiator adviser advisor official officer prosecutor judge speaker delegate
    commissioner chargé captain major lieutenant brigadier counselor counsellor coordinator co-ordinator
    ministers secretaries spokespeople spokespersons secretary-general director-general vice-president
    vice-minister vice-chair vice-chairman attorney-general undersecretary under-secretary co-chair chair
    spokesperson counterpart colleague legislator sultan
    mediator facilitator rapporteur administrator superintendent
    inspector-general major-general lieutenant-general brigadier-general commander-in-chief""".split()
)
MODIFIERS = frozenset(
    """prime foreign defence defense interior finance home state deputy vice first senior top former acting
    national security press military army navy air force naval armed forces affairs permanent special chief
    government opposition party ministry department general of for at the and staff trade energy justice
    information media presidential us supreme joint operations agriculture health education transport economy
    economic environment climate water culture labour labor tourism planning development immigration migration
    housing welfare emergency emergencies sports executive managing communications political press regional
    provincial strategic internal cabinet industry energy oil high district federal circuit appeals
    caretaker outgoing incoming designate
    constitutional county fisheries shipping maritime digital infrastructure mining petroleum irrigation
    religious youth science technology public works""".split()
)


_BEFORE_NAMES = ROLES | _NOT_NAMES
IN_NO_NAME = _BEFORE_NAMES | MODIFIERS | _DAYS


@dataclass(frozen=True)
class Person:
    """`name` is the fullest form in the text; `party` None where the text does not tell. `roles` are the
    nouns for what the person is ("minister"), as far as the text says."""

    name: str
    party: str | None
    affiliation: str | None
    rule: str
    confidence: float
    roles: frozenset[str] = frozenset()

    @property
    def surname(self) -> str:
        return self.name.split()[-1]

    @property
    def short_surname(self) -> str:
        """ "Assad" of "Bashar al-Assad"."""
        return re.sub(r"^(?:al|el|as|ash|ad|an|ar)-(?=[A-ZÀ-Þ])", "", self.surname, flags=re.IGNORECASE)


_LONGEST_ABBREVIATION = 4  # "Gen."
# What parts a date-line, an aside or a sentence from the words behind it.
PARTED = re.compile(r"[–—:;()“”\"]| - | -- |(?<![A-Z])(?<!\bCo)(?<!Inc)(?<!Ltd)\.\s")


def words_after(text: str, start: int, count: int = 14) -> list[re.Match[str]]:
    """The next `count` words and commas, none beyond the line."""
    end = text.find("\n", start)
    found = []
    for match in WORD.finditer(text, start, min(end if end >= 0 else len(text), start + 200)):
        found.append(match)
        if len(found) == count:
            break
    return found


def is_name_word(word: str) -> bool:
    plain = word.strip(".").lower()
    if re.match(r"(?:al|el)-[A-ZÀ-Þ]", word):
        return True
    return (
        word[0].isupper()
        and plain not in IN_NO_NAME
        and not (word.isupper() and len(word) > 3 and "." not in word)
        and not plain.endswith(("-based", "-backed", "-led", "-held", "-run", "-controlled"))
    )


def take_name(matches: Sequence[re.Match[str]]) -> str:
    """The personal name that begins at the first match, or ""; possessive endings are left off."""
    words: list[str] = []
    previous = None
    for match in matches:
        word = match.group()
        if word == "," or (previous is not None and match.start() - previous > 1):
            break
        if not is_name_word(word) and not (words and word.lower() in PARTICLES):
            break
        previous = match.end()
        bare = re.sub(r"['’]s$", "", word)
        words.append(bare)
        # A full stop behind a whole word ends the sentence and the name: "said Ana Duarte. Moreno had …".
        if bare != word or len(words) == 5 or (word.endswith(".") and len(word) > _LONGEST_ABBREVIATION):
            break
    while words and words[-1].lower() in PARTICLES:
        words.pop()
    return " ".join(words).rstrip(".") if words else ""


def name_at_end(text: str) -> str:
    """The name that a stretch of text ends with: "… said Josh Earnest" gives "Josh Earnest"."""
    words: list[str] = []
    for word in reversed(text.split()):
        # The sentence before: "… in Sri Lanka. Ban Ki-moon"; but "Lt. Col. Ban".
        if words and word.endswith(".") and len(word) > 4:
            break
        if not (is_name_word(word) or (words and word.lower() in PARTICLES)):
            break
        words.insert(0, word)
    while words and words[0].lower() in PARTICLES:
        words.pop(0)
    return " ".join(words) if 1 <= len(words) <= 4 else ""


def name_after(text: str, start: int) -> str:
    """The name that begins at `start`, behind ranks and forms of address: "Colonel Ana Reyes", "Mr.
    Reyes"."""
    matches = words_after(text, start, 8)
    while matches and matches[0].group().strip(".").lower() in _BEFORE_NAMES:
        matches = matches[1:]
    return take_name(matches)
