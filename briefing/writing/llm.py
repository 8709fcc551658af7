"""The writer that asks a language model to rewrite the drafts.

The model sees numbered sentences and drafted lines, never whole articles. It streams lines; each becomes a
draft the moment it is complete. Whatever it writes is checked like any other draft.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from briefing.errors import WriterError
from briefing.types import Citation, Usage
from briefing.writing.accounts import Accounts
from briefing.writing.chat import Chat, Counts, Unstructured, estimate_tokens
from briefing.writing.drafts import Draft
from briefing.writing.prompts import Prompt, load_prompt
from briefing.writing.replies import ReplyLine, ReplyReader
from briefing.writing.writer import Request


@dataclass(frozen=True)
class _Message:
    """What is sent: the prompt of the task, filled in."""

    prompt: Prompt
    user: str

    def system(self, structured: bool) -> str:
        return f"{self.prompt.system}\n{self.prompt.structured if structured else self.prompt.lines}"

    def key(self, model: str) -> str:
        """The same for one question to one model; the prompt's wording and version count, not its form."""
        parts = (model, self.prompt.version, self.prompt.system, self.user)
        return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()


class ModelWriter:
    """Rewrites the drafts of one page through a chat model; a new one is made for each page.

    `accounts` keep replies and hold the day's budget; without them every request is made and nothing kept.
    """

    def __init__(self, chat: Chat, accounts: Accounts | None = None) -> None:
        self._chat, self._accounts = chat, accounts
        self.name = chat.name
        self.usage = Usage(chat.name)
        self._under_way: list[Counts] = []

    def write(self, request: Request) -> Iterator[tuple[str, Draft]]:
        if not request.groups:
            return
        sentences = _numbered(request)
        values = {
            "subject": _flat(request.question),
            "lines": _shown_lines(request, {c.key: n for n, c in sentences.items()}),
            "sentences": _shown_sentences(sentences),
        }
        headings = {_flat(heading): heading for heading in request.groups}
        first, written = next(iter(request.groups)), 0
        for line in self._ask(request.task, values):
            heading = headings.get(_flat(line.heading)) if line.heading else first
            if heading is not None:
                written += 1
                group = request.groups[heading]
                yield heading, _draft(line, _cited_by(group, sentences), group)
        if not written:
            raise WriterError(f"the language model {self.name} gave no line that could be used")

    def repair(self, request: Request, heading: str, draft: Draft, reason: str) -> Draft | None:
        group = request.groups[heading]
        sentences = _cited_by(group, _numbered(request))
        numbers = {c.key: n for n, c in sentences.items()}
        marks = "".join(f"[{numbers[c.key]}]" for c in draft.citations)
        values = {
            "line": f"{_flat(draft.text)} {marks}",
            "reason": _flat(reason),
            "sentences": _shown_sentences(sentences),
        }
        # To its end: only a whole reply is kept, and counted in full.
        lines = list(self._ask("repair", values))
        return _draft(lines[0], sentences, group) if lines else None

    def _ask(self, task: str, values: Mapping[str, str]) -> Iterator[ReplyLine]:
        """The lines of the reply as they come: one that was kept, or the model's, which is kept if whole."""
        prompt = load_prompt(task)
        message = _Message(prompt, prompt.fill(values))
        key = message.key(self.name)
        kept = self._accounts.ledger.kept_reply(key) if self._accounts else None
        reader, whole = ReplyReader(), ""
        if kept is not None:
            self.usage = replace(self.usage, kept=self.usage.kept + 1)
            yield from reader.feed(kept)
            yield from reader.close()
            return
        for piece in self._pieces(message):
            whole += piece
            yield from reader.feed(piece)
        yield from reader.close()
        if self._accounts and reader.lines:
            self._accounts.ledger.keep_reply(key, whole)

    def _pieces(self, message: _Message) -> Iterator[str]:
        """The reply in structured form, or in lines where the server does not know the other."""
        try:
            yield from self._request(message)
        except Unstructured:
            self._chat.give_up_structure()
            yield from self._request(message)

    def _request(self, message: _Message) -> Iterator[str]:
        system = message.system(self._chat.structured)
        if self._accounts:
            read = sum(c.tokens_in for c in self._under_way) + estimate_tokens(system, message.user)
            self._accounts.check(self.name, read, sum(c.tokens_out for c in self._under_way))
        counts = Counts()
        self._under_way.append(counts)
        try:
            yield from self._chat.stream(system, message.user, counts)
        finally:
            self._under_way.remove(counts)
            self._book(counts)

    def _book(self, counts: Counts) -> None:
        used, cost = replace(self.usage, seconds=self.usage.seconds + counts.seconds), None
        if not counts.began:
            self.usage = used
            return
        if self._accounts:
            self._accounts.book(self.name, counts.tokens_in, counts.tokens_out)
            cost = self._accounts.prices.cost(self.name, counts.tokens_in, counts.tokens_out)
        self.usage = replace(
            used,
            calls=used.calls + 1,
            tokens_in=used.tokens_in + counts.tokens_in,
            tokens_out=used.tokens_out + counts.tokens_out,
            cost=None if cost is None else (used.cost or 0.0) + cost,
            currency=self._accounts.prices.currency if self._accounts else "",
            estimated=used.estimated or counts.estimated,
        )


def _numbered(request: Request) -> dict[int, Citation]:
    """The cited sentences by number, from 1, in order of first use."""
    seen: dict[tuple[str, int, int], Citation] = {}
    for drafts in request.groups.values():
        for draft in drafts:
            for citation in draft.citations:
                seen.setdefault(citation.key, citation)
    return dict(enumerate(seen.values(), start=1))


def _cited_by(group: Sequence[Draft], sentences: Mapping[int, Citation]) -> dict[int, Citation]:
    """The sentences that the drafts of one heading cite, by their numbers: all that its lines may rest on."""
    keys = {c.key for draft in group for c in draft.citations}
    return {n: c for n, c in sentences.items() if c.key in keys}


def _shown_sentences(sentences: Mapping[int, Citation]) -> str:
    return "\n".join(f"[{n}] {_flat(c.quote)}" for n, c in sentences.items())


def _shown_lines(request: Request, numbers: Mapping[tuple[str, int, int], int]) -> str:
    lines = []
    for heading, drafts in request.groups.items():
        lines.append(f"## {_flat(heading)}")
        for draft in drafts:
            marks = "".join(f"[{numbers[c.key]}]" for c in draft.citations)
            lines.append(f"- {_flat(draft.text)} {marks}")
    return "\n".join(lines)


def _draft(line: ReplyLine, sentences: Mapping[int, Citation], group: Sequence[Draft]) -> Draft:
    """A line of the model as a draft. Numbers that are not among `sentences`, those of its heading, go with
    it for the verifier to name: what another heading rests on would lose its speaker here."""
    cited = [sentences[n] for n in line.numbers if n in sentences]
    keys = {c.key for c in cited}
    origins = [d for d in group if keys & {c.key for c in d.citations}]
    speakers = {d.speaker for d in origins}
    return Draft(
        text=line.text,
        citations=tuple(cited),
        party=group[0].party if group else None,
        speaker=speakers.pop() if len(speakers) == 1 else None,
        statements=tuple(s for d in origins for s in d.statements),
        notes=tuple(dict.fromkeys(note for d in origins for note in d.notes)),
        unknown=tuple(n for n in line.numbers if n not in sentences),
    )


def _flat(text: str) -> str:
    """One line without a tag that could close the fence around article text, and without unseen signs."""
    seen = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(seen.replace("<", "‹").replace(">", "›").split())
