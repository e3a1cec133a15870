"""Updates of one chat in turn, of many chats together."""

from __future__ import annotations

import asyncio

import pytest
from telegram import Update

from bot.channels.telegram.receive.per_chat_queue import MAX_OF_ONE, PerChatQueue, chat_of, queue_key_of
from tests.unit.channels.telegram_fakes import ANN, GROUP, PRIVATE, message, press, read, update
from tests.unit.event_loop import settle, until


def of_chat(number: int) -> Update:
    return read(update(message=message("问", chat={**PRIVATE, "id": number})))


def of_member(member: int, text: str = "/ask 问") -> Update:
    return read(update(message=message(text, chat=GROUP, sender={**ANN, "id": member})))


async def test_members_of_a_group_take_turns_and_each_is_answered_in_order() -> None:
    order = PerChatQueue()
    gate = asyncio.Event()
    done: list[str] = []

    async def work(name: str) -> None:
        await gate.wait()
        done.append(name)

    said = [(1, f"a{number}") for number in range(6)] + [(2, "b0"), (3, "c0"), (2, "b1")]
    tasks = [asyncio.create_task(order.process_update(of_member(who), work(name))) for who, name in said]
    await settle()
    gate.set()
    await asyncio.gather(*tasks)
    assert done == ["a0", "b0", "c0", "a1", "b1", "a2", "a3", "a4", "a5"]
    assert order._lines == {}


async def test_one_member_with_eighty_questions_takes_no_place_from_another_and_is_told_once() -> None:
    told: list[int] = []

    async def tell(dropped: Update) -> bool:
        told.append(dropped.message.from_user.id if dropped.message and dropped.message.from_user else 0)
        return True

    order = PerChatQueue(on_full=tell)
    gate = asyncio.Event()
    done: list[str] = []

    async def work(name: str) -> None:
        await gate.wait()
        done.append(name)

    tasks = [asyncio.create_task(order.process_update(of_member(1), work("flood"))) for _ in range(80)]
    tasks.append(asyncio.create_task(order.process_update(of_member(2), work("single"))))
    await until(lambda: sum(task.done() for task in tasks) == 80 - MAX_OF_ONE)
    gate.set()
    await asyncio.gather(*tasks)
    assert done.index("single") == 1
    assert done.count("flood") == MAX_OF_ONE
    assert told == [1]
    await order.process_update(of_member(1), work("flood"))
    assert done[-1] == "flood"


class Told:
    """Who was told that something was dropped, in order."""

    def __init__(self) -> None:
        self.members: list[int] = []

    async def __call__(self, dropped: Update) -> bool:
        sender = dropped.message.from_user if dropped.message is not None else None
        self.members.append(sender.id if sender is not None else 0)
        return True


async def test_four_members_who_fill_the_line_take_no_place_from_three_with_one_question_each() -> None:
    told = Told()
    order = PerChatQueue(on_full=told)
    gate = asyncio.Event()
    done: list[int] = []

    async def work(member: int) -> None:
        await gate.wait()
        done.append(member)

    said = [member for _ in range(MAX_OF_ONE) for member in (1, 2, 3, 4)] + [5, 6, 7]
    tasks = [asyncio.create_task(order.process_update(of_member(who), work(who))) for who in said]
    await until(lambda: sum(task.done() for task in tasks) == 3)
    gate.set()
    await asyncio.gather(*tasks)
    assert [done.count(member) for member in (5, 6, 7)] == [1, 1, 1]
    assert max(map(done.index, (5, 6, 7))) < 7
    assert sorted(done.count(member) for member in (1, 2, 3, 4)) == [19, 19, 19, 20]
    assert len(told.members) == 3 and set(told.members) <= {1, 2, 3, 4}
    assert order._lines == {}


