"""What is not code: the files of the project agree with one another and with what is installed."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

_PIN = re.compile(r"^([a-z0-9._-]+)==(\S+)", re.MULTILINE)
_LOCKS = ("requirements.lock", "requirements-dev.lock")
_ROOMLESS = {"data", "models", "__init__", "__main__", "__pycache__"}


@pytest.fixture(scope="module")
def project(root: Path) -> dict[str, Any]:
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))


def _pins(root: Path, *names: str) -> dict[str, set[str]]:
    """Every pinned version by package; a package has several where the Python version decides."""
    found: dict[str, set[str]] = {}
    for name in names:
        for package, version in _PIN.findall((root / name).read_text(encoding="utf-8")):
            found.setdefault(package, set()).add(version)
    return found


def _out_of_bounds(wanted: list[str], pins: dict[str, set[str]]) -> list[str]:
    requirements = [Requirement(text) for text in wanted]
    return [
        str(requirement)
        for requirement in requirements
        if not (versions := pins.get(canonicalize_name(requirement.name)))
        or not all(requirement.specifier.contains(version) for version in versions)
    ]


@pytest.mark.parametrize(
    "name",
    [
        "README.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "LICENSE",
        "NOTICE",
        "Makefile",
        ".env.example",
        ".ci/run",
    ],
)
def test_public_files_exist(root: Path, name: str) -> None:
    assert (root / name).stat().st_size > 0


def test_the_lock_keeps_to_the_bounds(root: Path, project: dict[str, Any]) -> None:
    wanted = project["project"]["dependencies"] + project["dependency-groups"]["build"]
    assert _out_of_bounds(wanted, _pins(root, "requirements.lock")) == []


def test_the_dev_lock_keeps_to_the_bounds(root: Path, project: dict[str, Any]) -> None:
    wanted = [entry for entry in project["dependency-groups"]["dev"] if isinstance(entry, str)]
    assert _out_of_bounds(wanted, _pins(root, *_LOCKS)) == []


def test_the_dev_lock_repeats_nothing(root: Path) -> None:
    assert _pins(root, "requirements.lock").keys() & _pins(root, "requirements-dev.lock").keys() == set()


@pytest.mark.parametrize("name", _LOCKS)
def test_the_locks_name_hashes_and_no_host(root: Path, name: str) -> None:
    text = (root / name).read_text(encoding="utf-8")
    entries = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []
    assert re.findall(r"\S*://\S+|--(?:extra-)?index\S*|--find-links\S*", text) == []


def test_every_room_has_its_place_among_the_layers(root: Path, project: dict[str, Any]) -> None:
    contracts = project["tool"]["importlinter"]["contracts"]
    [contract] = [c for c in contracts if c.get("containers") == ["briefing"]]
    listed = {room.strip() for layer in contract["layers"] for room in layer.split("|")}
    rooms = {path.stem for path in (root / "briefing").iterdir() if path.is_dir() or path.suffix == ".py"}
    assert listed == rooms - _ROOMLESS
    assert contract["exhaustive"] is True


def test_the_changelog_opens_with_the_version(root: Path, project: dict[str, Any]) -> None:
    text = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    released = re.findall(r"^## \[(\d[^\]]*)\] - \d{4}-\d\d-\d\d$", text, flags=re.MULTILINE)
    assert released[0] == project["project"]["version"]


def test_every_make_target_is_documented(root: Path) -> None:
    targets = re.findall(r"^([a-z]+):.*## ", (root / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    guide = (root / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert {"run", "test", "lint", "evals", "lock"} <= set(targets)
    assert [target for target in targets if f"`make {target}`" not in guide] == []


def test_the_workflow_runs_the_same_script(root: Path) -> None:
    script = root / ".ci" / "run"
    assert script.stat().st_mode & 0o111
    assert "- run: .ci/run" in (root / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")


def test_the_wheel_carries_all_it_needs(root: Path, tmp_path: Path) -> None:
    pytest.importorskip("hatchling", reason="hatchling builds the wheel: `make test` installs it")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    subprocess.run(command, cwd=root, check=True, capture_output=True)
    [wheel] = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        carried = set(archive.namelist())
    bundled = {"prompts": "briefing/_bundled/prompts", "ui": "briefing/_bundled/ui"}
    bundled |= {"samples": "briefing/_bundled/samples", "briefing": "briefing"}
    needed = {
        f"{inside}/{path.relative_to(root / folder).as_posix()}"
        for folder, inside in bundled.items()
        for path in (root / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert needed - carried == set()
    assert not any(name.startswith(("tests/", "training/", "evals/")) for name in carried)
