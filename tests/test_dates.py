"""Days named in articles and questions."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.reading.dates import days_in_question, find_dates
from briefing.types import Article

CASES = Path(__file__).parent / "cases" / "dates"


def read_cases(name: str, key: str) -> list[Any]:
    rows = [json.loads(line) for line in (CASES / name).read_text("utf-8").splitlines()]
    return [pytest.param(row, id=row[key]) for row in rows]


def found(row: dict[str, Any]) -> list[list[str | None]]:
    article = Article(row["text"], published=row["published"])
    return [[m.citation.quote, m.day.isoformat() if m.day else None] for m in find_dates(article)]


@pytest.mark.parametrize("row", read_cases("in_the_wild.jsonl", "note"))
def test_finds_days(row: dict[str, Any]) -> None:
    assert found(row) == row["days"]


@pytest.mark.parametrize("row", read_cases("negative.jsonl", "note"))
def test_finds_no_day_where_none_is_named(row: dict[str, Any]) -> None:
    assert found(row) == []


@pytest.mark.parametrize("row", read_cases("known_failures.jsonl", "note"))
def test_known_failures_still_fail(row: dict[str, Any]) -> None:
    assert found(row) != row["days"], "this case works now: move it to in_the_wild.jsonl"


@pytest.mark.parametrize(
    ("text", "published", "rule"),
    [
        ("On Wednesday.", "2015-10-01", "the latest Wednesday before the article's date"),
        ("On Thursday.", "2015-10-01", "the article's own date is a Thursday"),
        (
            "They will meet on Friday.",
            "2015-10-01",
            "the first Friday after the article's date; it is to come",
        ),
        ("On Wednesday.", None, "the article has no date; left as written"),
        ("“We left yesterday.”", "2015-10-01", "as quoted; the speaker's “yesterday” is not told"),
        ("On 30 September.", "2015-10-01", "no year given; the one nearest to the article's date"),
        ("On 30 September 2015.", None, "written in full"),
        ("On Tuesday 30 September 2015.", None, "written in full, though that day was a Wednesday"),
        ("On 4/5/2015.", "2015-10-01", "day and month cannot be told apart; left as written"),
    ],
)
def test_every_day_says_by_which_rule(text: str, published: str | None, rule: str) -> None:
    assert [m.rule for m in find_dates(Article(text, published=published))] == [rule]


@pytest.mark.parametrize("row", read_cases("questions.jsonl", "question"))
def test_days_in_question(row: dict[str, Any]) -> None:
    today = dt.date.fromisoformat(row["today"]) if row["today"] else None
    days = days_in_question(row["question"], today)
    assert days is not None
    assert [day.isoformat() if day else None for day in days] == [row["since"], row["until"]]


@pytest.mark.parametrize("row", read_cases("questions_without_days.jsonl", "question"))
def test_no_days_in_question(row: dict[str, Any]) -> None:
    today = dt.date.fromisoformat(row["today"]) if row["today"] else None
    assert days_in_question(row["question"], today) is None


PIECES = st.sampled_from(
    (
        'Wednesday|on |last |next |will |said |yesterday|Today|“|”|"|1|31|2015|Oct. |May |, |-|/|.|13|'
        "October |\n|of |this |week|Sept. 11 |0|99|since |between |and |to |in "
    ).split("|")
)
TEXTS = st.one_of(st.text(), st.lists(PIECES, max_size=25).map("".join))
DAYS = st.one_of(st.none(), st.dates())


@pytest.mark.parametrize(
    "text",
    ["on Frıday", "Thurſday", "ſept 3", "3 AprİL 2015", "Friday of thıs week", "in the laſt ſeven days"],
)
def test_letters_that_only_look_like_ours_in_another_case_are_no_day(text: str) -> None:
    day = dt.date(2015, 10, 1)
    assert [m for m in find_dates(Article(text, published=day)) if not m.citation.quote.isascii()] == []
    days_in_question(text, day)


@given(TEXTS, DAYS)
def test_any_text_and_any_date_give_ordered_mentions(text: str, published: dt.date | None) -> None:
    end = 0
    for mention in find_dates(Article(text, published=published)):
        assert end <= mention.citation.start < mention.citation.end
        end = mention.citation.end
        assert mention.rule


@given(TEXTS, st.one_of(st.none(), st.dates(dt.date(1000, 1, 1), dt.date(9000, 1, 1))))
def test_any_question_gives_a_range_or_nothing(question: str, today: dt.date | None) -> None:
    days = days_in_question(question, today)
    if days is not None:
        since, until = days
        assert since is None or until is None or since <= until
