"""The one place where a failure becomes what a visitor sees: a Chinese sentence, never a trace."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Scope

from bot.channels.web.page_templates import PageTemplates
from bot.errors import UnknownPointError, UnknownSectionError
from bot.wording import Web

_log = logging.getLogger(__name__)
_FOR_PROGRAMS = ("/api/", "/healthz", "/metrics")
_SENTENCES: Final = {
    400: Web.BAD_FORM,
    403: Web.CROSS_SITE,
    404: Web.NOT_FOUND,
    405: Web.WRONG_METHOD,
    413: Web.TOO_LARGE,
}


def request_id_of(scope: Scope) -> str:
    """The id that the log lines about this request carry."""
    found = scope.get("state", {}).get("request_id", "-")
    return str(found)


class ErrorPages:
    """Makes a response of an exception; logs the ones that nobody raised on purpose."""

    def __init__(self, pages: PageTemplates) -> None:
        self._pages = pages

    async def handle(self, request: Request, error: Exception) -> Response:
        """As an exception handler of Starlette."""
        return self.response(request.scope, error)

    def response(self, scope: Scope, error: Exception) -> Response:
        """The response to a request that failed with ``error``."""
        request_id = request_id_of(scope)
        headers: dict[str, str] = {}
        if isinstance(error, HTTPException):
            status, headers = error.status_code, dict(error.headers or {})
            sentence = error.detail
            if sentence in {"", HTTPStatus(status).phrase}:  # raised by the framework, in English
                sentence = _SENTENCES.get(status, Web.ERROR)
        elif isinstance(error, UnknownPointError):  # its own text says what to send, and here nothing can be sent
            status, sentence = 404, Web.UNKNOWN_POINT
        elif isinstance(error, UnknownSectionError):
            status, sentence = 404, Web.UNKNOWN_SECTION
        else:
            status, sentence = 500, Web.ERROR
            _log.error("request failed", exc_info=error, extra={"request_id": request_id})
        if scope["path"].startswith(_FOR_PROGRAMS):
            if status == HTTPStatus.INTERNAL_SERVER_ERROR:
                sentence = Web.API_ERROR.format(request_id=request_id)
            return JSONResponse({"error": sentence}, status, headers)
        return self._pages.page(
            "fault.html",
            status=status,
            headers=headers,
            sentence=sentence,
            request_id=request_id,
            broken=status >= 500,
        )
