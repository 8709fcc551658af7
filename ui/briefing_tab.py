"""Briefing: the one page for a range of days and a topic, and its files."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from briefing import export
from briefing.library import Library
from briefing.types import Briefing
from ui.receipts import show_page, show_panel
from ui.session import shown_errors, turn_to
from ui.typeset import briefing_page


def show_briefing(library: Library) -> None:
    _order(library)
    made: Briefing | None = st.session_state.get("briefing-made")
    if made is None:
        return
    page, panel = st.columns([7, 5], gap="large")
    with page, shown_errors():
        _downloads(made)
        show_page("briefing", briefing_page(made))
    with panel:
        show_panel(library)


def _order(library: Library) -> None:
    first, last, _ = library.days()
    with st.form("briefing-order", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        since = _day("From", first, first, last)
        until = _day("To", last, first, last)
        topic = st.text_input(
            "Topic", key="briefing-topic", placeholder="Everything", max_chars=200, persist_state="session"
        )
        wanted = st.form_submit_button("Make briefing", type="primary")
    if wanted:
        if (since, until) == (first, last):
            since = until = None  # the whole library: a day at either end would leave undated articles out
        with shown_errors(), st.spinner("Reading the sources…"):
            st.session_state["briefing-made"] = library.brief(since, until, topic.strip() or None)
            turn_to(None)


def _day(label: str, value: dt.date | None, first: dt.date | None, last: dt.date | None) -> dt.date | None:
    day = st.date_input(
        label,
        value=value,
        min_value=first,
        max_value=last,
        format="YYYY-MM-DD",
        key=f"briefing-{label.lower()}",
        disabled=first is None,
        width=150,
        persist_state="session",
    )
    return day if isinstance(day, dt.date) else None


def _downloads(made: Briefing) -> None:
    with st.container(horizontal=True):
        st.download_button(
            "Download Markdown",
            export.markdown(made),
            file_name="briefing.md",
            mime="text/markdown",
            on_click="ignore",
            key="download-markdown",
        )
        st.download_button(
            "Download JSON",
            export.to_json(made),
            file_name="briefing.json",
            mime="application/json",
            on_click="ignore",
            key="download-json",
        )
