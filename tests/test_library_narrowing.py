"""The names that a reader typed, against those that a library holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.library.narrowing import resolve_filters
from briefing.store import Store
from tests.store_entries import DIMENSIONS, EMBEDDER, entry


@pytest.mark.parametrize(
    ("typed", "outlet"),
    [("rt", "rt"), ("RT", "RT"), (" rt ", "rt"), ("northern POST", "Northern Post"), ("Nowhere", "Nowhere")],
)
def test_an_outlet_is_found_by_its_own_name_first(tmp_path: Path, typed: str, outlet: str) -> None:
    with Store.open(tmp_path / "library", EMBEDDER, DIMENSIONS) as store:
        store.add([entry(n, outlet=name) for n, name in enumerate(("RT", "rt", "Northern Post"), 1)])
        assert resolve_filters(store, {"outlet": typed}, None).outlet == outlet
