"""Settings with a wrong form, and what is said of them."""

from __future__ import annotations

import pytest

from bot.cli.doctor.checks import admins, operator_token, proxies, public_url, time_zone
from bot.config import LOOPBACK
from bot.wording import Doctor as Wording
from tests.unit.library import NOON

TOKEN = "12345:AAgeheim"


@pytest.mark.parametrize(
    "owners", [("telegram:12345",), ("wecom:zhang.san", "telegram:1"), ("wechat:oABC_-1", "terminal:local")]
)
def test_owners_are_named_by_channel_and_id(owners: tuple[str, ...]) -> None:
    assert (admins(owners).mark, admins(owners).text) == ("✓", Wording.ADMINS_OK.format(count=len(owners)))


@pytest.mark.parametrize(
    "bad",
    [
        "12345",
        "@zhang",
        "telegram:@zhang",
        "telegram:zhang",
        "telegram:-100123",
        "telegram:",
        "telegram: 1",
        "telegram：12345",
        "Telegram:12345",
        "telegrm:12345",
        TOKEN,
    ],
)
def test_an_owner_that_can_be_nobody_is_told_by_its_place_and_never_by_what_stands_there(bad: str) -> None:
    finding = admins(("telegram:1", bad, "wecom:li", bad))
    assert (finding.mark, finding.text) == ("✗", Wording.ADMINS_BAD.format(places="2、4"))
    assert "geheim" not in str(finding)


def test_a_bot_without_owners_is_told_how_to_get_one() -> None:
    assert str(admins(())) == f"– ADMINS：{Wording.ADMINS_NONE}"


@pytest.mark.parametrize(
    ("url", "mark", "text"),
    [
        ("", "–", Wording.URL_NONE),
        ("https://study.example.org", "✓", Wording.URL_OK),
        ("https://study.example.org:8443", "✓", Wording.URL_OK),
        ("http://localhost:8080", "✓", Wording.URL_OK),
        ("http://study.example.org", "–", Wording.URL_PLAIN),
        ("study.example.org", "✗", Wording.URL_BAD),
        ("ftp://study.example.org", "✗", Wording.URL_BAD),
        ("https://", "✗", Wording.URL_BAD),
        ("https://study.example.org/bot", "✗", Wording.URL_BAD),
        ("https://study.example.org?a=1", "✗", Wording.URL_BAD),
        ("https://me:geheim@study.example.org", "✗", Wording.URL_BAD),
        ("https://study.example.org:port", "✗", Wording.URL_BAD),
        ("https://study example.org", "✗", Wording.URL_BAD),
    ],
)
def test_an_address_can_stand_before_a_path(url: str, mark: str, text: str) -> None:
    assert (public_url(url).mark, public_url(url).text) == (mark, text)


def test_the_time_there_is_told_to_be_compared() -> None:
    assert time_zone("Asia/Shanghai", NOON).text == Wording.ZONE_OK.format(zone="Asia/Shanghai", now="2026-05-04 20:00")


_WIDE = Wording.PROXIES_WIDE.format(wide="172.16.0.0/23、2001:db8::/32")


@pytest.mark.parametrize(
    ("trusted", "host", "url", "text"),
    [
        ((), "127.0.0.1", "", Wording.PROXIES_NONE),
        (("10.0.0.7",), "127.0.0.1", "http://study.example.org", Wording.PROXIES_SOME),
        (LOOPBACK, "127.0.0.1", "https://study.example.org", Wording.PROXIES_OK),
        (LOOPBACK, "0.0.0.0", "https://study.example.org", Wording.PROXIES_ELSEWHERE),
        (("10.0.0.7",), "0.0.0.0", "https://study.example.org", Wording.PROXIES_OK),
        (("172.18.0.0/24", "fd00::/64"), "0.0.0.0", "https://study.example.org", Wording.PROXIES_OK),
        (("10.0.0.7", "10.0.0.0/8"), "0.0.0.0", "", Wording.PROXIES_WIDE.format(wide="10.0.0.0/8")),
        (("172.16.0.0/23", "2001:db8::/32"), "0.0.0.0", "https://a.example", _WIDE),
    ],
)
def test_a_proxy_that_is_not_named_makes_all_visitors_one(
    trusted: tuple[str, ...], host: str, url: str, text: str
) -> None:
    assert proxies(trusted, host, url).text == text


def test_a_token_of_operators_is_told_of_and_never_told() -> None:
    assert operator_token("").text == Wording.OPERATORS_HERE
    assert "geheim" not in str(operator_token("geheim-geheim-geheim"))
