"""Half of a surrogate pair, as broken JSON or the bytes of a command line bring it: no file can hold one."""

from __future__ import annotations

from briefing.types import Article


def encodable(text: str) -> str:
    """`text`, of the same length, with "?" for every lone surrogate: UTF-8 has no bytes for it."""
    return text.encode("utf-8", "replace").decode("utf-8")


def broken_characters(article: Article) -> str:
    """Which part of the article holds a lone surrogate and what to do, in words; "" where none does."""
    for name in ("text", "title", "outlet", "url"):
        text = getattr(article, name)
        if encodable(text) != text:
            return (
                f"the {name} holds half of a character pair (a lone surrogate); decode the source as UTF-8 "
                "or UTF-16 and add it again"
            )
    return ""