async def test_only_who_has_something_in_line_is_told_that_the_line_is_full() -> None:
    told = Told()
    order = PerChatQueue(in_line=3, on_full=told)
    gate = asyncio.Event()
    done: list[int] = []

    async def work(member: int) -> None:
        await gate.wait()
        done.append(member)

    said = [1, 2, 3, 4, 5, 5, 5]
    tasks = [asyncio.create_task(order.process_update(of_member(who), work(who))) for who in said]
    await until(lambda: sum(task.done() for task in tasks) == 2)
    gate.set()
    await asyncio.gather(*tasks)
    assert done == [1, 2, 3, 4, 5]
    assert told.members == [5]
    assert order._lines == {}


async def test_what_one_member_sent_first_is_kept_when_a_later_one_makes_room() -> None:
    order = PerChatQueue(in_line=4)
    gate = asyncio.Event()
    done: list[str] = []

    async def work(name: str) -> None:
        await gate.wait()
        done.append(name)

    said = [(1, "a0"), (1, "a1"), (1, "a2"), (1, "a3"), (2, "b0"), (2, "b1"), (3, "c0")]
    tasks = [asyncio.create_task(order.process_update(of_member(who), work(name))) for who, name in said]
    await until(lambda: sum(task.done() for task in tasks) == 3)
    gate.set()
    await asyncio.gather(*tasks)
    assert done == ["a0", "b0", "c0", "a1"]


async def test_who_waits_and_is_cancelled_is_not_counted_among_the_many() -> None:
    order = PerChatQueue(in_line=4)
    gate = asyncio.Event()
    done: list[int] = []

    async def work(member: int) -> None:
        await gate.wait()
        done.append(member)

    tasks = [asyncio.create_task(order.process_update(of_member(who), work(who))) for who in (1, 2, 2, 2)]
    await settle()
    for task in tasks[2:]:
        task.cancel()
    await asyncio.gather(*tasks[2:], return_exceptions=True)
    tasks[2:] = [asyncio.create_task(order.process_update(of_member(who), work(who))) for who in (3, 3, 4)]
    await until(tasks[3].done)
    gate.set()
    await asyncio.gather(*tasks)
    assert done == [1, 2, 3, 4]
    assert order._lines == {}


async def test_who_fills_the_line_again_after_half_of_it_was_answered_is_told_again() -> None:
    told = Told()
    order = PerChatQueue(of_one=4, on_full=told)
    turns = asyncio.Semaphore(0)
    done: list[int] = []

    async def work(number: int) -> None:
        await turns.acquire()
        done.append(number)

    tasks: list[asyncio.Task[None]] = []

    async def asks(count: int, *, drops: int) -> None:
        new = [asyncio.create_task(order.process_update(of_member(1), work(len(tasks) + n))) for n in range(count)]
        tasks.extend(new)
        await until(lambda: sum(task.done() for task in new) == drops)

    async def answers(count: int) -> None:
        before = len(done)
        for _ in range(count):
            turns.release()
        await until(lambda: len(done) == before + count)
        await settle()

    await asks(6, drops=2)
    await answers(1)
    await asks(2, drops=1)  # a little later: known already
    assert told.members == [1]
    await answers(2)
    await asks(3, drops=1)
    assert told.members == [1, 1]
    await answers(4)
    await asyncio.gather(*tasks)


async def test_what_was_not_for_the_bot_uses_up_no_notice() -> None:
    told: list[str] = []

    async def tell(dropped: Update) -> bool:
        text = (dropped.message and dropped.message.text) or ""
        told.append(text)
        return text.startswith("/ask")

    order = PerChatQueue(of_one=1, on_full=tell)
    gate = asyncio.Event()
    tasks = [
        asyncio.create_task(order.process_update(of_member(1, text), gate.wait()))
        for text in ("/ask 一", "吃了吗", "/ask 二", "/ask 三")
    ]
    await until(lambda: len(told) == 2)
    gate.set()
    await asyncio.gather(*tasks)
    assert told == ["吃了吗", "/ask 二"]


