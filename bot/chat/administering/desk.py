"""The one entrance to admins' work: commands, buttons, documents and dialogues in, replies out.

A button ``a:<name>-<rest>`` belongs to the feature that lists ``<name>`` among its buttons. Rights are looked up for
every command and every press, and what is done or refused is written into the audit log before the reply is given.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from bot.chat.actions import parse_action
from bot.chat.admin_ports import Audited, Role
from bot.chat.administering.rights import Rights
from bot.chat.commands import ADMIN_COMMANDS, AdminCommand, command_of
from bot.chat.messages import Incoming, Reply
from bot.chat.ports import Clock
from bot.chat.replies import say
from bot.errors import DocumentError, StorageError
from bot.wording import Admin as Wording

_log = logging.getLogger(__name__)
MAX_DETAIL = 200  # characters of what was asked for that the audit log keeps

Handle = Callable[[str, Incoming], Awaitable[Reply]]
"""Does what a command, a button or a document wants: what stands behind it, and who said it where.

May raise StorageError or DocumentError, whose sentence is the reply.
"""
Typed = Callable[[Incoming], Awaitable[Reply | None]]
"""The reply to a text that belongs to a dialogue which a feature has begun with this person here; else None."""


@dataclass(frozen=True, slots=True)
class Duty:
    """Something that can be done, and the role that it takes; None where ``handle`` itself looks who may.

    ``reads``: it changes nothing, or keeps an audit of its own, so none is kept.
    """

    handle: Handle
    needs: Role | None
    reads: bool = False


@dataclass(frozen=True, slots=True)
class Feature:
    """What a part of admins' work takes over."""

    commands: Mapping[AdminCommand, Duty] = field(default_factory=dict)
    buttons: Mapping[str, Duty] = field(default_factory=dict)
    typed: Typed | None = None
    document: Duty | None = None


class AuditLog(Protocol):
    """Where audits are kept."""

    async def keep(self, *rows: Audited) -> None:
        """Append ``rows``. Raises StorageError."""


class Desk:
    """All of admins' work that a conversation needs."""

    def __init__(self, features: Sequence[Feature], rights: Rights, audit: AuditLog, clock: Clock) -> None:
        self._commands = {name: duty for feature in features for name, duty in feature.commands.items()}
        self._buttons = {name: duty for feature in features for name, duty in feature.buttons.items()}
        self._typed = [feature.typed for feature in features if feature.typed is not None]
        self._document = next((feature.document for feature in features if feature.document is not None), None)
        self._rights = rights
        self._audit = audit
        self._clock = clock

    async def handle(self, incoming: Incoming) -> Reply | None:
        """The reply where ``incoming`` is admins' work; None where it is not, also where it may be a question."""
        try:
            return await self._handle(incoming)
        except (StorageError, DocumentError) as error:
            _log.warning("admin's work not done: %s", error, extra={"request_id": incoming.request_id})
            return say(str(error))

    async def _handle(self, incoming: Incoming) -> Reply | None:
        if incoming.action:
            return await self._press(incoming)
        if incoming.document is not None:
            document = self._document
            return await self._do(document, "document", incoming.document.name, incoming) if document else None
        command = command_of(incoming.text)
        if command is None:
            return await self._in_dialogue(incoming)
        if command.name not in ADMIN_COMMANDS:
            return None
        duty = next((duty for name, duty in self._commands.items() if name == command.name), None)
        if not command.slashed and not (duty and await self._may(incoming.person, duty)):
            return None  # «统计» of a member is a question
        return await self._do(duty, command.name, command.rest, incoming) if duty else say(Wording.UNKNOWN)

    async def _press(self, incoming: Incoming) -> Reply | None:
        action = parse_action(incoming.action)
        if action is None or action.verb != "a":
            return None
        name, _, rest = action.target.partition("-")
        duty = self._buttons.get(name)
        return await self._do(duty, name, rest, incoming) if duty else Reply(toast=Wording.GONE)

    async def _in_dialogue(self, incoming: Incoming) -> Reply | None:
        for typed in self._typed:
            reply = await typed(incoming)
            if reply is not None:
                return reply
        return None

    async def _may(self, person: str, duty: Duty) -> bool:
        return duty.needs is None or await self._rights.may(person, duty.needs)

    async def _do(self, duty: Duty, name: str, rest: str, incoming: Incoming) -> Reply:
        allowed = await self._may(incoming.person, duty)
        if not allowed:
            _log.warning(
                "refused: %s", name, extra={"request_id": incoming.request_id, "person": incoming.person, "what": rest}
            )
        if not (allowed and duty.reads):
            await self._audit.keep(
                Audited(self._clock(), incoming.person, name, rest[:MAX_DETAIL], allowed, incoming.request_id)
            )
        if not allowed:
            return Reply(toast=Wording.REFUSED) if incoming.action else say(Wording.REFUSED)
        return await duty.handle(rest, incoming)
