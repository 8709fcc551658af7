"""What the checker learns from: corpora, read where they lie, and lines that we wrote by hand."""

from __future__ import annotations

import json
import math
import random
from collections.abc import Iterator
from pathlib import Path

import briefing
from briefing.checking.alignment import read_cited
from briefing.checking.meaning import choose_evidence
from briefing.reading.words import find_words
from briefing.types import Article, Statement
from briefing.writing.wording import word_statement
from training.apart import is_apart
from training.claims import read_claim, write_claim
from training.corruption import Corruption
from training.lexicon import Lexicon
from training.support_pairs import PairMaker, SupportPair, read_pool
from training.wordnet import WordNet

OURS = Path(__file__).parent.parent / "evals" / "data" / "attacks"
RESTATED = Path(__file__).parent / "data" / "restatements.jsonl"
_MOST_OF_AN_ARTICLE = 40  # pairs
_HEADLINE_PAIRS = 6
_WORDED_ARTICLES = 400
_LONGEST_LINE = 400  # characters


def made_pairs(polnear: Path, fa_kes: Path, share: float, seed: int) -> Iterator[SupportPair]:
    """Pairs by rule; `share` times as many as an article has sentences, 40 at most."""
    articles = _articles(polnear, fa_kes)
    texts = [_sentences(article) for article in articles]
    lexicon, chance = Lexicon(WordNet()), random.Random(seed)
    maker = PairMaker(lexicon, read_pool(texts, lexicon), chance)
    order = list(range(len(articles)))
    chance.shuffle(order)
    for at in order:
        title = articles[at].title
        yield from maker.headline_pairs(title, texts[at], _HEADLINE_PAIRS if title else 0)
        yield from maker.pairs(texts[at], min(_MOST_OF_AN_ARTICLE, math.ceil(share * len(texts[at]))))


def worded_pairs(polnear: Path, fa_kes: Path, seed: int) -> Iterator[SupportPair]:
    """Statements as this program words them, which hold, and each once more with one change."""
    lexicon, chance = Lexicon(WordNet()), random.Random(seed)
    articles = chance.sample(_articles(polnear, fa_kes), _WORDED_ARTICLES)
    corruption = Corruption(lexicon, read_pool([_sentences(a) for a in articles], lexicon), chance)
    for article in articles:
        for statement in briefing.find_statements(article):
            text = word_statement([statement])
            if text and len(text) <= _LONGEST_LINE:
                evidence = _evidence(statement)
                yield SupportPair(text, evidence, True, ())
                made = corruption.corrupt(read_claim(text), ())
                if made is not None:
                    spoilt, wrong = write_claim(made[1])
                    yield SupportPair(spoilt, evidence, False, tuple(wrong), made[0])


def _evidence(statement: Statement) -> tuple[str, ...]:
    """The statement's sentences, and whoever its speaker was found to be."""
    sentences = [" ".join(sentence.text.split()) for sentence in statement.sentences][:3]
    who = " ".join(filter(None, (statement.speaker, statement.party)))
    named = all(word in " ".join(sentences) for word in who.split())
    return tuple(sentences if named else [*sentences, who])


def own_pairs() -> list[SupportPair]:
    """Our own lines, fair ones and false ones, but those that are kept unseen."""
    found = []
    for name, holds in (("clean", True), ("by_hand", False)):
        for line in (OURS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if row["part"] != "unseen":
                wrong = () if holds else None
                found.append(SupportPair(row["text"], tuple(row["sentences"][:3]), holds, wrong, row["kind"]))
    return found


def restated_pairs(polnear: Path, fa_kes: Path, apart: bool = False) -> list[SupportPair]:
    """Our own restatements of sentences of the corpora, fair and false, and the words that are wrong.

    They hold the places of the sentences, not their text. With `apart` those on articles that are kept
    apart, without the others.
    """
    articles = {
        "polnear": briefing.read_articles([polnear / "train" / "text"]),
        "fa_kes": briefing.read_articles([fa_kes]),
    }
    found = []
    for line in RESTATED.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if is_apart(row["article"]) != apart:
            continue
        sentences = _sentences(articles[row["on"]][row["article"]])
        evidence = tuple(sentences[index] for index in row["sentences"])
        text, holds = row["text"], row["kind"] == "clean"
        spans = [(text.index(words), text.index(words) + len(words)) for words in row.get("wrong", ())]
        wrong = tuple(spans) if holds or spans else None
        found.append(SupportPair(text, evidence, holds, wrong, row["kind"]))
    return found


def judged_pairs(path: Path) -> list[SupportPair]:
    """Summaries that people judged (SummEdits, Laban et al. 2023)."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        sentences = [sentence.text for sentence in Article(text=row["doc"]).sentences]
        chosen = choose_evidence(find_words(row["summary"]), read_cited(sentences))
        holds = str(row["label"]) == "1"
        evidence = tuple(sentences[i] for i in chosen)
        found.append(SupportPair(row["summary"], evidence, holds, () if holds else None))
    return found


def _articles(polnear: Path, fa_kes: Path) -> list[Article]:
    """The articles of both corpora; those of PolNeAR have no headline of their own."""
    paths = sorted((polnear / "train" / "text").glob("*.txt"))
    found = [Article(text=path.read_text(encoding="utf-8")) for path in paths]
    rows = [json.loads(line) for line in fa_kes.read_text(encoding="utf-8").splitlines()]
    return found + [Article(text=row["text"], title=row["title"]) for row in rows]


def _sentences(article: Article) -> list[str]:
    return [" ".join(sentence.text.split()) for sentence in article.sentences]
