"""The reader model: what it tags, and how it walks through a text longer than its window."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from briefing.errors import ModelFileError
from briefing.reading.document import Document, read_document
from briefing.reading.inference import MODELS, open_session
from briefing.reading.tagger import WEIGHTS, TaggedSpans, tag
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


def test_the_same_text_gives_the_same_tags() -> None:
    text = "\n".join([ONE, FILLER] * 12)
    assert tag(read_document(Article(text))) == tag(read_document(Article(text)))


def test_weights_cut_short_are_refused(tmp_path: Path) -> None:
    shutil.copy(MODELS / "checksums.json", tmp_path)
    (tmp_path / WEIGHTS).write_bytes((MODELS / WEIGHTS).read_bytes()[:100_000])
    with pytest.raises(ModelFileError, match=r"tagger\.int8\.onnx is damaged.*reinstall"):
        open_session(WEIGHTS, folder=tmp_path)
