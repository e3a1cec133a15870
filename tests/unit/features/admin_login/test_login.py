"""Links to the page for admins: once, for ten minutes, and only while the right lasts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.access.audit_quota import PER_PERSON
from bot.access.secret import Secret, asker_secret, current_secret, rotate_secret
from bot.errors import StorageError
from bot.features.admin_login.login import Admitted, Refused, invitation
from bot.features.admin_login.signed_token import MAX_LENGTH, Ticket, read_ticket, write_ticket
from bot.wording import Console as Words
from bot.wording import Insight as Wording
from tests.unit.features.admin_fakes import SECRET, FakeSettings, Gate
from tests.unit.library import NOON

MINUTE = timedelta(minutes=1)


async def test_a_link_lets_its_person_in_and_the_cookie_is_good_for_twelve_hours() -> None:
    gate = Gate()
    link = gate.entrance.link("telegram:7")
    assert await gate.entrance.knock(link, "r1") is None
    assert gate.audit.rows == []
    cookie = await gate.entrance.enter(link, "r1")
    assert isinstance(cookie, str)
    assert gate.audited == [("telegram:7", "", True)]
    gate.clock.now += timedelta(hours=12) - MINUTE
    assert await gate.entrance.admitted(cookie) == Admitted("telegram:7")
    gate.clock.now += MINUTE
    assert await gate.entrance.admitted(cookie) is None


async def test_a_link_is_used_once_also_after_a_restart_and_a_look_does_not_use_it() -> None:
    gate = Gate()
    link = gate.entrance.link("telegram:7")
    for _ in range(3):
        assert await gate.entrance.knock(link, "r1") is None
    assert isinstance(await gate.entrance.enter(link, "r1"), str)
    for entrance in (gate, gate.again()):
        assert await entrance.entrance.knock(link, "r2") == Refused("used", "telegram:7")
        assert await entrance.entrance.enter(link, "r3") == Refused("used", "telegram:7")
        assert entrance.audited[-2:] == [("telegram:7", Words.REASONS["used"], False)] * 2


async def test_a_link_is_good_for_ten_minutes() -> None:
    gate = Gate()
    link = gate.entrance.link("telegram:7")
    gate.clock.now += 10 * MINUTE
    assert await gate.entrance.enter(link, "r1") == Refused("expired", "telegram:7")
    assert gate.audited == [("telegram:7", Words.REASONS["expired"], False)]
    assert gate.used.used == set()


@pytest.mark.parametrize(
    "change",
    [
        lambda link: "",
        lambda link: link[:-1],
        lambda link: link + "0",
        lambda link: "A" + link,
        lambda link: link.split(".")[0],
        lambda link: link.split(".")[0] + ".",
        lambda link: write_ticket(Secret("other"), "link", Ticket("telegram:1", NOON + MINUTE, "n")),
        lambda link: write_ticket(SECRET, "cookie", Ticket("telegram:1", NOON + MINUTE, "n")),
        lambda link: "统计.统计",
        lambda link: "\ud800." + "a" * 64,
        lambda link: "x" * 10_000,
    ],
)
async def test_what_we_did_not_write_lets_nobody_in_and_is_audited(change: Callable[[str], str]) -> None:
    gate = Gate()
    forged = change(gate.entrance.link("telegram:7"))
    assert await gate.entrance.knock(forged, "r1") == Refused("altered")
    assert await gate.entrance.enter(forged, "r1") == Refused("altered")
    assert gate.audited == [("", Words.REASONS["altered"], False)] * 2


async def test_made_up_links_without_end_do_not_fill_the_audit_log_and_cover_up_nothing() -> None:
    gate = Gate()
    for _ in range(200):
        await gate.entrance.knock("x.y", "r1")
    assert len(gate.audit.rows) == PER_PERSON + 1  # and one that says so
    link = gate.entrance.link("telegram:7")
    gate.clock.now += 10 * MINUTE
    await gate.entrance.knock(link, "r2")
    assert gate.audited[-1] == ("telegram:7", Words.REASONS["expired"], False)
    gate.clock.now += 60 * MINUTE
    await gate.entrance.knock("x.y", "r3")
    assert gate.audited[-1] == ("", Words.REASONS["altered"], False)


async def test_a_link_that_lets_nobody_in_any_more_does_not_fill_the_audit_log_either() -> None:
    gate = Gate()
    used, old = gate.entrance.link("telegram:7"), gate.entrance.link("telegram:7")
    assert isinstance(await gate.entrance.enter(used, "r1"), str)
    for _ in range(200):
        await gate.entrance.knock(used, "r2")
    gate.clock.now += 10 * MINUTE
    for _ in range(200):
        await gate.entrance.knock(old, "r3")
    assert len(gate.audit.rows) == 1 + 2 * (PER_PERSON + 1)


@pytest.mark.parametrize("person", ["telegram:8", "telegram:9"])
async def test_hosts_and_members_are_refused_even_with_a_link_of_ours(person: str) -> None:
    gate = Gate()
    assert await gate.entrance.enter(gate.entrance.link(person), "r1") == Refused("no right", person)
    assert gate.audited == [(person, Words.REASONS["no right"], False)]


async def test_who_is_no_editor_any_more_is_out_at_once() -> None:
    gate = Gate()
    cookie = await gate.entrance.enter(gate.entrance.link("telegram:7"), "r1")
    assert isinstance(cookie, str)
    del gate.roles.roles["telegram:7"]
    assert await gate.entrance.admitted(cookie) is None
    gate.roles.roles["telegram:7"] = "editor"
    assert await gate.entrance.admitted(cookie) == Admitted("telegram:7")


async def test_an_owner_is_known_as_one() -> None:
    gate = Gate()
    cookie = await gate.entrance.enter(gate.entrance.link("telegram:1"), "r1")
    assert isinstance(cookie, str)
    assert await gate.entrance.admitted(cookie) == Admitted("telegram:1", owner=True)


async def test_a_link_is_no_cookie_and_a_cookie_is_no_link() -> None:
    gate = Gate()
    link = gate.entrance.link("telegram:1")
    for text in (link, "", "x.y", link[:-1]):
        assert await gate.entrance.admitted(text) is None
    cookie = await gate.entrance.enter(link, "r1")
    assert isinstance(cookie, str)
    assert await gate.entrance.enter(cookie, "r1") == Refused("altered")


async def test_nobody_enters_whose_entry_cannot_be_audited() -> None:
    gate = Gate()
    gate.audit.broken = True
    with pytest.raises(StorageError):
        await gate.entrance.enter(gate.entrance.link("telegram:7"), "r1")


def test_a_signed_text_of_another_make_is_no_ticket() -> None:
    for body in ("bm90IGpzb24", "W10", "WzEsMl0", "WyJhIiwgImIiLCAiYyJd", "WyJhIiwgMWU5OTksICJjIl0", "a"):
        assert read_ticket(SECRET, "link", f"{body}.{SECRET.signature('link', body)}") is None


def test_the_longest_key_of_a_person_fits() -> None:
    ticket = Ticket("wecom:" + "z" * 200, NOON, "n" * 32)
    text = write_ticket(SECRET, "link", ticket)
    assert len(text) < MAX_LENGTH and read_ticket(SECRET, "link", text) == ticket


async def test_the_link_is_told_in_private_and_where_it_opens_on_this_machine_alone() -> None:
    gate = Gate()
    invite = invitation(gate.entrance, lambda: "https://study.example.org/", public=True)
    reply = await invite("telegram:7")
    link = reply.parts[1].text
    assert reply.private and link.startswith("https://study.example.org/admin/enter?t=")
    assert isinstance(await gate.entrance.enter(link.partition("=")[2], "r1"), str)
    here = await invitation(gate.entrance, lambda: "http://127.0.0.1:8080", public=False)("telegram:7")
    assert Wording.LINK_HERE in here.text and Wording.LINK_HERE not in reply.text


async def test_leaving_ends_every_copy_of_the_cookie_and_no_other_also_after_a_restart() -> None:
    gate = Gate()
    left, kept = [await gate.entrance.enter(gate.entrance.link("telegram:7"), "r1") for _ in range(2)]
    assert isinstance(left, str) and isinstance(kept, str)
    await gate.entrance.leave(left)
    await gate.entrance.leave(left)
    await gate.entrance.leave("x.y")
    for entrance in (gate.entrance, gate.again().entrance):
        assert await entrance.admitted(left) is None
        assert await entrance.admitted(kept) == Admitted("telegram:7")


async def test_a_new_secret_ends_links_and_cookies_at_once_and_new_ones_are_good() -> None:
    store = FakeSettings()
    await rotate_secret(store, lambda: "first")
    gate = Gate(secret=Secret("first"), current=lambda: current_secret(store))
    link = gate.entrance.link("telegram:7")
    cookie = await gate.entrance.enter(gate.entrance.link("telegram:7"), "r1")
    assert isinstance(cookie, str) and await gate.entrance.admitted(cookie) is not None
    await rotate_secret(store, lambda: "second")
    assert await gate.entrance.admitted(cookie) is None
    assert await gate.entrance.enter(link, "r1") == Refused("altered")
    await rotate_secret(store, lambda: "third")
    reply = await invitation(gate.entrance, lambda: "https://study.example.org", public=True)("telegram:7")
    assert isinstance(await gate.entrance.enter(reply.parts[1].text.partition("=")[2], "r1"), str)


async def test_a_secret_that_is_gone_lets_nobody_sign_with_nothing() -> None:
    gate = Gate(current=lambda: current_secret(FakeSettings()))
    forged = write_ticket(Secret(""), "cookie", Ticket("telegram:1", NOON + MINUTE, "n"))
    with pytest.raises(StorageError):
        await gate.entrance.admitted(forged)


async def test_who_asked_is_called_the_same_after_every_change_of_the_secret() -> None:
    store = FakeSettings()
    await rotate_secret(store, lambda: "first")
    before = (await asker_secret(store)).who("telegram:1")
    for new in ("second", "third"):
        await rotate_secret(store, lambda: new)  # noqa: B023 - called at once
        assert (await asker_secret(store)).who("telegram:1") == before == Secret("first").who("telegram:1")
        assert (await current_secret(store)).signature("link", "x") == Secret(new).signature("link", "x")
