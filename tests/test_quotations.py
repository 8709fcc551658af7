"""Which characters stand inside quotation marks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.reading.attribution.quotations import quotation_spans, quoted_share

MARKS = st.text(alphabet="“”\"„«»'` ab.\n", max_size=60)


def quoted(text: str) -> list[str]:
    return [text[a:b] for a, b in quotation_spans(text)]


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("“We will stay,” she said.", ["We will stay,"]),
        ('"We will stay," she said. "Here."', ["We will stay,", "Here."]),
        ("“We will stay“ said Ana.", ["We will stay"]),
        ("«Nous restons», dit Awa.", ["Nous restons"]),
        ("„Wir bleiben“, sagte Ute.", ["Wir bleiben"]),
        ("``We will stay'' said Ana.", ["We will stay"]),
        ("“We [the rebels] will stay” said Ana.", ["We [the rebels] will stay"]),
        ("“One.” “Two.”", ["One.", "Two."]),
        ("“One, “two” she said", ["One, ", "two"]),
        ("“It goes on\n“and on.”", ["It goes on", "and on."]),
        ("It closed” here.", []),
        ("The 6” gun", []),
        ("It's the farmers' well.", []),
        ("“”", []),
        ("", []),
    ],
)
def test_finds_what_stands_inside(text: str, inside: list[str]) -> None:
    assert quoted(text) == inside


@given(MARKS)
def test_spans_are_in_order_lie_inside_and_cross_no_line(text: str) -> None:
    end = 0
    for start, stop in quotation_spans(text):
        assert end <= start < stop <= len(text)
        assert "\n" not in text[start:stop]
        end = stop


def test_share_counts_letters_and_digits_only() -> None:
    text = 'He said "go on, now" twice.'
    spans = quotation_spans(text)
    assert quoted_share(text, spans, [(text.index('"'), text.rindex('"') + 1)]) == 1.0
    assert quoted_share(text, spans, [(0, len(text))]) == pytest.approx(7 / 18)
    assert quoted_share(text, spans, []) == 0.0
    assert quoted_share("...", [(0, 3)], [(0, 3)]) == 0.0
