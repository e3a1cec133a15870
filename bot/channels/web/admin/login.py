"""In by a link that the bot gave and a button, so that no link preview uses it up; out again."""

from __future__ import annotations

from collections.abc import Awaitable
from datetime import timedelta
from typing import Final, TypeVar

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.channels.web.admin.ports import Door
from bot.channels.web.error_pages import request_id_of
from bot.channels.web.forms import fields_of
from bot.channels.web.page_templates import Pages
from bot.errors import StorageError
from bot.features.admin_login.login import COOKIE_LASTS, Admitted, Refused
from bot.wording import Console as Wording

T = TypeVar("T")
HOME: Final = "/admin"
COOKIE: Final = "admin"
# the address holds the link: what this page loads and where it leads to learn no more than our host from it. Not
# "no-referrer", see ``bot.channels.web.security``
_DISCREET = {"Referrer-Policy": "origin"}


class EnteringPages:
    """The routes by which admins come and go. ``secure``: the cookie travels over https only."""

    def __init__(self, pages: Pages, door: Door, *, secure: bool) -> None:
        self._pages = pages
        self._door = door
        self._secure = secure

    def routes(self) -> list[Route]:
        """The routes to be served."""
        return [
            Route(f"{HOME}/enter", self.come, methods=["GET", "POST"]),
            Route(f"{HOME}/leave", self.leave, methods=["POST"]),
        ]

    async def come(self, request: Request) -> Response:
        """``GET``: a page with one button. ``POST``: the button was pressed."""
        return await (self.enter(request) if request.method == "POST" else self.knock(request))

    async def knock(self, request: Request) -> Response:
        """The page with the button, where the link is good; it stays so."""
        link = request.query_params.get("t", "")
        refused = await readable(self._door.knock(link, request_id_of(request.scope)))
        if refused is not None:
            raise refusal(refused)
        return self._pages.page("console_enter.html", headers=_DISCREET, link=link)

    async def enter(self, request: Request) -> Response:
        """On to the page for admins, with a cookie; the link is used up."""
        [link] = await fields_of(request, "t")
        cookie = await readable(self._door.enter(link, request_id_of(request.scope)))
        if isinstance(cookie, Refused):
            raise refusal(cookie)
        response = RedirectResponse(HOME, 303, {"Cache-Control": "no-store", **_DISCREET})
        response.set_cookie(
            COOKIE,
            cookie,
            max_age=COOKIE_LASTS // timedelta(seconds=1),
            path=HOME,
            secure=self._secure,
            httponly=True,
            samesite="strict",
        )
        return response

    async def leave(self, request: Request) -> Response:
        """Away from the page for admins; the cookie is worth nothing any more, and neither is a copy of it."""
        await readable(self._door.leave(request.cookies.get(COOKIE, "")))
        response = RedirectResponse("/", 303, {"Cache-Control": "no-store"})
        response.delete_cookie(COOKIE, path=HOME, secure=self._secure, httponly=True, samesite="strict")
        return response


async def visitor_of(request: Request, door: Door) -> Admitted:
    """The admin who sent ``request``. Raises HTTPException 403 for everybody else."""
    admitted = await readable(door.admitted(request.cookies.get(COOKIE, "")))
    if admitted is None:
        raise HTTPException(403, Wording.OUTSIDE)
    return admitted


def refusal(refused: Refused) -> HTTPException:
    """What a visitor is told who was ``refused``."""
    return HTTPException(403, Wording.REFUSALS[refused.why])


async def readable(reading: Awaitable[T]) -> T:
    """What ``reading`` gives; the sentence of a StorageError is fit for who comes here. Raises HTTPException 503."""
    try:
        return await reading
    except StorageError as error:
        raise HTTPException(503, str(error)) from error
