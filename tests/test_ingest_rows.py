"""briefing.ingest.rows and .fields: JSON lines, CSV and JSON, one bad row at a time."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from briefing import Article
from briefing.ingest import scan_articles
from briefing.types import Rejected

TEXT = "The board met. It rained."


def scan(tmp_path: Path, name: str, content: str | bytes) -> list[Article | Rejected]:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return list(scan_articles([path]))


def read(tmp_path: Path, name: str, content: str | bytes) -> list[Article]:
    found = scan(tmp_path, name, content)
    assert not [bad for bad in found if isinstance(bad, Rejected)]
    return [article for article in found if isinstance(article, Article)]


def reasons(tmp_path: Path, name: str, content: str | bytes) -> list[tuple[str, str]]:
    """What was rejected, with the line in place of the whole path."""
    found = scan(tmp_path, name, content)
    return [
        (bad.where.removeprefix(str(tmp_path / name)), bad.reason)
        for bad in found
        if isinstance(bad, Rejected)
    ]


FULL = Article(
    text=TEXT,
    title="Ferry talks",
    outlet="Gazette",
    published=dt.date(2021, 3, 5),
    url="https://gazette.example/a",
)


@pytest.mark.parametrize(
    "text", ["text", "body", "content", "article", "article_text", "Article Text", "fact"]
)
@pytest.mark.parametrize(
    ("title", "outlet", "published", "url"),
    [
        ("title", "outlet", "published", "url"),
        ("headline", "publisher", "date", "link"),
        ("Title", "source", "published_at", "URL"),
        ("HEADLINE", "newspaper", "publish_date", "Link"),
        ("title", "site", "datetime", "url"),
        ("title", "sitename", "pubDate", "url"),
        ("title", "outlet", "publishedAt", "url"),
    ],
)
def test_column_names(tmp_path: Path, text: str, title: str, outlet: str, published: str, url: str) -> None:
    cells = {
        "id": 7,
        text: TEXT,
        title: FULL.title,
        outlet: "Gazette",
        published: "2021-03-05",
        url: FULL.url,
    }
    assert read(tmp_path, "rows.jsonl", json.dumps(cells)) == [FULL]
    assert read(tmp_path, "rows.json", json.dumps(cells)) == [FULL]
    lines = [",".join(cells), ",".join(str(value) for value in cells.values())]
    assert read(tmp_path, "rows.csv", "\n".join(lines)) == [FULL]


def test_the_first_filled_of_several_columns_is_taken(tmp_path: Path) -> None:
    cells = {"content": "cut short …", "body": TEXT, "text": "", "source": {"id": None, "name": "Gazette"}}
    (article,) = read(tmp_path, "rows.jsonl", json.dumps(cells))
    assert (article.text, article.outlet) == (TEXT, "Gazette")


def test_cells_are_cleaned(tmp_path: Path) -> None:
    cells = {
        "text": "\ud83dOne\u200b.\r\nTwo. \n",
        "title": " Ferry\n talks\u0000 ",
        "outlet": None,
        "url": 5,
    }
    (article,) = read(tmp_path, "rows.jsonl", json.dumps(cells))
    assert (article.text, article.title, article.outlet, article.url) == ("One.\nTwo.", "Ferry talks", "", "")


@pytest.mark.parametrize(
    ("dates", "days"),
    [
        (["4/5/2017", "8/21/2017", "soon"], [dt.date(2017, 4, 5), dt.date(2017, 8, 21), None]),
        (["4.5.2017", "21.8.2017", ""], [dt.date(2017, 5, 4), dt.date(2017, 8, 21), None]),
        (["4/5/2017", "6/7/2017", "5/5/2017"], [None, None, dt.date(2017, 5, 5)]),
        (["21/8/2017", "8/21/2017", "4/5/2017"], [dt.date(2017, 8, 21), dt.date(2017, 8, 21), None]),
    ],
)
@pytest.mark.parametrize("name", ["rows.jsonl", "rows.csv", "rows.json"])
def test_order_of_day_and_month_is_the_file_s(
    tmp_path: Path, name: str, dates: list[str], days: list[dt.date | None]
) -> None:
    rows = [{"text": TEXT, "date": date} for date in dates]
    content = {
        "rows.jsonl": "\n".join(json.dumps(row) for row in rows),
        "rows.csv": "text,date\n" + "\n".join(f"{TEXT},{date}" for date in dates),
        "rows.json": json.dumps(rows),
    }[name]
    assert [article.published for article in read(tmp_path, name, content)] == days


def test_unix_seconds(tmp_path: Path) -> None:
    (article,) = read(tmp_path, "rows.jsonl", json.dumps({"text": TEXT, "date": 1614933000}))
    assert article.published == dt.datetime(2021, 3, 5, 8, 30, tzinfo=dt.UTC)


def test_broken_lines_are_named_and_the_others_load(tmp_path: Path) -> None:
    good = json.dumps({"text": TEXT})
    content = "\n".join(
        [good, "{broken", "", "[1]", '{"title": "x"}', '{"text": " "}', '{"text": ["a"]}', good]
    )
    assert reasons(tmp_path, "rows.jsonl", content) == [
        (
            ":2",
            "this line is not valid JSON (Expecting property name enclosed in double quotes at character 2); "
            "write one object on each line",
        ),
        (":4", 'this line is not a JSON object; write {"title": ..., "text": ...}'),
        (":5", "it has no text; fill a column named text, body or content"),
        (":6", "its text is empty; put the text of an article in it"),
        (":7", "its text is not a string; write the article as one string"),
    ]
    assert sum(isinstance(found, Article) for found in scan(tmp_path, "rows.jsonl", content)) == 2


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"[" * 200_000, "this line is not valid JSON (nested too deeply); write one object on each line"),
        (
            b'{"a": ' + b"9" * 5000,
            "this line is not valid JSON (a number is too long); write one object on each line",
        ),
        (
            b'{"text": "\x81"}',
            "unknown encoding: it is not UTF-8, UTF-16 or windows-1252; open it and save it as UTF-8",
        ),
        (
            b'{"text": "' + b"x" * 2_000_001 + b'"}',
            "its text is longer than 2,000,000 characters; give each article a row or file",
        ),
        (b"x" * 10_000_001, "it is longer than 10 MB; write each article on a line of its own"),
    ],
    ids=["deep", "number", "encoding", "text", "line"],
)
def test_a_bad_line_costs_one_row(tmp_path: Path, line: bytes, reason: str) -> None:
    good = json.dumps({"text": TEXT}).encode()
    assert reasons(tmp_path, "rows.jsonl", good + b"\n" + line + b"\n" + good) == [(":2", reason)]
    assert len(scan(tmp_path, "rows.jsonl", good + b"\n" + line + b"\n" + good)) == 3


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "windows-1252"])
@pytest.mark.parametrize("name", ["rows.jsonl", "rows.csv", "rows.json"])
def test_encodings(tmp_path: Path, name: str, encoding: str) -> None:
    text = "L’été, « près du café », a dit M. Noël"
    content = {"rows.csv": f'text,title\n"{text}",Été\n'}.get(
        name, json.dumps({"text": text, "title": "Été"}, ensure_ascii=False)
    )
    (article,) = read(tmp_path, name, content.encode(encoding))
    assert (article.text, article.title) == (text, "Été")


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_csv_separators_and_quoted_cells(tmp_path: Path, mark: str) -> None:
    content = mark.join(["title", "text", "date"]) + "\r\n"
    content += (
        mark.join(["Ferry talks", f'"He said ""no""{mark}twice\r\nand left."', "2021-03-05"]) + "\r\n\r\n"
    )
    content += mark.join(["Rain", "It rained."]) + "\r\n" + mark * 2 + "\r\n"
    first, second = read(tmp_path, "rows.csv", content)
    assert first.text == f'He said "no"{mark}twice\nand left.'
    assert (first.title, first.day) == ("Ferry talks", dt.date(2021, 3, 5))
    assert (second.title, second.text, second.published) == ("Rain", "It rained.", None)


def test_a_long_cell_and_a_nul_in_csv(tmp_path: Path) -> None:
    long = "The board met. " * 20_000
    first, second = read(tmp_path, "rows.csv", f"text\n{long}\nIt\x00 rained.\n")
    assert first.text == long.rstrip()
    assert second.text == "It rained."


QUOTES = 'its quotation marks do not match; write " inside a cell as "" and close every cell'


@pytest.mark.parametrize(
    ("rows", "rejected"),
    [
        (b'a,"He said "no" and left."\nb,It rained.\n', [(":2", QUOTES)]),
        (b'a,It rained.\nb,"never closed\n', [(":3", QUOTES)]),
        (
            b"a,It rained, and rained\nb,It rained.\n",
            [
                (
                    ":2",
                    "it has 3 cells where the header has 2; "
                    'put a cell that holds the separator in "quotation marks"',
                )
            ],
        ),
        (b"a,\nb,It rained.\n", [(":2", "it has no text; fill a column named text, body or content")]),
        (
            b'a,"One\n\x81 two\nthree"\nb,It rained.\n',
            [
                (
                    ":2",
                    "unknown encoding: it is not UTF-8, UTF-16 or windows-1252; open it and save it as UTF-8",
                )
            ],
        ),
        (
            b"a," + b"x" * 10_000_000 + b"\nb,It rained.\n",
            [(":2", "it is longer than 10 MB; write each article on a line of its own")],
        ),
    ],
    ids=["quotes", "unclosed", "cells", "text", "encoding", "line"],
)
def test_a_bad_csv_row_costs_one_row(tmp_path: Path, rows: bytes, rejected: list[tuple[str, str]]) -> None:
    assert reasons(tmp_path, "rows.csv", b"title,text\n" + rows)[:1] == rejected
    loaded = [a.text for a in scan(tmp_path, "rows.csv", b"title,text\n" + rows) if isinstance(a, Article)]
    assert loaded == ["It rained."]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        (
            "rows.csv",
            "title,date\nx,y\n",
            "its first line names no text column; name one text, body or content",
        ),
        (
            "rows.csv",
            "text,a\rIt rained.,b\r",
            "its first line is not a CSV header; write the names of the columns there",
        ),
        ("rows.csv", "text,title\n", "it holds no articles; put one article in each row"),
        ("rows.csv", "", "it is empty; put the text of an article in it"),
        (
            "rows.csv",
            b"t\x81xt\nIt rained.",
            "unknown encoding: it is not UTF-8, UTF-16 or windows-1252; open it and save it as UTF-8",
        ),
        ("rows.jsonl", "\n \n", "it holds no articles; put one article in each row"),
        (
            "rows.jsonl",
            b"%PDF-1.7",
            "it looks like a PDF document, not text; save the article as plain text in UTF-8",
        ),
        ("rows.json", "[]", "it holds no articles; put one article in each row"),
        (
            "rows.json",
            "{",
            "it is not valid JSON (Expecting property name enclosed in double quotes at character 2); "
            "mend it or save it as .jsonl",
        ),
        (
            "rows.json",
            "[" * 200_000,
            "it is not valid JSON (nested too deeply); mend it or save it as .jsonl",
        ),
    ],
)
def test_files_that_hold_no_rows(tmp_path: Path, name: str, content: str | bytes, reason: str) -> None:
    assert reasons(tmp_path, name, content) == [("", reason)]


def test_a_json_list_with_one_bad_entry(tmp_path: Path) -> None:
    content = json.dumps([{"text": TEXT}, "no", {"text": TEXT}])
    assert reasons(tmp_path, "rows.json", content) == [
        (":2", 'this entry is not a JSON object; write {"title": ..., "text": ...}')
    ]
    assert len(scan(tmp_path, "rows.json", content)) == 3


@pytest.mark.parametrize("name", ["rows.jsonl", "rows.csv"])
def test_rows_come_one_at_a_time(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    row = {"rows.jsonl": json.dumps({"text": TEXT}) + "\n", "rows.csv": TEXT + "\n"}[name]
    path.write_text("text\n" * (name == "rows.csv") + row * 20_000, encoding="utf-8")
    found = scan_articles([path])
    next(found)
    # What comes to the file after the first row was given is still read.
    with path.open("a", encoding="utf-8") as stream:
        stream.write(row)
    assert sum(1 for _ in found) == 20_000
