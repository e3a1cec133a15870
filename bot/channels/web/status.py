"""For operators: ``GET /healthz`` and ``GET /metrics``."""

from __future__ import annotations

import asyncio
import logging

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.channels.web.faults import request_id_of
from bot.channels.web.metrics import MEDIA_TYPE, WebMetrics
from bot.channels.web.ports import CurrentKnowledge, Probe
from bot.wording import Web

_log = logging.getLogger(__name__)
PATIENCE = 5.0  # seconds a probe may take; whoever asks for our health will not wait much longer


class StatusPages:
    """The routes for operators."""

    def __init__(self, probe: Probe, knowledge: CurrentKnowledge, metrics: WebMetrics) -> None:
        self._probe = probe
        self._knowledge = knowledge
        self._metrics = metrics

    def routes(self) -> list[Route]:
        """The routes to be served."""
        return [Route("/healthz", self.health), Route("/metrics", self.metrics)]

    async def health(self, request: Request) -> Response:
        """200 only where a question would be answered now."""
        version = self._knowledge().version
        try:
            async with asyncio.timeout(PATIENCE):
                healthy = await self._probe()
        except Exception as error:
            fields = {"request_id": request_id_of(request.scope)}
            _log.warning("the health probe failed: %r", error, extra=fields)
            healthy = False
        headers = {"Cache-Control": "no-store"}
        if healthy:
            return JSONResponse({"status": "ok", "knowledge": version}, headers=headers)
        body = {"status": "failing", "knowledge": version, "error": Web.UNHEALTHY}
        return JSONResponse(body, 503, headers)

    async def metrics(self, request: Request) -> Response:
        """All counters, in the Prometheus text format."""
        return Response(self._metrics.text(), headers={"Content-Type": MEDIA_TYPE, "Cache-Control": "no-store"})
