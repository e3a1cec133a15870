"""/quiet in conversation: shown, set and refused."""

from __future__ import annotations

import pytest

from bot.access.quotas import PER_PERSON
from bot.conversation.messages import Incoming, Reply
from bot.wording import BEIJING_TIME, Admin
from bot.wording import Notices as Wording
from tests.unit.features.announcements.fixtures import AnnouncementsHarness

HOURS = "22:00-7:00"


async def test_alone_everybody_sets_quiet_hours_for_themselves() -> None:
    harness = AnnouncementsHarness()
    shown = await harness.says("/quiet", by="ann")
    assert shown.text == Wording.QUIET_OFF
    assert (await harness.taps(HOURS, shown, by="ann")).text == Wording.QUIET_SET.format(hours=HOURS, zone=BEIJING_TIME)
    assert str(await harness.quiet.load("test:ann")) == HOURS
    shown = await harness.says("免打扰", by="ann")
    assert shown.text == Wording.QUIET.format(hours=HOURS, zone=BEIJING_TIME)
    assert (await harness.taps(Wording.QUIET_STOP, shown, by="ann")).text == Wording.QUIET_STOPPED
    assert await harness.quiet.load("test:ann") is None
    assert harness.audit.rows == []  # what members want for themselves is nobody's business


@pytest.mark.parametrize("text", ["/quiet 22:00-22:00", "/quiet 晚上", "/quiet 25:00-7:00", "免打扰 22:00"])
async def test_hours_that_there_are_not_are_told(text: str) -> None:
    assert (await AnnouncementsHarness().says(text, by="ann")).text == Wording.QUIET_BAD


async def said_in_group(harness: AnnouncementsHarness, text: str, by: str, chat: str = "test:group") -> str:
    return (await harness.says(text, by=by, chat=chat, is_private=False)).text


async def test_in_a_group_members_see_quiet_hours_and_cannot_set_them() -> None:
    harness = AnnouncementsHarness()
    shown = await harness.says("/quiet", by="ann", chat="test:group", is_private=False)
    assert shown.text == Wording.QUIET_OFF
    tapped = await harness.taps(HOURS, shown, by="ann", chat="test:group", is_private=False)
    assert tapped == Reply(toast=Wording.QUIET_ADMINS)  # nobody else needs to see it
    assert await said_in_group(harness, f"/quiet {HOURS}", "ann") == Wording.QUIET_ADMINS
    assert await harness.quiet.load("test:group") is None
    assert [(row.actor, row.action, row.detail, row.allowed) for row in harness.audit.rows] == [
        ("test:ann", "quiet", "test:group", False)
    ] * 2


async def test_whoever_may_not_set_them_cannot_fill_the_audit_log() -> None:
    harness = AnnouncementsHarness()
    for _ in range(200):
        await said_in_group(harness, f"/quiet {HOURS}", "ann")
    assert len(harness.audit.rows) == PER_PERSON + 1
    await said_in_group(harness, f"/quiet {HOURS}", "host")
    assert (harness.audit.rows[-1].actor, harness.audit.rows[-1].allowed) == ("test:host", True)


@pytest.mark.parametrize("by", ["chief", "host", "boss", "owner"])
async def test_in_a_group_its_admins_and_those_of_the_bot_set_them(by: str) -> None:
    harness = AnnouncementsHarness()
    harness.channel.admins.add(("test:group", "test:chief"))
    assert await said_in_group(harness, f"/quiet {HOURS}", by) == Wording.QUIET_SET.format(
        hours=HOURS, zone=BEIJING_TIME
    )
    assert str(await harness.quiet.load("test:group")) == HOURS
    assert [(row.actor, row.allowed) for row in harness.audit.rows] == [(f"test:{by}", True)]


async def test_set_in_a_topic_they_are_those_of_the_group() -> None:
    harness = AnnouncementsHarness()
    await said_in_group(harness, "/quiet 12:00-14:00", "host", chat="test:group:7")
    assert str(await harness.quiet.load("test:group")) == str(await harness.quiet.load("test:group:8")) == "12:00-14:00"


async def test_where_the_bot_never_speaks_first_there_is_nothing_to_set() -> None:
    page = Incoming("web:abc", "web:abc", text="/quiet 22:00-7:00")
    reply = await AnnouncementsHarness().desk.route(page)
    assert reply is not None
    assert reply.text == Wording.QUIET_NOT_HERE


async def test_a_button_that_nobody_was_given_only_shows_them() -> None:
    harness = AnnouncementsHarness()
    pressed = await harness.desk.route(Incoming("test:ann", "test:ann", action="a:yquiet-99"))
    assert pressed is not None
    assert pressed.text == Wording.QUIET_OFF


@pytest.mark.parametrize("text", ["免打扰是什么", "免打扰 是什么意思", "群发是什么"])
async def test_a_question_about_it_is_none_of_it(text: str) -> None:
    assert await AnnouncementsHarness().desk.route(Incoming("test:ann", "test:ann", text=text)) is None


async def test_while_nobody_can_tell_who_rules_a_group_it_is_said_and_not_logged_as_refused() -> None:
    harness = AnnouncementsHarness()
    harness.channel.admins.add(("test:group", "test:chief"))
    harness.channel.rights_unknown = True
    shown = await harness.says("/quiet", by="chief", chat="test:group", is_private=False)
    assert await said_in_group(harness, f"/quiet {HOURS}", "chief") == Admin.UNSURE
    tapped = await harness.taps(HOURS, shown, by="chief", chat="test:group", is_private=False)
    assert tapped == Reply(toast=Admin.UNSURE)
    assert harness.audit.rows == []
    harness.channel.rights_unknown = False
    assert "不主动发消息" in await said_in_group(harness, f"/quiet {HOURS}", "chief")
