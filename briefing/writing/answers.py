"""The drafts of one answer: sentences and statements that bear on the question, grouped by who speaks.

A question about a disputed matter never gets our yes or no: it gets what each side says.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from briefing.analysis.disputes import weigh_issues
from briefing.reading.parties import PartyLexicon
from briefing.retrieval.evidence import Evidence
from briefing.retrieval.matter import Matter
from briefing.retrieval.questions import Question
from briefing.types import Article, Citation, Hit, Statement
from briefing.writing.candidates import Candidate, gather, is_voice
from briefing.writing.choosing import Ranked, best_chance, choose_enough, choose_other_sides
from briefing.writing.drafts import Draft
from briefing.writing.events import Event, IsLoaded, choose_events, draft_event, own_voice
from briefing.writing.features import Score
from briefing.writing.grouping import OWN_VOICE, draft_candidate, draft_lines, group_drafts, newest_first
from briefing.writing.relevance import best_of_parts, rank_candidates

_FAR_BELOW = 0.5  # of the likeliest probability: from there down those asked have said nothing on the matter
_TOLD_BY_OTHERS = 0.8  # what a line counts that is not by whom the question seems to ask
_MOST_PER_DAY = 8
_MOST_PER_GROUP = 5
_FEW_TERMS = 2  # a matter of so few words ("Who was hit by the strikes?") is anybody's to speak to


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
    matter: Matter
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


def asks_for_day(question: Question, matter: Matter) -> bool:
    """Whether the question is "what happened" on a day, and about nothing in particular."""
    dated = question.since is not None or question.until is not None
    return question.kind == "what happened" and dated and not matter.terms


def plan_answer(question: Question, material: Material, score: Score) -> AnswerPlan:
    """Choose what answers `question`. `score` gives the nearness of texts to it, -1..1."""
    candidates = gather(question, material.hits, material.statements)
    ranked = rank_candidates(question, material.matter, candidates, material.lexicon, score)
    nearest = tuple(Citation(c.article, c.sentence.start, c.sentence.end) for _, c in ranked[:3])
    if question.quoted and question.kind in ("who said", "what said"):
        return _plan_quoted(question, material, nearest)
    if question.voices and not question.parts:
        return _plan_voices(question, material, ranked, nearest)
    clauses = best_of_parts(question, ranked, score) if material.evidence.answerable else []
    return _plan_open(question, material, ranked, clauses, nearest)


def _plan_quoted(question: Question, material: Material, nearest: tuple[Citation, ...]) -> AnswerPlan:
    """Who said these very words. With a party, none are the outlets' own: they may be another side's."""
    phrases = [_fold(p) for p in question.quoted]
    held = [
        s for s in material.statements if s.act != "other" and any(p in _fold(s.content) for p in phrases)
    ]
    if held:
        return AnswerPlan(group_drafts(draft_lines(held, material.is_loaded), question))
    words = "”, “".join(question.quoted)
    if material.party is not None:
        reason = f"Nothing in these sources with the words “{words}” is credited to {material.party}."
        return AnswerPlan({}, reason, nearest)
    own = [
        draft_event(Event(hit.article, sentence, material.is_loaded(sentence.text)))
        for hit in material.hits
        for sentence in hit.article.sentences_in(hit.passage.start, hit.passage.end)
        if any(p in _fold(sentence.text) for p in phrases)
    ]
    if own:
        return AnswerPlan({OWN_VOICE: tuple(own[:_MOST_PER_GROUP])})
    return AnswerPlan({}, f"No sentence in these sources has the words “{words}”.", nearest)


def _plan_voices(
    question: Question, material: Material, ranked: Sequence[Ranked], nearest: tuple[Citation, ...]
) -> AnswerPlan:
    """What somebody named said, on the matter asked about if there is one."""
    who = _who(question)
    question = _with_bodies_that_speak(question, material.statements)
    held = [s for s in material.statements if is_voice(s, question)]
    if not held:
        return AnswerPlan({}, f"Nothing in these sources is credited to {who}.", nearest)
    if not material.matter.terms:
        if question.kind == "compare" and (plan := _plan_compare(question, material)) is not None:
            return plan
        return AnswerPlan(group_drafts(draft_lines(newest_first(held), material.is_loaded), question))
    drafts: list[Draft] = []
    silent: list[str] = []
    for names in _voices(question) if _have_word(question, ranked) else ():
        only = replace(question, voices=names)
        spoken = [(p, c) for p, c in ranked if any(is_voice(s, only) for s in c.statements)]
        lines = [
            d
            for c in choose_enough(spoken, only, material.evidence)
            for d in draft_candidate(c, material.is_loaded)
        ]
        lines = [d for d in lines if any(is_voice(s, only) for s in d.statements)]
        drafts += lines
        if not lines:
            silent.append(" or ".join(names))
    if drafts:
        groups = group_drafts(drafts, question)
        return AnswerPlan(groups, notes=tuple(f"Nothing on this is credited to {name}." for name in silent))
    # Others may tell it, and the question may only have mentioned who seemed to be asked for his word.
    told = _plan_open(question, material, [(_TOLD_BY_OTHERS * p, c) for p, c in ranked], (), nearest)
    if told.groups:
        return replace(told, notes=(f"Nothing on this is credited to {who}.", *told.notes))
    return AnswerPlan({}, f"{who} is quoted in these sources, but not on this.", nearest)


def _have_word(question: Question, ranked: Sequence[Ranked]) -> bool:
    """Whether what those asked say is about as likely an answer as what others tell."""
    spoken = [(p, c) for p, c in ranked if any(is_voice(s, question) for s in c.statements)]
    return best_chance(spoken) >= _FAR_BELOW * best_chance(ranked)


def _voices(question: Question) -> list[tuple[str, ...]]:
    """The parties asked for their word one by one, and the people together: one name may be several."""
    parties: list[tuple[str, ...]] = [(name,) for name in question.voice_parties]
    return [*parties, question.voice_people] if question.voice_people else parties


def _with_bodies_that_speak(question: Question, statements: Sequence[Statement]) -> Question:
    """The question without the bodies it names ("the Pentagon") where only their party is credited."""
    if question.affiliations and not any(is_voice(s, question) for s in statements):
        return replace(question, affiliations=())
    return question


def _plan_open(
    question: Question,
    material: Material,
    ranked: Sequence[Ranked],
    clauses: Sequence[Candidate],
    nearest: tuple[Citation, ...],
) -> AnswerPlan:
    """Everything that answers the question, or one of its clauses, each line with whoever said it."""
    if question.kind == "compare" and not material.matter.terms:
        plan = _plan_compare(question, material)
        if plan is not None:
            return plan
    evidence = material.evidence
    chosen = list(dict.fromkeys([*choose_enough(ranked, question, evidence), *clauses]))
    if question.kind in ("yes or no", "compare") or len(material.matter.terms) <= _FEW_TERMS:
        chosen += choose_other_sides(question, ranked, chosen, material.lexicon)
    drafts = [d for c in chosen for d in draft_candidate(c, material.is_loaded)]
    if question.kind == "who said":
        drafts = [d for d in drafts if d.statements]
    if material.party is not None:
        drafts = [d for d in drafts if d.party == material.party]
    if not drafts:
        missing = " or ".join(evidence.missing)
        reason = f"These sources do not mention {missing}." if missing else "These sources do not say."
        return AnswerPlan({}, reason, nearest)
    notes = tuple(f"{name} is not mentioned in these sources." for name in evidence.missing)
    return AnswerPlan(group_drafts(drafts, question), notes=notes)


def _plan_compare(question: Question, material: Material) -> AnswerPlan | None:
    """The issues on which the parties named (or any, when none is) cannot both be right."""
    said = [s for s in material.statements if not question.parties or s.party in question.parties]
    found = weigh_issues(said, material.lexicon)
    if not found:
        return None
    return AnswerPlan(
        {
            dispute.issue: tuple(
                d for _, _, held in dispute.sides for d in draft_lines(held, material.is_loaded)
            )
            for dispute in found[:_MOST_PER_GROUP]
        }
    )


def _who(question: Question) -> str:
    """Whose word is asked for; of several people of one name the one that was typed, or else the first."""
    people: dict[str, str] = {}
    for name in sorted(question.voice_people, key=lambda name: name not in question.asked):
        people.setdefault(name.split()[-1], name)
    return " or ".join((*people.values(), *(question.affiliations or question.voice_parties)))


def _fold(text: str) -> str:
    return " ".join(re.sub(r"[“”\"„«»‘’'`]", "", text).lower().split())
