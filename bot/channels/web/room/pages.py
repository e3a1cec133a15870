"""The pages of live rooms: where one is entered or opened, its wall, its host's phone, its players' phones."""

from __future__ import annotations

import json
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.channels.web.page_templates import PageTemplates
from bot.channels.web.room.presenter import OpenForm, RoomPresenter, Snapshot
from bot.channels.web.room.routes import RoomRoutes
from bot.channels.web.sessions import COOKIE, Sessions
from bot.errors import StorageError
from bot.features.rooms.room import Room
from bot.features.rooms.rooms import Rooms
from bot.features.rooms.snapshot import View
from bot.wording import Rooms as Wording

_NO_STORE: Final = {"Cache-Control": "no-store"}
CODE_DIGITS: Final = 6


class RoomPages:
    """The pages, for whoever ``routes`` says the visitor is."""

    def __init__(self, pages: PageTemplates, rooms: Rooms, routes: RoomRoutes, sessions: Sessions) -> None:
        self._presenter = RoomPresenter(pages)
        self._rooms = rooms
        self._routes = routes
        self._sessions = sessions

    def routes(self) -> list[Route]:
        """The routes to be served; behind those of ``RoomRoutes``."""
        return [
            Route("/room", self.enter),
            Route("/room/{code}", self.player),
            Route("/room/{code}/wall", self.wall),
            Route("/room/{code}/host", self.host),
        ]

    async def enter(self, request: Request) -> Response:
        """Where a code is typed, and a room opened; on to the room if the address has its code."""
        typed = request.query_params.get("code", "")
        if not typed:
            return self._presenter.enter(form=await self._open_form(request))
        code = "".join(str(int(char)) for char in typed if char.isdecimal())  # also as full-width digits, with spaces
        if len(code) != CODE_DIGITS:
            form = await self._open_form(request)
            return self._presenter.enter(code=typed[:12], refusal=Wording.BAD_CODE, form=form, status=422)
        return RedirectResponse(f"/room/{code}", 303, _NO_STORE)

    async def player(self, request: Request) -> Response:
        """A player's phone, or first the form to join."""
        try:
            room = self._routes.room_of(request)
        except HTTPException as refusal:
            form = await self._open_form(request)
            code = request.path_params["code"][:12]
            return self._presenter.enter(code=code, refusal=refusal.detail, form=form, status=refusal.status_code)
        snapshot = self._snapshot(request, room, "player")
        if snapshot.get("you") is not None:
            return self._presenter.player(snapshot)
        session = await self._sessions.look(request.cookies.get(COOKIE))
        return self._presenter.join(snapshot, name=session.name if session is not None else "")

    async def wall(self, request: Request) -> Response:
        """The wall, for everybody who has the code."""
        return self._presenter.wall(self._snapshot(request, self._routes.room_of(request), "wall"))

    async def host(self, request: Request) -> Response:
        """The host's phone; with the host's link in the address, first out of it."""
        room = self._routes.room_of(request)
        entered = self._routes.become_host(request, room)
        return entered or self._presenter.host(self._snapshot(request, room, "host"))

    def _snapshot(self, request: Request, room: Room, view: View) -> Snapshot:
        found: Snapshot = json.loads(self._routes.snapshot(request, room, view))
        return found

    async def _open_form(self, request: Request) -> OpenForm:
        session = await self._sessions.look(request.cookies.get(COOKIE))
        if session is None or not session.name:
            return OpenForm()
        library = self._rooms.library
        documents = [(key, one.knowledge.title) for key, one in library.documents.items()]
        sections = [(one.title, one.title) for one in library.current.knowledge.sections]
        try:
            banks = await self._rooms.source.bank_names()
        except StorageError:  # a room can be opened without them
            banks = ()
        return OpenForm(
            is_allowed=True,
            documents=documents if len(documents) > 1 else (),
            sections=sections if len(documents) == 1 else (),
            kinds=tuple(Wording.KINDS.items()),
            banks=[(name, name) for name in banks],
        )
