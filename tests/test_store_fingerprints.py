from __future__ import annotations

import pytest

from briefing.store import fingerprint


@pytest.mark.parametrize(
    "other",
    [
        "the minister said: no talks!",
        "The  minister\n said “no” talks",
        "ＴＨＥ minister said, no talks.",
    ],
)
def test_case_marks_and_spacing_do_not_count(other: str) -> None:
    assert fingerprint(other) == fingerprint("The minister said no talks.")


def test_an_accent_counts_however_it_is_encoded() -> None:
    assert fingerprint("Cafe\u0301") == fingerprint("Café") != fingerprint("Cafe")


@pytest.mark.parametrize("other", ["The minister said talks.", "The ministers aid no talks.", ""])
def test_other_words_are_another_text(other: str) -> None:
    assert fingerprint(other) != fingerprint("The minister said no talks.")
