"""/say in conversation: written, looked at, sent, held back, and never said twice."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.chats.quiet_hours import parse_quiet_hours
from bot.conversation.channel import DeliveryOutcome
from bot.conversation.messages import MAX_BYTES, Incoming, Reply
from bot.features.announcements.outbox import AT_ONCE
from bot.records.announcements import ChatOutbox, Notice
from bot.records.contests import ContestRow
from bot.wording import Admin
from bot.wording import Notices as Wording
from tests.unit.event_loop import settle
from tests.unit.features.announcements.fixtures import ZONE, AnnouncementsHarness, SlowStore

TEXT = "明天下午 3 点开会\n  <请> 带上 *笔记* & 笔 @study_bot"
SHOWN = f"管理员通知：{TEXT}"
HOUR = 3600.0


async def previewed(harness: AnnouncementsHarness, where: str, text: str = TEXT) -> Reply:
    return await harness.taps(where, await harness.says(f"/say {text}"))


async def sent(harness: AnnouncementsHarness, where: str, text: str = TEXT) -> Reply:
    return await harness.taps(Wording.SAY_SEND, await previewed(harness, where, text))


async def quiet_in(harness: AnnouncementsHarness, chat: str, hours: str) -> None:
    await harness.quiet.save(f"test:{chat}", parse_quiet_hours(hours, ZONE))


async def test_a_notice_is_chosen_looked_at_and_sent_as_it_was_typed() -> None:
    harness = AnnouncementsHarness("一支部", "二支部")
    where = await harness.says(f"/say {TEXT}")
    assert [choice.label for choice in where.choices] == [Wording.SAY_ALL.format(count=2), "一支部", "二支部"]
    preview = await harness.taps("二支部", where)
    assert preview.parts[0].text == Wording.SAY_PREVIEW.format(where="“二支部”")
    assert preview.parts[1].text == SHOWN
    assert harness.channel.said == []
    done = await harness.taps(Wording.SAY_SEND, preview)
    assert done.text == Wording.SENT.format(count=1, groups="“二支部”")
    assert (harness.heard("一支部"), harness.heard("二支部")) == ([], [SHOWN])


async def test_a_notice_to_all_tells_how_many_it_reached_and_which_not_and_why() -> None:
    harness = AnnouncementsHarness(*"甲乙丙丁戊")
    why: dict[str, DeliveryOutcome] = {"乙": "gone", "丙": "forbidden", "丁": "unsure", "戊": "refused"}
    harness.channel.unheard = {f"test:{chat}": outcome for chat, outcome in why.items()}
    done = await sent(harness, "全部")
    expected = [Wording.SENT.format(count=1, groups="“甲”")]
    expected += [Wording.FAILED.format(group=chat, why=Wording.WHY[outcome]) for chat, outcome in why.items()]
    assert sorted(done.text.split("\n")) == sorted(expected)
    assert [group.title for group in await harness.groups.all_groups()] == sorted(
        "甲丙丁戊"
    )  # who is gone is not offered


async def test_none_reached_is_said() -> None:
    harness = AnnouncementsHarness("甲")
    harness.channel.unheard = {"test:甲": "gone"}
    done = await sent(harness, "甲")
    assert done.text == f"{Wording.SENT_NONE}\n{Wording.FAILED.format(group='甲', why=Wording.WHY['gone'])}"


async def test_a_second_press_sends_nothing_again() -> None:
    harness = AnnouncementsHarness("甲")
    preview = await previewed(harness, "甲")
    await harness.taps(Wording.SAY_SEND, preview)
    assert (await harness.taps(Wording.SAY_SEND, preview)).text == Wording.SAY_GONE
    again = await harness.again()  # which cannot know whether the outcome reached the author
    told = (await again.taps(Wording.SAY_SEND, preview)).text
    assert told == f"{Wording.SAY_GONE}\n{Wording.SENT.format(count=1, groups='“甲”')}"
    assert harness.heard("甲") == [SHOWN]
    await again.closes()


async def test_two_presses_at_once_send_it_once() -> None:
    harness = AnnouncementsHarness("甲")
    preview = await previewed(harness, "甲")
    replies = await asyncio.gather(*(harness.taps(Wording.SAY_SEND, preview) for _ in range(3)))
    assert [reply.text for reply in replies].count(Wording.SAY_GONE) == 2
    assert harness.heard("甲") == [SHOWN]


async def test_a_draft_survives_a_restart_and_can_be_given_up() -> None:
    harness = AnnouncementsHarness("甲")
    preview = await previewed(harness, "甲")
    harness = await harness.again()
    assert (await harness.taps(Wording.SAY_DROP, preview)).text == Wording.SAY_DROPPED
    assert (await harness.taps(Wording.SAY_SEND, preview)).text == Wording.SAY_GONE
    assert (await harness.taps(Wording.SAY_DROP, preview)).text == Wording.SAY_GONE
    assert harness.channel.said == []
    await harness.closes()


async def test_a_new_draft_takes_the_place_of_the_one_before() -> None:
    harness = AnnouncementsHarness("甲")
    before = await previewed(harness, "甲", "旧的")
    after = await previewed(harness, "甲", "新的")
    assert (await harness.taps(Wording.SAY_SEND, before)).text == Wording.SAY_GONE
    await harness.taps(Wording.SAY_SEND, after)
    assert harness.heard("甲") == ["管理员通知：新的"]


async def test_another_editor_cannot_send_it_and_a_member_is_refused() -> None:
    harness = AnnouncementsHarness("甲")
    preview = await previewed(harness, "甲")
    assert (await harness.taps(Wording.SAY_SEND, preview, by="owner")).text == Wording.SAY_GONE
    assert (await harness.taps(Wording.SAY_SEND, preview, by="ann")).toast == Admin.REFUSED
    needs = Admin.REFUSED_ROLE.format(needed="编辑", role="主持人")
    assert (await harness.says("/say 你好", by="host")).text == needs
    assert harness.channel.said == []
    assert [(row.action, row.allowed) for row in harness.audit.rows if row.actor != "test:boss"] == [
        ("ysend", True),
        ("ysend", False),
        ("say", False),
    ]


@pytest.mark.parametrize(
    ("text", "reply"),
    [
        ("/say", Wording.SAY_WHAT),
        ("群发", Wording.SAY_WHAT),
        ("/say " + "长" * 3501, Wording.SAY_TOO_LONG.format(limit=3500)),
        ("/say " + "😀" * 1751, Wording.SAY_TOO_LONG.format(limit=3500)),
    ],
)
async def test_what_cannot_be_sent_is_told(text: str, reply: str) -> None:
    assert (await AnnouncementsHarness("甲").says(text)).text == reply


async def test_in_a_group_it_is_said_that_it_is_done_in_private() -> None:
    harness = AnnouncementsHarness("甲")
    assert (await harness.says("/say 你好", chat="test:甲", is_private=False)).text == Wording.SAY_PRIVATE


async def test_a_draft_of_a_notice_is_shown_to_nobody_else() -> None:
    harness = AnnouncementsHarness("甲")
    shown = await harness.says("/say 你好", chat="test:甲", is_private=False)
    where = await harness.says("/say 你好")
    preview = await harness.taps("甲", where, chat="test:甲", is_private=False)
    outcome = await harness.taps(Wording.SAY_SEND, preview, chat="test:甲", is_private=False)
    assert [reply.private for reply in (shown, where, preview, outcome)] == [True] * 4


async def test_without_a_group_there_is_nowhere_to_send_it() -> None:
    assert (await AnnouncementsHarness().says("群发 你好")).text == Wording.SAY_NO_GROUPS


async def test_a_group_that_is_gone_since_is_told() -> None:
    harness = AnnouncementsHarness("甲", "乙")
    where = await harness.says("/say 你好")
    preview = await harness.taps("甲", where)
    await harness.groups.record_left("test:甲")
    assert (await harness.taps("甲", where)).text == Wording.SAY_NOT_THERE
    assert (await harness.taps(Wording.SAY_SEND, preview)).text == Wording.SAY_NOT_THERE


async def test_groups_of_the_same_name_can_be_told_apart_and_very_many_are_cut_off() -> None:
    harness = AnnouncementsHarness()
    for number in range(100):
        await harness.groups.record_seen(f"test:{number}", "学习小组")
    where = await harness.says("/say 你好")
    assert where.parts[0].text == Wording.SAY_WHERE_SOME.format(count=80, total=100)
    assert len({choice.label for choice in where.choices}) == len(where.choices) == 81
    assert all(len(choice.action.encode()) <= MAX_BYTES for choice in where.choices)
    done = await sent(harness, "全部", "你好")
    assert done.text.startswith("已发到 100 个群：")
    assert len(done.text) < 4096  # one message on Telegram
    assert done.text.count("学习小组") == 80
    assert done.text.endswith("等。")


async def test_two_groups_of_the_same_name_are_told_apart_by_their_size_and_number_wherever_they_are_named() -> None:
    harness = AnnouncementsHarness("一支部")
    for number in ("-1001234567", "-1007654321"):
        await harness.groups.record_seen(f"test:{number}", "学习小组")
    harness.channel.sizes = {"test:-1001234567": 86}
    where = await harness.says("/say 你好")
    names = ["一支部", "学习小组（86 人，编号尾数 4567）", "学习小组（编号尾数 4321）"]
    assert sorted(choice.label for choice in where.choices[1:]) == sorted(names)
    preview = await harness.taps("学习小组（86", where)
    assert preview.parts[0].text == Wording.SAY_PREVIEW.format(where=f"“{names[1]}”")
    harness.channel.unheard = {"test:-1001234567": "forbidden"}
    done = await harness.taps(Wording.SAY_SEND, preview)
    assert Wording.FAILED.format(group=names[1], why=Wording.WHY["forbidden"]) in done.text


async def test_quiet_hours_hold_it_back_until_they_are_over_also_across_a_restart() -> None:
    harness = await AnnouncementsHarness("甲", "乙").opens()
    await quiet_in(harness, "甲", "11:00-14:00")
    preview = await previewed(harness, "全部")
    assert preview.parts[-1].text == Wording.SAY_HELD_SOME.format(count=1)
    done = await harness.taps(Wording.SAY_SEND, preview)
    assert done.text == "\n".join(
        [Wording.SENT.format(count=1, groups="“乙”"), Wording.HELD.format(group="甲", time="14:00")]
    )
    await harness.time.advance(HOUR)
    harness = await harness.again()
    await harness.time.advance(0.99 * HOUR)
    assert (harness.heard("甲"), harness.heard("乙")) == ([], [SHOWN])
    await harness.time.advance(0.02 * HOUR)
    assert (harness.heard("甲"), harness.heard("乙")) == ([SHOWN], [SHOWN])
    [told] = harness.heard("boss")
    assert told.split("\n")[-1] == Wording.SENT.format(count=1, groups="“甲”")
    harness = await harness.again()
    await harness.time.advance(HOUR)
    assert (harness.heard("甲"), len(harness.heard("boss"))) == ([SHOWN], 1)
    await harness.closes()


async def test_a_notice_that_waits_can_be_withdrawn_also_after_a_restart() -> None:
    harness = await AnnouncementsHarness("甲", "乙").opens()
    await quiet_in(harness, "甲", "11:00-14:00")
    await sent(harness, "甲", "另一条")
    waits = await sent(harness, "全部")
    harness = await harness.again()
    assert (await harness.taps(Wording.SAY_WITHDRAW, waits)).text == Wording.WITHDRAWN.format(groups="“甲”")
    assert (await harness.taps(Wording.SAY_WITHDRAW, waits)).text == Wording.NOTHING_WAITS
    await harness.time.advance(2.1 * HOUR)
    assert (harness.heard("甲"), harness.heard("乙")) == (["管理员通知：另一条"], [SHOWN])
    await harness.closes()


async def test_to_give_up_a_notice_that_waits_already_withdraws_it() -> None:
    harness = await AnnouncementsHarness("甲").opens()
    await quiet_in(harness, "甲", "11:00-14:00")
    preview = await previewed(harness, "甲")
    await harness.taps(Wording.SAY_SEND, preview)
    assert (await harness.taps(Wording.SAY_DROP, preview)).text == Wording.WITHDRAWN.format(groups="“甲”")
    await harness.time.advance(2.1 * HOUR)
    assert (harness.heard("甲"), harness.audit.rows[-1].action) == ([], "ydrop")
    await harness.closes()


async def test_nobody_else_can_withdraw_it_and_what_is_sent_offers_it_no_more() -> None:
    harness = AnnouncementsHarness("甲")
    await quiet_in(harness, "甲", "11:00-14:00")
    waits = await sent(harness, "甲")
    assert (await harness.taps(Wording.SAY_WITHDRAW, waits, by="owner")).text == Wording.NOTHING_WAITS
    needs = Admin.REFUSED_ROLE.format(needed="编辑", role="主持人")
    assert (await harness.taps(Wording.SAY_WITHDRAW, waits, by="host")).toast == needs
    await harness.quiet.save("test:甲", None)
    assert (await sent(harness, "甲")).choices == ()


async def test_a_preview_for_one_group_says_until_when_it_waits() -> None:
    harness = AnnouncementsHarness("甲")
    await quiet_in(harness, "甲", "11:00-14:00")
    assert (await previewed(harness, "甲")).parts[-1].text == Wording.SAY_HELD_ONE.format(time="14:00")


async def test_quiet_hours_that_are_taken_away_let_it_out() -> None:
    harness = await AnnouncementsHarness("甲").opens()
    await quiet_in(harness, "甲", "11:00-14:00")
    await sent(harness, "甲")
    await harness.quiet.save("test:甲", None)
    await harness.time.advance(61)
    assert harness.heard("甲") == [SHOWN]
    await harness.closes()


async def test_what_became_of_it_waits_for_the_quiet_hours_of_its_author() -> None:
    harness = await AnnouncementsHarness("甲").opens()
    await quiet_in(harness, "甲", "11:00-14:00")
    await quiet_in(harness, "boss", "11:00-15:00")
    await sent(harness, "甲")
    await harness.time.advance(2.5 * HOUR)
    assert (harness.heard("甲"), harness.heard("boss")) == ([SHOWN], [])
    await harness.time.advance(HOUR)
    assert len(harness.heard("boss")) == 1
    await harness.closes()


async def test_notices_that_wait_come_in_their_order() -> None:
    harness = await AnnouncementsHarness("甲").opens()
    await quiet_in(harness, "甲", "11:00-14:00")
    for text in ("一", "二", "三"):
        await sent(harness, "甲", text)
    await harness.time.advance(2.1 * HOUR)
    assert harness.heard("甲") == [f"管理员通知：{text}" for text in ("一", "二", "三")]
    await harness.closes()


async def test_while_the_line_is_down_it_waits_and_is_told_when_it_was_sent() -> None:
    harness = await AnnouncementsHarness("甲").opens()
    harness.channel.unheard = {"test:甲": "later"}
    assert (await sent(harness, "甲")).text == Wording.LATER.format(group="甲")
    await harness.time.advance(120)
    harness.channel.unheard = {}
    await harness.time.advance(10)
    assert harness.heard("甲") == [SHOWN]
    assert len(harness.heard("boss")) == 1
    await harness.closes()


async def test_whoever_is_killed_between_taking_it_out_and_saying_it_does_not_say_it_twice() -> None:
    harness = AnnouncementsHarness("甲")
    await quiet_in(harness, "甲", "11:00-14:00")
    await sent(harness, "甲")
    harness.channel.deaf = line = asyncio.Event()  # on its way, and the process dies
    await harness.opens()
    await harness.time.advance(2.1 * HOUR)
    harness = await harness.again()
    line.set()
    await harness.time.advance(HOUR)
    assert harness.heard("甲") == []
    assert Wording.FAILED.format(group="甲", why=Wording.WHY["unsure"]) in "\n".join(harness.heard("boss"))
    await harness.closes()


async def killed_while_it_sends(harness: AnnouncementsHarness, preview: Reply) -> AnnouncementsHarness:
    """The process after one that was killed when the first announcements of ``preview`` were on their way."""
    harness.channel.deaf = asyncio.Event()
    sending = asyncio.create_task(harness.taps(Wording.SAY_SEND, preview))
    await settle()
    sending.cancel()
    await asyncio.gather(sending, return_exceptions=True)
    harness.channel.deaf = None
    return await harness.again()


async def test_a_kill_loses_a_notice_to_many_groups_for_few_of_them() -> None:
    names = "甲乙丙丁戊己庚辛壬癸"
    harness = AnnouncementsHarness(*names)
    preview = await previewed(harness, Wording.SAY_ALL.format(count=len(names)))
    harness = await killed_while_it_sends(harness, preview)
    await harness.time.advance(HOUR)
    assert sorted(len(harness.heard(name)) for name in names) == [0] * AT_ONCE + [1] * (len(names) - AT_ONCE)
    [told] = harness.heard("boss")  # every group is named, those in doubt as that
    for name in names:
        doubtful = Wording.FAILED.format(group=name, why=Wording.WHY["unsure"])
        assert f"“{name}”" in told if harness.heard(name) else doubtful in told
    assert told.count(Wording.WHY["unsure"]) == AT_ONCE
    assert (await harness.taps(Wording.SAY_SEND, preview)).text == Wording.SAY_GONE
    await harness.time.advance(HOUR)
    assert len(harness.heard("boss")) == 1
    await harness.closes()


async def test_who_presses_again_while_the_rest_goes_out_after_a_kill_is_told_to_wait() -> None:
    harness = AnnouncementsHarness(*"甲乙丙丁")
    harness.channel.unheard = {"test:丁": "later"}
    preview = await previewed(harness, "全部")
    harness = await killed_while_it_sends(harness, preview)
    assert (await harness.taps(Wording.SAY_SEND, preview)).text == Wording.SAY_GOING
    harness.channel.unheard = {}
    await harness.time.advance(10)
    [told] = harness.heard("boss")
    assert "“丁”" in told
    assert all(f"· {name}：" in told for name in "甲乙丙")
    await harness.closes()


async def test_quiet_hours_that_hold_it_back_after_a_kill_are_told_with_all_the_rest() -> None:
    harness = AnnouncementsHarness(*"甲乙丙丁戊")
    await quiet_in(harness, "戊", "11:00-14:00")
    preview = await previewed(harness, "全部")
    harness = await killed_while_it_sends(harness, preview)
    [told] = harness.heard("boss")
    assert Wording.HELD.format(group="戊", time="14:00") in told
    await harness.time.advance(2.1 * HOUR)
    assert [Wording.SENT.format(count=1, groups="“戊”")] == [text.split("\n")[-1] for text in harness.heard("boss")[1:]]
    await harness.closes()


async def test_a_report_that_a_kill_cut_off_is_told_again_and_says_so() -> None:
    harness = AnnouncementsHarness("甲")
    await quiet_in(harness, "甲", "11:00-14:00")
    await sent(harness, "甲")
    await harness.quiet.save("test:甲", None)
    await harness.opens()
    harness.channel.deaf = asyncio.Event()
    await harness.outbox._put([("test:boss", Notice("r", "一个群也没有发到。", harness.time()))])
    await harness.time.advance(70)  # the report is on its way, and the process dies
    harness = await harness.again()
    harness.channel.deaf = None
    harness = await harness.again()
    assert Wording.AGAIN.format(text="一个群也没有发到。") in harness.heard("boss")
    await harness.closes()


async def test_where_it_cannot_be_kept_that_a_group_got_it_this_process_knows_all_the_same() -> None:
    harness = AnnouncementsHarness("甲")
    await quiet_in(harness, "甲", "11:00-14:00")
    await sent(harness, "甲")
    await harness.opens()

    async def breaks() -> None:
        harness.store.broken = True

    harness.channel.before_said = breaks
    await harness.time.advance(2.1 * HOUR)
    harness.channel.before_said = None
    harness.store.broken = False
    await harness.time.advance(120)
    assert harness.heard("甲") == [SHOWN]
    [told] = harness.heard("boss")
    assert Wording.SENT.format(count=1, groups="“甲”") in told
    await harness.closes()


async def test_a_notice_that_was_slept_through_for_days_is_not_said_any_more() -> None:
    harness = AnnouncementsHarness("甲")
    await quiet_in(harness, "甲", "11:00-14:00")
    await sent(harness, "甲")
    harness.time.now += timedelta(days=2, hours=3)
    await harness.opens()
    assert harness.heard("甲") == []
    assert Wording.WHY["late"] in harness.heard("boss")[0]
    await harness.closes()


async def test_a_group_with_another_key_takes_what_waits_for_it_along() -> None:
    harness = await AnnouncementsHarness("甲").opens()
    await quiet_in(harness, "甲", "11:00-14:00")
    await sent(harness, "甲")
    await harness.store.move_chat("test:甲", "test:超级")
    await harness.time.advance(2.1 * HOUR)
    assert (harness.heard("甲"), harness.heard("超级")) == ([], [SHOWN])
    await harness.closes()


def moves_while_said(harness: AnnouncementsHarness) -> None:
    """甲 becomes a supergroup in the moment in which something is being said there."""

    async def moves() -> None:
        harness.channel.before_said = None
        await harness.store.move_chat("test:甲", "test:超级")

    harness.channel.before_said = moves


async def test_a_group_that_gets_another_key_while_a_notice_is_said_there_is_told_of_once() -> None:
    harness = await AnnouncementsHarness("甲", "乙").opens()
    preview = await previewed(harness, "全部")
    moves_while_said(harness)
    told = await harness.taps(Wording.SAY_SEND, preview)
    assert Wording.WHY["unsure"] not in told.text
    await harness.time.advance(HOUR)
    assert (harness.heard("甲") + harness.heard("超级"), harness.heard("乙")) == ([SHOWN], [SHOWN])
    assert harness.heard("boss") == []
    assert not any(await harness.store.list_outboxes())
    await harness.closes()


async def test_what_waits_behind_a_notice_comes_once_where_the_group_gets_another_key_meanwhile() -> None:
    harness = await AnnouncementsHarness("甲").opens()
    await quiet_in(harness, "甲", "11:00-14:00")
    await sent(harness, "甲", "一")
    await sent(harness, "甲", "二")
    moves_while_said(harness)
    await harness.time.advance(2.1 * HOUR)
    heard = harness.heard("甲") + harness.heard("超级")
    assert [text[-1] for text in heard] == ["一", "二"]
    told = "\n".join(harness.heard("boss"))
    assert told.count(Wording.SENT.format(count=1, groups="“甲”")) == 2
    assert Wording.WHY["unsure"] not in told
    await harness.time.advance(HOUR)
    assert len(harness.heard("boss")) == 2
    assert not any(await harness.store.list_outboxes())
    await harness.closes()


async def test_where_it_was_not_kept_that_a_group_got_it_its_new_key_does_not_make_that_doubtful() -> None:
    harness = await AnnouncementsHarness("甲").opens()
    await quiet_in(harness, "甲", "11:00-14:00")
    await sent(harness, "甲")

    async def breaks() -> None:
        harness.channel.before_said = None
        await harness.store.move_chat("test:甲", "test:超级")
        harness.store.broken = True

    harness.channel.before_said = breaks
    await harness.time.advance(2.1 * HOUR)
    harness.store.broken = False
    await harness.time.advance(120)
    assert harness.heard("甲") + harness.heard("超级") == [SHOWN]
    [told] = harness.heard("boss")
    assert Wording.SENT.format(count=1, groups="“甲”") in told
    await harness.closes()


class TrippingStore(SlowStore):
    """Once ``trips``, reads no settings any more from when a notice is begun."""

    trips = False

    async def save(self, *rows: ContestRow) -> None:
        await super().save(*rows)
        if self.trips and any(
            isinstance(row, ChatOutbox) and any(one.state == "begun" for one in row.notices) for row in rows
        ):
            self.trips, self.unset = False, True


async def test_what_was_begun_and_not_said_as_the_database_failed_is_said_later() -> None:
    store = TrippingStore()
    harness = await AnnouncementsHarness("甲", store=store).opens()
    preview = await previewed(harness, "甲")
    store.trips = True
    assert (await harness.taps(Wording.SAY_SEND, preview)).text == Wording.LATER.format(group="甲")
    assert harness.heard("甲") == []
    store.unset = False
    await harness.time.advance(120)
    assert harness.heard("甲") == [SHOWN]
    assert Wording.SENT.format(count=1, groups="“甲”") in "".join(harness.heard("boss"))
    await harness.closes()


async def test_a_store_in_trouble_sends_nothing_and_says_so() -> None:
    harness = AnnouncementsHarness("甲")
    preview = await previewed(harness, "甲")
    harness.store.broken = True
    assert (await harness.taps(Wording.SAY_SEND, preview)).toast == "坏了"
    assert harness.channel.said == []
    harness.store.broken = False
    await harness.taps(Wording.SAY_SEND, preview)
    assert harness.heard("甲") == [SHOWN]


async def test_a_button_of_no_draft_is_gone() -> None:
    for action in ("a:y-1-all", "a:ysend-1-all", "a:ydrop-1", "a:y-", "a:ysend-"):
        reply = await AnnouncementsHarness("甲").desk.route(Incoming("test:boss", "test:boss", action=action))
        assert reply is not None
        assert reply.text == Wording.SAY_GONE
