"""The reader model: what it tags, and how it walks through a text longer than its window."""

from __future__ import annotations

import shutil
from itertools import pairwise
from pathlib import Path

import pytest

from briefing.errors import ModelFileError
from briefing.reading.attribution.document import Document, read_document
from briefing.reading.attribution.pieces import token_types, windows
from briefing.reading.attribution.tagger import WEIGHTS, TaggedSpans, tag
from briefing.reading.inference import MODELS, open_session
from briefing.types import Article, Span

ONE = "Kenya’s foreign minister, Grace Wanjiru, said the dam would be opened in May."
FILLER = "The river ran high that week, and the road to the coast was closed at two places."


def words(document: Document, spans: tuple[Span, ...]) -> list[str]:
    return [document.text[slice(*document.characters(*span))] for span in spans]


def test_tags_source_cue_and_content() -> None:
    document = read_document(Article(ONE))
    tagged = tag(document)
    assert words(document, tagged.source) == ["Kenya’s foreign minister, Grace Wanjiru,"]
    assert words(document, tagged.cue) == ["said"]
    assert words(document, tagged.content) == ["the dam would be opened in May"]


def test_tags_nothing_where_nobody_speaks() -> None:
    assert tag(read_document(Article(FILLER))) == TaggedSpans((), (), ())


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_no_words_no_spans(text: str) -> None:
    assert tag(read_document(Article(text))) == TaggedSpans((), (), ())


def test_finds_a_statement_wherever_in_a_long_text_it_stands() -> None:
    text = "\n".join([FILLER] * 30 + [ONE] + [FILLER] * 30 + [ONE])
    document = read_document(Article(text))
    assert words(document, tag(document).cue) == ["said", "said"]
    assert words(document, tag(document).content) == ["the dam would be opened in May"] * 2


@pytest.mark.parametrize(
    "text",
    [
        "word " * 900,
        "x" * 5000,
        "“" * 700,
        "ꙮ字🙂\u200b\u0301 " * 40,
        "He said " + ", ".join(["the road was open"] * 200) + ".",
    ],
    ids=["no full stop", "one long word", "only marks", "scripts", "one long sentence"],
)
def test_any_shape_of_text_is_tagged_within_its_tokens(text: str) -> None:
    document = read_document(Article(text))
    tagged = tag(document)
    for spans in (tagged.source, tagged.cue, tagged.content):
        assert all(0 <= a < b <= len(document.tokens) for a, b in spans)
        assert list(spans) == sorted(spans)


def test_windows_hold_whole_sentences_fit_the_model_and_share_about_a_third() -> None:
    document = read_document(Article(" ".join([FILLER] * 60)))
    places = windows(document, [1] * len(document.tokens), 256 // 3)
    edges = {edge for bounds in document.sentence_tokens for edge in bounds}
    assert all({first, stop} <= edges and stop - first <= 254 for first, stop in places)
    assert (places[0][0], places[-1][1]) == (0, len(document.tokens))
    shared = [before[1] - after[0] for before, after in pairwise(places)]
    assert all(60 <= tokens <= 256 // 3 for tokens in shared)


def test_a_sentence_longer_than_the_model_is_read_in_parts() -> None:
    document = read_document(Article("rain " * 600))
    assert windows(document, [1] * 600, 256 // 3) == [(0, 254), (254, 508), (508, 600)]


def test_the_model_is_told_case_quotation_and_where_a_paragraph_begins() -> None:
    document = read_document(Article("“We STAY in Aden,” he said.\nU.N. 5"))
    told = dict(zip(document.words, token_types(document), strict=True))
    small, capital, capitals, sign, begins, quoted = 0, 1, 2, 3, 4, 8
    assert told["“"] == sign + begins
    assert (told["We"], told["STAY"], told["in"]) == (quoted + capital, quoted + capitals, quoted + small)
    assert (told["he"], told["U.N"], told["5"]) == (small, capitals + begins, sign)


def test_the_same_text_gives_the_same_tags() -> None:
    text = "\n".join([ONE, FILLER] * 12)
    assert tag(read_document(Article(text))) == tag(read_document(Article(text)))


def test_weights_cut_short_are_refused(tmp_path: Path) -> None:
    shutil.copy(MODELS / "checksums.json", tmp_path)
    (tmp_path / WEIGHTS).write_bytes((MODELS / WEIGHTS).read_bytes()[:100_000])
    with pytest.raises(ModelFileError, match=r"tagger\.int8\.onnx is damaged.*reinstall"):
        open_session(WEIGHTS, folder=tmp_path)
