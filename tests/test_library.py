"""The one door, on the sample articles: every receipt holds, every line is verified, nothing is lent."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import briefing
from briefing.errors import InputError
from briefing.export import markdown, record, to_json
from briefing.library.adding import add_articles
from briefing.library.asking import SIDES_SAY, Desk, Inquiry, answer_question
from briefing.reading.embeddings import DIMENSIONS, EMBEDDER
from briefing.store import Store
from briefing.types import Answer, Article, Briefing, Citation, Claim, Filters, Rejected, Turn
from briefing.writing.drafts import Draft
from briefing.writing.extractive import ExtractiveWriter
from briefing.writing.writer import Request

WEDNESDAY, THURSDAY = dt.date(2015, 9, 30), dt.date(2015, 10, 1)
QUESTIONS = (
    "Did Russia coordinate with the US?",
    "What did the Syrian opposition say?",
    "How many people died in Talbiseh?",
    "What did the White House say?",
    "Who said “enormous mistake”?",
    "What did Turkey say about the flights?",
    "Were civilians killed?",
    "What happened on Thursday?",
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> Iterator[briefing.Library]:
    with briefing.open_library(tmp_path_factory.mktemp("library")) as opened:
        report = opened.add(briefing.scan_articles([samples]))
        assert report.rejected == ()
        yield opened


def _holds(claim: Claim) -> bool:
    return bool(claim.citations) and all(
        c.quote == c.article.text[c.start : c.end] and c.sentence.start <= c.start < c.sentence.end
        for c in claim.citations
    )


def test_every_line_of_a_briefing_is_cited_and_supported(library: briefing.Library) -> None:
    page = library.brief()
    assert len(page.claims) > 30
    assert all(_holds(c) and c.verdict.supported for c in page.claims)


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_line_of_an_answer_is_cited_and_supported(library: briefing.Library, question: str) -> None:
    answer = library.ask(question)
    assert not answer.abstained
    assert all(_holds(c) and c.verdict.supported for c in answer.claims)
    assert list(answer.receipts) == list(dict.fromkeys(c for claim in answer.claims for c in claim.citations))


def test_a_briefing_hears_every_side(library: briefing.Library) -> None:
    page = library.brief()
    parties = {group.party for group in page.positions}
    assert parties >= {"Russia", "United States", "Syria", "Syrian opposition", "Turkey", "France"}
    assert {d.issue for d in page.disputes} >= {"Who was hit?", "Was it coordinated?"}
    assert any("United Nations" in u.party for u in page.not_heard)


def test_an_orphan_quotation_is_nobodys(library: briefing.Library) -> None:
    page = library.brief()
    orphan = [c for c in page.unnamed if "First they told us" in c.text]
    assert len(orphan) == 1 and orphan[0].speaker is None and orphan[0].party is None


def test_a_reprint_counts_once(library: briefing.Library) -> None:
    page = library.brief()
    assert len(page.origins) == len(page.articles) - 1
    assert any("printed more than once" in note for note in page.notes)


def test_a_day_is_only_that_day(library: briefing.Library) -> None:
    page = library.brief(since=THURSDAY, until=THURSDAY)
    assert page.articles and all(a.day == THURSDAY for a in page.articles)
    assert all(c.article.day == THURSDAY for claim in page.claims for c in claim.citations)
    assert page.title == "Briefing, 1 October 2015"


def test_a_topic_narrows_the_articles(library: briefing.Library) -> None:
    narrow, wide = library.brief(topic="civilian casualties in Talbiseh"), library.brief()
    assert 0 < len(narrow.articles) < len(wide.articles)


@pytest.mark.parametrize("topic", [None, "Talbiseh"])
def test_days_the_wrong_way_round_are_refused(library: briefing.Library, topic: str | None) -> None:
    with pytest.raises(InputError, match="is after until"):
        library.brief(since=THURSDAY, until=WEDNESDAY, topic=topic)


@pytest.mark.parametrize(("about", "noted"), [(110, True), (60, False)])
def test_a_topic_with_more_articles_than_are_read_says_so(tmp_path: Path, about: int, noted: bool) -> None:
    """An empty library is filled with articles on the harbour and on something else, 120 of them."""
    texts = [f"The harbour of town {n} was closed by the storm." for n in range(about)]
    texts += [f"Voters chose mayor {n} in the election." for n in range(about, 120)]
    with briefing.open_library(tmp_path / "harbour") as small:
        small.add([Article(text, title=f"News {n}", outlet="Post") for n, text in enumerate(texts)])
        page = small.brief(topic="the harbour closed by the storm")
    assert 0 < len(page.articles) <= min(about, 100)
    assert any("there may be more on it" in note for note in page.notes) is noted


def test_a_day_without_articles_says_so(library: briefing.Library) -> None:
    page = library.brief(since=dt.date(1999, 1, 1), until=dt.date(1999, 1, 2))
    assert page.claims == () and "no articles" in page.notes[0]


def test_both_sides_of_a_disputed_matter_are_given(library: briefing.Library) -> None:
    headings = {group.heading for group in library.ask("Did Russia coordinate with the US?").groups}
    assert {"Russia", "United States"} <= headings


def test_what_nobody_said_is_declined_with_what_was_searched(library: briefing.Library) -> None:
    answer = library.ask("What did China say?")
    assert answer.abstained and answer.claims == () and answer.nearest
    assert "China" in answer.reason
    assert answer.searched.articles == 14 and "Russia" in answer.searched.parties_heard
    assert (answer.searched.first_day, answer.searched.last_day) == (WEDNESDAY, THURSDAY)


def test_a_follow_up_is_read_as_a_full_question(library: briefing.Library) -> None:
    first = library.ask("What did Russia say about the air strikes?")
    second = library.ask("and Turkey?", history=[Turn(first.question, first.asked)])
    assert second.asked == "What did Turkey say about the air strikes?"
    assert {g.party for g in second.groups} == {"Turkey"}


@pytest.mark.parametrize(
    "filters",
    [{"outlet": "Moscow Ledger"}, {"since": THURSDAY}, {"until": WEDNESDAY}, {"party": "Moscow"}],
)
def test_filters_hold(library: briefing.Library, filters: dict[str, object]) -> None:
    answer = library.ask("What was hit by the air strikes?", **filters)  # type: ignore[arg-type]
    for claim in answer.claims:
        for citation in claim.citations:
            assert filters.get("outlet") in (None, citation.article.outlet)
            assert citation.article.day is not None
            assert filters.get("since") is None or citation.article.day >= THURSDAY
            assert filters.get("until") is None or citation.article.day <= WEDNESDAY
        if "party" in filters:
            assert claim.party == "Russia"
    hits = library.search("air strikes", k=5, **filters)  # type: ignore[arg-type]
    assert hits and [h.score for h in hits] == sorted((h.score for h in hits), reverse=True)


def test_another_sides_words_do_not_pass_as_the_outlets_own(tmp_path: Path) -> None:
    text = (
        "“We will strike. We will go on no matter what they tell us. We will win,” Lavrov said. "
        "U.S. Secretary of State John Kerry said the strikes were a grave concern."
    )
    with briefing.open_library(tmp_path / "small") as small:
        small.add([Article(text, title="Strikes", outlet="Post")])
        asked = "Who said “no matter what they tell us”?"
        assert [claim.speaker for claim in small.ask(asked).claims] == ["Lavrov"]
        assert small.ask(asked, party="United States").claims == ()


class _TellsOthersWords(ExtractiveWriter):
    """Adds the first sentence of the article as nobody's word."""

    def write(self, request: Request) -> Iterator[tuple[str, Draft]]:
        for heading, draft in super().write(request):
            yield heading, draft
            article = draft.citations[0].article
            first = article.sentences[0]
            yield (
                heading,
                Draft("We will go on whatever they say.", (Citation(article, first.start, first.end),)),
            )


