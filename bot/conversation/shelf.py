"""Several documents in one conversation: which one a message is about, and buttons that say of which one they are.

A button, and the point that a citation names, carry the key of their document behind an underscore: ``p:road_3fa2c1``.
So the same id in two documents is no clash, and a button of before a change goes on showing what stands on it.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

from bot.chats.chosen_documents import ChosenDocuments
from bot.conversation.messages import Incoming, Part, Reply, tagged, untagged
from bot.errors import StorageError
from bot.library import Library
from bot.wording import Shelf as Wording

_log = logging.getLogger(__name__)


class Shelf:
    """The documents of ``library`` in a conversation. ``choices`` are those of the chats; None: nobody can choose."""

    def __init__(self, library: Library, choices: ChosenDocuments | None = None) -> None:
        self.library = library
        self.choices = choices

    @asynccontextmanager
    async def reading(self, incoming: Incoming) -> AsyncIterator[Incoming]:
        """Within, what ``incoming`` is about is asked of its document; gives it with buttons as features know them."""
        if not self.library.is_shelf:
            yield incoming
            return
        action, key = untagged(incoming.action)
        here = [one for one in incoming.offered if not self.is_gone(one.action)]
        offered = tuple(replace(one, action=untagged(one.action)[0]) for one in here)
        keys = {untagged(one.action)[1] for one in here} - {""}
        if not key and len(keys) == 1:
            key = keys.pop()
        if not key:
            key = incoming.document_key or await self.selection_of(incoming.chat)
        with self.library.reading(key):
            yield replace(incoming, action=action, offered=offered)

    def is_gone(self, action: str) -> bool:
        """Whether ``action`` shows something of a document that is not here (any more)."""
        key = untagged(action)[1]
        return key != "" and key not in self.library.documents

    async def selection_of(self, chat: str) -> str:
        """The selection that ``chat`` reads, empty if nobody chose; so too if that cannot be looked up."""
        if self.choices is None or not self.library.is_shelf:
            return ""
        try:
            return await self.choices.of(chat)
        except StorageError as error:
            _log.warning("the chosen document cannot be looked up: %s", error)
            return ""

    def tagged(self, reply: Reply) -> Reply:
        """``reply``, which the current document gave, with that document in its buttons; an answer says which it is."""
        if not self.library.is_shelf or reply.document or not (reply.parts or reply.choices or reply.tools):
            return reply
        key = self.library.reading_key
        parts = tuple(replace(part, point=f"{part.point}_{key}") if part.point else part for part in reply.parts)
        if reply.verdict is not None and reply.verdict.kind in {"answer", "suggest"}:
            parts = (Part("note", Wording.FROM.format(title=self.library.current.knowledge.title)), *parts)
        return replace(
            reply,
            parts=parts,
            choices=tuple(replace(one, action=tagged(one.action, key)) for one in reply.choices),
            tools=tuple(replace(one, action=tagged(one.action, key)) for one in reply.tools),
            document=key,
        )
