"""What the pages of a live room send and get: snapshots as JSON and as a stream of events, answers, the host's presses.

A stream tells the latest state and no history: who was away gets what there is now, and a slow client skips what has
been replaced meanwhile. Whoever plays is known by a cookie of this room alone.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator
from typing import Final, get_args
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from bot.channels.web.forms import fields_of, lists_of
from bot.channels.web.ports import Stopwatch
from bot.channels.web.rate_limit import AddressLimiter
from bot.channels.web.room.guesses import CodeGuesses
from bot.channels.web.sessions import COOKIE, Sessions, key_of, set_cookie
from bot.conversation.rate_limit import RateLimits
from bot.errors import BotError, StorageError
from bot.features.rooms.request_parser import room_from_form
from bot.features.rooms.room import Room
from bot.features.rooms.rooms import ControlAction, RoomRefusedError, Rooms
from bot.features.rooms.snapshot import View
from bot.wording import RoomNotices as Wording

PING_SECONDS: Final = 15.0
RETRY_MS: Final = 1_000
"""After which a browser comes back that has lost its stream."""
MAX_STREAMS: Final = 3_000
MAX_STREAMS_OF_ADDRESS: Final = 2_000
"""A hall full of people comes from one address; others shall find room beside it."""
MAX_POSTS: Final = 120
"""In a minute, of one player or one host: more than anybody presses."""
COOKIE_SECONDS: Final = 2 * 24 * 3600
_JSON: Final = "application/json"
_WORKBOOK: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_NO_STORE: Final = {"Cache-Control": "no-store"}
_STREAM_HEADERS: Final = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
_OPEN_FIELDS: Final = ("mode", "questions", "seconds", "document", "section", "kind", "bank", "teams", "scoring")


class RoomRoutes:
    """The routes of ``rooms`` but for their pages. ``secure_cookie``: cookies travel over https only."""

    def __init__(
        self,
        rooms: Rooms,
        sessions: Sessions,
        limiter: AddressLimiter,
        *,
        secure_cookie: bool,
        stopwatch: Stopwatch,
    ) -> None:
        self._rooms = rooms
        self._sessions = sessions
        self._limiter = limiter
        self._secure = secure_cookie
        self._guesses = CodeGuesses(stopwatch)
        self._posts = RateLimits(MAX_POSTS, 0)
        self._stopwatch = stopwatch
        self._streams: Counter[str] = Counter()
        """By address."""

    def routes(self) -> list[Route]:
        """What scripts ask, and the files of results; what people do comes through ``RoomPages``."""
        return [
            Route("/room/{code}/state", self.state),
            Route("/room/{code}/events", self.events),
            Route("/room/{code}/results.xlsx", self.results_workbook),
            Route("/room/{code}/results.png", self.results_picture),
        ]

    # ── who is who ──

    def room_of(self, request: Request) -> Room:
        """The room that the address names. Raises HTTPException 404, or 429 for who has guessed too often."""
        address = self._limiter.address_of(request)
        code = request.path_params["code"]
        room = self._rooms.find(code)
        known = room is not None and (self.is_host(request, room) or self.player_of(request, room) is not None)
        if not known and self._guesses.are_too_many(address, shared=self._limiter.is_shared(request)):
            raise HTTPException(429, Wording.TOO_MANY_GUESSES)
        if room is None:
            self._guesses.add(address, code)
            raise HTTPException(404, Wording.GONE)
        return room

    def hosted_room_of(self, request: Request) -> Room:
        """The room that the address names, for its host. Raises HTTPException as ``room_of``, 403 for others."""
        room = self.room_of(request)
        if not self.is_host(request, room):
            raise HTTPException(403, Wording.NOT_HOST)
        return room

    def player_of(self, request: Request, room: Room) -> str | None:
        """The player that the browser stands for, who may be removed by now; None if it has not joined."""
        return self._rooms.player_of(room, request.cookies.get(player_cookie(room), ""))

    def is_host(self, request: Request, room: Room) -> bool:
        """Whether the browser has been given the host's link."""
        return self._rooms.is_host(room, request.cookies.get(host_cookie(room), ""))

    def become_host(self, request: Request, room: Room) -> Response | None:
        """For the host's page: what answers a request with the host's link in it, which then is out of the address.

        None if the browser is the host's already. Raises HTTPException 403 if neither is so.
        """
        token = request.query_params.get("t", "")
        if token and self._rooms.is_host(room, token):
            response = RedirectResponse(f"/room/{room.code}/host", 303, _NO_STORE)
            self._set_cookie(response, host_cookie(room), token, room)
            return response
        if not self.is_host(request, room):
            raise HTTPException(403, Wording.NOT_HOST)
        return None

    def snapshot(self, request: Request, room: Room, view: View) -> bytes:
        """What a page shows first. Raises HTTPException 403 if it is the host's and the browser is not."""
        if view == "host" and not self.is_host(request, room):
            raise HTTPException(403, Wording.NOT_HOST)
        return room.snapshot(view, self._member(request, room, view))

    def record_look(self, request: Request, room: Room) -> None:
        """Take note that a player's page was looked at."""
        member = self._member(request, room, "player")
        if member is not None:
            room.saw(member)

    # ── looks ──

    async def state(self, request: Request) -> Response:
        """The snapshot."""
        room, view = self.room_of(request), _view(request)
        found = self.snapshot(request, room, view)
        if view == "player":
            self.record_look(request, room)
        return Response(found, media_type=_JSON, headers=_NO_STORE)

    async def events(self, request: Request) -> Response:
        """The snapshots, each as soon as there is a newer one than ``Last-Event-ID``."""
        room, view = self.room_of(request), _view(request)
        if view == "host" and not self.is_host(request, room):
            raise HTTPException(403, Wording.NOT_HOST)
        address = self._limiter.address_of(request)
        of_one = self._streams[address] if address and not self._limiter.is_shared(request) else 0
        if self._streams.total() >= MAX_STREAMS or of_one >= MAX_STREAMS_OF_ADDRESS:
            raise HTTPException(503, Wording.TOO_MANY_STREAMS)
        last = request.headers.get("last-event-id", "")
        since = int(last) if last.isdecimal() and last.isascii() and len(last) < 16 else 0
        member = self._member(request, room, view)
        return StreamingResponse(
            self.stream(room, view, member, since, address), media_type="text/event-stream", headers=_STREAM_HEADERS
        )

    async def stream(
        self, room: Room, view: View, member: str | None, since: int, address: str = ""
    ) -> AsyncGenerator[bytes]:
        """The events for somebody at ``address`` who has seen the version ``since``, until there is no more to tell."""
        stream = room.subscribe(view, member)
        self._streams[address] += 1
        if since > room.version(view, member):  # of a process before this one, whose clock was ahead
            since = 0
        try:
            yield b"retry: %d\n\n" % RETRY_MS
            while not stream.ended:
                stream.changed.clear()
                version = room.version(view, member)
                if version > since:
                    since = version
                    yield b"id: %d\nevent: state\ndata: %b\n\n" % (version, room.snapshot(view, member))
                    continue
                try:
                    async with asyncio.timeout(PING_SECONDS):
                        await stream.changed.wait()
                except TimeoutError:
                    yield b": ping\n\n"
        finally:
            self._streams[address] -= 1
            if not self._streams[address]:
                del self._streams[address]
            room.unsubscribe(stream)

    async def results_workbook(self, request: Request) -> Response:
        """The results so far as a workbook, for the host."""
        room = self.hosted_room_of(request)
        name = Wording.RESULTS_FILE.format(code=room.code)
        return _download(await self._rooms.workbook(room), name, _WORKBOOK)

    async def results_picture(self, request: Request) -> Response:
        """The results so far as a picture, for the host."""
        room = self.hosted_room_of(request)
        drawn = await self._rooms.picture(room)
        if drawn is None:
            raise HTTPException(404, Wording.NO_PICTURE)
        return _download(drawn, Wording.RESULTS_PICTURE.format(code=room.code), "image/png")

    # ── what people do ──

    async def open(self, request: Request) -> Response:
        """A member of the page opens a room; the browser becomes its host's."""
        fields = dict(zip(_OPEN_FIELDS, await fields_of(request, *_OPEN_FIELDS), strict=True))
        address = self._limiter.count(request, limited=self._sessions.is_issued(request.cookies.get(COOKIE)))
        session = await self._sessions.look(request.cookies.get(COOKIE))
        if session is None or not session.name or not session.is_from(request.headers.get("user-agent", "")):
            return _refused(request, Wording.NAME_FIRST, 403)
        try:
            room = await self._rooms.open(
                room_from_form(fields),
                session.person,
                document=fields["document"],
                asked_in=session.person,
                origin=address,
                shared_origin=self._limiter.is_shared(request),
            )
        except RoomRefusedError as refusal:
            return _refused(request, str(refusal), refusal.status)
        except StorageError as error:
            return _refused(request, str(error), 503)
        except BotError as error:
            return _refused(request, str(error), 422)
        path = f"/room/{room.code}/host"
        response = _done(request, {"code": room.code, "host": path}, path)
        self._set_cookie(response, host_cookie(room), self._rooms.host_token(room), room)
        return response

    async def join(self, request: Request) -> Response:
        """A player comes in."""
        room = self.room_of(request)
        name, team = await fields_of(request, "name", "team")
        before = self.player_of(request, room)
        cookie = request.cookies.get(COOKIE, "")
        fresh = "" if self._sessions.is_issued(cookie) else self._sessions.fresh_id()
        try:
            player = await self._rooms.join(room, name, team, before)
        except RoomRefusedError as refusal:
            return _refused(request, str(refusal), refusal.status)
        response = _done(request, {"joined": True}, f"/room/{room.code}")
        if fresh:  # who asks the bot later is known to play here
            set_cookie(response, fresh, secure=self._secure)
        self._record_account(room, player, fresh or cookie)
        self._set_cookie(response, player_cookie(room), self._rooms.player_token(room, player), room)
        return response

    async def answer(self, request: Request) -> Response:
        """A player answers; acknowledged once the answer is stored."""
        room = self.room_of(request)
        numbers, chosen = await lists_of(request, "question", "choice")
        number, indices = _index("".join(numbers[:1])), [_index(one) for one in chosen]
        player = self.player_of(request, room)
        if player is not None:
            self._record_account(room, player, request.cookies.get(COOKIE, ""))
        try:
            if player is not None:
                self._count_post(room.key_of(player))
            if number is None or None in indices:
                raise RoomRefusedError(Wording.NO_CHOICE, 422)
            at = await self._rooms.answer(room, player, number, [one for one in indices if one is not None])
        except RoomRefusedError as refusal:
            return _refused(request, str(refusal), refusal.status)
        return _done(request, {"accepted": True, "at": at}, f"/room/{room.code}")

    async def control(self, request: Request) -> Response:
        """The host does something."""
        room = self.room_of(request)
        action, player = await fields_of(request, "action", "player")
        if not self.is_host(request, room):
            return _refused(request, Wording.NOT_HOST, 403)
        try:
            self._count_post(room.record.contest)
            found: ControlAction | None = next((one for one in get_args(ControlAction) if one == action), None)
            if found is None:
                raise RoomRefusedError(Wording.NOT_NOW, 422)
            await self._rooms.control(room, found, player)
        except RoomRefusedError as refusal:
            return _refused(request, str(refusal), refusal.status)
        except StorageError as error:
            return _refused(request, str(error), 503)
        return _done(request, {"done": action}, f"/room/{room.code}/host")

    # ── within ──

    def _count_post(self, key: str) -> None:
        """Count what a player or a host of that key sends. Raises RoomRefusedError if it is too much."""
        refused = self._posts.try_acquire(key, "", self._stopwatch())
        if refused is not None:
            raise RoomRefusedError(Wording.TOO_FAST.format(seconds=refused.seconds), 429)

    def _member(self, request: Request, room: Room, view: View) -> str | None:
        """The player whose page is looked at; whoever asks the bot from that browser is no stranger to the guard."""
        player = self.player_of(request, room) if view == "player" else None
        if player is None:
            return None
        self._record_account(room, player, request.cookies.get(COOKIE, ""))
        return room.key_of(player)

    def _record_account(self, room: Room, player: str, cookie: str) -> None:
        if self._sessions.is_issued(cookie):
            self._rooms.record_account(room, player, f"web:{key_of(cookie)}")

    def _set_cookie(self, response: Response, name: str, value: str, room: Room) -> None:
        response.set_cookie(
            name,
            value,
            max_age=COOKIE_SECONDS,
            httponly=True,
            samesite="lax",
            secure=self._secure,
            path=f"/room/{room.code}",
        )


