"""The operator is told how the page is reached, from a phone too where that is allowed."""

from __future__ import annotations

import pytest

from bot.channels.web.page_address import own_addresses, page_addresses, qr_code, url_of
from bot.wording import Cli

LAN = ["192.168.1.7", "fd00::7"]


def _lines(host: str, *, public_url: str = "", lan: list[str] = LAN, scannable: bool = False) -> tuple[str, list[str]]:
    return page_addresses(host, 8080, public_url, addresses=lambda: lan, scannable=scannable)


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost", "127.0.0.5"])
def test_a_page_for_this_machine_alone_says_how_to_let_phones_in(host: str) -> None:
    best, lines = _lines(host, scannable=True)
    assert best == url_of(host, 8080)
    assert lines == [Cli.WEB_AT.format(url=best), Cli.WEB_ONLY_HERE]


@pytest.mark.parametrize(("host", "own", "lan"), [("0.0.0.0", "127.0.0.1", LAN[0]), ("::", "::1", LAN[1])])
def test_a_page_on_every_address_says_the_one_in_the_network(host: str, own: str, lan: str) -> None:
    best, lines = _lines(host)
    assert best == url_of(lan, 8080)
    assert lines == [Cli.WEB_AT.format(url=url_of(own, 8080)), Cli.WEB_FOR_PHONES.format(urls=best)]


def test_a_page_on_one_address_is_reached_there() -> None:
    best, lines = _lines("192.168.1.9")
    assert best == "http://192.168.1.9:8080/"
    assert lines == [Cli.WEB_AT.format(url=best), Cli.WEB_FOR_PHONES.format(urls=best)]


def test_without_a_network_that_is_said() -> None:
    best, lines = _lines("0.0.0.0", lan=[], scannable=True)
    assert best == "http://127.0.0.1:8080/"
    assert lines == [Cli.WEB_AT.format(url=best), Cli.WEB_NO_NETWORK]


def test_a_public_address_comes_before_all_others_and_can_be_scanned_on_a_terminal() -> None:
    best, lines = _lines("127.0.0.1", public_url="https://study.example.org", scannable=True)
    assert best == "https://study.example.org"
    assert lines == [
        Cli.WEB_AT.format(url="http://127.0.0.1:8080/"),
        Cli.WEB_PUBLIC.format(url=best),
        Cli.WEB_SCAN.format(url=best),
        qr_code(best),
    ]


def test_a_code_is_a_square_of_half_blocks_in_a_quiet_zone() -> None:
    rows = qr_code("http://192.168.1.7:8080/").splitlines()
    assert {char for row in rows for char in row} == set(" ▀▄█")
    assert len({len(row) for row in rows}) == 1
    assert len(rows) == (len(rows[0]) + 1) // 2
    assert all(row.startswith("██") and row.endswith("██") for row in rows[:-1])


def test_own_addresses_are_never_those_of_this_machine_alone() -> None:
    assert not [address for address in own_addresses() if address.startswith(("127.", "169.254.", "fe80"))]
