"""/stats with the real process: text and picture, and the page for admins behind a link that opens once."""

from __future__ import annotations

import html
import re
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
import pytest_asyncio

from bot.access.secret import Secret
from bot.features.admin_login.signed_token import SignedToken, sign_token
from bot.wording import Admin, Insight, Web
from bot.wording import Console as Wording
from tests.e2e.admin_bot import ABOUT_ROAD, ROAD, SLOW, AdminBot, new_admin_bot
from tests.standin.client import User

pytestmark = pytest.mark.asyncio(loop_scope="module")
NOT_SAID = "股票涨了吗"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def admin_bot(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[AdminBot]:
    async with new_admin_bot(tmp_path_factory.mktemp("admin_bot")) as one:
        yield one


async def link_for(admin_bot: AdminBot, who: User | None = None) -> str:
    """The link to the page that the bot gives below /stats."""
    invited = await admin_bot.press(await admin_bot.ask("/stats", by=who), Insight.OPEN, by=who)
    return next(line for line in invited.text.splitlines() if line.startswith("http"))


def browser() -> httpx.AsyncClient:
    """Somebody with a jar of cookies, who comes from nowhere."""
    return httpx.AsyncClient(timeout=SLOW, headers={"Sec-Fetch-Site": "none"})


async def pressed(page: httpx.AsyncClient, link: str, site: str = "same-origin") -> httpx.Response:
    """The button behind ``link`` is pressed on a page of ``site``."""
    address, _, query = link.partition("?")
    return await page.post(address, data={"t": parse_qs(query)["t"][0]}, headers={"Sec-Fetch-Site": site})


def home(link: str) -> str:
    parts = urlsplit(link)
    return f"{parts.scheme}://{parts.netloc}/admin"


def refusals(admin_bot: AdminBot) -> list[tuple[str, ...]]:
    """Who was refused at the page, and why."""
    rows = admin_bot.audited("action", "actor", "detail", allowed=False)
    return [row[1:] for row in rows if row[0] == "console"]


async def test_stats_come_as_text_below_a_picture(admin_bot: AdminBot) -> None:
    assert await admin_bot.answer(ABOUT_ROAD) == ROAD
    assert await admin_bot.answer(NOT_SAID) == ""
    shown = await admin_bot.ask("/stats")
    [call] = await admin_bot.telegram.calls("sendPhoto", chat_id=admin_bot.boss.chat)
    assert call.message.message_id == shown.message_id
    picture = await admin_bot.telegram.download(shown)
    assert picture.startswith(b"\x89PNG")
    width, height = shown.raw["photo"][-1]["width"], shown.raw["photo"][-1]["height"]
    assert width >= 800 and height / width < 20  # Telegram takes no picture of odder proportions
    asked = Insight.ASKED.format(asked=4, answered=2, share="50%", suggested=0, declined=2)
    assert asked in shown.text
    assert "硬化村道12.5公里" in shown.text
    month = await admin_bot.press(shown, Insight.DAYS.format(count=30))
    assert asked in month.text
    assert (await admin_bot.ask("/stats 0")).text == Insight.BAD_DAYS.format(longest=90)


async def test_the_link_opens_the_page_once_and_the_cookie_goes_on(admin_bot: AdminBot) -> None:
    link = await link_for(admin_bot)
    async with browser() as page, browser() as thief:
        knocked = await page.get(link)
        assert (knocked.status_code, Wording.ENTER in knocked.text) == (200, True)
        assert (await page.get(home(link))).status_code == 403
        entered = await pressed(page, link)
        assert (entered.status_code, entered.headers["location"]) == (303, "/admin")
        cookie = entered.headers["set-cookie"].lower()
        assert all(part in cookie for part in ("httponly", "samesite=strict", "path=/admin", "max-age=43200"))
        for address, told in (("", "<svg"), ("/misses", NOT_SAID), ("/versions", "第 1 版"), ("/audit", "书记")):
            shown = await page.get(home(link) + address)
            assert (shown.status_code, told in html.unescape(shown.text)) == (200, True), address
        before = len(refusals(admin_bot))
        for again in (await thief.get(link), await pressed(thief, link), await pressed(page, link)):
            assert (again.status_code, Wording.REFUSALS["used"] in again.text) == (403, True)
        assert refusals(admin_bot)[before:] == [(f"telegram:{admin_bot.boss.id}", Wording.REASONS["used"])] * 3
        assert (await thief.get(home(link))).status_code == 403
        assert (await page.post(f"{home(link)}/leave", headers={"Sec-Fetch-Site": "same-origin"})).status_code == 303
        assert (await page.get(home(link))).status_code == 403
    audit = await admin_bot.ask(f"/audit {admin_bot.boss.id}")
    assert f"✗ 被拒绝 · 打开统计网页：{Wording.REASONS['used']}" in audit.text


async def test_a_page_of_another_site_presses_no_button(admin_bot: AdminBot) -> None:
    link = await link_for(admin_bot)
    async with browser() as page:
        for site in ("cross-site", "same-site"):
            refused = await pressed(page, link, site)
            assert (refused.status_code, Web.CROSS_SITE in refused.text) == (403, True)
        assert (await pressed(page, link)).status_code == 303  # it was not used up


async def test_links_and_cookies_that_were_altered_or_are_too_old_let_nobody_in(admin_bot: AdminBot) -> None:
    link = await link_for(admin_bot)
    address, _, ticket = link.partition("?t=")
    body, _, signature = ticket.partition(".")
    with closing(sqlite3.connect(admin_bot.folder / "data" / "bot.sqlite3")) as database:
        [[kept]] = database.execute("SELECT value FROM settings WHERE owner = 'bot' AND name = 'secret'")
    boss, now = f"telegram:{admin_bot.boss.id}", datetime.now(UTC)
    late = SignedToken(boss, now - timedelta(seconds=1), "n1")
    later = SignedToken(boss, now + timedelta(hours=1), "n2")
    altered = [
        f"{body}.{'0' if signature[0] != '0' else '1'}{signature[1:]}",  # in its last character some bits say nothing
        f"{'A' if body[0] != 'A' else 'B'}{body[1:]}.{signature}",
        sign_token(Secret("guessed"), "link", later),
        sign_token(Secret(kept), "cookie", later),  # a cookie is no link
        body,
        "",
    ]
    before = len(refusals(admin_bot))
    async with browser() as page:
        for forged in altered:
            for refused in (
                await page.get(f"{address}?t={forged}"),
                await pressed(page, f"{address}?t={forged or '-'}"),
            ):
                assert (refused.status_code, Wording.REFUSALS["altered"] in refused.text) == (403, True), forged
        expired = await pressed(page, f"{address}?t={sign_token(Secret(kept), 'link', late)}")
        assert (expired.status_code, Wording.REFUSALS["expired"] in expired.text) == (403, True)
        for value in (
            ticket,
            sign_token(Secret(kept), "cookie", late),
            sign_token(Secret("guessed"), "cookie", later),
        ):
            page.cookies.set("admin", value, path="/admin")
            assert (await page.get(home(link))).status_code == 403
            page.cookies.clear()
        page.cookies.set("admin", sign_token(Secret(kept), "cookie", later), path="/admin")
        assert (await page.get(home(link))).status_code == 200  # what was forged above was wrong in one thing alone
    assert refusals(admin_bot)[before:] == [
        *[("", Wording.REASONS["altered"])] * 12,
        (boss, Wording.REASONS["expired"]),
    ]


async def test_an_editor_enters_but_for_the_audit_log_and_no_longer_than_the_role_lasts(admin_bot: AdminBot) -> None:
    ann = admin_bot.ann
    await admin_bot.ask(f"/grant {ann.id} 编辑")
    link, second = await link_for(admin_bot, ann), await link_for(admin_bot, ann)
    async with browser() as page:
        assert (await pressed(page, link)).status_code == 303
        assert (await page.get(home(link))).status_code == 200
        assert (await page.get(f"{home(link)}/audit")).status_code == 403
        await admin_bot.ask(f"/revoke {ann.id}")
        assert (await page.get(home(link))).status_code == 403
        refused = await pressed(page, second)
        assert (refused.status_code, Wording.REFUSALS["no right"] in refused.text) == (403, True)
    assert refusals(admin_bot)[-2:] == [(f"telegram:{ann.id}", Wording.REASONS["no right"])] * 2
    assert (await admin_bot.ask("/stats", by=ann)).text == Admin.REFUSED
    assert re.search("✗ 被拒绝 · 打开统计网页：没有权限", (await admin_bot.ask(f"/audit {ann.id}")).text)
