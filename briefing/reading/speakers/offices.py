"""Whose word a source carries: "the Hungarian government" speaks for Hungary, its critics do not.

A party that a source names is credited only when the source's own noun speaks for it ("Kremlin officials"),
or when a person in it holds an office of it ("Kremlin spokesman Yuri Belov"). Standing near is not enough.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from briefing.reading.parties import PartyMention
from briefing.reading.persons import MODIFIERS, ROLES, is_name_word, take_name, words_after
from briefing.types import Span

# A demonym makes a side of these ("Russian officials") and of nothing else ("Russian activists").
STATE_NOUNS = ROLES | frozenset(
    """government ministry officials authorities administration army military navy forces force command
    parliament side delegation embassy consulate presidency leadership regime state department intelligence
    cabinet council staff security diplomats spokesmen lawmakers commanders generals ministers negotiators
    capital troops warplanes jets aircraft planes kremlin office mission police prosecutors guard chiefs
    ministries embassies investigators customs inspectors presidency""".split()
)
ANONYMOUS = frozenset(
    """official officials source sources diplomat diplomats aide aides spokesman spokeswoman spokesperson
    representative adviser advisor commander officer officers soldier soldiers lawmaker negotiator""".split()
)
# Nouns that carry somebody else's word: "a Syrian military source", "a statement by …".
_BEARERS = frozenset("source sources statement".split())
# What an institution or a movement speaks through besides its officials.
_MEMBERS = frozenset(
    """group movement organisation organization party militia alliance coalition network bloc wing office
    fighter fighters militant militants rebels insurgents leaders member members advisers service statement
    observer observers monitor monitors peacekeepers inspector inspectors investigators worker workers
    bureau mission commission negotiators representatives""".split()
)
_OUT = "former|ex|retired|exiled|ousted|deposed|dissident"
_OUT_BEFORE = re.compile(
    rf"\b(?:{_OUT})[ -](?:\w+ (?:\w+ )?(?:of|for|to|at|from) )?(?:the )?$", re.IGNORECASE
)
_OUT_AFTER = re.compile(rf"(?:['’]s)? (?:{_OUT}|opposition|party|rebel|separatist)\b", re.IGNORECASE)
_PREPOSITIONS = "of|for|to|from|by|with|in|at|near|outside|against|on|around|inside"
_GOVERNED = re.compile(
    rf"([^\W_]+(?:['’\-][^\W_]+)*) ({_PREPOSITIONS}) (?:(?:the|a|an) )?"
    rf"(?:(?!(?:{_PREPOSITIONS})\b)[^\W\d_]+ ){{0,2}}$"
)
# An envoy to a country, or in it, is another's.
_OWN_PREPOSITIONS = frozenset("of for at from with by".split())
_AT_ARMS_LENGTH = frozenset("to against outside near around on".split())
_ADVISERS = frozenset("adviser advisers advisor advisors aide aides".split())
_SENT = frozenset("coordinator envoy rapporteur representative observer mediator correspondent".split())
_KIN = re.compile(
    r"\b(?:wife|husband|widow|son|daughter|father|mother|brother|sister|cousin|nephew|niece|friend|ally|allies|"
    r"rival|rivals|critics?|opponents?|supporters?|relatives?|lawyers?) of (?:the )?$"
)
_DOING = re.compile(
    r"(?<![-\w])(?!(?:opposing|ruling|governing|outgoing|incoming|leading)\b)[a-z]{2,}ing (?:the |a |an )?$"
)
_WORD = re.compile(r"[^\W_]+(?:[.'’\-][^\W_]+)*")
_STOPS = frozenset((",", "to", "in", "on"))
_ATTRIBUTES = MODIFIERS - frozenset("of for at and the".split())
# After these a name is somebody else's: "critics of President Mwai". Not "by", "from", "with": letters are.
_OF_ANOTHER = frozenset("of in for at on to near outside against about".split())
_NOT_IN_TITLES = ROLES | {"the", "a", "an"}
_HEAD_ENDS = frozenset("of from in for at on to by near outside who which that with close".split())
_NEXT_CONJUNCT = re.compile(r",| and (?=the |a |an |its |their |other |some |[A-ZÀ-Þ])")


def head_noun(source: str) -> str:
    """The noun a source is built on, in lower case: "activists" of "activists in Homs and Syrians"."""
    source = source.lstrip(" ,")
    conjunct = _NEXT_CONJUNCT.search(source)
    words: list[str] = _WORD.findall(source[: conjunct.start()].lower() if conjunct else source.lower())
    for at, word in enumerate(words):
        if word in _HEAD_ENDS and at:
            # "A government aide travelling with her".
            doing = at > 1 and words[at - 1].endswith(("ing", "ed")) and words[at - 2] in ANONYMOUS
            return words[at - 2] if doing else words[at - 1]
    return words[-1] if words else ""


def own_names(text: str, source: Span, taken: Sequence[Span]) -> Iterator[tuple[str, bool]]:
    """The personal names in a source that may be its speaker's, each with whether lower case goes on behind.

    Left out are the parties at `taken`, and the names of others: "Putin’s spokesman", "Assad adviser",
    "critics of President Mwai". "Secretary of State John Kerry" and a name after a comma are the speaker's.
    """
    matches = [m for m in words_after(text, source[0], 30) if m.end() <= source[1] + 1]
    words = [m.group() for m in matches]
    free = [not any(a < m.end() and b > m.start() for a, b in taken) for m in matches]
    in_office = head_noun(text[source[0] : source[1]]) in ROLES
    at, governor = 0, -1
    while at < len(words):
        if words[at] == ",":
            governor = -1
        elif free[at] and words[at] in _OF_ANOTHER:
            governor = at
        elif free[at] and is_name_word(words[at]):
            stop = next((i for i in range(at, len(words)) if not free[i]), len(words))
            name = take_name(matches[at:stop])
            last = at + max(1, len(name.split())) - 1
            between = {w.lower() for w in words[governor + 1 : at]}
            of_another = governor >= 0 and not (between and in_office and not between & _NOT_IN_TITLES)
            if name and not of_another and not _owns_next(words, free, last):
                yield name, last + 1 < len(words) and words[last + 1][0].islower()
            at = last
        at += 1


def _owns_next(words: Sequence[str], free: Sequence[bool], last: int) -> bool:
    """Whether the name that ends at `last` tells whose officer the next one is: "Assad adviser Rahal"."""
    if words[last].endswith(("'s", "’s")):
        return last + 1 < len(words) and words[last + 1] != ","
    at, role = last + 1, False
    while at < len(words) and (not free[at] or words[at].lower() in ROLES | _ATTRIBUTES):
        role = role or words[at].lower() in ROLES
        at += 1
    return role and at < len(words) and is_name_word(words[at])


def is_out_of_office(text: str, mention: PartyMention) -> bool:
    """ "former Israeli officials", "an Israeli opposition envoy": not the word of Israel's government."""
    if mention.form in ("group", "generic"):
        return False
    before = _OUT_BEFORE.search(text, max(0, mention.start - 50), mention.start)
    return bool(before or _OUT_AFTER.match(text, mention.end))


