"""The sample articles: what their README promises is there, and the readers see all of it."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from briefing.ingest import read_articles
from briefing.types import Article


@pytest.fixture(scope="module")
def articles(samples: Path) -> list[Article]:
    return read_articles([samples])


def _from(articles: list[Article], outlet: str, day: int) -> Article:
    [article] = [a for a in articles if a.outlet == outlet and a.day and a.day.day == day]
    return article


def test_fourteen_articles_each_with_headline_outlet_day_and_address(articles: list[Article]) -> None:
    assert len(articles) == 14
    assert [a for a in articles if not (a.title and a.outlet and a.url)] == []
    assert {a.day for a in articles} == {dt.date(2015, 9, 30), dt.date(2015, 10, 1)}
    assert len({a.outlet for a in articles}) == 9
    assert len({a.title for a in articles}) == len({a.id for a in articles}) == 14


def test_no_address_leads_to_a_real_site(articles: list[Article]) -> None:
    assert [a.url for a in articles if not re.match(r"https://(example\.org|[a-z-]+\.example)/", a.url)] == []


def test_each_is_a_short_news_text(articles: list[Article]) -> None:
    assert [(a.outlet, len(a.text.split())) for a in articles if not 120 <= len(a.text.split()) <= 260] == []


def test_menus_footers_and_headlines_are_not_text(articles: list[Article]) -> None:
    noise = ("Most read", "Write to the editor", "Sign up", "Reprint only", "Economy", "Harbour Gazette")
    assert [(a.outlet, word) for a in articles for word in noise if word in a.text] == []
    assert [a.outlet for a in articles if a.title in a.text] == []


def test_the_readme_lists_every_file(samples: Path) -> None:
    text = (samples / "README.rst").read_text(encoding="utf-8")
    listed = set(re.findall(r"^``([^`]+)`` \(", text, re.MULTILINE))
    assert listed == {path.name for path in samples.iterdir()} - {"README.rst"}


def test_the_reprint_is_the_wire_report_less_one_paragraph(articles: list[Article]) -> None:
    report = _from(articles, "Levant Wire", 30)
    reprint = _from(articles, "Harbour Gazette", 30)
    printed = [s.text for s in reprint.sentences]
    assert reprint.title != report.title
    assert [s.text for s in report.sentences[1:-1]] == printed[1:]
    assert printed[0] == report.sentences[0].text.replace("BEIRUT -", "BEIRUT (Levant Wire) -")


@pytest.mark.parametrize(
    ("outlet", "day", "words"),
    [
        ("Homs Free Press", 30, "At least 27 civilians were killed"),
        ("Homs Free Press", 1, "is 36, not 27 as this newspaper reported yesterday"),
        ("Moscow Ledger", 1, "“No civilian was killed,” a Defence Ministry spokesman told reporters."),
        (
            "Potomac Courier",
            30,
            "“This was a warning, not coordination,” said the official, who asked not to be named.",
        ),
        ("Potomac Courier", 30, "Josh Earnest, the White House spokesman, said"),
        ("Potomac Courier", 1, "The CIA declined to comment."),
        ("Geneva Observer", 30, "told the General Assembly on Monday"),
        ("Damascus Dispatch", 30, "Syrian officials denied that civilians had been killed."),
    ],
)
def test_what_the_samples_are_for_stands_in_them(
    articles: list[Article], outlet: str, day: int, words: str
) -> None:
    assert words in _from(articles, outlet, day).text


def test_orphan_quotations_are_paragraphs_of_their_own(articles: list[Article]) -> None:
    orphans = [
        line
        for a in articles
        for line in a.text.splitlines()
        if line.startswith('"') and line.count('"') == 2 and line.endswith('"')
    ]
    assert orphans == [
        '"First they told us that help was coming from the sky."',
        '"They came in pairs, very high, and we heard nothing until the first house went down."',
    ]


def test_a_quotation_runs_over_two_paragraphs(articles: list[Article]) -> None:
    [opening] = [line for a in articles for line in a.text.splitlines() if line.count('"') % 2]
    assert opening.endswith("We did not aim at towns, and we did not hit any.")
