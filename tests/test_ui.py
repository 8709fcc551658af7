"""The page without a browser: its headers, its start, and what it does when used (AppTest)."""

from __future__ import annotations

import asyncio
import html
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import PlainTextResponse
from streamlit import cache_resource
from streamlit.testing.v1 import AppTest

import briefing
from briefing.ingest import scan_articles
from ui.serve import command
from ui.shield import SecurityHeaders, content_policy, inline_script_hashes, served_hosts

# -- headers and start


def _sent(app: Any, host: str) -> dict[str, Any]:
    """How the app begins its response to a request for this host."""
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        return {"type": "http.request"}

    asyncio.run(app({"type": "http", "headers": [(b"host", host.encode())]}, receive, send))
    return dict(sent[0])


def _headers_sent(host: str) -> dict[str, str]:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})

    headers = _sent(SecurityHeaders(app, ["'sha256-x'"]), host)["headers"]
    return {name.decode(): value.decode() for name, value in headers}


def test_every_response_carries_the_headers() -> None:
    headers = _headers_sent("localhost:8501")
    policy = headers.pop("content-security-policy")
    assert headers == {
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "referrer-policy": "no-referrer",
    }
    directives = dict(part.split(" ", 1) for part in policy.split("; "))
    assert directives["script-src"] == "'self' blob: 'sha256-x'"
    assert directives["img-src"] == "'self' data: blob:"
    assert directives["connect-src"] == "'self' ws://localhost:8501 wss://localhost:8501"
    assert "unsafe-eval" not in policy


def test_a_host_that_is_no_name_is_not_repeated_in_the_policy() -> None:
    assert "evil" not in content_policy("localhost:1; script-src https://evil.example", [])


@pytest.mark.parametrize(
    ("address", "host", "status"),
    [
        ("127.0.0.1", "localhost:8501", 200),
        ("127.0.0.1", "127.0.0.1:8501", 200),
        ("127.0.0.1", "rebound.example:8501", 400),
        ("127.0.0.1", "192.168.1.20:8501", 400),
        ("192.168.1.20", "192.168.1.20:8501", 200),
        ("desk.example", "DESK.example", 200),
        ("::1", "[::1]:8501", 200),
        ("0.0.0.0", "rebound.example:8501", 400),
        ("0.0.0.0", "localhost:8501", 200),
    ],
)
def test_only_the_names_that_were_given_are_served(address: str, host: str, status: int) -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        await PlainTextResponse("page")(scope, receive, send)

    guarded = TrustedHostMiddleware(app, allowed_hosts=served_hosts(address), www_redirect=False)
    assert _sent(guarded, host)["status"] == status


def test_inline_scripts_are_allowed_by_their_hash_only(tmp_path: Path) -> None:
    page = tmp_path / "index.html"
    page.write_text('<script>go()</script><script src="a.js"></script>', encoding="utf-8")
    # printf 'go()' | openssl dgst -sha256 -binary | base64
    assert inline_script_hashes(page) == ["'sha256-5KYv+PUboo5h+0+YAtGRPbwv5d/QxzHslP4YGnUaxRw='"]


def test_the_command_binds_to_loopback_and_turns_off_what_phones_home() -> None:
    flags = command(port=9000)[5:]
    assert "--server.address=127.0.0.1" in flags
    assert "--server.port=9000" in flags
    for flag in (
        "--browser.gatherUsageStats=false",
        "--client.showErrorDetails=none",
        "--client.toolbarMode=minimal",
        "--server.maxUploadSize=20",
        "--server.headless=true",
        "--server.enableXsrfProtection=true",
        "--theme.dark.textColor=#e9e6df",
    ):
        assert flag in flags
    assert Path(command()[4]).name == "page.py"


# -- the page in use


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library that holds the sample articles."""
    folder = tmp_path_factory.mktemp("page") / "library"
    with briefing.open_library(folder) as library:
        library.add(scan_articles(Path(__file__).parent.parent / "samples"))
    return folder


@pytest.fixture
def page(root: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Opens the page on a library folder, and closes what it opened."""

    def open_page(home: Path, **address: str) -> AppTest:
        monkeypatch.setenv("BRIEFING_HOME", str(home))
        app = AppTest.from_file(str(root / "ui" / "app.py"), default_timeout=60)
        for name, value in address.items():
            app.query_params[name] = value
        return app.run()

    yield open_page
    cache_resource.clear()


def _sheets(app: AppTest) -> list[dict[str, Any]]:
    """The sheets that the claims component was given, in page order."""
    found = [json.loads(element.proto.json) for element in app.get("bidi_component")]
    return [data["sheet"] for data in found if "sheet" in data]


def _texts(sheet: dict[str, Any]) -> str:
    return json.dumps(sheet, ensure_ascii=False)


def test_a_question_is_answered_by_party_and_a_follow_up_understood(page: Any, filled: Path) -> None:
    app = page(filled)
    assert app.header[0].value == "Briefing"
    assert "14 articles · 9 outlets · 30 September to 1 October 2015" in app.caption[0].value
    app.chat_input[0].set_value("Did Russia coordinate with the United States?").run()
    assert not app.exception
    [sheet] = _sheets(app)
    assert "Russia" in [section["heading"] for section in sheet["sections"]]
    assert all(line["chips"] for section in sheet["sections"] for line in section["lines"])

    app.chat_input[0].set_value("What did Josh Earnest say?").run()
    app.chat_input[0].set_value("And Lavrov?").run()
    assert [s["question"] for s in _sheets(app)][1:] == ["What did Josh Earnest say?", "And Lavrov?"]
    assert _sheets(app)[2]["asides"][0].startswith("Asked as: ")
    assert "Lavrov" in _texts(_sheets(app)[2]["sections"])

    app.text_area[0].set_value("What did Sergei Ivanov say about ground troops?").run()
    app.button(key="correct-ask").click().run()
    assert not app.exception
    corrected = _sheets(app)[3]
    assert corrected["question"] == "What did Sergei Ivanov say about ground troops?"
    assert not corrected["asides"]


