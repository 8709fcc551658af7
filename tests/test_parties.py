"""Parties named in a text, the lists behind them, and the user's own file."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections import defaultdict
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.errors import InputError
from briefing.reading.parties import PartyLexicon, load_lexicon
from briefing.reading.parties.index import WORD
from briefing.reading.parties.rows import Kind, cities, list_parties, read_rows

CASES = Path(__file__).parent / "cases" / "parties"


def read_cases(name: str, key: str) -> list[Any]:
    rows = [json.loads(line) for line in (CASES / name).read_text("utf-8").splitlines()]
    return [pytest.param(row, id=row[key]) for row in rows]


def found(row: dict[str, Any], lexicon: PartyLexicon) -> list[list[str]]:
    text = row["text"]
    return [[text[m.start : m.end], m.party, m.form] for m in lexicon.find(text, row.get("context"))]


@pytest.fixture(scope="module")
def lexicon() -> PartyLexicon:
    return load_lexicon()


@pytest.mark.parametrize("row", read_cases("in_the_wild.jsonl", "note"))
def test_finds_mentions(row: dict[str, Any], lexicon: PartyLexicon) -> None:
    assert found(row, lexicon) == row["mentions"]


@pytest.mark.parametrize("row", read_cases("negative.jsonl", "note"))
def test_finds_nothing_where_no_party_is_named(row: dict[str, Any], lexicon: PartyLexicon) -> None:
    assert found(row, lexicon) == []


@pytest.mark.parametrize("row", read_cases("known_failures.jsonl", "note"))
def test_known_failures_still_fail(row: dict[str, Any], lexicon: PartyLexicon) -> None:
    assert found(row, lexicon) != row["mentions"], "this case works now: move it to in_the_wild.jsonl"


@pytest.mark.parametrize("row", read_cases("actors.jsonl", "text"))
def test_places_do_not_act(row: dict[str, Any], lexicon: PartyLexicon) -> None:
    text = row["text"]
    mentions = [m for m in lexicon.find(text) if text[m.start : m.end] == row["name"]]
    assert [lexicon.is_actor(text, m) for m in mentions[-1:]] == [row["acts"]]


@pytest.mark.parametrize(
    ("name", "party", "affiliation"),
    [
        ("the US", "United States", None),
        ("the us", "United States", None),
        ("us", None, None),
        ("is", None, None),
        ("who", None, None),
        ("uk", "United Kingdom", None),
        ("Washington", "United States", None),
        ("moscow", "Russia", None),
        ("White House", "United States", "White House"),
        ("the white house", "United States", "White House"),
        ("IDF", "Israel", "Israel Defense Forces"),
        ("ISIS", "Islamic State", None),
        ("The Kremlin's", "Russia", "Kremlin"),
        ("Russian army", "Russia", "Army"),
        ("Russian Defence Ministry", "Russia", "Defence Ministry"),
        ("the Russian president", "Russia", None),
        ("Syrian rebels", "Syrian opposition", None),
        ("Security Council", "United Nations", "UN Security Council"),
        ("the OPCW", "OPCW", None),
        ("anti-regime forces", None, None),
        ("Sergei Lavrov", None, None),
        ("Washington Post", None, None),
        ("Moscow said so", None, None),
        ("", None, None),
    ],
)
def test_resolves_a_whole_name(
    lexicon: PartyLexicon, name: str, party: str | None, affiliation: str | None
) -> None:
    assert (lexicon.resolve(name), lexicon.affiliation(name)) == (party, affiliation)


def test_display_government(lexicon: PartyLexicon) -> None:
    assert lexicon.display_government("Syria") == "Syrian government"
    assert lexicon.display_government("NATO") == "NATO"


def test_every_party_is_its_own_name(lexicon: PartyLexicon) -> None:
    generic = {name for name in lexicon.parties if name.endswith(" opposition")}
    assert {name for name in lexicon.parties if lexicon.resolve(name) != name} - generic == set()


def test_the_lists_are_whole() -> None:
    rows = read_rows()
    countries = [row for row in rows.rows.values() if row.get("kind") == "country"]
    assert len(countries) >= 193 + 4
    assert 250 <= len(rows.rows) - len(countries) <= 340
    parties = rows.parties()
    owners: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for alias in rows.aliases():
        assert alias.party in parties or alias.party == ""
        owners[tuple(word.replace(".", "").lower() for word in WORD.findall(alias.text))].add(alias.party)
    assert {key: names for key, names in owners.items() if len(names) > 1} == {}
    assert {party.kind for party in parties.values()} == set(get_args(Kind))
    assert [name for name, row in rows.rows.items() if ("of" in row) == ("kind" in row)] == []


def write(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path


def test_user_file_adds_and_overrides(tmp_path: Path) -> None:
    path = write(
        tmp_path / "parties.yaml",
        """
