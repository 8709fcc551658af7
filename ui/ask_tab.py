"""Ask: a conversation whose every line opens the sentence it rests on."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from briefing.export.phrases import day_words
from briefing.library import Library
from briefing.library.narrowing import Narrowing
from briefing.types import Answer, Claim, Turn
from ui.escape import escape_markdown
from ui.receipts import show_page, show_panel
from ui.session import answers, conversation, held_statements, history, shown_errors, start_again
from ui.typeset import answer_page

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

_LONGEST_QUESTION = 2000
_TAKE_ARTICLE = tuple("States Kingdom Nations Union Emirates Council League Republic opposition".split())


def show_ask(library: Library) -> None:
    with st.bottom:
        trouble = st.container()
        bar = st.container(horizontal=True, vertical_alignment="center", gap="small")
    with bar:
        filters = _filters(library)
        typed = st.chat_input(
            "Ask what was said, by whom, when", key="question", max_chars=_LONGEST_QUESTION, width="stretch"
        )
    corrected = st.session_state.pop("corrected", None)
    question = typed or corrected or st.session_state.pop("suggested", None)
    given = answers(library)
    if not given and not question:
        st.query_params.pop("c", None)
        _suggest(library)
        return
    talk, panel = st.columns([7, 5], gap="large")
    with talk:
        for number, answer in enumerate(given):
            show_page(_place(number), answer_page(answer))
        if question:
            with shown_errors(trouble):
                _ask(library, question, filters, given, () if question == corrected else history(given))
        if given:
            _offer_correction(given[-1], len(given) - 1)
    with panel:
        show_panel(library)
    bar.button(
        "New chat", key="start-again", help="Start a new conversation", type="tertiary", on_click=start_again
    )


def _ask(
    library: Library, question: str, filters: Narrowing, given: list[Answer], before: tuple[Turn, ...]
) -> None:
    coming = st.empty()
    with st.spinner("Reading the sources…"):
        answer = library.ask(question, history=before, on_claim=partial(_show_coming, coming, []), **filters)
    coming.empty()
    given.append(answer)
    show_page(_place(len(given) - 1), answer_page(answer), newest=True)
    library.save_turn(conversation(), answer)
    st.query_params["c"] = conversation()


def _show_coming(place: DeltaGenerator, lines: list[str], heading: str, claim: Claim) -> None:
    """A line the moment it has passed the verifier, above the page that all of them will make."""
    lines.append(f"- **{escape_markdown(heading)}**: {escape_markdown(claim.text)}")
    place.markdown("\n".join(lines))


def _offer_correction(answer: Answer, number: int) -> None:
    """Where a follow-up was filled in from the conversation, let the reader put right what it became."""
    if answer.asked == answer.question:
        return
    with st.popover("Not what you meant?", key="correct", type="tertiary"):
        text = st.text_area(
            "Asked as", answer.asked, key=f"correction-{conversation()}-{number}", max_chars=_LONGEST_QUESTION
        )
        st.button("Ask this", key="correct-ask", on_click=_correct, args=(text,), type="primary")


def _correct(text: str) -> None:
    st.session_state["corrected"] = text


def _place(number: int) -> str:
    return f"answer-{conversation()}-{number}"


def _filters(library: Library) -> Narrowing:
    first, last, _ = library.days()
    kept = [name for name in Narrowing.__annotations__ if st.session_state.get(f"filter-{name}")]
    label = f"Filters ({len(kept)})" if kept else "Filters"
    with st.popover(label, key="filters", type="tertiary"):
        party = _one_of("Party", library.parties())
        outlet = _one_of("Outlet", library.outlets())
        since = _day("Since", first, last)
        until = _day("Until", first, last)
        topic = st.text_input(
            "Topic",
            key="filter-topic",
            placeholder="Every topic",
            max_chars=200,
            persist_state="session",
            help="Only articles about this are read.",
        )
    return Narrowing(party=party, outlet=outlet, since=since, until=until, topic=topic or None)


def _one_of(label: str, values: list[str]) -> str | None:
    name = label.lower()
    return st.selectbox(
        label, values, index=None, placeholder=f"Every {name}", key=f"filter-{name}", persist_state="session"
    )


def _day(label: str, first: dt.date | None, last: dt.date | None) -> dt.date | None:
    day = st.date_input(
        label,
        value=None,
        min_value=first,
        max_value=last,
        format="YYYY-MM-DD",
        key=f"filter-{label.lower()}",
        disabled=first is None,
        persist_state="session",
    )
    return day if isinstance(day, dt.date) else None


def _suggest(library: Library) -> None:
    with st.container(key="suggestions"):
        st.subheader("What do you need to know?", anchor=False)
        st.caption(
            "Each line of an answer names who said it and carries numbers. "
            "A number opens the sentence of the article that the line rests on."
        )
        with st.container(key="suggestion-list"):
            for number, question in enumerate(suggestions(library)):
                st.button(
                    escape_markdown(question),
                    key=f"suggestion-{number}",
                    type="tertiary",
                    width="stretch",
                    on_click=_take,
                    args=(question,),
                )


def _take(question: str) -> None:
    st.session_state["suggested"] = question


def suggestions(library: Library) -> list[str]:
    """A few questions that this library can be asked, made of its own parties and days."""
    heard = Counter(s.party for s in held_statements(library) if s.party)
    parties = sorted(heard, key=lambda party: (-heard[party], party))
    last = library.days()[1]
    found = ["What happened?" if last is None else f"What happened on {day_words(last)}?"]
    found += [f"What did {_with_article(party)} say?" for party in parties[:2]]
    if len(parties) > 1:
        found.append(f"Where do {_with_article(parties[0])} and {_with_article(parties[1])} disagree?")
    return found


def _with_article(name: str) -> str:
    """The party inside an English sentence: unions of states and bodies take "the"."""
    return f"the {name}" if name.endswith(_TAKE_ARTICLE) and not name.startswith("the ") else name