def is_kin_of(text: str, mention: PartyMention) -> bool:
    """ "the wife of the [Nigerian] president, Aisha Bello": the name after the comma may be either's."""
    return _KIN.search(text, max(0, mention.start - 30), mention.start) is not None


def speaks_for(text: str, source: Span, mention: PartyMention, head: str) -> bool:
    """Whether a source without a personal name, built on the noun `head`, is the party's own word."""
    governed = _GOVERNED.search(text, source[0], mention.start)
    if governed and governed[2] in _AT_ARMS_LENGTH and governed[1].lower() not in _ADVISERS:
        return False
    if is_out_of_office(text, mention) or _DOING.search(
        text, max(source[0], mention.start - 30), mention.start
    ):
        return False
    if _STATE_BODY.match(text, mention.end, source[1]):
        return True
    words = {w.lower() for w in _WORD.findall(text[source[0] : source[1]])}
    whole = {w.lower() for w in _WORD.findall(text[mention.start : mention.end])}
    if head in whole and mention.form != "demonym":
        return True
    if mention.form in ("institution", "group", "generic") and head in ANONYMOUS | _MEMBERS:
        return True
    return head in STATE_NOUNS or (head in _BEARERS and bool(STATE_NOUNS & words))


# "Iran's atomic energy organisation", "South Korea's intelligence service", "Britain's Royal Navy"
_STATE_BODY = re.compile(
    r"(?:['’]s?)? (?:internationally recogni[sz]ed |interim |transitional )?"
    r"(?:[Ss]upreme |[Rr]oyal |[Cc]entral |[Aa]ir |[Hh]igh |[Cc]oast |[Cc]onstitutional |"
    r"(?:\w+ ){0,2}(?:intelligence|spy|security|atomic|nuclear|space|statistics|"
    r"election|electoral|tax|customs|border|health|aviation|maritime|weather|disaster|energy) )"
    r"(?:[Ll]eader|[Cc]ourt|[Nn]avy|[Bb]ank|[Ff]orce|[Gg]uard|organi[sz]ation|agency|service|authority|regulator|"
    r"[Cc]ommission|office|bureau|watchdog|council)\b"
)
_POSSESSIVE_NAME = re.compile(r"['’]s [A-ZÀ-Þ]")
_SEAT = re.compile(
    r"\b(?:government|ministry|ministries|authorities|administration|army|military|parliament|police|presidency|"
    r"president|prime minister|foreign minister|king|emir|sultan|officials|prosecutors|cabinet|regime|navy|"
    r"air force|central bank|state media) (?:of|in) (?:the )?$",
    re.IGNORECASE,
)


