"""How another knowledge comes to be served, as admins meet it."""

import asyncio
from datetime import timedelta

import pytest

from bot.errors import StorageError
from bot.wording import Versions as Wording
from tests.unit.features.knowledge_versions.fixtures import Shelf, incoming
from tests.unit.features.roles.fixtures import EDITOR, OWNER
from tests.unit.library import POINTS, SOURCE

MORE = POINTS.replace("questions: [招了多少名老师,", "questions: [老师招了几位, 招了多少名老师,")
WITHOUT_ROAD = POINTS[: POINTS.index("  - id: road")] + POINTS[POINTS.index("  - id: school") :]
GOLDEN = "questions:\n  - {ask: 老师一共招聘了几名, point: school}\n  - {ask: 村长工资多少}\n"


async def test_reload_shows_what_changed_and_serves_it_on_a_yes() -> None:
    shelf = await Shelf().start()
    shelf.write("questions: [招了多少名老师,", "questions: [先生请了几位, 招了多少名老师,")

    shown = await shelf.reloading.reload("", incoming())
    assert "先生请了几位" in shown.text
    assert [choice.label for choice in shown.choices] == ["应用", "放弃"]
    assert shelf.versions.number == 1

    applied = await shelf.press(shown, "应用")
    assert "第 2 版" in applied.text
    assert await shelf.answers("先生请了几位") == "新建教学楼,招聘教师"


async def test_a_candidate_that_is_dropped_changes_nothing_and_cannot_be_applied_any_more() -> None:
    shelf = await Shelf().start()
    shelf.write("questions: [招了多少名老师,", "questions: [先生请了几位, 招了多少名老师,")
    shown = await shelf.reloading.reload("", incoming())
    assert (await shelf.press(shown, "放弃")).text == Wording.DISCARDED
    assert (await shelf.press(shown, "应用")).toast == Wording.GONE
    assert shelf.versions.number == 1


async def test_a_folder_that_is_the_same_is_told_to_be() -> None:
    shelf = await Shelf().start()
    assert (await shelf.reloading.reload("", incoming())).text == Wording.SAME


async def test_a_broken_folder_is_refused_with_file_line_and_mend_and_the_old_knowledge_answers_on() -> None:
    shelf = await Shelf().start()
    shelf.write("quote: 新建教学楼一栋,", "quote: 新建教学楼两栋,")
    shown = await shelf.reloading.reload("", incoming())
    assert not shown.choices
    assert "points.yaml:" in shown.text
    assert "请从原文重新复制" in shown.text
    assert await shelf.answers("招了多少名老师") == "新建教学楼,招聘教师"


async def test_more_faults_than_a_phone_shows_come_as_a_file() -> None:
    shelf = await Shelf().start()
    shelf.folder = shelf.folder.with_file("points.yaml", POINTS.replace("quote: ", "qoute: "))
    shown = await shelf.reloading.reload("", incoming())
    [file] = shown.files
    assert file.data.decode().count("points.yaml:") > 8


async def test_a_change_that_breaks_a_golden_question_needs_a_second_yes() -> None:
    shelf = await Shelf(**{"golden.yaml": GOLDEN}).start()
    assert await shelf.answers("老师一共招聘了几名") == "新建教学楼,招聘教师"
    start = POINTS.index("  - id: school")
    without = shelf.folder.with_file("points.yaml", POINTS[:start])
    shelf.folder = without

    shown = await shelf.reloading.reload("", incoming())
    assert "✗ “老师一共招聘了几名”" in shown.text
    asked_again = await shelf.press(shown, "仍要应用")
    assert shelf.versions.number == 1
    assert [choice.label for choice in asked_again.choices] == ["确认应用", "放弃"]
    await shelf.press(asked_again, "确认应用")
    assert shelf.versions.number == 2
    assert await shelf.answers("老师一共招聘了几名") == ""


async def test_without_golden_questions_each_points_first_question_is_one() -> None:
    shelf = await Shelf().start()
    shelf.folder = shelf.folder.with_file("points.yaml", WITHOUT_ROAD)
    shown = await shelf.reloading.reload("", incoming())
    assert "✗ “修了多少公里村道”" in shown.text


