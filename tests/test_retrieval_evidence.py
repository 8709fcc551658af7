from __future__ import annotations

import pytest

from briefing.reading.parties import load_lexicon
from briefing.retrieval.evidence import Evidence, best_cosine, weigh_evidence
from briefing.retrieval.questions import Known, understand
from briefing.retrieval.search import find_passages
from briefing.types import Article
from tests.list_store import ListStore

STORE = ListStore(
    [
        Article(
            text="Russian aircraft struck three depots near the river on Wednesday, the ministry said. "
            "Washington had asked for notice. The envoy Ilse Marn called the strikes “a grave step”.",
            title="Moscow strikes depots",
            outlet="Harbour Post",
        ),
        Article(text="The visitors won the cup.", title="Cup final", outlet="Valley Times"),
    ]
)
KNOWN = Known(("Harbour Post", "Valley Times"), load_lexicon(), ("Ilse Marn",))


def _weigh(question: str) -> Evidence:
    read = understand(question, KNOWN)
    return weigh_evidence(STORE, read, find_passages(STORE, read), KNOWN.parties)


@pytest.mark.parametrize(
    "question",
    [
        "What did Russia strike?",
        "Where did the aircraft strike?",
        "What did Marn say about the strikes?",
        "Who said “a grave step”?",
        "Did the US ask for notice?",
        "What did the Valley Times report about the cup?",
    ],
)
def test_what_is_in_there_is_answerable(question: str) -> None:
    assert _weigh(question).answerable


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("What did China say about the strikes?", ("China",)),
        ("What did Mayor Quill say about the depots?", ("Mayor Quill",)),
        ("Who said “a broad front” near the river?", ("a broad front",)),
        ("What did Reuters report about the strikes?", ("Reuters",)),
        ("How is bread baked at home?", ()),
    ],
)
def test_what_is_not_in_there_is_declined(question: str, missing: tuple[str, ...]) -> None:
    evidence = _weigh(question)
    assert not evidence.answerable
    assert evidence.missing == missing


def test_a_long_question_is_not_declined_for_one_name() -> None:
    evidence = _weigh(
        "Russian aircraft struck three depots near the river on Wednesday and Washington had asked for "
        "notice, but what did the envoy Ilse Marn or Mayor Quill call the strikes?"
    )
    assert evidence.missing == ("Mayor Quill",)
    assert not evidence.short
    assert evidence.answerable


@pytest.mark.parametrize(
    ("text", "missing"),
    [("Nigeria said its army struck the camp.", ("Niger",)), ("Niger’s army struck the camp.", ())],
)
def test_a_name_within_another_word_is_missing(text: str, missing: tuple[str, ...]) -> None:
    store = ListStore([Article(text, title="Camp struck")])
    read = understand("What happened in Niger?", KNOWN)
    assert weigh_evidence(store, read, find_passages(store, read), KNOWN.parties).missing == missing


def test_a_person_is_there_without_the_arabic_article() -> None:
    store = ListStore([Article("Assad opened the bridge.", title="Bridge")])
    read = understand("What did Bashar al-Assad say?", Known((), load_lexicon(), ("Bashar al-Assad",)))
    assert read.people == ("Bashar al-Assad",)
    assert weigh_evidence(store, read, find_passages(store, read), KNOWN.parties).missing == ()


def test_no_hits_no_evidence() -> None:
    read = understand("What did Russia strike?", KNOWN)
    assert best_cosine(STORE, read, []) == 0
    evidence = weigh_evidence(STORE, read, [], KNOWN.parties)
    assert (evidence.cosine, evidence.coverage, evidence.missing) == (0, 0, ("Russia",))
    assert not evidence.answerable


def test_best_cosine_is_that_of_the_nearest_hit() -> None:
    read = understand("Who won the cup?", KNOWN)
    hits = find_passages(STORE, read)
    assert best_cosine(STORE, read, hits) == pytest.approx(max(best_cosine(STORE, read, [h]) for h in hits))
