"""A version of the knowledge as it was applied, and what it is made of as it is stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Origin = Literal["folder", "upload", "chat", "rollback"]
"""Where a version came from: the folder on the disk, files sent by an admin, a chat, an earlier version."""


@dataclass(frozen=True, slots=True)
class StoredContent:
    """A version's files as texts by name, and its amendments as JSON."""

    texts: Mapping[str, str]
    amendments: str


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


@dataclass(frozen=True, slots=True)
class BlobRecord:
    """The content of a file, by its SHA-256 in hex."""

    digest: str
    body: bytes


@dataclass(frozen=True, slots=True)
class VersionRecord:
    """An applied version of the knowledge. ``files``, ``amendments`` and ``diff`` are JSON."""

    number: int
    at: datetime
    author: str
    origin: str
    note: str
    files: str
    amendments: str
    folder: str
    diff: str
