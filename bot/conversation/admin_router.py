"""The one entrance to admins' work: commands, buttons, documents and dialogues in, replies out.

A button ``a:<name>-<rest>`` belongs to the feature that lists ``<name>`` among its buttons. Rights are looked up for
every command, press, document and text of a dialogue. What is asked for is in the audit log before it is done: what
cannot be written there is not done.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, TypeVar

from bot.access.admin_names import AdminNameRecorder
from bot.access.audit_quota import AuditLog, AuditQuota
from bot.access.roles import ROLES, RolePolicy, includes
from bot.conversation.buttons import parse_action
from bot.conversation.capabilities import OFFERS
from bot.conversation.commands import ADMIN_COMMANDS, ADMIN_WORDS, AdminCommand, Command, CommandName, command_of
from bot.conversation.messages import Document, Incoming, Reply
from bot.conversation.replies import say, told
from bot.errors import DocumentError, RightsUnknownError, StorageError
from bot.records.admin import Audited, Role
from bot.records.feedback import Clock
from bot.text import readable
from bot.wording import Admin as Wording

Name = TypeVar("Name", bound=str)
_log = logging.getLogger(__name__)
_EVERYBODYS: Final = frozenset(offer.name for offer in OFFERS)  # the help for everybody has these
MAX_DETAIL = 200  # characters of what was asked for that the audit log keeps

Handle = Callable[[str, Incoming], Awaitable[Reply]]
"""Does what a command, a button or a document wants: what stands behind it, and who said it where.

May raise StorageError or DocumentError, whose sentence is the reply.
"""
Typed = Callable[[Incoming], Awaitable[Reply | None]]
"""The reply to a text that belongs to a dialogue which a feature has begun with this person here; else None.

It is asked only for persons who did one of the feature's duties that take a role since the start, and still may do the
latest of them.
It collects what is typed and changes nothing that lasts: no audit is kept of it, so a dialogue ends with a button.
"""


@dataclass(frozen=True, slots=True)
class Duty:
    """Something that can be done, and the role that it takes; None where ``handle`` itself looks who may.

    ``reads``: it changes nothing, or keeps an audit of its own, so none is kept.
    """

    handle: Handle
    needs: Role | None
    reads: bool = False


@dataclass(frozen=True, slots=True)
class Dialogues:
    """The dialogues of a feature, which last across restarts.

    ``load`` reads those begun before the start; False where that has to be tried again. ``has`` tells whether a person
    is in the middle of one; ``needs`` is the role that it takes to go on.
    """

    load: Callable[[], Awaitable[bool]]
    has: Callable[[str], bool]
    needs: Role


@dataclass(frozen=True, slots=True)
class Feature:
    """What a part of admins' work takes over."""

    commands: Mapping[AdminCommand, Duty] = field(default_factory=dict)
    buttons: Mapping[str, Duty] = field(default_factory=dict)
    typed: Typed | None = None
    document: Duty | None = None
    dialogues: Dialogues | None = None
    """With it, ``typed`` is asked for those alone who are in the middle of one."""


