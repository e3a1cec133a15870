"""The pages of live rooms over HTTP, as a browser without a script has them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import httpx
import pytest

from bot.wording import RoomNotices, Rooms, Web
from tests.unit.channels.live_room import Hall, LiveRooms, hall, live_rooms, member


@asynccontextmanager
async def plain_browser(live: LiveRooms) -> AsyncIterator[httpx.AsyncClient]:
    """A browser that asks for pages, and follows where it is sent."""
    async with live.browser() as browser:
        browser.headers["Accept"] = "text/html"
        browser.follow_redirects = True
        yield browser


@asynccontextmanager
async def room_and_visitor(folder: Path, **fields: str) -> AsyncIterator[tuple[Hall, httpx.AsyncClient]]:
    """A room, its host with a browser that asks for pages, and somebody who has just come."""
    async with live_rooms(folder) as live, hall(live, **fields) as room, plain_browser(live) as visitor:
        room.host.headers["Accept"] = "text/html"
        room.host.follow_redirects = True
        yield room, visitor


@pytest.mark.parametrize("typed", ["{code}", " {code} ", "{spaced}", "{wide}"])
async def test_a_code_leads_to_its_room_however_it_is_typed(tmp_path: Path, typed: str) -> None:
    async with room_and_visitor(tmp_path) as (room, visitor):
        wide = "".join(chr(ord(digit) + 0xFEE0) for digit in room.code)
        code = typed.format(code=room.code, spaced=f"{room.code[:3]} {room.code[3:]}", wide=wide)
        page = await visitor.get("/room", params={"code": code})
        assert page.url.path == f"/room/{room.code}" and Rooms.JOIN_NAME in page.text


async def test_a_wrong_code_is_told_where_it_is_typed_again(tmp_path: Path) -> None:
    async with room_and_visitor(tmp_path) as (_, visitor):
        short = await visitor.get("/room", params={"code": "<i>12"})
        assert short.status_code == 422 and Rooms.BAD_CODE in short.text and "<i>" not in short.text
        unknown = await visitor.get("/room", params={"code": "000000"})
        assert unknown.status_code == 404 and RoomNotices.GONE in unknown.text and 'value="000000"' in unknown.text


async def test_only_a_member_is_offered_to_open_a_room(tmp_path: Path) -> None:
    async with room_and_visitor(tmp_path) as (room, visitor):
        assert Rooms.MAY_NOT_OPEN in (await visitor.get("/room")).text
        offered = (await room.host.get("/room")).text
        assert 'action="/room/open"' in offered and 'name="section"' in offered and 'name="document"' not in offered


async def test_a_room_that_cannot_be_opened_leaves_what_was_typed(tmp_path: Path) -> None:
    async with room_and_visitor(tmp_path) as (room, _):
        refused = await room.host.post(
            "/room/open", data={"mode": "buzzer", "questions": "900", "seconds": "15", "teams": "红队"}
        )
        assert refused.status_code == 422 and 'value="900"' in refused.text and "红队</textarea>" in refused.text
        assert 'value="buzzer" checked' in refused.text


async def test_the_study_room_leads_to_live_rooms(tmp_path: Path) -> None:
    async with room_and_visitor(tmp_path) as (_, visitor):
        assert Web.STUDY_ROOM in (await visitor.get("/study")).text


async def test_a_member_joins_by_the_name_that_is_known_and_a_refused_name_can_be_mended(tmp_path: Path) -> None:
    async with room_and_visitor(tmp_path, teams="红队\n蓝队") as (room, visitor):
        await member(visitor, "李雷")
        assert 'value="李雷"' in (await visitor.get(f"/room/{room.code}")).text
        refused = await visitor.post(f"/room/{room.code}/join", data={"name": "<b>", "team": "蓝队"})
        assert refused.status_code == 422 and Web.NAME_MARKS.partition(" ")[0] in refused.text
        assert 'value="蓝队" required checked' in refused.text
        joined = await visitor.post(f"/room/{room.code}/join", data={"name": "李雷", "team": "蓝队"})
        assert joined.url.path == f"/room/{room.code}" and Rooms.GREETING.format(name="李雷") in joined.text


async def test_an_answer_that_is_too_late_is_told_on_the_players_page(tmp_path: Path) -> None:
    async with room_and_visitor(tmp_path) as (room, visitor):
        await visitor.post(f"/room/{room.code}/join", data={"name": "李雷"})
        await room.controls("start")
        await room.controls("skip")
        late = await visitor.post(f"/room/{room.code}/answer", data={"question": "1", "choice": "0"})
        assert late.status_code == 409 and RoomNotices.LATE in late.text and 'data-view="player"' in late.text


async def test_the_host_is_told_on_the_hosts_page_why_something_cannot_be_done(tmp_path: Path) -> None:
    async with room_and_visitor(tmp_path) as (room, visitor):
        refused = await room.controls("start")
        assert RoomNotices.NO_PLAYERS in refused.text and Rooms.START in refused.text
        stranger = await visitor.post(f"/room/{room.code}/control", data={"action": "start"})
        assert stranger.status_code == 403 and RoomNotices.NOT_HOST in stranger.text


async def test_host_and_results_are_for_the_host_and_the_wall_for_all(tmp_path: Path) -> None:
    async with room_and_visitor(tmp_path) as (room, visitor):
        for path in ("host", "results"):
            assert (await visitor.get(f"/room/{room.code}/{path}")).status_code == 403
            assert (await room.host.get(f"/room/{room.code}/{path}")).status_code == 200
        assert room.code in (await visitor.get(f"/room/{room.code}/wall")).text


async def test_the_results_have_everybody_and_every_question_that_was_asked(tmp_path: Path) -> None:
    async with room_and_visitor(tmp_path, questions="2") as (room, _), AsyncExitStack() as stack:
        names = [f"第{number}位" for number in range(12)]
        for name in names:
            await room.joins(await stack.enter_async_context(room.live.browser()), name)
        await room.controls("start")
        for name in names:
            await room.answers(name)
        await room.waits_for("reveal")
        await room.controls("end")
        printed = (await room.host.get(f"/room/{room.code}/results")).text
        assert all(name in printed for name in names)
        assert Rooms.SHARE_RIGHT.format(right=12, all=12) in printed
