"""A small OpenAI-compatible chat server on 127.0.0.1 that streams what a test scripts, mistakes included."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Reply:
    """What the server sends: `pieces` of text one by one, then `finish`.

    A `finish` of None ends the stream without a word; `torn` breaks the connection in the middle of it.
    Before the piece number `stall_at` the server waits until it is told to go on, or is shut. `usage` are the
    tokens (in, out) that it reports; the `refusal` comes before `finish`.
    """

    pieces: Sequence[str] = ()
    finish: str | None = "stop"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    torn: bool = False
    stall_at: int | None = None
    usage: tuple[int, int] | None = None
    refusal: str = ""


Script = Callable[[dict[str, Any]], Reply]


class OpenAIServer:
    """`requests` are the bodies received, in order; `script` makes the reply to each."""

    def __init__(self) -> None:
        self.requests: list[dict[str, Any]] = []
        self.script: Script = lambda _: Reply(["- Nothing. [1]"])
        self.go_on = threading.Event()
        self.address = ""

    def replies(self, *replies: Reply) -> None:
        """Send these in order, the last one again and again."""
        begun = len(self.requests)
        self.script = lambda _: replies[min(len(self.requests) - begun, len(replies)) - 1]

    def says(self, text: str, size: int = 0) -> None:
        """Stream `text`, in pieces of `size` characters (0: all at once)."""
        self.replies(Reply([text[i : i + size] for i in range(0, len(text), size)] if size else [text]))

    def says_lines(self, *lines: tuple[str, str, list[int]], size: int = 0) -> None:
        """Stream (heading, text, numbers) as the JSON that the schema asks for."""
        rows = [{"heading": h, "text": t, "sentences": n} for h, t, n in lines]
        self.says(json.dumps({"lines": rows}, ensure_ascii=False), size)

    def prompt(self, number: int = -1) -> str:
        """The user message of a request."""
        (message,) = [m for m in self.requests[number]["messages"] if m["role"] == "user"]
        content: str = message["content"]
        return content


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is what some tests are about; anything else is told."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def serve() -> Iterator[OpenAIServer]:
    """A running server; it is shut down, and let go of its stalls, at the end."""
    state = OpenAIServer()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            state.requests.append(json.loads(body))
            _send(self, state.script(state.requests[-1]), state.go_on)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            """Say nothing: a test's output is its own."""

    server = _Server(("127.0.0.1", 0), Handler)
    state.address = f"http://127.0.0.1:{server.server_port}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield state
    finally:
        state.go_on.set()
        server.shutdown()
        server.server_close()
        thread.join()


def _send(handler: BaseHTTPRequestHandler, reply: Reply, go_on: threading.Event) -> None:
    if reply.status != 200:
        raw = json.dumps({"error": {"message": "scripted failure", "type": "server_error"}}).encode()
        handler.send_response(reply.status)
        for name, value in {"Content-Type": "application/json", **reply.headers}.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(raw)))
        handler.end_headers()
        handler.wfile.write(raw)
        return
    handler.send_response(200)
    handler.send_header("Content-Type", "text/event-stream")
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    for number, piece in enumerate(reply.pieces):
        if number == reply.stall_at:
            go_on.wait(10)
        _event(handler, {"delta": {"role": "assistant", "content": piece}, "finish_reason": None})
    if reply.torn:
        handler.close_connection = True
        return
    if reply.refusal:
        _event(handler, {"delta": {"refusal": reply.refusal}, "finish_reason": None})
    if reply.finish is not None:
        _event(handler, {"delta": {}, "finish_reason": reply.finish})
        if reply.usage:
            _event(handler, None, dict(zip(("prompt_tokens", "completion_tokens"), reply.usage, strict=True)))
        _chunk(handler, b"data: [DONE]\n\n")
    handler.wfile.write(b"0\r\n\r\n")


def _event(
    handler: BaseHTTPRequestHandler, choice: dict[str, Any] | None, usage: dict[str, int] | None = None
) -> None:
    event: dict[str, Any] = {
        "id": "c1",
        "object": "chat.completion.chunk",
        "created": 0,
        "model": "test-model",
    }
    event["choices"] = [{"index": 0, **choice}] if choice else []
    if usage:
        event["usage"] = {**usage, "total_tokens": sum(usage.values())}
    _chunk(handler, b"data: " + json.dumps(event).encode() + b"\n\n")


def _chunk(handler: BaseHTTPRequestHandler, raw: bytes) -> None:
    handler.wfile.write(b"%x\r\n%b\r\n" % (len(raw), raw))
    handler.wfile.flush()
