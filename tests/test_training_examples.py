"""The windows the reader model learns from, and the graph that its weights are written into."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import onnxruntime
import pytest

from briefing.reading.attribution.tagger import best_labels, possible_steps, spans_of
from briefing.types import Article
from training.encoder_graph import LAYERS, reader_model
from training.examples import Example, examples, read_lesson
from training.polnear import GoldAttribution

TEXT = "“We stay,” Ana Reyes said. The rain fell, and Omar Haddad said the road was open.\n" * 6
SIZE, WIDE, WORDS = 12, 24, 30


def gold(text: str) -> list[GoldAttribution]:
    """Both attributions of every line."""
    found = []
    for start in (at for at, sign in enumerate(text) if sign == "“"):

        def span(part: str, after: str = "", start: int = start) -> tuple[int, int]:
            begin = text.index(part, text.index(after, start))
            return begin, begin + len(part)

        found.append(GoldAttribution((span("Ana Reyes"),), (span("said"),), (span("“We stay,”"),)))
        second = (span("said", "Omar"),), (span("the road was open"),)
        found.append(GoldAttribution((span("Omar Haddad"),), *second))
    return found


def lessons(varied: float, seed: int = 1) -> list[Example]:
    return list(examples(read_lesson(Article(TEXT), gold(TEXT)), random.Random(seed), varied))


def test_labels_say_where_the_annotated_spans_stand() -> None:
    lesson = read_lesson(Article(TEXT), gold(TEXT))
    (example,) = examples(lesson, random.Random(5), 0.0)
    spans = spans_of(example.labels)
    words = [[lesson.document.words[i] for i in range(*s)] for s in spans.source[:2]]
    assert words == [["Ana", "Reyes"], ["Omar", "Haddad"]]
    assert len(spans.cue) == len(spans.content) == 12


@pytest.mark.parametrize("seed", range(12))
def test_a_varied_text_keeps_its_spans(seed: int) -> None:
    written, varied = (spans_of([y for e in lessons(v, seed) for y in e.labels]) for v in (0.0, 1.0))
    assert len(varied.source) == len(written.source)
    assert len(varied.content) == len(written.content)


def test_variation_changes_marks_or_case_or_names_and_nothing_when_not_asked() -> None:
    plain = [e.ids + e.types for e in lessons(0.0)]
    assert plain == [e.ids + e.types for e in lessons(0.0)]
    assert any(
        [e.ids + e.types for e in lessons(1.0, seed)] != [e.ids + e.types for e in lessons(0.0, seed)]
        for seed in range(5)
    )


def test_the_best_path_never_leaves_a_span_open() -> None:
    steps = possible_steps(np.zeros((13, 13), np.float32))
    scores = np.random.default_rng(3).normal(size=(40, 13)).astype(np.float32)
    labels = best_labels(scores, steps)
    spans = spans_of(labels)
    inside = sum(stop - first for role in (spans.source, spans.cue, spans.content) for first, stop in role)
    assert inside == sum(label > 0 for label in labels)
    # Two spans of one role side by side stay two: begin, end, begin, end.
    assert spans_of([1, 3, 1, 3]).source == ((0, 2), (2, 4))


def weights() -> dict[str, Any]:
    draw = np.random.default_rng(0).normal
    shapes = {
        "embeddings.word_embeddings.weight": (WORDS, SIZE),
        "embeddings.position_embeddings.weight": (16, SIZE),
        "embeddings.token_type_embeddings.weight": (16, SIZE),
        "embeddings.LayerNorm.weight": (SIZE,),
        "embeddings.LayerNorm.bias": (SIZE,),
        "labels.weight": (13, SIZE),
        "labels.bias": (13,),
        "transitions": (13, 13),
    }
    for layer in range(LAYERS):
        prefix = f"encoder.layer.{layer}."
        for part, (out, into) in {
            "attention.self.query": (SIZE, SIZE),
            "attention.self.key": (SIZE, SIZE),
            "attention.self.value": (SIZE, SIZE),
            "attention.output.dense": (SIZE, SIZE),
            "intermediate.dense": (WIDE, SIZE),
            "output.dense": (SIZE, WIDE),
        }.items():
            shapes |= {f"{prefix}{part}.weight": (out, into), f"{prefix}{part}.bias": (out,)}
        for part in ("attention.output.LayerNorm", "output.LayerNorm"):
            shapes |= {f"{prefix}{part}.weight": (SIZE,), f"{prefix}{part}.bias": (SIZE,)}
    return {name: draw(size=shape).astype(np.float32) for name, shape in shapes.items()}


def test_the_written_reader_gives_scores_at_each_tokens_first_piece() -> None:
    session = onnxruntime.InferenceSession(reader_model(weights(), False), providers=["CPUExecutionProvider"])
    ids = np.array([[5, 6, 7, 8, 9, 0]])
    feeds = {
        "input_ids": ids,
        "attention_mask": (ids > 0).astype(np.int64),
        "token_type_ids": np.ones_like(ids),
    }
    every = session.run(["labels"], feeds | {"token_places": np.arange(5).reshape(1, 5, 1)})[0]
    some = session.run(["labels"], feeds | {"token_places": np.array([[[1], [4]]])})[0]
    assert every.shape == (1, 5, 13)
    np.testing.assert_allclose(some[0], every[0, [1, 4]], rtol=1e-5)
    # What stands behind the mask changes nothing.
    other = feeds | {
        "input_ids": np.array([[5, 6, 7, 8, 9, 3]]),
        "token_places": np.arange(5).reshape(1, 5, 1),
    }
    np.testing.assert_allclose(session.run(["labels"], other)[0], every, rtol=1e-5)
