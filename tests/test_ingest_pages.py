"""briefing.ingest.pages, .page_tree and .page_metadata: the article on the page and nothing around it."""

from __future__ import annotations

import datetime as dt
import time
from pathlib import Path

import pytest

from briefing import Article
from briefing.errors import InputError
from briefing.ingest import read_articles

PAGE = (Path(__file__).parent / "cases/ingest/page.html").read_text(encoding="utf-8")
BODY = (
    "<p>Unions and the harbour board met on Friday for the first time since the strike began in autumn.</p>"
    "<p>“We came with an open mind,” said Mara Lindqvist, who speaks for the deckhands of the island.</p>"
    "<p>The board said that it would answer in writing by Tuesday, and did not say what it would offer.</p>"
)


def read(tmp_path: Path, page: str | bytes, name: str = "page.html") -> Article:
    path = tmp_path / name
    path.write_bytes(page.encode() if isinstance(page, str) else page)
    (article,) = read_articles([path])
    return article


def with_head(head: str, body: str = BODY) -> str:
    return f"<!doctype html><html><head>{head}</head><body><article>{body}</article></body></html>"


def schema(fields: str) -> str:
    return f'<script type="application/ld+json">{fields}</script>'


def test_a_page(tmp_path: Path) -> None:
    article = read(tmp_path, PAGE)
    assert article.title == "Ferry talks resume in Port Alder"
    assert article.outlet == "The Alder Gazette"
    assert article.published == dt.datetime(2021, 3, 5, 8, 30, tzinfo=dt.UTC)
    assert article.url == "https://gazette.example/news/ferry-talks"
    lines = article.text.split("\n")
    assert [line.split()[0] for line in lines] == ["Unions", "“We", "The", "About"]
    assert lines[1].endswith("“The board has to come with an offer.”")


def test_what_no_reader_sees_stays_out(tmp_path: Path) -> None:
    assert "-WORDS" in PAGE
    assert "-WORDS" not in read(tmp_path, PAGE).text


def test_body_hidden_until_a_script_runs_is_read(tmp_path: Path) -> None:
    page = f'<html><body style="display: none"><article>{BODY}</article></body></html>'
    assert read(tmp_path, page, "page.HTM").text.startswith("Unions")


def test_a_fragment_without_html_is_read(tmp_path: Path) -> None:
    article = read(tmp_path, BODY)
    assert article.text.count("\n") == 2
    assert (article.title, article.outlet, article.published, article.url) == ("", "", None, "")


def test_an_article_split_around_an_advert_is_one(tmp_path: Path) -> None:
    first, second, third = BODY.replace("</p>", "</p>|").split("|")[:3]
    part = '<div class="grid article__body">{}</div>'
    filler = (
        "<p>The strike of the deckhands is the longest on the island since the harbour was built.</p>" * 8
    )
    parts = part.format(first + filler) + "<aside>Advert</aside>" + part.format(second + third)
    page = f"<html><body><article><h1>Ferry talks</h1><div>{parts}</div></article></body></html>"
    assert read(tmp_path, page).text.endswith("what it would offer.")


def test_two_articles_on_one_page_are_not_joined(tmp_path: Path) -> None:
    filler = (
        "<p>The strike of the deckhands is the longest on the island since the harbour was built.</p>" * 8
    )
    other = "<p>Bakers of Port Alder won a prize for their rye bread at the fair on Sunday afternoon.</p>" * 3
    both = "".join(f'<article><div class="article-body">{text}</div></article>' for text in (filler, other))
    assert "Bakers" not in read(tmp_path, f"<html><body>{both}</body></html>").text


def test_tables_are_lines_without_bars(tmp_path: Path) -> None:
    table = "<table><tr><th>Ferry</th><th>Crew</th></tr><tr><td>Alder</td><td>12</td></tr></table>"
    assert "\nFerry | Crew\nAlder | 12" in read(tmp_path, with_head("", BODY + table)).text


@pytest.mark.parametrize(
    ("head", "title"),
    [
        (
            "<title>Ferry talks | Gazette</title><meta property='og:site_name' content='Gazette'>",
            "Ferry talks",
        ),
        (
            "<title>Ferry talks</title><meta property='og:title' content='Talks of the ferries'>",
            "Talks of the ferries",
        ),
        (schema('{"@type": "NewsArticle", "headline": "Board &amp; union"}'), "Board & union"),
        (schema('{"@graph": [{"@type": "Person"}, {"@type": ["Report"], "headline": "Deep"}]}'), "Deep"),
        (schema('{"@type": "NewsArticle", "headline": 5}') + "<title>Kept</title>", "Kept"),
        (schema("{broken") + schema("[" * 100_000) + "<title>Kept</title>", "Kept"),
        ("", ""),
    ],
)
def test_title(tmp_path: Path, head: str, title: str) -> None:
    assert read(tmp_path, with_head(head)).title == title