async def test_an_answer_that_only_quotes_more_is_told_to_do_so() -> None:
    shelf = await Shelf().start()
    shelf.write("quote: 硬化村道", "quote: 二、修好进村道路。硬化村道")
    shown = await shelf.reloading.reload("", incoming())
    assert Wording.GOLDEN_QUOTE.format(ask="修了多少公里村道", title="硬化村道12.5公里") in shown.text.splitlines()


async def test_a_point_that_a_running_contest_asks_about_is_named() -> None:
    shelf = await Shelf().start()
    shelf.in_use = {"road", "school"}
    shelf.folder = shelf.folder.with_file("points.yaml", WITHOUT_ROAD)
    shown = await shelf.reloading.reload("", incoming())
    assert Wording.IN_USE.format(points="road") in shown.text


async def test_a_file_that_is_sent_goes_the_same_way_and_keeps_its_caption_as_note() -> None:
    shelf = await Shelf().start()
    shown = await shelf.send("points.yaml", MORE, caption="补一个问法")
    await shelf.press(shown, "应用")
    assert await shelf.answers("老师招了几位") == "新建教学楼,招聘教师"
    last = shelf.store.kept[-1]
    assert (last.number, last.author, last.origin, last.note) == (2, EDITOR, "upload", "补一个问法")


async def test_files_that_only_fit_together_may_be_sent_one_after_the_other() -> None:
    shelf = await Shelf().start()
    refused = await shelf.send("source.txt", SOURCE.replace("3200亩", "3300亩"))
    assert [choice.label for choice in refused.choices] == [Wording.FORGET_FILES]
    assert "30 分钟内" in refused.text

    shown = await shelf.send("points.yaml", POINTS.replace("3200亩", "3300亩"))
    assert "source.txt、points.yaml 一起检查过了" in shown.text
    await shelf.press(shown, next(choice.label for choice in shown.choices))
    assert "3300亩" in shelf.library.current.knowledge.source


async def test_a_wrong_file_spoils_no_right_one_that_comes_after_it() -> None:
    shelf = await Shelf().start()
    await shelf.send("source.txt", SOURCE.replace("3200亩", "三千亩"))
    shown = await shelf.send("points.yaml", MORE)
    assert Wording.ALONE.format(name="points.yaml", others="source.txt") in shown.text
    await shelf.press(shown, "应用")
    assert await shelf.answers("老师招了几位") == "新建教学楼,招聘教师"
    assert shelf.library.current.knowledge.source == SOURCE


async def test_a_file_that_waits_for_others_can_be_dropped_and_is_in_nobodys_way_then() -> None:
    shelf = await Shelf().start()
    refused = await shelf.send("source.txt", SOURCE.replace("3200亩", "3300亩"))
    assert (await shelf.press(refused, Wording.FORGET_FILES)).text == Wording.DISCARDED
    assert (await shelf.press(refused, Wording.FORGET_FILES)).toast == Wording.GONE
    await shelf.press(await shelf.send("points.yaml", MORE), "应用")
    assert await shelf.answers("老师招了几位") == "新建教学楼,招聘教师"


async def test_files_that_do_not_fit_together_either_are_refused_once_and_all_wait() -> None:
    shelf = await Shelf().start()
    await shelf.send("source.txt", SOURCE.replace("3200亩", "3300亩"))
    refused = await shelf.send("points.yaml", MORE.replace("3200亩", "3400亩"))
    assert refused.text.startswith(Wording.REFUSED.partition("{")[0])
    assert refused.text.endswith(Wording.KEPT_FILE.format(names="source.txt、points.yaml", minutes=30))


