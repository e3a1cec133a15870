"""The pages of live rooms: where one is entered or opened, its wall, its host's phone, its players' phones."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.channels.web.forms import fields_of
from bot.channels.web.page_templates import PageTemplates
from bot.channels.web.room.presenter import OpenForm, RoomPresenter, Snapshot
from bot.channels.web.room.routes import RoomRoutes
from bot.channels.web.sessions import COOKIE, Session, Sessions
from bot.errors import StorageError
from bot.features.rooms.results import day_of, results_questions, results_rows
from bot.features.rooms.room import Room
from bot.features.rooms.rooms import Rooms
from bot.features.rooms.snapshot import View
from bot.wording import Rooms as Wording

_NO_STORE: Final = {"Cache-Control": "no-store"}
CODE_DIGITS: Final = 6
MAX_TYPED: Final = 40
"""Characters of what was typed that are shown again."""


class RoomPages:
    """The pages, for whoever ``routes`` says the visitor is."""

    def __init__(self, pages: PageTemplates, rooms: Rooms, routes: RoomRoutes, sessions: Sessions) -> None:
        self._presenter = RoomPresenter(pages)
        self._rooms = rooms
        self._routes = routes
        self._sessions = sessions

    def routes(self) -> list[Route]:
        """The routes to be served, behind those of ``RoomRoutes``."""
        return [
            Route("/room", self.enter),
            Route("/room/open", self.open, methods=["POST"]),
            Route("/room/{code}/join", self.join, methods=["POST"]),
            Route("/room/{code}/answer", self.answer, methods=["POST"]),
            Route("/room/{code}/control", self.control, methods=["POST"]),
            Route("/room/{code}", self.player),
            Route("/room/{code}/wall", self.wall),
            Route("/room/{code}/host", self.host),
            Route("/room/{code}/results", self.results),
        ]

    async def enter(self, request: Request) -> Response:
        """Where a code is typed, and a room opened; on to the room if the address has its code."""
        typed = request.query_params.get("code", "")
        if not typed:
            return self._presenter.enter(form=await self._open_form(request))
        code = "".join(str(int(char)) for char in typed if char.isdecimal())  # also as full-width digits, with spaces
        if len(code) != CODE_DIGITS:
            form = await self._open_form(request)
            return self._presenter.enter(code=typed[:MAX_TYPED], refusal=Wording.BAD_CODE, form=form, status=422)
        return RedirectResponse(f"/room/{code}", 303, _NO_STORE)

    async def player(self, request: Request) -> Response:
        """A player's phone, or first the form to join."""
        try:
            room = self._routes.room_of(request)
        except HTTPException as refusal:
            return await self._enter_again(request, refusal)
        snapshot = self._snapshot(request, room, "player")
        if snapshot.get("you") is not None:
            self._routes.record_look(request, room)
            return self._presenter.player(snapshot)
        session = await self._session(request)
        return self._presenter.join(snapshot, name=session.name if session is not None else "")

    # ── what is sent, without a script too: a refusal is shown where it was sent from ──

    async def open(self, request: Request) -> Response:
        """A room is opened: on to its host's page."""
        try:
            return await self._routes.open(request)
        except HTTPException as refusal:
            mode, questions, seconds, teams = await fields_of(request, "mode", "questions", "seconds", "teams")
            form = replace(await self._open_form(request), mode=mode, questions=questions, seconds=seconds, teams=teams)
            return self._presenter.enter(refusal=refusal.detail, form=form, status=refusal.status_code)

    async def join(self, request: Request) -> Response:
        """A player comes in: on to the player's page."""
        try:
            return await self._routes.join(request)
        except HTTPException as refusal:
            room = self._rooms.find(request.path_params["code"])
            if room is None:
                return await self._enter_again(request, refusal)
            name, team = await fields_of(request, "name", "team")
            snapshot = self._snapshot(request, room, "player")
            told, status = refusal.detail, refusal.status_code
            return self._presenter.join(snapshot, name=name[:MAX_TYPED], team=team, refusal=told, status=status)

    async def answer(self, request: Request) -> Response:
        """A player answers."""
        try:
            return await self._routes.answer(request)
        except HTTPException as refusal:
            room = self._rooms.find(request.path_params["code"])
            snapshot = self._snapshot(request, room, "player") if room is not None else {}
            if snapshot.get("you") is None:
                raise
            return self._presenter.player(snapshot, refusal=refusal.detail, status=refusal.status_code)

    async def control(self, request: Request) -> Response:
        """The host does something."""
        try:
            return await self._routes.control(request)
        except HTTPException as refusal:
            room = self._rooms.find(request.path_params["code"])
            if room is None or not self._routes.is_host(request, room):
                raise
            snapshot = self._snapshot(request, room, "host")
            return self._presenter.host(snapshot, refusal=refusal.detail, status=refusal.status_code)

    # ── what is looked at ──

    async def wall(self, request: Request) -> Response:
        """The wall, for everybody who has the code."""
        return self._presenter.wall(self._snapshot(request, self._routes.room_of(request), "wall"))

    async def host(self, request: Request) -> Response:
        """The host's phone; with the host's link in the address, first out of it."""
        room = self._routes.room_of(request)
        entered = self._routes.become_host(request, room)
        return entered or self._presenter.host(self._snapshot(request, room, "host"))

    async def results(self, request: Request) -> Response:
        """Everybody's place and all questions so far, for the host to print."""
        room = self._routes.hosted_room_of(request)
        snapshot = {**self._snapshot(request, room, "host"), "standings": results_rows(room)}
        held = day_of(room, self._rooms.zone)
        return self._presenter.results(snapshot, held=held, questions=results_questions(room))

    # ── within ──

    async def _enter_again(self, request: Request, refusal: HTTPException) -> Response:
        code = request.path_params["code"][:MAX_TYPED]
        form = await self._open_form(request)
        return self._presenter.enter(code=code, refusal=refusal.detail, form=form, status=refusal.status_code)

    def _snapshot(self, request: Request, room: Room, view: View) -> Snapshot:
        found: Snapshot = json.loads(self._routes.snapshot(request, room, view))
        return found

    async def _session(self, request: Request) -> Session | None:
        """The visitor's session; None for a browser that has the cookie of another."""
        session = await self._sessions.look(request.cookies.get(COOKIE))
        return session if session is not None and session.is_from(request.headers.get("user-agent", "")) else None

    async def _open_form(self, request: Request) -> OpenForm:
        session = await self._session(request)
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
