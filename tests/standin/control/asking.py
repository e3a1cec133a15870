"""Pressed buttons and inline queries: the user's app asks and waits for the bot."""

from __future__ import annotations

from tests.standin.control.lookup import must_be_in, the_chat, the_message, the_user
from tests.standin.control.registry import action
from tests.standin.errors import Json, Refused
from tests.standin.keyboard import buttons
from tests.standin.messages import Message
from tests.standin.params import Params
from tests.standin.posting import add_message, deliver
from tests.standin.queries import Query
from tests.standin.text import Marked
from tests.standin.world import World


@action("press")
async def press(world: World, params: Params) -> Json:
    """Press a callback button, named by its text or data, and wait up to ``wait`` seconds for the answer."""
    message, user = the_message(world, params), the_user(world, params)
    must_be_in(message.chat, user)
    button = _button(message, params)
    query = Query(world.next_id("44"), user, world.clock.now())
    world.callbacks[query.id] = query
    update: Json = {
        "id": query.id,
        "from": user.wire(),
        "chat_instance": str(message.chat.id * 31),
        "data": button["callback_data"],
    }
    update |= {"inline_message_id": message.inline_id} if message.inline_id else {"message": message.wire()}
    world.updates.put("callback_query", update)
    await world.signal.until(lambda: query.answer, params.decimal("wait", 5.0))
    return {"id": query.id, "data": button["callback_data"], "answer": query.answer}


@action("press_stale")
async def press_stale(world: World, params: Params) -> Json:
    """A press of a button that the message does not have: an app that has not seen the edit yet, or a forged one."""
    message, user = the_message(world, params), the_user(world, params)
    query = Query(world.next_id("44"), user, world.clock.now())
    world.callbacks[query.id] = query
    data = params.words("data")
    update: Json = {"id": query.id, "from": user.wire(), "chat_instance": "1", "data": data}
    world.updates.put("callback_query", {**update, "message": message.wire()})
    await world.signal.until(lambda: query.answer, params.decimal("wait", 5.0))
    return {"id": query.id, "data": data, "answer": query.answer}


@action("inline")
async def inline(world: World, params: Params) -> Json:
    """Type an inline query and wait up to ``wait`` seconds for results."""
    if not world.switches.inline:
        raise Refused("the bot takes no inline queries")
    user = the_user(world, params)
    query = Query(world.next_id("88"), user, world.clock.now())
    world.inline_queries[query.id] = query
    update: Json = {
        "id": query.id,
        "from": user.wire(),
        "query": params.words("query"),
        "offset": params.words("offset"),
        "chat_type": params.words("chat_type") or "supergroup",
    }
    world.updates.put("inline_query", update)
    await world.signal.until(lambda: query.answer, params.decimal("wait", 5.0))
    return {"id": query.id, "query": params.words("query"), "answer": query.answer}


@action("choose")
async def choose(world: World, params: Params) -> Json:
    """Send one of an inline query's results into a chat, via the bot."""
    user, chat = the_user(world, params), the_chat(world, params)
    must_be_in(chat, user)
    query = world.inline_queries.get(params.words("inline_query_id"))
    results = query.answer["results"] if query is not None and query.answer is not None else None
    result = _result(results, params.words("result_id"))
    message = add_message(world, chat, user)
    message.via_bot = world.bot
    message.text = _text(result)
    message.markup = _markup(result)
    if message.markup is not None:
        message.inline_id = world.next_id("AQ")
        world.inline_messages[message.inline_id] = message
    deliver(world, message)
    if world.switches.inline_feedback:
        chosen: Json = {"result_id": result["id"], "from": user.wire(), "query": params.words("query")}
        chosen |= {"inline_message_id": message.inline_id} if message.inline_id else {}
        world.updates.put("chosen_inline_result", chosen)
    return message.wire()


def _button(message: Message, params: Params) -> Json:
    text, data = params.text("text"), params.text("data")
    found = list(buttons(message.markup))
    for button in found:
        if (text is None or button["text"] == text) and (data is None or button.get("callback_data") == data):
            if "callback_data" not in button:
                raise Refused(f"the button {button['text']!r} opens something, it does not call the bot")
            return button
    raise Refused(f"no button {text or data!r}; there are {[button['text'] for button in found]}")


def _result(results: object, result_id: str) -> Json:
    for result in results if isinstance(results, list) else []:
        if isinstance(result, dict) and result["id"] == result_id:
            return result
    raise Refused(f"no inline result {result_id}")


def _text(result: Json) -> Marked:
    content = result.get("message")
    if not isinstance(content, dict):
        raise Refused("the result sends no text")
    return Marked(str(content["text"]), content["entities"])


def _markup(result: Json) -> Json | None:
    markup = result.get("reply_markup")
    return markup if isinstance(markup, dict) else None
