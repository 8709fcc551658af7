"""The sentences an answer may be made of: of the passages found, and of those whose word is asked for."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from briefing.reading.calendar_words import MONTHS
from briefing.reading.persons import IN_NO_NAME
from briefing.reading.question_days import DaysNamed
from briefing.retrieval.naming import whole_words
from briefing.retrieval.people import is_persons_name, name_words
from briefing.retrieval.questions import Question
from briefing.types import Article, Hit, Sentence, Statement

_HALF_A_YEAR = dt.timedelta(days=183)
REPORTED_WITHIN = dt.timedelta(days=5)  # news of a day is told on it and on the next ones


@dataclass(frozen=True)
class Candidate:
    """A sentence that may answer, with the statements told in it and where its passage stood (from 0)."""

    article: Article
    sentence: Sentence
    statements: tuple[Statement, ...] = ()
    rank: int = 99


def gather(question: Question, hits: Sequence[Hit], statements: Sequence[Statement]) -> list[Candidate]:
    """Every sentence of the passages found, and every one in which somebody asked for their word speaks."""
    told: dict[tuple[str, int], list[Statement]] = {}
    for statement in statements:
        for sentence in statement.sentences:
            told.setdefault((statement.article.id, sentence.index), []).append(statement)
    found: dict[tuple[str, int], Candidate] = {}

    def keep(article: Article, sentence: Sentence, rank: int) -> None:
        key = (article.id, sentence.index)
        if key not in found:
            found[key] = Candidate(article, sentence, tuple(told.get(key, ())), rank)

    admitted = _admitted(question, [hit.article for hit in hits])
    for rank, hit in enumerate(hits):
        if hit.article.id not in admitted:
            continue
        for sentence in hit.article.sentences_in(hit.passage.start, hit.passage.end):
            keep(hit.article, sentence, rank)
    if question.voices:
        spoken = [s for s in statements if is_voice(s, question)]
        admitted |= _admitted(question, [s.article for s in spoken])
        for statement in spoken:
            if statement.article.id in admitted:
                for sentence in statement.sentences:
                    keep(statement.article, sentence, len(hits))
    return list(found.values())


def _admitted(question: Question, articles: Sequence[Article]) -> set[str]:
    """The articles of the days that the question names, as far as there are any."""
    by_day = [article for article in articles if not days_of(question, article)[1]] or articles
    return {article.id for article in by_day}


def is_from(outlets: Sequence[str], one: Candidate) -> bool:
    """Whether the sentence is by one of the outlets, or tells what one of them said."""
    if one.article.outlet in outlets:
        return True
    told_by = [" ".join(text.split()) for s in one.statements for text in (s.mention, s.speaker or "")]
    whole = [whole_words(outlet, re.IGNORECASE) for outlet in outlets]
    return any(name.search(text) for name in whole for text in told_by)


def is_voice(statement: Statement, question: Question) -> bool:
    """Whether somebody whose word the question asks for is credited with the statement."""
    if statement.act == "other":
        return False
    if any(_goes_by(person, statement.speaker or "") for person in question.voice_people):
        return True
    if statement.party not in question.voices:
        return False
    if question.affiliations:
        mention = statement.mention.lower()
        return any(a == statement.affiliation or a.lower() in mention for a in question.affiliations)
    return True


def _goes_by(person: str, speaker: str) -> bool:
    """Whether a speaker may be that person or body: "Clinton" is Hillary Clinton, "Bill Clinton" is not. A
    person may have a title besides, or a name that was left out."""
    asked, said = name_words(person), name_words(speaker)
    if asked[-1:] != said[-1:]:
        return False
    if not is_persons_name(person):
        return set(said) <= set(asked)
    return set(said) - IN_NO_NAME <= set(asked) or set(asked) <= set(said)


def days_of(question: Question, article: Article) -> tuple[float, float]:
    """Whether an article is of the days asked about, and whether of others; neither where none are."""
    days = question.whole.days
    if not days or article.day is None:
        return 0.0, 0.0
    within = any(
        (d.first or article.day) <= article.day <= ((d.last + REPORTED_WITHIN) if d.last else article.day)
        or _names_day(article.text, article.day, d)
        for d in days
    )
    return float(within), float(not within)


def _names_day(text: str, published: dt.date, days: DaysNamed) -> bool:
    """Whether a text names the one day asked about: "6 April", "Sept. 6, 2017"; without a year it is the one
    nearest to the day on which the text was published."""
    asked = days.first
    if asked is None or asked != days.last:
        return False
    month = MONTHS[asked.month - 1].title()
    short = rf"(?:{month}|{month[:3]}t?\.?)"  # "Sept." has four letters
    day = rf"{asked.day}(?:st|nd|rd|th)?"
    named = rf"\b(?:{day}(?: of)? {short}|{short} {day})(?!\w)(?:,? ((?:19|20)\d\d)\b|(?![,.:]?\d))"
    near = abs(published - asked) < _HALF_A_YEAR
    return any(int(year) == asked.year if year else near for year in re.findall(named, text))
