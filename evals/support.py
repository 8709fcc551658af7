"""Is a summary borne out by its article? The verifier on SummEdits' news (Laban et al. 2023).

    python -m evals.support SUMMEDITS_NEWS.jsonl [--without-model]

Each row has a `doc`, a `summary` and a `label` (1: borne out). All sentences of the document are cited.
Prints the balanced accuracy of the verdicts and the area under the ROC curve of the scores; with
`--without-model` those of the exact checks and the shared words alone.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from pathlib import Path

import numpy as np

import briefing
from briefing.checking import citations
from briefing.checking.meaning import Meaning


def measure(path: Path) -> dict[str, float]:
    """The figures, by name."""
    judged, times = [], []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        sentences = [sentence.text for sentence in briefing.Article(text=row["doc"]).sentences]
        began = time.perf_counter()
        verdict = briefing.verify(row["summary"], sentences)
        times.append(time.perf_counter() - began)
        judged.append((verdict.score, verdict.supported, str(row["label"]) == "1"))
    scores, taken, true = (np.array(column) for column in zip(*judged, strict=True))
    above = scores[true][:, None] - scores[~true]
    return {
        "pairs": len(judged),
        "true ones accepted": float(taken[true].mean()),
        "false ones rejected": float((~taken[~true]).mean()),
        "balanced accuracy": float((taken[true].mean() + (~taken[~true]).mean()) / 2),
        "area under the ROC curve": float((above > 0).mean() + 0.5 * (above == 0).mean()),
        "median milliseconds": 1000 * statistics.median(times),
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("summaries", type=Path)
    parser.add_argument("--without-model", action="store_true")
    given = parser.parse_args()
    if given.without_model:
        citations.weigh = lambda *_: Meaning(-1.0, ())  # type: ignore[attr-defined]
    for name, figure in measure(given.summaries).items():
        sys.stdout.write(f"{name}: {figure:.4g}\n")


if __name__ == "__main__":
    main()
