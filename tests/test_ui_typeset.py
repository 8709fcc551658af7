"""What the page says, as data: escaped text, claims with their receipts, a receipt in its article."""

from __future__ import annotations

import html
import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.export import record
from briefing.types import Answer, Article, Citation, Claim, ClaimGroup, Searched, Statement, Verdict
from tests.factories import make_claim
from ui.escape import escape_markdown
from ui.receipts import reading
from ui.restore import restore_answer
from ui.typeset import answer_page, articles_page, span_words

# -- text in Streamlit's Markdown


@pytest.mark.parametrize(
    "text",
    [
        "![x](http://127.0.0.1:1/x.png)",
        "<img src=http://127.0.0.1:1/x.png>",
        ":material/home: :red[loud] :smile:",
        "# head\n- line\n    code\n1. one",
        "$x$ `code` **bold** _it_ ~~no~~ | a | b |",
    ],
)
def test_no_active_sign_is_left(text: str) -> None:
    escaped = escape_markdown(text)
    assert not re.search(r"[!-\"$-%'-/:<-@\[-`{-~]", re.sub(r"&#\d+;", "", escaped))
    assert html.unescape(escaped) == " ".join(text.split())


@given(st.text())
def test_what_is_shown_are_the_words(text: str) -> None:
    assert html.unescape(escape_markdown(text)) == " ".join(text.split())


# -- setting claims

_ARTICLE = Article(
    text="Osei said the gate was shut. “It opens at noon”, a clerk said.\nNobody came.",
    title="The gate",
    outlet="Evening Bell",
    published="2024-02-03",
)
_SEARCHED = Searched(1, ("Evening Bell",), _ARTICLE.day, _ARTICLE.day, 0, ("League",))


def _cite(number: int) -> Citation:
    sentence = _ARTICLE.sentences[number]
    return Citation(_ARTICLE, sentence.start, sentence.end)


def _claim(text: str, speaker: str | None, number: int, label: Any = "supported") -> Claim:
    return Claim(text, "League", speaker, (_cite(number),), Verdict(label, 0.5, ("why",)))


def _answer(*claims: Claim, asked: str = "Is the gate shut?") -> Answer:
    groups = (ClaimGroup("League", claims, "League"),) if claims else ()
    nearest = () if claims else (_cite(2),)
    return Answer(
        "Shut?", asked, groups, not claims, "" if claims else "They do not say.", nearest, _SEARCHED
    )


def test_an_answer_shows_who_spoke_and_where() -> None:
    page = answer_page(
        _answer(
            _claim("Osei said the gate was shut.", "Mara Osei", 0),
            _claim("The gate opens at noon.", "Ode Ruiz", 1),
            _claim("It opens at noon.", None, 1),
        )
    )
    first, second, third = page.sheet["sections"][0]["lines"]
    assert page.sheet["asides"] == ["Asked as: Is the gate shut?"]
    assert (first["speaker"], second["speaker"], third["speaker"]) == ("", "Ode Ruiz", "")
    assert (first["tag"], third["tag"]) == ("", "speaker not named")
    assert [c["label"] for line in (first, second, third) for c in line["chips"]] == ["1", "2", "2"]
    assert first["chips"][0]["quote"] == "Osei said the gate was shut."
    assert "Evening Bell, 3 February 2024" in first["chips"][0]["name"]


def test_a_line_that_is_not_supported_says_so() -> None:
    page = answer_page(_answer(_claim("Osei said “never”.", "Osei", 0, "quotation not in source")))
    assert page.sheet["sections"][0]["lines"][0]["problem"] == "quotation not in source: why"


def test_an_answer_that_declines_shows_reason_nearest_and_what_was_searched() -> None:
    page = answer_page(_answer(asked="Shut?"))
    assert page.sheet["declined"] == "They do not say."
    assert page.sheet["asides"] == []
    assert page.sheet["sections"][0]["lines"][0]["text"] == "Nobody came."
    assert page.citations == (_cite(2),)
    assert "Evening Bell" in page.sheet["feet"][-1]
    assert "League" in page.sheet["feet"][-1]


