"""Words of a sentence as sentences are compared: folded spelling, stem, and where a clause begins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from briefing.reading.attribution.reporting import reporting_verbs
from briefing.types import Span

_DATA = Path(__file__).parent.parent / "data"

# One character for one character, so that offsets survive folding.
_FOLDED = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»″＂「」『』", '"'),
        **dict.fromkeys("‘’‚‛′`´ʼ‹›＇", "'"),
        **dict.fromkeys("‐‑‒–—―−﹘－", "-"),
        **dict.fromkeys("\u00a0\u202f\u205f\u3000\t\n\r\v\f" + "".join(map(chr, range(0x2000, 0x200B))), " "),
    }
)
_WORD = re.compile(r"[^\W_]+(?:[.'&][^\W_]+)*")
_BREAK = re.compile(r"[,;:()\[\]\"…]|--|\s-\s|\.\.")
_NO_PLURAL = frozenset("news politics series species physics perhaps always".split())
# In capitals these are names (the United States, Islamic State, the World Health Organization): a rule that
# passes over stop words would pass over a side.
_INITIALS = frozenset("us is who it".split())
_CLAUSE_OPENERS = frozenset("but although though while whereas because unless".split())


@dataclass(frozen=True, slots=True)
class Word:
    """`text` as written; `folded` in lower case without a possessive ending; `opens` a new clause or not.

    A name that reads like a stop word ("US", "U.S.", "WHO") is folded with a point: "us." is not "us".
    """

    text: str
    start: int
    end: int
    folded: str
    stem: str
    opens: bool

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()


def fold(text: str) -> str:
    """`text` with one plain form for every quotation mark, apostrophe, dash and space; same length."""
    return text.translate(_FOLDED)


@lru_cache(maxsize=4096)
def find_words(text: str) -> tuple[Word, ...]:
    """`split_words` for sentences, which are compared again and again: the last few thousand are kept."""
    return split_words(text)


def split_words(text: str) -> tuple[Word, ...]:
    """The words of `text` in order. Hyphens part words; full stops and apostrophes inside do not."""
    folded = fold(text)
    shouted = text.isupper()
    words = []
    last = 0
    for match in _WORD.finditer(folded):
        start, end = match.span()
        plain = _plain(match.group())
        if plain in _INITIALS and _is_capital(match.group()) and (plain == "us" or not shouted):
            plain += "."
        opens = start == 0 or _BREAK.search(folded, last, start) is not None or plain in _CLAUSE_OPENERS
        words.append(Word(text[start:end], start, end, plain, stem(plain), opens))
        last = end
    return tuple(words)


def _plain(word: str) -> str:
    word = word.casefold()
    if word.endswith("'s"):
        word = word[:-2]
    # "U.S." and "US" are one word; "1.5" keeps its point.
    return word if word[0].isdigit() else word.replace(".", "")


def _is_capital(word: str) -> bool:
    return word.split("'")[0].replace(".", "").isupper()


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A rough stem of a folded word: plural, tense and adverb endings off, irregular forms joined."""
    known = irregular_words()
    word = known.get(word, word)
    if len(word) <= 3 or not word.isascii() or not word.isalpha():
        return word
    bare = _without_plural(word)
    bare = _without_ending(known.get(bare, bare))
    if bare == "not":  # "noted" is no negation
        return "note"
    return bare[:-1] if len(bare) > 3 and bare[-1] == bare[-2] and bare[-1] not in "aeiou" else bare


def _without_plural(word: str) -> str:
    if word in _NO_PLURAL:
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _without_ending(word: str) -> str:
    for ending, keep in (("ing", 3), ("ied", 2), ("ed", 3), ("ly", 4), ("ment", 5), ("ion", 5)):
        if word.endswith(ending) and len(word) - len(ending) >= keep:
            if ending == "ion" and word[-4] not in "st":
                continue
            word = word[: -len(ending)] + ("y" if ending == "ied" else "")
            break
    if word.endswith("e") and len(word) > 3:
        word = word[:-1]
    return word[:-1] + "i" if word.endswith("y") and len(word) > 3 else word


@cache
def irregular_words() -> dict[str, str]:
    """Form -> the word that stands for it, from `data/irregular_words.txt`."""
    return {form: line[0] for line in read_lines("irregular_words.txt") for form in line}


@cache
def past_forms() -> frozenset[str]:
    """The second form of every irregular word: the past tense of a verb (and a few plurals)."""
    return frozenset(line[1] for line in read_lines("irregular_words.txt"))


@cache
def read_lines(name: str) -> tuple[tuple[str, ...], ...]:
    """The lines of a list in `briefing/data/`, cut at white space; lines that begin with # are left out."""
    lines = (_DATA / name).read_text(encoding="utf-8").splitlines()
    return tuple(tuple(line.split()) for line in lines if line.strip() and not line.startswith("#"))


@cache
def stopwords() -> frozenset[str]:
    """The words of `data/stopwords.txt`."""
    return frozenset(word for line in read_lines("stopwords.txt") for word in line)


@cache
def reporting_stems(*acts: str) -> frozenset[str]:
    """Stems of the reporting verbs that do one of `acts` ("say", "deny", ...)."""
    return frozenset(stem(form) for form, verb in reporting_verbs().items() if verb.act in acts)


def content_words(words: Sequence[Word]) -> list[Word]:
    """The words that carry meaning: no stop words."""
    plain = stopwords()
    return [word for word in words if word.folded not in plain]


def inside(span: Span, spans: Sequence[Span]) -> bool:
    """Whether `span` begins inside one of `spans`."""
    return any(start <= span[0] < end for start, end in spans)
