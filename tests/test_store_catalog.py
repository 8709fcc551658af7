from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from briefing.errors import InputError
from briefing.sentences import split_sentences
from briefing.store import Entry, Store, fingerprint
from briefing.types import Article, Filters, Passage, Sentence
from tests.store_entries import DIMENSIONS, EMBEDDER, entry, statement


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "library", EMBEDDER, DIMENSIONS) as opened:
        yield opened


def _bare(article: Article) -> Entry:
    return Entry(article, (), (), np.zeros((0, DIMENSIONS), np.float32))


def test_an_entry_comes_back_equal_in_every_field(store: Store) -> None:
    given = entry(1)
    unnamed = replace(
        statement(given.article),
        source_spans=(),
        speaker=None,
        party=None,
        affiliation=None,
        status="unnamed",
    )
    store.add([replace(given, statements=(*given.statements, unnamed))])
    assert store.articles() == [given.article]
    assert store.articles()[0].id == given.article.id
    assert store.articles()[0].sentences == given.article.sentences
    assert sorted(store.statements(), key=repr) == sorted([*given.statements, unnamed], key=repr)
    assert store.passages([p.id for p in given.passages]) == list(given.passages)


@pytest.mark.parametrize(
    "published",
    [
        None,
        dt.date(2021, 3, 4),
        dt.datetime(2021, 3, 4, 0, 0),
        dt.datetime(2021, 3, 4, 23, 30, 0, 5, dt.timezone(dt.timedelta(hours=-5))),
    ],
)
def test_dates_keep_their_kind(store: Store, published: dt.date | None) -> None:
    article = Article("Rain fell.", published=published)
    store.add([_bare(article)])
    (stored,) = store.articles()
    assert (stored.published, type(stored.published)) == (published, type(published))
    assert (stored.id, stored.published_iso, stored.day) == (article.id, article.published_iso, article.day)


@pytest.mark.parametrize(
    "text", ["\x00Nul. \x00End.", "Straße \U0001f600. Ende.", "'; DROP TABLE articles; --", ""]
)
def test_any_text_keeps_its_characters_and_offsets(store: Store, text: str) -> None:
    article = Article(text, title=text, outlet=text, url=text)
    store.add([_bare(article)])
    assert store.articles() == [article]
    assert store.articles()[0].sentences == article.sentences


def test_sentences_are_the_stored_ones_not_split_again(store: Store) -> None:
    article = Article("One. Two. Three.")
    article.__dict__["sentences"] = (Sentence(0, 0, 9, "One. Two.", 0), Sentence(1, 10, 16, "Three.", 0))
    assert len(split_sentences(article.text)) == 3
    store.add([_bare(article)])
    assert store.articles()[0].sentences == article.sentences


def test_half_a_character_pair_is_refused_before_anything_is_written(store: Store) -> None:
    with pytest.raises(InputError, match="lone surrogate"):
        store.add([entry(1), _bare(Article("Broken \ud83d emoji."))])
    assert store.count()["articles"] == 0


def test_vectors_of_another_shape_are_refused(store: Store) -> None:
    given = entry(1)
    for vectors in (given.vectors[:, :4], given.vectors[:2], given.vectors * np.nan):
        with pytest.raises(ValueError, match=r"finite and of shape \(3, 8\)"):
            store.add([replace(given, vectors=vectors)])
    assert store.count()["articles"] == 0


def test_a_question_with_broken_characters_is_only_a_question_without_answer(store: Store) -> None:
    store.add([entry(1)])
    assert store.articles(outlet="\udcff") == []
    assert store.articles(ids=["\udcff"]) == []
    assert store.statements(party="\udcff") == []
    assert store.passages(["\udcff"]) == []
    assert store.turns("\udcff") == []
    assert store.known(["\udcff"]) == set()
    assert store.matching("\udcff", 5) == []
    store.append_turn("a\udcff", '"\udcff"')
    assert store.turns("a\udcff") == ['"?"']


def test_adding_twice_changes_nothing(store: Store) -> None:
    store.add([entry(1), entry(2), entry(1)])
    counts, generation = store.count(), store.generation
    store.add([entry(2), entry(1)])
    assert store.count() == counts == {"articles": 2, "sentences": 6, "statements": 2, "passages": 6}
    assert store.generation == generation == 1


def test_articles_are_ordered_by_day_and_id_with_undated_ones_last(store: Store) -> None:
    days = {3: "2021-03-05", 1: None, 2: "2021-03-04T10:00:00", 4: "2021-03-04", 5: "2021-02-28"}
    given = {n: entry(n, day).article for n, day in days.items()}
    store.add([entry(n, day) for n, day in days.items()])
    same_day = sorted((given[2], given[4]), key=lambda a: a.id)
    assert store.articles() == [given[5], *same_day, given[3], given[1]]
    assert [s.article for s in store.statements()] == store.articles()


def test_articles_are_chosen_by_day_outlet_and_id(store: Store) -> None:
    days = {1: "2021-03-04", 2: "2021-03-05T23:59:59", 3: "2021-03-06", 4: None}
    given = {n: entry(n, day, "Post" if n % 2 else "Herald").article for n, day in days.items()}
    store.add([entry(n, day, "Post" if n % 2 else "Herald") for n, day in days.items()])
    day = dt.date.fromisoformat
    assert store.articles(since=day("2021-03-05")) == [given[2], given[3]]
    assert store.articles(until=day("2021-03-05")) == [given[1], given[2]]
    assert store.articles(since=day("2021-03-05"), until=day("2021-03-05")) == [given[2]]
    assert store.articles(outlet="Herald") == [given[2], given[4]]
    assert store.articles(ids=[given[4].id, "unknown", given[1].id]) == [given[1], given[4]]
    assert store.articles(ids=[]) == []


