"""The rows behind the party lexicon: our two lists under data/, and the user's own file on top of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

from briefing.errors import InputError
from briefing.types import Party

Form = Literal["name", "demonym", "capital", "institution", "group", "generic", "user"]
Kind = Literal["country", "opposition", "armed group", "alliance", "organisation", "un body"]

_DATA = Path(__file__).resolve().parents[2] / "data"
_LISTS = frozenset(("aliases", "demonyms", "people", "capitals", "unless"))
_KEYS = _LISTS | {"name", "kind", "of", "affiliation", "cased", "rebels"}
_EXAMPLE = "{name: Red Alliance, kind: opposition, aliases: [the Reds]}"


@dataclass(frozen=True)
class Alias:
    """One way to write a party. `cased`: its capital letters must be there. `party` "" names no party."""

    text: str
    party: str
    form: Form
    affiliation: str | None = None
    cased: bool = False


@dataclass
class Rows:
    """All rows by name, in the order read, and what goes with them."""

    rows: dict[str, dict[str, Any]] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)
    not_parties: list[str] = field(default_factory=list)
    cased: frozenset[str] = frozenset()
    first_names: frozenset[str] = frozenset()

    def parties(self) -> dict[str, Party]:
        """Every party by name; each country with an adjective has an opposition too."""
        found = {}
        for name, row in self.rows.items():
            if "of" not in row:
                found[name] = Party(name, row["kind"], tuple(row.get("aliases", ())))
        for row in self.rows.values():
            if row.get("demonyms") and (opposition := f"{row['demonyms'][0]} opposition") not in found:
                found[opposition] = Party(opposition, "opposition")
        return found

    def aliases(self) -> Iterable[Alias]:
        """Every way to write a party; where two are alike, the later one holds."""
        for text in self.not_parties:
            yield Alias(text, "", "name", cased=True)
        for name, row in self.rows.items():
            party = row.get("of", name)
            shown = row.get("affiliation") or (name if "of" in row else None)
            for text in (name, *row.get("aliases", ())):
                yield Alias(text, party, _form(row), shown, self._cased(text, row))
            for form, key in (("demonym", "demonyms"), ("demonym", "people"), ("capital", "capitals")):
                for text in row.get(key, ()):
                    yield Alias(text, party, form, shown, self._cased(text, row))  # type: ignore[arg-type]
        for text, party in self.people.items():
            yield Alias(text, party, "user", None, cased=True)

    def _cased(self, text: str, row: Mapping[str, Any]) -> bool:
        return bool(row.get("cased")) or text.lower() in self.cased


@cache
def cities() -> Mapping[str, str]:
    """The country of every city and region in `cities.yaml`."""
    listed = _parse(_DATA / "cities.yaml")
    return {city: country for country, names in listed.items() for city in names}


@dataclass(frozen=True)
class KnownParty:
    """A party of the lists as a reader may look it up: other names, the bodies that speak for it, people tied
    to it by the user's file, and whether that file adds to it."""

    name: str
    kind: Kind
    aliases: tuple[str, ...]
    bodies: tuple[str, ...]
    people: tuple[str, ...]
    from_user: bool


def list_parties(extra: Path | None = None) -> list[KnownParty]:
    """Every listed party in alphabetical order. Raises InputError when the user's file cannot be used."""
    rows, ours = read_rows(extra), read_rows()
    bodies: dict[str, list[str]] = {}
    for name, row in rows.rows.items():
        if "of" in row:
            bodies.setdefault(row["of"], []).append(name)
    people: dict[str, list[str]] = {}
    for person, party in rows.people.items():
        people.setdefault(party, []).append(person)
    found = [
        KnownParty(
            name=name,
            kind=row["kind"],
            aliases=tuple(a for key in ("aliases", "demonyms", "capitals") for a in row.get(key, ())),
            bodies=tuple(bodies.get(name, ())),
            people=tuple(people.get(name, ())),
            from_user=row != ours.rows.get(name) or name in people,
        )
        for name, row in rows.rows.items()
        if "of" not in row
    ]
    return sorted(found, key=lambda party: party.name.casefold())


def _form(row: Mapping[str, Any]) -> Form:
    if "of" in row:
        return "institution"
    return "group" if row["kind"] in ("armed group", "opposition") else "name"


