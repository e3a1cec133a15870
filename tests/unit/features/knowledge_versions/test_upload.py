"""How another knowledge comes to be served, as admins meet it."""

import asyncio
from datetime import timedelta

import pytest

from bot.errors import StorageError
from bot.wording import Versions as Wording
from tests.unit.features.knowledge_versions.fixtures import VersionsHarness, incoming
from tests.unit.features.roles.fixtures import EDITOR, OWNER
from tests.unit.library import POINTS, SOURCE

MORE = POINTS.replace("questions: [招了多少名老师,", "questions: [老师招了几位, 招了多少名老师,")
WITHOUT_ROAD = POINTS[: POINTS.index("  - id: road")] + POINTS[POINTS.index("  - id: school") :]
GOLDEN = "questions:\n  - {ask: 老师一共招聘了几名, point: school}\n  - {ask: 村长工资多少}\n"


async def test_reload_shows_what_changed_and_serves_it_on_a_yes() -> None:
    harness = await VersionsHarness().start()
    harness.write("questions: [招了多少名老师,", "questions: [先生请了几位, 招了多少名老师,")

    shown = await harness.reloading.reload("", incoming())
    assert "先生请了几位" in shown.text
    assert [choice.label for choice in shown.choices] == ["应用", "放弃"]
    assert harness.versions.number == 1

    applied = await harness.press(shown, "应用")
    assert "第 2 版" in applied.text
    assert await harness.answers("先生请了几位") == "新建教学楼,招聘教师"


async def test_a_candidate_that_is_dropped_changes_nothing_and_cannot_be_applied_any_more() -> None:
    harness = await VersionsHarness().start()
    harness.write("questions: [招了多少名老师,", "questions: [先生请了几位, 招了多少名老师,")
    shown = await harness.reloading.reload("", incoming())
    assert (await harness.press(shown, "放弃")).text == Wording.DISCARDED
    assert (await harness.press(shown, "应用")).toast == Wording.GONE
    assert harness.versions.number == 1


async def test_a_folder_that_is_the_same_is_told_to_be() -> None:
    harness = await VersionsHarness().start()
    assert (await harness.reloading.reload("", incoming())).text == Wording.SAME


async def test_a_broken_folder_is_refused_with_file_line_and_mend_and_the_old_knowledge_answers_on() -> None:
    harness = await VersionsHarness().start()
    harness.write("quote: 新建教学楼一栋,", "quote: 新建教学楼两栋,")
    shown = await harness.reloading.reload("", incoming())
    assert not shown.choices
    assert "points.yaml:" in shown.text
    assert "请从原文重新复制" in shown.text
    assert await harness.answers("招了多少名老师") == "新建教学楼,招聘教师"


async def test_more_faults_than_a_phone_shows_come_as_a_file() -> None:
    harness = await VersionsHarness().start()
    harness.folder = harness.folder.with_file("points.yaml", POINTS.replace("quote: ", "qoute: "))
    shown = await harness.reloading.reload("", incoming())
    [file] = shown.files
    assert file.data.decode().count("points.yaml:") > 8


async def test_a_change_that_breaks_a_golden_question_needs_a_second_yes() -> None:
    harness = await VersionsHarness(**{"golden.yaml": GOLDEN}).start()
    assert await harness.answers("老师一共招聘了几名") == "新建教学楼,招聘教师"
    start = POINTS.index("  - id: school")
    without = harness.folder.with_file("points.yaml", POINTS[:start])
    harness.folder = without

    shown = await harness.reloading.reload("", incoming())
    assert "✗ “老师一共招聘了几名”" in shown.text
    asked_again = await harness.press(shown, "仍要应用")
    assert harness.versions.number == 1
    assert [choice.label for choice in asked_again.choices] == ["确认应用", "放弃"]
    await harness.press(asked_again, "确认应用")
    assert harness.versions.number == 2
    assert await harness.answers("老师一共招聘了几名") == ""


