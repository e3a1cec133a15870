"""What the bot did and how things stand."""

from __future__ import annotations

import base64
import json

from tests.standin.control.lookup import the_chat
from tests.standin.control.registry import action
from tests.standin.errors import Json, Refused
from tests.standin.journal import Call
from tests.standin.methods.identity import menu_key
from tests.standin.params import Params
from tests.standin.world import TOKEN, World


@action("state")
async def state(world: World, params: Params) -> Json:
    """The bot's token and name, the mark of the latest call, the updates it has not confirmed."""
    return {
        "token": TOKEN,
        "bot": world.bot.wire(),
        "mark": world.journal.mark,
        "pending": len(world.updates.pending),
        "faults": [fault.wire() for fault in world.faults.waiting],
        "time": world.clock.now(),
    }


@action("calls")
async def calls(world: World, params: Params) -> list[Json]:
    """Calls after an index, of some methods, in a chat; each may be left open."""
    return [call.wire() for call in _select(world, params)]


@action("wait")
async def wait(world: World, params: Params) -> Json:
    """The first such call, as soon as there is one; ``call`` is None after ``timeout`` seconds."""

    def look() -> Call | None:
        found = _select(world, params)
        return found[0] if found else None

    call = await world.signal.until(look, params.decimal("timeout", 5.0))
    return {"call": call.wire() if call is not None else None}


@action("polled")
async def polled(world: World, params: Params) -> Json:
    """Whether a call of getUpdates waits for an update within ``timeout`` seconds."""

    def look() -> bool | None:
        return True if world.updates.waiting else None

    return {"polled": bool(await world.signal.until(look, params.decimal("timeout", 5.0)))}


@action("messages")
async def messages(world: World, params: Params) -> list[Json]:
    """All messages of a chat, deleted ones too."""
    return [message.view() for message in the_chat(world, params).messages.values()]


@action("message")
async def message(world: World, params: Params) -> Json:
    """One message as it is now, deleted or not."""
    found = the_chat(world, params).messages.get(params.number("message_id") or 0)
    if found is None:
        raise Refused(f"no message {params.number('message_id')}")
    return found.view()


@action("file")
async def file(world: World, params: Params) -> Json:
    """A file's bytes, base64."""
    stored = world.files.get(params.words("file_id"))
    if stored is None:
        raise Refused("no such file")
    return {"name": stored.name, "content": base64.b64encode(stored.content).decode()}


@action("commands")
async def commands(world: World, params: Params) -> list[Json]:
    """The command menu of a scope (a name or an object) and language."""
    scope = params.values.get("scope", "default")
    given = {"type": scope} if isinstance(scope, str) else scope
    key = menu_key(Params({"scope": json.dumps(given), "language_code": params.text("language_code")}))
    return world.settings.commands.get(key, [])


@action("webhook")
async def webhook(world: World, params: Params) -> Json:
    """The webhook as getWebhookInfo shows it."""
    return world.settings.webhook.wire(len(world.updates.pending), world.updates.allowed)


def _select(world: World, params: Params) -> list[Call]:
    methods = {str(name) for name in params.items("methods") or []}
    found = world.journal.select(methods, params.number("chat_id"), params.number("after") or 0)
    return [call for call in found if not params.flag("only_ok") or call.wire()["ok"]]
