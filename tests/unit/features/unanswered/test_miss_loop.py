"""Members ask, nothing answers, an admin taps, and the next one who asks is answered."""

import threading
from collections.abc import Sequence
from datetime import timedelta

import pytest

from bot.access.quotas import MISSES
from bot.conversation.messages import MAX_BYTES, Incoming, parse_action
from bot.library import ChangeResult
from bot.retrieval.index.tokenizer import shared_tokenizer
from bot.retrieval.retriever import Retriever
from bot.retrieval.verdict import Verdict
from bot.wording import Admin, Misses
from tests.unit.features.unanswered.fixtures import ADMIN, EDITOR, MEMBER, UnansweredHarness, action_of, labels

KINDERGARTEN = "幼儿园什么时候开学"
LAMPS = "路灯装了几盏"


async def test_the_most_asked_come_first_with_their_wordings_and_what_can_be_done() -> None:
    harness = UnansweredHarness()
    await harness.ask(KINDERGARTEN, KINDERGARTEN, "请问幼儿园什么时候开学？谢谢", "幼儿园什么时间开学", LAMPS)
    reply = await harness.say("/misses")
    assert [part.text for part in reply.parts] == [
        "未答的问题（第 1/2 组）",
        "问过 4 次：没答上 4 次",
        "· 幼儿园什么时候开学（3 次）",
        "· 幼儿园什么时间开学（1 次）",
        Misses.BECOMES.format(questions="幼儿园什么时候开学"),
    ]
    assert labels(reply) == [
        *(f"关联：{title}" for title in ("新建教学楼,招聘教师", "田间课堂培训农户", "硬化村道12.5公里")),
        *("其他要点…", "新要点…", "忽略", "下一组"),
    ]
    last = await harness.press(reply, "下一组")
    assert LAMPS in last.text and "下一组" not in labels(last)
    assert (await harness.press(last, "上一组")).parts == reply.parts


class Noting(Retriever):
    """Notes by which thread it is asked."""

    def __init__(self, harness: UnansweredHarness) -> None:
        super().__init__(harness.knowledge, shared_tokenizer())
        self.threads: list[threading.Thread] = []

    def ask(self, text: str, history: Sequence[str] = ()) -> Verdict:
        self.threads.append(threading.current_thread())
        return super().ask(text, history)


async def test_no_card_and_no_look_at_what_would_come_of_it_holds_up_the_event_loop() -> None:
    harness = UnansweredHarness()
    await harness.ask(KINDERGARTEN, LAMPS)
    harness.library.main = served = Noting(harness)
    card = await harness.say("/misses")
    await harness.press(card, "下一组")
    assert served.threads and threading.main_thread() not in served.threads
    assert harness.backgrounds == 0
    look = await harness.press(card, labels(card)[0])
    assert Misses.LINK_SURELY in labels(look)
    assert harness.backgrounds == 1  # a look may judge more than a hundred questions: members' go first


async def test_a_question_is_shown_and_added_as_it_was_typed() -> None:
    harness = UnansweredHarness()
    await harness.ask(*["请问 2010年\nGDP多少？"] * 2, "2010年gdp多少")
    card = await harness.say("/misses")
    assert "· 请问 2010年 GDP多少？（3 次）" in card.text
    await harness.link(card, labels(card)[0])
    assert any("2010年 GDP多少" in point.questions for point in harness.knowledge.points)


async def test_what_has_nothing_to_do_with_the_document_comes_last_and_is_marked() -> None:
    harness = UnansweredHarness()
    await harness.ask(*["zzz qqq"] * 3, KINDERGARTEN)
    first = await harness.say("/misses")
    assert KINDERGARTEN in first.text and "沾不上边" not in first.text
    last = await harness.press(first, "下一组")
    assert "zzz qqq" in last.text and last.parts[0].text == Misses.TITLE_BESIDE.format(number=2, total=2)


