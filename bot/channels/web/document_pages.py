"""The document to read: a passage in its context, all passages by section, and the whole text."""

from __future__ import annotations

from urllib.parse import urlencode

from cachetools import FIFOCache
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.channels.web.page_templates import PageTemplates
from bot.channels.web.ports import CurrentKnowledge
from bot.channels.web.reading import DOCUMENT
from bot.channels.web.view_models import (
    find_in_text,
    neighbours_of,
    sentence_anchor,
    table_of_contents,
    text_blocks,
)
from bot.conversation.messages import Code, untagged
from bot.knowledge.model import Knowledge
from bot.text import readable
from bot.wording import SECTION_EMPTY

ANCHOR_LEVELS = 2  # of sections that the contents beside the whole text list
MAX_ANCHORS = 300
MAX_FOUND = 50  # sentences that are listed
MAX_WANTED = 50  # characters that are looked for
MAX_WHOLE = 4
"""Whole texts that are held as pages."""
_REVALIDATE = {"Cache-Control": "no-cache"}


class DocumentPages:
    """The routes of the document. They raise UnknownPointError and UnknownSectionError."""

    def __init__(self, pages: PageTemplates, knowledge: CurrentKnowledge) -> None:
        self._pages = pages
        self._knowledge = knowledge
        self._whole: FIFOCache[str, bytes] = FIFOCache(MAX_WHOLE)

    def routes(self) -> list[Route]:
        """The routes to be served."""
        return [
            Route("/p/{point}", self.passage),
            Route("/outline", self.outline),
            Route("/outline/{section}", self.section),
            Route("/read", self.whole),
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
            document=_named(request),
            document_key=request.scope.get(DOCUMENT, ""),
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
        """All points of one section, else its text."""
        knowledge = self._knowledge()
        section = knowledge.section(request.path_params["section"])
        points = knowledge.points_of(section.id)
        span = knowledge.section_span(section.id) if not points else None
        return self._pages.page(
            "section.html",
            headers=_REVALIDATE,
            knowledge=knowledge,
            contents=table_of_contents(knowledge),
            section=section,
            points=points,
            text=text_blocks(knowledge, span) if span is not None else (),
            anchor=f"#{section.id}" if knowledge.structure.section(section.id) is not None else "",
            empty=SECTION_EMPTY,
        )

    async def whole(self, request: Request) -> Response:
        """All of the text, with an anchor for each section and sentence. Made once for each version, in a thread.

        ``?point=`` leads on to the sentence where a passage begins; ``?find=`` lists the sentences that have a text.
        """
        knowledge = self._knowledge()
        point = request.query_params.get("point", "")
        if point:
            point = untagged(Code.POINT.to(point))[0].removeprefix(Code.POINT.to())
            sentence = knowledge.structure.sentence_at(knowledge.point(point).spans[0].start)
            anchor = f"#{sentence_anchor(sentence)}" if sentence is not None else ""
            return RedirectResponse(f"/read{_named(request)}{anchor}", 303, _REVALIDATE)
        wanted = readable(request.query_params.get("find", "")).strip()[:MAX_WANTED]
        if wanted:
            found, count = await run_in_threadpool(find_in_text, knowledge, wanted, MAX_FOUND)
            return self._pages.page(
                "found.html", headers=_REVALIDATE, knowledge=knowledge, wanted=wanted, found=found, count=count
            )
        page = self._whole.get(knowledge.version)
        if page is None:
            page = self._whole[knowledge.version] = await run_in_threadpool(self._whole_text, knowledge)
        return HTMLResponse(page, headers=_REVALIDATE)

    def _whole_text(self, knowledge: Knowledge) -> bytes:
        sections = knowledge.structure.sections
        page = self._pages.page(
            "read.html",
            knowledge=knowledge,
            contents=(),
            anchors=[one for one in sections if one.level <= ANCHOR_LEVELS and not one.inline][:MAX_ANCHORS],
            text=text_blocks(knowledge),
        )
        return bytes(page.body)


def _named(request: Request) -> str:
    """What goes on naming the document behind the address of a link, if the address of ``request`` did."""
    key = request.scope.get(DOCUMENT, "")
    return f"?{urlencode({DOCUMENT: key})}" if key else ""
