"""Restatements of news sentences, fair and false: what the verifier lets stand, kind by kind.

    python -m evals.restated PATH/TO/polnear FA_KES.jsonl [--learned]

Ours (`training/data/restatements.jsonl`), by writers who did not know the verifier: of a sentence or two of
a corpus a fair line, reworded lightly, moderately or freely, and one reworded as far with one fault. Those of
every tenth article were never learned from; only they are counted, unless `--learned`. The sentences are read
where the corpora lie.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from briefing.checking.citations import verify
from briefing.reading.parties import load_lexicon
from training.support_rows import restated_pairs


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("polnear", type=Path)
    parser.add_argument("fa_kes", type=Path)
    parser.add_argument("--learned", action="store_true", help="those that the checker learned from")
    given = parser.parse_args()
    aliases = load_lexicon(None).resolve
    refused, total = Counter[str](), Counter[str]()
    for pair in restated_pairs(given.polnear, given.fa_kes, apart=not given.learned):
        total[pair.kind] += 1
        refused[pair.kind] += not verify(pair.claim, pair.evidence, aliases=aliases).supported
    false = sum(count for kind, count in total.items() if kind != "clean")
    caught = sum(count for kind, count in refused.items() if kind != "clean")
    print(f"false lines caught: {caught} of {false} = {caught / false:.1%}")
    share = refused["clean"] / total["clean"]
    print(f"fair lines refused: {refused['clean']} of {total['clean']} = {share:.1%}")
    for kind in sorted(set(total) - {"clean"}):
        print(f"  {kind}: {refused[kind]} of {total[kind]}")


if __name__ == "__main__":
    main()
