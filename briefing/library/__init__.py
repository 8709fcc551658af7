"""The one door: open a library, add articles, search, ask, brief, verify.

A library is a folder. Everything shown to anybody comes out of here, and passed the one verifier on its way.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Unpack

from briefing.library.adding import add_articles, restate_articles
from briefing.library.asking import Desk, Inquiry, answer_question
from briefing.library.composing import compose_briefing
from briefing.library.narrowing import Narrowing, resolve_filters
from briefing.library.passing import OnClaim
from briefing.library.people import told_statements
from briefing.library.saved import SavedCheck, check_record
from briefing.library.understanding import understood
from briefing.reading.parties.rows import KnownParty, list_parties
from briefing.retrieval.search import find_passages
from briefing.types import AddReport, Answer, Article, Briefing, Hit, Rejected, Statement, Turn
from briefing.writing.accounts import Accounts, Budget, Prices, read_budget, read_prices, require_price
from briefing.writing.chat import Chat, ModelSettings, load_chat_model
from briefing.writing.extractive import ExtractiveWriter
from briefing.writing.llm import ModelWriter

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.retrievers import BaseRetriever
    from langchain_core.runnables import Runnable

    from briefing.store import Store


# Passages that one pass over the catalog ranks in some 30 ms; importing Chroma alone takes 800.
_EXACT_UP_TO = 5_000


def open_library(
    folder: Path | str,
    parties: Path | None = None,
    chat_model: BaseChatModel | ModelSettings | None = None,
    prices: Prices = Prices(),  # noqa: B008 -- frozen
    budget: Budget = Budget(),  # noqa: B008
) -> Library:
    """Open the library in `folder`, which is made when it is not there.

    `parties` is a YAML file that adds or overrides parties and people. `chat_model`, any LangChain chat
    model or the settings of one, rewrites answers and briefings; each line it writes is verified, its replies
    are kept, and once what it costs at `prices` has reached the day's `budget` it is asked no more. Raises
    LibraryError when the folder cannot be used, InputError when the file of parties cannot be read, and
    SettingError when the model cannot be used or the budget is money and the model has no price.
    """
    from briefing.reading.embeddings import DIMENSIONS, EMBEDDER
    from briefing.reading.parties import load_lexicon
    from briefing.store import Store

    load_lexicon(parties)
    if isinstance(chat_model, ModelSettings):
        prices = read_prices(chat_model.prices) if chat_model.prices else prices
        budget = read_budget(chat_model.daily_budget, prices)
        chat_model = load_chat_model(chat_model) if chat_model.model else None
    chat = None if chat_model is None else Chat(chat_model)
    if chat is not None:
        require_price(budget, prices, chat.name)
    store = Store.open(Path(folder), EMBEDDER, DIMENSIONS, _EXACT_UP_TO)
    if chat is None:
        return Library(store, Desk(parties, ExtractiveWriter))
    return Library(store, Desk(parties, partial(ModelWriter, chat, Accounts(store.ledger, prices, budget))))


class Library:
    """Articles with their sentences, statements and passages. Safe to use from several processes at once."""

    def __init__(self, store: Store, desk: Desk) -> None:
        self._store = store
        self._desk = desk

    def __enter__(self) -> Library:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the folder. A closed library cannot be used."""
        self._store.close()

    def add(self, articles: Iterable[Article | Rejected]) -> AddReport:
        """Read and store articles; repeating it changes nothing.

        Takes what `scan_articles` yields, rejected inputs included, which go into the report. Articles are
        taken one at a time, so a generator may report progress. Raises LibraryError when the disk is full or
        another process keeps adding.
        """
        return add_articles(self._store, articles, self._desk.parties)

    def search(self, question: str, k: int = 10, **narrowing: Unpack[Narrowing]) -> list[Hit]:
        """The `k` passages nearest to the question, best first.

        May be narrowed by `party`, `outlet`, `since`, `until` and `topic`.
        """
        parties = self._desk.parties
        asked = understood(self._store, question, (), parties)
        return find_passages(self._store, asked, k, resolve_filters(self._store, narrowing, parties))

    def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        on_claim: OnClaim | None = None,
        **narrowing: Unpack[Narrowing],
    ) -> Answer:
        """Answer from the articles alone, party by party, every line with receipts, or decline.

        `history` lets a follow-up ("and the White House?") be read as a full question. `on_claim` is called
        with the heading and the claim of each line the moment it has passed the verifier, in the order it
        was written. May be narrowed as `search`.
        """
        filters = resolve_filters(self._store, narrowing, self._desk.parties)
        return answer_question(self._store, Inquiry(question, history, filters), self._desk, on_claim)

    def brief(
        self, since: dt.date | None = None, until: dt.date | None = None, topic: str | None = None
    ) -> Briefing:
        """The one page on the articles published from `since` to `until`, both included.

        Without either, on everything in the library, undated articles too. Raises InputError when `since` is
        after `until`.
        """
        return compose_briefing(self._store, since, until, topic, self._desk)

    def verify(self, saved: Mapping[str, Any]) -> list[SavedCheck]:
        """Check every claim of a saved answer or briefing (see docs/json.md) against this library."""
        return check_record(self._store, saved, self._desk.parties)

    def articles(self, since: dt.date | None = None, until: dt.date | None = None) -> list[Article]:
        return self._store.articles(since=since, until=until)

    def article(self, article_id: str) -> Article | None:
        found = self._store.articles(ids=[article_id])
        return found[0] if found else None

    def statements(self, article_id: str | None = None, party: str | None = None) -> list[Statement]:
        """Who said what, in one article or in all, by one party or by all."""
        return told_statements(self._store, None if article_id is None else [article_id], party)

    def remove(self, article_ids: Sequence[str]) -> int:
        """Take articles out, everywhere; returns how many were there."""
        return self._store.remove(article_ids)

    def rebuild(self, progress: Callable[[int, int], None] | None = None) -> None:
        """Make vectors and full text anew from the catalog."""
        self._store.rebuild(progress)

    def restate(self, progress: Callable[[int, int], None] | None = None) -> None:
        """Read anew who says what, as a changed file of parties or a newer reader model asks for."""
        restate_articles(self._store, self._desk.parties, progress)

    def outlets(self) -> list[str]:
        return self._store.outlets()

    def known_parties(self) -> list[KnownParty]:
        """The parties that texts are searched for: our list, and the user's file on top."""
        return list_parties(self._desk.parties)

    def parties(self) -> list[str]:
        """The parties that are heard in this library, in alphabetical order."""
        return self._store.parties()

    def days(self) -> tuple[dt.date | None, dt.date | None, int]:
        """First day, last day, and how many articles have no date."""
        return self._store.days()

    def count(self) -> Mapping[str, int]:
        return self._store.count()

    def save_turn(self, conversation: str, answer: Answer) -> None:
        """Append an answer to a stored conversation."""
        from briefing.export import to_json

        self._store.append_turn(conversation, to_json(answer))

    def save_briefing(self, page: Briefing, name: str) -> None:
        """Keep a briefing as data under a name; a later one of that name takes its place."""
        from briefing.export import to_json

        self._store.save_briefing(to_json(page), name)

    def briefings(self) -> dict[str, dict[str, Any]]:
        """The briefings that were kept, as data by name, newest last; `verify` takes each."""
        import json

        return {name: json.loads(payload) for name, payload in self._store.briefings()}

    def conversation(self, conversation: str) -> list[dict[str, Any]]:
        """The answers of a stored conversation, oldest first, as data."""
        import json

        return [json.loads(turn) for turn in self._store.turns(conversation)]

    def as_retriever(self, k: int = 10, **narrowing: Unpack[Narrowing]) -> BaseRetriever:
        """This library's search as a LangChain retriever, narrowed as `search` may be."""
        from briefing.retrieval.langchain import as_retriever

        return as_retriever(partial(self.search, **narrowing), k)

    def as_runnable(self) -> Runnable[str, Answer]:
        """`ask` as a LangChain runnable: a question in, an Answer out."""
        from briefing.retrieval.langchain import as_runnable

        return as_runnable(self.ask)
