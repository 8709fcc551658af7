"""Plain wording of what somebody said: the same verbs for every side, the source's words for the rest.

Our own part is the speaker, a verb and a mark or two; the content is the source's, to the letter, so that a
reader can lay the line beside the sentence it cites.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefing.reading.attribution.quotations import quotation_spans
from briefing.reading.attribution.reporting import find_verb, reporting_verbs
from briefing.types import Span, Statement

_MARKS = '“”"„«»'
_FEWEST_QUOTED = 4  # words; a shorter quotation is a phrase and needs its sentence around it
_PRONOUNS = frozenset("he she they it we i you who which that".split())
# A first word that is only capitalised because it opens a sentence.
_SMALL = frozenset(
    """the a an this that these those there it its they their he his she her we our you your i'm in on at by
    for from with under after before since while when if as and but so no not nothing all some many most both
    one two three four five six seven eight nine ten every each any more today such what who how why where
    its military warplanes aircraft""".split()
)
_CONJUNCTION = re.compile(r"^(?:But|And|Yet|So|However|Meanwhile|Still),?\s+(?=\S)")
# A finite verb somewhere: what "X said" may be followed by. Without one the content is a noun phrase.
_FINITE = re.compile(
    r"(?<![-\w])(?:is|are|was|were|am|has|have|had|will|would|can|could|may|might|must|should|shall|do|does|did|"
    r"isn['’]t|wasn['’]t|won['’]t|['’](?:s|re|ve|ll|d)|came|went|took|made|began|got|gave|found|left|lost|kept|hit|"
    r"struck|fell|rose|saw|said|told|knew|thought|became|held|led|met|needs?|wants?|seeks?|supports?|"
    r"[a-z]{3,}ed)\b"
)
# "(what Moscow said) were IS positions": the clause has its subject elsewhere.
_NO_SUBJECT = re.compile(r"(?:was|were|is|are|had|has|have|would|will|could|did|does)\b")
# "in support of", "its demand for": nouns, though the list has them as verbs.
_NOUN_LIKE = frozenset("support demand request appeal claim call claims calls demands appeals".split())
_SUPPOSED = re.compile(
    r"\b(?:will|would|could|may|might|must|should|can|cannot|to|not|never|yet|if|expected|seemed?|\w+n['’]t)\b",
    re.IGNORECASE,
)
_BEFORE_CUE = re.compile(
    r"\b(?:to|will|would|could|may|might|must|should|can|cannot|not|never|\w+n['’]t)\s*$"
    r"|\b(?:if|unless|whether|until)\b[^,]*$",
    re.IGNORECASE,
)
_DAY_REACH = 14  # characters behind speaker and verb: ", on Thursday"
_DAY = re.compile(
    r"\b(?:(?:on|late|early|last)\s+)?(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b"
)


def speaker_words(statement: Statement) -> str:
    """How the line names its speaker: as the source does, or by the name a pronoun was resolved to."""
    written = _tidy(statement.mention)
    mention = re.split(r",? (?:who|which|whose)\b", written)[0].strip(" ,")
    if not mention or mention.lower() in _PRONOUNS or re.match(r"(?:who|which)\b", mention):
        nobody = "An unnamed official" if statement.status == "unnamed official" else "An unnamed speaker"
        return statement.speaker or nobody
    if statement.speaker and _adds_a_name(statement.speaker, mention):
        return statement.speaker
    # "Maria Lopez, a teacher in Caracas, said": what a comma opened a comma closes.
    closes = "," in mention and written.endswith(",")
    return mention[0].upper() + mention[1:] + ("," if closes else "")


def is_told_before_cue(statement: Statement) -> bool:
    """Whether the content stands before its cue: "“…”, he said"."""
    return bool(statement.cue_spans) and statement.content_spans[0][0] < statement.cue_spans[0][0]


def _adds_a_name(speaker: str, mention: str) -> bool:
    return len(mention.split()) == 1 and speaker != mention and mention in speaker.split()


def word_statement(statements: Sequence[Statement]) -> str:
    """One sentence for statements of one source in one sentence of an article, in their order.

    Returns "" where no plain sentence can be made; the caller then shows the source's sentence.
    """
    first = statements[0]
    who = speaker_words(first)
    if any(len(_same_sentence(s)) < len(s.content_spans) and s.kind != "direct" for s in statements):
        return ""
    if len(statements) == 1 and first.kind == "direct":
        if first.act not in ("say", "deny") or len(first.content.split()) < _FEWEST_QUOTED:
            return ""
        return _stop(f"{who} said{_day(first)}: {_quoted(first)}")
    opening = _verb_phrase(first)
    if not opening:
        return ""
    said = _content(statements)
    if _NO_SUBJECT.match(said) or said.lower() in _PRONOUNS:
        return ""
    if opening == "said" and not said.startswith("that ") and not _FINITE.search(said):
        return ""
    if opening == "said" and _is_quotation(said):
        return _stop(f"{who} said{_day(first)}: {said}") if said[-1] in _MARKS else ""
    day = _day(first)
    return _stop(f"{who} said{day} {said}" if opening == "said" else f"{who}{day} {opening} {said}")


def _same_sentence(statement: Statement) -> list[Span]:
    """The content spans that stand in the sentence of the cue; the rest may be somebody else's."""
    if not statement.cue_spans:
        return list(statement.content_spans)
    home = statement.article.sentence_at(statement.cue_spans[0][0])
    return [s for s in statement.content_spans if home.start <= s[0] < home.end]


