"""The real process lives through a change of summer time, in zones whose clocks change while the test looks on."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.wording import Contests as Wording
from tests.e2e.bot_process import bot_on_telegram
from tests.e2e.zones import write_zone
from tests.standin.client import Standin

LEAD = timedelta(seconds=15)  # from setting the hour to the change: time to start the process again
TWO = timedelta(hours=2)
FIVE = timedelta(seconds=5)
# what the clocks show at the change, how far they are put forward, the hour of the question, and how long after the
# change the question is due
CASES = {
    "Test/Forward": (TWO, timedelta(hours=1), "3:00", timedelta()),  # one hour of the night is left out
    "Test/Gap": (TWO - FIVE, 4 * FIVE, "2:00", FIVE),  # the very minute is left out: as long after midnight as ever
    "Test/Back": (TWO + FIVE, -2 * FIVE, "2:00", -FIVE),  # the minute comes twice: due the first time only
}


async def test_over_a_change_of_summer_time_the_daily_question_comes_once_and_when_it_is_due(tmp_path: Path) -> None:
    zones = tmp_path / "zones"
    zones.mkdir()
    database = tmp_path / "data" / "bot.sqlite3"
    async with Standin.process() as telegram:
        ann = await telegram.user("安安", started=True)
        groups = {zone: await telegram.supergroup(zone, [ann]) for zone in CASES}
        async with bot_on_telegram(tmp_path, telegram.url, telegram.token, PYTHONTZPATH=str(zones)) as first:
            await telegram.quiet()  # it has said hello
            change = datetime.now(UTC).replace(microsecond=0) + LEAD
            for zone, (local, by, hour, _) in CASES.items():
                write_zone(zones, zone, change, local, by)
                await groups[zone].add(ann, "administrator")
                told = await ann.ask(groups[zone], f"/daily {hour} {zone}")
                assert told.text == Wording.DAILY_SET.format(time=hour, zone=zone)
            await first.kill()
        async with bot_on_telegram(tmp_path, telegram.url, telegram.token, PYTHONTZPATH=str(zones)) as second:
            for zone, (_, _, _, after) in CASES.items():
                poll = (await telegram.wait_for("sendPoll", chat_id=groups[zone], timeout=60)).message
                assert poll.poll is not None
                assert poll.poll["question"].startswith(Wording.QUESTION_DAILY)
                assert datetime.fromtimestamp(poll.raw["date"], UTC) >= change + after
            # until every clock has shown every hour as often as it does, and a little longer
            await asyncio.sleep(max((change + 2 * FIVE - datetime.now(UTC)).total_seconds(), 0))
            await telegram.quiet()
            assert "Traceback" not in second.output
        assert [len(await telegram.calls("sendPoll", chat_id=group)) for group in groups.values()] == [1, 1, 1]
    assert dealt_with(database) == {zone: change + after for zone, (_, _, _, after) in CASES.items()}


def dealt_with(database: Path) -> dict[str, datetime]:
    """By zone, the due moment whose question was asked."""
    with closing(sqlite3.connect(database)) as connection:
        rows = connection.execute("SELECT zone, handled_at FROM schedules WHERE kind = 'daily'").fetchall()
    return {zone: datetime.fromisoformat(handled_at).replace(tzinfo=UTC) for zone, handled_at in rows}
