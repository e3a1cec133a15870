"""All of the web channel as one ASGI application."""

from __future__ import annotations

import asyncio
import random
import secrets
import time
from functools import cache

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.routing import Route

from bot.access.secret import Secret
from bot.channels.web.addresses import OperatorAccess, TrustedProxies
from bot.channels.web.admin.document import ADDRESS, MAX_BODY
from bot.channels.web.admin.login import LoginPages
from bot.channels.web.admin.pages import AdminPages
from bot.channels.web.admin.papers import LARGEST
from bot.channels.web.admin.ports import AdminPageData
from bot.channels.web.api import Api
from bot.channels.web.assets import StaticAssets
from bot.channels.web.chat_page import ChatPages, Settled, settled_at_once
from bot.channels.web.conversation_client import ConversationClient
from bot.channels.web.document_pages import DocumentPages
from bot.channels.web.error_pages import ErrorPages
from bot.channels.web.metrics import WebMetrics
from bot.channels.web.operator_routes import CachedProbe, OperatorRoutes
from bot.channels.web.page_templates import FOLDER, PageTemplates
from bot.channels.web.paper_pages import PaperPages
from bot.channels.web.ports import CurrentKnowledge, NewId, Ping, Probe, Stopwatch
from bot.channels.web.rate_limit import AddressLimiter
from bot.channels.web.reading import ReadingMiddleware
from bot.channels.web.request_log import RequestLogMiddleware
from bot.channels.web.room.pages import RoomPages
from bot.channels.web.room.routes import RoomRoutes
from bot.channels.web.security import BodyLimit, SameSite, SecurityHeaders
from bot.channels.web.sessions import Sessions
from bot.conversation.router import Router
from bot.errors import UnknownPointError, UnknownSectionError
from bot.features.papers.paper_service import PaperService
from bot.features.rooms.rooms import Rooms


def random_session_id() -> str:
    """An id that nobody can guess: 128 bits."""
    return secrets.token_urlsafe(16)


def random_request_id() -> str:
    """An id that a member can read out to an admin. It opens nothing, so that it may be guessed."""
    return f"{random.getrandbits(32):08x}"


def build_web(
    conversation: Router,
    *,
    knowledge: CurrentKnowledge,
    probe: Probe,
    storage: Ping,
    metrics: WebMetrics,
    public_url: str = "",
    proxies: TrustedProxies | None = None,
    rate_member: int = 0,
    rate_address: int = 0,
    operator_token: str = "",
    console: AdminPageData | None = None,
    secret: Secret | None = None,
    sessions: Sessions | None = None,
    settled: Settled = settled_at_once,
    new_session_id: NewId = random_session_id,
    new_request_id: NewId = random_request_id,
    stopwatch: Stopwatch = time.perf_counter,
    stopping: asyncio.Event | None = None,
    papers: PaperService | None = None,
    rooms: Rooms | None = None,
) -> Starlette:
    """The application. ``knowledge`` gives what is served now, ``probe`` tells whether answering works, ``storage``
    whether feedback can be kept, by a write.

    ``console`` is what the page for admins shows; None: there is none. ``public_url`` is the address that members reach
    the web page at: with https, cookies travel over https only. ``proxies`` are reverse proxies that are believed.
    An address may send ``rate_address`` questions and presses in a minute, ``rate_member`` of them without a session; 0
    is no limit.
    ``secret`` signs visitors' cookies, so that they are known before the first question and after a restart;
    ``sessions`` are used instead, where others have to reach visitors' pages too. ``settled`` waits for what a contest
    has to say.
    ``operator_token`` shows operators elsewhere what is shown on this machine. Once ``stopping`` is set, questions that
    wait for their turn are told so. ``papers`` are those of competitions, ``rooms`` the live rooms; None: there is no
    page of them.
    """
    assets, pages = _assets_and_pages(public_url)
    error_pages = ErrorPages(pages)
    client = ConversationClient(conversation, metrics, stopwatch, stopping or asyncio.Event())
    secure = public_url.startswith("https://")
    limiter = AddressLimiter(rate_member, rate_address, proxies or TrustedProxies(), stopwatch)
    if sessions is None:
        sessions = Sessions(new_session_id, secret)
    chat = ChatPages(
        pages,
        client,
        sessions,
        knowledge,
        limiter,
        secure_cookie=secure,
        settled=settled,
        papers=papers is not None,
        rooms=rooms is not None,
    )

    async def stores() -> bool:
        await storage()
        return True

    status = OperatorRoutes(
        CachedProbe("answering", probe, stopwatch),
        CachedProbe("the database", stores, stopwatch),
        knowledge,
        metrics,
        OperatorAccess(operator_token),
    )
    app = Starlette(
        routes=[
            *Api(client, conversation, knowledge, limiter).routes(),  # first, as programs ask the most
            *chat.routes(),
            *DocumentPages(pages, knowledge).routes(),
            *_paper_routes(pages, papers, sessions, knowledge, limiter, secure=secure),
            *_console_routes(pages, console, secure=secure),
            *_room_routes(pages, rooms, sessions, limiter, secure=secure, stopwatch=stopwatch),
            *status.routes(),
            Route("/static/{name}", assets.serve),
        ],
        middleware=[
            Middleware(SecurityHeaders),
            Middleware(
                RequestLogMiddleware,
                error_pages=error_pages,
                metrics=metrics,
                new_id=new_request_id,
                stopwatch=stopwatch,
            ),
            Middleware(SameSite, public_url=public_url),
            Middleware(BodyLimit, larger={ADDRESS: MAX_BODY, **LARGEST}),
            Middleware(ReadingMiddleware, conversation=conversation, sessions=sessions),
        ],
        exception_handlers={
            HTTPException: error_pages.handle,
            UnknownPointError: error_pages.handle,
            UnknownSectionError: error_pages.handle,
        },
    )
    app.router.redirect_slashes = False  # the redirect would repeat whatever host the request claims
    return app


@cache  # the files of the installation: to compile the templates takes a tenth of a second
def _assets_and_pages(site: str) -> tuple[StaticAssets, PageTemplates]:
    assets = StaticAssets(FOLDER / "static")
    return assets, PageTemplates(assets, site)


def _paper_routes(
    pages: PageTemplates,
    papers: PaperService | None,
    sessions: Sessions,
    knowledge: CurrentKnowledge,
    limiter: AddressLimiter,
    *,
    secure: bool,
) -> list[Route]:
    if papers is None:
        return []
    return PaperPages(pages, papers, sessions, knowledge, limiter, secure_cookie=secure).routes()


def _console_routes(pages: PageTemplates, console: AdminPageData | None, *, secure: bool) -> list[Route]:
    if console is None:
        return []
    return [*LoginPages(pages, console.login, secure=secure).routes(), *AdminPages(pages, console).routes()]


def _room_routes(
    pages: PageTemplates,
    rooms: Rooms | None,
    sessions: Sessions,
    limiter: AddressLimiter,
    *,
    secure: bool,
    stopwatch: Stopwatch,
) -> list[Route]:
    if rooms is None:
        return []
    routes = RoomRoutes(rooms, sessions, limiter, secure_cookie=secure, stopwatch=stopwatch)
    return [*routes.routes(), *RoomPages(pages, rooms, routes, sessions).routes()]
