"""The page in Chromium, as a reader uses it: one server, and a listener beside it that must hear nothing."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

import briefing
from briefing.ingest import scan_articles
from briefing.types import Article
from ui.serve import command

pytestmark = pytest.mark.browser
ROOT = Path(__file__).resolve().parent.parent
_PATIENCE = 20_000  # ms for one step: the cores may be busy
_START = 60  # s for the server


class _Listener(BaseHTTPRequestHandler):
    heard: list[str]

    def do_GET(self) -> None:
        self.heard.append(self.path)
        self.send_response(204)
        self.end_headers()

    def log_request(self, *args: object) -> None:
        """Write nothing to the terminal."""


@pytest.fixture(scope="module")
def listener() -> Iterator[tuple[str, list[str]]]:
    """The address that the poisoned article points to, and what was asked of it."""
    heard: list[str] = []
    handler = type("Listener", (_Listener,), {"heard": heard})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", heard
        server.shutdown()
        thread.join()


def _poisoned(address: str) -> Article:
    """An article that would load, run or style something wherever its words were taken for markup."""
    lure = f"![x]({address}/md.png) <img src='{address}/img.png'> <script>fetch('{address}/js')</script>"
    style = f"<style>body{{background:url({address}/css.png)}}</style> [x]({address}/link)"
    return Article(
        text=f"Mayor Ada Quill said the orchard festival “will go on {lure}”.\n"
        f"The orchard festival opens in Dellbrook on Saturday. {style}",
        title=f"Orchard festival {lure}",
        outlet=f"Dellbrook Leaf {lure}",
        published="2015-10-01",
        url="javascript:document.title='run'",
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, listener: tuple[str, list[str]]) -> Path:
    folder = tmp_path_factory.mktemp("browser") / "library"
    with briefing.open_library(folder) as library:
        library.add([*scan_articles(ROOT / "samples"), _poisoned(listener[0])])
    return folder


@pytest.fixture(scope="module")
def server(home: Path) -> Iterator[str]:
    """The address of the page, served as `briefing ui` serves it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    outside = ("BRIEFING_", "OPENAI_", "LANGSMITH_", "LANGCHAIN_", "STREAMLIT_")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(outside)}
    variables = {**kept, "BRIEFING_HOME": str(home), "LANGSMITH_TRACING": "false"}
    log = (home.parent / "server.log").open("w+")
    process = subprocess.Popen(command(port=port), env=variables, cwd=home.parent, stdout=log, stderr=log)
    try:
        _wait_for(f"http://127.0.0.1:{port}/_stcore/health", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)
        log.close()


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + _START
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(address):
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"the server did not answer at {address}")


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        # Chromium refuses its own sandbox to root.
        flags = ["--no-sandbox"] if os.geteuid() == 0 else []
        instance = playwright.chromium.launch(executable_path=chromium, args=flags)
        yield instance
        instance.close()


@pytest.fixture
def page(browser: Browser, server: str) -> Iterator[Page]:
    """The opened page. Every test that uses it also proves that nothing outside was asked for."""
    context = browser.new_context(viewport={"width": 1280, "height": 860}, reduced_motion="reduce")
    opened = context.new_page()
    opened.set_default_timeout(_PATIENCE)
    asked: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    opened.goto(server)
    expect(opened.get_by_role("tab", name="Ask")).to_be_visible(timeout=_PATIENCE)
    yield opened
    context.close()
    assert [url for url in asked if not url.startswith((server, "blob:", "data:"))] == []


def _ask(page: Page, question: str) -> Locator:
    """Ask, and wait for the exchange to stand on the page."""
    box = page.get_by_placeholder("Ask what was said")
    box.fill(question)
    box.press("Enter")
    sheet = page.locator(".sheet").filter(has=page.locator(".question", has_text=question))
    expect(sheet.locator(".foot").last).to_be_visible(timeout=_PATIENCE)
    return sheet


def _in_view(mark: Locator) -> bool:
    """Whether the marked words are inside the part of the article that the panel shows."""
    return bool(
        mark.evaluate(
            """mark => {
                const m = mark.getBoundingClientRect();
                const t = mark.closest('.text').getBoundingClientRect();
                return m.top >= t.top - 1 && m.top < t.bottom;
            }"""
        )
    )


def test_ask_read_open_a_receipt_and_follow_up(page: Page) -> None:
    sheet = _ask(page, "Did Russia coordinate with the United States?")
    expect(sheet.get_by_role("heading", name="Russia", exact=True)).to_be_visible()
    chip = sheet.locator(".chip").last
    number, quote = chip.inner_text(), sheet.locator(".hint-quote").last.text_content()

    chip.focus()
    page.keyboard.press("Enter")
    mark = page.locator(".reader mark")
    expect(mark.first).to_be_visible()
    assert quote is not None
    assert quote.strip() in "".join(mark.all_text_contents())
    assert _in_view(mark.first)
    expect(page.get_by_text(f"Receipt {number} of")).to_be_visible()
    expect(chip).to_have_attribute("aria-pressed", "true")
    expect(chip).to_be_focused()
    chip.press("Enter")
    expect(mark).to_have_count(0)

    _ask(page, "What did John Kerry say?")
    follow = _ask(page, "And Josh Earnest?")
    expect(follow.locator(".aside")).to_contain_text("Asked as:")
    expect(follow.locator(".lines").first).to_contain_text("Earnest")


