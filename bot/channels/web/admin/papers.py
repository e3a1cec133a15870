"""Competitions on the page for admins: those there are with their reports, and a form for a new one.

What the form plans is shown and published with one tap, as if it had been written in a chat.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final
from urllib.parse import quote
from zoneinfo import ZoneInfo

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.channels.web.admin.document import CAPABILITIES, MAX_BODY
from bot.channels.web.admin.login import HOME, or_unavailable, require_session
from bot.channels.web.admin.ports import AdminPageData, CompetitionDesk, PageFrame
from bot.channels.web.error_pages import request_id_of
from bot.channels.web.forms import fields_of
from bot.channels.web.page_templates import PageTemplates
from bot.conversation.messages import Code, Incoming, Reply, parse_action
from bot.errors import DocumentError, PaperRefusedError
from bot.features.admin_login.login import AdminSession
from bot.features.papers.competitions import CompetitionPlan
from bot.quiz.paper import PaperRules
from bot.wording import Papers as Wording
from bot.wording import Web

ADDRESS: Final = f"{HOME}/papers"
LARGEST: Final = {ADDRESS: MAX_BODY}
_BANK: Final = "bank:"
_FIELDS: Final = ("title", "starts_at", "ends_at", "count", "minutes", "tries", "counting", "source", "branches")
_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class CompetitionPages:
    """The routes. ``frame`` gives what stands around a page."""

    def __init__(
        self,
        pages: PageTemplates,
        data: AdminPageData,
        desk: CompetitionDesk,
        frame: Callable[[AdminSession, str], PageFrame],
    ) -> None:
        self._pages = pages
        self._data = data
        self._desk = desk
        self._frame = frame

    def routes(self) -> list[Route]:
        """The routes to be served."""
        return [
            Route(ADDRESS, self.show, methods=["GET"]),
            Route(ADDRESS, self.plan, methods=["POST"]),
            Route(f"{ADDRESS}/press", self.press, methods=["POST"]),
            Route(f"{ADDRESS}/{{name}}.xlsx", self.report, methods=["GET"]),
        ]

    async def show(self, request: Request) -> Response:
        """What there is, and the form."""
        return await self._page(await require_session(request, self._data.login), Reply(), {})

    async def plan(self, request: Request) -> Response:
        """What the form plans, to be published; who sends it is known before any of it is read."""
        admin = await require_session(request, self._data.login)
        try:
            async with request.form(max_files=1, max_fields=len(_FIELDS)) as form:
                fields = {name: _text(form, name) for name in _FIELDS}
                sent = form.get("roster")
                roster = await sent.read() if isinstance(sent, UploadFile) and sent.filename else b""
        except HTTPException as error:
            if error.status_code == 400:  # the reason is in English, and of no use to a visitor
                raise HTTPException(400, Web.BAD_FORM) from None
            raise
        try:
            names = await self._desk.read_names(roster) if roster else ()
            plan = self._planned(fields, names)
            reply = await or_unavailable(self._desk.show_plan(plan, admin.person))
        except (PaperRefusedError, DocumentError) as refusal:
            return await self._page(admin, Reply(toast=str(refusal)), fields)
        return await self._page(admin, reply, fields)

    async def press(self, request: Request) -> Response:
        """Publish what was shown, or end a competition: the conversation checks who may."""
        admin = await require_session(request, self._data.login)
        [spelled] = await fields_of(request, "action")
        action = parse_action(spelled)
        if action is None or action.code is not Code.ADMIN or self._data.converse is None:
            raise HTTPException(400, Web.BAD_FORM)
        incoming = Incoming(
            admin.person,
            f"console:{admin.person}",
            action=spelled,
            request_id=request_id_of(request.scope),
            channel=CAPABILITIES,
        )
        return await self._page(admin, await self._data.converse(incoming), {})

    async def report(self, request: Request) -> Response:
        """The report as an Excel workbook."""
        await require_session(request, self._data.login)
        try:
            title, body = await or_unavailable(self._desk.report(request.path_params["name"]))
        except PaperRefusedError as refusal:
            raise HTTPException(404, str(refusal)) from refusal
        name = quote(Wording.REPORT_FILE.format(title=title), safe="")
        headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}", "Cache-Control": "no-store"}
        return Response(body, media_type=_XLSX, headers=headers)

    def _planned(self, fields: dict[str, str], names: tuple[tuple[str, str], ...]) -> CompetitionPlan:
        zone, source = ZoneInfo(self._data.zone), fields["source"]
        try:
            starts_at = datetime.fromisoformat(fields["starts_at"]).replace(tzinfo=zone)
            ends_at = datetime.fromisoformat(fields["ends_at"]).replace(tzinfo=zone)
            rules = PaperRules(
                int(fields["count"]),
                int(fields["minutes"]),
                int(fields["tries"]),
                "last" if fields["counting"] == "last" else "best",
            )
        except ValueError:
            raise PaperRefusedError(Wording.BAD_PLAN) from None
        bank = source.removeprefix(_BANK) if source.startswith(_BANK) else ""
        branches = tuple(line.strip() for line in fields["branches"].splitlines() if line.strip())
        return CompetitionPlan(
            fields["title"], starts_at, ends_at, rules, "" if bank else source, bank, branches, names
        )

    async def _page(self, admin: AdminSession, reply: Reply, fields: dict[str, str]) -> Response:
        found = await or_unavailable(self._desk.list())
        sources = await or_unavailable(self._desk.sources())
        banks = [(f"{_BANK}{name}", Wording.OF_BANK.format(bank=name)) for name in sources.banks]
        return self._pages.page(
            "console_papers.html",
            frame=self._frame(admin, ADDRESS),
            address=ADDRESS,
            paper_words=Wording,
            found=found,
            sources=[*sources.documents, *banks],
            typed={**dict.fromkeys(_FIELDS, ""), "count": "20", "minutes": "30", "tries": "1", **fields},
            refusal=reply.toast,
            lines=[part.text for part in reply.parts],
            choices=[choice for choice in reply.choices if choice.action.startswith(Code.ADMIN.to())],
        )


def _text(form: FormData, name: str) -> str:
    value = form.get(name, "")
    return value if isinstance(value, str) else ""
