"""The library behind the page, and what one browser session remembers."""

from __future__ import annotations

import datetime as dt
import re
import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

from briefing.cli import open_configured
from briefing.config import read_settings
from briefing.errors import BriefingError
from briefing.library import Library
from briefing.types import Answer, Article, Citation, Statement, Turn
from ui.escape import escape_markdown
from ui.restore import restore_answer

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

_CONVERSATION = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True)
class OpenReceipt:
    """The citation in the reading panel: position `at` among `citations` of the page called `place`."""

    place: str
    at: int
    citations: tuple[Citation, ...]
    numbered: int

    @property
    def citation(self) -> Citation:
        return self.citations[self.at]


@contextmanager
def shown_errors(place: DeltaGenerator | None = None) -> Iterator[None]:
    """Show what a user can mend as one line, here or in `place`, and go on with the rest of the page."""
    try:
        yield
    except BriefingError as error:
        (place or st.container()).error(escape_markdown(str(error)))


def open_page_library() -> Library:
    """The library in the folder that BRIEFING_HOME names, opened once for all sessions of this server."""
    return _open(read_settings().home.resolve())


@st.cache_resource(show_spinner="Opening the library…", on_release=lambda library: library.close())
def _open(folder: Path) -> Library:
    return open_configured(folder)


def _state_of(library: Library) -> tuple[str, ...]:
    """Tells one state of one library from another, so that what was read from it can be kept."""
    return str(read_settings().home.resolve()), *map(str, library.count().values())


_BY_STATE: dict[str | type, Callable[[Any], Any]] = {"briefing.library.Library": _state_of}


@st.cache_resource(max_entries=4, show_spinner=False, hash_funcs=_BY_STATE)
def held_articles(library: Library) -> list[Article]:
    """Every article, the newest first, undated ones last; read again when the library has changed."""
    return sorted(library.articles(), key=lambda a: (a.day or dt.date.min, a.outlet, a.title), reverse=True)


@st.cache_resource(max_entries=16, show_spinner=False, hash_funcs=_BY_STATE)
def held_statements(library: Library, party: str | None = None) -> list[Statement]:
    """Every statement, or those of one party; read again when the library has changed."""
    return library.statements(party=party)


def conversation() -> str:
    """The id of this conversation: the one in the address (`?c=`), or a new one nobody can guess."""
    if "conversation" not in st.session_state:
        given = st.query_params.get("c", "")
        known = _CONVERSATION.fullmatch(given)
        st.session_state["conversation"] = given if known else secrets.token_hex(8)
    return str(st.session_state["conversation"])


def answers(library: Library) -> list[Answer]:
    """The answers of this conversation, oldest first; restored from the library after a reload."""
    if "answers" not in st.session_state:
        records = library.conversation(conversation())
        st.session_state["answers"] = [restore_answer(record, library.article) for record in records]
    found: list[Answer] = st.session_state["answers"]
    return found


def history(given: Sequence[Answer]) -> tuple[Turn, ...]:
    return tuple(Turn(answer.question, answer.asked) for answer in given)


def start_again() -> None:
    """Leave the conversation (its address still opens it) and begin an empty one."""
    for name in ("conversation", "answers", "receipt"):
        st.session_state.pop(name, None)
    st.session_state["conversation"] = secrets.token_hex(8)


def opened() -> OpenReceipt | None:
    receipt: OpenReceipt | None = st.session_state.get("receipt")
    return receipt


def turn_to(receipt: OpenReceipt | None) -> None:
    """Show `receipt` in the reading panel, or close the panel."""
    st.session_state["receipt"] = receipt
