from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from briefing.store import Store
from tests.store_entries import DIMENSIONS, EMBEDDER


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "library", EMBEDDER, DIMENSIONS) as opened:
        yield opened


def test_a_briefing_saved_again_is_replaced_and_becomes_the_newest(store: Store) -> None:
    for key, payload in (("monday", "1"), ("tuesday", "2"), ("monday", "3")):
        store.save_briefing(payload, key)
    assert store.briefings() == [("tuesday", "2"), ("monday", "3")]


def test_turns_stay_in_the_order_of_their_conversation(store: Store) -> None:
    for conversation, payload in (("a", "1"), ("b", "2"), ("a", "3"), ("c", "4"), ("b", "5")):
        store.append_turn(conversation, payload)
    assert store.turns("a") == ["1", "3"]
    assert store.turns("unknown") == []


def test_what_was_saved_is_there_after_reopening_and_changes_no_generation(tmp_path: Path) -> None:
    with Store.open(tmp_path / "library", EMBEDDER, DIMENSIONS) as store:
        store.append_turn("a", '{"text": "“Überraschung”\\u0000"}')
        store.save_briefing("{}", "k")
    with Store.open(tmp_path / "library", EMBEDDER, DIMENSIONS) as store:
        assert store.turns("a") == ['{"text": "“Überraschung”\\u0000"}']
        assert store.briefings() == [("k", "{}")]
        assert store.generation == 0
