from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from briefing.store import Store, search
from briefing.types import Filters
from tests.store_entries import DIMENSIONS, EMBEDDER, entry

ENTRIES = [entry(n) for n in range(120)]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store.open(tmp_path_factory.mktemp("library"), EMBEDDER, DIMENSIONS) as opened:
        opened.add(ENTRIES)
        yield opened


def _exact(query: np.ndarray, k: int, only: set[str] | None = None) -> list[tuple[str, float]]:
    scored = [
        (p.id, float(row @ query / np.linalg.norm(query)))
        for e in ENTRIES
        for p, row in zip(e.passages, e.vectors, strict=True)
        if only is None or p.id in only
    ]
    return sorted(scored, key=lambda one: (-one[1], one[0]))[:k]


def test_vectors_come_in_the_order_asked_for_with_zeros_for_the_unknown(store: Store) -> None:
    one, two = ENTRIES[1], ENTRIES[2]
    rows = store.vectors([two.passages[1].id, "unknown", one.passages[0].id])
    assert rows.dtype == np.float32
    np.testing.assert_allclose(rows, [two.vectors[1], np.zeros(DIMENSIONS), one.vectors[0]], atol=1e-3)
    np.testing.assert_allclose(np.linalg.norm(rows[[0, 2]], axis=1), 1, atol=1e-6)
    assert store.vectors([]).shape == (0, DIMENSIONS)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_nearest_are_those_of_an_exact_search_with_their_cosines(store: Store, seed: int) -> None:
    query = 5 * np.random.default_rng(1000 + seed).normal(size=DIMENSIONS)
    found = store.nearest(query, 10)
    expected = _exact(query, 10)
    assert [i for i, _ in found] == [i for i, _ in expected]
    assert [s for _, s in found] == pytest.approx([s for _, s in expected], abs=1e-3)


@pytest.mark.parametrize("few", [100, 30, 3, 0])
def test_a_filter_never_costs_a_passage_that_it_lets_through(
    store: Store, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "_MOST_HELD", 60)  # of 360, so that the many are picked from neighbours
    query = np.random.default_rng(99).normal(size=DIMENSIONS)
    worst_first = list(dict.fromkeys(i.split(":")[0] for i, _ in reversed(_exact(query, 360))))
    articles = tuple(worst_first[:few])
    kept = {p.id for e in ENTRIES for p in e.passages if e.article.id in articles}
    found = store.nearest(query, 10, Filters(articles=articles))
    assert [i for i, _ in found] == [i for i, _ in _exact(query, 10, kept)]


def test_equal_cosines_come_by_id(store: Store, tmp_path: Path) -> None:
    same = [entry(n) for n in range(30)]
    for one in same:
        one.vectors[:] = np.eye(1, DIMENSIONS, dtype=np.float32)
    with Store.open(tmp_path / "same", EMBEDDER, DIMENSIONS) as other:
        other.add(same)
        found = other.nearest(np.eye(1, DIMENSIONS)[0], 90)
        assert [i for i, _ in found] == sorted(p.id for e in same for p in e.passages)


def test_no_vector_index_is_begun_while_the_catalog_is_asked(tmp_path: Path) -> None:
    with Store.open(tmp_path, EMBEDDER, DIMENSIONS, exact_up_to=9) as small:
        small.add(ENTRIES[:3])
        small.remove([ENTRIES[0].article.id])
        assert not (tmp_path / "vectors").exists()
        assert small.nearest(ENTRIES[1].vectors[0], 1)[0][0] == ENTRIES[1].passages[0].id
        small.add(ENTRIES[3:6])
        assert (tmp_path / "vectors").exists()
        ids = [small.nearest(e.vectors[0], 1)[0][0] for e in ENTRIES[1:6]]
        assert ids == [e.passages[0].id for e in ENTRIES[1:6]]


def test_edges_of_a_question(store: Store) -> None:
    assert store.nearest(np.ones(DIMENSIONS), 0) == []
    assert len(store.nearest(np.zeros(DIMENSIONS), 3)) == 3
    assert len(store.nearest(np.ones(DIMENSIONS), 10_000)) == 360


@pytest.mark.parametrize("vector", [np.ones(DIMENSIONS + 1), np.full(DIMENSIONS, np.nan)])
def test_a_vector_that_cannot_be_one_is_refused_and_harms_no_index(
    store: Store, vector: np.ndarray, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(ValueError, match="8 finite numbers"):
        store.nearest(vector, 3)
    assert not caplog.records


def test_an_empty_library_answers_without_loading_chroma(tmp_path: Path) -> None:
    with Store.open(tmp_path / "empty", EMBEDDER, DIMENSIONS) as empty:
        assert empty.nearest(np.ones(DIMENSIONS), 3) == []
        assert empty.matching("anything", 3) == []
        assert not (tmp_path / "empty" / "vectors").exists()
