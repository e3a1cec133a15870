"""Roles in a conversation on a real database, over restarts."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.access.roles import RolePolicy
from bot.conversation.router import Feature, Handler, Router
from bot.features.roles.feature import make_roles
from bot.library import Library
from bot.storage.store import SqlStore
from bot.wiring import make_router
from bot.wording import Admin, Roles
from tests.unit.features.roles.fixtures import EDITOR, MEMBER, NOON, OWNER, Work, pressed, said
from tests.unit.library import retriever
from tests.unit.storage.rows import address

NEEDS_AN_OWNER = Admin.REFUSED_ROLE.format(needed="所有者", role="编辑")


@asynccontextmanager
async def conversation(path: Path, work: Work) -> AsyncIterator[Router]:
    """One on the small document, with roles and a command for editors; the bot stops with the block."""
    store = await SqlStore.open(address(path))
    rights = RolePolicy([OWNER], store.roles)
    editing = Feature(commands={"reload": Handler(work.do, "editor")}, buttons={"rx": Handler(work.do, "editor")})
    roles = make_roles(store.roles, store.audit, rights, store.contests, clock=lambda: NOON, zone="Asia/Shanghai")
    try:
        library = Library(retriever())
        yield make_router(
            library, store, lambda: NOON, "t", rights=rights, audit=store.audit, features=[editing, roles]
        )
    finally:
        await store.close()


async def test_a_role_holds_from_when_it_is_given_to_when_it_is_taken_and_all_of_it_is_in_the_log(
    tmp_path: Path,
) -> None:
    path, work = tmp_path / "bot.sqlite3", Work()
    async with conversation(path, work) as chat:
        assert (await chat.handle(said("/reload 1", EDITOR))).text == Admin.REFUSED
        granted = await chat.handle(said("/grant 编辑", OWNER, about=EDITOR, about_name="赵强"))
        assert granted.text == Roles.GRANTED.format(who=f"赵强（{EDITOR}）", role="编辑")
        await chat.handle(said("/reload 2", EDITOR))
    async with conversation(path, work) as chat:
        await chat.handle(said("/reload 3", EDITOR))
        assert (await chat.handle(said(f"/grant {MEMBER} 编辑", EDITOR))).text == NEEDS_AN_OWNER
        assert (await chat.handle(pressed("a:rx-4", MEMBER))).toast == Admin.REFUSED
        listed = await chat.handle(said("/grant", OWNER))
        asked = await chat.handle(pressed(listed.choices[0].action))
        await chat.handle(pressed(asked.choices[0].action))
    async with conversation(path, work) as chat:
        assert (await chat.handle(said("/reload 5", EDITOR))).text == Admin.REFUSED
        log = (await chat.handle(said("/audit", OWNER))).text.splitlines()
    assert [rest for _, rest in work.done] == ["2", "3"]
    assert log[2:-1:2] == [
        "　　✗ 被拒绝 · 更新知识库",
        f"　　撤权：赵强（{EDITOR}）",
        "　　授权",
        "　　✗ 被拒绝 · 放弃改动",
        f"　　✗ 被拒绝 · 授权：{MEMBER} 编辑",
        "　　更新知识库：3",
        "　　更新知识库：2",
        f"　　授权：赵强（{EDITOR}） 编辑",
        "　　✗ 被拒绝 · 更新知识库",
    ]
