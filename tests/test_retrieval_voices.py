"""Whose word a question asks for, and whom it only mentions."""

from __future__ import annotations

import pytest

from briefing.retrieval.voices import is_asked_to_speak


def _spans(text: str, names: list[str]) -> list[tuple[int, int]]:
    return [(text.index(name), text.index(name) + len(name)) for name in names]


@pytest.mark.parametrize(
    ("question", "asked", "mentioned"),
    [
        ("What did Norway say about Denmark's ferry?", ["Norway"], ["Denmark"]),
        ("What did Oslo make of Denmark's ferry?", ["Oslo"], ["Denmark"]),
        ("What was Norway's view of the Danish plan?", ["Norway"], ["Danish"]),
        ("What is the Norwegian position on the ferry?", ["Norwegian"], []),
        ("How did Norway answer the Danish army's claim?", ["Norway"], ["Danish"]),
        ("What do Oslo and Copenhagen each say about the ferry?", ["Oslo", "Copenhagen"], []),
        ("Do Norway and Denmark agree on the ferry?", ["Norway", "Denmark"], []),
        ("According to Norway, who built the ferry for Denmark?", ["Norway"], ["Denmark"]),
        ("How many cars sank, going by Norway?", ["Norway"], []),
        ("Did Norway deny that Denmark had called?", ["Norway"], ["Denmark"]),
        ("Did Norway warn Denmark?", [], ["Norway", "Denmark"]),
        ("Did Norway sink the ferry?", [], ["Norway"]),
        ("Who said Norway sank the ferry?", [], ["Norway"]),
        ("What happened in Norway?", [], ["Norway"]),
        ("How many sailors drowned when Norway bombed positions on the coast?", [], ["Norway"]),
        ("What was heard on the Norwegian side of the border?", [], ["Norwegian"]),
        ("What was Norway's side of the story?", ["Norway"], []),
        ("What is the Norwegian negotiating position on the ferry?", ["Norwegian"], []),
        ("What did Nilsson's many bitter rivals say?", [], ["Nilsson"]),
        ("How do Nilsson's opponents see the ferry?", [], ["Nilsson"]),
        ("What was Nilsson's first public comment on the ferry?", ["Nilsson"], []),
        ("Norwegian ferries", [], ["Norwegian"]),
    ],
)
def test_asked_or_mentioned(question: str, asked: list[str], mentioned: list[str]) -> None:
    spans = _spans(question, [*asked, *mentioned])
    found = [question[a:b] for a, b in spans if is_asked_to_speak(question, (a, b), tuple(spans))]
    assert found == asked
