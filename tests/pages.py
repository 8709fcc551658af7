"""A whole answer and a whole briefing, with something in every part, made of any text."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from briefing.types import (
    Answer,
    Article,
    Briefing,
    Citation,
    ClaimGroup,
    DateMention,
    Dispute,
    Origin,
    Position,
    Searched,
    Unheard,
)
from tests.factories import make_article, make_claim

TEXT = (
    "Oman said the road was open. Qatar denied that the road was open on Monday. "
    "Rain fell all night. “Nobody came,” he said. Peru sent two ships."
)


def make_answer(article: Article | None = None) -> Answer:
    """Two parties, one line with a note, one shared receipt, one note on the page."""
    article = article or make_article(TEXT, title="Road shut")
    oman = make_claim("Oman said the road was open.", article, [0], party="Oman", speaker="Oman")
    qatar = make_claim(
        "Qatar denied it.", article, [1, 0], party="Qatar", speaker="Qatar", notes=("in the source’s words",)
    )
    return Answer(
        question="and the road?",
        asked="Was the road open?",
        groups=(ClaimGroup("Oman", (oman,), "Oman"), ClaimGroup("Qatar", (qatar,), "Qatar")),
        abstained=False,
        reason="",
        nearest=(),
        searched=Searched(
            2, ("Harbour Gazette",), dt.date(2021, 3, 4), dt.date(2021, 3, 5), 1, ("Oman", "Qatar")
        ),
        notes=("One line was left out.",),
    )


def make_decline(article: Article | None = None) -> Answer:
    article = article or make_article(TEXT)
    sentence = article.sentences[2]
    return replace(
        make_answer(article),
        groups=(),
        abstained=True,
        reason="These sources do not say.",
        nearest=(Citation(article, sentence.start, sentence.end),),
        notes=(),
    )


def make_briefing(article: Article | None = None) -> Briefing:
    """A page with every part filled."""
    article = article or make_article(TEXT, title="Road shut")
    oman = make_claim("Oman said the road was open.", article, [0], party="Oman", speaker="Oman")
    qatar = make_claim("Qatar denied it.", article, [1], party="Qatar", speaker="Qatar")
    day = article.text.find("Monday")
    peru = article.sentences[-1]
    return Briefing(
        title="Briefing, 4 March 2021",
        since=dt.date(2021, 3, 4),
        until=None,
        topic="roads",
        articles=(article,),
        happened=(make_claim("Rain fell all night.", article, [2]),),
        positions=(ClaimGroup("Oman", (oman,), "Oman"),),
        reports=(make_claim("Reports said two men died.", article, [2]),),
        disputes=(
            Dispute(
                "Was it open?", (Position("Oman", "affirms", (oman,)), Position("Qatar", "denies", (qatar,)))
            ),
        ),
        unnamed=(make_claim("An unnamed speaker said: “Nobody came”.", article, [3]),),
        not_heard=(Unheard("Peru", 2, Citation(article, peru.start, peru.end)),),
        dates=(DateMention(Citation(article, day, day + 6), dt.date(2021, 3, 1), "the Monday before"),),
        origins=(Origin((article,)),),
        notes=("One line was left out.",),
    )
