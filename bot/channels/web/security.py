"""What guards every route: headers, a limit on bodies, no posts from other sites. Pure ASGI."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.wording import Web

MAX_BODY = 64 * 1024
BODY_SECONDS: Final = 20.0
"""For a body to come, or to be dropped."""
LARGER_SECONDS: Final = 120.0
"""For a body of which more is allowed to come."""
MAX_DROPPED: Final = 32 * 1024 * 1024
"""Bytes of a body that is too long which are read all the same."""
BODY_RECEIVED: Final = "bot.body_received"
"""Among the ``extensions`` of a scope: our server had all of the body before the application was called."""
HEADERS_ADDED: Final = "bot.headers_added"
"""Among the ``extensions`` of a scope: our server itself adds the headers of this module."""
_CLOSE: Final = {"Connection": "close"}
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
_DEFAULT_PORTS = {"http": 80, "https": 443}

POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # not "no-referrer": browsers would then send "Origin: null" with our own forms
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
RAW_HEADERS: Final = {name.lower().encode(): value.encode() for name, value in HEADERS.items()}


class SecurityHeaders:
    """Puts the headers of this module on every response that does not have its own, unless the server does."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve, with the headers added."""
        if scope["type"] != "http" or HEADERS_ADDED in scope.get("extensions", ()):
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = list(message.get("headers", ()))
                own = {name.lower() for name, _ in headers}  # a page may be stricter
                message["headers"] = [*headers, *(header for header in RAW_HEADERS.items() if header[0] not in own)]
            await send(message)

        await self._app(scope, receive, send_with_headers)


class BodyLimit:
    """Raises HTTPException 413 for a body over ``limit`` bytes, 408 for one that takes longer than ``seconds``.

    ``larger`` allows more at some paths, whose routes look who sends it before they read it.
    A body that is too long is read on and dropped before that, ``dropped`` bytes of it at most: most programs send all
    of theirs before they look for a response, and would find the connection cut off instead.
    """

    def __init__(
        self,
        app: ASGIApp,
        limit: int = MAX_BODY,
        *,
        seconds: float = BODY_SECONDS,
        dropped: int = MAX_DROPPED,
        larger: Mapping[str, int] = MappingProxyType({}),
    ) -> None:
        self._app = app
        self._limit = limit
        self._seconds = seconds
        self._dropped = dropped
        self._larger = larger

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve, as far as the body is short enough."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        length, chunked = headers.get("content-length", "0"), "transfer-encoding" in headers
        if chunked and "content-length" in headers:
            # when a proxy goes by one and we by the other, a second request hides in the body (RFC 9112, 6.3)
            await self._drop(receive)
            raise HTTPException(400, Web.TWO_LENGTHS, headers=_CLOSE)
        limit = self._larger.get(scope.get("path", ""), self._limit)
        if length.isdecimal() and int(length[:20]) > limit:
            if headers.get("expect", "").lower() != "100-continue":  # who asks first sends nothing after a refusal
                await self._drop(receive)
            raise _too_large()
        # nothing to wait for or to count, as with most questions: a timer for each would be 2 % of what they cost
        received = BODY_RECEIVED in scope.get("extensions", ()) and not chunked
        await self._app(scope, receive if received else self._limited(receive, limit), send)

    def _limited(self, receive: Receive, limit: int) -> Receive:
        seen = 0
        deadline: float | None = None
        complete = False
        seconds = self._seconds if limit == self._limit else LARGER_SECONDS

        async def limited() -> Message:
            nonlocal seen, deadline, complete
            if complete:  # from now on only to hear that the client is gone
                return await receive()
            deadline = deadline or asyncio.get_running_loop().time() + seconds
            try:
                async with asyncio.timeout_at(deadline):
                    message = await receive()
            except TimeoutError:
                raise HTTPException(408, Web.TOO_SLOW.format(seconds=round(seconds)), headers=_CLOSE) from None
            if message["type"] == "http.request":
                complete = not message.get("more_body", False)
                seen += len(message.get("body", b""))
                if seen > limit:
                    if not complete:
                        await self._drop(receive)
                    raise _too_large()
            return message

        return limited

    async def _drop(self, receive: Receive) -> None:
        """Read what is left of the body, as far as that ends soon."""
        dropped = 0
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self._seconds):
                while dropped < self._dropped:
                    message = await receive()
                    if message["type"] != "http.request" or not message.get("more_body", False):
                        return
                    dropped += len(message.get("body", b""))


def _too_large() -> HTTPException:
    return HTTPException(413, Web.TOO_LARGE, headers=_CLOSE)


class SameSite:
    """Raises HTTPException 403 for what another site's page makes a browser send.

    Browsers say where a request comes from, and a page cannot change what they say. Programs say nothing and
    are let through, as nobody's cookie travels with them.
    """

    def __init__(self, app: ASGIApp, public_url: str = "") -> None:
        self._app = app
        self._public = origin_of(public_url)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve what comes from our own pages, from programs, or only reads."""
        if scope["type"] == "http" and scope["method"] not in _SAFE_METHODS:
            headers = Headers(scope=scope)
            if not self._ours(headers):
                raise HTTPException(403, Web.CROSS_SITE)
        await self._app(scope, receive, send)

    def _ours(self, headers: Headers) -> bool:
        site = headers.get("sec-fetch-site")
        if site is not None:
            return site in {"same-origin", "none"}
        origin = headers.get("origin")
        if origin is None:
            return True
        came_from = origin_of(origin)
        if came_from is None:
            return False
        # the browser itself filled in Host; a page of another site cannot make it name that site's host
        scheme, host, port = came_from
        here = origin_of(f"{scheme}://{headers.get('host', '')}")
        return (scheme, host, port) in (self._public, here)


def origin_of(url: str) -> tuple[str, str, int] | None:
    """Scheme, host and port of ``url``, the usual port filled in; None if it is no web address."""
    try:
        parts = urlsplit(url)
        port = parts.port or _DEFAULT_PORTS.get(parts.scheme)
    except ValueError:
        return None
    if not parts.hostname or port is None or parts.scheme not in _DEFAULT_PORTS:
        return None
    return parts.scheme, parts.hostname.lower(), port
