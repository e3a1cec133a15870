"""Papers on the real bot in a chat: on Telegram beside the page, and typed in the terminal; the same answers, the same
points.
"""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

from bot.wording import TERMINAL_PROMPT
from bot.wording import Papers as Wording
from tests.e2e.admin_bot import new_admin_bot
from tests.e2e.bot_process import environment_of
from tests.e2e.terminal_process import sitting_at_a_terminal
from tests.e2e.test_papers import COUNT, database, hold, right_answers

RIGHT = 3
SCORE = Wording.SCORE.format(right=RIGHT, total=COUNT)


def paper_of(path: Path, channel: str) -> str:
    """The id of the one paper that a member of that channel writes."""
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as connection:
        [(found,)] = connection.execute("SELECT id FROM papers WHERE member LIKE ?", (f"{channel}:%",)).fetchall()
    return str(found)


async def to_give(path: Path, channel: str) -> list[str]:
    """What to type in answer to each question, so that so many are right."""
    paper = await asyncio.to_thread(paper_of, path, channel)
    found = []
    for number, (correct, accepted) in enumerate(await asyncio.to_thread(right_answers, path, paper)):
        if accepted:
            found.append(accepted[0] if number < RIGHT else "不是这个词")
        else:
            wrong = next(index for index in range(2) if [index] != correct)
            found.append("".join("ABCDEFGHIJKL"[index] for index in (correct if number < RIGHT else [wrong])))
    return found


async def test_a_competition_held_on_telegram_is_written_there_and_on_the_page(tmp_path: Path) -> None:
    async with new_admin_bot(tmp_path) as bot:
        shown = await bot.ask(f"学习竞赛 新建 冬训 3天 {COUNT}题 10分钟 每天1次")
        assert shown.text.startswith("冬训") and Wording.PUBLISH in shown.labels
        assert (await bot.press(shown, Wording.PUBLISH)).text.startswith(Wording.PUBLISHED)
        card = await bot.ask("/paper", bot.ann)
        asked = await bot.press(card, Wording.BEGIN, bot.ann)
        assert asked.text.startswith(Wording.ASK_NAME)
        await bot.ask("王芳", bot.ann)
        told = await bot.press(await bot.ask("一支部", bot.ann), Wording.BEGIN, bot.ann)
        path = database(tmp_path)
        for number, given in enumerate(await to_give(path, "telegram"), start=1):
            assert told.text.startswith(f"第 {number}/{COUNT} 题"), told.text
            told = await bot.ask(given, bot.ann)
        assert told.text == Wording.GIVE_IN_ALL
        assert SCORE in (await bot.press(told, Wording.GIVE_IN, bot.ann)).text
        assert "王芳（一支部）" in (await bot.ask("学习竞赛 排行", bot.ann)).text

        [competition] = await asyncio.to_thread(ids, path)
        address = f"/paper/{competition}"
        await bot.web.get(address)
        await bot.web.post(f"{address}/start", data={"name": "李强", "branch": ""}, follow_redirects=True)
        paper = await asyncio.to_thread(paper_of, path, "web")
        fields: dict[str, str | list[str]] = {"paper": paper}
        right = await asyncio.to_thread(right_answers, path, paper)
        for number, given in enumerate(await to_give(path, "web")):
            typed = bool(right[number][1])
            fields[f"{'t' if typed else 'q'}{number}"] = given if typed else [str("ABCDEF".index(one)) for one in given]
        page = await bot.web.post(f"{address}/give-in", data=fields, follow_redirects=True)
        assert SCORE in page.text
        assert "李强" in (await bot.ask("学习竞赛 排行", bot.ann)).text


def ids(path: Path) -> list[str]:
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as connection:
        return [str(row[0]) for row in connection.execute("SELECT id FROM competitions")]


async def test_a_paper_is_typed_in_the_terminal(tmp_path: Path) -> None:
    await hold(tmp_path, "c1")
    async with sitting_at_a_terminal(environment_of(tmp_path)) as terminal:
        await terminal.shows(TERMINAL_PROMPT)
        prompts = 1

        async def say(text: str) -> None:
            nonlocal prompts
            prompts += 1
            terminal.type(f"{text}\n")
            await terminal.shows(TERMINAL_PROMPT, times=prompts)

        await say("学习竞赛")
        await say(Wording.BEGIN)
        await say("王芳")
        await say("一支部")
        await say(Wording.BEGIN)
        assert f"第 1/{COUNT} 题" in terminal.shown
        for given in await to_give(database(tmp_path), "terminal"):
            await say(given)
        await say(Wording.GIVE_IN)
        assert SCORE in terminal.shown
