"""The real process is killed in the middle of a contest, as kill -9 does, and started again.

Each moment has a stand-in, a folder and two processes of its own. Some play at once: most of it is waiting.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from bot.wording import Contests as Wording
from tests.e2e.bot_process import bot_on_telegram
from tests.e2e.match import NAMES, Match, question_of
from tests.standin.client import Chat, Message, Standin, User

AT_ONCE = 5
HANG = 600.0  # seconds: the call is on its way until the process is dead


@dataclass
class Scene:
    """A contest of two questions between two members."""

    telegram: Standin
    group: Chat
    match: Match
    ann: User
    bo: User
    left_open: Message | None = None
    """A poll that nobody listens to when the process is dead."""

    async def starts(self) -> None:
        await self.match.starts(self.ann, "/quiz 2 5")

    async def asked(self) -> Message:
        self.left_open = await self.match.poll()
        return self.left_open

    async def ann_votes(self, poll: Message) -> None:
        await self.match.votes(poll, NAMES[0], self.ann, correctly=True)

    async def bo_votes(self, poll: Message) -> None:
        await self.match.votes(poll, NAMES[1], self.bo, correctly=False)

    async def both_vote(self, poll: Message) -> None:
        """Whoever has not voted yet does; once it counts, whether the poll's receipt was kept or not."""
        if (NAMES[0], question_of(poll)) not in self.match.first:
            await self.ann_votes(poll)
        await self.bo_votes(poll)

    async def hangs(self, method: str, *, carried_out: bool = False) -> None:
        await self.telegram.fault(method, "hang", seconds=HANG, carried_out=carried_out)

    async def time_is_over(self) -> None:
        self.left_open = None
        await self.match.time_is_over()


Moment = Callable[[Scene], Awaitable[None]]
"""Plays up to the moment at which the process is killed."""


async def saying_that_it_begins(scene: Scene) -> None:
    await scene.hangs("sendMessage")
    await scene.starts()
    await scene.telegram.struck("sendMessage", timeout=20)


async def sending_the_first_question(scene: Scene) -> None:
    await scene.hangs("sendPoll")
    await scene.starts()
    await scene.telegram.struck("sendPoll", timeout=20)


async def before_the_receipt_of_the_first_question(scene: Scene) -> None:
    await scene.hangs("sendPoll", carried_out=True)
    await scene.starts()
    async with asyncio.timeout(20):
        while (last := await scene.group.last()).poll is None:  # noqa: ASYNC110 - the stand-in offers no event
            await asyncio.sleep(0.02)
    scene.left_open = last
    await scene.ann_votes(last)


async def before_anybody_voted(scene: Scene) -> None:
    await scene.starts()
    await scene.asked()


async def while_a_vote_is_delivered(scene: Scene) -> None:
    await scene.starts()
    await scene.ann_votes(await scene.asked())


async def when_a_vote_is_kept(scene: Scene) -> None:
    await scene.starts()
    await scene.ann_votes(await scene.asked())
    await scene.telegram.quiet(timeout=20)


async def as_the_time_of_a_question_is_over(scene: Scene) -> None:
    await when_a_vote_is_kept(scene)
    await scene.time_is_over()


async def between_two_questions(scene: Scene) -> None:
    await as_the_time_of_a_question_is_over(scene)
    await scene.telegram.wait_for("sendMessage", after=scene.match, timeout=20)  # the board


async def sending_the_second_question(scene: Scene) -> None:
    await when_a_vote_is_kept(scene)
    await scene.hangs("sendPoll")
    await scene.time_is_over()
    await scene.telegram.struck("sendPoll", timeout=20)


async def before_the_last_board(scene: Scene) -> None:
    await _on_the_way_to_the_last_board(scene, carried_out=False)


async def behind_the_last_board(scene: Scene) -> None:
    await _on_the_way_to_the_last_board(scene, carried_out=True)
    async with asyncio.timeout(20):
        while not (await scene.group.last()).text.startswith("答题结束"):  # noqa: ASYNC110 - no event is offered
            await asyncio.sleep(0.02)


async def _on_the_way_to_the_last_board(scene: Scene, *, carried_out: bool) -> None:
    await as_the_time_of_a_question_is_over(scene)
    poll = await scene.asked()
    await scene.ann_votes(poll)
    await scene.bo_votes(poll)
    await scene.hangs("sendMessage", carried_out=carried_out)
    await scene.time_is_over()
    await scene.telegram.struck("sendMessage", timeout=20)


MOMENTS: tuple[Moment, ...] = (
    saying_that_it_begins,
    sending_the_first_question,
    before_the_receipt_of_the_first_question,
    before_anybody_voted,
    while_a_vote_is_delivered,
    when_a_vote_is_kept,
    as_the_time_of_a_question_is_over,
    between_two_questions,
    sending_the_second_question,
    before_the_last_board,
    behind_the_last_board,
)


async def test_kill_9_at_any_moment_loses_nothing_and_counts_nothing_twice(tmp_path: Path) -> None:
    turn = asyncio.Semaphore(AT_ONCE)

    async def play(moment: Moment) -> None:
        name = getattr(moment, "__name__", "")
        (folder := tmp_path / name).mkdir()
        async with turn:
            try:
                await _killed(moment, folder)
            except Exception as error:
                error.add_note(f"killed {name}")
                raise

    done = await asyncio.gather(*map(play, MOMENTS), return_exceptions=True)  # each ends its processes
    failed = [error for error in done if isinstance(error, Exception)]
    if failed:
        raise ExceptionGroup("some moments", failed)


async def _killed(moment: Moment, folder: Path) -> None:
    async with Standin.running() as telegram:
        ann, bo = [await telegram.user(name, started=True) for name in NAMES[:2]]
        group = await telegram.supergroup("学习小组", [ann, bo])
        scene = Scene(telegram, group, Match(telegram, group), ann, bo)
        async with bot_on_telegram(folder, telegram.url, telegram.token) as first:
            await moment(scene)
            await first.kill()
        await telegram.clear_faults()
        if scene.left_open is not None:  # nobody listens
            await scene.both_vote(scene.left_open)
            await telegram.advance(6)
        async with bot_on_telegram(folder, telegram.url, telegram.token) as second:
            async for poll in scene.match.polls_to_the_end():
                await scene.ann_votes(poll)
                await scene.bo_votes(poll)
                await scene.time_is_over()
            match = scene.match
            assert await match.final() == match.points == {NAMES[0]: 2, NAMES[1]: 0}
            assert "一共答了 2 题，对 2 题" in (await ann.ask(ann.chat, "/me")).text
            answered = sum(name == NAMES[1] for name, _ in match.first)
            assert f"一共答了 {answered} 题，对 0 题" in (await bo.ask(bo.chat, "/me")).text
            assert "Traceback" not in second.output, second.output
        asked = [question_of(message) for message in await group.messages() if message.poll is not None]
        assert len(set(asked)) == 2
        # where votes that came meanwhile show that a question is there, it does not come again
        assert len(asked) == 2 if moment is before_the_receipt_of_the_first_question else len(asked) <= 3
        boards = [message.text for message in await group.messages() if message.text.startswith("答题结束")]
        again = [Wording.SENT_AGAIN in board for board in boards]
        assert again == [False, True] if moment is behind_the_last_board else len(boards) == 1
