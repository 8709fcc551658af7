"""Markdown: complete, numbered, and nothing from an article is active in it."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.export.markdown import escape, markdown
from tests.factories import make_article, make_claim
from tests.pages import TEXT, make_answer, make_briefing, make_decline

# Our own marks, [1] and so on, are the only brackets a page may hold.
OURS = re.compile(r"(?<!\\)\[\d+\]")
HOSTILE = st.text(alphabet="[]()!<>*_`~|#-+=.:/\\&$@ab1\n\t\u2028\x1bw", min_size=1, max_size=60)


def active(page: str) -> str:
    """What a reader of Markdown could act on: the page without escaped signs and without our own marks."""
    return OURS.sub("", re.sub(r"\\[\\`*_\[\]<>&|~$#+=.)-]", "", page))


def test_an_answer_as_a_page() -> None:
    assert markdown(make_answer()) == (
        "# Was the road open?\n\n"
        "*Asked as:* Was the road open? (typed: and the road?)\n\n"
        "## Oman\n\n- Oman said the road was open. [1]\n\n"
        "## Qatar\n\n- Qatar denied it. [2][1] *(in the source’s words)*\n\n"
        "## Notes\n\n- One line was left out.\n\n"
        "## Sources\n\n"
        "1. Harbour Gazette, 4 March 2021, sentence 1 (characters 0–28). “Road shut”. "
        "Oman said the road was open.\n"
        "2. Harbour Gazette, 4 March 2021, sentence 2 (characters 29–75). "
        "Qatar denied that the road was open on Monday.\n"
    )


def test_a_partys_line_whose_speaker_the_text_does_not_name_says_so() -> None:
    article = make_article(TEXT)
    unnamed = make_claim("A Qatari official denied it.", article, [1], party="Qatar")
    report = make_claim("Rain fell all night.", article, [2])
    page = markdown(replace(make_briefing(article), happened=(unnamed, report)))
    assert "- A Qatari official denied it. [1] *(speaker not named)*\n- Rain fell all night. [2]\n" in page


def test_a_decline_says_what_was_searched_and_what_came_closest() -> None:
    page = markdown(make_decline())
    assert "**These sources do not say.**" in page
    assert "The nearest sentences:\n\n- Rain fell all night. [1]\n" in page
    assert "Searched 2 articles (Harbour Gazette; 4 March 2021 to 5 March 2021, 1 without a date)." in page
    assert "Heard in them: Oman, Qatar." in page


def test_a_briefing_has_every_part_in_its_order() -> None:
    page = markdown(make_briefing())
    headings = [line for line in page.splitlines() if line.startswith("#")]
    assert headings == [
        "# Briefing, 4 March 2021",
        "## What happened",
        "## Positions",
        "### Oman",
        "## Reports without a named source",
        "## Disputes",
        "### Was it open?",
        "## Speaker not named",
        "## Not heard in these sources",
        "## Dates",
        "## Notes",
        "## Sources",
    ]
    assert "- “Monday”: 1 March 2021 (the Monday before)" in page
    assert "- Peru: mentioned in 2 sentences, never quoted [" in page
    assert "- **Qatar** (denies or limits it): Qatar denied it. [" in page


def test_empty_parts_are_left_out() -> None:
    page = replace(
        make_briefing(),
        happened=(),
        positions=(),
        reports=(),
        disputes=(),
        unnamed=(),
        not_heard=(),
        dates=(),
        notes=(),
    )
    assert [line for line in markdown(page).splitlines() if line.startswith("#")] == [
        "# Briefing, 4 March 2021"
    ]


def test_every_mark_has_its_source_and_every_source_a_mark() -> None:
    for page in (markdown(make_answer()), markdown(make_briefing()), markdown(make_decline())):
        body, sources = page.split("## Sources")
        numbers = {mark.strip("[]") for mark in OURS.findall(body)}
        assert numbers == set(re.findall(r"^(\d+)\. ", sources, re.MULTILINE))


def test_a_dateless_article_says_so_and_an_outlet_is_not_guessed() -> None:
    page = markdown(make_answer(make_article(TEXT, outlet="", published=None)))
    assert "1. outlet not given, no date given, sentence 1" in page


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("![x](http://a.b/c.png)", r"!\[x\](http&#58;//a.b/c.png)"),
        ("[click](https://a.b)", r"\[click\](https&#58;//a.b)"),
        ("<script>alert(1)</script>", r"\<script\>alert(1)\</script\>"),
        ("see www.a.b or a@b.co", "see www&#46;a.b or a&#64;b.co"),
        ("*bold* _and_ `code` ~no~ a|b $x$ &amp;", r"\*bold\* \_and\_ \`code\` \~no\~ a\|b \$x\$ \&amp;"),
        ("# War", r"\# War"),
        ("- no", r"\- no"),
        ("2. Then", r"2\. Then"),
        ("1.5 million", "1.5 million"),
        ("a\n\n# b", "a # b"),
        ("red \x1b[31mhot\u202e", r"red \[31mhot"),
        ("می\u200cروم", "می\u200cروم"),
        ("half \ud800 pair", "half pair"),
        ("back\\slash", r"back\\slash"),
    ],
)
def test_signs_are_shown_as_they_are_written(text: str, shown: str) -> None:
    assert escape(text) == shown


@given(HOSTILE)
def test_no_text_of_an_article_is_active(hostile: str) -> None:
    article = make_article(f"{hostile} a. {hostile} b. {TEXT}", title=hostile, outlet=hostile)
    claim = make_claim(hostile, article, [0], party=hostile, notes=(hostile,))
    answer = replace(make_answer(article), asked=hostile, question=hostile + "?", notes=(hostile,))
    answer = replace(answer, groups=(replace(answer.groups[0], heading=hostile, claims=(claim,)),))
    briefing = replace(make_briefing(article), title=hostile, happened=(claim,))
    for page in (markdown(answer), markdown(briefing)):
        rest = active(page)
        assert not set("[]<>`|~$") & set(rest)
        assert "://" not in rest
        assert "www." not in rest
        assert "\x1b" not in rest
        assert all(re.match(r"$|#{1,3} |- |\d+\. |\*|From \d|Searched ", line) for line in page.splitlines())


def test_the_same_page_gives_the_same_bytes() -> None:
    assert markdown(make_briefing()) == markdown(make_briefing())
    assert markdown(make_briefing()).endswith("\n")
    assert not markdown(make_briefing()).endswith("\n\n")
