"""Text of articles inside Streamlit's Markdown, where an image address would be fetched as it is shown."""

from __future__ import annotations

import string

_ENTITIES = {ord(sign): f"&#{ord(sign)};" for sign in string.punctuation}


def escape_markdown(text: str) -> str:
    """`text` as Markdown that shows exactly these words on one line and loads nothing.

    Every ASCII punctuation sign becomes a character reference (a backslash would leave Streamlit's
    `:shortcode:` signs alive); white space collapses, so that no line can start a list or a code block.
    """
    return " ".join(text.split()).translate(_ENTITIES)