async def test_what_visitors_ask_comes_behind_what_members_ask_however_often_it_is_asked() -> None:
    harness = UnansweredHarness()
    for number in range(60):
        visitor = f"web:{number}"
        await harness.chat.handle(Incoming(visitor, visitor, text=LAMPS, origin="203.0.113.5"))
        await harness.chat.handle(Incoming(visitor, visitor, text="zzz qqq", origin="203.0.113.5"))
    await harness.ask("www vvv", KINDERGARTEN)
    shown = await harness.say("/misses")
    order = []
    for _ in range(4):
        order.append(shown.parts[2].text.partition("（")[0])
        shown = await harness.press(shown, "下一组") if "下一组" in labels(shown) else shown
    assert order == [f"· {KINDERGARTEN}", "· www vvv", f"· {LAMPS}", "· zzz qqq"]
    assert len(harness.store.misses) == 2 + MISSES[0]  # the rest of that address is not kept


async def test_all_three_kinds_of_misses_are_listed() -> None:
    harness = UnansweredHarness()
    assert await harness.ask(LAMPS, "教师工资") == ["decline", "suggest"]
    answered = await harness.say("修路花了多少钱", person=MEMBER)
    await harness.chat.handle(Incoming(MEMBER, "c", action=answered.tools[1].action))
    reply = await harness.say("未答")
    kinds = []
    for _ in range(3):
        kinds.append(reply.parts[1].text.partition("：")[2])
        reply = await harness.press(reply, "下一组") if "下一组" in labels(reply) else reply
    assert set(kinds) == {"👎 1 次", "没答上 1 次", "给了建议没人点 1 次"}


async def test_a_suggestion_that_was_tapped_is_not_listed() -> None:
    harness = UnansweredHarness()
    reply = await harness.say("教师工资", person=MEMBER)
    await harness.press(reply.choices[0].action, person=MEMBER)
    await harness.chat.drain()
    assert (await harness.say("/misses")).text == Misses.NONE.format(days=90)


async def test_a_declined_question_that_is_tapped_to_a_point_is_answered_at_once() -> None:
    harness = UnansweredHarness()
    assert await harness.ask(KINDERGARTEN) == ["decline"]
    reply = await harness.link(await harness.say("/misses"), "关联：新建教学楼")
    assert reply.text.splitlines()[0] == "已关联到“新建教学楼,招聘教师”，现在就生效（版本 2）。"
    assert harness.knowledge.point("school").questions[-1] == KINDERGARTEN
    assert harness.editing.notes == [(ADMIN, "给“新建教学楼,招聘教师”加问法：幼儿园什么时候开学")]
    answered = await harness.say("请问幼儿园什么时候开学？", person=MEMBER)
    assert answered.point is not None and answered.point.id == "school"
    assert (await harness.say("/misses")).text == Misses.NONE.format(days=90)


async def test_what_is_added_is_the_question_without_what_stood_around_it() -> None:
    harness = UnansweredHarness()
    await harness.ask("老师您好，请问一下幼儿园什么时候开学呢？谢谢")
    await harness.link(await harness.say("/misses"), "关联：新建教学楼")
    assert harness.knowledge.point("school").questions[-1] == "幼儿园什么时候开学呢"


async def test_wordings_far_from_each_other_all_become_questions_and_the_card_says_so() -> None:
    harness = UnansweredHarness()
    await harness.ask(KINDERGARTEN, KINDERGARTEN, "什么时候开学幼儿园")
    card = await harness.say("/misses")
    assert "“幼儿园什么时候开学”“什么时候开学幼儿园”就成为" in card.text
    await harness.link(card, "关联：新建教学楼")
    assert harness.knowledge.point("school").questions[-2:] == (KINDERGARTEN, "什么时候开学幼儿园")


async def test_a_point_that_is_not_near_is_found_by_its_section() -> None:
    harness = UnansweredHarness()
    await harness.ask(KINDERGARTEN)
    sections = await harness.press(await harness.say("/misses"), "其他要点")
    assert labels(sections) == [*(section.title for section in harness.knowledge.sections), "返回这一组"]
    points = await harness.press(sections, "第一部分")
    assert labels(points) == ["种植水稻3200亩", "田间课堂培训农户", "返回目录", "返回这一组"]
    await harness.link(points, "种植水稻")
    assert KINDERGARTEN in harness.knowledge.point("rice").questions


