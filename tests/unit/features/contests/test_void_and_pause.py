"""A bad question is declared void, with its points; a contest is paused by hand."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.wording import Contests as Wording
from tests.unit.features.contests.fixtures import Hall


@pytest.fixture
async def hall() -> AsyncIterator[Hall]:
    opened = await Hall().opens()
    yield opened
    await opened.dies()


async def plays(hall: Hall) -> None:
    """Two questions: both were right by bob, ann knew the second alone."""
    await hall.say("/quiz 2 20", by="ann")
    await hall.vote("bob")
    await hall.vote("ann", right=False)
    await hall.time.advance(24)
    await hall.vote("bob")
    await hall.vote("ann")
    await hall.time.advance(25)


def scores(hall: Hall) -> dict[str, str]:
    board = list(hall.channel.boards.values())[-1].text.splitlines()[1:3]
    return {line.split("　")[0].split()[-1]: line.split("　")[1] for line in board}


async def test_a_void_question_takes_its_points_along_on_the_board_and_in_the_ranking(hall: Hall) -> None:
    await plays(hall)
    assert scores(hall) == {"bob": "2 分", "ann": "1 分"}
    assert (await hall.say("/void 1", by="ann")).text == Wording.VOIDED
    assert scores(hall) == {"bob": "1 分", "ann": "1 分"}
    assert Wording.VOID_LINE.format(numbers="1") in list(hall.channel.boards.values())[-1].text
    assert [(row.name, row.points, row.answered) for row in await hall.store.rank("test:group", None, 9)] == [
        ("ann", 1, 1),
        ("bob", 1, 1),
    ]
    assert (await hall.say("/wrong", by="ann", chat="test:ann", is_private=True)).text == Wording.WRONG_EMPTY


async def test_it_can_be_restored_also_after_a_restart(hall: Hall) -> None:
    await plays(hall)
    await hall.say("作废 1", by="ann")
    later = await hall.again()
    listed = await later.say("/void", by="ann")
    assert [choice.label.endswith(Wording.VOID_MARK) for choice in listed.choices] == [True, False]
    assert (await later.press(listed.choices[0].action, by="ann")).toast == Wording.RESTORED
    assert [row.points for row in await later.store.rank("test:group", None, 9)] == [2, 1]
    assert len([1 for _, reply in later.channel.said if reply.text.startswith("答题结束")]) == 1
    await later.dies()


async def test_who_says_it_twice_wants_the_same(hall: Hall) -> None:
    await plays(hall)
    [first, _] = (await hall.say("/void", by="ann")).choices
    for _ in range(2):
        assert (await hall.press(first.action, by="ann")).toast == Wording.VOIDED
    assert (await hall.say("/void 1", by="ann")).text == Wording.VOIDED
    assert (await hall.say("/void 1 恢复", by="ann")).text == Wording.RESTORED
    assert (await hall.say("/void 1 恢复", by="ann")).text == Wording.RESTORED
    assert [row.points for row in await hall.store.rank("test:group", None, 9)] == [2, 1]


async def test_nobody_voids_what_was_practised_alone(hall: Hall) -> None:
    pressed = await hall.press("q:o-c1-0", by="ann", chat="test:ann", is_private=True)
    assert pressed.toast == Wording.VOID_ALONE


async def test_only_organisers_declare_a_question_void(hall: Hall) -> None:
    await plays(hall)
    assert (await hall.say("/void 1", by="bob")).text == Wording.NOT_YOURS
    hall.channel.admins.add(("test:group", "test:bob"))
    assert (await hall.say("/void 1", by="bob")).text == Wording.VOIDED
    assert (await hall.say("/void 1", by="ann", chat="test:ann", is_private=True)).text == Wording.VOID_ALONE
    assert (await hall.say("/void", by="ann", chat="test:empty")).text == Wording.VOID_NOTHING
    assert (await hall.press("q:o-c1-9", by="ann")).toast == Wording.NOT_OPEN


async def test_a_pause_comes_behind_the_open_question_and_no_answer_is_lost(hall: Hall) -> None:
    await hall.say("/quiz 2 20", by="ann")
    await hall.vote("bob")
    assert (await hall.say("/pause", by="bob")).text == Wording.NOT_YOURS
    assert (await hall.say("暂停答题", by="ann")).text == Wording.PAUSING
    await hall.time.advance(24)
    assert [choice.label for choice in hall.channel.said[-1][1].choices] == [Wording.RESUME, Wording.STOP]
    await hall.time.advance(300)
    assert len(hall.channel.asked) == 1
    await hall.press("q:c", by="bob")
    assert hall.channel.asked[-1][1].number == 2
    assert len(hall.store.answers) == 1