def test_a_reload_brings_the_conversation_back(page: Page) -> None:
    _ask(page, "What did Sergei Lavrov say?")
    page.wait_for_url("**/?c=*")
    page.reload()
    expect(page.locator(".question")).to_have_text("What did Sergei Lavrov say?")
    page.get_by_role("button", name="New chat").click()
    expect(page.locator(".question")).to_have_count(0)
    expect(page.get_by_text("What do you need to know?")).to_be_visible()
    assert "c=" not in page.url


def test_a_declined_question_shows_what_was_searched(page: Page) -> None:
    sheet = _ask(page, "What did China say?")
    expect(sheet.locator(".declined")).to_contain_text("China")
    expect(sheet.locator(".foot").last).to_contain_text("15 articles")


def test_the_briefing_is_made_read_and_downloaded(page: Page, tmp_path: Path) -> None:
    page.get_by_role("tab", name="Briefing").click()
    page.get_by_role("button", name="Make briefing").click()
    sheet = page.locator(".sheet")
    expect(sheet.get_by_role("heading", name="Not heard in these sources")).to_be_visible(timeout=_PATIENCE)
    columns = sheet.locator(".columns").first.locator(".column")
    widths = {round(box["width"]) for box in map(Locator.bounding_box, columns.all()) if box}
    assert columns.count() > 1
    assert max(widths) - min(widths) <= 1

    sheet.locator(".chip").first.click()
    expect(page.locator(".reader mark").first).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download Markdown").click()
    download.value.save_as(tmp_path / "briefing.md")
    assert "## Sources" in (tmp_path / "briefing.md").read_text(encoding="utf-8")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download JSON").click()
    download.value.save_as(tmp_path / "briefing.json")
    saved = json.loads((tmp_path / "briefing.json").read_text(encoding="utf-8"))
    numbered = sheet.locator("section", has=page.get_by_role("heading", name="Sources", exact=True)).locator(
        "li"
    )
    assert numbered.count() == len(saved["receipts"])


def test_an_article_cannot_load_or_run_anything(page: Page, listener: tuple[str, list[str]]) -> None:
    address, heard = listener
    _ask(page, "What did Ada Quill say about the orchard festival?").locator(".chip").first.click()
    reader = page.locator(".reader")
    expect(reader).to_contain_text(f"![x]({address}/md.png) <img src='{address}/img.png'> <script>")
    expect(reader.locator("a, img, script, style")).to_have_count(0)
    page.get_by_role("button", name="Filters").click()
    page.get_by_label("Outlet").click()
    expect(page.get_by_role("option", name="Dellbrook Leaf")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")

    page.get_by_role("tab", name="Briefing").click()
    page.get_by_label("Topic").fill(f"orchard festival ![x]({address}/topic.png)")
    page.get_by_role("button", name="Make briefing").click()
    expect(page.locator(".sheet .title")).to_be_visible(timeout=_PATIENCE)

    page.get_by_role("tab", name="Sources").click()
    expect(page.locator(".sheet")).to_contain_text("Dellbrook Leaf ![x]")
    page.get_by_role("radio", name="Who said what").click()
    expect(page.get_by_test_id("stDataFrame")).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert page.title() == "Briefing"
    assert heard == []
    with urllib.request.urlopen(f"{address}/control"):
        assert heard == ["/control"]


def test_the_policy_stops_an_image_that_got_through(
    browser: Browser, server: str, listener: tuple[str, list[str]]
) -> None:
    address, heard = listener
    before = len(heard)
    page = browser.new_page()
    page.goto(server)
    stopped = page.evaluate(
        """address => new Promise(done => {
            const image = new Image();
            image.onload = () => done(false);
            image.onerror = () => done(true);
            image.src = address + '/late.png';
        })""",
        address,
    )
    page.close()
    assert stopped
    assert len(heard) == before


def test_a_narrow_window_reads_in_a_sheet_at_the_foot(page: Page) -> None:
    page.set_viewport_size({"width": 420, "height": 800})
    sheet = _ask(page, "What did John Kerry say?")
    sheet.locator(".chip").first.click()
    reader = page.locator(".reader")
    expect(reader.locator("mark").first).to_be_in_viewport()
    assert reader.locator(".text").evaluate("text => text.scrollTop") > 0
    assert _in_view(reader.locator("mark").first)
    box = reader.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 420
    page.get_by_role("button", name="Close").click()
    expect(reader).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth") <= 420


def _answer_to(address: str, host: str) -> tuple[int, Any]:
    request = urllib.request.Request(address, headers={"Host": host})
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, answer.headers
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers


def test_the_shell_has_the_security_headers(server: str) -> None:
    status, headers = _answer_to(server, server.removeprefix("http://"))
    assert status == 200
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", ""])
def test_a_foreign_host_is_refused(server: str, host: str) -> None:
    assert _answer_to(server, host)[0] == 400
    assert _answer_to(f"{server}/_stcore/stream", host)[0] == 400
