"""The document to read: a passage in its context, and all passages by section."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.channels.web.page_templates import PageTemplates
from bot.channels.web.ports import CurrentKnowledge
from bot.channels.web.view_models import neighbours_of, table_of_contents
from bot.wording import SECTION_EMPTY

_REVALIDATE = {"Cache-Control": "no-cache"}


class DocumentPages:
    """The routes of the document. They raise UnknownPointError and UnknownSectionError."""

    def __init__(self, pages: PageTemplates, knowledge: CurrentKnowledge) -> None:
        self._pages = pages
        self._knowledge = knowledge

    def routes(self) -> list[Route]:
        """The routes to be served."""
        return [
            Route("/p/{point}", self.passage),
            Route("/outline", self.outline),
            Route("/outline/{section}", self.section),
        ]

    async def passage(self, request: Request) -> Response:
        """One point, marked in the paragraphs it stands in."""
        knowledge = self._knowledge()
        point = knowledge.point(request.path_params["point"])
        before, after = neighbours_of(knowledge, point)
        return self._pages.page(
            "passage.html",
            headers=_REVALIDATE,
            knowledge=knowledge,
            contents=table_of_contents(knowledge),
            point=point,
            paragraphs=knowledge.paragraphs(point),
            before=before,
            after=after,
            question=point.questions[0] if point.questions else point.title,
        )

    async def outline(self, request: Request) -> Response:
        """All sections."""
        knowledge = self._knowledge()
        return self._pages.page(
            "outline.html",
            headers=_REVALIDATE,
            knowledge=knowledge,
            contents=table_of_contents(knowledge),
            current="",
        )

    async def section(self, request: Request) -> Response:
        """All points of one section."""
        knowledge = self._knowledge()
        section = knowledge.section(request.path_params["section"])
        return self._pages.page(
            "section.html",
            headers=_REVALIDATE,
            knowledge=knowledge,
            contents=table_of_contents(knowledge),
            section=section,
            points=knowledge.points_of(section.id),
            empty=SECTION_EMPTY,
        )
