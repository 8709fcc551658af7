"""A model through the one door: whatever it writes, a reader gets what the sources say."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from briefing.errors import SettingError
from briefing.export import markdown, plain
from briefing.library import open_library
from briefing.types import Answer, Article, Claim
from briefing.writing.accounts import Budget, Prices
from briefing.writing.chat import ModelSettings, load_chat_model
from tests.openai_server import OpenAIServer, Reply, serve


@pytest.fixture
def server() -> Iterator[OpenAIServer]:
    with serve() as running:
        yield running


NEWS = (
    "Oman's foreign ministry said the coast road was open to trucks. Qatar's transport minister, "
    "Jaber Naimi, said the coast road was shut to trucks. The road runs for ninety kilometres along the sea. "
    "“Not one truck has passed since Monday,” Naimi told reporters."
)
QUESTION = "Was the coast road open to trucks?"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("library")
    with open_library(folder) as library:
        library.add([Article(NEWS, outlet="Harbour Gazette", published="2021-03-04")])
    return folder


@pytest.fixture
def shelf(filled: Path, tmp_path: Path) -> Path:
    """A library of its own for each test, because replies of the model are kept in it."""
    return Path(shutil.copytree(filled, tmp_path / "library"))


def ask(shelf: Path, server: OpenAIServer) -> Answer:
    with open_library(
        shelf, chat_model=load_chat_model(ModelSettings("openai:test-model", server.address))
    ) as library:
        return library.ask(QUESTION)


@pytest.fixture(scope="module")
def extractive(filled: Path) -> dict[str, list[str]]:
    """What the library answers without a model."""
    with open_library(filled) as library:
        return by_heading(library.ask(QUESTION))


FAITHFUL = (
    "## Oman\n- Oman's foreign ministry said the coast road was open to trucks. [1]\n"
    "## Qatar\n- Jaber Naimi said the coast road was shut to trucks. [2]\n"
)


def by_heading(answer: Answer) -> dict[str, list[str]]:
    return {group.heading: [claim.text for claim in group.claims] for group in answer.groups}


def test_a_faithful_model_words_the_answer(shelf: Path, server: OpenAIServer) -> None:
    server.says(FAITHFUL)
    answer = ask(shelf, server)
    assert answer.writer == "test-model"
    assert by_heading(answer)["Oman"] == ["Oman's foreign ministry said the coast road was open to trucks."]
    assert all(claim.verdict.supported and claim.citations for claim in answer.claims)


LIES = [
    "Oman's foreign ministry said the coast road was shut to trucks.",
    "The coast road was open to trucks.",
    "Qatar's foreign ministry said the coast road was open to trucks.",
    "Oman's foreign ministry said “the coast road was open to every truck”.",
    "Oman's foreign ministry said the coast road was open to 900 trucks.",
    "Oman's foreign ministry lied about the coast road.",
]


@pytest.mark.parametrize("lie", LIES)
def test_nothing_false_gets_through_and_the_sources_words_take_its_place(
    shelf: Path, server: OpenAIServer, extractive: dict[str, list[str]], lie: str
) -> None:
    server.script = lambda _: Reply([f"## Oman\n- {lie} [1]\n## Qatar\n- {lie} [2]\n"])
    answer = ask(shelf, server)
    assert lie not in [claim.text for claim in answer.claims]
    assert all(claim.verdict.supported for claim in answer.claims)
    assert by_heading(answer)["Oman"] == extractive["Oman"]
    (oman,) = [group for group in answer.groups if group.heading == "Oman"]
    (note,) = [note for claim in oman.claims for note in claim.notes if "rejected" in note]
    assert note.startswith("in the source’s words; the model’s line was rejected: ")


@pytest.mark.parametrize(
    "reply",
    [
        Reply([""]),
        Reply(["I am sorry."]),
        Reply(["## Oman\n- Oman said so. [99]\n"]),
        Reply(["## Oman\n- Oman"], finish=None),
        Reply(status=401),
    ],
    ids=["empty", "a refusal", "a number it made up", "cut off", "refused"],
)
def test_a_model_that_fails_leaves_the_answer_of_the_sources(
    shelf: Path, server: OpenAIServer, extractive: dict[str, list[str]], reply: Reply
) -> None:
    server.replies(reply)
    assert by_heading(ask(shelf, server)) == extractive


def test_a_model_that_fails_is_named_in_a_note(shelf: Path, server: OpenAIServer) -> None:
    server.replies(Reply(status=401))
    note, *_ = ask(shelf, server).notes
    assert note.startswith("the language model test-model failed")
    assert note.endswith("the rest is in the sources’ own words.")


def test_a_line_that_the_model_leaves_out_is_said_in_the_sources_words(
    tmp_path: Path, server: OpenAIServer
) -> None:
    two = "Oman said the coast road was open to trucks. Oman said a truck had burned on the coast road."
    with open_library(tmp_path) as library:
        library.add([Article(two, outlet="Harbour Gazette", published="2021-03-04")])
        expected = by_heading(library.ask("What did Oman say?"))["Oman"]
    assert len(expected) == 2
    server.says(f"## Oman\n- {expected[0]} [1]\n")
    chat_model = load_chat_model(ModelSettings("openai:test-model", server.address))
    with open_library(tmp_path, chat_model=chat_model) as library:
        assert by_heading(library.ask("What did Oman say?"))["Oman"] == expected


def test_a_model_may_put_a_rejected_line_right_once(shelf: Path, server: OpenAIServer) -> None:
    right = "Oman's foreign ministry said the coast road was open to trucks."
    wrong = "Oman's foreign ministry said the coast road was shut to trucks."
    server.replies(Reply([f"## Oman\n- {wrong} [1]\n"]), Reply([f"- {right} [1]"]))
    answer = ask(shelf, server)
    assert by_heading(answer)["Oman"] == [right]
    assert [c.notes for group in answer.groups if group.heading == "Oman" for c in group.claims] == [()]
    assert f"Rejected line: {wrong}" in server.prompt()


def test_the_same_question_again_costs_nothing(shelf: Path, server: OpenAIServer) -> None:
    server.says(FAITHFUL)
    first = ask(shelf, server)
    asked = len(server.requests)
    again = ask(shelf, server)
    assert len(server.requests) == asked
    assert again.groups == first.groups
    assert again.usage is not None
    assert (again.usage.calls, again.usage.kept, again.usage.tokens_in) == (0, asked, 0)


def test_a_reply_that_was_cut_off_is_not_kept(shelf: Path, server: OpenAIServer) -> None:
    server.replies(Reply([FAITHFUL[:60]], finish=None))
    ask(shelf, server)
    asked = len(server.requests)
    ask(shelf, server)
    assert len(server.requests) > asked


def test_a_budget_that_is_used_up_stops_politely(
    shelf: Path, server: OpenAIServer, extractive: dict[str, list[str]]
) -> None:
    chat_model = load_chat_model(ModelSettings("openai:test-model", server.address))
    with open_library(shelf, chat_model=chat_model, budget=Budget(tokens=10)) as library:
        answer = library.ask(QUESTION)
    assert server.requests == []
    assert by_heading(answer) == extractive
    assert answer.notes[0].startswith("today’s budget for the language model is used up (0 of 10 tokens")


def test_a_budget_of_money_needs_the_price_of_the_model(shelf: Path, server: OpenAIServer) -> None:
    chat_model = load_chat_model(ModelSettings("openai:test-model", server.address))
    with pytest.raises(SettingError, match="needs the price of test-model in BRIEFING_PRICES"):
        open_library(shelf, chat_model=chat_model, budget=Budget(cost=2.5))


def test_a_repair_that_fails_leaves_the_good_lines(shelf: Path, server: OpenAIServer) -> None:
    wrong = "Oman's foreign ministry said the coast road was shut to trucks."
    right = FAITHFUL.partition("## Qatar")[2]
    server.replies(
        Reply([f"## Oman\n- {wrong} [1]\n## Qatar{right}"]), Reply(['{"lines": [{"sentences": 4}'])
    )
    answer = ask(shelf, server)
    (qatar,) = [g for g in answer.groups if g.heading == "Qatar"]
    assert next((c.text, c.notes) for c in qatar.claims) == (
        "Jaber Naimi said the coast road was shut to trucks.",
        (),
    )
    (oman,) = [g for g in answer.groups if g.heading == "Oman"]
    assert any("the model’s line was rejected: " in note for c in oman.claims for note in c.notes)
    assert any(note.startswith("the language model sent JSON") for note in answer.notes)


def test_what_an_answer_took_is_shown_and_booked(shelf: Path, server: OpenAIServer) -> None:
    server.replies(Reply([FAITHFUL], usage=(1000, 100)))
    chat_model = load_chat_model(ModelSettings("openai:test-model", server.address))
    prices = Prices("USD", {"test-model": (1.0, 10.0)})
    with open_library(shelf, chat_model=chat_model, prices=prices) as library:
        answer = library.ask(QUESTION)
        text = plain(answer)
    used = answer.usage
    assert used is not None
    assert used.tokens_in == 1000 * used.calls
    assert used.cost == pytest.approx(0.002 * used.calls)
    assert f"{used.tokens_in:,} tokens read" in " ".join(text.split())
    assert "USD" in text


def test_each_line_is_told_the_moment_it_has_passed(shelf: Path, server: OpenAIServer) -> None:
    server.replies(
        Reply([FAITHFUL.split("## Qatar")[0], FAITHFUL[len(FAITHFUL.split("## Qatar")[0]) :]], stall_at=1)
    )
    told: list[tuple[str, str]] = []

    def hear(heading: str, claim: Claim) -> None:
        told.append((heading, claim.text))
        server.go_on.set()  # the second line is sent only when the first has been shown

    chat_model = load_chat_model(ModelSettings("openai:test-model", server.address))
    with open_library(shelf, chat_model=chat_model) as library:
        answer = library.ask(QUESTION, on_claim=hear)
    assert told[0] == ("Oman", "Oman's foreign ministry said the coast road was open to trucks.")
    assert [text for _, text in told] == [claim.text for claim in answer.claims]


@pytest.mark.parametrize(
    "line",
    [
        "Das Außenministerium Omans sagte, die Küstenstraße sei für Lastwagen offen.",
        "МИД Омана заявил, что прибрежная дорога открыта для грузовиков.",
    ],
)
def test_another_language_is_not_shown(
    shelf: Path, server: OpenAIServer, extractive: dict[str, list[str]], line: str
) -> None:
    server.script = lambda _: Reply([f"## Oman\n- {line} [1]\n"])
    answer = ask(shelf, server)
    assert by_heading(answer) == extractive


def test_a_model_words_the_briefing_too_and_a_lie_stays_out(shelf: Path, server: OpenAIServer) -> None:
    server.script = lambda _: Reply(["## Oman\n- Oman's foreign ministry said the road was on fire. [1]\n"])
    chat_model = load_chat_model(ModelSettings("openai:test-model", server.address))
    with open_library(shelf) as library:
        plainly = library.brief()
    with open_library(shelf, chat_model=chat_model) as library:
        page = library.brief()
    assert page.writer == "test-model"
    assert "on fire" not in markdown(page)
    assert [c.text for c in page.claims] == [c.text for c in plainly.claims]
    assert "Title: Briefing, 4 March 2021" in server.prompt(0)
