"""The chat page in a real browser, with the real conversation behind it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect
from prometheus_client import CollectorRegistry

from bot import wording
from bot.access.roles import RolePolicy
from bot.channels.web.app import build_web
from bot.channels.web.metrics import WebMetrics
from bot.channels.web.server import WebServer
from bot.config import ROOT
from bot.features.answers.null_store import NullStore
from bot.knowledge.load import load
from bot.library import Library
from bot.retrieval.index.tokenizer import shared_tokenizer
from bot.retrieval.retriever import Retriever
from bot.wiring import make_router
from tests.e2e.browser import contrasts, open_browser, overlap, small_targets, watched_page, width_beyond

pytestmark = pytest.mark.asyncio(loop_scope="module")

PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}
DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}
REPLIES = "#log .exchange:not(.pending)"  # what was asked already stands in the log while its reply is on the way
TEXTS = [
    ".top h1, .top-name", ".top p", ".top-link", ".text", ".note", ".words", ".block-title", ".quote", "mark",
    ".citation", ".citation a", ".chip", ".option", ".number", ".tool", ".send", ".face.bot", ".face.me", ".toast",
    "#question", ".section-list a", ".section-list .count", ".point-list h2", ".quote-line", ".source p",
    ".main-link", ".beside a", ".sheet h1",
]  # fmt: skip


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with open_browser() as opened:
        yield opened


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def site() -> AsyncIterator[str]:
    """The address of the page, served for this module."""
    retriever = Retriever(load(ROOT / "knowledge"), shared_tokenizer())
    nowhere = NullStore()
    rights = RolePolicy((), nowhere)
    at = datetime(2026, 11, 25, tzinfo=UTC)
    chat = make_router(Library(retriever), nowhere, lambda: at, "t", rights=rights, audit=nowhere)

    async def healthy() -> bool:
        return True

    app = build_web(
        chat,
        knowledge=lambda: retriever.knowledge,
        probe=healthy,
        storage=NullStore().ping,
        metrics=WebMetrics(CollectorRegistry()),
    )
    server = WebServer(app, "127.0.0.1", 0)
    stop = asyncio.Event()
    running = asyncio.create_task(server.run(stop))
    await server.started.wait()
    yield server.url
    stop.set()
    await running


@asynccontextmanager
async def opened(browser: Browser, address: str, **device: Any) -> AsyncIterator[Page]:
    """A page at ``address``; at the end nothing may have been complained about."""
    async with watched_page(browser, **device) as page:
        await page.goto(address)
        yield page


async def say(page: Page, text: str) -> None:
    """Type ``text`` and send it; returns when the reply stands there."""
    replies = page.locator(REPLIES)
    await expect(page.locator(".pending")).to_have_count(0)  # a reply that came now would be taken for this one's
    before = await replies.count()
    await page.locator("#question").fill(text)
    await page.locator(".send").click()
    await expect(replies).to_have_count(before + 1)


async def test_a_member_asks_on_a_phone_and_sees_the_passage(browser: Browser, site: str, tmp_path: Path) -> None:
    async with opened(browser, site, **PHONE) as page:
        await expect(page.locator(".chip")).to_have_count(4)  # three examples and the outline
        await page.screenshot(path=tmp_path / "greeting.png")
        await say(page, "地区生产总值增长了多少?")
        last = page.locator("#log .exchange").last
        await expect(last.locator(".words")).to_have_text("地区生产总值增长了多少?")
        await expect(last.locator(".quote")).to_contain_text("增长18.7%")
        await expect(last.locator(".citation")).to_contain_text("第一部分·一是加快结构调整")
        await expect(last.locator(".tool").last).to_be_in_viewport()
        await expect(page.locator("#question")).to_be_focused()
        await expect(page.locator("#question")).to_have_value("")
        await page.screenshot(path=tmp_path / "answer.png")
        assert await width_beyond(page) == 0
        assert await small_targets(page) == []
        link = await last.locator(".citation a").get_attribute("href")
        for address in (link, "/outline", "/outline/2.2"):
            await page.goto(site.rstrip("/") + (address or ""))
            assert await small_targets(page) == [], address


async def test_everything_on_the_card_can_be_tapped(browser: Browser, site: str) -> None:
    async with opened(browser, site, **PHONE) as page:
        await page.locator(".chip").first.tap()
        await expect(page.locator(REPLIES)).to_have_count(2)
        await say(page, "地区生产总值增长了多少?")
        card = page.locator("#log .exchange").nth(2)
        await card.locator(".tool").first.tap()
        await expect(page.locator("#toast")).to_have_text(wording.THANKS_HELPFUL)
        await expect(page.locator("#log .exchange")).to_have_count(3)
        await card.locator(".chip").first.tap()
        await expect(page.locator("#log .exchange")).to_have_count(4)
        await card.locator(".tool").last.tap()
        await expect(page.locator("#log .exchange")).to_have_count(5)
        in_context = page.locator("#log .exchange").last.locator("mark")  # answers may have marks of their own
        await expect(in_context).to_contain_text("增长18.7%")
        await expect(in_context).to_be_in_viewport()
        await page.reload()
        await expect(page.locator("#log .exchange")).to_have_count(5)


async def test_a_judgement_shows_that_it_was_given_and_no_notice_covers_it(
    browser: Browser, site: str, tmp_path: Path
) -> None:
    async with opened(browser, site, **PHONE) as page:
        for question in ("地区生产总值增长了多少?", "什么是三级联创", "地区生产总值增长了多少?"):
            await say(page, question)
        card = page.locator("#log .exchange").nth(2)  # with enough before and behind it to scroll
        tools = card.locator(".tools")
        below = page.locator("#log .tools").nth(2)
        up = card.get_by_role("button", name=wording.Web.HELPFUL, exact=True)
        down = card.get_by_role("button", name=wording.Web.UNHELPFUL, exact=True)
        toast = page.locator("#toast")
        color = "node => getComputedStyle(node).color"
        plain = await up.evaluate(color)
        for at in ("end", "start"):  # the tools low in the window, and high
            await tools.evaluate("(node, block) => node.scrollIntoView({ block })", at)
            await up.tap()
            await expect(toast).to_have_text(wording.THANKS_HELPFUL)
            await expect(up).to_have_attribute("aria-pressed", "true")
            await expect(down).to_have_attribute("aria-pressed", "false")
            assert await up.evaluate(color) != plain and await down.evaluate(color) == plain
            assert await overlap(toast, tools) == await overlap(toast, below) == 0
            await expect(toast).to_be_in_viewport(ratio=1)
            await down.tap()
            await expect(toast).to_have_text(wording.THANKS_UNHELPFUL)
            await expect(down).to_have_attribute("aria-pressed", "true")
            await expect(up).to_have_attribute("aria-pressed", "false")
            assert await overlap(toast, tools) == await overlap(toast, below) == 0
            await expect(toast).to_be_in_viewport(ratio=1)
            await page.screenshot(path=tmp_path / f"{at}.png")
        await page.reload()
        await expect(down).to_have_attribute("aria-pressed", "true")
        await down.tap()
        await expect(toast).to_have_text(wording.FEEDBACK_DROPPED)
        await expect(down).to_have_attribute("aria-pressed", "false")
        await page.reload()
        await expect(down).to_have_attribute("aria-pressed", "false")


async def test_an_earlier_choice_can_be_picked_by_its_number(browser: Browser, site: str) -> None:
    async with opened(browser, site, **PHONE) as page:
        await say(page, "目录")
        assert await page.locator(".option").count() > 3
        await say(page, "1")
        await expect(page.locator("#log .exchange").last.locator(".block-title")).to_have_text("开头")


async def test_without_javascript_it_is_the_same_conversation(browser: Browser, site: str) -> None:
    async with opened(browser, site, **PHONE, java_script_enabled=False) as page:
        await say(page, "地区生产总值增长了多少?")
        await expect(page.locator("#latest .quote")).to_contain_text("增长18.7%")
        await expect(page.locator("#latest .words")).to_be_in_viewport()
        await page.locator("#latest .tool").first.tap()
        await expect(page.locator("#toast")).to_have_text(wording.THANKS_HELPFUL)
        await page.locator("#latest .tool").last.tap()
        await expect(page.locator("#latest mark")).to_contain_text("增长18.7%")
        await expect(page.locator("#log .exchange")).to_have_count(3)


async def test_the_keyboard_alone_is_enough(browser: Browser, site: str) -> None:
    async with opened(browser, site, **DESK) as page:
        await page.keyboard.press("Tab")
        await expect(page.locator(".skip")).to_be_focused()
        await expect(page.locator(".skip")).to_be_in_viewport()
        await page.keyboard.press("Enter")
        await expect(page.locator("#question")).to_be_focused()
        await page.keyboard.type("地区生产总值增长了多少?")
        await page.keyboard.press("Enter")
        await expect(page.locator("#log .exchange")).to_have_count(2)
        await expect(page.locator(".tool").last).to_be_visible()
        await page.keyboard.press("Shift+Tab")
        await expect(page.locator(".tool").last).to_be_focused()
        outline = await page.locator(".tool").last.evaluate("node => getComputedStyle(node).outlineStyle")
        assert outline == "solid"
        await page.keyboard.press("Enter")
        await expect(page.locator("#log .passage mark")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_all_text_stands_out_from_its_ground(browser: Browser, site: str, scheme: Any, tmp_path: Path) -> None:
    seen: set[str] = set()
    async with opened(browser, site, **DESK, color_scheme=scheme) as page:
        await say(page, "地区生产总值增长了多少?")
        await page.locator(".tool").first.click()
        await expect(page.locator("#toast")).not_to_be_empty()
        await page.locator(".tool").last.click()
        await expect(page.locator("#log .passage mark")).to_be_visible()
        await say(page, "目录")
        await page.screenshot(path=tmp_path / "chat.png")
        section = await page.locator(".section-list a").first.get_attribute("href")
        link = await page.locator(".citation a").first.get_attribute("href")
        for address in (None, section, link):
            if address:
                await page.goto(site.rstrip("/") + address)
            ratios = await contrasts(page, TEXTS)
            assert {name: ratio for name, ratio in ratios.items() if ratio < 4.5} == {}
            seen |= ratios.keys()
        assert set(TEXTS) <= seen


@pytest.mark.parametrize("width", [320, 390, 640, 768, 1024, 1280])
async def test_no_page_scrolls_sideways(browser: Browser, site: str, width: int) -> None:
    async with opened(browser, site, viewport={"width": width, "height": 568}) as page:
        await say(page, "很长的词" + "x" * 200)
        await say(page, "地区生产总值增长了多少?")
        await say(page, "目录")
        assert await width_beyond(page) == 0
        section = await page.locator(".section-list a").last.get_attribute("href")
        link = await page.locator(".citation a").first.get_attribute("href")
        for address in ("/outline", section, link):
            await page.goto(site.rstrip("/") + (address or ""))
            assert await width_beyond(page) == 0, address


async def test_a_reader_with_twice_the_font_size_gets_twice_the_size(browser: Browser, site: str) -> None:
    async with opened(browser, site, **PHONE) as page:
        size = "node => parseFloat(getComputedStyle(node).fontSize)"
        before = await page.locator(".text").first.evaluate(size)
        await page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
        assert await page.locator(".text").first.evaluate(size) == 2 * before
        assert await page.locator("#question").evaluate(size) == 2 * before
        assert await width_beyond(page) == 0
        await expect(page.locator(".send")).to_be_in_viewport(ratio=1)


SMALL = {"width": 360, "height": 640}
SCREENS = [SMALL, PHONE["viewport"], DESK["viewport"]]
TWICE = "document.addEventListener('DOMContentLoaded', () => document.documentElement.style.fontSize = '200%')"
NARROW = """
(selector) => [...document.querySelectorAll(selector)]
  .filter((node) => node.getClientRects().length && node.textContent.trim().length > 3)
  .filter((node) => node.getBoundingClientRect().width < 4 * parseFloat(getComputedStyle(node).fontSize))
  .map((node) => node.outerHTML.slice(0, 80))
