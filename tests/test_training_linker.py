"""Reading annotated texts, and training the linker on them: on a corpus of a few sentences of our own."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from briefing.reading.attribution.document import read_document
from briefing.reading.attribution.linker import Linker, LinkerWeights
from briefing.types import Article
from training.linker import examples, fit, gold_spans, main
from training.polnear import GoldAttribution, read_annotations, read_split

SIDES = ("Oman", "Qatar", "Peru", "Chad", "Laos", "Mali")
TEXT = "".join(f"{side} said the road was open. " for side in SIDES)


def annotate(text: str) -> str:
    """Brat stand-off for every "X said …" of the text, in the form PolNeAR has."""
    lines, number = [], 0
    for event, side in enumerate(SIDES, start=1):
        at = text.index(side)
        spans = {"Source": side, "Cue": "said", "Content": "the road was open"}
        roles = []
        for role, words in spans.items():
            number += 1
            start = text.index(words, at)
            lines.append(f"T{number}\t{role} {start} {start + len(words)}\t{words}")
            roles.append(f"{role}:T{number}")
        lines.append(f"E{event}\tAttribution:T{number} {' '.join(roles)}")
    return "\n".join(lines) + "\n"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    split = tmp_path / "train"
    (split / "text").mkdir(parents=True)
    (split / "attributions").mkdir()
    for name in ("one", "two"):
        (split / "text" / f"{name}.txt").write_text(TEXT, encoding="utf-8")
        (split / "attributions" / f"{name}_anna.ann").write_text(annotate(TEXT), encoding="utf-8")
    return tmp_path


def test_reads_the_spans_of_every_attribution(corpus: Path) -> None:
    found = read_annotations(corpus / "train" / "attributions" / "one_anna.ann")
    assert len(found) == len(SIDES)
    first = found[0]
    assert [TEXT[slice(*first.source[0])], TEXT[slice(*first.cue[0])], TEXT[slice(*first.content[0])]] == [
        "Oman",
        "said",
        "the road was open",
    ]


def test_a_span_in_several_parts_and_a_role_with_a_number(tmp_path: Path) -> None:
    path = tmp_path / "a_anna.ann"
    path.write_text(
        "T1\tContent 30 40;10 20\tx ... y\nT2\tCue 5 9\tsaid\nE1\tAttribution:T2 Content:T1 Cue2:T2\n"
        "E2\tAttribution:T2 Cue:T2\nA1\tsome E1\n",
        encoding="utf-8",
    )
    assert read_annotations(path) == [GoldAttribution((), ((5, 9),), ((10, 20), (30, 40)))]


def test_a_split_is_read_in_order_one_annotator_a_text(corpus: Path) -> None:
    folder = corpus / "train"
    (folder / "attributions" / "one_aaron.ann").write_text("", encoding="utf-8")
    (folder / "attributions" / "three_anna.ann").write_text(annotate(TEXT), encoding="utf-8")
    read = list(read_split(folder))
    assert [(article.title, len(gold)) for article, gold in read] == [("one", 0), ("two", len(SIDES))]
    assert read[0][0].text == TEXT


def test_offsets_hold_where_lines_end_as_on_windows(corpus: Path) -> None:
    text = "Rain fell.\r\nOman said no."
    (corpus / "train" / "text" / "one.txt").write_bytes(text.encode())
    assert next(read_split(corpus / "train"))[0].text == text


def test_annotated_spans_become_tokens_with_their_owners() -> None:
    document = read_document(Article("Oman said no, and Oman said why."))
    gold = [
        GoldAttribution(((0, 4),), ((5, 9),), ((10, 12),)),
        GoldAttribution(((0, 4),), ((23, 27),), ((28, 31),)),
    ]
    spans, owners = gold_spans(document, gold)
    assert (spans.source, spans.cue) == (((0, 1),), ((1, 2), (6, 7)))
    assert owners[("source", (0, 1))] == {0, 1}
    assert owners[("content", spans.content[1])] == {1}


@pytest.mark.parametrize("role", ["source", "content"])
def test_examples_are_pairs_told_apart(corpus: Path, role: str) -> None:
    rows, labels = examples(corpus / "train", "source" if role == "source" else "content")
    assert len(rows) == len(labels)
    assert sum(labels) == 2 * len(SIDES)
    assert not all(labels)
    assert all(f"{role[0]}bias" in row for row in rows)


def test_training_learns_the_pairs_and_is_the_same_each_time(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("scipy", reason="scipy is only in the `training` dependency group")
    out = [tmp_path / "first.json", tmp_path / "second.json"]
    for path in out:
        monkeypatch.setattr(sys, "argv", ["linker", str(corpus), "--out", str(path)])
        main()
    assert out[0].read_bytes() == out[1].read_bytes()
    assert "source: " in capsys.readouterr().out
    raw = json.loads(out[0].read_text(encoding="utf-8"))
    (article, gold) = next(read_split(corpus / "train"))
    document = read_document(article)
    spans, _ = gold_spans(document, gold)
    links = Linker(document, spans).links(LinkerWeights(raw["source"], raw["content"]))
    assert [(link.source, link.cue, link.contents) for link in links] == [
        (source, cue, (content,))
        for source, cue, content in zip(spans.source, spans.cue, spans.content, strict=True)
    ]


def test_a_feature_seen_twice_is_not_learnt() -> None:
    pytest.importorskip("scipy", reason="scipy is only in the `training` dependency group")
    rows = [["bias", "often"]] * 3 + [["bias", "seldom"]] * 2
    weights = fit(rows, [True, True, True, False, False])
    assert set(weights) == {"bias", "often"}
    assert weights["often"] > 0
