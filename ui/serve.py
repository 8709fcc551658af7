"""How the page is started: `briefing ui` runs `command(...)`. Standard library only."""

from __future__ import annotations

import json
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).resolve().parent


def warn_of(host: str) -> str:
    """What to say before the page listens on `host`, or "": "every address" is no name a browser asks for."""
    if host not in ("0.0.0.0", "::"):
        return ""
    return (
        "the page listens on every address of this machine and answers only to localhost; for other machines "
        f"give the address or name that they type, not {host}"
    )


def command(host: str = "127.0.0.1", port: int = 8501) -> list[str]:
    """The argv that serves the page on `host` and `port`, with every setting of config.toml as a flag."""
    config = tomllib.loads((_FOLDER / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    config["server"] |= {"address": host, "port": port}
    flags = [f"--{name}={value}" for name, value in _flatten(config)]
    return [sys.executable, "-m", "streamlit", "run", str(_FOLDER / "page.py"), *flags]


def _flatten(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from _flatten(value, f"{prefix}{name}.")
        else:
            yield prefix + name, value if isinstance(value, str) else json.dumps(value)
