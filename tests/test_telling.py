"""Which drafts a line that passed has told: those whose speaker and words it bears, and no others."""

from __future__ import annotations

import pytest

from briefing.library.telling import tells
from briefing.types import Claim
from briefing.writing.drafts import Draft, cite
from tests.factories import make_article, make_claim

ARTICLE = make_article(
    "The road to the coast was closed by snow. A bridge near Salalah fell in the night. "
    "Ali said it rained and Omar said it snowed."
)


def draft(text: str, *sentences: int, speaker: str | None = None, plain: str = "") -> Draft:
    return Draft(text, cite(ARTICLE, [ARTICLE.sentences[n] for n in sentences]), None, speaker, plain=plain)


def claim(text: str, *sentences: int, speaker: str | None = None) -> Claim:
    return make_claim(text, ARTICLE, sentences, speaker=speaker)


ROAD = draft("The road to the coast was closed by snow.", 0)
BRIDGE = draft("A bridge near Salalah fell in the night.", 1)
ALI = draft("Ali said it rained.", 2, speaker="Ali", plain=ARTICLE.sentences[2].text)
OMAR = draft("Omar said it snowed.", 2, speaker="Omar", plain=ARTICLE.sentences[2].text)
OPEN_ALI = draft("Ali Hamad said the road was open.", 2, speaker="Ali Hamad")
OPEN_OMAR = draft("Omar Hamad said the road was open.", 2, speaker="Omar Hamad")
RAIN = draft("Ali said it would rain on Monday.", 0, speaker="Ali")
WIND = draft("Ali said the wind would turn to the north.", 1, speaker="Ali")
SO = draft("Ali said so.", 1, speaker="Ali")


@pytest.mark.parametrize(
    ("line", "drafts", "told"),
    [
        (claim("Snow closed it.", 0), (ROAD, BRIDGE), (True, False)),
        (claim("The road to the coast was closed by snow.", 0, 1), (ROAD, BRIDGE), (True, False)),
        (
            claim("Snow closed the coast road, and a bridge near Salalah fell.", 0, 1),
            (ROAD, BRIDGE),
            (True, True),
        ),
        (claim("Weather shut the way to the coast.", 0, 1), (ROAD, BRIDGE), (True, False)),
        (claim("It was bad.", 0, 1), (ROAD, BRIDGE), (False, False)),
        (claim("Ali said it rained.", 2), (ALI, OMAR), (True, False)),
        (claim("Ali said it rained, Omar that it snowed.", 2), (ALI, OMAR), (True, True)),
        (claim(ALI.plain, 2), (ALI, OMAR), (True, True)),
        (claim("Ali said it rained.", 2, speaker="Ali"), (ALI, OMAR), (True, False)),
        (claim("Ali Hamad said the road was open.", 2), (OPEN_ALI, OPEN_OMAR), (True, False)),
        (claim("Ali and Omar Hamad said the road was open.", 2), (OPEN_ALI, OPEN_OMAR), (True, True)),
        (claim("Ali said rain would come on Monday.", 0, 1, speaker="Ali"), (RAIN, WIND), (True, False)),
        (
            claim("Ali said it would rain on Monday and the wind turn north.", 0, 1, speaker="Ali"),
            (RAIN, WIND),
            (True, True),
        ),
        (claim("Ali said it would rain on Monday.", 0, 1, speaker="Ali"), (RAIN, SO), (True, True)),
    ],
    ids=[
        "one draft, however worded",
        "a sentence cited along",
        "two joined",
        "far from both, nearest to one",
        "neither",
        "one of two speakers",
        "both speakers",
        "the source's sentence",
        "credited to one",
        "the same words of another",
        "the same words of both",
        "one speaker, one thing",
        "one speaker, two things",
        "no words of its own",
    ],
)
def test_a_draft_is_told_by_its_speaker_and_its_words(
    line: Claim, drafts: tuple[Draft, ...], told: tuple[bool, ...]
) -> None:
    assert tuple(tells(line, d, drafts) for d in drafts) == told
