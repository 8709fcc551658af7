"""How far two sentences cannot both hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.analysis.conflict import conflict


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Aircraft struck militia depots in Velm", "Aircraft struck homes in Velm"),
        ("The raid killed 12 people in Brenn", "The raid killed 30 people in Brenn"),
        ("The ministry denied hitting a hospital in Velm", "The strike hit a hospital in Velm"),
        ("Maris coordinated the strikes with Ostland", "Maris did not coordinate the strikes with Ostland"),
        ("Prices rose in the spring", "Prices fell in the spring"),
        ("The talks opened on Monday in Brenn", "The talks opened on Tuesday in Brenn"),
        ("The convoy reached the northern gate", "The convoy reached the southern gate"),
    ],
)
def test_what_cannot_both_hold(one: str, other: str) -> None:
    assert conflict(one, other) >= 0.5
    assert conflict(one, other) == conflict(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The mayor opened a school", "Rain is expected in the north"),
        ("At least 40 people died in the blast", "52 people died in the blast"),
        ("Maris said it struck three depots", "Three depots were struck, Maris said"),
        ("The bridge was rebuilt by engineers from Ostland", "Engineers rebuilt the bridge over the river"),
        ("The ministry denied hitting a hospital", "The ministry rejected the report of a hit on a hospital"),
        ("", "Rain is expected in the north"),
        ("The talks failed", "The talks failed"),
    ],
)
def test_what_can(one: str, other: str) -> None:
    assert conflict(one, other) < 0.5


def test_a_plain_reversal_outranks_mere_doubt() -> None:
    reversal = conflict("Maris struck the depots", "Maris did not strike the depots")
    doubt = conflict("Maris struck the depots", "The depots had not been painted")
    assert reversal > doubt > conflict("Maris struck the depots", "The depots were painted")


@given(st.text(max_size=120), st.text(max_size=120))
def test_any_two_texts_have_a_figure_from_0_to_1(one: str, other: str) -> None:
    assert 0.0 <= conflict(one, other) <= 1.0
    assert conflict(one, other) == conflict(other, one)
    assert conflict(one, one) == 0.0
