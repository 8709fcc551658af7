from __future__ import annotations

import datetime as dt

import pytest

from briefing.reading.parties import load_lexicon
from briefing.retrieval.fusion import fuse_ranks
from briefing.retrieval.questions import Known, Question, understand
from briefing.retrieval.search import find_passages
from briefing.types import Article, Filters, Hit, Statement
from tests.list_store import ListStore

DEPOT = Article(
    text="Three fuel depots near the river burned after the air strike, villagers said.",
    title="Depots burn by the river",
    outlet="Harbour Post",
    published="2015-09-29",
)
REPLY = Article(
    text="Russia's defence ministry said its aircraft had hit nothing but a command post. “A surgical "
    "operation,” the spokesman called it.",
    title="Ministry on the air strike",
    outlet="Northern Wire",
    published="2015-09-30",
)
AMERICAN = Article(
    text="The United States warned that the air strike had come without notice.",
    title="Washington on the air strike",
    outlet="Valley Times",
    published="2015-10-01",
)
FOOTBALL = Article(
    text="The visitors won the cup after two penalties.", title="Cup final", outlet="Harbour Post"
)
ARTICLES = (DEPOT, REPLY, AMERICAN, FOOTBALL)


def _statement(article: Article, content: str, party: str, speaker: str | None = None) -> Statement:
    start = article.text.index(content)
    span = (start, start + len(content))
    return Statement(article, (), (), (span,), "indirect", party=party, speaker=speaker)


STATEMENTS = (
    _statement(REPLY, "its aircraft had hit nothing but a command post", "Russia"),
    _statement(AMERICAN, "the air strike had come without notice", "United States", "Ann Blore"),
)
STORE = ListStore(ARTICLES, STATEMENTS)
KNOWN = Known(
    outlets=("Harbour Post", "Northern Wire", "Valley Times"),
    parties=load_lexicon(),
    people=("Ann Blore",),
    last_day=dt.date(2015, 10, 1),
)


def _read(question: str) -> Question:
    return understand(question, KNOWN)


def _outlets(hits: list[Hit]) -> list[str]:
    return [hit.article.outlet for hit in hits]


def test_fused_ranks() -> None:
    assert fuse_ranks([["a", "b"], ["b"]]) == {"a": 1 / 21, "b": 1 / 22 + 1 / 21}
    assert fuse_ranks([]) == {}


def test_the_passage_on_the_subject_comes_first() -> None:
    assert find_passages(STORE, _read("What burned near the river?"), 1)[0].article is DEPOT
    assert find_passages(STORE, _read("Who won the match?"), 1)[0].article is FOOTBALL


def test_at_most_k_and_scores_never_rise() -> None:
    hits = find_passages(STORE, _read("What did Russia and the United States say of the air strike?"), 3)
    scores = [hit.score for hit in hits]
    assert len(hits) == 3
    assert scores == sorted(scores, reverse=True)


def test_same_question_same_hits() -> None:
    question = _read("What did Russia say of the air strike?")
    assert find_passages(STORE, question) == find_passages(STORE, question)


def test_an_empty_library_has_no_hits() -> None:
    assert find_passages(ListStore([]), _read("What burned?")) == []
    assert find_passages(ListStore([]), _read("What burned?"), 5, Filters(outlet="TASS")) == []


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("What did the Valley Times write of the air strike?", AMERICAN),
        ("What was said of the air strike on Wednesday?", REPLY),
        ("What did Russia say of the air strike?", REPLY),
        ("What did Blore say of the air strike?", AMERICAN),
        ("Who said “surgical operation” of the air strike?", REPLY),
    ],
)
def test_what_is_named_comes_first(question: str, first: Article) -> None:
    assert find_passages(STORE, _read(question))[0].article is first


def test_everybody_named_is_among_the_first() -> None:
    noise = [
        Article(text=f"The air strike near the river was the talk of village {n}.", outlet="Harbour Post")
        for n in range(12)
    ]
    store = ListStore([*ARTICLES, *noise], STATEMENTS)
    hits = find_passages(store, _read("What did Russia and the US say of the air strike near the river?"), 4)
    assert {"Northern Wire", "Valley Times"} <= set(_outlets(hits))


def test_an_outlet_named_is_searched_by_itself_when_it_is_far_down() -> None:
    noise = [Article(text=f"Penalty number {n} was saved.", outlet="Harbour Post") for n in range(160)]
    store = ListStore([AMERICAN, *noise], ())
    hits = find_passages(store, _read("Which penalty was saved, according to the Valley Times?"), 3)
    assert "Valley Times" in _outlets(hits)


def test_a_reprint_comes_after_everything_else() -> None:
    reprint = Article(text=DEPOT.text, title=DEPOT.title, outlet="Valley Times", published="2015-09-29")
    hits = find_passages(ListStore([*ARTICLES, reprint]), _read("What burned near the river?"))
    assert hits[0].passage.text == DEPOT.text
    assert hits[-1].passage.text == DEPOT.text
    assert len({hit.passage.id for hit in hits}) == 5


def test_each_clause_finds_its_own_passage() -> None:
    question = _read(
        "Does one report describe fuel depots that burned near the river after the strike, while another "
        "article tells that visitors won their championship cup after several saved penalties?"
    )
    assert len(question.parts) == 2
    assert {hit.article for hit in find_passages(STORE, question, 2)} == {DEPOT, FOOTBALL}


@pytest.mark.parametrize(
    ("filters", "outlets"),
    [
        (Filters(outlet="Northern Wire"), {"Northern Wire"}),
        (Filters(party="United States"), {"Valley Times"}),
        (Filters(party="Russia", outlet="Valley Times"), set()),
        (Filters(since=dt.date(2015, 9, 30)), {"Northern Wire", "Valley Times"}),
        (Filters(until=dt.date(2015, 9, 29)), {"Harbour Post"}),
        (Filters(since=dt.date(2015, 9, 30), until=dt.date(2015, 9, 30)), {"Northern Wire"}),
        (Filters(outlet="No Such Paper"), set()),
    ],
)
def test_filters(filters: Filters, outlets: set[str]) -> None:
    hits = find_passages(STORE, _read("What did the Valley Times say of the air strike?"), 10, filters)
    assert set(_outlets(hits)) == outlets


def test_an_undated_article_is_in_no_range() -> None:
    asked = _read("What happened in the football?")
    assert FOOTBALL in [hit.article for hit in find_passages(STORE, asked, 10)]
    dated = find_passages(STORE, asked, 10, Filters(since=dt.date(2000, 1, 1)))
    assert FOOTBALL not in [hit.article for hit in dated]
