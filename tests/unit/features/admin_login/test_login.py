"""Links to the page for admins: once, for ten minutes, and only while the right lasts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.access.quotas import PER_PERSON
from bot.access.secret import Secret, load_pseudonym_secret, load_secret, rotate_secret
from bot.errors import StorageError
from bot.features.admin_login.login import AdminSession, LoginRefused, make_login_link
from bot.features.admin_login.signed_token import MAX_LENGTH, SignedToken, sign_token, verify_token
from bot.wording import Console as Words
from bot.wording import Insight as Wording
from tests.unit.features.fakes import SECRET, FakeSettings, Gate
from tests.unit.library import NOON

MINUTE = timedelta(minutes=1)


async def test_a_link_lets_its_person_in_and_the_cookie_is_good_for_twelve_hours() -> None:
    gate = Gate()
    link = gate.login.issue_link("telegram:7")
    assert await gate.login.verify_link(link, "r1") is None
    assert gate.audit.rows == []
    cookie = await gate.login.redeem_link(link, "r1")
    assert isinstance(cookie, str)
    assert gate.audited == [("telegram:7", "", True)]
    gate.clock.now += timedelta(hours=12) - MINUTE
    assert await gate.login.session_of(cookie) == AdminSession("telegram:7")
    gate.clock.now += MINUTE
    assert await gate.login.session_of(cookie) is None


async def test_a_link_is_used_once_also_after_a_restart_and_a_look_does_not_use_it() -> None:
    gate = Gate()
    link = gate.login.issue_link("telegram:7")
    for _ in range(3):
        assert await gate.login.verify_link(link, "r1") is None
    assert isinstance(await gate.login.redeem_link(link, "r1"), str)
    for entrance in (gate, gate.again()):
        assert await entrance.login.verify_link(link, "r2") == LoginRefused("used", "telegram:7")
        assert await entrance.login.redeem_link(link, "r3") == LoginRefused("used", "telegram:7")
        assert entrance.audited[-2:] == [("telegram:7", Words.REASONS["used"], False)] * 2


async def test_a_link_is_good_for_ten_minutes() -> None:
    gate = Gate()
    link = gate.login.issue_link("telegram:7")
    gate.clock.now += 10 * MINUTE
    assert await gate.login.redeem_link(link, "r1") == LoginRefused("expired", "telegram:7")
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
        lambda link: sign_token(Secret("other"), "link", SignedToken("telegram:1", NOON + MINUTE, "n")),
        lambda link: sign_token(SECRET, "cookie", SignedToken("telegram:1", NOON + MINUTE, "n")),
        lambda link: "统计.统计",
        lambda link: "\ud800." + "a" * 64,
        lambda link: "x" * 10_000,
    ],
)
async def test_what_we_did_not_write_lets_nobody_in_and_is_audited(change: Callable[[str], str]) -> None:
    gate = Gate()
    forged = change(gate.login.issue_link("telegram:7"))
    assert await gate.login.verify_link(forged, "r1") == LoginRefused("altered")
    assert await gate.login.redeem_link(forged, "r1") == LoginRefused("altered")
    assert gate.audited == [("", Words.REASONS["altered"], False)] * 2


async def test_made_up_links_without_end_do_not_fill_the_audit_log_and_cover_up_nothing() -> None:
    gate = Gate()
    for _ in range(200):
        await gate.login.verify_link("x.y", "r1")
    assert len(gate.audit.rows) == PER_PERSON + 1  # and one that says so
    link = gate.login.issue_link("telegram:7")
    gate.clock.now += 10 * MINUTE
    await gate.login.verify_link(link, "r2")
    assert gate.audited[-1] == ("telegram:7", Words.REASONS["expired"], False)
    gate.clock.now += 60 * MINUTE
    await gate.login.verify_link("x.y", "r3")
    assert gate.audited[-1] == ("", Words.REASONS["altered"], False)


async def test_a_link_that_lets_nobody_in_any_more_does_not_fill_the_audit_log_either() -> None:
    gate = Gate()
    used, old = gate.login.issue_link("telegram:7"), gate.login.issue_link("telegram:7")
    assert isinstance(await gate.login.redeem_link(used, "r1"), str)
    for _ in range(200):
        await gate.login.verify_link(used, "r2")
    gate.clock.now += 10 * MINUTE
    for _ in range(200):
        await gate.login.verify_link(old, "r3")
    assert len(gate.audit.rows) == 1 + 2 * (PER_PERSON + 1)


@pytest.mark.parametrize("person", ["telegram:8", "telegram:9"])
async def test_hosts_and_members_are_refused_even_with_a_link_of_ours(person: str) -> None:
    gate = Gate()
    assert await gate.login.redeem_link(gate.login.issue_link(person), "r1") == LoginRefused("no right", person)
    assert gate.audited == [(person, Words.REASONS["no right"], False)]


async def test_who_is_no_editor_any_more_is_out_at_once() -> None:
    gate = Gate()
    cookie = await gate.login.redeem_link(gate.login.issue_link("telegram:7"), "r1")
    assert isinstance(cookie, str)
    del gate.roles.roles["telegram:7"]
    assert await gate.login.session_of(cookie) is None
    gate.roles.roles["telegram:7"] = "editor"
    assert await gate.login.session_of(cookie) == AdminSession("telegram:7")


async def test_an_owner_is_known_as_one() -> None:
    gate = Gate()
    cookie = await gate.login.redeem_link(gate.login.issue_link("telegram:1"), "r1")
    assert isinstance(cookie, str)
    assert await gate.login.session_of(cookie) == AdminSession("telegram:1", owner=True)


async def test_a_link_is_no_cookie_and_a_cookie_is_no_link() -> None:
    gate = Gate()
    link = gate.login.issue_link("telegram:1")
    for text in (link, "", "x.y", link[:-1]):
        assert await gate.login.session_of(text) is None
    cookie = await gate.login.redeem_link(link, "r1")
    assert isinstance(cookie, str)
    assert await gate.login.redeem_link(cookie, "r1") == LoginRefused("altered")


async def test_nobody_enters_whose_entry_cannot_be_audited() -> None:
    gate = Gate()
    gate.audit.broken = True
    with pytest.raises(StorageError):
        await gate.login.redeem_link(gate.login.issue_link("telegram:7"), "r1")


def test_a_signed_text_of_another_make_is_no_token() -> None:
    serializer = SECRET.serializer("link")
    for fields in ("not json", [], [1, 2], ["a", "b", "c"], ["a", 1e999, "c"], {"person": "a"}):
        assert verify_token(SECRET, "link", serializer.dumps(fields)) is None
    assert verify_token(SECRET, "link", f"a.{SECRET.signature('link', 'a')}") is None  # of an earlier version


def test_the_longest_key_of_a_person_fits() -> None:
    token = SignedToken("wecom:" + "z" * 200, NOON, "n" * 32)
    text = sign_token(SECRET, "link", token)
    assert len(text) < MAX_LENGTH and verify_token(SECRET, "link", text) == token


async def test_the_link_is_told_in_private_and_where_it_opens_on_this_machine_alone() -> None:
    gate = Gate()
    invite = make_login_link(gate.login, lambda: "https://study.example.org/", public=True)
    reply = await invite("telegram:7")
    link = reply.parts[1].text
    assert reply.private and link.startswith("https://study.example.org/admin/enter?t=")
    assert isinstance(await gate.login.redeem_link(link.partition("=")[2], "r1"), str)
    here = await make_login_link(gate.login, lambda: "http://127.0.0.1:8080", public=False)("telegram:7")
    assert Wording.LINK_HERE in here.text and Wording.LINK_HERE not in reply.text


async def test_leaving_ends_every_copy_of_the_cookie_and_no_other_also_after_a_restart() -> None:
    gate = Gate()
    left, kept = [await gate.login.redeem_link(gate.login.issue_link("telegram:7"), "r1") for _ in range(2)]
    assert isinstance(left, str) and isinstance(kept, str)
    await gate.login.revoke_session(left)
    await gate.login.revoke_session(left)
    await gate.login.revoke_session("x.y")
    for entrance in (gate.login, gate.again().login):
        assert await entrance.session_of(left) is None
        assert await entrance.session_of(kept) == AdminSession("telegram:7")


async def test_a_new_secret_ends_links_and_cookies_at_once_and_new_ones_are_good() -> None:
    store = FakeSettings()
    await rotate_secret(store, lambda: "first")
    gate = Gate(secret=Secret("first"), current=lambda: load_secret(store))
    link = gate.login.issue_link("telegram:7")
    cookie = await gate.login.redeem_link(gate.login.issue_link("telegram:7"), "r1")
    assert isinstance(cookie, str) and await gate.login.session_of(cookie) is not None
    await rotate_secret(store, lambda: "second")
    assert await gate.login.session_of(cookie) is None
    assert await gate.login.redeem_link(link, "r1") == LoginRefused("altered")
    await rotate_secret(store, lambda: "third")
    reply = await make_login_link(gate.login, lambda: "https://study.example.org", public=True)("telegram:7")
    assert isinstance(await gate.login.redeem_link(reply.parts[1].text.partition("=")[2], "r1"), str)


async def test_a_secret_that_is_gone_lets_nobody_sign_with_nothing() -> None:
    gate = Gate(current=lambda: load_secret(FakeSettings()))
    forged = sign_token(Secret(""), "cookie", SignedToken("telegram:1", NOON + MINUTE, "n"))
    with pytest.raises(StorageError):
        await gate.login.session_of(forged)


async def test_who_asked_is_called_the_same_after_every_change_of_the_secret() -> None:
    store = FakeSettings()
    await rotate_secret(store, lambda: "first")
    before = (await load_pseudonym_secret(store)).pseudonym("telegram:1")
    for new in ("second", "third"):
        await rotate_secret(store, lambda: new)  # noqa: B023 - called at once
        assert (
            (await load_pseudonym_secret(store)).pseudonym("telegram:1")
            == before
            == Secret("first").pseudonym("telegram:1")
        )
        assert (await load_secret(store)).signature("link", "x") == Secret(new).signature("link", "x")
