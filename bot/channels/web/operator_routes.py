"""For operators: ``GET /healthz`` and ``GET /metrics``."""

from __future__ import annotations

import asyncio

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.channels.web.addresses import OperatorAccess
from bot.channels.web.health import CachedProbe
from bot.channels.web.metrics import MEDIA_TYPE, WebMetrics
from bot.channels.web.ports import CurrentKnowledge
from bot.wording import Web


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
        """200 only where a question would be answered now; answering needs no database, so that is only told."""
        details = self._operators.admit_to_health(request.scope)
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
        if not self._operators.admit(request.scope):
            raise HTTPException(403, Web.FOR_OPERATORS)
        return Response(self._metrics.text(), headers={"Content-Type": MEDIA_TYPE, "Cache-Control": "no-store"})
