"""Origins: ten reprints of one wire report are one act of reporting.

Two articles have one origin when most five-word shingles of the shorter stand in the longer (containment,
Broder 1997, "On the resemblance and containment of documents"). Words inside quotation marks do not count:
two reporters who quote the same speech are two origins.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from briefing.reading.attribution.quotations import quotation_spans
from briefing.types import Article, Origin

_SHINGLE = 5
# A reprint is cut from the end and gets a new first line or two; two reports of one event by two hands
# share hardly one shingle in ten.
_CONTAINED = 0.6
# A digest may hold a whole report and is its own act of reporting.
_SHORTEST_SHARE = 0.25
# With fewer shingles of its own an article is compared with its quotations counted in.
_FEWEST_OWN = 10
# Shingles of this many origins already are boilerplate ("for more news follow us on").
_BOILERPLATE = 30
_WORD = re.compile(r"[^\W_]+")

_Shingles = frozenset[int]


def find_origins(articles: Sequence[Article]) -> list[Origin]:
    """Every article once; the origins in the order of their first article, in each the fullest article first.

    The headline does not count. Deterministic; time grows with the total length of the texts.
    """
    shingles = [_own_shingles(article) for article in articles]
    order = sorted(range(len(articles)), key=lambda i: (-len(shingles[i]), _key(articles[i]), i))
    holders: defaultdict[int, list[int]] = defaultdict(list)
    groups: dict[int, list[int]] = {}
    for i in order:
        fullest = _fullest(shingles[i], holders, shingles)
        if fullest is not None:
            groups[fullest].append(i)
            continue
        groups[i] = [i]
        for shingle in shingles[i]:
            if len(holders[shingle]) < _BOILERPLATE:
                holders[shingle].append(i)
    return [Origin(tuple(articles[i] for i in group)) for group in sorted(groups.values(), key=min)]


def _key(article: Article) -> tuple[str, str, str]:
    return (article.published_iso or "~", article.outlet, article.id)


def _fullest(own: _Shingles, holders: dict[int, list[int]], shingles: Sequence[_Shingles]) -> int | None:
    """The first article of the origin that holds most of the shingles `own`, or None."""
    shared = Counter(holder for shingle in own for holder in holders.get(shingle, ()))
    best = min(shared, key=lambda holder: (-shared[holder], holder), default=None)
    if (
        best is None
        or shared[best] < _CONTAINED * len(own)
        or len(own) < _SHORTEST_SHARE * len(shingles[best])
    ):
        return None
    return best


def _own_shingles(article: Article) -> _Shingles:
    """Runs of five words outside quotation marks, as numbers; a shorter text is one run."""
    quoted = quotation_spans(article.text)
    own = _shingles(_unquoted(article.text, quoted))
    if len(own) >= _FEWEST_OWN or not quoted:
        return own
    return own | _shingles([article.text])


def _unquoted(text: str, quoted: Sequence[tuple[int, int]]) -> list[str]:
    pieces = []
    position = 0
    for start, end in quoted:
        pieces.append(text[position:start])
        position = end
    return [*pieces, text[position:]]


def _shingles(pieces: Sequence[str]) -> _Shingles:
    found: set[int] = set()
    for piece in pieces:
        words = [word.casefold() for word in _WORD.findall(piece)]
        length = min(_SHINGLE, len(words))
        if length < _SHINGLE and len(pieces) > 1:
            continue
        # The hash differs from process to process; only whether two are equal matters.
        found.update(hash(tuple(words[i : i + length])) for i in range(len(words) - length + 1) if length)
    return frozenset(found)
