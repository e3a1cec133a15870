"""The admins' desk: what admins do in a chat, on a page, by the same commands and buttons.

Each reply is shown with its buttons, as on the chat page. The conversation checks what the person may do; a post needs
the cookie of these pages, which no other site's form brings along.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from urllib.parse import quote

from cachetools import LRUCache
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.channels.web.admin.document import CAPABILITIES
from bot.channels.web.admin.login import HOME, require_session
from bot.channels.web.admin.ports import AdminPageData, PageFrame
from bot.channels.web.conversation_log import Exchange
from bot.channels.web.error_pages import request_id_of
from bot.channels.web.forms import fields_of
from bot.channels.web.page_templates import PageTemplates
from bot.channels.web.sessions import Session
from bot.channels.web.view_models import exchange_view
from bot.conversation.messages import Attachment, Incoming
from bot.features.admin_login.login import AdminSession
from bot.text import readable
from bot.wording import Console as Wording
from bot.wording import Web

ADDRESS: Final = f"{HOME}/desk"
EXCHANGES: Final = 12
MAX_DESKS: Final = 100
_COMMANDS: Final = (
    "/misses",
    "/history",
    "/diff",
    "/reload",
    "/reports",
    "/say",
    "/stats",
    "/grant",
    "/export",
    "/help",
)
"""What is offered to be tapped: a command that is not the person's to use says so."""


class Desk:
    """The routes of the desk. ``frame`` gives what stands around a page."""

    def __init__(
        self, pages: PageTemplates, data: AdminPageData, frame: Callable[[AdminSession, str], PageFrame]
    ) -> None:
        self._pages = pages
        self._data = data
        self._frame = frame
        self._said: LRUCache[str, Session] = LRUCache(MAX_DESKS)
        self._files: LRUCache[str, tuple[Attachment, ...]] = LRUCache(MAX_DESKS)

    def routes(self) -> list[Route]:
        """The routes to be served."""
        return [
            Route(ADDRESS, self.show, methods=["GET"]),
            Route(ADDRESS, self.say, methods=["POST"]),
            Route(f"{ADDRESS}/file/{{number:int}}", self.file, methods=["GET"]),
        ]

    async def show(self, request: Request) -> Response:
        """The commands, and what was said lately."""
        return self._page(await require_session(request, self._data.login))

    async def say(self, request: Request) -> Response:
        """Say a command or words, or press a button."""
        admin = await require_session(request, self._data.login)
        question, action = await fields_of(request, "question", "action")
        if self._data.converse is None:
            raise HTTPException(404)
        incoming = Incoming(
            admin.person,
            f"console:{admin.person}",
            text="" if action else question,
            action=action,
            request_id=request_id_of(request.scope),
            channel=CAPABILITIES,
        )
        reply = await self._data.converse(incoming)
        said = self._said.setdefault(admin.person, Session(admin.person, EXCHANGES))
        if reply.files:
            self._files[admin.person] = reply.files
        label = said.label(action) if action else readable(question).strip()
        shown = said.add(label, reply) if reply.parts or reply.choices or reply.tools else None
        return self._page(admin, toast=reply.toast, latest=shown, files=reply.files)

    async def file(self, request: Request) -> Response:
        """A file of the last reply that had some."""
        admin = await require_session(request, self._data.login)
        files, number = self._files.get(admin.person, ()), request.path_params["number"]
        if number >= len(files):
            raise HTTPException(404, Web.NOT_FOUND)
        return Response(
            files[number].data,
            media_type="application/octet-stream",
            headers={
                "Content-Disposition": f"attachment; filename*=UTF-8''{quote(files[number].name, safe='')}",
                "Cache-Control": "no-store",
            },
        )

    def _page(
        self,
        admin: AdminSession,
        *,
        toast: str = "",
        latest: Exchange | None = None,
        files: tuple[Attachment, ...] = (),
    ) -> Response:
        said = self._said.get(admin.person)
        return self._pages.page(
            "console_desk.html",
            frame=self._frame(admin, ADDRESS),
            address=ADDRESS,
            commands=[(command, Wording.DESK_COMMANDS[command]) for command in _COMMANDS],
            exchanges=[exchange_view(exchange) for exchange in said.exchanges] if said is not None else [],
            latest=latest.number if latest is not None else -1,
            toast=toast,
            files=[file.name for file in files],
        )
