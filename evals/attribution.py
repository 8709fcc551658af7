"""Who says what, measured on PolNeAR (not in this repository: pass the corpus' folder).

    python -m evals.attribution PATH/TO/polnear/dev

- relation: content overlaps by half (intersection over union of words) and the sources share a word, matched
  one to one, best overlap first. `core`: the same among reports only (a reporting verb in the cue or quoted
  words in the content).
- quotations: of annotated direct quotations with a source, the share whose words we credit to the right
  source, to a wrong one, or to none.
- sentence and source: F1 of (sentence, source) pairs over sentences that are attributed by half of their
words.
- spans: F1 of exact source, cue and content spans, in words.
- words per second: the whole way, text to resolved statements, on this machine.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefing.reading.attribution.quotations import quotation_spans
from briefing.reading.attribution.reporting import find_verb
from briefing.reading.attribution.tagger import ROLES
from briefing.reading.statements import find_statements
from briefing.types import Article, Span
from training.polnear import read_split

_WORD = re.compile(r"[^\W_]+(?:[.'’\-&][^\W_]+)*")
Words = frozenset[int]


@dataclass(frozen=True)
class Triple:
    """One attribution in numbers of words; `core` where it is a report."""

    source: Words
    cue: Words
    content: Words
    core: bool


class WordNumbers:
    """The words of a text by number."""

    def __init__(self, text: str) -> None:
        self._text = text
        places = [match.span() for match in _WORD.finditer(text)]
        self._starts = [start for start, _ in places]
        self._ends = [end for _, end in places]
        self.quoted = self.of(quotation_spans(text))

    def of(self, spans: Iterable[Span]) -> Words:
        """The words that `spans` touch."""
        found: set[int] = set()
        for start, end in spans:
            found.update(range(bisect_right(self._ends, start), bisect_left(self._starts, end)))
        return frozenset(found)

    def triples(self, roles: Iterable[tuple[Sequence[Span], ...]]) -> list[Triple]:
        """Attributions given as (source, cue, content) spans; those without words are left out."""
        found = []
        for source, cue, content in roles:
            words = self.of(content)
            verb = find_verb(" ".join(self._text[a:b] for a, b in cue))
            core = bool(words & self.quoted) or (verb is not None and verb.act != "believe")
            if words:
                found.append(Triple(self.of(source), self.of(cue), words, core))
        return found


def same_source(one: Triple, other: Triple) -> bool:
    return bool(one.source & other.source) or not (one.source or other.source)


def matches(gold: Sequence[Triple], found: Sequence[Triple]) -> list[tuple[int, int]]:
    """Pairs of numbers in `gold` and `found` that are the same relation, each used once."""
    pairs = []
    for g, truth in enumerate(gold):
        for f, guess in enumerate(found):
            both = len(truth.content & guess.content)
            overlap = both / len(truth.content | guess.content)
            if overlap >= 0.5 and same_source(truth, guess):
                pairs.append((-overlap, g, f))
    used_gold: set[int] = set()
    used_found: set[int] = set()
    chosen = []
    for _, g, f in sorted(pairs):
        if g not in used_gold and f not in used_found:
            used_gold.add(g)
            used_found.add(f)
            chosen.append((g, f))
    return chosen


def quotation_votes(gold: Sequence[Triple], found: Sequence[Triple], quoted: Words) -> Iterator[str]:
    """For each annotated quotation with a source: "right", "wrong" or "missing", by most of its words."""
    owner: dict[int, Words] = {}
    for guess in found:
        for word in guess.content:
            if not owner.get(word):
                owner[word] = guess.source
    for truth in gold:
        words = truth.content & quoted
        if not truth.source or not words:
            continue
        votes = Counter(
            "missing" if not owner.get(w) else ("right" if owner[w] & truth.source else "wrong")
            for w in words
        )
        yield max(("missing", "wrong", "right"), key=lambda v: votes[v])


def _dominant(triples: Sequence[Triple], sentence: Words) -> Triple | None:
    """Whose content most of an attributed sentence is; None where less than half of it is anybody's."""
    content = frozenset().union(*(t.content for t in triples)) & sentence
    rest = sentence - (frozenset().union(*(t.source | t.cue for t in triples)) - content)
    if len(content) < 2 or 2 * len(content) < len(rest):
        return None
    return max(triples, key=lambda t: len(t.content & sentence))


def count_article(article: Article, roles: dict[str, Iterable[tuple[Sequence[Span], ...]]]) -> Counter[str]:
    """What there is to count in one article; `roles` holds the spans of "gold" and of "found"."""
    words = WordNumbers(article.text)
    gold, found = words.triples(roles["gold"]), words.triples(roles["found"])
    count: Counter[str] = Counter(quotation_votes(gold, found, words.quoted))
    matched = matches(gold, found)
    count.update({"relation gold": len(gold), "relation found": len(found)})
    count.update({"relation right": len(matched), "relation right found": len(matched)})
    for name, triples, hits in (
        ("gold", gold, {g for g, _ in matched}),
        ("found", found, {f for _, f in matched}),
    ):
        core = {n for n, t in enumerate(triples) if t.core}
        count[f"core {name}"] += len(core)
        count["core right" if name == "gold" else "core right found"] += len(core & hits)
    for sentence in article.sentences:
        inside = words.of([(sentence.start, sentence.end)])
        truth, guess = _dominant(gold, inside), _dominant(found, inside)
        count["sentence gold"] += truth is not None
        count["sentence found"] += guess is not None
        right = int(truth is not None and guess is not None and same_source(truth, guess))
        count.update({"sentence right": right, "sentence right found": right})
    for at, role in enumerate(ROLES):
        spans = {
            name: {w for r in roles[name] for s in r[at] if (w := words.of([s]))}
            for name in ("gold", "found")
        }
        both = len(spans["gold"] & spans["found"])
        count.update({f"{role} {name}": len(held) for name, held in spans.items()})
        count.update({f"{role} right": both, f"{role} right found": both})
    return count


def f1(count: Counter[str], name: str) -> dict[str, float]:
    """Precision, recall and F1 in per cent."""
    precision = count[f"{name} right found"] / max(count[f"{name} found"], 1)
    recall = count[f"{name} right"] / max(count[f"{name} gold"], 1)
    both = 2 * precision * recall / max(precision + recall, 1e-9)
    return {"p": round(100 * precision, 1), "r": round(100 * recall, 1), "f1": round(100 * both, 1)}


def measure(split: Path) -> dict[str, Any]:
    """All figures on one split."""
    count: Counter[str] = Counter()
    seconds = 0.0
    for article, gold in read_split(split):
        began = time.perf_counter()
        statements = find_statements(article)
        seconds += time.perf_counter() - began
        count["words"] += len(article.text.split())
        count += count_article(
            article,
            {
                "gold": [(g.source, g.cue, g.content) for g in gold],
                "found": [(s.source_spans, s.cue_spans, s.content_spans) for s in statements],
            },
        )
    quotations = sum(count[vote] for vote in ("right", "wrong", "missing"))
    return {
        "relation": f1(count, "relation"),
        "relation, reports only": f1(count, "core"),
        "quotations": {v: round(100 * count[v] / quotations, 1) for v in ("right", "wrong", "missing")},
        "sentence and source": f1(count, "sentence"),
        "exact spans": {role: f1(count, role)["f1"] for role in ROLES},
        "words per second": round(count["words"] / seconds),
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("split", type=Path)
    json.dump(measure(parser.parse_args().split), sys.stdout, indent=1)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
