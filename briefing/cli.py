"""The command line: parse, call the library, show. The result goes to stdout, progress to stderr.

Exit status: 0 done, 1 something the user can mend (one line says what), 2 wrong usage.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from briefing.errors import BriefingError, InputError

if TYPE_CHECKING:
    from briefing.library import Library
    from briefing.types import AddReport, Answer, Article, Rejected, Turn

Command = TypeVar("Command", bound=Callable[..., Any])


class _Day(click.ParamType[dt.date]):
    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if isinstance(value, dt.date):
            return value
        try:
            return dt.date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is not a day; write it as 2015-10-01", param, ctx)


class _Group(click.Group):
    """Shows what a user can mend as one line, without a traceback, and exits with 1."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BriefingError as error:
            _complain(str(error))
            ctx.exit(1)
        except BrokenPipeError:
            sys.stderr.close()
            ctx.exit(0)


def _complain(text: str) -> None:
    """One line on stderr. It may hold words of an article, a file or its name: none moves the cursor."""
    from briefing.export.phrases import one_line

    click.echo(f"briefing: {one_line(text)}", err=True)


def _filters(command: Command) -> Command:
    for option in (
        click.option("--topic", help="Only articles about this."),
        click.option("--until", type=_Day(), help="Only articles published up to this day."),
        click.option("--since", type=_Day(), help="Only articles published from this day on."),
        click.option("--outlet", help="Only articles of this outlet."),
        click.option("--party", help="Only what this party says."),
    ):
        command = option(command)
    return command


_as_json = click.option("--json", "as_json", is_flag=True, help="Print data (docs/json.md) instead of text.")


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="briefing", prog_name="briefing")
def main() -> None:
    """Who says what, with a receipt for every line.

    The library lies in the folder BRIEFING_HOME (default ./library). No key and no network are needed.
    """


@main.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@_as_json
def add(paths: tuple[Path, ...], as_json: bool) -> None:
    """Read articles (.txt .md .html .jsonl .csv, or folders of them) into the library. Safe to repeat."""
    from briefing.ingest import scan_articles

    found = scan_articles(paths)
    with open_configured() as library:
        report = library.add(_with_progress(found, paths))
    _show_report(report, as_json)
    if report.rejected:
        sys.exit(1)


# Up to this many bytes of input are read before the first article is stored, so that the bar has an end.
_READ_FIRST = 100_000_000


def _with_progress(
    found: Iterator[Article | Rejected], paths: tuple[Path, ...]
) -> Iterator[Article | Rejected]:
    """The articles, with a progress bar on stderr that moves as each is taken up."""
    from tqdm import tqdm

    files = [f for p in paths for f in (p.rglob("*") if p.is_dir() else [p]) if f.is_file()]
    small = sum(f.stat().st_size for f in files) < _READ_FIRST
    articles = list(found) if small else found
    total = len(articles) if isinstance(articles, list) else None
    yield from tqdm(articles, total=total, desc="Reading", unit=" articles", file=sys.stderr)


def _show_report(report: AddReport, as_json: bool) -> None:
    if as_json:
        refused = [{"where": r.where, "reason": r.reason} for r in report.rejected]
        counts = {name: len(getattr(report, name)) for name in ("added", "unchanged", "duplicates")}
        click.echo(json.dumps({"schema": "briefing/1", "type": "added", **counts, "rejected": refused}))
    else:
        click.echo(
            f"{len(report.added)} added, {len(report.unchanged)} unchanged, "
            f"{len(report.duplicates)} duplicates, {len(report.rejected)} rejected"
        )
    for rejected in report.rejected:
        _complain(f"{rejected.where}: {rejected.reason}")


@main.command()
@click.argument("ids", metavar="ID...", nargs=-1, required=True)
@_as_json
def remove(ids: tuple[str, ...], as_json: bool) -> None:
    """Take articles out of the library, everywhere. An ID is what `briefing sources` shows."""
    with open_configured() as library:
        unknown = [one for one in ids if library.article(one) is None]
        if unknown:
            none = f"no article has the id {' or '.join(unknown)}"
            raise InputError(f"{none}; nothing was removed. `briefing sources` shows the ids")
        count = library.remove(ids)
    if as_json:
        click.echo(json.dumps({"schema": "briefing/1", "type": "removed", "removed": count}))
    else:
        click.echo(f"{count} removed")


@main.command()
@click.argument("question")
@_filters
@_as_json
def ask(question: str, as_json: bool, **filters: Any) -> None:
    """Answer QUESTION party by party, with receipts, or say that the sources do not."""
    with open_configured() as library:
        _show_answer(library.ask(question, **filters), as_json)


def _show_answer(answer: Answer, as_json: bool = False) -> None:
    from briefing.export import plain, to_json

    click.echo(to_json(answer) if as_json else plain(answer), nl=False)


