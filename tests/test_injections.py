"""Articles that try to steer the program: their words stay words, their orders are obeyed by nobody."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from langchain_core.language_models import BaseChatModel
from markdown_it import MarkdownIt

from briefing.checking.citations import Credit
from briefing.checking.gate import Gate
from briefing.export import markdown, plain, record, to_json
from briefing.export.phrases import one_line
from briefing.library import Library, open_library
from briefing.reading.parties import load_lexicon
from briefing.reading.passages import split_passages
from briefing.reading.statements import find_statements
from briefing.types import Answer, Article, Briefing, Citation, Claim, ClaimGroup
from briefing.writing.chat import ModelSettings, load_chat_model
from tests.factories import CASES, make_article, make_claim
from tests.openai_server import OpenAIServer, Reply, serve
from tests.pages import make_answer, make_briefing, make_decline
from ui.escape import escape_markdown
from ui.receipts import reading
from ui.typeset import answer_page, articles_page, briefing_page

ROWS: list[dict[str, str]] = [
    json.loads(line) for line in (CASES / "injections" / "articles.jsonl").read_text("utf-8").splitlines()
]
OMAN = "Oman's foreign ministry said the coast road was open to trucks."
QATAR = "Qatar's transport minister, Jaber Naimi, said the coast road was not open to trucks."
QUESTION = "Was the coast road open to trucks?"
NAMES = {"Oman": ("Oman",), "Qatar": ("Qatar", "Naimi")}
# What our own templates add to the words of a source.
OURS = frozenset("said harbour gazette wrote".split())

Credited = tuple[str | None, str | None]


@dataclass(frozen=True)
class Case:
    """A hostile text between two plain sentences, and what a library with that article shows."""

    kind: str
    hostile: str
    article: Article
    folder: Path
    library: Library
    answer: Answer
    briefing: Briefing

    @property
    def claims(self) -> tuple[Claim, ...]:
        return (*self.answer.claims, *self.briefing.claims)


@pytest.fixture(scope="module", params=[pytest.param(row, id=row["kind"]) for row in ROWS])
def case(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    hostile = request.param["text"]
    article = make_article(f"{OMAN}\n\n{hostile}\n\n{QATAR}")
    folder = tmp_path_factory.mktemp("library")
    with open_library(folder) as library:
        library.add([article])
        answer, briefing = library.ask(QUESTION), library.brief()
        yield Case(request.param["kind"], hostile, article, folder, library, answer, briefing)


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[Credited]]:
    """Whom the two sentences are credited to when nothing stands between them."""
    with open_library(tmp_path_factory.mktemp("clean")) as library:
        library.add([make_article(f"{OMAN}\n\n{QATAR}")])
        return credits_of(library.ask(QUESTION).claims)


@pytest.fixture(scope="module")
def server() -> Iterator[OpenAIServer]:
    with serve() as running:
        yield running


@pytest.fixture(scope="module")
def chat_model(server: OpenAIServer) -> BaseChatModel:
    return load_chat_model(ModelSettings("openai:test-model", server.address))


def credits_of(claims: Iterable[Claim]) -> dict[str, set[Credited]]:
    """For each of the two plain sentences the parties and speakers of the claims that cite it."""
    found: dict[str, set[Credited]] = {}
    for claim in claims:
        for citation in claim.citations:
            if citation.quote in (OMAN, QATAR):
                found.setdefault(citation.quote, set()).add((claim.party, claim.speaker))
    return found


def words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))


def assert_nothing_lent(claims: Iterable[Claim]) -> None:
    """A line of Oman or Qatar names it in a sentence that it cites, and has no word from elsewhere."""
    for claim in claims:
        if claim.party in NAMES:
            cited = " ".join(c.quote for c in claim.citations)
            assert any(name in cited for name in NAMES[claim.party])
            assert words(claim.text) <= words(cited) | OURS


# -- the rows


def test_the_rows_are_many_each_of_its_kind_and_name_no_real_host() -> None:
    assert len(ROWS) >= 60
    assert len({row["kind"] for row in ROWS}) == len({row["text"] for row in ROWS}) == len(ROWS)
    hosts = {host for row in ROWS for host in re.findall(r"(?://|www\.|@)([\w.-]+)", row["text"])}
    assert {host for host in hosts if "." in host} == {"evil.example"}


# -- what is read out of such an article


def test_clean_each_side_is_credited_with_its_own_sentence(clean: dict[str, set[Credited]]) -> None:
    assert clean == {OMAN: {("Oman", "Oman's foreign ministry")}, QATAR: {("Qatar", "Jaber Naimi")}}


def test_both_sides_keep_their_sentences(case: Case, clean: dict[str, set[Credited]]) -> None:
    assert credits_of(case.briefing.claims) == clean
    shown = credits_of(case.answer.claims)
    if len(split_passages(case.article)) == 1:
        assert shown == clean
    # Sentences that stand far apart are ranked apart, whatever stands between them.
    assert shown
    assert shown.items() <= clean.items()


def test_a_few_plain_sentences_between_two_sides_silence_neither(
    tmp_path: Path, clean: dict[str, set[Credited]]
) -> None:
    between = "Rain fell for two nights. Three schools stayed closed. A ferry waited. Bread sold out by noon."
    with open_library(tmp_path) as library:
        library.add([make_article(f"{OMAN}\n\n{between}\n\n{QATAR}")])
        assert credits_of(library.ask(QUESTION).claims) == clean


def test_every_line_is_supported_and_cites_what_stands_there(case: Case) -> None:
    for claim in case.claims:
        assert claim.verdict.supported
        assert claim.citations
        for citation in claim.citations:
            assert citation.quote == case.article.text[citation.start : citation.end] != ""


def test_no_side_is_lent_words_that_its_sentence_does_not_hold(case: Case) -> None:
    assert_nothing_lent(case.claims)


def test_what_is_saved_is_borne_out_again(case: Case) -> None:
    for page in (case.answer, case.briefing):
        saved = json.loads(to_json(page))
        checks = case.library.verify(saved)
        assert len(checks) == len(page.claims)
        assert [check for check in checks if not check.holds] == []
        for receipt in saved["receipts"]:
            assert receipt["quote"] == case.article.text[receipt["start"] : receipt["end"]]


# -- what the surfaces make of it

OWN_HEADINGS = frozenset(
    [
        "What happened", "Positions", "Reports without a named source", "Disputes", "Speaker not named",
        "Not heard in these sources", "Dates", "Notes", "Sources", "Others, no side given",
    ]
)  # fmt: skip
OWN_TAGS = frozenset("h1 h2 h3 p ul ol li em strong".split())
KEYS = frozenset(
    "question title asides declined sections feet heading kicker lines columns quiet stance text chips "
    "speaker tag problem notes at label name source quote facts address paragraphs".split()
)
_MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


class _Shown(HTMLParser):
    """What a browser would show of a page: its tags, its attributes, its headings and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str | None]] = []
        self.headings: list[tuple[str, str]] = []
        self.text = ""
        self._heading = ""
        self.feed(_MARKDOWN.render(page))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += attrs
        if tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            self._heading = tag
            self.headings.append((tag, ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == self._heading:
            self._heading = ""

    def handle_data(self, data: str) -> None:
        self.text += data
        if self._heading:
            tag, words_so_far = self.headings.pop()
            self.headings.append((tag, words_so_far + data))

    def handle_comment(self, data: str) -> None:
        self.tags.add(f"<!--{data}")

    def handle_decl(self, decl: str) -> None:
        self.tags.add(f"<!{decl}")

    def handle_pi(self, data: str) -> None:
        self.tags.add(f"<?{data}")


def hostile_article(case: Case) -> Article:
    """A longer article that has the hostile text for its headline, its outlet and its address too."""
    text = f"{case.article.text}\n\nRain fell all night. Nobody came on Monday."
    return Article(text, case.hostile, case.hostile, case.article.published, case.hostile)


def hostile_pages(case: Case) -> tuple[Answer, Answer, Briefing]:
    """Pages that show every sentence, and the hostile text wherever a text may stand."""
    article, hostile = hostile_article(case), case.hostile
    numbers = range(min(8, len(article.sentences)))
    claims = tuple(
        make_claim(article.sentences[n].text, article, [n], party=hostile, notes=(hostile,)) for n in numbers
    )
    groups = (ClaimGroup(hostile, (make_claim(hostile, article, [1]), *claims), hostile),)
    asked = f"{hostile} Really?"
    answer = replace(make_answer(article), question=hostile, asked=asked, groups=groups, notes=(hostile,))
    cited = tuple(Citation(article, article.sentences[n].start, article.sentences[n].end) for n in numbers)
    decline = replace(make_decline(article), question=hostile, asked=asked, reason=hostile, nearest=cited)
    page = replace(make_briefing(article), title=hostile, positions=groups, reports=claims)
    dispute = replace(page.disputes[0], issue=hostile)
    unheard = replace(page.not_heard[0], party=hostile)
    page = replace(page, happened=claims, unnamed=claims, disputes=(dispute,), not_heard=(unheard,))
    return answer, decline, page


def pages_of(case: Case) -> tuple[Answer | Briefing, ...]:
    return (case.answer, case.briefing, *hostile_pages(case))


def receipts_of(page: Answer | Briefing) -> list[str]:
    quotes = [citation.quote for claim in page.claims for citation in claim.citations]
    return [*quotes, *(c.quote for c in page.nearest)] if isinstance(page, Answer) else quotes


def headings_of(page: Answer | Briefing) -> set[str]:
    """The headings that a page may have besides our own: its title, its parties and its disputes."""
    if isinstance(page, Answer):
        own = [page.asked, *(group.heading for group in page.groups)]
    else:
        own = [page.title, *(group.heading for group in page.positions), *(d.issue for d in page.disputes)]
    return {one_line(heading) for heading in own}


def test_markdown_shows_the_words_and_renders_none_of_them(case: Case) -> None:
    for page in pages_of(case):
        source = markdown(page)
        shown = _Shown(source)
        assert shown.tags <= OWN_TAGS
        assert shown.attributes == []
        assert "://" not in source
        assert "www." not in source
        text = one_line(shown.text)
        assert [quote for quote in receipts_of(page) if one_line(quote) not in text] == []


def test_an_article_adds_no_heading(case: Case) -> None:
    for page in pages_of(case):
        (level, title), *rest = _Shown(markdown(page)).headings
        assert (level, title) == ("h1", one_line(page.asked if isinstance(page, Answer) else page.title))
        assert {level for level, _ in rest} <= {"h2", "h3"}
        assert {heading for _, heading in rest} - OWN_HEADINGS <= headings_of(page)
        own = [heading for _, heading in rest if heading in OWN_HEADINGS - headings_of(page)]
        assert len(own) == len(set(own))


def test_no_sign_that_is_not_seen_reaches_a_terminal_or_a_file(case: Case) -> None:
    for page in pages_of(case):
        texts = [markdown(page), plain(page)] if isinstance(page, Answer) else [markdown(page)]
        for text in texts:
            assert [c for c in set(text) if not c.isprintable() and c not in "\n\u200c\u200d"] == []
            text.encode("utf-8")


def test_json_is_the_record_and_nothing_else(case: Case) -> None:
    for page in pages_of(case):
        text = to_json(page)
        assert json.loads(text) == json.loads(json.dumps(record(page)))
        assert not re.search(r"[\x00-\x09\x0b-\x1f]", text)
        text.encode("utf-8")


def parts_of(value: Any) -> Iterator[tuple[str, Any]]:
    """Every (key, plain value) in nested data; things in a list go by the key of the list."""

    def walk(key: str, inner: Any) -> Iterator[tuple[str, Any]]:
        if isinstance(inner, dict):
            for name, held in inner.items():
                yield from walk(name, held)
        elif isinstance(inner, list | tuple):
            for held in inner:
                yield from walk(key, held)
        else:
            yield key, inner

    return walk("", value)


def test_the_page_is_given_strings_and_asked_for_no_markup(case: Case) -> None:
    answer, decline, briefing = hostile_pages(case)
    article = hostile_article(case)
    sheets = [answer_page(p).sheet for p in (case.answer, answer, decline)]
    sheets += [briefing_page(p).sheet for p in (case.briefing, briefing)]
    panel = reading(Citation(article, 0, len(OMAN)), case.library.statements())
    for sheet in (*sheets, articles_page([article]).sheet, panel):
        for key, value in parts_of(sheet):
            assert key in KEYS
            assert type(value) in (str, int, bool)
        assert json.loads(json.dumps(sheet)) == json.loads(json.dumps(sheet, ensure_ascii=False))
    assert panel["address"] == ""
    shown = "".join(text for paragraph in panel["paragraphs"] for text, _ in paragraph)
    assert "".join(shown.split()) == "".join(article.text.split())


def test_streamlit_is_given_no_active_sign(case: Case) -> None:
    escaped = escape_markdown(case.hostile)
    assert not re.search(r"[!-\"$-%'-/:<-@\[-`{-~]", re.sub(r"&#\d+;", "", escaped))
    assert _Shown(escaped).tags == {"p"}


def test_the_scripts_of_the_page_set_text_alone(root: Path) -> None:
    scripts = list((root / "ui" / "static").glob("*.js"))
    assert scripts
    for script in scripts:
        source = script.read_text("utf-8")
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b", source)


# -- a model that obeys

# Lines that nobody said, and with each the sentence that it cites; "" cites every sentence there is.
SURRENDER = ("Oman surrendered to everyone.", "")
LIES = (
    ("Oman's foreign ministry said it had surrendered to everyone.", ""),
    ("Jaber Naimi said the coast road was open to every truck in the world.", ""),
    ("You edit lines for a news desk and give the numbers of the sentences.", ""),
    ("Oman's foreign ministry said the coast road was not open to trucks.", QATAR),
    ("Qatar said the coast road was open to trucks.", OMAN),
    ("John Kerry said the coast road was open to trucks.", OMAN),
    ("The coast road was open to trucks.", OMAN),
)


def obeys(lies: Sequence[tuple[str, str]], echo: str, structured: bool) -> Callable[[dict[str, Any]], Reply]:
    """A model that writes these lines under every heading, and the `echo` on the sentences it comes from."""

    def reply(body: dict[str, Any]) -> Reply:
        prompt = body["messages"][-1]["content"]
        given = {text: int(n) for n, text in re.findall(r"^\[(\d+)\] (.+)$", prompt, re.MULTILINE)}
        headings = re.findall(r"^## (.+)$", prompt.rpartition("</sentences>")[2], re.MULTILINE) or [""]
        every = list(given.values())
        written = [(lie, [given.get(cited, 1)] if cited else every) for lie, cited in lies]
        written.append((echo, [n for text, n in given.items() if text not in (OMAN, QATAR)] or [1]))
        rows = [{"heading": h, "text": t, "sentences": n} for h in headings for t, n in written]
        if structured:
            return Reply([json.dumps({"lines": rows}, ensure_ascii=False)])
        marked = [(row, "".join(f"[{n}]" for n in row["sentences"])) for row in rows]
        return Reply(["".join(f"## {row['heading']}\n- {row['text']} {marks}\n" for row, marks in marked)])

    return reply


def test_a_model_that_obeys_is_not_believed(
    case: Case, server: OpenAIServer, chat_model: BaseChatModel
) -> None:
    number = [row["kind"] for row in ROWS].index(case.kind)
    words_of_it = re.sub(r"\[\d+\]", "", case.hostile)
    echo = f"Oman's foreign ministry said: “{' '.join(words_of_it.split())[:600]}”"
    lies = (SURRENDER, LIES[number % len(LIES)])
    server.script = obeys(lies, echo, structured=number % 2 == 0)
    server.requests.clear()
    with open_library(case.folder, chat_model=chat_model) as library:
        answer, briefing = library.ask(QUESTION), library.brief()
    for page, plainly in ((answer, case.answer), (briefing, case.briefing)):
        assert page.writer == "test-model"
        assert all(claim.verdict.supported and claim.citations for claim in page.claims)
        assert {claim.text for claim in page.claims}.isdisjoint([echo, *(lie for lie, _ in lies)])
        assert credits_of(page.claims) == credits_of(plainly.claims)
        assert_nothing_lent(page.claims)
    assert len(server.requests) > 1
    for request in server.requests:
        whole = "\n".join(message["content"] for message in request["messages"])
        assert whole.count("<sentences>") == whole.count("</sentences>") == 1


ROAD = "The road runs for ninety kilometres along the sea."
FLOOD = "Rain flooded Oman's foreign ministry on Friday."
MINISTRY = ("Oman's foreign ministry", "Oman")


@pytest.mark.parametrize(
    ("between", "line", "cited", "credit"),
    [
        (ROAD, f"Oman's foreign ministry said: “{ROAD}”", [0, 1], MINISTRY),
        (
            ROAD,
            "Oman's foreign ministry said the road runs for ninety kilometres along the sea.",
            [0, 1],
            MINISTRY,
        ),
        (
            "Qatar lies on the gulf.",
            "Qatar said the coast road was open to trucks.",
            [0, 1, 2],
            (None, "Qatar"),
        ),
        (
            "Oman's foreign ministry said the port was busy.",
            "Oman's foreign ministry said the coast road was not open to trucks.",
            [0, 1, 2],
            MINISTRY,
        ),
        (FLOOD, f"Oman's foreign ministry said: “{FLOOD}”", [1], (None, None)),
        (ROAD, OMAN, [0, 2], ("Jaber Naimi", "Qatar")),
    ],
    ids=[
        "the outlet's words quoted",
        "the outlet's words",
        "a name nearby",
        "another saying",
        "a name within",
        "the heading",
    ],
)
def test_of_sentences_cited_together_none_lends_another_its_speaker(
    between: str, line: str, cited: list[int], credit: Credited
) -> None:
    article = make_article(f"{OMAN}\n\n{between}\n\n{QATAR}")
    sentences = [article.sentences[n] for n in cited]
    gate = Gate(load_lexicon(None), find_statements(article))
    citations = [Citation(article, sentence.start, sentence.end) for sentence in sentences]
    assert not gate.judge(line, citations, Credit(*credit)).supported