def player_cookie(room: Room) -> str:
    """The cookie of a room's player. It is of the contest: a code may be another room's in a week."""
    return f"player_{room.record.contest}"


def host_cookie(room: Room) -> str:
    """The cookie of a room's host."""
    return f"host_{room.record.contest}"


def _download(content: bytes, name: str, media_type: str) -> Response:
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}", **_NO_STORE}
    return Response(content, media_type=media_type, headers=headers)


def _view(request: Request) -> View:
    wanted = request.query_params.get("view", "player")
    return next((view for view in get_args(View) if view == wanted), "player")


def _index(text: str) -> int | None:
    return int(text) if text.isdecimal() and text.isascii() and len(text) < 4 else None


def _wants_json(request: Request) -> bool:
    return _JSON in request.headers.get("accept", "")


def _done(request: Request, found: dict[str, object], page: str) -> Response:
    """What was done, for a script; else the page where it is to be seen."""
    return JSONResponse(found, 200, _NO_STORE) if _wants_json(request) else RedirectResponse(page, 303, _NO_STORE)


def _refused(request: Request, sentence: str, status: int) -> Response:
    """Why something was not done, for a script; else as a page."""
    if not _wants_json(request):
        raise HTTPException(status, sentence)
    return JSONResponse({"error": sentence}, status, _NO_STORE)
