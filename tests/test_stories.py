"""Articles on one event are one story; a similar event elsewhere is another."""

from __future__ import annotations

import datetime as dt
import random

from briefing.analysis.stories import group_stories
from briefing.types import Article

_VELM = [
    "Shells fell on the fish market of Velm on Thursday and wounded eleven people. Harbour master Ilo"
    " Dorn said two boats sank. The ferry to Brenn was stopped, and Governor Reyl sent a pump.",
    "Eleven wounded in Velm market shelling. Harbour master Dorn counted two sunken boats after "
    "shells hit the fish market. Governor Reyl promised Velm a second fire engine.",
    "Governor Reyl visited the fish market of Velm, where shells wounded eleven people on Thursday. "
    "The ferry to Brenn runs again, harbour master Ilo Dorn told traders.",
]
_TARSK = [
    "A blast at a vegetable market in Tarsk killed three people on Monday. Police chief Mira Holt "
    "blamed a gas bottle. Mayor Jens Aro closed the stalls around the tram depot.",
    "Gas bottle blamed for Tarsk market blast. Three people died at the vegetable stalls, police "
    "chief Holt said, and Mayor Aro shut the tram depot for a day.",
]
_LAKE = [
    "Rowers from eleven clubs met on Lake Oss for the autumn regatta. The women’s eight of Norrby won"
    " by a length."
]


def _articles(texts: list[str], first_day: int | None = 1) -> list[Article]:
    return [
        Article(
            text,
            title=f"Report {n}: {text[:20]}",
            outlet=f"Outlet {n}",
            published=None if first_day is None else dt.date(2015, 10, first_day + n),
        )
        for n, text in enumerate(texts)
    ]


def _sets(articles: list[Article]) -> set[frozenset[str]]:
    return {frozenset(a.id for a in story.articles) for story in group_stories(articles)}


def test_similar_events_side_by_side_stay_apart() -> None:
    velm, tarsk, lake = _articles(_VELM), _articles(_TARSK), _articles(_LAKE)
    mixed = [velm[0], tarsk[0], lake[0], velm[1], tarsk[1], velm[2]]
    assert _sets(mixed) == {frozenset(a.id for a in group) for group in (velm, tarsk, lake)}


def test_stories_are_largest_first_and_articles_oldest_first() -> None:
    velm, tarsk = _articles(_VELM), _articles(_TARSK)
    stories = group_stories([*tarsk, velm[2], velm[0], velm[1]])
    assert [len(story.articles) for story in stories] == [3, 2]
    assert list(stories[0].articles) == velm
    assert stories[0].title in {article.title for article in velm}


def test_every_article_once_even_empty_and_undated_ones() -> None:
    articles = [
        *_articles(_VELM, None),
        Article(""),
        Article("of the and"),
        Article("of the and", outlet="Other"),
    ]
    found = [a.id for story in group_stories(articles) for a in story.articles]
    assert sorted(found) == sorted(a.id for a in articles)
    assert group_stories([]) == []
    assert group_stories([Article("")])[0].title == ""


def test_the_stories_do_not_hang_on_the_order_of_the_input() -> None:
    articles = [*_articles(_VELM), *_articles(_TARSK), *_articles(_LAKE)]
    expected = group_stories(articles)
    for seed in range(4):
        assert group_stories(random.Random(seed).sample(articles, len(articles))) == expected


def test_the_same_kind_of_event_half_a_year_later_is_another_story() -> None:
    text = _VELM[0]
    then = Article(text, outlet="One", published=dt.date(2015, 4, 1))
    again = Article(text + " The harbour master was tired.", outlet="One", published=dt.date(2015, 10, 1))
    undated = Article(text, outlet="Two")
    assert len(group_stories([then, again])) == 2
    assert len(group_stories([then, undated])) == 1
