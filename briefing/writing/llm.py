"""The writer that asks a language model to rewrite the drafts. The only module that knows chat models.

The model sees numbered sentences and drafted lines, never whole articles. It streams lines; each becomes a
draft the moment it is complete. Whatever it writes is checked like any other draft.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from briefing.errors import SettingError, WriterError
from briefing.types import Citation
from briefing.writing.drafts import Draft
from briefing.writing.prompts import load_prompt
from briefing.writing.writer import Request

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

_MARKS = re.compile(r"\[(\d{1,4})\]")
_TIMEOUT = 60.0  # seconds without an answer; with one retry a stalled server costs two minutes, not an hour
_RETRIES = 1


@dataclass(frozen=True)
class ModelSettings:
    """`model` is provider:name as LangChain's `init_chat_model` takes it."""

    model: str
    base_url: str = ""
    api_key: str = ""


def load_chat_model(settings: ModelSettings) -> BaseChatModel:
    """The chat model of the settings. Raises SettingError when its provider is unknown or not installed."""
    from langchain.chat_models import init_chat_model

    options: dict[str, Any] = {"temperature": 0, "timeout": _TIMEOUT, "max_retries": _RETRIES}
    if settings.base_url:
        options["base_url"] = settings.base_url
    if settings.api_key or settings.base_url:
        # A local server needs no key, but the client insists on one.
        options["api_key"] = settings.api_key or "none"
    if settings.model.startswith("openai:"):
        options["use_responses_api"] = False
    try:
        chat_model: BaseChatModel = init_chat_model(settings.model, **options)
        return chat_model
    except ImportError as error:
        raise SettingError(
            f"BRIEFING_MODEL={settings.model} needs a package that is not installed ({error}); install it, "
            "or use openai:NAME with BRIEFING_BASE_URL for any OpenAI-compatible server"
        ) from None
    except Exception as error:
        raise SettingError(f"BRIEFING_MODEL={settings.model} cannot be used: {error}") from error


class ModelWriter:
    """Rewrites drafts through a LangChain chat model."""

    def __init__(self, chat_model: BaseChatModel) -> None:
        self._model = chat_model
        name = getattr(chat_model, "model_name", None) or getattr(chat_model, "model", None)
        self.name = str(name or type(chat_model).__name__)

    def write(self, request: Request) -> Iterator[tuple[str, Draft]]:
        if not request.groups:
            return
        sentences = _numbered(request)
        lines = _shown_lines(request, {c.key: n for n, c in sentences.items()})
        values = {
            "question": _flat(request.question),
            "lines": lines,
            "sentences": _shown_sentences(sentences),
        }
        heading = next(iter(request.groups))
        for line in self._stream("answer", values):
            text = line.strip()
            if text.startswith("## "):
                heading = text[3:].strip()
            elif text.startswith("- ") and heading in request.groups:
                yield heading, _draft(text[2:], sentences, request.groups[heading])

    def repair(self, request: Request, draft: Draft, reason: str) -> Draft | None:
        sentences = _numbered(request)
        numbers = {c.key: n for n, c in sentences.items()}
        marks = "".join(f"[{numbers[c.key]}]" for c in draft.citations if c.key in numbers)
        values = {
            "line": f"{_flat(draft.text)} {marks}",
            "reason": _flat(reason),
            "sentences": _shown_sentences(sentences),
        }
        for line in self._stream("repair", values):
            if line.strip():
                group = next((g for g in request.groups.values() if draft.party == g[0].party), ())
                return _draft(line.strip().removeprefix("- "), sentences, group)
        return None

    def _stream(self, task: str, values: Mapping[str, str]) -> Iterator[str]:
        """Whole lines of the reply as they come. A reply that was cut off raises: nothing tells else."""
        prompt = load_prompt(task)
        messages = [("system", prompt.system), ("user", prompt.fill(values))]
        pending, finished = "", False
        try:
            for chunk in self._model.stream(messages):
                pending += chunk.text
                finished = finished or chunk.response_metadata.get("finish_reason") == "stop"
                *whole, pending = pending.split("\n")
                yield from whole
        except Exception as error:
            raise WriterError(f"the language model {self.name} failed: {_one_line(error)}") from error
        if not finished:
            raise WriterError(f"the language model {self.name} broke off its answer")
        yield pending


def _numbered(request: Request) -> dict[int, Citation]:
    """The cited sentences by number, from 1, in order of first use."""
    seen: dict[tuple[str, int, int], Citation] = {}
    for drafts in request.groups.values():
        for draft in drafts:
            for citation in draft.citations:
                seen.setdefault(citation.key, citation)
    return dict(enumerate(seen.values(), start=1))


def _shown_sentences(sentences: Mapping[int, Citation]) -> str:
    return "\n".join(f"[{n}] {_flat(c.quote)}" for n, c in sentences.items())


def _shown_lines(request: Request, numbers: Mapping[tuple[str, int, int], int]) -> str:
    lines = []
    for heading, drafts in request.groups.items():
        lines.append(f"## {heading}")
        for draft in drafts:
            marks = "".join(f"[{numbers[c.key]}]" for c in draft.citations)
            lines.append(f"- {_flat(draft.text)} {marks}")
    return "\n".join(lines)


def _draft(line: str, sentences: Mapping[int, Citation], group: Sequence[Draft]) -> Draft:
    """A line of the model as a draft; a number it made up cites nothing, and the verifier says so."""
    cited = [sentences[int(n)] for n in _MARKS.findall(line) if int(n) in sentences]
    unknown = any(int(n) not in sentences for n in _MARKS.findall(line))
    text = " ".join(_MARKS.sub("", line).split()).replace(" .", ".")
    keys = {c.key for c in cited}
    origins = [d for d in group if keys & {c.key for c in d.citations}]
    speakers = {d.speaker for d in origins}
    return Draft(
        text=text,
        citations=() if unknown else tuple(dict.fromkeys(cited)),
        party=group[0].party if group else None,
        speaker=speakers.pop() if len(speakers) == 1 else None,
        statements=tuple(s for d in origins for s in d.statements),
    )


def _flat(text: str) -> str:
    """One line, and no tag that could close the fence around article text."""
    return " ".join(text.replace("<", "‹").replace(">", "›").split())


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:300] or type(error).__name__