"""


@asynccontextmanager
async def enlarged(browser: Browser, address: str, screen: dict[str, int], **device: Any) -> AsyncIterator[Page]:
    """A page for a reader with twice the font size."""
    async with opened(browser, "about:blank", viewport=screen, **device) as page:
        await page.add_init_script(TWICE)
        await page.goto(address)
        yield page


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: f"{screen['width']}x{screen['height']}")
async def test_with_twice_the_font_size_three_quarters_of_the_screen_are_left_to_read(
    browser: Browser, site: str, screen: dict[str, int], tmp_path: Path
) -> None:
    async with enlarged(browser, site, screen) as page:
        await say(page, "地区生产总值增长了多少?")
        link = await page.locator("#log .citation a").first.get_attribute("href")
        fixed = await height(page, ".top") + await height(page, ".composer")
        assert fixed <= screen["height"] / 4
        assert await page.evaluate(NARROW, ".top-title h1, .words, .block-title, .quote, .text") == []
        for address in ("/", "/outline", "/outline/2.2", link or ""):
            await page.goto(site.rstrip("/") + address)
            assert await width_beyond(page) == 0, address
            assert await height(page, ".top") <= screen["height"] / 4, address
            assert await page.evaluate(NARROW, ".top-title h1, .top-name, .sheet h1, .label") == [], address
            assert await small_targets(page) == [], address
            await page.screenshot(path=tmp_path / f"{address.strip('/').replace('/', '-') or 'chat'}.png")


@pytest.mark.parametrize("part", [0.6, 0.75, 1.3])
@pytest.mark.parametrize(
    ("large", "asked"), [(False, "地区生产总值增长了多少?"), (True, "谢谢")], ids=["usual", "large"]
)
async def test_nothing_of_an_answer_hides_below_the_header_or_the_input(
    browser: Browser, site: str, part: float, large: bool, asked: str
) -> None:
    """``part`` is what the exchange takes of the screen."""
    calm: dict[str, Any] = {"reduced_motion": "reduce"}
    device = enlarged(browser, site, SMALL, **calm) if large else opened(browser, site, viewport=SMALL, **calm)
    async with device as page:
        for _ in range(2):
            await say(page, asked)
        last = page.locator("#log .exchange").last
        box = await last.bounding_box()
        assert box is not None
        await page.set_viewport_size({"width": SMALL["width"], "height": round(box["height"] / part)})
        await say(page, asked)
        upper, lower = await edges(page)
        shown = await last.bounding_box()
        assert shown is not None
        assert upper <= shown["y"] + 1
        if shown["height"] <= lower - upper - 16:
            assert shown["y"] + shown["height"] <= lower
        else:  # from its beginning, and its end can be reached
            assert shown["y"] <= upper + 16
        await page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
        shown = await last.bounding_box()
        assert shown is not None and shown["y"] + shown["height"] <= (await edges(page))[1]


async def height(page: Page, selector: str) -> float:
    box = await page.locator(selector).bounding_box()
    assert box is not None
    return box["height"]


async def edges(page: Page) -> tuple[float, float]:
    """Where the header ends and the input begins, in CSS pixels from the window's top."""
    header, composer = await page.locator(".top").bounding_box(), await page.locator(".composer").bounding_box()
    assert header is not None and composer is not None
    return max(0, header["y"] + header["height"]), composer["y"]  # in a low window the header scrolls away