async def test_a_source_of_another_name_is_taken_back_under_the_name_that_the_export_gave_it() -> None:
    shelf = Shelf(POINTS.replace("source: source.txt", "source: 讲话.txt"), **{"讲话.txt": SOURCE})
    await shelf.start()
    exported = await shelf.history.export("", incoming())
    [name] = [file.name for file in exported.files if file.data == SOURCE.encode() and file.name != "source.txt"]
    await shelf.press(await shelf.send(name, f"{SOURCE}散会。"), "应用")
    assert shelf.library.current.knowledge.source == f"{SOURCE}散会。"


async def test_a_file_that_changes_nothing_does_not_wait_for_others() -> None:
    shelf = await Shelf().start()
    assert (await shelf.send("source.txt", SOURCE)).text == Wording.SAME
    assert "source.txt" not in (await shelf.send("points.yaml", MORE)).text


@pytest.mark.parametrize(
    ("name", "told"),
    [("../points.yaml", "名里带着路径"), ("C:\\points.yaml", "名里带着路径"), ("notes.yaml", "points.yaml、quiz.yaml")],
)
async def test_a_file_of_another_name_is_refused_with_those_that_are_known(name: str, told: str) -> None:
    shelf = await Shelf().start()
    shown = await shelf.send(name, MORE)
    assert told in shown.text
    assert not shown.choices


async def test_what_was_compared_with_an_older_version_is_compared_anew() -> None:
    shelf = await Shelf().start()
    first = await shelf.send("points.yaml", MORE)
    second = await shelf.send("points.yaml", POINTS.replace("[镇长是谁,", "[镇长贵姓, 镇长是谁,"), person=OWNER)
    await shelf.press(second, "应用", OWNER)
    again = await shelf.press(first, "应用")
    assert Wording.NEWER in again.text
    assert shelf.versions.number == 2
    await shelf.press(again, "应用")
    assert shelf.versions.number == 3


async def test_a_version_that_cannot_be_kept_is_not_served() -> None:
    shelf = await Shelf().start()
    shown = await shelf.send("points.yaml", MORE)
    shelf.store.unwritable = True
    with pytest.raises(StorageError):
        await shelf.press(shown, "应用")
    assert shelf.versions.number == 1
    assert "老师招了几位" not in shelf.versions.served.files.texts["points.yaml"]
    assert [row.number for row in shelf.store.kept] == [1]


async def test_a_changed_folder_is_taken_in_at_once_and_owners_may_undo_it_with_one_tap() -> None:
    shelf = await Shelf().start()
    shelf.folder = shelf.folder.with_file("points.yaml", MORE)
    await shelf.changes.changed()
    assert shelf.versions.number == 2
    [told] = shelf.told
    assert "已经换上，现在是第 2 版" in told.text
    await shelf.press(told, "退回第 1 版")
    assert (shelf.versions.number, shelf.versions.served.content.base.texts["points.yaml"]) == (3, POINTS)


async def test_a_changed_folder_that_breaks_something_waits_for_an_owner() -> None:
    shelf = await Shelf().start()
    shelf.folder = shelf.folder.with_file("points.yaml", WITHOUT_ROAD)
    await shelf.changes.changed()
    assert shelf.versions.number == 1
    await shelf.press(await shelf.press(shelf.told[0], "仍要应用"), "确认应用")
    assert shelf.versions.number == 2


async def test_a_file_that_changes_and_a_sighup_together_are_one_look() -> None:
    shelf = await Shelf().start()
    shelf.folder = shelf.folder.with_file("points.yaml", MORE)
    await asyncio.gather(shelf.changes.changed(), shelf.changes.changed(asked=True))
    assert shelf.made == 1
    assert len(shelf.told) == 1
    shelf.folder = shelf.folder.with_file("points.yaml", WITHOUT_ROAD)
    await asyncio.gather(shelf.changes.changed(), shelf.changes.changed(asked=True))
    assert shelf.made == 2
    assert shelf.versions.number == 2, "nobody has seen yet what would break: that is no yes"
    await shelf.changes.changed(asked=True)
    assert shelf.versions.number == 3


