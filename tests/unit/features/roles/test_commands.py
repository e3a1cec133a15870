"""Roles given and taken in a conversation."""

from __future__ import annotations

import pytest

from bot.access.roles import RolePolicy
from bot.conversation.messages import MAX_BYTES, Incoming, Reply, parse_action
from bot.conversation.router import Router
from bot.features.roles.feature import make_roles
from bot.wording import Admin
from bot.wording import Roles as Wording
from tests.unit.features.roles.fixtures import EDITOR, HOST, MEMBER, NOON, OWNER, FakeRolesAndAudit, pressed, said

OTHER_OWNER = "wecom:zhang"
NEW = "telegram:12345"


class Room:
    """A desk with roles on it, and who has one."""

    def __init__(self) -> None:
        self.store = FakeRolesAndAudit({EDITOR: "editor", HOST: "host"})
        self.store.known = {OWNER: "李明", HOST: "王芳"}
        rights = RolePolicy([OWNER, OTHER_OWNER], self.store.roles)
        store = self.store
        feature = make_roles(store.roles, store.audit, rights, store, clock=lambda: NOON, zone="Asia/Shanghai")
        self.desk = Router([feature], rights, self.store, lambda: NOON)

    async def does(self, incoming: Incoming) -> Reply:
        reply = await self.desk.route(incoming)
        assert reply is not None
        return reply

    @property
    def roles(self) -> dict[str, str]:
        return {member: row.role for member, row in self.store.given.items()}


@pytest.fixture
def room() -> Room:
    return Room()


@pytest.mark.parametrize(
    "text",
    [
        "/grant telegram:12345 编辑",
        "/grant 12345 编辑",
        "/grant 编辑 12345",
        "/grant １２３４５ Editor",
        "/grant telegram：12345 编辑",
        "授权 12345 编辑",
    ],
)
async def test_an_owner_makes_a_member_an_editor(room: Room, text: str) -> None:
    reply = await room.does(said(text))
    assert reply.text == Wording.GRANTED.format(who=NEW, role="编辑")
    assert reply.private
    row = room.store.given[NEW]
    assert (row.role, row.by, row.at) == ("editor", OWNER, NOON)


async def test_a_reply_to_somebodys_message_gives_that_person_the_role_and_keeps_the_name(room: Room) -> None:
    reply = await room.does(said("/grant 主持", about=NEW, about_name="赵\n强"))
    assert reply.text == Wording.GRANTED.format(who=f"赵 强（{NEW}）", role="主持人")
    assert (room.roles[NEW], room.store.known[NEW]) == ("host", "赵 强")


async def test_who_is_written_counts_more_than_whose_message_is_replied_to(room: Room) -> None:
    await room.does(said("/grant 12345 主持", about=MEMBER))
    assert (room.roles.get(NEW), room.roles.get(MEMBER)) == ("host", None)


async def test_a_bare_number_is_of_the_askers_channel(room: Room) -> None:
    await room.does(said("/grant 77 编辑", OTHER_OWNER))
    assert room.roles["wecom:77"] == "editor"


async def test_a_role_can_be_changed_and_the_same_one_is_no_news(room: Room) -> None:
    assert (await room.does(said(f"/grant {HOST} 编辑"))).text == Wording.CHANGED.format(
        who=f"王芳（{HOST}）", old="主持人", role="编辑"
    )
    assert room.roles[HOST] == "editor"
    assert (await room.does(said(f"/grant {HOST} 编辑"))).text == Wording.ALREADY.format(
        who=f"王芳（{HOST}）", role="编辑"
    )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("/grant 12345 所有者", Wording.NO_OWNERS),
        ("/grant 12345 管理员", Wording.NO_OWNERS),
        ("/grant 1 编辑", Wording.OWN_SELF),
        ("/grant wecom:zhang 编辑", Wording.IS_OWNER.format(who=OTHER_OWNER)),
        ("/grant 编辑", Wording.WHOM),
        ("/grant 12345", Wording.WHICH_ROLE.format(who=NEW, id=NEW)),
        ("/grant 12345 编辑 主持", Wording.WHICH_ROLE.format(who=NEW, id=NEW)),
        ("/grant telegram:12345 老板", Wording.NO_ROLE.format(text="老板")),
        ("/grant 老板 12345", Wording.NO_ROLE.format(text="老板")),
        ("/grant 老板", Wording.NO_MEMBER.format(text="老板")),
        ("/grant @zhaoqiang 编辑", Wording.NO_MEMBER.format(text="@zhaoqiang")),
        ("/grant 赵强 编辑", Wording.NO_MEMBER.format(text="赵强")),
        ("/grant 12 345 编辑", Wording.NO_MEMBER.format(text="12 345")),
        ("/grant telegram:zhaoqiang 编辑", Wording.NO_MEMBER.format(text="telegram:zhaoqiang")),
        ("/grant telegram:-100123 编辑", Wording.NO_MEMBER.format(text="telegram:-100123")),
        ("/revoke 1", Wording.OWNER_STAYS.format(who=f"李明（{OWNER}）")),
        ("/revoke wecom:zhang", Wording.OWNER_STAYS.format(who=OTHER_OWNER)),
        ("/revoke 12345", Wording.NONE.format(who=NEW)),
        ("/revoke 赵强", Wording.NO_MEMBER.format(text="赵强")),
    ],
)
async def test_what_cannot_be_is_told_plainly_and_changes_nothing(room: Room, text: str, sentence: str) -> None:
    before = room.roles
    assert (await room.does(said(text))).text == sentence
    assert room.roles == before


async def test_a_role_that_there_is_not_is_told_also_in_reply_to_a_message(room: Room) -> None:
    reply = await room.does(said("/grant 老板", about=NEW, about_name="赵强"))
    assert reply.text == Wording.NO_ROLE.format(text="老板")
    assert NEW not in room.roles


