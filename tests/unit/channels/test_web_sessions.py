"""What stands on a visitor's page, beside what the store has of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from itertools import count
from pathlib import Path

import pytest

from bot.channels.web.conversation_log import PRUNE_EVERY, ConversationLog
from bot.channels.web.sessions import MAX_EXCHANGES, Sessions
from bot.conversation.messages import say
from bot.storage.page import PageRepository
from tests.unit.storage.rows import open_store


@pytest.fixture
async def page(tmp_path: Path) -> AsyncIterator[PageRepository]:
    store = await open_store(tmp_path / "bot.db")
    yield store.page
    await store.close()


def opened(log: ConversationLog) -> Sessions:
    numbers = count(1)
    return Sessions(lambda: f"s{next(numbers)}", log=log)


async def test_what_is_not_shown_any_more_is_deleted_from_time_to_time_and_not_at_each_exchange(
    page: PageRepository,
) -> None:
    log = ConversationLog(page)
    sessions = opened(log)
    session = sessions.start()
    await sessions.load(session)
    kept = []
    for _ in range(MAX_EXCHANGES // PRUNE_EVERY * PRUNE_EVERY + PRUNE_EVERY):
        session.add("目录", say("第一章"))
        await log.drain()
        kept.append(len(await page.latest_exchanges(session.person, 1_000)))
    assert kept[-2] == len(kept) - 1 > MAX_EXCHANGES
    assert kept[-1] == MAX_EXCHANGES


async def test_a_page_is_read_from_the_store_once(page: PageRepository, monkeypatch: pytest.MonkeyPatch) -> None:
    sessions = opened(ConversationLog(page))
    session = sessions.start()
    session.add("目录", say("第一章"))
    await sessions.load(session)
    monkeypatch.delattr(PageRepository, "latest_exchanges")
    await sessions.load(session)
    assert [exchange.text for exchange in session.exchanges] == ["目录"]
