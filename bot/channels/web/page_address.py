"""How the web page is reached, from this machine and from a phone in the same network: for the operator's terminal."""

from __future__ import annotations

import io
import socket
from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address

from bot.wording import Cli

_ROUTES = ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1"))
"""Addresses for documentation, which nobody has: only the way there is looked up, nothing is sent."""


def page_addresses(
    host: str, port: int, public_url: str, *, addresses: Callable[[], Sequence[str]], scannable: bool
) -> tuple[str, list[str]]:
    """The address to use elsewhere, and the lines that say how the page on ``host`` and ``port`` is reached.

    ``public_url``: where members reach it, if that is set. ``addresses`` gives those of this machine in its network.
    ``scannable``: whether the lines are shown where a phone can read a QR code.
    """
    listening = _address(host)
    if listening is not None and listening.is_unspecified:
        own = "127.0.0.1" if listening.version == 4 else "::1"
        found = [url_of(address, port) for address in addresses() if (listening.version == 6) == (":" in address)]
    else:
        own = host
        found = [] if _is_loopback(host) else [url_of(host, port)]
    lines = [Cli.WEB_AT.format(url=url_of(own, port))]
    best = public_url or next(iter(found), url_of(own, port))
    if public_url:
        lines.append(Cli.WEB_PUBLIC.format(url=public_url))
    elif found:
        lines.append(Cli.WEB_FOR_PHONES.format(urls=" ".join(found)))
    else:
        lines.append(Cli.WEB_ONLY_HERE if _is_loopback(host) else Cli.WEB_NO_NETWORK)
    if scannable and (public_url or found):
        lines += [Cli.WEB_SCAN.format(url=best), qr_code(best)]
    return best, lines


def url_of(host: str, port: int) -> str:
    """The address of a page on ``host``, a name or an address of either kind."""
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def own_addresses() -> list[str]:
    """The addresses of this machine that others in its network can reach; none if it has no network."""
    found: list[str] = []
    for family, there in _ROUTES:
        try:
            with socket.socket(family, socket.SOCK_DGRAM) as probe:
                probe.connect((there, 9))
                found.append(str(probe.getsockname()[0]))
        except OSError:  # no way there: no network of that kind
            continue
    return [address for address in found if (ip := _address(address)) and not (ip.is_loopback or ip.is_link_local)]


def qr_code(text: str) -> str:
    """``text`` as a QR code of half blocks, light on dark; what a light terminal makes of it most phones read too."""
    import segno  # noqa: PLC0415 - a start without a terminal does not need it

    drawn = io.StringIO()
    segno.make(text, micro=False, error="l").terminal(drawn, border=2, compact=True)
    return drawn.getvalue().rstrip("\n")


def _address(host: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None


def _is_loopback(host: str) -> bool:
    address = _address(host)
    return host == "localhost" or (address is not None and address.is_loopback)