async def test_what_is_done_to_a_contest_waits_for_no_answer() -> None:
    order = PerChatQueue()
    gate = asyncio.Event()
    done: list[str] = []

    async def work(name: str) -> None:
        done.append(name)

    under = message("要点", chat=GROUP)
    tasks = [asyncio.create_task(order.process_update(of_member(1), gate.wait()))]
    later = [
        (of_member(1, "/stop"), "stop"),
        (of_member(2, "跳过"), "skip"),
        (read(update(callback_query=press("q:c", under=under))), "press"),
        (of_member(2), "ask"),
        (read(update(callback_query=press("p:road", under=under))), "read"),
    ]
    tasks += [asyncio.create_task(order.process_update(raw, work(name))) for raw, name in later]
    await until(lambda: len(done) == 3)
    assert done == ["stop", "skip", "press"]
    gate.set()
    await asyncio.gather(*tasks)
    assert sorted(done[3:]) == ["ask", "read"]


@pytest.mark.parametrize(
    ("start", "stop"),
    [
        ("/quiz 5", "/stop"),
        ("/quiz@duxue_bot 5 村道", "/stop@duxue_bot"),
        ("答题", "结束答题"),
        ("@duxue_bot 答题", "@duxue_bot 结束答题"),
        ("@duxue_bot /quiz", "/stop"),
    ],
)
async def test_a_contest_that_waits_to_begin_is_not_overtaken_by_what_stops_it(start: str, stop: str) -> None:
    order = PerChatQueue()
    gate = asyncio.Event()
    done: list[str] = []

    async def work(name: str) -> None:
        done.append(name)

    tasks = [asyncio.create_task(order.process_update(of_member(1), gate.wait()))]
    tasks += [
        asyncio.create_task(order.process_update(of_member(1, text), work(text))) for text in ("/ask 问", start, stop)
    ]
    await until(lambda: len(done) == 2)
    assert done == [start, stop]
    gate.set()
    await asyncio.gather(*tasks)


async def test_a_photo_with_a_command_below_it_waits_where_the_command_would() -> None:
    shown = message("x", chat=GROUP, photo=[])
    del shown["text"]
    assert queue_key_of(read(update(message={**shown, "caption": "/stop"}))) == queue_key_of(of_member(1, "/stop"))


def test_a_photo_without_words_waits_where_a_question_would() -> None:
    shown = message("x", chat=GROUP, photo=[])
    del shown["text"]
    assert queue_key_of(read(update(message=shown))) == queue_key_of(of_member(1))


def test_alone_with_the_bot_all_wait_in_one_line() -> None:
    begin = read(update(message=message("/quiz", chat=PRIVATE)))
    assert queue_key_of(begin) == queue_key_of(read(update(message=message("问", chat=PRIVATE))))


async def test_a_slow_answer_holds_up_its_own_chat_and_no_other() -> None:
    order = PerChatQueue()
    gate = asyncio.Event()
    done: list[str] = []

    async def work(name: str, wait: bool) -> None:
        if wait:
            await gate.wait()
        done.append(name)

    tasks = [
        asyncio.create_task(order.process_update(of_chat(1), work("eins-1", True))),
        asyncio.create_task(order.process_update(of_chat(1), work("eins-2", False))),
        asyncio.create_task(order.process_update(of_chat(2), work("zwei-1", False))),
        asyncio.create_task(order.process_update(of_chat(1), work("eins-3", False))),
    ]
    await until(lambda: done)
    assert done == ["zwei-1"]
    gate.set()
    await asyncio.gather(*tasks)
    assert done == ["zwei-1", "eins-1", "eins-2", "eins-3"]
    assert order._lines == {}


async def test_a_failed_update_lets_the_next_one_through() -> None:
    order = PerChatQueue()

    async def fail() -> None:
        raise RuntimeError

    async def work() -> None:
        done.append(1)

    done: list[int] = []
    await asyncio.gather(
        order.process_update(of_chat(1), fail()), order.process_update(of_chat(1), work()), return_exceptions=True
    )
    assert done == [1]


