"""Long judgements in turns: the order of askers, the bound, who is gone, and a judge in threads that a test holds."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar, cast

import pytest

from bot import wording
from bot.conversation.messages import Incoming
from bot.conversation.router import Router
from bot.errors import BusyError, DepartedError
from bot.features.answers.judgement_queue import FairQueue, Job, JudgementQueue, Turn
from bot.library import Library
from bot.retrieval.index.tokenizer import shared_tokenizer
from bot.retrieval.retriever import Retriever
from bot.retrieval.verdict import Verdict
from tests.unit.event_loop import settle
from tests.unit.library import conversation, knowledge, retriever

Result = TypeVar("Result")
LONG = 300


class FakeRetriever:
    """Judges whatever it is asked, and notes it."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, tuple[str, ...]]] = []

    def ask(self, text: str, history: Sequence[str] = ()) -> Verdict:
        self.asked.append((text, tuple(history)))
        if text == "breaks":
            raise ValueError(text)
        return Verdict("decline", text, "unrelated")


class HeldThreads:
    """Runs each work where ``go_on`` lets it, the earliest begun first."""

    def __init__(self) -> None:
        self._held: list[asyncio.Event] = []

    async def __call__(self, work: Callable[[], Result]) -> Result:
        self._held.append(asyncio.Event())
        await self._held[-1].wait()
        return work()

    @property
    def begun(self) -> int:
        return len(self._held)

    async def go_on(self) -> None:
        """Let the earliest that is held go on, and what follows from that come to rest."""
        await settle()
        self._held.pop(0).set()
        await settle()


class QueueHarness:
    """A judging with one worker for anything, unless said otherwise."""

    def __init__(self, *lanes: int, limit: int = 10_000) -> None:
        self.threads = HeldThreads()
        self.retriever = FakeRetriever()
        self.judging = JudgementQueue(self.threads, lanes=lanes or (LONG,), limit=limit)

    def ask(
        self,
        text: str,
        person: str,
        origin: str = "",
        gone: asyncio.Event | None = None,
        history: Sequence[str] = (),
    ) -> asyncio.Task[Verdict]:
        judge = cast(Retriever, self.retriever)
        departure = gone.wait if gone is not None else None
        return asyncio.create_task(self.judging.ask(judge, text, history, Turn(origin or person, person), departure))

    @property
    def order(self) -> list[str]:
        return [text for text, _ in self.retriever.asked]


async def test_askers_take_turns_however_much_one_of_them_asks() -> None:
    harness = QueueHarness()
    for number in range(4):
        harness.ask(f"flood {number}", "flood")
    harness.ask("one", "a")
    harness.ask("two", "b")
    harness.ask("three", "a")
    await settle()
    for _ in range(7):
        await harness.threads.go_on()
    assert harness.order == ["flood 0", "flood 1", "one", "two", "flood 2", "three", "flood 3"]


async def test_all_persons_of_an_origin_share_its_turn() -> None:
    harness = QueueHarness()
    for number in range(3):
        harness.ask(f"flood {number}", f"new name {number}", origin="10.0.0.1")
    harness.ask("one", "a", origin="10.0.0.2")
    harness.ask("two", "b", origin="10.0.0.3")
    await settle()
    for _ in range(5):
        await harness.threads.go_on()
    assert harness.order == ["flood 0", "flood 1", "one", "two", "flood 2"]


async def test_a_short_question_never_waits_for_a_long_one() -> None:
    harness = QueueHarness(10, LONG)
    long = [harness.ask(f"{number}" * 299, f"asker {number}") for number in range(3)]
    await settle()
    short = harness.ask("short", "x")
    await settle()
    assert harness.threads.begun == 2  # one of the long ones, and the short one
    harness.threads._held.reverse()
    await harness.threads.go_on()
    assert short.done() and not any(task.done() for task in long)
    assert harness.order == ["short"]


async def test_a_follow_up_to_a_long_question_is_a_long_one() -> None:
    harness = QueueHarness(10, LONG)
    leaning = [harness.ask("那农村呢", f"asker {number}", history=(f"{number}" * 299,)) for number in range(3)]
    await settle()
    short = harness.ask("short", "x")
    await settle()
    assert harness.threads.begun == 2  # one of those that lean, and the short one
    harness.threads._held.reverse()
    await harness.threads.go_on()
    assert short.done() and not any(task.done() for task in leaning)


