"""Where each statement stands on the page, and that every side gets the same room."""

from __future__ import annotations

import pytest

from briefing.types import Article, Statement
from briefing.writing.events import Event
from briefing.writing.page import (
    LINES_PER_PARTY,
    LINES_UNNAMED,
    Page,
    compose_page,
    draft_statement,
    group_by_sentence,
    is_unnamed,
)
from tests.factories import make_article, make_statement

TEXT = (
    "Russia said the ships were hospitals. A baker, Ana Moss, said the port was shut. "
    "Reports said two men died. “Nobody came to help us at all,” he said. Oman voted for the road. "
    "Peru hopes the rain will end."
)


def never(_text: str) -> bool:
    return False


def statements(article: Article) -> list[Statement]:
    """One for each place on the page, in order."""
    unnamed = {"speaker": None, "status": "unnamed"}
    return [
        make_statement(article, "the ships were hospitals", "Russia", "said", party="Russia"),
        make_statement(article, "the port was shut", "A baker, Ana Moss,", "said", speaker="Ana Moss"),
        make_statement(article, "two men died", "Reports", "said", rule="the source names nobody", **unnamed),
        make_statement(
            article,
            "Nobody came to help us at all,",
            "he",
            "said.",
            kind="direct",
            rule="“he” refers to nobody the text names nearby",
            **unnamed,
        ),
        make_statement(article, "for the road", "Oman", "voted", act="other", party="Oman"),
        make_statement(
            article, "the rain will end", "Peru", "hopes", kind="belief", act="believe", speaker="Peru"
        ),
    ]


def compose(found: list[Statement], events: list[Event] | None = None) -> Page:
    return compose_page(events or [], found, never)


def test_each_statement_has_its_place() -> None:
    article = make_article(TEXT)
    page = compose(statements(article), [Event(article, article.sentences[4])])
    assert [d.text for d in page.happened] == ["Oman voted for the road."]
    assert {party: [d.text for d in drafts] for party, drafts in page.positions.items()} == {
        "Russia": ["Russia said the ships were hospitals."]
    }
    assert [d.text for d in page.others] == ["A baker, Ana Moss, said the port was shut."]
    assert [d.text for d in page.reports] == ["Reports said two men died."]
    assert [d.text for d in page.unnamed] == ["An unnamed speaker said: “Nobody came to help us at all”."]
    assert page.disputes == ()


def test_nothing_in_nothing_out() -> None:
    assert compose([]) == Page((), {}, (), (), (), ())


def test_a_draft_cites_the_sentences_it_is_worded_from() -> None:
    article = make_article(TEXT)
    draft = draft_statement(statements(article)[:1], never)
    assert [c.quote for c in draft.citations] == ["Russia said the ships were hospitals."]
    assert (draft.party, draft.speaker) == ("Russia", "Russia")


def test_where_no_plain_line_can_be_made_the_sentence_stands() -> None:
    article = make_article("“No,” Russia said.")
    draft = draft_statement([make_statement(article, "No,", "Russia", "said", kind="direct")], never)
    assert draft.text == "“No,” Russia said."


def test_a_loaded_line_is_quoted_from_its_outlet() -> None:
    article = make_article("Russia said the butchers had fled.")
    (statement,) = [make_statement(article, "the butchers had fled", "Russia", "said")]
    draft = draft_statement([statement], lambda text: "butchers" in text)
    assert draft.text == "Harbour Gazette wrote: “Russia said the butchers had fled.”"


def many(party: str, count: int, outlet: str = "Harbour Gazette") -> list[Statement]:
    """Statements of one side on as many matters, as one outlet has them."""
    names = "dam road port mine well bridge ferry train school clinic".split()
    article = make_article(
        " ".join(f"{party} said the {name} of {name}ville was {name}ed." for name in names), outlet=outlet
    )
    return [
        make_statement(article, f"the {name} of {name}ville was {name}ed", party, "said", party=party)
        for name in names[:count]
    ]


def test_every_side_gets_the_same_room() -> None:
    page = compose(many("Russia", 10) + many("Ukraine", 10) + many("Oman", 2))
    assert {party: len(drafts) for party, drafts in page.positions.items()} == {
        "Oman": 2,
        "Russia": LINES_PER_PARTY,
        "Ukraine": LINES_PER_PARTY,
    }
    assert list(page.positions) == sorted(page.positions)


def test_a_side_that_says_the_same_twice_is_shown_once() -> None:
    page = compose(many("Russia", 1) + many("Russia", 1, "Moss Daily"))
    assert len(page.positions["Russia"]) == 1


def test_the_unnamed_get_their_room_and_no_more() -> None:
    things = "rice corn salt wool milk iron coal fish wood wine silk gold".split()
    words = [f"The {thing} of {thing}land burns at {thing}port" for thing in things]
    article = make_article(" ".join(f"“{w}.”" for w in words))
    found = [make_statement(article, w, kind="direct") for w in words]
    assert len(compose(found).unnamed) == LINES_UNNAMED


@pytest.mark.parametrize(
    ("fields", "unnamed"),
    [
        ({"kind": "direct"}, True),
        ({"kind": "mixed"}, True),
        ({"kind": "indirect"}, False),
        ({"kind": "direct", "act": "other"}, False),
    ],
)
def test_words_quoted_with_nobody_to_credit_them_to(fields: dict[str, str], unnamed: bool) -> None:
    article = make_article("“We will stay here,” she said.")
    assert is_unnamed(make_statement(article, "We will stay here,", **fields)) is unnamed


def test_a_named_or_a_bodys_word_is_not_unnamed() -> None:
    article = make_article("“We will stay here,” officials said.")
    named = make_statement(article, "We will stay here,", "officials", "said", kind="direct")
    assert not is_unnamed(named)


def test_statements_of_one_source_in_one_sentence_share_a_line() -> None:
    article = make_article("Russia said the road was open, adding that the port was shut. Russia said no.")
    road = make_statement(article, "the road was open", "Russia", "said")
    port = make_statement(article, "that the port was shut", "Russia", "adding")
    other = make_statement(article, "the road was open", "Russia", "said", act="other")
    assert group_by_sentence([road, port]) == [[road, port]]
    assert group_by_sentence([road, other]) != [[road, other]]
    later = make_statement(article, "no.", "Russia", "said")
    assert group_by_sentence([road, later]) == [[road], [later]]


def test_the_same_statements_give_the_same_page() -> None:
    article = make_article(TEXT)
    assert compose(statements(article)) == compose(statements(article))