async def test_numbers_pick_as_buttons_do() -> None:
    harness = UnansweredHarness()
    await harness.ask(KINDERGARTEN)
    await harness.say("/misses")
    await harness.say("1")
    await harness.say("1")  # it is so
    assert KINDERGARTEN in harness.knowledge.point("school").questions


async def test_a_link_is_undone_once_and_listed_again_also_after_a_restart() -> None:
    harness = UnansweredHarness()
    await harness.ask(KINDERGARTEN, "幼儿园什么时间开学")
    before = harness.knowledge
    reply = await harness.link(await harness.say("/misses"), "关联：新建教学楼")
    harness.start()
    assert (await harness.press(reply, "撤销")).text == Misses.UNDONE.format(number=3)
    assert harness.knowledge == before and harness.store.dealt == {}
    assert (await harness.press(reply, "撤销")).text == Misses.UNDO_GONE
    assert "问过 2 次" in (await harness.say("/misses")).text


async def test_what_is_ignored_stays_so_for_later_askers_until_it_is_undone() -> None:
    harness = UnansweredHarness()
    await harness.ask(KINDERGARTEN, LAMPS, LAMPS)
    reply = await harness.press(await harness.say("/misses"), "忽略")
    await harness.ask(LAMPS)
    card = await harness.press(reply, "下一组")
    assert KINDERGARTEN in card.text and "下一组" not in labels(card)
    assert harness.editing.notes == []
    harness.start()
    assert (await harness.press(reply, "撤销")).text == Misses.UNDONE_ONLY
    assert "问过 3 次" in (await harness.say("/misses")).text


async def test_a_linked_question_that_is_missed_again_counts_anew() -> None:
    harness = UnansweredHarness()
    await harness.ask(KINDERGARTEN)
    before = harness.library.current
    await harness.link(await harness.say("/misses"), "关联：新建教学楼")
    harness.library.main = before  # an older version is served again
    assert await harness.ask(KINDERGARTEN) == ["decline"]
    assert "问过 1 次" in (await harness.say("/misses")).text


async def test_questions_older_than_ninety_days_are_listed_no_more() -> None:
    harness = UnansweredHarness()
    await harness.ask(KINDERGARTEN)
    harness.now += timedelta(days=91)
    assert (await harness.say("/misses")).text == Misses.NONE.format(days=90)


async def test_a_refused_link_tells_why_and_leaves_the_question_listed() -> None:
    harness = UnansweredHarness()
    await harness.ask(KINDERGARTEN)
    harness.editing.refusals = [ChangeResult(0, ("points.yaml:12: 已经写过",))]
    reply = await harness.link(await harness.say("/misses"), "关联：新建教学楼")
    assert [part.text for part in reply.parts] == [Misses.REFUSED, "· points.yaml:12: 已经写过"]
    assert KINDERGARTEN in (await harness.press(reply, "返回")).text and harness.store.dealt == {}


async def test_a_link_that_breaks_golden_questions_needs_a_second_tap() -> None:
    harness = UnansweredHarness()
    await harness.ask(KINDERGARTEN)
    harness.editing.refusals = [ChangeResult(0, ("“孩子在哪里上学”改答了别处",), confirm=True)]
    reply = await harness.link(await harness.say("/misses"), "关联：新建教学楼")
    assert Misses.CONFIRM_WHY in reply.text and "孩子在哪里上学" in reply.text
    assert "版本 2" in (await harness.press(reply, Misses.CONFIRM)).text
    assert harness.editing.confirmed == [False, True]


async def test_an_undo_that_is_refused_tells_why_and_undoes_nothing() -> None:
    harness = UnansweredHarness()
    await harness.ask(KINDERGARTEN)
    reply = await harness.link(await harness.say("/misses"), "关联：新建教学楼")
    harness.editing.refusals = [ChangeResult(0, ("不在了",))]
    assert "不在了" in (await harness.press(reply, "撤销")).text
    assert KINDERGARTEN in harness.knowledge.point("school").questions and harness.store.dealt


