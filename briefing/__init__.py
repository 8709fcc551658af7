"""Neutral, cited answers and briefings from outlets that disagree: who says what, with a receipt a line.

    articles = briefing.read_articles(["reports/"])
    library = briefing.open_library("library")
    library.add(articles)
    library.ask("Did Russia coordinate with the US?")
    library.brief()

Importing this package is cheap: each part loads when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from briefing.errors import (
    BriefingError,
    InputError,
    LibraryError,
    ModelFileError,
    SettingError,
    WriterError,
)
from briefing.types import (
    AddReport,
    Answer,
    Article,
    Briefing,
    Citation,
    Claim,
    ClaimGroup,
    DateMention,
    Dispute,
    Hit,
    Origin,
    Party,
    Passage,
    Position,
    Rejected,
    Sentence,
    Statement,
    Story,
    Turn,
    Unheard,
    Verdict,
)

if TYPE_CHECKING:
    from briefing.analysis.conflict import conflict
    from briefing.analysis.disputes import find_disputes
    from briefing.analysis.origins import find_origins
    from briefing.analysis.stories import group_stories
    from briefing.checking.citations import verify
    from briefing.checking.neutrality import find_loaded
    from briefing.ingest import read_articles, scan_articles
    from briefing.library import Library, open_library
    from briefing.reading.dates import find_dates
    from briefing.reading.statements import find_statements

__version__ = "0.1.0"

_HOMES = {
    "conflict": "briefing.analysis.conflict",
    "find_dates": "briefing.reading.dates",
    "find_disputes": "briefing.analysis.disputes",
    "find_loaded": "briefing.checking.neutrality",
    "find_origins": "briefing.analysis.origins",
    "find_statements": "briefing.reading.statements",
    "group_stories": "briefing.analysis.stories",
    "Library": "briefing.library",
    "open_library": "briefing.library",
    "read_articles": "briefing.ingest",
    "scan_articles": "briefing.ingest",
    "verify": "briefing.checking.citations",
}

__all__ = [
    "AddReport",
    "Answer",
    "Article",
    "Briefing",
    "BriefingError",
    "Citation",
    "Claim",
    "ClaimGroup",
    "DateMention",
    "Dispute",
    "Hit",
    "InputError",
    "Library",
    "LibraryError",
    "ModelFileError",
    "Origin",
    "Party",
    "Passage",
    "Position",
    "Rejected",
    "Sentence",
    "SettingError",
    "Statement",
    "Story",
    "Turn",
    "Unheard",
    "Verdict",
    "WriterError",
    "conflict",
    "find_dates",
    "find_disputes",
    "find_loaded",
    "find_origins",
    "find_statements",
    "group_stories",
    "open_library",
    "read_articles",
    "scan_articles",
    "verify",
]


def __getattr__(name: str) -> Any:
    """Load a public function from its home on first use."""
    if name not in _HOMES:
        raise AttributeError(f"module 'briefing' has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value
