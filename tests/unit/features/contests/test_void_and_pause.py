"""A bad question is declared void, with its points; a contest is paused by hand."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.wording import Contests as Wording
from tests.unit.features.contests.fixtures import ContestsHarness


@pytest.fixture
async def harness() -> AsyncIterator[ContestsHarness]:
    opened = await ContestsHarness().opens()
    yield opened
    await opened.dies()


async def plays(harness: ContestsHarness) -> None:
    """Two questions: both were right by bob, ann knew the second alone."""
    await harness.say("/quiz 2 20", by="ann")
    await harness.vote("bob")
    await harness.vote("ann", right=False)
    await harness.time.advance(24)
    await harness.vote("bob")
    await harness.vote("ann")
    await harness.time.advance(25)


def scores(harness: ContestsHarness) -> dict[str, str]:
    board = list(harness.channel.boards.values())[-1].text.splitlines()[1:3]
    return {line.split("　")[0].split()[-1]: line.split("　")[1] for line in board}


async def test_a_void_question_takes_its_points_along_on_the_board_and_in_the_ranking(harness: ContestsHarness) -> None:
    await plays(harness)
    assert scores(harness) == {"bob": "2 分", "ann": "1 分"}
    assert (await harness.say("/void 1", by="ann")).text == Wording.VOIDED
    assert scores(harness) == {"bob": "1 分", "ann": "1 分"}
    assert Wording.VOID_LINE.format(numbers="1") in list(harness.channel.boards.values())[-1].text
    assert [(row.name, row.points, row.answered) for row in await harness.store.rank("test:group", None, 9)] == [
        ("ann", 1, 1),
        ("bob", 1, 1),
    ]
    assert (await harness.say("/wrong", by="ann", chat="test:ann", is_private=True)).text == Wording.WRONG_EMPTY


async def test_it_can_be_restored_also_after_a_restart(harness: ContestsHarness) -> None:
    await plays(harness)
    await harness.say("作废 1", by="ann")
    later = await harness.again()
    listed = await later.say("/void", by="ann")
    assert [choice.label.endswith(Wording.VOID_MARK) for choice in listed.choices] == [True, False]
    assert (await later.press(listed.choices[0].action, by="ann")).toast == Wording.RESTORED
    assert [row.points for row in await later.store.rank("test:group", None, 9)] == [2, 1]
    assert len([1 for _, reply in later.channel.said if reply.text.startswith("答题结束")]) == 1
    await later.dies()


async def test_who_says_it_twice_wants_the_same(harness: ContestsHarness) -> None:
    await plays(harness)
    [first, _] = (await harness.say("/void", by="ann")).choices
    for _ in range(2):
        assert (await harness.press(first.action, by="ann")).toast == Wording.VOIDED
    assert (await harness.say("/void 1", by="ann")).text == Wording.VOIDED
    assert (await harness.say("/void 1 恢复", by="ann")).text == Wording.RESTORED
    assert (await harness.say("/void 1 恢复", by="ann")).text == Wording.RESTORED
    assert [row.points for row in await harness.store.rank("test:group", None, 9)] == [2, 1]


async def test_nobody_voids_what_was_practised_alone(harness: ContestsHarness) -> None:
    pressed = await harness.press("q:o-c1-0", by="ann", chat="test:ann", is_private=True)
    assert pressed.toast == Wording.VOID_ALONE


async def test_only_organisers_declare_a_question_void(harness: ContestsHarness) -> None:
    await plays(harness)
    assert (await harness.say("/void 1", by="bob")).text == Wording.NOT_YOURS
    harness.channel.admins.add(("test:group", "test:bob"))
    assert (await harness.say("/void 1", by="bob")).text == Wording.VOIDED
    assert (await harness.say("/void 1", by="ann", chat="test:ann", is_private=True)).text == Wording.VOID_ALONE
    assert (await harness.say("/void", by="ann", chat="test:empty")).text == Wording.VOID_NOTHING
    assert (await harness.press("q:o-c1-9", by="ann")).toast == Wording.NOT_OPEN


async def test_a_pause_comes_behind_the_open_question_and_no_answer_is_lost(harness: ContestsHarness) -> None:
    await harness.say("/quiz 2 20", by="ann")
    await harness.vote("bob")
    assert (await harness.say("/pause", by="bob")).text == Wording.NOT_YOURS
    assert (await harness.say("暂停答题", by="ann")).text == Wording.PAUSING
    await harness.time.advance(24)
    assert [choice.label for choice in harness.channel.said[-1][1].choices] == [Wording.RESUME, Wording.STOP]
    await harness.time.advance(300)
    assert len(harness.channel.asked) == 1
    await harness.press("q:c", by="bob")
    assert harness.channel.asked[-1][1].number == 2
    assert len(harness.store.answers) == 1
