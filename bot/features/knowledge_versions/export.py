"""The knowledge that is served, given back as the files of a folder."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from bot.errors import BotError
from bot.features.knowledge_versions.candidate import Content, amended
from bot.files import write_whole
from bot.knowledge.files import Files
from bot.wording import Versions as Wording

if TYPE_CHECKING:
    from bot.storage.versions import VersionRepository


async def files_of(store: VersionRepository, number: int | None) -> tuple[int, Files]:
    """The files of a version, of the last one where none is named, with what was added in chats in them; its number.

    Raises BotError where there is no such version, and StorageError.
    """
    last = next(iter(await store.versions(1)), None)
    if last is None:
        raise BotError(Wording.EXPORT_NONE)
    number = last.number if number is None else number
    stored = await store.content(number)
    if stored is None:
        raise BotError(Wording.EXPORT_NO_SUCH.format(number=number, last=last.number))
    files, _ = amended(Content.of(stored))
    return number, files


def write_files(files: Iterable[tuple[str, str]], folder: Path, *, force: bool) -> None:
    """Write ``files`` into ``folder``, each whole or not at all; the folder is made if it is not there.

    Where it holds something already nothing is written without ``force``. Raises BotError with what to do instead.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()) and not force:
            raise BotError(Wording.EXPORT_NOT_EMPTY.format(folder=folder))
        for name, text in files:
            write_whole(folder / name, text.encode())
    except OSError:
        raise BotError(Wording.EXPORT_FAILED.format(folder=folder)) from None
