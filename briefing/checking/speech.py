"""Who says what in one sentence, by reporting verb and word order alone: no parse and no model.

Rough on purpose: the verifier sees the cited sentences and nothing else. Statements found by the reader model
are checked beside this, where a caller has them (`verify_claim`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from briefing.checking.days import is_calendar
from briefing.checking.names import name_runs
from briefing.checking.quotations import find_quotations
from briefing.reading.words import Word, find_words, fold, inside, reporting_stems, stem, stopwords
from briefing.types import Span

# Verbs that as often report a fact as a saying ("he added a clause") unless "that" follows.
_FACTUAL = frozenset(
    stem(w) for w in "find show add charge repeat point observe recall answer respond reveal indicate".split()
)
# Verbs of wanting and judging; what they are about is no statement of fact.
_ACTING = frozenset(
    stem(w)
    for w in "call urge demand propose accuse condemn criticise criticize denounce praise describe".split()
)
# What somebody is accused or blamed of is that accuser's word.
_ACCUSING = frozenset(stem(w) for w in "accuse blame".split())
_HOLDING = frozenset(stem(w) for w in "believe think hope fear doubt worry".split())
_TAKES_HEARER = frozenset(stem(w) for w in "tell inform warn remind".split())  # "…”, Kerry told Reuters"
_BEFORE_NOUN = frozenset("a an the his her its their our my your this no any of to".split())
_AFTER_NOUN = frozenset("of for on about from by against over with".split())
# With these as subject such a verb reports: "reports indicate", "witnesses recalled".
_TELLERS = frozenset(
    stem(w)
    for w in """report source witness activist official monitor statement spokesman spokeswoman spokesperson
    ministry minister president government army military police agency group doctor resident commander
    diplomat adviser aide lawyer prosecutor general embassy company analyst expert""".split()
)
_HELPERS = frozenset("had has have was were is are be been would will could can may might did do not".split())
# "…, officials said on Friday afternoon, as …"
_WHEN = frozenset("on late early in a statement last week morning afternoon evening night today".split())
_OCCASION = frozenset("after before during following in at on".split())
_LONGEST_SAID = 60  # words behind a verb among which somebody else may begin to speak
_ALSO = frozenset("and but while whereas".split())
_LEAST_SAID = 4  # words of a clause
_SUBJECT_REACH = 10  # words before or after the reporting verb among which its subject is looked for
BEING = frozenset("was were is are be been being".split())
_NAME_REACH = 4  # words behind "said" in which a verb tells that a clause begins
_LAST_WORDS = 3  # that may end a sentence with who said it: "…, said rescue workers."
_BY_REACH = 6  # words between "was denied" and "by"
_HEARER_REACH = 4  # words that may name who was told
_PART_REACH = 4  # words between "what" and its verb


@dataclass(frozen=True)
class Speech:
    """One reporting verb of a sentence: its subject, as near as word order tells, and the words said.

    `saying` is False for "called for" and "condemned". `part` is True for "what Moscow said were IS
    positions": a credited part of an otherwise uncredited sentence.
    """

    subject: tuple[Word, ...]
    said: tuple[Word, ...]
    saying: bool = True
    part: bool = False

    def names(self) -> tuple[str, ...]:
        """The capitalised names in the subject; days, and words that only open the sentence, left out."""
        small = stopwords()
        runs = [self.subject[a:b] for a, b in name_runs(self.subject)]
        telling = [[w for w in run if w.folded not in small and not is_calendar(w)] for run in runs]
        return tuple(
            " ".join(word.text for word in run)
            for run in telling
            if run and (run[0].start or len(run) > 1 or len(self.subject) == 1)
        )


@cache
def saying_stems() -> frozenset[str]:
    """Stems of the verbs that make what follows somebody's word."""
    return (reporting_stems("say", "deny") | _HOLDING) - _FACTUAL - _ACTING


@lru_cache(maxsize=4096)
def find_speeches(text: str) -> tuple[Speech, ...]:
    """The sayings in one sentence, in order of their verbs; verbs inside quotation marks do not count."""
    words = find_words(text)
    quoted = [(q.start, q.end) for q in find_quotations(text)]
    found = []
    for index, word in enumerate(words):
        if word.capital or not index or not _is_cue(words, index):
            continue
        if inside((word.start, word.end), quoted):
            continue
        speech = _speech(fold(text), words, index)
        if speech is not None:
            found.append(speech)
    return (*found, *_according(words, quoted))


def _according(words: tuple[Word, ...], quoted: Sequence[Span]) -> list[Speech]:
    """ "…, according to X" and "According to X, …"."""
    found = []
    for index, word in enumerate(words[:-2]):
        if word.folded != "according" or words[index + 1].folded != "to":
            continue
        if inside((word.start, word.end), quoted):
            continue
        subject = _clause(words[index + 2 : index + 2 + _SUBJECT_REACH])
        rest = words[index + 2 + len(subject) :]
        found.append(Speech(subject, words[:index] if index else rest))
    return found


