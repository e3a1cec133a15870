"""How features change the knowledge: by amendments, each gated and applied at once. ``Versions`` implements it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.knowledge.edit.amendment import Amendment
from bot.retrieval.retriever import Retriever


@dataclass(frozen=True, slots=True)
class Edited:
    """What became of a change. ``number``: the version that is served now because of it, 0 where it was refused.

    ``reasons`` are sentences for the admin: faults with their lines, golden questions that would change.
    ``confirm``: nothing is wrong with the files, but golden questions would break; asked for again with
    ``confirmed``, it would be applied.
    """

    number: int
    reasons: tuple[str, ...] = ()
    confirm: bool = False


class Editing(Protocol):
    """Changes the knowledge that is served. Raises StorageError where the change could not be kept."""

    async def amend(
        self, amendments: Sequence[Amendment], *, author: str, note: str, confirmed: bool = False
    ) -> Edited:
        """Add ``amendments`` to what is served: live when it returns, and in the next export."""

    async def tried(self, amendments: Sequence[Amendment]) -> Retriever | Edited:
        """What would answer with ``amendments`` added, without serving it; why they cannot be added, where they
        cannot. Golden questions that would change are no reason here."""

    async def retract(
        self, amendments: Sequence[Amendment], *, author: str, note: str, confirmed: bool = False
    ) -> Edited:
        """Take ``amendments`` back."""
