"""The parts the verifier is made of: words, numbers, days, quotations, negation, who says what."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.checking.alignment import read_cited
from briefing.checking.days import find_dates
from briefing.checking.names import find_names, same_name, wrong_names
from briefing.checking.numbers import wrong_numbers
from briefing.checking.quotations import find_quotations
from briefing.checking.speech import find_speeches
from briefing.reading.numbers import find_numbers
from briefing.reading.polarity import excluded_pairs, read_marks
from briefing.reading.words import find_words, fold, stem


@pytest.mark.parametrize(
    "forms",
    [
        ["strike", "strikes", "struck", "striking", "stricken"],
        ["hit", "hits", "hitting"],
        ["deny", "denies", "denied", "denying", "denial"],
        ["rise", "rose", "risen", "rising"],
        ["coordinate", "coordinated", "coordinating", "coordination"],
        ["city", "cities"],
        ["fall", "fell", "fallen", "falling"],
        ["use", "used", "using"],
    ],
)
def test_forms_of_a_word_have_one_stem(forms: list[str]) -> None:
    assert len({stem(form) for form in forms}) == 1


@pytest.mark.parametrize(("one", "other"), [("noted", "not"), ("news", "new"), ("rise", "raise")])
def test_words_of_another_meaning_keep_apart(one: str, other: str) -> None:
    assert stem(one) != stem(other)


def test_words_keep_their_place_and_lose_their_possessive() -> None:
    text = "Moscow’s U.S.-led talks, however"
    words = find_words(text)
    assert [word.folded for word in words] == ["moscow", "us.", "led", "talks", "however"]
    assert all(text[word.start : word.end] == word.text for word in words)
    assert [word.opens for word in words] == [True, False, False, False, True]


@given(st.text())
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert all(text[word.start : word.end] == word.text for word in find_words(text))


@pytest.mark.parametrize(
    ("text", "value", "unit", "hedge"),
    [
        ("1,200 jobs", 1200, "", ""),
        ("1.5 million people", 1_500_000, "", ""),
        ("$5bn in sales", 5_000_000_000, "$", ""),
        ("5 billion dollars", 5_000_000_000, "$", ""),
        ("42 per cent of it", 42, "%", ""),
        ("42%", 42, "%", ""),
        ("a dozen boys", 12, "", ""),
        ("two dozen", 24, "", ""),
        ("half a dozen boats", 6, "", ""),
        ("38 crates or more", 38, "", "over"),
        ("in excess of $80", 80, "$", "over"),
        ("40 or so", 40, "", "about"),
        ("$20million", 20_000_000, "$", ""),
        ("twenty-one", 21, "", ""),
        ("one hundred and five ships", 105, "", ""),
        ("at least 40 men", 40, "", "over"),
        ("up to 300 miles", 300, "mile", "under"),
        ("about 50", 50, "", "about"),
        ("dozens of boats", None, "", ""),
        ("thirty-five thousand two hundred", 35_200, "", ""),
        ("the third day", 3, "day", ""),
    ],
)
def test_a_number_is_read_with_its_unit_and_hedge(
    text: str, value: float | None, unit: str, hedge: str
) -> None:
    (number,) = find_numbers(text)
    assert (number.value, number.unit, number.hedge) == (value, unit, hedge)
    assert text[number.span[0] : number.span[1]] == number.text


@pytest.mark.parametrize(
    "text", ["no one came", "one of them", "every one", "MH17", "a man and an owl", "someone", "one's own"]
)
def test_what_is_no_number_is_not_read_as_one(text: str) -> None:
    assert find_numbers(text) == ()


@pytest.mark.parametrize(
    ("text", "day", "month", "year"),
    [
        ("on 1 October 2015", 1, 10, 2015),
        ("Oct. 1st", 1, 10, None),
        ("October 2015", None, 10, 2015),
        ("2015-10-01", 1, 10, 2015),
        ("the 3rd of May", 3, 5, None),
    ],
)
def test_a_date_is_read_in_every_way_of_writing(
    text: str, day: int | None, month: int, year: int | None
) -> None:
    (date,) = find_dates(text)
    assert (date.day, date.month, date.year) == (day, month, year)


@pytest.mark.parametrize("text", ["3 Aprıl 2015", "ſept 3", "AprİL 2015"])
def test_letters_that_only_look_like_ours_in_another_case_are_no_month(text: str) -> None:
    assert find_dates(text) == ()


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("He said “yes”.", ["yes"]),
        ("He said “yes“ and went.", ["yes"]),
        ('"One", "two"', ["One", "two"]),
        ("«Un» et „zwei“", ["Un", "zwei"]),
        ("``Old marks'' too", ["Old marks"]),
        ("They’re the workers’ homes", []),
        ("the 'quiet' one", ["quiet"]),
        ("“never closed", ["never closed"]),
        ("never opened” he said", ["never opened"]),
        ("“one “two”", ["one ", "two"]),
        ("“…”", []),
    ],
)
def test_quotations_are_found_whatever_the_marks(text: str, quoted: list[str]) -> None:
    assert [quotation.text for quotation in find_quotations(text)] == quoted


@pytest.mark.parametrize(
    ("text", "word", "parity"),
    [
        ("They did not strike the mill", "strike", {1}),
        ("They struck the mill", "strike", {0}),
        ("They cannot deny the strike", "strike", {0}),
        ("They failed to strike", "strike", {1}),
        ("They struck not only the mill", "mill", {0}),
        ("They found no mill", "found", {0, 1}),
        ("Not the mill, but the barn", "barn", {0}),
        ("They did not strike and would not burn it", "burn", {1}),
    ],
)
def test_negation_reaches_the_word_it_is_about(text: str, word: str, parity: set[int]) -> None:
    assert read_marks(find_words(text)).negated[stem(word)] == parity


def test_words_that_exclude_each_other() -> None:
    pairs = excluded_pairs(find_words("Prices rose on Monday"), find_words("Prices fell on Monday"))
    assert [(mine.text, theirs.text) for mine, theirs in pairs] == [("rose", "fell")]
    assert excluded_pairs(find_words("Prices rose"), find_words("Costs climbed")) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Lavrov said the talks were over.", ("Lavrov",)),
        ("The talks were over, Sergei Lavrov said.", ("Sergei Lavrov",)),
        ("“It is over,” said Sara Lind.", ("Sara Lind",)),
        ("“It is over,” Lind told Reuters.", ("Lind",)),
        ("The talks, Lind said on Friday, were over.", ("Lind",)),
    ],
)
def test_the_speaker_is_found_by_word_order(text: str, names: tuple[str, ...]) -> None:
    assert find_speeches(text)[0].names() == names


@pytest.mark.parametrize(
    "text",
    ["His claim was old.", "He added a stone.", "The Islamic State fled.", "Moscow’s report on trade grew."],
)
def test_what_looks_like_a_reporting_verb_and_is_none(text: str) -> None:
    assert find_speeches(text) == ()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Sergei Lavrov", "Lavrov", True),
        ("Lavrov", "Foreign Minister Sergei Lavrov", True),
        ("Russia", "Russian", True),
        ("Niger", "Nigerian", False),
        ("Ivan Petrov", "Ivan Orlov", False),
        ("Kerry", "Lavrov", False),
    ],
)
def test_same_name(one: str, other: str, same: bool) -> None:
    assert same_name(one, other, None) is same


@pytest.mark.parametrize(
    ("text", "source", "borne_out"),
    [
        ("The two leaders spoke on Monday.", "Berg and Lind spoke on Monday.", True),
        ("The three leaders spoke.", "Berg and Lind spoke.", False),
        ("The three leaders spoke.", "The two leaders, Berg, Lind and Holm, spoke.", False),
        ("The two hospitals were hit.", "Hospitals in Homs and Hama were hit.", False),
        ("All four hostages were killed.", "The hostages were killed.", False),
        ("The third attack failed.", "The attack of Berg, Lind and Holm failed.", False),
    ],
)
def test_a_number_may_take_up_those_just_named(text: str, source: str, borne_out: bool) -> None:
    assert (wrong_numbers(text, (), read_cited([source])) == []) is borne_out


@pytest.mark.parametrize(
    ("text", "source", "borne_out"),
    [
        ("Lind and the Republican club spoke.", "Lind and the GOP club spoke.", True),
        ("Lind wrote on Twitter.", "Lind tweeted.", True),
        ("Lind and the GOP spoke.", "Lind and the Irish Republicans spoke.", False),
        ("Lind spoke in the Senate.", "Senator Lind spoke.", False),
    ],
)
def test_a_name_may_be_told_by_another_word(text: str, source: str, borne_out: bool) -> None:
    assert (wrong_names(find_names(text, ()), read_cited([source]), None) == []) is borne_out
