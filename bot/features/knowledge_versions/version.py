"""A version of the knowledge as it was applied, and where versions are kept."""

from __future__ import annotations

import json
from dataclasses import dataclass

from bot.knowledge.edit.amendment import Amendment, amendments_from_json, amendments_to_json
from bot.knowledge.files import Files, sha256_hex
from bot.records.admin import BlobRecord
from bot.records.knowledge_versions import StoredContent


@dataclass(frozen=True, slots=True)
class Content:
    """What a version is made of: files as they came, and what was added to them in chats, in that order."""

    base: Files
    amendments: tuple[Amendment, ...] = ()

    def rows(self) -> tuple[str, str, list[BlobRecord]]:
        """How it is kept: JSON of the files' digests by name, JSON of the amendments, and the files."""
        blobs = {name: BlobRecord(sha256_hex(text.encode()), text.encode()) for name, text in self.base}
        names = {name: blob.digest for name, blob in blobs.items()}
        return json.dumps(names), amendments_to_json(self.amendments), list(blobs.values())

    @classmethod
    def of(cls, stored: StoredContent) -> Content:
        """What the version that was stored so is made of. Raises ValueError for amendments of another program."""
        return cls(Files(stored.texts), amendments_from_json(stored.amendments))
