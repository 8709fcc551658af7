"""People and the side they speak for, as far as one article says so itself.

A person is tied to a party only by words in the text ("White House spokesman Josh Earnest", "Riad Haddad,
Syria's ambassador to Moscow", "his country's actions") or by the user's own file. There is no list of
office holders. Every tie keeps the rule that made it and a confidence.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from briefing.reading.offices import is_kin_of, is_out_of_office
from briefing.reading.parties import PartyLexicon, PartyMention
from briefing.reading.persons import MODIFIERS, PARTICLES, ROLES, Person, is_name_word, take_name, words_after
from briefing.reading.reporting import find_verb
from briefing.reading.ties import conclude_sides
from briefing.types import Article

_NAME_FIRST = re.compile(
    r"([^,\n“”\"]{3,50}),\s(?:(?:the|a|an|then) )?(?:(?!and |or |but |while |as |with |when )\w+ ){0,2}$"
)
_NAME_AND_OFFICE = re.compile(
    r"([^,\n“”\"]{3,50}),\s(?:(?:the|a|an) )?((?:[\w-]+ ){1,5})(?:of|for|at|from|with) (?:the )?$"
)
_TO_PUNCTUATION = re.compile(r"[^,.;:!?()“”\"\n]{0,80}")


def introduced_after(
    text: str, mention: PartyMention, mentions_at: Mapping[int, PartyMention]
) -> tuple[str, bool]:
    """The name that follows "[party] role role", and whether a role was there: ("Josh Earnest", True).

    "The wife of the Nigerian president, Aisha Bello" names a role but not its holder: ("", True).
    """
    if is_out_of_office(text, mention):
        return "", False
    matches = words_after(text, mention.end)
    apposed = False
    role = bool(ROLES & set(text[mention.start : mention.end].lower().split()))  # "UN envoy" is one mention
    skip_to = -1
    for at, match in enumerate(matches):
        word = match.group()
        lower = re.sub(r"['’]s$", "", word.lower())
        if match.start() < skip_to or lower in ("s", "’s", "'s"):
            continue
        other = mentions_at.get(match.start())
        if other is not None and at and matches[at - 1].group().lower() in ("to", "of", "for", "at", "in"):
            skip_to = other.end
            continue
        if lower in ROLES:
            role = True
        elif word == "," and role:
            apposed = True
        elif lower not in MODIFIERS and not (lower == "to" and role):
            holder = role and other is None and not (apposed and is_kin_of(text, mention))
            return (take_name(matches[at:]) if holder else ""), role
    return "", role


def find_people(
    article: Article, mentions: Sequence[PartyMention], lexicon: PartyLexicon
) -> dict[str, Person]:
    """Everybody the article ties to a party, by full name and by surname (where one person has it)."""
    text = article.text
    mentions_at = {m.start: m for m in mentions}
    found: dict[str, Person] = {}
    for mention in mentions:
        for name, rule in _introductions(text, mention, mentions_at):
            _keep(found, Person(name, mention.party, mention.affiliation, rule, 0.95))
    for name, party in lexicon.people.items():
        if name in text:
            _keep(found, Person(name, party, None, "named in the user's file", 0.99))
    for person in conclude_sides(article, mentions, lexicon, found):
        _keep(found, person)
    return _by_surname(found)


def _introductions(
    text: str, mention: PartyMention, mentions_at: Mapping[int, PartyMention]
) -> list[tuple[str, str]]:
    name, role = introduced_after(text, mention, mentions_at)
    found = [(name, "title before the name")] if name else []
    before = text[max(0, mention.start - 90) : mention.start]
    # "After talks with Ana Duarte, the [Russian] minister said …" is about two people.
    behind = _TO_PUNCTUATION.match(text, mention.end)
    if behind is None or find_verb(behind.group()) is not None:
        return found
    # "Josh Earnest, the [White House] spokesman": the name, a comma, at most three small words.
    titled = _NAME_FIRST.search(before) if role else None
    # "John Kirby, a spokesman for the [State Department]".
    held = _NAME_AND_OFFICE.search(before)
    if held and not ROLES & set(held[2].lower().split()):
        held = None
    names = [_name_at_end(match[1]) for match in (titled, held) if match]
    found.extend((n, "title after the name") for n in names if n)
    return found


def _name_at_end(text: str) -> str:
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


def _keep(found: dict[str, Person], person: Person) -> None:
    old = found.get(person.name)
    if old is None or (old.confidence, old.name) < (person.confidence, person.name):
        found[person.name] = person


def _by_surname(found: Mapping[str, Person]) -> dict[str, Person]:
    """Adds surnames; a surname that people of two parties share belongs to nobody."""
    people = dict(found)
    surnames: dict[str, list[Person]] = {}
    for person in found.values():
        surnames.setdefault(person.surname, []).append(person)
    for surname, bearers in surnames.items():
        if len({p.party for p in bearers}) == 1:
            fullest = max(bearers, key=lambda p: (len(p.name), p.confidence, p.name))
            people[surname] = fullest
            for bearer in bearers:
                if bearer.name in surname:
                    people[bearer.name] = fullest
        else:
            people.pop(surname, None)
    return people