@pytest.mark.parametrize("script", [True, False])
async def test_a_question_may_have_several_lines(browser: Browser, site: str, script: bool) -> None:
    async with opened(browser, site, **DESK, java_script_enabled=script) as page:
        field = page.locator("#question")
        one = await height(page, "#question")
        await field.fill("请问\n地区生产总值")
        await field.press("End")
        await field.press("Shift+Enter")
        await page.keyboard.type("增长了多少?")
        assert await field.input_value() == "请问\n地区生产总值\n增长了多少?"
        assert one * 1.8 < await height(page, "#question") < one * 4
        await (field.press("Enter") if script else page.locator(".send").click())
        await expect(page.locator("#log .quote").last).to_contain_text("增长18.7%")
        await expect(page.locator(REPLIES)).to_have_count(2)
        assert await height(page, "#question") == one
        await page.goto(site)
        assert await page.locator("#log .words").inner_text() == "请问\n地区生产总值\n增长了多少?"


async def test_enter_only_takes_the_characters_that_are_being_composed(browser: Browser, site: str) -> None:
    async with opened(browser, site, **DESK) as page:
        await page.locator("#question").fill("什么是三级联创")
        await page.locator("#question").dispatch_event("keydown", {"key": "Enter", "isComposing": True})
        await expect(page.locator("#log .exchange")).to_have_count(1)
        await page.locator("#question").press("Enter")
        await expect(page.locator(REPLIES)).to_have_count(2)