async def test_where_too_much_waits_whoever_has_the_most_is_refused() -> None:
    harness = QueueHarness(limit=48)
    working = harness.ask("w", "w")
    await settle()
    flood = [harness.ask(f"flood {number}, as long", "flood") for number in range(3)]  # sixteen characters each
    await settle()
    assert not any(task.done() for task in flood), "as much as there may be is not too much"
    late = harness.ask("a question", "somebody else")
    await settle()
    assert [task.done() for task in flood] == [False, False, True]
    with pytest.raises(BusyError, match=wording.BUSY):
        await flood[2]
    refused = harness.ask("once more of it", "flood")
    with pytest.raises(BusyError):
        await refused
    for _ in range(4):
        await harness.threads.go_on()
    assert late.done() and working.done()
    assert harness.order == ["w", "flood 0, as long", "a question", "flood 1, as long"]


async def test_who_is_gone_is_not_judged() -> None:
    harness = QueueHarness()
    gone = asyncio.Event()
    harness.ask("first", "a")
    waiting = harness.ask("of nobody", "b", gone=gone)
    last = harness.ask("last", "c")
    await settle()
    gone.set()
    with pytest.raises(DepartedError):
        await waiting
    assert len(harness.judging) == 1
    await harness.threads.go_on()
    await harness.threads.go_on()
    assert last.done() and harness.order == ["first", "last"]


async def test_a_cancelled_question_is_not_judged_and_nothing_is_left_of_it() -> None:
    harness = QueueHarness()
    first, second = harness.ask("first", "a"), harness.ask("second", "b")
    await settle()
    for task in (first, second):
        task.cancel()
    await settle()
    assert len(harness.judging) == 0
    await harness.threads.go_on()  # what a thread has begun comes to its end
    third = harness.ask("third", "a")
    await harness.threads.go_on()
    assert (await third).question == "third" and harness.order == ["first", "third"]


async def test_the_same_question_of_many_is_judged_once_and_lasts_while_any_of_them_waits() -> None:
    harness = QueueHarness()
    harness.ask("before", "z")
    many = [harness.ask("the same", f"asker {number}") for number in range(30)]
    await settle()
    assert len(harness.judging) == 1
    many[0].cancel()
    await settle()
    await harness.threads.go_on()
    await harness.threads.go_on()
    assert {verdict.question for verdict in await asyncio.gather(*many[1:])} == {"the same"}
    assert harness.order == ["before", "the same"]


async def test_a_members_question_is_not_lost_because_a_flooder_asked_the_same_before() -> None:
    harness = QueueHarness(limit=60)
    harness.ask("w", "w")
    await settle()
    flood = [harness.ask(f"flood {number}, as long", "flood") for number in range(3)]  # sixteen characters each
    member = harness.ask("flood 2, as long", "member")
    await settle()
    late = harness.ask("something long enough", "somebody else")
    await settle()
    assert [task.done() for task in flood] == [False, True, False]
    assert not member.done() and not late.done()
    for _ in range(4):
        await harness.threads.go_on()
    assert (await member).question == (await flood[2]).question == "flood 2, as long"
    assert harness.order == ["w", "flood 0, as long", "flood 2, as long", "something long enough"]


async def test_a_question_that_others_ask_too_comes_when_it_is_the_turn_of_any_of_them() -> None:
    harness = QueueHarness()
    harness.ask("w", "w")
    await settle()
    for number in range(4):
        harness.ask(f"flood {number}", "flood")
    await settle()
    harness.ask("flood 3", "member")
    harness.ask("another", "somebody else")
    await settle()
    for _ in range(6):
        await harness.threads.go_on()
    assert harness.order == ["w", "flood 0", "flood 3", "another", "flood 1", "flood 2"]


async def test_a_question_counts_for_its_first_asker_again_where_the_other_is_gone() -> None:
    harness = QueueHarness(limit=40)
    harness.ask("w", "w")
    await settle()
    flood = [harness.ask(f"flood {number}, as long", "flood") for number in range(2)]
    await settle()
    harness.ask("flood 1, as long", "member").cancel()
    gone = asyncio.Event()
    leaving = harness.ask("flood 1, as long", "member", gone=gone)
    await settle()
    gone.set()
    with pytest.raises(DepartedError):
        await leaving
    harness.ask("a question", "somebody else")
    await settle()
    assert [task.done() for task in flood] == [False, True]


async def test_a_judge_that_fails_fails_its_asker_alone() -> None:
    harness = QueueHarness()
    broken, next_ = harness.ask("breaks", "a"), harness.ask("next", "b")
    await harness.threads.go_on()
    await harness.threads.go_on()
    with pytest.raises(ValueError, match="breaks"):
        await broken
    assert (await next_).question == "next"


