"""The command line: ``python -m bot run | ask | check | draft | export | bank | quiz | eval | doctor | …``."""

from __future__ import annotations

import asyncio
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, Any

import typer

from bot import app
from bot.app import ChannelName
from bot.cli import evaluation
from bot.cli.ask import QuestionBatch, as_line, explanation_lines
from bot.cli.bank import bank_cli
from bot.cli.draft import DraftOptions, draft_folder
from bot.cli.leave_one_out import leave_one_out_report
from bot.config import Settings, read_settings, usable_settings
from bot.errors import BotError, count_issues
from bot.features.knowledge_versions.candidate import look_over
from bot.features.knowledge_versions.export import write_files
from bot.features.shelf.folders import documents_in
from bot.knowledge import model
from bot.knowledge.lint import covered_share
from bot.knowledge.load import load, validate_folder
from bot.logs import background_logging, set_up_logging
from bot.quiz.generation.bank import bank_lines, make_bank
from bot.quiz.question import Question
from bot.retrieval_factory import make_retriever
from bot.wording import Calibrate, Cli, Doctor, Drafting, Eval, Versions

cli = typer.Typer(add_completion=False, no_args_is_help=True, help=Cli.HELP, pretty_exceptions_enable=False)
secret_cli = typer.Typer(no_args_is_help=True, help=Cli.SECRET_HELP)
cli.add_typer(secret_cli, name="secret")
cli.add_typer(bank_cli, name="bank")
Knowledge = Annotated[Path | None, typer.Option("--knowledge", help=Cli.KNOWLEDGE_HELP)]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; a BotError becomes its sentence on stderr and exit status 1, never a trace."""
    try:
        cli(arguments)
    except BotError as error:
        typer.echo(str(error), err=True)
        raise SystemExit(1) from None


def _settings(knowledge: Path | None = None) -> Settings:
    return _with(read_settings(), knowledge)


def _with(settings: Settings, knowledge: Path | None) -> Settings:
    return settings if knowledge is None else settings.model_copy(update={"knowledge_dir": knowledge})


@cli.command(help=Cli.RUN_HELP)
def run(
    channel: Annotated[list[ChannelName] | None, typer.Option(help=Cli.CHANNEL_HELP)] = None,
    knowledge: Knowledge = None,
) -> None:
    """Start every channel that is configured; none configured: the web page."""
    settings = _settings(knowledge)
    channels = tuple(channel or app.configured_channels(settings))
    set_up_logging(settings.log_level_for(talking=ChannelName.TERMINAL in channels and sys.stderr.isatty()))
    with background_logging():
        asyncio.run(app.run(settings, channels))


@cli.command(help=Cli.ASK_HELP)
def ask(
    text: Annotated[list[str] | None, typer.Argument(help=Cli.TEXT_HELP)] = None,
    jsonl: Annotated[bool, typer.Option("--jsonl", help=Cli.JSONL_HELP)] = False,
    explain: Annotated[bool, typer.Option("--explain", help=Cli.EXPLAIN_HELP)] = False,
    knowledge: Knowledge = None,
) -> None:
    """Answer one question, or with --jsonl a question a line."""
    if not text and not jsonl:
        raise BotError(Cli.NO_QUESTION)
    settings = _settings(knowledge)
    set_up_logging("ERROR")
    chat, library = app.chat_without_store(settings)
    with QuestionBatch(chat, library) as batch:
        if text:
            typer.echo(batch.ask(" ".join(text))["reply"])
            if explain:
                retriever = library.current
                for row in explanation_lines(retriever.knowledge, retriever.ask(" ".join(text))):
                    typer.echo(row)
            return
        _speak_utf8()
        for line in sys.stdin:
            if line.strip():
                typer.echo(as_line(batch.ask_line(line)))  # flushes


@cli.command(help=Cli.PREPARE_HELP)
def prepare(knowledge: Knowledge = None) -> None:
    """Make what is kept to start faster, so that the first question need not wait for it."""
    set_up_logging("ERROR")
    make_retriever(_settings(knowledge))
    typer.echo(Cli.PREPARED)


@cli.command(help=Cli.CHECK_HELP)
def check(
    folder: Annotated[Path | None, typer.Argument(help=Cli.FOLDER_HELP)] = None, knowledge: Knowledge = None
) -> None:
    """Look a knowledge over, or several of a shelf: exit status 1 and ``file:line: message`` for each issue."""
    documents = documents_in(folder or knowledge or read_settings().knowledge_dir)
    checked = [look_over(validate_folder(path)) for path in documents.values()]
    issues = [issue for loaded in checked for issue in loaded.issues]
    for issue in issues:
        typer.echo(str(issue))
    if issues:
        typer.echo(Cli.FAULTS.format(count=count_issues(issues)), err=True)
        raise typer.Exit(1)
    for found in (loaded.knowledge for loaded in checked if loaded.knowledge is not None):
        lead = Cli.CHECKED_OF.format(title=found.title) if len(checked) > 1 else ""
        for line in _checked_lines(found):
            typer.echo(lead + line)


def _checked_lines(knowledge: model.Knowledge) -> Iterator[str]:
    points = knowledge.points
    covered = covered_share(knowledge)
    told = Cli.CHECKED_SOURCE if not points else Cli.CHECKED_WHOLE if covered > ALL else Cli.CHECKED
    yield told.format(
        points=len(points),
        questions=sum(len(point.questions) for point in points),
        sentences=len(knowledge.structure.sentences),
        covered=covered,
    )
    made = sum(point.made for point in points)
    if made:
        yield Cli.MADE.format(made=made)


@cli.command(help=Drafting.HELP)
def draft(
    document: Annotated[Path, typer.Argument(help=Drafting.FILE_ARGUMENT)],
    output: Annotated[Path | None, typer.Option("--output", "-o", help=Drafting.OUTPUT_HELP)] = None,
    max_calls: Annotated[int, typer.Option("--max-calls", min=1, help=Drafting.MAX_CALLS_HELP)] = 500,
    *,
    yes: Annotated[bool, typer.Option("--yes", help=Drafting.YES_HELP)] = False,
    no_model: Annotated[bool, typer.Option("--no-model", help=Drafting.NO_MODEL_HELP)] = False,
) -> None:
    """Make a knowledge folder from a document; made again, what a curator changed stays."""
    if output is None:
        raise BotError(Drafting.WHERE)
    set_up_logging("ERROR")
    with progress_bar(Drafting.PROGRESS) as progress:
        options = DraftOptions(max_calls, not no_model, lambda asked: yes or typer.confirm(asked), progress)
        for line in draft_folder(document, output, read_settings(), options):
            typer.echo(line)


@contextmanager
def progress_bar(label: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on the terminal that begins when it is first told of something done; without a terminal, none."""
    with ExitStack() as stack:
        bars: list[Any] = []

        def tell(done: int, every: int) -> None:
            if not bars:
                bars.append(stack.enter_context(typer.progressbar(length=every, label=label, file=sys.stderr)))
            bars[0].update(done - bars[0].pos)

        yield tell


