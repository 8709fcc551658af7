"""The network that is trained: MiniLM's encoder with a layer of label scores on top, in torch.

The labels of a text (BIOES) are scored as a whole path by a linear-chain CRF (Lafferty et al. 2001). torch is
needed for training only.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from briefing.reading.attribution.tagger import LABELS
from training.encoder_graph import EPSILON, HEADS, LAYERS

TYPES = 16  # of tokens: see briefing/reading/attribution/pieces.py


class Layer(nn.Module):
    """One layer of BERT (Devlin et al. 2019), post-norm."""

    def __init__(self, size: int, wide: int, dropout: float) -> None:
        super().__init__()
        self.query, self.key, self.value, self.output = (nn.Linear(size, size) for _ in range(4))
        self.attention_norm = nn.LayerNorm(size, eps=EPSILON)
        self.wide, self.narrow = nn.Linear(size, wide), nn.Linear(wide, size)
        self.output_norm = nn.LayerNorm(size, eps=EPSILON)
        self.dropout = nn.Dropout(dropout)

    def forward(self, hidden: Tensor, mask: Tensor) -> Tensor:
        batch, length, size = hidden.shape

        def heads(flat: Tensor) -> Tensor:
            return flat.view(batch, length, HEADS, size // HEADS).transpose(1, 2)

        query, key, value = (heads(f(hidden)) for f in (self.query, self.key, self.value))
        mixed = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        mixed = self.output(mixed.transpose(1, 2).reshape(batch, length, size))
        hidden = self.attention_norm(hidden + self.dropout(mixed))
        wide = functional.gelu(self.wide(hidden))
        return self.output_norm(hidden + self.dropout(self.narrow(wide)))


class Reader(nn.Module):
    """Word pieces and their types in; label scores of every piece out."""

    def __init__(self, weights: Mapping[str, NDArray[np.float32]], dropout: float = 0.1) -> None:
        super().__init__()
        vocabulary, size = weights["embeddings.word_embeddings.weight"].shape
        wide = weights["encoder.layer.0.intermediate.dense.weight"].shape[0]
        self.words = nn.Embedding(vocabulary, size)
        self.positions = nn.Embedding(512, size)
        self.types = nn.Embedding(TYPES, size)
        self.norm = nn.LayerNorm(size, eps=EPSILON)
        self.layers = nn.ModuleList(Layer(size, wide, dropout) for _ in range(LAYERS))
        self.dropout = nn.Dropout(dropout)
        self.labels = nn.Linear(size, LABELS)
        self.transitions = nn.Parameter(torch.zeros(LABELS, LABELS))
        self.load(weights)

    def load(self, weights: Mapping[str, NDArray[np.float32]]) -> None:
        """Take over the published encoder; every type of token begins as the one type it knew."""
        own = {name: torch.from_numpy(weights[published].copy()) for name, published in encoder_names()}
        own["types.weight"] = own["types.weight"][:1].repeat(TYPES, 1)
        missing, surplus = self.load_state_dict(own, strict=False)
        heads = ("labels.", "transitions")
        if surplus or any(not name.startswith(heads) for name in missing):
            raise ValueError(f"the weights do not fit: missing {missing}, surplus {surplus}")

    def forward(self, ids: Tensor, types: Tensor) -> Tensor:
        """(batch, length) ids, 0 for padding, and types of tokens, to (batch, length, LABELS) scores."""
        scores: Tensor = self.labels(self.dropout(self.hidden(ids, types)))
        return scores

    def hidden(self, ids: Tensor, types: Tensor) -> Tensor:
        """The last layer, (batch, length, size)."""
        mask = (ids != 0)[:, None, None, :]
        hidden = self.words(ids) + self.positions.weight[: ids.shape[1]] + self.types(types)
        hidden = self.dropout(self.norm(hidden))
        for layer in self.layers:
            hidden = layer(hidden, mask)
        return hidden


def encoder_names() -> list[tuple[str, str]]:
    """Our name and the published name of every weight of the encoder."""
    pairs = [
        ("words.weight", "embeddings.word_embeddings.weight"),
        ("positions.weight", "embeddings.position_embeddings.weight"),
        ("types.weight", "embeddings.token_type_embeddings.weight"),
    ]
    modules = [("norm", "embeddings.LayerNorm")]
    for layer in range(LAYERS):
        own, published = f"layers.{layer}.", f"encoder.layer.{layer}."
        modules += [(own + part, f"{published}attention.self.{part}") for part in ("query", "key", "value")]
        modules += [
            (own + "output", published + "attention.output.dense"),
            (own + "attention_norm", published + "attention.output.LayerNorm"),
            (own + "wide", published + "intermediate.dense"),
            (own + "narrow", published + "output.dense"),
            (own + "output_norm", published + "output.LayerNorm"),
        ]
    return pairs + [(f"{o}.{end}", f"{p}.{end}") for o, p in modules for end in ("weight", "bias")]


def published_weights(state: Mapping[str, Any]) -> dict[str, NDArray[np.float32]]:
    """The encoder of a trained `Reader` under its published names, and its heads under ours."""
    names = dict(encoder_names())
    return {names.get(name, name): tensor.float().numpy() for name, tensor in state.items()}


def path_loss(scores: Tensor, labels: Tensor, transitions: Tensor) -> Tensor:
    """Mean negative log-likelihood a token of the labelled paths under the CRF.

    `scores` is (batch, tokens, LABELS), `labels` (batch, tokens) with -100 behind a row's last token.
    """
    present = labels >= 0
    gold = labels.clamp(min=0)
    right = scores.gather(2, gold[..., None]).squeeze(2) * present
    steps = transitions[gold[:, :-1], gold[:, 1:]] * present[:, 1:]
    state = scores[:, 0]
    for at in range(1, scores.shape[1]):
        step = torch.logsumexp(state[:, :, None] + transitions, dim=1) + scores[:, at]
        state = torch.where(present[:, at, None], step, state)
    total = torch.logsumexp(state, dim=1).sum()
    loss: Tensor = (total - right.sum() - steps.sum()) / present.sum()
    return loss
