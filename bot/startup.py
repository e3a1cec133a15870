"""What is known when the bot starts: the knowledge that was served last, or the folder, ready to answer."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot.config import Settings
from bot.features.knowledge_versions.candidate import Make, Understand, look_over
from bot.features.knowledge_versions.startup import Opened, open_knowledge
from bot.knowledge.files import Files
from bot.knowledge.load import ValidationResult, validate_folder
from bot.knowledge.model import Knowledge
from bot.library import Library
from bot.question_bank import Bank
from bot.retrieval.retriever import Retriever
from bot.retrieval_factory import RetrieverFactory
from bot.threads import run_in_thread

if TYPE_CHECKING:
    from bot.storage.store import SqlStore


_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Knowing:
    """What the process begins to serve, and how more of it is made; ``understand`` makes the meanings that lack."""

    opened: Opened
    library: Library
    bank: Bank
    make: Make
    understand: Understand


async def open_knowing(settings: Settings, store: SqlStore, clock: Callable[[], datetime]) -> Knowing:
    """What was served last, or the folder. Raises KnowledgeError and StorageError."""
    begun = clock()
    maker = await run_in_thread(lambda: RetrieverFactory(settings))
    bank = Bank()

    def make(knowledge: Knowledge, files: Files) -> Retriever:
        bank.prepare(knowledge)
        return maker.make(knowledge, files)

    opened = await open_knowledge(store.versions, _reader(settings), make, clock=clock, in_thread=run_in_thread)
    retriever = opened.served.retriever
    how = "words" if retriever.provisional else "meaning too" if retriever.has_embeddings else "words alone"
    seconds = (clock() - begun).total_seconds()
    _log.info("knowledge version %d is served, by %s, %.1f s after the start", opened.number, how, seconds)
    return Knowing(opened, Library(retriever), bank, make, maker.understand)


def reader_for_chats(settings: Settings) -> Callable[[], ValidationResult]:
    """Reads the folder; issues name files as they are called in it: where it lies is not for a phone."""
    folder = settings.knowledge_dir

    def read() -> ValidationResult:
        loaded = look_over(validate_folder(folder))
        return replace(
            loaded, issues=tuple(replace(issue, file=_within(folder, issue.file)) for issue in loaded.issues)
        )

    return read


def _within(folder: Path, file: str) -> str:
    path = Path(file)
    return str(path.relative_to(folder)) if path.is_relative_to(folder) and path != folder else file


def _reader(settings: Settings) -> Callable[[], ValidationResult]:
    return lambda: look_over(validate_folder(settings.knowledge_dir))
