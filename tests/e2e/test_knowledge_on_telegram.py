"""Files that an admin sends, and /reload, with the real process: applied and refused, and what answers then."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.wording import Difference, Document, Versions
from tests.e2e.office import (
    ABOUT_ROAD,
    BREAKS,
    BROKEN_AT,
    GONE,
    LONG,
    LONGER,
    ROAD,
    Office,
    data_of,
    new_office,
)
from tests.unit.knowledge.pdf import body, pdf
from tests.unit.knowledge.word import paragraphs
from tests.unit.library import POINTS, SOURCE

pytestmark = pytest.mark.asyncio(loop_scope="module")
DEARER = SOURCE.replace("460万元", "480万元")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def opened(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Office]:
    async with new_office(tmp_path_factory.mktemp("office")) as one:
        yield one


@pytest_asyncio.fixture(loop_scope="module")
async def office(opened: Office) -> Office:
    """The same bot for all, on the first version again."""
    await opened.back_to_the_first()
    return opened


async def test_a_document_is_applied_or_dropped(office: Office) -> None:
    before = await office.version()
    offered = await office.send("points.yaml", LONGER)
    assert "～ 要点“硬化村道12.5公里”：引文" in offered.text
    assert Versions.GOLDEN_CHANGED.format(count=5, changed=1) in offered.text
    assert await office.version() == before
    assert (await office.press(offered, Versions.DISCARD)).text == Versions.DISCARDED
    assert (await office.answer(ABOUT_ROAD), await office.version()) == (ROAD, before)
    stale = await office.boss.press_stale(offered, data_of(offered, Versions.APPLY))
    assert stale.answer is not None and stale.answer.text == Versions.GONE

    done = await office.applied(await office.send("points.yaml", LONGER))
    assert done.labels == [f"退回第 {int(done.text.split()[1]) - 1} 版"]
    assert (await office.answer(ABOUT_ROAD), await office.version() == before) == (LONG, False)
    assert (await office.send("points (1).yaml", LONGER)).text == Versions.SAME  # as a phone names a second download
    assert (office.knowledge / "points.yaml").read_text(encoding="utf-8") == POINTS  # what lies there is the admin's


async def test_what_breaks_golden_questions_takes_a_second_yes(office: Office) -> None:
    before = await office.version()
    offered = await office.send("points.yaml", GONE)
    assert "－ 要点“硬化村道12.5公里”" in offered.text
    assert offered.labels == [Versions.APPLY_ANYWAY, Versions.DISCARD]
    sure = await office.press(offered, Versions.APPLY_ANYWAY)
    assert BREAKS in sure.text
    assert sure.labels == [Versions.CONFIRM, Versions.DISCARD]
    assert (await office.answer(ABOUT_ROAD), await office.version()) == (ROAD, before)
    assert (await office.press(sure, Versions.DISCARD)).text == Versions.DISCARDED
    assert await office.version() == before

    sure = await office.press(await office.send("points.yaml", GONE), Versions.APPLY_ANYWAY)
    assert (await office.press(sure, Versions.CONFIRM)).text.startswith("换上了")
    assert (await office.answer(ABOUT_ROAD), await office.version() == before) == ("", False)


async def test_the_golden_questions_that_somebody_wrote_are_asked_instead(office: Office) -> None:
    golden = "questions:\n  - {ask: 村道修了多长, point: road}\n  - {ask: 敬老院有几张床位}\n"
    offered = await office.send("golden.yaml", golden)
    assert "检验题" in offered.text
    await office.applied(offered)
    broken = await office.send("points.yaml", GONE)
    assert "村道修了多长" in broken.text
    assert BREAKS not in broken.text
    assert broken.labels == [Versions.APPLY_ANYWAY, Versions.DISCARD]
    await office.press(broken, Versions.DISCARD)
    assert await office.answer("村道修了多长") == ROAD


async def test_a_source_and_the_points_that_quote_it_are_sent_one_after_the_other(office: Office) -> None:
    before = await office.version()
    refused = await office.send("source.txt", DEARER)
    assert BROKEN_AT in refused.text
    assert Versions.KEPT_FILE.format(names="source.txt", minutes=30) in refused.text
    assert (await office.answer(ABOUT_ROAD), await office.version()) == (ROAD, before)

    both = await office.send("points.yaml", POINTS.replace("460万元", "480万元"))
    assert Versions.TOGETHER.format(names="source.txt、points.yaml") in both.text
    assert Difference.SOURCE.format(removed=1, added=1) in both.text
    assert (await office.press(both, Versions.APPLY)).text.startswith("换上了")
    assert await office.answer(ABOUT_ROAD) == ROAD.replace("460", "480")


async def test_a_word_document_is_a_new_edition_of_the_source(office: Office) -> None:
    lines = SOURCE.splitlines()
    assert (await office.send("讲话.docx", paragraphs(*lines))).text == Versions.SAME
    shorter = await office.send("讲话.docx", paragraphs(*lines[:3]))
    assert "－ 要点“新建教学楼,招聘教师”" in shorter.text
    assert (await office.press(shorter, Versions.DISCARD)).text == Versions.DISCARDED
    assert "食堂" not in (await office.web.get("/p/school")).text

    offered = await office.send("讲话.docx", paragraphs(*lines[:-1], f"{lines[-1]}村里还要办食堂。"))
    assert Difference.SOURCE.format(removed=0, added=8) in offered.text
    assert Versions.EDITION.format(title="青山镇春季工作讲话") in offered.text
    await office.applied(offered)
    assert await office.answer(ABOUT_ROAD) == ROAD
    assert "村里还要办食堂" in (await office.web.get("/p/school")).text


BATH = [
    "浴室管理办法",
    "第一章 总则",
    "第一条 为了大家洗好澡，制定本办法。",
    "第二章 开放",
    "第二条 浴室每天下午四点开门，晚上九点关门。",
    "第三条 每人每次洗澡不超过30分钟，超过的要补交水费。",
    "第四条 浴室里不准抽烟，不准大声说话。",
]


async def test_another_document_is_sent_seen_and_served_on_one_tap(office: Office) -> None:
    before = await office.version()
    scanned = await office.send("扫描.pdf", pdf([]))
    assert Document.SCANNED in scanned.text
    assert await office.version() == before

    offered = await office.send("浴室.pdf", pdf(body(*BATH)))
    assert "《浴室管理办法》" in offered.text
    assert "· 第二章 开放" in offered.text
    assert offered.text.count("问：") == 3
    assert await office.version() == before
    done = await office.applied(offered)
    record = (await office.web.post("/api/ask", json={"question": "第三条是什么"})).json()
    assert (record["quote"], record["citation"]) == (BATH[5], "第三条")
    for told in (await office.ask("/help"), await office.ask("/start"), await office.ask("目录")):
        assert not any(word in told.text for word in ("青山镇", "水稻", "村道")), told.text

    assert (await office.press(done, "退回第")).text.startswith("已经退回")
    assert await office.answer(ABOUT_ROAD) == ROAD


async def test_questions_for_the_quiz_are_sent_and_come_back_in_the_export(office: Office) -> None:
    before = await office.version()
    quiz = "questions:\n  - {id: crop, point: rice, question: 种了什么？, right: 水稻, wrong: [小麦, 玉米]}\n"
    broken = await office.send("quiz.yaml", quiz.replace("point: rice", "point: corn"))
    assert "quiz.yaml:2: 题目“crop”先不出：没有“corn”这个要点" in broken.text
    await office.press(broken, Versions.DISCARD)
    assert await office.version() == before
    offered = await office.send("quiz.yaml", quiz)
    assert "＋ 答题“种了什么？”" in offered.text
    await office.applied(offered)
    assert await office.version() != before

    exported = await office.ask("/export")
    await office.telegram.quiet(after=exported)
    sent = [message for message in await office.boss.chat.messages() if "document" in message.raw]
    files = {one.raw["document"]["file_name"]: await office.telegram.download(one) for one in sent if one.mark}
    assert files["quiz.yaml"].decode() == quiz
    assert files["points.yaml"].decode() == POINTS


async def test_reload_looks_the_folder_over_and_asks_where_something_was_sent_meanwhile(office: Office) -> None:
    first = await office.version()
    assert (await office.ask("/reload")).text == Versions.SAME
    await office.applied(await office.send("points.yaml", LONGER))
    offered = await office.ask("更新知识库")
    assert (await office.press(offered, Versions.DISCARD)).text == Versions.DISCARDED
    assert await office.answer(ABOUT_ROAD) == LONG
    await office.applied(await office.ask("/reload"))
    assert (await office.answer(ABOUT_ROAD), await office.version()) == (ROAD, first)