async def test_without_golden_questions_each_points_first_question_is_one() -> None:
    harness = await VersionsHarness().start()
    harness.folder = harness.folder.with_file("points.yaml", WITHOUT_ROAD)
    shown = await harness.reloading.reload("", incoming())
    assert "✗ “修了多少公里村道”" in shown.text


async def test_an_answer_that_only_quotes_more_is_told_to_do_so() -> None:
    harness = await VersionsHarness().start()
    harness.write("quote: 硬化村道", "quote: 二、修好进村道路。硬化村道")
    shown = await harness.reloading.reload("", incoming())
    assert Wording.GOLDEN_QUOTE.format(ask="修了多少公里村道", title="硬化村道12.5公里") in shown.text.splitlines()


async def test_a_point_that_a_running_contest_asks_about_is_named() -> None:
    harness = await VersionsHarness().start()
    harness.in_use = {"road", "school"}
    harness.folder = harness.folder.with_file("points.yaml", WITHOUT_ROAD)
    shown = await harness.reloading.reload("", incoming())
    assert Wording.IN_USE.format(points="road") in shown.text


async def test_a_file_that_is_sent_goes_the_same_way_and_keeps_its_caption_as_note() -> None:
    harness = await VersionsHarness().start()
    shown = await harness.send("points.yaml", MORE, caption="补一个问法")
    await harness.press(shown, "应用")
    assert await harness.answers("老师招了几位") == "新建教学楼,招聘教师"
    last = harness.store.kept[-1]
    assert (last.number, last.author, last.origin, last.note) == (2, EDITOR, "upload", "补一个问法")


async def test_files_that_only_fit_together_may_be_sent_one_after_the_other() -> None:
    harness = await VersionsHarness().start()
    refused = await harness.send("source.txt", SOURCE.replace("3200亩", "3300亩"))
    assert [choice.label for choice in refused.choices] == [Wording.FORGET_FILES]
    assert "30 分钟内" in refused.text

    shown = await harness.send("points.yaml", POINTS.replace("3200亩", "3300亩"))
    assert "source.txt、points.yaml 一起检查过了" in shown.text
    await harness.press(shown, next(choice.label for choice in shown.choices))
    assert "3300亩" in harness.library.current.knowledge.source


async def test_a_wrong_file_spoils_no_right_one_that_comes_after_it() -> None:
    harness = await VersionsHarness().start()
    await harness.send("source.txt", SOURCE.replace("3200亩", "三千亩"))
    shown = await harness.send("points.yaml", MORE)
    assert Wording.ALONE.format(name="points.yaml", others="source.txt") in shown.text
    await harness.press(shown, "应用")
    assert await harness.answers("老师招了几位") == "新建教学楼,招聘教师"
    assert harness.library.current.knowledge.source == SOURCE


async def test_a_file_that_waits_for_others_can_be_dropped_and_is_in_nobodys_way_then() -> None:
    harness = await VersionsHarness().start()
    refused = await harness.send("source.txt", SOURCE.replace("3200亩", "3300亩"))
    assert (await harness.press(refused, Wording.FORGET_FILES)).text == Wording.DISCARDED
    assert (await harness.press(refused, Wording.FORGET_FILES)).toast == Wording.GONE
    await harness.press(await harness.send("points.yaml", MORE), "应用")
    assert await harness.answers("老师招了几位") == "新建教学楼,招聘教师"


async def test_files_that_do_not_fit_together_either_are_refused_once_and_all_wait() -> None:
    harness = await VersionsHarness().start()
    await harness.send("source.txt", SOURCE.replace("3200亩", "3300亩"))
    refused = await harness.send("points.yaml", MORE.replace("3200亩", "3400亩"))
    assert refused.text.startswith(Wording.REFUSED.partition("{")[0])
    assert refused.text.endswith(Wording.KEPT_FILE.format(names="source.txt、points.yaml", minutes=30))


