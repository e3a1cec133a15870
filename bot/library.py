"""What is served now, and how features change it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Final, Protocol

from bot.knowledge.edit.amendment import Amendment
from bot.retrieval.retriever import Retriever

MAIN: Final = "main"
"""The key of a document that is alone."""
_reading: Final[ContextVar[str]] = ContextVar("reading", default="")
"""The key of the document that was chosen where the message comes from that is being handled."""


class Library:
    """The references that a reload swaps. Whoever holds a Retriever keeps it to the end of what it is doing.

    One document is the ``main`` one: its versions are kept, and admins change it from the chat. ``beside`` are further
    ones by their keys. Which one is asked belongs to the message that is being handled: ``reading`` sets it for
    everything that is awaited within, and for tasks begun there.
    """

    def __init__(self, main: Retriever, beside: Mapping[str, Retriever] | None = None, key: str = MAIN) -> None:
        self.main = main
        self.key = key
        self._beside = dict(beside or {})

    @property
    def current(self) -> Retriever:
        """What answers the message that is being handled; the main document's if none was chosen."""
        return self._beside.get(_reading.get(), self.main)

    @property
    def reading_key(self) -> str:
        """The key of the document that ``current`` answers from."""
        key = _reading.get()
        return key if key in self._beside else self.key

    @property
    def documents(self) -> Mapping[str, Retriever]:
        """All documents by their keys, the main one first."""
        return {self.key: self.main, **self._beside}

    @property
    def is_shelf(self) -> bool:
        """Whether there is more than one document."""
        return bool(self._beside)

    def replace(self, key: str, retriever: Retriever) -> None:
        """Answer from ``retriever`` for the document ``key``, which is not the main one."""
        self._beside[key] = retriever

    @contextmanager
    def reading(self, key: str) -> Iterator[None]:
        """Within, ``current`` is the document ``key``; the main one if there is no such."""
        token = _reading.set(key)
        try:
            yield
        finally:
            _reading.reset(token)


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
