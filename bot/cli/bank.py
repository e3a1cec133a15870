"""The commands ``bank import``, ``bank export``, ``bank list`` and ``bank remove``."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from bot import app
from bot.config import Settings, read_settings
from bot.errors import BotError, KnowledgeError
from bot.features.shelf.folders import documents_in
from bot.files import write_whole
from bot.knowledge.load import load
from bot.knowledge.model import Knowledge
from bot.logs import set_up_logging
from bot.quiz.banks.formats import FORMATS, NAMES, read_bank_file, write_bank
from bot.quiz.banks.listing import fault_line, listed
from bot.quiz.banks.model import BankQuestion, ReadBank
from bot.quiz.banks.own_bank import as_bank
from bot.quiz.banks.source_link import SourceLinks
from bot.quiz.banks.written import WrittenBank
from bot.quiz.generation.bank import make_bank
from bot.saved_banks import SavedBanks, bank_name
from bot.wording import Banks, Cli

bank_cli = typer.Typer(no_args_is_help=True, help=Banks.HELP)
_Knowledge = Annotated[Path | None, typer.Option("--knowledge", help=Cli.KNOWLEDGE_HELP)]


@bank_cli.command("import", help=Banks.IMPORT_HELP)
def import_bank(
    file: Annotated[Path, typer.Argument(help=Banks.FILE_ARGUMENT)],
    name: Annotated[str, typer.Option("--name", help=Banks.NAME_HELP)] = "",
    *,
    save: Annotated[bool, typer.Option("--save", help=Banks.SAVE_HELP)] = False,
    skip_faults: Annotated[bool, typer.Option("--skip-faults", help=Banks.SKIP_HELP)] = False,
    jsonl: Annotated[bool, typer.Option("--jsonl", help=Banks.JSONL_HELP)] = False,
    knowledge: _Knowledge = None,
) -> None:
    """Show each question of a file as it was read, and what could not be read; with --save keep the bank."""
    set_up_logging("ERROR")
    settings = _settings(knowledge)
    bank = read_bank_file(file.name, _read(file))
    document = _document(settings)
    for line in _json_lines(bank, document) if jsonl else listed(bank, document):
        typer.echo(line)
    if not save:
        typer.echo(Banks.NOT_SAVED_YET, err=True)
        return
    if bank.faults and not skip_faults:
        raise BotError(Banks.NOT_SAVED.format(count=len(bank.faults)))
    if not bank.questions:
        raise BotError(Banks.NOTHING_READ)
    named = bank_name(name or file.stem)
    replaced = asyncio.run(_save(settings, named, [one.question for one in bank.questions]))
    told = Banks.SAVED_AGAIN if replaced else Banks.SAVED
    typer.echo(told.format(name=named, count=len(bank.questions)), err=True)


@bank_cli.command("export", help=Banks.EXPORT_HELP)
def export_bank(
    form: Annotated[str, typer.Option("--format", help=Banks.FORMAT_HELP)] = "xlsx",
    output: Annotated[Path | None, typer.Option("--output", "-o", help=Banks.OUTPUT_HELP)] = None,
    bank: Annotated[str, typer.Option("--bank", help=Banks.BANK_HELP)] = "",
    origin: Annotated[Path | None, typer.Option("--from", help=Banks.FROM_HELP)] = None,
    *,
    answers: Annotated[bool, typer.Option(help=Banks.ANSWERS_HELP)] = True,
    force: Annotated[bool, typer.Option("--force", help=Banks.FORCE_HELP)] = False,
    knowledge: _Knowledge = None,
) -> None:
    """Write a bank as a file: the questions of the document, a bank that was saved, or those of another file."""
    set_up_logging("ERROR")
    wanted = next((known for known in FORMATS if known == form.lower()), None)
    if wanted is None:
        raise BotError(Banks.NO_FORMAT.format(format=form, known="、".join(FORMATS)))
    if bank and origin is not None:
        raise BotError(Banks.ONE_ORIGIN)
    if output is not None and output.exists() and not force:
        raise BotError(Banks.EXISTS.format(file=output))
    if output is None and sys.stdout.isatty():
        raise BotError(Banks.NO_OUTPUT)
    questions, title = _wanted(_settings(knowledge), bank, origin)
    if not questions:
        raise BotError(Banks.NOTHING_TO_EXPORT)
    written = write_bank(questions, wanted, title, answers=answers)
    _write(written, output)
    for loss in written.losses:
        typer.echo(Banks.LOST.format(format=NAMES[wanted], what=loss), err=True)
    typer.echo(Banks.WRITTEN.format(file=output or "-", count=written.count), err=True)


@bank_cli.command("list", help=Banks.LIST_HELP)
def list_banks() -> None:
    """List the banks that were saved."""
    set_up_logging("ERROR")

    async def listed() -> list[str]:
        settings = read_settings()
        zone = ZoneInfo(settings.time_zone)
        async with _banks(settings) as banks:
            return [
                Banks.LISTED_BANK.format(name=one.name, count=one.count, day=one.saved_at.astimezone(zone).date())
                for one in await banks.list()
            ]

    for line in asyncio.run(listed()) or [Banks.NO_BANKS]:
        typer.echo(line)


@bank_cli.command("remove", help=Banks.REMOVE_HELP)
def remove_bank(name: Annotated[str, typer.Argument(help=Banks.BANK_HELP)]) -> None:
    """Delete a bank that was saved."""
    set_up_logging("ERROR")

    async def remove() -> None:
        async with _banks(read_settings()) as banks:
            await banks.delete(name)

    asyncio.run(remove())
    typer.echo(Banks.REMOVED.format(name=bank_name(name)))


def _settings(knowledge: Path | None) -> Settings:
    settings = read_settings()
    return settings if knowledge is None else settings.model_copy(update={"knowledge_dir": knowledge})


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        raise BotError(Banks.CANNOT_READ.format(file=file)) from None


def _write(written: WrittenBank, output: Path | None) -> None:
    if output is None:
        sys.stdout.buffer.write(written.data)
        sys.stdout.buffer.flush()
        return
    try:
        write_whole(output, written.data)
    except OSError:
        raise BotError(Banks.CANNOT_WRITE.format(file=output)) from None


def _document(settings: Settings) -> Knowledge | None:
    """The document that is served; None if there is none that can be read: a bank needs none.

    If there are several, a person is told that one has to be named.
    """
    try:
        return load(settings.knowledge_dir)
    except KnowledgeError as error:
        if len(documents_in(settings.knowledge_dir)) > 1:
            typer.echo(error.issues[0].message, err=True)
        return None


def _wanted(settings: Settings, bank: str, origin: Path | None) -> tuple[Sequence[BankQuestion], str]:
    """The questions to be written, and what they are called."""
    if origin is not None:
        read = read_bank_file(origin.name, _read(origin))
        for fault in read.faults:
            typer.echo(fault_line(fault), err=True)
        return [one.question for one in read.questions], origin.stem
    if bank:
        return asyncio.run(_found(settings, bank)), bank_name(bank)
    document = load(settings.knowledge_dir)
    return as_bank(make_bank(document), document), document.title


@asynccontextmanager
async def _banks(settings: Settings) -> AsyncIterator[SavedBanks]:
    from bot.storage.store import SqlStore  # noqa: PLC0415 - loading the database takes a while

    store = await SqlStore.open(settings.database)
    try:
        yield SavedBanks(store.banks, app.now)
    finally:
        await store.close()


async def _save(settings: Settings, name: str, questions: Sequence[BankQuestion]) -> bool:
    async with _banks(settings) as banks:
        return await banks.save(name, questions)


async def _found(settings: Settings, name: str) -> Sequence[BankQuestion]:
    async with _banks(settings) as banks:
        return await banks.find(name)


def _json_lines(bank: ReadBank, document: Knowledge | None) -> Iterator[str]:
    links = SourceLinks(document) if document is not None else None
    for read in bank.questions:
        point = links.passage_of(read.question) if links is not None else None
        quote = point.quote if point is not None else ""
        citation = document.citation(point) if document is not None and point is not None else ""
        told = {"place": read.place, **asdict(read.question), "notes": read.notes, "quote": quote, "citation": citation}
        yield json.dumps(told, ensure_ascii=False)
    for fault in bank.faults:
        yield json.dumps({"place": fault.place, "fault": fault.message, "shown": fault.shown}, ensure_ascii=False)
