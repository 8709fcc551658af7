"""Nothing is traced by itself; LangSmith's usual variables turn it on, and the runs go where they say."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from briefing.library import open_library
from briefing.types import Article
from tests.openai_server import serve

TEXT = "Oman's foreign ministry said the coast road was open to trucks."


class Collector(ThreadingHTTPServer):
    """Takes whatever is sent to it; `paths` are the addresses of the requests, in order."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Taking)
        self.paths: list[str] = []


class _Taking(BaseHTTPRequestHandler):
    server: Collector

    def _take(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.paths.append(self.path)
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def do_POST(self) -> None:
        self._take()

    def do_GET(self) -> None:
        self._take()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing: a test's output is its own."""


@pytest.fixture
def collector() -> Iterator[Collector]:
    with Collector() as running:
        threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield running
        running.shutdown()


@pytest.mark.parametrize("tracing", [False, True])
def test_runs_are_sent_only_where_the_variables_say_so(
    tmp_path: Path, collector: Collector, tracing: bool
) -> None:
    with open_library(tmp_path / "library") as library:
        library.add([Article(TEXT, outlet="Harbour Gazette", published="2021-03-04")])
    address = f"http://127.0.0.1:{collector.server_address[1]}"
    with serve() as server:
        server.says(f"## Oman\n- {TEXT} [1]\n")
        settings = {
            "BRIEFING_HOME": str(tmp_path / "library"),
            "BRIEFING_MODEL": "openai:test-model",
            "BRIEFING_BASE_URL": server.address,
            "LANGSMITH_ENDPOINT": address,
            "LANGSMITH_API_KEY": "none",
        }
        if tracing:
            settings["LANGSMITH_TRACING"] = "true"
        done = subprocess.run(
            [sys.executable, "-m", "briefing", "ask", "Was the coast road open?"],
            env={**os.environ, **settings},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert done.returncode == 0, done.stderr
        assert server.requests
    assert any(path.startswith("/runs") for path in collector.paths) == tracing
    if not tracing:
        assert collector.paths == []
