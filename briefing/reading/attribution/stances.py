"""What a statement does with its content: states, denies, affirms it, makes it conditional, or says
nothing."""

from __future__ import annotations

import re

from briefing.reading.attribution.reporting import ReportingVerb, is_negated
from briefing.types import StatementStance

# "would answer if", "unless the ships leave": the content holds only where something else does.
_CONDITION = re.compile(
    r"(?<!even )(?<!as )(?<!what )\b(?:if(?! nothing else| any\b| not\b| only\b| ever\b)|unless|"
    r"provided(?: that)?|on condition that|as long as|should (?:it|they|he|she)|"
    r"only (?:if|when|after|once)|in (?:the event|case) (?:of|that))\b",
    re.IGNORECASE,
)
_MODAL = re.compile(
    r"\b(?:would|will|could|might|may|can|shall|must|should|’ll|'ll|’d|'d|won’t|won't)\b|\bready to\b",
    re.IGNORECASE,
)
_NO_COMMENT = re.compile(
    r"\b(?:no (?:immediate |official |further )?comments?|"
    r"(?:declin|refus)\w+ to (?:comment|say|discuss|confirm|elaborate|give|answer|respond|name)|"
    r"not (?:immediately )?(?:comment|respond|repl|say|elaborate|answer)\w*)",
    re.IGNORECASE,
)
_DENIAL = re.compile(
    r"\b(?:untrue|false|baseless|groundless|unfounded|fabricat\w+|no truth|not true|nonsense)\b",
    re.IGNORECASE,
)


def find_stance(verb: ReportingVerb | None, cue: str, content: str) -> StatementStance:
    """The stance of a statement from its cue and its content; a cue decides before a content does."""
    if _NO_COMMENT.search(cue):
        return "no comment"
    if verb is not None:
        if verb.act == "decline":
            return "no comment"
        if verb.act == "deny":
            # "did not deny" grants nothing and denies nothing.
            return "no comment" if is_negated(cue) else "denies"
        if verb.affirms:
            return "affirms"
    condition = _CONDITION.search(content)
    if condition and _MODAL.search(content[: condition.start()] + content[condition.end() :]):
        return "conditional"
    if _DENIAL.search(content) and not is_negated(content):
        return "denies"
    return "states"