def test_the_gate_knows_what_every_side_says_in_the_articles_cited(tmp_path: Path) -> None:
    text = (
        "“We will go on whatever they say. We will win,” Lavrov said. "
        "U.S. Secretary of State John Kerry said the strikes were a grave concern."
    )
    with Store.open(tmp_path / "small", EMBEDDER, DIMENSIONS) as store:
        add_articles(store, [Article(text, title="Strikes", outlet="Post")], None)
        inquiry = Inquiry("What did Kerry say about the strikes?", (), Filters(party="United States"))
        answer = answer_question(store, inquiry, Desk(None, _TellsOthersWords))
    assert [claim.speaker for claim in answer.claims] == ["John Kerry"]
    assert any("left out" in note for note in answer.notes)


def test_a_topic_is_a_filter(library: briefing.Library) -> None:
    about = library.search("Thursday", k=20, topic="Talbiseh")
    assert about and all("Talbiseh" in f"{h.article.title} {h.article.text}" for h in about)
    assert library.search("Thursday", topic="the price of oil") == []
    answer = library.ask("Who was hit by the strikes?", topic="the price of oil")
    assert answer.abstained
    assert answer.searched.articles == 0


def test_an_outlet_is_known_in_any_case_and_an_unknown_one_has_nothing(library: briefing.Library) -> None:
    assert library.search("air strikes", k=2, outlet="moscow ledger")
    assert library.search("air strikes", outlet="The Nowhere Times") == []
    assert library.ask("What was hit?", outlet="The Nowhere Times").searched.articles == 0


