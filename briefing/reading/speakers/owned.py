"""People whom a text ties to a body that it only points at: "its spokesman, Ali Haddad", "Her foreign
minister, Goran Ilic", "Ivo Lang, a member of the union's board", "army chief Omar Diallo", "Ana Duarte, who
heads the party".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from briefing.reading.persons import ROLES, Person, name_after, name_at_end
from briefing.reading.speakers.bodies import BODY_NOUNS, ONE_OF_A_COUNTRY, Bodies
from briefing.types import Article

_OWNER = re.compile(
    r"\b(?:(?P<body>[Ii]ts|[Tt]heir)|(?P<person>[Hh]is|[Hh]er)|"
    r"[Tt]he (?:[a-z-]+ ){0,2}?(?P<noun>[a-z]+)['’]s?)\s+(?=\S)"
)
# What people are besides holders of an office.
_POSTS = ROLES | frozenset(
    """aide member researcher figure founder owner manager executive treasurer organiser organizer
    lawyer""".split()
)
_WORD = re.compile(r"[a-zà-ÿ][\w-]*|[A-ZÀ-Þ][\w’'-]*")
_NAME_BEFORE = re.compile(r"([^,\n“”\"]{3,50}), $")
_MEMBER_BEFORE = re.compile(
    r"([^,\n“”\"]{3,50}), (?:(?:a|an|the|one) )?(?:[\w-]+ ){0,3}?([a-z]+) (?:of|for|at|in|on) $"
)
_FIELD = re.compile(r" (?:for|of|on|in|to) (?:the )?[A-Za-z][A-Za-zÀ-ÿ' -]{1,28}(?=,)")
_NOUNS = "|".join(sorted(BODY_NOUNS | ONE_OF_A_COUNTRY | {"rebel", "presidential", "parliamentary"}))
_ROLE = "|".join(sorted(ROLES | {"aide"}))
_RANK = (
    r"(?:(?:[A-Z][a-z]+[- ])?(?:General|Colonel|Captain|Major|Admiral|Brigadier|Lieutenant|Commander|"
    r"Dr|Mr|Ms|Mrs)\.? )*"
)
# "army chief General Omar Diallo", "Ana Duarte, a union leader", "Ana Duarte, a spokeswoman for the
# ministry", "Ana Duarte, who heads the party".
_BY_NOUN = re.compile(
    rf"\b(?P<noun>(?i:{_NOUNS})) (?:[a-z-]+ )?(?P<role>{_ROLE})s?,? {_RANK}(?=[A-ZÀ-Þ])|"
    rf", (?:(?:an?|the) )?(?:[a-z-]+ )?(?P<noun_after>{_NOUNS}) (?:[a-z-]+ )?(?P<role_after>{_ROLE})"
    r"(?=[,.;:]| (?:said|told|says|in|on|at)\b)|"
    rf", (?:(?:an?|the) )?(?:[a-z-]+ ){{0,2}}?(?P<role_of>{_ROLE}) (?:of|for|at|with) the "
    rf"(?:[a-z-]+ )?(?P<noun_of>{_NOUNS})\b|"
    rf",? who (?:heads|leads|chairs|runs|commands|speaks for) the (?:[a-z-]+ )?(?P<noun_who>{_NOUNS})\b"
)
_NOUN_OF = {"rebel": "rebels", "presidential": "government", "parliamentary": "parliament"}
_MOST_BETWEEN = 5  # words between "its" and the post
_STOPS = frozenset("and but or who which that was were is are has have had said says".split())
_CONFIDENCE, _CONCLUDED = 0.7, 0.6


def find_owned(bodies: Bodies, found: Mapping[str, Person]) -> Iterator[Person]:
    """The people tied so; those in `found` are tied outright and are left out, and "his" goes back to
    them."""
    text = bodies.article.text
    for match in _OWNER.finditer(text):
        named = _named(text, match)
        if named is None or named[0] in found:
            continue
        name, roles = named
        tie = _tie(bodies, found, match)
        if tie is not None and tie[0] not in (name, name.split()[-1]):
            rule = f"“{match[0].strip().lower()} {min(roles)}”: the one named before"
            yield Person(name, tie[0], tie[1], rule, _CONFIDENCE, roles)


def find_by_noun(bodies: Bodies, found: Mapping[str, Person]) -> Iterator[Person]:
    """The people whose office a common noun tells: "the union" is the one named nearest before."""
    text = bodies.article.text
    for match in _BY_NOUN.finditer(text):
        role = match["role"] or match["role_after"] or match["role_of"] or "head"
        noun = (match["noun"] or "").lower() or match["noun_after"] or match["noun_of"] or match["noun_who"]
        if match["noun"]:
            name = name_after(text, match.end())
        else:
            name = name_at_end(text[max(0, match.start() - 50) : match.start()])
        if not name or name in found:
            continue
        body = bodies.of_noun(_NOUN_OF.get(noun, noun), match.start())
        if body is not None:
            told = noun not in ONE_OF_A_COUNTRY or bodies.bears(body, noun, match.start())
            rule = f"{noun} {role}: the {noun} {'named before' if told else 'of the article’s country'}"
            sure = _CONFIDENCE if told else _CONCLUDED
            yield Person(name, body.party, body.affiliation, rule, sure, frozenset((role,)))


def _named(text: str, match: re.Match[str]) -> tuple[str, frozenset[str]] | None:
    """The name and the posts of whoever "its" or "the group's" belongs to."""
    before = text[max(0, match.start() - 90) : match.start()]
    post = _post_after(text, match.end())
    if post is None:
        held = _MEMBER_BEFORE.search(before)
        if held is None or held[2] not in _POSTS:
            return None
        name = name_at_end(held[1])
        return (name, frozenset((held[2],))) if name else None
    roles, end = post
    if (field := _FIELD.match(text, end)) is not None:
        end = field.end()
    apart = text[end : end + 1] in (",", " ")
    name = name_after(text, end + 2 if text.startswith(", ", end) else end) if apart else ""
    if not name and apart and (first := _NAME_BEFORE.search(before)):
        name = name_at_end(first[1])
    return (name, roles) if name else None


def _post_after(text: str, start: int) -> tuple[frozenset[str], int] | None:
    """The posts that follow within a few words, and where the last of them ends."""
    roles: set[str] = set()
    end = start
    for count, word in enumerate(_WORD.finditer(text, start, start + 90)):
        if text[end : word.start()].strip() or count > _MOST_BETWEEN or word.group() in _STOPS:
            break
        if roles and word.group() not in _POSTS:
            break
        if word.group() in _POSTS:
            roles.add(word.group())
        end = word.end()
        if roles and text[end : end + 1] == ",":
            break
    return (frozenset(roles), end) if roles else None


def _tie(bodies: Bodies, found: Mapping[str, Person], match: re.Match[str]) -> tuple[str, str | None] | None:
    """Party and affiliation of the owner."""
    if match["person"]:
        return _of_person(bodies.article, found, match.start())
    if match["noun"]:
        body = bodies.of_noun(match["noun"], match.start())
    else:
        body = bodies.subject_before(match.start())
    return (body.party, body.affiliation) if body else None


def _of_person(article: Article, found: Mapping[str, Person], start: int) -> tuple[str, str | None] | None:
    """The side of the person named last in the sentence or the one before."""
    sentence = article.sentence_at(start)
    first = article.sentences[sentence.index - 1].start if sentence.index else sentence.start
    near = article.text[first:start]
    best: tuple[int, Person] | None = None
    for person in found.values():
        at = near.rfind(person.surname)
        if at >= 0 and person.party is not None and (best is None or at > best[0]):
            best = at, person
    return (best[1].party or "", None) if best else None
