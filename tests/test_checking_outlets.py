"""Lines that quote an outlet: what passes as its whole sentences, and what does not."""

from __future__ import annotations

import pytest

from briefing.checking.outlets import quotes_outlet
from briefing.types import Article
from briefing.writing.drafts import cite

ARTICLE = Article(
    text="Some 1.5 million people fled. “Did he lie?” Yes, his opponents say. It cost $5 a head.",
    outlet="Harbour Post",
)


@pytest.mark.parametrize(
    ("said", "indices", "quotes"),
    [
        ("Some 1.5 million people fled.", [0], True),
        ("Some 15 million people fled.", [0], False),
        ("‘Did he lie?’", [1], True),
        ("‘Did he lie?’ Yes, his opponents say.", [1, 2], True),
        ("Yes, his opponents say. ‘Did he lie?’", [2, 1], False),
        ("Some 1.5 million people fled. Yes, his opponents say.", [0, 2], False),
        ("It cost €5 a head.", [3], False),
        ("It cost 5 a head.", [3], False),
        ("It cost $5.", [3], False),
    ],
)
def test_only_whole_neighbouring_sentences_to_the_letter_are_the_outlets(
    said: str, indices: list[int], quotes: bool
) -> None:
    citations = [c for index in indices for c in cite(ARTICLE, [ARTICLE.sentences[index]])]
    assert quotes_outlet(f"Harbour Post wrote: “{said}”", citations) is quotes


def test_another_outlet_did_not_write_it() -> None:
    citations = cite(ARTICLE, [ARTICLE.sentences[0]])
    assert not quotes_outlet("Velm Herald wrote: “Some 1.5 million people fled.”", citations)
