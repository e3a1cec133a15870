"""Questions without an answer on the page for admins, from a real database."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

from bot.access.roles import RolePolicy
from bot.channels.web.admin.ports import UnansweredGroup
from bot.config import Settings
from bot.features.roles.audit_entries import AuditFormatter
from bot.library import Library
from bot.records.feedback import Miss
from bot.retrieval.index.tokenizer import shared_tokenizer
from bot.retrieval.retriever import Retriever
from bot.retrieval.verdict import Verdict
from bot.storage.store import SqlStore
from bot.wiring import open_admin_page
from tests.unit.library import NOON, knowledge


class Watched(Retriever):
    """Notes in which thread it was asked, and how many texts it was asked for the words of."""

    def __init__(self) -> None:
        super().__init__(knowledge(), shared_tokenizer())
        self.threads: set[int] = set()
        self.cut = 0

    def ask(self, text: str, history: Sequence[str] = ()) -> Verdict:
        self.threads.add(threading.get_ident())
        return super().ask(text, history)

    def words(self, text: str) -> list[str]:
        self.cut += 1
        return super().words(text)


async def test_questions_are_grouped_once_and_compared_beside_the_event_loop(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, database_url=f"sqlite+aiosqlite:///{tmp_path / 'bot.sqlite3'}")
    store = await SqlStore.open(settings.database)
    retriever = Watched()
    insights = await open_admin_page(
        settings,
        store,
        Library(retriever),
        RolePolicy([], store.roles),
        formatter=AuditFormatter(store.contests),
        clock=lambda: NOON,
    )
    for number, question in enumerate(["幼儿园什么时候开学", "幼儿园啥时候开学", "飞机票多少钱一张"]):
        await store.save_miss(Miss(NOON, question, "decline", "", key=f"k{number}"))
    console = insights.console()
    assert console.misses is not None
    shown = await console.misses()
    assert [(group.wordings, group.count) for group in shown] == [
        (("幼儿园什么时候开学",), 2),
        (("飞机票多少钱一张",), 1),
    ]
    assert all(isinstance(group, UnansweredGroup) for group in shown)
    assert retriever.threads and threading.get_ident() not in retriever.threads
    cut = retriever.cut
    assert await console.misses() == shown
    assert retriever.cut == cut
    await store.close()
