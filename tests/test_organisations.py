"""Bodies that only the text names, and the short forms of names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.reading.parties import load_lexicon
from briefing.reading.parties.organisations import find_organisations

PIECES = st.sampled_from(
    "Union|Party|Council|of|the|for|and|&|Delta|Farmers'|Kenyan|, which sells|, the owner|(DFU)|DFU|Co|"
    "plc|Syria|the firm|. |\n|News|Bank|de|Mr.|'s|“|,".split("|")
)


def named(text: str) -> list[tuple[str, str]]:
    lexicon = load_lexicon()
    _, mentions = find_organisations(text, lexicon.find(text), lexicon)
    return [(text[m.start : m.end], m.party) for m in mentions]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The Delta Farmers' Union said no.", [("Delta Farmers' Union", "Delta Farmers' Union")]),
        ("The Union of Dock Workers said no.", [("Union of Dock Workers", "Union of Dock Workers")]),
        (
            "Harbour & Tide Shipping Co said no.",
            [("Harbour & Tide Shipping Co", "Harbour & Tide Shipping Co")],
        ),
        ("BP plc said no.", [("BP plc", "BP plc")]),
        (
            "The Delta Farmers' Union (DFU) met. The DFU said no.",
            [("Delta Farmers' Union", "Delta Farmers' Union")] + [("DFU", "Delta Farmers' Union")] * 2,
        ),
        ("The security firm Ambergate said no.", [("Ambergate", "Ambergate")]),
        ("The owner, Pelagos Bulk of Piraeus, said no.", [("Pelagos Bulk", "Pelagos Bulk")]),
        ("Lianhe Motor, which sells cars, said no.", [("Lianhe Motor", "Lianhe Motor")]),
        ("The opposition People's Bridge party said no.", [("People's Bridge", "People's Bridge")]),
        (
            "Kavala Port Authority and the Rhodope Growers Association said no.",
            [("Kavala Port Authority",) * 2, ("Rhodope Growers Association",) * 2],
        ),
        (
            "Northway Rail Group met. Northway said no.",
            [("Northway Rail Group", "Northway Rail Group"), ("Northway", "Northway Rail Group")],
        ),
        (
            "The Rapid Support Forces left. The RSF said no.",
            [("Rapid Support Forces", "Rapid Support Forces"), ("RSF", "Rapid Support Forces")],
        ),
        ("The Xinhua News Agency and Levant Daily Group said so.", []),
        ("THE UNION PARTY SAID NO", []),
        ("The party met at the bank.", []),
        ("The UN Security Council met.", [("UN Security Council", "United Nations")]),
        ("The Council said no.", []),
    ],
)
def test_finds_bodies_by_what_they_are_called(text: str, found: list[tuple[str, str]]) -> None:
    assert named(text) == found


def test_the_lexicon_of_the_text_knows_them_and_ours_does_not() -> None:
    ours = load_lexicon()
    wider, _ = find_organisations("The Delta Farmers' Union said no.", [], ours)
    assert wider.parties["Delta Farmers' Union"].kind == "organisation"
    assert "Delta Farmers' Union" not in ours.parties


@given(st.lists(PIECES, max_size=40).map(" ".join))
def test_mentions_are_in_order_and_never_overlap(text: str) -> None:
    lexicon = load_lexicon()
    wider, mentions = find_organisations(text, lexicon.find(text), lexicon)
    end = 0
    for mention in mentions:
        assert end <= mention.start < mention.end <= len(text)
        assert mention.party in wider.parties
        end = mention.end
