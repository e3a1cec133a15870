"""How much one address may ask, whatever cookies and names of sessions come with it."""

from __future__ import annotations

import logging

from starlette.exceptions import HTTPException
from starlette.requests import Request

from bot.channels.web.addresses import Proxies
from bot.channels.web.faults import request_id_of
from bot.channels.web.ports import Stopwatch
from bot.chat.limits import Limits
from bot.wording import Web

_log = logging.getLogger(__name__)


class AddressLimiter:
    """Counts what addresses send: all of it as a chat of ``limits``, and what comes without a session, which would
    have a limit of its own, as a member of them."""

    def __init__(self, limits: Limits, proxies: Proxies, stopwatch: Stopwatch) -> None:
        self._limits = limits
        self._proxies = proxies
        self._stopwatch = stopwatch

    def address_of(self, request: Request) -> str:
        """The address that ``request`` counts under; nothing where the server does not know it."""
        return self._proxies.client_of(request.scope)

    def count(self, request: Request, *, limited: bool) -> None:
        """Count ``request``; ``limited``: by its session too. Raises HTTPException 429 where it is too much."""
        address = self.address_of(request)
        refused = self._limits.take("" if limited else address, address, self._stopwatch())
        if refused is None:
            return
        if self._limits.tell(refused):
            fields = {"request_id": request_id_of(request.scope), "address": refused.key}
            _log.warning("too much from an address, for %d s", refused.seconds, extra=fields)
        raise HTTPException(
            429, Web.TOO_MUCH.format(seconds=refused.seconds), headers={"Retry-After": str(refused.seconds)}
        )
