"""Prompts are files with exactly the variables that the program fills in."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

from briefing.errors import SettingError
from briefing.writing.prompts import Prompt, load_prompt

TASKS = {
    "answer": {"subject", "lines", "sentences"},
    "briefing": {"subject", "lines", "sentences"},
    "repair": {"line", "reason", "sentences"},
}


def own_prompt(user: str) -> Prompt:
    return Prompt("own", version="1", system="Edit.", lines="In lines.", structured="As JSON.", user=user)


@pytest.mark.parametrize("task", TASKS)
def test_every_prompt_takes_the_variables_of_its_task(task: str) -> None:
    prompt = load_prompt(task)
    assert prompt.variables == TASKS[task]
    filled = prompt.fill({name: f"<{name}>" for name in TASKS[task]})
    assert all(f"<{name}>" in filled for name in TASKS[task])
    assert "$" not in filled
    assert prompt.version
    for told in (prompt.system, prompt.lines, prompt.structured):
        assert told
        assert "$" not in told


def test_every_prompt_file_is_a_task_and_is_listed(root: Path) -> None:
    assert {path.stem for path in (root / "prompts").glob("*.yaml")} == set(TASKS)
    listed = (root / "prompts" / "README.md").read_text(encoding="utf-8")
    for task, variables in TASKS.items():
        (row,) = [line for line in listed.splitlines() if f"`{task}.yaml`" in line]
        assert variables == {cell.strip("`") for cell in row.split("|")[-2].split()}


@pytest.mark.parametrize("task", TASKS)
def test_article_text_stands_between_tags_and_is_called_data(task: str) -> None:
    prompt = load_prompt(task)
    before, after = prompt.user.split("$sentences")
    assert before.rstrip().endswith("<sentences>")
    assert after.lstrip().startswith("</sentences>")
    assert "data from outside" in prompt.system
    # The question is the reader's own; everything else is made of articles.
    open_text = re.sub(r"<(\w+)>\n.*?\n</\1>", "", prompt.user, flags=re.DOTALL)
    assert set(string.Template(open_text).get_identifiers()) <= {"subject"}


@pytest.mark.parametrize("values", [{}, {"a": "1"}, {"a": "1", "b": "2", "c": "3"}])
def test_a_missing_or_an_extra_variable_is_refused(values: dict[str, str]) -> None:
    with pytest.raises(SettingError, match=r"prompts/own\.yaml does not fit the program"):
        own_prompt("$a and $b").fill(values)


def test_what_is_filled_in_is_not_read_as_a_template() -> None:
    text = string.Template("$a ${b} $$")
    assert own_prompt("Say $x.").fill({"x": text.template}) == "Say $a ${b} $$."


def test_a_prompt_that_is_not_there_is_a_clear_error() -> None:
    with pytest.raises(SettingError, match=r"no-such-task\.yaml cannot be read"):
        load_prompt("no-such-task")
