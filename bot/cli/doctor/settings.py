"""Settings whose form nothing else checks. What stands in them is never told: a token may have slipped in. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from ipaddress import ip_network
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from bot.access.members import invalid_owner_places
from bot.channels.web.security import origin_of
from bot.cli.doctor.finding import Finding, note, ok, problem
from bot.config import LOOPBACK
from bot.wording import Doctor as Wording

_NARROW = {4: 24, 6: 64}  # bits of the prefix, by the version of IP
_LOCAL = ("localhost", "127.0.0.1", "::1")


def admins(owners: Sequence[str]) -> Finding:
    """Whether ADMINS names persons."""
    if not owners:
        return note(Wording.ADMINS, Wording.ADMINS_NONE)
    bad = invalid_owner_places(owners)
    if bad:
        return problem(Wording.ADMINS, Wording.ADMINS_BAD.format(places="、".join(map(str, bad))))
    return ok(Wording.ADMINS, Wording.ADMINS_OK.format(count=len(owners)))


def public_url(url: str) -> Finding:
    """Whether PUBLIC_URL can be put before a path."""
    if not url:
        return note(Wording.URL, Wording.URL_NONE)
    origin = origin_of(url)
    if origin is None or any(char.isspace() for char in url):
        return problem(Wording.URL, Wording.URL_BAD)
    parts = urlsplit(url)
    if parts.path or parts.query or parts.fragment or "@" in parts.netloc:
        return problem(Wording.URL, Wording.URL_BAD)
    scheme, host, _ = origin
    if scheme == "http" and host not in _LOCAL:
        return note(Wording.URL, Wording.URL_PLAIN)
    return ok(Wording.URL, Wording.URL_OK)


def proxies(trusted: Sequence[str], host: str, url: str) -> Finding:
    """Whether visitors can be told apart behind the proxy that PUBLIC_URL, by its https, says there is.

    ``trusted``: TRUSTED_PROXIES with its default filled in; ``host``: HTTP_HOST.
    """
    wide = [text for text in trusted if _is_wide(text)]
    if wide:
        return note(Wording.PROXIES, Wording.PROXIES_WIDE.format(wide="、".join(wide)))
    if not url.startswith("https://"):
        return note(Wording.PROXIES, Wording.PROXIES_NONE if not trusted else Wording.PROXIES_SOME)
    if tuple(trusted) == LOOPBACK and host not in _LOCAL:  # the proxy may be on another machine, or in a container
        return note(Wording.PROXIES, Wording.PROXIES_ELSEWHERE)
    return ok(Wording.PROXIES, Wording.PROXIES_OK)


def _is_wide(text: str) -> bool:
    """Whether there is more in a network than what containers beside each other share."""
    network = ip_network(text, strict=False)
    return not network.is_loopback and network.prefixlen < _NARROW[network.version]


def operator_token(token: str) -> Finding:
    """Who sees /metrics; that the token is no guess the settings have checked."""
    if not token:
        return note(Wording.OPERATORS, Wording.OPERATORS_HERE)
    return ok(Wording.OPERATORS, Wording.OPERATORS_TOKEN)


def time_zone(zone: str, now: datetime) -> Finding:
    """What time it is by TIME_ZONE, for a person to compare; that there is such a zone the settings have checked."""
    there = now.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M")
    return ok(Wording.ZONE, Wording.ZONE_OK.format(zone=zone, now=there))
