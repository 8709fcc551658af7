"""Whose word it is, measured on world news that we labelled by hand: the speaker and the party of statements.

    python -m evals.speakers [--corpora FOLDER] [--part tuned|unseen] [--errors]

evals/data/speakers/own.jsonl, wire.jsonl and dev.jsonl hold articles of our own with their labels;
fa_kes.jsonl holds labels (character offsets) into articles of FA-KES and into the seed article, which lie in
FOLDER and are not part of this repository.

A label counts as found where a statement shares half of its content. Its party is then *right*, *wrong*
(another party, or one where the label has none), or *unnamed* (none where the label has one, or the
statement not found). Two articles in five, chosen by their id, were not looked at while rules were shaped:
`unseen`.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from briefing.reading.statements import find_statements
from briefing.types import Article, Span, Statement

_LABELS = Path(__file__).parent / "data" / "speakers"
_HALF = 0.5
_PRONOUNS = ("pronoun", "relative")


@dataclass(frozen=True)
class Label:
    """One hand-made label; `speakers` holds every acceptable name, empty where the text names nobody."""

    content: tuple[Span, ...]
    source: Span | None
    speakers: tuple[str, ...]
    party: str | None
    status: str
    mention: str
    act: str


@dataclass(frozen=True)
class Outcome:
    """A label, the statement found for it, and how party and speaker came out."""

    label: Label
    found: Statement | None
    party: str
    speaker: str


def read_labelled(corpora: Path | None) -> Iterator[tuple[str, Article, list[Label]]]:
    """(id, article, labels) of every labelled article; without `corpora` only our own."""
    for path in sorted(_LABELS.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if "corpus" in row and corpora is None:
                continue
            article = _article(row, corpora)
            labels = [_label(values) for values in row["statements"]]
            yield row["id"], article, labels


def _article(row: dict[str, Any], corpora: Path | None) -> Article:
    if corpora is None or "corpus" not in row:
        return Article(row["text"], row["title"], row["outlet"], row["published"])
    if row["corpus"].endswith(".txt"):
        title, _, text = (corpora / row["corpus"]).read_text(encoding="utf-8").partition("\n")
        article = Article(text.strip(), title)
    else:
        article = _corpus(corpora / row["corpus"])[row["id"]]
    if hashlib.sha256(article.text.encode()).hexdigest()[:16] != row["sha256"]:
        raise SystemExit(f"{row['corpus']}: article {row['id']} is not the text that was labelled")
    return article


@cache
def _corpus(path: Path) -> dict[str, Article]:
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return {row["id"]: Article(row["text"], row["title"], row.get("outlet", "")) for row in rows}


def _label(values: dict[str, Any]) -> Label:
    return Label(
        content=tuple((a, b) for a, b in values["content"]),
        source=tuple(values["source"]) if values["source"] else None,
        speakers=tuple(values["speakers"]),
        party=values["party"],
        status=values["status"],
        mention=values["mention"],
        act=values["act"],
    )


def unseen(names: Sequence[str]) -> frozenset[str]:
    """The articles kept for measuring: two in five, drawn by the hash of their names, but for the seed
    article and those written to shape rules on; drawn apart from the plain wire reports, which came later."""
    free = [name for name in names if name != "seed" and not name.startswith("dev-")]
    wire = [name for name in free if name.startswith("wire-")]
    return _drawn(wire) | _drawn([name for name in free if name not in wire])


def _drawn(names: Sequence[str]) -> frozenset[str]:
    ranked = sorted(names, key=lambda name: hashlib.sha256(name.encode()).hexdigest())
    return frozenset(ranked[: round(0.4 * len(ranked))])


def judge(labels: Sequence[Label], statements: Sequence[Statement]) -> list[Outcome]:
    """The outcome of every label. Statements inside others count too; each is found for one label at most."""
    every = [*statements, *(inner for s in statements for inner in s.nested)]
    pairs = [(fit, n, m) for n, a in enumerate(labels) for m, b in enumerate(every) if (fit := _fit(a, b))]
    found: dict[int, int] = {}
    for _, n, m in sorted(pairs, key=lambda pair: (pair[0], -pair[1], -pair[2]), reverse=True):
        if n not in found and m not in found.values():
            found[n] = m
    return [_outcome(label, every[found[n]] if n in found else None) for n, label in enumerate(labels)]


def _fit(label: Label, statement: Statement) -> tuple[bool, float] | None:
    """Whether the sources share a character, and the overlap of the contents; None below half of the
    label."""
    shared = _overlap(label.content, statement.content_spans)
    size = sum(b - a for a, b in label.content)
    if shared < _HALF * size:
        return None
    whole = size + sum(b - a for a, b in statement.content_spans) - shared
    source = [label.source] if label.source else []
    return _overlap(source, statement.source_spans) > 0, shared / whole


def _overlap(one: Sequence[Span], other: Sequence[Span]) -> int:
    return sum(max(0, min(b, d) - max(a, c)) for a, b in one for c, d in other)


def _outcome(label: Label, found: Statement | None) -> Outcome:
    party = found.party if found else None
    speaker = found.speaker if found else None
    names = {_plain(name) for name in label.speakers}
    if speaker is None:
        spoke = "unnamed" if names else "right"
    else:
        spoke = "right" if _plain(speaker) in names else "wrong"
    same = (party or "").rstrip(".") == (label.party or "").rstrip(".")
    side = "right" if same else ("unnamed" if party is None else "wrong")
    return Outcome(label, found, side, spoke)


def _plain(name: str) -> str:
    name = re.sub(r"['’]s$", "", name.strip(" ,.“”\"'"))
    return re.sub(r"^(?:the|a|an)\s+", "", name.casefold())


def table(outcomes: Sequence[Outcome]) -> str:
    """Rows of figures, one for each kind of mention and one for all."""
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        groups[outcome.label.mention].append(outcome)
        groups["all"].append(outcome)
    lines = ["| mention | labels | party right / wrong / unnamed | speaker right / wrong / unnamed |"]
    lines += ["|---|---|---|---|"]
    for mention in sorted(groups, key=lambda m: (m == "all", -len(groups[m]))):
        held = groups[mention]
        cells = [
            " / ".join(f"{100 * Counter(values)[v] / len(held):.0f}" for v in ("right", "wrong", "unnamed"))
            for values in ([o.party for o in held], [o.speaker for o in held])
        ]
        lines.append(f"| {mention} | {len(held)} | {cells[0]} | {cells[1]} |")
    return "\n".join(lines)


def pronouns(outcomes: Sequence[Outcome]) -> str:
    """Counts as in GAP (Webster et al. 2018): names given to pronouns rightly, wrongly, and not at all."""
    count = Counter(
        outcome.speaker if outcome.label.speakers else f"{outcome.speaker}, nobody to name"
        for outcome in outcomes
        if outcome.label.mention in _PRONOUNS
    )
    right, wrong = count["right"], count["wrong"] + count["wrong, nobody to name"]
    missed = count["unnamed"] + count["wrong"]
    score = 2 * right / max(2 * right + wrong + missed, 1)
    return f"pronouns: {right} right, {wrong} wrong, {count['unnamed']} left unnamed; F1 {100 * score:.0f}"


def _error(name: str, article: Article, outcome: Outcome) -> str:
    label, found = outcome.label, outcome.found
    said = article.text[slice(*label.content[0])][:90].replace("\n", " ")
    source = article.text[slice(*label.source)] if label.source else "-"
    got = (
        f"{found.mention!r} {found.cue!r} -> {found.speaker} / {found.party} ({found.rule})"
        if found
        else "not found"
    )
    want = f"{label.speakers[:1]} / {label.party}"
    head = f"{name} [{outcome.party}/{outcome.speaker}] {source!r} ({label.mention}): {said!r}"
    return f"{head}\n    want {want}\n    got  {got}"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpora", type=Path, help="the folder of fa_kes_syria.jsonl and seed_article.txt")
    parser.add_argument("--part", choices=("tuned", "unseen"), help="only these articles")
    parser.add_argument(
        "--errors", action="store_true", help="list what is not right, in the tuned part only"
    )
    parser.add_argument(
        "--parties", type=Path, help="a file of parties and people, as BRIEFING_PARTIES names"
    )
    given = parser.parse_args()
    outcomes: dict[str, list[Outcome]] = {"tuned": [], "unseen": []}
    labelled = list(read_labelled(given.corpora))
    kept = unseen([name for name, _, _ in labelled])
    for name, article, labels in labelled:
        part = "unseen" if name in kept else "tuned"
        judged = judge(labels, find_statements(article, given.parties))
        outcomes[part] += judged
        if given.errors and part == "tuned":
            wrong = (o for o in judged if (o.party, o.speaker) != ("right", "right"))
            print("\n".join(_error(name, article, o) for o in wrong))
    for part in [given.part] if given.part else ["tuned", "unseen"]:
        print(f"\n{part}\n\n{table(outcomes[part])}\n\n{pronouns(outcomes[part])}")


if __name__ == "__main__":
    main()
