"""The JSON of a page: the documented schema, receipts that can be checked again, the same bytes each time."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from briefing.export.records import number_receipts, record, to_json
from briefing.types import Answer, Briefing, Citation, Verdict
from tests.factories import make_article, make_claim
from tests.pages import TEXT, make_answer, make_briefing, make_decline

PAGES = [make_answer(), make_decline(), make_briefing()]


def claims(page: Any) -> list[dict[str, Any]]:
    """Every claim anywhere in a page of JSON."""
    if isinstance(page, dict):
        own = [page] if "verdict" in page else []
        return own + [c for value in page.values() for c in claims(value)]
    return [c for value in page for c in claims(value)] if isinstance(page, list) else []


def documented(root: Path, heading: str) -> set[str]:
    """The fields in the table under a heading of docs/json.md."""
    section = (root / "docs" / "json.md").read_text(encoding="utf-8").split(heading)[1].split("\n## ")[0]
    cells = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]
    return {name for cell in cells for name in re.findall(r"`(\w+)`", cell)}


@pytest.mark.parametrize("page", PAGES, ids=["answer", "decline", "briefing"])
def test_every_field_is_documented_and_every_documented_field_is_there(
    page: Answer | Briefing, root: Path
) -> None:
    made = record(page)
    assert made["schema"] == "briefing/1"
    assert set(made) - {"schema", "type"} == documented(root, f'## `type: "{made["type"]}"`')


@pytest.mark.parametrize("page", PAGES, ids=["answer", "decline", "briefing"])
def test_json_is_what_the_record_says_and_the_same_each_time(page: Answer | Briefing) -> None:
    text = to_json(page)
    assert json.loads(text) == record(page)
    assert text == to_json(page)
    assert text.endswith("}\n")


@pytest.mark.parametrize("page", PAGES, ids=["answer", "decline", "briefing"])
def test_receipts_are_numbered_from_one_and_hold_what_stands_there(page: Answer | Briefing) -> None:
    receipts = record(page)["receipts"]
    assert [r["number"] for r in receipts] == list(range(1, len(receipts) + 1))
    for receipt in receipts:
        assert receipt["quote"] == TEXT[receipt["start"] : receipt["end"]]
    used = {n for claim in claims(record(page)) for n in claim["receipts"]}
    assert used <= set(range(1, len(receipts) + 1))


def test_claims_refer_to_receipts_in_order_of_first_use() -> None:
    made = record(make_answer())
    assert [c["receipts"] for c in claims(made)] == [[1], [2, 1]]
    assert made["nearest"] == []
    assert record(make_decline())["nearest"] == [1]


def test_a_claim_keeps_its_credit_verdict_and_notes() -> None:
    article = make_article(TEXT)
    claim = make_claim(
        "Oman said so.",
        article,
        [0],
        party="Oman",
        speaker="Salim",
        verdict=Verdict("misattributed", 0.123456, ("a reason",)),
    )
    answer = make_answer()
    answer = replace(answer, groups=(replace(answer.groups[0], claims=(claim,)),))
    assert claims(record(answer)) == [
        {
            "text": "Oman said so.",
            "party": "Oman",
            "speaker": "Salim",
            "receipts": [1],
            "verdict": {"label": "misattributed", "score": 0.1235, "reasons": ["a reason"]},
            "notes": [],
        }
    ]


def test_days_are_iso_and_what_is_not_known_is_null() -> None:
    made = record(make_briefing())
    assert (made["since"], made["until"]) == ("2021-03-04", None)
    assert made["dates"][0]["day"] == "2021-03-01"
    undated = replace(make_briefing().dates[0], day=None)
    assert record(replace(make_briefing(), dates=(undated,)))["dates"][0]["day"] is None


def test_a_citation_used_twice_has_one_number() -> None:
    article = make_article(TEXT)
    first, second = article.sentences[:2]
    more = [Citation(article, s.start, s.end) for s in (first, second, second)]
    receipts, numbers = number_receipts([make_claim("One.", article, [0])], more)
    assert [r.quote for r in receipts] == [first.text, second.text]
    assert sorted(numbers.values()) == [1, 2]


@pytest.mark.parametrize("text", ["half \ud800 pair", "é 字 🙂", "\x1b[31m", 'a "quoted" \\ b'])
def test_any_text_can_be_written_and_read_back(text: str) -> None:
    page = replace(make_answer(), question=text)
    raw = to_json(page).encode("utf-8")
    assert json.loads(raw)["question"] == text
    assert b"\x1b" not in raw