def read_rows(extra: Path | None = None) -> Rows:
    """Our rows, then those of the user's file. Raises InputError when that file cannot be used."""
    countries, ours = _our_lists()
    rows = Rows(
        not_parties=ours["not_parties"],
        cased=frozenset(countries["cased"]),
        first_names=frozenset(countries["first_names"]),
    )
    for row in countries["countries"]:
        rows.rows[row["name"]] = {"kind": "country", **row}
    rows.rows.update((row["name"], row) for row in ours["parties"])
    if extra is not None:
        _add_user_file(rows, extra)
    return rows


@cache
def _our_lists() -> tuple[Any, Any]:
    """Both lists as they stand in the files; nobody changes them."""
    return _parse(_DATA / "countries.yaml"), _parse(_DATA / "parties.yaml")


def _parse(path: Path) -> Any:
    import yaml

    # The C loader takes 25 ms for our two lists, the Python one 300 ms.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return yaml.load(path.read_text(encoding="utf-8"), loader)
    except UnicodeDecodeError:
        raise InputError(f"parties file {path} is not UTF-8 text; save it as UTF-8") from None
    except OSError as error:
        raise InputError(f"parties file {path} cannot be read ({error.strerror}); check the path") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 1}" if mark else ""
        raise InputError(f"parties file {path}{where} is not valid YAML; compare {_EXAMPLE}") from None


def _add_user_file(rows: Rows, path: Path) -> None:
    content = _parse(path)
    content = {} if content is None else content
    if not isinstance(content, dict) or not set(content) <= {"parties", "people"}:
        raise InputError(f"parties file {path} may hold `parties:` and `people:` only; move the rest out")
    listed, people = content.get("parties") or [], content.get("people") or {}
    if not isinstance(listed, list):
        raise InputError(f"parties file {path}: `parties` is not a list; write rows such as - {_EXAMPLE}")
    if not isinstance(people, dict):
        raise InputError(
            f"parties file {path}: `people` is not a mapping; write lines such as Ada King: Russia"
        )
    for number, row in enumerate(listed, 1):
        _add_row(rows, row, f"parties file {path}, row {number}")
    known = rows.parties()
    for row in rows.rows.values():
        for party in (row.get("of", row["name"]), row.get("rebels") or row.get("of", row["name"])):
            _check_party(party, known, f"parties file {path}, row {row['name']!r}")
    for person, party in people.items():
        _check_party(party, known, f"parties file {path}, people, {person!r}")
        if not _is_name(person):
            raise InputError(
                f"parties file {path}: people holds {person!r}, which is no name; write it in quotes"
            )
        rows.people[person] = party


def _add_row(rows: Rows, row: Any, where: str) -> None:
    """Checks one row of the user's; a row of a known name adds its aliases and replaces its other keys."""
    if not isinstance(row, dict) or not _is_name(row.get("name")):
        raise InputError(f"{where} has no name; write it as {_EXAMPLE}")
    if unknown := sorted(str(key) for key in set(row) - _KEYS):
        raise InputError(f"{where} has the unknown key {unknown[0]!r}; use {', '.join(sorted(_KEYS))}")
    for key in sorted(_LISTS & set(row)):
        if not isinstance(row[key], list) or not all(_is_name(text) for text in row[key]):
            raise InputError(
                f"{where}: {key!r} is not a list of names; write {key}: [one, another] in quotes"
            )
    if not isinstance(row.get("affiliation", ""), str):
        raise InputError(f"{where}: 'affiliation' is not a name; write it in quotes")
    old = rows.rows.get(row["name"], {})
    new = {**old, **row, "aliases": [*old.get("aliases", ()), *row.get("aliases", ())]}
    if "kind" in row:
        new.pop("of", None)
    if "of" in row:
        new["of"] = row["of"]
    if "of" not in new and new.get("kind") not in get_args(Kind):
        raise InputError(
            f"{where}: give it a kind ({', '.join(get_args(Kind))}) or the party it speaks for as `of`"
        )
    rows.rows.pop(row["name"], None)
    rows.rows[row["name"]] = new


def _is_name(text: Any) -> bool:
    return isinstance(text, str) and any(character.isalnum() for character in text)


def _check_party(name: Any, known: Mapping[str, Party], where: str) -> None:
    if not isinstance(name, str) or name not in known:
        raise InputError(f"{where} names the party {name!r}, which no row has; add a row or correct the name")
