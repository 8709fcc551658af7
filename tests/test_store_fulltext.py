from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from briefing.store.changes import PassageRow
from briefing.store.derived import DamagedIndexError
from briefing.store.fulltext import FullText


def _index(*texts: tuple[str, str] | str, folder: Path | None = None) -> FullText:
    index = FullText(folder)
    index.open()
    index.add([_row(n, text) for n, text in enumerate(texts)])
    return index


def _row(number: int, text: tuple[str, str] | str) -> PassageRow:
    body, headline = (text, "") if isinstance(text, str) else text
    return PassageRow(f"p{number}", body, headline, b"")


def _ids(found: Sequence[tuple[str, float]]) -> list[str]:
    return [i for i, _ in found]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The strikes were denied.", "strike denying"),
        ("Mr. Erdoğan spoke.", "Erdogan"),
        ("Erdogan spoke.", "ERDOĞAN’s"),
        ("The U.S. envoy left.", "US"),
        ("The US envoy left.", "U.S."),
        ("A U.N. envoy.", "What did the UN say?"),
        ("Talks at 6 p.m. failed.", "talks"),
        ("Россия ударила.", "россия"),
        ("日本 agreed.", "日本"),
    ],
)
def test_words_are_found_however_they_are_written(text: str, words: str) -> None:
    assert _ids(_index("Nothing of it.", text).matching(words, 5)) == ["p1"]


@pytest.mark.parametrize("words", ["", "   ", "!?", "what did the", "s t", "was it him"])
def test_a_question_without_content_finds_nothing(words: str) -> None:
    index = _index("What did the chairman's men not do? It was him.")
    assert index.matching(words, 5) == []


@pytest.mark.parametrize(
    "words",
    [
        'text:harbour AND (NOT "',
        "harbour^999 -pier +nothing",
        "harbour\x00",
        "headline:x OR harbour~2 [a TO z]",
        "*:* harbour",
        "' OR 1=1; harbour",
        "harbour " * 3000,
    ],
)
def test_a_question_is_words_and_never_a_query(words: str) -> None:
    index = _index("The harbour is closed.", "The pier is open.", "Rain fell.")
    found = _ids(index.matching(words, 5))
    assert found[0] == "p0"
    assert "p2" not in found


def test_any_word_may_match_and_more_words_rank_higher() -> None:
    index = _index("Kerry spoke.", "Lavrov met Kerry in Vienna.", "Lavrov spoke.", "Rain fell.")
    found = _ids(index.matching("Lavrov Kerry Vienna", 5))
    assert found[0] == "p1"
    assert set(found) == {"p0", "p1", "p2"}


def test_the_headline_counts_less_than_the_text() -> None:
    index = _index(("Rain fell.", "Drought ends"), ("Drought ends.", "Rain fell"))
    (first, high), (second, low) = index.matching("drought", 5)
    assert (first, second) == ("p1", "p0")
    assert low == pytest.approx(0.4 * high, rel=0.01)


def test_equal_scores_come_by_id_and_k_cuts() -> None:
    index = FullText(None)
    index.open()
    index.add([PassageRow(f"p{n:02}", "Rain fell.", "", b"") for n in (7, 3, 9, 1)])
    index.add([PassageRow(f"p{n:02}", "Rain fell.", "", b"") for n in (8, 2)])
    assert _ids(index.matching("rain", 3)) == ["p01", "p02", "p03"]
    assert index.matching("rain", 0) == []


def test_a_passage_added_again_is_not_doubled_and_a_removed_one_is_gone(tmp_path: Path) -> None:
    index = _index("Rain fell.", "Snow fell.", folder=tmp_path)
    index.add([_row(1, "Snow fell.")])
    assert index.count() == 2
    index.remove(["p1", "unknown"])
    assert (index.count(), index.matching("snow", 5)) == (1, [])
    index.close()
    index.open()
    assert _ids(index.matching("rain", 5)) == ["p0"]


@pytest.mark.parametrize("name", ["meta.json", "*.term", "*.store"])
def test_garbage_in_a_file_is_told_as_damage(tmp_path: Path, name: str) -> None:
    index = _index("Rain fell.", folder=tmp_path)
    index.close()
    next(tmp_path.glob(name)).write_bytes(b"\x00garbage" * 100)

    def ask() -> None:
        index.open()
        index.matching("rain", 5)

    with pytest.raises(DamagedIndexError):
        ask()