async def test_one_sighup_is_no_yes_to_what_the_folder_itself_told_of_and_none_to_what_was_declined() -> None:
    shelf = await Shelf().start()
    shelf.folder = shelf.folder.with_file("points.yaml", WITHOUT_ROAD)
    await shelf.changes.changed()
    await shelf.changes.changed(asked=True)
    assert (shelf.versions.number, len(shelf.told)) == (1, 2)
    await shelf.press(shelf.told[-1], "放弃")
    await shelf.changes.changed(asked=True)
    assert (shelf.versions.number, len(shelf.told)) == (1, 3), "it is shown again, to be decided with its buttons"


async def test_a_sighup_from_before_another_folder_was_served_is_no_yes_to_the_first_one_any_more() -> None:
    shelf = await Shelf(WITHOUT_ROAD).start()
    bare = shelf.folder
    await shelf.changes.changed(asked=True)  # nothing is new
    shelf.folder = bare.with_file("points.yaml", POINTS)
    await shelf.changes.changed()
    assert shelf.versions.number == 2
    shelf.folder = bare
    await shelf.changes.changed()
    await shelf.changes.changed(asked=True)
    assert shelf.versions.number == 2
    await shelf.changes.changed(asked=True)
    assert shelf.versions.number == 3


async def test_a_folder_that_goes_back_and_changes_the_same_way_again_is_told_of_again() -> None:
    shelf = await Shelf().start()
    served, broken = shelf.folder, shelf.folder.with_file("points.yaml", WITHOUT_ROAD)
    for shelf.folder in (broken, served, broken):
        await shelf.changes.changed()
    assert len(shelf.told) == 2
    await shelf.changes.changed(asked=True)
    assert shelf.versions.number == 1


async def test_a_second_sighup_for_the_same_files_is_a_yes() -> None:
    shelf = await Shelf().start()
    shelf.folder = shelf.folder.with_file("points.yaml", WITHOUT_ROAD)
    await shelf.changes.changed(asked=True)
    assert shelf.versions.number == 1
    await shelf.changes.changed(asked=True)
    assert shelf.versions.number == 2


async def test_owners_are_told_once_what_is_wrong_with_a_folder() -> None:
    shelf = await Shelf().start()
    shelf.write('section: "3"', 'section: "9"')
    await shelf.changes.changed()
    await shelf.changes.changed()
    [told] = shelf.told
    assert told.text.startswith(Wording.FOLDER_BROKEN)
    assert "points.yaml:" in told.text


async def test_a_folder_does_not_silently_replace_what_was_sent_in_a_chat() -> None:
    shelf = await Shelf().start()
    await shelf.press(await shelf.send("points.yaml", MORE), "应用")
    shelf.write("[镇长是谁,", "[镇长贵姓, 镇长是谁,")
    await shelf.changes.changed()
    assert shelf.versions.number == 2
    assert Wording.FOLDER_AND_UPLOADS in shelf.told[0].text


async def test_a_folder_that_holds_what_was_sent_in_a_chat_asks_nothing_and_may_be_changed_on() -> None:
    shelf = await Shelf().start()
    await shelf.press(await shelf.send("points.yaml", MORE), "应用")
    shelf.folder = shelf.folder.with_file("points.yaml", MORE)
    await shelf.changes.changed()
    assert (shelf.told, shelf.versions.number) == ([], 2)
    await shelf.start()
    assert await shelf.changes.begin() is None
    shelf.write("[镇长是谁,", "[镇长贵姓, 镇长是谁,")
    await shelf.changes.changed()
    assert shelf.versions.number == 3


async def test_a_restart_serves_what_was_served() -> None:
    shelf = await Shelf().start()
    await shelf.press(await shelf.send("points.yaml", MORE), "应用")
    await shelf.start()
    assert await shelf.changes.begin() is None
    assert shelf.versions.number == 2
    assert await shelf.answers("老师招了几位") == "新建教学楼,招聘教师"


async def test_a_folder_that_changed_while_the_bot_was_away_is_taken_in_at_the_start() -> None:
    shelf = await Shelf().start()
    shelf.folder = shelf.folder.with_file("points.yaml", MORE)
    await shelf.start()
    told = await shelf.changes.begin()
    assert told is not None
    assert "重新启动时" in told.text
    assert shelf.versions.number == 2


