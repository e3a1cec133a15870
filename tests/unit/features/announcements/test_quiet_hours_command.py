"""/quiet in conversation: shown, set and refused."""

from __future__ import annotations

import pytest

from bot.access.quotas import PER_PERSON
from bot.conversation.messages import Incoming, Reply
from bot.wording import BEIJING_TIME, Admin
from bot.wording import Notices as Wording
from tests.unit.features.announcements.fixtures import Office

HOURS = "22:00-7:00"


async def test_alone_everybody_sets_quiet_hours_for_themselves() -> None:
    office = Office()
    shown = await office.says("/quiet", by="ann")
    assert shown.text == Wording.QUIET_OFF
    assert (await office.taps(HOURS, shown, by="ann")).text == Wording.QUIET_SET.format(hours=HOURS, zone=BEIJING_TIME)
    assert str(await office.quiet.load("test:ann")) == HOURS
    shown = await office.says("免打扰", by="ann")
    assert shown.text == Wording.QUIET.format(hours=HOURS, zone=BEIJING_TIME)
    assert (await office.taps(Wording.QUIET_STOP, shown, by="ann")).text == Wording.QUIET_STOPPED
    assert await office.quiet.load("test:ann") is None
    assert office.audit.rows == []  # what members want for themselves is nobody's business


@pytest.mark.parametrize("text", ["/quiet 22:00-22:00", "/quiet 晚上", "/quiet 25:00-7:00", "免打扰 22:00"])
async def test_hours_that_there_are_not_are_told(text: str) -> None:
    assert (await Office().says(text, by="ann")).text == Wording.QUIET_BAD


async def said_in_group(office: Office, text: str, by: str, chat: str = "test:group") -> str:
    return (await office.says(text, by=by, chat=chat, is_private=False)).text


async def test_in_a_group_members_see_quiet_hours_and_cannot_set_them() -> None:
    office = Office()
    shown = await office.says("/quiet", by="ann", chat="test:group", is_private=False)
    assert shown.text == Wording.QUIET_OFF
    tapped = await office.taps(HOURS, shown, by="ann", chat="test:group", is_private=False)
    assert tapped == Reply(toast=Wording.QUIET_ADMINS)  # nobody else needs to see it
    assert await said_in_group(office, f"/quiet {HOURS}", "ann") == Wording.QUIET_ADMINS
    assert await office.quiet.load("test:group") is None
    assert [(row.actor, row.action, row.detail, row.allowed) for row in office.audit.rows] == [
        ("test:ann", "quiet", "test:group", False)
    ] * 2


async def test_whoever_may_not_set_them_cannot_fill_the_audit_log() -> None:
    office = Office()
    for _ in range(200):
        await said_in_group(office, f"/quiet {HOURS}", "ann")
    assert len(office.audit.rows) == PER_PERSON + 1
    await said_in_group(office, f"/quiet {HOURS}", "host")
    assert (office.audit.rows[-1].actor, office.audit.rows[-1].allowed) == ("test:host", True)


@pytest.mark.parametrize("by", ["chief", "host", "boss", "owner"])
async def test_in_a_group_its_admins_and_those_of_the_bot_set_them(by: str) -> None:
    office = Office()
    office.channel.admins.add(("test:group", "test:chief"))
    assert await said_in_group(office, f"/quiet {HOURS}", by) == Wording.QUIET_SET.format(
        hours=HOURS, zone=BEIJING_TIME
    )
    assert str(await office.quiet.load("test:group")) == HOURS
    assert [(row.actor, row.allowed) for row in office.audit.rows] == [(f"test:{by}", True)]


async def test_set_in_a_topic_they_are_those_of_the_group() -> None:
    office = Office()
    await said_in_group(office, "/quiet 12:00-14:00", "host", chat="test:group:7")
    assert str(await office.quiet.load("test:group")) == str(await office.quiet.load("test:group:8")) == "12:00-14:00"


async def test_where_the_bot_never_speaks_first_there_is_nothing_to_set() -> None:
    page = Incoming("web:abc", "web:abc", text="/quiet 22:00-7:00")
    reply = await Office().desk.route(page)
    assert reply is not None
    assert reply.text == Wording.QUIET_NOT_HERE


async def test_a_button_that_nobody_was_given_only_shows_them() -> None:
    office = Office()
    pressed = await office.desk.route(Incoming("test:ann", "test:ann", action="a:yquiet-99"))
    assert pressed is not None
    assert pressed.text == Wording.QUIET_OFF


@pytest.mark.parametrize("text", ["免打扰是什么", "免打扰 是什么意思", "群发是什么"])
async def test_a_question_about_it_is_none_of_it(text: str) -> None:
    assert await Office().desk.route(Incoming("test:ann", "test:ann", text=text)) is None


async def test_while_nobody_can_tell_who_rules_a_group_it_is_said_and_not_logged_as_refused() -> None:
    office = Office()
    office.channel.admins.add(("test:group", "test:chief"))
    office.channel.rights_unknown = True
    shown = await office.says("/quiet", by="chief", chat="test:group", is_private=False)
    assert await said_in_group(office, f"/quiet {HOURS}", "chief") == Admin.UNSURE
    tapped = await office.taps(HOURS, shown, by="chief", chat="test:group", is_private=False)
    assert tapped == Reply(toast=Admin.UNSURE)
    assert office.audit.rows == []
    office.channel.rights_unknown = False
    assert "不主动发消息" in await said_in_group(office, f"/quiet {HOURS}", "chief")
