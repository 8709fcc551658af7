"""Prompts from prompts/*.yaml, with their variables checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from string import Template

from briefing.bundled import find_folder
from briefing.errors import SettingError

_FIELDS = {"description", "version", "system", "lines", "structured", "user"}


@dataclass(frozen=True)
class Prompt:
    """A task for a chat model: what it is told once, how it is to answer (in lines, or structured), and what
    it is told each time. `version` changes with the wording."""

    name: str
    version: str
    system: str
    lines: str
    structured: str
    user: str

    @property
    def variables(self) -> frozenset[str]:
        return frozenset(Template(self.user).get_identifiers())

    def fill(self, values: Mapping[str, str]) -> str:
        """The user message. Raises SettingError when a variable is missing or unknown."""
        if set(values) != self.variables:
            wrong = ", ".join(sorted(set(values) ^ self.variables))
            raise SettingError(
                f"prompts/{self.name}.yaml does not fit the program: check the variables {wrong}"
            )
        return Template(self.user).substitute(values)


@lru_cache(maxsize=8)
def load_prompt(name: str) -> Prompt:
    """The prompt of one task. Raises SettingError when the file is missing or not in the form described."""
    import yaml

    path = find_folder("prompts") / f"{name}.yaml"
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise SettingError(f"{path} cannot be read: {error}") from None
    if not isinstance(raw, dict) or set(raw) != _FIELDS or not all(isinstance(v, str) for v in raw.values()):
        raise SettingError(f"{path} must have exactly {', '.join(sorted(_FIELDS))}, each a text")
    return Prompt(name, **{field: raw[field].strip() for field in sorted(_FIELDS - {"description"})})
