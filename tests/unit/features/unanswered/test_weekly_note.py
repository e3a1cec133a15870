"""The weekly note: to editors who want it, once a week, with what was missed most and the way to mend it."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.access.roles import RolePolicy
from bot.conversation.messages import Reply
from bot.errors import RightsUnknownError
from bot.features.unanswered.cases import Cases
from bot.features.unanswered.weekly_note import COUNT, WeeklyNote, week_of
from bot.records.feedback import Miss
from bot.wording import Misses as Wording
from tests.unit.features.contests.fake_store import FakeQuizStore
from tests.unit.features.knowledge_versions.fixtures import incoming
from tests.unit.features.roles.fixtures import EDITOR, FakeRolesAndAudit
from tests.unit.features.unanswered.fixtures import FakeMissStore
from tests.unit.library import knowledge, retriever_of

SUNDAY = datetime(2026, 5, 3, 12, tzinfo=UTC)
EARLY = datetime(2026, 5, 4, 8, tzinfo=UTC)
MONDAY = datetime(2026, 5, 4, 9, tzinfo=UTC)
TUESDAY = datetime(2026, 5, 5, 9, tzinfo=UTC)
NEXT_MONDAY = datetime(2026, 5, 11, 10, tzinfo=UTC)


class WeeklyNoteHarness:
    """An editor, what was missed, and the time."""

    def __init__(self) -> None:
        self.now = SUNDAY
        self.misses = FakeMissStore()
        self.settings = FakeQuizStore()
        self.sent: list[tuple[str, Reply]] = []
        self.reachable = self.editor = True
        self.tried = 0
        self.roles = FakeRolesAndAudit({EDITOR: "editor"})
        self.rights = RolePolicy((), self.roles.roles)
        served = retriever_of(knowledge())
        cases = Cases(self.misses, lambda: served, self.clock, lambda: {"tea": "茶室须知"})
        self.note = WeeklyNote(cases, self.settings, self.tell, self._is_editor, clock=self.clock, zone=UTC)

    def clock(self) -> datetime:
        return self.now

    async def tell(self, person: str, reply: Reply) -> bool:
        self.tried += 1
        if self.reachable:
            self.sent.append((person, reply))
        return self.reachable

    async def _is_editor(self, person: str) -> bool:
        return self.editor and await self.rights.read_may(person, "editor")

    async def miss(self, *questions: str) -> None:
        for number, question in enumerate(questions):
            await self.misses.save_miss(Miss(self.now, question, "decline", "", f"{question}{number}"))

    async def at(self, moment: datetime) -> int:
        """How many notes have been sent in all, after a look at ``moment``."""
        self.now = moment
        await self.note.send_due()
        return len(self.sent)


@pytest.fixture
async def harness() -> WeeklyNoteHarness:
    harness = WeeklyNoteHarness()
    await harness.miss(
        "停车证去哪里办", "停车证去哪里办", "食堂几点开门", "空调能开到几度", "班车几点走", "伞能借吗", "打印机在哪"
    )
    assert await harness.note.want("每周", incoming()) is not None
    return harness


async def test_it_comes_on_monday_morning_once_with_what_was_asked_most_first(harness: WeeklyNoteHarness) -> None:
    assert [await harness.at(moment) for moment in (SUNDAY, EARLY, MONDAY, TUESDAY)] == [0, 0, 1, 1]
    person, reply = harness.sent[0]
    assert person == EDITOR
    assert "停车证去哪里办（2 次）" in reply.parts[1].text
    assert len(reply.choices) == COUNT
    assert all(choice.action.startswith("a:mg-") for choice in reply.choices)
    assert await harness.at(NEXT_MONDAY) == 2


async def test_it_comes_later_in_the_week_if_the_bot_was_away_on_monday(harness: WeeklyNoteHarness) -> None:
    assert await harness.at(TUESDAY) == 1


async def test_who_could_not_be_reached_is_told_at_the_next_look(harness: WeeklyNoteHarness) -> None:
    harness.reachable = False
    assert await harness.at(MONDAY) == 0
    harness.reachable = True
    assert await harness.at(TUESDAY) == 1


async def test_who_could_not_be_reached_is_tried_once_a_day(harness: WeeklyNoteHarness) -> None:
    harness.reachable = False
    for minute in (0, 20, 40):
        await harness.at(MONDAY.replace(minute=minute))
    await harness.at(TUESDAY)
    assert harness.tried == 2


async def test_nobody_is_woken_by_it_on_a_later_day_of_the_week(harness: WeeklyNoteHarness) -> None:
    assert await harness.at(TUESDAY.replace(hour=3)) == 0


async def test_roles_that_cannot_be_read_end_nobodys_note(harness: WeeklyNoteHarness) -> None:
    harness.roles.unreadable = True
    with pytest.raises(RightsUnknownError):
        await harness.at(MONDAY)
    harness.roles.unreadable = False
    assert await harness.at(TUESDAY) == 1


async def test_a_look_that_fails_is_not_the_last_one(harness: WeeklyNoteHarness) -> None:
    looks: list[float] = []

    async def fails(_: str) -> bool:
        raise ValueError

    async def sleep(seconds: float) -> None:
        looks.append(seconds)
        if len(looks) == 2:
            raise asyncio.CancelledError

    harness.now = MONDAY
    cases = Cases(harness.misses, lambda: retriever_of(knowledge()), harness.clock)
    note = WeeklyNote(cases, harness.settings, harness.tell, fails, clock=harness.clock, zone=UTC, sleep=sleep)
    with pytest.raises(asyncio.CancelledError):
        await note.run()
    assert len(looks) == 2


async def test_nobody_gets_it_unasked_or_when_he_wants_it_no_more_or_is_no_editor_any_more(
    harness: WeeklyNoteHarness,
) -> None:
    harness.editor = False
    assert await harness.at(MONDAY) == 0
    harness.editor = True
    assert await harness.at(NEXT_MONDAY) == 0
    harness.now = SUNDAY
    await harness.note.want("每周", incoming())
    ended = await harness.note.want("不用", incoming())
    assert ended is not None
    assert ended.text == Wording.WEEKLY_ENDED
    assert await harness.at(MONDAY) == 0


async def test_a_week_without_misses_brings_no_note() -> None:
    harness = WeeklyNoteHarness()
    await harness.note.want("每周", incoming())
    assert await harness.at(MONDAY) == 0


async def test_other_words_behind_the_command_are_none_of_its_concern(harness: WeeklyNoteHarness) -> None:
    assert await harness.note.want("3", incoming()) is None


def test_a_week_is_named_by_its_year_also_around_new_year() -> None:
    assert [week_of(datetime(2027, 1, day, tzinfo=UTC)) for day in (3, 4)] == ["2026-W53", "2027-W01"]


async def test_what_another_document_does_not_answer_is_told_with_its_name_and_linked_to_nothing() -> None:
    harness = WeeklyNoteHarness()
    await harness.note.want("每周", incoming())
    for number, question in enumerate(("茶水多少钱", "茶水多少钱", "包间怎么订")):
        await harness.misses.save_miss(Miss(harness.now, question, "decline", "", str(number), document="tea"))
    await harness.misses.save_miss(Miss(harness.now, "没了的那份", "decline", "", "4", document="gone"))
    harness.now = NEXT_MONDAY
    await harness.note.send_due()
    [(_, note)] = harness.sent
    assert note.choices == ()
    told = Wording.ELSEWHERE.format(title="茶室须知", times=3, questions="茶水多少钱”“包间怎么订")
    assert told in note.text
    assert "没了的那份" not in note.text


async def test_of_another_document_only_what_was_missed_since_the_last_note_is_told() -> None:
    harness = WeeklyNoteHarness()
    await harness.note.want("每周", incoming())
    await harness.misses.save_miss(Miss(harness.now, "茶水多少钱", "decline", "", "1", document="tea"))
    assert [await harness.at(MONDAY), await harness.at(NEXT_MONDAY)] == [1, 1]
    await harness.misses.save_miss(Miss(harness.now, "包间怎么订", "decline", "", "2", document="tea"))
    assert await harness.at(NEXT_MONDAY + timedelta(days=7)) == 2
    assert Wording.ELSEWHERE.format(title="茶室须知", times=1, questions="包间怎么订") in harness.sent[1][1].text