async def test_another_document_in_the_folder_is_served_whatever_was_sent_before() -> None:
    shelf = await Shelf().start()
    await shelf.press(await shelf.send("points.yaml", MORE), "应用")
    shelf.write("title: 青山镇春季工作讲话", "title: 青山镇秋季工作讲话")
    await shelf.start()
    assert await shelf.changes.begin() is not None
    assert shelf.library.current.knowledge.title == "青山镇秋季工作讲话"


async def test_a_folder_that_is_broken_at_the_start_leaves_the_last_version_serving() -> None:
    shelf = await Shelf().start()
    shelf.write("source: source.txt", "source: gone.txt")
    await shelf.start()
    told = await shelf.changes.begin()
    assert told is not None
    assert "仍用上次的第 1 版" in told.text
    assert await shelf.answers("招了多少名老师") == "新建教学楼,招聘教师"


async def test_a_folder_that_an_admin_did_not_want_is_not_taken_in_by_a_restart() -> None:
    shelf = await Shelf().start()
    shelf.folder = shelf.folder.with_file("points.yaml", WITHOUT_ROAD)
    await shelf.changes.changed()
    await shelf.press(shelf.told[0], "放弃")
    await shelf.start()
    assert await shelf.changes.begin() is None
    assert await shelf.answers("修了多少公里村道") == "硬化村道12.5公里"


async def test_a_folder_that_breaks_something_waits_for_an_owner_at_the_start_too() -> None:
    shelf = await Shelf().start()
    shelf.folder = shelf.folder.with_file("points.yaml", WITHOUT_ROAD)
    await shelf.start()
    asked = await shelf.changes.begin()
    assert asked is not None
    assert [choice.label for choice in asked.choices] == ["仍要应用", "放弃"]
    assert shelf.versions.number == 1


@pytest.mark.parametrize("fault", ["broken", "declined", "breaks something"])
async def test_a_look_soon_after_the_start_does_not_tell_the_same_twice(fault: str) -> None:
    shelf = await Shelf().start()
    if fault == "broken":
        shelf.write("source: source.txt", "source: gone.txt")
    else:
        shelf.folder = shelf.folder.with_file("points.yaml", WITHOUT_ROAD)
    if fault == "declined":
        await shelf.changes.changed()
        await shelf.press(shelf.told.pop(), "放弃")
    await shelf.start()
    told = await shelf.changes.begin()
    assert (told is None) == (fault == "declined")
    await shelf.changes.changed()
    assert not shelf.told


async def test_where_nobody_can_be_asked_the_folder_is_the_operators_word() -> None:
    shelf = Shelf()
    shelf.owned = False
    await shelf.start()
    shelf.folder = shelf.folder.with_file("points.yaml", WITHOUT_ROAD)
    await shelf.start()
    await shelf.changes.begin()
    assert shelf.versions.number == 2


async def test_a_folder_that_could_not_be_kept_is_taken_in_the_next_time_and_owners_are_told() -> None:
    shelf = await Shelf().start()
    shelf.folder = shelf.folder.with_file("points.yaml", MORE)
    shelf.store.unwritable = True
    await shelf.changes.changed()
    assert "没能换上" in shelf.told[0].text
    shelf.store.unwritable = False
    await shelf.changes.changed()
    assert shelf.versions.number == 2


async def test_a_second_admin_who_applies_the_same_is_told_that_it_is_there() -> None:
    shelf = await Shelf().start()
    first = await shelf.send("points.yaml", MORE)
    second = await shelf.send("points.yaml", MORE, person=OWNER)
    await shelf.press(first, "应用")
    assert (await shelf.press(second, "应用", OWNER)).text == Wording.SAME
    assert shelf.versions.number == 2


