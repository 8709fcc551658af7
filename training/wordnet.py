"""Reads WordNet's own files (Miller 1995): synonyms, opposites and siblings of common words, in their form.

    apt-get install wordnet-base        puts them in /usr/share/wordnet

Used in training alone; nothing of WordNet ships with the package. File formats: wndb(5WN), cntlist(5WN).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

FOLDER = Path("/usr/share/wordnet")
_FILES = {"n": "noun", "v": "verb", "a": "adj", "r": "adv"}
_POS_OF_SENSE = {"1": "n", "2": "v", "3": "a", "4": "r", "5": "a"}
_SURE = 0.75  # share of a word's uses that are of one part of speech
_COMMON = 0.15  # of its uses in one part of speech, in one sense
_VOWELS = "aeiou"
_ENDINGS = {
    "n": (("ies", "y"), ("ches", "ch"), ("shes", "sh"), ("xes", "x"), ("sses", "ss"), ("s", "")),
    "v": (
        ("ies", "y"), ("ied", "y"), ("ing", "e"), ("ing", ""), ("ed", "e"), ("ed", ""), ("es", ""), ("s", "")
    ),
    "a": (),
    "r": (),
}  # fmt: skip


@dataclass(frozen=True)
class Synset:
    """One meaning: its words, and pointers as (symbol, key) where a key is part of speech and offset."""

    words: tuple[str, ...]
    pointers: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Reading:
    """A word as met in a text: what it is a form of, its part of speech, and the ending of that form."""

    base: str
    pos: str
    ending: str


class WordNet:
    """The whole database in memory (a few seconds to read)."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._synsets: dict[str, Synset] = {}
        self._senses: dict[tuple[str, str], list[str]] = {}
        self._uses: Counter[tuple[str, str]] = Counter()
        self._sense_uses: dict[tuple[str, str], Counter[int]] = defaultdict(Counter)
        self._exceptions: dict[tuple[str, str], str] = {}
        for pos, name in _FILES.items():
            self._read(folder, pos, name)
        for line in (folder / "cntlist.rev").read_text(encoding="ascii").splitlines():
            key, sense, count = line.split()
            lemma, rest = key.split("%")
            pos = _POS_OF_SENSE[rest[0]]
            self._uses[lemma, pos] += int(count)
            self._sense_uses[lemma, pos][int(sense) - 1] += int(count)

    def _read(self, folder: Path, pos: str, name: str) -> None:
        for line in (folder / f"data.{name}").read_text(encoding="latin-1").splitlines():
            if line.startswith("  "):
                continue
            fields = line.split("|")[0].split()
            count = int(fields[3], 16)
            words = tuple(fields[4 + 2 * i].split("(")[0] for i in range(count))
            at = 4 + 2 * count
            pointers = [fields[at + 1 + 4 * i : at + 5 + 4 * i] for i in range(int(fields[at]))]
            kept = tuple((p[0], p[2].replace("s", "a") + p[1]) for p in pointers)
            self._synsets[pos + fields[0]] = Synset(words, kept)
        for line in (folder / f"index.{name}").read_text(encoding="latin-1").splitlines():
            if not line.startswith("  "):
                fields = line.split()
                self._senses[fields[0], pos] = [pos + offset for offset in fields[-int(fields[2]) :]]
        for line in (folder / f"{name}.exc").read_text(encoding="latin-1").splitlines():
            form, base = line.split()[:2]
            self._exceptions[form, pos] = base

    @lru_cache(maxsize=100_000)  # noqa: B019 -- one instance lives as long as the process
    def read(self, word: str) -> Reading | None:
        """What a lower-case word is a form of, where one part of speech is by far the commonest."""
        found: list[tuple[int, Reading]] = []
        for pos in _FILES:
            irregular = self._exceptions.get((word, pos))
            if irregular:
                return None
            base = self._base(word, pos)
            if base is not None:
                found.append((self._uses[base[0], pos], Reading(base[0], pos, base[1])))
        total = sum(uses for uses, _ in found)
        if not total:
            return None
        uses, best = max(found, key=lambda pair: pair[0])
        return best if uses >= _SURE * total else None

    def _base(self, word: str, pos: str) -> tuple[str, str] | None:
        if (word, pos) in self._senses:
            return word, ""
        for ending, put in _ENDINGS[pos]:
            base = word[: -len(ending)] + put
            if word.endswith(ending) and (base, pos) in self._senses and len(base) > 2:
                return base, "ing" if ending == "ing" else "ed" if ending[-2:] == "ed" else "s"
        return None

    def synonyms(self, reading: Reading) -> list[str]:
        """Words of the common senses of `reading`, in its form: some fit the text, some another sense."""
        uses = self._sense_uses[reading.base, reading.pos]
        senses = self._senses.get((reading.base, reading.pos), [])
        common = [key for at, key in enumerate(senses) if uses[at] >= _COMMON * uses.total()]
        words = [word for key in common for word in self._synsets[key].words]
        for key in common:
            like = [k for symbol, k in self._synsets[key].pointers if symbol in "&$"]
            words += [word for other in like for word in self._synsets[other].words]
        return self.in_form(words, reading)

    def opposites(self, reading: Reading) -> list[str]:
        """Antonyms of any sense; of an adjective, those of the adjective it is like, too."""
        found: list[str] = []
        for key in self._senses.get((reading.base, reading.pos), [])[:3]:
            near = [key, *(k for symbol, k in self._synsets[key].pointers if symbol == "&")]
            for one in near:
                for symbol, other in self._synsets[one].pointers:
                    if symbol == "!":
                        found += self._synsets[other].words
        return self.in_form(found, reading)

    def siblings(self, reading: Reading) -> list[str]:
        """Words for other things of the same kind, and for special kinds of it; none of them a synonym."""
        sense = self._main_sense(reading)
        if sense is None:
            return []
        own = {w for key in self._senses[reading.base, reading.pos] for w in self._synsets[key].words}
        found: list[str] = []
        for symbol, kind in self._synsets[sense].pointers:
            if symbol == "@":
                for other, key in self._synsets[kind].pointers:
                    found += self._synsets[key].words if other == "~" and key != sense else ()
            elif symbol == "~":
                found += self._synsets[kind].words
        return self.in_form([w for w in found if w not in own], reading)

    def _main_sense(self, reading: Reading) -> str | None:
        senses = self._senses.get((reading.base, reading.pos), [])
        uses = self._sense_uses[reading.base, reading.pos]
        if not senses or (len(senses) > 1 and uses[0] < 0.5 * uses.total()):
            return None
        return senses[0]

    def in_form(self, words: tuple[str, ...] | list[str], reading: Reading) -> list[str]:
        good = []
        for word in dict.fromkeys(words):
            plain = word.isalpha() and word.islower() and word != reading.base and not word.endswith("man")
            if plain and self._uses[word, reading.pos] and (form := self._inflected(word, reading)):
                good.append(form)
        return good

    def _inflected(self, word: str, reading: Reading) -> str | None:
        if not reading.ending:
            return word
        if reading.pos == "v" and word in _irregular(self):
            return None
        end = reading.ending
        if end == "s":
            if word.endswith("y") and word[-2:-1] not in _VOWELS:
                return word[:-1] + "ies"
            return word + ("es" if word.endswith(("s", "x", "ch", "sh")) else "s")
        if word.endswith("e"):
            return word[:-1] + end
        if end == "ed" and word.endswith("y") and word[-2:-1] not in _VOWELS:
            return word[:-1] + "ied"
        double = len(word) <= 4 and word[-1] not in _VOWELS + "wxy" and word[-2:-1] in _VOWELS
        return word + (word[-1] if double and word[-3:-2] not in _VOWELS else "") + end


@lru_cache(maxsize=1)
def _irregular(net: WordNet) -> frozenset[str]:
    """Verbs with forms of their own."""
    return frozenset(base for (_, pos), base in net._exceptions.items() if pos == "v")
