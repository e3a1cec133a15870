"""The audit log as owners read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

import pytest

from bot.conversation.messages import MAX_BYTES, Reply, parse_action
from bot.features.roles.audit_entries import AuditFormatter, in_chinese
from bot.features.roles.audit_view import ROWS, AuditView
from bot.records.chats import GroupRecord
from bot.records.roles import AuditRecord
from bot.wording import Audits as Wording
from tests.unit.features.roles.fixtures import EDITOR, NOON, OWNER, FakeRolesAndAudit, pressed, said

ENTRY = AuditRecord(NOON, EDITOR, "reload", "", True, "r")


class Room:
    """A log that grows by a row a minute, and its reader."""

    def __init__(self, rows: int = 0) -> None:
        self.store = FakeRolesAndAudit()
        self.store.known = {EDITOR: "赵强"}
        self.store.log = [
            replace(ENTRY, at=NOON + timedelta(minutes=number), detail=f"第{number}件") for number in range(rows)
        ]
        self.auditing = AuditView(self.store.audit, self.deeds(), zone="Asia/Shanghai")

    def deeds(self) -> AuditFormatter:
        """What looks up a group, a question of the quiz, and a point."""

        async def groups() -> Sequence[GroupRecord]:
            return [GroupRecord("telegram:-100", "一支部", NOON)]

        questions = {"figure-2b": "创建经费是多少？"}
        points = {"road": "硬化村道12.5公里"}
        return AuditFormatter(
            self.store,
            groups=groups,
            question=lambda id: questions.get(id, ""),
            point=lambda id: points.get(id, ""),
        )

    async def turn(self, action: str) -> Reply:
        return await self.auditing.turn(action.removeprefix("a:gp-"), pressed(action))


def things(reply: Reply) -> list[int]:
    """Which things a page tells of, by their number."""
    return [int(part.text.split("第")[1].split("件")[0]) for part in reply.parts if "件" in part.text]


def button(reply: Reply, label: str) -> str:
    return next(choice.action for choice in reply.tools if choice.label == label)


async def test_a_row_tells_when_who_what_and_whether_it_was_refused() -> None:
    room = Room()
    room.store.log = [
        replace(ENTRY, detail="现在"),
        AuditRecord(NOON + timedelta(hours=13), "telegram:9", "grant", "telegram:2 编辑", False, "r"),
        AuditRecord(NOON, OWNER, "gy", "telegram.2", True, "r"),
        AuditRecord(NOON, OWNER, "document", "points.yaml", True, "r"),
        AuditRecord(NOON, OWNER, "zz", "0f3a", True, "r"),
    ]
    reply = await room.auditing.show("", said("/audit"))
    assert reply.text.splitlines() == [
        Wording.TITLE,
        "2026-11-25 12:00 telegram:1",
        "　　其他（按钮 zz）",
        "2026-11-25 12:00 telegram:1",
        "　　发来文件：points.yaml",
        "2026-11-25 12:00 telegram:1",
        "　　撤权：赵强（telegram:2）",
        "2026-11-26 01:00 telegram:9",
        "　　✗ 被拒绝 · 授权：赵强（telegram:2） 编辑",
        "2026-11-25 12:00 赵强（telegram:2）",
        "　　更新知识库：现在",
        Wording.HOW,
    ]
    assert reply.private


@pytest.mark.parametrize(
    ("action", "detail", "told"),
    [
        ("mu", "774e3df5dd82", "撤销对未答问题的处理"),
        ("ml", "774e3df5dd82.road", "关联未答问题：“硬化村道12.5公里”"),
        ("ml", "774e3df5dd82.gone", "关联未答问题"),
        ("boff", "figure-2b", "停用题目：“创建经费是多少？”"),
        ("boff", "gone-1", "停用题目"),
        ("rb", "3", "退回版本：第 3 版"),
        ("ysend", "ea7084d9-all", "群发：发到全部群"),
        ("ysend", f"ea7084d9-{sha256(b'telegram:-100').hexdigest()[:12]}", "群发：发到“一支部”"),
        ("ysend", "ea7084d9-acfbd72afa69", "群发"),
        ("say", "3 点开会", "群发：3 点开会"),
        ("quiet", "telegram:-100 关", "免打扰：在“一支部” 关"),
        ("quiet", "telegram:-100:7 22:00-7:00", "免打扰：在“一支部” 22:00-7:00"),
        ("quiet", "telegram:-200 关", "免打扰：在一个群里 关"),
        ("mg", "这一小时太多", "未答问题（按钮 mg）：这一小时太多"),
    ],
)
async def test_a_row_tells_in_words_what_was_meant_or_leaves_the_code_out(action: str, detail: str, told: str) -> None:
    room = Room()
    room.store.log = [replace(ENTRY, action=action, detail=detail)]
    assert (await room.auditing.show("", said("/audit"))).text.splitlines()[2] == f"　　{told}"


async def test_what_one_person_was_refused_again_and_again_is_told_once() -> None:
    room = Room(2)
    refused = replace(ENTRY, actor="telegram:9", allowed=False)
    room.store.log += [replace(refused, action="mi", detail=f"{number:x}") for number in range(60)]
    room.store.log += [replace(refused, action="grant", detail=f"telegram:{number} 编辑") for number in (5, 6, 6)]
    reply = await room.auditing.show("", said("/audit"))
    assert reply.text.splitlines()[1:7] == [
        "2026-11-25 12:00 telegram:9",
        "　　✗ 被拒绝 · 授权：telegram:6 编辑 ×2",
        "2026-11-25 12:00 telegram:9",
        "　　✗ 被拒绝 · 授权：telegram:5 编辑",
        "2026-11-25 12:00 telegram:9",
        "　　✗ 被拒绝 · 忽略未答问题 ×60",
    ]
    assert (things(reply), reply.tools) == ([1, 0], ())


async def test_very_many_refusals_in_a_row_keep_nothing_from_being_reached() -> None:
    room = Room(12)
    room.store.log += [replace(ENTRY, actor="telegram:9", allowed=False)] * 450
    pages = [await room.auditing.show("", said("/audit"))]
    while any(choice.label == Wording.OLDER for choice in pages[-1].tools):
        pages.append(await room.turn(button(pages[-1], Wording.OLDER)))
    assert [number for page in pages for number in things(page)] == list(range(11, -1, -1))
    assert [line[-4:].strip() for page in pages for line in page.text.splitlines() if "×" in line] == [
        "×200",
        "×200",
        "×50",
    ]


async def test_pages_of_ten_lead_from_the_newest_to_the_oldest_and_back() -> None:
    room = Room(25)
    first = await room.auditing.show("", said("/audit"))
    assert things(first) == list(range(24, 14, -1))
    assert [choice.label for choice in first.tools] == [Wording.OLDER]
    second = await room.turn(button(first, Wording.OLDER))
    assert things(second) == list(range(14, 4, -1))
    third = await room.turn(button(second, Wording.OLDER))
    assert things(third) == [4, 3, 2, 1, 0]
    assert [choice.label for choice in third.tools] == [Wording.NEWER, Wording.NEWEST]
    assert things(await room.turn(button(third, Wording.NEWER))) == things(second)
    assert things(await room.turn(button(third, Wording.NEWEST))) == things(first)


async def test_a_page_stays_what_it_was_while_the_log_grows() -> None:
    room = Room(25)
    first = await room.auditing.show("", said("/audit"))
    room.store.log += [replace(ENTRY, detail="第99件")] * 3
    assert things(await room.turn(button(first, Wording.OLDER))) == list(range(14, 4, -1))


@pytest.mark.parametrize("rows", [ROWS, ROWS + 1])
async def test_a_button_is_there_only_for_what_there_is(rows: int) -> None:
    reply = await Room(rows).auditing.show("", said("/audit"))
    assert [choice.label for choice in reply.tools] == [Wording.OLDER] * (rows - ROWS)


@pytest.mark.parametrize("asked", ["telegram:2", "2", "２"])
async def test_one_members_rows_can_be_looked_at_alone_from_page_to_page(asked: str) -> None:
    room = Room(12)
    room.store.log += [replace(ENTRY, actor=OWNER, detail="第99件")] * 12
    first = await room.auditing.show(asked, said(f"/audit {asked}"))
    assert first.parts[0].text == Wording.OF_MEMBER.format(who="赵强（telegram:2）")
    assert things(first) == list(range(11, 1, -1))
    assert things(await room.turn(button(first, Wording.OLDER))) == [1, 0]


async def test_a_reply_to_somebodys_message_looks_at_that_member_even_at_one_no_button_can_name() -> None:
    room = Room(12)
    room.store.log += [replace(ENTRY, actor="telegram:-100", detail=f"第{number}件") for number in range(12)]
    reply = await room.auditing.show("", said("/audit", about="telegram:-100"))
    assert things(reply) == list(range(11, 1, -1))
    assert reply.tools == ()
    assert things(await room.auditing.show("", said("/audit", about=EDITOR))) == list(range(11, 1, -1))


@pytest.mark.parametrize("asked", ["授权", "grant", "/grant"])
async def test_one_action_can_be_looked_at_alone(asked: str) -> None:
    room = Room(12)
    room.store.log += [replace(ENTRY, action="grant", detail=f"第{number}件") for number in range(12)]
    first = await room.auditing.show(asked, said(f"/audit {asked}"))
    assert first.parts[0].text == Wording.OF_ACTION.format(action="授权")
    assert things(first) == list(range(11, 1, -1))
    assert things(await room.turn(button(first, Wording.OLDER))) == [1, 0]


async def test_a_command_and_the_buttons_that_do_the_same_are_one_action() -> None:
    room = Room(3)
    room.store.log += [replace(ENTRY, action="gy", detail="第7件"), replace(ENTRY, action="revoke", detail="第8件")]
    assert things(await room.auditing.show("撤权", said(""))) == [8, 7]
    room.store.log += [replace(ENTRY, action="gy", detail=f"第{number}件") for number in range(10, 21)]
    first = await room.auditing.show("revoke", said(""))
    assert things(await room.turn(button(first, Wording.OLDER))) == [10, 8, 7]


async def test_what_is_neither_a_member_nor_an_action_is_told() -> None:
    reply = await Room(3).auditing.show("昨天", said("/audit 昨天"))
    assert reply.text == Wording.BAD


async def test_an_empty_log_and_a_page_that_is_not_there_are_told() -> None:
    assert (await Room().auditing.show("", said("/audit"))).text == Wording.NOTHING
    assert (await Room(3).turn("a:gp-b1-")).text == Wording.NOTHING_HERE
    assert (await Room(3).auditing.show("9", said("/audit 9"))).text == Wording.NOTHING


@pytest.mark.parametrize("action", ["a:gp-", "a:gp-x1-", "a:gp-b-", "a:gp-b99999999999999999999999999-", "a:gp--"])
async def test_a_forged_page_is_the_newest_or_none(action: str) -> None:
    assert things(await Room(3).turn(action)) == [2, 1, 0]


async def test_every_button_fits_the_smallest_platform() -> None:
    room = Room(0)
    member = f"wecom:{'a' * 42}"
    room.store.log = [replace(ENTRY, actor=member)] * 30
    first = await room.auditing.show(member, said(""))
    second = await room.turn(button(first, Wording.OLDER))
    for choice in (*first.tools, *second.tools):
        assert parse_action(choice.action) is not None
        assert len(choice.action.encode()) <= MAX_BYTES


def test_an_action_that_nobody_has_named_is_told_by_what_it_belongs_to() -> None:
    assert in_chinese("rollback") == "退回版本"
    assert in_chinese("r9") == "知识库版本（按钮 r9）"
    assert in_chinese("q") == "其他（按钮 q）"