def seat_of(text: str, source: Span, mention: PartyMention) -> bool:
    """Whether the source is a body of the party by its seat: "the government in Khartoum", "the army of
    Mali"."""
    if mention.form not in ("name", "capital") or mention.end > source[1]:
        return False
    before = _SEAT.search(text, max(source[0], mention.start - 40), mention.start)
    return before is not None and text[mention.end : source[1]].strip(" ,") == ""


def holds_office(text: str, source: Span, mention: PartyMention, country: bool) -> bool:
    """Whether the person that a source names holds an office of the party it names.

    The office stands right behind the party ("Russia's deputy foreign minister"), or before it ("a
    spokesman for the Libyan coast guard"); "the head of the Russian chess union" holds none of Russia's.
    `country`: the party is one; with an organisation every "UN aid chief" is its own.
    """
    if is_out_of_office(text, mention):
        return False
    governed = _GOVERNED.search(text, source[0], mention.start)
    if governed and not (governed[1].lower() in ROLES or governed[1][0].isupper()):
        return False
    # "Its humanitarian coordinator for Sudan" is not Sudan's.
    if governed and governed[2] != "of" and governed[1].lower() in _SENT:
        return False
    # The mayor of a capital speaks for no country.
    if governed and (governed[2] not in _OWN_PREPOSITIONS or mention.form == "capital"):
        return False
    if ROLES & {w.lower() for w in _WORD.findall(text[mention.start : mention.end])}:
        return True
    # "The State Department's Jen Barr", "Ana Duarte of Human Rights Watch".
    if not country and _POSSESSIVE_NAME.match(text, mention.end, source[1]):
        return True
    body = not country or mention.form in ("institution", "group")
    if body and governed and governed[2] in ("of", "from", "with") and governed[1][0].isupper():
        return True
    after = [m.group().lower() for m in words_after(text, mention.end, 8) if m.end() <= source[1]]
    role, plain = _role_in(after, country)
    if role or not plain:
        return role
    before = {w.lower() for w in _WORD.findall(text[source[0] : mention.start])}
    return bool(ROLES & before) and governed is not None


def _role_in(words: Sequence[str], country: bool) -> tuple[bool, bool]:
    """Whether an office follows behind nothing but its attributes, and whether nothing foreign to it does."""
    for word in words if country else words[:4]:
        if word in _STOPS:
            return False, True
        bare = re.sub(r"['’]s$", "", word)
        if bare in ROLES and bare == word:
            return True, True
        if country and bare not in ROLES | MODIFIERS | STATE_NOUNS | {"s", "coast", "guard"}:
            return False, False
    return False, True
