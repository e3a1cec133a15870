"""Conversations on the small document: what is said stands beside what comes back."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import get_args

import pytest

from bot import wording
from bot.access import quotas
from bot.access.roles import RolePolicy
from bot.conversation.capabilities import EVERYTHING, Capabilities, unknown_command
from bot.conversation.messages import MAX_BYTES, Incoming, Reply, parse_action
from bot.conversation.router import Feature, Handler
from bot.features.answers.question_service import AnswerIds
from bot.knowledge.parse.points_file import parse_points
from bot.library import Library
from bot.retrieval.index.tokenizer import shared_tokenizer
from bot.retrieval.retriever import Retriever
from bot.retrieval.verdict import Reason, Verdict
from bot.wording import Offers
from tests.unit.features.roles.fixtures import FakeRolesAndAudit, Work
from tests.unit.library import NOON, SOURCE, FakeStore, conversation, knowledge, make_chat, retriever


def said(text: str, *, person: str = "p", preview: bool = False) -> Incoming:
    return Incoming(person, "c", text=text, request_id="r1", is_inline=preview)


def pressed(action: str, *, person: str = "p") -> Incoming:
    return Incoming(person, "c", action=action, request_id="r1")


def action(reply: Reply, label: str) -> str:
    return next(choice.action for choice in (*reply.tools, *reply.choices) if choice.label == label)


async def test_an_answer_is_a_card_with_title_quote_and_place() -> None:
    reply = await make_chat().handle(said("修路花了多少钱"))
    assert reply.text == (
        "硬化村道12.5公里\n硬化村道12.5公里,总投资460万元,其中县级补助180万元。\n—— 第二部分·修好进村道路"
    )
    assert [tool.label for tool in reply.tools] == ["👍", "👎", "看前后文"]
    assert len(reply.choices) == 2


async def test_the_context_shows_the_whole_paragraph_word_for_word() -> None:
    chat = make_chat()
    reply = await chat.handle(said("修路花了多少钱"))
    context = await chat.handle(pressed(action(reply, "看前后文")))
    assert SOURCE.splitlines()[2] in context.text


async def test_the_word_on_a_tool_may_be_typed_as_well() -> None:
    chat = make_chat()
    await chat.handle(said("修路花了多少钱"))
    assert SOURCE.splitlines()[2] in (await chat.handle(said("上下文"))).text


@pytest.mark.parametrize("word", [" 看前后文", "前后文", "上下文。"])
async def test_a_tool_is_typed_as_it_is_labelled_now_or_was_before(word: str) -> None:
    chat = make_chat()
    await chat.handle(said("修路花了多少钱"))
    assert SOURCE.splitlines()[2] in (await chat.handle(said(word))).text


@pytest.mark.parametrize("between", ["", "谢谢", "👌", "你是谁", "上下文"])
async def test_what_was_offered_stands_until_something_else_is(between: str) -> None:
    chat = make_chat()
    await chat.handle(said("修路花了多少钱"))
    assert not (await chat.handle(said(between))).tools
    assert SOURCE.splitlines()[2] in (await chat.handle(said("上下文"))).text
    assert (await chat.handle(said("👍"))).toast == wording.THANKS_HELPFUL


async def test_a_number_behind_a_context_picks_what_stands_below_the_context() -> None:
    chat = make_chat()
    await chat.handle(said("孩子在哪里上学"))
    context = await chat.handle(said("上下文"))
    assert (await chat.handle(said("2"))).parts[0].text == context.choices[1].label


async def test_an_outline_takes_the_place_of_what_was_offered() -> None:
    chat = make_chat()
    await chat.handle(said("修路花了多少钱"))
    await chat.handle(said("目录"))
    assert await chat.handle(said("👍")) == await make_chat().handle(said("👍"))  # as if nothing had been asked


async def test_help_tells_who_has_a_role_what_it_allows_and_only_in_private() -> None:
    role_store = FakeRolesAndAudit({"editor": "editor"})
    feature = Feature(commands={"misses": Handler(Work().do, "editor", audited=False)})
    rights = RolePolicy([], role_store.roles)
    chat = conversation(Library(retriever()), features=[feature], rights=rights, audit=role_store)
    for asked in (said("/help", person="editor"), said("帮助", person="editor"), pressed("h:", person="editor")):
        assert "· /misses 未答：" in (await chat.handle(asked)).text
        assert "/misses" not in (await chat.handle(replace(asked, is_private=False))).text
        assert "/misses" not in (await chat.handle(replace(asked, person="member"))).text


async def test_a_number_picks_what_was_offered() -> None:
    chat = make_chat()
    outline = await chat.handle(said("目录"))
    assert outline.text.splitlines()[2] == "2. 第一部分·抓好春耕生产"
    section = await chat.handle(said("2"))
    assert "1. 种植水稻3200亩" in section.text
    passage = await chat.handle(said("第一个"))
    assert "全镇今年种植水稻3200亩" in passage.text


async def test_a_number_that_was_not_offered_says_how_many_there_are() -> None:
    chat = make_chat()
    await chat.handle(said("目录"))
    assert (await chat.handle(said("9"))).text == wording.PICK_RANGE.format(count=4)


async def test_a_number_in_reply_to_somebody_elses_list_picks_of_that_list() -> None:
    chat = make_chat()
    outline = await chat.handle(said("目录", person="a"))
    picked = await chat.handle(replace(said("2", person="b"), offered=outline.choices))
    assert "1. 种植水稻3200亩" in picked.text
    beyond = await chat.handle(replace(said("9", person="b"), offered=outline.choices))
    assert beyond.text == wording.PICK_RANGE.format(count=len(outline.choices))
    asked = await chat.handle(replace(said("修路花了多少钱", person="b"), offered=outline.choices))
    assert asked.verdict is not None and asked.verdict.kind == "answer"


async def test_a_follow_up_leans_on_what_was_tapped_as_well() -> None:
    chat = make_chat()
    await chat.handle(pressed("p:classes"))
    reply = await chat.handle(said("具体多少"))
    assert reply.verdict is not None
    assert (reply.verdict.context, reply.verdict.matches[0].point.id) == ("田间课堂培训农户", "classes")


async def test_another_person_in_the_same_chat_has_a_dialogue_of_their_own() -> None:
    chat = make_chat()
    await chat.handle(said("目录", person="a"))
    assert (await chat.handle(said("2", person="b"))).text != (await chat.handle(said("2", person="a"))).text


async def test_a_decline_says_so_and_offers_what_is_near() -> None:
    store = FakeStore()
    chat = make_chat(store)
    reply = await chat.handle(said("修路的施工队是哪家"))
    await chat.drain()
    assert reply.text.startswith(
        wording.DECLINE_GAP.format(title="青山镇春季工作讲话", pick="，点一下或者回复数字就能看")
    )
    assert reply.choices[0].label == "硬化村道12.5公里"
    assert [(miss.question, miss.verdict, miss.nearest) for miss in store.misses] == [
        ("修路的施工队是哪家", "decline", "road")
    ]


async def test_a_question_about_nothing_in_the_document_offers_the_outline() -> None:
    reply = await make_chat().handle(said("zzz"))
    assert reply.text == wording.DECLINE.format(title="青山镇春季工作讲话")
    assert [choice.label for choice in reply.choices] == [wording.OUTLINE_BUTTON]


async def test_feedback_is_kept_once_a_person_and_the_last_press_counts() -> None:
    store = FakeStore()
    chat = make_chat(store)
    reply = await chat.handle(said("修路花了多少钱"))
    up, down = action(reply, "👍"), action(reply, "👎")
    assert (await chat.handle(pressed(up))).toast == wording.THANKS_HELPFUL
    assert (await chat.handle(pressed(down))).toast == wording.THANKS_UNHELPFUL
    assert (await chat.handle(pressed(up, person="q"))).toast == wording.THANKS_HELPFUL
    kept = [(entry.point, entry.question, entry.helpful) for entry in store.feedback.values()]
    assert kept == [("road", "修路花了多少钱", False), ("road", "修路花了多少钱", True)]
    assert {"p", "q"}.isdisjoint(store.feedback)


@pytest.mark.parametrize("thumb", ["👍", "👎"])
async def test_the_same_judgement_once_more_takes_it_back(thumb: str) -> None:
    store = FakeStore()
    chat = make_chat(store)
    press = action(await chat.handle(said("修路花了多少钱")), thumb)
    assert (await chat.handle(pressed(press))).selected_action == press
    taken_back = await chat.handle(pressed(press))
    assert (taken_back.toast, taken_back.selected_action, taken_back.deselected_action) == (
        wording.FEEDBACK_DROPPED,
        "",
        press,
    )
    assert store.feedback == {}
    assert (await chat.handle(pressed(press))).selected_action == press
    assert [entry.helpful for entry in store.feedback.values()] == [thumb == "👍"]


async def test_a_judgement_that_could_not_be_taken_back_stands() -> None:
    store = FakeStore()
    chat = make_chat(store)
    up = action(await chat.handle(said("修路花了多少钱")), "👍")
    await chat.handle(pressed(up))
    store.broken = True
    assert (await chat.handle(pressed(up))).toast == wording.FEEDBACK_FAILED
    store.broken = False
    assert (await chat.handle(pressed(up))).deselected_action == up
    assert store.feedback == {}


async def test_feedback_on_an_answer_from_before_a_restart_says_what_to_do() -> None:
    reply = await make_chat().handle(pressed("u:old1"))
    assert reply.toast == wording.FEEDBACK_EXPIRED and not reply.selected_action


async def test_a_reason_goes_with_the_thumb_down_and_is_taken_back_with_it() -> None:
    store = FakeStore()
    chat = make_chat(store)
    down = action(await chat.handle(said("修路花了多少钱")), "👎")
    await chat.handle(pressed(down))
    told = await chat.handle(pressed(f"{down}.off_topic"))
    assert told.toast == wording.THANKS_REASON and told.selected_action == down
    assert [(one.helpful, one.reason) for one in store.feedback.values()] == [(False, "off_topic")]
    await chat.handle(pressed(f"{down}.nonsense"))  # a forged reason is none: the thumb is taken back
    assert not store.feedback


@pytest.mark.parametrize("chat", ["q", "telegram:-100", "web:p2"])
async def test_an_answer_is_judged_only_where_it_was_given(chat: str) -> None:
    store = FakeStore()
    router = make_chat(store)
    reply = await router.handle(said("修路花了多少钱"))
    forged = Incoming("q", chat, action=action(reply, "👎"))
    judged = await router.handle(forged)
    assert judged.toast == wording.FEEDBACK_EXPIRED and not judged.selected_action and not store.feedback


async def test_everybody_in_a_group_may_judge_what_was_answered_there_in_any_topic() -> None:
    store = FakeStore()
    router = make_chat(store)
    asked = Incoming("telegram:1", "telegram:-100:7", text="修路花了多少钱", is_private=False)
    reply = await router.handle(asked)
    for person, chat in (("telegram:2", "telegram:-100:7"), ("telegram:3", "telegram:-100")):
        judged = await router.handle(Incoming(person, chat, action=action(reply, "👎"), is_private=False))
        assert judged.toast == wording.THANKS_UNHELPFUL
    assert len(store.feedback) == 2


async def test_the_id_of_an_answer_cannot_be_guessed_from_others() -> None:
    chat = make_chat()
    found = [action(await chat.handle(said("修路花了多少钱")), "👍") for _ in range(50)]
    ids = [name.removeprefix("u:") for name in found]
    assert len(set(ids)) == 50 and {len(name) for name in ids} == {22}
    assert len({name[:4] for name in ids}) > 40  # nothing that they have in common, and no counter
    assert len(found[0]) <= MAX_BYTES


async def test_why_of_an_answer_is_told_only_where_it_was_given() -> None:
    chat = make_chat()
    reply = await chat.handle(said("修路花了多少钱"))
    answer = action(reply, "👍").removeprefix("u:")
    here = await chat.handle(Incoming("p", "c", text="/why", answer=answer))
    there = await chat.handle(Incoming("q", "d", text="/why", answer=answer))
    assert "修路花了多少钱" in here.text and "修路花了多少钱" not in there.text


async def test_what_is_kept_of_visitors_is_bounded_by_address_and_day() -> None:
    store = FakeStore()
    now = NOON

    def clock() -> datetime:
        return now

    chat = make_chat(store, clock)

    async def visit(count: int, origin: str) -> int:
        for number in range(count):
            visitor = f"web:{origin}{number}"
            await chat.handle(Incoming(visitor, visitor, text=f"zzz qqq {number}", origin=origin))
        await chat.drain()
        return len(store.misses)

    assert await visit(quotas.MISSES[0] + 5, "203.0.113.5") == quotas.MISSES[0]
    assert await visit(3, "203.0.113.6") == quotas.MISSES[0] + 3
    assert all(miss.visitor for miss in store.misses)
    for number in range(quotas.MISSES[0] + 5):  # members are not bounded
        await chat.handle(Incoming(f"telegram:{number}", f"telegram:{number}", text="zzz qqq"))
    await chat.drain()
    assert len([miss for miss in store.misses if not miss.visitor]) == quotas.MISSES[0] + 5
    shared = len(store.misses)  # a proxy that nobody named brings all visitors there are
    for number in range(quotas.MISSES[0] + 5):
        one = Incoming(f"web:s{number}", f"web:s{number}", text="zzz qqq", origin="10.0.0.1", shared_origin=True)
        await chat.handle(one)
    await chat.drain()
    assert len(store.misses) == shared + quotas.MISSES[0] + 5
    now = NOON + timedelta(days=1)
    before = len(store.misses)
    assert await visit(1, "203.0.113.5") == before + 1


def test_what_visitors_are_answered_pushes_out_no_members_answer() -> None:
    answers = AnswerIds(limit=3)
    member = answers.add("修路花了多少钱", "road", "telegram:1")
    visitor = answers.add("修路花了多少钱", "road", "web:1", visitor=True)
    for number in range(3):
        assert answers.get(visitor, "web:1") is not None
        answers.add("修路花了多少钱", "road", f"web:{number}", visitor=True)
    assert answers.get(visitor, "web:1") is None and answers.get(member, "telegram:1") is not None
    for number in range(3):
        answers.add("修路花了多少钱", "road", f"telegram:{number}")
    assert answers.get(member, "telegram:1") is None


@pytest.mark.parametrize(
    ("channel", "judged"),
    [
        (Capabilities(Offers.API), False),  # nothing that was said is known again
        (Capabilities(Offers.API, dialogue=True), True),
        (Capabilities(Offers.HERE, buttons=True), True),
    ],
)
async def test_an_answer_is_kept_to_be_judged_only_where_it_can_be(channel: Capabilities, judged: bool) -> None:
    reply = await make_chat().handle(Incoming("p", "c", text="修路花了多少钱", channel=channel))
    assert [tool.label for tool in reply.tools] == [*(("👍", "👎") if judged else ()), "看前后文"]


async def test_a_broken_store_costs_no_answer() -> None:
    chat = make_chat(FakeStore(broken=True))
    assert (await chat.handle(said("修路的施工队是哪家"))).text.startswith("《青山镇")
    reply = await chat.handle(said("修路花了多少钱"))
    assert (await chat.handle(pressed(action(reply, "👍")))).toast == wording.FEEDBACK_FAILED


async def test_a_reply_does_not_wait_for_the_store() -> None:
    at_once = await make_chat(FakeStore()).handle(said("修路的施工队是哪家"))
    async with asyncio.timeout(5):
        assert await make_chat(FakeStore(hanging=True)).handle(said("修路的施工队是哪家")) == at_once


async def test_a_preview_leaves_no_trace() -> None:
    store = FakeStore()
    chat = make_chat(store)
    reply = await chat.handle(said("修路的施工队", preview=True))
    assert reply.verdict is not None
    await chat.drain()
    assert store.misses == []
    await chat.handle(said("招了多少名老师", preview=True))
    follow_up = await chat.handle(said("那花了多少呢"))
    assert follow_up.verdict is not None
    assert follow_up.verdict.context == ""


@pytest.mark.parametrize("word", ["/help", "/help@some_bot", "帮助", " 幫助 "])
async def test_help_has_a_latin_and_a_chinese_name(word: str) -> None:
    assert "直接提问" in (await make_chat().handle(said(word))).text


@pytest.mark.parametrize("asked", [said("帮助"), said("你能做什么"), pressed("h:")])
async def test_help_in_a_group_says_how_to_be_heard_there_and_in_private_what_else_there_is(asked: Incoming) -> None:
    alone = (await make_chat().handle(asked)).text
    group = (await make_chat().handle(replace(asked, is_private=False))).text
    assert "直接提问" in alone and "/ask" not in alone
    assert all(command in alone for command in ("/settings", "/daily", "/me", "/report", "/forget", "/quiet"))
    assert "/ask" in group and "@我" in group and "直接提问" not in group and "/forget" not in group


@pytest.mark.parametrize("text", ["/ask 修路花了多少钱", "问 修路花了多少钱", "问:修路花了多少钱"])
async def test_ask_takes_the_question_behind_it(text: str) -> None:
    assert "460万元" in (await make_chat().handle(said(text))).text


@pytest.mark.parametrize("text", ["修路\n一共花了\n多少钱", "/ask\n修路花了\r\n多少钱", "问\n修路花了多少钱\n"])
async def test_a_question_in_several_lines_is_one_question(text: str) -> None:
    assert "460万元" in (await make_chat().handle(said(text))).text


async def test_ask_alone_says_how_to_use_it() -> None:
    assert (await make_chat().handle(said("/ask"))).text.startswith("请在后面写上问题")


async def test_an_unknown_command_says_where_to_look() -> None:
    reply = (await make_chat().handle(said("/dance"))).text
    assert reply == unknown_command(EVERYTHING, alone=True) and "/outline 目录" in reply


@pytest.mark.parametrize(("text", "start"), [("你好", "您好"), ("谢谢", "不客气"), ("你是谁", "我是一个问答机器人")])
async def test_smalltalk_is_answered_in_kind(text: str, start: str) -> None:
    assert (await make_chat().handle(said(text))).text.startswith(start)


@pytest.mark.parametrize("text", ["/start", "你好", "帮助", "在吗"])
async def test_examples_are_listed_in_plain_text_too(text: str) -> None:
    reply = await make_chat().handle(said(text))
    before, after = reply.text.split(wording.EXAMPLES)
    assert before
    assert after.splitlines()[1:] == [f"· {choice.label}" for choice in reply.choices]
    assert len(reply.choices) == 4


@pytest.mark.parametrize("text", ["", "   ", "\u202e\u200b"])
async def test_nothing_readable_is_met_with_a_hint_and_is_no_miss(text: str) -> None:
    store = FakeStore()
    chat = make_chat(store)
    assert (await chat.handle(said(text))).text.startswith("我没看到文字")
    await chat.drain()
    assert store.misses == []


async def test_ten_thousand_characters_are_met_with_a_hint() -> None:
    assert (await make_chat().handle(said("问" * 10_000))).text.startswith("这段话有点长")


async def test_markup_in_a_question_is_only_text() -> None:
    reply = await make_chat().handle(said("<b>修路</b>花了*多少*钱 <script>alert()</script>"))
    assert "script" not in reply.text
    assert reply.parts == (await make_chat().handle(said("修路花了多少钱 alert()"))).parts


@pytest.mark.parametrize("gone", ["p:gone", "c:gone"])
async def test_a_button_whose_point_is_gone_says_so(gone: str) -> None:
    assert (await make_chat().handle(pressed(gone))).text == wording.UNKNOWN_POINT


async def test_a_section_that_is_gone_says_so() -> None:
    assert (await make_chat().handle(pressed("o:99"))).text == wording.UNKNOWN_SECTION


@pytest.mark.parametrize("forged", ["x:1", "p", "", "p:<script>", "u:" + "a" * 100, "\u0000"])
async def test_a_forged_button_does_no_harm(forged: str) -> None:
    reply = await make_chat().handle(pressed(forged or "?"))
    assert reply.toast == wording.UNKNOWN_ACTION or reply.text == wording.UNKNOWN_POINT


async def test_a_fault_of_our_own_is_told_with_the_request_id_and_nothing_else() -> None:
    def broken_clock() -> None:
        raise RuntimeError("secret detail")

    reply = await make_chat(clock=broken_clock).handle(said("修路"))  # type: ignore[arg-type]  # broken on purpose
    assert reply.text == wording.FAILED.format(request_id="r1")
    assert reply.failed


async def test_a_dialogue_is_forgotten_when_it_has_been_idle() -> None:
    times = [NOON]
    chat = make_chat(clock=lambda: times[-1])
    await chat.handle(said("目录"))
    times.append(NOON + timedelta(minutes=31))
    assert await chat.handle(said("2")) == await make_chat().handle(said("2"))  # as if nothing had been offered


BARE = """\
title: 青山镇春季工作讲话
source: source.txt
sections: [{id: "1", title: 全文}]
points:
  - {id: rice, title: 种植水稻3200亩, section: "1", quote: 全镇今年种植水稻3200亩}
  - {id: road, title: 硬化村道12.5公里, section: "1", quote: "硬化村道12.5公里,总投资460万元"}
