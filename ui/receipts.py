"""The two components: claims with their receipts, and the panel that reads a receipt in its article."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import streamlit as st

from briefing.library import Library
from briefing.types import Article, Citation, Statement
from ui.session import OpenReceipt, opened, shown_errors, turn_to
from ui.typeset import Json, Page, source_words

_STATIC = Path(__file__).with_name("static")
_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_WEB = re.compile(r"https?://[^\s<>\"']+")


def _part(name: str) -> str:
    return (_STATIC / name).read_text(encoding="utf-8")


_claims = st.components.v2.component(
    "briefing_claims",
    html='<div class="sheet"></div>',
    css=_part("claims.css"),
    js=_part("claims.js"),
)
_reader = st.components.v2.component(
    "briefing_reader",
    html='<div class="reader"></div>',
    css=_part("reader.css"),
    js=_part("reader.js"),
)


def show_page(place: str, page: Page, *, newest: bool = False) -> None:
    """Set a page of claims. `place` names it in this session; `newest` scrolls to it when it appears."""

    def turn() -> None:
        at = st.session_state[place]["receipt"]
        if not isinstance(at, int) or not 0 <= at < len(page.citations):
            return
        receipt = OpenReceipt(place, at, page.citations, page.numbered)
        turn_to(None if receipt == opened() else receipt)

    receipt = opened()
    is_open = receipt is not None and receipt.place == place
    _claims(
        key=place,
        data={"sheet": page.sheet, "open": receipt.at if receipt and is_open else -1, "newest": newest},
        on_receipt_change=turn,
    )


def show_panel(library: Library, hint: str = "Press a number to read the sentence where it stands.") -> None:
    """The reading panel: the open receipt, or one line that says how to open one."""
    receipt = opened()
    if receipt is None:
        with st.container(key="panel-empty"):
            st.caption(hint)
        return
    with st.container(key="panel"), shown_errors():
        _panel_buttons(receipt)
        citation = receipt.citation
        _reader(key="reader", data=reading(citation, library.statements(citation.article.id)))


def _panel_buttons(receipt: OpenReceipt) -> None:
    is_numbered = receipt.at < receipt.numbered
    label = f"Receipt {receipt.at + 1} of {receipt.numbered}" if is_numbered else "In its article"
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"**{label}**", width="stretch")
        for name, sign, step in (("earlier", "‹", -1), ("later", "›", 1)):
            at = receipt.at + step
            onward = OpenReceipt(receipt.place, at, receipt.citations, receipt.numbered)
            st.button(
                sign,
                key=f"panel-{name}",
                help=f"The {name} receipt",
                type="tertiary",
                disabled=not is_numbered or not 0 <= at < receipt.numbered,
                on_click=turn_to,
                args=(onward,),
            )
        st.button("Close", key="panel-close", type="tertiary", on_click=turn_to, args=(None,))


def reading(citation: Citation, statements: list[Statement]) -> Json:
    """What the reader component shows: the article in paragraphs of (words, rank) pairs.

    Rank 1 is the cited sentence, 2 the cited characters where they are less than the sentence, 0 the rest.
    """
    article = citation.article
    cited = article.sentences_in(citation.start, citation.end) or (citation.sentence,)
    outer = (min(citation.start, cited[0].start), max(citation.end, cited[-1].end))
    facts = [
        f"Sentence {cited[0].index + 1} of {len(article.sentences):,}, "
        f"characters {citation.start:,} to {citation.end:,} of {len(article.text):,}"
    ]
    credited = dict.fromkeys(
        _credit(s)
        for s in statements
        if any(p.start < citation.end and p.end > citation.start for p in s.sentences)
    )
    if credited:
        facts.append(f"Credited in this sentence to: {'; '.join(credited)}")
    return {
        "source": source_words(article),
        "title": article.title or "No headline",
        "facts": facts,
        "address": article.url if _WEB.fullmatch(article.url) else "",
        "paragraphs": _paragraphs(article, outer, (citation.start, citation.end)),
    }


def _credit(statement: Statement) -> str:
    """Whom the article credits, as resolved, with the party spoken for."""
    who = statement.speaker or (f"{statement.mention} (not named)" if statement.mention else "nobody named")
    return f"{who}, for {statement.party}" if statement.party and statement.party != who else who


def _paragraphs(
    article: Article, outer: tuple[int, int], inner: tuple[int, int]
) -> list[list[tuple[str, int]]]:
    shown = []
    for line in _LINE.finditer(article.text):
        cuts = sorted(
            {min(max(cut, line.start()), line.end()) for cut in (*outer, *inner, line.start(), line.end())}
        )
        parts = []
        for start, end in pairwise(cuts):
            within = outer[0] <= start and end <= outer[1]
            exact = outer != inner and inner[0] <= start and end <= inner[1]
            parts.append((article.text[start:end], within + (within and exact)))
        shown.append(parts)
    return shown
