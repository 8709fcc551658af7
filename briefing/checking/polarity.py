"""Whether a written sentence and the sentences it leans on agree on "not", on "may" and on direction.

Only the word that a negation or a modal verb is about is asked of the other side: that keeps fair rewordings
apart from reversals.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from briefing.checking.alignment import Cited
from briefing.checking.coverage import synonyms
from briefing.reading.numbers import unit_stems
from briefing.reading.polarity import Marks, excluded_pairs, exclusions, is_negative, read_marks
from briefing.reading.words import Word, content_words, past_forms, reporting_stems, stem

_COMMENT = stem("comment")
_NO = frozenset("no not never declined refused declines refuses without".split())
_MOVING = frozenset(stem(w) for w in "go come enter leave".split())  # they stand for much else
_KEEP = stem("keep")
_KEEP_REACH = 6  # words up to "from"
_NEGATIVE_REACH = 5  # words
_JOINING = frozenset("and but while whereas although though".split())
_OWN = 3  # content words of a clause that a claim is about, and one less than that more than of any other
_UNSURE = frozenset(["possible", "open", "denial"])


class Turned(NamedTuple):
    """Reasons why a claim turns what the sentences it leans on say, and guesses: a hedge that the sentences
    word otherwise. These strike more fair rewordings by hand than false ones, none of which the checker model
    misses; of a "not" it knows too little."""

    sure: list[str]
    guessed: list[str]


def turned(claim: Sequence[Word], cited: Cited) -> Turned:
    """Whether `claim` turns what the sentences it leans on say: "not", "may", or an opposite word."""
    leaned = cited.leaned_on(claim)
    if not leaned:
        return Turned([], [])
    mine = read_marks(claim)
    theirs = [read_marks(cited.unmarked[index]) for index in leaned]
    reasons = _negation(claim, mine, theirs, cited) or _added_negation(mine, cited)
    hedges = _modality(claim, *(_settled(marks, cited.few) for marks in (mine, *theirs)))
    reasons += [*hedges.sure, *_silence(claim, leaned, cited), *_opposites(claim, leaned, cited)]
    return Turned(reasons, hedges.guessed)


def _negation(claim: Sequence[Word], mine: Marks, theirs: list[Marks], cited: Cited) -> list[str]:
    # "unless it is lifted", "out of flour": said with a word that is negative itself.
    few = cited.few
    ours = few and any(is_negative(word) for word in claim)
    reasons = []
    if any(one.folded == other.folded == "not" for one, other in pairwise(claim)):
        reasons.append("the cited sentences hold no “not not”")
    for word in content_words(claim):
        own = mine.negated.get(word.stem)
        said = set[int]().union(*(marks.negated.get(word.stem, set()) for marks in theirs))
        if not own or not said or own & said:
            continue
        if word.stem in mine.negated_heads:
            if not (few and any(_has_negative_near(words, word) for words in cited.words)):
                reasons.append(f"the cited sentences do not negate “{word.text}”")
        elif not ours and any(word.stem in marks.negated_heads for marks in theirs):
            reasons.append(f"the cited sentences negate “{word.text}”")
    return list(dict.fromkeys(reasons))


def _has_negative_near(words: Sequence[Word], word: Word) -> bool:
    """Whether a word that is negative itself stands near `word`: "out of flour"."""
    places = [at for at, other in enumerate(words) if other.stem == word.stem]
    negative = [at for at, other in enumerate(words) if is_negative(other)]
    return any(abs(at - other) <= _NEGATIVE_REACH for at in places for other in negative)


def _added_negation(mine: Marks, cited: Cited) -> list[str]:
    """A reason where nothing that the claim negates is negated anywhere in the cited sentences."""
    if not mine.negators:
        return []
    theirs = [read_marks(words) for words in cited.unmarked]
    negated = {word for marks in theirs for word, parities in marks.negated.items() if 1 in parities}
    heads = {head for head in mine.negated_heads if 1 in mine.negated[head]}
    if mine.negated_heads and not heads:
        return []  # a denied denial: each of the two is checked word by word
    heads |= {word for head in heads for word in synonyms().get(head, ())}
    few = cited.few
    if heads & negated or ((not heads or few) and any(marks.negators for marks in theirs)):
        return []
    # "unavailable", "refused": what is negative in itself may be put with a "not".
    negative = few and any(is_negative(word) for words in cited.words for word in words)
    return [] if negative else ["the cited sentences hold no such negation"]


def _settled(marks: Marks, few: bool) -> Marks:
    """The marks with what is aimed at ("telephoned to congratulate") taken as done, or as meant only where a
    whole article is cited: there the verb may be another sentence's."""
    told = "plain" if few else "to"
    modal = {
        stem_: {told if mode == "aim" else mode for mode in modes} for stem_, modes in marks.modal.items()
    }
    return replace(marks, modal=modal)


