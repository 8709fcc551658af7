"""The model's vote: what it is shown of claim and sentences, and what its word is worth."""

from __future__ import annotations

import pytest

from briefing.checking.alignment import read_cited
from briefing.checking.citations import verify
from briefing.checking.meaning import EVIDENCE, SHARED, TELLING, choose_evidence, encode_pair, weigh
from briefing.reading.words import find_words

DEPOTS = "The army said its aircraft had struck three fuel depots near the port of Velm."


def counted(claim: str, *sentences: str) -> list[str]:
    """The pieces of the claim that count, as written."""
    pair = encode_pair(claim, sentences)
    return [claim[a:b] for (a, b), counts in zip(pair.spans, pair.counted, strict=True) if counts]


def test_what_is_compared_elsewhere_does_not_count() -> None:
    claim = "Orsk said 27 farmers had “no bread” in all of the valley."
    assert counted(claim, DEPOTS) == ["farmers", "all", "valley"]


def test_types_tell_the_side_the_shared_words_and_the_names() -> None:
    pair = encode_pair("Rebels struck Velm.", [DEPOTS])
    by_word = dict(zip(("rebels", "struck", "velm"), pair.types[1:4], strict=True))
    assert by_word["rebels"] == 0
    assert by_word["struck"] == SHARED
    assert by_word["velm"] & (SHARED | TELLING) == SHARED | TELLING
    assert pair.types[-2] & EVIDENCE
    assert len(pair.ids) == len(pair.types)


def test_the_evidence_is_the_few_sentences_that_hold_most_of_the_claim() -> None:
    sentences = ["Rain fell.", "The harbour was shut.", DEPOTS, "Snow fell.", "A ferry sank near Velm."]
    assert choose_evidence(find_words("Aircraft struck depots and a ferry sank."), read_cited(sentences)) == [
        2,
        4,
    ]


def test_long_texts_are_cut_and_never_fail() -> None:
    pair = encode_pair("word " * 2000, ["other " * 2000])
    assert len(pair.ids) == 3 + 120 + 230


@pytest.mark.parametrize("claim", ["", "?!", "“Open.”", "7", "\ud800", "a\u0000b"])
def test_a_claim_without_words_to_weigh_gets_no_vote(claim: str) -> None:
    assert weigh(claim, read_cited([DEPOTS])).log_holds == 0.0


def test_the_same_pair_gets_the_same_vote() -> None:
    cited = read_cited([DEPOTS])
    claim = "Aircraft of the army hit fuel depots near Velm."
    assert weigh(claim, cited) == weigh(claim, read_cited([DEPOTS]))


def test_a_sentence_and_its_copy_agree_more_than_another() -> None:
    cited = read_cited([DEPOTS])
    same = weigh("Its aircraft had struck fuel depots near the port of Velm.", cited)
    other = weigh("Its aircraft had struck wheat silos near the port of Velm.", cited)
    assert same.log_holds > other.log_holds + 1.0
    assert "silos" in other.doubtful


def test_the_reason_names_the_words() -> None:
    verdict = verify(
        "The army said its aircraft had struck three school buses near the port of Velm.", [DEPOTS]
    )
    assert not verdict.supported
    assert any("buses" in reason for reason in verdict.reasons)


def test_a_rewording_that_the_model_is_sure_of_needs_fewer_of_the_words() -> None:
    claim = "The army said its planes had hit three fuel depots close to the port of Velm."
    assert verify(claim, [DEPOTS]).supported
