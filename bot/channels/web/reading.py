"""Which of several documents a request is about: the one its address names, else the one that the visitor reads."""

from __future__ import annotations

from urllib.parse import quote

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.channels.web.sessions import COOKIE, Sessions, key_of
from bot.conversation.messages import Code, Incoming, untagged
from bot.conversation.router import Router

_PASSAGE = "/p/"
DOCUMENT = "document"
"""The parameter of an address that names a document by its key."""


class ReadingMiddleware:
    """Within, what is served is that document. ``/p/road_3fa2c1`` is passage ``road`` of the document ``3fa2c1``.

    A document that the address names is in the scope as ``document``, so that links on the page can name it too.
    """

    def __init__(self, app: ASGIApp, conversation: Router, sessions: Sessions) -> None:
        self._app = app
        self._conversation = conversation
        self._sessions = sessions

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or not self._conversation.has_several_documents:
            await self._app(scope, receive, send)
            return
        connection = HTTPConnection(scope)
        key = connection.query_params.get(DOCUMENT, "")
        path = scope["path"]
        key = key or untagged(Code.POINT.to(connection.query_params.get("point", "")))[1]
        if path.startswith(_PASSAGE):
            action, own = untagged(Code.POINT.to(path.removeprefix(_PASSAGE)))
            if own in self._conversation.documents:  # else there is no such passage
                key, path = own, _PASSAGE + action.removeprefix(Code.POINT.to())
                scope = {**scope, "path": path, "raw_path": quote(path).encode()}
        if key:
            scope = {**scope, DOCUMENT: key}
        cookie = connection.cookies.get(COOKIE)
        known = cookie is not None and self._sessions.is_issued(cookie)
        chat = f"web:{key_of(cookie)}" if known and cookie is not None else "web:-"
        async with self._conversation.reading(Incoming(chat, chat, document_key=key)):
            await self._app(scope, receive, send)