parties:
  - {name: Blue League, kind: alliance, aliases: [the Blues, BLG]}
  - {name: Blue Palace, of: Blue League, affiliation: Palace}
  - {name: Russia, aliases: [Rossiya]}
  - {name: Kremlin, of: Blue League}
people:
  Ana Reyes: Blue League
  Lavrov: Russia
""",
    )
    lexicon = load_lexicon(path)
    assert lexicon.people == {"Ana Reyes": "Blue League", "Lavrov": "Russia"}
    text = "Ana Reyes of the Blues met Lavrov of Rossiya; Moscow, the Blue Palace and the Kremlin spoke."
    assert [(text[m.start : m.end], m.party, m.form) for m in lexicon.find(text)] == [
        ("Ana Reyes", "Blue League", "user"),
        ("the Blues", "Blue League", "name"),
        ("Lavrov", "Russia", "user"),
        ("Rossiya", "Russia", "name"),
        ("Moscow", "Russia", "capital"),
        ("Blue Palace", "Blue League", "institution"),
        ("Kremlin", "Blue League", "institution"),
    ]
    assert lexicon.resolve("lavrov") == "Russia"
    assert lexicon.affiliation("Blue Palace") == "Palace"
    assert load_lexicon().resolve("Kremlin") == "Russia"


def test_the_lexicon_is_read_once_until_the_file_changes(tmp_path: Path) -> None:
    path = write(tmp_path / "parties.yaml", "parties: [{name: Blue League, kind: alliance}]")
    assert load_lexicon(path) is load_lexicon(path)
    write(path, "parties: [{name: Red League and more, kind: alliance}]")
    assert load_lexicon(path).resolve("Red League and more") == "Red League and more"


@pytest.mark.parametrize("content", ["", "# nothing yet\n", "parties:\npeople:\n"])
def test_an_empty_user_file_changes_nothing(tmp_path: Path, content: str) -> None:
    assert load_lexicon(write(tmp_path / "p.yaml", content)).resolve("Moscow") == "Russia"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("parties: [", "is not valid YAML"),
        ("- a\n- b", "may hold `parties:` and `people:` only"),
        ("outlets: []", "may hold `parties:` and `people:` only"),
        ("parties: {name: X}", "`parties` is not a list"),
        ("people: [X]", "`people` is not a mapping"),
        ("parties: [{kind: alliance}]", "row 1 has no name"),
        ("parties: [Blue League]", "row 1 has no name"),
        ("parties: [{name: X, kind: alliance}, {name: Y, color: red}]", "row 2 has the unknown key 'color'"),
        ("parties: [{name: X, kind: alliance, aliases: Y}]", "'aliases' is not a list of names"),
        ("parties: [{name: X, kind: alliance, aliases: [1]}]", "'aliases' is not a list of names"),
        ("parties: [{name: X, kind: club}]", "give it a kind"),
        ("parties: [{name: X}]", "give it a kind"),
        ("parties: [{name: X, of: Nowhere}]", "names the party 'Nowhere', which no row has"),
        ("people: {Ana: Nowhere}", "people, 'Ana' names the party 'Nowhere'"),
        ("people: {Ana: [Russia]}", "which no row has"),
        ("people: {7: Russia}", "people holds 7, which is no name"),
        ("parties: [{name: X, kind: alliance, aliases: ['—']}]", "'aliases' is not a list of names"),
        ("parties: [{name: X, of: Russia, affiliation: 5}]", "'affiliation' is not a name"),
        ("parties: [{name: X, kind: country, rebels: Nobody}]", "names the party 'Nobody'"),
    ],
)
def test_a_bad_user_file_says_what_and_where(tmp_path: Path, content: str, says: str) -> None:
    path = write(tmp_path / "mine.yaml", content)
    with pytest.raises(InputError) as caught:
        load_lexicon(path)
    assert says in str(caught.value)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_user_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        load_lexicon(tmp_path / "missing.yaml")
    (tmp_path / "latin.yaml").write_bytes("people: {Zoë: Russia}".encode("latin-1"))
    with pytest.raises(InputError, match="not UTF-8"):
        load_lexicon(tmp_path / "latin.yaml")
    with pytest.raises(InputError, match="cannot be read"):
        load_lexicon(tmp_path)


def test_importing_the_package_reads_no_list() -> None:
    code = (
        "import sys, briefing; sys.exit('yaml' in sys.modules or 'briefing.reading.parties' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


PIECES = st.sampled_from(
    (
        "Russia|Russian |the US|us|IS| rebels|opposition |'s |’s |-|-backed|, |\n|Jordan |Georgia|Washington|"
        " (Reuters) - |Syrian |foreign ministry|anti-regime forces|al-|Qaeda|U.|U. S.|.| |in |MOSCOW|"
        "said|The Hague|İ|É|\u0301"
    ).split("|")
)


@given(st.one_of(st.text(), st.lists(PIECES, max_size=20).map("".join)))
def test_any_text_gives_ordered_mentions_of_known_parties(text: str) -> None:
    lexicon = load_lexicon()
    end = 0
    for mention in lexicon.find(text):
        assert end <= mention.start < mention.end <= len(text)
        end = mention.end
        assert mention.party in lexicon.parties
        assert text[mention.start : mention.end].strip() == text[mention.start : mention.end]
        assert lexicon.is_actor(text, mention) in (True, False)
    lexicon.resolve(text)


@pytest.mark.parametrize(
    "unit", ["Georgia and Jordan said. ", "the rebels in Syria ", "US-led ", "in Moscow, ", "al-"]
)
def test_time_is_linear_in_the_length_of_a_text(unit: str) -> None:
    lexicon = load_lexicon()

    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        spent = []
        for _ in range(3):
            start = time.process_time()
            for mention in lexicon.find(text)[:1000]:
                lexicon.is_actor(text, mention)
            spent.append(time.process_time() - start)
        return min(spent)

    # Four times the text: about four times the time when linear, sixteen when quadratic.
    assert seconds(60_000) < 9 * seconds(15_000) + 0.05


def test_cities_belong_to_one_listed_country_and_are_no_party() -> None:
    lexicon = load_lexicon()
    assert len(cities()) > 400
    for city, country in cities().items():
        assert lexicon.parties[country].kind == "country"
        assert lexicon.resolve(city) is None, city


def test_every_party_is_listed_with_what_speaks_for_it_and_yours_is_marked(tmp_path: Path) -> None:
    mine = tmp_path / "mine.yaml"
    mine.write_text("parties: [{name: Russia, aliases: [Rossiya]}]\npeople: {Ana Reyes: NATO}", "utf-8")
    known = {p.name: p for p in list_parties(mine)}
    assert "Kremlin" in known["Russia"].bodies
    assert "Rossiya" in known["Russia"].aliases
    assert known["NATO"].people == ("Ana Reyes",)
    assert {name for name, p in known.items() if p.from_user} == {"Russia", "NATO"}
    assert not any(p.from_user for p in list_parties())
