"""The days an article names, and which day each one is.

Rules only. Where the words do not settle the day ("yesterday" in somebody's quotation, a weekday in an
article without a date) the day stays None and the rule says why.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Iterator

from briefing.reading.attribution.quotations import quotation_spans
from briefing.reading.calendar_words import (
    DAY_MONTH,
    ISO,
    MONTH_DAY,
    NUMERIC,
    RELATIVE,
    WEEKDAY,
    WEEKDAYS,
    days_around,
    make_day,
    month_number,
    numeric_day,
    weekday_after,
    weekday_before,
    weekday_in_week,
)
from briefing.reading.question_days import days_in_question
from briefing.types import Article, Citation, DateMention, Span

__all__ = ["days_in_question", "find_dates"]

_WEEKDAY = (
    rf"(?:\b(?P<lead>(?a:last|next|this coming|this past|this|every|each)) )?\b{WEEKDAY}"
    r"(?P<week> (?:of )?(?a:last|next|this) week\b)?(?: (?:morning|afternoon|evening|night|lunchtime)\b)?"
)
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE) for pattern in (DAY_MONTH, MONTH_DAY, ISO, NUMERIC, _WEEKDAY, RELATIVE)
)
# "Wed 05 Apr 2017", "Thursday, Oct. 1": the weekday belongs to the date behind it.
_NAMED = re.compile(
    r"\b(mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|"
    r"sun(?:day)?)\b\.?,? (?:the )?$",
    re.IGNORECASE,
)
# Days that are names of something else.
_NAME_BEFORE = re.compile(
    r"(?:Black|Cyber|Super|Good|Easter|Ash|Palm|Bloody|Giving|Fat|Shrove|Maundy|Holy|Ruby|Sheffield|Whit|Casual|"
    r"News|Joe|Bowl) $"
)
_NAME_AFTER = re.compile(
    r" (?:Night (?:Football|Live|Lights|Fever|Raw)|Times|Telegraph|Mirror|Express|Mail|Herald|Post|[Ss]how)\b"
)
_CAPITAL_BEFORE = re.compile(r"\b[A-Z]\w+ $")
# Events that bear a day, years ago.
_SEPTEMBER_11 = re.compile(
    r"(?:sept(?:ember|\.)? 11(?:th)?|11(?:th)? (?:of )?september) (?:terror|attacks|hijack|commission)",
    re.IGNORECASE,
)
_EVENT_AFTER = re.compile(
    r" (?:movement|committee|insurrection|revolution|brigades?|alliance)\b", re.IGNORECASE
)
_VERB_AFTER = re.compile(r" (?:be|have|not|also|well|soon|never|only|still|yet)\b")
_TENSE = re.compile(
    r"(?P<future>(?:\b(?:will|won['’]t|would|shall|(?:going|about|expected|intends?|hopes?|plans?|is|are) to|"
    r"as (?:early|soon) as|"
    r"(?:may|might|could) (?:begin|start|resume|come|meet|arrive|return|take place|be held)|"
    r"scheduled (?:to|for)|planned for|due (?:to|on|in)|(?:set|slated) (?:to|for)|ahead of)|['’]ll)"
    r"(?:(?: not| also| then| now)? be \w+)?|\bupcoming\b)|"
    r"\b(?:said|says|told|was|were|had|has|have|did|took|held|met|made|gave|came|went|began|left|won|lost|saw|"
    r"spoke|wrote|fell|struck|shot|hit|(?!hundred|indeed|exceed|proceed|succeed)[a-z]{2,}ed)\b"
)
_UNDATED = "the article has no date; left as written"


def find_dates(article: Article) -> tuple[DateMention, ...]:
    """Every day the article names, in order; a citation holds exactly the words that name the day.

    Weekdays and "yesterday" count from the publication day. A weekday is the latest one, or the next one
    where the verb next to it speaks of the future.
    """
    quotations = quotation_spans(article.text)
    found: list[DateMention] = []
    for match in _matches(article.text):
        start, end = match.span()
        if match.re in _PATTERNS[:4]:
            named = _NAMED.search(article.text, max(0, start - 14), start)
            if named:
                start = named.start()
                if found and found[-1].citation.start == start:
                    found.pop()  # the weekday was found by itself before
            reading = _absolute(match, article, named[1] if named else None)
        elif match.re is _PATTERNS[4]:
            reading = _weekday(match, article)
        else:
            reading = _relative(match, _published(article), _inside(quotations, start))
        if reading is not None:
            found.append(DateMention(Citation(article, start, end), *reading))
    return tuple(found)


_Reading = tuple[dt.date | None, str]


def _matches(text: str) -> Iterator[re.Match[str]]:
    """Matches of all patterns, in order, the longest where they begin together, none overlapping."""
    matches = [match for pattern in _PATTERNS for match in pattern.finditer(text)]
    end = 0
    for match in sorted(matches, key=lambda m: (m.start(), -m.end())):
        if match.start() >= end and _is_date(match, text):
            end = match.end()
            yield match


def _is_date(match: re.Match[str], text: str) -> bool:
    """Whether the match names a day at all: no verb "may", no "Black Friday", no "every Monday"."""
    if match.re in _PATTERNS[:2]:
        return match["month"][0].isupper() and (match["year"] is not None or _is_day_of_month(match, text))
    start, end = match.span()
    if match.re is _PATTERNS[4]:
        return (
            match["weekday"][0].isupper()
            and (match["lead"] or "").lower() not in ("every", "each")
            and not _NAME_BEFORE.search(text, max(0, start - 12), start)
            and not _NAME_AFTER.match(text, end)
        )
    if match.re is _PATTERNS[5]:  # "today", but not "Russia Today"
        return match["word"][0].islower() or not _CAPITAL_BEFORE.search(text, max(0, start - 20), start)
    return True


def _is_day_of_month(match: re.Match[str], text: str) -> bool:
    start, end = match.span()
    if _SEPTEMBER_11.match(text, start) or _EVENT_AFTER.match(text, end):
        return False
    if match.re is _PATTERNS[0]:  # "the 30 May have died"
        return _VERB_AFTER.match(text, end) is None
    # "In March 12 people died": the number counts people.
    return text[max(0, start - 3) : start].lower() != "in "


def _absolute(match: re.Match[str], article: Article, named: str | None) -> _Reading | None:
    """A day with its month; `named` is the weekday before it, if any."""
    parts = match.groupdict()
    if "mark" in parts:
        day = numeric_day(match)
        return day, "written in full" if day else "day and month cannot be told apart; left as written"
    month, number = month_number(parts["month"]), int(parts["day"])
    if not parts["year"]:
        return _without_year(match, article, named)
    day = make_day(int(parts["year"]), month, number)
    if day is None:
        return None
    weekday = WEEKDAYS[day.weekday()]
    odd = named is not None and not weekday.startswith(named.lower()[:3])
    return day, "written in full" + (f", though that day was a {weekday.capitalize()}" if odd else "")


def _without_year(match: re.Match[str], article: Article, named: str | None) -> _Reading | None:
    """The nearest such day; one more than four months ahead only where the sentence looks ahead."""
    published = _published(article)
    days = days_around(
        month_number(match["month"]), int(match["day"]), published or dt.date(2000, 1, 1), named
    )
    if not days:
        return None
    if published is None:
        return None, _UNDATED
    past = [d for d in days if d <= published]
    ahead = [d for d in days if d > published and (d - published).days <= 300]
    if ahead and _is_future(article, *match.span()):
        return ahead[0], "no year given; the next one after the article's date"
    nearest = min(days, key=lambda d: abs(d - published))
    if past and (nearest - published).days > 120:
        return past[-1], "no year given; the latest one before the article's date"
    return nearest, "no year given; the one nearest to the article's date"


def _published(article: Article) -> dt.date | None:
    # 9999-12-31 stands for "no date" in some feeds, and has no tomorrow.
    return article.day if article.day and 1 < article.day.year < 9999 else None


def _weekday(match: re.Match[str], article: Article) -> _Reading:
    name, lead = match["weekday"].capitalize(), (match["lead"] or "").lower()
    published = _published(article)
    if published is None:
        return None, _UNDATED
    if match["week"]:
        which = match["week"].split()[-2].lower()
        weeks = {"last": -1, "this": 0, "next": 1}[which]
        return weekday_in_week(
            name, published, weeks
        ), f"the {name} of the week {_WEEKS[which]} the article's date"
    if lead in ("last", "this past"):
        day = weekday_before(name, published - dt.timedelta(days=1))
        return day, f"the latest {name} before the article's date"
    if lead in ("next", "this coming"):
        day = weekday_after(name, published + dt.timedelta(days=1))
        return day, f"the first {name} after the article's date"
    if WEEKDAYS[published.weekday()] == name.lower():
        return published, f"the article's own date is a {name}"
    if lead == "this" or _is_future(article, *match.span()):
        return weekday_after(name, published), f"the first {name} after the article's date; it is to come"
    return weekday_before(name, published), f"the latest {name} before the article's date"


_WEEKS = {"last": "before", "this": "of", "next": "after"}


def _is_future(article: Article, start: int, end: int) -> bool:
    """Whether the verb nearest before the words (else behind them) in their sentence speaks of the future."""
    sentence = article.sentence_at(start)
    before = list(_TENSE.finditer(article.text, max(sentence.start, start - 200), start))
    if before:
        return before[-1]["future"] is not None
    after = _TENSE.search(article.text, end, min(sentence.end, end + 120))
    return after is not None and after["future"] is not None


def _relative(match: re.Match[str], published: dt.date | None, quoted: bool) -> _Reading:
    word = match["word"].lower()
    if quoted:
        return None, f"as quoted; the speaker's “{word}” is not told"
    if published is None:
        return None, _UNDATED
    if word in ("yesterday", "last night"):
        return published - dt.timedelta(days=1), "the day before the article's date"
    if word == "tomorrow":
        return published + dt.timedelta(days=1), "the day after the article's date"
    return published, "the article's own date"


def _inside(spans: list[Span], offset: int) -> bool:
    at = bisect_right(spans, offset, key=lambda span: span[0]) - 1
    return at >= 0 and offset < spans[at][1]
