"""A document dropped on the page for admins: looked over, and served on a press, as if it were sent in a chat."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.channels.web.admin.login import HOME, require_session
from bot.channels.web.admin.ports import AdminPageData, PageFrame
from bot.channels.web.error_pages import request_id_of
from bot.channels.web.forms import fields_of
from bot.channels.web.page_templates import PageTemplates
from bot.conversation.capabilities import Capabilities
from bot.conversation.messages import Choice, Code, Document, Incoming, Reply, parse_action
from bot.features.admin_login.login import AdminSession
from bot.wording import Console as Wording
from bot.wording import DraftingInChat, Web

ADDRESS: Final = f"{HOME}/document"
MAX_BODY: Final = 32 * 1024 * 1024 + 64 * 1024
"""Bytes of a form with a document: read only for who is logged in."""
CAPABILITIES: Final = Capabilities(Wording.HERE, buttons=True, dialogue=True, identity=True, files=True)
_MAX_NAME: Final = 200


class DocumentUpload:
    """The routes by which a document comes in. ``frame`` gives what stands around a page."""

    def __init__(
        self, pages: PageTemplates, data: AdminPageData, frame: Callable[[AdminSession, str], PageFrame]
    ) -> None:
        self._pages = pages
        self._data = data
        self._frame = frame

    def routes(self) -> list[Route]:
        """The routes to be served."""
        return [
            Route(ADDRESS, self.show, methods=["GET"]),
            Route(ADDRESS, self.upload, methods=["POST"]),
            Route(f"{ADDRESS}/press", self.press, methods=["POST"]),
        ]

    async def show(self, request: Request) -> Response:
        """The form."""
        admin = await require_session(request, self._data.login)
        return self._page(admin, Reply(choices=(Choice(DraftingInChat.BUTTON, Code.ADMIN.to("dr")),)))

    async def upload(self, request: Request) -> Response:
        """Look the document over that was sent; who sends it is known before any of it is read."""
        admin = await require_session(request, self._data.login)
        try:
            async with request.form(max_files=1, max_fields=1) as form:
                sent = form.get("document")
                if not isinstance(sent, UploadFile) or not sent.filename:
                    raise HTTPException(400, Web.BAD_FORM)
                name, body = sent.filename[:_MAX_NAME], await sent.read()
        except HTTPException as error:
            if error.status_code == 400:  # the reason is in English, and of no use to a visitor
                raise HTTPException(400, Web.BAD_FORM) from None
            raise

        async def read() -> bytes:
            return body

        return await self._reply(request, admin, document=Document(name, len(body), read))

    async def press(self, request: Request) -> Response:
        """Press a button of what was shown."""
        admin = await require_session(request, self._data.login)
        [spelled] = await fields_of(request, "action")
        action = parse_action(spelled)
        if action is None or action.code is not Code.ADMIN:
            raise HTTPException(400, Web.BAD_FORM)
        return await self._reply(request, admin, action=spelled)

    async def _reply(
        self, request: Request, admin: AdminSession, *, action: str = "", document: Document | None = None
    ) -> Response:
        if self._data.converse is None:
            raise HTTPException(404)
        incoming = Incoming(
            admin.person,
            f"console:{admin.person}",
            action=action,
            document=document,
            request_id=request_id_of(request.scope),
            channel=CAPABILITIES,
        )
        return self._page(admin, await self._data.converse(incoming))

    def _page(self, admin: AdminSession, reply: Reply) -> Response:
        lines = [reply.toast] if reply.toast else reply.text.split("\n") if reply.parts else []
        actions = ((choice, parse_action(choice.action)) for choice in reply.choices)
        choices = [choice for choice, action in actions if action is not None and action.code is Code.ADMIN]
        return self._pages.page(
            "console_document.html", frame=self._frame(admin, ADDRESS), lines=lines, choices=choices, address=ADDRESS
        )