async def test_the_outline_stands_beside_the_chat_where_there_is_room(browser: Browser, site: str) -> None:
    async with opened(browser, site, **DESK) as page:
        await expect(page.locator(".sections")).to_be_visible()
        width = await page.locator("main").evaluate("node => node.getBoundingClientRect().width")
        assert width <= 720
        await page.locator(".sections a").first.click()
        await page.locator(".point-list a").first.click()
        await expect(page.locator(".source mark").first).to_be_in_viewport()
        await page.locator('[rel="next"]').click()
        await expect(page.locator(".source mark").first).to_be_in_viewport()
    async with opened(browser, site, **PHONE) as page:
        await expect(page.locator(".sections")).to_be_hidden()


async def test_what_was_typed_is_kept_when_the_network_fails_and_can_be_sent_again(browser: Browser, site: str) -> None:
    context = await browser.new_context(**PHONE)
    page = await context.new_page()
    await page.goto(site)
    await page.route("**/chat", lambda route: route.abort())
    await page.locator("#question").fill("地区生产总值增长了多少?")
    await page.locator(".send").tap()
    await expect(page.locator(".failed")).to_contain_text("没有发出去")
    await expect(page.locator("#question")).to_have_value("地区生产总值增长了多少?")
    await page.unroute("**/chat")
    await page.locator(".retry").tap()
    await expect(page.locator("#log .quote")).to_contain_text("增长18.7%")
    await expect(page.locator("#question")).to_have_value("")
    await expect(page.locator("#log .exchange")).to_have_count(2)
    await expect(page.locator(".failed")).to_have_count(0)
    await context.close()


