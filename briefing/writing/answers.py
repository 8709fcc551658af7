"""The drafts of one answer: sentences and statements that bear on the question, grouped by who speaks.

A question about a disputed matter never gets our yes or no: it gets what each side says.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from briefing.analysis.disputes import is_outlet_itself, voice_of, weigh_issues
from briefing.analysis.issues import find_view, load_issues
from briefing.reading.parties import PartyLexicon
from briefing.retrieval.evidence import Evidence
from briefing.retrieval.questions import Question
from briefing.types import Article, Citation, Hit, Sentence, Statement
from briefing.writing.drafts import Draft
from briefing.writing.events import Event, IsLoaded, choose_events, draft_event, own_voice
from briefing.writing.page import best_drafts, draft_statement, group_by_sentence
from briefing.writing.relevance import Score, mark_texts, rank_sentences, topic_words

OWN_VOICE = "Reported in the outlets’ own words"
UNNAMED = "Speaker not named"
_MOST_LINES = 10
_MOST_PER_GROUP = 5
_MOST_PER_DAY = 8
_MOST_VIEWS = 3
_OF_A_DAY = frozenset(
    """happen happened happening going took place news latest events overview summary timeline yesterday today
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december day week month""".split()
)
# What a party said bears on the matter asked about from this score on.
BAR = 0.42
_NEAR_BEST = 0.62  # share of the best score below which a sentence is left out


@dataclass(frozen=True)
class AnswerPlan:
    """Either drafts under headings, or the reason why there are none and the sentences that came closest."""

    groups: Mapping[str, tuple[Draft, ...]]
    reason: str = ""
    nearest: tuple[Citation, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Material:
    """What an answer may be made of: the passages found, and the statements of their articles and parties.

    With `party`, the reader wants that party's words alone.
    """

    hits: tuple[Hit, ...]
    statements: tuple[Statement, ...]
    lexicon: PartyLexicon
    is_loaded: IsLoaded
    evidence: Evidence
    party: str | None = None


def plan_day(articles: Sequence[Article], material: Material) -> AnswerPlan:
    """What the outlets tell of a day or days, for "What happened on Thursday?"."""
    told: dict[str, list[Statement]] = {}
    for statement in material.statements:
        told.setdefault(statement.article.id, []).append(statement)
    events = [e for a in articles for e in own_voice(a, told.get(a.id, ()))]
    weighed = [replace(e, loaded=material.is_loaded(e.sentence.text)) for e in events]
    chosen = choose_events(weighed, _MOST_PER_DAY)
    if not chosen:
        return AnswerPlan({}, "No article of these days tells of an event in its own words.")
    return AnswerPlan({OWN_VOICE: tuple(draft_event(e) for e in chosen)})


def asks_for_day(question: Question, lexicon: PartyLexicon) -> bool:
    """Whether the question is "what happened" on a day, and about nothing in particular."""
    dated = question.since is not None or question.until is not None
    return question.kind == "what happened" and dated and not set(topic_words(question, lexicon)) - _OF_A_DAY


def plan_answer(question: Question, material: Material, score: Score) -> AnswerPlan:
    """Choose what answers `question`. `score` gives the nearness of texts to it, 0..1."""
    ranked = rank_sentences(question, material.hits, material.lexicon, score)
    nearest = tuple(Citation(a, s.start, s.end) for _, a, s in ranked[:3])
    if question.quoted and question.kind in ("who said", "what said"):
        return _plan_quoted(question, material, nearest)
    if question.kind in ("what said", "who said") and (question.parties or question.people):
        return _plan_said(question, material, score, nearest)
    return _plan_open(question, material, ranked, nearest)


def _plan_quoted(question: Question, material: Material, nearest: tuple[Citation, ...]) -> AnswerPlan:
    """Who said these very words."""
    phrases = [_fold(p) for p in question.quoted]
    held = [
        s for s in material.statements if s.act != "other" and any(p in _fold(s.content) for p in phrases)
    ]
    if held:
        return AnswerPlan(_grouped(_lines(held, material)))
    own = [
        draft_event(Event(hit.article, sentence, material.is_loaded(sentence.text)))
        for hit in material.hits
        for sentence in hit.article.sentences_in(hit.passage.start, hit.passage.end)
        if any(p in _fold(sentence.text) for p in phrases)
    ]
    if own:
        return AnswerPlan({OWN_VOICE: tuple(own[:_MOST_PER_GROUP])})
    words = "”, “".join(question.quoted)
    return AnswerPlan({}, f"No sentence in these sources has the words “{words}”.", nearest)


def _plan_said(
    question: Question, material: Material, score: Score, nearest: tuple[Citation, ...]
) -> AnswerPlan:
    """What a named party or person said, on the matter asked about if one is named."""
    who = _who(question)
    held = [s for s in material.statements if s.act != "other" and _speaks(s, question)]
    if not held:
        return AnswerPlan({}, f"Nothing in these sources is credited to {who}.", nearest)
    topic = topic_words(question, material.lexicon)
    groups = group_by_sentence(held)
    if topic:
        texts = [" ".join(s.text for s in group[0].sentences) for group in groups]
        marks = mark_texts(question, topic, texts, score)
        best = max(marks)
        if best < BAR:
            return AnswerPlan({}, f"{who} is quoted in these sources, but not on this.", nearest)
        groups = [g for g, m in zip(groups, marks, strict=True) if m >= max(BAR, _NEAR_BEST * best)]
    drafts = [draft_statement(g, material.is_loaded) for g in groups]
    return AnswerPlan(_grouped(drafts))


def _plan_open(
    question: Question,
    material: Material,
    ranked: Sequence[tuple[float, Article, Sentence]],
    nearest: tuple[Citation, ...],
) -> AnswerPlan:
    """Everything near enough to the question, each line with whoever said it."""
    if question.kind == "compare" and (plan := _plan_compare(question, material)) is not None:
        return plan
    evidence = material.evidence
    if not ranked or not evidence.answerable:
        missing = " or ".join(evidence.missing)
        reason = f"These sources do not mention {missing}." if missing else "These sources do not say."
        return AnswerPlan({}, reason, nearest)
    bar = _NEAR_BEST * ranked[0][0]
    chosen = [(a, s) for mark, a, s in ranked if mark >= bar][:_MOST_LINES]
    drafts = [d for article, sentence in chosen for d in _draft_sentence(article, sentence, material)]
    drafts += _views(question, material)
    if material.party is not None:
        drafts = [d for d in drafts if d.party == material.party]
    notes = tuple(f"{name} is not mentioned in these sources." for name in evidence.missing)
    return AnswerPlan(_grouped(drafts), notes=notes)


def _views(question: Question, material: Material) -> list[Draft]:
    """What every side says on the issue that the question is about: nobody who spoke to it is left out
    because another put it in words nearer to the question's."""
    held: dict[str, list[Draft]] = {}
    for issue in load_issues():
        if not issue.find(question.asked):
            continue
        for statement in material.statements:
            if statement.party is None or statement.act in ("other", "believe"):
                continue
            if find_view(statement, issue, material.lexicon) is not None:
                held.setdefault(statement.party, []).extend(_lines([statement], material))
    return [draft for party in sorted(held) for draft in best_drafts(held[party], _MOST_VIEWS)]


