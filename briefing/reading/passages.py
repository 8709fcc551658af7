"""Cuts an article into passages, the unit of retrieval: runs of whole sentences that read as one."""

from __future__ import annotations

from briefing.types import Article, Passage, Sentence

_MOST_WORDS = 90  # about 120 word pieces: the embedder sees all of it
_MOST_SENTENCES = 4
_ENOUGH_WORDS = 40  # a passage this long ends with its paragraph; a shorter one goes on into the next


def split_passages(article: Article) -> tuple[Passage, ...]:
    """Passages in order; every sentence is in exactly one. An article without text has none.

    A passage holds at most 90 words and four sentences; a longer sentence is a passage by itself. News
    paragraphs are often one sentence, so short ones are joined; a paragraph of some length stays whole.
    """
    runs: list[list[Sentence]] = []
    words = 0
    for sentence in article.sentences:
        count = len(sentence.text.split())
        if not runs or _closes(runs[-1], words, sentence, count):
            runs.append([])
            words = 0
        runs[-1].append(sentence)
        words += count
    return tuple(Passage(article, run[0].start, run[-1].end) for run in runs)


def _closes(run: list[Sentence], words: int, following: Sentence, count: int) -> bool:
    if words + count > _MOST_WORDS or len(run) >= _MOST_SENTENCES:
        return True
    return following.paragraph != run[-1].paragraph and words >= _ENOUGH_WORDS