async def test_a_preview_outlasts_a_restart_and_is_looked_over_anew_when_it_is_applied() -> None:
    shelf = await Shelf().start()
    offered = await shelf.send("points.yaml", MORE)
    await shelf.start()
    done = await shelf.press(offered, Wording.APPLY)
    assert done.text.startswith(Wording.APPLIED.format(number=2))
    assert shelf.versions.number == 2


async def test_what_was_applied_before_a_kill_cut_the_answer_off_is_told_to_be_live_and_since_when() -> None:
    shelf = await Shelf().start()
    offered = await shelf.send("points.yaml", MORE)
    await shelf.press(offered, Wording.APPLY)
    await shelf.start()
    for label in (Wording.APPLY, Wording.DISCARD):
        told = await shelf.press(offered, label)
        assert told.text.startswith("这次改动已经换上了，不用再点：现在是第 2 版，11月25日 12:00起就在用。")
    assert shelf.versions.number == 2


async def test_a_preview_of_what_was_served_before_another_change_is_shown_anew_after_a_restart() -> None:
    shelf = await Shelf().start()
    offered = await shelf.send("points.yaml", MORE)
    other = await shelf.send("golden.yaml", "questions:\n  - {ask: 田里种了多少亩稻子, point: rice}\n", person=OWNER)
    await shelf.press(other, Wording.APPLY)
    await shelf.start()
    again = await shelf.press(offered, Wording.APPLY)
    assert again.text.startswith(Wording.CHECKED_ANEW)
    assert shelf.versions.number == 2
    assert (await shelf.press(again, Wording.APPLY)).text.startswith(Wording.APPLIED.format(number=3))


async def test_a_preview_is_dropped_after_a_restart_and_is_gone_after_a_day() -> None:
    shelf = await Shelf().start()
    offered = await shelf.send("points.yaml", MORE)
    await shelf.start()
    assert (await shelf.press(offered, Wording.DISCARD)).text == Wording.DISCARDED
    assert (await shelf.press(offered, Wording.APPLY)).toast == Wording.GONE
    offered = await shelf.send("points.yaml", MORE)
    await shelf.start()
    shelf.now += timedelta(days=1, minutes=1)
    assert (await shelf.press(offered, Wording.APPLY)).toast == Wording.GONE


async def test_golden_questions_that_are_new_are_asked_and_those_not_met_take_a_second_yes() -> None:
    shelf = await Shelf(**{"golden.yaml": GOLDEN}).start()
    new = GOLDEN + "  - {ask: 镇里的飞机场在哪, point: road}\n  - {ask: 田里种了多少亩稻子, point: rice}\n"
    shown = await shelf.send("golden.yaml", new)
    assert Wording.GOLDEN_UNMET.format(count=2, unmet=1) in shown.text
    assert "✗ 新检验题“镇里的飞机场在哪”：要答 road，换上以后就不答了" in shown.text
    assert Wording.GOLDEN_FINE.format(count=2) in shown.text
    sure = await shelf.press(shown, Wording.APPLY_ANYWAY)
    assert "镇里的飞机场在哪" in sure.text
    assert shelf.versions.number == 1
    await shelf.press(sure, Wording.CONFIRM)
    assert shelf.versions.number == 2


async def test_golden_questions_that_are_new_and_met_are_told_as_that() -> None:
    shelf = await Shelf(**{"golden.yaml": GOLDEN}).start()
    shown = await shelf.send("golden.yaml", GOLDEN + "  - {ask: 田里种了多少亩稻子, point: rice}\n")
    assert Wording.GOLDEN_MET.format(count=1) in shown.text
    assert "✗" not in shown.text
    assert [choice.label for choice in shown.choices] == [Wording.APPLY, Wording.DISCARD]


async def test_a_new_golden_question_that_should_not_be_answered_and_is_takes_a_second_yes_too() -> None:
    shelf = await Shelf(**{"golden.yaml": GOLDEN}).start()
    shown = await shelf.send("golden.yaml", GOLDEN + "  - {ask: 田里种了多少亩稻子}\n")
    assert "✗ 新检验题“田里种了多少亩稻子”：要说没有，换上以后答“种植水稻3200亩”" in shown.text
