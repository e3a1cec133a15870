"""The one router: every message, press and document finds its handler here, once.

Features register commands, buttons, documents, dialogues and what they claim of typed texts. A command is parsed once
and handed over parsed. The router checks what a handler declares: whether the channel can do it (what takes a role
takes a channel that knows who somebody is), and the role, looked up for every command, press, document and text of a
dialogue. Whatever takes a role is in the audit log before it is done: what cannot be written there is not done. The
rate limit is checked in one place.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Coroutine, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final, TypeVar

from bot import wording
from bot.access.member_names import AdminNameRecorder
from bot.access.quotas import AuditLog, AuditQuota
from bot.access.roles import ROLES, RolePolicy, includes
from bot.conversation.answer_guard import AnswerGuard
from bot.conversation.capabilities import OFFERS, ChannelDirectory, unknown_command
from bot.conversation.commands import ADMIN_COMMANDS, ADMIN_WORDS, Command, CommandName, command_of
from bot.conversation.dialogue import MAX_QUESTIONS, Dialogue, Dialogues, pick_by_number
from bot.conversation.messages import Code, Incoming, Reply, parse_action, say, told
from bot.conversation.rate_limit import Limiter
from bot.conversation.shelf import Shelf
from bot.conversation.wants import want_of
from bot.errors import DocumentError, RightsUnknownError, StorageError, UnknownPointError, UnknownSectionError
from bot.knowledge.model import Knowledge
from bot.records.feedback import Clock
from bot.records.roles import AuditRecord, Role
from bot.text import readable
from bot.wording import Admin as Wording
from bot.wording import Contests

K = TypeVar("K")
T = TypeVar("T")
_log = logging.getLogger(__name__)
_EVERYBODYS: Final = frozenset(offer.name for offer in OFFERS)  # the help for everybody has these
_GONE: Final = {Code.ADMIN: Wording.GONE, Code.QUIZ: Contests.GONE}
"""What is said of a button that no feature has any more, if one has its code."""
MAX_DETAIL = 200  # characters of what was asked for that the audit log keeps

Handle = Callable[[str, Incoming], Awaitable[Reply]]
"""Does what a command, a button or a document wants: what stands behind it, and who said it where.

May raise StorageError or DocumentError, whose sentence is the reply.
"""
Typed = Callable[[Incoming], Awaitable[Reply | None]]
"""The reply to a typed text that belongs to what a feature has asked this person here; else None.

