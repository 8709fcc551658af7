"""The one verifier. It sees one written sentence and the sentences it cites, nothing else.

Exact checks come first and each has a veto: is anything cited, do quotation marks hold words of the source,
do credit, numbers, days, names, negation and direction agree. Only then does the share of borne-out words
decide. Two of the checks can only guess (a speaker described in the writer's own words, a hedge worded
otherwise): they have their veto unless the model is sure of the meaning. The bar is the same for every writer
and never lowered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from briefing.checking.alignment import Cited, read_cited, without_marks
from briefing.checking.coverage import coverage
from briefing.checking.credit import (
    dropped_speaker,
    drops_credit,
    fitting_statements,
    is_of,
    lends_credit,
    verify_credit,
    wrong_speaker,
)
from briefing.checking.days import wrong_days
from briefing.checking.meaning import weigh
from briefing.checking.names import Aliases, find_names, wrong_names
from briefing.checking.neutrality import find_loaded
from briefing.checking.numbers import wrong_numbers
from briefing.checking.outlets import quotes_outlet
from briefing.checking.polarity import Turned, turned
from briefing.checking.quotations import find_quotations, missing_quotations, quoted_spans
from briefing.checking.roles import changed_places, moved_name, other_subject, turned_about
from briefing.checking.support import doubt, is_sure, share, too_little
from briefing.reading.words import find_words, fold
from briefing.sentences import split_sentences
from briefing.types import Citation, Sentence, Span, Statement, Verdict, VerdictLabel

# Each kind of failed check halves the score, so that more faults rank lower.
_FAULT = 0.5


class Credit(NamedTuple):
    """Whom a claim credits: the speaker, the party spoken for, both or neither."""

    speaker: str | None = None
    party: str | None = None


_NOBODY = Credit()


_PLACES = (changed_places, moved_name, other_subject)


def verify(text: str, sentences: Sequence[str | Sentence], *, aliases: Aliases | None = None) -> Verdict:
    """Judge one written sentence by the sentences it cites.

    `aliases` maps a name to the party it stands for ("Moscow" -> "Russia"), or None; it must not map people,
    who speak for a party but cannot stand for one another. `score` is 0..1, higher is better supported;
    a word-for-word copy of a cited sentence scores 1. Never raises on any text.
    """
    return _judge(text, read_cited(sentences), aliases)


def verify_claim(
    text: str,
    citations: Sequence[Citation],
    statements: Sequence[Statement],
    credit: Credit = _NOBODY,
    aliases: Aliases | None = None,
) -> Verdict:
    """`verify`, and that the credited speaker and party are those of a statement at the cited spans.

    `statements` may be all statements of the cited articles; only those whose content overlaps a citation
    count. The names that such a statement bears out need not stand in the cited sentences themselves
    (“he said”, resolved to Lavrov). A text that credits nobody must not repeat what somebody said as fact;
    one that quotes whole cited sentences as their outlet's leaves every credit in place. Loaded words are the
    source's or nobody's.
    """
    cited = {(c.article.id, s.start): s for c in citations for s in c.article.sentences_in(c.start, c.end)}
    sentences = [cited[key] for key in sorted(cited)]
    here = fitting_statements(text, [s for s in statements if any(_overlap(s, c) for c in citations)])
    quoted = quotes_outlet(text, citations)
    reason = _credit_fault(text, credit, here, None if quoted else sentences)
    if quoted and reason is None:
        return Verdict("supported", 1.0)
    known = here if reason is None and any(credit) else []
    source = read_cited(sentences, granted=" ".join(_who(statement) for statement in known))
    verdict = _judge(text, source, aliases)
    if known and verdict.supported:
        reason = _borrowed(text, (cited, source), credit, statements, aliases)
    loaded = _own_loaded(text, source)
    if loaded and verdict.supported:
        return Verdict("unsupported", verdict.score * _FAULT, tuple(loaded))
    if reason is None or verdict.label in ("uncited", "quotation not in source"):
        return verdict
    return Verdict("misattributed", verdict.score * _FAULT, tuple(dict.fromkeys((reason, *verdict.reasons))))


def _credit_fault(
    text: str, credit: Credit, statements: Sequence[Statement], sentences: Sequence[Sentence] | None
) -> str | None:
    """What is wrong with whom `text` credits; `sentences` is None where it quotes its outlet as such."""
    if any(credit):
        return verify_credit(credit.speaker, credit.party, statements)
    if sentences is None:
        return None
    return drops_credit(text, statements) or lends_credit(text, statements, [s.text for s in sentences])


def _borrowed(
    text: str,
    of: tuple[Mapping[tuple[str, int], Sentence], Cited],
    credit: Credit,
    statements: Sequence[Statement],
    aliases: Aliases | None,
) -> str | None:
    """A reason where `text` holds only by cited sentences in which somebody else speaks, or nobody.

    `of` are the cited sentences by article and start, and the same as they were read.
    """
    cited, source = of
    own = {
        (s.article.id, sentence.start)
        for s in statements
        if is_of(s, credit.speaker, credit.party)
        for sentence in s.sentences
    }
    theirs = [sentence for key, sentence in sorted(cited.items()) if key in own]
    if len(theirs) in (0, len(cited)):
        return None
    alone = _judge(text, replace(read_cited(theirs), granted=source.granted), aliases)
    who = credit.speaker or credit.party
    return None if alone.supported else f"what the cited sentences have {who} say does not bear this out"


def _overlap(statement: Statement, citation: Citation) -> bool:
    return statement.article.id == citation.article.id and any(
        start < citation.end and citation.start < end for start, end in statement.content_spans
    )


def _who(statement: Statement) -> str:
    names = (statement.speaker, statement.party, statement.affiliation, statement.mention)
    return " ".join(name for name in names if name)


def _judge(text: str, cited: Cited, aliases: Aliases | None) -> Verdict:
    if not any(source.strip() for source in cited.texts):
        return Verdict("uncited", 0.0, ("no sentence is cited",))
    if not find_words(text):
        return Verdict("unsupported", 0.0, ("the sentence has no words",))
    if _is_copy(text, cited):
        return Verdict("supported", 1.0)
    parts = [text[span.start : span.end] for span in split_sentences(text)]
    quoted = missing_quotations(text, cited)
    credit, credit_guesses = _credit_faults(text, cited, aliases)
    marked = quoted_spans(text)
    names = find_names(text, marked)
    strangers = wrong_names(names, cited, aliases)
    turns = [turned(find_words(without_marks(part)), cited) for part in parts]
    faults = [*_word_faults(text, turns, cited, marked), strangers, *_swaps(parts, cited, aliases)]
    faults = [fault for fault in faults if fault]
    # "Russia" is borne out by "Moscow": a name that was found under another name is no missing word.
    known = cited if strangers else cited.grant([word for name in names for word in name.asked])
    found = [coverage(part, known) for part in parts]
    wrong = [*quoted, *credit, *(reason for fault in faults for reason in fault)]
    votes = [] if wrong else [weigh(part, known) for part in parts]
    guesses = [*credit_guesses, *(reason for turn in turns for reason in turn.guessed)]
    if is_sure(votes):
        guesses = []
    blamed = bool(credit) or bool(credit_guesses and guesses)
    score = share([(c.near, c.asked) for c in found]) * doubt(votes)
    score *= _FAULT ** (len(faults) + bool(quoted) + bool(credit) + bool(guesses))
    reasons = tuple(dict.fromkeys([*wrong, *guesses] or too_little(found, votes, known)))
    if not reasons:
        return Verdict("supported", score)
    label: VerdictLabel = "misattributed" if blamed else "unsupported"
    return Verdict("quotation not in source" if quoted else label, score, reasons)


def _is_copy(text: str, cited: Cited) -> bool:
    """Whether `text` is one cited sentence, or several neighbours in a row, letter for letter."""
    plain = " ".join(fold(text).split())
    return any(plain == " ".join(fold(source).split()) for source in (*cited.texts, *cited.runs))


def _credit_faults(text: str, cited: Cited, aliases: Aliases | None) -> tuple[list[str], list[str]]:
    """Reasons and guesses, sentence by sentence; one that lies in a quotation of the text drops no credit."""
    whole = [(q.start - 1, q.end + 1) for q in find_quotations(text) if q.start and q.end < len(text)]
    reasons: list[str] = []
    guesses: list[str] = []
    for span in split_sentences(text):
        part = text[span.start : span.end]
        quoted = any(start <= span.start and span.end <= end + 1 for start, end in whole)
        wrong = wrong_speaker(part, cited, aliases)
        dropped = None if wrong or quoted else dropped_speaker(part, cited)
        if wrong:
            (guesses if wrong.guessed else reasons).append(wrong.reason)
        if dropped:
            reasons.append(dropped)
    return reasons, guesses


def _word_faults(text: str, turns: Sequence[Turned], cited: Cited, marked: Sequence[Span]) -> list[list[str]]:
    """One list of reasons for each kind of check, empty where it passes; `marked` are the quoted spans."""
    return [
        wrong_numbers(text, marked, cited),
        wrong_days(text, marked, cited),
        [reason for turn in turns for reason in turn.sure],
    ]


def _own_loaded(text: str, cited: Cited) -> list[str]:
    """Loaded words that the text brings in itself: "lied" where the source has "said"."""
    held = {word.stem for source in cited.texts for word in find_words(source)}
    loaded = [text[start:end] for start, end in find_loaded(text)]
    new = [w for w in loaded if not {word.stem for word in find_words(w)} <= held]
    return [f"the loaded word “{w}” is not in the cited sentences" for w in new]


def _swaps(parts: Sequence[str], cited: Cited, aliases: Aliases | None) -> list[list[str]]:
    reasons = (check(part, cited, aliases) for part in parts for check in _PLACES)
    turns = [turned_about(part, cited) for part in parts] if cited.few else []
    return [[reason for reason in reasons if reason], [reason for reason in turns if reason]]
