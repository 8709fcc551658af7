"""What a question is about, as terms with weights, and how much of it a text holds.

A term counts by its rarity in the library (inverse document frequency, Spärck Jones 1972): in a library on
one war "Atareb" tells more than "bombing". Words are compared by stem, names also by their consonants,
because each outlet spells them its own way (Khan Sheikhun, Khan Sheikhoun), and parties by any name.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from briefing.reading.parties import PartyLexicon
from briefing.reading.words import Word, find_words, stem, stopwords
from briefing.retrieval.questions import Question

# In how many passages each word stands; words that are no terms are left out.
Frequencies = Callable[[Sequence[str]], Mapping[str, int]]

_PARTY_WEIGHT = 0.5  # of a party that the matter names, as a share of the heaviest word's
_CONTEXT_SHARE = 0.6  # of a word that only the question before has
_SHORTEST_SKELETON = 3
_VOWELS = str.maketrans("", "", "aeiouyw'-’")
_SPELLED = (("kh", "k"), ("gh", "g"), ("dh", "d"), ("ph", "f"), ("dj", "j"), ("sch", "sh"), ("ck", "k"))
_LETTERS = str.maketrans({"q": "k", "c": "k", "z": "s", "v": "f"})
_ASKING = frozenset(
    stem(word)
    for word in """say tell told think claim state statement report according account view position reaction
    response stance answer comment respond react reply describe describing explain happen happened happening
    going take took place give gave make made want many much number people person anyone anybody someone
    somebody official spokesman spokeswoman minister leader which who whom whose what when where why how
    each both agree disagree differ compare comparison difference yes latest summary summarise summarize
    article articles outlet media source sources news late early end beginning time day days week month
    year""".split()
)


@dataclass(frozen=True)
class Term:
    """Any of the keys stands for it."""

    keys: frozenset[str]
    weight: float


@dataclass(frozen=True)
class Matter:
    """The terms of a question's matter, and whether it asks for a number."""

    terms: tuple[Term, ...]
    asks_number: bool = False

    def share(self, keys: frozenset[str]) -> float:
        """How much of the matter, 0..1, a text with these keys holds; 0 for a question without a matter."""
        whole = sum(term.weight for term in self.terms)
        return sum(t.weight for t in self.terms if t.keys & keys) / whole if whole else 0.0

    def rarest(self, keys: frozenset[str]) -> float:
        """The weight of the heaviest term that the text holds, as a share of the heaviest of all."""
        most = max((term.weight for term in self.terms), default=0.0)
        best = max((t.weight for t in self.terms if t.keys & keys), default=0.0)
        return best / most if most else 0.0


_NUMBER_ASKED = re.compile(
    r"\b(?:how (?:many|much|old|long|far|often)|(?:death )?tolls?|what (?:number|share|percentage))\b",
    re.IGNORECASE,
)


def read_matter(question: Question, lexicon: PartyLexicon, frequencies: Frequencies, passages: int) -> Matter:
    """The matter of `question` in a library of so many passages."""
    terms: dict[str, Term] = {}
    parties: dict[str, float] = {}
    for text, share in ((question.matter, 1.0), (question.context, _CONTEXT_SHARE)):
        mentions = lexicon.find(text, question.setting)
        words = _terms_of(text, [(m.start, m.end) for m in mentions])
        counts = frequencies(sorted({word.text for word in words}))
        for word in words:
            if word.text in counts:
                rarity = math.log((passages + 1) / (counts[word.text] + 0.5)) + 0.5
                terms.setdefault(word.stem, Term(_keys(word), share * max(rarity, 0.1)))
        for mention in mentions:
            if mention.party not in question.voices:
                parties.setdefault(mention.party, share)
    heaviest = max((term.weight for term in terms.values()), default=1.0)
    named = (Term(frozenset((f"@{p}",)), share * _PARTY_WEIGHT * heaviest) for p, share in parties.items())
    return Matter((*terms.values(), *named), _NUMBER_ASKED.search(question.matter) is not None)


# "Who said that", "What did say about", "Did": what comes before the matter itself.
_OPENING = re.compile(
    r"^(?:according to (?:the )?,? )?(?:(?:who|which|what|whom|whose|how|why|where|when)\b(?: [^\s,]+){0,6}? "
    r"(?:sa(?:y|id|ys)|told|tell|claim(?:ed)?|call(?:ed)?|den(?:y|ied)|accused|blamed|respond(?:ed)? to|"
    r"react(?:ed)? to|answer(?:ed)?|make of|view|reaction|position|think|want)\b"
    r"(?: (?:about|that|on|of|to|for))?|"
    r"(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|what|who|which|how)\b)",
    re.IGNORECASE,
)


def matter_text(matter: str) -> str:
    """The matter without the words that ask: "the site" of "What did say about the site"."""
    bare = _OPENING.sub("", matter).strip(" ?!.,")
    return bare if len(bare.split()) > 1 else matter


def text_keys(text: str, lexicon: PartyLexicon | None = None) -> frozenset[str]:
    """The keys of a text's words, and with `lexicon` of the parties it names."""
    keys = _word_keys(text)
    return keys if lexicon is None else keys | {f"@{mention.party}" for mention in lexicon.find(text)}


@lru_cache(maxsize=4096)
def _word_keys(text: str) -> frozenset[str]:
    return frozenset(key for word in find_words(text) for key in _keys(word))


def _terms_of(text: str, taken: Iterable[tuple[int, int]]) -> list[Word]:
    spans = list(taken)
    return [
        word
        for word in find_words(text)
        if word.folded not in stopwords()
        and word.stem not in _ASKING
        and not any(start < word.end and word.start < end for start, end in spans)
    ]


def _keys(word: Word) -> frozenset[str]:
    if not word.capital or not word.folded.isalpha():
        return frozenset((word.stem,))
    bones = skeleton(word.folded)
    return frozenset((word.stem, f"~{bones}") if len(bones) >= _SHORTEST_SKELETON else (word.stem,))


@lru_cache(maxsize=65536)
def skeleton(name: str) -> str:
    """The consonants of a folded name, like sounds as one letter, none twice in a row; "@" for a first vowel.

    Spellings of one Arabic or Slavic name differ in vowels and in how a sound is written.
    """
    for written, sound in _SPELLED:
        name = name.replace(written, sound)
    first = "@" if name[:1] in "aeiouy" else ""
    bones = name.translate(_LETTERS).translate(_VOWELS).rstrip("h")
    return first + re.sub(r"(.)\1+", r"\1", bones)