In a dialogue it collects what is typed and changes nothing that lasts: no audit is kept of it, so a dialogue ends with
a button.
"""


@dataclass(frozen=True, slots=True)
class Handler:
    """Something that can be done, and the ``role`` that it takes; None if everybody may, or ``handle`` itself checks.

    ``audited`` False: it changes nothing, or writes its own audit. ``offers`` False: what its reply offers is not
    picked by number. ``inline``: it works while somebody still types.
    """

    handle: Handle
    role: Role | None
    audited: bool = True
    offers: bool = True
    inline: bool = False


def for_everybody(handle: Handle, *, offers: bool = True, inline: bool = False) -> Handler:
    """``handle`` as what everybody may do and nobody writes down."""
    return Handler(handle, None, audited=False, offers=offers, inline=inline)


def private(handle: Handle) -> Handle:
    """``handle``, whose replies nobody but who asked may see."""

    async def handled(rest: str, incoming: Incoming) -> Reply:
        return replace(await handle(rest, incoming), private=True)

    return handled


@dataclass(frozen=True, slots=True)
class Wizard:
    """The dialogues of a feature, which last across restarts.

    ``load`` reads those begun before the start; False if that has to be tried again. ``open`` is empty as long as
    nobody is in the middle of one, ``has`` tells whether a person is; ``role`` is what it takes to go on.
    """

    load: Callable[[], Awaitable[bool]]
    has: Callable[[str], bool]
    role: Role
    open: Collection[object] = (True,)


@dataclass(frozen=True, slots=True)
class Claim:
    """Typed texts that answer what a feature asks.

    ``asking`` is empty as long as nothing is asked of anybody; it is looked at before anything else is. ``since`` tells
    since when a text like this one answers what is asked; None if it answers nothing. ``typed`` takes it, and
    ``repeated`` what nobody took: it may have been taken by a process that ended before it said so. ``unread`` is the
    reply to what nobody could read, in place of a passage that might give the answer away.
    """

    asking: Collection[object]
    since: Callable[[Incoming], datetime | None]
    typed: Typed
    repeated: Typed | None = None
    unread: Typed | None = None


Ask = Callable[[str, Incoming, Dialogue, datetime], Awaitable[Reply]]
"""Answers a question, asked in a dialogue at a moment."""


@dataclass(frozen=True, slots=True)
class Feature:
    """What a feature takes over. ``code`` is the letter before its buttons; without it their names are letters.

    ``typed`` takes texts of a dialogue: if there is a ``wizard``, of those who are in the middle of one, else of
    persons who used a handler of the feature that takes a role since the start, and still may use the latest of them.
    ``claim``: typed texts that answer what it asks. ``unlimited``: its buttons, and the answers that it takes, are
    never too many. ``ask`` answers what nobody else took.

    ``jobs`` run beside the channels, by name. ``works`` tells whether the feature does what it is for, ``drain`` waits
    a little for what is on its way to the store.
    """

    commands: Mapping[CommandName, Handler] = field(default_factory=dict)
    buttons: Mapping[str, Handler] = field(default_factory=dict)
    code: Code | None = Code.ADMIN
    typed: Typed | None = None
    wizard: Wizard | None = None
    document: Handler | None = None
    claim: Claim | None = None
    unlimited: bool = False
    ask: Ask | None = None
    jobs: Mapping[str, Callable[[], Coroutine[Any, Any, None]]] = field(default_factory=dict)
    works: Callable[[], bool] | None = None
    drain: Callable[[], Awaitable[None]] | None = None


@dataclass(slots=True)
class _Message:
    """What came in, parsed. ``name`` is that of the command or button, ``rest`` what stands behind it.

    ``claims`` are those on a typed text, each since when, the latest first.
    """

    incoming: Incoming
    command: Command | None = None
    handler: Handler | None = None
    name: str = ""
    rest: str = ""
    code: Code | None = None
    claims: Sequence[tuple[datetime, Claim]] = ()


class Router:
    """The one entrance: ``Incoming`` → ``Reply``. It knows no channel: keys of persons and chats are opaque to it.

    Raises ValueError if two features claim the same. ``admin_names`` keeps the names of those who use what takes a
    role; ``guard`` and ``dialogues`` are those of the features. ``directory`` knows which channels run, so that
    people can be told where something works; ``shelf`` which documents there are.
    """

    _shelf: Shelf | None = None

    def __init__(
        self,
        features: Sequence[Feature],
        rights: RolePolicy,
        audit: AuditLog,
        clock: Clock,
        *,
        admin_names: AdminNameRecorder | None = None,
        limiter: Limiter | None = None,
        guard: AnswerGuard | None = None,
        dialogues: Dialogues | None = None,
        directory: ChannelDirectory | None = None,
        shelf: Shelf | None = None,
    ) -> None:
        self._shelf = shelf
        self.directory = directory or ChannelDirectory()
        self._commands = _joined((name, handler) for feature in features for name, handler in feature.commands.items())
        self._buttons = _joined(
            ((feature.code or name, name if feature.code else ""), handler)
            for feature in features
            for name, handler in feature.buttons.items()
        )
        self._document = _only([feature.document for feature in features], "documents")
        self._ask = _only([feature.ask for feature in features], "questions")
        self._features = tuple(features)
        self._codes = frozenset(feature.code for feature in features if feature.buttons or feature.commands)
        self._unlimited = frozenset(feature.code for feature in features if feature.unlimited)
        self._claims = tuple(feature.claim for feature in features if feature.claim is not None)
        self._talking = tuple((number, one) for number, one in enumerate(features) if one.typed is not None)
        self._begun: dict[tuple[int, str], Handler] = {}  # by feature and person; persons with a role are few
        self._attempts = AuditQuota(audit)
        self._rights = rights
        self._audit = audit
        self._clock = clock
        self._admin_names = admin_names
        self._limiter = limiter
        self._guard = guard or AnswerGuard()
        self._dialogues = Dialogues() if dialogues is None else dialogues

    async def handle(self, incoming: Incoming) -> Reply:
        """The reply to ``incoming``. Never raises: what goes wrong is logged and told with the request's id."""
        try:
            return await self._handle_of(incoming)
        except (UnknownPointError, UnknownSectionError) as error:
            return say(str(error))
        except Exception:
            _log.exception("request failed", extra={"request_id": incoming.request_id})
            return replace(say(wording.FAILED.format(request_id=incoming.request_id)), failed=True)

    @property
    def has_several_documents(self) -> bool:
        """Whether people may choose which document they read."""
        return self._shelf is not None and self._shelf.library.is_shelf

    @property
    def documents(self) -> Mapping[str, Knowledge]:
        """All documents by their keys, if there are several."""
        if self._shelf is None or not self.has_several_documents:
            return {}
        return {key: one.knowledge for key, one in self._shelf.library.documents.items()}

    @asynccontextmanager
    async def reading(self, incoming: Incoming) -> AsyncIterator[Incoming]:
        """Within, the document that is served is the one that ``incoming`` is about."""
        if self._shelf is None:
            yield incoming
            return
        async with self._shelf.reading(incoming) as read:
            yield read

    async def route(self, incoming: Incoming) -> Reply | None:
        """The reply of the handler that ``incoming`` belongs to; None if it may be a question."""
        return await self._perform(self._parse(incoming), self._dialogues.of(incoming, self._clock()))

    async def load(self) -> bool:
        """Take up the dialogues begun before the start; False if some could not be read. Never raises.

        Beside what members ask, never within: none of them waits for it.
        """
        loaded = [await feature.wizard.load() for feature in self._features if feature.wizard is not None]
        return all(loaded)

    def works(self) -> bool:
        """Whether all features do what they are for. To be called in a worker thread."""
        return all(feature.works() for feature in self._features if feature.works is not None)

    async def drain(self) -> None:
        """Wait a little for what is still on its way to the store: called when the bot stops."""
        for feature in self._features:
            if feature.drain is not None:
                await feature.drain()

    def withholds(self, incoming: Incoming) -> bool:
        """Whether no list of passages is to be shown to whom ``incoming`` is from: a contest asks about one of them."""
        return self._guard.refuse_browsing(incoming) is not None

    def recall(self, chat: str, person: str, questions: Sequence[str]) -> None:
        """Take ``questions``, the latest last, for what ``person`` asked before in ``chat``."""
        self._dialogues.get(chat, person, self._clock()).questions = tuple(questions)[-MAX_QUESTIONS:]

    def remember_offer(self, chat: str, person: str, reply: Reply) -> None:
        """``reply`` was said in ``chat`` of the bot's own accord: what ``person`` picks by number is of it."""
        self._dialogues.get(chat, person, self._clock()).remember_offer(reply)

    async def help_for(self, person: str, unable: Collection[CommandName] = frozenset()) -> str:
        """The commands that ``person`` may use here, a line each; nothing for who has no role.

        ``unable``: those that would do nothing on the channel.
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
            and ROLES.index(self._commands[name].role or "host") <= ROLES.index(role)
        ]
        return "\n".join([Wording.HELP.format(role=Wording.ROLES[role]), *lines]) if lines else ""

    # ── from what came in to its handler ──

    async def _handle_of(self, incoming: Incoming) -> Reply:
        """As ``_handle``, for the document that ``incoming`` is about."""
        if self._shelf is not None and self._shelf.is_gone(incoming.action):
            return Reply(toast=wording.Shelf.GONE)
        async with self.reading(incoming) as read:
            return await self._handle(read)

    def _tagged(self, reply: Reply) -> Reply:
        return reply if self._shelf is None else self._shelf.tagged(reply)

    async def _handle(self, incoming: Incoming) -> Reply:
        now = self._clock()
        self._guard.record_member(incoming)
        dialogue = self._dialogues.of(incoming, now)
        message = self._parse(incoming)
        free = self._is_free(message)  # an answer that turns out to be none is counted after all
        reply = await self._perform(message, dialogue) if free else None
        if reply is None and self._limiter is not None:
            reply = await self._limiter.refuse(incoming, now, message.command)
        if reply is None and not free:
            reply = await self._perform(message, dialogue)
        if reply is None and incoming.document is not None:  # from somebody whose files are of no use here
            reply = say(wording.ONLY_TEXT) if incoming.is_private or incoming.text else Reply()
        if reply is None:
            return await self._question(message, dialogue, now)
        reply = self._tagged(reply)
        if message.handler is None or message.handler.offers:
            dialogue.remember_offer(reply)
        return reply

    def _parse(self, incoming: Incoming) -> _Message:
        """``incoming`` with the handler that is registered for it."""
        if incoming.action:
            action = parse_action(incoming.action)
            if action is None:
                return _Message(incoming)
            name, _, rest = action.target.partition("-")
            handler = self._buttons.get((action.code, name)) if name else None  # an id may begin with a hyphen
            if handler is None and (alone := self._buttons.get((action.code, ""))) is not None:
                return _Message(incoming, None, alone, action.code, action.target, action.code)
            return _Message(incoming, None, handler, name, rest, action.code)
        command = command_of(incoming.text)
        claims = self._claiming(incoming) if command is None and not incoming.is_inline else ()
        if incoming.document is not None:
            return _Message(incoming, command, self._document, "document", incoming.document.name, claims=claims)
        if command is None:
            return _Message(incoming, claims=claims)
        return _Message(incoming, command, self._commands.get(command.name), command.name, command.rest)

    def _is_free(self, message: _Message) -> bool:
        """Whether it is a button, or may be an answer, of which none is ever too many."""
        if message.incoming.is_inline:
            return False
        if message.incoming.action:
            return message.code in self._unlimited
        return bool(message.claims)

    async def _perform(self, message: _Message, dialogue: Dialogue) -> Reply | None:
        """Do what ``message`` asks for; None if it may be a question."""
        incoming = message.incoming
        if incoming.is_inline and message.command is None and not incoming.action:
            return None
        try:
            if incoming.action:
                return await self._press(message)
            if incoming.document is not None:
                return await self._take_document(message)
            if message.command is None:
                reply = await self._in_dialogue(incoming) or await self._claimed(message, dialogue)
                return reply or await self._wanted(message) or await self._not_read(message, dialogue)
            return await self._obey(message.command, message)
        except (StorageError, DocumentError, RightsUnknownError) as error:
            _log.warning("not done: %s", error, extra={"request_id": incoming.request_id})
            return told(str(error), incoming)

    async def _press(self, message: _Message) -> Reply | None:
        handler = message.handler
        if handler is not None:
            return await self._do(handler, message) if handler.inline or not message.incoming.is_inline else None
        gone = _GONE.get(message.code) if message.code in self._codes and message.code is not None else None
        return Reply(toast=gone) if gone is not None else None

    async def _take_document(self, message: _Message) -> Reply | None:
        handler = message.handler
        if handler is None or not await self._may(message.incoming.person, handler):
            return None  # members send pictures and forms: they mean no harm
        return await self._do(handler, message)

    async def _obey(self, command: Command, message: _Message) -> Reply | None:
        incoming, handler = message.incoming, message.handler
        of_admins = command.name in ADMIN_COMMANDS
        if incoming.is_inline:
            return await self._do(handler, message) if handler is not None and handler.inline else None
        if of_admins and not command.slashed and not (handler and await self._may(incoming.person, handler)):
            return None  # «统计» of a member is a question
        if handler is not None:
            return await self._do(handler, message)
        if (refused := self._refuse_channel(message)) is not None:
            return refused
        if command.name == "unknown":  # such as /cancel, which only a dialogue knows
            return await self._in_dialogue(incoming)
        return say(Wording.UNKNOWN) if of_admins and Code.ADMIN in self._codes else None

    # ── typed texts ──

    async def _question(self, message: _Message, dialogue: Dialogue, now: datetime) -> Reply:
        """The reply to a question, or to a number or label that picks what was offered."""
        incoming, command = message.incoming, message.command
        if incoming.action:
            return Reply(toast=wording.UNKNOWN_ACTION)
        if self._ask is None or (command is not None and (command.slashed or command.name not in ADMIN_COMMANDS)):
            return say(unknown_command(incoming.channel, alone=incoming.is_private))
        offer = pick_by_number(incoming.text, incoming.offered) or dialogue.pick(incoming.text)
        if offer is None:
            reply = self._tagged(await self._ask(incoming.text, incoming, dialogue, now))
            dialogue.remember_offer(reply)
            return reply
        if offer.action:  # is counted already
            return await self._handle_of(replace(incoming, action=offer.action, skip_rate_limit=True))
        return say(wording.PICK_RANGE.format(count=len(incoming.offered or dialogue.choices)))

    def _claiming(self, incoming: Incoming) -> Sequence[tuple[datetime, Claim]]:
        """The claims on a typed text, each since when, the latest first."""
        claims = [claim for claim in self._claims if claim.asking]
        if not claims:
            return ()
        found = [(moment, claim) for claim in claims if (moment := claim.since(incoming)) is not None]
        return sorted(found, key=lambda one: one[0], reverse=True)

    async def _claimed(self, message: _Message, dialogue: Dialogue) -> Reply | None:
        """The reply to an answer to what was asked last; to what was asked before, if it is none to that.

        A number picks of what was offered if that came later; what it replies to wins over both.
        """
        incoming, claims = message.incoming, message.claims
        if pick_by_number(incoming.text, incoming.offered) is not None:
            return None
        if claims and dialogue.picks_by_number_since(incoming.text, claims[0][0]):
            return None
        for _, claim in claims:
            reply = await claim.typed(incoming)
            if reply is not None:
                return reply
        for claim in self._claims:
            reply = await claim.repeated(incoming) if claim.repeated is not None else None
            if reply is not None:
                return reply
        return None

    async def _wanted(self, message: _Message) -> Reply | None:
        """What a sentence that wants to play asks for; None for any other, or where nothing is played."""
        command = want_of(message.incoming.text)
        if command is None or self.directory.missing(command, message.incoming.channel) is not None:
            return None
        handler = self._commands.get(command.name)
        return await self._do(handler, replace(message, rest=command.rest, handler=handler)) if handler else None

    async def _not_read(self, message: _Message, dialogue: Dialogue) -> Reply | None:
        """What is said of a text that answers nothing, while a question waits for an answer."""
        incoming = message.incoming
        if not message.claims or pick_by_number(incoming.text, incoming.offered) or dialogue.pick(incoming.text):
            return None
        for _, claim in message.claims:
            reply = await claim.unread(incoming) if claim.unread is not None else None
            if reply is not None:
                return reply
        return None

    async def _in_dialogue(self, incoming: Incoming) -> Reply | None:
        for number, feature in self._talking:
            needed = self._role_in_dialogue(number, feature, incoming.person)
            if feature.typed is None or needed is None or not incoming.channel.identity:
                continue
            reply = await feature.typed(incoming) if await self._rights.may(incoming.person, needed) else None
            if reply is not None:
                return reply
        return None

    def _role_in_dialogue(self, number: int, feature: Feature, person: str) -> Role | None:
        """The role that a dialogue of a feature takes; None if ``person`` has begun none."""
        wizard = feature.wizard
        if wizard is not None:
            return wizard.role if wizard.open and wizard.has(person) else None
        begun = self._begun.get((number, person))
        return begun.role if begun is not None else None

    # ── permission, audit log ──

    async def _do(self, handler: Handler, message: _Message) -> Reply:
        incoming = message.incoming
        if (refused := self._refuse_channel(message)) is not None:
            return refused
        if handler.role is not None:
            role = await self._rights.read_role(incoming.person)
            if not includes(role, handler.role):
                return await self._refuse(handler.role, role, message)
        if handler.audited:
            await self._audit.append(self._entry(message, allowed=True))
            if self._admin_names is not None:
                await self._admin_names.record_seen(incoming.person, incoming.name)
        if handler.role is not None:
            for number, feature in self._talking:
                if handler in (*feature.commands.values(), *feature.buttons.values(), feature.document):
                    self._begun[number, incoming.person] = handler
        return await handler.handle(message.rest, incoming)

    def _refuse_channel(self, message: _Message) -> Reply | None:
        """What is said if the channel cannot do what was typed, pressed or sent; None if it can.

        Whatever takes a role takes a channel that knows who somebody is.
        """
        incoming, handler = message.incoming, message.handler
        command = message.command if incoming.document is None else None  # not what stands below a file
        missing = self.directory.missing(command, incoming.channel) if command is not None else None
        if missing is None and handler is not None and handler.role is not None and not incoming.channel.identity:
            missing = "identity"
        return None if missing is None else told(self.directory.refusal(missing, incoming.channel), incoming)

    async def _may(self, person: str, handler: Handler) -> bool:
        return handler.role is None or await self._rights.may(person, handler.role)

    async def _refuse(self, needed: Role, role: Role | None, message: _Message) -> Reply:
        incoming, known = message.incoming, role is not None
        _log.warning("refused: %s", message.name, extra={"request_id": incoming.request_id, "person": incoming.person})
        entry = self._entry(message, allowed=False)
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

    def _entry(self, message: _Message, *, allowed: bool) -> AuditRecord:
        incoming = message.incoming
        # «/grant 编辑» in reply to somebody says nothing without that somebody
        detail = " ".join(part for part in (incoming.reply_to_member, readable(message.rest).strip()) if part)
        name = message.name
        return AuditRecord(self._clock(), incoming.person, name, detail[:MAX_DETAIL], allowed, incoming.request_id)


def _joined(parts: Iterable[tuple[K, Handler]]) -> dict[K, Handler]:
    joined: dict[K, Handler] = {}
    for name, handler in parts:
        if name in joined:
            raise ValueError(f"two features claim {name}")
        joined[name] = handler
    return joined


def _only(parts: Sequence[T | None], what: str) -> T | None:
    """The one of ``parts`` that is there, if any. Raises ValueError if there are more."""
    found = [part for part in parts if part is not None]
    if len(found) > 1:
        raise ValueError(f"two features take {what}")
    return found[0] if found else None
