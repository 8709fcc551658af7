from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from briefing.reading.passages import split_passages
from briefing.types import Article

SENTENCE = "The minister said on Monday that the talks would go on for another week."  # 14 words


def _texts(text: str) -> list[str]:
    return [passage.text for passage in split_passages(Article(text=text))]


def test_one_sentence_paragraphs_are_joined() -> None:
    paragraphs = "\n\n".join(f"Paragraph {n} has a few words." for n in range(4))
    assert _texts(paragraphs) == [paragraphs]


def test_a_paragraph_of_some_length_stays_whole() -> None:
    paragraph = " ".join([SENTENCE] * 3)
    assert _texts(f"{paragraph}\n\n{paragraph}") == [paragraph, paragraph]


def test_at_most_four_sentences() -> None:
    assert [text.count("Yes.") for text in _texts("Yes. " * 10)] == [4, 4, 2]


def test_at_most_ninety_words() -> None:
    words = [len(text.split()) for text in _texts(" ".join([SENTENCE.replace("Monday", "x " * 20)] * 9))]
    assert max(words) <= 90
    assert sum(words) == 9 * len(SENTENCE.replace("Monday", "x " * 20).split())


def test_a_sentence_beyond_the_limit_is_a_passage_by_itself() -> None:
    long = "The list went on " + "and on " * 60 + "until noon."
    assert _texts(f"It began early. {long} Then it ended.") == ["It began early.", long, "Then it ended."]


def test_no_text_no_passages() -> None:
    assert _texts("") == []
    assert _texts(" \n\n \t") == []


@given(
    st.lists(
        st.sampled_from(["Yes.", SENTENCE, "He said: “No. Never.”", "\n", "word " * 95 + "."]), max_size=30
    )
)
def test_every_sentence_is_in_exactly_one_passage(pieces: list[str]) -> None:
    article = Article(text=" ".join(pieces))
    passages = split_passages(article)
    for sentence in article.sentences:
        holding = [p for p in passages if p.start <= sentence.start and sentence.end <= p.end]
        assert len(holding) == 1
    assert all(a.end <= b.start for a, b in pairwise(passages))
    starts, ends = {s.start for s in article.sentences}, {s.end for s in article.sentences}
    assert all(p.start in starts and p.end in ends for p in passages)