async def test_a_source_of_another_name_is_taken_back_under_the_name_that_the_export_gave_it() -> None:
    harness = VersionsHarness(POINTS.replace("source: source.txt", "source: 讲话.txt"), **{"讲话.txt": SOURCE})
    await harness.start()
    exported = await harness.history.export("", incoming())
    [name] = [file.name for file in exported.files if file.data == SOURCE.encode() and file.name != "source.txt"]
    await harness.press(await harness.send(name, f"{SOURCE}散会。"), "应用")
    assert harness.library.current.knowledge.source == f"{SOURCE}散会。"


async def test_a_file_that_changes_nothing_does_not_wait_for_others() -> None:
    harness = await VersionsHarness().start()
    assert (await harness.send("source.txt", SOURCE)).text == Wording.SAME
    assert "source.txt" not in (await harness.send("points.yaml", MORE)).text


@pytest.mark.parametrize(
    ("name", "told"),
    [("../points.yaml", "名里带着路径"), ("C:\\points.yaml", "名里带着路径"), ("notes.yaml", "points.yaml、quiz.yaml")],
)
async def test_a_file_of_another_name_is_refused_with_those_that_are_known(name: str, told: str) -> None:
    harness = await VersionsHarness().start()
    shown = await harness.send(name, MORE)
    assert told in shown.text
    assert not shown.choices


async def test_what_was_compared_with_an_older_version_is_compared_anew() -> None:
    harness = await VersionsHarness().start()
    first = await harness.send("points.yaml", MORE)
    second = await harness.send("points.yaml", POINTS.replace("[镇长是谁,", "[镇长贵姓, 镇长是谁,"), person=OWNER)
    await harness.press(second, "应用", OWNER)
    again = await harness.press(first, "应用")
    assert Wording.NEWER in again.text
    assert harness.versions.number == 2
    await harness.press(again, "应用")
    assert harness.versions.number == 3


async def test_a_version_that_cannot_be_kept_is_not_served() -> None:
    harness = await VersionsHarness().start()
    shown = await harness.send("points.yaml", MORE)
    harness.store.unwritable = True
    with pytest.raises(StorageError):
        await harness.press(shown, "应用")
    assert harness.versions.number == 1
    assert "老师招了几位" not in harness.versions.served.files.texts["points.yaml"]
    assert [row.number for row in harness.store.kept] == [1]


async def test_a_changed_folder_is_taken_in_at_once_and_owners_may_undo_it_with_one_tap() -> None:
    harness = await VersionsHarness().start()
    harness.folder = harness.folder.with_file("points.yaml", MORE)
    await harness.changes.changed()
    assert harness.versions.number == 2
    [told] = harness.told
    assert "已经换上，现在是第 2 版" in told.text
    await harness.press(told, "退回第 1 版")
    assert (harness.versions.number, harness.versions.served.content.base.texts["points.yaml"]) == (3, POINTS)


async def test_a_changed_folder_that_breaks_something_waits_for_an_owner() -> None:
    harness = await VersionsHarness().start()
    harness.folder = harness.folder.with_file("points.yaml", WITHOUT_ROAD)
    await harness.changes.changed()
    assert harness.versions.number == 1
    await harness.press(await harness.press(harness.told[0], "仍要应用"), "确认应用")
    assert harness.versions.number == 2


async def test_a_file_that_changes_and_a_sighup_together_are_one_look() -> None:
    harness = await VersionsHarness().start()
    harness.folder = harness.folder.with_file("points.yaml", MORE)
    await asyncio.gather(harness.changes.changed(), harness.changes.changed(asked=True))
    assert harness.made == 1
    assert len(harness.told) == 1
    harness.folder = harness.folder.with_file("points.yaml", WITHOUT_ROAD)
    await asyncio.gather(harness.changes.changed(), harness.changes.changed(asked=True))
    assert harness.made == 2
    assert harness.versions.number == 2, "nobody has seen yet what would break: that is no yes"
    await harness.changes.changed(asked=True)
    assert harness.versions.number == 3


