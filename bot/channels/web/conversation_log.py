"""Visitors' conversations in the store, beside what is in memory: they outlast a restart and the browser's close."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Coroutine
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from bot.access.quotas import VisitorQuota
from bot.conversation.messages import AnswerForm, Choice, Part, Reply
from bot.errors import StorageError
from bot.records.feedback import Clock
from bot.records.page import ExchangeRecord

if TYPE_CHECKING:
    from bot.storage.page import PageRepository

PRUNE_EVERY: Final = 16
"""Exchanges of a visitor after which those that are not shown any more are deleted."""
EXCHANGES: Final = (20_000, 50_000)
"""Exchanges that are saved, of an address and of all in a day: a name takes no proof, so members count as well."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Exchange:
    """What the visitor said (nothing for a press without words), the reply, and which of its buttons is chosen.

    ``number`` grows from one exchange of a page to the next. ``is_answered``: the options of its question cannot be
    chosen any more.
    """

    text: str
    reply: Reply
    selected_action: str = ""
    number: int = 0
    is_answered: bool = False


class ConversationLog:
    """Saves exchanges, and reads them again. Nothing waits for a save, nothing fails with it: it is logged."""

    def __init__(self, store: PageRepository | None, clock: Clock = lambda: datetime.now(UTC)) -> None:
        self._store = store
        self._clock = clock
        self._last = 0
        self._quota = VisitorQuota("conversations", *EXCHANGES)
        self._saving: set[asyncio.Task[None]] = set()

    @property
    def is_lasting(self) -> bool:
        """Whether anything is saved at all."""
        return self._store is not None

    def next_number(self) -> int:
        """A number greater than all before it, also those of earlier processes: the time in milliseconds."""
        self._last = max(self._last + 1, int(self._clock().timestamp() * 1000))
        return self._last

    async def latest(self, owner: str, limit: int) -> list[Exchange]:
        """The latest exchanges of a visitor, the oldest first. Raises StorageError."""
        if self._store is None:
            return []
        found = await self._store.latest_exchanges(owner, limit)
        return [exchange for row in found if (exchange := exchange_from_json(row.content, row.number)) is not None]

    def save(self, owner: str, exchange: Exchange, origin: str = "") -> None:
        """Save ``exchange`` soon; ``origin``: the address of a visitor, from which only so many are saved."""
        now = self._clock()
        if self._store is not None and self._quota.try_acquire(origin, now.date()):
            record = ExchangeRecord(owner, exchange.number, exchange_to_json(exchange), now)
            self._soon(self._store.save_exchange(record))

    def prune(self, owner: str, before: int) -> None:
        """Delete soon what has a smaller number than ``before``."""
        if self._store is not None:
            self._soon(self._store.delete_exchanges(owner, before))

    async def delete(self, owner: str) -> None:
        """Delete the conversation of a visitor. Raises StorageError."""
        if self._store is not None:
            await self.drain()  # what is on its way would be there again
            await self._store.delete_exchanges(owner)

    async def drain(self) -> None:
        """Return when all that is to be saved is, or could not be: called before the store is closed."""
        await asyncio.gather(*self._saving)

    def _soon(self, saving: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(_logged(saving), name="conversation-save")
        self._saving.add(task)  # the event loop itself keeps no task alive
        task.add_done_callback(self._saving.discard)


async def _logged(saving: Coroutine[Any, Any, None]) -> None:
    try:
        await saving
    except StorageError as error:
        _log.warning("a conversation is not saved: %s", error)


def exchange_to_json(exchange: Exchange) -> str:
    """``exchange`` without its number and without files."""
    reply, form = exchange.reply, exchange.reply.form
    content = {
        "said": exchange.text,
        "parts": [[part.kind, part.text, part.point, part.marks] for part in reply.parts],
        "choices": [[choice.label, choice.action] for choice in reply.choices],
        "tools": [[tool.label, tool.action] for tool in reply.tools],
        "numbered": reply.numbered,
        "form": None if form is None else [form.action, form.labels, form.several],
        "selected": exchange.selected_action,
        "answered": exchange.is_answered,
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def exchange_from_json(content: str, number: int) -> Exchange | None:
    """What ``exchange_to_json`` wrote; None for what cannot be read."""
    try:
        found = json.loads(content)
        form = found["form"]
        reply = Reply(
            tuple(
                Part(kind, text, point, tuple((start, end) for start, end in marks))
                for kind, text, point, marks in found["parts"]
            ),
            tuple(Choice(label, action) for label, action in found["choices"]),
            tuple(Choice(label, action) for label, action in found["tools"]),
            numbered=found["numbered"],
            form=None if form is None else AnswerForm(form[0], tuple(form[1]), form[2]),
        )
        return Exchange(found["said"], reply, found["selected"], number, found["answered"])
    except (ValueError, KeyError, TypeError, IndexError) as error:
        _log.warning("an exchange cannot be read: %s", type(error).__name__)
        return None
