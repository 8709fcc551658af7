"""What the trainers share: batches of like length, and AdamW with warm-up and linear descent."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

import torch
from torch import Tensor, nn

BATCH = 16
_HEAD_TIMES = 5  # a new layer learns so much faster than the encoder
_WARM = 0.06
_POOLED = 40  # batches drawn at once and sorted by length

Row = TypeVar("Row")


def draw_batches(
    rows: Sequence[Row], length: Callable[[Row], int], chance: random.Random, size: int = BATCH
) -> list[list[Row]]:
    """Every row once, those of like length together, in an order drawn anew."""
    drawn = list(rows)
    chance.shuffle(drawn)
    found = []
    for begin in range(0, len(drawn), size * _POOLED):
        part = sorted(drawn[begin : begin + size * _POOLED], key=length)
        found += [part[at : at + size] for at in range(0, len(part), size)]
    chance.shuffle(found)
    return found


def fit(
    model: nn.Module,
    plan: Sequence[Sequence[Row]],
    loss_of: Callable[[Sequence[Row]], Tensor],
    rate: float,
    heads: tuple[str, ...],
) -> Iterator[str]:
    """Train `model` in place on the batches in turn; `heads` begin the names of the weights that are new.

    `loss_of` runs under bfloat16. Yields a line of progress now and then.
    """
    named = list(model.named_parameters())
    groups = [
        {"params": [p for n, p in named if n.startswith(heads)], "lr": rate * _HEAD_TIMES},
        {"params": [p for n, p in named if not n.startswith(heads)], "lr": rate},
    ]
    steps = torch.optim.AdamW(groups, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        steps, lambda k: min(1.0, (k + 1) / (_WARM * len(plan)), max(0.01, (len(plan) - k) / len(plan)))
    )
    model.train()
    running, began = 0.0, time.perf_counter()
    for done, batch in enumerate(plan, 1):
        with torch.autocast("cpu", dtype=torch.bfloat16):
            loss = loss_of(batch)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        steps.step()
        schedule.step()
        steps.zero_grad(set_to_none=True)
        running = loss.item() if done == 1 else 0.98 * running + 0.02 * loss.item()
        if done % 100 == 0:
            yield f"step {done}/{len(plan)} loss {running:.4f} {time.perf_counter() - began:.0f} s"
