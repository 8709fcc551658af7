"""What is taken out of every text, once, on the way in. Nothing else changes: a receipt is to the letter."""

from __future__ import annotations

import re

# Control characters (C0, delete, C1) but for tab and the line ends; zero-width characters and byte order
# marks; characters that turn the direction of writing round; halves of surrogate pairs; soft hyphens; tags,
# which spell out text that nobody sees.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f"
    "\ufeff\ud800-\udfff\U000e0000-\U000e007f]"
)
_LINE_END = re.compile(r"\r\n?")


def clean_text(text: str) -> str:
    """`text` with `\\n` line ends and without invisible characters, line-end spaces and outer blank lines."""
    visible = _LINE_END.sub("\n", _INVISIBLE.sub("", text))
    return "\n".join(line.rstrip() for line in visible.split("\n")).strip("\n")


def clean_line(text: str) -> str:
    """`text` cleaned, on one line, with single spaces: for headlines, outlets and addresses."""
    return " ".join(clean_text(text).split())


def without_comments(text: str, opening: str, closing: str) -> str:
    """`text` without what stands between `opening` and `closing`; an opening without a closing stays."""
    kept = []
    position = 0
    while (start := text.find(opening, position)) >= 0:
        end = text.find(closing, start + len(opening))
        if end < 0:
            break
        kept.append(text[position:start])
        position = end + len(closing)
    return "".join([*kept, text[position:]])


_HEAD = 200  # characters in which a scraped text may repeat its date, section and headline
_FEWEST_WORDS = 4


def without_headline(text: str, title: str) -> str:
    """`text` from behind its headline, when scraping left that at the head of the first paragraph.

    What stands before it there (a date, a section) goes with it. A headline of fewer than four words is left
    alone: it may be how the article begins.
    """
    words = re.findall(r"\w+", title)
    if len(words) < _FEWEST_WORDS:
        return text
    pattern = r"\b" + r"\W{1,4}".join(map(re.escape, words)) + r"\b[\s.:|–—-]*"
    head = re.compile(pattern, re.IGNORECASE).search(text, 0, _HEAD + len(title) + 20)
    if head is None or head.start() > _HEAD or "\n\n" in text[: head.start()]:
        return text
    return text[head.end() :] or text
