"""Statements that cannot all hold, side by side. The rows are under tests/cases/disputes/."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest

from briefing.analysis.disputes import find_disputes, voice_of, weigh_issues
from briefing.analysis.issues import load_issues
from briefing.reading.statements import find_statements
from briefing.types import Statement
from tests.factories import make_article, make_statement, read_rows


def statements(row: dict[str, Any]) -> list[Statement]:
    articles = (make_article(text, outlet=f"Outlet {n}") for n, text in enumerate(row["texts"]))
    return [statement for article in articles for statement in find_statements(article)]


def found(row: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {"issue": d.issue, "positions": {p.party: p.stance for p in d.positions}}
        for d in find_disputes(statements(row))
    ]


@pytest.mark.parametrize("row", read_rows("disputes", "in_the_wild"))
def test_finds_what_cannot_hold_together(row: dict[str, Any]) -> None:
    assert found(row) == row["disputes"]


@pytest.mark.parametrize("row", read_rows("disputes", "negative"))
def test_finds_no_dispute_where_there_is_none(row: dict[str, Any]) -> None:
    assert found(row) == []


@pytest.mark.parametrize("row", read_rows("disputes", "known_failures"))
def test_known_failures_still_fail(row: dict[str, Any]) -> None:
    assert row["why"]
    assert found(row) != row["disputes"], "this case works now: move it to in_the_wild.jsonl"


def say(content: str, party: str | None, day: str = "2021-03-04", **fields: Any) -> Statement:
    """That a party said this, in an article of its own."""
    who = party or "somebody"
    article = make_article(f"{who} said {content}.", published=day, url=f"https://gazette.example/{who}")
    return make_statement(article, content, who, "said", party=party, **fields)


USED = "the army had used chlorine in the town"
NOT_USED = "the army had not used chlorine in the town"


def test_each_position_holds_the_statements_it_was_found_in() -> None:
    yes, no = say(USED, "United States"), say(NOT_USED, "Syria")
    (dispute,) = find_disputes([yes, no])
    assert {s.party for s in dispute.statements} == {"Syria", "United States"}
    assert [p.claims for p in dispute.positions] == [(), ()]
    (weighed,) = weigh_issues([yes, no])
    assert {voice: held for voice, _, held in weighed.sides} == {"Syria": (no,), "United States": (yes,)}


def test_the_order_of_the_statements_does_not_matter_to_the_positions() -> None:
    three = [say(USED, "United States"), say(NOT_USED, "Syria"), say(USED, "France")]
    seen = {str([(d.issue, d.positions) for d in find_disputes(order)]) for order in permutations(three)}
    assert len(seen) == 1


def test_disputes_come_in_the_order_of_the_list_of_issues() -> None:
    order = [issue.question for issue in load_issues()]
    both = [
        say("forty people were killed in the attack on the market in Dire on Monday", "Ethiopia"),
        say("nine people were killed in the attack on the market in Dire on Monday", "Eritrea"),
        say(USED, "United States"),
        say(NOT_USED, "Syria"),
    ]
    issues = [d.issue for d in find_disputes(both)]
    assert len(issues) == 2
    assert issues == sorted(issues, key=order.index)


def test_two_days_far_apart_are_two_events() -> None:
    assert len(find_disputes([say(USED, "United States"), say(NOT_USED, "Syria", "2021-03-06")])) == 1
    assert find_disputes([say(USED, "United States"), say(NOT_USED, "Syria", "2021-03-12")]) == []


@pytest.mark.parametrize(
    ("fields", "voice"),
    [
        ({"party": "Syria"}, "Syria"),
        ({"speaker": "Ana Moss"}, "Ana Moss"),
        ({"speaker": None, "status": "unnamed"}, "Reports from Syria"),
        ({"party": "Syria", "act": "other"}, ""),
        ({"party": "Syria", "kind": "belief"}, ""),
        ({"speaker": None, "status": "unnamed", "rule": "“he” refers to nobody the text names nearby"}, ""),
        ({"speaker": None, "mention": ""}, ""),
        ({"speaker": None, "mention": "this newspaper"}, ""),
    ],
)
def test_whose_word_a_statement_is(fields: dict[str, Any], voice: str) -> None:
    article = make_article("reports from Syria said the road was shut.")
    assert (
        voice_of(make_statement(article, "the road was shut", "reports from Syria", "said", **fields))
        == voice
    )


def test_a_side_shows_only_what_another_side_contradicts() -> None:
    both = [say(USED, "Syria"), say(NOT_USED, "Syria"), say(USED, "United States")]
    (dispute,) = find_disputes(both)
    assert [s.content for s in dispute.statements if s.party == "Syria"] == [NOT_USED]


def test_nothing_said_nothing_disputed() -> None:
    assert find_disputes([]) == []
