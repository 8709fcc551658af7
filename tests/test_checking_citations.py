"""The verifier beyond single rows: neighbours, aliases, credited claims, and texts nobody would write."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.checking.citations import Credit, verify, verify_claim
from briefing.checking.credit import verify_credit
from briefing.types import Article, Citation, Statement

_TEXT = (
    "Moscow on Friday insisted its warplanes in the valley were hitting the rebels’ depots. "
    "Envoy Sara Lind met farmers in the hall. "
    "“The wells are poisoned,” she said. "
    "“Nobody will drink from them this year.” "
    "Mayor Otto Brand said the wells were clean."
)
_ARTICLE = Article(_TEXT, outlet="Valley Post")


def _span(words: str) -> tuple[int, int]:
    start = _TEXT.index(words)
    return (start, start + len(words))


def _statement(source: str, cue: str, content: str, speaker: str | None, party: str | None) -> Statement:
    return Statement(
        article=_ARTICLE,
        source_spans=(_span(source),),
        cue_spans=(_span(cue),),
        content_spans=(_span(content),),
        kind="indirect",
        mention=source,
        speaker=speaker,
        party=party,
    )


_LIND = _statement("she", "said", "“The wells are poisoned,”", "Sara Lind", "Relief Union")
_BRAND = _statement("Mayor Otto Brand", "said the", "the wells were clean", "Otto Brand", None)
_MOSCOW = _statement(
    "Moscow", "insisted", "its warplanes in the valley were hitting the rebels’ depots", None, "Russia"
)
_ALL = (_LIND, _BRAND, _MOSCOW)


def _cite(*numbers: int) -> tuple[Citation, ...]:
    return tuple(Citation(_ARTICLE, _ARTICLE.sentences[n].start, _ARTICLE.sentences[n].end) for n in numbers)


def _party(name: str) -> str | None:
    return "Russia" if name in ("Russia", "Moscow", "Russian", "the Kremlin", "Kremlin") else None


def test_aliases_let_a_party_stand_for_another_of_its_names() -> None:
    text = "Russia said its warplanes in the valley were hitting the rebels’ depots."
    assert verify(text, [_ARTICLE.sentences[0]], aliases=_party).supported
    refused = verify(text, [_ARTICLE.sentences[0]])
    assert not refused.supported
    assert "the name Russia is not in the cited sentences" in refused.reasons


def test_a_quotation_may_span_neighbours_but_not_sentences_apart() -> None:
    quotation = "Lind said: “The wells are poisoned, she said. Nobody will drink from them this year.”"
    assert verify(quotation, _ARTICLE.sentences[1:4]).label != "quotation not in source"
    apart = [_ARTICLE.sentences[1], _ARTICLE.sentences[3]]
    joined = "“met farmers in the hall. Nobody will drink from them this year”"
    assert verify(joined, apart).label == "quotation not in source"


def test_the_order_of_checks_is_the_order_of_labels() -> None:
    wrong_in_every_way = "Otto Brand said “nothing is clean” on Monday."
    assert verify(wrong_in_every_way, []).label == "uncited"
    verdict = verify(wrong_in_every_way, [_ARTICLE.sentences[4]])
    assert verdict.label == "quotation not in source"
    assert len(verdict.reasons) > 1


def test_more_faults_rank_lower() -> None:
    source = ["The army lost 12 tanks near Velm on Monday."]
    scores = [
        verify(text, source).score
        for text in (
            "The army lost 12 tanks near Velm on Monday.",
            "The army lost 13 tanks near Velm on Monday.",
            "The army lost 13 tanks near Brenn on Monday.",
            "The army lost 13 tanks near Brenn on Sunday.",
        )
    ]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == len(scores)


def test_a_credited_claim_needs_a_statement_of_that_speaker_at_the_cited_span() -> None:
    text = "Sara Lind said: “The wells are poisoned”"
    assert verify_claim(text, _cite(2), _ALL, Credit("Sara Lind", "Relief Union")).supported
    swapped = verify_claim("Otto Brand said: “The wells are poisoned”", _cite(2), _ALL, Credit("Otto Brand"))
    assert swapped.label == "misattributed"
    assert "the cited sentences credit Sara Lind with this, not Otto Brand" in swapped.reasons


def test_the_party_must_be_that_of_the_same_statement() -> None:
    verdict = verify_claim(
        "Sara Lind said: “The wells are poisoned”", _cite(2), _ALL, Credit("Sara Lind", "Russia")
    )
    assert verdict.label == "misattributed"
    assert "not Sara Lind for Russia" in verdict.reasons[0]


def test_a_resolved_name_need_not_stand_in_the_cited_sentence() -> None:
    text = "Sara Lind said: “The wells are poisoned”"
    assert not verify(text, [_ARTICLE.sentences[2]]).supported
    assert verify_claim(text, _cite(2), _ALL, Credit("Sara Lind")).supported
    assert not verify_claim(text.replace("Sara", "Hanna"), _cite(2), _ALL, Credit("Sara Lind")).supported


def test_credit_where_nobody_is_credited() -> None:
    verdict = verify_claim("Sara Lind met farmers in the hall.", _cite(1), _ALL, Credit("Sara Lind"))
    assert verdict.label == "misattributed"
    assert "credit nobody" in verdict.reasons[0]


def test_a_claim_that_credits_nobody_must_not_tell_a_statement_as_fact() -> None:
    assert verify_claim("The wells were clean.", _cite(4), _ALL).label == "misattributed"
    assert verify_claim("Sara Lind met farmers in the hall.", _cite(1), _ALL).supported
    assert verify_claim("Mayor Otto Brand said the wells were clean.", _cite(4), _ALL).supported


def test_an_uncited_claim_is_uncited_whoever_is_credited() -> None:
    assert (
        verify_claim("Otto Brand said the wells were clean.", (), _ALL, Credit("Otto Brand")).label
        == "uncited"
    )


@pytest.mark.parametrize(
    ("speaker", "party", "right"),
    [
        ("Otto Brand", None, True),
        ("Brand", None, True),
        ("Mayor Otto Brand", None, True),
        (None, None, True),
        ("Hugo Brandt", None, False),
        ("Otto Brand", "Russia", False),
        (None, "Russia", False),
    ],
)
def test_verify_credit(speaker: str | None, party: str | None, right: bool) -> None:
    assert (verify_credit(speaker, party, [_BRAND]) is None) is right


def test_verify_credit_gives_the_speaker_of_the_source() -> None:
    assert (
        verify_credit("Lind", None, [_BRAND]) == "the cited sentences credit Otto Brand with this, not Lind"
    )
    assert verify_credit("Lind", None, []) == "the cited sentences credit nobody, so not Lind"


_SENTENCES = st.lists(st.text(max_size=120), max_size=4)


@given(st.text(max_size=200), _SENTENCES)
def test_verify_never_raises_and_keeps_its_contract(text: str, sentences: list[str]) -> None:
    verdict = verify(text, sentences)
    assert 0.0 <= verdict.score <= 1.0
    assert verdict.supported == (verdict.reasons == ())
    assert verdict == verify(text, sentences)


_AWKWARD = st.text(alphabet="“”\"'‘’«»„[]….,;: 019%$-aA“”\n", max_size=120)


@given(_AWKWARD, st.lists(_AWKWARD, max_size=3))
def test_verify_never_raises_on_marks_and_numbers(text: str, sentences: list[str]) -> None:
    assert 0.0 <= verify(text, sentences).score <= 1.0


@given(st.lists(st.sampled_from(_TEXT.split()), min_size=1, max_size=30))
def test_a_copy_of_a_cited_sentence_is_supported_in_full(words: list[str]) -> None:
    sentence = " ".join(words)
    assert verify(sentence, ["Something else.", sentence]).score == 1.0


@pytest.mark.parametrize(
    "piece", ["“", "'a", "[", "…", "1,", "two hundred ", "Aa ", "not ", "said, ", "“a” … [b] "]
)
def test_time_grows_with_the_length_of_the_text(piece: str) -> None:
    text = piece * (20_000 // len(piece))
    began = time.perf_counter()
    verify(text, [text[::-1], "The wells were clean."])
    assert time.perf_counter() - began < 5.0
