"""Reads PolNeAR (brat stand-off): texts with the source, cue and content spans of every attribution.

The corpus is read from where it lies and never copied here. Where several annotators cover a text, the
alphabetically first one counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from briefing.types import Article, Span

_TEXT_BOUND = re.compile(r"(T\d+)\t(\S+) ([^\t]+)\t")
_EVENT = re.compile(r"E\d+\t(.+)")
_ROLE = re.compile(r"(Source|Cue|Content)\d*:(T\d+)", re.IGNORECASE)


@dataclass(frozen=True)
class GoldAttribution:
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]


def read_split(folder: Path) -> Iterator[tuple[Article, list[GoldAttribution]]]:
    """The articles of one split (a folder with text/ and attributions/), in order of their names."""
    chosen: dict[str, Path] = {}
    for path in sorted((folder / "attributions").glob("*.ann")):
        chosen.setdefault(path.stem.rsplit("_", 1)[0], path)
    for name, path in sorted(chosen.items()):
        text_path = folder / "text" / f"{name}.txt"
        if text_path.exists():
            with text_path.open(encoding="utf-8", newline="") as handle:
                yield Article(text=handle.read(), title=name), read_annotations(path)


def read_annotations(path: Path) -> list[GoldAttribution]:
    """The attributions of one annotation file that have a content."""
    bounds: dict[str, list[Span]] = {}
    events: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if match := _TEXT_BOUND.match(line):
            spans = [part.split() for part in match[3].split(";")]
            bounds[match[1]] = [(int(start), int(end)) for start, end in spans]
        elif match := _EVENT.match(line):
            events.append(match[1])
    found = []
    for event in events:
        roles: dict[str, list[Span]] = {"source": [], "cue": [], "content": []}
        for role, name in _ROLE.findall(event):
            roles[role.lower()].extend(bounds.get(name, []))
        if roles["content"]:
            found.append(GoldAttribution(*(tuple(sorted(roles[r])) for r in ("source", "cue", "content"))))
    return found
