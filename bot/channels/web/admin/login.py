"""In by a link that the bot gave and a button, so that no link preview uses it up; out again."""

from __future__ import annotations

from collections.abc import Awaitable
from datetime import timedelta
from typing import Final, TypeVar

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.channels.web.error_pages import request_id_of
from bot.channels.web.forms import fields_of
from bot.channels.web.page_templates import PageTemplates
from bot.errors import StorageError
from bot.features.admin_login.login import COOKIE_LASTS, AdminLogin, AdminSession, LoginRefused
from bot.wording import Console as Wording

T = TypeVar("T")
HOME: Final = "/admin"
COOKIE: Final = "admin"
# the address holds the link: what this page loads and where it leads to learn no more than our host from it. Not
# "no-referrer", see ``bot.channels.web.security``
_DISCREET = {"Referrer-Policy": "origin"}


class LoginPages:
    """The routes by which admins come and go. ``secure``: the cookie travels over https only."""

    def __init__(self, pages: PageTemplates, login: AdminLogin, *, secure: bool) -> None:
        self._pages = pages
        self._login = login
        self._secure = secure

    def routes(self) -> list[Route]:
        """The routes to be served."""
        return [
            Route(f"{HOME}/enter", self.enter, methods=["GET", "POST"]),
            Route(f"{HOME}/leave", self.log_out, methods=["POST"]),
        ]

    async def enter(self, request: Request) -> Response:
        """``GET``: a page with one button. ``POST``: the button was pressed."""
        return await (self.redeem(request) if request.method == "POST" else self.confirm_page(request))

    async def confirm_page(self, request: Request) -> Response:
        """The page with the button, if the link is good; it stays so."""
        link = request.query_params.get("t", "")
        refused = await or_unavailable(self._login.verify_link(link, request_id_of(request.scope)))
        if refused is not None:
            raise forbidden(refused)
        return self._pages.page("console_enter.html", headers=_DISCREET, link=link)

    async def redeem(self, request: Request) -> Response:
        """On to the page for admins, with a cookie; the link is used up."""
        [link] = await fields_of(request, "t")
        cookie = await or_unavailable(self._login.redeem_link(link, request_id_of(request.scope)))
        if isinstance(cookie, LoginRefused):
            raise forbidden(cookie)
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

    async def log_out(self, request: Request) -> Response:
        """Away from the page for admins; the cookie is worth nothing any more, and neither is a copy of it."""
        await or_unavailable(self._login.revoke_session(request.cookies.get(COOKIE, "")))
        response = RedirectResponse("/", 303, {"Cache-Control": "no-store"})
        response.delete_cookie(COOKIE, path=HOME, secure=self._secure, httponly=True, samesite="strict")
        return response


async def require_session(request: Request, login: AdminLogin) -> AdminSession:
    """The admin who sent ``request``. Raises HTTPException 403 for everybody else."""
    admitted = await or_unavailable(login.session_of(request.cookies.get(COOKIE, "")))
    if admitted is None:
        raise HTTPException(403, Wording.OUTSIDE)
    return admitted


def forbidden(refused: LoginRefused) -> HTTPException:
    """What a visitor is told who was ``refused``."""
    return HTTPException(403, Wording.REFUSALS[refused.why])


async def or_unavailable(reading: Awaitable[T]) -> T:
    """What ``reading`` gives; the sentence of a StorageError is fit for who comes here. Raises HTTPException 503."""
    try:
        return await reading
    except StorageError as error:
        raise HTTPException(503, str(error)) from error