def test_a_queue_knows_nobody_whose_questions_are_all_through() -> None:
    loop = asyncio.new_event_loop()
    queue = FairQueue()
    judge = cast(Retriever, FakeRetriever())
    for number in range(100):
        queue.put(Job(Counter([Turn("o", f"p{number}")]), 20, (judge, str(number), ()), loop.create_future()))
    while queue.take(LONG):
        pass
    loop.close()
    assert (len(queue), queue.size, queue._turns) == (0, 0, {})


# ── in the conversation ──


def make_chat(threads: HeldThreads, limit: int = 10_000, library: Library | None = None) -> Router:
    """One that remembers nothing yet."""
    judging = JudgementQueue(threads, lanes=(LONG,), limit=limit)
    return conversation(library or Library(Retriever(knowledge(), shared_tokenizer())), judging=judging)


def said(text: str, person: str = "web:a", action: str = "") -> Incoming:
    return Incoming(person, person, text=text, action=action, request_id="r")


UNSEEN = "想请教一下田里那些稻子如今究竟种到多少亩的规模了呢"


async def test_what_is_known_at_once_never_waits_behind_what_has_to_be_searched() -> None:
    threads = HeldThreads()
    chat = make_chat(threads)
    waiting = asyncio.create_task(chat.handle(said(UNSEEN)))
    await settle()
    assert threads.begun == 1
    for asked in (
        said("镇长是谁", "web:b"),
        said("/outline", "web:b"),
        said("", action="p:rice"),
        said("你好", "web:b"),
    ):
        assert (await chat.handle(asked)).parts
    assert not waiting.done()
    await threads.go_on()
    assert (await waiting).verdict is not None
    again = await chat.handle(said(UNSEEN, "web:c"))  # remembered from now on
    assert again.verdict is not None and threads.begun == 0


async def test_questions_of_one_person_are_answered_in_their_order_each_leaning_on_the_one_before() -> None:
    threads = HeldThreads()
    chat = make_chat(threads)
    first = asyncio.create_task(chat.handle(said(UNSEEN)))
    await settle()
    second = asyncio.create_task(chat.handle(said("那比去年呢")))
    third = asyncio.create_task(chat.handle(said("镇长是谁")))  # known at once, but asked after them
    await settle()
    assert threads.begun == 1 and not third.done()
    await threads.go_on()
    assert first.done() and threads.begun == 1 and not third.done()
    await threads.go_on()
    leaning = (await second).verdict
    assert leaning == retriever().ask("那比去年呢", (UNSEEN,))
    assert (await third).verdict == retriever().ask("镇长是谁", (UNSEEN, "那比去年呢"))


async def test_a_question_is_answered_by_the_version_that_was_served_when_it_came() -> None:
    threads = HeldThreads()
    library = Library(Retriever(knowledge(), shared_tokenizer()))
    chat = make_chat(threads, library=library)
    waiting = asyncio.create_task(chat.handle(said(UNSEEN)))
    await settle()
    other = replace(knowledge(), title="另一版", version="2")
    served = library.current
    library.main = cast(Retriever, type("Served", (FakeRetriever,), {"knowledge": other})())
    await threads.go_on()
    assert (await waiting).verdict == served.ask(UNSEEN)


async def test_where_too_much_waits_it_is_said_in_words_and_nothing_is_remembered_of_it() -> None:
    threads = HeldThreads()
    chat = make_chat(threads, limit=30)
    working = asyncio.create_task(chat.handle(said(UNSEEN)))
    waiting = asyncio.create_task(chat.handle(said(f"{UNSEEN}一二三", "web:b")))
    await settle()
    reply = await chat.handle(said(f"{UNSEEN}四五六", "web:c"))
    assert reply.busy and reply.text == wording.BUSY and reply.verdict is None
    for _ in range(2):
        await threads.go_on()
    assert working.done() and waiting.done()
    why = await chat.handle(said("/why", "web:c"))
    assert why.text == wording.Why.NOTHING_YET


async def test_why_takes_its_turn_too() -> None:
    threads = HeldThreads()
    chat = make_chat(threads)
    waiting = asyncio.create_task(chat.handle(said(f"/why {UNSEEN}")))
    await settle()
    assert threads.begun == 1 and not waiting.done()
    await threads.go_on()
    assert UNSEEN in (await waiting).text
