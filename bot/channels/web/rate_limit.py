"""How much one address may ask, whatever cookies and names of sessions come with it."""

from __future__ import annotations

import logging
from typing import NoReturn

from starlette.exceptions import HTTPException
from starlette.requests import Request

from bot.channels.web.addresses import TrustedProxies, is_private
from bot.channels.web.error_pages import request_id_of
from bot.channels.web.ports import Stopwatch
from bot.conversation.rate_limit import RateLimited, RateLimits
from bot.wording import Web

_log = logging.getLogger(__name__)


class AddressLimiter:
    """Counts what addresses send in a minute, or at once: ``rate_address`` altogether, ``rate_member`` of what is
    posted to the page without a session, which would have a limit of its own; 0 for no limit."""

    def __init__(self, rate_member: int, rate_address: int, proxies: TrustedProxies, stopwatch: Stopwatch) -> None:
        self._without_session = RateLimits(rate_member, 0)
        self._altogether = RateLimits(rate_address, 0)
        self._proxies = proxies
        self._stopwatch = stopwatch
        self._warned = False

    def is_shared(self, request: Request) -> bool:
        """Whether many may come from the address of ``request``: a reverse proxy that TRUSTED_PROXIES does not name.

        From the public internet anybody can claim that; a proxy stands on the same machine or network.
        """
        proxy = self._proxies.unnamed_proxy(request.scope)
        if proxy and not self._warned:
            self._warned = True
            _log.warning(
                "a peer that is not in TRUSTED_PROXIES sends X-Forwarded-For: all who come through %s count as one "
                "visitor; if it is your reverse proxy, set TRUSTED_PROXIES to its address",
                proxy,
                extra={"request_id": request_id_of(request.scope)},
            )
        return is_private(proxy)

    def address_of(self, request: Request) -> str:
        """The address that ``request`` would count under; nothing if the server does not know it."""
        return self._proxies.client_of(request.scope)

    def count(self, request: Request, *, limited: bool) -> str:
        """Count ``request``; ``limited``: it has a session with a limit of its own, or needs none.

        Gives the address that it counts under; nothing if the server does not know it. Raises HTTPException 429 if it
        is too much.
        """
        address = self._proxies.client_of(request.scope)
        if not address:
            return ""
        for limits in (self._altogether,) if limited else (self._without_session, self._altogether):
            refused = limits.try_acquire(address, "", self._stopwatch())
            if refused is not None:
                self._refuse(limits, refused, request)
        return address

    def _refuse(self, limits: RateLimits, refused: RateLimited, request: Request) -> NoReturn:
        if limits.should_notify(refused):
            fields = {"request_id": request_id_of(request.scope), "address": refused.key}
            _log.warning("too much from an address, for %d s", refused.seconds, extra=fields)
        raise HTTPException(
            429, Web.TOO_MUCH.format(seconds=refused.seconds), headers={"Retry-After": str(refused.seconds)}
        )
