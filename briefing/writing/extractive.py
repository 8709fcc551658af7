"""The writer that needs no model: every line in the source's own words, as drafted."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.writing.drafts import Draft, in_plain_words
from briefing.writing.writer import Request


class ExtractiveWriter:
    """Shows the drafts as they are; same input, same bytes."""

    name = "extractive"
    usage = None

    def write(self, request: Request) -> Iterator[tuple[str, Draft]]:
        for heading, drafts in request.groups.items():
            for draft in drafts:
                yield heading, draft

    def repair(
        self,
        request: Request,  # noqa: ARG002
        heading: str,  # noqa: ARG002
        draft: Draft,
        reason: str,  # noqa: ARG002
    ) -> Draft | None:
        return in_plain_words(draft)
