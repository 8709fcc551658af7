"""The security headers of every response. Article text may hold anything; the page loads nothing for it."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_HOST = re.compile(r"[A-Za-z0-9.-]+(:[0-9]+)?")


def served_hosts(address: str) -> list[str]:
    """The names a browser may ask for: this machine's own, and the address that the page is to listen on.

    A page of another site can point its own name at this machine; under no other name is it served.
    """
    # A Host header has an IPv6 address in brackets.
    given = f"[{address}]" if ":" in address else address
    return list(dict.fromkeys(["127.0.0.1", "[::1]", "localhost", "testserver", *filter(None, [given])]))


def inline_script_hashes(page: Path) -> list[str]:
    """The CSP source of each inline script in an HTML file, so that no other inline script can run."""
    scripts = _INLINE_SCRIPT.findall(page.read_text(encoding="utf-8"))
    digests = (hashlib.sha256(script.encode()).digest() for script in scripts)
    return [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]


def content_policy(host: str, script_hashes: list[str]) -> str:
    """The Content-Security-Policy for a page reached as `host` (name and port, from the Host header).

    Scripts: Streamlit's own files and the blobs it makes of our components. Styles: it writes them
    inline. Web sockets are named beside 'self' because older browsers do not count them as that.
    """
    sockets = f" ws://{host} wss://{host}" if _HOST.fullmatch(host) else ""
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' blob: {' '.join(script_hashes)}".rstrip(),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            f"connect-src 'self'{sockets}",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "frame-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


class SecurityHeaders:
    """ASGI middleware that adds the headers. A Host that is no plain name and port is not repeated."""

    def __init__(self, app: ASGIApp, script_hashes: list[str]) -> None:
        self.app = app
        self.script_hashes = script_hashes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        host = next((value.decode("latin-1") for name, value in scope["headers"] if name == b"host"), "")

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Content-Security-Policy"] = content_policy(host, self.script_hashes)
                headers["X-Content-Type-Options"] = "nosniff"
                headers["X-Frame-Options"] = "DENY"
                headers["Referrer-Policy"] = "no-referrer"
            await send(message)

        await self.app(scope, receive, send_with_headers)
