"""For operators: ``GET /healthz`` and ``GET /metrics``.

What probes find is remembered for some seconds: asking for the health of the bot costs it next to nothing.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.channels.web.addresses import OperatorAccess
from bot.channels.web.metrics import MEDIA_TYPE, WebMetrics
from bot.channels.web.ports import CurrentKnowledge, Stopwatch
from bot.errors import BotError
from bot.wording import Web

_log = logging.getLogger(__name__)
FRESH: Final = 5.0
"""Seconds for which a finding stands."""
TIMEOUT: Final = 3.0
"""Seconds a probe may take; whoever asks for our health will not wait much longer."""


class CachedProbe:
    """Whether ``probe`` succeeds. One runs at a time, however many ask, and none before the last finding is old.

    ``probe`` tells by its result or by raising. One that hangs counts as failed, and is waited for in the background.
    """

    def __init__(
        self,
        name: str,
        probe: Callable[[], Awaitable[bool]],
        stopwatch: Stopwatch,
        *,
        fresh: float = FRESH,
        timeout_seconds: float = TIMEOUT,
    ) -> None:
        self._name = name
        self._probe = probe
        self._stopwatch = stopwatch
        self._fresh = fresh
        self._timeout_seconds = timeout_seconds
        self._found: bool | None = None
        self._at = 0.0
        self._running: asyncio.Task[None] | None = None
        self.reason = ""
        """Why it failed, in a sentence fit for an operator, if that is known."""

    async def ok(self) -> bool:
        """The finding, at most ``fresh`` seconds old."""
        if self._found is None or self._stopwatch() - self._at >= self._fresh:
            if self._running is None:
                self._running = asyncio.create_task(self._run(), name=f"probe of {self._name}")
            running = self._running
            done, _ = await asyncio.wait({running}, timeout=self._timeout_seconds)
            if not done and self._found is not False:
                _log.warning("the probe of %s hangs", self._name)
            if not done:
                self._note(False)
        return bool(self._found)

    async def _run(self) -> None:
        reason = ""
        try:
            found = await self._probe()
        except Exception as error:
            found = False
            reason = str(error) if isinstance(error, BotError) else ""
            _log.warning("the probe of %s failed: %r", self._name, error)
        finally:
            self._running = None
        self._note(found, reason)

    def _note(self, found: bool, reason: str = "") -> None:
        self._found, self._at, self.reason = found, self._stopwatch(), reason


class OperatorRoutes:
    """The routes for operators. Everybody else learns whether questions are answered, and no more."""

    def __init__(
        self,
        answering: CachedProbe,
        storing: CachedProbe,
        knowledge: CurrentKnowledge,
        metrics: WebMetrics,
        operators: OperatorAccess,
    ) -> None:
        self._answering = answering
        self._storing = storing
        self._knowledge = knowledge
        self._metrics = metrics
        self._operators = operators

    def routes(self) -> list[Route]:
        """The routes to be served."""
        return [Route("/healthz", self.health), Route("/metrics", self.metrics)]

    async def health(self, request: Request) -> Response:
        """200 only if a question would be answered now; answering needs no database, so that is only told."""
        details = self._operators.allows_details(request.scope)
        if details:
            answering, storing = await asyncio.gather(self._answering.ok(), self._storing.ok())
        else:
            answering, storing = await self._answering.ok(), True
        body = {"status": "ok" if answering else "failing"}
        if details:
            body |= {"knowledge": self._knowledge().version, "database": "ok" if storing else "failing"}
            if not (answering and storing):
                body["error"] = Web.UNHEALTHY if not answering else Web.NOT_STORING + self._storing.reason
        return JSONResponse(body, 200 if answering else 503, {"Cache-Control": "no-store"})

    async def metrics(self, request: Request) -> Response:
        """All counters, in the Prometheus text format. Raises HTTPException 403 for whoever is no operator."""
        if not self._operators.allows(request.scope):
            raise HTTPException(403, Web.FOR_OPERATORS)
        return Response(self._metrics.text(), headers={"Content-Type": MEDIA_TYPE, "Cache-Control": "no-store"})