def _quoted(statement: Statement) -> str:
    text = statement.article.text
    parts = [_tidy(text[a:b]).strip(_MARKS + " ").rstrip(",") for a, b in statement.content_spans]
    return " … ".join(f"“{_inner(part)}”" for part in parts if part)


def _inner(text: str) -> str:
    """Quotation marks inside a quotation become single ones."""
    return re.sub(r"[“”\"„«»]", "’", re.sub(r"(?<!\w)[“\"„«](?=\w)", "‘", text))


def _verb_phrase(statement: Statement) -> str:
    """The verb our line uses: "said" for every verb of saying, else the plain past of the source's verb."""
    cue = statement.cue
    verb = find_verb(cue)
    declined = statement.stance == "no comment" and cue.lower().startswith(("refuse", "decline"))
    if (_SUPPOSED.search(cue) and not declined) or _supposed_before(statement):
        return ""
    if verb is None:
        return "said" if statement.kind in ("direct", "mixed") and not cue else ""
    if verb.act == "say":
        # "Had no comment on whether" is no "said whether": only the source's sentence says it rightly.
        return "" if statement.stance == "no comment" else "said"
    words = cue.split()
    forms = reporting_verbs()
    at = next((i for i, w in enumerate(words) if forms.get(w.lower().strip(",.")) == verb), None)
    if at is None or verb.act in ("decline", "believe"):
        return re.sub(_DAY, "", cue).strip(" ,") if at is not None else ""
    rest = [w for w in words[at + 1 :] if not _DAY.search(w) and w.lower() != "on"]
    if rest[:1] in (["of"], ["for"]) and words[at].lower() in _NOUN_LIKE:
        return ""
    return " ".join([verb.past, *rest])


def _supposed_before(statement: Statement) -> bool:
    """Whether what stands before the cue makes the saying itself wished for, doubted or future: "to show",
    "will say", "if Moscow denies". Only the source's sentence says that rightly."""
    if not statement.cue_spans:
        return False
    text, start = statement.article.text, statement.cue_spans[0][0]
    home = statement.article.sentence_at(start)
    return bool(_BEFORE_CUE.search(text[home.start : start]))


def _content(statements: Sequence[Statement]) -> str:
    """What is said, from the first content to the last, with the verbs in between made plain."""
    text = statements[0].article.text
    pieces: list[str] = []
    end: int | None = None
    for statement in statements:
        start = statement.content_spans[0][0]
        if end is not None:
            pieces.append(_plain_between(text, end, start, statement))
        pieces.append(_spans_text(text, statement.content_spans))
        end = statement.content_spans[-1][1]
    said = _tidy("".join(pieces)).rstrip(",.; ")
    said = _CONJUNCTION.sub("", said)
    said = _balance(said)
    first = said.split(" ", 1)[0] if said else ""
    if (
        first not in ("I", "")
        and first[0].isalpha()
        and (first.lower() in _SMALL or re.search(rf"\b{re.escape(first.lower())}\b", text))
    ):
        said = first.lower() + said[len(first) :]
    return said


def _spans_text(text: str, spans: Sequence[Span]) -> str:
    out = ""
    end: int | None = None
    for a, b in spans:
        if end is not None:
            out += " " if a - end <= 2 else " … "
        out += text[a:b]
        end = b
    return out


def _plain_between(text: str, end: int, start: int, statement: Statement) -> str:
    """The words between two contents of one sentence, the cue among them put plainly."""
    gap = text[end:start]
    verb = find_verb(statement.cue)
    if verb is not None and verb.act == "say" and len(statement.cue_spans) == 1:
        a, b = statement.cue_spans[0]
        if end <= a and b <= start:
            plain = "saying" if statement.cue.lower().endswith("ing") else "said"
            return text[end:a] + plain + text[b:start]
    return gap


def _is_quotation(said: str) -> bool:
    return bool(said) and said[0] in _MARKS


def _balance(said: str) -> str:
    """Adds the quotation mark that a span's edge cut off."""
    opened = quotation_spans(said)
    if opened and opened[-1][1] == len(said):
        return said + "”"
    if said.count("”") == 1 and not any(mark in said for mark in '“"„«'):
        return "“" + said
    return said


def _day(statement: Statement) -> str:
    """ " on Thursday" when the article names the day of saying between its speaker and what was said."""
    if not statement.source_spans or not statement.cue_spans:
        return ""
    text = statement.article.text
    start = min(statement.source_spans[0][0], statement.cue_spans[0][0])
    end = max(statement.source_spans[-1][1], statement.cue_spans[-1][1])
    content = statement.content_spans
    last = max((sentence.end for sentence in statement.sentences), default=len(text))
    region = text[start : min(last, end + _DAY_REACH)]
    match = _DAY.search(region)
    if match is None:
        return ""
    a, b = start + match.start(), start + match.end()
    if any(s < b and e > a for s, e in content):
        return ""
    day = match.group()
    return f" {day}" if day.startswith(("on ", "late ", "early ", "last ")) else f" on {day}"


def _tidy(text: str) -> str:
    return " ".join(text.split())


def _stop(sentence: str) -> str:
    """Ends a sentence with one full stop, outside a closing mark unless the quotation has its own."""
    bare = sentence.rstrip()
    if bare[-1] in ".!?…" or (bare[-1] in _MARKS and len(bare) > 1 and bare[-2] in ".!?…"):
        return bare
    return bare + "."
