"""briefing.ingest.dates: what is stated is read, what could be two days is not."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.ingest.dates import DateOrder, infer_order, is_ambiguous, read_date

CASES = json.loads((Path(__file__).parent / "cases/ingest/dates.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("stated", "iso"), CASES["read"])
def test_a_stated_date_is_read(stated: object, iso: str) -> None:
    found = read_date(stated)
    assert found is not None
    assert found.isoformat() == iso


@pytest.mark.parametrize("stated", CASES["unreadable"], ids=str)
def test_no_date_is_invented(stated: object) -> None:
    assert read_date(stated) is None


@pytest.mark.parametrize("day", [dt.date(2015, 10, 1), dt.datetime(2015, 10, 1, 9)])
def test_a_date_is_itself(day: dt.date) -> None:
    assert read_date(day) == day


@pytest.mark.parametrize(
    ("stated", "order", "iso"),
    [
        ("4/5/2015", "day first", "2015-05-04"),
        ("4/5/2015", "month first", "2015-04-05"),
        ("4.5.2015", "day first", "2015-05-04"),
        # The file's order never turns a date that can only be read one way into another, or into none.
        ("8/21/2013", "day first", "2013-08-21"),
        ("21/8/2013", "month first", "2013-08-21"),
    ],
)
def test_the_order_of_the_file_decides_the_rest(stated: str, order: DateOrder, iso: str) -> None:
    found = read_date(stated, order)
    assert found is not None
    assert found.isoformat() == iso


@pytest.mark.parametrize(
    ("dates", "order"),
    [
        (["4/5/2015", "21/8/2013"], "day first"),
        (["4/5/2015", "8/21/2013", "2015-10-01", None], "month first"),
        (["4/5/2015", "5/5/2015"], None),
        (["21/8/2013", "8/21/2013"], None),
        (["13/13/2013", "99/99/2013"], None),
        ([], None),
    ],
)
def test_infer_order(dates: list[object], order: DateOrder | None) -> None:
    assert infer_order(dates) == order


@pytest.mark.parametrize(
    ("stated", "ambiguous"),
    [
        ("4/5/2015", True),
        ("12-11-2015", True),
        ("5/5/2015", False),
        ("13/5/2015", False),
        ("2015-04-05", False),
        (1443693600, False),
        (None, False),
    ],
)
def test_is_ambiguous(stated: object, ambiguous: bool) -> None:
    assert is_ambiguous(stated) is ambiguous


@given(
    st.one_of(st.text(), st.floats(), st.integers(), st.from_regex(r"[0-9/. :TZ+-]{1,30}", fullmatch=True))
)
def test_read_date_never_raises(stated: object) -> None:
    found = read_date(stated, "day first")
    assert found is None or 1600 <= found.year <= 2200
