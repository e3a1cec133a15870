"""What is to be seen on each visitor's page. Bounded; what falls out of memory is read from the store again."""

from __future__ import annotations

import hashlib
import logging
from collections import OrderedDict, deque
from collections.abc import Sequence
from dataclasses import replace

from starlette.responses import Response

from bot.access.member_names import NameRefusedError
from bot.access.secret import Secret
from bot.channels.web.conversation_log import PRUNE_EVERY, ConversationLog, Exchange
from bot.channels.web.members import PageMembers, browser_kind, is_same_kind
from bot.channels.web.ports import NewId
from bot.conversation.messages import Choice, Reply, option_indices
from bot.errors import StorageError
from bot.text import shorten
from bot.wording import Web

COOKIE = "session"
COOKIE_LASTS = 366 * 24 * 3600
"""Seconds: a year from the last visit."""
_PURPOSE = "session"
MAX_SESSIONS = 5_000
MAX_NEW = 1_000
"""Sessions of visitors who have not come back with their cookie; most of a flood never do."""
MAX_EXCHANGES = 40
MAX_SAID = 500
"""Characters of a question that stay on the page; anything longer was refused as too long anyway."""

_log = logging.getLogger(__name__)


class Session:
    """One visitor's page: the latest exchanges, oldest first.

    ``id`` is the cookie: whoever has it is this visitor, so that it goes nowhere but back. ``key`` stands for the
    visitor everywhere else: in logs, in the audit log, in the database. ``origin``: the address it was opened from.
    ``name``: what a member is called, nothing for a guest; ``browser``: the kind of browser where that was said.
    ``is_loaded``: what is in the store of this visitor was read.
    """

    def __init__(self, session_id: str, limit: int, origin: str = "", log: ConversationLog | None = None) -> None:
        self.id = session_id
        self.origin = origin
        self.key = key_of(session_id)
        self.name = ""
        self.browser = ""
        self.is_loaded = False
        self._exchanges: deque[Exchange] = deque(maxlen=limit)
        self._log = log or ConversationLog(None)
        self._replying = 0
        self._held: list[Reply] = []
        self._added = 0

    @property
    def person(self) -> str:
        """The visitor, and the chat with him, in the conversation."""
        return f"web:{self.key}"

    @property
    def exchanges(self) -> tuple[Exchange, ...]:
        """The exchanges that are still kept, oldest first."""
        return tuple(self._exchanges)

    def load(self, exchanges: Sequence[Exchange], name: str, browser: str) -> None:
        """Take up what was saved of this visitor, before what was said since."""
        known = {exchange.number for exchange in self._exchanges}
        whole = [*(one for one in exchanges if one.number not in known), *self._exchanges]
        self._exchanges.clear()
        self._exchanges.extend(whole)
        self.name, self.browser, self.is_loaded = name, browser, True
        for exchange in whole:
            if exchange.number not in {one.number for one in exchanges}:
                self._save(exchange)

    def add(self, said: str, reply: Reply) -> Exchange:
        """Append an exchange, without what would keep an old version of the knowledge alive."""
        shown = replace(reply, verdict=None, point=None, toast="")
        if reply.form is not None:  # of one contest, and of all reviews, only the latest question can be answered
            self._close(reply.form.action.rpartition("-")[0].rpartition("-")[0] + "-")
        exchange = Exchange(shorten(said, MAX_SAID), shown, number=self._log.next_number())
        self._exchanges.append(exchange)
        self._save(exchange)
        self._added += 1
        if self._added % PRUNE_EVERY == 0 and self.is_loaded:
            self._log.prune(self.person, self._exchanges[0].number)
        return exchange

    def is_from(self, user_agent: str) -> bool:
        """Whether a request of that browser may come from the one that the member's cookie was given to."""
        return not self.browser or is_same_kind(self.browser, browser_kind(user_agent))

    def post(self, reply: Reply) -> None:
        """Append what the bot says of its own accord; behind the reply, while one is on its way."""
        if self._replying:
            self._held.append(reply)
        else:
            self.add("", reply)

    def begin_reply(self) -> None:
        """From now on what is posted waits for ``end_reply``."""
        self._replying += 1

    def end_reply(self) -> tuple[Reply, ...]:
        """A reply is about to be added: gives what was posted meanwhile, for whoever adds it behind that."""
        self._replying -= 1
        held, self._held = tuple(self._held), []
        return held

    def clear(self) -> None:
        """Forget all exchanges."""
        self._exchanges.clear()

    def select(self, action: str, *, answered: bool = False) -> None:
        """Let the button that does ``action`` be the chosen one of its reply; ``answered``: an option, for good."""
        for index, exchange in enumerate(self._exchanges):
            form = exchange.reply.form
            if any(tool.action == action for tool in exchange.reply.tools) or (form and form.owns(action)):
                self._replace(index, replace(exchange, selected_action=action, is_answered=answered))

    def deselect(self, action: str) -> None:
        """Let the tool that does ``action`` not be the chosen one of its reply any more."""
        for index, exchange in enumerate(self._exchanges):
            if exchange.selected_action == action:
                self._replace(index, replace(exchange, selected_action=""))

    def _close(self, action: str) -> None:
        for index, exchange in enumerate(self._exchanges):
            form = exchange.reply.form
            if form is not None and not exchange.is_answered and form.action.startswith(action):
                self._replace(index, replace(exchange, is_answered=True))

    def _replace(self, index: int, exchange: Exchange) -> None:
        self._exchanges[index] = exchange
        self._save(exchange)

    def _save(self, exchange: Exchange) -> None:
        if self.is_loaded and not exchange.reply.transient:
            self._log.save(self.person, exchange, self.origin)

    def label(self, action: str) -> str:
        """What stood on the button that does ``action``, the latest first; nothing if there is none."""
        for exchange in reversed(self._exchanges):
            found = label_in(exchange.reply, action)
            if found:
                return found
        return ""


