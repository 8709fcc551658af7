"""What every test stands on: no settings from outside, an empty working folder, no network but loopback.

The network is closed by pytest-socket (`--allow-hosts` in pyproject.toml), for this process; a test that
starts another one keeps it on loopback itself.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_FROM_OUTSIDE = ("BRIEFING_", "OPENAI_", "LANGSMITH_", "LANGCHAIN_")

# The same examples in every run, no verdict that hangs on how busy the machine is, nothing left on disk.
settings.register_profile("briefing", derandomize=True, deadline=None, database=None)
settings.load_profile("briefing")


@pytest.fixture(autouse=True)
def _nothing_from_outside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Clear the variables that steer us, and leave the folder where a developer's `.env` may lie."""
    for name in list(os.environ):
        if name.startswith(_FROM_OUTSIDE):
            monkeypatch.delenv(name)
    monkeypatch.setenv("LANGSMITH_TRACING", "false")
    # A test that starts `python -m briefing` runs this tree, installed or not.
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="session")
def root() -> Path:
    """The root of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def samples(root: Path) -> Path:
    """The folder of sample articles."""
    return root / "samples"


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium-like browser. Without one the test is skipped, except in CI, where it fails."""
    path = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if path is None and os.environ.get("CI"):
        pytest.fail("no Chromium in CI: .ci/run installs it when it runs as root")
    if path is None:
        pytest.skip("no Chromium: `apt-get install chromium` as root")
    return path
