"""Which articles of the corpora nothing learns from that we wrote on them: every tenth."""

from __future__ import annotations

_APART = 10


def is_apart(article: int) -> bool:
    """Whether our questions and restatements on the article of that number are kept for measuring."""
    return article % _APART == 0
