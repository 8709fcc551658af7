"""Reprints of one report are one origin; reports that share only a quotation are not."""

from __future__ import annotations

import datetime as dt
import random
import time

import pytest

from briefing.analysis.origins import find_origins
from briefing.types import Article

_REPORT = (
    "VELM, Oct 1 (Coast Wire) - Shells fell on the fish market of Velm early on Thursday and wounded "
    "eleven people, the harbour master wrote to the council. Two boats sank at their moorings and the"
    " ferry to Brenn was stopped until noon. Witnesses counted nine impacts between the customs house"
    " and the old crane. The council asked the governor for pumps and for a second fire engine. The "
    "governor sent one pump and promised the engine for Friday. Fishermen began to clear the quay in "
    "the afternoon and sold what was left of the catch from a lorry."
)
_OWN = (
    "Eleven people are in hospital in Velm after shelling at dawn. Our reporter saw two sunken boats "
    "and a broken crane by the quay, and a long queue for the only ferry that still runs. The town "
    "has one fire engine, built in 1974, and it did not start. By evening men with shovels had opened"
    " a lane through the market for the carts."
)
_SPEECH = (
    "“We were selling the morning catch when the first one fell, and then nobody knew where to run, "
    "because the customs house was burning and the gate was shut, and the children were on the ice "
    "heap,” "
)


def _article(text: str, outlet: str, day: int = 1) -> Article:
    return Article(text, title=f"{outlet} on Velm", outlet=outlet, published=dt.date(2015, 10, day))


def _outlets(articles: list[Article]) -> list[list[str]]:
    return [[article.outlet for article in origin.articles] for origin in find_origins(articles)]


def test_reprints_collapse_and_the_fullest_comes_first() -> None:
    cut = _REPORT.rsplit(". ", 2)[0] + "."
    with_credit = (
        "Published with permission.\n" + _REPORT.replace("VELM, Oct 1 (Coast Wire) - ", "") + "\n- Coast Wire"
    )
    articles = [
        _article(cut, "Cut"),
        _article(_OWN, "Own"),
        _article(with_credit, "Long"),
        _article(_REPORT, "Wire"),
    ]
    groups = _outlets(articles)
    assert [sorted(group) for group in groups] == [["Cut", "Long", "Wire"], ["Own"]]
    assert groups[0][0] == "Long"


def test_a_shared_quotation_is_not_a_shared_origin() -> None:
    one = (
        "Nina Vael, who sells mussels by the quay, had lost her stall by noon. "
        + _SPEECH
        + "she said. "
        + _OWN
    )
    other = (
        "Shells hit Velm again at dawn, the third time this week. "
        + _SPEECH
        + "a trader said. The port is shut."
    )
    assert _outlets([_article(one, "One"), _article(other, "Other")]) == [["One"], ["Other"]]


def test_a_digest_that_holds_a_report_is_its_own_origin() -> None:
    other_news = " ".join(
        f"Item {n}: the district of {chr(65 + n)}mar elected a new clerk by {n} votes to none." * 3
        for n in range(20)
    )
    assert _outlets([_article(other_news + " " + _REPORT, "Digest"), _article(_REPORT, "Wire")]) == [
        ["Digest"],
        ["Wire"],
    ]


def test_every_article_once_in_the_order_of_the_input() -> None:
    texts = [_OWN, "", _REPORT, "Short note.", _OWN, "Short note.", "Short note of another kind."]
    articles = [_article(text, f"Outlet {n}") for n, text in enumerate(texts)]
    groups = _outlets(articles)
    assert sorted(name for group in groups for name in group) == [f"Outlet {n}" for n in range(len(texts))]
    assert groups == [
        ["Outlet 0", "Outlet 4"],
        ["Outlet 1"],
        ["Outlet 2"],
        ["Outlet 3", "Outlet 5"],
        ["Outlet 6"],
    ]
    assert find_origins([]) == []


def test_the_groups_do_not_hang_on_the_order_of_the_input() -> None:
    words = _REPORT.split()
    cuts = [" ".join(words[: len(words) - 4 * n]) for n in range(6)]
    articles = [_article(text, f"Outlet {n}", day=n + 1) for n, text in enumerate([*cuts, _OWN])]
    expected = {frozenset(a.id for a in origin.articles) for origin in find_origins(articles)}
    for seed in range(5):
        shuffled = random.Random(seed).sample(articles, len(articles))
        assert {frozenset(a.id for a in origin.articles) for origin in find_origins(shuffled)} == expected
    assert len(expected) == 2


@pytest.mark.parametrize("copies", [400])
def test_many_reprints_and_much_boilerplate_take_little_time(copies: int) -> None:
    footer = " For more news follow our harbour desk on every channel and write to us at any hour of the day."
    random_words = random.Random(0)
    articles = [_article(_REPORT + footer, f"Copy {n}") for n in range(copies)]
    for n in range(copies):
        body = " ".join(f"w{random_words.randrange(5000)}" for _ in range(150))
        articles.append(_article(body + footer, f"Own {n}"))
    began = time.perf_counter()
    origins = find_origins(articles)
    assert time.perf_counter() - began < 5.0
    assert len(origins) == copies + 1
