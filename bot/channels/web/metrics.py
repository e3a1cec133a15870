"""What is counted on the web, for Prometheus. No label holds anything that a visitor can choose."""

from __future__ import annotations

from functools import lru_cache

from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

MEDIA_TYPE = CONTENT_TYPE_LATEST
SERIES = 256  # of each metric that are found at once; routes, status codes and verdicts are few
_SECONDS = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)


class WebMetrics:
    """Questions by verdict and channel, requests by route and status, and how many seconds requests took."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._registry = registry
        self._questions = Counter(
            "bot_questions", "Questions by verdict and channel", ("verdict", "channel"), registry=registry
        )
        self._requests = Counter(
            "bot_http_requests", "HTTP requests by route and status", ("route", "status"), registry=registry
        )
        self._seconds = Histogram(
            "bot_http_request_seconds",
            "Seconds from request to response by route",
            ("route",),
            registry=registry,
            buckets=_SECONDS,
        )
        # finding the series of some labels costs more than counting does
        self._question = lru_cache(SERIES)(self._questions.labels)
        self._request = lru_cache(SERIES)(self._requests.labels)
        self._route = lru_cache(SERIES)(self._seconds.labels)

    def count_question(self, verdict: str, channel: str) -> None:
        """Count one question."""
        self._question(verdict, channel).inc()

    def count_request(self, route: str, status: int, seconds: float) -> None:
        """Count one request. ``route`` is the pattern of the address, never the address itself."""
        self._request(route, str(status)).inc()
        self._route(route).observe(seconds)

    def text(self) -> bytes:
        """All that the registry has, in the Prometheus text format."""
        return generate_latest(self._registry)