async def test_a_question_that_a_point_has_already_changes_no_knowledge_and_undo_leaves_it_there() -> None:
    harness = UnansweredHarness()
    answered = await harness.say("孩子在哪里上学", person=MEMBER)
    await harness.chat.handle(Incoming(MEMBER, "c", action=answered.tools[1].action))
    reply = await harness.link(await harness.say("/misses"), "关联：新建教学楼")
    assert reply.parts[0].text == Misses.KNOWN.format(title="新建教学楼,招聘教师")
    before = harness.knowledge
    assert (await harness.press(reply, "撤销")).text == Misses.UNDONE_ONLY
    assert harness.knowledge == before and harness.editing.notes == []


async def test_a_case_that_two_admins_tap_is_dealt_with_once() -> None:
    harness = UnansweredHarness()
    await harness.ask(KINDERGARTEN)
    card = await harness.say("/misses")
    await harness.link(card, "关联：新建教学楼")
    second = await harness.link(card, "关联：硬化村道", person=EDITOR)
    assert second.text == Misses.NONE.format(days=90)
    assert KINDERGARTEN not in harness.knowledge.point("road").questions


async def test_a_button_of_a_case_that_is_gone_says_so_and_shows_the_largest() -> None:
    harness = UnansweredHarness()
    await harness.ask(KINDERGARTEN, KINDERGARTEN, LAMPS)
    card = await harness.say("/misses")
    await harness.press(card, "忽略")
    for label in ("忽略", "关联：新建教学楼"):
        reply = await harness.press(card, label)
        assert reply.parts[0].text == Misses.CHANGED and LAMPS in reply.text


async def test_a_change_that_is_live_but_could_not_be_noted_is_told() -> None:
    harness = UnansweredHarness()
    await harness.ask(KINDERGARTEN)
    card = await harness.say("/misses")
    harness.store.mute = True
    reply = await harness.link(card, "关联：新建教学楼")
    assert "版本 2" in reply.text and Misses.UNNOTED in reply.text and "撤销" not in labels(reply)
    harness.store.mute = False
    assert Misses.KNOWN.format(title="新建教学楼,招聘教师") in (await harness.link(card, "关联：新建教学楼")).text


async def test_every_button_is_short_ascii_and_survives_a_restart() -> None:
    harness = UnansweredHarness()
    await harness.ask(KINDERGARTEN, LAMPS, LAMPS)
    card = await harness.say("/misses")
    sections = await harness.press(card, "其他要点")
    choices = [*card.choices, *sections.choices, *(await harness.press(sections, "第一部分")).choices]
    assert all(len(choice.action.encode()) <= MAX_BYTES and parse_action(choice.action) for choice in choices)
    harness.start()
    assert KINDERGARTEN in (await harness.press(card, "下一组")).text
    assert "版本 2" in (await harness.link(card, "关联：硬化村道")).text


async def test_a_member_is_refused_whatever_they_press_and_it_is_noted() -> None:
    harness = UnansweredHarness()
    await harness.ask(KINDERGARTEN)
    card = await harness.say("/misses")
    for choice in card.choices:
        assert (await harness.press(choice.action, person=MEMBER)).toast == Admin.REFUSED
    assert (await harness.say("/misses", person=MEMBER)).text == Admin.REFUSED
    assert {(actor, allowed) for actor, _, allowed in harness.audits} == {(MEMBER, False)}
    assert harness.store.dealt == {} and harness.editing.notes == []


async def test_an_editor_who_lost_the_role_cannot_undo() -> None:
    harness = UnansweredHarness()
    await harness.ask(KINDERGARTEN)
    reply = await harness.press(await harness.say("/misses", person=EDITOR), "忽略", person=EDITOR)
    harness.roles.roles.clear()
    assert (await harness.press(reply, "撤销", person=EDITOR)).toast == Admin.REFUSED
    assert harness.store.dealt


