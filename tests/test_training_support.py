"""Pairs for the checker, made by rule: what is changed is known, and what is fair changes nothing."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from training.claims import put, read_claim, write_claim
from training.corruption import Corruption, Pool, phrases_in
from training.rewording import Rewording
from training.support_pairs import PairMaker
from training.wordnet import Reading, WordNet

TEXT = "Orsk said on Monday that two bridges near Velm may not reopen before the large market closes."
POOL = Pool(["Brenn", "Ada Nilsson", "Harbour Council"], [["in", "the", "fog"]], ["green"])


class FewWords:
    """A lexicon of three words."""

    def reading(self, word: str) -> Reading | None:
        return Reading(word, "n", "") if word in ("market", "bridges") else None

    def fair(self, word: str) -> Sequence[str]:
        return {"large": ("big",)}.get(word, ())

    def opposite(self, word: str) -> Sequence[str]:
        return {"large": ("small",)}.get(word, ())

    def other(self, word: str) -> Sequence[str]:
        return {"market": ("school",)}.get(word, ())


def corruption(seed: int) -> Corruption:
    return Corruption(FewWords(), POOL, random.Random(seed))  # type: ignore[arg-type]


@pytest.mark.parametrize("text", [TEXT, "“No,” she said: 1,200 (or 3.5 %) fell.", "Don’t."])
def test_a_claim_is_written_as_it_was_read(text: str) -> None:
    assert write_claim(read_claim(text)) == (text, [])


def test_what_is_put_in_is_known_by_its_place() -> None:
    claim = read_claim("The market closed.")
    text, wrong = write_claim(put(claim, 1, 2, ["green", "school"], wrong=True))
    assert [text[a:b] for a, b in wrong] == ["green", "school"]
    gone, wrong = write_claim(put(claim, 1, 2, [], wrong=True))
    assert (gone, [gone[a:b] for a, b in wrong]) == ("The closed.", ["closed"])


def test_every_corruption_changes_the_claim_and_marks_a_place() -> None:
    kinds = set()
    for seed in range(300):
        made = corruption(seed).corrupt(read_claim(TEXT), ["Tel Hadra"])
        assert made is not None
        kind, claim = made
        text, wrong = write_claim(claim)
        assert text != TEXT
        assert wrong
        kinds.add(kind)
    assert kinds >= {
        "other thing",
        "opposite",
        "name",
        "number",
        "negation",
        "hedge",
        "day",
        "places",
        "invented",
    }


def test_a_dropped_credit_leaves_the_words_as_fact() -> None:
    kinds = [
        corruption(seed).corrupt(read_claim("Orsk said that rain is near the hills."), [])
        for seed in range(60)
    ]
    (credit, *_) = [claim for made in kinds if made for kind, claim in [made] if kind == "credit"]
    assert write_claim(credit)[0] == "Rain is near the hills."


def test_a_fair_rewording_keeps_names_numbers_and_negations() -> None:
    for seed in range(100):
        words = {t.text for t in Rewording(FewWords(), random.Random(seed)).reword(TEXT)}  # type: ignore[arg-type]
        assert {"Velm", "not", "may"} <= words
        assert words & {"two", "2"}


def test_phrases_are_short_and_end_with_their_clause() -> None:
    assert phrases_in(read_claim("It fell in the old town, by night.")) == [["in", "the", "old", "town"]]


def test_pairs_hold_or_say_what_is_wrong_and_cite_what_they_are_made_of() -> None:
    sentences = [
        TEXT,
        "The Harbour Council met in Brenn on Sunday to talk about the two bridges.",
        "It rained.",
    ]
    maker = PairMaker(FewWords(), POOL, random.Random(5))  # type: ignore[arg-type]
    pairs = list(maker.pairs(sentences, 200))
    assert 0.3 < sum(pair.holds for pair in pairs) / len(pairs) < 0.7
    for pair in pairs:
        assert pair.holds == (not pair.kind)
        assert set(pair.evidence) <= set(sentences)
        if pair.wrong:
            assert all(pair.claim[a:b].strip() for a, b in pair.wrong)


def test_wordnet_files_are_read(tmp_path: Path) -> None:
    """Two meanings of one adjective, its opposite, and a noun with a sibling."""
    (tmp_path / "data.adj").write_text(
        "00000010 00 a 02 large 0 big 0 001 ! 00000020 a 0101 | of size\n"
        "00000020 00 a 01 small 0 001 ! 00000010 a 0101 | of little size\n",
        encoding="ascii",
    )
    (tmp_path / "index.adj").write_text(
        "large a 1 1 ! 1 1 00000010\nbig a 1 1 ! 1 1 00000010\nsmall a 1 1 ! 1 1 00000020\n", encoding="ascii"
    )
    (tmp_path / "data.noun").write_text(
        "00000030 03 n 01 place 0 002 ~ 00000040 n 0000 ~ 00000050 n 0000 | a place\n"
        "00000040 03 n 01 market 0 001 @ 00000030 n 0000 | for trade\n"
        "00000050 03 n 01 school 0 001 @ 00000030 n 0000 | for learning\n",
        encoding="ascii",
    )
    (tmp_path / "index.noun").write_text(
        "place n 1 1 ~ 1 1 00000030\nmarket n 1 1 @ 1 1 00000040\nschool n 1 1 @ 1 1 00000050\n",
        encoding="ascii",
    )
    for name in (
        "data.verb",
        "data.adv",
        "index.verb",
        "index.adv",
        "noun.exc",
        "verb.exc",
        "adj.exc",
        "adv.exc",
    ):
        (tmp_path / name).write_text("", encoding="ascii")
    (tmp_path / "cntlist.rev").write_text(
        "large%3:00:00:: 1 9\nbig%3:00:00:: 1 9\nsmall%3:00:00:: 1 9\n"
        "market%1:15:00:: 1 5\nschool%1:14:00:: 1 5\nplace%1:15:00:: 1 5\n",
        encoding="ascii",
    )
    net = WordNet(tmp_path)
    large, markets = net.read("large"), net.read("markets")
    assert large is not None and markets is not None
    assert (net.synonyms(large), net.opposites(large)) == (["big"], ["small"])
    assert markets == Reading("market", "n", "s")
    assert net.siblings(markets) == ["schools"]
    assert net.read("unknown") is None
