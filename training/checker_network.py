"""The checker as it is trained: MiniLM's encoder, one score a claim piece and one for the pair, in torch."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from training.encoder import Reader

_FIRST_BIAS = -4.0  # a piece is wrong one time in fifty


class Checker(nn.Module):
    """Ids, types and the mask of claim pieces in; logits that a piece, and the pair as a whole, fail."""

    def __init__(self, weights: Mapping[str, NDArray[np.float32]], dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = Reader(weights, dropout)
        size = self.encoder.labels.in_features
        self.encoder.labels = nn.Linear(size, 2)
        nn.init.normal_(self.encoder.labels.weight, std=0.02)
        nn.init.constant_(self.encoder.labels.bias, _FIRST_BIAS)

    def forward(self, ids: Tensor, types: Tensor) -> tuple[Tensor, Tensor]:
        """(batch, length) twice to (batch, length) logits of pieces and (batch,) logits of pairs."""
        scores = self.encoder(ids, types)
        return scores[:, :, 0].float(), scores[:, 0, 1].float()


def log_holds(pieces: Tensor, pair: Tensor, claim: Tensor) -> Tensor:
    """Log-probability that nothing fails (noisy-or); `claim` is the mask of claim pieces."""
    none = torch.where(claim, functional.logsigmoid(-pieces), 0.0).sum(dim=1)
    return none + functional.logsigmoid(-pair)


def checker_loss(pieces: Tensor, pair: Tensor, claim: Tensor, holds: Tensor, wrong: Tensor) -> Tensor:
    """Cross-entropy of the claims, and of their pieces where it is known which are wrong.

    `holds` is (batch,) 0 or 1; `wrong` is (batch, length) 0 or 1, -1 where not known.
    """
    log_true = log_holds(pieces, pair, claim).clamp(max=-1e-6)
    log_false = torch.log(-torch.expm1(log_true))
    whole = -(holds * log_true + (1 - holds) * log_false).mean()
    known = claim & (wrong >= 0)
    each = functional.binary_cross_entropy_with_logits(pieces, wrong.clamp(min=0).float(), reduction="none")
    return whole + (each * known).sum() / known.sum().clamp(min=1) * 4
