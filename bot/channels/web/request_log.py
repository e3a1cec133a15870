"""Gives each request its id, lets no failure out, logs and counts what was served. Pure ASGI."""

from __future__ import annotations

import logging
from typing import Final

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.channels.web.error_pages import ErrorPages
from bot.channels.web.metrics import WebMetrics
from bot.channels.web.ports import NewId, Stopwatch

_log = logging.getLogger(__name__)
_OK = 200
_LEFT = 499  # nobody is left to be answered
SLOW: Final = 1.0
"""Seconds from which a request has a line of its own, whatever else tells of it."""
_QUESTION_LOGGED: Final = "question_logged"
_ROUTINE = frozenset(
    {"/healthz", "/metrics", "/static/{name}", "/room/{code}/events", "/room/{code}/state", "/room/{code}/answer"}
)


class RequestLogMiddleware:
    """Wraps the application. The id of a request is ours: what a client sends as one is not taken over."""

    def __init__(
        self, app: ASGIApp, *, error_pages: ErrorPages, metrics: WebMetrics, new_id: NewId, stopwatch: Stopwatch
    ) -> None:
        self._app = app
        self._error_pages = error_pages
        self._metrics = metrics
        self._new_id = new_id
        self._stopwatch = stopwatch

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve; an exception becomes a response if none was begun."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = self._new_id()
        scope["state"] = {**scope.get("state", {}), "request_id": request_id}
        status = 0
        started = self._stopwatch()

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message.get("headers", ()), (b"x-request-id", request_id.encode())]
            await send(message)

        try:
            await self._app(scope, receive, send_with_id)
        except ClientDisconnect:
            status = status or _LEFT
        except Exception as error:
            response = self._error_pages.response(scope, error)
            if not status:
                await response(scope, receive, send_with_id)
        finally:
            seconds = self._stopwatch() - started
            route = getattr(scope.get("route"), "path", "other")
            self._metrics.count_request(route, status, seconds)
            told = status == _OK and seconds < SLOW and scope["state"].get(_QUESTION_LOGGED, False)
            # whoever leaves in the middle of thousands of requests must not fill the log
            level = logging.DEBUG if route in _ROUTINE or status == _LEFT or told else logging.INFO
            fields = {
                "request_id": request_id,
                "route": route,
                "status": status,
                "ms": round(seconds * 1000, 1),
            }
            _log.log(level, "http", extra=fields)


def mark_question_logged(scope: Scope) -> None:
    """Note that the line «question» tells of this request, with its id: a line «http» would say nothing more."""
    scope["state"][_QUESTION_LOGGED] = True
