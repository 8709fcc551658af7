"""How search and the whole answer grow with the library: time, memory, disk.

    python -m evals.scale ARTICLES... --sentences 10000 100000 1000000 [--folder DIR] [--profile]

A library of each size is filled with the articles and then with varied copies of them (evals.varied). The
questions, 20 of each of seven kinds, are made from the first 10,000 sentences and the same for each size.
Filling and measuring are processes of their own. What a folder holds finished is not made again: for a store
that changed since, take another. Times depend on the machine, ratios do not: the last lines are p95 at the
largest size over p95 at the smallest. `--profile` names the functions in which the slowest twentieth of the
calls spends its time.
"""

from __future__ import annotations

import argparse
import cProfile
import dataclasses
import datetime as dt
import itertools
import json
import pickle
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from types import CodeType
from typing import Unpack

from briefing.ingest import read_articles
from briefing.library import Library, open_library
from briefing.library.adding import read_entry
from briefing.library.narrowing import Narrowing
from briefing.reading.embeddings import DIMENSIONS, EMBEDDER
from briefing.store.store import Entry, Store
from evals.varied import Asked, Copies, make_questions

_BATCH = 64  # articles in one Store.add
_WARM = 5  # questions asked before the clock runs
_MOST_LINES = 15  # of a profile
Figures = dict[str, float | str]
Call = Callable[[], object]


def memory() -> dict[str, int]:
    """Resident memory of this process in MB: now, without files in memory, and the most there was."""
    status = Path("/proc/self/status").read_text("ascii")
    found = re.findall(r"^(VmRSS|RssAnon|VmHWM):\s+(\d+)", status, re.MULTILINE)
    return {name: round(int(kilobytes) / 1024) for name, kilobytes in found}