async def test_a_page_of_a_networks_login_is_no_reply(browser: Browser, site: str) -> None:
    async with opened(browser, site, **PHONE) as page:
        await page.route("**/chat", lambda route: route.fulfill(status=200, body="<h1>请先登录 Wi-Fi</h1>"))
        await page.locator("#question").fill("地区生产总值增长了多少?")
        await page.locator(".send").tap()
        await expect(page.locator(".failed")).to_contain_text("没有发出去")
        await expect(page.locator("#question")).to_have_value("地区生产总值增长了多少?")
        await page.unroute("**/chat")
        await page.locator(".retry").tap()
        await expect(page.locator("#log .quote")).to_contain_text("增长18.7%")
        await expect(page.locator("#log .exchange")).to_have_count(2)


async def test_a_reply_that_cannot_be_shown_holds_up_no_other(browser: Browser, site: str) -> None:
    context = await browser.new_context(**PHONE)
    page = await context.new_page()
    await page.goto(site)
    held = asyncio.Event()

    async def hold(route: Any) -> None:
        await held.wait()
        await route.continue_()

    await page.route("**/chat", hold)
    await page.locator("#question").fill("地区生产总值增长了多少?")
    await page.locator(".send").tap()
    await page.locator(".pending .reply").evaluate("node => node.remove()")  # as a browser's extension may
    held.set()
    await expect(page.locator(".failed .retry")).to_be_visible()
    await say(page, "什么是三级联创")
    await expect(page.locator("#log .quote").first).to_contain_text("三级联创")
    await page.locator(".retry").tap()
    await expect(page.locator("#log .quote").last).to_contain_text("增长18.7%")
    await context.close()