async def test_an_update_that_is_cancelled_while_it_waits_leaves_nothing_behind() -> None:
    order = PerChatQueue()
    gate = asyncio.Event()

    async def work() -> None:
        await gate.wait()

    first = asyncio.create_task(order.process_update(of_chat(1), work()))
    second = asyncio.create_task(order.process_update(of_chat(1), work()))
    await settle()
    second.cancel()
    gate.set()
    await asyncio.gather(first, second, return_exceptions=True)
    assert order._lines == {}


async def test_one_that_is_cancelled_in_the_moment_in_which_it_would_have_its_turn_or_make_room_does_no_harm() -> None:
    order = PerChatQueue(in_line=4)
    gate = asyncio.Event()
    done: list[int] = []

    async def work(member: int) -> None:
        await gate.wait()
        done.append(member)

    tasks = [asyncio.create_task(order.process_update(of_member(who), work(who))) for who in (1, 2, 2, 2)]
    await settle()
    newcomer = asyncio.create_task(order.process_update(of_member(3), work(3)))
    gate.set()
    for task in tasks[1:]:
        task.cancel()
    results = await asyncio.gather(*tasks, newcomer, return_exceptions=True)
    assert [type(result) for result in results[1:4]] == [asyncio.CancelledError] * 3
    assert (results[0], results[4], done) == (None, None, [1, 3])
    assert order._lines == {}


async def test_no_more_than_the_limit_are_in_work() -> None:
    order = PerChatQueue(limit=2)
    gate = asyncio.Event()
    begun: list[int] = []

    async def work(number: int) -> None:
        begun.append(number)
        await gate.wait()

    tasks = [asyncio.create_task(order.process_update(of_chat(n), work(n))) for n in range(4)]
    await settle()
    assert begun == [0, 1]
    gate.set()
    await asyncio.gather(*tasks)
    assert begun == [0, 1, 2, 3]


async def test_what_waits_in_one_chat_takes_no_place_from_another() -> None:
    order = PerChatQueue(limit=2)
    gate = asyncio.Event()
    done: list[int] = []

    async def work(chat: int, wait: bool) -> None:
        if wait:
            await gate.wait()
        done.append(chat)

    tasks = [asyncio.create_task(order.process_update(of_chat(1), work(1, True))) for _ in range(50)]
    tasks.append(asyncio.create_task(order.process_update(of_chat(2), work(2, False))))
    await until(lambda: done == [2])
    gate.set()
    await asyncio.gather(*tasks)
    assert done == [2] + [1] * 50


async def test_a_chat_that_floods_the_bot_is_heard_up_to_a_limit(caplog: pytest.LogCaptureFixture) -> None:
    order = PerChatQueue(in_line=3)
    gate = asyncio.Event()
    done: list[int] = []

    async def work(number: int) -> None:
        await gate.wait()
        done.append(number)

    tasks = [asyncio.create_task(order.process_update(of_chat(1), work(number))) for number in range(5)]
    await until(lambda: tasks[3].done() and tasks[4].done())
    gate.set()
    await asyncio.gather(*tasks)
    await order.process_update(of_chat(1), work(5))
    assert done == [0, 1, 2, 5]
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert order._lines == {}


def test_every_kind_of_update_belongs_to_a_chat_or_a_person() -> None:
    under = message("要点", chat=GROUP)
    assert chat_of(read(update(message=message("问", chat=GROUP)))) == -100200
    assert chat_of(read(update(edited_message=message("问", edit_date=2)))) == 7
    assert chat_of(read(update(callback_query=press("o:", under=under)))) == -100200
    assert chat_of(read(update(callback_query=press("o:")))) == 7
    assert chat_of(read(update(inline_query={"id": "q", "from": ANN, "query": "", "offset": ""}))) == 7
    assert chat_of(read(update())) is None
    assert chat_of(object()) is None
