"""What a language model was asked and what that took."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Usage:
    """`calls` reached the model, `kept` were answered from replies kept before.

    Tokens are the server's count, or ours (four characters a token) where `estimated`. `cost` is None without
    a price for the model.
    """

    model: str
    calls: int = 0
    kept: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    seconds: float = 0.0
    cost: float | None = None
    currency: str = ""
    estimated: bool = False


@dataclass(frozen=True)
class Spent:
    """What language models took on one day: tokens both ways, and money at the user's prices."""

    tokens: int = 0
    cost: float = 0.0
