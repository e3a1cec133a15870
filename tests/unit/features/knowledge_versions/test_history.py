"""The versions that were: shown, compared, brought back, given away."""

from __future__ import annotations

from bot.wording import Versions as Wording
from tests.unit.features.knowledge_versions.fixtures import VersionsHarness, incoming
from tests.unit.features.roles.fixtures import EDITOR
from tests.unit.library import POINTS, SOURCE

MORE = POINTS.replace("[镇长是谁,", "[镇长贵姓, 镇长是谁,")


async def with_two_versions() -> VersionsHarness:
    harness = await VersionsHarness().start()
    await harness.press(await harness.send("points.yaml", MORE, caption="换个问法"), "应用")
    return harness


async def test_history_tells_number_time_author_note_and_what_changed_newest_first() -> None:
    harness = await with_two_versions()
    harness.role_store.known[EDITOR] = "小王"
    shown = await harness.history.history("", incoming())
    first, second = shown.text.index("第 2 版"), shown.text.index("第 1 版")
    assert first < second
    for told in ("11月25日 12:00", "小王", "换个问法", "镇长贵姓", "服务器上", Wording.FIRST_NOTE):
        assert told in shown.text
    assert [choice.label for choice in shown.choices] == ["退回第 1 版"]


async def test_diff_shows_what_a_version_changed_and_brings_the_lines_as_a_file() -> None:
    harness = await with_two_versions()
    shown = await harness.history.diff("", incoming())
    assert "镇长贵姓" in shown.text
    [file] = shown.files
    assert "+    questions: [镇长贵姓, 镇长是谁," in file.data.decode()


async def test_diff_of_the_first_version_and_of_none() -> None:
    harness = await VersionsHarness().start()
    assert (await harness.history.diff("1", incoming())).text == Wording.DIFF_FIRST
    assert "没有第 9 版" in (await harness.history.diff("9", incoming())).text
    for number in ("昨天", "9" * 20, "9" * 5000):
        assert "请写版本号" in (await harness.history.diff(number, incoming())).text
        assert "请写版本号" in (await harness.history.rollback(number, incoming())).text
        assert "第 1 版" in (await harness.history.history(number, incoming())).text


async def test_rollback_takes_one_tap_and_survives_a_restart() -> None:
    harness = await with_two_versions()
    which = await harness.history.rollback("", incoming())
    done = await harness.press(which, "退回第 1 版")
    assert "已经退回第 1 版的内容，现在是第 3 版" in done.text
    await harness.start()
    assert await harness.changes.begin() is None
    assert harness.versions.served.files.texts["points.yaml"] == POINTS


async def test_a_tap_that_comes_again_after_a_kill_rolls_back_no_second_time() -> None:
    harness = await with_two_versions()
    for told in (Wording.ROLLED_BACK.format(to=1, number=3), Wording.SAME):
        assert (await harness.history.rollback("1", incoming())).text == told
    assert harness.versions.number == 3


async def test_a_rollback_can_be_rolled_back() -> None:
    harness = await with_two_versions()
    done = await harness.history.rollback("1", incoming())
    await harness.press(done, "退回第 2 版")
    assert harness.versions.served.files.texts["points.yaml"] == MORE


async def test_a_rollback_that_breaks_golden_questions_asks_first() -> None:
    harness = await VersionsHarness().start()
    grown = POINTS + "  - id: head\n    title: 抓好春耕\n    section: '1'\n    quote: 一、抓好春耕生产。\n"
    grown += "    questions: [第一件事抓什么]\n"
    await harness.press(await harness.send("points.yaml", grown), "应用")
    asked = await harness.history.rollback("1", incoming())
    assert "确定要换上吗" in asked.text
    assert harness.versions.number == 2
    await harness.press(asked, "确认应用")
    assert harness.versions.number == 3


async def test_where_there_is_nothing_to_go_back_to_that_is_told() -> None:
    harness = await VersionsHarness().start()
    assert (await harness.history.rollback("", incoming())).text == Wording.ONLY_ONE
    assert (await harness.history.rollback("1", incoming())).text == Wording.THIS_ONE.format(number=1)
    assert (await harness.history.rollback("7", incoming())).text == Wording.NO_SUCH_VERSION.format(number=7)


async def test_export_gives_the_files_that_are_served_in_private() -> None:
    harness = await with_two_versions()
    shown = await harness.history.feature().commands["export"].handle("", incoming())
    assert {file.name: file.data.decode() for file in shown.files} == {"points.yaml": MORE, "source.txt": SOURCE}
    assert shown.private