class Sessions:
    """The pages of all visitors; the longest unused go first when there are too many.

    Whoever has come back with the cookie is kept apart from those who have not: posts without a cookie, however many,
    erase nobody's page but each other's. Among either, the address with the most sessions loses one of its own.

    ``secret`` signs ids: a cookie with a signature is known without being kept, also after a restart. None: ids are
    good for as long as their session is kept. ``log`` saves what is said, ``members`` know who is called what.
    """

    def __init__(
        self,
        new_id: NewId,
        secret: Secret | None = None,
        *,
        log: ConversationLog | None = None,
        members: PageMembers | None = None,
        limit: int = MAX_SESSIONS,
        new: int = MAX_NEW,
        exchanges: int = MAX_EXCHANGES,
    ) -> None:
        self._new_id = new_id
        self._secret = secret
        self._exchanges = exchanges
        self._log = log or ConversationLog(None)
        self._members = members
        self._known = _BoundedSessions(limit)
        self._new = _BoundedSessions(new)

    def __len__(self) -> int:
        return len(self._known) + len(self._new)

    def peek(self, session_id: str | None) -> Session | None:
        """The session of that id, for a mere look, which costs nothing and therefore protects nothing."""
        return self._known.get(session_id or "") or self._new.get(session_id or "")

    def find_known(self, session_id: str | None, origin: str = "") -> Session | None:
        """The session of that id, of a visitor who came back with it and was counted. Ids that this process did not
        give out are not taken from a visitor. ``origin``: where the visitor comes from, if that is not known yet."""
        session = self.peek(session_id)
        if session is not None:
            self._new.discard(session)
            self._known.discard(session)
            session.origin = session.origin or origin
            self._known.put(session)
        return session

    def is_issued(self, session_id: str | None) -> bool:
        """Whether the bot gave that id out, as far as can be told."""
        text = session_id or ""
        if self.peek(text) is not None:
            return True
        name, _, signature = text.rpartition(".")
        return name != "" and self._secret is not None and self._secret.verify(_PURPOSE, name, signature)

    async def load(self, session: Session) -> None:
        """Read what is in the store of a visitor, once. Never raises: what cannot be read is tried again later."""
        if session.is_loaded or not self._log.is_lasting or not self.is_issued(session.id):
            return
        try:
            name, browser = await self._members.find(session.person) if self._members is not None else ("", "")
            found = await self._log.latest(session.person, self._exchanges)
        except StorageError as error:
            _log.warning("a visitor's page cannot be read: %s", error)
            return
        if not session.is_loaded:  # another request may have done it meanwhile
            session.load(found, name, browser)

    async def look(self, session_id: str | None) -> Session | None:
        """The session of that id, with what was saved of it, for a mere look."""
        session = self.peek(session_id)
        if session is None and session_id and self._log.is_lasting and self.is_issued(session_id):
            session = Session(session_id, self._exchanges, log=self._log)
            await self.load(session)
            if session.exchanges or session.name:  # somebody who has been here before
                session = self.peek(session_id) or session
                self._known.put(session)
        elif session is not None:
            await self.load(session)
        return session

    async def post(self, chat: str, reply: Reply) -> bool:
        """Say ``reply`` on the page of the visitor ``chat``, seen when it is looked at next; False for no visitor."""
        channel, _, key = chat.partition(":")
        if channel != "web":
            return False
        session = self._known.by_key(key) or self._new.by_key(key)
        if session is not None:
            session.post(reply)
        else:
            self._log.save(chat, Exchange("", replace(reply, verdict=None, point=None), number=self._log.next_number()))
        return True

    async def introduce(
        self, session: Session, name: str, browser: str, origin: str = "", *, shared: bool = False
    ) -> None:
        """Call a visitor by that name from now on, as ``PageMembers.introduce`` does. Raises StorageError too."""
        if self._members is None:
            raise NameRefusedError(Web.NAME_NOT_HERE)
        session.name = await self._members.introduce(session.person, name, browser, origin, shared=shared)
        session.browser = browser

    async def clear(self, session: Session) -> None:
        """Delete the conversation of a visitor. Raises StorageError."""
        await self._log.delete(session.person)
        session.clear()

    async def forget(self, member: str) -> None:
        """Nobody is called that any more, and what was said is not shown: the store forgets it by itself."""
        await self._log.drain()  # what is on its way would be there again
        key = member.removeprefix("web:")
        session = self._known.by_key(key) or self._new.by_key(key)
        if session is not None:
            session.name = session.browser = ""
            session.clear()

    def fresh_id(self) -> str:
        """An id for a visitor of whom nothing is kept yet; nothing if it would not be known later."""
        return self._signed_id() if self._secret is not None else ""

    def start(self, session_id: str | None = None, origin: str = "") -> Session:
        """A fresh session, of that id if the bot gave it out, for a visitor from ``origin``."""
        own = session_id if session_id and self.is_issued(session_id) else self._signed_id()
        session = Session(own, self._exchanges, origin, self._log)
        self._new.put(session)
        return session

    def _signed_id(self) -> str:
        # Not itsdangerous: what a visitor has learned is stored under the hash of this very text. It reads several
        # spellings of one signature alike, which would be as many visitors, and cookies of earlier versions must last.
        name = self._new_id()
        return name if self._secret is None else f"{name}.{self._secret.signature(_PURPOSE, name)}"