def test_a_decline_says_what_would_help(library: briefing.Library) -> None:
    answer = library.ask("What did China say?")
    assert answer.abstained
    assert answer.notes == ("To answer it, add articles that quote China.",)


def test_a_yes_or_no_is_left_to_the_sides(library: briefing.Library) -> None:
    answer = library.ask("Did Russia coordinate with the US?")
    assert {"Russia", "United States"} <= {group.party for group in answer.groups}
    assert SIDES_SAY in answer.notes


def test_statements_read_anew_are_found_by_their_party(tmp_path: Path) -> None:
    parties = tmp_path / "parties.yaml"
    parties.write_text(
        "parties:\n  - {name: Harbour League, kind: organisation}\npeople:\n  Ada Quill: Harbour League\n"
    )
    article = Article("Ada Quill said the pier would open.", title="Pier", outlet="Post")
    with briefing.open_library(tmp_path / "library") as library:
        library.add([article])
    with briefing.open_library(tmp_path / "library", parties=parties) as library:
        assert library.search("the pier", party="Harbour League") == []
        library.restate()
        assert [h.article for h in library.search("the pier", party="Harbour League")] == [article]


def test_a_name_has_the_side_that_another_article_gives_it_everywhere(tmp_path: Path) -> None:
    tied = Article("U.S. Secretary of State John Kerry said the talks had failed.", title="Talks", outlet="A")
    bare = Article("“The harbour will open,” John Kerry said.", title="Harbour", outlet="B")
    other = Article("Ukrainian officials said the harbour would open.", title="Harbour", outlet="C")
    with briefing.open_library(tmp_path / "small") as small:
        small.add([tied, bare, other])
        by_article = {s.article: s.party for s in small.statements()}
        assert by_article == {tied: "United States", bare: "United States", other: "Ukraine"}
        assert {s.article for s in small.statements(party="United States")} == {tied, bare}
        assert [s.party for s in small.statements(bare.id)] == ["United States"]
        assert {h.article for h in small.search("the harbour opens", party="US")} == {tied, bare}
        small.remove([tied.id])
        assert small.statements(party="United States") == []
        assert small.search("the harbour opens", party="US") == []


def test_two_runs_give_the_same_bytes(library: briefing.Library, tmp_path: Path, samples: Path) -> None:
    with briefing.open_library(tmp_path / "again") as again:
        again.add(briefing.scan_articles([samples]))
        assert to_json(again.brief()) == to_json(library.brief())
        assert markdown(again.brief()) == markdown(library.brief())
        for question in QUESTIONS:
            assert to_json(again.ask(question)) == to_json(library.ask(question))


def test_filters_hold_for_a_day_too(library: briefing.Library) -> None:
    question = "What happened on Thursday?"
    assert all(c.party == "Russia" for c in library.ask(question, party="Russia").claims)
    assert library.ask(question, until=WEDNESDAY).claims == ()


def _pages(library: briefing.Library) -> list[Answer | Briefing]:
    return [library.brief(), library.brief(since=THURSDAY), *map(library.ask, QUESTIONS)]


def test_saved_pages_verify(library: briefing.Library) -> None:
    for page in _pages(library):
        checks = library.verify(json.loads(to_json(page)))
        assert [c for c in checks if not c.holds] == []
        assert len(checks) == len(page.claims)


def test_a_removed_article_is_missed_by_name(tmp_path: Path) -> None:
    with briefing.open_library(tmp_path / "small") as small:
        article = Article(
            text="French Foreign Minister Luc Garnier said the port would open.", title="Port to open"
        )
        small.add([article])
        saved = record(small.brief())
        assert all(c.holds for c in small.verify(saved))
        assert small.remove([article.id]) == 1
        (check,) = small.verify(saved)
        assert not check.holds and "“Port to open” is no longer in this library" in check.reasons[0]
        assert check.reasons[1] == "the words saved with it do bear it out"


