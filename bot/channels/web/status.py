"""For operators: ``GET /healthz`` and ``GET /metrics``."""

from __future__ import annotations

import asyncio
import logging

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.channels.web.faults import request_id_of
from bot.channels.web.metrics import MEDIA_TYPE, WebMetrics
from bot.channels.web.ports import CurrentKnowledge, Ping, Probe
from bot.wording import Web

_log = logging.getLogger(__name__)
PATIENCE = 3.0  # seconds a probe may take; whoever asks for our health will not wait much longer


class StatusPages:
    """The routes for operators."""

    def __init__(self, probe: Probe, storage: Ping, knowledge: CurrentKnowledge, metrics: WebMetrics) -> None:
        self._probe = probe
        self._storage = storage
        self._knowledge = knowledge
        self._metrics = metrics

    def routes(self) -> list[Route]:
        """The routes to be served."""
        return [Route("/healthz", self.health), Route("/metrics", self.metrics)]

    async def health(self, request: Request) -> Response:
        """200 only where a question would be answered now; answering needs no database, so that is only told."""
        request_id = request_id_of(request.scope)
        answering, storing = await asyncio.gather(self._answers(request_id), self._stores(request_id))
        body = {
            "status": "ok" if answering else "failing",
            "knowledge": self._knowledge().version,
            "database": "ok" if storing else "failing",
        }
        if not (answering and storing):
            body["error"] = Web.UNHEALTHY if not answering else Web.NOT_STORING
        return JSONResponse(body, 200 if answering else 503, {"Cache-Control": "no-store"})

    async def _answers(self, request_id: str) -> bool:
        try:
            async with asyncio.timeout(PATIENCE):
                return await self._probe()
        except Exception as error:
            _log.warning("the health probe failed: %r", error, extra={"request_id": request_id})
            return False

    async def _stores(self, request_id: str) -> bool:
        try:
            async with asyncio.timeout(PATIENCE):
                await self._storage()
        except Exception as error:
            _log.warning("the database does not answer: %r", error, extra={"request_id": request_id})
            return False
        return True

    async def metrics(self, request: Request) -> Response:
        """All counters, in the Prometheus text format."""
        return Response(self._metrics.text(), headers={"Content-Type": MEDIA_TYPE, "Cache-Control": "no-store"})
