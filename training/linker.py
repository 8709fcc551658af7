"""Trains the linker's two logistic models on PolNeAR and writes briefing/models/linker.json.

    python -m training.linker PATH/TO/polnear [--out briefing/models/linker.json]

Needs scipy (`training` dependency group). Deterministic: L-BFGS from zero, L2 = 1, features seen three times.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from briefing.reading.attribution.document import Document, read_document
from briefing.reading.attribution.linker import Linker
from briefing.reading.attribution.tagger import Role, TaggedSpans
from briefing.types import Span
from training.polnear import GoldAttribution, read_split

_L2 = 1.0
_SEEN_AT_LEAST = 3


def gold_spans(
    document: Document, gold: Sequence[GoldAttribution]
) -> tuple[TaggedSpans, dict[tuple[Role, Span], set[int]]]:
    """The annotated spans in tokens, and which attributions each of them belongs to."""
    owners: dict[tuple[Role, Span], set[int]] = {}
    for number, attribution in enumerate(gold):
        roles: tuple[tuple[Role, tuple[Span, ...]], ...] = (
            ("source", attribution.source),
            ("cue", attribution.cue),
            ("content", attribution.content),
        )
        for role, spans in roles:
            for start, end in spans:
                tokens = document.token_range(start, end)
                if tokens[1] > tokens[0]:
                    owners.setdefault((role, tokens), set()).add(number)
    by_role: dict[Role, list[Span]] = {"source": [], "cue": [], "content": []}
    for role, place in owners:
        by_role[role].append(place)
    spans_found = TaggedSpans(*(tuple(sorted(by_role[r])) for r in ("source", "cue", "content")))
    return spans_found, owners


def examples(folder: Path, role: Role) -> tuple[list[list[str]], list[bool]]:
    """One row of features for each candidate (cue, span) pair, and whether they belong together."""
    rows: list[list[str]] = []
    labels: list[bool] = []
    for article, gold in read_split(folder):
        document = read_document(article)
        spans, owners = gold_spans(document, gold)
        linker = Linker(document, spans)
        for span in spans.source if role == "source" else spans.content:
            for cue in linker.candidates(span, role):
                rows.append(linker.features(cue, span, role))
                labels.append(bool(owners[("cue", cue)] & owners[(role, span)]))
    return rows, labels


def fit(rows: Sequence[Sequence[str]], labels: Sequence[bool]) -> dict[str, float]:
    """L2-regularised logistic regression; features in alphabetical order, weights to five decimals."""
    from scipy.optimize import minimize
    from scipy.sparse import csr_matrix

    seen = Counter(feature for row in rows for feature in row)
    names = sorted(feature for feature, count in seen.items() if count >= _SEEN_AT_LEAST)
    column = {feature: i for i, feature in enumerate(names)}
    cells = [(i, column[f]) for i, row in enumerate(rows) for f in row if f in column]
    at = np.array(cells)
    matrix = csr_matrix((np.ones(len(cells)), (at[:, 0], at[:, 1])), shape=(len(rows), len(names)))
    truth = np.array(labels, float)

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        margin = matrix @ weights
        chance = 1 / (1 + np.exp(-margin))
        value = float(np.sum(np.logaddexp(0, margin) - truth * margin) + _L2 / 2 * weights @ weights)
        return value, matrix.T @ (chance - truth) + _L2 * weights

    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 150}).x
    return {name: round(float(weight), 5) for name, weight in zip(names, found, strict=True)}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("polnear", type=Path, help="the corpus: a folder with train/ and dev/")
    parser.add_argument("--out", type=Path, default=Path("briefing/models/linker.json"))
    arguments = parser.parse_args()
    weights = {}
    for role in ("source", "content"):
        rows, labels = examples(arguments.polnear / "train", role)
        weights[role] = fit(rows, labels)
        print(f"{role}: {len(rows)} pairs, {sum(labels)} belong together, {len(weights[role])} features")
    arguments.out.write_text(
        json.dumps(weights, ensure_ascii=False, indent=0, sort_keys=True) + "\n", "utf-8"
    )


if __name__ == "__main__":
    main()
