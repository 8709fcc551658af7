"""Prices, the day's budget and replies that are kept."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from briefing.errors import SettingError, WriterError
from briefing.types import Spent
from briefing.writing.accounts import Accounts, Budget, Prices, read_budget, read_prices, require_price

PRICES = Prices("USD", {"small": (0.5, 2.0)})


class Purse:
    """A ledger in memory."""

    def __init__(self) -> None:
        self.days: dict[dt.date, Spent] = {}
        self.replies: dict[str, str] = {}

    def kept_reply(self, key: str) -> str | None:
        return self.replies.get(key)

    def keep_reply(self, key: str, text: str) -> None:
        self.replies.setdefault(key, text)

    def spent(self, day: dt.date) -> Spent:
        return self.days.get(day, Spent())

    def book(self, day: dt.date, spent: Spent) -> None:
        held = self.spent(day)
        self.days[day] = Spent(held.tokens + spent.tokens, held.cost + spent.cost)


def test_a_price_is_for_a_million_tokens_each_way() -> None:
    assert PRICES.cost("small", 1_000_000, 500_000) == pytest.approx(1.5)
    assert PRICES.cost("other", 1, 1) is None


def test_prices_are_read_from_yaml(tmp_path: Path) -> None:
    path = tmp_path / "prices.yaml"
    path.write_text("currency: EUR\nmodels:\n  tiny: {input: 1, output: 2.5}\n", encoding="utf-8")
    assert read_prices(path) == Prices("EUR", {"tiny": (1.0, 2.5)})


@pytest.mark.parametrize(
    "text",
    [
        "",
        "currency: EUR\n",
        "currency: EUR\nmodels: {a: {input: 1}}\n",
        "a: [",
        "currency: E\nmodels: {a: {input: -1, output: 0}}",
        "currency: E\nmodels: {a: {input: .nan, output: 0}}",
        "currency: E\nmodels: {a: {input: 1, output: .inf}}",
    ],
)
def test_a_price_table_that_cannot_be_read_says_what_it_needs(tmp_path: Path, text: str) -> None:
    path = tmp_path / "prices.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(
        SettingError, match=r"BRIEFING_PRICES=.*prices\.yaml cannot be read .*for a million tokens"
    ):
        read_prices(path)


@pytest.mark.parametrize(
    ("text", "budget"),
    [
        ("", Budget()),
        ("2.50", Budget(cost=2.5)),
        ("2.50 USD", Budget(cost=2.5)),
        ("0", Budget(cost=0.0)),
        ("200000 tokens", Budget(tokens=200_000)),
        ("200,000 tokens", Budget(tokens=200_000)),
    ],
)
def test_a_budget_is_money_or_tokens(text: str, budget: Budget) -> None:
    assert read_budget(text, PRICES) == budget


@pytest.mark.parametrize(
    "text",
    ["much", "-1", "2.50 EUR", "x tokens", "-5 tokens", "nan", "inf", "nan USD", "nan tokens", "1e999"],
)
def test_a_budget_that_cannot_be_read_is_a_setting_error(text: str) -> None:
    with pytest.raises(SettingError, match="BRIEFING_DAILY_BUDGET="):
        read_budget(text, PRICES)


def test_money_needs_a_price() -> None:
    with pytest.raises(SettingError, match="needs the price of other in BRIEFING_PRICES"):
        require_price(Budget(cost=2.5), PRICES, "other")
    require_price(Budget(cost=2.5), PRICES, "small")
    require_price(Budget(tokens=10), PRICES, "other")


def test_no_request_begins_that_would_pass_the_budget_and_the_next_day_begins_anew() -> None:
    day = dt.date(2021, 3, 4)
    accounts = Accounts(Purse(), PRICES, Budget(tokens=1000), lambda: day)
    accounts.check("small", 900)
    accounts.book("small", 800, 100)
    with pytest.raises(WriterError, match=r"budget .* is used up \(900 of 1,000 tokens"):
        accounts.check("small", 200)
    later = Accounts(accounts.ledger, PRICES, accounts.budget, lambda: day + dt.timedelta(days=1))
    later.check("small", 200)


def test_money_counts_at_the_users_prices() -> None:
    accounts = Accounts(Purse(), PRICES, Budget(cost=0.001), lambda: dt.date(2021, 3, 4))
    accounts.book("small", 1000, 250)
    with pytest.raises(WriterError, match=r"0\.00 of 0\.00 USD"):
        accounts.check("small", 100)


def test_what_requests_under_way_have_written_counts_at_its_price() -> None:
    accounts = Accounts(Purse(), PRICES, Budget(cost=0.001))
    accounts.check("small", 1000, 200)
    with pytest.raises(WriterError, match="is used up"):
        accounts.check("small", 1000, 300)


def test_without_a_budget_nothing_is_asked_of_the_ledger() -> None:
    Accounts(Purse(), PRICES).check("small", 10**9)
