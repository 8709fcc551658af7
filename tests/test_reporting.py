"""What a cue does: say, deny, demand, decline."""

from __future__ import annotations

from collections import Counter

import pytest

from briefing.reading.attribution.reporting import find_verb, reporting_verbs


@pytest.mark.parametrize(
    ("cue", "act"),
    [
        ("said", "say"),
        ("has also said", "say"),
        ("insisted on Tuesday", "say"),
        ("According to", "say"),
        ("in a statement", "say"),
        ("denied", "deny"),
        ("went on to deny", "deny"),
        ("rejected", "deny"),
        ("demanded", "demand"),
        ("called for", "demand"),
        ("called on", "demand"),
        ("called", "describe"),
        ("declined to comment on", "decline"),
        ("refused to say", "decline"),
        ("did not respond to", "decline"),
        ("wouldn’t say", "decline"),
        ("never denied", "deny"),
        ("believes", "believe"),
        ("condemned", "judge"),
    ],
)
def test_reads_the_act_of_a_cue(cue: str, act: str) -> None:
    verb = find_verb(cue)
    assert verb is not None
    assert verb.act == act


@pytest.mark.parametrize("cue", ["", "had begun agreed", "blocked", "123", "…"])
def test_a_cue_that_reports_nothing_has_no_verb(cue: str) -> None:
    assert find_verb(cue) is None


def test_every_verb_on_the_list_has_a_past_form_that_does_the_same() -> None:
    verbs = reporting_verbs()
    assert len(verbs) > 200
    for form, verb in verbs.items():
        assert form == form.lower(), form
        assert verbs[verb.past].act == verb.act, form


def test_every_kind_of_act_occurs() -> None:
    counts = Counter(verb.act for verb in reporting_verbs().values())
    assert set(counts) == {"say", "show", "deny", "demand", "describe", "judge", "decline", "believe"}
