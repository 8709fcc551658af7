"""The nouns of the program, as frozen dataclasses. Nothing here reads a file, a model or a clock.

An offset is always a character offset into `Article.text`, end exclusive, and every span obeys
`quote == article.text[start:end]`.
"""

from briefing.types.filters import NO_FILTERS, Filters
from briefing.types.pages import (
    AddReport,
    Answer,
    Briefing,
    Claim,
    ClaimGroup,
    DateMention,
    Dispute,
    Origin,
    Position,
    Rejected,
    Searched,
    Stance,
    Story,
    Turn,
    Unheard,
    Verdict,
    VerdictLabel,
    number_citations,
)
from briefing.types.speech import (
    Party,
    SpeakerStatus,
    Statement,
    StatementKind,
    StatementStance,
)
from briefing.types.texts import (
    Article,
    Citation,
    Hit,
    Passage,
    Sentence,
    Span,
)
from briefing.types.usage import Spent, Usage

__all__ = [
    "NO_FILTERS",
    "AddReport",
    "Answer",
    "Article",
    "Briefing",
    "Citation",
    "Claim",
    "ClaimGroup",
    "DateMention",
    "Dispute",
    "Filters",
    "Hit",
    "Origin",
    "Party",
    "Passage",
    "Position",
    "Rejected",
    "Searched",
    "Sentence",
    "Span",
    "SpeakerStatus",
    "Spent",
    "Stance",
    "Statement",
    "StatementKind",
    "StatementStance",
    "Story",
    "Turn",
    "Unheard",
    "Usage",
    "Verdict",
    "VerdictLabel",
    "number_citations",
]
