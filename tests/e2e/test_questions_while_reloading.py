"""Questions in flight while the knowledge is reloaded: each is answered by the one version or by the other."""

from __future__ import annotations

import asyncio
import signal
from itertools import cycle
from pathlib import Path

import httpx

from bot.wording import Cli
from tests.e2e.bot_process import bot_process
from tests.unit.library import POINTS, SOURCE

FIGURES = ("3200亩", "3300亩")
ASKED = ("今年种了多少亩水稻", "修路花了多少钱", "招了多少名老师", "田间课堂几点开课", "请问水稻比去年多种了多少亩呢")
RELOADS = 6
IN_FLIGHT = 40
TOLD = "the folder is taken in as version"  # in the log, once for each version


async def test_every_question_is_answered_by_one_of_the_versions_and_none_fails(tmp_path: Path) -> None:
    folder = tmp_path / "knowledge"
    async with bot_process(tmp_path, RATE_ADDRESS="0") as bot:  # forty at once, all from one address
        await bot.says(Cli.WEB_AT.partition("{")[0])
        url = bot.output.split(Cli.WEB_AT.partition("{")[0])[1].split()[0]
        async with httpx.AsyncClient(base_url=url, timeout=60, trust_env=False) as client:

            async def ask(question: str) -> str:
                response = await client.post("/api/ask", json={"question": question})
                assert response.status_code == 200, response.text
                return str(response.json()["reply"])

            before = {question: await ask(question) for question in ASKED}
            right = {
                question: {reply, *(reply.replace(FIGURES[0], figure) for figure in FIGURES)}
                for question, reply in before.items()
            }
            assert FIGURES[0] in before[ASKED[0]]
            over, replies = asyncio.Event(), list[tuple[str, str]]()

            async def go_on(questions: cycle[str]) -> None:
                while not over.is_set():
                    question = next(questions)
                    replies.append((question, await ask(question)))

            async with asyncio.TaskGroup() as group:
                questions = cycle(ASKED)
                for _ in range(IN_FLIGHT):
                    group.create_task(go_on(questions))
                for number in range(1, RELOADS + 1):
                    for name, text in (("source.txt", SOURCE), ("points.yaml", POINTS)):
                        (folder / name).write_text(text.replace(FIGURES[0], FIGURES[number % 2]), encoding="utf-8")
                    bot.send(signal.SIGHUP)
                    await bot.says(TOLD, number)
                over.set()
            assert len(replies) > IN_FLIGHT
            assert [one for one in replies if one[1] not in right[one[0]]] == []
            assert {FIGURES[0] in reply for question, reply in replies if question == ASKED[0]} == {True, False}
