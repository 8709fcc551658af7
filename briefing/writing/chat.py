"""The only module that knows chat models: it loads one and streams its replies, and says how each ended."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefing.errors import SettingError, WriterError
from briefing.writing.replies import SCHEMA

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessageChunk
    from langchain_core.runnables import Runnable

_TIMEOUT = 60.0  # seconds without a word; with one retry a stalled server costs two minutes, not an hour
_LONGEST = 300.0  # seconds a reply may take in all
_RETRIES = 1
_PLACES = ("finish_reason", "stop_reason", "done_reason")  # what providers call it
_FINISHED = frozenset(["stop", "STOP", "end_turn", "stop_sequence", "COMPLETE"])
_REFUSED = frozenset([400, 404, 415, 422, 501])  # what a server says to a request it does not know
_LETTERS_A_TOKEN = 4


@dataclass(frozen=True)
class ModelSettings:
    """`model` is provider:name as LangChain's `init_chat_model` takes it; `prices` is a file, and
    `daily_budget` text, as in briefing.writing.accounts."""

    model: str
    base_url: str = ""
    api_key: str = ""
    prices: Path | None = None
    daily_budget: str = ""


@dataclass(eq=False)
class Counts:
    """What one request has taken so far; `estimated` unless the server counted.

    `seconds` were spent waiting for the model. The reply never `began` where nobody was there, the server
    refused, or no word came.
    """

    tokens_in: int = 0
    tokens_out: int = 0
    seconds: float = 0.0
    estimated: bool = True
    began: bool = False


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
        options |= {"use_responses_api": False, "stream_usage": True}
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


class Chat:
    """One chat model. It is asked for structured output until its server refuses, then for plain lines.

    `clock` gives seconds.
    """

    def __init__(self, chat_model: BaseChatModel, clock: Callable[[], float] = time.monotonic) -> None:
        self._model, self._clock = chat_model, clock
        name = getattr(chat_model, "model_name", None) or getattr(chat_model, "model", None)
        self.name = str(name or type(chat_model).__name__)
        self._structured = _structured(chat_model)

    @property
    def structured(self) -> bool:
        """Whether replies are asked for as JSON of one schema."""
        return self._structured is not None

    def give_up_structure(self) -> None:
        """Ask for plain lines from now on."""
        self._structured = None

    def stream(self, system: str, user: str, counts: Counts) -> Iterator[str]:
        """The reply piece by piece; `counts` is filled in as it goes.

        Raises Unstructured where the server refused the request for its schema, and WriterError when it
        failed, stalled or was cut off: a stream that ends in the middle raises nothing by itself.
        """
        model: Runnable[Any, Any] = self._structured or self._model
        counts.tokens_in = estimate_tokens(system, user)
        finish, written = "", 0
        try:
            for chunk in self._waiting(model.stream([("system", system), ("user", user)]), counts):
                finish = _finish(chunk) or finish
                written += len(chunk.text)
                _count(chunk, counts, written)
                if chunk.text:
                    yield str(chunk.text)
                if counts.seconds > _LONGEST:
                    raise WriterError(f"the language model {self.name} took longer than {_LONGEST:.0f} s")
        except (WriterError, GeneratorExit):
            raise
        except Exception as error:
            if self.structured and not written and _status(error) in _REFUSED:
                raise Unstructured from error
            if finish and finish not in _FINISHED:
                raise self._broken_off() from error
            if finish:
                return  # all is said; LangChain trips over a refusal when it puts the reply together
            raise WriterError(f"the language model {self.name} failed: {_one_line(error)}") from error
        if finish not in _FINISHED:
            raise self._broken_off()

    def _waiting(self, chunks: Iterator[AIMessageChunk], counts: Counts) -> Iterator[AIMessageChunk]:
        """The chunks. What the reader of a reply does between two of them is none of the model's time."""
        while True:
            since = self._clock()
            try:
                chunk = next(chunks, None)
            finally:
                counts.seconds += self._clock() - since
            if chunk is None:
                return
            yield chunk

    def _broken_off(self) -> WriterError:
        return WriterError(f"the language model {self.name} broke off its answer")


def estimate_tokens(*texts: str) -> int:
    """About how many tokens texts are, where no server counts them."""
    return sum(map(len, texts)) // _LETTERS_A_TOKEN


class Unstructured(Exception):  # noqa: N818 -- no error of the user's: the request is made again, plainly
    """The server does not know requests for structured output."""


def _structured(chat_model: BaseChatModel) -> Runnable[Any, Any] | None:
    """The model bound to the schema, without LangChain's parser, which would wait for the whole reply."""
    try:
        bound: Any = chat_model.with_structured_output(SCHEMA, method="json_schema")
    except (NotImplementedError, TypeError, ValueError):
        return None
    model: Runnable[Any, Any] | None = getattr(bound, "first", None)
    return model


def _finish(chunk: AIMessageChunk) -> str:
    return next((str(chunk.response_metadata[p]) for p in _PLACES if chunk.response_metadata.get(p)), "")


def _count(chunk: AIMessageChunk, counts: Counts, written: int) -> None:
    """The tokens so far: those the server counts, or an estimate by the characters `written`."""
    counts.began = True
    usage = chunk.usage_metadata
    if counts.estimated:
        counts.tokens_out = written // _LETTERS_A_TOKEN
    if usage is None:
        return
    if counts.estimated:
        counts.tokens_in = counts.tokens_out = 0
        counts.estimated = False
    counts.tokens_in += usage["input_tokens"]
    counts.tokens_out += usage["output_tokens"]


def _status(error: Exception) -> int | None:
    return getattr(error, "status_code", None)


def _one_line(error: object) -> str:
    return " ".join(str(error).split())[:300] or type(error).__name__
