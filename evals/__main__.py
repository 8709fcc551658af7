"""`make evals`: every measure that needs nothing but this repository, one after the other.

    python -m evals

The measures on corpora take the corpus' place as an argument; evals/README.md lists them.
"""

from __future__ import annotations

from evals import answers, attacks, speed


def main() -> None:
    answers.measure_samples()
    attacks.report("unseen")
    speed.measure_samples()


if __name__ == "__main__":
    main()
