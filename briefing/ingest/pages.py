"""Web pages saved as .html: the article on the page, without the page around it.

The body is found by trafilatura. Everything a reader of the page would not see is taken out before it
looks, because hidden text is where instructions to machines are put.
"""

from __future__ import annotations

import logging
import re
from pathlib import Path
from typing import Any

from briefing.errors import InputError
from briefing.ingest.cleaning import clean_text
from briefing.ingest.decoding import decode_page, read_file
from briefing.ingest.fields import article_from
from briefing.ingest.page_metadata import read_metadata
from briefing.ingest.page_tree import drop_unseen, join_split_bodies
from briefing.types import Article

# Its warnings repeat what our own sentence says, and would reach stderr where nobody configured logging.
logging.getLogger("trafilatura").addHandler(logging.NullHandler())

# 102 news pages had 90 to 1,600; a page of a million costs a minute and 2 GB.
_MOST_ELEMENTS = 50_000
_NO_ARTICLE = "no article was found in this page; save its text as .txt"
# Furniture between the paragraphs; "Read more: ..." is the headline of another article, and no part of this.
_FURNITURE = re.compile(
    r"(?:(?:read|see) (?:more|also|next)|also read|related(?: stories| articles)?|don.t miss|sign up) ?:.*"
    r"|comments|advertisement|don.t miss|more:",
    re.IGNORECASE,
)
_TABLE_RULE = re.compile(r"\|(?:\s*:?-+:?\s*\|)+\s*$")


def read_page(path: Path) -> Article:
    """The article of one .html file. Raises InputError when the page holds none."""
    page = decode_page(read_file(path))
    try:
        metadata, body = _extract(page)
    except InputError:
        raise
    except Exception as error:  # trafilatura and lxml raise whatever a hostile page provokes
        raise InputError(_NO_ARTICLE) from error
    text = _prose(body, str(metadata["title"]))
    if not text:
        raise InputError(_NO_ARTICLE)
    return article_from({**metadata, "text": text})


def _extract(page: str) -> tuple[dict[str, object], str]:
    import trafilatura

    if "<html" not in page[:4096].lower():
        page = f"<html><body>{page}</body></html>"
    tree: Any = trafilatura.load_html(page)
    if tree is None:
        raise InputError(_NO_ARTICLE)
    if sum(1 for _ in tree.iter()) > _MOST_ELEMENTS:
        raise InputError(f"it has more than {_MOST_ELEMENTS:,} elements; save the article's text as .txt")
    metadata = read_metadata(tree)
    drop_unseen(tree)
    join_split_bodies(tree)
    # On 102 hand-made news pages: fast with recall .960 F1, fast .958, the default cascade .954, precision
    # .954; fast is also the quickest, and leaves out the readability fallback that rewrites the page.
    body = trafilatura.extract(tree, fast=True, favor_recall=True, include_comments=False)
    return metadata, body or ""


def _prose(body: str, title: str) -> str:
    """The body as lines of prose: no headline at the top, no furniture, no outer bars of tables."""
    lines = [line.strip() for line in clean_text(body).split("\n")]
    if lines and lines[0].casefold() == title.casefold():
        del lines[0]
    kept = [line for line in lines if not _FURNITURE.fullmatch(line) and not _TABLE_RULE.match(line)]
    return clean_text("\n".join(line.strip("| ") if line.startswith("|") else line for line in kept))
