"""How updates reach the bot: long polling or a webhook, never both."""

from __future__ import annotations

from urllib.parse import urlsplit

from tests.standin import limits
from tests.standin.errors import Json, bad_request, conflict
from tests.standin.methods.registry import method
from tests.standin.params import Params
from tests.standin.updates import WEBHOOK_ACTIVE
from tests.standin.webhooks import Webhook
from tests.standin.world import World

LOCAL = {"127.0.0.1", "localhost", "::1"}


@method("getUpdates")
async def get_updates(world: World, params: Params) -> list[Json]:
    """Updates from ``offset`` on; waits up to ``timeout`` seconds for the first."""
    if world.settings.webhook.url:
        raise conflict(WEBHOOK_ACTIVE)
    limit = params.number("limit")
    world.updates.allow(params.items("allowed_updates"))
    if (offset := params.number("offset")) is not None:
        world.updates.confirm(offset)
    return await world.updates.fetch(min(max(limit or 100, 1), 100), params.number("timeout") or 0)


@method("setWebhook")
async def set_webhook(world: World, params: Params) -> bool:
    """Post updates to ``url`` from now on; plain HTTP only to this machine, which a test needs."""
    url = params.words("url")
    if not url:
        return _remove(world, params)
    parts = urlsplit(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOCAL):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    secret = params.text("secret_token") or None
    if secret is not None and not limits.SECRET_TOKEN.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    _drop(world, params)
    world.updates.allow(params.items("allowed_updates"))
    world.updates.interrupt(conflict("terminated by setWebhook request"))
    connections = min(max(params.number("max_connections") or 40, 1), 100)
    world.settings.webhook = Webhook(url, secret, connections)
    world.signal.notify()
    return True


@method("deleteWebhook")
async def delete_webhook(world: World, params: Params) -> bool:
    """Back to long polling; what was not delivered waits."""
    return _remove(world, params)


@method("getWebhookInfo")
async def get_webhook_info(world: World, params: Params) -> Json:
    """The webhook and how its deliveries go."""
    return world.settings.webhook.wire(len(world.updates.pending), world.updates.allowed)


def _remove(world: World, params: Params) -> bool:
    _drop(world, params)
    world.settings.webhook = Webhook()
    return True


def _drop(world: World, params: Params) -> None:
    if params.flag("drop_pending_updates"):
        world.updates.pending.clear()
