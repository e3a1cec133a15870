"""The admins' desk on the real bot: ten questions without an answer, versions and files, on the page alone."""

from __future__ import annotations

import html
import re
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from bot.wording import Misses
from tests.e2e.admin_bot import SLOW, new_admin_bot
from tests.e2e.test_stats_on_telegram import browser, link_for, pressed

QUESTIONS = (
    "飞机票多少钱一张", "幼儿园几点放学", "今晚放什么电影", "谁会修电脑", "月亮有多远", "足球赛谁赢了",
    "菜市场在哪里", "怎么办护照", "股票涨了吗", "火车几点到站",
)  # fmt: skip


async def test_an_owner_deals_with_ten_questions_and_goes_back_a_version_on_the_page_alone(tmp_path: Path) -> None:
    async with new_admin_bot(tmp_path) as admin_bot, browser() as page:
        for question in QUESTIONS:
            await admin_bot.web.post("/api/ask", json={"question": question}, timeout=SLOW)
        link = await link_for(admin_bot)
        await pressed(page, link)
        parts = urlsplit(link)
        desk = f"{parts.scheme}://{parts.netloc}/admin/desk"

        async def does(**fields: str) -> str:
            response = await page.post(desk, data=fields, headers={"Sec-Fetch-Site": "same-origin"}, timeout=SLOW)
            assert response.status_code == 200, response.text
            return html.unescape(response.text)

        shown = await does(question="/misses")
        for _ in QUESTIONS:
            shown = await does(action=action_of(shown, Misses.IGNORE))
            if Misses.TITLE.partition("{")[0] not in latest(shown):
                shown = await does(question="/misses")
        assert "没有要处理的问题" in latest(await does(question="/misses"))
        assert "第 1 版" in await does(question="/history")
        exported = await does(question="/export")
        file = await page.get(desk + "/file/0", timeout=SLOW)
        assert "points.yaml" in exported and file.status_code == 200
        forged = await page.post(desk, data={"question": "/reload"}, headers={"Sec-Fetch-Site": "cross-site"})
        assert forged.status_code == httpx.codes.FORBIDDEN


def latest(shown: str) -> str:
    """The reply that the page has shown last."""
    return shown.rpartition('class="exchange"')[2] or shown


def action_of(shown: str, label: str) -> str:
    """What the last button does that begins with ``label``."""
    found: list[tuple[str, str]] = re.findall(
        r'name="action" value="([^"]+)">(?:<span class="number">\d+</span> )?<span class="label">([^<]+)', shown
    )
    return next(action for action, text in reversed(found) if text.startswith(label))