async def test_what_changes_something_is_noted_and_a_look_is_not() -> None:
    harness = UnansweredHarness()
    await harness.ask(KINDERGARTEN)
    card = await harness.say("/misses")
    await harness.press(card, "其他要点")
    assert harness.audits == []
    reply = await harness.press(card, "忽略")
    await harness.press(reply, "撤销")
    assert harness.audits == [(ADMIN, "mi", True), (ADMIN, "mu", True)]


async def test_members_words_are_shown_to_nobody_but_the_admin_and_no_asker_is_named() -> None:
    harness = UnansweredHarness()
    await harness.ask(KINDERGARTEN)
    card = await harness.say("/misses")
    replies = [
        card,
        await harness.press(card, "其他要点"),
        await harness.press(card, "新要点"),
        await harness.press(card, "忽略"),
    ]
    assert all(reply.private for reply in replies)
    assert not any(MEMBER in reply.text + action for reply in replies for action in map(str, reply.choices))


async def test_a_database_that_fails_is_told_in_its_own_sentence() -> None:
    harness = UnansweredHarness()
    await harness.ask(KINDERGARTEN)
    harness.store.broken = True
    assert (await harness.say("/misses")).text == "数据库写不进去"


@pytest.mark.parametrize(
    "action", ["a:ml-", "a:ml-abc.nowhere", "a:ms-abc.9", "a:mu-abc", "a:mi-x", "a:nb-x", "a:na-x", "a:ns-x.1"]
)
async def test_a_forged_button_does_nothing_and_fails_politely(action: str) -> None:
    harness = UnansweredHarness()
    await harness.ask(KINDERGARTEN)
    before = harness.knowledge
    reply = await harness.press(action)
    assert not reply.failed and reply.text
    assert harness.knowledge is before and harness.store.dealt == {}


async def test_the_next_case_is_the_one_behind_and_the_last_leads_back_to_the_largest() -> None:
    harness = UnansweredHarness()
    await harness.ask(KINDERGARTEN, LAMPS, LAMPS, *["村里的广播几点响"] * 3)
    second = await harness.press(await harness.say("/misses"), "下一组")
    third = await harness.press(second, "下一组")
    assert action_of(await harness.press(second, "忽略"), "下一组") == action_of(second, "下一组")
    assert "村里的广播几点响" in (await harness.press(await harness.press(third, "忽略"), "下一组")).text


async def test_before_a_case_is_given_to_a_point_it_is_shown_what_members_would_be_told_then() -> None:
    harness = UnansweredHarness()
    await harness.ask(KINDERGARTEN, "请问幼儿园什么时候开学呀")  # the document does not say
    look = await harness.press(await harness.say("/misses"), "关联：新建教学楼")
    assert look.text.splitlines()[:4] == [
        Misses.WOULD.format(question=KINDERGARTEN),
        "新建教学楼,招聘教师",
        "新建教学楼一栋,招聘教师15名,让孩子在家门口上学。",
        "—— 第三部分·办好村里的学校",
    ]
    assert Misses.WOULD_CHECK in look.text
    assert labels(look) == [Misses.LINK_SURELY, Misses.BACK]
    assert harness.editing.notes == []
    assert await harness.ask(KINDERGARTEN) == ["decline"]
    done = await harness.press(look, Misses.LINK_SURELY)
    assert done.text.startswith("已关联到“新建教学楼,招聘教师”")


async def test_it_is_shown_which_other_missed_questions_the_same_passage_would_answer_then() -> None:
    harness = UnansweredHarness()
    await harness.ask("教学楼的操场有几个篮球架", "教学楼的操场有几个篮球架", "操场篮球架有几个颜色")
    card = await harness.say("/misses")
    look = await harness.press(card, "关联：新建教学楼")
    others = [one for one in look.text.splitlines() if one.startswith("· ")]
    assert len(others) <= 1  # one that is much like it belongs to the same case, or is named
    assert harness.editing.notes == []
