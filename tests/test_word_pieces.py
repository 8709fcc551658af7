"""Word pieces keep their word, and what the vocabulary loses of it."""

from __future__ import annotations

from briefing.reading.word_pieces import read_word_pieces


def test_every_piece_has_its_place_and_its_word() -> None:
    text = "Rebels near Tel Hadra fired 27 mortars."
    pieces = read_word_pieces(text)
    assert all(0 <= start < end <= len(text) for start, end in (piece.span for piece in pieces))
    words = {piece.word.text for piece in pieces if piece.word}
    assert words == {"Rebels", "near", "Tel", "Hadra", "fired", "27", "mortars"}
    assert pieces[-1].word is None
    telling = {piece.word.text for piece in pieces if piece.word and piece.telling}
    assert telling == {"Tel", "Hadra", "27"}  # the first word owes its capital to its place


def test_half_of_a_surrogate_pair_moves_nothing() -> None:
    text = "A lone \ud83d mark stood here."
    assert [p.span for p in read_word_pieces(text)] == [
        p.span for p in read_word_pieces(text.replace("\ud83d", "?"))
    ]


def test_no_text_has_no_pieces() -> None:
    assert read_word_pieces("") == []
