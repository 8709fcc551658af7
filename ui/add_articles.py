"""Adding articles: the sample articles, or files from the reader's own machine."""

from __future__ import annotations

from pathlib import Path, PurePath
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import streamlit as st

from briefing.ingest import scan_articles
from briefing.library import Library
from briefing.types import AddReport
from ui.session import shown_errors
from ui.typeset import counted

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile

_SAMPLES = Path(__file__).resolve().parent.parent / "samples"
_KINDS = ["txt", "md", "html", "htm", "jsonl", "csv", "json"]


def show_welcome(library: Library) -> None:
    """The first screen: what this is for, and two ways to begin."""
    with st.container(key="welcome"):
        st.subheader("Who said what, with a receipt for every line", anchor=False)
        st.write(
            "Give it articles from outlets that disagree. Then ask, or make the one-page briefing: "
            "every line names its speaker and opens the sentence it rests on."
        )
        if _SAMPLES.is_dir() and st.button("Load the sample articles", key="load-samples", type="primary"):
            _add(library, [_SAMPLES])
        show_upload(library)


def show_upload(library: Library) -> None:
    """A field for files of articles, and the button that adds them."""
    uploads = st.file_uploader(
        "Add articles from files", type=_KINDS, accept_multiple_files=True, key=f"files-{_round()}"
    )
    if st.button("Add these files", key="add-files", disabled=not uploads):
        _add_uploads(library, uploads)


def _round() -> int:
    """Counts the uploads, because a file field is emptied only by a new key."""
    return int(st.session_state.get("upload-round", 0))


def _add_uploads(library: Library, uploads: list[UploadedFile]) -> None:
    with TemporaryDirectory(prefix="briefing-") as folder:
        paths = []
        for number, upload in enumerate(uploads):
            # One folder each: two files may have one name, and the name is all we keep of their path.
            path = Path(folder) / str(number) / (PurePath(upload.name.replace("\\", "/")).name or "file")
            path.parent.mkdir()
            path.write_bytes(upload.getbuffer())
            paths.append(path)
        st.session_state["upload-round"] = _round() + 1
        _add(library, paths)


def _add(library: Library, paths: list[Path]) -> None:
    with shown_errors(), st.spinner("Reading the articles…"):
        st.session_state["report"] = library.add(scan_articles(paths))
        st.rerun()


def show_report() -> None:
    """What became of the articles added last, until the reader has seen it."""
    report: AddReport | None = st.session_state.get("report")
    if report is None:
        return
    known = len(report.unchanged) + len(report.duplicates)
    line = f"{counted(len(report.added), 'article')} added"
    with st.container(key="report", border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.text(f"{line}, {known:,} known already." if known else f"{line}.", width="stretch")
            st.button("Dismiss", key="report-dismiss", type="tertiary", on_click=_dismiss)
        for rejected in report.rejected:
            st.text(f"Not added: {PurePath(rejected.where).name}: {rejected.reason}")


def _dismiss() -> None:
    st.session_state.pop("report", None)