def _is_cue(words: Sequence[Word], index: int) -> bool:
    """A reporting verb, and not the noun that looks like it: "his claim", "Moscow's claim", "reports of"."""
    word, before = words[index], words[index - 1]
    after = words[index + 1].folded if index + 1 < len(words) else ""
    if word.stem in _FACTUAL:
        told = any(w.stem in _TELLERS for w in words[max(0, index - _SUBJECT_REACH) : index])
        return told or after in ("that", "") or words[index + 1].opens
    if word.stem in _ACTING or word.stem in _ACCUSING:
        return before.folded not in _BEFORE_NOUN
    if word.stem not in saying_stems() or before.folded in _BEFORE_NOUN or "'" in fold(before.text):
        return False
    return after not in _AFTER_NOUN or word.folded.endswith(("ed", "ing", "aid", "old"))


def _speech(plain: str, words: tuple[Word, ...], index: int) -> Speech | None:
    cue, after = words[index], words[index + 1 :]
    if words[index - 1].folded in BEING and cue.stem not in _HOLDING:
        by = next((i for i, word in enumerate(after[:_BY_REACH]) if word.folded == "by"), None)
        # "Deaths were denied by officials"; without "by" nobody is credited.
        return None if by is None else Speech(_clause(after[by + 1 :]), words[: index - 1])
    start = _subject_start(words, index)
    # "Dean, a physician, went on air, saying …": the subject may stand far back.
    far = cue.opens or cue.folded.endswith("ing") or words[index - 1].folded == "and"
    near = words[0 if far else max(0, index - _SUBJECT_REACH) : index]
    if _begins_other(words, start, index):
        near = words[start:index]
    if cue.stem in _ACTING or cue.stem in _ACCUSING:
        return Speech(near, after, saying=cue.stem in _ACCUSING)
    if plain[cue.end : cue.end + 4].lstrip(", ").startswith((":", '"')):
        return Speech(near, after)
    named = bool(after) and after[0].capital and not _goes_on(after)
    inverted = cue.stem not in _TAKES_HEARER and (named or (bool(after) and _names_teller(after)))
    if inverted and plain[: cue.start].rstrip().endswith((",", '"')):
        return Speech(after[:_SUBJECT_REACH], words[:index])
    closed = plain[: words[start].start].rstrip().endswith('"')
    rest = next((i for i, w in enumerate(after) if not w.capital and w.folded not in _WHEN), len(after))
    if cue.stem in _TAKES_HEARER and len(after) <= _HEARER_REACH and not any(w.opens for w in after):
        rest = len(after)  # "…, two officers told the tribunal."
    if _tells_when(after) and start >= _LEAST_SAID and plain[: words[start].start].rstrip().endswith(","):
        return Speech(words[start:index], words[:start])
    if start and (closed or rest == len(after) or after[rest].opens):
        # "The bridge, he said, was hit": what is said goes on behind the verb.
        return Speech(words[start:index], words[:start] if closed else words[:start] + after)
    if any(word.folded == "what" for word in words[max(0, index - _PART_REACH) : index]):
        return Speech(near, _clause(after), part=True)
    return Speech(near, _up_to_other(after)) if after else None


def _begins_other(words: tuple[Word, ...], start: int, index: int) -> bool:
    """Whether the clause from `start` to the verb at `index` gives the word to somebody else: ", and Naimi
    said"."""
    return words[start].folded in _ALSO and start + 1 < index and words[start + 1].capital


def _up_to_other(after: tuple[Word, ...]) -> tuple[Word, ...]:
    """What is said, without a clause behind it in which somebody else says something."""
    for index in range(1, min(len(after), _LONGEST_SAID)):
        start = _subject_start(after, index)
        if start and _is_cue(after, index) and _begins_other(after, start, index):
            return after[:start]
    return after


def _tells_when(after: tuple[Word, ...]) -> bool:
    """Whether "said" is followed only by when or where it was said: "said after the meeting in Oslo"."""
    if not after or after[0].folded not in _OCCASION or len(after) > _SUBJECT_REACH:
        return False
    return not any(
        w.opens or w.folded in _HELPERS or (w.text.islower() and w.text[-2:] == "ed") for w in after
    )


def _goes_on(after: tuple[Word, ...]) -> bool:
    """Whether "said" is followed by a clause and not by who said it: ", said Russia was carrying out …"."""
    return any(word.folded in _HELPERS for word in _clause(after[:_NAME_REACH]))


def _names_teller(after: tuple[Word, ...]) -> bool:
    """Whether "said" is followed by who said it and no more: "said a Turkish official who …"."""
    subject: list[Word] = []
    for word in _clause(after[:_SUBJECT_REACH]):
        if word.folded in ("who", "which", "that", "in", "on", "at"):
            break
        subject.append(word)
    verbs = any(w.folded in _HELPERS or w.folded.endswith("ed") for w in subject)
    last = len(after) <= _LAST_WORDS and not any(w.opens for w in after)
    return not verbs and (last or any(word.stem in _TELLERS for word in subject))


def _clause(words: tuple[Word, ...]) -> tuple[Word, ...]:
    stop = next((index for index, word in enumerate(words) if word.opens), len(words))
    return words[:stop]


def _subject_start(words: tuple[Word, ...], index: int) -> int:
    """Where the subject right before the verb at `index` begins: at the last clause break."""
    start = index - 1
    while start > 0 and not words[start].opens:
        start -= 1
    return start
