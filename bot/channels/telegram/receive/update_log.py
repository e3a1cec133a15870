"""What is known of updates beyond what Telegram knows: it confirms by one offset, but answers come in any order.

Dealt with, but not confirmed: Telegram sends it again after a restart, and it must not be answered twice. Parked: it
has waited for so long that it was confirmed, so Telegram will not send it again, and it must not be lost.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Collection, Sequence
from typing import Protocol

from bot.channels.telegram.receive.parse_update import RawUpdate
from bot.errors import StorageError

FORGET_EVERY = 1000  # updates that were dealt with; to forget a few at a time would be one write more for each fetch
_log = logging.getLogger(__name__)


class HandledUpdateStore(Protocol):
    """The store of one bot's handled and parked updates; durable when a method returns. Every method raises
    StorageError.
    """

    async def mark_handled(self, update_ids: Collection[int]) -> None:
        """Keep that updates were dealt with; their bodies, if they were parked, are forgotten. All of them or none."""

    async def park(self, update_id: int, body: str) -> None:
        """Keep an update that is still to be dealt with."""

    async def forget_handled(self, below: int) -> None:
        """Forget which updates with a smaller id were dealt with; those still to be dealt with stay."""

    async def handled_ids(self) -> frozenset[int]:
        """The ids of those that were dealt with."""

    async def parked(self) -> Sequence[str]:
        """The bodies of those that are still to be dealt with, oldest first."""


class UpdateTracker:
    """The ledger as the poller uses it: when the storage is in trouble, polling goes on without it."""

    def __init__(self, store: HandledUpdateStore) -> None:
        self._store = store
        self._settled: set[int] = set()
        self._parked: set[int] = set()
        self._with_body: set[int] = set()
        """Those whose text may be kept, wherever the offset is."""
        self._unwritten: list[int] = []
        """Handled, and saved with the next that has to be."""
        self._newest = 0
        """The newest that was to be kept as settled: what is older may not come again without it."""
        self._kept = 0

    async def load(self) -> list[RawUpdate]:
        """Recall what is kept; returns the updates that were parked, to be dealt with now."""
        try:
            self._settled |= await self._store.handled_ids()
            self._newest = max(self._settled, default=0)
            parked: list[RawUpdate] = [json.loads(body) for body in await self._store.parked()]
        except (StorageError, ValueError) as error:  # ValueError: a body that is no JSON, which is nobody's doing here
            _log.warning("cannot tell which updates were dealt with before the start: %s", error)
            return []
        self._kept = len(self._settled)
        self._parked |= {update["update_id"] for update in parked}
        self._with_body |= self._parked
        return parked

    def is_handled_or_parked(self, update_id: int) -> bool:
        """Whether an update that Telegram sends needs no work, as it was dealt with or is parked."""
        return update_id in self._settled or update_id in self._parked

    async def mark_handled(self, update_id: int, *, repeatable: bool = False) -> None:
        """Keep that an update was dealt with.

        One that is ``repeatable`` is kept with the next that is not: should it come again before that, dealing with it
        twice does no harm, as long as what came after it comes again too, such as the wish to be forgotten.
        """
        self._settled.add(update_id)
        first = update_id > self._newest
        if repeatable and first and update_id not in self._with_body:
            self._unwritten.append(update_id)
            return
        written = (*self._unwritten, update_id)
        self._newest = max(self._newest, *written)
        try:
            await self._store.mark_handled(written)
        except StorageError as error:
            self._unwritten.append(update_id)
            _log.warning("update %d may be answered twice after a restart: %s", update_id, error)
        else:
            self._kept += len(written)
            self._with_body.difference_update(written)
            self._unwritten = [other for other in self._unwritten if other not in written]

    async def park(self, update_id: int, update: RawUpdate) -> bool:
        """Keep an update that is still in work; False if it is not kept, or need not be."""
        if update_id in self._settled:  # just now: parking would bring it back after a restart
            return False
        self._with_body.add(update_id)  # before it is, and should that fail: the text may be there all the same
        try:
            await self._store.park(update_id, json.dumps(update))
        except StorageError as error:
            _log.warning("update %d cannot be parked: %s", update_id, error)
            return False
        self._parked.add(update_id)
        return True

    async def forget_confirmed(self, offset: int) -> None:
        """Telegram will send nothing below ``offset`` again: what was dealt with there can be forgotten."""
        self._settled = {update_id for update_id in self._settled if update_id >= offset}
        self._parked = {update_id for update_id in self._parked if update_id >= offset}
        self._unwritten = [one for one in self._unwritten if one >= offset or one in self._with_body]
        if self._kept < FORGET_EVERY:
            return
        self._kept = len(self._settled)
        try:
            await self._store.forget_handled(offset)
        except StorageError as error:
            _log.warning("old updates cannot be forgotten: %s", error)
