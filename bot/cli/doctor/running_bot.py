"""What is served and where it is kept: the knowledge and the database."""

from __future__ import annotations

from pathlib import Path

from bot.cli.doctor.finding import Finding, note, ok, problem
from bot.errors import StorageError, count_issues
from bot.features.knowledge_versions.candidate import look_over
from bot.knowledge.load import validate_folder
from bot.storage.diagnostics import examine
from bot.wording import Doctor as Wording

SHOWN = 3  # issues; `bot check` lists them all


def knowledge(folder: Path) -> Finding:
    """Whether the knowledge can be served, and what is wrong with it."""
    loaded = look_over(validate_folder(folder))
    served = loaded.knowledge
    count = count_issues(loaded.issues)
    if served is not None and not count:
        told = Wording.KNOWLEDGE_OK if served.points else Wording.KNOWLEDGE_SOURCE_OK
        text = told.format(title=served.title, points=len(served.points), sentences=len(served.structure.sentences))
        return ok(Wording.KNOWLEDGE, text)
    text = (
        Wording.KNOWLEDGE_BAD.format(count=count)
        if served is None
        else Wording.KNOWLEDGE_FAULTS.format(title=served.title, count=count)
    )
    shown = [Wording.KNOWLEDGE_FAULT.format(fault=issue) for issue in loaded.issues[:SHOWN]]
    return problem(Wording.KNOWLEDGE, "".join([text, *shown, Wording.KNOWLEDGE_MORE if count > SHOWN else ""]))


async def database(url: str, *, timeout_seconds: float) -> Finding:
    """Whether the database opens, takes a write and has a schema that this program knows."""
    try:
        state = await examine(url, timeout_seconds=timeout_seconds)
    except StorageError as error:
        return problem(Wording.DATABASE, str(error))
    told = note if state == "memory" else ok
    return told(Wording.DATABASE, Wording.DATABASE_STATES[state])
