"""The repairs of quotations: speeches that go on, signed quotations, transcripts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.reading.attribution.repair import Attribution, repair
from briefing.types import Span

SPOKE = "“We have lost the whole harvest,” Olena Zub said"


def at(text: str, words: str) -> Span:
    start = text.index(words)
    return (start, start + len(words))


def by_zub(text: str) -> Attribution:
    """What a tagger finds in a text that begins with `SPOKE`."""
    return Attribution(
        [at(text, "Olena Zub")], [at(text, "said")], [at(text, "We have lost the whole harvest,")]
    )


def spoken(text: str, found: list[Attribution]) -> list[tuple[str, str]]:
    """(source, content) of each attribution, "" for no source."""
    return [
        (
            " ".join(text[a:b] for a, b in attribution.source),
            " | ".join(text[a:b].strip("“”") for a, b in attribution.content),
        )
        for attribution in found
    ]


def test_leaves_alone_what_needs_no_repair() -> None:
    text = f"{SPOKE}."
    assert spoken(text, repair(text, [by_zub(text)])) == [("Olena Zub", "We have lost the whole harvest,")]


def test_a_quotation_goes_on_behind_its_speaker() -> None:
    text = f"{SPOKE}. “And nobody has come to help us.”"
    expected = "We have lost the whole harvest, | And nobody has come to help us."
    assert spoken(text, repair(text, [by_zub(text)])) == [("Olena Zub", expected)]


def test_a_speech_left_open_goes_on_in_the_next_paragraph() -> None:
    text = f"{SPOKE}. “Nobody has come to help us.\n“And nobody will come before the winter.”"
    (found,) = repair(text, [by_zub(text)])
    assert text[slice(*found.content[-1])] == "And nobody will come before the winter."


@pytest.mark.parametrize("between", ["He paused.", "Rain fell on the coast road. " * 3])
def test_a_speech_does_not_go_on_over_a_paragraph_in_between(between: str) -> None:
    text = f"{SPOKE}. “Nobody has come to help us.\n{between}\n“And nobody will come before the winter.”"
    assert spoken(text, repair(text, [by_zub(text)]))[-1] == ("", "And nobody will come before the winter.")


def test_a_closed_quotation_hands_nothing_on() -> None:
    text = f"{SPOKE}.\n“And nobody will come before the winter.”"
    assert spoken(text, repair(text, [by_zub(text)])) == [
        ("Olena Zub", "We have lost the whole harvest,"),
        ("", "And nobody will come before the winter."),
    ]


def test_a_quotation_that_nobody_holds_is_kept_without_a_speaker() -> None:
    text = "Rain fell on the road.\n“Nobody warned the villagers before the bombing.”"
    (found,) = repair(text, [])
    assert (found.source, found.cue, found.rule) == ([], [], "no speaker in the text")
    assert text[slice(*found.content[0])] == "Nobody warned the villagers before the bombing."


def test_a_short_phrase_in_quotation_marks_is_nobodys_speech() -> None:
    assert repair("The “green corridor” was cut.", []) == []


@pytest.mark.parametrize("dash", ["—", "–", "―", " — ", "\u00a0– "])
def test_a_signed_quotation_is_its_signers(dash: str) -> None:
    text = f"Readers wrote to us.\n“I have not slept at home for weeks.”{dash}Amina de la Cruz"
    assert spoken(text, repair(text, [])) == [("Amina de la Cruz", "I have not slept at home for weeks.")]


def test_a_signed_quotation_is_taken_from_whoever_held_it() -> None:
    text = "Readers wrote of “I have not slept at home for weeks.” — Amina Yusuf"
    held = Attribution(
        [at(text, "Readers")], [at(text, "wrote")], [at(text, "of “I have not slept at home for weeks.”")]
    )
    assert ("Amina Yusuf", "I have not slept at home for weeks.") in spoken(text, repair(text, [held]))


TRANSCRIPT = (
    "HOST: Did your troops cross?\nMR. DIALLO: They did not cross it.\n"
    "HOST: The tracks say so.\nMR. DIALLO: Cattle."
)


def test_a_transcript_is_read_line_by_line() -> None:
    found = repair(TRANSCRIPT, [])
    assert spoken(TRANSCRIPT, found) == [
        ("HOST", "Did your troops cross?"),
        ("MR. DIALLO", "They did not cross it."),
        ("HOST", "The tracks say so."),
    ]
    assert {a.rule for a in found} == {"transcript"}


@pytest.mark.parametrize(
    "text",
    [
        "HOST: Did your troops cross it?\nGUEST: They did not cross it.\nHOST: The tracks say so.",
        "NOTE: The road is shut.\nNOTE: The bridge is shut.\nNOTE: The pass is shut.\nNOTE: So is the port.",
        "Host: Did your troops cross?\nGuest: They did not.\nHost: Tracks say so.\nGuest: They were cows.",
    ],
    ids=["three lines", "one label", "labels in small letters"],
)
def test_what_only_looks_like_a_transcript(text: str) -> None:
    assert repair(text, []) == []


def test_marks_without_words_are_no_content() -> None:
    text = "Readers wrote “ ” and left."
    held = Attribution([at(text, "Readers")], [at(text, "wrote")], [at(text, "“ ”"), at(text, "left")])
    (found,) = repair(text, [held])
    assert found.content == [at(text, "left")]
    assert repair(text, [Attribution([], [], [at(text, "“ ”")])]) == []


@given(st.text(alphabet='“”"«» ANa.:—\nb', max_size=200))
def test_whatever_is_repaired_lies_inside_the_text_and_in_order(text: str) -> None:
    found = repair(text, [])
    contents = [span for attribution in found for span in attribution.content]
    assert all(0 <= a < b <= len(text) and text[a:b].strip() for a, b in contents)
    assert [a.content[0] for a in found] == sorted(a.content[0] for a in found)
