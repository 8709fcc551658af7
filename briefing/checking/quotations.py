"""Whether the words that a text puts in quotation marks stand in the cited sentences, to the letter."""

from __future__ import annotations

import re
from dataclasses import dataclass

from briefing.checking.alignment import Cited
from briefing.reading.words import fold, inside
from briefing.types import Span

_DOUBLE = re.compile(r"[“”„‟«»\"＂″「」『』]|``|''|´´")
# Single marks count only where they cannot be apostrophes: opened before a word, closed after one.
_SINGLE_OPEN = re.compile(
    r"(?<![^\W_])(?<![`'´])(?!.(?:em|til|tis|twas|cause|bout|n|round)\b)[‘‚‹'`´ʼ′](?=[^\W\d_])", re.IGNORECASE
)
_SINGLE_CLOSE = re.compile(r"(?<=[^\s‘‚‹'(\[])[’›'´ʼ′](?![^\W_])")
_BRACKETS = r"\[[^\]]*\]"
_CUT = re.compile(rf"\s*(?:{_BRACKETS}|\(?(?:…|\.\s?\.\s?\.(?:\s?\.)?)\)?)\s*")
_NEGATION = re.compile(
    r"\b(?:no|not|never|none|nor|neither|nobody|nothing|without|cannot|hardly|denied)\b|n't\b", re.I
)
_INSERTED = re.compile(_BRACKETS)
# What may not be cut from a quotation: what makes it a condition, a guess or the saying of somebody else. A
# clause may be, between its marks: “The raid, … was lawful”.
_CONDITION = re.compile(
    r"\b(?:if|unless|may|might|could|would|should|whether|allegedly|reportedly|perhaps|possibly)\b", re.I
)
_SUBORDINATE = re.compile(r"\b(?:that|who|whom|whose|which|because|how|why)\b", re.I)
_LETTER_INSERTION = re.compile(r"\[(\w)\](?=\w)")
# Where a quotation may not begin or end, at \0: within a word, "1,\0500", "non-\0lethal".
_GOES_ON = re.compile(r"\w-?\0\w|\w\0-\w|\d[.,]\0\d|\d\0[.,]\d")
_LONG_DASH = re.compile(r"\s*[—―]\s*")
_ASIDE = tuple(",;:-().")
_LONGEST_REPLACEMENT = 60  # characters of the source that one [bracketed insertion] may stand for


@dataclass(frozen=True)
class Quotation:
    """Words inside quotation marks; `start` and `end` leave the marks out."""

    text: str
    start: int
    end: int


def find_quotations(text: str) -> list[Quotation]:
    """The quotations of `text` in order. A mark that is never closed, or closed and never opened, reaches to
    the end or back to the last mark: words that look quoted are checked, whatever the typing."""
    double = _double_marked(text)
    spans = sorted([*double, *_single_marked(text, double)])
    return [Quotation(text[a:b], a, b) for a, b in spans if text[a:b].strip(" .,;:!?…-–—")]


def quoted_spans(text: str) -> list[Span]:
    """The spans of `text` that stand in a source to the letter: its quotations without [insertions]."""
    spans: list[Span] = []
    for quotation in find_quotations(text):
        start = quotation.start
        for match in _INSERTED.finditer(quotation.text):
            spans.append((start, quotation.start + match.start()))
            start = quotation.start + match.end()
        spans.append((start, quotation.end))
    return [span for span in spans if span[0] < span[1]]


def _double_marked(text: str) -> list[Span]:
    found: list[Span] = []
    opened: int | None = None
    last = 0
    for match in _DOUBLE.finditer(text):
        start, end = match.span()
        space_before = start == 0 or text[start - 1].isspace() or text[start - 1] in "([—–-"
        space_after = end == len(text) or text[end].isspace() or text[end] in ".,;:!?)]—–-"
        if opened is None and (space_before or not space_after):
            opened = end
            continue
        found.append((last if opened is None else opened, start))
        # “one “two”: opened again before it was closed.
        opened = end if opened is not None and space_before and not space_after else None
        last = end
    return found if opened is None else [*found, (opened, len(text))]


