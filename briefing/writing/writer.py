"""What a writer is. There are two: the extractive one, and one that asks a language model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

from briefing.types import Usage
from briefing.writing.drafts import Draft


@dataclass(frozen=True)
class Request:
    """The lines to write: drafts in the source's words under their headings, and the question they answer (of
    a briefing, its title). `task` names the prompt."""

    question: str
    groups: Mapping[str, tuple[Draft, ...]]
    task: Literal["answer", "briefing"] = "answer"


class Writer(Protocol):
    """Writes lines; whether one may be shown is the verifier's word alone.

    A writer cites only sentences that the drafts it was given cite, and moves no line to another heading.
    """

    @property
    def name(self) -> str: ...

    @property
    def usage(self) -> Usage | None:
        """What this page has taken so far; None where nothing is asked of a model."""
        ...

    def write(self, request: Request) -> Iterator[tuple[str, Draft]]:
        """Each line with its heading, as soon as it is there. Raises WriterError when it cannot go on."""
        ...

    def repair(self, request: Request, heading: str, draft: Draft, reason: str) -> Draft | None:
        """One more try at a rejected line of `heading`, or None. Raises WriterError as `write` does."""
        ...
