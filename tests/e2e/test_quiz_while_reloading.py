"""The knowledge changes under a running contest of the real process: it goes on with the questions it began with."""

from __future__ import annotations

from pathlib import Path

from bot.wording import Versions
from tests.e2e.match import NAMES, Match
from tests.e2e.office import ABOUT_ROAD, GONE, ROAD, new_office


async def test_a_contest_goes_on_to_its_end_when_the_point_that_it_asks_about_is_removed(tmp_path: Path) -> None:
    async with new_office(tmp_path) as office:
        bo = await office.telegram.user("小波", started=True)
        match = Match(office.telegram, await office.telegram.supergroup("学习小组", [office.ann, bo]))
        await match.starts(office.ann, "/quiz 3 5 村道")
        for number in range(3):
            poll = await match.poll()
            assert poll.poll is not None
            assert f"原文：{ROAD.removesuffix('。')}" in poll.poll["explanation"]
            await match.votes(poll, NAMES[0], office.ann, correctly=True)
            if number == 0:
                offered = await office.send("points.yaml", GONE)
                assert Versions.IN_USE.format(points="road") in offered.text
                sure = await office.press(offered, Versions.APPLY_ANYWAY)
                assert (await office.press(sure, Versions.CONFIRM)).text == Versions.APPLIED.format(number=2)
                assert await office.answer(ABOUT_ROAD) == ""
            await match.votes(poll, NAMES[1], bo, correctly=number == 1)
            await match.time_is_over()
        assert await match.final() == match.points == {NAMES[0]: 3, NAMES[1]: 1}
        assert len(set(match.questions)) == 3
        assert "一共答了 3 题，对 3 题" in (await office.ask("/me", by=office.ann)).text

        again = await office.ann.ask(match.chat, "/quiz 3 5 村道")
        assert again.text.startswith("答题开始")  # the source still says it, so there is something to ask