@cli.command(help=Versions.EXPORT_HELP)
def export(
    output: Annotated[Path | None, typer.Option("--output", "-o", help=Versions.EXPORT_OUTPUT_HELP)] = None,
    version: Annotated[int | None, typer.Option(help=Versions.EXPORT_VERSION_HELP)] = None,
    *,
    force: Annotated[bool, typer.Option("--force", help=Versions.EXPORT_FORCE_HELP)] = False,
) -> None:
    """Give the knowledge that is served back as files, with what was added to it in chats."""
    if output is None:
        raise BotError(Versions.EXPORT_WHERE)
    set_up_logging("ERROR")
    number, files = asyncio.run(app.stored_files(read_settings(), version))
    write_files(files, output, force=force)
    names = "、".join(name for name, _ in files)
    typer.echo(Versions.EXPORT_DONE.format(number=number, folder=output, names=names))


@secret_cli.command(help=Cli.ROTATE_HELP)
def rotate() -> None:
    """Make a new secret: every link and every login that was signed before ends at once."""
    set_up_logging("ERROR")
    asyncio.run(app.change_secret(read_settings()))
    typer.echo(Cli.ROTATED)


@cli.command(help=Cli.DOCTOR_HELP)
def doctor(knowledge: Knowledge = None) -> None:
    """Look over all that the bot needs: a line each with its mend, exit status 1 if something must be mended."""
    from bot.cli.doctor.examine import examine  # noqa: PLC0415 - it loads channels and storage
    from bot.cli.doctor.finding import problem  # noqa: PLC0415

    set_up_logging("ERROR")
    settings, error = usable_settings()
    if error is not None:  # the rest is looked at with the defaults
        typer.echo(str(problem(Doctor.SETTINGS, str(error))))

    async def tell() -> Counter[str]:
        marks = Counter([] if error is None else ["✗"])
        async for finding in examine(_with(settings, knowledge), app.now):
            typer.echo(str(finding))
            marks[finding.mark] += 1
        return marks

    marks = asyncio.run(tell())
    typer.echo(Doctor.BAD.format(count=marks["✗"]) if marks["✗"] else Doctor.FINE if marks["–"] else Doctor.GOOD)
    if marks["✗"]:
        raise typer.Exit(1)


