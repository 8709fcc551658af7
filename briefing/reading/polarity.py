"""What a sentence says "not" of, what it says "may" of, and words that exclude each other.

Negation and modality reach over the next few content words of their clause. The first of them, the word they
are about, is their head.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from briefing.reading.words import Word, read_lines, reporting_stems, stem, stopwords

_NEGATORS = frozenset("not never cannot without neither nor none nobody nothing no hardly barely".split())
_AFTER_VERB = frozenset("no none nothing nobody neither".split())
_NOT_AFTER_NO = frozenset("doubt matter".split())
_LIMITS = frozenset("later more fewer less".split())  # "no later than Friday"
_NOT_AFTER_NOT = frozenset("only just merely simply least".split())
_FAILING = frozenset(stem(word) for word in "fail refuse decline unable yet".split())
_DISPUTE = stem("dispute")
_TURNING_DOWN = frozenset(stem(word) for word in "reject dismiss".split())
_SAID_THINGS = frozenset(
    stem(word)
    for word in """claim claims charge charges accusation accusations allegation allegations report reports
    suggestion notion complaint criticism account idea assertion rumour rumours rumor statement""".split()
)
_WEIGHING = frozenset(stem(word) for word in "consider threaten discuss weigh contemplate".split())
_NEGATIVE = frozenset(
    stem(word)
    for word in """refuse refusal reject rejection decline fail failure deny denial bar ban block prevent
    stop halt unless except lack absence absent isolate miss avoid yield impossible idle closed""".split()
)
_NOT_REACH = 4
_DENIAL_REACH = 9
_MODALS = {
    **dict.fromkeys(
        """may might can could possibly perhaps maybe reportedly allegedly apparently potentially probably
        likely seemingly purportedly supposedly alleged suspected purported""".split(),
        "possible",
    ),
    **dict.fromkeys("will would shall".split(), "future"),
    **dict.fromkeys("must should ought".split(), "duty"),
}
_SEEMING = frozenset(stem(word) for word in "appear seem possible purport".split())
_ADVERBS = frozenset("soon later eventually well probably likely possibly".split())
_REACH = 3
# "began to", "managed to", "was forced to": what follows happened.
_DONE = frozenset(
    stem(w) for w in "begin start continue manage help go come use able proceed force return".split()
)
# What follows was wanted, asked for, planned or tried, and may not have happened.
_WANTING = frozenset(
    stem(w)
    for w in """press urge ask plan want call order tell refuse threaten hope agree offer promise vow consider
    demand propose intend prepare try attempt seek wait expect invite instruct encourage warn advise pledge
    decide ready willing able likely due set need fail decline require force allow authorise
    authorize""".split()
)
_GOVERNOR_REACH = 3


@dataclass
class Marks:
    """Of each stem: the parities of negation and the modes in which it stands. The heads are the words that a
    negator or a modal word is about."""

    negated: dict[str, set[int]]
    modal: dict[str, set[str]]
    negated_heads: set[str]
    modal_heads: set[str]
    negators: int = 0


@dataclass
class _Reach:
    """One mark on its way over the words after it."""

    kind: str
    left: int
    fresh: bool = True


def read_marks(words: Sequence[Word]) -> Marks:
    """Follow every negator and modal word of one sentence over the words that it reaches."""
    marks = Marks({}, {}, set(), set())
    active: list[_Reach] = []
    for index, word in enumerate(words):
        if word.opens:
            # ", calling it …" goes on to something else; other clauses are still part of what is denied.
            goes_on = word.folded.endswith("ing")
            active = [reach for reach in active if reach.kind == "denial" and not goes_on]
        if index and words[index - 1].folded in ("and", "but") and word.stem in reporting_stems("say"):
            active = []  # "denied that others were chosen and said …": what is said is not denied
        if (
            word.opens
            and word.folded == "and"
            and index + 1 < len(words)
            and words[index + 1].folded != "that"
        ):
            active = []  # ", and the government has …": a clause of its own
        started = _mark(words, index)
        if word.folded not in stopwords() and word.folded not in _NEGATORS and word.folded not in _MODALS:
            _pass_over(word, active, marks, _unmarked_mode(words, index))
        if started is not None:
            marks.negators += started.kind in ("not", "denial")
            if word.folded in _AFTER_VERB and index and not word.opens:
                # "found no evidence" says as much of "found" as "did not find evidence".
                marks.negated.setdefault(words[index - 1].stem, set()).add(1)
            if started.kind == "not" and word.stem not in _FAILING:
                # "did not aim and would not apologise": two denials side by side, not one of the other.
                active = [reach for reach in active if reach.kind != "not" or reach.fresh]
            active.append(started)
        active = [reach for reach in active if reach.left > 0]
    return marks


def _unmarked_mode(words: Sequence[Word], index: int) -> str:
    """ "to" for a verb that is only wanted, asked or meant ("pressed Moscow to show"), "aim" for another
    infinitive ("telephoned to congratulate"), else "plain"."""
    if not index or words[index - 1].folded != "to":
        return "plain"
    before = words[max(0, index - 1 - _GOVERNOR_REACH) : index - 1]
    if any(word.stem in _DONE for word in before):
        return "plain"
    return "to" if any(word.stem in _WANTING for word in before) else "aim"


def _pass_over(word: Word, active: list[_Reach], marks: Marks, unmarked: str) -> None:
    """Note what reaches over `word`, or else its `unmarked` mode."""
    negations = sum(reach.kind in ("not", "denial") for reach in active)
    marks.negated.setdefault(word.stem, set()).add(negations % 2)
    modes = {reach.kind for reach in active} - {"not"}
    marks.modal.setdefault(word.stem, set()).update(modes or {unmarked})
    if word.folded in _ADVERBS or word.folded.endswith("ly"):
        return
    for reach in active:
        # All that is denied is in doubt, not only the word that follows the denial.
        if reach.fresh or reach.kind == "denial":
            (marks.negated_heads if reach.kind == "not" else marks.modal_heads).add(word.stem)
        reach.fresh = False
        reach.left -= 1


def _mark(words: Sequence[Word], index: int) -> _Reach | None:
    word = words[index]
    name = word.folded
    after = words[index + 1].folded if index + 1 < len(words) else ""
    if name.endswith("n't") or (name == "t" and index and words[index - 1].folded.endswith("n")):
        return _Reach("not", _NOT_REACH)
    if name in _NEGATORS:
        skip = _NOT_AFTER_NOT if name == "not" else _NOT_AFTER_NO if name == "no" else frozenset[str]()
        limit = name in ("no", "not") and after in _LIMITS
        number = name == "no" and after.isdigit()
        return None if after in skip or limit or number else _Reach("not", _NOT_REACH)
    noun = word.stem == _DISPUTE and not name.endswith("ed")  # "a tariff dispute"
    noun = noun or (word.stem in _TURNING_DOWN and not _of_a_saying(words, index))
    if (word.stem in reporting_stems("deny") and not noun) or (word.stem == "rule" and after == "out"):
        return _Reach("denial", _DENIAL_REACH)
    if (word.stem in _FAILING and after == "to") or word.stem == "lack":
        return _Reach("not", _NOT_REACH)
    if _leaves_open(words, index):
        return _Reach("open", _DENIAL_REACH)
    kind = "possible" if word.stem in _SEEMING else _MODALS.get(name)
    if kind is None or (name == "may" and word.capital and index) or (name == "could" and after == "not"):
        return None  # "he could not rule it out" is what "I cannot" becomes
    return _Reach(kind, _REACH)


def _of_a_saying(words: Sequence[Word], index: int) -> bool:
    """Whether what is rejected is something said: a claim, not a pay rise."""
    return any(word.folded == "that" or word.stem in _SAID_THINGS for word in words[index + 1 : index + 6])


def is_negative(word: Word) -> bool:
    """Whether a word says no by itself: "unavailable", "refused", "refusal"."""
    return word.stem in _NEGATIVE or (word.folded.startswith(("un", "non", "dis")) and len(word.folded) > 5)


def _leaves_open(words: Sequence[Word], index: int) -> bool:
    """Whether what follows is left open: "is considering whether to", "signs that", "pointed to"."""
    word = words[index]
    before = words[index - 1].folded if index else ""
    after = words[index + 1].folded if index + 1 < len(words) else ""
    return (
        word.folded in ("whether", "possibility")
        or (word.stem in _WEIGHING and word.folded.endswith("ing"))
        or (word.folded in ("thought", "believed", "understood") and after == "to")
        or (word.folded in ("signs", "indications") and after in ("that", "of"))
        or (word.folded in ("pointed", "points", "pointing") and after == "to")
        or (word.folded == "early" and before == "too" and after == "to")
    )


@cache
def exclusions() -> dict[str, list[tuple[frozenset[str], frozenset[str]]]]:
    """Stem -> (its side, the stems it excludes) for each line of `data/antonyms.txt` that has it."""
    table: dict[str, list[tuple[frozenset[str], frozenset[str]]]] = {}
    for line in read_lines("antonyms.txt"):
        sides = [frozenset(stem(word) for word in side.split()) for side in " ".join(line).split("|")]
        every = frozenset[str]().union(*sides)
        for side in sides:
            for word in side:
                table.setdefault(word, []).append((side, every - side))
    return table


def excluded_pairs(one: Sequence[Word], other: Sequence[Word]) -> list[tuple[Word, Word]]:
    """Pairs of words, one from each side and neither on both, that exclude each other."""
    ours, theirs = {w.stem: w for w in one}, {w.stem: w for w in other}
    pairs = []
    for mark, word in ours.items():
        if mark in theirs:
            continue
        for side, against in exclusions().get(mark, ()):
            if side & theirs.keys():
                break
            hits = sorted(against & theirs.keys() - ours.keys())
            pairs += [(word, theirs[hit]) for hit in hits[:1]]
        else:
            bare = _prefix_partner(mark, theirs)
            if bare is not None and bare.stem not in ours:
                pairs.append((word, bare))
    return pairs


def _prefix_partner(mark: str, theirs: dict[str, Word]) -> Word | None:
    """The word that differs by un-, non-, dis-, in- or im- alone."""
    for prefix in ("un", "non", "dis", "in", "im"):
        bare = mark[len(prefix) :] if mark.startswith(prefix) else mark
        partner = theirs.get(prefix + mark) or (theirs.get(bare) if bare != mark else None)
        if partner is not None and len(mark) > 4 and len(partner.stem) > 4:
            return partner
    return None
