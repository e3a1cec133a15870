"""What a process begins to serve: the version that was served last, or the folder where nothing was ever kept."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from bot.errors import KnowledgeError, StorageError
from bot.features.knowledge_versions.candidate import Content, Make, Served, look_over, serve
from bot.features.knowledge_versions.version_manager import first_version
from bot.knowledge.edit.amendment import Amendment, recover_amendments
from bot.knowledge.load import ValidationResult, require_servable, validate_folder
from bot.records.feedback import Clock, InThread
from bot.wording import Versions as Wording

if TYPE_CHECKING:
    from bot.storage.versions import VersionRepository


_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class OpenedKnowledge:
    """What is served, as which version, and the digest of the folder that was taken in last.

    ``told``: what owners should know of it, where the last version could not be served.
    """

    served: Served
    number: int
    folder: str
    told: str = ""


async def _save_first(store: VersionRepository, served: Served, folder: str, clock: Clock) -> None:
    try:
        await first_version(store, served, folder, clock)
    except StorageError as error:  # members are answered all the same
        _log.warning("the first version is not kept: %s", error)


async def open_knowledge(
    store: VersionRepository,
    read_folder: Callable[[], ValidationResult],
    make: Make,
    *,
    clock: Clock,
    in_thread: InThread,
) -> OpenedKnowledge:
    """What to begin with.

    Raises KnowledgeError where neither the last version nor the folder can be served, and StorageError.
    """
    last = next(iter(await store.versions(1)), None)
    kept: tuple[Amendment, ...] = ()
    lost = 0
    if last is not None:
        try:
            stored = await store.content(last.number)
            if stored is not None:
                kept, lost = recover_amendments(stored.amendments)
                content = Content.of(stored)
                served = await in_thread(lambda: serve(content, make))
                return OpenedKnowledge(served, last.number, last.folder)
        except (KnowledgeError, ValueError, KeyError) as error:  # of another program, which had other rules
            _log.warning("version %d cannot be served any more: %s", last.number, error)
    loaded = await in_thread(read_folder)
    require_servable(loaded)
    served = await in_thread(lambda: serve(Content(loaded.files, kept), make))
    if last is None:
        await _save_first(store, served, loaded.files.digest, clock)
        return OpenedKnowledge(served, 1, loaded.files.digest)
    told = Wording.SALVAGED.format(number=last.number, kept=len(kept), lost=lost)
    return OpenedKnowledge(served, last.number, loaded.files.digest, told)


def folder_reader_for_chats(folder: Path) -> Callable[[], ValidationResult]:
    """Reads ``folder``; issues name files as they are called in it: where it lies is not for a phone."""

    def read() -> ValidationResult:
        loaded = look_over(validate_folder(folder))
        return replace(
            loaded, issues=tuple(replace(issue, file=_within(folder, issue.file)) for issue in loaded.issues)
        )

    return read


def _within(folder: Path, file: str) -> str:
    path = Path(file)
    return str(path.relative_to(folder)) if path.is_relative_to(folder) and path != folder else file
