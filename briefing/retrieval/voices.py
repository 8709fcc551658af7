"""Whose words a question asks for, and whom it only mentions: in "What did Berlin make of Russia's pauses?"
Berlin is asked to speak, and Russia is part of the matter.
"""

from __future__ import annotations

import re

from briefing.types import Span

SPEAK = (
    r"(?:sa(?:y|id|ys)|call(?:ed|s)?|claim(?:ed|s)?|den(?:y|ied|ies)|accus\w+|warn\w*|announc\w+|describ\w+|told|"
    r"tell|confirm\w*|argu\w+|admit\w*|insist\w*|reject\w*|condemn\w*|demand\w*|think|believe\w*|stat(?:e|ed)|"
    r"respond\w*|react\w*|repl(?:y|ied)|justif\w+|defend\w*|comment\w*|promis\w+|threaten\w*|want\w*)"
)
# With words that only tell of speech where somebody is known to be asked for.
_SAYS = re.compile(
    rf"\b(?:{SPEAK}|saying|tells|thinks|thought|states|replies|answer\w*|make of|made of|blam\w+|explain\w*|"
    r"agree\w*|disagree\w*|differ\w*|propos\w+|dismiss\w*|welcom\w+|criticis\w+|criticiz\w+|urg\w+|vow\w*|"
    r"pledg\w*|see|view|put it|account for|ask\w*)\b",
    re.IGNORECASE,
)
# In "Did Turkey warn Russia?" Turkey acts; in "Did Turkey deny it?" it is asked for its word.
_WORD_ASKED = re.compile(
    r"\b(?:sa(?:y|id)|claim(?:ed)?|den(?:y|ied)|admit(?:ted)?|confirm(?:ed)?|agree|disagree|think|believe|"
    r"comment|respond|react|reply|explain|accept)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(r"\b(?:did|does|do|has|have|had|what|how|why|where|which|whom|compare|is|are|was)\b", re.I)
YES_OR_NO = re.compile(r"^(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should)\b", re.I)
# "Berlin's first public response", "the US negotiating position"; not "Israel bombed positions", nor "on the
# Turkish side of the border".
_BORDER = r"(?:border|frontier|river|front|line|road|city|town)"
_OWN_VIEW = re.compile(
    r"^(?:['’]s?)?(?: (?!\w+ed\b|(?:hit|struck|took|held|lost|left|shot|sent)\b)\w+){0,2}? "
    r"(?:views?|positions?|reactions?|responses?|stances?|accounts?|answers?|version|explanations?|comments?|"
    rf"line|claims?|statements?|words|take|side(?! of the {_BORDER})|opinion)\b",
    re.IGNORECASE,
)
_OF_OTHERS = re.compile(
    r"^['’]s? (?:\w+ ){0,2}(?:opponents?|foes?|critics?|enem(?:y|ies)|rivals?|adversar(?:y|ies)|"
    r"detractors?)\b",
    re.IGNORECASE,
)
_ACCORDING = re.compile(
    r"\b(?:according to|going by|as told by|(?<!['’]s )(?:words|views?|positions?|reactions?|responses?|"
    r"stances?|accounts?|opinions?|eyes) of) (?:the )?$",
    re.IGNORECASE,
)
_JOINED = re.compile(r"^(?:,? and(?: by| according to)?|,|,? or) (?:the |according to |by )*$", re.IGNORECASE)


def is_asked_to_speak(text: str, span: Span, others: tuple[Span, ...] = ()) -> bool:
    """Whether the side or person named at `span` of a question is asked for its word.

    `others` are the spans of all that are named: in "Moscow and Washington" both are asked, or neither.
    """
    start, end = span
    before, after = text[:start], text[end:]
    if _OF_OTHERS.match(after):
        return False
    if _ACCORDING.search(before):
        return True
    if _OWN_VIEW.match(after) and not _SAYS.search(before):
        return True
    for left, right in others:
        joined = _JOINED.match(text[right:start]) if right <= start else None
        if joined and (left, right) != span and is_asked_to_speak(text, (left, right)):
            return True
    says = _WORD_ASKED if YES_OR_NO.match(text) else _SAYS
    asks = [match.end() for match in _ASKS.finditer(before)]
    if not asks or says.search(text, asks[0], start):
        return False
    verb = says.search(text, end)
    return verb is not None and not re.search(r"[,;?]", text[end : verb.start()])
