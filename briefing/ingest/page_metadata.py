"""What a web page says of itself: headline, outlet, publication date and address.

Only explicit metadata is read (schema.org JSON-LD and microdata, <meta>, <link rel=canonical>). A date is
never looked for in addresses or running text: finders that do so, such as htmldate, also bound their
guess by today's date, so that the same page would give another article tomorrow.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from briefing.ingest.cleaning import clean_line
from briefing.ingest.dates import Published, read_date
from briefing.ingest.fields import bare_name, web_address

# Names of <meta> tags that hold the day of publication, written in lower case without punctuation.
_DATE_NAME = re.compile(
    r"(?:og)?articlepublished(?:time)?|(?:original)?publi(?:shed|sh|cation)(?:date|time|at)|datepublished"
    r"|pubdate|pdate|parselypubdate|sailthrudate|dcdate(?:issued|created)?|dcterms(?:date|issued|created)"
    r"|citation(?:publication)?date|cxenseparserecspublishtime|snpostdate|dcsextarticlefirstpublished"
)
_MOST_NODES = 500  # of JSON-LD; the article stands near the top


def read_metadata(tree: Any) -> dict[str, object]:
    """Title, outlet, date and address of a parsed page that still has its scripts; "" or None if unstated."""
    schema: Mapping[str, Any] = next(_schema_articles(tree), {})
    metas = [
        (bare_name(m.get("property") or m.get("name") or m.get("itemprop") or ""), m.get("content"))
        for m in tree.iter("meta")
        if m.get("content")
    ]
    url = next((address for address in _addresses(tree, metas) if address), "")
    outlet = _outlet(metas, schema) or (urlsplit(url).hostname or "").removeprefix("www.")
    return {
        "title": _title(tree, metas, schema, outlet),
        "outlet": outlet,
        "published": _published(tree, metas, schema),
        "url": url,
    }


def _schema_articles(tree: Any) -> Iterator[Mapping[str, Any]]:
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or ""):
            continue
        try:
            pending = [json.loads(script.text or "", strict=False)]
        except (ValueError, RecursionError):
            continue  # broken metadata is no metadata; the page still has its text
        for _ in range(_MOST_NODES):
            if not pending:
                break
            node = pending.pop()
            if isinstance(node, list):
                pending.extend(reversed(node[:_MOST_NODES]))
            elif isinstance(node, dict):
                pending.append(node.get("@graph"))
                if _is_article(node.get("@type")):
                    yield node


def _is_article(kind: object) -> bool:
    kinds = kind if isinstance(kind, list) else [kind]
    return any(str(k).lower().endswith(("article", "posting")) or k == "Report" for k in kinds)


def _addresses(tree: Any, metas: list[tuple[str, str]]) -> Iterator[str]:
    for link in tree.iter("link"):
        if (link.get("rel") or "").lower() == "canonical":
            yield _absolute(link.get("href") or "")
    yield from (_absolute(content) for name, content in metas if name == "ogurl")


def _absolute(address: str) -> str:
    address = clean_line(address)
    if address.startswith("//"):
        address = "https:" + address
    try:
        return web_address(address) if urlsplit(address).hostname else ""
    except ValueError:
        return ""


def _outlet(metas: list[tuple[str, str]], schema: Mapping[str, Any]) -> str:
    publisher = schema.get("publisher")
    publisher = publisher[0] if isinstance(publisher, list) and publisher else publisher
    name = publisher.get("name") if isinstance(publisher, dict) else publisher
    sites = [content for meta, content in metas if meta == "ogsitename"]
    lines = (clean_line(unescape(n)) for n in [*sites, name] if isinstance(n, str))
    # Some pages give a Twitter name or an address where the name of the site belongs.
    return next((line for line in lines if line and not line.startswith(("@", "http:", "https:"))), "")


def _title(tree: Any, metas: list[tuple[str, str]], schema: Mapping[str, Any], outlet: str) -> str:
    stated = [schema.get("headline"), *(content for name, content in metas if name == "ogtitle")]
    titles = [clean_line(t.text_content()) for t in tree.iter("title")][:1]
    named = [t for t in (clean_line(unescape(s)) for s in stated if isinstance(s, str)) if t]
    shown = [h for h in (clean_line(h.text_content()) for h in tree.iter("h1")) if h]
    # What the page shows as its headline lacks the " | Outlet" that the others carry for search engines.
    for heading in shown:
        if any(heading.casefold() in t.casefold() and 2 * len(heading) > len(t) for t in [*named, *titles]):
            return heading
    title = next(iter([*named, *(shown if len(shown) == 1 else []), *titles]), "")
    for mark in (" - ", " | ", " – ", " — ", " : "):
        title = title.removesuffix(mark + outlet) if outlet else title
    return title


def _published(tree: Any, metas: list[tuple[str, str]], schema: Mapping[str, Any]) -> Published | None:
    stated = [schema.get("datePublished"), *(c for n, c in metas if _DATE_NAME.fullmatch(n))]
    stated += [content for name, content in metas if name == "date"]
    found = next((date for date in map(read_date, stated) if date), None)
    if found:
        return found
    marked = [
        read_date(element.get("datetime") or element.get("content") or element.text_content())
        for element in tree.iter("time", "span", "p", "div")
        if "datePublished" in (element.get("itemprop") or "").split() or element.get("pubdate") is not None
    ]
    # Teasers of other articles carry such marks too: they count only where they all name one day.
    return marked[0] if len({str(date)[:10] for date in marked}) == 1 else None
