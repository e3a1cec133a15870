"""A live room over HTTP: how it is opened, played and left, and what it refuses."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from contextlib import AsyncExitStack
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx
import openpyxl
import pytest

from bot.channels.web.addresses import TrustedProxies
from bot.channels.web.rate_limit import AddressLimiter
from bot.channels.web.room.guesses import MAX_WRONG
from bot.channels.web.room.routes import MAX_POSTS, RoomRoutes
from bot.channels.web.sessions import Sessions, key_of
from bot.conversation.messages import Incoming
from bot.errors import StorageError
from bot.features.rooms.results import Ranking, results_picture
from bot.features.rooms.rooms import LEFT_AFTER_RESTART, MAX_OF_STARTER
from bot.quiz.contest.events import Answered
from bot.records.contests import ContestRow
from bot.wording import RoomNotices as Wording
from bot.wording import Rooms
from tests.unit.channels.live_room import Hall, LiveRooms, hall, live_rooms, member
from tests.unit.event_loop import settle, until

PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Version/17.0 Mobile Safari/604.1"
DESK = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/120.0 Safari/537.36"


async def crowd(hall: Hall, stack: AsyncExitStack, *names: str, team: str = "") -> None:
    """Players come in."""
    for name in names:
        browser = await stack.enter_async_context(hall.live.browser())
        assert (await hall.joins(browser, name, team)).status_code == 200


def routes_of(live: LiveRooms) -> RoomRoutes:
    """The routes apart from the page, for streams that are read piece by piece."""
    return RoomRoutes(
        live.rooms,
        Sessions(lambda: "s"),
        AddressLimiter(0, 0, TrustedProxies(), lambda: 0.0),
        secure_cookie=False,
        stopwatch=lambda: 0.0,
    )


def refusal(response: httpx.Response) -> str:
    assert response.status_code >= 400
    found: str = response.json()["error"]
    return found


async def test_a_contest_is_played_from_the_lobby_to_the_end(tmp_path: Path) -> None:
    async with live_rooms(tmp_path) as live, hall(live, questions="2", seconds="20") as room, AsyncExitStack() as stack:
        await crowd(room, stack, "李雷", "韩梅")
        lobby = await room.sees("李雷")
        assert lobby["phase"] == "lobby" and lobby["you"]["name"] == "李雷"
        assert lobby["room"]["url"] == f"https://study.example/room/{room.code}"
        assert [one["name"] for one in (await room.sees(view="host"))["players"]] == ["李雷", "韩梅"]

        assert (await room.controls("start")).status_code == 200
        asked = await room.sees("韩梅")
        assert asked["phase"] == "question" and asked["question"]["of"] == 2 and "reveal" in asked
        assert asked["reveal"] is None and asked["question"]["closes_at"] - asked["now"] == 20_000
        assert (await room.answers("李雷")).json()["accepted"]
        assert (await room.sees(view="wall"))["question"]["answered"] == 1
        assert (await room.answers("韩梅", right=False)).status_code == 200

        shown = await room.sees("李雷")  # all have answered: nobody has to wait
        assert shown["phase"] == "reveal" and shown["reveal"]["correct"] == list(room.right)
        assert shown["you"]["correct"] and shown["you"]["points"] == 1 and shown["you"]["place"] == 1
        assert sum(shown["reveal"]["counts"]) == 2

        await room.controls("next")
        await live.time.advance(21)
        await room.waits_for("reveal")
        await room.controls("next")
        ended = await room.sees("韩梅")
        assert ended["phase"] == "ended" and [one["points"] for one in ended["standings"]] == [1, 0]


async def test_an_answer_counts_once_in_time_and_for_oneself(tmp_path: Path) -> None:
    async with live_rooms(tmp_path) as live, hall(live, questions="2") as room, AsyncExitStack() as stack:
        await crowd(room, stack, "李雷", "韩梅", "小明")
        await room.controls("start")
        await room.answers("李雷")
        assert refusal(await room.answers("李雷", right=False)) == Wording.TWICE
        assert refusal(await room.answers("韩梅", question=2)) == Wording.NOT_OPEN
        stranger = await stack.enter_async_context(live.browser())
        room.players["stranger"] = stranger
        assert refusal(await room.answers("stranger", question=1)) == Wording.NOT_IN
        stranger.cookies.update({key: value[:-1] + "0" for key, value in room.players["韩梅"].cookies.items()})
        assert refusal(await room.answers("stranger", question=1)) == Wording.NOT_IN
        await live.time.advance(21)
        await room.waits_for("reveal")
        assert refusal(await room.answers("韩梅", question=1)) == Wording.LATE
        contest = live.rooms.find(room.code)
        assert contest is not None and len(contest.contest.answers[0]) == 1


async def test_whoever_is_removed_answers_no_more_and_counts_nowhere(tmp_path: Path) -> None:
    async with live_rooms(tmp_path) as live, hall(live, questions="2") as room, AsyncExitStack() as stack:
        await crowd(room, stack, "李雷", "韩梅", "小明")
        await room.controls("start")
        await room.answers("李雷")
        players = (await room.sees(view="host"))["players"]
        removed = next(one["id"] for one in players if one["name"] == "李雷")
        assert (await room.controls("remove", player=removed)).status_code == 200
        assert (await room.sees("李雷"))["you"]["removed"]
        assert refusal(await room.answers("李雷", question=1)) == Wording.REMOVED
        assert refusal(await room.joins(room.players["李雷"], "李雷")) == Wording.REMOVED
        await room.controls("end")
        assert (await room.sees(view="wall"))["standings"] == []


async def test_a_removal_that_could_not_be_stored_can_be_pressed_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with live_rooms(tmp_path) as live, hall(live) as room, AsyncExitStack() as stack:
        await crowd(room, stack, "李雷", "韩梅")
        player = (await room.sees(view="host"))["players"][0]["id"]

        async def fail(member: str) -> None:
            raise StorageError("磁盘满了")

        with monkeypatch.context() as broken:
            broken.setattr(live.store.contests, "delete_member", fail)
            assert (await room.controls("remove", player=player)).status_code == 503
        assert (await room.controls("remove", player=player)).status_code == 200
        code, cookies, time = room.code, room.host.cookies, live.time
    async with live_rooms(tmp_path, time=time) as live, live.browser(cookies) as host:
        room = Hall(live, host, code)
        assert [one["name"] for one in (await room.sees(view="host"))["players"]] == ["韩梅"]


async def test_names_that_mislead_or_are_taken_are_refused_with_a_sentence(tmp_path: Path) -> None:
    async with live_rooms(tmp_path) as live, hall(live) as room, AsyncExitStack() as stack:
        await crowd(room, stack, "李雷")
        browser = await stack.enter_async_context(live.browser())
        for name in ("", "\u0000\u202e", "长" * 200, "<b>李四</b>"):
            assert refusal(await room.joins(browser, name))
        assert refusal(await room.joins(browser, " 李 雷 ")) == Wording.NAME_TAKEN.format(name="李 雷")
        assert (await room.joins(browser, "王\u0007五")).status_code == 200
        assert [one["name"] for one in (await room.sees(view="host"))["players"]] == ["李雷", "王五"]


async def test_late_comers_play_from_the_next_question_on_and_a_locked_room_takes_nobody(tmp_path: Path) -> None:
    async with live_rooms(tmp_path) as live, hall(live, questions="3") as room, AsyncExitStack() as stack:
        await crowd(room, stack, "李雷")
        await room.controls("start")
        await crowd(room, stack, "韩梅")
        assert not (await room.sees("韩梅"))["you"]["may_answer"]
        assert refusal(await room.answers("韩梅")) == Wording.JOINED_LATE
        await room.answers("李雷")
        await room.controls("next")
        assert (await room.answers("韩梅")).status_code == 200
        await room.controls("lock")
        stranger = await stack.enter_async_context(live.browser())
        assert refusal(await room.joins(stranger, "小明")) == Wording.LOCKED
        await room.controls("unlock")
        assert (await room.joins(stranger, "小明")).status_code == 200


async def test_a_pause_stops_the_clock_and_goes_on_where_it_stood(tmp_path: Path) -> None:
    async with live_rooms(tmp_path) as live, hall(live, seconds="20") as room, AsyncExitStack() as stack:
        await crowd(room, stack, "李雷", "韩梅")
        await room.controls("start")
        await live.time.advance(15)
        await room.controls("pause")
        assert (await room.sees("李雷"))["room"]["paused"]
        assert refusal(await room.answers("李雷")) == Wording.PAUSED
        await live.time.advance(600)
        await room.controls("resume")
        asked = await room.sees("李雷")
        assert not asked["room"]["paused"] and asked["question"]["closes_at"] - asked["now"] == 5_000
        assert (await room.answers("李雷")).status_code == 200
        await live.time.advance(7)
        await room.waits_for("reveal")


async def test_a_bad_question_is_declared_void_and_counts_for_nobody(tmp_path: Path) -> None:
    async with live_rooms(tmp_path) as live, hall(live, questions="2") as room, AsyncExitStack() as stack:
        await crowd(room, stack, "李雷")
        await room.controls("start")
        assert refusal(await room.controls("void")) == Wording.NOT_NOW
        await room.answers("李雷")
        assert (await room.sees("李雷"))["you"]["points"] == 1
        await room.controls("void")
        shown = await room.sees("李雷")
        assert shown["question"]["voided"] and shown["you"]["points"] == 0
        printed = await room.host.get(f"/room/{room.code}/results", headers={"Accept": "text/html"})
        assert Rooms.VOIDED in printed.text
        book = openpyxl.load_workbook(BytesIO((await room.host.get(f"/room/{room.code}/results.xlsx")).content))
        assert "作废" in str(book.worksheets[0].cell(1, 8).value)
        await room.controls("restore")
        assert (await room.sees("李雷"))["you"]["points"] == 1


async def test_only_the_host_controls_and_no_link_can_be_made_up(tmp_path: Path) -> None:
    async with live_rooms(tmp_path) as live, hall(live) as room, AsyncExitStack() as stack:
        await crowd(room, stack, "李雷")
        player = room.players["李雷"]
        for action in ("start", "end", "lock"):
            answer = await player.post(f"/room/{room.code}/control", data={"action": action})
            assert answer.status_code == 403 and refusal(answer) == Wording.NOT_HOST
        assert (await player.get(f"/room/{room.code}/state?view=host")).status_code == 403
        assert (await player.get(f"/room/{room.code}/events?view=host")).status_code == 403
        assert (await room.sees("李雷"))["phase"] == "lobby"
        assert (await room.controls("wreck")).status_code == 422
        assert refusal(await room.controls("next")) == Wording.NOT_NOW


async def test_codes_are_not_to_be_guessed(tmp_path: Path) -> None:
    async with live_rooms(tmp_path) as live, hall(live) as room, AsyncExitStack() as stack:
        await crowd(room, stack, "李雷")
        found, refused = 0, 0
        codes = (code for code in range(100_000, 110_000) if str(code) != room.code)
        for code in codes:
            status = (await room.host.get(f"/room/{code}/state")).status_code
            found, refused = found + (status == 200), refused + (status == 429)
            if refused > 20:
                break
        assert found == 0 and refused
        stranger = await stack.enter_async_context(live.browser())
        assert (await stranger.get(f"/room/{room.code}/state")).status_code == 429
        assert (await room.sees("李雷"))["phase"] == "lobby"  # who is in stays in, whatever others at the address do
        elsewhere = await stack.enter_async_context(live.browser(address="192.0.2.7"))
        assert (await elsewhere.get(f"/room/{room.code}/state")).status_code == 200


async def test_forgotten_pages_of_a_room_that_is_gone_lock_nobody_out(tmp_path: Path) -> None:
    async with live_rooms(tmp_path) as live, hall(live) as room, AsyncExitStack() as stack:
        gone = next(str(code) for code in range(100_000, 100_002) if str(code) != room.code)
        stranger = await stack.enter_async_context(live.browser())
        for _ in range(MAX_WRONG + 1):
            assert (await stranger.get(f"/room/{gone}/state")).status_code == 404
        assert (await stranger.get(f"/room/{room.code}/state")).status_code == 200


async def test_a_room_goes_on_after_a_restart_with_everybody_in_place(tmp_path: Path) -> None:
    async with live_rooms(tmp_path) as live, hall(live, questions="2") as room, AsyncExitStack() as stack:
        await crowd(room, stack, "李雷", "韩梅")
        await room.controls("start")
        await room.answers("李雷")
        code, before = room.code, await room.sees("李雷")
        cookies, host = room.players["李雷"].cookies, room.host.cookies
        time = live.time
    time.now += timedelta(seconds=30)  # longer than the question is open
    async with (
        live_rooms(tmp_path, time=time) as live,
        live.browser(cookies) as player,
        live.browser(host) as leader,
    ):
        room = Hall(live, leader, code)
        room.players["李雷"] = player
        after = await room.sees("李雷")
        assert after["question"]["text"] == before["question"]["text"] and after["you"] == before["you"]
        assert after["question"]["closes_at"] - after["now"] == 1000 * LEFT_AFTER_RESTART
        assert after["version"] >= before["version"] and after["you"]["name"] == "李雷"
        assert refusal(await room.answers("李雷")) == Wording.TWICE
        await live.time.advance(21)
        await room.waits_for("reveal")
        assert (await room.sees("李雷"))["you"]["points"] == 1
        await room.controls("next")
        assert (await room.answers("李雷")).status_code == 200


async def test_a_question_that_all_had_answered_when_the_process_died_is_closed_after_the_restart(
    tmp_path: Path,
) -> None:
    async with live_rooms(tmp_path) as live, hall(live, questions="2") as room, AsyncExitStack() as stack:
        await crowd(room, stack, "李雷")
        await room.controls("start")
        found = live.rooms.find(room.code)
        assert found is not None
        (player,) = found.contest.progress.teams
        await live.contests.contests.apply_event(found.session, Answered(0, player, room.right, 10**17))
        assert (await room.sees("李雷"))["phase"] == "question"
        code, cookies, time = room.code, room.players["李雷"].cookies, live.time
    async with live_rooms(tmp_path, time=time) as live, live.browser(cookies) as browser:
        room = Hall(live, browser, code)
        room.players["李雷"] = browser
        shown = await room.sees("李雷")
        assert shown["phase"] == "reveal" and shown["you"]["points"] == 1


async def test_the_bot_does_not_tell_a_player_the_answer_to_an_open_question(tmp_path: Path) -> None:
    async with live_rooms(tmp_path) as live, hall(live, questions="1") as room, AsyncExitStack() as stack:
        browser = await stack.enter_async_context(live.browser())
        await browser.get("/")  # the page where the bot is asked
        await room.joins(browser, "李雷")
        person = f"web:{key_of(browser.cookies['session'])}"
        asked = Incoming(person, person, text="水稻种了多少亩")
        guard = live.contests.guard
        assert guard.refuse_browsing(asked) is None
        await room.controls("start")
        assert guard.refuse_browsing(asked) is not None
        assert guard.refuse_browsing(Incoming("web:other", "web:other")) is None
        await room.controls("pause")
        assert guard.refuse_browsing(asked) is not None  # the question is still shown
        await room.controls("resume")
        await room.controls("skip")
        assert guard.refuse_browsing(asked) is None


async def test_a_player_who_came_by_the_rooms_code_alone_is_known_to_the_guard_also_after_a_restart(
    tmp_path: Path,
) -> None:
    async with live_rooms(tmp_path) as live, hall(live, questions="1") as room, AsyncExitStack() as stack:
        await crowd(room, stack, "李雷", "韩梅")
        await room.controls("start")
        cookies = room.players["李雷"].cookies
        person = f"web:{key_of(cookies['session'])}"
        asked = Incoming(person, person, text="水稻种了多少亩")
        assert live.contests.guard.refuse_browsing(asked) is not None
        code, time = room.code, live.time
    async with live_rooms(tmp_path, time=time) as live, live.browser(cookies) as browser:
        assert live.contests.guard.refuse_browsing(asked) is None  # nothing of it is stored
        await browser.get(f"/room/{code}/state")
        assert live.contests.guard.refuse_browsing(asked) is not None


async def test_the_results_are_the_hosts_to_take_along(tmp_path: Path) -> None:
    async with (
        live_rooms(tmp_path) as live,
        hall(live, questions="2", teams="红队\n蓝队") as room,
        AsyncExitStack() as stack,
    ):
        await crowd(room, stack, "李雷", team="红队")
        await crowd(room, stack, "=韩梅", team="蓝队")
        await room.controls("start")
        await room.answers("李雷")
        await room.answers("=韩梅", right=False)
        assert (await room.sees("李雷"))["team_standings"][0] == {"place": 1, "team": "红队", "points": 1}
        await room.controls("end")
        for name in ("results.xlsx", "results.png"):
            assert (await room.players["李雷"].get(f"/room/{room.code}/{name}")).status_code == 403
        book = openpyxl.load_workbook(BytesIO((await room.host.get(f"/room/{room.code}/results.xlsx")).content))
        people, teams = book.worksheets
        assert [row[1].value for row in people.iter_rows(min_row=2)] == ["李雷", "=韩梅"]
        assert people["B3"].data_type == "s" and [row[1].value for row in teams.iter_rows(min_row=2)] == [
            "红队",
            "蓝队",
        ]
        picture = await room.host.get(f"/room/{room.code}/results.png")
        assert picture.status_code == 404 and Wording.NO_PICTURE in picture.text  # nothing draws here


async def test_nobody_sees_an_answer_before_it_is_stored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with live_rooms(tmp_path) as live, hall(live, questions="1") as room, AsyncExitStack() as stack:
        await crowd(room, stack, "李雷", "韩梅", "小明")
        await room.controls("start")
        found = live.rooms.find(room.code)
        assert found is not None
        save, may_save = live.store.contests.save, [asyncio.Event() for _ in range(2)]
        waiting = iter(may_save)

        async def slow(*rows: ContestRow) -> None:
            await next(waiting).wait()
            await save(*rows)

        monkeypatch.setattr(live.store.contests, "save", slow)
        first, second = (asyncio.ensure_future(room.answers(name, question=1)) for name in ("李雷", "韩梅"))
        await until(lambda: len(found.contest.answers[0]) == 2)
        may_save[1].set()
        await second
        assert len(found.shown.answers[0]) == 0  # the one before it may still be lost
        may_save[0].set()
        await first
        assert len(found.shown.answers[0]) == 2


async def test_who_came_in_and_never_answered_is_in_the_results(tmp_path: Path) -> None:
    async with live_rooms(tmp_path) as live, hall(live, questions="1") as room, AsyncExitStack() as stack:
        await crowd(room, stack, "李雷", "韩梅")
        await room.controls("start")
        await room.answers("李雷")
        await room.controls("end")
        printed = await room.host.get(f"/room/{room.code}/results", headers={"Accept": "text/html"})
        assert "韩梅" in printed.text and Wording.NO_PLACE in printed.text
        book = openpyxl.load_workbook(BytesIO((await room.host.get(f"/room/{room.code}/results.xlsx")).content))
        assert [row[1].value for row in book.worksheets[0].iter_rows(min_row=2)] == ["李雷", "韩梅"]


async def test_a_stream_tells_the_latest_state_and_only_what_is_newer(tmp_path: Path) -> None:
    async with live_rooms(tmp_path) as live, hall(live, questions="2") as room, AsyncExitStack() as stack:
        await crowd(room, stack, "李雷")
        found = live.rooms.find(room.code)
        assert found is not None
        player = next(iter(found.contest.progress.teams))
        routes = routes_of(live)
        stream = routes.stream(found, "player", player, 0)
        assert await anext(stream) == b"retry: 1000\n\n"
        first = (await anext(stream)).decode()
        version = first.splitlines()[0].removeprefix("id: ")
        assert json.loads(first.splitlines()[2].removeprefix("data: "))["phase"] == "lobby"
        await room.controls("start")
        await room.controls("skip")
        latest = json.loads((await anext(stream)).decode().splitlines()[2].removeprefix("data: "))
        assert latest["phase"] == "reveal"  # what was replaced meanwhile is skipped
        again = routes.stream(found, "player", player, latest["version"])
        await anext(again)
        waiting = asyncio.ensure_future(anext(again))
        await settle()
        assert not waiting.done() and int(version) < latest["version"]
        live.rooms.close()
        with pytest.raises(StopAsyncIteration):
            await waiting


async def test_a_player_has_three_streams_and_the_oldest_ends_for_a_fourth(tmp_path: Path) -> None:
    async with live_rooms(tmp_path) as live, hall(live) as room, AsyncExitStack() as stack:
        await crowd(room, stack, "李雷", "韩梅")
        found = live.rooms.find(room.code)
        assert found is not None
        one, other = found.contest.progress.teams
        streams = [found.subscribe("player", one) for _ in range(3)]
        others = found.subscribe("player", other)
        assert not any(stream.ended for stream in (*streams, others))
        found.subscribe("player", one)
        assert [stream.ended for stream in (*streams, others)] == [True, False, False, False]
        for stream in streams:
            found.unsubscribe(stream)
        assert {player["name"]: player["here"] for player in (await room.sees(view="host"))["players"]} == {
            "李雷": True,
            "韩梅": True,
        }


async def test_pictures_of_results_have_the_first_places_and_the_day_where_it_was_played(tmp_path: Path) -> None:
    drawn: list[tuple[str, Sequence[tuple[str, str]], Sequence[Ranking]]] = []

    def draw(_: str, below: str, tiles: Sequence[tuple[str, str]], rankings: Sequence[Ranking]) -> bytes:
        drawn.append((below, tiles, rankings))
        return b"png"

    async with (
        live_rooms(tmp_path) as live,
        hall(live, questions="1", mode="rounds", teams="红队\n蓝队") as room,
        AsyncExitStack() as stack,
    ):
        await crowd(room, stack, "李雷", team="红队")
        await crowd(room, stack, "韩梅", team="蓝队")
        await room.controls("start")
        await room.answers("李雷")
        await room.answers("韩梅", right=False)
        found = live.rooms.find(room.code)
        assert found is not None
        assert results_picture(found, draw, ZoneInfo("Asia/Shanghai")) == b"png"
        ((below, tiles, (people, teams)),) = drawn
        assert below.startswith("2026-11-02") and ("答对", "50%") in tiles
        assert people[2] == [("李雷", 1.0, "10 分"), ("韩梅", 0.0, "0 分")]
        assert [row[0] for row in teams[2]] == ["红队", "蓝队"]


async def test_results_so_far_have_neither_the_open_question_nor_void_ones_in_their_share(tmp_path: Path) -> None:
    drawn: list[Sequence[tuple[str, str]]] = []

    def draw(_: str, __: str, tiles: Sequence[tuple[str, str]], ___: Sequence[Ranking]) -> bytes:
        drawn.append(tiles)
        return b"png"

    async with live_rooms(tmp_path) as live, hall(live, questions="3") as room, AsyncExitStack() as stack:
        await crowd(room, stack, "李雷", "韩梅")
        await room.controls("start")
        for name in ("李雷", "韩梅"):
            await room.answers(name, right=False)
        await room.controls("void")
        await room.controls("next")
        for name in ("李雷", "韩梅"):
            await room.answers(name)
        await room.controls("next")
        await room.answers("李雷", right=False)
        found = live.rooms.find(room.code)
        assert found is not None
        results_picture(found, draw, ZoneInfo("Asia/Shanghai"))
        assert ("答对", "100%") in drawn[0]
        book = openpyxl.load_workbook(BytesIO((await room.host.get(f"/room/{room.code}/results.xlsx")).content))
        assert book.worksheets[0].max_column == 7 + 2  # who has answered the open one is nobody's business yet


async def test_a_full_room_gives_the_place_of_who_never_looked_to_who_comes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.features.rooms.rooms.MAX_PLAYERS", 2)
    async with live_rooms(tmp_path) as live, hall(live) as room, AsyncExitStack() as stack:
        await crowd(room, stack, "李雷", "韩梅")
        await room.sees("韩梅")
        late = await stack.enter_async_context(live.browser())
        assert (await room.joins(late, "小明")).status_code == 409
        await live.time.advance(31)
        assert (await room.joins(late, "小明")).status_code == 200
        assert [one["name"] for one in (await room.sees(view="host"))["players"]] == ["韩梅", "小明"]
        await room.sees("小明")
        other = await stack.enter_async_context(live.browser())
        assert (await room.joins(other, "小红")).status_code == 409


async def test_nobody_who_came_before_a_restart_loses_the_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.features.rooms.rooms.MAX_PLAYERS", 1)
    async with live_rooms(tmp_path) as live, hall(live) as room, AsyncExitStack() as stack:
        await crowd(room, stack, "李雷")
        code, time = room.code, live.time
    async with live_rooms(tmp_path, time=time) as live, live.browser() as late:
        room = Hall(live, late, code)
        await time.advance(31)
        assert (await room.joins(late, "小明")).status_code == 409


async def test_rooms_that_nobody_is_in_do_not_keep_others_from_opening_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.features.rooms.rooms.MAX_ROOMS", 2)
    async with live_rooms(tmp_path) as live, AsyncExitStack() as stack:
        halls = []
        for name in ("王芳", "李强", "赵敏"):
            host = await stack.enter_async_context(live.browser())
            await member(host, name)
            halls.append(Hall(live, host, (await host.post("/room/open", data={})).json()["code"]))
            if name != "李强":
                await crowd(halls[-1], stack, "李雷")
        assert [room.code for room in live.rooms.open_rooms] == [halls[0].code, halls[2].code]
        assert refusal(await halls[1].host.post("/room/open", data={})) == Wording.TOO_MANY


async def test_whoever_presses_like_a_program_is_told_to_wait(tmp_path: Path) -> None:
    async with live_rooms(tmp_path) as live, hall(live) as room, AsyncExitStack() as stack:
        await crowd(room, stack, "李雷", "韩梅")
        for _ in range(MAX_POSTS):
            await room.players["李雷"].post(f"/room/{room.code}/answer", data={"question": "1", "choice": "0"})
            await room.host.post(f"/room/{room.code}/control", data={"action": "next"})
        assert (await room.answers("李雷", question=1)).status_code == 429
        assert (await room.answers("韩梅", question=1)).status_code == 409
        assert (await room.controls("next")).status_code == 429


async def test_one_address_does_not_take_all_streams(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.channels.web.room.routes.MAX_STREAMS_OF_ADDRESS", 0)
    async with live_rooms(tmp_path) as live, hall(live) as room:
        assert (await room.host.get(f"/room/{room.code}/events?view=wall")).status_code == 503


async def test_a_stream_goes_on_behind_a_clock_that_was_set_back(tmp_path: Path) -> None:
    async with live_rooms(tmp_path) as live, hall(live, questions="2") as room, AsyncExitStack() as stack:
        await crowd(room, stack, "李雷")
        code, cookies, time = room.code, room.players["李雷"].cookies, live.time
        before = await room.sees("李雷")
    time.now -= timedelta(hours=1)
    async with live_rooms(tmp_path, time=time) as live, live.browser(cookies) as browser:
        room = Hall(live, browser, code)
        room.players["李雷"] = browser
        after = await room.sees("李雷")
        assert after["version"] < before["version"] and after["epoch"] != before["epoch"]
        found = live.rooms.find(code)
        assert found is not None
        routes = routes_of(live)
        stream = routes.stream(found, "wall", None, before["version"])
        await anext(stream)
        assert b"event: state" in await anext(stream)
        await stream.aclose()


async def test_a_copied_page_cookie_opens_no_room_in_its_members_name(tmp_path: Path) -> None:
    async with live_rooms(tmp_path) as live, live.browser() as host:
        host.headers["User-Agent"] = PHONE
        await member(host)
        host.headers["User-Agent"] = DESK
        assert refusal(await host.post("/room/open", data={})) == Wording.NAME_FIRST
        host.headers["User-Agent"] = PHONE
        assert (await host.post("/room/open", data={})).status_code == 200


async def test_a_title_is_short_whatever_topic_was_wanted(tmp_path: Path) -> None:
    async with live_rooms(tmp_path) as live, hall(live, section="修好进村道路" + "！" * 200) as room:
        assert len((await room.sees(view="wall"))["room"]["title"]) < 60


async def test_who_leaves_rooms_open_that_nobody_came_into_can_open_another(tmp_path: Path) -> None:
    async with live_rooms(tmp_path) as live, live.browser() as host, AsyncExitStack() as stack:
        await member(host)
        codes = [(await host.post("/room/open", data={"questions": "1"})).json()["code"] for _ in range(MAX_OF_STARTER)]
        for code in codes[1:]:
            browser = await stack.enter_async_context(live.browser())
            await Hall(live, host, code).joins(browser, "李雷")
        assert (await host.post("/room/open", data={"questions": "1"})).status_code == 200
        first = live.rooms.find(codes[0])
        assert first is not None and first.contest.finished
        empty = live.rooms.open_rooms[-1]
        browser = await stack.enter_async_context(live.browser())
        await Hall(live, host, empty.code).joins(browser, "韩梅")
        assert refusal(await host.post("/room/open", data={"questions": "1"})) == Wording.TOO_MANY


async def test_what_a_form_wants_that_cannot_be_played_is_refused(tmp_path: Path) -> None:
    async with live_rooms(tmp_path) as live, live.browser() as host:
        assert refusal(await host.post("/room/open", data={})) == Wording.NAME_FIRST
        await member(host)
        wrong = (
            {"mode": "poker"},
            {"questions": "201"},
            {"questions": "ten"},
            {"seconds": "1"},
            {"kind": "essay"},
            {"teams": "红队\n红队"},
            {"teams": "\n".join(f"{number}队" for number in range(31))},
            {"teams": "<b>"},
            {"document": "other"},
            {"bank": "天文"},
            {"section": "没有这一节"},
        )
        for fields in wrong:
            assert refusal(await host.post("/room/open", data=fields)), fields
        assert live.rooms.open_rooms == []
        opened = await host.post("/room/open", data={"kind": "single", "section": "第二部分·修好进村道路"})
        room = live.rooms.find(opened.json()["code"])
        assert room is not None and {one.point for one in room.contest.setup.questions} == {"road"}
