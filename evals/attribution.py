"""Who says what, measured on PolNeAR (not in this repository: pass the corpus' folder).

    python -m evals.attribution PATH/TO/polnear/dev

Relation: content overlaps by half (intersection over union of words) and the sources share a word, matched
one to one, best overlap first. Quotations: of annotated direct quotations with a source, the share whose
words we credit to the right source, to a wrong one, or to none. Words per second is the whole way, text to
resolved statements, on this machine.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from briefing.reading.quotations import quotation_spans
from briefing.reading.statements import find_statements
from briefing.types import Span
from training.polnear import read_split

_WORD = re.compile(r"[^\W_]+(?:[.'’\-&][^\W_]+)*")
Triple = tuple[frozenset[int], frozenset[int], frozenset[int]]


def word_sets(text: str, roles: Sequence[Sequence[Span]]) -> tuple[frozenset[int], ...]:
    """For each role the numbers of the words its spans touch."""
    words = [m.span() for m in _WORD.finditer(text)]
    return tuple(
        frozenset(i for i, (a, b) in enumerate(words) if any(a < end and b > start for start, end in spans))
        for spans in roles
    )


def relations(gold: Sequence[Triple], found: Sequence[Triple]) -> int:
    """How many of `found` match one of `gold`."""
    pairs = []
    for g, (gold_source, _, gold_content) in enumerate(gold):
        for f, (source, _, content) in enumerate(found):
            both = len(gold_content & content)
            if not both or both / len(gold_content | content) < 0.5:
                continue
            if (not gold_source and not source) or gold_source & source:
                pairs.append((-both / len(gold_content | content), g, f))
    used_gold: set[int] = set()
    used_found: set[int] = set()
    for _, g, f in sorted(pairs):
        if g not in used_gold and f not in used_found:
            used_gold.add(g)
            used_found.add(f)
    return len(used_gold)


def quotation_votes(gold: Sequence[Triple], found: Sequence[Triple], quoted: frozenset[int]) -> Iterator[str]:
    """For each annotated quotation with a source: "right", "wrong" or "missing", by most of its words."""
    owner: dict[int, frozenset[int]] = {}
    for source, _, content in found:
        for word in content:
            if not owner.get(word):
                owner[word] = source
    for source, _, content in gold:
        words = content & quoted
        if not source or not words:
            continue
        votes = Counter(
            "missing" if not owner.get(w) else ("right" if owner[w] & source else "wrong") for w in words
        )
        yield max(("missing", "wrong", "right"), key=lambda v: votes[v])


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("split", type=Path)
    split = parser.parse_args().split
    count: Counter[str] = Counter()
    seconds = 0.0
    for article, gold in read_split(split):
        began = time.perf_counter()
        statements = find_statements(article)
        seconds += time.perf_counter() - began
        text = article.text
        truth = [word_sets(text, (g.source, g.cue, g.content)) for g in gold]
        found = [word_sets(text, (s.source_spans, s.cue_spans, s.content_spans)) for s in statements]
        (quoted,) = word_sets(text, (quotation_spans(text),))
        count["words"] += len(text.split())
        count["gold"] += len(truth)
        count["found"] += len(found)
        count["matched"] += relations(truth, found)  # type: ignore[arg-type]
        count.update(quotation_votes(truth, found, quoted))  # type: ignore[arg-type]
    precision, recall = count["matched"] / count["found"], count["matched"] / count["gold"]
    quotations = count["right"] + count["wrong"] + count["missing"]
    figures = {
        "relation": {"p": precision, "r": recall, "f1": 2 * precision * recall / (precision + recall)},
        "quotations": {v: count[v] / quotations for v in ("right", "wrong", "missing")},
        "words_per_second": count["words"] / seconds,
    }
    json.dump(figures, sys.stdout, indent=1)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
