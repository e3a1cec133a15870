"""Prints which files of bot/ five trips enter: ``python -m tests.tools.trace_trips``.

A bot on the small document runs in this process against the stand-in for Telegram. Every call of a Python function
whose code lies in bot/ is recorded between what a user does and the moment when the bot has been quiet for a second,
so that what is written in the background counts too; functions that also run while nobody does anything (the web
server's clock, the look at the knowledge folder) do not. ``--files`` also lists the files in the order of their first
call, ``--functions`` the functions.
"""

from __future__ import annotations

import asyncio
import contextlib
import sys
import tempfile
import threading
from argparse import ArgumentParser
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from types import FrameType

from pydantic import SecretStr

from bot.app import configured_channels, run
from bot.config import ROOT, Settings
from bot.wording import Versions
from tests.e2e.bot_process import write_knowledge
from tests.e2e.match import right
from tests.standin.client import Message, Standin, User
from tests.unit.knowledge.changes import changed

BOT = f"{ROOT / 'bot'}/"
IDLE = 3.0  # seconds
PATIENCE = 60.0  # seconds for a reply of a bot that is traced
ROAD = "quote: 硬化村道12.5公里,总投资460万元"
LONGER = changed(ROAD, ROAD.replace("硬化", "二、修好进村道路。硬化"))
"""The small document with one quote more at length: a change that breaks nothing."""


@dataclass(slots=True)
class Trip:
    """The calls of one trip: file below bot/, name of the function."""

    title: str
    calls: list[tuple[str, str]] = field(default_factory=list)

    @property
    def files(self) -> list[str]:
        """The files, in the order of their first call."""
        return list(dict.fromkeys(file for file, _ in self.calls))

    @property
    def functions(self) -> list[str]:
        """``file:function`` in the order of the first call."""
        return [f"{file}:{name}" for file, name in dict.fromkeys(self.calls)]

    @property
    def switches(self) -> int:
        """How often a call lies in another file than the call before it."""
        return sum(before != after for (before, _), (after, _) in pairwise(self.calls))

    @property
    def folders(self) -> Counter[str]:
        """The number of files in each folder below bot/, two levels deep."""
        return Counter("/".join(file.split("/")[:-1][:2]) or "." for file in self.files)


class Recorder:
    """Records the calls within bot/ while a trip is going on."""

    def __init__(self) -> None:
        self.trips: list[Trip] = []
        self._now: Trip | None = None
        self._idle: frozenset[tuple[str, str]] = frozenset()

    def install(self) -> None:
        """Watch this thread and all that begin later."""
        threading.setprofile(self._profile)
        sys.setprofile(self._profile)

    def uninstall(self) -> None:
        """Watch no longer."""
        sys.setprofile(None)
        threading.setprofile(None)

    @contextlib.asynccontextmanager
    async def trip(self, title: str, telegram: Standin) -> AsyncIterator[None]:
        """Record what happens within the block, and after it until the bot is quiet."""
        trip = self._now = Trip(title)
        mark = await telegram.mark()
        yield
        await telegram.quiet(after=mark, seconds=1.0, timeout=PATIENCE)
        self._now = None
        self.trips.append(Trip(title, [call for call in trip.calls if call not in self._idle]))

    async def idle(self, telegram: Standin) -> None:
        """Learn what runs while nobody does anything, for a few seconds; that is no part of a trip."""
        self._now = nothing = Trip("nothing")
        await telegram.quiet(seconds=IDLE, timeout=PATIENCE)
        self._now = None
        self._idle = frozenset(nothing.calls)

    def _profile(self, frame: FrameType, event: str, _: object) -> None:
        if self._now is not None and event == "call" and frame.f_code.co_filename.startswith(BOT):
            code = frame.f_code
            self._now.calls.append((code.co_filename[len(BOT) :], code.co_qualname))


async def record() -> list[Trip]:
    """The five trips, on a bot of their own."""
    recorder = Recorder()
    with tempfile.TemporaryDirectory() as folder:
        async with Standin.process() as telegram:
            boss, ann = await telegram.user("主任", started=True), await telegram.user("安安", started=True)
            group = await telegram.supergroup("学习小组", [ann, boss])
            recorder.install()
            try:
                async with _bot(Path(folder), telegram, boss):
                    await ann.ask(ann.chat, "你好", timeout=PATIENCE)  # it is up, and all that is loaded late is loaded
                    await telegram.quiet(timeout=PATIENCE)
                    await recorder.idle(telegram)
                    async with recorder.trip("a question", telegram):
                        await ann.ask(ann.chat, "修路花了多少钱", timeout=PATIENCE)
                    begun = await ann.say(group, "/quiz 2 60")
                    poll = (await telegram.wait_for("sendPoll", after=begun, timeout=PATIENCE)).message
                    await telegram.quiet(timeout=PATIENCE)
                    async with recorder.trip("a vote", telegram):
                        await ann.vote(poll, right(poll))
                    async with recorder.trip("a poll closes", telegram):
                        await telegram.advance(61)
                    await ann.ask(group, "/stop", timeout=PATIENCE)  # else its next question falls into the preview
                    await telegram.quiet(timeout=PATIENCE)
                    async with recorder.trip("an upload's preview", telegram):
                        preview = await _preview(telegram, boss)
                    async with recorder.trip("the preview applied", telegram):
                        await boss.press(preview, Versions.APPLY, wait=PATIENCE)
            finally:
                recorder.uninstall()
    return recorder.trips


async def _preview(telegram: Standin, boss: User) -> Message:
    sent = await boss.document(boss.chat, "points.yaml", LONGER.encode())
    return await telegram.reply(sent, timeout=PATIENCE)


@asynccontextmanager
async def _bot(folder: Path, telegram: Standin, boss: User) -> AsyncIterator[None]:
    settings = Settings(
        _env_file=None,  # type: ignore[call-arg]  # of pydantic-settings: no .env plays a part
        telegram_token=SecretStr(telegram.token),
        telegram_api_url=telegram.url,
        http_port=0,
        knowledge_dir=write_knowledge(folder / "knowledge"),
        data_dir=folder / "data",
        admins=(f"telegram:{boss.id}",),
        meaning=False,
        log_level="ERROR",
    )
    serving = asyncio.create_task(run(settings, configured_channels(settings)))
    try:
        yield
    finally:
        serving.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await serving


def main() -> None:
    """Print the figures."""
    parser = ArgumentParser(prog="python -m tests.tools.trace_trips", description=__doc__)
    parser.add_argument("--files", action="store_true", help="list the files of each trip")
    parser.add_argument("--functions", action="store_true", help="list the functions of each trip")
    asked = parser.parse_args()
    trips = asyncio.run(record())
    print(f"{'trip':<22}{'files':>7}{'functions':>11}{'switches':>10}")
    for trip in trips:
        print(f"{trip.title:<22}{len(trip.files):>7}{len(trip.functions):>11}{trip.switches:>10}")
    for trip in trips if asked.files or asked.functions else []:
        print(f"\n{trip.title}: " + ", ".join(f"{folder} {n}" for folder, n in trip.folders.most_common()))
        print("\n".join(trip.functions if asked.functions else trip.files))


if __name__ == "__main__":
    main()
