"""/link and /unlink, on a real file."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest

from bot.access.roles import RolePolicy
from bot.conversation.answer_guard import AnswerGuard
from bot.conversation.channel import Channels
from bot.conversation.messages import Incoming, Reply
from bot.features.accounts.linking import LIFETIME, MAX_WRONG, AccountLinking
from bot.records.contests import MemberRecord
from bot.records.roles import RoleRecord
from bot.wording import Accounts as Wording
from tests.unit.features.contests.fixtures import FakeChannel
from tests.unit.features.fakes import FakeAudit, HandClock
from tests.unit.storage.rows import NOON, open_store

PHONE, PAGE, WORK = "telegram:1", "web:a", "wecom:1"


class Desk:
    """The feature with a store on a file."""

    def __init__(
        self, linking: AccountLinking, rights: RolePolicy, clock: HandClock, audit: FakeAudit, channel: FakeChannel
    ) -> None:
        self.linking = linking
        self.rights = rights
        self.clock = clock
        self.audit = audit
        self.channel = channel

    async def link(self, who: str, code: str = "", *, is_private: bool = True) -> Reply:
        return await self.linking.link(code, Incoming(who, who, is_private=is_private))

    async def press(self, who: str, reply: Reply, choice: int = 0) -> Reply:
        action = reply.choices[choice].action
        return await self.linking.press(action.removeprefix("q:u-"), Incoming(who, who, action=action))

    async def code(self, who: str) -> str:
        return (await self.link(who)).parts[0].text.rpartition("：")[2]


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    store = await open_store(tmp_path / "bot.sqlite3")
    await store.contests.save(MemberRecord(PHONE, "安安"), MemberRecord(PAGE, "小安"))
    await store.roles.save_role(RoleRecord(PHONE, "editor", "telegram:9", NOON))
    clock, audit, channels, channel = HandClock(NOON), FakeAudit(), Channels(), FakeChannel()
    channels.add("telegram", channel)
    numbers = count(1)
    rights = RolePolicy(["telegram:9"], store.roles, store.contests.accounts_of, {"telegram", "wecom"})
    linking = AccountLinking(
        store.contests,
        store.first_writer,
        rights,
        audit,
        channels,
        guard=AnswerGuard(),
        clock=clock,
        new_code=lambda: f"ABCDEFG{next(numbers) + 1}",
    )
    yield Desk(linking, rights, clock, audit, channel)
    await store.close()


async def test_a_code_joins_two_accounts_once_both_were_shown(desk: Desk) -> None:
    code = await desk.code(PHONE)
    asked = await desk.link(PAGE, f" {code.lower()} ")
    assert "安安" in asked.text
    assert "小安" in asked.text
    assert "安安" in (await desk.press(PAGE, asked)).text
    assert [(row.actor, row.action, row.detail) for row in desk.audit.rows] == [(PAGE, "link", PHONE)]
    assert "小安" in desk.channel.said[-1][1].text
    assert (await desk.link("web:b", code)).text == Wording.WRONG_CODE
    assert "安安" in (await desk.linking.unlink("", Incoming(PAGE, PAGE))).text
    assert (await desk.linking.unlink("", Incoming(PAGE, PAGE))).text == Wording.NOT_LINKED


async def test_a_role_follows_to_a_platform_and_never_to_or_from_a_cookie_of_the_page(desk: Desk) -> None:
    asked = await desk.link(WORK, await desk.code(PHONE))
    assert Wording.CONFIRM_ROLE in asked.text
    await desk.press(WORK, asked)
    assert await desk.rights.role_of(WORK) == "editor"
    asked = await desk.link(PAGE, await desk.code(PHONE))
    assert Wording.CONFIRM_NO_ROLE in asked.text
    await desk.press(PAGE, asked)
    assert await desk.rights.role_of(PAGE) is None
    asked = await desk.link("web:b", await desk.code("telegram:9"))
    await desk.press("web:b", asked)
    assert await desk.rights.role_of("telegram:9") == "owner"
    assert await desk.rights.role_of("web:b") is None


async def test_who_says_no_joins_nothing_and_the_code_stays(desk: Desk) -> None:
    code = await desk.code(PHONE)
    assert (await desk.press(PAGE, await desk.link(PAGE, code), 1)).text == Wording.NOTHING
    assert (await desk.link(PAGE, code)).choices


async def test_a_code_expires_and_is_pressed_too_late(desk: Desk) -> None:
    asked = await desk.link(PAGE, await desk.code(PHONE))
    desk.clock.now += LIFETIME
    assert (await desk.press(PAGE, asked)).text == Wording.WRONG_CODE


async def test_a_code_pressed_twice_joins_once(desk: Desk) -> None:
    code = await desk.code(PHONE)
    first, second = await desk.link(PAGE, code), await desk.link("web:b", code)
    assert (await desk.press(PAGE, first)).text.startswith("连好了")
    assert (await desk.press("web:b", second)).text == Wording.WRONG_CODE


async def test_codes_cannot_be_tried_out(desk: Desk) -> None:
    for number in range(MAX_WRONG):
        assert (await desk.link(PAGE, f"WRONG{number}")).text == Wording.WRONG_CODE
    code = await desk.code(PHONE)
    assert (await desk.link(PAGE, code)).text == Wording.TOO_MANY
    assert (await desk.link("web:b", code)).choices
    desk.clock.now += LIFETIME - timedelta(seconds=1)
    assert (await desk.link(PAGE, code)).text == Wording.TOO_MANY
    desk.clock.now += timedelta(seconds=1)
    assert (await desk.link(PAGE, await desk.code(PHONE))).choices


async def test_nobodys_wrong_codes_keep_others_from_linking(desk: Desk) -> None:
    for number in range(50):
        for _ in range(MAX_WRONG):
            await desk.link(f"web:wrong{number}", "WRONG")
    assert (await desk.link(PAGE, await desk.code(PHONE))).choices


async def test_one_account_of_a_platform_and_ones_own_code_are_refused(desk: Desk) -> None:
    code = await desk.code(PHONE)
    assert (await desk.link("telegram:2", code)).text == Wording.SAME_CHANNEL
    assert (await desk.link(PHONE, code)).text == Wording.SAME
    await desk.press(PAGE, await desk.link(PAGE, code))
    assert (await desk.link(PAGE, await desk.code(PHONE))).text == Wording.ALREADY_THIS


async def test_two_codes_used_at_the_same_time_give_nobody_two_accounts_of_a_platform(desk: Desk) -> None:
    asked = [await desk.link(PAGE, await desk.code(giver)) for giver in (PHONE, "telegram:2")]
    replies = await asyncio.gather(*(desk.press(PAGE, one) for one in asked))
    assert sorted(reply.text == Wording.SAME_CHANNEL for reply in replies) == [False, True]


async def test_in_a_group_no_code_is_shown(desk: Desk) -> None:
    assert (await desk.link(PHONE, is_private=False)).text == Wording.PRIVATE


async def test_where_the_audit_log_takes_nothing_a_role_does_not_follow(desk: Desk) -> None:
    asked = await desk.link(WORK, await desk.code(PHONE))
    desk.audit.broken = True
    with pytest.raises(Exception, match="写不进去"):
        await desk.press(WORK, asked)
    desk.audit.broken = False
    assert await desk.rights.role_of(WORK) is None