async def test_the_question_stands_there_at_once_while_the_answer_is_looked_for(browser: Browser, site: str) -> None:
    async with opened(browser, site, **PHONE) as page:
        held = asyncio.Event()

        async def hold(route: Any) -> None:
            await held.wait()
            await route.continue_()

        await page.route("**/chat", hold)
        await page.locator("#question").fill("<b>地区生产总值</b>增长了多少?")
        await page.locator(".send").tap()
        await expect(page.locator(".pending .words")).to_have_text("<b>地区生产总值</b>增长了多少?")
        await expect(page.locator(".waiting")).to_have_text("正在查找…")
        held.set()
        await expect(page.locator(".waiting")).to_have_count(0)
        await expect(page.locator("#log .exchange")).to_have_count(2)
        assert await page.locator("#log").get_attribute("aria-live") == "polite"


async def test_a_question_reads_as_it_was_meant_whatever_direction_marks_it_carries(
    browser: Browser, site: str
) -> None:
    async with opened(browser, site, **PHONE) as page:
        await say(page, "\u202e三级\u2066联创")
        await expect(page.locator("#log .words")).to_have_text("三级联创")
        assert await page.locator("#log .words").text_content() == "三级联创"
        await page.reload()
        assert await page.locator("#log .words").text_content() == "三级联创"


async def test_a_long_paste_leaves_its_reply_in_view(browser: Browser, site: str) -> None:
    async with opened(browser, site, **PHONE) as page:
        await say(page, "关于今后的工作我想问" * 60)
        last = page.locator("#log .exchange").last
        await expect(last.locator(".reply .text")).to_be_in_viewport(ratio=1)
        await expect(last.locator(".said")).to_be_in_viewport(ratio=1)
        assert await last.locator(".words").evaluate("node => node.scrollHeight > node.clientHeight")
        assert await width_beyond(page) == 0


@pytest.mark.parametrize("script", [True, False])
async def test_a_passage_that_is_read_can_be_asked_about_with_one_press(
    browser: Browser, site: str, script: bool
) -> None:
    async with opened(browser, site, **PHONE, java_script_enabled=script) as page:
        await say(page, "地区生产总值增长了多少?")
        await say(page, "什么是三级联创")
        link = await page.locator("#log .citation a").last.get_attribute("href")
        await page.goto(site.rstrip("/") + (link or ""))
        await page.locator(".main-link").tap()
        await expect(page.locator(REPLIES)).to_have_count(4)
        last = page.locator("#log .exchange").last
        await expect(last.locator(".quote")).to_contain_text("三级联创")
        await expect(last.locator(".said")).to_be_in_viewport(ratio=1)
        await expect(last.locator(".quote")).to_be_in_viewport()
        if script:
            await page.reload()
            await expect(page.locator(REPLIES)).to_have_count(4)


async def test_calm_readers_see_nothing_move(browser: Browser, site: str) -> None:
    async with opened(browser, site, **PHONE, reduced_motion="reduce") as page:
        await say(page, "地区生产总值增长了多少?")
        moving = "() => document.getAnimations().length"
        assert await page.evaluate(moving) == 0


async def test_every_control_has_a_name_and_every_page_its_landmarks(browser: Browser, site: str) -> None:
    async with opened(browser, site, **DESK) as page:
        await say(page, "地区生产总值增长了多少?")
        tree = await page.locator("body").aria_snapshot()
        for landmark in ("banner", "main", 'navigation "目录"', 'log "对话"', 'textbox "输入问题"', 'button "发送"'):
            assert landmark in tree, tree
        assert not re.search(r"- (button|link|textbox)( \[.*\])?:?$", tree, re.MULTILINE), tree
