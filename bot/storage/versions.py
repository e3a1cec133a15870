"""Versions of the knowledge, and the files that they are made of."""

from __future__ import annotations

import asyncio
import json
import zlib
from collections.abc import Sequence

from sqlalchemy import select

from bot.records.knowledge_versions import BlobRecord, StoredContent, Version, VersionRecord
from bot.storage.repository import Repository
from bot.storage.schema import blobs, versions

_SHOWN = (
    versions.c.number,
    versions.c.at,
    versions.c.author,
    versions.c.origin,
    versions.c.note,
    versions.c.folder,
    versions.c.diff,
)


class VersionRepository(Repository):
    """Versions by their numbers, and files by their digests; a file that many versions have is stored once."""

    async def save(self, *rows: BlobRecord | VersionRecord) -> None:
        """Save all of ``rows`` or none; durable when it returns. What is kept of files already is not written again.

        Raises StorageError where another process was faster: a version is never written over.
        """
        new = {row.digest: row for row in rows if isinstance(row, BlobRecord)}
        for kept in await self._fetch(select(blobs.c.digest).where(blobs.c.digest.in_([*new]))):
            del new[kept.digest]  # no file is ever thrown away
        packed = await asyncio.to_thread(_packed, list(new.values()))
        await self._save(*packed, *(row for row in rows if isinstance(row, VersionRecord)))

    async def versions(self, limit: int, before: int | None = None) -> Sequence[Version]:
        """The latest versions, the newest first; those ``before`` a number."""
        query = select(*_SHOWN).order_by(versions.c.number.desc()).limit(limit)
        if before is not None:
            query = query.where(versions.c.number < before)
        return [Version(*row) for row in await self._fetch(query)]

    async def version(self, number: int) -> Version | None:
        """The version of that number."""
        rows = await self._fetch(select(*_SHOWN).where(versions.c.number == number))
        return Version(*rows[0]) if rows else None

    async def content(self, number: int) -> StoredContent | None:
        """What a version is made of; None where there is no such version.

        Raises ValueError or KeyError where what is kept of it is damaged.
        """
        found = await self._fetch(select(versions.c.files, versions.c.amendments).where(versions.c.number == number))
        if not found:
            return None
        names: dict[str, str] = json.loads(found[0].files)
        kept = await self._fetch(select(blobs).where(blobs.c.digest.in_(set(names.values()))))
        bodies = await asyncio.to_thread(_unpacked, [BlobRecord(*row) for row in kept])
        return StoredContent({name: bodies[digest] for name, digest in names.items()}, found[0].amendments)


def _packed(files: Sequence[BlobRecord]) -> list[BlobRecord]:
    return [BlobRecord(file.digest, zlib.compress(file.body)) for file in files]


def _unpacked(files: Sequence[BlobRecord]) -> dict[str, str]:
    """Texts by their digests. Raises ValueError where what is kept is damaged."""
    try:
        return {file.digest: zlib.decompress(file.body).decode() for file in files}
    except zlib.error:
        raise ValueError("a file of the version is damaged") from None