async def test_one_sighup_is_no_yes_to_what_the_folder_itself_told_of_and_none_to_what_was_declined() -> None:
    harness = await VersionsHarness().start()
    harness.folder = harness.folder.with_file("points.yaml", WITHOUT_ROAD)
    await harness.changes.changed()
    await harness.changes.changed(asked=True)
    assert (harness.versions.number, len(harness.told)) == (1, 2)
    await harness.press(harness.told[-1], "放弃")
    await harness.changes.changed(asked=True)
    assert (harness.versions.number, len(harness.told)) == (1, 3), "it is shown again, to be decided with its buttons"


async def test_a_sighup_from_before_another_folder_was_served_is_no_yes_to_the_first_one_any_more() -> None:
    harness = await VersionsHarness(WITHOUT_ROAD).start()
    bare = harness.folder
    await harness.changes.changed(asked=True)  # nothing is new
    harness.folder = bare.with_file("points.yaml", POINTS)
    await harness.changes.changed()
    assert harness.versions.number == 2
    harness.folder = bare
    await harness.changes.changed()
    await harness.changes.changed(asked=True)
    assert harness.versions.number == 2
    await harness.changes.changed(asked=True)
    assert harness.versions.number == 3


async def test_a_folder_that_goes_back_and_changes_the_same_way_again_is_told_of_again() -> None:
    harness = await VersionsHarness().start()
    served, broken = harness.folder, harness.folder.with_file("points.yaml", WITHOUT_ROAD)
    for harness.folder in (broken, served, broken):
        await harness.changes.changed()
    assert len(harness.told) == 2
    await harness.changes.changed(asked=True)
    assert harness.versions.number == 1


async def test_a_second_sighup_for_the_same_files_is_a_yes() -> None:
    harness = await VersionsHarness().start()
    harness.folder = harness.folder.with_file("points.yaml", WITHOUT_ROAD)
    await harness.changes.changed(asked=True)
    assert harness.versions.number == 1
    await harness.changes.changed(asked=True)
    assert harness.versions.number == 2


async def test_owners_are_told_once_what_is_wrong_with_a_folder() -> None:
    harness = await VersionsHarness().start()
    harness.write('section: "3"', 'section: "9"')
    await harness.changes.changed()
    await harness.changes.changed()
    [told] = harness.told
    assert told.text.startswith(Wording.FOLDER_BROKEN)
    assert "points.yaml:" in told.text


async def test_a_folder_does_not_silently_replace_what_was_sent_in_a_chat() -> None:
    harness = await VersionsHarness().start()
    await harness.press(await harness.send("points.yaml", MORE), "应用")
    harness.write("[镇长是谁,", "[镇长贵姓, 镇长是谁,")
    await harness.changes.changed()
    assert harness.versions.number == 2
    assert Wording.FOLDER_AND_UPLOADS in harness.told[0].text


async def test_a_folder_that_holds_what_was_sent_in_a_chat_asks_nothing_and_may_be_changed_on() -> None:
    harness = await VersionsHarness().start()
    await harness.press(await harness.send("points.yaml", MORE), "应用")
    harness.folder = harness.folder.with_file("points.yaml", MORE)
    await harness.changes.changed()
    assert (harness.told, harness.versions.number) == ([], 2)
    await harness.start()
    assert await harness.changes.begin() is None
    harness.write("[镇长是谁,", "[镇长贵姓, 镇长是谁,")
    await harness.changes.changed()
    assert harness.versions.number == 3


async def test_a_restart_serves_what_was_served() -> None:
    harness = await VersionsHarness().start()
    await harness.press(await harness.send("points.yaml", MORE), "应用")
    await harness.start()
    assert await harness.changes.begin() is None
    assert harness.versions.number == 2
    assert await harness.answers("老师招了几位") == "新建教学楼,招聘教师"


async def test_a_folder_that_changed_while_the_bot_was_away_is_taken_in_at_the_start() -> None:
    harness = await VersionsHarness().start()
    harness.folder = harness.folder.with_file("points.yaml", MORE)
    await harness.start()
    told = await harness.changes.begin()
    assert told is not None
    assert "重新启动时" in told.text
    assert harness.versions.number == 2


