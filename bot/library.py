"""What is served now, and how features change it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Final, Protocol

from bot.knowledge.edit.amendment import Amendment
from bot.retrieval.retriever import Retriever

MAIN: Final = "main"
"""The key of a document that is alone."""
ALL: Final = "all"
"""The selection of every document."""
_SEPARATOR: Final = "."
_reading: Final[ContextVar[str]] = ContextVar("reading", default="")
"""The selection of documents where the message comes from that is being handled."""


def selection_of(keys: Iterable[str]) -> str:
    """The selection of several documents by their keys, the first one for what a single one is needed for."""
    return _SEPARATOR.join(keys)


def keys_of(selection: str) -> tuple[str, ...]:
    """The keys of a selection of one or several documents."""
    return tuple(selection.split(_SEPARATOR))


class Library:
    """The references that a reload swaps. Whoever holds a Retriever keeps it to the end of what it is doing.

    One document is the ``main`` one: its versions are kept, and admins change it from the chat. ``beside`` are further
    ones by their keys. Which ones are asked belongs to the message that is being handled: ``reading`` sets a selection
    for everything that is awaited within, and for tasks begun there: a key, several (``selection_of``), ``ALL``, or
    nothing where nobody chose, which is all of them.
    """

    def __init__(self, main: Retriever, beside: Mapping[str, Retriever] | None = None, key: str = MAIN) -> None:
        self.main = main
        self.key = key
        self._beside = dict(beside or {})

    @property
    def current(self) -> Retriever:
        """The first of the documents that are read: an outline, a quiz or a passage is of that one."""
        return self._beside.get(self.reading_key, self.main)

    @property
    def reading_key(self) -> str:
        """The key of the document that ``current`` answers from."""
        return self.reading_keys[0]

    @property
    def reading_keys(self) -> tuple[str, ...]:
        """The keys of the documents that questions are asked of, at least one; those that are gone are left out."""
        keys = (self.key, *self._beside)
        chosen = tuple(key for key in keys_of(_reading.get()) if key in keys)
        if chosen:
            return chosen
        return keys if _reading.get() in {"", ALL} else (self.key,)

    @property
    def documents(self) -> Mapping[str, Retriever]:
        """All documents by their keys, the main one first."""
        return {self.key: self.main, **self._beside}

    @property
    def titles(self) -> Mapping[str, str]:
        """The titles of all documents by their keys."""
        return {key: one.knowledge.title for key, one in self.documents.items()}

    @property
    def is_shelf(self) -> bool:
        """Whether there is more than one document."""
        return bool(self._beside)

    def replace(self, key: str, retriever: Retriever) -> None:
        """Answer from ``retriever`` for the document ``key``, which is not the main one."""
        self._beside[key] = retriever

    def remove(self, key: str) -> None:
        """The document ``key``, which is not the main one, is not here any more."""
        self._beside.pop(key, None)

    @contextmanager
    def reading(self, selection: str) -> Iterator[None]:
        """Within, the documents of ``selection`` are read; the main one if there are none such."""
        token = _reading.set(selection)
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