"""


async def test_a_document_without_questions_is_seen_to_work() -> None:
    parsed = parse_points(BARE, SOURCE, "points.yaml")
    assert parsed.issues == ()
    bare = Retriever(parsed.knowledge, shared_tokenizer())
    assert conversation(Library(bare)).works()


class Listening(Retriever):
    """Keeps what it was asked; ``deaf``: finds nothing any more."""

    def __init__(self) -> None:
        super().__init__(knowledge(), shared_tokenizer())
        self.asked: list[tuple[str, ...]] = []
        self.deaf = False

    def ask(self, text: str, history: Sequence[str] = ()) -> Verdict:
        self.asked.append((text, *history))
        return Verdict("decline", text, "unrelated") if self.deaf else super().ask(text, history)


async def test_no_probe_is_like_the_one_before_so_that_none_is_answered_from_memory() -> None:
    retriever = Listening()
    chat = conversation(Library(retriever))
    assert chat.works() and chat.works()
    assert len(set(retriever.asked)) == len(retriever.asked) == 2
    retriever.deaf = True
    assert not chat.works()


async def test_every_button_fits_into_the_smallest_button_there_is() -> None:
    chat = make_chat()
    for text in ("修路花了多少钱", "目录", "/start", "修路的施工队是哪家"):
        reply = await chat.handle(said(text))
        for choice in (*reply.choices, *reply.tools):
            assert len(choice.action.encode()) <= MAX_BYTES
            assert parse_action(choice.action) is not None


async def test_why_tells_what_was_read_why_and_what_stood_nearest() -> None:
    chat = make_chat()
    await chat.handle(said("修路的施工队是哪家"))
    reply = await chat.handle(said("/why"))
    assert reply.text.split("\n")[:3] == [
        wording.Why.READ.format(question="修路的施工队是哪家"),
        wording.Why.REASONS["gap"],
        wording.Why.NEAREST,
    ]
    assert [choice.label for choice in reply.choices] == ["硬化村道12.5公里"]
    assert (await chat.handle(said("依据"))).text == reply.text
    asked = await chat.handle(said("/why 修路花了多少钱"))
    assert wording.Why.REASONS["match"] in asked.text


async def test_why_under_an_answer_is_about_that_answer_whoever_asked_it() -> None:
    chat = make_chat()
    card = await chat.handle(said("修路花了多少钱", person="test:bo"))
    answer = card.tools[0].action.partition(":")[2]
    await chat.handle(said("今年种了多少亩水稻"))
    explained = await chat.handle(replace(said("/why"), answer=answer))
    assert "修路花了多少钱" in explained.text
    assert "水稻" not in explained.parts[0].text


async def test_why_tells_of_headings_and_of_terms_that_are_only_used() -> None:
    chat = make_chat()
    assert wording.Why.OUTLINE in (await chat.handle(said("/why 讲话一共几部分"))).text
    mentioned = await chat.handle(said("/why 什么是田间课堂"))
    assert wording.Why.MENTIONED.format(term="田间课堂") in mentioned.text


async def test_everybody_may_ask_for_their_own_number() -> None:
    for text in ("/id", "编号"):
        reply = await make_chat().handle(said(text, person="telegram:12345"))
        assert "telegram:12345" in reply.text


async def test_why_without_a_question_asks_for_one() -> None:
    assert (await make_chat().handle(said("/why"))).text == wording.Why.NOTHING_YET


async def test_why_names_the_question_that_was_read_along_and_what_is_missing() -> None:
    chat = make_chat()
    await chat.handle(said("田间课堂是做什么的"))
    await chat.handle(said("具体多少"))
    assert wording.Why.CONTEXT.format(context="田间课堂是做什么的") in (await chat.handle(said("/why"))).text
    missing = await chat.handle(said("/why 2015年修路花了多少钱"))
    assert wording.Why.REASONS["premise"].format(missing="2015年") in missing.text


def test_every_reason_has_its_sentence() -> None:
    assert set(wording.Why.REASONS) == set(get_args(Reason))


@pytest.mark.parametrize("pick", [pressed("p:road"), said("2"), said("第二个")])
async def test_a_suggestion_that_is_tapped_is_no_miss_any_more(pick: Incoming) -> None:
    store = FakeStore()
    chat = make_chat(store)
    reply = await chat.handle(said("多少"))
    assert [choice.action for choice in reply.choices][1] == "p:road"
    await chat.drain()
    assert [miss.question for miss in store.misses] == ["多少"]
    await chat.handle(pick)
    await chat.drain()
    assert store.misses == []


async def test_a_tap_takes_back_the_question_that_it_answers_and_no_other() -> None:
    store = FakeStore()
    chat = make_chat(store)
    for person in ("p", "q"):
        await chat.handle(said("多少", person=person))
    await chat.handle(pressed("p:road", person="q"))
    await chat.handle(pressed("p:rice", person="q"))
    await chat.drain()
    assert [miss.verdict for miss in store.misses] == ["suggest"]
    assert len(store.deleted_misses) == 1


@pytest.mark.parametrize("between", ["目录", "修路花了多少钱", "修路的施工队是哪家"])
async def test_the_same_passage_tapped_for_another_reason_leaves_the_miss(between: str) -> None:
    store = FakeStore()
    chat = make_chat(store)
    await chat.handle(said("多少"))
    await chat.handle(said(between))
    await chat.handle(pressed("p:school"))
    await chat.drain()
    assert store.misses[0].question == "多少" and store.deleted_misses == []


async def test_what_is_near_a_declined_question_does_not_answer_it() -> None:
    store = FakeStore()
    chat = make_chat(store)
    reply = await chat.handle(said("修路的施工队是哪家"))
    await chat.handle(pressed(reply.choices[0].action))
    await chat.drain()
    assert len(store.misses) == 1 and store.deleted_misses == []


async def test_misses_of_two_runs_are_told_apart() -> None:
    store = FakeStore()
    for run in ("r1", "r2"):
        chat = conversation(Library(retriever()), store, run_id=run)
        for person in ("p", "q"):
            await chat.handle(said("多少", person=person))
        await chat.drain()
    assert len({miss.key for miss in store.misses if miss.key}) == 4