def fill(folder: Path, entries: Sequence[Entry]) -> Figures:
    """Make the library of the size that the folder is named for; how adding went, the store's part alone."""
    shutil.rmtree(folder, ignore_errors=True)  # of a process that died
    copies, before, taken = Copies(entries), memory(), list[tuple[float, int, int]]()
    stream, speakers = copies.stream(int(folder.name)), set[str | None]()
    with Store.open(folder / "library", EMBEDDER, DIMENSIONS) as store:
        while batch := list(itertools.islice(stream, _BATCH)):
            began = time.perf_counter()
            store.add(batch)
            took = time.perf_counter() - began
            speakers |= {statement.speaker for entry in batch for statement in entry.statements}
            taken.append((took, len(batch), sum(len(entry.passages) for entry in batch)))
    seconds, articles, passages = (sum(column) for column in zip(*taken, strict=True))
    last = taken[-max(1, len(taken) // 10) :]
    return {
        "speakers": len(speakers),
        "copies left out, their sentences moved": f"{copies.moved} of {copies.made}",
        "articles added a second": articles / seconds,
        "passages added a second": passages / seconds,
        "passages added a second, last tenth": sum(t[2] for t in last) / sum(t[0] for t in last),
        "adding: VmRSS before the first, MB": before["VmRSS"],
        "adding: VmHWM, MB": memory()["VmHWM"],
    }


def measure(folder: Path, questions: Sequence[Asked], profiled: bool) -> Figures:
    """The figures of a filled library, in a process that has done nothing else."""
    began = time.perf_counter()
    with open_library(folder / "library") as library:
        library.ask(questions[0].text)
        figures: Figures = {"open and first answer, s": time.perf_counter() - began}
        for one in questions[1:_WARM]:
            library.ask(one.text)
        ways = _ways(library, questions[_WARM:])
        times = {way: [_timed(call) for call in calls] for way, calls in ways.items()}
        for way, taken in times.items():
            figures |= _spread(way, taken)
        asked = list(zip(questions[_WARM:], times["ask"], strict=True))
        for kind in dict.fromkeys(one.kind for one, _ in asked):
            figures |= _spread(f"ask, {kind}", [taken for one, taken in asked if one.kind == kind])
        figures |= {f"asking: {name}, MB": value for name, value in memory().items()}
        for way, calls in ways.items() if profiled else ():
            order = sorted(range(len(calls)), key=lambda i: -times[way][i][1])
            profile(f"{way} at {folder.name}", [calls[i] for i in order[: max(1, len(calls) // 20)]])
        return {**library.count(), **figures}


def _ways(library: Library, questions: Sequence[Asked]) -> dict[str, list[Call]]:
    """The calls to be timed, the whole ask last."""

    def search(one: Asked, **narrowing: Unpack[Narrowing]) -> Call:
        return lambda: library.search(one.text, k=10, **narrowing)

    def days(one: Asked, count: int) -> Call:
        since = dt.date.fromisoformat(one.day)
        return search(one, since=since, until=since + dt.timedelta(count - 1))

    return {
        "search": [search(one) for one in questions],
        "search, an outlet": [search(one, outlet=one.outlet) for one in questions],
        "search, a party": [search(one, party=one.party) for one in questions],
        "search, 30 days": [days(one, 30) for one in questions],
        "search, 365 days": [days(one, 365) for one in questions],
        "ask": [partial(library.ask, one.text) for one in questions],
    }


def _timed(call: Call) -> tuple[float, float]:
    """Milliseconds on the clock and of the processor; other processes lengthen only the first."""
    began, used = time.perf_counter(), time.process_time()
    call()
    return 1000 * (time.perf_counter() - began), 1000 * (time.process_time() - used)


def _spread(name: str, times: Sequence[tuple[float, float]]) -> Figures:
    figures: Figures = {}
    for unit, column in zip(("ms", "ms of processor"), zip(*times, strict=True), strict=True):
        parts = statistics.quantiles(column, n=20, method="inclusive")
        figures |= {f"{name}: p50, {unit}": parts[9], f"{name}: p95, {unit}": parts[18]}
    return figures


def profile(title: str, calls: Sequence[Call]) -> None:
    """Print where the time goes: our functions with all that they call, then any function by itself."""
    profiler = cProfile.Profile()
    for call in calls:
        profiler.runcall(call)
    found = profiler.getstats()
    total = sum(one.inlinetime for one in found)
    print(f"\nslowest {len(calls)}: {title}, {1000 * total / len(calls):.0f} ms each under the profiler\n")
    ours = [one for one in found if "/briefing/" in getattr(one.code, "co_filename", "")]
    for one in sorted(ours, key=lambda one: -one.totaltime)[:_MOST_LINES]:
        print(f"{one.totaltime / total:6.1%} with calls  {_place(one.code)}, {one.callcount} calls")
    for one in sorted(found, key=lambda one: -one.inlinetime)[:_MOST_LINES]:
        print(f"{one.inlinetime / total:6.1%} by itself   {_place(one.code)}, {one.callcount} calls")


def _place(code: CodeType | str) -> str:
    if isinstance(code, str):
        return code
    return f"{'/'.join(Path(code.co_filename).parts[-2:])} {code.co_qualname}"


def disk(library: Path) -> Figures:
    """MB by part of a library folder."""
    sizes = Counter[str]()
    for path in library.rglob("*"):
        if path.is_file():
            sizes[path.relative_to(library).parts[0].split(".")[0]] += path.stat().st_size
    return {f"disk: {part}, MB": size / 1e6 for part, size in sorted(sizes.items()) if size}


def read_entries(folder: Path, articles: Sequence[Path]) -> list[Entry]:
    """What reading made of the articles, in an order drawn once; kept in the folder."""
    kept, names = folder / "entries.pickle", [str(path.resolve()) for path in articles]
    if kept.exists():
        known, entries = pickle.loads(kept.read_bytes())
        if names and names != known:
            sys.exit(f"{kept} was made from {' '.join(known)}; take another --folder")
        return list(entries)
    found = list({article.id: article for article in read_articles(articles)}.values())
    random.Random(1).shuffle(found)
    with ThreadPoolExecutor(2) as readers:
        entries = list(readers.map(read_entry, found))
    kept.write_bytes(pickle.dumps((names, entries)))
    return entries


def run(folder: Path, size: int, profiled: bool) -> Figures:
    """Fill the library of this size, if need be, and measure it, each in a process of its own."""
    program, place = [sys.executable, "-m", "evals.scale", "--folder", str(folder)], folder / str(size)
    if not (place / "filled.json").exists():
        subprocess.run([*program, "--fill", str(size)], check=True)
    subprocess.run([*program, "--measure", str(size), *(["--profile"] if profiled else [])], check=True)
    filled, measured = (json.loads((place / f"{what}.json").read_text()) for what in ("filled", "measured"))
    return {**measured, **filled, **disk(place / "library")}


def show(results: Mapping[int, Figures]) -> None:
    """One column a size, and below how p95 grew."""
    heads = ["figure", *(f"{size:,}" for size in results)]
    print(f"\n| {' | '.join(heads)} |\n{'|---' * len(heads)}|")
    first, last = min(results), max(results)
    for name in results[last]:
        cells = (figures.get(name, "-") for figures in results.values())
        print(f"| {name} | " + " | ".join(c if isinstance(c, str) else _number(c) for c in cells) + " |")
    for name, value in results[last].items():
        if ": p95" in name:
            ratio = float(value) / float(results[first][name])
            print(f"{name}, at {last:,} : at {first:,} = {ratio:.2f}")


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("articles", type=Path, nargs="*")
    parser.add_argument("--sentences", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "scale")
    parser.add_argument("--profile", action="store_true")
    for step in ("--fill", "--measure"):  # one of the processes
        parser.add_argument(step, help=argparse.SUPPRESS)
    given = parser.parse_args()
    folder: Path = given.folder
    folder.mkdir(parents=True, exist_ok=True)
    asked = folder / "questions.json"
    if given.fill:
        figures = fill(folder / given.fill, read_entries(folder, ()))
        (folder / given.fill / "filled.json").write_text(json.dumps(figures))
    elif given.measure:
        questions = [Asked(**one) for one in json.loads(asked.read_text())]
        figures = measure(folder / given.measure, questions, given.profile)
        (folder / given.measure / "measured.json").write_text(json.dumps(figures))
    else:
        questions = make_questions(read_entries(folder, given.articles))
        asked.write_text(json.dumps([dataclasses.asdict(one) for one in questions]))
        show({size: run(folder, size, given.profile) for size in sorted(given.sentences)})


if __name__ == "__main__":
    main()
