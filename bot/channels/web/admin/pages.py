"""The pages for admins: figures as charts, questions without an answer, versions, the audit log."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Final, TypeVar
from zoneinfo import ZoneInfo

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.channels.web.admin.desk import ADDRESS as DESK
from bot.channels.web.admin.desk import Desk
from bot.channels.web.admin.document import ADDRESS, DocumentUpload
from bot.channels.web.admin.login import HOME, forbidden, or_unavailable, require_session
from bot.channels.web.admin.papers import ADDRESS as PAPERS
from bot.channels.web.admin.papers import CompetitionPages
from bot.channels.web.admin.ports import AdminPageData, PageFrame
from bot.channels.web.error_pages import request_id_of
from bot.channels.web.page_templates import PageTemplates
from bot.features.admin_login.login import AdminSession, LoginRefused
from bot.features.statistics.charts.shapes import WIDTH
from bot.features.statistics.charts.statistics_charts import charts_of, tiles_of
from bot.features.statistics.summary import LONGEST, beside_charts, long_date, span
from bot.wording import Console as Wording
from bot.wording import Papers

SPANS: Final = (7, 30, LONGEST)
T = TypeVar("T")


class AdminPages:
    """The routes for admins. Each looks anew who asks, and whether that person still may."""

    def __init__(self, pages: PageTemplates, data: AdminPageData) -> None:
        self._pages = pages
        self._data = data

    def routes(self) -> list[Route]:
        """The routes to be served."""
        return [
            Route(HOME, self.figures),
            Route(f"{HOME}/misses", self.misses),
            Route(f"{HOME}/versions", self.versions),
            Route(f"{HOME}/audit", self.audit),
            *(self._conversing() if self._data.converse is not None else []),
        ]

    def _conversing(self) -> list[Route]:
        desk, upload = Desk(self._pages, self._data, self._frame), DocumentUpload(self._pages, self._data, self._frame)
        routes = [*desk.routes(), *upload.routes()]
        if self._data.competitions is not None:
            routes += CompetitionPages(self._pages, self._data, self._data.competitions, self._frame).routes()
        return routes

    async def figures(self, request: Request) -> Response:
        """What was asked in the last days; ``?days=`` says how many."""
        admin = await require_session(request, self._data.login)
        wanted = request.query_params.get("days", "")
        days = next((count for count in SPANS if str(count) == wanted), SPANS[0])
        figures = await or_unavailable(self._data.figures(days))
        return self._pages.page(
            "console_figures.html",
            frame=self._frame(admin, HOME),
            span=span(figures.days),
            spans=SPANS,
            days=days,
            tiles=tiles_of(figures),
            sums=beside_charts(figures),
            charts=charts_of(figures),
            width=WIDTH,
        )

    async def misses(self, request: Request) -> Response:
        """Questions without an answer, the largest groups first."""
        admin = await require_session(request, self._data.login)
        groups = await or_unavailable(_offered(self._data.misses))
        return self._pages.page(
            "console_misses.html", frame=self._frame(admin, f"{HOME}/misses"), groups=groups, desk=DESK
        )

    async def versions(self, request: Request) -> Response:
        """The versions of the knowledge, the latest first."""
        admin = await require_session(request, self._data.login)
        versions = await or_unavailable(_offered(self._data.versions))
        return self._pages.page(
            "console_versions.html", frame=self._frame(admin, f"{HOME}/versions"), versions=versions, desk=DESK
        )

    async def audit(self, request: Request) -> Response:
        """Who did what, the latest first; for owners."""
        admin = await require_session(request, self._data.login)
        if not admin.owner:
            refused = LoginRefused("no right", admin.person)
            await or_unavailable(self._data.login.audit_refusal(refused, request_id_of(request.scope)))
            raise forbidden(refused)
        audits = await or_unavailable(_offered(self._data.audits))
        return self._pages.page("console_audit.html", frame=self._frame(admin, f"{HOME}/audit"), audits=audits)

    def _frame(self, admin: AdminSession, here: str) -> PageFrame:
        return PageFrame(here, self._tabs(admin), self._moment)

    def _tabs(self, admin: AdminSession) -> tuple[tuple[str, str], ...]:
        offered = [
            (HOME, Wording.FIGURES, True),
            (DESK, Wording.DESK, self._data.converse is not None),
            (f"{HOME}/misses", Wording.MISSES, self._data.misses is not None),
            (f"{HOME}/versions", Wording.VERSIONS, self._data.versions is not None),
            (ADDRESS, Wording.DOCUMENT, self._data.converse is not None),
            (PAPERS, Papers.TITLE, self._data.competitions is not None),
            (f"{HOME}/audit", Wording.AUDIT, self._data.audits is not None and admin.owner),
        ]
        return tuple((address, label) for address, label, there in offered if there)

    def _moment(self, at: datetime) -> str:
        local = at.astimezone(ZoneInfo(self._data.zone))
        return Wording.MOMENT.format(date=long_date(local.date()), time=f"{local:%H:%M}")


def _offered(part: Callable[[], Awaitable[T]] | None) -> Awaitable[T]:
    if part is None:
        raise HTTPException(404)
    return part()
