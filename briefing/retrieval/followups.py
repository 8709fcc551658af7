"""Fills a follow-up in from the question before it: "and the US?" becomes a question that stands alone.

Rules only, and the result is shown to the reader, so a follow-up that no rule fits is not guessed at: it is
added to the question before ("Did Russia coordinate with the US, and when was that?").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from briefing.retrieval.naming import find_names
from briefing.retrieval.pronouns import SOMEBODY, name_place, name_somebody, with_article
from briefing.types import Span

# Not "so far", "now that", "well over", which mean something where they stand.
_LEAD = re.compile(
    r"^(?:and|but|also|then|ok|okay|so(?!\s+(?:far|that)\b)|now(?!\s+that\b)|"
    r"well(?!\s+(?:over|under|above|below|before|after|past|beyond)\b))\b[,\s]+(?:also |then )?",
    re.IGNORECASE,
)
_INSTEAD = re.compile(r"^(?:what|how) about (?:the case of )?", re.IGNORECASE)
_COMMENT = re.compile(
    r"^any (?:\w+ )?(?:comment|word|reaction|response|statement)s? (?:from|by) (?P<who>[^?]+)", re.IGNORECASE
)
_QUESTION_WORD = r"(?:who|whom|whose|what|which|when|where|why|how)"
_ASKING = (
    rf"(?:{_QUESTION_WORD}|is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|"
    r"tell|show|list|give|compare|summari[sz]e|explain|describe)"
)
_ASKS = re.compile(rf"^{_ASKING}\b", re.IGNORECASE)
_ASKS_LATER = re.compile(rf"[,:] {_ASKING}\b", re.IGNORECASE)
_ADDED = re.compile(rf", and {_ASKING}\b[^?]*\?*$", re.IGNORECASE)
# Words that point back to the question before, whatever else is named.
_POINTS_BACK = re.compile(
    r"\b(?:that|this|it|so|those|these|there|then)(?: too| as well| either| again)?\s*\??$"
    r"|\bhaving such\b"
    r"|^(?:why|when|where|how|who|really|how so|why not)\s*\??$"
    r"|^what else\s*\??$",
    re.IGNORECASE,
)
# Words that point back in a question that names nothing of its own.
_UNNAMED = re.compile(rf"{SOMEBODY.pattern}|\bit\b|^(?:is|was) (?:that|this)\b", re.IGNORECASE)
# "Whom did he send?": nobody before "he" that he could be.
_DID_HE = re.compile(
    r"\b(?:did|does|do|has|have|had|was|were|is|are|will|would|could|can) (?:he|she|they)\b", re.IGNORECASE
)
# Behind an "and": "how did Moscow answer him?", "how many of the staff?", "how many guards died?"
_GOES_ON = re.compile(
    r"\b(?:him|her|them)\s*\??$|^how (?:many|much) of (?:the|them|those|its|their)\b|"
    r"^how (?:many|much)(?: \w+){0,2} (?:died|survived|fled|(?:were|was|got) (?:\w+))\s*\??$",
    re.IGNORECASE,
)
_AND = ", and "
_SAID = re.compile(
    r"\b(?:say|said|says|think|claim|respond|react|reply)\b[^?]{0,200}?\babout (?P<topic>[^?]+)",
    re.IGNORECASE,
)
_BARE_SAY = re.compile(
    r"^what (?:else )?(?:did|does|do|has|have) .{1,80}? (?:say|said|think|claim)\s*\?*$", re.IGNORECASE
)
_PRONOUN = re.compile(r"^(?:that|this|it|them|those|these)\b\s*$", re.IGNORECASE)
_SOURCE = r"(?:according to|going by|by)"
# "By the ministry's count", "according to the governor": it goes behind the question as it is.
_BY_THEIR_WORD = re.compile(
    r"^(?:according to|going by|by .{1,60}?\b(?:counts?|accounts?|tally|estimates?|version|figures?)\s*$)",
    re.IGNORECASE,
)
_BY = re.compile(rf"^{_SOURCE} ", re.IGNORECASE)
_THEIR_WORD_BEFORE = re.compile(rf", {_SOURCE} [^,?]+$", re.IGNORECASE)
_PREPOSITION = re.compile(
    r"^(?:according to|as reported by|in|from|by|for|with|on|since|after|before|until|to)\s+(?:the )?",
    re.IGNORECASE,
)


class Reader(Protocol):
    """Finds in a text, as spans: the sides and people it names, its outlets, its days."""

    def actors(self, text: str) -> Sequence[tuple[Span, str]]: ...
    def outlets(self, text: str) -> Sequence[tuple[Span, str]]: ...
    def days(self, text: str) -> Sequence[tuple[Span, str]]: ...


def complete(question: str, previous: str, reader: Reader) -> str:
    """`question` as one that stands alone, given the one asked before it (empty when it is the first)."""
    question = " ".join(question.split())
    led = _LEAD.match(question)
    rest = question[led.end() :] if led else question
    if not previous or not rest:
        return _sentence(rest if _ASKS.match(rest) else question)
    if comment := _COMMENT.match(rest):
        return _ask_of(comment["who"].rstrip("?!. "), previous)
    subject = _INSTEAD.sub("", rest)
    if subject != rest or (_is_fragment(rest) and (led or rest.endswith("?") or _PREPOSITION.match(rest))):
        return _put_instead(subject.rstrip("?!. "), previous, reader)
    rest = name_place(name_somebody(rest, previous, reader.actors), previous)
    if led and _BARE_SAY.match(rest):
        return _say_too(rest.rstrip("?!. "), previous)
    goes_on = led and led[0][:3].lower() in ("and", "but") and _GOES_ON.search(rest)
    if goes_on or _points_back(rest, reader):
        return _add(previous, rest)
    return _sentence(rest)


def _points_back(question: str, reader: Reader) -> bool:
    """Whether a question is about what the one before was about."""

    def names(text: str) -> bool:
        return bool(reader.actors(text) or find_names(text))

    he = _DID_HE.search(question)
    if _POINTS_BACK.search(question) or (he and not names(question[: he.start()])):
        return True
    return _UNNAMED.search(question) is not None and not names(question)


def _ask_of(who: str, previous: str) -> str:
    """What somebody else says on the matter of `previous`."""
    topic = _topic(previous)
    if not topic or _PRONOUN.match(topic):
        return _add(previous, f"what did {who} say")
    return _sentence(f"What did {who} say about {topic}")


def _say_too(question: str, previous: str) -> str:
    """ "What did the White House say", with the topic of `previous` if that has one."""
    topic = _topic(previous)
    if topic and _PRONOUN.match(topic):
        return _add(previous, f"{question} about {topic}")
    if topic:
        return _sentence(f"{question} about {topic}")
    return _add(previous, question) if _ADDED.search(previous) else _sentence(question)


def _topic(previous: str) -> str:
    """What somebody was asked to say something about; "" where nobody was."""
    found = _SAID.search(_ADDED.sub("?", previous))
    return found["topic"].strip() if found else ""


def own_words(asked: str, question: str) -> int:
    """Where the words of `question` itself begin in what it was completed to; 0 where it stands alone."""
    led = _LEAD.match(question)
    own = (question[led.end() :] if led else question).rstrip("?!. ").lower()
    at = asked.lower().rfind(f"{_AND}{own}")
    return at + len(_AND) if at > 0 else 0


def _is_fragment(text: str) -> bool:
    """Whether `text` names something and asks nothing."""
    return len(text.split()) <= 6 and not _ASKS.match(text) and not _ASKS_LATER.search(text)


def _put_instead(subject: str, previous: str, reader: Reader) -> str:
    """`previous` with `subject` in the place of what it names of the same sort."""
    if not subject or _POINTS_BACK.search(subject):
        return _add(previous, subject)
    previous = _ADDED.sub("?", previous)
    for find, phrase in ((reader.outlets, "according to"), (reader.days, "")):
        if find(subject):
            bare = _PREPOSITION.sub("", subject) if phrase else subject
            old = find(previous)
            if old:
                return _swap(previous, old[0][0], bare)
            return _sentence(f"{previous.rstrip('?!. ')} {phrase} {bare}".replace("  ", " "))
    topic = _topic(previous)
    if _BY_THEIR_WORD.match(subject):
        if not topic or not reader.actors(subject):
            whole = _THEIR_WORD_BEFORE.sub("", previous.rstrip("?!. "))
            return f"{whole}, {subject[:1].lower()}{subject[1:]}?"
        subject = _BY.sub("", subject)
    new, old = reader.actors(subject), reader.actors(previous)
    if new and old:
        if new[0][1] in {name for _, name in old}:
            return _add(previous, f"what did {subject} say")
        return _swap(previous, old[0][0], subject)
    if new:
        return _sentence(f"What did {subject} say" + (f" about {topic}" if topic else ""))
    return _put_other_matter(subject, previous, topic)


def _put_other_matter(subject: str, previous: str, topic: str) -> str:
    """`previous` with `subject`, which is no side, person, outlet or day, as its topic or place."""
    if re.search(rf"\b{_QUESTION_WORD}\b", subject, re.IGNORECASE):
        return _add(previous, subject)
    if topic:
        return _sentence(previous[: previous.rindex(topic)] + _PREPOSITION.sub("", subject))
    if _BARE_SAY.match(previous):
        return _sentence(f"{previous.rstrip('?!. ')} about {subject}")
    if place := _same_sort_of_name(subject, previous):
        return _swap(previous, place, _PREPOSITION.sub("", subject))
    return _add(previous, f"what about {subject}")


def _same_sort_of_name(subject: str, previous: str) -> Span | None:
    """Where the last name in `previous` stands, if `subject` is a name as well: "in Homs", "and in Hama?"."""
    bare = _PREPOSITION.sub("", subject)
    named = find_names(previous)
    if not named or len(find_names(f"in {bare}")) != 1:
        return None
    return named[-1].start, named[-1].end


def _swap(previous: str, span: Span, subject: str) -> str:
    start, end = with_article(previous, span)
    if re.match(r"(?:the|on|since|in)\b", subject, re.IGNORECASE) is None and previous[start:end].startswith(
        "on "
    ):
        subject = "on " + subject
    return _sentence(previous[:start] + subject + previous[end:])


def _add(previous: str, question: str) -> str:
    whole = _ADDED.sub("", previous).rstrip("?!. ")
    added = question.rstrip("?!. ")
    return f"{whole}{_AND}{added[:1].lower()}{added[1:]}?" if added else _sentence(whole)


def _sentence(text: str) -> str:
    """A capital first; a question mark last, unless the sentence is an order ("Compare …")."""
    text = text.strip()
    text = text[:1].upper() + text[1:]
    if (
        text
        and text[-1] not in "?!."
        and _ASKS.match(text)
        and not re.match(r"(?:tell|show|list|give|comp|summ|expl|desc)", text, re.I)
    ):
        text += "?"
    return text