async def test_who_speaks_as_a_group_gets_no_role_as_anybody_may_stand_behind_it(room: Room) -> None:
    for text in ("/grant 编辑", "/revoke"):
        reply = await room.does(said(text, about="telegram:-100123", about_name="学习小组"))
        assert reply.text == Wording.NO_MEMBER.format(text="telegram:-100123")
    assert set(room.roles) == {EDITOR, HOST}


def refusal(person: str) -> str:
    """What somebody is told who is no owner."""
    role = {EDITOR: "编辑", HOST: "主持人"}.get(person)
    return Admin.REFUSED_ROLE.format(needed="所有者", role=role) if role else Admin.REFUSED


@pytest.mark.parametrize("person", [EDITOR, HOST, MEMBER])
@pytest.mark.parametrize("text", ["/grant 4 编辑", "/grant", "/revoke 2", "/revoke"])
async def test_who_is_no_owner_is_refused_and_logged(room: Room, person: str, text: str) -> None:
    assert (await room.does(said(text, person))).text == refusal(person)
    assert set(room.roles) == {EDITOR, HOST}
    assert [(entry.actor, entry.allowed) for entry in room.store.log] == [(person, False)]


async def test_an_owner_takes_a_role_away(room: Room) -> None:
    assert (await room.does(said("/revoke 3"))).text == Wording.REVOKED.format(who=f"王芳（{HOST}）", role="主持人")
    assert (await room.does(said("/revoke", about=EDITOR))).text == Wording.REVOKED.format(who=EDITOR, role="编辑")
    assert room.roles == {}


@pytest.mark.parametrize("text", ["/grant", "/revoke", "授权", "撤权"])
async def test_without_a_name_the_list_tells_who_may_what_and_how_to_change_it(room: Room, text: str) -> None:
    reply = await room.does(said(text))
    assert reply.text == "\n".join(
        [
            Wording.LIST,
            Wording.OWNER.format(who=f"李明（{OWNER}）"),
            Wording.OWNER.format(who=OTHER_OWNER),
            Wording.EDITOR.format(who=EDITOR, by=f"李明（{OWNER}）", day="2026-11-25"),
            Wording.HOST.format(who=f"王芳（{HOST}）", by=f"李明（{OWNER}）", day="2026-11-25"),
            Wording.HOW,
            f"1. 撤权：{EDITOR}",
            "2. 撤权：王芳",
        ]
    )
    assert reply.private


async def test_a_button_takes_a_role_away_once_it_is_confirmed(room: Room) -> None:
    listed = await room.does(said("/grant"))
    asked = await room.does(pressed(listed.choices[1].action))
    assert asked.parts[0].text == Wording.SURE.format(who=f"王芳（{HOST}）", role="主持人")
    assert HOST in room.roles
    yes, no = asked.choices
    assert (await room.does(pressed(no.action))).parts[0].text == Wording.LIST
    assert (await room.does(pressed(yes.action))).text == Wording.REVOKED.format(who=f"王芳（{HOST}）", role="主持人")
    assert set(room.roles) == {EDITOR}
    again = await room.does(pressed(listed.choices[1].action))
    assert (again.toast, again.parts) == (Admin.GONE, ())


async def test_nobody_else_can_press_them(room: Room) -> None:
    for person in (EDITOR, HOST, MEMBER):
        for action in ("a:gr-telegram.3", "a:gy-telegram.3", "a:gl"):
            assert (await room.does(pressed(action, person))).toast == refusal(person)
    assert HOST in room.roles


@pytest.mark.parametrize("action", ["a:gy-", "a:gy-telegram", "a:gr-telegram.-100", "a:gr-.3", "a:gy-TELEGRAM.3"])
async def test_a_button_that_names_nobody_is_stale(room: Room, action: str) -> None:
    assert (await room.does(pressed(action))).toast == Admin.GONE
    assert set(room.roles) == {EDITOR, HOST}


async def test_a_forged_button_cannot_take_an_owners_rights(room: Room) -> None:
    reply = await room.does(pressed("a:gy-wecom.zhang"))
    assert reply.text == Wording.OWNER_STAYS.format(who=OTHER_OWNER)


async def test_who_no_button_can_name_is_listed_without_one(room: Room) -> None:
    await room.does(said(f"/grant wecom:{'long' * 15} 主持"))
    await room.does(said("/grant wecom:zhao@example 主持"))
    reply = await room.does(said("/grant"))
    assert "wecom:longlong" in reply.text
    assert len(reply.choices) == 2


async def test_every_button_fits_the_smallest_platform(room: Room) -> None:
    await room.does(said(f"/grant wecom:{'a' * 42} 主持"))
    for choice in (await room.does(said("/grant"))).choices:
        for action in (choice.action, (await room.does(pressed(choice.action))).choices[0].action):
            assert parse_action(action) is not None
            assert len(action.encode()) <= MAX_BYTES


async def test_what_cannot_be_kept_is_told(room: Room) -> None:
    room.store.unwritable = True
    assert (await room.does(said("/grant 12345 编辑"))).text == "写不进去"
    assert NEW not in room.roles


@pytest.mark.parametrize("number", ["12345678901234567890", "01234", "0", "telegram:12345678901234567890"])
async def test_a_number_that_can_be_nobodys_is_told_and_given_no_role(room: Room, number: str) -> None:
    told = (await room.does(said(f"/grant {number} 编辑", OWNER))).text
    assert told == Wording.BAD_NUMBER.format(text=number)
    assert (await room.does(said(f"/revoke {number}", OWNER))).text == Wording.BAD_NUMBER.format(text=number)
    assert f"telegram:{number}" not in room.store.given
