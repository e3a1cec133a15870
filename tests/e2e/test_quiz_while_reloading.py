"""The knowledge changes under a running contest of the real process: it goes on with the questions it began with."""

from __future__ import annotations

from pathlib import Path

from bot.wording import Versions
from tests.e2e.admin_bot import ABOUT_ROAD, GONE, ROAD, new_admin_bot
from tests.e2e.match import NAMES, Match


async def test_a_contest_goes_on_to_its_end_when_the_point_that_it_asks_about_is_removed(tmp_path: Path) -> None:
    async with new_admin_bot(tmp_path) as admin_bot:
        bo = await admin_bot.telegram.user("小波", started=True)
        match = Match(admin_bot.telegram, await admin_bot.telegram.supergroup("学习小组", [admin_bot.ann, bo]))
        await match.starts(admin_bot.ann, "/quiz 3 5 村道")
        for number in range(3):
            poll = await match.poll()
            assert poll.poll is not None
            assert f"原文：{ROAD.removesuffix('。')}" in poll.poll["explanation"]
            await match.votes(poll, NAMES[0], admin_bot.ann, correctly=True)
            if number == 0:
                offered = await admin_bot.send("points.yaml", GONE)
                assert Versions.IN_USE.format(points="road") in offered.text
                sure = await admin_bot.press(offered, Versions.APPLY_ANYWAY)
                assert (await admin_bot.press(sure, Versions.CONFIRM)).text == Versions.APPLIED.format(number=2)
                assert await admin_bot.answer(ABOUT_ROAD) == ""
            await match.votes(poll, NAMES[1], bo, correctly=number == 1)
            await match.time_is_over()
        assert await match.final() == match.points == {NAMES[0]: 3, NAMES[1]: 1}
        assert len(set(match.questions)) == 3
        assert "一共答了 3 题，对 3 题" in (await admin_bot.ask("/me", by=admin_bot.ann)).text

        again = await admin_bot.ann.ask(match.chat, "/quiz 3 5 村道")
        assert again.text.startswith("答题开始")  # the source still says it, so there is something to ask
