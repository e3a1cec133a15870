"""Answering what a user's app waits for: pressed buttons and inline queries."""

from __future__ import annotations

from tests.standin import limits
from tests.standin.errors import Json, bad_request
from tests.standin.keyboard import reply_markup
from tests.standin.methods.registry import method
from tests.standin.params import Params
from tests.standin.queries import TOO_OLD, Query
from tests.standin.world import World


@method("answerCallbackQuery")
async def answer_callback_query(world: World, params: Params) -> bool:
    """End the button's spinner, with a text of at most 200 characters or none."""
    query = _find(world.callbacks, params.words("callback_query_id"))
    text = params.words("text")
    if len(text) > limits.CALLBACK_ANSWER_LENGTH:
        raise bad_request("MESSAGE_TOO_LONG")
    url = params.text("url")
    if url and not url.startswith((f"https://t.me/{world.bot.username}?", f"t.me/{world.bot.username}?")):
        raise bad_request("URL_INVALID")
    answer: Json = {"text": text, "show_alert": params.flag("show_alert"), "url": url}
    query.take(answer, world.clock.now(), limits.CALLBACK_SECONDS)
    world.signal.notify()
    return True


@method("answerInlineQuery")
async def answer_inline_query(world: World, params: Params) -> bool:
    """Up to 50 results, each with an id of its own of 1 to 64 bytes."""
    query = _find(world.inline_queries, params.words("inline_query_id"))
    results = params.children("results")
    if results is None:
        raise bad_request("can't parse results JSON object")
    if len(results) > limits.INLINE_RESULTS:
        raise bad_request("RESULTS_TOO_MUCH")
    shown = [_result(result) for result in results]
    if len({str(result["id"]) for result in shown}) < len(shown):
        raise bad_request("RESULT_ID_DUPLICATE")
    if len(params.words("next_offset").encode()) > 64:
        raise bad_request("NEXT_OFFSET_INVALID")
    answer: Json = {
        "results": shown,
        "cache_time": 300 if params.number("cache_time") is None else params.number("cache_time"),
        "is_personal": params.flag("is_personal"),
        "next_offset": params.words("next_offset"),
        "button": _button(params),
    }
    query.take(answer, world.clock.now(), limits.CALLBACK_SECONDS)
    world.signal.notify()
    return True


def _find(queries: dict[str, Query], query_id: str) -> Query:
    if query_id not in queries:
        raise bad_request(TOO_OLD)
    return queries[query_id]


def _result(result: Params) -> Json:
    """One result, with the text it will send parsed."""
    if not 1 <= len(result.words("id").encode()) <= 64:
        raise bad_request("RESULT_ID_INVALID")
    if not result.has("type"):
        raise bad_request("can't parse inline query result: can't find field \"type\"")
    shown = dict(result.values)
    if result.words("type") == "article":
        if not result.words("title"):
            raise bad_request("can't parse inline query result: can't find field \"title\"")
        content = result.child("input_message_content")
        if content is None:
            raise bad_request("can't parse inline query result: can't find field \"input_message_content\"")
        text = limits.message_text(Params({**content.values, "text": content.words("message_text")}))
        shown["message"] = {"text": text.text, "entities": text.entities}
    shown["reply_markup"] = reply_markup(result, only_inline=True)
    return shown


def _button(params: Params) -> Json | None:
    button = params.child("button")
    if button is None:
        return None
    start = button.words("start_parameter")
    if button.has("start_parameter") and not (start and limits.START_PAYLOAD.fullmatch(start)):
        raise bad_request("START_PARAM_INVALID")
    return dict(button.values)
