"""Additions from a chat: live at once, kept over everything else, taken back."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace

import pytest

from bot.access.roles import RolePolicy
from bot.conversation.messages import Incoming, Reply
from bot.conversation.router import Router
from bot.knowledge.edit.amendment import AddPoint, AddQuestion
from bot.wording import Versions as Wording
from tests.unit.features.knowledge_versions.fixtures import VersionsHarness
from tests.unit.features.roles.fixtures import EDITOR, OWNER
from tests.unit.library import POINTS

PHRASING = AddQuestion("school", "娃娃们的先生请了几位")
HEAD = AddPoint("head", "抓好春耕", "1", ("一、抓好春耕生产。",), ("头一件事抓什么",))


async def test_an_added_question_is_answered_at_once_and_after_a_restart() -> None:
    harness = await VersionsHarness().start()
    edited = await harness.versions.amend([PHRASING], author=EDITOR, note="关联")
    assert (edited.number, edited.reasons) == (2, ())
    assert await harness.answers(PHRASING.question) == "新建教学楼,招聘教师"
    await harness.start()
    assert await harness.answers(PHRASING.question) == "新建教学楼,招聘教师"


async def test_additions_survive_files_that_are_sent_and_folders_that_change() -> None:
    harness = await VersionsHarness().start()
    await harness.versions.amend([PHRASING, HEAD], author=EDITOR, note="关联")
    more = POINTS.replace("[镇长是谁,", "[镇长贵姓, 镇长是谁,")
    shown = await harness.send("points.yaml", more)
    assert Wording.KEPT_ADDITIONS.format(count=2) in shown.text
    await harness.press(shown, "应用")
    assert await harness.answers(PHRASING.question) == "新建教学楼,招聘教师"
    assert await harness.answers("头一件事抓什么") == "抓好春耕"
    assert await harness.answers("镇长贵姓") == "讲话人是张远"


async def test_an_addition_whose_point_goes_rests_until_it_comes_back() -> None:
    harness = await VersionsHarness().start()
    await harness.versions.amend([PHRASING], author=EDITOR, note="关联")
    shown = await harness.send("points.yaml", POINTS.replace("id: school", "id: xuexiao"))
    assert Wording.RESTING.format(count=1) in shown.text
    await harness.press(await harness.press(shown, "仍要应用"), "确认应用")
    back = await harness.send("points.yaml", POINTS)
    await harness.press(await harness.press(back, "仍要应用"), "确认应用")
    assert await harness.answers(PHRASING.question) == "新建教学楼,招聘教师"


async def test_an_addition_that_belongs_to_another_point_already_is_refused() -> None:
    harness = await VersionsHarness().start()
    edited = await harness.versions.amend([AddQuestion("road", "招了多少名老师")], author=EDITOR, note="关联")
    assert edited.number == 0
    assert "一句问法只能归一处" in edited.reasons[0]
    assert harness.versions.number == 1


async def test_an_addition_to_a_point_that_is_gone_is_refused() -> None:
    harness = await VersionsHarness().start()
    edited = await harness.versions.amend([AddQuestion("bridge", "桥修了没有")], author=EDITOR, note="关联")
    assert (edited.number, edited.reasons) == (0, (Wording.NO_PLACE,))


async def test_a_new_point_with_words_that_the_source_does_not_have_is_refused_with_its_line() -> None:
    harness = await VersionsHarness().start()
    point = AddPoint("bridge", "修桥", "2", ("修一座桥。",), ())
    edited = await harness.versions.amend([point], author=EDITOR, note="新要点")
    assert edited.number == 0
    assert "与原文不一致" in edited.reasons[0]


async def test_what_was_added_can_be_taken_back_also_when_other_things_came_between() -> None:
    harness = await VersionsHarness().start()
    await harness.versions.amend([PHRASING], author=EDITOR, note="关联")
    await harness.versions.amend([HEAD], author=EDITOR, note="新要点")
    edited = await harness.versions.retract([PHRASING], author=EDITOR, note="撤销")
    assert edited.number == 4
    assert PHRASING.question not in harness.versions.served.files.texts["points.yaml"]
    assert await harness.answers("头一件事抓什么") == "抓好春耕"


async def test_what_has_become_part_of_the_files_is_not_taken_back() -> None:
    harness = await VersionsHarness().start()
    edited = await harness.versions.retract([AddQuestion("school", "招了多少名老师")], author=EDITOR, note="撤销")
    assert (edited.number, edited.reasons) == (0, (Wording.IN_THE_FILES,))


async def test_an_addition_that_a_file_has_by_now_is_the_files_own() -> None:
    harness = await VersionsHarness().start()
    await harness.versions.amend([PHRASING], author=EDITOR, note="关联")
    exported = harness.versions.served.files.texts["points.yaml"]
    await harness.press(await harness.send("points.yaml", exported), "应用")
    edited = await harness.versions.retract([PHRASING], author=EDITOR, note="撤销")
    assert (edited.number, edited.reasons) == (0, (Wording.IN_THE_FILES,))
    assert await harness.answers(PHRASING.question) == "新建教学楼,招聘教师"


async def test_a_new_point_is_known_by_its_id_whatever_its_questions_were() -> None:
    harness = await VersionsHarness().start()
    more = AddQuestion("head", "第一件事做什么")
    await harness.versions.amend([HEAD], author=EDITOR, note="新要点")
    await harness.versions.amend([more], author=EDITOR, note="关联")
    rebuilt = AddPoint("head", "抓好春耕", "1", HEAD.quotes, (*HEAD.questions, more.question))
    assert (await harness.versions.retract([more, rebuilt], author=EDITOR, note="撤销")).number == 4
    assert harness.versions.served.files.texts["points.yaml"] == POINTS


async def test_the_files_have_the_additions_where_they_belong_and_every_other_byte_as_it_was() -> None:
    harness = await VersionsHarness().start()
    await harness.versions.amend([PHRASING], author=EDITOR, note="关联")
    text = harness.versions.served.files.texts["points.yaml"]
    assert text.replace(f", {PHRASING.question}", "") == POINTS


async def test_a_version_that_is_damaged_in_the_store_leaves_the_folder_serving() -> None:
    harness = await VersionsHarness().start()
    await harness.versions.amend([PHRASING], author=EDITOR, note="关联")
    harness.store.kept[-1] = replace(harness.store.kept[-1], amendments="[{}]")
    await harness.start()
    assert await harness.answers("招了多少名老师") == "新建教学楼,招聘教师"
    assert harness.versions.number == 2


async def test_a_store_that_takes_nothing_keeps_nobody_from_being_answered() -> None:
    harness = VersionsHarness()
    harness.store.unwritable = True
    await harness.start()
    assert await harness.answers("招了多少名老师") == "新建教学楼,招聘教师"


async def test_an_undo_that_breaks_a_golden_question_asks_first() -> None:
    harness = await VersionsHarness(
        **{"golden.yaml": "questions:\n  - {ask: 娃娃们的先生一共请了几位, point: school}\n"}
    ).start()
    await harness.versions.amend([PHRASING], author=EDITOR, note="关联")
    assert await harness.answers("娃娃们的先生一共请了几位") == "新建教学楼,招聘教师"
    asked = await harness.versions.retract([PHRASING], author=EDITOR, note="撤销")
    assert (asked.number, asked.confirm) == (0, True)
    assert (await harness.versions.retract([PHRASING], author=EDITOR, note="撤销", confirmed=True)).number == 3


async def test_an_old_minor_fault_that_an_addition_moves_to_another_line_is_no_new_one() -> None:
    twice = POINTS.replace("questions: [修了多少公里村道,", "questions: [招了多少名老师, 修了多少公里村道,")
    harness = await VersionsHarness(twice).start()
    assert any("已经写过" in issue.message for issue in harness.versions.served.issues)
    point = AddPoint("spring", "抓好春耕", "1", ("一、抓好春耕生产。",), ("头一件事抓什么",))
    assert (await harness.versions.amend([point], author=EDITOR, note="新要点")).number == 2


async def test_what_is_added_while_a_file_is_on_its_way_or_waits_for_a_yes_is_not_lost() -> None:
    harness = await VersionsHarness().start()
    more = POINTS.replace("[镇长是谁,", "[镇长贵姓, 镇长是谁,")
    shown, _ = await asyncio.gather(
        harness.send("points.yaml", more), harness.versions.amend([PHRASING], author=EDITOR, note="关联")
    )
    again = await harness.press(shown, "应用")
    if again.choices and again.choices[0].label == "应用":  # compared with an older version: looked over anew
        again = await harness.press(again, "应用")
    await harness.versions.amend([HEAD], author=EDITOR, note="新要点")
    assert await harness.answers(PHRASING.question) == "新建教学楼,招聘教师"
    assert await harness.answers("镇长贵姓") == "讲话人是张远"


async def test_what_was_added_since_a_file_was_looked_over_is_kept_when_it_is_looked_over_anew() -> None:
    harness = await VersionsHarness().start()
    shown = await harness.send("points.yaml", POINTS.replace("[镇长是谁,", "[镇长贵姓, 镇长是谁,"))
    await harness.versions.amend([PHRASING], author=EDITOR, note="关联")
    again = await harness.press(shown, "应用")
    assert Wording.NEWER in again.text
    await harness.press(again, "应用")
    assert await harness.answers(PHRASING.question) == "新建教学楼,招聘教师"


async def test_a_folder_that_changes_while_something_is_added_takes_nothing_away() -> None:
    harness = await VersionsHarness().start()
    harness.folder = harness.folder.with_file("points.yaml", POINTS.replace("[镇长是谁,", "[镇长贵姓, 镇长是谁,"))
    await asyncio.gather(harness.changes.changed(), harness.versions.amend([PHRASING], author=EDITOR, note="关联"))
    assert await harness.answers(PHRASING.question) == "新建教学楼,招聘教师"
    assert await harness.answers("镇长贵姓") == "讲话人是张远"


async def test_of_a_version_that_cannot_be_served_any_more_the_additions_are_saved_and_owners_told() -> None:
    harness = await VersionsHarness().start()
    await harness.versions.amend([PHRASING], author=EDITOR, note="关联")
    last = harness.store.kept[-1]
    harness.store.kept[-1] = replace(last, amendments=last.amendments[:-1] + ', {"add": "song"}]')
    await harness.start()
    assert Wording.SALVAGED.format(number=2, kept=1, lost=1) == harness.opened.told
    assert await harness.answers(PHRASING.question) == "新建教学楼,招聘教师"
    await harness.versions.amend([HEAD], author=EDITOR, note="新要点")
    assert "损坏" in (await told(harness, "2")).text


async def told(harness: VersionsHarness, number: str) -> Reply:
    """What an admin is told who wants to go back to a version."""
    desk = Router(
        [harness.history.feature()], RolePolicy([OWNER], harness.role_store.roles), harness.role_store, harness.clock
    )
    reply = await desk.route(Incoming(OWNER, OWNER, f"/rollback {number}"))
    assert reply is not None
    return reply


def _waiting(harness: VersionsHarness) -> list[str]:
    """The ids of the candidates that can be applied, of the first nine."""
    return [id_ for id_ in (f"c{number}" for number in range(1, 10)) if harness.versions.pending(id_) is not None]


async def test_only_what_changes_something_and_can_be_served_waits_for_a_yes() -> None:
    harness = await VersionsHarness().start()
    await harness.send("points.yaml", POINTS)
    await harness.send("points.yaml", POINTS.replace("quote: 硬化", "quote: 没有硬化"))
    await harness.send("points.yaml", POINTS.replace("[镇长是谁,", "[镇长贵姓, 镇长是谁,"))
    assert _waiting(harness) == ["c3"]


async def test_of_more_than_three_candidates_the_oldest_is_forgotten() -> None:
    harness = await VersionsHarness().start()
    for word in "甲乙丙":
        await harness.send("points.yaml", POINTS.replace("[镇长是谁,", f"[{word}镇长是谁, 镇长是谁,"))
    assert _waiting(harness) == ["c1", "c2", "c3"]
    await harness.send("points.yaml", POINTS.replace("[镇长是谁,", "[丁镇长是谁, 镇长是谁,"))
    assert _waiting(harness) == ["c2", "c3", "c4"]


async def test_the_log_tells_of_each_file_what_is_decided_about_it(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    harness = await VersionsHarness().start()
    for points in (POINTS, POINTS.replace("quote: 硬化", "quote: 没有硬化"), POINTS.replace("镇长是谁", "镇长贵姓")):
        await harness.send("points.yaml", points)
    begins = "what is to follow version 1 "
    told = [record.message.removeprefix(begins) for record in caplog.records if record.message.startswith(begins)]
    assert [decision.split(",")[0].split(";")[0] for decision in told] == [
        "is what is served already",
        "is refused",
        "can be served",
    ]