def test_statements_are_chosen_and_ordered_and_share_their_article(store: Store) -> None:
    article = entry(1).article
    late, early = statement(article), statement(article, "Fishermen")
    early = replace(early, cue_spans=((0, 3),))
    store.add([replace(entry(1), statements=(late, early)), entry(2, day="2021-03-01")])
    found = store.statements(article_ids=[article.id])
    assert found == [early, late]
    assert found[0].article is found[1].article
    assert store.statements(party="Fishermen") == [early]
    assert [s.article.id for s in store.statements()] == [
        entry(2, day="2021-03-01").article.id,
        *[article.id] * 2,
    ]
    assert store.statements(article_ids=[]) == []


def test_a_party_has_what_people_tied_to_it_say_for_none(store: Store) -> None:
    def said(number: int, speaker: str, party: str | None, outright: bool = False) -> Entry:
        rule = ("name; title before the name", 0.95) if outright else ("name without a side", 0.6)
        one = replace(
            statement(entry(number).article), speaker=speaker, party=party, rule=rule[0], confidence=rule[1]
        )
        return replace(entry(number), statements=(one,))

    store.add(
        [
            said(1, "Ada Nilsson", "Harbour Council", outright=True),
            said(2, "Ada Nilsson", None),
            said(3, "Ada Nilsson", "Fishermen"),
            said(4, "Ole Berg", "Harbour Council", outright=True),
            said(5, "Ole Berg", "Fishermen", outright=True),
            said(6, "Ole Berg", None),
        ]
    )
    filters, theirs = Filters(party="Harbour Council"), {entry(n).article.id for n in (1, 2, 4)}
    assert {s.article.id for s in store.statements(party="Harbour Council")} == theirs
    assert set(store.newest(filters, 9)) == theirs
    for found in (store.matching("pier open", 20, filters), store.nearest(entry(1).vectors[0], 20, filters)):
        assert {passage_id.partition(":")[0] for passage_id, _ in found} == theirs


def test_passages_come_in_the_order_asked_for(store: Store) -> None:
    one, two = entry(1), entry(2)
    store.add([one, two])
    wanted = [two.passages[2], one.passages[0], two.passages[1]]
    assert store.passages([wanted[0].id, "unknown:0-1", wanted[1].id, wanted[2].id]) == wanted


def test_passages_are_runs_of_text_not_only_sentences(store: Store) -> None:
    article = entry(1).article
    run = Passage(article, 4, len(article.text) - 3)
    store.add([Entry(article, (), (run,), np.eye(1, DIMENSIONS, dtype=np.float32))])
    assert store.passages([run.id])[0].text == run.text


def test_names_and_days_and_words_that_are_there(store: Store) -> None:
    assert store.days() == (None, None, 0)
    store.add([entry(1, None, ""), entry(2, "2021-03-05", "Post"), entry(3, "2021-03-04", "Ärzteblatt")])
    assert store.outlets() == ["Post", "Ärzteblatt"]
    assert store.parties() == ["Harbour Council"]
    assert store.speakers(["nilsson", "ada"]) == ["Ada Nilsson"]
    assert store.speakers(["ada", "Nilsson", "\udcff"]) == []
    assert store.days() == (dt.date(2021, 3, 4), dt.date(2021, 3, 5), 1)
    assert store.known([entry(1, None, "").article.id, "unknown"]) == {entry(1, None, "").article.id}


def test_articles_with_the_same_words_are_found_by_fingerprint(store: Store) -> None:
    ours = Article("No talks, he said.", outlet="Post")
    theirs = Article("No talks he said", outlet="Herald")
    store.add([_bare(ours), _bare(theirs), entry(1)])
    mark = fingerprint(ours.text)
    assert store.same_words([mark, fingerprint("other")]) == {mark: sorted([ours.id, theirs.id])}


def test_a_removed_article_is_gone_everywhere_and_may_come_back(store: Store) -> None:
    one, two = entry(1), entry(2)
    store.add([one, two])
    assert store.remove([one.article.id, "unknown"]) == 1
    assert store.remove([one.article.id]) == 0
    assert store.count() == {"articles": 1, "sentences": 3, "statements": 1, "passages": 3}
    gone = {p.id for p in one.passages}
    assert gone.isdisjoint(i for i, _ in store.nearest(one.vectors[0], 10))
    assert gone.isdisjoint(i for i, _ in store.matching("pier", 10))
    assert store.generation == 2
    store.add([one])
    assert store.nearest(one.vectors[0], 1) == [(one.passages[0].id, 1.0)]
    assert store.passages([one.passages[0].id]) == [one.passages[0]]


def test_a_library_of_more_articles_than_sqlite_takes_parameters(store: Store) -> None:
    ids = [f"{n:016x}" for n in range(40_000)]
    store.add([entry(1)])
    assert store.known([*ids, entry(1).article.id]) == {entry(1).article.id}
    assert store.passages([*ids, entry(1).passages[0].id]) == [entry(1).passages[0]]
