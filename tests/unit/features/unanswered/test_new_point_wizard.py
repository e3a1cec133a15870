"""An admin makes a new point for what members asked, step by step."""

import asyncio
import threading
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.conversation.capabilities import EVERYTHING, unknown_command
from bot.conversation.messages import MAX_BYTES, Reply, parse_action
from bot.features.unanswered import new_point_wizard
from bot.knowledge.edit.amendment import AddPoint
from bot.knowledge.parse.points_file import parse_points
from bot.library import ChangeResult
from bot.records.contests import SettingRecord
from bot.retrieval.index.tokenizer import shared_tokenizer
from bot.retrieval.retriever import Retriever
from bot.wording import Admin, Misses, NewPoint
from tests.unit.event_loop import settle, until
from tests.unit.features.unanswered.fixtures import ADMIN, EDITOR, MEMBER, UnansweredHarness, action_of, labels
from tests.unit.library import POINTS, SOURCE, knowledge, retriever_of

GRANT = "县财政拨款几时到位"


async def begun(harness: UnansweredHarness, *questions: str) -> Reply:
    await harness.ask(*(questions or (GRANT,)))
    return await harness.press(await harness.say("/misses"), "新要点")


async def with_section(harness: UnansweredHarness) -> Reply:
    return await harness.press(await begun(harness), "第二部分")


async def with_quote(harness: UnansweredHarness) -> Reply:
    await with_section(harness)
    await harness.say("其中县级")
    return await harness.say("180万元。")


async def at_preview(harness: UnansweredHarness) -> Reply:
    await with_quote(harness)
    await harness.say("县级补助")
    return await harness.press(await harness.say("县里补助了多少\n补助的钱谁出"), "预览")


def texts(reply: Reply) -> list[str]:
    return [part.text for part in reply.parts]


async def test_from_the_first_button_to_an_answer() -> None:
    harness = UnansweredHarness()
    sections = await begun(harness)
    assert labels(sections) == [*(section.title for section in harness.knowledge.sections), "放弃"]
    first = await harness.press(sections, "第二部分")
    assert texts(first) == ["“第二部分·修好进村道路”。请发引文开头的几个字，要和原文一样，比如“硬化村道12”。"]
    last = await harness.say("其中县级")
    assert texts(last) == [
        "从这里开始。请再发引文最后的几个字，整段不超过 320 个字：",
        "其中县级补助180万元。\n三、办好村里的学校。新建教学楼一栋,招聘教师15名,让",
        "……",
    ]
    title = await harness.say("180万元。")
    assert (title.parts[1].kind, title.parts[1].text) == ("quote", "其中县级补助180万元。")
    assert texts(title)[2] == "请发标题（60 个字以内），或者用引文的第一句：“其中县级补助180万元”。"
    questions = await harness.say("县级补助 180万元")
    assert texts(questions) == [NewPoint.QUESTIONS, "· 县财政拨款几时到位", NewPoint.MORE]
    preview = await harness.press(await harness.say("县里补助了多少"), "预览")
    assert texts(preview) == [
        NewPoint.PREVIEW,
        "县级补助 180万元",
        "其中县级补助180万元。",
        "第二部分·修好进村道路",
        NewPoint.QUESTIONS,
        "· 县财政拨款几时到位",
        "· 县里补助了多少",
    ]
    assert harness.editing.notes == []
    added = await harness.press(preview, "添加")
    assert added.text.splitlines()[0] == "已添加要点“县级补助 180万元”，现在就生效（版本 2）。"
    point = harness.knowledge.points[-1]
    assert AddPoint(point.id, point.title, point.section, point.quotes, point.questions) == AddPoint(
        "p-0001", "县级补助 180万元", "2", ("其中县级补助180万元。",), (GRANT, "县里补助了多少")
    )
    answered = await harness.say(GRANT, person=MEMBER)
    assert answered.point == point
    assert (await harness.say("/misses")).text == Misses.NONE.format(days=90)


async def test_an_added_point_is_undone_once_also_after_a_restart() -> None:
    harness = UnansweredHarness()
    preview = await at_preview(harness)
    before = harness.knowledge
    added = await harness.press(preview, "添加")
    harness.start()
    assert (await harness.press(added, "撤销")).text == Misses.UNDONE.format(number=3)
    assert harness.knowledge == before
    assert (await harness.press(added, "撤销")).text == Misses.UNDO_GONE
    assert GRANT in (await harness.say("/misses")).text


