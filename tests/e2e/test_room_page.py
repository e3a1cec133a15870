"""A live room in real browsers on the real bot: wall, host and two players at once, from the lobby to the podium."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any, Literal

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from bot.wording import Rooms, Web
from tests.e2e.browser import open_browser, serious_faults, small_targets, width_beyond
from tests.e2e.test_accessibility import TWICE
from tests.e2e.test_study_room import DESK, PHONE, SMALL, introduce, served, shoot, visitor

pytestmark = pytest.mark.asyncio(loop_scope="module")

PATIENCE = 20_000  # milliseconds, on a busy machine
TEAMS = ("第一支部", "第二支部")


TINY = """
(least) => [...document.querySelectorAll("main *, header *")]
  .filter((node) => [...node.childNodes].some((child) => child.nodeType === 3 && child.textContent.trim()))
  .filter((node) => node.getClientRects().length && !node.closest(".unseen"))
  .filter((node) => parseFloat(getComputedStyle(node).fontSize) < least)
  .map((node) => "too small: " + node.outerHTML.slice(0, 80))
"""
OVERLAPPING = """
() => {
  const found = [];
  for (const option of document.querySelectorAll(".choice, .answer")) {
    const shown = [...option.children].filter((node) => node.getClientRects().length && node.textContent.trim());
    const boxes = shown.map((node) => {
      const range = document.createRange();
      range.selectNodeContents(node);
      return [...range.getClientRects()].filter((box) => box.width > 1 && box.height > 1);
    });
    boxes.forEach((first, at) => boxes.slice(at + 1).forEach((second) => {
      const meet = (one, other) => one.left < other.right - 1 && other.left < one.right - 1
        && one.top < other.bottom - 1 && other.top < one.bottom - 1;
      if (first.some((one) => second.some((other) => meet(one, other)))) found.push("overlap: " + option.textContent);
    }));
  }
  return found;
}
"""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with open_browser() as opened:
        yield opened


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def address(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    """The page of a bot that all tests of this file share."""
    async with served(tmp_path_factory.mktemp("bot")) as (found, _):
        yield found


class Hall:
    """A room with everybody in it. ``path`` is the address of its players."""

    def __init__(self, wall: Page, host: Page, ann: Page, ben: Page, path: str) -> None:
        self.wall = wall
        self.host = host
        self.ann = ann
        self.ben = ben
        self.path = path

    @property
    def pages(self) -> dict[str, Page]:
        return {"wall": self.wall, "host": self.host, "ann": self.ann, "ben": self.ben}

    async def press(self, name: str) -> None:
        """The host presses a button."""
        await self.host.get_by_role("button", name=name, exact=True).click()

    async def all_show(self, phase: str) -> None:
        for page in self.pages.values():
            await expect(page.locator("#room")).to_have_attribute("data-phase", phase, timeout=PATIENCE)


async def open_room(host: Page, address: str, name: str, *, count: int = 3, teams: bool = True) -> str:
    """A member opens a room by taps, from the study room; gives the address of its players."""
    await host.goto(f"{address}/study")
    await introduce(host, name)
    await host.get_by_role("link", name=Web.STUDY_ROOM).click()
    await host.locator("[name=questions]").fill(str(count))
    await host.locator("[name=seconds]").fill("90")
    if teams:
        await host.locator("summary").click()
        await host.locator("[name=teams]").fill("\n".join(TEAMS))
    await host.get_by_role("button", name=Rooms.OPEN_BUTTON).click()
    await expect(host).to_have_url(re.compile(r"/room/\d{6}/host$"), timeout=PATIENCE)
    return host.url.removesuffix("/host")


async def join(page: Page, path: str, name: str, team: str = "") -> None:
    await page.goto(path)
    await page.locator("[name=name]").fill(name)
    if team:
        await page.get_by_label(team).check()
    await page.get_by_role("button", name=Rooms.JOIN, exact=True).click()
    await expect(page.locator("#room")).to_have_attribute("data-view", "player", timeout=PATIENCE)


async def answer(page: Page, index: int) -> None:
    """Choose one option, and hand it in if there may be several."""
    await page.locator(".answer").nth(index).click()
    if await page.locator(".answer input").count():
        await page.get_by_role("button", name=Rooms.HAND_IN).click()
    await expect(page.locator(".answer.chosen")).to_have_count(1, timeout=PATIENCE)


async def faults_of(page: Page) -> list[str]:
    """What is wrong with a screen, whatever it shows."""
    small = [one for one in await small_targets(page) if 'type="checkbox"' not in one and 'type="radio"' not in one]
    found = await serious_faults(page) + small  # the label around it is what is tapped
    if await width_beyond(page) > 0:
        found.append("wider than the screen")
    found += await page.evaluate(OVERLAPPING)
    if page.viewport_size == DESK["viewport"]:  # the wall: read from ten metres
        found += await page.evaluate(TINY, 24)
    return found


@asynccontextmanager
async def away(browser: Browser, **device: Any) -> AsyncIterator[Page]:
    """A page whose complaints about a network that is gone are expected."""
    context = await browser.new_context(locale="zh-CN", **device)
    try:
        page = await context.new_page()
        page.set_default_timeout(15_000)
        yield page
    finally:
        await context.close()


@asynccontextmanager
async def hall(
    browser: Browser, address: str, host_name: str, *, large: bool = False, **ways: Any
) -> AsyncIterator[Hall]:
    """A wall, a host and two players in the lobby; with ``large`` all with twice the text."""
    async with AsyncExitStack() as stack:
        pages = []
        for device in (DESK, PHONE, PHONE, SMALL):
            page = await stack.enter_async_context(visitor(browser, "about:blank", **device, **ways))
            if large:
                await page.add_init_script(TWICE)
            pages.append(page)
        wall, host, ann, ben = pages
        path = await open_room(host, address, host_name)
        await wall.goto(f"{path}/wall")
        await join(ann, path, "安安", TEAMS[0])
        await join(ben, path, "本本", TEAMS[1])
        await expect(wall.locator(".name-tag")).to_have_text(["安安", "本本"])
        yield Hall(wall, host, ann, ben, path)


async def test_a_whole_game_is_played_by_taps(browser: Browser, address: str) -> None:
    async with hall(browser, address, "主持甲") as room:
        await expect(room.host.locator(".player")).to_have_count(2)
        await room.press(Rooms.START)
        for number in (1, 2, 3):
            await room.all_show("question")
            for page in room.pages.values():
                await expect(page.locator(".ordinal").first).to_contain_text(f"第 {number}/3 题")
            await answer(room.ann, 0)
            await expect(room.wall.locator(".answered-count").first).to_have_text("1/2 人已答")
            await expect(room.wall.locator(".choice.right")).to_have_count(0)
            await answer(room.ben, 1)
            await room.all_show("reveal")  # by itself, as everybody has answered
            await expect(room.wall.locator(".choice.right").first).to_be_visible()
            for page in (room.ann, room.ben):
                await expect(page.locator("[data-verdict]")).to_have_text(re.compile("答对了|答错了"))
            await room.press(Rooms.NEXT if number < 3 else Rooms.FINISH)
        await room.all_show("ended")
        await expect(room.wall.locator(".step")).to_have_count(2)
        await expect(room.ann.locator(".final")).to_have_text(re.compile(r"您第 [12] 名，\d+ 分"))
        await expect(room.wall.locator(".team-standings .standing:visible")).to_have_count(2)


async def test_a_phone_that_reloads_loses_its_network_or_is_closed_is_back_in_its_place(
    browser: Browser, address: str, tmp_path: Path
) -> None:
    async with (
        visitor(browser, "about:blank", **PHONE) as host,
        visitor(browser, "about:blank", **PHONE) as ann,
    ):
        path = await open_room(host, address, "主持乙", teams=False)
        await ann.add_init_script("delete window.EventSource")  # as in a browser that has none: it asks again and again
        await join(ann, path, "安安")
        async with away(browser, **SMALL) as ben:
            context = ben.context
            await join(ben, path, "本本")
            await host.get_by_role("button", name=Rooms.START).click()
            await expect(ann.locator(".answer").first).to_be_enabled(timeout=PATIENCE)
            await ann.reload()
            await expect(ann.locator("#room")).to_have_attribute("data-phase", "question")
            await answer(ann, 0)
            await ann.reload()
            await expect(ann.locator(".answer.chosen")).to_have_count(1)
            await expect(ann.locator(".answer").last).to_be_disabled()

            await expect(ben.locator(".answer").first).to_be_enabled(timeout=PATIENCE)
            await context.set_offline(True)
            await expect(ben.locator("#link")).to_have_text(Rooms.RECONNECTING, timeout=PATIENCE)
            await shoot(ben, "room-offline")
            await host.get_by_role("button", name=Rooms.REVEAL_NOW).click()
            await expect(ann.locator("#room")).to_have_attribute("data-phase", "reveal", timeout=PATIENCE)
            await context.set_offline(False)
            await expect(ben.locator("#room")).to_have_attribute("data-phase", "reveal", timeout=PATIENCE)
            await expect(ben.locator("#link")).to_have_text("", timeout=PATIENCE)

            await context.storage_state(path=tmp_path / "ben.json")
        await host.get_by_role("button", name=Rooms.NEXT).click()
        async with visitor(browser, path, **SMALL, storage_state=tmp_path / "ben.json") as again:
            await expect(again.locator(".ordinal")).to_contain_text("第 2/3 题")
            await answer(again, 1)
            await answer(ann, 1)
            await expect(again.locator("#room")).to_have_attribute("data-phase", "reveal", timeout=PATIENCE)


async def test_after_a_crash_wall_and_phones_go_on_by_themselves(browser: Browser, tmp_path: Path) -> None:
    async with away(browser, **DESK) as wall, away(browser, **PHONE) as host, away(browser, **PHONE) as ann:
        async with served(tmp_path) as (first, process):
            path = await open_room(host, first, "主持人", teams=False)
            await wall.goto(f"{path}/wall")
            await join(ann, path, "安安")
            await host.get_by_role("button", name=Rooms.START).click()
            await expect(ann.locator(".answer").first).to_be_enabled(timeout=PATIENCE)
            await process.kill()
            for page in (wall, host, ann):
                await expect(page.locator("#link")).to_have_text(Rooms.RECONNECTING, timeout=PATIENCE)
        async with served(tmp_path, HTTP_PORT=first.rpartition(":")[2]):
            for page in (wall, host, ann):
                await expect(page.locator("#link")).to_have_text("", timeout=PATIENCE)
                await expect(page.locator(".ordinal").first).to_contain_text("第 1/3 题")
            await answer(ann, 0)
            await expect(wall.locator("#room")).to_have_attribute("data-phase", "reveal", timeout=PATIENCE)


@pytest.mark.parametrize(("scheme", "large"), [("light", False), ("dark", False), ("light", True)])
async def test_no_screen_of_a_room_has_a_serious_fault(
    browser: Browser, address: str, scheme: Literal["light", "dark"], large: bool
) -> None:
    ways: dict[str, Any] = {"color_scheme": scheme, "reduced_motion": "reduce"}
    faults: dict[str, list[str]] = {}

    async def look(name: str, page: Page) -> None:
        await shoot(page, f"room-{scheme}-{'large-' * large}{name}")
        found = await faults_of(page)
        if found:
            faults[name] = found

    async with hall(browser, address, f"主持{scheme}{large}", large=large, **ways) as room:

        async def look_at_all(step: str) -> None:
            for name in ("wall", "host", "ben"):
                await look(f"{step}-{name}", room.pages[name])

        await look_at_all("lobby")
        async with visitor(browser, "about:blank", **SMALL, **ways) as late:
            if large:
                await late.add_init_script(TWICE)
            await late.goto(room.path)
            await look("join", late)
            await late.goto(f"{room.path}/wall")
            await look("spectator", late)
        await room.host.locator(".player summary").first.click()
        await look("remove", room.host)
        await room.host.locator(".player summary").first.click()
        await room.press(Rooms.START)
        await room.all_show("question")
        await look_at_all("question")
        await room.press(Rooms.PAUSE)
        await expect(room.ann.get_by_text(Rooms.PAUSED)).to_be_visible()
        await look("paused", room.ann)
        await look("paused-host", room.host)
        await room.press(Rooms.RESUME)
        await expect(room.ann.locator(".answer").first).to_be_enabled(timeout=PATIENCE)
        await answer(room.ann, 0)
        await look("answered", room.ann)
        await room.press(Rooms.REVEAL_NOW)
        await room.all_show("reveal")
        await look_at_all("reveal")
        await room.host.locator(".end-room summary").click()
        await room.press(Rooms.END_SURE)
        await room.all_show("ended")
        await look_at_all("ended")
        await room.host.goto(f"{room.path}/results")
        await look("results", room.host)
        await room.ann.goto(f"{address}/room")
        await look("enter", room.ann)
        await room.host.goto(f"{address}/room")
        await look("open", room.host)
        assert faults == {}


async def test_the_host_removes_locks_and_ends_after_asking_once_more(browser: Browser, address: str) -> None:
    async with hall(browser, address, "主持丙") as room:
        await room.press(Rooms.LOCK)
        await expect(room.wall.locator(".wall-locked")).to_be_visible()
        async with visitor(browser, room.path, **PHONE) as late:
            await expect(late.locator("main")).to_contain_text(Rooms.JOIN_LOCKED)
        await room.host.locator(".player summary").first.click()
        await room.press(Rooms.REMOVE_SURE.format(name="安安"))
        await expect(room.ann.locator("h1:visible")).to_have_text(Rooms.REMOVED)
        await expect(room.host.locator(".player")).to_have_count(1)
        await room.host.locator(".end-room summary").click()
        await room.press(Rooms.END_SURE)
        await expect(room.ben.locator("#room")).to_have_attribute("data-phase", "ended", timeout=PATIENCE)


async def test_without_javascript_a_player_answers_by_forms(browser: Browser, address: str) -> None:
    async with (
        visitor(browser, "about:blank", **PHONE) as host,
        visitor(browser, "about:blank", **PHONE, java_script_enabled=False) as plain,
    ):
        path = await open_room(host, address, "主持丁", teams=False)
        await plain.goto(f"{address}/room")
        await plain.locator("[name=code]").fill(path[-6:])
        await plain.get_by_role("button", name=Rooms.GO).click()
        await plain.locator("[name=name]").fill("赵敏")
        await plain.get_by_role("button", name=Rooms.JOIN, exact=True).click()
        await expect(plain.locator("h1:visible")).to_have_text(Rooms.GREETING.format(name="赵敏"))
        await host.get_by_role("button", name=Rooms.START).click()
        await expect(plain.locator(".answer").first).to_be_enabled(
            timeout=PATIENCE
        )  # the page is loaded anew by itself
        await answer(plain, 0)
        await expect(plain.locator("[data-verdict]")).to_have_text(re.compile("答对了|答错了"))
