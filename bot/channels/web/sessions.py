"""What is to be seen on each visitor's page. Kept in memory only, and bounded."""

from __future__ import annotations

import hashlib
from collections import OrderedDict, deque
from dataclasses import dataclass, replace

from bot.access.secret import Secret
from bot.channels.web.ports import NewId
from bot.conversation.messages import Choice, Reply
from bot.text import shorten

COOKIE = "session"
_PURPOSE = "session"
MAX_SESSIONS = 5_000
MAX_NEW = 1_000
"""Sessions of visitors who have not come back with their cookie; most of a flood never do."""
MAX_EXCHANGES = 20
MAX_SAID = 500
"""Characters of a question that stay on the page; anything longer was refused as too long anyway."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """What the visitor said (nothing for a press without words), the reply, and which of its tools is chosen."""

    text: str
    reply: Reply
    selected_action: str = ""


class Session:
    """One visitor's page: the latest exchanges, oldest first.

    ``id`` is the cookie: whoever has it is this visitor, so that it goes nowhere but back. ``key`` stands for the
    visitor everywhere else: in logs, in the audit log, in the database. ``origin``: the address it was opened from.
    """

    def __init__(self, session_id: str, limit: int, origin: str = "") -> None:
        self.id = session_id
        self.origin = origin
        self.key = hashlib.sha256(session_id.encode()).hexdigest()[:16]
        self._exchanges: deque[Exchange] = deque(maxlen=limit)

    @property
    def exchanges(self) -> tuple[Exchange, ...]:
        """The exchanges that are still kept, oldest first."""
        return tuple(self._exchanges)

    def add(self, said: str, reply: Reply) -> Exchange:
        """Append an exchange, without what would keep an old version of the knowledge alive."""
        exchange = Exchange(shorten(said, MAX_SAID), replace(reply, verdict=None, point=None))
        self._exchanges.append(exchange)
        return exchange

    def select(self, action: str) -> None:
        """Let the tool that does ``action`` be the chosen one of its reply."""
        for index, exchange in enumerate(self._exchanges):
            if any(tool.action == action for tool in exchange.reply.tools):
                self._exchanges[index] = replace(exchange, selected_action=action)

    def deselect(self, action: str) -> None:
        """Let the tool that does ``action`` not be the chosen one of its reply any more."""
        for index, exchange in enumerate(self._exchanges):
            if exchange.selected_action == action:
                self._exchanges[index] = replace(exchange, selected_action="")

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
    good for as long as their session is kept.
    """

    def __init__(
        self,
        new_id: NewId,
        secret: Secret | None = None,
        *,
        limit: int = MAX_SESSIONS,
        new: int = MAX_NEW,
        exchanges: int = MAX_EXCHANGES,
    ) -> None:
        self._new_id = new_id
        self._secret = secret
        self._exchanges = exchanges
        self._known = _BoundedSessions(limit)
        self._new = _BoundedSessions(new)

    def __len__(self) -> int:
        return len(self._known) + len(self._new)

    def peek(self, session_id: str | None) -> Session | None:
        """The session of that id, for a mere look, which costs nothing and therefore protects nothing."""
        return self._known.get(session_id or "") or self._new.get(session_id or "")

    def find_known(self, session_id: str | None) -> Session | None:
        """The session of that id, of a visitor who came back with it and was counted. Ids that this process did not
        give out are not taken from a visitor."""
        session = self.peek(session_id)
        if session is not None:
            self._new.discard(session)
            self._known.put(session)
        return session

    def is_issued(self, session_id: str | None) -> bool:
        """Whether the bot gave that id out, as far as can be told."""
        text = session_id or ""
        if self.peek(text) is not None:
            return True
        name, _, signature = text.rpartition(".")
        return name != "" and self._secret is not None and self._secret.verify(_PURPOSE, name, signature)

    def fresh_id(self) -> str:
        """An id for a visitor of whom nothing is kept yet; nothing if it would not be known later."""
        return self._signed_id() if self._secret is not None else ""

    def start(self, session_id: str | None = None, origin: str = "") -> Session:
        """A fresh session, of that id if the bot gave it out, for a visitor from ``origin``."""
        own = session_id if session_id and self.is_issued(session_id) else self._signed_id()
        session = Session(own, self._exchanges, origin)
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

    def __len__(self) -> int:
        return len(self._by_id)

    def get(self, session_id: str) -> Session | None:
        """The session of that id."""
        return self._by_id.get(session_id)

    def put(self, session: Session) -> None:
        """Keep ``session`` as the one that was used last."""
        self.discard(session)
        self._by_id[session.id] = session
        self._by_origin.setdefault(session.origin, OrderedDict())[session.id] = session
        if len(self._by_id) > self._limit:
            self.discard(self._superfluous())

    def discard(self, session: Session) -> None:
        """Forget ``session``, if it is here."""
        if self._by_id.pop(session.id, None) is None:
            return
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
    return next((button.label for button in buttons if button.action == action), "")
