"""Small phrases that every surface words alike: where a receipt comes from, what was searched, what day."""

from __future__ import annotations

import datetime as dt

from briefing.types import Article, Citation, Claim, Position, Searched, Usage

# Joiners that spell words in Persian, Arabic and Indic scripts, and emoji: unprintable, and harmless.
_JOINERS = "\u200c\u200d"


def one_line(text: str) -> str:
    """`text` on one line without control characters: an article must not move the reader's cursor, turn the
    direction of writing, or hold what no file can be written with."""
    return " ".join("".join(c if c.isprintable() or c in _JOINERS else " " for c in text).split())


def day_words(day: dt.date) -> str:
    """1 October 2015."""
    return f"{day.day} {day:%B %Y}"


def outlet_words(article: Article) -> str:
    """The outlet, or "outlet not given": it is never guessed."""
    return article.outlet or "outlet not given"


def where_words(citation: Citation) -> str:
    """Outlet, day and place: "Levant Wire, 1 October 2015, sentence 4 (characters 310–402)"."""
    article = citation.article
    day = day_words(article.day) if article.day else "no date given"
    sentence = citation.sentence
    return (
        f"{outlet_words(article)}, {day}, sentence {sentence.index + 1} "
        f"(characters {citation.start}–{citation.end})"
    )


def speaker_note(claim: Claim) -> str:
    """ "speaker not named" where a line is a party's and the text does not say whose words they are."""
    return "speaker not named" if claim.party and not claim.speaker else ""


def stance_words(position: Position) -> str:
    """The direction of a position where it is easily overlooked; a side that says so needs no label."""
    return {"denies": "denies or limits it", "no comment": "no comment"}.get(position.stance, "")


def searched_words(searched: Searched) -> str:
    """What a question was put to, in one sentence."""
    if not searched.articles:
        return "The library has no articles that fit."
    count = f"{searched.articles} article" + ("s" if searched.articles != 1 else "")
    outlets = _listed(searched.outlets, 12) or "outlets not given"
    days = "no dates given"
    if searched.first_day and searched.last_day:
        first, last = day_words(searched.first_day), day_words(searched.last_day)
        days = first if first == last else f"{first} to {last}"
        if searched.undated:
            days += f", {searched.undated} without a date"
    heard = _listed(searched.parties_heard, 12) or "nobody"
    return f"Searched {count} ({outlets}; {days}). Heard in them: {heard}."


def _listed(names: tuple[str, ...], most: int) -> str:
    shown = ", ".join(names[:most])
    return shown + (f" and {len(names) - most} more" if len(names) > most else "")


def usage_words(usage: Usage | None) -> str:
    """What a language model took, in one sentence; "" where none was asked."""
    if usage is None:
        return ""
    if not usage.calls:
        kept = "from a reply that was kept: " if usage.kept else ""
        return f"Language model {usage.model}: {kept}nothing was spent."
    about = "about " if usage.estimated else ""
    tokens = f"{about}{usage.tokens_in:,} tokens read, {about}{usage.tokens_out:,} written"
    price = "no price given" if usage.cost is None else f"{usage.cost:.4f} {usage.currency}"
    calls = f"{usage.calls} request" + ("s" if usage.calls != 1 else "")
    return f"Language model {usage.model}: {calls}, {tokens}, {usage.seconds:.1f} s, {price}."
