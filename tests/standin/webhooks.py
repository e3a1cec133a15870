"""Posting updates to the bot's webhook, one after the other, until each is taken."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import httpx

from tests.standin.errors import Json

if TYPE_CHECKING:
    from tests.standin.world import World

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
RETRY_SECONDS = 0.2
"""Telegram waits longer; tests need not."""
ANSWER_SECONDS = 10.0


@dataclass(slots=True)
class Webhook:
    """Where updates go, and how that went; no url means long polling."""

    url: str = ""
    secret: str | None = None
    max_connections: int = 40
    last_error_date: int | None = None
    last_error: str | None = None

    def wire(self, pending: int, allowed: list[str]) -> Json:
        """A ``WebhookInfo`` object."""
        shown: Json = {"url": self.url, "has_custom_certificate": False, "pending_update_count": pending}
        if self.url:
            shown |= {"max_connections": self.max_connections, "ip_address": "127.0.0.1"}
        if allowed:
            shown["allowed_updates"] = allowed
        if self.last_error is not None:
            shown |= {"last_error_date": self.last_error_date, "last_error_message": self.last_error}
        return shown


async def deliver(current: Callable[[], World]) -> None:
    """Post pending updates as long as the server runs; ``current`` is asked anew, as a reset swaps worlds."""
    async with httpx.AsyncClient(timeout=ANSWER_SECONDS, trust_env=False, verify=False) as client:
        while True:
            world = current()
            if not await world.signal.until(partial(_is_due, world), RETRY_SECONDS):
                continue
            if not await _post(client, world, world.settings.webhook):
                await asyncio.sleep(RETRY_SECONDS)


def _is_due(world: World) -> bool | None:
    """True when there is something to post and a place to post it to."""
    return bool(world.settings.webhook.url and world.updates.pending) or None


async def _post(client: httpx.AsyncClient, world: World, hook: Webhook) -> bool:
    """Post the oldest update; whether the bot took it."""
    update = world.updates.pending[0]
    headers = {SECRET_HEADER: hook.secret} if hook.secret else {}
    try:
        response = await client.post(hook.url, json=update, headers=headers)
    except httpx.HTTPError as error:
        problem = f"Connection failed: {type(error).__name__}"
    else:
        if response.is_success:
            world.updates.pending = [other for other in world.updates.pending if other is not update]
            world.signal.notify()
            return True
        problem = f"Wrong response from the webhook: {response.status_code} {response.reason_phrase}"
    hook.last_error, hook.last_error_date = problem, world.clock.date()
    return False
