"""Whether words and meaning of a line are borne out: what decides where all exact checks have passed."""

from __future__ import annotations

import math
from collections.abc import Sequence

from briefing.checking.alignment import Cited
from briefing.checking.coverage import Coverage
from briefing.checking.meaning import Meaning

# Summaries of news with small errors planted (SummEdits, half of the news part): a bar of 0.7 accepts 78 %
# of the true ones and rejects 60 % of the false, 0.8 accepts 68 % and rejects 65 %. A true line that is
# refused is shown in the source's words instead; a false one that passes is not mended: so the higher bar.
_COVERAGE_BAR = 0.8
# Where the model is sure that the meaning is borne out, words that are not the source's are rewording.
_LEAST_COVERAGE = 0.4
_SURE, _DOUBTED = -0.3, -3.0  # log-probabilities that all holds: .74 and .05
_WEIGHT = 0.1  # of the model’s doubt in the score
_MOST_NAMED = 4
_LONGEST_ADDITION = 2  # three words in a row that no source has are an added fact


def doubt(votes: Sequence[Meaning]) -> float:
    """What the score is multiplied by: 1 where the model is sure that all holds, down to 0.9."""
    least = min((vote.log_holds for vote in votes), default=0.0)
    return math.exp(_WEIGHT * math.tanh(least / 4))


def _holds(votes: Sequence[Meaning]) -> bool:
    return bool(votes) and all(vote.log_holds >= _SURE for vote in votes)


def is_sure(votes: Sequence[Meaning]) -> bool:
    """Whether the model has read every sentence and is sure of each; of a few words it knows nothing."""
    return _holds(votes) and all(vote.log_holds < 0.0 for vote in votes)


def too_little(found: Sequence[Coverage], votes: Sequence[Meaning], cited: Cited) -> list[str]:
    """Reasons why words or meaning are not borne out, where all exact checks have passed.

    Of a whole article, three sentences say too little for the model to have a veto.
    """
    few = cited.few
    sure = _holds(votes)
    doubtful = [v for v in votes if few and v.log_holds < _DOUBTED]
    words = list(dict.fromkeys(word for vote in doubtful for word in vote.doubtful))
    reasons = [f"the cited sentences do not bear out “{' … '.join(words[:_MOST_NAMED])}”"] if words else []
    if doubtful and not words:
        reasons.append("the cited sentences do not bear this out as it is put")
    added = [" ".join(word.text for word in c.addition) for c in found if len(c.addition) > _LONGEST_ADDITION]
    held = share([(c.held, c.asked) for c in found])
    if not sure or held < _LEAST_COVERAGE:
        reasons += [f"nothing in the cited sentences bears out “{words}”" for words in added]
    if held < (_LEAST_COVERAGE if sure else _COVERAGE_BAR):
        reasons.append(f"only {held:.0%} of its words are borne out by the cited sentences")
    return reasons


def share(counts: Sequence[tuple[int, int]]) -> float:
    """The share of the first in the second counts, 1 where there are none."""
    asked = sum(total for _, total in counts)
    return sum(part for part, _ in counts) / asked if asked else 1.0
