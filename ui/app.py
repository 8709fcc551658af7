"""The page: a header, three tabs, and a first screen while the library is empty."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from ui.add_articles import show_report, show_welcome
from ui.ask_tab import show_ask
from ui.briefing_tab import show_briefing
from ui.session import open_page_library, shown_errors, turn_to
from ui.sources_tab import show_sources
from ui.typeset import counted, span_words

_TABS = ("Ask", "Briefing", "Sources")


def main() -> None:
    st.set_page_config(
        page_title="Briefing", page_icon="📰", layout="wide", initial_sidebar_state="collapsed"
    )
    st.html(Path(__file__).with_name("static") / "page.css")
    with shown_errors():
        library = open_page_library()
        counts, days = library.count(), library.days()
        outlets = len(library.outlets())
        with st.container(key="masthead", horizontal=True, vertical_alignment="bottom"):
            st.header("Briefing", anchor=False, width="content")
            if counts["articles"]:
                held = [counted(counts["articles"], "article"), counted(outlets, "outlet"), span_words(*days)]
                st.caption(" · ".join(part for part in held if part), width="content")
        show_report()
        if not counts["articles"]:
            show_welcome(library)
            return
        tabs = st.tabs(_TABS, key="view", on_change=turn_to, args=(None,))
        for tab, show in zip(tabs, (show_ask, show_briefing, show_sources), strict=True):
            if tab.open:
                with tab:
                    show(library)


main()