def _single_marked(text: str, double: list[Span]) -> list[Span]:
    found: list[Span] = []
    position = 0
    while match := _SINGLE_OPEN.search(text, position):
        position = match.end()
        close = _SINGLE_CLOSE.search(text, position)
        if close is None:
            break
        if not inside(match.span(), double):
            found.append((match.end(), close.start()))
            position = close.end()
    return found


def missing_quotations(text: str, cited: Cited) -> list[str]:
    """A reason for each quotation of `text` whose words do not stand in the cited sentences."""
    quotations = find_quotations(text)
    if not quotations:
        return []
    sources = [_plain(run) for run in cited.runs]
    sentences = [_plain(sentence) for sentence in cited.texts]
    reasons = []
    for quotation in quotations:
        if any(_position(_plain(quotation.text), source, 0) is not None for source in sources):
            continue
        reason = _check_pieces(quotation.text, sentences)
        if reason:
            reasons.append(f"the quotation “{quotation.text.strip()}” {reason}")
    return reasons


def _check_pieces(quotation: str, sentences: list[str]) -> str | None:
    """None where the pieces of a cut quotation stand in order in one sentence, else what is wrong."""
    quotation = _LETTER_INSERTION.sub(r"\1", quotation)
    pieces = [_plain(piece) for piece in _CUT.split(quotation)]
    cuts = [cut.strip() for cut in _CUT.findall(quotation)]
    if any(cut.startswith("[") and _NEGATION.search(fold(cut)) for cut in cuts):
        return "has a negation inserted in brackets"
    if not any(pieces):
        return None if cuts else "is not in the cited sentences"
    problem = "is not in the cited sentences"
    for sentence in sentences:
        found = _in_order(pieces, cuts, sentence)
        if found is None:
            return None
        problem = found or problem
    return problem


def _in_order(pieces: list[str], cuts: list[str], sentence: str) -> str | None:
    """None when every piece stands in `sentence` in order; "" when not; a reason if words left out matter."""
    position = 0
    for index, piece in enumerate(pieces):
        if not piece:
            continue
        found = _position(piece, sentence, position)
        if found is None:
            return ""
        left_out = sentence[position:found] if index and any(pieces[:index]) else ""
        if _NEGATION.search(left_out):
            return "leaves out a negation"
        if _CONDITION.search(left_out):
            return "leaves out a condition or a doubt"
        if _SUBORDINATE.search(left_out) and not _is_aside(left_out):
            return "leaves out who is spoken of"
        if left_out and cuts[index - 1].startswith("[") and len(left_out) > _LONGEST_REPLACEMENT:
            return ""
        position = found + len(piece)
    return None


def _is_aside(left_out: str) -> bool:
    """Whether words left out stand between marks of their own: ", which nobody had ordered,"."""
    return left_out.lstrip()[:1] in _ASIDE and left_out.rstrip()[-1:] in _ASIDE


def _plain(text: str) -> str:
    """Folded text without quotation marks, white space runs made one, outer stops off; a long dash parts
    words, a hyphen joins them."""
    text = _DOUBLE.sub(" ", fold(_LONG_DASH.sub(" - ", text))).replace("…", "...")
    text = re.sub(r"(?<!\w)'|'(?!\w)", " ", text)
    # No space before a stop that stood outside a mark: “ISIL“, said -> ISIL, said
    text = re.sub(r"\s+([.,;:!?])", r"\1", re.sub(r"\s+", " ", text))
    return text.strip(" .,;:-")


def _position(piece: str, source: str, start: int) -> int | None:
    """Where `piece` stands in `source` from `start` on as whole words; its first letter may change case."""
    if not piece:
        return start
    for first in dict.fromkeys((piece[0], piece[0].swapcase())):
        wanted = first + piece[1:]
        at = source.find(wanted, start)
        while at >= 0:
            end = at + len(wanted)
            if not (_goes_on(source, at) or _goes_on(source, end)):
                return at
            at = source.find(wanted, at + 1)
    return None


def _goes_on(source: str, at: int) -> bool:
    """Whether a word, a number or a compound goes on across `at`."""
    return _GOES_ON.search(f"{source[max(0, at - 2) : at]}\0{source[at : at + 2]}") is not None
