"""The origin of a request: the address of its client, also behind a reverse proxy that is trusted. Pure."""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final

from starlette.datastructures import Headers
from starlette.types import Scope

_IPV6_SITE: Final = 64  # bits: what one customer gets at least, and may choose addresses of at will
_FORWARDED: Final = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "via")
_LONGEST: Final = 100  # characters of an IPv6 address with zone and port; longer headers must not fill the cache

Address = IPv4Address | IPv6Address


class TrustedProxies:
    """Reverse proxies whose ``X-Forwarded-For`` is believed: addresses or small networks such as ``172.18.0.0/24``.

    Raises ValueError for what is neither. Nobody else's header is believed, as everybody can write one.
    """

    def __init__(self, trusted: Iterable[str] = ()) -> None:
        self._networks = tuple(ip_network(text, strict=False) for text in trusted)

    def trusts(self, address: Address) -> bool:
        """Whether ``address`` is one of them."""
        return any(address in network for network in self._networks)

    def network_of_peer(self, peer: str) -> str:
        """The network under which connections of ``peer`` count; nothing if it is a proxy with those of many."""
        address = _parsed(peer)
        return "" if address is None or self.trusts(address) else network_of(address)

    def unnamed_proxy(self, scope: Scope) -> str:
        """The peer that speaks for others without being trusted to, nothing if there is none."""
        peer = _parsed((scope.get("client") or ("",))[0])
        if peer is None or self.trusts(peer) or "x-forwarded-for" not in Headers(scope=scope):
            return ""
        return str(peer)

    def client_of(self, scope: Scope) -> str:
        """The network that the client of a request is in; nothing if the server does not know its peer."""
        peer = _parsed((scope.get("client") or ("",))[0])
        if peer is None:
            return ""
        if self.trusts(peer):
            said = ",".join(Headers(scope=scope).getlist("x-forwarded-for"))
            for text in reversed(said.split(",")):  # each proxy appends whom it got the request from
                address = _parsed(text.strip())
                if address is None:
                    break
                if not self.trusts(address):
                    return network_of(address)
        return network_of(peer)  # nobody else is known by what only trusted hops say


def network_of(address: Address) -> str:
    """``address`` as it counts: IPv4 by itself, IPv6 by its /64."""
    if isinstance(address, IPv6Address):
        return str(ip_network((int(address) >> _IPV6_SITE << _IPV6_SITE, _IPV6_SITE)))
    return str(address)


def is_private(text: str) -> bool:
    """Whether the address ``text`` is of no use in the public internet, as that of a container or of this machine."""
    address = _parsed(text)
    return address is not None and address.is_private


class OperatorAccess:
    """Who sees what is for operators alone: whoever knows ``token``; if there is none, programs on this machine."""

    def __init__(self, token: str = "") -> None:
        self._token = token.encode()

    def allows(self, scope: Scope) -> bool:
        """Whether an operator sent this request."""
        # a proxy on this machine may pass requests on without a word: if operators can show a token, they have to
        return self._has_token(scope) if self._token else is_of_this_machine(scope)

    def allows_details(self, scope: Scope) -> bool:
        """Whether the details of the health are told: programs on this machine always look at them."""
        return is_of_this_machine(scope) or self._has_token(scope)

    def _has_token(self, scope: Scope) -> bool:
        scheme, _, token = Headers(scope=scope).get("authorization", "").partition(" ")
        known = hmac.compare_digest(token.strip().encode("utf-8", "replace"), self._token)
        return known and bool(self._token) and scheme.lower() == "bearer"


def is_of_this_machine(scope: Scope) -> bool:
    """Whether a program on this machine sent the request, straight to an address of this machine.

    What a reverse proxy passes on is from elsewhere, and so is what a browser sends to another site's name that was
    made to lead here.
    """
    headers = Headers(scope=scope)
    peer = _parsed((scope.get("client") or ("",))[0])
    if peer is None or any(name in headers for name in _FORWARDED):
        return False
    own = _parsed((scope.get("server") or ("",))[0])
    host = headers.get("host", "")
    asked = _parsed(host)
    named = host.partition(":")[0].lower() == "localhost" or (asked is not None and (asked.is_loopback or asked == own))
    return named and (peer.is_loopback or peer == own)


def _parsed(text: str) -> Address | None:
    """The address that ``text`` is, also with a port or in brackets; None for anything else."""
    return _parsed_short(text) if len(text) <= _LONGEST else None


@lru_cache(maxsize=4096)  # each request is looked at by its address several times
def _parsed_short(text: str) -> Address | None:
    host = text
    if text.startswith("["):
        host = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        host = text.partition(":")[0]
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address
