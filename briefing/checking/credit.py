"""Who is credited: a speaker must not be swapped, and "Moscow says X" must not become "X"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from briefing.checking.alignment import Cited
from briefing.checking.coverage import asked_words, synonyms
from briefing.checking.days import is_calendar
from briefing.checking.names import Aliases, is_known, name_runs, same_name
from briefing.checking.quotations import find_quotations
from briefing.checking.speech import Speech, find_speeches, saying_stems
from briefing.reading.words import Word, find_words, reporting_stems, stem, stopwords
from briefing.types import Statement

_CREDITED_AS = re.compile(
    r"\b(?:according to|in the words of|in .{1,30} view|reportedly|allegedly|purportedly|"
    r"reports? (?:from|of|that|say|said|indicated?)|accus\w+|critici\w+|condemn\w+|denounc\w+|"
    r"call(?:s|ed|ing)? (?:for|on|it)|urg(?:e|ed|es|ing)|demand(?:s|ed|ing)?|describ\w+|"
    r"appeal(?:s|ed|ing)? (?:for|to)|questioned|defended)\b",
    re.IGNORECASE,
)
_PRONOUNS = frozenset("he she it they we i you who which that this one".split())
# What our own text may call a speaker whom no sentence names.
_NAMELESS = frozenset(
    stem(w)
    for w in "unnamed unidentified speaker somebody someone person people member source official".split()
)
_TELLING_OF = frozenset("who whose which whom where".split())
_DENYING = frozenset(
    """not no never neither nor without before after unless would could will might may must should
    something""".split()
)
_ARTICLES = frozenset("a an the of and in for".split())
_POINTING = frozenset("the his her its their this that these those".split())
_ROOT = 6  # letters that words of one root share
_MOSTLY = 0.9  # share of the claim's words that must stand inside what somebody said


class WrongSpeaker(NamedTuple):
    """Why it was not whom a text credits; a guess where he is only described in words that no source has."""

    reason: str
    guessed: bool


def wrong_speaker(text: str, cited: Cited, aliases: Aliases | None) -> WrongSpeaker | None:
    """A reason where the cited sentences do not have the speaker that `text` credits, or another says it."""
    common = {word.folded for words in cited.words for word in words if word.text.islower()}
    inner = {
        word.text
        for words in cited.words
        for word in words
        if word.start and word.capital and word.folded not in stopwords()
    }
    for mine in _own_sayings(text):
        strange = [word for word in _without_clause(mine.subject) if not _is_there(word, cited)]
        names = [n for n in mine.names() if not common.issuperset(w.folded for w in find_words(n))]
        if mine.subject[0].text in inner:
            names = names or [mine.subject[0].text]
        if strange and not names:
            reason = f"the cited sentences hold no “{strange[0].text}” that could have said this"
            return WrongSpeaker(reason, guessed=True)
        for index in cited.leaned_on(mine.said)[:1]:
            sayings = _reporting(mine.said, index, cited)
            if sayings and not any(_may_be(mine, names, s, (index, cited, aliases)) for s in sayings):
                other = next((name for s in sayings for name in s.names()), "somebody else")
                who = names[0] if names else " ".join(word.text for word in mine.subject)
                return WrongSpeaker(f"the cited sentences credit {other} with this, not {who}", guessed=False)
    return None


def _without_clause(subject: Sequence[Word]) -> Sequence[Word]:
    """Who speaks, without what is told of him: "Nilsson, who sits on the board"."""
    told = next((i for i, word in enumerate(subject) if word.folded in _TELLING_OF), len(subject))
    return subject[:told]


def _own_sayings(text: str) -> list[Speech]:
    """The sayings of `text` whose subject is plain: at its beginning, or behind what is said."""
    words = find_words(text)
    return [
        speech
        for speech in find_speeches(text)
        if speech.subject
        and (speech.subject[0] == words[0] or (speech.said and speech.said[0] == words[0]) or _heads(text))
    ]


def _heads(text: str) -> bool:
    return text[:9].casefold() == "according"


def _may_be(
    mine: Speech, names: Sequence[str], theirs: Speech, where: tuple[int, Cited, Aliases | None]
) -> bool:
    """Whether the subject of `mine` may be that of `theirs`, one way or another of naming it."""
    index, cited, aliases = where
    named = [name for name in theirs.names() if not _opens_only(name, theirs, cited)]
    if names:
        others = theirs.names() or _names_outside(theirs, index, cited)
        if not any(same_name(one, name, aliases) for one in names for name in others):
            return False
        plain = {w.folded for name in names for w in find_words(name)}
        bare = all(w.folded in plain or w.folded in stopwords() for w in mine.subject)
        return bool(named) or _capital(theirs) or (bare and _pointing(theirs)) or _alike(mine, theirs)
    return bool(named) or _pronoun(theirs) or _alike(mine, theirs)


def _opens_only(name: str, speech: Speech, cited: Cited) -> bool:
    """Whether a lone capital word may owe its capital to the sentence it opens: "Investigators said"."""
    first = speech.subject[0]
    if first.start or name != first.text or name.isupper():
        return False
    return not any(w.start and w.text == name for words in (*cited.words, cited.granted) for w in words)


def _capital(speech: Speech) -> bool:
    """Whether a subject holds a name, or a first word that may be one."""
    names = [word for word in speech.subject if word.capital and not is_calendar(word)]
    return any(word.start or word.folded not in stopwords() for word in names)


def _pronoun(speech: Speech) -> bool:
    return not speech.subject or speech.subject[-1].folded in _PRONOUNS


def _pointing(speech: Speech) -> bool:
    """Whether a subject points back to somebody named before: "he", "the minister"; not "a spokesman"."""
    return _pronoun(speech) or any(word.folded in _POINTING for word in speech.subject)


def _alike(mine: Speech, theirs: Speech) -> bool:
    """Whether two subjects without a common name share a word that tells: "officials", "a ministry"."""
    ours = {w.stem for w in mine.subject if w.folded not in stopwords()}
    ours = ours.union(*(synonyms().get(stem_, ()) for stem_ in ours))
    other = {w.stem for w in theirs.subject if w.folded not in stopwords()}
    return not other or not ours or bool(ours & other) or bool((ours | other) & _NAMELESS)


def _reporting(words: Sequence[Word], index: int, cited: Cited) -> list[Speech]:
    """The sayings of one cited sentence that hold nearly all it has of `words`."""
    sentence = cited.words[index]
    return [s for s in find_speeches(cited.texts[index]) if _shared(words, s.said, sentence) >= _MOSTLY]


def _names_outside(speech: Speech, index: int, cited: Cited) -> list[str]:
    """Names that may stand behind “he said”: all of the cited sentences but those inside what is said."""
    said = {word.start for word in speech.said}
    found = []
    for number, words in enumerate(cited.words):
        free = [word for word in words if number != index or word.start not in said]
        found += [" ".join(word.text for word in free[a:b]) for a, b in name_runs(free)]
    return [*found, " ".join(word.text for word in cited.granted)]


def _is_there(word: Word, cited: Cited) -> bool:
    if word.folded in stopwords() or word.folded in _PRONOUNS or word.stem in _NAMELESS | _DENYING:
        return True
    if word.capital and (word.start or is_known(word, cited)):
        return True  # names are checked with all the others
    if word.folded.endswith(("ed", "ing")) or any(s.startswith(word.folded[:_ROOT]) for s in cited.folded):
        return True  # "a resident reached by phone"; "the prosecution" of "prosecutors"
    return not cited.stems.isdisjoint(synonyms().get(word.stem, frozenset()) | {word.stem})


def dropped_speaker(text: str, cited: Cited) -> str | None:
    """A reason where `text` says in its own voice what the sentence it leans on only reports."""
    words = find_words(text)
    for index in cited.leaned_on(words)[:1]:
        every = [speech for speech in find_speeches(cited.texts[index]) if speech.saying]
        speeches = [s for s in every if _shared(words, s.said) >= _MOSTLY]
        speeches = speeches or [s for s in every if s.part and _shared(s.said, words) > 0]
        outer = max((s for s in speeches if s.subject), key=lambda s: len(s.said), default=None)
        if outer is not None and not (_same_subject(text, outer) or is_credited(text, outer.said)):
            who = (*outer.names(), "somebody")[0]
            return f"the cited sentence credits this to {who}; the text drops the credit"
    return None


def _same_subject(text: str, speech: Speech) -> bool:
    """Whether `text` begins with a saying of the same subject: "He said …" of "…, he said"."""
    mine = find_speeches(text)[:1]
    theirs = {word.folded for word in speech.subject} - _ARTICLES
    return any(word.folded in theirs for saying in mine for word in saying.subject)


def is_credited(text: str, said: Sequence[Word] = ()) -> bool:
    """Whether `text` credits its content to somebody: a reporting verb, "according to", mostly quoted words.

    Reporting verbs that belong to what is `said` do not count: "she promised X" does not credit X to him in
    "he said she promised X".
    """
    # A mark that is never opened quotes nothing to a reader.
    quotations = [q for q in find_quotations(text) if q.start and q.end < len(text)]
    if sum(q.end - q.start for q in quotations) * 2 > len(text):
        return True
    cues = saying_stems() | reporting_stems("decline")
    own = [word.stem for word in find_words(text) if word.stem in cues and not word.capital]
    inner = [word for word in said if word.stem in own and not word.capital]
    span = " ".join(word.text for word in said)
    return len(own) + len(_CREDITED_AS.findall(text)) > len(inner) + len(_CREDITED_AS.findall(span))


def _shared(words: Sequence[Word], said: Sequence[Word], among: Sequence[Word] | None = None) -> float:
    """The share of the asked words (of those in `among`, if given) that stand among the words `said`."""
    asked = {word.stem for word in asked_words(words)}
    if among is not None:
        asked &= {word.stem for word in among}
    return len(asked & {word.stem for word in said}) / len(asked) if asked else 0.0


def verify_credit(speaker: str | None, party: str | None, statements: Sequence[Statement]) -> str | None:
    """None where one of `statements` (those at the cited spans) has this speaker and party, else why not.

    A speaker may be named as resolved ("Sergei Lavrov", "Lavrov") or as the article writes the source
    ("a defence official"). A claim that credits nobody is `drops_credit`'s concern.
    """
    if speaker is None and party is None:
        return None
    credited = " for ".join(part for part in (speaker, party) if part)
    if not statements:
        return f"the cited sentences credit nobody, so not {credited}"
    if any(is_of(statement, speaker, party) for statement in statements):
        return None
    first = statements[0]
    other = first.speaker or first.mention or first.party or "a speaker the text does not name"
    return f"the cited sentences credit {other} with this, not {credited}"


def is_of(statement: Statement, speaker: str | None, party: str | None) -> bool:
    """Whether a statement is this speaker's and this party's, where they are given."""
    names = [name for name in (statement.speaker, statement.mention, statement.affiliation) if name]
    right_speaker = speaker is None or any(same_name(speaker, name, None) for name in names)
    return right_speaker and (party is None or party == statement.party)


def lends_credit(text: str, statements: Sequence[Statement], sources: Sequence[str]) -> str | None:
    """A reason where `text` has somebody say something and nobody speaks in the cited sentences."""
    sayings = [s for s in find_speeches(text)[:1] if s.saying and not s.part and s.subject]
    if statements or not sayings or any(find_speeches(source) for source in sources):
        return None
    return f"the cited sentences credit nobody, so not {' '.join(w.text for w in sayings[0].subject)}"


def drops_credit(text: str, statements: Sequence[Statement]) -> str | None:
    """A reason where an uncredited `text` only says what lies inside what a statement reports."""
    words = find_words(text)
    for statement in statements:
        said = find_words(statement.content)
        if statement.source_spans and _shared(words, said) >= _MOSTLY and not is_credited(text, said):
            who = statement.speaker or statement.mention or "somebody"
            return f"the cited sentence credits this to {who}; the text drops the credit"
    return None


def fitting_statements(text: str, statements: Sequence[Statement]) -> list[Statement]:
    """The statements whose content shares most words with `text`, best first."""
    words = find_words(text)
    shares = [_shared(words, find_words(statement.content)) for statement in statements]
    best = max(shares, default=0.0)
    order = sorted(range(len(shares)), key=lambda index: (-shares[index], index))
    return [statements[index] for index in order if shares[index] >= 0.8 * best]
