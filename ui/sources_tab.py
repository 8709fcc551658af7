"""Sources: the articles to read, who is credited with what in them, and a place to add more."""

from __future__ import annotations

import streamlit as st

from briefing.library import Library
from briefing.reading.parties.rows import KnownParty
from briefing.types import Article, Citation, Statement
from ui.add_articles import show_upload
from ui.receipts import show_page, show_panel
from ui.session import OpenReceipt, held_articles, held_statements, opened, shown_errors, turn_to
from ui.typeset import articles_page

_PARTS = ("Articles", "Who said what", "Parties", "Add articles")
_HINTS = {
    "Articles": "Press “Read” to open an article.",
    "Who said what": "Tick a row to read the statement where it stands.",
}
# What one list shows; a browser takes more, but nobody reads more, and every click sends the list again.
_MOST_ARTICLES = 100
_MOST_STATEMENTS = 2000


def show_sources(library: Library) -> None:
    part = st.segmented_control(
        "Part",
        _PARTS,
        default=_PARTS[0],
        required=True,
        key="sources-part",
        label_visibility="collapsed",
        on_change=turn_to,
        args=(None,),
        persist_state="session",
    )
    if part == "Add articles":
        show_upload(library)
        return
    if part == "Parties":
        with shown_errors():
            _show_parties(library)
        return
    # A table wants width, and gives it up for a text to read.
    is_wide = part == _PARTS[1] and opened() is None
    listing, panel = st.columns([9, 3] if is_wide else [7, 5], gap="large")
    with listing, shown_errors():
        (_show_articles if part == _PARTS[0] else _show_statements)(library)
    with panel:
        show_panel(library, _HINTS[part])


def _show_articles(library: Library) -> None:
    with st.container(horizontal=True):
        outlet = st.selectbox(
            "Outlet",
            library.outlets(),
            index=None,
            placeholder="Every outlet",
            key="articles-outlet",
            persist_state="session",
        )
        words = st.text_input(
            "Headline", key="articles-words", placeholder="Any words", max_chars=200, persist_state="session"
        )
    found = [a for a in held_articles(library) if outlet in (None, a.outlet) and _has(a, words)]
    _show_extent(len(found), _MOST_ARTICLES, "article")
    show_page("articles", articles_page(found[:_MOST_ARTICLES]))


def _has(article: Article, words: str) -> bool:
    return words.strip().casefold() in article.title.casefold()


def _show_statements(library: Library) -> None:
    party = st.selectbox(
        "Party",
        library.parties(),
        index=None,
        placeholder="Every party",
        key="statements-party",
        persist_state="session",
    )
    # What others are said to have said comes behind the statement that tells it.
    told = [(s, outer) for outer in held_statements(library, party) for s in (outer, *outer.nested)]
    statements = [s for s, _ in told]
    shown = statements[:_MOST_STATEMENTS]
    _show_extent(len(statements), _MOST_STATEMENTS, "statement")

    def turn() -> None:
        rows = st.session_state["statements"]["selection"]["rows"]
        if not rows or rows[0] >= len(shown):
            turn_to(None)
            return
        sentences = shown[rows[0]].sentences
        citation = Citation(shown[rows[0]].article, sentences[0].start, sentences[-1].end)
        turn_to(OpenReceipt("statements", 0, (citation,), 0))

    st.dataframe(
        [_row(s, outer) for s, outer in told[:_MOST_STATEMENTS]],
        hide_index=True,
        key="statements",
        on_select=turn,
        selection_mode="single-row",
        height=560,
        column_config={"Party": {"width": 110}, "Speaker": {"width": 170}, "What is said": {"width": 340}},
        alt="Who said what",
    )


def _show_parties(library: Library) -> None:
    """The list that texts are searched for; a row of the user's own file is marked."""
    words = st.text_input(
        "Name", key="parties-words", placeholder="Any name", max_chars=200, persist_state="session"
    )
    parties = [p for p in library.known_parties() if _names(p, words)]
    st.caption(
        "Being listed judges nobody. BRIEFING_PARTIES names a file of yours that adds to this list or "
        "overrides it."
    )
    _show_extent(len(parties), _MOST_STATEMENTS, "party")
    st.dataframe(
        [
            {
                "Party": p.name,
                "Kind": p.kind,
                "Also written": ", ".join(p.aliases),
                "Speaks through": ", ".join((*p.bodies, *p.people)),
                "Yours": "yours" if p.from_user else "",
            }
            for p in parties
        ],
        hide_index=True,
        height=560,
        column_config={"Party": {"width": 170}, "Also written": {"width": 300}},
        alt="Parties that texts are searched for",
    )


def _names(party: KnownParty, words: str) -> bool:
    plain = words.strip().casefold()
    return any(
        plain in name.casefold() for name in (party.name, *party.aliases, *party.bodies, *party.people)
    )


def _show_extent(number: int, most: int, noun: str) -> None:
    if number == 0:
        st.caption(f"No {noun} fits.")
    elif number > most:
        st.caption(f"The first {most:,} of {number:,} {noun}s.")


def _row(statement: Statement, outer: Statement) -> dict[str, str]:
    unnamed = f"{statement.mention} (not named)" if statement.mention else "not named"
    speaker = statement.speaker or unnamed
    if statement is not outer:
        speaker = f"↳ {speaker}, told by {outer.speaker or outer.mention or 'somebody not named'}"
    return {
        "Party": statement.party or "",
        "Speaker": speaker,
        "What is said": statement.content,
        "Word": statement.cue,
        "Kind": statement.kind,
        "Stance": "" if statement.stance == "states" else statement.stance,
        "Outlet": statement.article.outlet,
        "Date": statement.article.published_iso[:10],
    }