async def test_what_was_linked_to_a_point_later_goes_with_it_and_is_listed_again() -> None:
    harness = UnansweredHarness()
    added = await harness.press(await at_preview(harness), "添加")
    before = harness.knowledge
    await harness.ask("幼儿园什么时候开学")
    sections = await harness.press(await harness.say("/misses"), "其他要点")
    await harness.link(await harness.press(sections, "第二部分"), "县级补助")
    assert harness.knowledge != before
    assert (await harness.press(added, "撤销")).text == Misses.UNDONE.format(number=4)
    assert [point.id for point in harness.knowledge.points] == [point.id for point in before.points[:-1]]
    assert "第 1/2 组" in (await harness.say("/misses")).text


async def test_a_quote_may_overlap_a_point_that_is_there() -> None:
    harness = UnansweredHarness()
    await harness.press(await at_preview(harness), "添加")
    assert harness.knowledge.points[-1].quote in harness.knowledge.point("road").quote + "。"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("高速公路", NewPoint.NOWHERE.format(words="高速公路")),
        ("全镇", None),
        ("村", NewPoint.SEVERAL.format(words="村", count=2)),
        ("，。", NewPoint.NOWHERE.format(words="，。")),
        ("字" * 400, NewPoint.NOWHERE.format(words="字" * 19 + "…")),
    ],
)
async def test_first_words_that_stand_nowhere_or_in_several_places_are_asked_again(
    typed: str, sentence: str | None
) -> None:
    harness = UnansweredHarness()
    await with_section(harness)
    reply = await harness.say(typed)
    if sentence is None:
        assert texts(reply)[0].startswith("从这里开始")
    else:
        assert texts(reply)[0] == sentence
        assert texts(await harness.say("其中县级"))[0].startswith("从这里开始")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("高速公路", NewPoint.NOWHERE_BEHIND.format(words="高速公路")),
        ("水稻", NewPoint.NOWHERE_BEHIND.format(words="水稻")),  # it stands before
        ("学", NewPoint.SEVERAL_ENDS.format(words="学")),
    ],
)
async def test_last_words_that_cannot_end_the_quote_are_asked_again(typed: str, sentence: str) -> None:
    harness = UnansweredHarness()
    await with_section(harness)
    await harness.say("其中县级")
    assert texts(await harness.say(typed))[0] == sentence
    assert texts(await harness.say("180万元"))[0] == NewPoint.QUOTE


@pytest.mark.parametrize("search", ["_places_in", "span_to"])
async def test_others_go_on_while_words_are_looked_for_in_a_long_source(
    monkeypatch: pytest.MonkeyPatch, search: str
) -> None:
    look, looks, others_went_on = getattr(new_point_wizard, search), threading.Event(), threading.Event()
    waited: list[bool] = []

    def look_slowly(*asked: object) -> object:
        looks.set()
        waited.append(others_went_on.wait(5))
        return look(*asked)

    async def somebody_else() -> None:
        await until(looks.is_set)
        others_went_on.set()

    monkeypatch.setattr(new_point_wizard, search, look_slowly)
    harness = UnansweredHarness()
    await with_section(harness)
    other = asyncio.create_task(somebody_else())
    for typed in ("其中县级", "180万元。"):
        await harness.say(typed)
    await other
    assert waited == [True]


async def test_the_same_words_sent_twice_at_once_are_taken_once() -> None:
    harness = UnansweredHarness()
    await with_section(harness)
    replies = await asyncio.gather(harness.say("其中县级"), harness.say("其中县级"))
    assert [texts(reply)[0].startswith("从这里开始") for reply in replies] == [True, True]
    replies = await asyncio.gather(harness.say("180万元。"), harness.say("180万元。"))
    assert [texts(reply)[0] for reply in replies] == [NewPoint.QUOTE] * 2


async def test_a_quote_too_long_for_a_phone_is_asked_again() -> None:
    harness = UnansweredHarness()
    source = SOURCE + "以下省略" * 100 + "全文完"
    harness.library.main = Retriever(parse_points(POINTS, source, "points.yaml").knowledge, shared_tokenizer())
    await with_section(harness)
    await harness.say("其中县级")
    assert texts(await harness.say("全文完"))[0] == NewPoint.FAR.format(words="全文完", limit=320)


async def test_words_are_found_with_the_marks_of_a_phone_and_the_quote_is_the_sources() -> None:
    harness = UnansweredHarness()
    await with_section(harness)
    await harness.say("总投资460万元，其中")
    assert (await harness.say("補助180萬元")).parts[1].text == "总投资460万元,其中县级补助180万元"


