"""The commands as a user types them: what is printed where, and with which exit status."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from briefing.cli import main

ARTICLE = """---
outlet: Harbour Post
published: 2015-10-01
---
Bridge talks stall
Russian Foreign Minister Pavel Orlov said on Wednesday that the bridge would stay closed.
Ukrainian officials denied that the bridge was damaged.
The crossing carried 40 lorries a day before it was shut.
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def run(home: Path, tmp_path: Path) -> object:
    runner = CliRunner()

    def invoke(*words: str, typed: str | None = None) -> Result:
        return runner.invoke(main, list(words), input=typed, env={"BRIEFING_HOME": str(home)})

    (tmp_path / "bridge.txt").write_text(ARTICLE, encoding="utf-8")
    return invoke


def test_add_reports_what_it_did_and_can_be_repeated(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    first, second = run("add", "bridge.txt"), run("add", "bridge.txt")
    assert first.exit_code == second.exit_code == 0
    assert first.stdout == "1 added, 0 unchanged, 0 duplicates, 0 rejected\n"
    assert second.stdout == "0 added, 1 unchanged, 0 duplicates, 0 rejected\n"
    assert "Reading" in first.stderr


def test_an_article_is_removed_by_its_id_and_an_unknown_id_removes_nothing(run) -> None:  # type: ignore[no-untyped-def]
    run("add", "bridge.txt")
    known = json.loads(run("sources", "--json").stdout)["articles"][0]["id"]
    refused = run("remove", known, "0000")
    assert refused.exit_code == 1
    assert refused.stderr.startswith("briefing: no article has the id 0000; nothing was removed")
    done = run("remove", known)
    assert (done.exit_code, done.stdout) == (0, "1 removed\n")
    assert json.loads(run("sources", "--json").stdout)["articles"] == []
    assert "no articles that fit" in run("ask", "What did Russia say about the bridge?").stdout


def test_one_bad_file_costs_only_itself(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    done = run("add", "bridge.txt", "empty.txt", "missing.txt")
    assert done.exit_code == 1
    assert done.stdout == "1 added, 0 unchanged, 0 duplicates, 2 rejected\n"
    lines = [line for line in done.stderr.splitlines() if line.startswith("briefing: ")]
    assert len(lines) == 2 and "empty.txt" in lines[0] and "missing.txt" in lines[1]


def test_ask_names_the_speaker_and_cites_the_sentence(run) -> None:  # type: ignore[no-untyped-def]
    run("add", "bridge.txt")
    done = run("ask", "What did Russia say about the bridge?")
    assert done.exit_code == 0
    assert "Russia\n" in done.stdout and "Pavel Orlov said on Wednesday" in done.stdout
    assert "Harbour Post, 1 October 2015, sentence 1 (characters 0–" in done.stdout


def test_ask_declines_and_says_what_was_searched(run) -> None:  # type: ignore[no-untyped-def]
    run("add", "bridge.txt")
    done = run("ask", "What did China say?")
    assert done.exit_code == 0
    assert done.stdout.startswith("Nothing in these sources is credited to China.")
    assert "Searched 1 article (Harbour Post; 1 October 2015). Heard in them: Russia, Ukraine." in done.stdout


def test_ask_as_json_follows_the_schema(run) -> None:  # type: ignore[no-untyped-def]
    run("add", "bridge.txt")
    page = json.loads(run("ask", "--json", "What did Russia say about the bridge?").stdout)
    assert page["schema"] == "briefing/1" and page["type"] == "answer" and not page["abstained"]
    assert [g["party"] for g in page["groups"]] == ["Russia"]
    assert page["receipts"][0]["quote"].startswith("Russian Foreign Minister")


def test_brief_prints_markdown_and_json_that_verifies(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    run("add", "bridge.txt")
    page = run("brief")
    assert page.exit_code == 0 and page.stdout.startswith("# Briefing, 1 October 2015\n")
    assert "### Ukraine" in page.stdout and "## Sources" in page.stdout
    (tmp_path / "page.json").write_text(run("brief", "--json").stdout, encoding="utf-8")
    checked = run("verify", "page.json")
    assert checked.exit_code == 0 and checked.stdout.endswith("lines hold\n")


def test_verify_finds_a_changed_line_and_a_changed_receipt(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    run("add", "bridge.txt")
    page = json.loads(run("brief", "--json").stdout)
    page["positions"][0]["claims"][0]["text"] = "Pavel Orlov said the bridge would open on Friday."
    page["receipts"][-1]["quote"] = "Something else."
    (tmp_path / "page.json").write_text(json.dumps(page), encoding="utf-8")
    checked = run("verify", "page.json")
    assert checked.exit_code == 1
    assert "does not hold: Pavel Orlov said the bridge would open on Friday." in checked.stdout


def test_nothing_that_others_wrote_moves_the_cursor(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    run("add", "bridge.txt")
    page = json.loads(run("brief", "--json").stdout)
    page["positions"][0]["claims"][0]["text"] = "Orlov said\n\x1b[2J\x9b1mit \u202ewould open."
    page["receipts"][-1] |= {"quote": "Something else.", "article": "\x1b[31m", "title": "\x1b[31mRed"}
    (tmp_path / "page.json").write_text(json.dumps(page), encoding="utf-8")
    checked = run("verify", "page.json")
    assert "does not hold: Orlov said [2J 1mit would open.\n" in checked.stdout
    assert "[31mRed" in checked.stdout
    (tmp_path / "\x1b[31mempty.txt").write_text("", encoding="utf-8")
    refused = run("add", "\x1b[31mempty.txt")
    assert "briefing: [31mempty.txt: " in refused.stderr.splitlines()[-1]
    missing = run("verify", "\x1b[31mgone.json")
    assert not {"\x1b", "\x9b", "\u202e"} & set(
        checked.output + refused.stderr.splitlines()[-1] + missing.output
    )


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_a_page_on_every_address_says_which_names_it_answers_to(run, host: str, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    started: list[list[str]] = []
    monkeypatch.setattr("os.execv", lambda _, argv: started.append(argv))
    assert "answers only to localhost" in run("ui", "--host", host).stderr
    assert run("ui", "--host", "127.0.0.1").stderr == ""
    assert [
        f"--server.address={a}" in argv for a, argv in zip((host, "127.0.0.1"), started, strict=True)
    ] == [
        True,
        True,
    ]


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("no json", "cannot be read as JSON"),
        ("{}", "not a saved answer or briefing"),
        ("[1]", "not a saved answer"),
    ],
)
def test_verify_says_when_the_file_is_something_else(  # type: ignore[no-untyped-def]
    run, tmp_path: Path, content: str, complaint: str
) -> None:
    (tmp_path / "page.json").write_text(content, encoding="utf-8")
    done = run("verify", "page.json")
    assert done.exit_code == 1 and complaint in done.stderr and "Traceback" not in done.stderr


def test_chat_understands_a_follow_up(run) -> None:  # type: ignore[no-untyped-def]
    run("add", "bridge.txt")
    done = run("chat", typed="What did Russia say about the bridge?\nand Ukraine?\n\n")
    assert done.exit_code == 0
    assert "Asked as: What did Ukraine say about the bridge?" in done.stdout
    assert "Ukrainian officials denied that the bridge was damaged." in done.stdout


def test_sources_lists_articles_and_statements(run) -> None:  # type: ignore[no-untyped-def]
    run("add", "bridge.txt")
    assert "Harbour Post" in run("sources").stdout
    table = run("sources", "--statements").stdout
    assert "Russia" in table and "denied" in table
    rows = json.loads(run("sources", "--statements", "--json").stdout)["statements"]
    assert {row["party"] for row in rows} >= {"Russia", "Ukraine"}


def test_sources_lists_the_parties_it_knows_with_yours(run, tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    assert "Kremlin" in run("sources", "--parties").stdout
    mine = tmp_path / "parties.yaml"
    mine.write_text("parties: [{name: Blue League, kind: alliance, aliases: [the Blues]}]", "utf-8")
    monkeypatch.setenv("BRIEFING_PARTIES", str(mine))
    rows = json.loads(run("sources", "--parties", "--json").stdout)["parties"]
    assert [row["party"] for row in rows if row["yours"]] == ["Blue League"]
    assert run("sources", "--parties", "--statements").exit_code == 2


def test_a_changed_file_of_parties_is_read_into_what_is_stored(run, tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    Path("blues.txt").write_text("The Blues said the bridge was open.", "utf-8")
    run("add", "blues.txt")
    assert "Blue League" not in run("sources", "--statements").stdout
    mine = tmp_path / "parties.yaml"
    mine.write_text("parties: [{name: Blue League, kind: alliance, aliases: [the Blues]}]", "utf-8")
    monkeypatch.setenv("BRIEFING_PARTIES", str(mine))
    assert run("rebuild", "--statements").exit_code == 0
    assert "Blue League" in run("sources", "--statements").stdout
    assert "The Blues said the bridge was open." in run("ask", "What did the Blue League say?").stdout


def test_rebuild_leaves_answers_as_they_were(run) -> None:  # type: ignore[no-untyped-def]
    run("add", "bridge.txt")
    before = run("ask", "What did Russia say about the bridge?").stdout
    assert run("rebuild").exit_code == 0
    assert run("ask", "What did Russia say about the bridge?").stdout == before


@pytest.mark.parametrize(
    ("words", "status", "complaint"),
    [
        (["ask", "  "], 1, "the question is empty"),
        (["ask", "--party", "Atlantis", "What now?"], 1, "party 'Atlantis' is not known"),
        (["ask", "--since", "yesterday", "What now?"], 2, "write it as 2015-10-01"),
        (["ask", "--since", "2015-10-02", "--until", "2015-10-01", "What?"], 1, "is after until"),
        (["brief", "--day", "2015-10-01", "--since", "2015-10-01"], 2, "--day goes without"),
        (["frobnicate"], 2, "No such command"),
    ],
)
def test_what_a_user_can_mend_is_one_line(  # type: ignore[no-untyped-def]
    run, words: list[str], status: int, complaint: str
) -> None:
    run("add", "bridge.txt")
    done = run(*words)
    assert done.exit_code == status
    assert complaint in done.stderr and "Traceback" not in done.output


def test_an_empty_library_says_how_to_fill_it(run) -> None:  # type: ignore[no-untyped-def]
    assert "The library has no articles" in run("brief").stdout
    assert "The library has no articles" in run("ask", "What did Russia say?").stdout


def test_a_library_that_cannot_be_made_is_one_line(run, home: Path) -> None:  # type: ignore[no-untyped-def]
    home.write_text("a file where the folder should be", encoding="utf-8")
    done = run("brief")
    assert done.exit_code == 1 and done.stderr.startswith("briefing: ") and "Traceback" not in done.output


def test_two_runs_print_the_same_bytes(run, home: Path) -> None:  # type: ignore[no-untyped-def]
    run("add", "bridge.txt")
    once = run("brief").stdout_bytes
    home.rename(home.with_name("old"))
    run("add", "bridge.txt")
    assert run("brief").stdout_bytes == once


def test_every_command_is_in_the_readme(root: Path) -> None:
    readme = (root / "README.md").read_text(encoding="utf-8")
    missing = [name for name in main.commands if f"briefing {name}" not in readme]
    assert missing == []
