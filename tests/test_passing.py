"""Lines on their way to a reader: none is lost, whatever the writer does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from briefing.checking.gate import Gate
from briefing.errors import WriterError
from briefing.library.passing import pass_lines
from briefing.reading.parties import load_lexicon
from briefing.reading.statements import find_statements
from briefing.types import Usage
from briefing.writing.drafts import Draft, cite
from briefing.writing.extractive import ExtractiveWriter
from briefing.writing.writer import Request, Writer
from tests.factories import make_article

HAPPENED, OTHERS = "What happened", "Others"
SNOW, BRIDGE = "The road to the coast was closed by snow.", "A bridge near Salalah fell in the night."
SAID = "Ali Hamad said the harbour was open, and Omar Naimi said the airport was shut."
ALI, OMAR = "Ali Hamad said the harbour was open.", "Omar Naimi said the airport was shut."
ARTICLE = make_article(f"{SNOW} {BRIDGE} {SAID}")


def draft(text: str, *sentences: int, speaker: str | None = None) -> Draft:
    cited = [ARTICLE.sentences[n] for n in sentences]
    return Draft(text, cite(ARTICLE, cited), None, speaker, plain=cited[0].text)


REQUEST = Request(
    "Briefing",
    {
        HAPPENED: (draft(SNOW, 0), draft(BRIDGE, 1)),
        OTHERS: (draft(ALI, 2, speaker="Ali Hamad"), draft(OMAR, 2, speaker="Omar Naimi")),
    },
    "briefing",
)
EVERYTHING = {HAPPENED: [BRIDGE, SNOW], OTHERS: [ALI, OMAR]}


class Scripted:
    """Writes these lines; a repair fails for the reason given, and `asked` are those it was asked for."""

    name = "scripted"
    usage = Usage("scripted")

    def __init__(self, lines: Sequence[tuple[str, Draft]], failure: str = "") -> None:
        self._lines, self._failure = lines, failure
        self.asked: list[tuple[str, str]] = []

    def write(self, request: Request) -> Iterator[tuple[str, Draft]]:  # noqa: ARG002
        yield from self._lines

    def repair(self, request: Request, heading: str, draft: Draft, reason: str) -> Draft | None:  # noqa: ARG002
        self.asked.append((heading, draft.text))
        if self._failure:
            raise WriterError(self._failure)
        return None


@pytest.fixture
def gate() -> Gate:
    return Gate(load_lexicon(), find_statements(ARTICLE))


def shown(writer: Writer, gate: Gate) -> dict[str, list[str]]:
    lines = pass_lines(REQUEST, writer, gate)
    return {heading: sorted(c.text for c in claims) for heading, claims in lines.items()}


def test_the_drafts_as_they_are_are_shown_once(gate: Gate) -> None:
    assert shown(ExtractiveWriter(), gate) == EVERYTHING


def test_a_writer_without_a_line_leaves_the_drafts(gate: Gate) -> None:
    assert shown(Scripted([]), gate) == EVERYTHING


@pytest.mark.parametrize(
    ("heading", "line"),
    [
        (HAPPENED, draft(SNOW, 0, 1)),
        (HAPPENED, draft(BRIDGE, 0, 1)),
        (OTHERS, draft(ALI, 2)),
        (OTHERS, draft(ALI, 2, speaker="Ali Hamad")),
    ],
)
def test_what_a_line_cites_and_does_not_tell_is_told_too_and_nothing_twice(
    gate: Gate, heading: str, line: Draft
) -> None:
    assert shown(Scripted([(heading, line)]), gate) == EVERYTHING
    assert gate.notes == []


def test_a_line_that_joins_two_has_told_both(gate: Gate) -> None:
    joined = "The road to the coast was closed by snow, and a bridge near Salalah fell in the night."
    assert shown(Scripted([(HAPPENED, draft(joined, 0, 1))]), gate)[HAPPENED] == [joined]


def test_a_repair_that_fails_loses_no_line_and_is_not_asked_for_again(gate: Gate) -> None:
    good = draft("A bridge near Salalah fell.", 1)
    writer = Scripted(
        [
            (HAPPENED, draft("The road to the coast was closed by 900 men.", 0)),
            (HAPPENED, good),
            (OTHERS, draft("Ali Hamad said the harbour was open to 900 ships.", 2, speaker="Ali Hamad")),
        ],
        failure="the model sent JSON that cannot be read",
    )
    told = pass_lines(REQUEST, writer, gate)
    assert writer.asked == [(HAPPENED, "The road to the coast was closed by 900 men.")]
    assert [c.text for c in told[HAPPENED]] == [good.text, SNOW]
    assert sorted(c.text for c in told[OTHERS]) == EVERYTHING[OTHERS]
    (note,) = told[HAPPENED][1].notes
    assert "the model’s line was rejected: " in note
    assert gate.notes == [
        "the model sent JSON that cannot be read; lines that were rejected are in the sources’ own words."
    ]
