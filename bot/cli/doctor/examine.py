"""All checks, in the order in which they are told."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable

from bot.channels.telegram.diagnostics import check_telegram
from bot.cli.doctor import checks
from bot.cli.doctor.finding import Finding, problem
from bot.config import Settings
from bot.records.feedback import Clock
from bot.wording import Doctor as Wording

TIMEOUT = 5.0  # seconds for each thing that may not answer
_log = logging.getLogger(__name__)


async def examine(settings: Settings, clock: Clock, *, timeout_seconds: float = TIMEOUT) -> AsyncIterator[Finding]:
    """Check everything that ``settings`` name; each finding comes as soon as it is there. Never raises."""
    token = settings.telegram_token.get_secret_value()
    found = await check_telegram(token, settings.telegram_api_url, timeout_seconds=timeout_seconds) if token else None
    asked = clock()
    for finding in checks.telegram(found):
        yield finding
    yield await _of(Wording.KNOWLEDGE, lambda: checks.knowledge(settings.knowledge_dir))
    yield checks.clock(found.server_time if found else None, asked)
    yield checks.time_zone(settings.time_zone, clock())
    yield await _of(Wording.DATA, lambda: checks.data_folder(settings.data_dir))
    yield await _of(Wording.SPACE, lambda: checks.space(settings.data_dir))
    yield await checks.database(settings.database, timeout_seconds=timeout_seconds)
    yield await _of(
        Wording.PORT, lambda: checks.port(settings.http_host, settings.http_port, timeout_seconds=timeout_seconds)
    )
    yield await _of(Wording.MEANING, lambda: checks.meaning(settings))
    yield checks.public_url(settings.public_url)
    yield checks.proxies(settings.proxies, settings.http_host, settings.public_url)
    yield checks.operator_token(settings.operator_token.get_secret_value())
    yield checks.admins(settings.admins)


async def _of(item: str, check: Callable[[], Finding]) -> Finding:
    """What ``check`` finds, off the event loop; what it did not expect is a finding too."""
    try:
        return await asyncio.to_thread(check)
    except Exception as error:
        _log.debug("a check failed", exc_info=error)
        return problem(item, Wording.FAILED.format(kind=type(error).__name__))
