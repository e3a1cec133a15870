"""Who asks too much is told so once, and then not listened to until there is room; what contests need never counts."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest

from bot.access.roles import RolePolicy
from bot.conversation.messages import Incoming, Reply
from bot.conversation.rate_limit import Limiter, RateLimits
from bot.library import Library
from bot.wording import Notices as Wording
from tests.unit.event_loop import settle
from tests.unit.features.contests.fixtures import ContestsHarness, Time
from tests.unit.features.fakes import FakeRoles
from tests.unit.library import FakeStore, conversation, retriever
from tests.unit.quiz.builders import question

QUESTION = "修路花了多少钱"


class Stopwatch:
    """Seconds that are moved by hand."""

    def __init__(self) -> None:
        self.seconds = 1_000.0

    def __call__(self) -> float:
        return self.seconds


class Room:
    """A conversation with limits: six questions a minute for a member, twelve for a chat."""

    def __init__(
        self,
        harness: ContestsHarness | None = None,
        member: int = 6,
        chat: int = 12,
        stopwatch: Stopwatch | None = None,
    ) -> None:
        self.time = harness.time if harness else Time()
        self.roles = FakeRoles({"test:host": "host"})
        limiter = Limiter(RateLimits(member, chat), RolePolicy(["test:owner"], self.roles), stopwatch)
        self.chat = conversation(
            Library(retriever()),
            FakeStore(),
            self.time,
            quizzes=harness.features if harness else (),
            guard=harness.quizzing.guard if harness else None,
            rights=RolePolicy((), self.roles),
            limiter=limiter,
        )

    async def asks(self, text: str = QUESTION, *, by: str = "ann", chat: str = "", **more: object) -> Reply:
        where = {"chat": chat, "is_private": False} if chat else {"chat": f"test:{by}"}
        return await self.chat.handle(Incoming(**{"person": f"test:{by}", "text": text, **where, **more}))  # type: ignore[arg-type]  # mixed


async def told(room: Room, count: int, **said: str) -> list[str]:
    """What comes of asking so often at once: «answer», the notice, or nothing."""
    replies = [await room.asks(**said) for _ in range(count)]
    return ["answer" if reply.verdict else reply.text for reply in replies]


async def test_after_a_burst_there_is_one_notice_and_then_silence_until_there_is_room() -> None:
    room = Room()
    notice = Wording.TOO_FAST.format(seconds=10)
    assert await told(room, 9) == ["answer"] * 6 + [notice, "", ""]
    room.time.now += timedelta(seconds=9)
    assert await told(room, 1) == [""]
    room.time.now += timedelta(seconds=1)
    assert await told(room, 3) == ["answer", notice, ""]


async def test_a_group_as_a_whole_has_its_limit_and_its_notice() -> None:
    room = Room()
    heard = [(await told(room, 1, by=f"m{number % 4}", chat="test:group"))[0] for number in range(18)]
    notice = Wording.TOO_FAST_HERE.format(seconds=10)
    assert heard == ["answer"] * 12 + [notice] * 4 + ["", ""]  # nobody is left out without a word
    assert await told(room, 1, by="m1") == ["answer"]
    assert await told(room, 1, by="m1", chat="test:other") == ["answer"]
    assert await told(room, 1, by="m1", chat="test:group:7") == [""]  # a topic of the same group


async def test_who_asks_little_is_heard_however_much_the_others_ask() -> None:
    room = Room(member=100)
    notice = Wording.TOO_FAST_HERE.format(seconds=10)
    assert await told(room, 20, by="flood", chat="test:group") == ["answer"] * 12 + [notice] + [""] * 7
    assert await told(room, 3, by="ann", chat="test:group") == ["answer", notice, ""]
    assert await told(room, 1, by="bob", chat="test:group:7") == ["answer"]
    room.time.now += timedelta(seconds=10)
    assert (await told(room, 1, by="flood", chat="test:group")) == ["answer"]


@pytest.mark.parametrize("text", ["/help", "帮助", "／帮助", "/start"])
@pytest.mark.parametrize("chat", ["", "test:group"])
async def test_help_is_given_to_whoever_asked_too_much(text: str, chat: str) -> None:
    room = Room()
    assert (await told(room, 15, chat=chat))[-1] == ""
    assert (await room.asks(text, chat=chat)).parts
    pressed = await room.asks("", action="h:", chat=chat)
    assert pressed.parts
    replies = [await room.asks(text, chat=chat) for _ in range(20)]
    assert [bool(reply.parts) for reply in replies].count(True) == 5  # four more, and the notice: a flood of it is one


async def test_whoever_asked_too_much_can_still_end_a_contest_and_be_forgotten() -> None:
    harness = await ContestsHarness().opens()
    room = Room(harness, member=3)
    await room.asks("/quiz 5 20", chat="test:group")
    assert (await told(room, 8, chat="test:group"))[-1] == ""
    await room.asks("/stop", chat="test:group")
    await settle()
    assert harness.last.startswith("答题提前结束")
    assert (await room.asks("/forget", chat="test:group")).choices
    await harness.dies()


async def test_whoever_has_a_role_is_always_listened_to_and_others_are_still_told() -> None:
    room = Room()
    assert await told(room, 40, by="owner", chat="test:group") == ["answer"] * 40
    assert await told(room, 20, by="host", chat="test:group") == ["answer"] * 20
    notice = Wording.TOO_FAST_HERE.format(seconds=10)
    assert await told(room, 3, by="ann", chat="test:group") == ["answer", notice, ""]
    before = room.roles.asked
    await told(room, 6, by="bob")
    assert room.roles.asked == before  # who is within the limits costs no look-up


async def test_what_waited_while_the_bot_was_away_is_answered() -> None:
    room = Room()
    now = room.time.now.timestamp()
    backlog = [await room.asks(sent_at=now - 3600 + 10 * number) for number in range(130)]
    assert all(reply.verdict for reply in backlog)


async def test_a_platform_whose_clock_is_ahead_gains_nothing() -> None:
    room = Room()
    ahead = room.time.now.timestamp() + 1000
    replies = [await room.asks(sent_at=ahead + 100 * number) for number in range(8)]
    assert [bool(reply.verdict) for reply in replies] == [True] * 6 + [False] * 2


async def test_programs_are_not_limited() -> None:
    room = Room()
    assert all([(await room.asks(skip_rate_limit=True)).verdict for _ in range(50)])


async def test_typing_takes_nothing_from_what_is_asked_and_is_limited_in_silence() -> None:
    room = Room(member=12)
    shown = [bool((await room.asks(is_inline=True)).verdict) for _ in range(20)]
    assert shown == [True] * 12 + [False] * 8
    assert (await told(room, 1)) == ["answer"]


async def test_a_button_is_answered_with_a_notice_of_its_own() -> None:
    room = Room()
    replies = [await room.asks("", action="p:road") for _ in range(8)]
    assert [reply.toast for reply in replies] == [""] * 6 + [Wording.TOO_FAST.format(seconds=10), ""]
    assert replies[6].parts == replies[7].parts == ()


async def test_a_number_that_picks_what_was_offered_counts_once() -> None:
    room = Room()
    assert (await room.asks()).choices
    assert [bool((await room.asks("1")).point) for _ in range(5)] == [True] * 5
    assert (await room.asks("1")).text == Wording.TOO_FAST.format(seconds=10)


async def test_answers_and_buttons_of_contests_never_count() -> None:
    harness = await ContestsHarness(polls=False).opens()
    room = Room(harness, member=2)
    chat = {"chat": "test:group"}
    await room.asks("/quiz 30 20", **chat)
    await settle()
    answered = 0
    while answered < 30:
        if len(harness.channel.asked) > answered:  # the next one is open
            answered += 1
            await room.asks("ABCD"[harness.channel.asked[-1][1].question.correct[0]], **chat)
        await harness.time.advance(1)
    assert [answer.right for answer in harness.store.answers.values()] == [True] * 30
    await harness.time.advance(60)
    pressed = [await room.asks("", chat="test:group", action="q:m") for _ in range(10)]
    assert all(reply.choices for reply in pressed)
    await harness.dies()


async def test_a_question_while_a_contest_waits_for_an_answer_counts() -> None:
    harness = await ContestsHarness(polls=False, bank=[question(1, point="school")]).opens()
    room = Room(harness, member=3)
    await room.asks("/quiz 1 60", chat="test:group")
    assert await told(room, 4, chat="test:group") == ["answer"] * 2 + [Wording.TOO_FAST.format(seconds=20), ""]
    await harness.dies()


async def test_it_is_logged_once_for_each_time(caplog: pytest.LogCaptureFixture) -> None:
    room = Room()
    with caplog.at_level(logging.WARNING, logger="bot.conversation.rate_limit"):
        await told(room, 30)
    assert len(caplog.records) == 1


@pytest.mark.parametrize("jump", [timedelta(days=1), timedelta(days=-1)], ids=["forward", "back"])
@pytest.mark.parametrize("dated", [False, True], ids=["page", "telegram"])
async def test_whatever_is_done_to_the_clock_nobody_waits_for_longer_than_told(jump: timedelta, dated: bool) -> None:
    stopwatch = Stopwatch()
    room = Room(stopwatch=stopwatch)
    started = room.time.now
    real = 0.0

    async def asked(count: int) -> list[str]:
        # the platform's clock is right
        at = started.timestamp() + real if dated else 0.0
        replies = [await room.asks(sent_at=at) for _ in range(count)]
        return ["answer" if reply.verdict else reply.text for reply in replies]

    assert await asked(8) == ["answer"] * 6 + [Wording.TOO_FAST.format(seconds=10), ""]
    room.time.now += jump
    for _ in range(3):
        real += 10
        stopwatch.seconds += 10
        room.time.now += timedelta(seconds=10)
        heard = await asked(8)
        assert heard[0] == "answer" and heard[-1] != "answer"
        room.time.now -= 2 * jump  # and back, and beyond


async def test_what_waited_while_the_bot_was_away_counts_when_it_was_said_by_a_stopwatch_too() -> None:
    room = Room(stopwatch=Stopwatch())
    said = room.time.now.timestamp()
    replies = [await room.asks(sent_at=said - 600 + 10 * number) for number in range(60)]
    assert all(reply.verdict for reply in replies)
