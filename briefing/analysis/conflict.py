"""How far two sentences cannot both hold, by word overlap and five signs of contradiction.

The signs follow de Marneffe, Rafferty and Manning 2008, "Finding contradictions in text": negation, antonyms,
numbers, and (for lack of a parse) what stands after a shared verb. Nothing here knows the world: the figure
ranks pairs for a reader, it does not decide.
"""

from __future__ import annotations

from collections.abc import Sequence

from briefing.reading.numbers import Number, find_numbers
from briefing.reading.polarity import Marks, excluded_pairs, read_marks
from briefing.reading.words import Word, content_words, find_words, reporting_stems

# How much each sign says when the two sentences are surely about one matter.
_REVERSED = 0.85  # one negates a word that the other states
_DENIED = 0.9  # one reports a denial, the other does not
_NUMBERS = 0.8  # different numbers of the same thing
_OPPOSITES = 0.7  # words that exclude each other: rose and fell, Monday and Tuesday, school and mosque
_OBJECTS = 0.6  # a shared verb is followed by different names or things
_DOUBTED = 0.55  # only one negates anything
# Shared content words from which two sentences are taken to be about one matter.
_ONE_MATTER = 2
# Other words in place of the same ones mean a conflict only where most of the rest is shared. (On pairs that
# merely share a topic opposites and objects are as frequent without a conflict as with one.)
_MOSTLY_SHARED = 0.4
_REPORTING = reporting_stems("say", "believe")


def conflict(claim_a: str, claim_b: str) -> float:
    """0 where nothing speaks against both holding, towards 1 the more does; symmetric.

    Two sentences without a common content word, and two equal ones, have 0.
    """
    one, other = _told(claim_a), _told(claim_b)
    shared = {word.stem for word in one} & {word.stem for word in other}
    if not shared or [word.stem for word in one] == [word.stem for word in other]:
        return 0.0
    doubt = 1.0
    # Independent signs add up as chances do; a single one is never certain.
    for sign in _signs(claim_a, claim_b, one, other):
        doubt *= 1.0 - sign
    return (1.0 - doubt) * (0.4 + 0.6 * min(1.0, len(shared) / _ONE_MATTER))


def _told(claim: str) -> list[Word]:
    return [word for word in content_words(find_words(claim)) if word.capital or word.stem not in _REPORTING]


def _signs(claim_a: str, claim_b: str, one: Sequence[Word], other: Sequence[Word]) -> list[float]:
    marks_a, marks_b = read_marks(find_words(claim_a)), read_marks(find_words(claim_b))
    signs = []
    if _reversed(marks_a, marks_b):
        signs.append(_REVERSED)
    elif _denies(one) != _denies(other):
        signs.append(_DENIED)
    elif bool(marks_a.negators) != bool(marks_b.negators):
        signs.append(_DOUBTED)
    if _other_numbers(find_numbers(claim_a), find_numbers(claim_b)):
        signs.append(_NUMBERS)
    if _mostly_shared(one, other):
        if excluded_pairs(one, other) or excluded_pairs(other, one):
            signs.append(_OPPOSITES)
        elif _other_objects(one, other):
            signs.append(_OBJECTS)
    return signs


def _mostly_shared(one: Sequence[Word], other: Sequence[Word]) -> bool:
    ours, theirs = {word.stem for word in one}, {word.stem for word in other}
    return len(ours & theirs) >= _MOSTLY_SHARED * min(len(ours), len(theirs))


def _reversed(one: Marks, other: Marks) -> bool:
    """Whether a word that one sentence is about negating stands unnegated in the other."""
    return any(
        head in theirs.negated and not theirs.negated[head] & mine.negated.get(head, {1})
        for mine, theirs in ((one, other), (other, one))
        for head in mine.negated_heads
    )


def _denies(words: Sequence[Word]) -> bool:
    denials = reporting_stems("deny")
    return any(word.stem in denials for word in words)


def _other_numbers(one: Sequence[Number], other: Sequence[Number]) -> bool:
    """Whether the two count the same thing differently; "at least 40" and "52" can both hold."""
    for mine in one:
        alike = [n for n in other if n.counted & mine.counted or (mine.unit and n.unit == mine.unit)]
        if alike and mine.value is not None and not any(_agree(mine, theirs) for theirs in alike):
            return True
    return False


def _agree(one: Number, other: Number) -> bool:
    if one.value is None or other.value is None or one.value == other.value:
        return True
    low, high = sorted((one, other), key=lambda number: number.value or 0.0)
    return low.hedge == "over" or high.hedge == "under"


def _other_objects(one: Sequence[Word], other: Sequence[Word]) -> bool:
    """Whether a word both have, after something both have, is followed by nothing that both have."""
    ours, theirs = [word.stem for word in one], [word.stem for word in other]
    common = set(ours) & set(theirs)
    for index, word in enumerate(one[:-1]):
        if word.stem not in common or word.capital:
            continue
        at = theirs.index(word.stem)
        after, after_other = _phrase(one[index + 1 :]), _phrase(other[at + 1 :])
        before = common & set(ours[:index]) & set(theirs[:at])
        if before and after_other and not after & after_other:
            return True
    return False


def _phrase(words: Sequence[Word]) -> set[str]:
    """The stems of the first words in one piece: "militia depots" of "militia depots in Velm"."""
    found: set[str] = set()
    end = words[0].start if words else 0
    for word in words:
        if found and word.start > end + 1:
            break
        found.add(word.stem)
        end = word.end
    return found