@main.command()
@click.option("--day", type=_Day(), help="Only articles published on this day.")
@click.option("--since", type=_Day(), help="Only articles published from this day on.")
@click.option("--until", type=_Day(), help="Only articles published up to this day.")
@click.option("--topic", help="Only articles about this.")
@_as_json
def brief(
    day: dt.date | None, since: dt.date | None, until: dt.date | None, topic: str | None, as_json: bool
) -> None:
    """Write the one-page briefing as Markdown."""
    from briefing.export import markdown, to_json

    if day is not None and (since is not None or until is not None):
        raise click.UsageError("--day goes without --since and --until")
    with open_configured() as library:
        page = library.brief(since=day or since, until=day or until, topic=topic)
    click.echo(to_json(page) if as_json else markdown(page), nl=False)


@main.command()
@_filters
def chat(**filters: Any) -> None:
    """Hold a conversation in the terminal; an empty line or end of input ends it."""
    from briefing.types import Turn

    history: list[Turn] = []
    with open_configured() as library:
        click.echo("Ask about the articles in the library. An empty line ends.", err=True)
        while question := _next_question():
            try:
                answer = library.ask(question, history=tuple(history), **filters)
            except InputError as error:
                _complain(str(error))
                continue
            _show_answer(answer)
            click.echo()
            history.append(Turn(answer.question, answer.asked))


def _next_question() -> str:
    try:
        return str(click.prompt("", prompt_suffix="> ", default="", show_default=False, err=True)).strip()
    except click.Abort:
        return ""


@main.command()
@click.option("--statements", is_flag=True, help="Who said what, sentence by sentence.")
@click.option("--parties", is_flag=True, help="The parties that texts are searched for, yours included.")
@_as_json
def sources(statements: bool, parties: bool, as_json: bool) -> None:
    """List the articles, outlets and parties in the library."""
    from briefing.export.listing import list_articles, list_parties, list_statements

    if statements and parties:
        raise click.UsageError("--statements goes without --parties")
    with open_configured() as library:
        if statements:
            rows = list_statements(library.statements())
        else:
            rows = list_parties(library.known_parties()) if parties else list_articles(library.articles())
        if as_json:
            click.echo(json.dumps(rows.record(), ensure_ascii=False, indent=2))
        else:
            click.echo(rows.text())


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@_as_json
def verify(file: Path, as_json: bool) -> None:
    """Check every citation and every line of a saved briefing or answer (FILE.json) against the library."""
    from briefing.export.phrases import one_line

    try:
        saved = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"{file} cannot be read as JSON: {error}") from None
    with open_configured() as library:
        checks = library.verify(saved)
    failed = [c for c in checks if not c.holds]
    if as_json:
        lines = [{"text": c.text, "holds": c.holds, "reasons": list(c.reasons)} for c in checks]
        click.echo(json.dumps({"schema": "briefing/1", "type": "verified", "claims": lines}, indent=2))
    else:
        for check in failed:
            click.echo(f"does not hold: {one_line(check.text)}\n    {one_line('; '.join(check.reasons))}")
        click.echo(f"{len(checks) - len(failed)} of {len(checks)} lines hold")
    if failed:
        sys.exit(1)


@main.command()
@click.option("--statements", is_flag=True, help="Read who said what anew first: your parties changed.")
def rebuild(statements: bool) -> None:
    """Make the search indexes anew from the catalog."""

    def count(noun: str) -> Callable[[int, int], None]:
        return lambda done, total: click.echo(f"\r{done} of {total} {noun}", nl=False, err=True)

    with open_configured() as library:
        if statements:
            library.restate(count("articles"))
            click.echo(err=True)
        library.rebuild(count("passages"))
    click.echo("\nrebuilt", err=True)


@main.command()
@click.option("--host", help="Address to listen on (default BRIEFING_HOST, 127.0.0.1).")
@click.option("--port", type=click.IntRange(1, 65535), help="Port (default BRIEFING_PORT, 8501).")
def ui(host: str | None, port: int | None) -> None:
    """Open the chat page on this machine.

    It answers to localhost and to the HOST it is given, by that very name: a page of another site could point
    a name of its own here. For other machines give the address or name that they are to type.
    """
    import os

    from briefing.bundled import find_folder
    from briefing.config import read_settings

    settings = read_settings()
    sys.path.insert(0, str(find_folder("ui").parent))
    from ui.serve import command, warn_of

    address = host or settings.host
    if warning := warn_of(address):
        _complain(warning)
    argv = command(address, port or settings.port)
    # In place of this process, so that whoever stops it stops the page.
    os.execv(argv[0], argv)


def open_configured(folder: Path | None = None) -> Library:
    """The library that the settings name, or the one in `folder`, with the settings' parties and model."""
    from briefing.config import read_settings
    from briefing.library import open_library
    from briefing.writing.chat import ModelSettings

    settings = read_settings()
    model = ModelSettings(
        settings.model,
        settings.base_url,
        settings.api_key.get_secret_value(),
        settings.prices,
        settings.daily_budget,
    )
    return open_library(folder or settings.home, settings.parties, model)


if __name__ == "__main__":
    main()
