"""The gate: what holds passes, what does not is repaired once or left out, and that is said."""

from __future__ import annotations

from dataclasses import replace

import pytest

from briefing.checking.gate import REPAIRED, Gate, is_loaded
from briefing.reading.parties import load_lexicon
from briefing.types import Statement
from briefing.writing.drafts import Draft, cite, in_plain_words
from tests.factories import make_article, make_statement

ARTICLE = make_article(
    "Oman's foreign ministry said the coast road was open to trucks. Rain fell on the road all night. "
    "Qatar denied that the coast road was open."
)
SAID: list[Statement] = [
    make_statement(
        ARTICLE,
        "the coast road was open to trucks",
        "Oman's foreign ministry",
        "said",
        party="Oman",
    ),
    make_statement(ARTICLE, "that the coast road was open", "Qatar", "denied", party="Qatar", act="deny"),
]


def line(text: str, sentence: int = 0, party: str | None = "Oman", plain: str = "") -> Draft:
    speaker = {"Oman": "Oman's foreign ministry", "Qatar": "Qatar"}.get(party or "")
    return Draft(text, cite(ARTICLE, [ARTICLE.sentences[sentence]]), party, speaker, plain=plain)


@pytest.fixture
def gate() -> Gate:
    return Gate(load_lexicon(), SAID)


def test_what_is_borne_out_passes_as_it_is(gate: Gate) -> None:
    draft = replace(line("Oman's foreign ministry said the coast road was open."), notes=("as told",))
    (claim,) = gate.pass_all([draft])
    assert (claim.text, claim.party, claim.speaker, claim.notes) == (
        draft.text,
        "Oman",
        draft.speaker,
        ("as told",),
    )
    assert claim.citations == draft.citations
    assert claim.verdict.supported
    assert gate.notes == []


FALSE = "Oman's foreign ministry said the coast road was shut to trucks."


def test_what_is_not_is_said_in_the_sources_words(gate: Gate) -> None:
    (claim,) = gate.pass_all([line(FALSE, plain=ARTICLE.sentences[0].text)])
    assert claim.text == ARTICLE.sentences[0].text
    assert claim.notes == (REPAIRED,)
    assert gate.notes == []


def test_what_cannot_be_repaired_is_left_out_and_that_is_said_once(gate: Gate) -> None:
    assert gate.pass_all([line(FALSE), line(FALSE)]) == ()
    (note,) = gate.notes
    assert note.startswith("A line was left out because it could not be shown to be supported (")


def test_only_one_repair_is_tried(gate: Gate) -> None:
    asked: list[str] = []

    def worse(draft: Draft, reason: str) -> Draft:
        asked.append(reason)
        return replace(draft, text=FALSE.replace("to trucks", "to 900 trucks"))

    claim, reason = gate.try_once(line(FALSE), worse)
    assert claim is None
    assert asked == [reason]
    assert asked[0]


def test_a_repair_that_holds_is_shown_without_the_note_of_plain_words(gate: Gate) -> None:
    right = "Oman's foreign ministry said the coast road was open to trucks."
    claim, _ = gate.try_once(line(FALSE), lambda draft, _: replace(draft, text=right))
    assert claim is not None
    assert (claim.text, claim.notes) == (right, ())


def test_the_order_of_the_drafts_is_kept_and_the_gate_goes_on_after_a_bad_one(gate: Gate) -> None:
    good = line("Oman's foreign ministry said the coast road was open.")
    rain = line("Rain fell on the road all night.", 1, None)
    assert [c.text for c in gate.pass_all([rain, line(FALSE), good])] == [rain.text, good.text]


@pytest.mark.parametrize(
    "draft",
    [
        line("The coast road was open to trucks.", party=None),
        line("Qatar said the coast road was open to trucks.", party="Qatar"),
        line("Qatar said that the coast road was open.", 2, "Qatar"),
        replace(line("Oman's foreign ministry said the coast road was open."), citations=()),
        line("Oman's foreign ministry said “the coast road was wide open”."),
    ],
    ids=["nobody's opinion", "another's word", "a denial dropped", "nothing cited", "a made-up quotation"],
)
def test_what_never_passes(gate: Gate, draft: Draft) -> None:
    assert gate.pass_all([draft]) == ()


def test_the_writers_own_statements_count_for_nothing(gate: Gate) -> None:
    own = make_statement(
        ARTICLE, "the coast road was open to trucks", "Oman", "said", party="Qatar", speaker="Qatar"
    )
    claimed = replace(line("Qatar said the coast road was open to trucks.", party="Qatar"), statements=(own,))
    assert gate.pass_all([claimed]) == ()


def test_plain_words_are_tried_once_only() -> None:
    draft = line(FALSE, plain="The source.")
    plain = in_plain_words(draft)
    assert plain is not None
    assert in_plain_words(plain) is None


def test_words_that_take_a_side_are_seen_outside_quotation_marks_only() -> None:
    assert is_loaded("The butchers of the regime fled.")
    assert not is_loaded("“The butchers of the regime fled,” Oman said.")
    assert not is_loaded("The road was open.")


def test_a_number_that_the_model_was_not_given_is_no_receipt(gate: Gate) -> None:
    copied = line("Oman's foreign ministry said the coast road was open to trucks.")
    claim, reason = gate.try_once(replace(copied, unknown=(9,)), lambda *_: None)
    assert claim is None
    assert reason == "it cites [9], which it was not given"