def test_a_conversation_survives_a_reload_by_its_address(page: Any, filled: Path) -> None:
    app = page(filled)
    app.chat_input[0].set_value("What did John Kerry say?").run()
    again = page(filled, c=app.query_params["c"])
    assert _sheets(again) == _sheets(app)
    again.button(key="start-again").click().run()
    assert _sheets(again) == []
    assert "c" not in again.query_params


def test_what_the_sources_do_not_say_is_declined(page: Any, filled: Path) -> None:
    app = page(filled)
    app.chat_input[0].set_value("What did China say?").run()
    [sheet] = _sheets(app)
    assert "China" in sheet["declined"]
    assert "14 articles" in sheet["feet"][-1]
    assert all(line["chips"] for section in sheet["sections"] for line in section["lines"])


def test_suggestions_come_from_the_library_and_can_be_pressed(page: Any, filled: Path) -> None:
    app = page(filled)
    labels = [html.unescape(b.label) for b in app.button if (b.key or "").startswith("suggestion-")]
    assert labels[0] == "What happened on 1 October 2015?"
    assert any("Russia" in label for label in labels)
    app.button(key="suggestion-1").click().run()
    assert [s["question"] for s in _sheets(app)] == [labels[1]]


def test_filters_narrow_what_is_asked(page: Any, filled: Path) -> None:
    app = page(filled)
    app.selectbox(key="filter-outlet").set_value("Moscow Ledger").run()
    app.chat_input[0].set_value("Who was hit by the strikes?").run()
    sources = {c["source"] for s in _sheets(app)[0]["sections"] for line in s["lines"] for c in line["chips"]}
    assert sources
    assert all(source.startswith("Moscow Ledger") for source in sources)


def test_a_topic_narrows_what_is_asked(page: Any, filled: Path) -> None:
    app = page(filled)
    app.text_input(key="filter-topic").set_value("an election in Portugal").run()
    app.chat_input[0].set_value("Who was hit by the strikes?").run()
    assert not app.exception
    assert len(_sheets(app)) == 1


def test_a_briefing_has_its_parts(page: Any, filled: Path) -> None:
    app = page(filled)
    app.session_state["view"] = "Briefing"
    app.run()
    next(b for b in app.button if b.label == "Make briefing").click().run()
    assert not app.exception
    [sheet] = _sheets(app)
    headings = [s["heading"] for s in sheet["sections"]]
    assert headings[0] == "What happened"
    assert {"Russia", "United States", "Not heard in these sources", "Sources"} <= set(headings)
    disputes = [s for s in sheet["sections"] if s["kicker"] == "Disputed"]
    assert disputes
    assert all(len(s["columns"]) > 1 for s in disputes)


def test_an_error_is_one_line_and_the_page_stays(page: Any, filled: Path) -> None:
    app = page(filled)
    app.chat_input[0].set_value("What did John Kerry say?").run()
    app.chat_input[0].set_value("   ").run()
    assert not app.exception
    assert [html.unescape(e.value) for e in app.error] == [
        "the question is empty; type what you want to know"
    ]
    assert len(_sheets(app)) == 1


def test_a_library_that_cannot_be_opened_is_said_in_one_line(page: Any, tmp_path: Path) -> None:
    blocked = tmp_path / "![x](http:file"
    blocked.write_text("a file where the folder should be", encoding="utf-8")
    app = page(blocked)
    assert not app.exception
    [error] = app.error
    assert "![" not in error.value
    assert "![x](http:file" in html.unescape(error.value)


def test_an_empty_library_offers_the_samples(page: Any, tmp_path: Path) -> None:
    app = page(tmp_path / "library")
    assert not app.chat_input
    app.button(key="load-samples").click().run()
    assert not app.exception
    assert app.chat_input
    assert "14 articles added." in [t.value for t in app.text]


def test_files_are_added_and_rejected_ones_named(page: Any, tmp_path: Path) -> None:
    app = page(tmp_path / "library")
    good = ("bell.txt", b"The gate\nOsei said the gate was shut.\n", "text/plain")
    app.file_uploader[0].set_value([good, ("../void.txt", b"", "text/plain")]).run()
    app.button(key="add-files").click().run()
    assert not app.exception
    shown = [t.value for t in app.text]
    assert "1 article added." in shown
    assert any(line.startswith("Not added: void.txt: ") for line in shown)
    assert app.chat_input


def test_sources_list_articles_and_statements(page: Any, filled: Path) -> None:
    app = page(filled)
    app.session_state["view"] = "Sources"
    app.run()
    [sheet] = _sheets(app)
    assert "London and Paris press Moscow" in _texts(sheet)
    app.text_input(key="articles-words").set_value("talbiseh").run()
    assert "London and Paris press Moscow" not in _texts(_sheets(app)[0])
    app.session_state["sources-part"] = "Who said what"
    app.run()
    table = app.dataframe[0].value
    assert "Russia" in set(table["Party"])
    assert (table["What is said"] != "").all()


def test_sources_show_the_parties_that_are_known(page: Any, filled: Path) -> None:
    app = page(filled)
    app.session_state["view"] = "Sources"
    app.session_state["sources-part"] = "Parties"
    app.run()
    assert not app.exception
    assert "Kremlin" in " ".join(app.dataframe[0].value["Speaks through"])
    app.text_input(key="parties-words").set_value("daesh").run()
    found = set(app.dataframe[0].value["Party"])
    assert "Islamic State" in found and "Albania" not in found
