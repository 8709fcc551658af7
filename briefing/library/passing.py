"""Lines on their way to a reader: as the writer words them, each through the gate, none lost on the way."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from briefing.checking.gate import REPAIRED, Gate
from briefing.errors import WriterError
from briefing.library.telling import tells
from briefing.types import Claim
from briefing.writing.drafts import Draft
from briefing.writing.writer import Request, Writer

OnClaim = Callable[[str, Claim], None]
_Refused = tuple[Draft, str]  # a line, and what was wrong with it


def pass_lines(
    request: Request, writer: Writer, gate: Gate, on_claim: OnClaim | None = None
) -> Mapping[str, tuple[Claim, ...]]:
    """The claims under each heading of the request. `on_claim` is told of each the moment it has passed.

    What the writer leaves out, or cannot say so that it holds, is said in the source's words, with a note
    why; a writer that fails altogether is replaced, with a note on the page. There is never a blank page.
    """
    shown: dict[str, list[Claim]] = {heading: [] for heading in request.groups}

    def show(heading: str, claim: Claim) -> None:
        shown[heading].append(claim)
        if on_claim is not None:
            on_claim(heading, claim)

    rejected = _show_written(request, writer, gate, show)
    for heading, drafts in request.groups.items():
        written, filled = tuple(shown[heading]), set[tuple[str, int, int]]()
        for draft in drafts:
            if not any(tells(claim, draft, drafts) for claim in written):
                claim = gate.admit(draft)
                filled |= {c.key for c in draft.citations}
                if claim is not None:
                    show(heading, _marked(claim, writer, draft, rejected[heading]))
        for line, reason in rejected[heading]:
            if not filled & {c.key for c in line.citations}:
                gate.leave_out(reason)
    return {heading: tuple(claims) for heading, claims in shown.items()}


def _show_written(
    request: Request, writer: Writer, gate: Gate, show: OnClaim
) -> Mapping[str, list[_Refused]]:
    """Shows the lines of the writer that pass; returns the others by heading, each with what was wrong."""
    rejected: dict[str, list[_Refused]] = {heading: [] for heading in request.groups}
    mends = True

    def mend(heading: str, draft: Draft, reason: str) -> Draft | None:
        # A model that failed at it is not asked again on this page: each time-out would take two minutes.
        nonlocal mends
        try:
            return writer.repair(request, heading, draft, reason) if mends else None
        except WriterError as error:
            mends = False
            gate.notes.append(f"{error}; lines that were rejected are in the sources’ own words.")
            return None

    try:
        for heading, draft in writer.write(request):
            claim, reason = gate.try_once(draft, partial(mend, heading))
            if claim is not None:
                show(heading, claim)
            else:
                rejected[heading].append((draft, reason))
    except WriterError as error:
        gate.notes.append(f"{error}; the rest is in the sources’ own words.")
    return rejected


def _marked(claim: Claim, writer: Writer, draft: Draft, rejected: Sequence[_Refused]) -> Claim:
    """The claim with a note that it stands in for a line of the model, and what was wrong with that one."""
    if writer.usage is None:
        return claim
    keys = {c.key for c in draft.citations}
    reasons = [why for line, why in rejected if keys & {c.key for c in line.citations} or not line.citations]
    why = f"; the model’s line was rejected: {reasons[0]}" if reasons else ""
    notes = [note for note in claim.notes if note != REPAIRED]
    return replace(claim, notes=(*notes, REPAIRED + why))
