"""What models took and replied, in the catalog: added up, kept once, bounded."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from briefing.store import Store
from briefing.store import ledger as ledger_module
from briefing.types import Spent
from tests.store_entries import DIMENSIONS, EMBEDDER

DAY = dt.date(2021, 3, 4)


def test_a_day_adds_up_and_outlives_the_process(tmp_path: Path) -> None:
    with Store.open(tmp_path, EMBEDDER, DIMENSIONS) as store:
        store.ledger.book(DAY, Spent(100, 0.25))
        store.ledger.book(DAY, Spent(20, 0.5))
    with Store.open(tmp_path, EMBEDDER, DIMENSIONS) as store:
        assert store.ledger.spent(DAY) == Spent(120, 0.75)
        assert store.ledger.spent(DAY + dt.timedelta(days=1)) == Spent()


def test_a_reply_is_kept_once_and_found_by_its_key(tmp_path: Path) -> None:
    with Store.open(tmp_path, EMBEDDER, DIMENSIONS) as store:
        store.ledger.keep_reply("key", "- One. [1]")
        store.ledger.keep_reply("key", "- Two. [1]")
        assert store.ledger.kept_reply("key") == "- One. [1]"
        assert store.ledger.kept_reply("other") is None


def test_the_oldest_replies_go_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger_module, "_MOST_REPLIES", 3)
    with Store.open(tmp_path, EMBEDDER, DIMENSIONS) as store:
        for number in range(5):
            store.ledger.keep_reply(f"key {number}", "text")
        kept = [store.ledger.kept_reply(f"key {number}") is not None for number in range(5)]
    assert kept == [False, False, True, True, True]
