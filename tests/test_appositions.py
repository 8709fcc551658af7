"""Bodies told by the words beside their name."""

from __future__ import annotations

import pytest

from briefing.reading.parties import load_lexicon
from briefing.reading.parties.organisations import find_organisations


def bodies(text: str) -> set[str]:
    lexicon = load_lexicon()
    _, mentions = find_organisations(text, lexicon.find(text), lexicon)
    return {m.party for m in mentions if m.party not in lexicon.listed}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("A Norwave spokeswoman said the cable had been cut.", "Norwave"),
        ("On Monday Norwave's chief executive resigned.", "Norwave"),
        ("The gang alliance known as G12 burned the port.", "G12"),
        ("The opposition Democratic Accord left parliament.", "Democratic Accord"),
        ("The pilots' union called it a lie.", "pilots' union"),
        ("Luz do Norte, the power company, said little.", "Luz do Norte"),
        ("The People's Heritage Party met on Friday.", "People's Heritage Party"),
        ("The People’s Heritage Party met on Friday.", "People's Heritage Party"),
        ("Nationalist lawmaker Ivo Lang left.", "Nationalist Party"),
    ],
)
def test_names_the_body(text: str, name: str) -> None:
    assert name in bodies(text)


@pytest.mark.parametrize(
    "text",
    [
        "A Marsden spokesman said John Marsden was ill.",
        "Greek Shipping Minister Nikos Lambrou left.",
        "The Commission spokesman left.",
        "The Indian High Commission was closed.",
        "The minister's brother left.",
    ],
    ids=["a person", "an office", "no name alone", "an embassy", "a relative"],
)
def test_names_no_body(text: str) -> None:
    assert bodies(text) == set()
