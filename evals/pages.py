"""Every day's page of a library, checked again line by line.

    python -m evals.pages ARTICLES.jsonl

Adds the articles to a fresh library, makes the briefing of each day, saves it as data, and verifies that.
Prints how many lines hold, how many the gate left out, and how many are in the source's words because ours
were rejected.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter
from pathlib import Path

import briefing
from briefing.checking.gate import REPAIRED
from briefing.export import to_json


def measure(articles: Path) -> Counter[str]:
    """Counts over the pages of all days."""
    count: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder, briefing.open_library(folder) as library:
        library.add(briefing.scan_articles([articles]))
        for day in sorted({a.day for a in library.articles() if a.day}):
            page = library.brief(since=day, until=day)
            checks = library.verify(json.loads(to_json(page)))
            exact = [c.quote == c.article.text[c.start : c.end] for c in page.receipts]
            count["pages"] += 1
            count["lines"] += len(checks)
            count["lines that hold"] += sum(c.holds for c in checks)
            count["receipts"] += len(exact)
            count["receipts to the letter"] += sum(exact)
            count["lines in the source’s words instead of ours"] += sum(
                REPAIRED in c.notes for c in page.claims
            )
            count["kinds of reasons for lines left out"] += sum("left out" in note for note in page.notes)
    return count


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("articles", type=Path)
    for name, number in measure(parser.parse_args().articles).items():
        sys.stdout.write(f"{name}: {number}\n")


if __name__ == "__main__":
    main()