def test_numbers_are_those_of_the_export() -> None:
    answer = _answer(_claim("b", "Osei", 1), _claim("a", "Osei", 0), _claim("b again", "Osei", 1))
    exported = record(answer)
    numbers = [claim["receipts"] for group in exported["groups"] for claim in group["claims"]]
    shown = [
        [int(c["label"]) for c in line["chips"]] for line in answer_page(answer).sheet["sections"][0]["lines"]
    ]
    assert shown == numbers == [[1], [2], [1]]


def test_articles_are_listed_by_outlet() -> None:
    page = articles_page([_ARTICLE, Article(text="No name.", title="")])
    assert [(s["heading"], s["lines"][0]["text"]) for s in page.sheet["sections"]] == [
        ("Evening Bell", "The gate"),
        ("Outlet not given", "No name."),
    ]


def test_days_are_said_briefly() -> None:
    day = _ARTICLE.day
    assert day is not None
    assert span_words(None, None, 0) == ""
    assert span_words(None, None, 2) == "no dates given"
    assert span_words(day, day, 1) == "3 February 2024, 1 without a date"
    assert span_words(day.replace(day=1), day, 0) == "1 to 3 February 2024"
    assert span_words(day.replace(month=1), day, 0) == "3 January to 3 February 2024"
    assert span_words(day.replace(year=2023), day, 0) == "3 February 2023 to 3 February 2024"


# -- reading a receipt


@given(st.text("ab. \n“”", max_size=60), st.data())
def test_the_reader_shows_every_character_and_marks_the_cited_ones(text: str, data: st.DataObject) -> None:
    article = Article(text=text)
    if not article.sentences:
        return
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    sheet = reading(Citation(article, start, end), [])
    parts = [part for paragraph in sheet["paragraphs"] for part in paragraph]
    assert "".join(words for words, _ in parts) == text.replace("\n", "")
    # What is marked holds at least the citation, and whole sentences.
    marked = "".join(words for words, rank in parts if rank)
    assert text[start:end].replace("\n", "") in marked


def test_the_reader_tells_exact_words_from_their_sentence_and_who_is_credited() -> None:
    start = _ARTICLE.text.index("noon")
    statement = Statement(
        _ARTICLE, ((49, 56),), ((57, 61),), ((29, 47),), "direct", mention="a clerk", party="League"
    )
    sheet = reading(Citation(_ARTICLE, start, start + 4), [statement])
    assert [words for words, rank in sheet["paragraphs"][0] if rank == 2] == ["noon"]
    assert "".join(words for words, rank in sheet["paragraphs"][0] if rank) == _ARTICLE.sentences[1].text
    assert "Sentence 2 of 3" in sheet["facts"][0]
    assert sheet["facts"][1] == "Credited in this sentence to: a clerk (not named), for League"


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://example.org/a?b=1", "https://example.org/a?b=1"),
        ("javascript:alert(1)", ""),
        ('https://example.org/" onmouseover="x', ""),
        ("", ""),
    ],
)
def test_only_web_addresses_become_links(url: str, shown: str) -> None:
    article = Article(text="One line.", url=url)
    assert reading(Citation(article, 0, 9), [])["address"] == shown


# -- a stored conversation


def test_a_stored_answer_comes_back_as_it_was() -> None:
    answer = _answer(_claim("Osei said the gate was shut.", "Mara Osei", 0))
    stored = json.loads(json.dumps(record(answer)))
    assert restore_answer(stored, lambda identity: {_ARTICLE.id: _ARTICLE}[identity]) == answer


def test_lines_of_removed_articles_are_left_out_and_said() -> None:
    gone = Article(text="Duarte said the mill was open.", title="Mill")
    lost = make_claim("Duarte said the mill was open.", gone)
    stored = record(_answer(_claim("Osei said the gate was shut.", "Mara Osei", 0), lost))
    restored = restore_answer(stored, lambda identity: {_ARTICLE.id: _ARTICLE}.get(identity))
    assert [claim.text for claim in restored.claims] == ["Osei said the gate was shut."]
    assert not restored.abstained
    gone_words = "the articles they rest on are no longer in the library"
    assert restored.notes == (f"1 of 2 lines left out: {gone_words}.",)

    nothing = restore_answer(stored, lambda _: None)
    assert (nothing.groups, nothing.abstained) == ((), True)
    assert nothing.reason == f"No line is left of this answer: {gone_words}."
    assert answer_page(nothing).sheet["sections"] == []