def test_the_headline_shown_is_taken_and_left_out_of_the_text(tmp_path: Path) -> None:
    head = "<title>Ferry talks resume in Port Alder - Gazette</title>"
    article = read(tmp_path, with_head(head, "<h1>Ferry talks resume in Port Alder</h1>" + BODY))
    assert article.title == "Ferry talks resume in Port Alder"
    assert article.text.startswith("Unions")


@pytest.mark.parametrize(
    ("head", "outlet"),
    [
        ("<meta property='og:site_name' content=' The  Gazette '>", "The Gazette"),
        ("<meta property='og:site_name' content='@gazette'>", ""),
        ("<meta property='og:site_name' content='https://gazette.example'>", ""),
        (schema('{"@type": "Article", "publisher": {"name": "Gazette"}}'), "Gazette"),
        (schema('{"@type": "Article", "publisher": [{"name": "Gazette"}]}'), "Gazette"),
        (schema('{"@type": "Article", "publisher": "Gazette"}'), "Gazette"),
        ("<link rel=canonical href='https://www.gazette.example/a'>", "gazette.example"),
        ("<meta property='og:url' content='//news.gazette.example/a'>", "news.gazette.example"),
        ("<link rel=canonical href='/a'>", ""),
        ("<link rel=canonical href='http://[broken'>", ""),
    ],
)
def test_outlet(tmp_path: Path, head: str, outlet: str) -> None:
    assert read(tmp_path, with_head(head)).outlet == outlet


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "file:///etc/hosts"])
def test_an_address_that_is_no_web_address_is_dropped(tmp_path: Path, address: str) -> None:
    assert read(tmp_path, with_head(f"<link rel=canonical href='{address}'>")).url == ""


@pytest.mark.parametrize(
    ("head", "iso"),
    [
        (schema('{"@type": "NewsArticle", "datePublished": "2021-03-05"}'), "2021-03-05"),
        ("<meta name='DC.date.issued' content='2021-03-05'>", "2021-03-05"),
        ("<meta name='date' content='5 March 2021'>", "2021-03-05"),
        ("<meta itemprop='datePublished' content='2021-03-05'>", "2021-03-05"),
        ("<meta name='date' content='2021-03-09'><meta name='pubdate' content='2021-03-05'>", "2021-03-05"),
        ("<meta property='article:modified_time' content='2021-03-05'>", ""),
        ("<meta name='date' content='3/5/2021'>", ""),
        ("<meta name='date' content='today'>", ""),
        (schema('{"@type": "Event", "datePublished": "2021-03-05"}'), ""),
        ("<link rel=canonical href='https://gazette.example/2021/03/05/a'>", ""),
    ],
)
def test_date_comes_from_metadata_only(tmp_path: Path, head: str, iso: str) -> None:
    dated = BODY + "<p>Published on 5 March 2021 in Port Alder.</p><time datetime='2021-03-05'>5 March</time>"
    assert read(tmp_path, with_head(head, dated)).published_iso == iso


@pytest.mark.parametrize(
    ("marks", "iso"),
    [
        (
            "<time itemprop='datePublished' datetime='2021-03-05T08:00:00Z'>Fri</time>",
            "2021-03-05T08:00:00+00:00",
        ),
        ("<time pubdate datetime='2021-03-05'>Fri</time>", "2021-03-05"),
        ("<span itemprop='datePublished'>5 March 2021</span>", "2021-03-05"),
        # A teaser of another article: which of the two days is ours cannot be told.
        ("<time pubdate datetime='2021-03-05'>A</time><time pubdate datetime='2021-03-09'>B</time>", ""),
        ("<time datetime='2021-03-05'>Fri</time>", ""),
    ],
)
def test_dates_marked_in_the_body(tmp_path: Path, marks: str, iso: str) -> None:
    assert read(tmp_path, with_head("", marks + BODY)).published_iso == iso


def test_encoding_named_by_the_page(tmp_path: Path) -> None:
    body = "<p>Паром снова вышел в море, сообщил в пятницу совет порта острова.</p>" * 4
    page = with_head("<meta charset=windows-1251>", body).encode("windows-1251")
    assert read(tmp_path, page).text.startswith("Паром снова")


@pytest.mark.parametrize("page", ["<html><body></body></html>", "<html>", "   ", "<script>x</script>"])
def test_a_page_without_an_article_is_refused(tmp_path: Path, page: str) -> None:
    with pytest.raises(InputError, match=r"page\.html: no article was found in this page; save its text"):
        read(tmp_path, page)


def test_a_page_of_very_many_elements_is_refused_soon(tmp_path: Path) -> None:
    began = time.perf_counter()
    with pytest.raises(InputError, match=r"more than 50,000 elements; save the article's text as \.txt"):
        read(tmp_path, "<html><body><p>" + "<b>a</b> " * 300_000)
    assert time.perf_counter() - began < 20


def test_a_page_is_the_same_every_time(tmp_path: Path) -> None:
    assert read(tmp_path, PAGE).id == read(tmp_path, PAGE).id