async def test_another_document_in_the_folder_is_served_whatever_was_sent_before() -> None:
    harness = await VersionsHarness().start()
    await harness.press(await harness.send("points.yaml", MORE), "应用")
    harness.write("title: 青山镇春季工作讲话", "title: 青山镇秋季工作讲话")
    await harness.start()
    assert await harness.changes.begin() is not None
    assert harness.library.current.knowledge.title == "青山镇秋季工作讲话"


async def test_a_folder_that_is_broken_at_the_start_leaves_the_last_version_serving() -> None:
    harness = await VersionsHarness().start()
    harness.write("source: source.txt", "source: gone.txt")
    await harness.start()
    told = await harness.changes.begin()
    assert told is not None
    assert "仍用上次的第 1 版" in told.text
    assert await harness.answers("招了多少名老师") == "新建教学楼,招聘教师"


async def test_a_folder_that_an_admin_did_not_want_is_not_taken_in_by_a_restart() -> None:
    harness = await VersionsHarness().start()
    harness.folder = harness.folder.with_file("points.yaml", WITHOUT_ROAD)
    await harness.changes.changed()
    await harness.press(harness.told[0], "放弃")
    await harness.start()
    assert await harness.changes.begin() is None
    assert await harness.answers("修了多少公里村道") == "硬化村道12.5公里"


async def test_a_folder_that_breaks_something_waits_for_an_owner_at_the_start_too() -> None:
    harness = await VersionsHarness().start()
    harness.folder = harness.folder.with_file("points.yaml", WITHOUT_ROAD)
    await harness.start()
    asked = await harness.changes.begin()
    assert asked is not None
    assert [choice.label for choice in asked.choices] == ["仍要应用", "放弃"]
    assert harness.versions.number == 1


@pytest.mark.parametrize("fault", ["broken", "declined", "breaks something"])
async def test_a_look_soon_after_the_start_does_not_tell_the_same_twice(fault: str) -> None:
    harness = await VersionsHarness().start()
    if fault == "broken":
        harness.write("source: source.txt", "source: gone.txt")
    else:
        harness.folder = harness.folder.with_file("points.yaml", WITHOUT_ROAD)
    if fault == "declined":
        await harness.changes.changed()
        await harness.press(harness.told.pop(), "放弃")
    await harness.start()
    told = await harness.changes.begin()
    assert (told is None) == (fault == "declined")
    await harness.changes.changed()
    assert not harness.told


async def test_where_nobody_can_be_asked_the_folder_is_the_operators_word() -> None:
    harness = VersionsHarness()
    harness.owned = False
    await harness.start()
    harness.folder = harness.folder.with_file("points.yaml", WITHOUT_ROAD)
    await harness.start()
    await harness.changes.begin()
    assert harness.versions.number == 2


async def test_a_folder_that_could_not_be_kept_is_taken_in_the_next_time_and_owners_are_told() -> None:
    harness = await VersionsHarness().start()
    harness.folder = harness.folder.with_file("points.yaml", MORE)
    harness.store.unwritable = True
    await harness.changes.changed()
    assert "没能换上" in harness.told[0].text
    harness.store.unwritable = False
    await harness.changes.changed()
    assert harness.versions.number == 2


async def test_a_second_admin_who_applies_the_same_is_told_that_it_is_there() -> None:
    harness = await VersionsHarness().start()
    first = await harness.send("points.yaml", MORE)
    second = await harness.send("points.yaml", MORE, person=OWNER)
    await harness.press(first, "应用")
    assert (await harness.press(second, "应用", OWNER)).text == Wording.SAME
    assert harness.versions.number == 2