async def test_the_citation_says_where_the_quote_stands_whatever_section_was_picked() -> None:
    harness = UnansweredHarness()
    await harness.press(await begun(harness), "第三部分")
    await harness.say("其中县级")
    assert texts(await harness.say("180万元"))[0] == NewPoint.ELSEWHERE.format(section="第二部分·修好进村道路")
    await harness.say("县级补助")
    preview = await harness.press(await harness.say("县里补助了多少"), "预览")
    assert [part.text for part in preview.parts if part.kind == "citation"] == ["第二部分·修好进村道路"]


async def test_words_that_stand_in_several_sections_are_meant_in_the_one_that_was_picked() -> None:
    harness = UnansweredHarness()
    await harness.press(await begun(harness), "第三部分")
    assert (await harness.say("村")).parts[1].text.startswith("村里的学校")


async def test_the_first_clause_may_be_the_title() -> None:
    harness = UnansweredHarness()
    await harness.press(await with_quote(harness), "用第一句")
    await harness.press(await harness.press(await harness.say("县里补助了多少"), "预览"), "添加")
    assert harness.knowledge.points[-1].title == "其中县级补助180万元"


@pytest.mark.parametrize("title", ["长" * 61, "……"])
async def test_a_title_that_is_none_is_asked_again(title: str) -> None:
    harness = UnansweredHarness()
    await with_quote(harness)
    assert texts(await harness.say(title))[0] == NewPoint.TITLE_BAD.format(limit=60)
    assert texts(await harness.say("县级补助"))[0] == NewPoint.QUESTIONS


async def test_questions_may_be_cleared_and_a_point_needs_one() -> None:
    harness = UnansweredHarness()
    await with_quote(harness)
    cleared = await harness.press(await harness.say("县级补助"), "清空问法")
    assert texts(cleared) == [NewPoint.NO_QUESTIONS] and labels(cleared) == ["放弃"]
    listed = await harness.say("补助多少？\n\n补助多少\n" + "长" * 301 + "\n？？")
    assert texts(listed)[:2] == [
        NewPoint.NOT_TAKEN.format(question="长" * 19 + "…", limit=300),
        NewPoint.NOT_TAKEN.format(question="？？", limit=300),
    ]
    assert texts(listed)[3:-1] == ["· 补助多少？"]


async def test_no_more_than_twenty_questions_are_taken() -> None:
    harness = UnansweredHarness()
    await with_quote(harness)
    await harness.say("县级补助")
    reply = await harness.say("\n".join(f"第{number}种问法" for number in range(30)))
    assert texts(reply)[0] == NewPoint.TOO_MANY.format(limit=20)
    assert len([text for text in texts(reply) if text.startswith("· ")]) == 20


@pytest.mark.parametrize("word", ["/cancel", "/cancel@duxue_bot", "取消", "放弃"])
async def test_it_is_given_up_at_any_step(word: str) -> None:
    for step in (begun, with_section, with_quote, at_preview):
        harness = UnansweredHarness()
        before = harness.knowledge
        reply = await step(harness)
        assert (await harness.say(word)).text == NewPoint.DROPPED
        assert (await harness.press(reply, "放弃")).text == NewPoint.GONE
        assert harness.knowledge is before
        assert (await harness.say("其中县级")).verdict is not None


async def test_commands_and_questions_in_between_are_answered_and_it_goes_on() -> None:
    harness = UnansweredHarness()
    await with_section(harness)
    assert (await harness.say("修路花了多少钱？")).point is not None
    assert (await harness.say("/outline")).text == (await harness.say("目录", person=MEMBER)).text
    assert (await harness.say("/nothing")).text == unknown_command(EVERYTHING, alone=True)
    await harness.say("其中县级")
    assert (await harness.say("修路花了多少钱？")).point is not None
    await harness.say("180万元")
    assert (await harness.say("修路花了多少钱？")).point is not None
    assert texts(await harness.say("县级补助"))[0] == NewPoint.QUESTIONS


async def test_numbers_pick_of_what_is_offered() -> None:
    harness = UnansweredHarness()
    await begun(harness)
    await harness.say("3")
    await harness.say("其中县级")
    await harness.say("180万元")
    assert texts(await harness.say("1"))[0] == NewPoint.QUESTIONS


async def test_half_an_hour_of_silence_ends_it() -> None:
    harness = UnansweredHarness()
    reply = await with_quote(harness)
    harness.now += timedelta(minutes=31)
    assert (await harness.say("县级补助")).verdict is not None
    assert (await harness.press(reply, "用第一句")).text == NewPoint.GONE


async def test_each_person_and_chat_has_a_dialogue_of_its_own() -> None:
    harness = UnansweredHarness()
    await with_section(harness)
    assert (await harness.say("其中县级", person=EDITOR)).verdict is not None
    assert (await harness.say("其中县级", chat="elsewhere")).verdict is not None
    assert texts(await harness.say("其中县级"))[0].startswith("从这里开始")


