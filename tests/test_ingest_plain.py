"""briefing.ingest.plain and .markdown: front matter, headline, text."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from briefing import Article
from briefing.ingest import read_articles
from briefing.ingest.markdown import strip_markdown

MARKDOWN = json.loads((Path(__file__).parent / "cases/ingest/markdown.json").read_text(encoding="utf-8"))


def read(tmp_path: Path, text: str, name: str = "article.txt") -> Article:
    path = tmp_path / name
    path.write_bytes(text.encode("utf-8"))
    (article,) = read_articles([path])
    return article


@pytest.mark.parametrize(
    ("text", "title", "body"),
    [
        (
            "Ferry talks resume\nUnions met the board.\nIt rained.",
            "Ferry talks resume",
            "Unions met the board.\nIt rained.",
        ),
        ("\n\nFerry talks resume\n\n\nUnions met.", "Ferry talks resume", "Unions met."),
        ("The board met on Friday.\nIt rained.", "", "The board met on Friday.\nIt rained."),
        ("Will the ferries sail?\nNobody knows.", "", "Will the ferries sail?\nNobody knows."),
        ("“We will sail.”\nSo she said.", "", "“We will sail.”\nSo she said."),
        ("Nobody knows…\nIt rained.", "", "Nobody knows…\nIt rained."),
        ("Board says “no offer”\nIt rained.", "Board says “no offer”", "It rained."),
        ("Only one line here", "", "Only one line here"),
        ("x" * 199 + "\nText.", "x" * 199, "Text."),
        ("x" * 200 + "\nText.", "", "x" * 200 + "\nText."),
        ("Unions and the harbour board\nmet on Friday.", "", "Unions and the harbour board\nmet on Friday."),
    ],
)
def test_headline(tmp_path: Path, text: str, title: str, body: str) -> None:
    article = read(tmp_path, text)
    assert (article.title, article.text) == (title, body)
    assert (article.outlet, article.published, article.url) == ("", None, "")


def test_front_matter(tmp_path: Path) -> None:
    article = read(
        tmp_path,
        "\ufeff---\r\nTITLE:  Ferry talks: day two \r\noutlet: 'The Alder Gazette'\r\nDate: 5 March 2021\r\n"
        "url:  https://gazette.example/a\r\ntags: [ferry]\r\n---\r\n\r\n"
        "Unions met the board\r\nIt rained.\r\n",
    )
    assert article == Article(
        text="Unions met the board\nIt rained.",
        title="Ferry talks: day two",
        outlet="The Alder Gazette",
        published=dt.date(2021, 3, 5),
        url="https://gazette.example/a",
    )


def test_front_matter_without_a_title_leaves_the_headline_rule(tmp_path: Path) -> None:
    article = read(tmp_path, "---\noutlet: Gazette\n---\nFerry talks resume\nUnions met.")
    assert (article.outlet, article.title, article.text) == ("Gazette", "Ferry talks resume", "Unions met.")


def test_a_headline_that_repeats_the_title_leaves_the_text(tmp_path: Path) -> None:
    article = read(tmp_path, "---\ntitle: Ferry talks resume\n---\nFerry talks resume\nUnions met.")
    assert (article.title, article.text) == ("Ferry talks resume", "Unions met.")


@pytest.mark.parametrize(
    "text",
    [
        "---\nThe board met.\n---\nIt rained.",
        "---\ntitle: never closed\nThe board met.",
        "* * *\nIt rained.",
    ],
)
def test_rules_that_are_no_front_matter_stay(tmp_path: Path, text: str) -> None:
    article = read(tmp_path, text)
    assert (article.title, article.text) == ("", text)


def test_front_matter_of_unknown_keys_is_passed_over(tmp_path: Path) -> None:
    article = read(tmp_path, "---\nauthor: A. Person\ntags:\n  - ferry\n---\nIt rained.")
    assert (article.title, article.text) == ("", "It rained.")


def test_an_unreadable_or_ambiguous_date_is_no_date(tmp_path: Path) -> None:
    for date in ("soon", "4/5/2021"):
        assert read(tmp_path, f"---\ndate: {date}\n---\nIt rained.").published is None


def test_an_address_that_is_no_web_address_is_dropped(tmp_path: Path) -> None:
    assert read(tmp_path, "---\nurl: javascript:alert(1)\n---\nIt rained.").url == ""


@pytest.mark.parametrize(("source", "headline", "prose"), MARKDOWN)
def test_strip_markdown(source: str, headline: str, prose: str) -> None:
    assert strip_markdown(source) == (headline, prose)


@pytest.mark.parametrize(
    "mark", ["[", "![a](", "[a](", "**a *b ", "`", "<!--", "_a __b ", "> ", "\\*", "[a] ["]
)
def test_markdown_is_linear_in_its_length(mark: str) -> None:
    # Quadratic patterns would need minutes for these, and the time limit of a test is two minutes.
    strip_markdown(mark * (300_000 // len(mark)))
    strip_markdown("x" + mark * (300_000 // len(mark)))


def test_markdown_file(tmp_path: Path) -> None:
    source = "---\noutlet: Gazette\n---\n# Will the *ferries* sail?\n\nUnions **met** the\nboard.\n"
    article = read(tmp_path, source, "article.md")
    assert (article.title, article.outlet) == ("Will the ferries sail?", "Gazette")
    assert article.text == "Unions met the board."


def test_markdown_heading_beside_a_title(tmp_path: Path) -> None:
    source = "---\ntitle: Ferry talks\n---\n# {}\n\nUnions met."
    same = read(tmp_path, source.format("Ferry talks"), "same.MD")
    other = read(tmp_path, source.format("Day two"), "other.markdown")
    assert (same.title, same.text) == ("Ferry talks", "Unions met.")
    assert (other.title, other.text) == ("Ferry talks", "Day two\nUnions met.")


def test_markdown_without_a_heading_follows_the_headline_rule(tmp_path: Path) -> None:
    article = read(tmp_path, "**Ferry talks resume**\n\nUnions met.", "article.md")
    assert (article.title, article.text) == ("Ferry talks resume", "Unions met.")