class Desk:
    """All of admins' work that a conversation needs. Raises ValueError where two features claim the same.

    ``admin_names`` keeps what those are called who do it.
    """

    def __init__(
        self,
        features: Sequence[Feature],
        rights: RolePolicy,
        audit: AuditLog,
        clock: Clock,
        *,
        admin_names: AdminNameRecorder | None = None,
    ) -> None:
        self._commands = _joined([feature.commands for feature in features])
        self._buttons = _joined([feature.buttons for feature in features])
        documents = [feature.document for feature in features if feature.document is not None]
        if len(documents) > 1:
            raise ValueError("two features take documents")
        self._document = next(iter(documents), None)
        self._features = tuple(features)
        self._begun: dict[tuple[int, str], Duty] = {}  # by feature and person; persons with a role are few
        self._attempts = AuditQuota(audit)
        self._rights = rights
        self._audit = audit
        self._clock = clock
        self._admin_names = admin_names

    async def load(self) -> bool:
        """Take up the dialogues begun before the start; False where some could not be read. Never raises.

        Beside what members ask, never within: none of them waits for it.
        """
        loaded = [await feature.dialogues.load() for feature in self._features if feature.dialogues is not None]
        return all(loaded)

    async def handle(self, incoming: Incoming) -> Reply | None:
        """The reply where ``incoming`` is admins' work; None where it is not, also where it may be a question."""
        try:
            return await self._handle(incoming)
        except (StorageError, DocumentError, RightsUnknownError) as error:
            _log.warning("admin's work not done: %s", error, extra={"request_id": incoming.request_id})
            return told(str(error), incoming)

    async def help_for(self, person: str, unable: Collection[CommandName] = frozenset()) -> str:
        """The commands that ``person`` may use here, a line each; nothing for who has no role.

        ``unable``: those that would do nothing where it is asked for.
        """
        role = await self._rights.role_of(person)
        if role is None:
            return ""
        lines = [
            Wording.HELP_LINE.format(name=name, word=word, what=Wording.COMMANDS.get(name, ""))
            for word, name in ADMIN_WORDS.items()
            if name in self._commands
            and name not in unable
            and name not in _EVERYBODYS
            and ROLES.index(self._commands[name].needs or "host") <= ROLES.index(role)
        ]
        return "\n".join([Wording.HELP.format(role=Wording.ROLES[role]), *lines]) if lines else ""

    async def _handle(self, incoming: Incoming) -> Reply | None:
        if incoming.action:
            return await self._press(incoming)
        if incoming.document is not None:
            return await self._take_document(incoming.document, incoming)
        command = command_of(incoming.text)
        if command is None or command.name == "unknown":  # such as /cancel, which only a dialogue knows
            return await self._in_dialogue(incoming)
        return await self._obey(command, incoming)

    async def _take_document(self, document: Document, incoming: Incoming) -> Reply | None:
        duty = self._document
        if duty is None or not await self._may(incoming.person, duty):
            return None  # members send pictures and forms: they mean no harm
        return await self._do(duty, "document", document.name, incoming)

    async def _obey(self, command: Command, incoming: Incoming) -> Reply | None:
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
        for number, feature in enumerate(self._features):
            needed = self._needed(number, feature, incoming.person)
            if feature.typed is None or needed is None:
                continue
            reply = await feature.typed(incoming) if await self._rights.may(incoming.person, needed) else None
            if reply is not None:
                return reply
        return None

    def _needed(self, number: int, feature: Feature, person: str) -> Role | None:
        """The role that a dialogue of a feature takes; None where ``person`` has begun none."""
        if feature.dialogues is not None:
            return feature.dialogues.needs if feature.dialogues.has(person) else None
        begun = self._begun.get((number, person))
        return begun.needs if begun is not None else None

    async def _do(self, duty: Duty, name: str, rest: str, incoming: Incoming) -> Reply:
        role = await self._rights.read_role(incoming.person) if duty.needs is not None else None
        if duty.needs is not None and not includes(role, duty.needs):
            return await self._refuse(duty.needs, role, name, rest, incoming)
        if not duty.reads:
            await self._audit.keep(self._entry(name, rest, incoming, allowed=True))
            if self._admin_names is not None:
                await self._admin_names.record_seen(incoming.person, incoming.name)
        for number, feature in enumerate(self._features if duty.needs else ()):
            if duty in (*feature.commands.values(), *feature.buttons.values(), feature.document):
                self._begun[number, incoming.person] = duty
        return await duty.handle(rest, incoming)

    async def _may(self, person: str, duty: Duty) -> bool:
        return duty.needs is None or await self._rights.may(person, duty.needs)

    async def _refuse(self, needed: Role, role: Role | None, name: str, rest: str, incoming: Incoming) -> Reply:
        known = role is not None
        _log.warning("refused: %s", name, extra={"request_id": incoming.request_id, "person": incoming.person})
        entry = self._entry(name, rest, incoming, allowed=False)
        if not (known or incoming.action):  # what a member typed is not ours to keep; what a button says is ours
            entry = replace(entry, detail="")
        try:
            await self._attempts.try_append(entry, known=known)
        except StorageError as error:
            _log.warning("a refusal is not in the audit log: %s", error, extra={"request_id": incoming.request_id})
        if role is None:
            return told(Wording.REFUSED, incoming)
        text = Wording.REFUSED_ROLE.format(needed=Wording.ROLES[needed], role=Wording.ROLES[role])
        return told(text, incoming)

    def _entry(self, name: str, rest: str, incoming: Incoming, *, allowed: bool) -> Audited:
        # «/grant 编辑» in reply to somebody says nothing without that somebody
        detail = " ".join(part for part in (incoming.reply_to_member, readable(rest).strip()) if part)
        return Audited(self._clock(), incoming.person, name, detail[:MAX_DETAIL], allowed, incoming.request_id)


def _joined(parts: Sequence[Mapping[Name, Duty]]) -> dict[Name, Duty]:
    joined: dict[Name, Duty] = {}
    for part in parts:
        if twice := joined.keys() & part.keys():
            raise ValueError(f"two features claim {sorted(twice)}")
        joined |= part
    return joined


def private(handle: Handle) -> Handle:
    """``handle``, whose replies nobody but who asked may see."""

    async def handled(rest: str, incoming: Incoming) -> Reply:
        return replace(await handle(rest, incoming), private=True)

    return handled