@cli.command(help=Cli.QUIZ_HELP)
def quiz(
    jsonl: Annotated[bool, typer.Option("--jsonl", help=Cli.QUIZ_JSONL_HELP)] = False,
    knowledge: Knowledge = None,
) -> None:
    """List the bank of questions, for a person or with --jsonl for a program."""
    document = load(_settings(knowledge).knowledge_dir)
    bank = make_bank(document)
    _speak_utf8()
    for line in map(_as_json, bank) if jsonl else bank_lines(document, bank):
        typer.echo(line)


ALL = 0.995  # the share of a source from which points cover what anybody calls all of it
_SHOWN = ("id", "kind", "point", "question", "options", "correct", "explanation", "quote")


def _as_json(question: Question) -> str:
    shown = asdict(question)
    return json.dumps({name: shown[name] for name in _SHOWN}, ensure_ascii=False)


@cli.command("eval", help=Cli.EVAL_HELP)
def evaluate(
    file: Annotated[Path | None, typer.Argument(help=Cli.FILE_HELP)] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help=Cli.JSON_HELP)] = False,
    leave_one_out: Annotated[bool, typer.Option("--leave-one-out", help=Cli.LEAVE_ONE_OUT_HELP)] = False,
    calibrate: Annotated[bool, typer.Option("--calibrate", help=Cli.CALIBRATE_HELP)] = False,
    output: Annotated[Path | None, typer.Option("--output", "-o", help=Cli.OUTPUT_HELP)] = None,
    anew: Annotated[bool, typer.Option("--anew", help=Cli.ANEW_HELP)] = False,
    knowledge: Knowledge = None,
) -> None:
    """Score the answers to a file of questions, by kind; or the knowledge's own phrasings, by point."""
    if leave_one_out:
        for line in leave_one_out_report(_settings(knowledge)):
            typer.echo(line)
        return
    if calibrate and not (file or as_json):
        from bot.cli.calibrate import calibrate_and_report  # noqa: PLC0415 - no other command needs it

        set_up_logging("ERROR")
        for told in calibrate_and_report(_settings(knowledge), output, anew=anew):
            typer.echo(told)
        return
    if calibrate or output or anew:
        raise BotError(Calibrate.ONLY_CALIBRATE)
    if file is None:
        set_up_logging("ERROR")
        golden = evaluation.score_golden(make_retriever(_settings(knowledge))).summary()
        typer.echo(json.dumps(golden, ensure_ascii=False) if as_json else Eval.GOLDEN.format(**golden))
        for ask in () if as_json else golden["wrong"]:
            typer.echo(Eval.GOLDEN_WRONG.format(ask=ask))
        return
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise BotError(Cli.NO_FILE.format(name=file)) from None
    cases = evaluation.read_cases(lines)
    set_up_logging("ERROR")
    chat, library = app.chat_without_store(_settings(knowledge))
    scores = evaluation.Scores()
    with QuestionBatch(chat, library) as batch:
        for case in cases:
            record = batch.ask(case.question, case.history)
            scores.add(case, record, library.current.knowledge.source)
    summary = scores.summary()
    if as_json:
        typer.echo(json.dumps(summary, ensure_ascii=False))
    else:
        for row in evaluation.summary_rows(summary):
            typer.echo("\t".join(row))
        typer.echo(Eval.SUMMARY.format(**summary))


def _speak_utf8() -> None:
    """Read and write JSON as UTF-8 whatever the machine's locale; bad bytes become question marks, not the end."""
    for stream, encoding in ((sys.stdin, "utf-8-sig"), (sys.stdout, "utf-8")):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding=encoding, errors="replace")


if __name__ == "__main__":
    main()
