"""Settings: what `.env.example` promises is what the program reads."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from briefing.config import Settings, read_settings
from briefing.errors import SettingError

_ENTRY = re.compile(r"^# (?P<description>.+)\n(?P<name>BRIEFING_[A-Z_]+)=(?P<default>.*)$", re.MULTILINE)


def _shown(value: object) -> str:
    """A default as a line of `.env` writes it."""
    if value is None:
        return ""
    return value.get_secret_value() if hasattr(value, "get_secret_value") else str(value)


def test_the_example_names_every_setting_with_its_default_and_its_description(root: Path) -> None:
    text = (root / ".env.example").read_text(encoding="utf-8")
    written = {m["name"]: (m["default"], m["description"]) for m in _ENTRY.finditer(text)}
    assert written == {
        f"BRIEFING_{name.upper()}": (_shown(field.default), field.description)
        for name, field in Settings.model_fields.items()
    }


def test_the_example_as_it_stands_changes_nothing(root: Path) -> None:
    untouched = read_settings()
    Path(".env").write_text((root / ".env.example").read_text(encoding="utf-8"), encoding="utf-8")
    assert read_settings() == untouched


def test_a_variable_wins_over_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("BRIEFING_PORT=9001\nBRIEFING_HOME=from-file\n", encoding="utf-8")
    monkeypatch.setenv("BRIEFING_PORT", "9002")
    settings = read_settings()
    assert (settings.port, settings.home) == (9002, Path("from-file"))


def test_an_empty_variable_is_no_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIEFING_PORT", "")
    assert read_settings().port == Settings.model_fields["port"].default


@pytest.mark.parametrize("value", ["eighty", "0", "65536"])
def test_a_value_that_cannot_work_is_named_in_one_line(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("BRIEFING_PORT", value)
    with pytest.raises(
        SettingError, match=r"^BRIEFING_PORT cannot be used: .+; see \.env\.example$"
    ) as caught:
        read_settings()
    assert "\n" not in str(caught.value)


def test_the_key_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIEFING_API_KEY", "sesame-7f3a")
    settings = read_settings()
    assert settings.api_key.get_secret_value() == "sesame-7f3a"
    assert "sesame" not in repr(settings) + str(settings)
