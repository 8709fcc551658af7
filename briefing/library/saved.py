"""Saved answers and briefings, checked again: does every receipt still hold, does every line?"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefing.checking.citations import Credit
from briefing.checking.gate import Gate
from briefing.errors import InputError
from briefing.library.people import told_statements
from briefing.reading.parties import load_lexicon
from briefing.types import Article, Citation

if TYPE_CHECKING:
    from briefing.store import Store


@dataclass(frozen=True)
class SavedCheck:
    """One line of a saved page: what it says, whether it holds, and why not."""

    text: str
    holds: bool
    reasons: tuple[str, ...] = ()


def check_record(store: Store, saved: Mapping[str, Any], parties: Path | None) -> list[SavedCheck]:
    """Check each claim of a page saved as JSON, by the gate it once passed. Raises InputError when it is not
    such a page."""
    try:
        receipts = {int(r["number"]): r for r in saved["receipts"]}
        claims = list(_claims(saved))
        articles = {
            a.id: a for a in store.articles(ids=sorted({str(r["article"]) for r in receipts.values()}))
        }
        missing = [r for r in receipts.values() if str(r["article"]) not in articles]
        later = _later_versions(store, missing)
        checked = {n: _check_receipt(r, articles, later) for n, r in receipts.items()}
        gate = Gate(load_lexicon(parties), told_statements(store, list(articles)))
        return [_check_claim(gate, c, receipts, checked, articles) for c in claims]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError(
            f"this is not a saved answer or briefing ({type(error).__name__}: {error}); "
            "save one with `briefing brief --json` or `briefing ask --json`"
        ) from None


def _claims(saved: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """Every claim of the page, in reading order."""
    if saved["type"] == "answer":
        return [c for g in saved["groups"] for c in g["claims"]]
    return [
        *saved["happened"],
        *(c for g in saved["positions"] for c in g["claims"]),
        *saved["reports"],
        *(c for d in saved["disputes"] for p in d["positions"] for c in p["claims"]),
        *saved["unnamed"],
    ]


def _later_versions(store: Store, missing: Sequence[Mapping[str, Any]]) -> set[str]:
    """Of articles that are gone, the ids of those whose page or headline is there with other words."""
    if not missing:
        return set()
    known = {
        key for article in store.articles() for key in _names_of(article.url, article.outlet, article.title)
    }
    return {str(r["article"]) for r in missing if known & _names_of(r["url"], r["outlet"], r["title"])}


def _names_of(url: str, outlet: str, title: str) -> set[tuple[str, ...]]:
    return {key for key in ((url,), (outlet, title)) if all(key)}


def _check_receipt(
    receipt: Mapping[str, Any], articles: Mapping[str, Article], later: Collection[str]
) -> str:
    """Why a receipt does not hold, or ""."""
    number, article = receipt["number"], articles.get(str(receipt["article"]))
    if article is None:
        name = ", ".join(str(receipt[k]) for k in ("outlet", "title") if receipt.get(k)) or receipt["article"]
        has = "has changed in" if str(receipt["article"]) in later else "is no longer in"
        return f"receipt {number}: the article “{name}” {has} this library"
    if article.text[int(receipt["start"]) : int(receipt["end"])] != receipt["quote"]:
        return f"receipt {number}: other words stand at characters {receipt['start']} to {receipt['end']}"
    return ""


def _check_claim(
    gate: Gate,
    claim: Mapping[str, Any],
    receipts: Mapping[int, Mapping[str, Any]],
    checked: Mapping[int, str],
    articles: Mapping[str, Article],
) -> SavedCheck:
    text = str(claim["text"])
    numbers = [int(n) for n in claim["receipts"]]
    faults = [checked.get(n, f"receipt {n} is not in the list of receipts") for n in numbers]
    wrong = tuple(f for f in faults if f)
    if wrong:
        return SavedCheck(text, False, (*wrong, *_by_saved_words(gate, text, numbers, receipts)))
    cited = [receipts[n] for n in numbers]
    citations = [Citation(articles[str(r["article"])], int(r["start"]), int(r["end"])) for r in cited]
    verdict = gate.judge(text, citations, Credit(claim.get("speaker"), claim.get("party")))
    return SavedCheck(text, verdict.supported, verdict.reasons)


def _by_saved_words(
    gate: Gate, text: str, numbers: Sequence[int], receipts: Mapping[int, Mapping[str, Any]]
) -> tuple[str, ...]:
    """Whether the line is borne out by the words that were saved with it, its articles apart."""
    quotes = [str(receipts[n]["quote"]) for n in numbers if n in receipts]
    verdict = gate.compare(text, quotes)
    if verdict.supported:
        return ("the words saved with it do bear it out",)
    return ("the words saved with it do not bear it out either", *verdict.reasons)
