"""The page for admins in a real browser: on a phone and on a desk, in the light and in the dark."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, FilePayload, Page, expect
from prometheus_client import CollectorRegistry

from bot.channels.web.admin.ports import AdminPageData, AuditTableRow, UnansweredGroup, VersionTableRow
from bot.channels.web.app import build_web
from bot.channels.web.metrics import WebMetrics
from bot.channels.web.server import WebServer
from bot.conversation.messages import Choice, Incoming, Part, Reply, say
from bot.records.statistics import Accuracy, DayFigures, Figures
from bot.wording import Console as Wording
from tests.e2e.browser import contrasts, open_browser, small_targets, watched_page, width_beyond
from tests.unit.channels.web_support import KNOWLEDGE, Talk, healthy, storing
from tests.unit.features.fakes import Gate
from tests.unit.library import NOON

pytestmark = pytest.mark.asyncio(loop_scope="module")

DEVICES: list[dict[str, Any]] = [
    {"viewport": {"width": 320, "height": 640}, "is_mobile": True, "has_touch": True, "color_scheme": "dark"},
    {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True},
    {"viewport": {"width": 1280, "height": 800}},
]
PAGES = [
    "/admin",
    "/admin?days=30",
    "/admin?days=90",
    "/admin/misses",
    "/admin/versions",
    "/admin/document",
    "/admin/audit",
]
TEXTS = [
    ".text", ".note", ".tabs a", ".spans a", ".tiles dt", ".tiles dd", "summary", ".chart th", ".chart td",
    ".refused", "time", ".leave", ".count", "h1", "h2",
]  # fmt: skip
LONG = "一个长得在手机上一行放不下的标题，还要再长一些"


async def _figures(days: int) -> Figures:
    return Figures(
        tuple(DayFigures((NOON - timedelta(days=ago)).date(), 12_345, 1, 300, 44) for ago in reversed(range(days))),
        active=8,
        top=((LONG, 1_234_567), ("水稻", 3)),
        weakest=(Accuracy(LONG, 1, 3), Accuracy("学校", 3, 3)),
        quiz=6,
        quiz_right=4,
        misses=3,
    )


async def _misses() -> Sequence[UnansweredGroup]:
    return [UnansweredGroup((LONG, "几点开课"), 12, LONG), UnansweredGroup(("字" * 300,), 1)]


async def _versions() -> Sequence[VersionTableRow]:
    return [VersionTableRow(3, NOON, "telegram:12345", LONG, "新增 1 个要点\n改了 2 个要点")]


async def _audits() -> Sequence[AuditTableRow]:
    return [AuditTableRow(NOON, "", LONG, "x" * 200, allowed=False)]


async def _converse(incoming: Incoming) -> Reply:
    if incoming.document is None:
        return say(f"收到 {incoming.action}")
    size = len(await incoming.document.read())
    return Reply((Part("text", f"《{incoming.document.name}》{size}\n{LONG}"),), (Choice("应用", "a:ra-c1"),))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with open_browser() as opened:
        yield opened


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def site() -> AsyncIterator[tuple[str, Gate]]:
    """The address of a page for admins, and who lets people in."""
    gate = Gate()
    app = build_web(
        Talk(),
        knowledge=lambda: KNOWLEDGE,
        probe=healthy,
        storage=storing,
        metrics=WebMetrics(CollectorRegistry()),
        console=AdminPageData(gate.login, _figures, "Asia/Shanghai", _misses, _versions, _audits, _converse),
    )
    server = WebServer(app, "127.0.0.1", 0)
    stop = asyncio.Event()
    running = asyncio.create_task(server.run(stop))
    await server.started.wait()
    yield server.url.rstrip("/"), gate
    stop.set()
    await running


@asynccontextmanager
async def entered(browser: Browser, site: tuple[str, Gate], **device: Any) -> AsyncIterator[Page]:
    """A page on which an owner has pressed the button behind a link; at the end nothing was complained about."""
    address, gate = site
    async with watched_page(browser, **device) as page:
        await page.goto(f"{address}/admin/enter?t={gate.login.issue_link('telegram:1')}")
        assert await small_targets(page) == []
        await page.get_by_role("button", name=Wording.ENTER).click()
        await expect(page.get_by_role("img")).to_have_count(4)
        await page.wait_for_load_state("load")  # with its style sheets
        yield page


@pytest.mark.parametrize("device", DEVICES, ids=["small-dark", "phone", "desk"])
async def test_every_page_fits_the_screen_and_is_readable_and_can_be_tapped(
    browser: Browser, site: tuple[str, Gate], device: dict[str, Any]
) -> None:
    async with entered(browser, site, **device) as page:
        for address in PAGES:
            await page.goto(site[0] + address)
            for details in await page.locator("summary").all():
                await details.click()
            assert await width_beyond(page) == 0, address
            assert await small_targets(page) == [], address
            assert {name: ratio for name, ratio in (await contrasts(page, TEXTS)).items() if ratio < 4.5} == {}, address


@pytest.mark.parametrize("device", DEVICES, ids=["small-dark", "phone", "desk"])
async def test_a_document_is_chosen_read_and_applied(
    browser: Browser, site: tuple[str, Gate], device: dict[str, Any]
) -> None:
    async with entered(browser, site, java_script_enabled=False, **device) as page:
        await page.goto(f"{site[0]}/admin/document")
        document = FilePayload(name="守则.docx", mimeType="application/octet-stream", buffer=b"x" * 300_000)
        await page.get_by_label(Wording.DOCUMENT_FILE).set_input_files(document)
        await page.get_by_role("button", name=Wording.DOCUMENT_READ).click()
        await expect(page.get_by_role("status")).to_contain_text("《守则.docx》300000")
        assert await width_beyond(page) == 0
        assert await small_targets(page) == []
        assert {name: ratio for name, ratio in (await contrasts(page, TEXTS)).items() if ratio < 4.5} == {}
        await page.get_by_role("button", name="应用").click()
        await expect(page.get_by_role("status")).to_contain_text("收到 a:ra-c1")


async def test_the_pages_work_without_javascript_and_lead_to_each_other_and_out(
    browser: Browser, site: tuple[str, Gate]
) -> None:
    async with entered(browser, site, java_script_enabled=False) as page:
        assert page.url == f"{site[0]}/admin"  # the link stands in no address any more
        for label in (Wording.MISSES, Wording.VERSIONS, Wording.AUDIT, Wording.FIGURES):
            await page.get_by_role("link", name=label, exact=True).click()
            await expect(page.locator(".tabs [aria-current]")).to_have_text(label)
        await page.get_by_role("link", name=Wording.DAYS.format(count=30)).click()
        await expect(page.locator("h1")).to_contain_text("近 30 天")
        await page.get_by_role("button", name=Wording.LEAVE).click()
        await page.wait_for_url(f"{site[0]}/")
        assert [cookie["name"] for cookie in await page.context.cookies(f"{site[0]}/admin")] == []


async def test_bars_have_their_colours_and_numbers_their_room(browser: Browser, site: tuple[str, Gate]) -> None:
    async with entered(browser, site, **DEVICES[1]) as page:
        fills = await page.evaluate(
            "['answered', 'declined', 'active', 'track'].map((name) =>"
            " getComputedStyle(document.querySelector('svg .' + name)).fill)"
        )
        assert len(set(fills)) == 4 and "rgb(0, 0, 0)" not in fills
        apart = await page.evaluate(
            "[...document.querySelectorAll('svg')].every((svg) => {"
            " const boxes = [...svg.querySelectorAll('text')].map((text) => text.getBoundingClientRect());"
            " return boxes.every((a, i) => boxes.every((b, j) => i === j || a.right <= b.left + 1 ||"
            "  b.right <= a.left + 1 || a.bottom <= b.top + 6 || b.bottom <= a.top + 6)); })"
        )
        assert apart  # as measured with the browser's own fonts
