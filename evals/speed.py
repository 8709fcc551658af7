"""How long things take, as whole processes: the help, a cold answer, adding articles.

    python -m evals.speed [ARTICLES.jsonl]

Times depend on the machine, so each is also given as a ratio to a bare `python -c pass` of the same run;
adding is given in articles and words a second. Without a file the samples are added.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from briefing.bundled import find_folder
from briefing.ingest import read_articles

_RUNS = 5
_QUESTION = "Did Russia coordinate with the US?"


def seconds(command: Sequence[str], environment: Mapping[str, str], runs: int = _RUNS) -> float:
    """The median wall time of `runs` runs after one warm-up. Raises CalledProcessError when one fails."""
    times = []
    for run in range(runs + 1):
        began = time.perf_counter()
        subprocess.run(command, env={**os.environ, **environment}, check=True, capture_output=True)
        if run:
            times.append(time.perf_counter() - began)
    return statistics.median(times)


def measure(articles: Path) -> dict[str, float]:
    """The figures for one input file or folder."""
    found = read_articles([articles])
    words = sum(len(a.text.split()) for a in found)
    bare = seconds([sys.executable, "-c", "pass"], {})
    program = [sys.executable, "-m", "briefing"]
    with tempfile.TemporaryDirectory() as folder:
        home = {"BRIEFING_HOME": str(Path(folder) / "library")}
        began = time.perf_counter()
        subprocess.run(
            [*program, "add", str(articles)], env={**os.environ, **home}, check=True, capture_output=True
        )
        adding = time.perf_counter() - began
        help_time = seconds([*program, "--help"], home)
        ask_time = seconds([*program, "ask", _QUESTION], home)
        brief_time = seconds([*program, "brief"], home, runs=2)
    return {
        "bare python, s": bare,
        "briefing --help, s": help_time,
        "briefing --help / bare python": help_time / bare,
        "briefing ask, cold, s": ask_time,
        "briefing ask / bare python": ask_time / bare,
        "briefing brief, cold, s": brief_time,
        "articles": len(found),
        "articles added a second, start included": len(found) / adding,
        "words added a second, start included": words / adding,
    }


def show(figures: Mapping[str, float]) -> None:
    for name, value in figures.items():
        sys.stdout.write(f"{name}: {value:.3g}\n")


def measure_samples() -> None:
    """The figures for the sample articles, printed."""
    show(measure(find_folder("samples")))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("articles", type=Path, nargs="?", default=find_folder("samples"))
    show(measure(parser.parse_args().articles))


if __name__ == "__main__":
    main()
