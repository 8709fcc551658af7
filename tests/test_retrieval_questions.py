"""What a question is read as; the library's last day is Thursday, 1 October 2015."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.reading.parties import load_lexicon
from briefing.retrieval.clauses import clause_parts, whole_part
from briefing.retrieval.days import find_days
from briefing.retrieval.naming import find_names, find_outlets
from briefing.retrieval.people import find_people, last_words
from briefing.retrieval.questions import Known, Question, understand
from briefing.types import Turn

KNOWN = Known(
    outlets=(
        "TASS",
        "The Guardian",
        "FOX News - Health",
        "FOX News - Travel",
        "Fortune",
        "Globe | Latest News",
    ),
    parties=load_lexicon(),
    people=("Vladimir Putin", "John Kerry", "Josh Earnest", "Ann Kerry"),
    last_day=dt.date(2015, 10, 1),
)


def _ask(question: str, *before: str) -> Question:
    history: list[Turn] = []
    for earlier in before:
        history.append(Turn(earlier, understand(earlier, KNOWN, history).asked))
    return understand(question, KNOWN, history)


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Who said “broad coalition”?", "who said"),
        ("Which official denied the strikes?", "who said"),
        ("What did Russia say about the strikes?", "what said"),
        ("How did Moscow respond?", "what said"),
        ("What is the US position on the strikes?", "what said"),
        ("Did Russia coordinate with the US?", "yes or no"),
        ("were civilians hit", "yes or no"),
        ("Compare what TASS and the Guardian write", "compare"),
        ("Where do Russia and the US disagree?", "compare"),
        ("What changed in Russia's position?", "what changed"),
        ("How has the US line shifted since Monday?", "what changed"),
        ("What happened in Homs?", "what happened"),
        ("When did the strikes begin?", "what happened"),
        ("Who is Riad Haddad?", "open"),
        ("air strikes Homs", "open"),
    ],
)
def test_kind(question: str, kind: str) -> None:
    assert _ask(question).kind == kind


@pytest.mark.parametrize(
    ("before", "question", "asked"),
    [
        # The question of the White House stands alone; a topic is carried on when there was one.
        (["Who said 'enough'?"], "And what did the White House say?", "What did the White House say?"),
        (
            ["What did Russia say about the air strikes?"],
            "And what did the White House say?",
            "What did the White House say about the air strikes?",
        ),
        # A side, a person, an outlet, a day, a place or a topic takes the place of its like.
        (["What did Russia say about the strikes?"], "and the US?", "What did the US say about the strikes?"),
        (["What did the US say about the strikes?"], "And Russia?", "What did Russia say about the strikes?"),
        (["What did Putin say?"], "and Kerry?", "What did Kerry say?"),
        (["what did moscow say?"], "and china?", "What did china say?"),
        (["What did Russia say about oil?"], "what about gas?", "What did Russia say about gas?"),
        (["What did Russia say?"], "How about civilians?", "What did Russia say about civilians?"),
        (["Who hit the depot?"], "What about civilians?", "Who hit the depot, and what about civilians?"),
        (["What did Russia say on Wednesday?"], "and on Monday?", "What did Russia say on Monday?"),
        (["What did Russia say on Wednesday?"], "and Monday?", "What did Russia say on Monday?"),
        (["What did Russia say?"], "since Monday?", "What did Russia say since Monday?"),
        (["What did TASS report?"], "and the Guardian?", "What did the Guardian report?"),
        (["What happened in Homs?"], "and according to TASS?", "What happened in Homs according to TASS?"),
        (["What happened in Homs on Monday?"], "and in Hama?", "What happened in Hama on Monday?"),
        (["Did Russia coordinate with the US?"], "and China?", "Did China coordinate with the US?"),
        # A pronoun is the one side or person named before.
        (["What did Putin say about Assad?"], "What else did he say?", "What else did Putin say?"),
        (["What did the US say?"], "Did they warn Russia?", "Did the US warn Russia?"),
        (["What did Putin want?"], "What were his words?", "What were Putin's words?"),
        # What no rule fills in is added, not guessed.
        (["Did Russia warn the US?"], "did they agree?", "Did Russia warn the US, and did they agree?"),
        (["Who said “broad coalition”?"], "when was that?", "Who said “broad coalition”, and when was that?"),
        (["What happened in Homs?", "when was that?"], "why?", "What happened in Homs, and why?"),
        (["Did Russia warn the US?"], "and the US?", "Did Russia warn the US, and what did the US say?"),
        # What names nothing of its own is about what the question before was about.
        (
            ["What happened to the depot in Homs?"],
            "And how many guards died?",
            "What happened to the depot in Homs, and how many guards died?",
        ),
        (
            ["What did Putin tell Kerry about Homs?"],
            "And how did the US answer him?",
            "What did Putin tell Kerry about Homs, and how did the US answer him?",
        ),
        (
            ["Who hit the depot?", "What does the US say about that?"],
            "And what does Russia say?",
            "Who hit the depot, and what does Russia say?",
        ),
        (
            ["How many people died in the depot?"],
            "and by the US’s own count?",
            "How many people died in the depot, by the US’s own count?",
        ),
        (
            ["What did Putin say about the depot?"],
            "Any comment from Kerry?",
            "What did Kerry say about the depot?",
        ),
        (
            ["What did Putin say about the depot?"],
            "Any response from the bishops?",
            "What did the bishops say about the depot?",
        ),
        (
            ["What happened in Homs?"],
            "Any official comment from Russia?",
            "What happened in Homs, and what did Russia say?",
        ),
        (
            ["What did Putin say about the depot?"],
            "And what did residents say?",
            "What did residents say about the depot?",
        ),
        (
            ["How many people did Russia kill in Homs?"],
            "according to the US?",
            "How many people did Russia kill in Homs, according to the US?",
        ),
        (
            ["How many people died in Homs?", "by the governor’s count?"],
            "And according to Russia?",
            "How many people died in Homs, according to Russia?",
        ),
        (["What did Russia say about Homs?"], "according to the US?", "What did the US say about Homs?"),
        (["Who hit the depot?"], "by whose count?", "Who hit the depot, by whose count?"),
        # What was added is not added to.
        (
            ["Who hit the depot?", "and will it be rebuilt?"],
            "when was that?",
            "Who hit the depot, and when was that?",
        ),
        (
            ["What did Putin say about oil?", "and how many people died?"],
            "And what did the US say?",
            "What did the US say about oil?",
        ),
        # A question that stands alone is left alone.
        (["Who hit the depot?"], "And who won the election?", "Who won the election?"),
        (["Who hit the depot?"], "So what is the price of oil?", "What is the price of oil?"),
        (["Who hit the depot?"], "Now list the articles on oil", "List the articles on oil"),
        (
            ["Who hit the depot?"],
            "What did Putin's lawyer say about the charges against him?",
            "What did Putin's lawyer say about the charges against him?",
        ),
        (
            ["Who hit the depot?"],
            "When did Merkel visit and was she booed?",
            "When did Merkel visit and was she booed?",
        ),
        (
            ["Who hit the depot?"],
            "Why is Brexit such a problem for Britain?",
            "Why is Brexit such a problem for Britain?",
        ),
        (["What did Russia say?"], "Who hit the hospital in Homs?", "Who hit the hospital in Homs?"),
        (["What did Russia say?"], "Did Kerry say that it went on?", "Did Kerry say that it went on?"),
        (["What did Russia say?"], "air strikes Homs", "Air strikes Homs"),
        (["What did Russia say?"], "And according to TASS, who fired?", "According to TASS, who fired?"),
        (["What did Ann Kerry say?"], "What was her reaction?", "What was Ann Kerry's reaction?"),
        (["What did Ann Kerry say?"], "Who met her in Homs?", "Who met Ann Kerry in Homs?"),
        # Nothing before it: an "and" is left where it is, unless a question follows.
        ([], "and the US?", "And the US?"),
        ([], "So what did Russia say?", "What did Russia say?"),
        # "So far" and "now that" are no openers.
        ([], "So far, how many people were killed?", "So far, how many people were killed?"),
        (
            ["Who hit the depot?"],
            "So far, how many people were killed?",
            "So far, how many people were killed?",
        ),
        (
            ["Who hit the depot?"],
            "Now that Russia has struck, what does the US say?",
            "Now that Russia has struck, what does the US say?",
        ),
        ([], "Well over 100 died, who says so?", "Well over 100 died, who says so?"),
        ([], "  what   happened  ", "What happened?"),
    ],
)  # fmt: skip
def test_follow_up(before: list[str], question: str, asked: str) -> None:
    read = _ask(question, *before)
    assert read.asked == asked
    assert read.text == question


def test_what_a_question_names() -> None:
    question = _ask("Did Putin tell TASS on Wednesday that Moscow's “broad coalition” is for Dayr Hafir?")
    assert question.people == ("Vladimir Putin",)
    assert question.outlets == ("TASS",)
    assert question.parties == ("Russia",)
    assert question.quoted == ("broad coalition",)
    assert question.names == ("Dayr Hafir",)
    assert (question.since, question.until) == (dt.date(2015, 9, 30), dt.date(2015, 9, 30))
    assert "Russia" in question.search_words
    assert not {"TASS", "Wednesday"} & set(question.search_words.split())


def test_the_body_that_speaks_for_a_side() -> None:
    question = _ask("What did the White House say?")
    assert (question.parties, question.affiliations) == (("United States",), ("White House",))


def test_an_outlet_is_no_quotation_and_no_party() -> None:
    known = Known(("The Moscow Times",), load_lexicon())
    question = understand("What did 'The Moscow Times' report?", known)
    assert (question.outlets, question.quoted, question.parties) == (("The Moscow Times",), (), ())


def test_days_named_apart_are_spanned() -> None:
    question = _ask("Did the report of 20 September 2015 agree with that of 28 September 2015?")
    assert (question.since, question.until) == (dt.date(2015, 9, 20), dt.date(2015, 9, 28))
    assert _ask("What was said before 20 September 2015?").since is None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("What did TASS say?", [("TASS",)]),
        ("what did tass say?", [("TASS",)]),
        ("according to the guardian", [("The Guardian",)]),
        ("The Guardian's article", [("The Guardian",)]),
        ("a guardian of the law, said Kerry", []),
        ("Who made a fortune?", []),
        ("the fortune article and a Fortune report", [("Fortune",), ("Fortune",)]),
        ("FOX News on health", [("FOX News - Health", "FOX News - Travel")]),
        ("the FOX News - Travel article", [("FOX News - Travel",)]),
        ("the Globe", [("Globe | Latest News",)]),
        ("Tasso said", []),
    ],
)
def test_outlets(text: str, names: list[tuple[str, ...]]) -> None:
    assert [named.names for named in find_outlets(text, KNOWN.outlets)] == names


@pytest.mark.parametrize(
    ("text", "outlets", "names"),
    [
        # Letters that are equal in any case, and have not the same lower case.
        ("What did İHA report?", ("IHA",), [("IHA",)]),
        ("What did IHA report?", ("İHA",), [("İHA",)]),
        ("What did the Daıly Sabah report?", ("Daily Sabah",), [("Daily Sabah",)]),
        ("What did Reuters say?", ("Reuters -",), [("Reuters -",)]),
        # Outlets of one name are all named.
        ("What did RT say?", ("RT", "rt", "The RT"), [("RT", "rt", "The RT")]),
        ("What did the Guardian say?", ("Guardian", "The Guardian"), [("Guardian", "The Guardian")]),
        ("The Guardian and others", ("Guardian", "The Guardian"), [("Guardian", "The Guardian")]),
    ],
)
def test_outlets_in_other_letters(text: str, outlets: tuple[str, ...], names: list[tuple[str, ...]]) -> None:
    assert [named.names for named in find_outlets(text, outlets)] == names


# Letters with several lower cases or capitals, and what is left out of a name.
_LETTERS = st.lists(
    st.sampled_from([*"iIİısSſkK\u212aßẞσςΣμµåÅ\u212b-–.|", "\u0307", " ", "the "]), max_size=9
)


@given(_LETTERS.map("".join), _LETTERS.map("".join), _LETTERS.map("".join))
def test_any_outlets_are_found_in_any_text(one: str, other: str, text: str) -> None:
    for named in find_outlets(f"According to {one}, {text}", (one, other)):
        assert set(named.names) <= {one, other}


def test_no_outlets_known() -> None:
    assert find_outlets("according to TASS", ()) == ()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("What did Putin say?", [("Vladimir Putin",)]),
        ("Putin's words", [("Vladimir Putin",)]),
        ("John Kerry and Kerry", [("John Kerry",), ("John Kerry", "Ann Kerry")]),
        ("what did john kerry say?", [("John Kerry",)]),
        ("was he in earnest", []),
        ("He was in earnest, Putin said", [("Vladimir Putin",)]),
        ("Compare Putin and Kerry.", [("Vladimir Putin",), ("John Kerry", "Ann Kerry")]),
        ("What did Roseann Kerry say?", [("John Kerry", "Ann Kerry")]),
    ],
)
def test_people(text: str, names: list[tuple[str, ...]]) -> None:
    assert [named.names for named in find_people(text, KNOWN.people)] == names


@pytest.mark.parametrize("library", ["Bashar al-Assad", "Bashar Assad", "Bashar Al-Assad"])
@pytest.mark.parametrize("typed", ["Assad", "al-Assad", "Bashar al-Assad", "Bashar Assad"])
def test_a_name_with_the_arabic_article_and_without_is_one(library: str, typed: str) -> None:
    text = f"What did {typed} say?"
    (named,) = find_people(text, (library, "John Kerry"))
    assert (named.names, text[named.start : named.end]) == ((library,), typed)
    assert library.split()[-1].lower() in last_words(text)


def test_other_names() -> None:
    found = find_names("What did the Bank of Ruritania tell Jean-Luc Vey's office in May?")
    assert [name.names[0] for name in found] == ["Bank of Ruritania", "Jean-Luc Vey"]
    assert find_names("Civilians fled on Monday") == ()


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("What was said on Wednesday?", [("on Wednesday", "2015-09-30", "2015-09-30")]),
        ("all since Monday", [("since Monday", "2015-09-28", "2015-10-01")]),
        (
            "between 20 and 25 September 2015",
            [("between 20 and 25 September 2015", "2015-09-20", "2015-09-25")],
        ),
        (
            "on Monday and on Wednesday",
            [("on Monday", "2015-09-28", "2015-09-28"), ("on Wednesday", "2015-09-30", "2015-09-30")],
        ),
        ("before 2 October 2015", [("before 2 October 2015", "None", "2015-10-01")]),
        ("What may happen in Homs?", []),
        ("What happened before 2015?", [("before 2015", "None", "2014-12-31")]),
        ("What happened after 2014?", [("after 2014", "2015-01-01", "2015-10-01")]),
        ("What happened last night?", [("last night", "2015-09-30", "2015-09-30")]),
        ("What was said this morning?", [("this morning", "2015-10-01", "2015-10-01")]),
        ("What is planned tomorrow?", [("tomorrow", "2015-10-02", "2015-10-02")]),
        (
            "on Wednesday, 2 September 2015, they said",
            [("on Wednesday, 2 September 2015", "2015-09-02", "2015-09-02")],
        ),
        ("on Monday last week", [("on Monday last week", "2015-09-21", "2015-09-21")]),
        ("by the end of Sept.", [("by the end of Sept.", "None", "2015-09-30")]),
        ("since the 28th of September", [("since the 28th of September", "2015-09-28", "2015-10-01")]),
        ("who died in the May 2015 strike", [("May 2015", "2015-05-01", "2015-05-31")]),
        ("over the past week", [("the past week", "2015-09-24", "2015-10-01")]),
        ("from the 3rd to the 5th of May", [("the 5th of May", "2015-05-05", "2015-05-05")]),
        # The year of one day is not that of another.
        ("on 3 September, of the 2011 uprising", [("on 3 September", "2015-09-03", "2015-09-03")]),
        ("28 August to 3 September 2014", [("28 August to 3 September 2014", "2014-08-28", "2014-09-03")]),
    ],
)
def test_days(text: str, named: list[tuple[str, str, str]]) -> None:
    found = [(text[d.start : d.end], str(d.first), str(d.last)) for d in find_days(text, KNOWN.last_day)]
    assert found == named


def test_days_hold_no_article_without_a_date() -> None:
    (since,) = find_days("since 28 September 2015", KNOWN.last_day)
    assert since.holds(dt.date(2015, 9, 28))
    assert not since.holds(dt.date(2015, 9, 27))
    assert not since.holds(None)


def test_clauses_have_their_own_outlets_and_days() -> None:
    text = (
        "Does the TASS report of 28 September 2015 say that aircraft struck three depots near the river, "
        "while the Guardian describes wounded villagers carried into field hospitals afterwards?"
    )
    outlets = find_outlets(text, KNOWN.outlets)
    first, second = clause_parts(whole_part(text, outlets, ()), KNOWN.outlets, None)
    assert (first.outlets, second.outlets) == ((("TASS",),), (("The Guardian",),))
    assert first.days[0].first == dt.date(2015, 9, 28)
    assert "TASS" not in first.words
    assert "2015" not in first.words
    assert second.text.startswith("while the Guardian")


def test_history_is_part_of_the_matter_of_a_clause_too() -> None:
    known = replace(KNOWN, first_day=dt.date(2015, 9, 1))
    question = understand(
        "Does TASS say that villagers near the river remember the deportations in 1915, "
        "while the Guardian describes wounded villagers carried into field hospitals afterwards?",
        known,
    )
    assert question.whole.days == question.parts[0].days == ()
    assert "1915" in question.parts[0].words


def test_a_short_question_is_one_part() -> None:
    assert _ask("What did Russia say, and what did the US say?").parts == ()
