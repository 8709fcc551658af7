"""Fair rewordings of a claim: what a careful editor may do to a sentence without changing what it says."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path

import yaml

import briefing
from briefing.reading.words import fold, stopwords
from training.claims import Claim, Token, put, read_claim, words_at
from training.lexicon import Lexicon

DATA = Path(briefing.__file__).parent / "data"
_SHORT_FORMS = (
    ("do not", "don't"), ("did not", "didn't"), ("does not", "doesn't"), ("is not", "isn't"),
    ("was not", "wasn't"),
    ("has not", "hasn't"), ("had not", "hadn't"), ("will not", "won't"), ("would not", "wouldn't"),
    ("could not", "couldn't"), ("it is", "it's"), ("percent", "per cent"), ("per cent", "%"),
)  # fmt: skip
_EXCHANGED = {
    "more than": "over", "over": "more than", "less than": "under", "fewer than": "under", "about": "around",
    "around": "about", "did not find any": "found no", "found no": "did not find any", "as well as": "and",
    "because of": "due to", "due to": "because of", "in order to": "to", "prior to": "before",
    "after": "following",
    "following": "after", "while": "as", "says": "said", "said": "says", "including": "among them",
    "during": "in", "within": "in", "between": "among", "at": "in", "on": "in", "nearly": "almost",
    "almost": "nearly", "however": "but", "whether": "if", "who": "that", "which": "that", "has been": "was",
    "have been": "were", "was": "has been", "were": "have been", "is": "has been", "will": "would",
    "would": "will",
    "can": "could", "could": "can", "would not": "declined to", "many": "a number of", "several": "some",
}  # fmt: skip
_NUMBERS = dict(
    zip(
        "2 3 4 5 6 7 8 9 10 11 12 20 30 40 50".split(),
        "two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty".split(),
        strict=True,
    )
)
_HELPERS = frozenset("is are was were be been being has have had having the a an".split())
_AROUND = frozenset(
    ["by", "said", "that", "who", "which", "to", "not", "no", "never", "and", "or", "but", "if"]
)
_PHRASE_OPENERS = frozenset("in on at after before during near since from for with over".split())
_SAID = re.compile(
    r"^(?P<who>[A-Z][^,.:;“”\"]{2,60}?) (?:said|says|stated|added|told reporters)(?: that)? "
    r"(?P<what>[^“”\"]{20,})\.$"
)
_SAID_AFTER = re.compile(r"^(?P<what>[^“”\"]{20,}), (?P<who>[^,.:;“”\"]{3,60}?) (?:said|says|added)\.$")
_SAYING = ("said", "stated", "said that", "told reporters that", "reported that")


@cache
def _adjectives() -> dict[str, str]:
    """Country -> its adjective."""
    rows = yaml.safe_load((DATA / "countries.yaml").read_text(encoding="utf-8"))["countries"]
    return {row["name"]: row["demonyms"][0] for row in rows if row.get("demonyms")}


@cache
def _countries() -> dict[str, str]:
    return {adjective: country for country, adjective in _adjectives().items()}


class Rewording:
    """Draws fair rewordings."""

    def __init__(self, lexicon: Lexicon, chance: random.Random) -> None:
        self._lexicon, self._chance = lexicon, chance

    def reword(self, text: str) -> Claim:
        """`text` said in other words, or not at all changed, now and then."""
        chance = self._chance
        if chance.random() < 0.35:
            text = self._credit_elsewhere(text)
        claim = read_claim(text)
        if chance.random() < 0.4:
            claim = self._shorten(claim)
        if chance.random() < 0.3:
            claim = self._small_forms(claim)
        for _ in range(chance.choice((0, 0, 1, 1, 2, 3))):
            claim = chance.choice((self._frame, self._tense, self._article, self._people))(claim)
        if chance.random() < 0.85:
            claim = self._exchange(claim)
        return claim

    def _exchange(self, claim: Claim) -> Claim:
        """Up to five words replaced by words that say the same."""
        left = self._chance.choice((1, 2, 2, 3, 3, 4, 5))
        for place in words_at(claim, self._chance):
            choices = self._lexicon.fair(claim[place].text)
            if not choices:
                continue
            claim = put(claim, place, place + 1, [self._chance.choice(choices[:6])])
            left -= 1
            if not left:
                break
        return claim

    def _frame(self, claim: Claim) -> Claim:
        """Small words exchanged: "more than" and "over", "was" and "has been"."""
        words = [t.text for t in claim]
        forms = list(_EXCHANGED)
        self._chance.shuffle(forms)
        for old in forms:
            size = len(old.split())
            for at in range(1, len(words) - size + 1):
                if " ".join(words[at : at + size]) == old:
                    return put(claim, at, at + size, _EXCHANGED[old].split())
        return claim

    def _tense(self, claim: Claim) -> Claim:
        """ "struck" stays; "attacked" becomes "has attacked", "attacks"."""
        for at in words_at(claim, self._chance):
            reading = self._lexicon.reading(claim[at].text)
            before = claim[at - 1].text if at else ""
            if reading is None or (reading.pos, reading.ending) != ("v", "ed") or before in _HELPERS:
                continue
            form = self._chance.choice(("has", "have", "had", "s"))
            if form != "s":
                return put(claim, at, at + 1, [form, claim[at].text])
            return put(claim, at, at + 1, [reading.base + "s"]) if reading.base[-1] not in "sxyhz" else claim
        return claim

    def _article(self, claim: Claim) -> Claim:
        """ "the", "a" or "an" left out or exchanged."""
        places = [i for i, t in enumerate(claim) if t.text in ("the", "a", "an") and i]
        if not places:
            return claim
        at = self._chance.choice(places)
        return put(claim, at, at + 1, self._chance.choice(([], ["the"], ["a"], ["its"])))

    def _people(self, claim: Claim) -> Claim:
        """ "Russian" for "Russia's", and back."""
        for at, token in enumerate(claim):
            bare = fold(token.text).removesuffix("'s")
            if bare != token.text and bare in _adjectives():
                return put(claim, at, at + 1, [_adjectives()[bare]])
            if token.text in _countries() and self._chance.random() < 0.5:
                return put(claim, at, at + 1, [_countries()[token.text] + "'s"])
        return claim

    def _shorten(self, claim: Claim) -> Claim:
        """A phrase between commas, one in brackets or a last "in …", "after …" left out."""
        commas = [i for i, t in enumerate(claim) if t.text in ",()"]
        pairs = [(a, b) for a, b in pairwise(commas) if 2 < b - a < 14]
        pairs = [p for p in pairs if not self._tells(claim[p[0] : p[1]])]
        if pairs and self._chance.random() < 0.6:
            first, stop = self._chance.choice(pairs)
            return (*claim[:first], *claim[stop + 1 :])
        openers = [
            i for i, t in enumerate(claim) if t.text in _PHRASE_OPENERS and i > 6 and len(claim) - i < 9
        ]
        if openers and not self._tells(claim[openers[0] :]):
            return (*claim[: openers[0]], Token(".", ""))
        return claim

    @staticmethod
    def _tells(part: Claim) -> bool:
        return any(t.text.lower() in _AROUND or t.text in '“”"' for t in part)

    def _small_forms(self, claim: Claim) -> Claim:
        """Short forms, digits for words and back."""
        forms = [*_SHORT_FORMS, *((b, a) for a, b in _SHORT_FORMS)]
        self._chance.shuffle(forms)
        for at, token in enumerate(claim):
            if token.text in _NUMBERS and (at + 1 == len(claim) or claim[at + 1].text != "%"):
                return put(claim, at, at + 1, [_NUMBERS[token.text]])
        words = [t.text for t in claim]
        for old, new in forms:
            size = len(old.split())
            for at in range(len(words) - size + 1):
                if " ".join(words[at : at + size]) == old:
                    return put(claim, at, at + size, new.split())
        return claim

    def _credit_elsewhere(self, text: str) -> str:
        """ "X said Y." for "Y, X said.", "According to X, Y." and back."""
        match = _SAID.match(text) or _SAID_AFTER.match(text)
        if match is None:
            return text
        who, what = match["who"].strip(), match["what"].strip()
        head = what.split()[0]
        if head.lower() in stopwords():
            what = what[0].lower() + what[1:]
        form = self._chance.random()
        if form < 0.35:
            return f"According to {who}, {what}."
        if form < 0.6:
            return f"{what[0].upper()}{what[1:]}, {who} said."
        return f"{who[0].upper()}{who[1:]} {self._chance.choice(_SAYING)} {what}."

    def join(self, first: Claim, second: Claim) -> Claim:
        """Two claims as one sentence, or side by side."""
        if self._chance.random() < 0.5 and first and first[-1].text == "." and second:
            lower = second[0].text.lower() in stopwords()
            head = replace(second[0], text=second[0].text.lower() if lower else second[0].text, gap=" ")
            return (*first[:-1], Token(self._chance.choice(("and", "while", "and")), " "), head, *second[1:])
        return (*first, replace(second[0], gap=" "), *second[1:]) if second else first
