"""Who is credited with a statement, and who must not be. The rows are under tests/cases/speakers/."""

from __future__ import annotations

from typing import Any

import pytest

from briefing.reading.parties import load_lexicon
from briefing.reading.speakers.bodies import Bodies
from briefing.reading.speakers.offices import head_noun, holds_office, own_names, speaks_for
from briefing.reading.speakers.resolver import UNNAMED, SpeakerResolver
from briefing.reading.statements import find_statements
from briefing.types import Article, Span
from tests.factories import read_rows
from tests.statement_rows import misses


@pytest.mark.parametrize("row", read_rows("speakers", "in_the_wild"))
def test_credits_who_said_it(row: dict[str, Any]) -> None:
    assert misses(row) == []


@pytest.mark.parametrize("row", read_rows("speakers", "negative"))
def test_credits_nobody_who_did_not(row: dict[str, Any]) -> None:
    assert misses(row) == []


@pytest.mark.parametrize("row", read_rows("speakers", "known_failures"))
def test_known_failures_still_fail(row: dict[str, Any]) -> None:
    assert row["why"]
    assert misses(row) != [], "this case works now: move it to in_the_wild.jsonl or negative.jsonl"


@pytest.mark.parametrize(
    ("source", "head"),
    [
        ("activists in Homs and Syrians", "activists"),
        ("Britain and France", "britain"),
        ("The Pakistani Taliban", "taliban"),
        ("Tokyo, which has sent two ships,", "tokyo"),
        ("the minister of defence", "minister"),
        ("India's trade and industry ministry", "ministry"),
        ("who", "who"),
        ("", ""),
        ("…", ""),
    ],
)
def test_the_noun_a_source_is_built_on(source: str, head: str) -> None:
    assert head_noun(source) == head


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("Secretary of State John Kent", ["John Kent"]),
        ("Orlov's spokesman Dmitry Volkov", ["Dmitry Volkov"]),
        ("Orlov adviser Bouthaina Rahal", ["Bouthaina Rahal"]),
        ("Rami Abdel Noor head of the Observatory", ["Rami Abdel Noor"]),
        ("critics of President Uhuru Mwai", []),
        ("an adviser to Uhuru Mwai", []),
        ("the bishop of Puebla, Tomas Ibarra", ["Tomas Ibarra"]),
        ("the head of the Chess Union", []),
        ("a letter from Tomas Ibarra", ["Tomas Ibarra"]),
        ("Whitfield's campaign", []),
        ("Whitfield's", ["Whitfield"]),
        ("the two generals", []),
    ],
)
def test_the_names_in_a_source_that_may_be_its_speakers(source: str, names: list[str]) -> None:
    assert [name for name, _ in own_names(source, (0, len(source)), [])] == names


def _first_mention(source: str) -> tuple[str, Span, Any]:
    return source, (0, len(source)), load_lexicon().find(source)[0]


@pytest.mark.parametrize(
    ("source", "own"),
    [
        ("Kremlin officials", True),
        ("The Kremlin", True),
        ("Hamas fighters", True),
        ("Russian troops", True),
        ("a Syrian army source", True),
        ("Russian activists", False),
        ("Russians", False),
        ("critics of the Kremlin", False),
        ("Hamas supporters", False),
        ("villagers fleeing Hamas", False),
        ("former Kremlin officials", False),
        ("the envoy to the UN", False),
        ("an adviser to the Russian president", True),
    ],
)
def test_whether_a_source_is_the_partys_own_word(source: str, own: bool) -> None:
    text, span, mention = _first_mention(source)
    assert speaks_for(text, span, mention, head_noun(source)) is own


@pytest.mark.parametrize(
    ("source", "holds"),
    [
        ("Russian deputy foreign minister Ivan Belov", True),
        ("Ivan Belov, a spokesman for the Russian navy,", True),
        ("President Ivan Belov of Russia", True),
        ("Russian chess champion Ivan Belov", False),
        ("the head of the Russian chess union, Ivan Belov,", False),
        ("the ambassador to Russia, Ivan Belov,", False),
        ("the mayor of Moscow, Ivan Belov,", False),
        ("former Russian minister Ivan Belov", False),
        ("a surgeon from Russia, Ivan Belov,", False),
    ],
)
def test_whether_somebody_holds_an_office_of_a_country(source: str, holds: bool) -> None:
    text, span, mention = _first_mention(source)
    assert holds_office(text, span, mention, country=True) is holds


def test_a_statement_without_a_source_is_unnamed() -> None:
    bodies = Bodies(Article("“We stay.”"), [], load_lexicon())
    assert SpeakerResolver(bodies, {}).resolve([], [(1, 9)]) is UNNAMED


@pytest.mark.parametrize("pronoun", ["he", "she", "it", "they", "we", "I", "you", "who", "He’s"])
def test_a_pronoun_that_goes_back_to_nobody_stays_unnamed(pronoun: str) -> None:
    bodies = Bodies(Article(f"{pronoun} said the road was open."), [], load_lexicon())
    found = SpeakerResolver(bodies, {}).resolve([(0, len(pronoun))], [(10, 20)])
    assert (found.speaker, found.party, found.status) == (None, None, "unnamed")
    assert "refers to nobody" in found.rule


def test_he_is_forgotten_after_two_sentences() -> None:
    text = "Kenyan Foreign Minister Peter Wanjiru said the dam was full. {}He said it would hold."
    near, far = (
        find_statements(Article(text.format("Rain fell on the road. " * n)))[-1].speaker for n in (1, 2)
    )
    assert (near, far) == ("Peter Wanjiru", None)


def test_every_resolution_says_by_what_rule_and_how_sure() -> None:
    text = (
        "Turkey said no. It said why. Emre Aksoy, a baker, said yes. He said so. Officials said maybe. "
        "The Turkish defence ministry said never. The ministry said again. “Who knows,” he said."
    )
    statements = find_statements(Article(text))
    assert len(statements) >= 7
    assert all(s.rule and 0 < s.confidence <= 1 for s in statements)
    assert all((s.speaker is None) == (s.status != "named") for s in statements)
