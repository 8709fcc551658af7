"""What happened: which sentences an outlet tells in its own voice, and which of them are chosen."""

from __future__ import annotations

import pytest

from briefing.reading.statements import find_statements
from briefing.writing.events import (
    Event,
    choose_events,
    content_words,
    draft_event,
    own_voice,
    quote_outlet,
)
from tests.factories import make_article, make_statement

OWN = "Two ferries lay at anchor outside the port of Mombasa for the whole of Sunday."
SAID = "The harbour master said that the port of Mombasa would be opened again on Monday."


def told(text: str) -> list[str]:
    article = make_article(text)
    return [event.sentence.text for event in own_voice(article, find_statements(article))]


def events(*texts: str, **fields: str) -> list[Event]:
    article = make_article(" ".join(texts), **fields)
    return [Event(article, sentence) for sentence in article.sentences]


def test_what_somebody_said_is_not_the_outlets_own() -> None:
    assert told(f"{OWN} {SAID}") == [OWN]


@pytest.mark.parametrize(
    "text",
    [
        "Rain fell.",
        "TWO FERRIES LIE AT ANCHOR Outside The Port Of Mombasa On Sunday.",
        "Two ferries lay at anchor outside the port of Mombasa for the whole of Sunday",
        "“Two ferries lay at anchor outside the port of Mombasa for the whole of Sunday.”",
    ],
    ids=["too short", "a headline", "not ended", "all quoted"],
)
def test_what_tells_no_event(text: str) -> None:
    assert own_voice(make_article(text), []) == []


def test_an_act_is_no_statement_and_stays_the_outlets_own() -> None:
    article = make_article(OWN)
    act = make_statement(article, OWN[:-1], act="other")
    assert [e.sentence.text for e in own_voice(article, [act])] == [OWN]
    assert own_voice(article, [make_statement(article, OWN[:-1])]) == []


def test_content_words_leave_out_what_every_text_has() -> None:
    assert content_words("The port was shut, and it is open.") == ["port", "shut", "open"]


PORT = "The port of Mombasa was shut on Sunday after a crane had fallen into the harbour."
PORT_AGAIN = "On Sunday the port of Mombasa was shut after a crane had fallen into the harbour."
CRANE = "A second crane at the port of Mombasa was taken down as inspectors watched on Sunday night."
FOOTBALL = "Eleven schools from the highlands played football in the rain before a small crowd."


def test_two_sentences_that_tell_the_same_are_told_once() -> None:
    chosen = [e.sentence.text for e in choose_events(events(PORT, PORT_AGAIN, FOOTBALL), 3)]
    assert chosen == [PORT, FOOTBALL]


NEARLY = "The port of Mombasa was shut on Sunday after a crane had collapsed into the harbour."
HALF = "The port of Mombasa was shut on Friday because nobody had paid for coal or diesel in weeks."


def test_nearly_the_same_is_told_once_and_half_the_same_twice() -> None:
    assert len(choose_events(events(PORT, NEARLY), 3)) == 1
    assert len(choose_events(events(PORT, HALF), 3)) == 2


def test_of_two_events_alike_in_weight_the_earlier_sentence_is_told() -> None:
    late, early = events(FOOTBALL, PORT)[1:], events(CRANE.replace("Mombasa", "Malindi"))
    filler = events(*[f"It rained {n} times." for n in range(6)], CRANE)[-1:]
    assert choose_events(filler + early, 1) == early
    assert late[0].sentence.index == 1


def test_what_many_sentences_tell_comes_before_what_one_does() -> None:
    (chosen,) = choose_events(events(FOOTBALL, PORT) + events(PORT_AGAIN) + events(CRANE), 1)
    assert "Mombasa" in chosen.sentence.text


def test_loaded_words_are_told_only_where_nobody_tells_it_plainly() -> None:
    (first, second) = events(PORT, CRANE)
    loaded = Event(first.article, first.sentence, loaded=True)
    assert choose_events([loaded, second], 1) == [second]
    assert choose_events([loaded], 1) == [loaded]


def test_the_chosen_come_in_order_of_day_and_place() -> None:
    late = events(PORT, published="2021-03-05")
    early = events(FOOTBALL, CRANE, published="2021-03-04")
    chosen = choose_events(late + early, 5)
    assert [e.sentence.text for e in chosen] == [FOOTBALL, CRANE, PORT]
    assert choose_events(early + late, 5) == chosen


@pytest.mark.parametrize("most", [0, 1, 2, 9])
def test_never_more_than_asked_for(most: int) -> None:
    assert len(choose_events(events(PORT, FOOTBALL, CRANE), most)) == min(most, 3)
    assert choose_events([], most) == []


def test_a_plain_event_is_its_sentence_with_its_receipt() -> None:
    (event,) = events(PORT)
    draft = draft_event(event)
    assert (draft.text, draft.party, draft.speaker) == (PORT, None, None)
    assert [c.quote for c in draft.citations] == [PORT]


def test_a_loaded_event_is_quoted_and_credited_to_its_outlet() -> None:
    article = make_article('The so-called "butcher" of the port fled.', outlet="Harbour Gazette")
    draft = draft_event(Event(article, article.sentences[0], loaded=True))
    assert draft.text == "Harbour Gazette wrote: “The so-called ‘butcher’ of the port fled.”"


def test_an_outlet_that_is_not_given_is_not_guessed() -> None:
    assert (
        quote_outlet(make_article("It rained.", outlet=""), "It rained.") == "The article says: “It rained.”"
    )


def test_a_dateline_is_where_it_was_written_not_what_happened() -> None:
    article = make_article(f"MOMBASA (Harbour Wire) - {PORT}")
    (event,) = own_voice(article, [])
    draft = draft_event(event)
    assert draft.text == PORT
    assert draft.citations[0].quote == article.text