async def test_a_new_beginning_takes_the_place_of_the_old_one() -> None:
    harness = UnansweredHarness()
    old = await at_preview(harness)
    fresh = await harness.press(await harness.say("/misses"), "新要点")
    assert (await harness.press(old, "添加")).text == NewPoint.GONE
    assert action_of(fresh, "放弃") != action_of(old, "放弃")


async def test_a_button_of_an_earlier_look_adds_nothing_that_was_not_seen() -> None:
    harness = UnansweredHarness()
    preview = await at_preview(harness)
    await harness.press(preview, "改问法")
    await harness.say("补助到账了没有")
    assert texts(await harness.press(preview, "添加"))[0] == NewPoint.QUESTIONS
    assert harness.editing.notes == []


async def test_a_refused_point_tells_why_and_may_be_mended() -> None:
    harness = UnansweredHarness()
    preview = await at_preview(harness)
    harness.editing.refusals = [ChangeResult(0, ("“县里补助了多少”已经写过",))]
    refused = await harness.press(preview, "添加")
    assert texts(refused) == [Misses.REFUSED, "· “县里补助了多少”已经写过"]
    assert labels(refused) == ["改问法", "重选引文", "放弃"]
    cleared = await harness.press(await harness.press(refused, "改问法"), "清空问法")
    assert labels(cleared) == ["放弃"]
    again = await harness.press(await harness.say("补助的钱谁出"), "预览")
    assert "版本 2" in (await harness.press(again, "添加")).text


async def test_a_point_that_breaks_golden_questions_needs_a_second_tap() -> None:
    harness = UnansweredHarness()
    preview = await at_preview(harness)
    harness.editing.refusals = [ChangeResult(0, ("改答了别处",), confirm=True)]
    asked = await harness.press(preview, "添加")
    assert "版本 2" in (await harness.press(asked, Misses.CONFIRM)).text
    assert harness.editing.confirmed == [False, True]


async def test_a_source_that_is_replaced_meanwhile_gives_no_quote_of_other_words() -> None:
    harness = UnansweredHarness()
    await with_section(harness)
    await harness.say("其中县级")
    harness.library.main = Retriever(
        parse_points(POINTS, "前言。\n" + SOURCE, "points.yaml").knowledge, shared_tokenizer()
    )
    assert texts(await harness.say("180万元"))[0].startswith("“第二部分")


async def test_every_button_is_short_ascii_and_nobody_else_sees_it() -> None:
    harness = UnansweredHarness()
    replies = [await begun(harness)]
    replies.append(await harness.press(replies[0], "第二部分"))
    replies += [await harness.say(text) for text in ("其中县级", "180万元", "县级补助")]
    replies.append(await harness.press(replies[-1], "预览"))
    assert all(reply.private for reply in replies)
    actions = [choice.action for reply in replies for choice in reply.choices]
    assert all(len(action.encode()) <= MAX_BYTES and parse_action(action) for action in actions)
    for action in actions:
        assert (await harness.press(action, person=MEMBER)).toast == Admin.REFUSED


async def test_only_what_changes_the_knowledge_is_noted() -> None:
    harness = UnansweredHarness()
    await harness.press(await at_preview(harness), "添加")
    assert harness.audits == [(ADMIN, "na", True)]


async def test_an_id_that_is_taken_is_not_given_again() -> None:
    harness = UnansweredHarness()
    await harness.press(await at_preview(harness), "添加")
    harness.start()  # whatever gives the ids begins anew
    await harness.ask("老师一个月工资多少")
    await harness.press(await harness.press(await harness.say("/misses"), "新要点"), "第三部分")
    await harness.say("招聘教师")
    await harness.press(await harness.say("15名"), "用第一句")
    await harness.press(await harness.press(await harness.say("老师工资高吗"), "预览"), "添加")
    assert [point.id for point in harness.knowledge.points[-2:]] == ["p-0001", "p-0002"]


async def test_what_is_asked_next_outlasts_a_restart_and_the_next_words_are_no_question() -> None:
    harness = UnansweredHarness()
    await harness.ask(GRANT)
    sections = await harness.press(await harness.say("/misses"), "新要点")
    await harness.press(sections, "第二部分")
    await harness.restart()
    reply = await harness.say("硬化村道12.5公里")
    assert reply.text.startswith("从这里开始")
    await harness.restart()
    reply = await harness.say("180万元。")
    assert "引文就是这一段" in reply.text
    await harness.restart()
    preview = await harness.press(await harness.press(reply, "用第一句"), "预览")
    await harness.restart()
    assert (await harness.press(preview, "添加")).text.startswith("已添加要点")
    await harness.restart()
    assert (await harness.say("修路花了多少钱")).verdict is not None  # it has ended: this is a question