class _BoundedSessions:
    """At most ``limit`` sessions, the longest unused first. One too many is taken from the address with the most."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._by_id: OrderedDict[str, Session] = OrderedDict()
        self._by_origin: dict[str, OrderedDict[str, Session]] = {}
        self._by_key: dict[str, Session] = {}

    def __len__(self) -> int:
        return len(self._by_id)

    def get(self, session_id: str) -> Session | None:
        """The session of that id."""
        return self._by_id.get(session_id)

    def by_key(self, key: str) -> Session | None:
        """The session of that key."""
        return self._by_key.get(key)

    def put(self, session: Session) -> None:
        """Keep ``session`` as the one that was used last."""
        self.discard(session)
        self._by_id[session.id] = session
        self._by_key[session.key] = session
        self._by_origin.setdefault(session.origin, OrderedDict())[session.id] = session
        if len(self._by_id) > self._limit:
            self.discard(self._superfluous())

    def discard(self, session: Session) -> None:
        """Forget ``session``, if it is here."""
        if self._by_id.pop(session.id, None) is None:
            return
        self._by_key.pop(session.key, None)
        same = self._by_origin[session.origin]
        del same[session.id]
        if not same:
            del self._by_origin[session.origin]

    def _superfluous(self) -> Session:
        most = max(map(len, self._by_origin.values()))
        if most == 1:
            return next(iter(self._by_id.values()))
        return next(next(iter(same.values())) for same in self._by_origin.values() if len(same) == most)


def label_in(reply: Reply, action: str) -> str:
    """What stands on the button of ``reply`` that does ``action``; nothing if there is none."""
    buttons: tuple[Choice, ...] = (*reply.choices, *reply.tools)
    form = reply.form
    if form is not None and form.owns(action):
        chosen = option_indices(action.removeprefix(form.action)) or ()
        return "；".join(form.labels[index] for index in chosen if index < len(form.labels))
    return next((button.label for button in buttons if button.action == action), "")


def set_cookie(response: Response, session_id: str, *, secure: bool) -> None:
    """Give a visitor's browser the id of the session; ``secure``: it travels over https only."""
    response.set_cookie(
        COOKIE, session_id, max_age=COOKIE_LASTS, httponly=True, samesite="lax", secure=secure, path="/"
    )


def key_of(session_id: str) -> str:
    """What stands for the visitor with the cookie ``session_id`` everywhere but on the way to and from the browser."""
    return hashlib.sha256(session_id.encode()).hexdigest()[:16]
