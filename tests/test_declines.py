"""What a decline says would have to be added."""

from __future__ import annotations

import datetime as dt

import pytest

from briefing.reading.parties import load_lexicon
from briefing.retrieval.evidence import Evidence
from briefing.retrieval.questions import Known, understand
from briefing.writing.declines import say_what_is_wanted

KNOWN = Known(
    ("Strait Post",),
    load_lexicon(),
    ("Ida Holm",),
    first_day=dt.date(2021, 1, 1),
    last_day=dt.date(2021, 3, 4),
)


@pytest.mark.parametrize(
    ("question", "missing", "wanted"),
    [
        ("What did China say about the ferry?", ("China",), "that quote China"),
        ("Did the ferry reach Atlantis?", ("Atlantis",), "that mention Atlantis"),
        ("What did Holm say on 2 March 2021?", (), "that quote Ida Holm published on 2 March 2021"),
        (
            "What did Norway say since 1 March?",
            (),
            "that quote Norway published from 1 March 2021 to 4 March 2021",
        ),
        ("What sank before 2 March 2021?", (), "published up to 1 March 2021"),
        ("According to the Strait Post, what sank?", (), "by Strait Post"),
        ("What sank?", (), "on this matter"),
    ],
)
def test_what_would_help(question: str, missing: tuple[str, ...], wanted: str) -> None:
    evidence = Evidence(0.1, 0.1, missing, len(missing), True)
    assert (
        say_what_is_wanted(understand(question, KNOWN), evidence) == f"To answer it, add articles {wanted}."
    )
