"""What is known when the bot starts: the knowledge that was served last, or the folder, ready to answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot.answering import Maker, by_meaning, cache_of
from bot.bank import Bank
from bot.chat.administering.gate import Make, look_over
from bot.chat.administering.opening import Opened, open_knowledge
from bot.chat.library import Library
from bot.config import Settings
from bot.embedding import NAME as MEANINGS
from bot.knowledge.files import Files
from bot.knowledge.load import Loaded, inspect
from bot.knowledge.model import Knowledge
from bot.retrieval.retriever import Retriever
from bot.worker import in_thread

if TYPE_CHECKING:
    from bot.storage.store import SqlStore


@dataclass(frozen=True, slots=True)
class Knowing:
    """What the process begins to serve, and how more of it is made. ``meaning``: compared by meaning already."""

    opened: Opened
    library: Library
    bank: Bank
    make: Make
    meaning: bool


async def open_knowing(settings: Settings, store: SqlStore, clock: Callable[[], datetime]) -> Knowing:
    """What was served last, or the folder. Raises KnowledgeError and StorageError."""
    # making the meanings of a new knowledge takes half a minute: members are answered by words in the meantime
    ready = by_meaning(settings) and cache_of(settings).read(MEANINGS) is not None
    maker = await in_thread(lambda: Maker(settings))
    bank = Bank()

    def make(knowledge: Knowledge, files: Files, meaning: bool) -> Retriever:
        bank.prepare(knowledge)
        return maker.make(knowledge, files, meaning=meaning)

    opened = await open_knowledge(
        store.versions, _reader(settings), make, meaning=ready, clock=clock, in_thread=in_thread
    )
    return Knowing(opened, Library(opened.served.retriever), bank, make, ready or not by_meaning(settings))


def reader_for_chats(settings: Settings) -> Callable[[], Loaded]:
    """Reads the folder; faults name files as they are called in it: where it lies is not for a phone."""
    folder = settings.knowledge_dir

    def read() -> Loaded:
        loaded = look_over(inspect(folder))
        return replace(
            loaded, faults=tuple(replace(fault, file=_within(folder, fault.file)) for fault in loaded.faults)
        )

    return read


def _within(folder: Path, file: str) -> str:
    path = Path(file)
    return str(path.relative_to(folder)) if path.is_relative_to(folder) and path != folder else file


def _reader(settings: Settings) -> Callable[[], Loaded]:
    return lambda: look_over(inspect(settings.knowledge_dir))
