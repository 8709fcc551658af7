"""The sentences an answer may be made of: of the passages found, and of those whose word is asked for."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from briefing.retrieval.days import DaysNamed
from briefing.retrieval.questions import Question
from briefing.types import Article, Hit, Sentence, Statement

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
    names = {outlet.casefold() for outlet in outlets}
    return any(names & set(f"{s.mention} {s.speaker or ''}".casefold().split()) for s in one.statements)


def is_voice(statement: Statement, question: Question) -> bool:
    """Whether somebody whose word the question asks for is credited with the statement."""
    if statement.act == "other":
        return False
    speaker = (statement.speaker or "").lower().split()
    if any(person.lower().split()[-1] in speaker for person in question.voice_people):
        return True
    if statement.party not in question.voices:
        return False
    if question.affiliations:
        mention = statement.mention.lower()
        return any(a == statement.affiliation or a.lower() in mention for a in question.affiliations)
    return True


def days_of(question: Question, article: Article) -> tuple[float, float]:
    """Whether an article is of the days asked about, and whether of others; neither where none are."""
    days = question.whole.days
    if not days or article.day is None:
        return 0.0, 0.0
    within = any(
        (d.first or article.day) <= article.day <= ((d.last + REPORTED_WITHIN) if d.last else article.day)
        or _names_day(article.text, d)
        for d in days
    )
    return float(within), float(not within)


def _names_day(text: str, days: DaysNamed) -> bool:
    """Whether a text names the one day asked about: "6 April", "Apr. 6"."""
    if days.first is None or days.first != days.last:
        return False
    day, month = days.first.day, days.first.strftime("%B")
    short = rf"(?:{month}|{month[:3]}\.?)"
    return re.search(rf"\b(?:{day}(?:st|nd|rd|th)? {short}|{short} {day})\b", text) is not None
