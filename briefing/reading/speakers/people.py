"""People and the side they speak for, as far as one article says so itself.

A person is tied to a party only by words in the text ("White House spokesman Josh Earnest", "Riad Haddad,
Syria's ambassador to Moscow", "his country's actions") or by the user's own file. There is no list of
office holders. Every tie keeps the rule that made it and a confidence.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from briefing.reading.attribution.reporting import find_verb
from briefing.reading.parties import PartyMention
from briefing.reading.persons import (
    MODIFIERS,
    PARTED,
    ROLES,
    Person,
    name_at_end,
    take_name,
    words_after,
)
from briefing.reading.speakers.bodies import Bodies
from briefing.reading.speakers.offices import is_kin_of, is_out_of_office
from briefing.reading.speakers.owned import find_by_noun, find_owned
from briefing.reading.speakers.ties import conclude_sides

_NAME_FIRST = re.compile(
    r"([^,\n“”\"]{3,50}),\s(?:(?:the|a|an|then) )?(?:(?!and |or |but |while |as |with |when )\w+ ){0,2}$"
)
_NAME_AND_OFFICE = re.compile(
    r"([^,\n“”\"]{3,50}),\s(?:(?:the|a|an) )?((?:[\w-]+ ){1,5})(of|for|at|from|with|in) (?:the )?$"
)
_LEADS = re.compile(
    r"([^,\n“”\"]{3,50}), who (?:now |also )?(?:heads|leads|chairs|runs|speaks for|coordinates|commands|"
    r"directs|manages|advises|represents) (?:the )?(?:[\w-]+ ){0,2}$"
)
# "Ana Duarte, who sits on the finance committee for the opposition [Progress Alliance]", "Ivo Lang, whose
# [Red Delta] gang holds the port"
_BELONGS = re.compile(
    r"([^,\n“”\"]{3,50}), (?:who (?:[\w-]+ ){1,7}(?:for|on behalf of|as part of|belongs to) (?:the )?"
    r"(?:(?:opposition|ruling|governing) )?|whose )$"
)
_OF_A_PARTY = re.compile(r" (?:of|from) (?:the )?(?:[a-z-]+ ){0,2}(?=[A-ZÀ-Þ])")
_OF_STATES = frozenset("minister president premier spokesman spokeswoman ambassador".split())
_TO_PUNCTUATION = re.compile(r"[^,.;:!?()“”\"\n]{0,80}")


def introduced_after(
    text: str, mention: PartyMention, mentions_at: Mapping[int, PartyMention]
) -> tuple[str, frozenset[str]]:
    """The name that follows "[party] role role", and the roles: ("Josh Earnest", {"spokesman"}).

    "The wife of the Nigerian president, Aisha Bello" names a role but not its holder: ("", {"president"}).
    """
    if is_out_of_office(text, mention):
        return "", frozenset()
    matches = words_after(text, mention.end)
    apposed = False
    roles = ROLES & set(text[mention.start : mention.end].lower().split())  # "UN envoy" is one mention
    skip_to = -1
    end = mention.end
    for at, match in enumerate(matches):
        # "TALLINN - Defence Minister": a date-line holds no office; nor does the end of a sentence.
        if PARTED.search(text, end, match.start()):
            return "", roles
        end = match.end()
        word = match.group()
        lower = re.sub(r"['’]s$", "", word.lower())
        if match.start() < skip_to or lower in ("s", "’s", "'s"):
            continue
        other = mentions_at.get(match.start())
        if other is not None and at and matches[at - 1].group().lower() in ("to", "of", "for", "at", "in"):
            skip_to = other.end
            continue
        if lower in ROLES:
            roles = roles | {lower}
        elif word == "," and roles:
            apposed = True
        elif lower not in MODIFIERS and not (lower == "to" and roles):
            holder = roles and other is None and not (apposed and is_kin_of(text, mention))
            return (take_name(matches[at:]) if holder else ""), roles
    return "", roles


def find_people(bodies: Bodies) -> dict[str, Person]:
    """Everybody the article ties to a party, by full name and by surname (where one person has it)."""
    text = bodies.article.text
    mentions_at = {m.start: m for m in bodies.mentions}
    found: dict[str, Person] = {}
    for mention in bodies.mentions:
        for name, rule, roles in _introductions(text, mention, mentions_at):
            _keep(found, Person(name, mention.party, mention.affiliation, rule, 0.95, roles))
    for name, party in bodies.lexicon.people.items():
        if name in text:
            _keep(found, Person(name, party, None, "named in the user's file", 0.99))
    for find in (find_by_noun, find_owned):
        for person in find(bodies, _by_surname(found)):
            _keep(found, person)
    for person in conclude_sides(bodies, found):
        _keep(found, person)
    # "Her foreign minister": whose she is may have been concluded only now.
    for person in find_owned(bodies, _by_surname(found)):
        _keep(found, person)
    return _by_surname(found)


def _introductions(
    text: str, mention: PartyMention, mentions_at: Mapping[int, PartyMention]
) -> list[tuple[str, str, frozenset[str]]]:
    name, roles = introduced_after(text, mention, mentions_at)
    # "Opposition lawmaker Ana Duarte of the Green Alliance" has a party.
    of = _OF_A_PARTY.match(text, text.find(name, mention.end) + len(name)) if name else None
    if of is not None and of.end() in mentions_at and mention.party.endswith(" opposition"):
        name = ""
    found = [(name, "title before the name", roles)] if name else []
    before = text[max(0, mention.start - 90) : mention.start]
    # "After talks with Ana Duarte, the [Russian] minister said …" is about two people.
    behind = _TO_PUNCTUATION.match(text, mention.end)
    if behind is None or find_verb(behind.group()) is not None:
        return found
    # "Josh Earnest, the [White House] spokesman": the name, a comma, at most three small words.
    titled = _NAME_FIRST.search(before) if roles else None
    # "John Kirby, a spokesman for the [State Department]".
    held = _NAME_AND_OFFICE.search(before)
    office = ROLES & set(held[2].lower().split()) if held else frozenset()
    leads = _LEADS.search(before) or (_BELONGS.search(before) if mention.form == "group" else None)
    if leads and (name := name_at_end(leads[1])):
        found.append((name, "who speaks for it", frozenset()))
    if titled and (name := name_at_end(titled[1])):
        found.append((name, "title after the name", roles))
    if held and held[3] == "in" and not (mention.form == "capital" and office & _OF_STATES):
        office = frozenset()
    if held and office and (name := name_at_end(held[1])):
        found.append((name, "title after the name", office))
    return found


def _keep(found: dict[str, Person], person: Person) -> None:
    old = found.get(person.name)
    if old is None or (old.confidence, old.name) < (person.confidence, person.name):
        found[person.name] = person


def _by_surname(found: Mapping[str, Person]) -> dict[str, Person]:
    """Adds surnames; a surname that people of two parties share belongs to nobody."""
    people = dict(found)
    surnames: dict[str, list[Person]] = {}
    for person in found.values():
        for surname in {person.surname, person.short_surname}:
            surnames.setdefault(surname, []).append(person)
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
