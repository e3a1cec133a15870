"""What is served now, and how features change it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.knowledge.edit.amendment import Amendment
from bot.retrieval.retriever import Retriever


class Library:
    """The one reference that a reload swaps. Whoever holds a Retriever keeps it to the end of what it is doing."""

    def __init__(self, current: Retriever) -> None:
        self.current = current


@dataclass(frozen=True, slots=True)
class ChangeResult:
    """What became of a change. ``number``: the version that is served now because of it, 0 where it was refused.

    ``reasons`` are sentences for the admin: issues with their lines, golden questions that would change.
    ``confirm``: nothing is wrong with the files, but golden questions would break; asked for again with
    ``confirmed``, it would be applied.
    """

    number: int
    reasons: tuple[str, ...] = ()
    confirm: bool = False


class KnowledgeEditor(Protocol):
    """Changes the knowledge that is served, by amendments, each checked and applied at once.

    Raises StorageError where the change could not be kept.
    """

    async def amend(
        self, amendments: Sequence[Amendment], *, author: str, note: str, confirmed: bool = False
    ) -> ChangeResult:
        """Add ``amendments`` to what is served: live when it returns, and in the next export."""

    async def tried(self, amendments: Sequence[Amendment]) -> Retriever | ChangeResult:
        """What would answer with ``amendments`` added, without serving it; why they cannot be added, where they
        cannot. Golden questions that would change are no reason here."""

    async def retract(
        self, amendments: Sequence[Amendment], *, author: str, note: str, confirmed: bool = False
    ) -> ChangeResult:
        """Take ``amendments`` back."""
