"""Questions that have to be searched for, on the real process: a new version, and too many of them."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path

import httpx

from bot.wording import BUSY, Cli
from tests.e2e.bot_process import BotProcess, bot_process
from tests.unit.library import POINTS, SOURCE

KNOWN = "今年种了多少亩水稻"
FIGURES = ("3200亩", "3300亩")
TOLD = "knowledge version 2 is served"  # in the log
NO_LIMITS = {"RATE_MEMBER": "0", "RATE_CHAT": "0"}
_NUMBERS = count(1)


def unseen(size: int = 299) -> str:
    """A question that nobody asked before, searched for longer than others."""
    made = f"第{next(_NUMBERS)}问"
    while len(made) < size:
        made += SOURCE.replace("\n", "")[len(made) % 40 :][: size - len(made)]
    return made[:size]


@asynccontextmanager
async def bot_with_client(folder: Path, **settings: str) -> AsyncIterator[tuple[BotProcess, httpx.AsyncClient]]:
    async with bot_process(folder, **NO_LIMITS, **settings) as bot:
        await bot.says(Cli.WEB_AT.partition("{")[0])
        url = bot.output.split(Cli.WEB_AT.partition("{")[0])[1].split()[0]
        async with httpx.AsyncClient(base_url=url, timeout=60, trust_env=False) as client:
            yield bot, client


async def ask(client: httpx.AsyncClient, question: str, session: str = "") -> httpx.Response:
    return await client.post("/api/ask", json={"question": question, "session": session})


async def test_questions_that_wait_while_the_knowledge_changes_are_each_answered_by_one_version(tmp_path: Path) -> None:
    folder = tmp_path / "knowledge"
    async with bot_with_client(tmp_path) as (bot, client):
        # the figure asked about is in neither version: what is shown of the two is told by the document alone
        start = "今年种了3100亩水稻吗，镇里说种了多少亩水稻，第"
        asked = [f"{start}{number}回问了" for number in range(120)]
        waiting = [asyncio.create_task(ask(client, question, question)) for question in asked]
        for name, text in (("source.txt", SOURCE), ("points.yaml", POINTS)):
            (folder / name).write_text(text.replace(*FIGURES), encoding="utf-8")
        bot.send(signal.SIGHUP)
        await bot.says(TOLD)
        late = await ask(client, KNOWN)
        assert FIGURES[1] in late.json()["reply"]
        for response in await asyncio.gather(*waiting):
            assert response.status_code == 200
            record = response.json()
            shown = record["reply"] + "".join(other["quote"] + other["title"] for other in record["suggestions"])
            assert not all(figure in shown for figure in FIGURES), shown


async def test_where_too_much_waits_it_is_said_and_others_are_answered(tmp_path: Path) -> None:
    async with bot_with_client(tmp_path) as (_, client):
        flood = [asyncio.create_task(ask(client, unseen(), f"name {number}")) for number in range(50)]
        await asyncio.sleep(0.1)
        assert (await ask(client, KNOWN)).status_code == 200
        refused = [response for response in await asyncio.gather(*flood) if response.status_code != 200]
        assert refused
        for response in refused:
            assert (response.status_code, response.json()) == (503, {"error": BUSY})
            assert response.headers["retry-after"]
