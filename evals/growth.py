"""How reading time grows with the length of a text, plain news and texts made to be slow.

    python -m evals.growth [--longest CHARACTERS]

For every shape the seconds at a quarter, a half and the whole of the longest text (a million characters
unless given), and the ratio of the last two: 2 is linear, 4 would be quadratic. Ratios, unlike seconds, do
not depend on the machine.
"""

from __future__ import annotations

import argparse
import itertools
import time
from collections.abc import Iterator

from briefing.reading.statements import find_statements
from briefing.types import Article

_PLAIN = (
    "Kenya said the dam was full. The ministry's spokesman, Ali Haddad, said it would open in May. He added "
    "that Uganda had asked for the water. “We will share it,” he said.\n"
)
# `#` is another name each time.
SHAPES = {
    "news": _PLAIN,
    "one paragraph": _PLAIN.replace("\n", " "),
    "one sentence": "the minister said the road was open and ",
    "quotation marks": "“ \" ' said ",
    "open brackets": "[he said (Okello believes) ",
    "possessives": "its spokesman, Ali Haddad, ",
    "offices": "The army spokesman Colonel Ali Haddad, who heads the group, ",
    "capitals": "NAME: SAID UNION PARTY ",
    "companies": "the firm Amber#, which sells Corvina# Offshore, ",
    "bodies": "the Party of the Union of the ",
    "names": "President Ana# Duarte# said. ",
    "relative clauses": "The big which said who said ",
    "single marks": "'said a ",
}


def text_of(shape: str, size: int) -> str:
    """`shape` repeated to `size` characters."""
    return "".join(_pieces(shape, size))[:size]


def _pieces(shape: str, size: int) -> Iterator[str]:
    length = 0
    for number in itertools.count():
        letters = "".join(chr(97 + number // 26**place % 26) for place in range(4))
        piece = shape.replace("#", letters)
        yield piece
        length += len(piece)
        if length >= size:
            return


def seconds(text: str) -> float:
    began = time.perf_counter()
    find_statements(Article(text))
    return time.perf_counter() - began


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--longest", type=int, default=1_000_000)
    longest = parser.parse_args().longest
    find_statements(Article(_PLAIN))
    sizes = [longest // 4, longest // 2, longest]
    print("| text | " + " | ".join(f"{size:,}" for size in sizes) + " | last / half |")
    print("|---|---|---|---|---|")
    for name, shape in SHAPES.items():
        times = [seconds(text_of(shape, size)) for size in sizes]
        cells = " | ".join(f"{value:.1f} s" for value in times)
        print(f"| {name} | {cells} | {times[-1] / times[-2]:.2f} |", flush=True)


if __name__ == "__main__":
    main()
