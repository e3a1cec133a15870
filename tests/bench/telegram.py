"""What a question costs on Telegram, beside a bare python-telegram-bot echo on the same recorded transport.

Both get the same updates as JSON and post their replies to a transport that answers from memory; ours answers with
the real conversation on the real knowledge, and with a keyboard under each answer. A question that was asked before
costs less, as verdicts are remembered.
"""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime
from typing import Any

from telegram import Update
from telegram.ext import ApplicationBuilder, ContextTypes, MessageHandler, filters

from bot.access.roles import RolePolicy
from bot.channels.telegram.channel import App, build_application, start_work
from bot.channels.telegram.send.api import make_api
from bot.channels.telegram.send.sender import Sender
from bot.config import ROOT
from bot.features.answers.null_store import NullStore
from bot.knowledge.load import load
from bot.library import Library
from bot.retrieval.index.tokenizer import shared_tokenizer
from bot.retrieval.retriever import Retriever
from bot.wiring import make_router
from tests.bench.questions import questions
from tests.unit.channels.telegram_fakes import TOKEN, RecordingRequest

ROUNDS = 12
Json = dict[str, Any]


def main() -> None:
    """Print questions a second and their ratio."""
    asyncio.run(_compare())


async def _compare() -> None:
    knowledge = load(ROOT / "knowledge")
    library = Library(Retriever(knowledge, shared_tokenizer()))
    nowhere = NullStore()
    rights = RolePolicy((), nowhere)
    chat = make_router(library, nowhere, lambda: datetime.now(UTC), "b", rights=rights, audit=nowhere)
    request = RecordingRequest(keep=False)
    api = make_api(TOKEN, "http://127.0.0.1:9", request=request, polling_request=request, paced=False)
    await api.initialize()
    ours = build_application(api, chat, lambda: knowledge, Sender(api))
    await ours.initialize()
    echo_request = RecordingRequest(keep=False)
    echo = ApplicationBuilder().token(TOKEN).request(echo_request).get_updates_request(echo_request).build()
    echo.add_handler(MessageHandler(filters.TEXT, _echo))
    await echo.initialize()
    updates = _updates()
    first = again = yardstick = float("inf")
    for _ in range(ROUNDS):  # in turns, and the best of each: what the machine does besides hits all
        library.main = Retriever(knowledge, shared_tokenizer())
        yardstick = min(yardstick, await _run_echo(echo, updates))
        first = min(first, await _run_ours(ours, updates))
        again = min(again, await _run_ours(ours, updates))
    count = len(updates)
    print(f"Telegram, asked first   {count / first:.0f} questions/s, ratio {yardstick / first:.2f}, aim 0.7")
    print(f"Telegram, asked again   {count / again:.0f} questions/s, ratio {yardstick / again:.2f}, aim 0.7")
    print(f"  yardstick PTB echo    {count / yardstick:.0f}/s")
    await ours.shutdown()
    await echo.shutdown()


async def _echo(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    message = update.effective_message
    assert message is not None
    await message.reply_text(message.text or "")


async def _run_echo(application: Any, updates: list[Json]) -> float:
    started = time.perf_counter()
    for raw in updates:
        await application.process_update(Update.de_json(raw, application.bot))
    return time.perf_counter() - started


async def _run_ours(application: App, updates: list[Json]) -> float:
    started = time.perf_counter()
    for raw in updates:
        work = start_work(application, raw)
        assert work is not None
        await work
    return time.perf_counter() - started


def _updates() -> list[Json]:
    """Every development question that needs no other before it, each from a person of its own."""
    asked = [case.question for case in questions() if not case.history]
    return [
        {
            "update_id": number,
            "message": {
                "message_id": number,
                "date": 1_750_000_000,
                "chat": {"id": number, "type": "private", "first_name": "安安"},
                "from": {"id": number, "is_bot": False, "first_name": "安安"},
                "text": text,
            },
        }
        for number, text in enumerate(asked, start=1)
    ]