def test_a_changed_article_is_told_from_a_removed_one(tmp_path: Path) -> None:
    text = "French Foreign Minister Luc Garnier said the port would open."
    url = "https://quay.example/7"
    with briefing.open_library(tmp_path / "small") as small:
        article = Article(text=text, title="Port to open", url=url)
        small.add([article])
        saved = record(small.brief())
        small.remove([article.id])
        small.add([Article(text=text.replace("would", "might"), title="Port may open", url=url)])
        (check,) = small.verify(saved)
        assert not check.holds and "“Port to open” has changed in this library" in check.reasons[0]


def test_a_line_that_was_tampered_with_is_found_without_its_article(tmp_path: Path) -> None:
    with briefing.open_library(tmp_path / "small") as small:
        article = Article(text="French Foreign Minister Luc Garnier said the port would open.", title="Port")
        small.add([article])
        saved = json.loads(to_json(small.brief()).replace("said the port", "said the airport", 1))
        small.remove([article.id])
        (check,) = small.verify(saved)
        assert check.reasons[1] == "the words saved with it do not bear it out either"


def test_adding_reports_what_it_left_out(tmp_path: Path) -> None:
    one = Article(text="The port opened on Monday.", title="Port", outlet="Quay")
    moved = Article(
        text="The port opened on  Monday.", title="Port", outlet="Quay", url="https://quay.example/2"
    )
    with briefing.open_library(tmp_path / "small") as small:
        broken = Article(text="The port \ud83d opened.", title="Broken")
        report = small.add([one, one, broken, moved, Article(text="  "), Rejected("x.txt", "it is empty")])
        assert (len(report.added), len(report.unchanged), len(report.duplicates)) == (1, 1, 1)
        assert [r.where for r in report.rejected] == ["Broken", "article", "x.txt"]
        assert "the text holds half of a character pair" in report.rejected[0].reason
        assert small.count()["articles"] == 1


def test_a_conversation_is_kept(library: briefing.Library) -> None:
    answer = library.ask(QUESTIONS[0])
    library.save_turn("desk", answer)
    assert library.conversation("desk") == [record(answer)]
    assert library.conversation("another") == []


def test_a_briefing_is_kept_under_its_name(library: briefing.Library) -> None:
    page = library.brief(since=THURSDAY)
    library.save_briefing(library.brief(), "thursday")
    library.save_briefing(page, "thursday")
    assert library.briefings() == {"thursday": record(page)}
    assert all(check.holds for check in library.verify(library.briefings()["thursday"]))


def test_langchain_users_get_a_retriever_and_a_runnable(library: briefing.Library) -> None:
    documents = library.as_retriever(k=3).invoke("air strikes in Homs")
    assert len(documents) == 3 and all(d.metadata["article_id"] for d in documents)
    assert library.as_runnable().invoke(QUESTIONS[0]) == library.ask(QUESTIONS[0])
    narrowed = library.as_retriever(k=3, outlet="Moscow Ledger").invoke("air strikes in Homs")
    assert {d.metadata["outlet"] for d in narrowed} == {"Moscow Ledger"}


def test_a_users_file_ties_people_to_parties(tmp_path: Path) -> None:
    extra = tmp_path / "parties.yaml"
    extra.write_text(
        "parties:\n  - {name: Freedonia, kind: country, aliases: [Freedonian]}\n"
        "people:\n  Rufus Firefly: Freedonia\n",
        encoding="utf-8",
    )
    article = Article(text="Rufus Firefly said the border would stay shut.", title="Border")
    with briefing.open_library(tmp_path / "small", parties=extra) as small:
        small.add([article])
        assert [s.party for s in small.statements()] == ["Freedonia"]
        assert small.ask("What did Freedonia say?").claims[0].party == "Freedonia"
        assert all(check.holds for check in small.verify(record(small.brief())))


def test_an_open_library_finds_what_another_process_adds(tmp_path: Path) -> None:
    (tmp_path / "port.txt").write_text(
        "Port opens\nNorwegian officials said the port of Moss was open.\n", "utf-8"
    )
    home = tmp_path / "shared"
    with briefing.open_library(home) as opened:
        opened.add([Article(text="Swedish officials said the bridge was shut.", title="Bridge")])
        assert opened.ask("What did Norway say?").abstained
        added = subprocess.run(
            [sys.executable, "-m", "briefing", "add", "port.txt"],
            env={**os.environ, "BRIEFING_HOME": str(home)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert added.returncode == 0, added.stderr
        answer = opened.ask("What did Norway say?")
        assert [c.text for c in answer.claims] == ["Norwegian officials said the port of Moss was open."]
        assert [c.holds for c in opened.verify(record(answer))] == [True]
