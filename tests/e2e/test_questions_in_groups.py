"""The real process in a group: questions as people write and mend them, a list that another member picks from."""

from __future__ import annotations

from pathlib import Path

from bot.wording import Reports
from tests.e2e.bot_process import bot_on_telegram
from tests.standin.client import Standin

ROAD = "修路花了多少钱"


async def test_a_group_is_answered_however_it_asks_and_a_forged_report_counts_nothing(tmp_path: Path) -> None:
    async with Standin.running() as telegram, bot_on_telegram(tmp_path, telegram.url, telegram.token) as bot:
        ann, bo = [await telegram.user(name, started=True) for name in ("安安", "小波")]
        group = await telegram.supergroup("学习小组", [ann, bo])
        await telegram.quiet()
        answer = await ann.ask(group, f"/ask\u3000{ROAD}", timeout=20)
        assert (await bo.ask(group, f"/ask：{ROAD}", timeout=20)).text == answer.text
        mistyped = await ann.say(group, "/ask 修陆花钱吗吗吗")
        first = await telegram.reply(mistyped, timeout=20)
        edited = await ann.edit(mistyped, f"/ask {ROAD}")
        await telegram.wait_for("editMessageText", chat_id=group, after=edited, timeout=20)
        assert (await telegram.now(first)).text == answer.text
        outline = await ann.ask(group, "/outline", timeout=20)
        picked = await bo.say(group, "2", reply_to=outline)
        section = await telegram.reply(picked, timeout=20)
        assert section.text.splitlines()[0] in outline.labels[1]
        forged = await bo.press_stale(answer, "q:e-road-1")
        assert forged.answer is not None and forged.answer.text in {Reports.GONE, Reports.NOT_ASKED}
        assert "Traceback" not in bot.output
