"""The gate: every draft of every writer passes here before anybody sees it.

A draft that the verifier rejects gets one repair, the source's own words in its place; if those fail too it
is dropped, and a note says so. The gate reads the statements of the catalog, never those of the writer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from briefing.checking.citations import Credit, verify, verify_claim
from briefing.checking.neutrality import find_loaded
from briefing.reading.parties import PartyLexicon
from briefing.types import Citation, Claim, Statement, Verdict
from briefing.writing.drafts import Draft, in_plain_words

REPAIRED = "in the source’s words"
Repair = Callable[[Draft, str], Draft | None]


def is_loaded(text: str) -> bool:
    """Whether words outside quotation marks take a side."""
    return bool(find_loaded(text))


class Gate:
    """Turns drafts into claims; `notes` collects what was left out, for the reader."""

    def __init__(self, lexicon: PartyLexicon, statements: Sequence[Statement]) -> None:
        self._lexicon = lexicon
        self._statements: dict[str, list[Statement]] = {}
        for statement in statements:
            self._statements.setdefault(statement.article.id, []).append(statement)
        self.notes: list[str] = []

    def pass_all(self, drafts: Sequence[Draft]) -> tuple[Claim, ...]:
        """The drafts that are borne out, in their order, the rest in the source's words or left out."""
        claims = (self.admit(draft) for draft in drafts)
        return tuple(claim for claim in claims if claim is not None)

    def admit(self, draft: Draft) -> Claim | None:
        """The claim, in the source's words if need be, or None with a note."""
        claim, reason = self.try_once(draft, lambda rejected, _: in_plain_words(rejected))
        if claim is None:
            self.leave_out(reason)
        return claim

    def leave_out(self, reason: str) -> None:
        """Note for the reader that a line was left out, and why."""
        note = f"A line was left out because it could not be shown to be supported ({reason})."
        if note not in self.notes:
            self.notes.append(note)

    def try_once(self, draft: Draft, repair: Repair) -> tuple[Claim | None, str]:
        """The claim, repaired once if need be, or None and why the first wording was rejected."""
        claim = self._judge(draft, draft.notes)
        if claim.verdict.supported:
            return claim, ""
        reason = "; ".join(claim.verdict.reasons) or claim.verdict.label
        second = repair(draft, reason)
        if second is None:
            return None, reason
        notes = (*second.notes, REPAIRED) if second.text == draft.plain else second.notes
        repaired = self._judge(second, notes)
        return (repaired if repaired.verdict.supported else None), reason

    def _judge(self, draft: Draft, notes: tuple[str, ...]) -> Claim:
        if draft.unknown:
            numbers = ", ".join(f"[{n}]" for n in draft.unknown)
            verdict = Verdict("unknown citation", 0.0, (f"it cites {numbers}, which it was not given",))
        else:
            verdict = self.judge(draft.text, draft.citations, Credit(draft.speaker, draft.party))
        return Claim(draft.text, draft.party, draft.speaker, draft.citations, verdict, notes)

    def judge(self, text: str, citations: Sequence[Citation], credit: Credit) -> Verdict:
        """The verifier's word on one line, written now or saved long ago."""
        articles = dict.fromkeys(c.article.id for c in citations)
        held = [s for article in articles for s in self._statements.get(article, ())]
        return verify_claim(text, citations, held, credit, self._lexicon.resolve)

    def compare(self, text: str, sentences: Sequence[str]) -> Verdict:
        """The verifier's word on a line and sentences whose article is not at hand."""
        return verify(text, sentences, aliases=self._lexicon.resolve)
