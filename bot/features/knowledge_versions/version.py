"""A version of the knowledge as it was applied, and where versions are kept."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from bot.knowledge.edit.amendment import Amendment, amendments_from_json, amendments_to_json
from bot.knowledge.files import Files, digest_of
from bot.records.admin import KeptBlob, KeptVersion

Origin = Literal["folder", "upload", "chat", "rollback"]
"""Where a version came from: the folder on the disk, files sent by an admin, a chat, an earlier version."""


@dataclass(frozen=True, slots=True)
class Content:
    """What a version is made of: files as they came, and what was added to them in chats, in that order."""

    base: Files
    amendments: tuple[Amendment, ...] = ()

    def rows(self) -> tuple[str, str, list[KeptBlob]]:
        """How it is kept: JSON of the files' digests by name, JSON of the amendments, and the files."""
        blobs = {name: KeptBlob(digest_of(text.encode()), text.encode()) for name, text in self.base}
        names = {name: blob.digest for name, blob in blobs.items()}
        return json.dumps(names), amendments_to_json(self.amendments), list(blobs.values())


@dataclass(frozen=True, slots=True)
class StoredContent:
    """A version's files as texts by name, and its amendments as JSON."""

    texts: Mapping[str, str]
    amendments: str

    def content(self) -> Content:
        """What the version is made of. Raises ValueError for amendments of another program."""
        return Content(Files(self.texts), amendments_from_json(self.amendments))


@dataclass(frozen=True, slots=True)
class Version:
    """An applied version. ``folder`` is the digest of the folder that was taken in last, ``diff`` JSON."""

    number: int
    at: datetime
    author: str
    origin: Origin
    note: str
    folder: str
    diff: str


class VersionStore(Protocol):
    """Where versions are kept. Every method raises StorageError when it could not do what it says."""

    async def keep(self, *rows: KeptBlob | KeptVersion) -> None:
        """Keep all of ``rows`` or none; durable when it returns."""

    async def versions(self, limit: int, before: int | None = None) -> Sequence[Version]:
        """The latest versions, the newest first; those ``before`` a number."""

    async def version(self, number: int) -> Version | None:
        """The version of that number."""

    async def content(self, number: int) -> StoredContent | None:
        """What a version is made of; None where there is no such version."""
