"""What a language model writes, read piece by piece: whole lines, wherever the pieces are cut."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest

from briefing.errors import WriterError
from briefing.writing.replies import ReplyLine, ReplyReader

LINES = [ReplyLine("Oman", "The road was {open}.", (1,)), ReplyLine("Qatar", "It “was” [not].", (1, 2))]
OBJECTS = json.dumps(
    {"lines": [{"heading": x.heading, "text": x.text, "sentences": x.numbers} for x in LINES]},
    ensure_ascii=False,
)
PLAIN = "".join(f"## {x.heading}\n- {x.text} {''.join(f'[{n}]' for n in x.numbers)}\n" for x in LINES)


def read(pieces: Sequence[str]) -> list[ReplyLine]:
    reader = ReplyReader()
    lines = [line for piece in pieces for line in reader.feed(piece)]
    return lines + list(reader.close())


@pytest.mark.parametrize(
    "reply",
    [
        OBJECTS,
        f"\n {OBJECTS}\n",
        f"```json\n{OBJECTS}\n```",
        f"```\n{OBJECTS}\n```\n",
        f"json {OBJECTS}",
        PLAIN,
        f"```\n{PLAIN}```",
        f"just so:\n{PLAIN}",
    ],
    ids=[
        "json",
        "white space",
        "a fence that says json",
        "a fence",
        "a bare word",
        "lines",
        "fenced lines",
        "prose",
    ],
)
def test_a_reply_is_the_same_wherever_it_is_cut(reply: str) -> None:
    for at in range(len(reply) + 1):
        assert read([reply[:at], reply[at:]]) == LINES
    for size in (1, 2, 3, 5):
        assert read([reply[i : i + size] for i in range(0, len(reply), size)]) == LINES


@pytest.mark.parametrize(
    "sentences",
    ["[1e999]", "[NaN]", "[1.0]", "[true]", '"12"', '["1"]', "[[1]]", "{}", "12", "null", "[" * 100_000],
    ids=lambda text: text[:8],
)
def test_sentences_that_are_no_list_of_whole_numbers_cannot_be_read(sentences: str) -> None:
    with pytest.raises(WriterError, match="JSON that cannot be read"):
        read(['{"lines": [{"heading": "Oman", "text": "So it is.", "sentences": ' + sentences + "}]}"])