async def test_a_preview_outlasts_a_restart_and_is_looked_over_anew_when_it_is_applied() -> None:
    harness = await VersionsHarness().start()
    offered = await harness.send("points.yaml", MORE)
    await harness.start()
    done = await harness.press(offered, Wording.APPLY)
    assert done.text.startswith(Wording.APPLIED.format(number=2))
    assert harness.versions.number == 2


async def test_what_was_applied_before_a_kill_cut_the_answer_off_is_told_to_be_live_and_since_when() -> None:
    harness = await VersionsHarness().start()
    offered = await harness.send("points.yaml", MORE)
    await harness.press(offered, Wording.APPLY)
    await harness.start()
    for label in (Wording.APPLY, Wording.DISCARD):
        told = await harness.press(offered, label)
        assert told.text.startswith("这次改动已经换上了，不用再点：现在是第 2 版，11月25日 12:00起就在用。")
    assert harness.versions.number == 2


async def test_a_preview_of_what_was_served_before_another_change_is_shown_anew_after_a_restart() -> None:
    harness = await VersionsHarness().start()
    offered = await harness.send("points.yaml", MORE)
    other = await harness.send("golden.yaml", "questions:\n  - {ask: 田里种了多少亩稻子, point: rice}\n", person=OWNER)
    await harness.press(other, Wording.APPLY)
    await harness.start()
    again = await harness.press(offered, Wording.APPLY)
    assert again.text.startswith(Wording.CHECKED_ANEW)
    assert harness.versions.number == 2
    assert (await harness.press(again, Wording.APPLY)).text.startswith(Wording.APPLIED.format(number=3))


async def test_a_preview_is_dropped_after_a_restart_and_is_gone_after_a_day() -> None:
    harness = await VersionsHarness().start()
    offered = await harness.send("points.yaml", MORE)
    await harness.start()
    assert (await harness.press(offered, Wording.DISCARD)).text == Wording.DISCARDED
    assert (await harness.press(offered, Wording.APPLY)).toast == Wording.GONE
    offered = await harness.send("points.yaml", MORE)
    await harness.start()
    harness.now += timedelta(days=1, minutes=1)
    assert (await harness.press(offered, Wording.APPLY)).toast == Wording.GONE


async def test_golden_questions_that_are_new_are_asked_and_those_not_met_take_a_second_yes() -> None:
    harness = await VersionsHarness(**{"golden.yaml": GOLDEN}).start()
    new = GOLDEN + "  - {ask: 镇里的飞机场在哪, point: road}\n  - {ask: 田里种了多少亩稻子, point: rice}\n"
    shown = await harness.send("golden.yaml", new)
    assert Wording.GOLDEN_UNMET.format(count=2, unmet=1) in shown.text
    assert "✗ 新检验题“镇里的飞机场在哪”：要答 road，换上以后就不答了" in shown.text
    assert Wording.GOLDEN_FINE.format(count=2) in shown.text
    sure = await harness.press(shown, Wording.APPLY_ANYWAY)
    assert "镇里的飞机场在哪" in sure.text
    assert harness.versions.number == 1
    await harness.press(sure, Wording.CONFIRM)
    assert harness.versions.number == 2


async def test_golden_questions_that_are_new_and_met_are_told_as_that() -> None:
    harness = await VersionsHarness(**{"golden.yaml": GOLDEN}).start()
    shown = await harness.send("golden.yaml", GOLDEN + "  - {ask: 田里种了多少亩稻子, point: rice}\n")
    assert Wording.GOLDEN_MET.format(count=1) in shown.text
    assert "✗" not in shown.text
    assert [choice.label for choice in shown.choices] == [Wording.APPLY, Wording.DISCARD]


async def test_a_new_golden_question_that_should_not_be_answered_and_is_takes_a_second_yes_too() -> None:
    harness = await VersionsHarness(**{"golden.yaml": GOLDEN}).start()
    shown = await harness.send("golden.yaml", GOLDEN + "  - {ask: 田里种了多少亩稻子}\n")
    assert "✗ 新检验题“田里种了多少亩稻子”：要说没有，换上以后答“种植水稻3200亩”" in shown.text
