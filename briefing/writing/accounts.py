"""What language models cost: the user's prices, a daily budget, and replies that are kept.

The replies and the day's spending lie in the library, so that a repeated briefing costs nothing and the
budget holds for every process that uses the library.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from briefing.errors import SettingError, WriterError
from briefing.types import Spent

_MILLION = 1_000_000


class Ledger(Protocol):
    """Where replies and spending are kept."""

    def kept_reply(self, key: str) -> str | None:
        """The whole reply that was kept under `key`."""
        ...

    def keep_reply(self, key: str, text: str) -> None: ...

    def spent(self, day: dt.date) -> Spent: ...

    def book(self, day: dt.date, spent: Spent) -> None:
        """Add to what was spent that day."""
        ...


@dataclass(frozen=True)
class Prices:
    """`models` maps a model's name to (input, output) in `currency` for a million tokens."""

    currency: str = ""
    models: Mapping[str, tuple[float, float]] = field(default_factory=dict)

    def cost(self, model: str, tokens_in: int, tokens_out: int) -> float | None:
        """None for a model that has no price."""
        if model not in self.models:
            return None
        price_in, price_out = self.models[model]
        return (tokens_in * price_in + tokens_out * price_out) / _MILLION


@dataclass(frozen=True)
class Budget:
    """The most a day may take: tokens, or money at the user's prices; None is no limit."""

    tokens: int | None = None
    cost: float | None = None


@dataclass(frozen=True)
class Accounts:
    """Prices, budget and ledger of one library; `today` is the day that spending counts for."""

    ledger: Ledger
    prices: Prices = Prices()
    budget: Budget = Budget()
    today: Callable[[], dt.date] = dt.date.today

    def check(self, model: str, tokens_in: int, tokens_out: int = 0) -> None:
        """Raises WriterError where these tokens, of the prompt to be sent and of requests under way, would
        take today's spending past the budget. The reply to come may: its length is not known."""
        if self.budget == Budget():
            return
        spent = self.ledger.spent(self.today())
        if self.budget.tokens is not None and spent.tokens + tokens_in + tokens_out > self.budget.tokens:
            raise WriterError(
                f"today’s budget for the language model is used up ({spent.tokens:,} of "
                f"{self.budget.tokens:,} tokens; BRIEFING_DAILY_BUDGET)"
            )
        cost = self.prices.cost(model, tokens_in, tokens_out) or 0.0
        if self.budget.cost is not None and spent.cost + cost > self.budget.cost:
            raise WriterError(
                f"today’s budget for the language model is used up ({spent.cost:.2f} of "
                f"{self.budget.cost:.2f} {self.prices.currency}; BRIEFING_DAILY_BUDGET)"
            )

    def book(self, model: str, tokens_in: int, tokens_out: int) -> None:
        """Add one request to today's spending."""
        cost = self.prices.cost(model, tokens_in, tokens_out) or 0.0
        self.ledger.book(self.today(), Spent(tokens_in + tokens_out, cost))


def read_prices(path: Path) -> Prices:
    """The price table in a YAML file: `currency`, and for each of `models` its `input` and `output` for a
    million tokens. Raises SettingError."""
    import yaml

    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
        models = {
            str(name): (float(row["input"]), float(row["output"])) for name, row in raw["models"].items()
        }
        if not all(0 <= price < math.inf for row in models.values() for price in row):
            raise ValueError("a price is below zero or no number")
        return Prices(str(raw["currency"]), models)
    except (OSError, yaml.YAMLError, KeyError, TypeError, ValueError, AttributeError) as error:
        reason = " ".join(str(error).split())
        raise SettingError(
            f"BRIEFING_PRICES={path} cannot be read ({reason}); it needs `currency: USD` and "
            "`models: {NAME: {input: 0.25, output: 2.00}}`, for a million tokens"
        ) from None


def read_budget(text: str, prices: Prices) -> Budget:
    """A budget as it is written: "2.50", in the currency of the prices, or "200000 tokens"; "" is none.

    Raises SettingError.
    """
    number, _, unit = text.strip().partition(" ")
    if not number:
        return Budget()
    in_tokens = unit.strip() in ("token", "tokens")
    try:
        amount = int(number.replace(",", "").replace("_", "")) if in_tokens else float(number)
    except ValueError:
        amount = -1
    if not 0 <= amount < math.inf or not (in_tokens or unit.strip() in ("", prices.currency)):
        raise SettingError(
            f"BRIEFING_DAILY_BUDGET={text} cannot be used: write an amount such as 2.50, in the currency of "
            "BRIEFING_PRICES, or 200000 tokens"
        )
    return Budget(tokens=int(amount)) if in_tokens else Budget(cost=amount)


def require_price(budget: Budget, prices: Prices, model: str) -> None:
    """Raises SettingError where the budget is money and the model has no price: it would never stop."""
    if budget.cost is not None and model not in prices.models:
        raise SettingError(
            f"a daily budget of {budget.cost:.2f} (BRIEFING_DAILY_BUDGET) needs the price of {model} in "
            "BRIEFING_PRICES; or give the budget in tokens"
        )