def _modality(claim: Sequence[Word], mine: Marks, *theirs: Marks) -> Turned:
    """At most one reason: one denial reaches over many words."""
    kinds = set[str]().union(*mine.modal.values()) - {"plain", "to"}
    for word in content_words(claim):
        own = mine.modal.get(word.stem)
        said = set[str]().union(*(marks.modal.get(word.stem, set()) for marks in theirs))
        if not own or not said or own & said or (said == {"to"} and not _is_past(word)) or own == {"to"}:
            continue
        if said & kinds or own == {"open"} or (said == {"open"} and kinds & _UNSURE):
            continue  # hedged as the source is, about another word of it
        if said == {"to"}:
            return Turned([f"the cited sentences do not state “{word.text}” as plain fact"], [])
        if any(word.stem in marks.modal_heads for marks in theirs):
            how = "as plain fact" if own == {"plain"} else "with that certainty"
            return Turned([f"the cited sentences do not state “{word.text}” {how}"], [])
        if word.stem in mine.modal_heads and "possible" in own:
            return Turned([], [f"the cited sentences do not hedge “{word.text}”"])
    return Turned([], [])


def _silence(claim: Sequence[Word], leaned: Sequence[int], cited: Cited) -> list[str]:
    """A reason where the claim lets somebody say what a sentence tells they had no comment on."""
    words = cited.words[leaned[0]]
    comments = any(word.stem == _COMMENT for word in claim)
    telling = [other for other in cited.words if any(word.stem == _COMMENT for word in other)]
    if comments and not _declines(claim) and telling and all(map(_declines, telling)):
        return ["the cited sentence tells of no comment"]
    if not _declines(words):
        return []
    says = reporting_stems("say", "deny") - {_COMMENT}
    spoken = comments or any(word.stem in says for word in words)
    said = any(word.stem in says for word in claim)
    return ["the cited sentence tells of no comment"] if said and not spoken else []


def _declines(words: Sequence[Word]) -> bool:
    """Whether a sentence tells of no comment: "had no comment", "declined to comment"."""
    return any(
        word.stem == _COMMENT and {w.folded for w in words[max(0, at - 3) : at]} & _NO
        for at, word in enumerate(words)
    )


def _same_side(word: Word) -> set[str]:
    """The stems that agree with a word in direction."""
    return {stem_ for side, _ in exclusions().get(word.stem, ()) for stem_ in side}


def _is_particle(claim: Sequence[Word], word: Word) -> bool:
    """Whether "up" or "down" goes with a verb ("lay down their arms") and tells no direction of a figure."""
    if word.folded not in ("up", "down"):
        return False
    after = claim[claim.index(word) + 1 :][:1]
    return not after or not (after[0].folded in ("from", "by", "to") or after[0].text[0].isdigit())


def _negated(word: Word, words: Sequence[Word]) -> bool:
    """Whether a word stands negated: "not clear" is "unclear"."""
    return 1 in read_marks(words).negated.get(word.stem, set())


def _keeps_from(claim: Sequence[Word], word: Word) -> bool:
    """Whether "keep" means "stop": "to keep the fire from reaching the village"."""
    at = claim.index(word)
    return word.stem == _KEEP and any(w.folded == "from" for w in claim[at : at + _KEEP_REACH])


def _is_past(word: Word) -> bool:
    """Whether the form of a word is a past tense: "showed", "struck"; "seen" may be no verb of its own."""
    return word.folded.endswith("ed") or word.folded in past_forms()


def _opposites(claim: Sequence[Word], leaned: Sequence[int], cited: Cited) -> list[str]:
    """Words of `claim` in whose place the sentence leaned on has an opposite.

    A word that another sentence leaned on as much has may belong to that one; where a whole article is cited,
    so may a word that stands anywhere in it.
    """
    few = cited.few
    held = {word.stem for index in leaned for word in cited.words[index]}
    if not few:
        held |= cited.stems
    whole = cited.words[leaned[0]]
    pairs = [
        (word, other)
        for word, other in excluded_pairs(claim, whole)
        if not (held & (synonyms().get(word.stem, frozenset()) | {word.stem}))
        and not (few and _same_side(word) & cited.stems)
    ]
    clause = _own_clause(claim, whole) if few else None
    pairs += excluded_pairs(claim, clause) if clause else []
    return [
        f"the cited sentences say “{other.text}”, not “{word.text}”"
        for word, other in dict.fromkeys(pairs)
        if word.stem not in _MOVING
        and not _keeps_from(claim, word)
        and not _is_particle(claim, word)
        and not (word.stem in unit_stems() and other.stem in unit_stems())
        and not (_negated(word, claim) or _negated(other, whole))
    ]


def _own_clause(claim: Sequence[Word], words: Sequence[Word]) -> Sequence[Word] | None:
    """The clause of a sentence that the claim is about, where it is about one alone: what another clause
    says of something else ("and Naimi said the airport was shut") is no word for it."""
    cuts = [at for at, word in enumerate(words) if at and word.opens and word.folded in _JOINING]
    clauses = [words[a:b] for a, b in pairwise([0, *cuts, len(words)])]
    wanted = {word.stem for word in content_words(claim)}
    shares = [len(wanted & {word.stem for word in content_words(clause)}) for clause in clauses]
    if len(clauses) == 1:
        return None
    second, best = sorted(shares)[-2:]
    return clauses[shares.index(best)] if best >= _OWN and best - second >= _OWN - 1 else None