def _plan_compare(question: Question, material: Material) -> AnswerPlan | None:
    """The issues on which the parties named (or any, when none is) cannot both be right."""
    said = [s for s in material.statements if not question.parties or s.party in question.parties]
    found = weigh_issues(said, material.lexicon)
    if not found:
        return None
    return AnswerPlan(
        {
            dispute.issue: tuple(d for _, _, held in dispute.sides for d in _lines(held, material))
            for dispute in found[:_MOST_PER_GROUP]
        }
    )


def _draft_sentence(article: Article, sentence: Sentence, material: Material) -> list[Draft]:
    """The statements told in a sentence, or the sentence itself where nobody is credited with it."""
    inside = [
        s
        for s in material.statements
        if s.article.id == article.id
        and s.act != "other"
        and any(a < sentence.end and b > sentence.start for a, b in s.content_spans)
    ]
    covered = sum(
        min(b, sentence.end) - max(a, sentence.start)
        for s in inside
        for a, b in (*s.content_spans, *s.source_spans, *s.cue_spans)
        if a < sentence.end and b > sentence.start
    )
    if inside and covered >= 0.5 * len(sentence.text):
        return _lines(inside, material)
    return [draft_event(Event(article, sentence, material.is_loaded(sentence.text)))]


def _speaks(statement: Statement, question: Question) -> bool:
    if question.people:
        speaker = (statement.speaker or "").lower()
        return any(p.lower().split()[-1] in speaker.split() for p in question.people)
    if statement.party not in question.parties:
        return False
    if question.affiliations:
        mention = statement.mention.lower()
        return any(a == statement.affiliation or a.lower() in mention for a in question.affiliations)
    return True


def _who(question: Question) -> str:
    names = question.people or question.affiliations or question.parties
    return " or ".join(names)


def _lines(statements: Sequence[Statement], material: Material) -> list[Draft]:
    return [draft_statement(g, material.is_loaded) for g in group_by_sentence(statements)]


def _grouped(drafts: Sequence[Draft]) -> dict[str, tuple[Draft, ...]]:
    """Drafts under the party that holds them, in order of first use; no line twice."""
    groups: dict[str, list[Draft]] = {}
    seen: set[str] = set()
    for draft in drafts:
        if draft.text in seen:
            continue
        seen.add(draft.text)
        groups.setdefault(_heading(draft), []).append(draft)
    return {heading: tuple(held[:_MOST_PER_GROUP]) for heading, held in groups.items()}


def _heading(draft: Draft) -> str:
    if draft.party:
        return draft.party
    if not draft.statements or is_outlet_itself(draft.statements[0]):
        return OWN_VOICE
    voice = draft.speaker or voice_of(draft.statements[0])
    return voice[:1].upper() + voice[1:] or UNNAMED


def _fold(text: str) -> str:
    return " ".join(re.sub(r"[“”\"„«»‘’'`]", "", text).lower().split())
