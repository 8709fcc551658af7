"""Folders that lie beside the package in a checkout and inside it in a wheel: ui, prompts, samples."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent


def find_folder(name: str) -> Path:
    """The folder `name` ("ui", "prompts", "samples")."""
    inside = _PACKAGE / "_bundled" / name
    return inside if inside.is_dir() else _PACKAGE.parent / name
