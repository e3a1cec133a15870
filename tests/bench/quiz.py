"""What a vote costs, storage included, beside a bare python-telegram-bot handler that only counts.

200 groups play at once. Both get the same ``poll_answer`` updates as JSON, ours a hundred at a time from its own
poller, as Telegram hands them out. Ours finds the contest, takes the answer, and is through when that is on disk with
its receipt, by which a vote that is delivered again is told. Both run as the bot does, with what was loaded before
settled.
"""

from __future__ import annotations

import asyncio
import itertools
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from telegram import Update
from telegram.ext import Application, ContextTypes, PollAnswerHandler

from bot.access.roles import RolePolicy
from bot.app import freeze_heap
from bot.channels.telegram.channel import build_application, is_poll_update, start_work
from bot.channels.telegram.receive.polling import BATCH, Poller, UpdateTracker
from bot.channels.telegram.send.api import make_api
from bot.channels.telegram.send.sender import Sender
from bot.config import ROOT
from bot.conversation.messages import Incoming
from bot.features.answers.null_store import NullStore
from bot.features.contests.feature import ContestsFeature
from bot.knowledge.load import load
from bot.library import Library
from bot.quiz.generation.bank import make_bank
from bot.retrieval.index.tokenizer import shared_tokenizer
from bot.retrieval.retriever import Retriever
from bot.storage.store import SqlStore
from bot.wiring import make_router, make_study
from tests.unit.channels.telegram_fakes import TOKEN, RecordingRequest
from tests.unit.features.contests.fixtures import FakeChannel

GROUPS = 200
MEMBERS = 25
ROUNDS = 5
Json = dict[str, Any]


def main() -> None:
    """Print votes a second and their ratio."""
    asyncio.run(_compare())


async def _compare() -> None:
    ours = yardstick = float("inf")
    for _ in range(ROUNDS):  # in turns, and the best of each: what the machine does besides hits all
        yardstick = min(yardstick, await _count())
        with TemporaryDirectory() as folder:
            ours = min(ours, await _play(Path(folder)))
    votes = GROUPS * MEMBERS
    speed, ratio = votes / ours, yardstick / ours
    print(f"votes in {GROUPS} groups      {speed:.0f}/s on disk (aim 1000), ratio {ratio:.2f}, aim 0.3")
    print("  in it: the answer with its receipt, the voter's name, the poller")
    print(f"  yardstick PTB counting {votes / yardstick:.0f}/s")


def _votes(polls: list[str]) -> list[Json]:
    """One vote of each member of each group, the groups in turns."""
    numbers = itertools.count(1)
    return [
        {
            "update_id": next(numbers),
            "poll_answer": {
                "poll_id": poll,
                "option_ids": [member % 2],
                "option_persistent_ids": [str(member % 2)],
                "user": {"id": 1000 * place + member + 1, "is_bot": False, "first_name": "安安"},
            },
        }
        for member in range(MEMBERS)
        for place, poll in enumerate(polls)
    ]


async def _count() -> float:
    counts: Counter[str] = Counter()

    async def on_vote(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.poll_answer is not None
        counts[update.poll_answer.poll_id] += 1

    request = RecordingRequest(keep=False)
    application: Any = Application.builder().token(TOKEN).request(request).get_updates_request(request).build()
    application.add_handler(PollAnswerHandler(on_vote))
    await application.initialize()
    votes = _votes([str(number) for number in range(GROUPS)])
    freeze_heap()
    started = time.perf_counter()
    for raw in votes:
        await application.process_update(Update.de_json(raw, application.bot))
    taken = time.perf_counter() - started
    assert counts.total() == len(votes)
    await application.shutdown()
    return taken


async def _play(folder: Path) -> float:
    knowledge = load(ROOT / "knowledge")
    bank = make_bank(knowledge)
    store = await SqlStore.open(f"sqlite+aiosqlite:///{folder / 'bot.sqlite3'}")
    ids = itertools.count(1)
    quizzing = ContestsFeature(
        store.contests,
        lambda: bank,
        lambda: knowledge,
        audit=store.audit,
        clock=lambda: datetime.now(UTC),
        new_id=lambda: f"c{next(ids)}",
        lead_in=0,
    )
    quizzing.channels.add("telegram", FakeChannel())
    library = Library(Retriever(knowledge, shared_tokenizer()))
    router = make_router(
        library,
        NullStore(),
        lambda: datetime.now(UTC),
        "b",
        rights=RolePolicy((), NullStore()),
        audit=store.audit,
        features=[
            quizzing.feature(),
            make_study(
                quizzing, store.contests, lambda: knowledge, lambda: datetime.now(UTC), "Asia/Shanghai"
            ).feature(),
        ],
        guard=quizzing.guard,
    )
    for group in range(1, GROUPS + 1):
        await router.route(
            Incoming("telegram:1", f"telegram:-{group}", "/quiz 5 600", sequence=group, is_private=False)
        )
    polls: list[str] = []
    while len(polls) < GROUPS:
        polls = await _polls(store)
    request = RecordingRequest(keep=False)
    api = make_api(TOKEN, "http://127.0.0.1:9", request=request, polling_request=request, paced=False)
    await api.initialize()
    application = build_application(api, router, lambda: knowledge, Sender(api))
    await application.initialize()
    votes = _votes(polls)
    stop = asyncio.Event()

    async def fetch(offset: int, _: int) -> list[Json]:
        brought = votes[max(offset, 1) - 1 :][:BATCH]
        if not brought:
            stop.set()
        return brought

    poller = Poller(
        fetch,
        lambda raw: start_work(application, raw, quizzing.polls),
        UpdateTracker(store.update_log(api.id)),
        on_webhook=api.delete_webhook,
        repeatable=is_poll_update,
    )
    freeze_heap()
    started = time.perf_counter()
    await poller.run(stop)
    taken = time.perf_counter() - started
    kept = await store.contests.contests(datetime.now(UTC))
    assert sum(len(contest.answers) for contest in kept) == len(votes)
    await application.shutdown()
    await quizzing.contests.close()
    await store.close()
    return taken


async def _polls(store: SqlStore) -> list[str]:
    return [poll.poll for contest in await store.contests.contests(datetime.now(UTC)) for poll in contest.polls]
