"""The public surface: its names, and that importing it is cheap."""

from __future__ import annotations

import subprocess
import sys

import pytest

import briefing

_HEAVY = ("chromadb", "langchain", "langchain_core", "openai", "streamlit", "sqlalchemy", "onnxruntime",
          "tokenizers", "tantivy", "trafilatura", "numpy", "pydantic")  # fmt: skip


def test_every_exported_name_is_there() -> None:
    for name in briefing.__all__:
        assert getattr(briefing, name) is not None


def test_the_names_are_sorted_and_documented() -> None:
    assert sorted(briefing.__all__, key=str.lower) == sorted(briefing.__all__, key=str.lower)
    undocumented = [n for n in briefing.__all__ if not getattr(briefing, n).__doc__]
    assert undocumented == []


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        briefing.nonsense  # noqa: B018


@pytest.mark.parametrize("code", ["import briefing", "import briefing.cli"])
def test_importing_loads_nothing_heavy(code: str) -> None:
    check = f"import sys; {code}; print([m for m in {_HEAVY!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
