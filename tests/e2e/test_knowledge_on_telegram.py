"""Files that an admin sends, and /reload, with the real process: applied and refused, and what answers then."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.wording import Difference, Document, Versions
from tests.e2e.admin_bot import (
    ABOUT_ROAD,
    BREAKS,
    BROKEN_AT,
    GONE,
    LONG,
    LONGER,
    ROAD,
    AdminBot,
    data_of,
    new_admin_bot,
)
from tests.unit.knowledge.pdf import body, pdf
from tests.unit.knowledge.word import paragraphs
from tests.unit.library import POINTS, SOURCE

pytestmark = pytest.mark.asyncio(loop_scope="module")
DEARER = SOURCE.replace("460万元", "480万元")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def opened(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[AdminBot]:
    async with new_admin_bot(tmp_path_factory.mktemp("admin_bot")) as one:
        yield one


@pytest_asyncio.fixture(loop_scope="module")
async def admin_bot(opened: AdminBot) -> AdminBot:
    """The same bot for all, on the first version again."""
    await opened.back_to_the_first()
    return opened


async def test_a_document_is_applied_or_dropped(admin_bot: AdminBot) -> None:
    before = await admin_bot.version()
    offered = await admin_bot.send("points.yaml", LONGER)
    assert "～ 要点“硬化村道12.5公里”：引文" in offered.text
    assert Versions.GOLDEN_CHANGED.format(count=5, changed=1) in offered.text
    assert await admin_bot.version() == before
    assert (await admin_bot.press(offered, Versions.DISCARD)).text == Versions.DISCARDED
    assert (await admin_bot.answer(ABOUT_ROAD), await admin_bot.version()) == (ROAD, before)
    stale = await admin_bot.boss.press_stale(offered, data_of(offered, Versions.APPLY))
    assert stale.answer is not None and stale.answer.text == Versions.GONE

    done = await admin_bot.applied(await admin_bot.send("points.yaml", LONGER))
    assert done.labels == [f"退回第 {int(done.text.split()[1]) - 1} 版"]
    assert (await admin_bot.answer(ABOUT_ROAD), await admin_bot.version() == before) == (LONG, False)
    assert (await admin_bot.send("points (1).yaml", LONGER)).text == Versions.SAME  # as a phone names a second download
    assert (admin_bot.knowledge / "points.yaml").read_text(encoding="utf-8") == POINTS  # what lies there is the admin's


async def test_what_breaks_golden_questions_takes_a_second_yes(admin_bot: AdminBot) -> None:
    before = await admin_bot.version()
    offered = await admin_bot.send("points.yaml", GONE)
    assert "－ 要点“硬化村道12.5公里”" in offered.text
    assert offered.labels == [Versions.APPLY_ANYWAY, Versions.DISCARD]
    sure = await admin_bot.press(offered, Versions.APPLY_ANYWAY)
    assert BREAKS in sure.text
    assert sure.labels == [Versions.CONFIRM, Versions.DISCARD]
    assert (await admin_bot.answer(ABOUT_ROAD), await admin_bot.version()) == (ROAD, before)
    assert (await admin_bot.press(sure, Versions.DISCARD)).text == Versions.DISCARDED
    assert await admin_bot.version() == before

    sure = await admin_bot.press(await admin_bot.send("points.yaml", GONE), Versions.APPLY_ANYWAY)
    assert (await admin_bot.press(sure, Versions.CONFIRM)).text.startswith("换上了")
    assert (await admin_bot.answer(ABOUT_ROAD), await admin_bot.version() == before) == ("", False)


async def test_the_golden_questions_that_somebody_wrote_are_asked_instead(admin_bot: AdminBot) -> None:
    golden = "questions:\n  - {ask: 村道修了多长, point: road}\n  - {ask: 敬老院有几张床位}\n"
    offered = await admin_bot.send("golden.yaml", golden)
    assert "检验题" in offered.text
    await admin_bot.applied(offered)
    broken = await admin_bot.send("points.yaml", GONE)
    assert "村道修了多长" in broken.text
    assert BREAKS not in broken.text
    assert broken.labels == [Versions.APPLY_ANYWAY, Versions.DISCARD]
    await admin_bot.press(broken, Versions.DISCARD)
    assert await admin_bot.answer("村道修了多长") == ROAD


async def test_a_source_and_the_points_that_quote_it_are_sent_one_after_the_other(admin_bot: AdminBot) -> None:
    before = await admin_bot.version()
    refused = await admin_bot.send("source.txt", DEARER)
    assert BROKEN_AT in refused.text
    assert Versions.KEPT_FILE.format(names="source.txt", minutes=30) in refused.text
    assert (await admin_bot.answer(ABOUT_ROAD), await admin_bot.version()) == (ROAD, before)

    both = await admin_bot.send("points.yaml", POINTS.replace("460万元", "480万元"))
    assert Versions.TOGETHER.format(names="source.txt、points.yaml") in both.text
    assert Difference.SOURCE.format(removed=1, added=1) in both.text
    assert (await admin_bot.press(both, Versions.APPLY)).text.startswith("换上了")
    assert await admin_bot.answer(ABOUT_ROAD) == ROAD.replace("460", "480")


async def test_a_word_document_is_a_new_edition_of_the_source(admin_bot: AdminBot) -> None:
    lines = SOURCE.splitlines()
    assert (await admin_bot.send("讲话.docx", paragraphs(*lines))).text == Versions.SAME
    shorter = await admin_bot.send("讲话.docx", paragraphs(*lines[:3]))
    assert "－ 要点“新建教学楼,招聘教师”" in shorter.text
    assert (await admin_bot.press(shorter, Versions.DISCARD)).text == Versions.DISCARDED
    assert "食堂" not in (await admin_bot.web.get("/p/school")).text

    offered = await admin_bot.send("讲话.docx", paragraphs(*lines[:-1], f"{lines[-1]}村里还要办食堂。"))
    assert Difference.SOURCE.format(removed=0, added=8) in offered.text
    assert Versions.EDITION.format(title="青山镇春季工作讲话") in offered.text
    await admin_bot.applied(offered)
    assert await admin_bot.answer(ABOUT_ROAD) == ROAD
    assert "村里还要办食堂" in (await admin_bot.web.get("/p/school")).text


BATH = [
    "浴室管理办法",
    "第一章 总则",
    "第一条 为了大家洗好澡，制定本办法。",
    "第二章 开放",
    "第二条 浴室每天下午四点开门，晚上九点关门。",
    "第三条 每人每次洗澡不超过30分钟，超过的要补交水费。",
    "第四条 浴室里不准抽烟，不准大声说话。",
]


async def test_another_document_is_sent_seen_and_served_on_one_tap(admin_bot: AdminBot) -> None:
    before = await admin_bot.version()
    scanned = await admin_bot.send("扫描.pdf", pdf([]))
    assert Document.SCANNED in scanned.text
    assert await admin_bot.version() == before

    offered = await admin_bot.send("浴室.pdf", pdf(body(*BATH)))
    assert "《浴室管理办法》" in offered.text
    assert "· 第二章 开放" in offered.text
    assert offered.text.count("问：") == 3
    assert await admin_bot.version() == before
    put = await admin_bot.press(offered, Versions.PUT_BESIDE)
    assert put.text.startswith(Versions.PUT.format(title="浴室管理办法"))
    for question, quote in (("浴室管理办法第二条是什么", BATH[4]), (ABOUT_ROAD, ROAD)):
        assert (await admin_bot.web.post("/api/ask", json={"question": question})).json()["quote"] == quote
    assert (await admin_bot.press(put, Versions.TAKE_AWAY)).text == Versions.TAKEN_AWAY.format(title="浴室管理办法")
    assert await admin_bot.version() == before

    offered = await admin_bot.send("浴室.pdf", pdf(body(*BATH)))
    assert offered.labels == [Versions.PUT_BESIDE, Versions.INSTEAD, Versions.DISCARD]
    done = await admin_bot.press(offered, Versions.INSTEAD)
    assert done.text.startswith("换上了")
    record = (await admin_bot.web.post("/api/ask", json={"question": "第三条是什么"})).json()
    assert (record["quote"], record["citation"]) == (BATH[5], "第三条")
    for told in (await admin_bot.ask("/help"), await admin_bot.ask("/start"), await admin_bot.ask("目录")):
        assert not any(word in told.text for word in ("青山镇", "水稻", "村道")), told.text

    assert (await admin_bot.press(done, "退回第")).text.startswith("已经退回")
    assert await admin_bot.answer(ABOUT_ROAD) == ROAD


async def test_questions_for_the_quiz_are_sent_and_come_back_in_the_export(admin_bot: AdminBot) -> None:
    before = await admin_bot.version()
    quiz = "questions:\n  - {id: crop, point: rice, question: 种了什么？, right: 水稻, wrong: [小麦, 玉米]}\n"
    broken = await admin_bot.send("quiz.yaml", quiz.replace("point: rice", "point: corn"))
    assert "quiz.yaml:2: 题目“crop”先不出：没有“corn”这个要点" in broken.text
    await admin_bot.press(broken, Versions.DISCARD)
    assert await admin_bot.version() == before
    offered = await admin_bot.send("quiz.yaml", quiz)
    assert "＋ 答题“种了什么？”" in offered.text
    await admin_bot.applied(offered)
    assert await admin_bot.version() != before

    exported = await admin_bot.ask("/export")
    await admin_bot.telegram.quiet(after=exported)
    sent = [message for message in await admin_bot.boss.chat.messages() if "document" in message.raw]
    files = {one.raw["document"]["file_name"]: await admin_bot.telegram.download(one) for one in sent if one.mark}
    assert files["quiz.yaml"].decode() == quiz
    assert files["points.yaml"].decode() == POINTS


async def test_reload_looks_the_folder_over_and_asks_where_something_was_sent_meanwhile(admin_bot: AdminBot) -> None:
    first = await admin_bot.version()
    assert (await admin_bot.ask("/reload")).text == Versions.SAME
    await admin_bot.applied(await admin_bot.send("points.yaml", LONGER))
    offered = await admin_bot.ask("更新知识库")
    assert (await admin_bot.press(offered, Versions.DISCARD)).text == Versions.DISCARDED
    assert await admin_bot.answer(ABOUT_ROAD) == LONG
    await admin_bot.applied(await admin_bot.ask("/reload"))
    assert (await admin_bot.answer(ABOUT_ROAD), await admin_bot.version()) == (ROAD, first)