async def test_a_dialogue_that_was_idle_for_long_does_not_come_back_with_a_restart() -> None:
    harness = UnansweredHarness()
    await harness.ask(GRANT)
    sections = await harness.press(await harness.say("/misses"), "新要点")
    await harness.press(sections, "第二部分")
    harness.now += timedelta(hours=13)
    await harness.restart()
    assert (await harness.say("硬化村道12.5公里")).verdict is not None


async def test_who_lost_the_role_meanwhile_is_answered_as_a_member() -> None:
    harness = UnansweredHarness()
    await harness.ask(GRANT)
    sections = await harness.press(await harness.say("/misses", person=EDITOR), "新要点", person=EDITOR)
    await harness.press(sections, "第二部分", person=EDITOR)
    await harness.restart()
    harness.roles.roles.clear()
    assert (await harness.say("硬化村道12.5公里", person=EDITOR)).verdict is not None


async def test_a_button_of_another_chat_costs_no_dialogue_that_goes_on_here() -> None:
    harness = UnansweredHarness()
    await harness.ask(GRANT)
    card = await harness.say("/misses")
    await harness.press(await harness.press(card, "新要点"), "第二部分")
    stale = await harness.press("a:nb-gone", chat="d")
    assert stale.text == NewPoint.GONE
    await harness.restart()
    assert (await harness.say("硬化村道12.5公里")).text.startswith("从这里开始")
    other = await harness.press(await harness.press(card, "新要点", chat="d"), "放弃", chat="d")
    assert other.text == NewPoint.DROPPED
    await harness.restart()
    assert "引文就是这一段" in (await harness.say("180万元。")).text


async def test_a_dialogue_that_was_given_up_does_not_come_back_while_others_are_read() -> None:
    harness = UnansweredHarness()
    await harness.ask(GRANT)
    sections = await harness.press(await harness.say("/misses"), "新要点")
    first = await harness.press(sections, "第二部分")
    harness.start()
    store = harness.settings
    reading, go_on = asyncio.Event(), asyncio.Event()
    read = store.settings

    async def slowly(name: str) -> Sequence[SettingRecord]:
        rows = await read(name)
        if not reading.is_set():
            reading.set()
            await go_on.wait()
        return rows

    store.settings = slowly  # type: ignore[method-assign]  # what was read is late, and the next look is not
    loading = asyncio.create_task(harness.chat.load())
    await reading.wait()
    dropping = asyncio.create_task(harness.press(first, "放弃"))
    await settle()
    go_on.set()
    assert (await dropping).text == NewPoint.DROPPED
    assert await loading
    assert (await harness.say("硬化村道12.5公里")).verdict is not None


async def test_nobodys_question_waits_for_dialogues_that_cannot_be_read() -> None:
    harness = UnansweredHarness()
    await harness.ask(GRANT)
    await harness.press(await harness.press(await harness.say("/misses"), "新要点"), "第二部分")
    harness.start()
    harness.settings.unset = True
    asked: list[str] = []
    read = harness.settings.settings

    async def noted(name: str) -> Sequence[SettingRecord]:
        asked.append(name)
        return await read(name)

    harness.settings.settings = noted  # type: ignore[method-assign]
    harness.roles.asked.clear()
    assert (await harness.say("修路花了多少钱", person=MEMBER)).verdict is not None
    assert (asked, harness.roles.asked) == ([], [])
    assert not await harness.chat.load()
    harness.settings.unset = False
    assert await harness.chat.load()
    assert (await harness.say("硬化村道12.5公里")).text.startswith("从这里开始")


def _without_points() -> UnansweredHarness:
    harness = UnansweredHarness()
    harness.library.main = retriever_of(replace(knowledge(), points=()))
    return harness


async def test_the_first_point_of_a_document_without_points_is_made_like_any_other() -> None:
    harness = _without_points()
    sections = await begun(harness)
    first = await harness.press(sections, "第二部分")
    assert "比如“二、修好进村”" in first.text
    await harness.say("其中县级")
    assert harness.knowledge.points == ()
    assert (await harness.say("180万元。")).parts[1].text == "其中县级补助180万元。"


async def test_where_there_are_no_points_a_case_can_be_given_to_none() -> None:
    harness = _without_points()
    await harness.ask(GRANT)
    other = await harness.press(await harness.say("/misses"), Misses.OTHER)
    assert texts(other) == [Misses.NO_POINTS]
