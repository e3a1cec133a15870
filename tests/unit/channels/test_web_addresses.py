"""Where requests come from, and how much one address may send."""

from __future__ import annotations

import tracemalloc

import httpx
import pytest

from bot.access.secret import Secret
from bot.channels.web.addresses import TrustedProxies, is_of_this_machine
from bot.wording import Web
from tests.unit.channels.web_support import Talk, numbered, visitor

NEAR = TrustedProxies(["127.0.0.0/8", "10.1.0.0/16"])


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        ("203.0.113.5", None, "203.0.113.5"),
        ("203.0.113.5", "198.51.100.1", "203.0.113.5"),  # a header that anybody can write
        ("127.0.0.1", None, "127.0.0.1"),
        ("127.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "6.6.6.6, 198.51.100.1", "198.51.100.1"),  # the first is what the client claims
        ("127.0.0.1", "6.6.6.6, 198.51.100.1, 10.1.2.3", "198.51.100.1"),
        ("10.1.9.9", "10.1.2.3", "10.1.9.9"),  # in a trusted network anybody can write what he likes
        ("127.0.0.1", "6.6.6.6, unknown, 10.1.2.4", "127.0.0.1"),
        ("127.0.0.1", "198.51.100.1:4711", "198.51.100.1"),
        ("127.0.0.1", "[2001:db8:1:2::3]:4711", "2001:db8:1:2::/64"),
        ("127.0.0.1", "unknown", "127.0.0.1"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("2001:db8:1:2:a:b:c:d", None, "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.5", None, "203.0.113.5"),
        ("fe80::1%eth0", None, "fe80::/64"),
        ("", None, ""),
        ("testclient", None, ""),
    ],
)
def test_the_client_is_whom_the_last_trusted_proxy_names(peer: str, forwarded: str | None, client: str) -> None:
    headers = [] if forwarded is None else [(b"x-forwarded-for", forwarded.encode())]
    assert NEAR.client_of({"type": "http", "client": (peer, 1), "headers": headers}) == client


def test_several_headers_are_read_as_one() -> None:
    headers = [(b"x-forwarded-for", b"6.6.6.6"), (b"x-forwarded-for", b"198.51.100.1")]
    assert NEAR.client_of({"type": "http", "client": ("127.0.0.1", 1), "headers": headers}) == "198.51.100.1"


def test_connections_of_a_proxy_are_not_counted_as_those_of_one_visitor() -> None:
    assert NEAR.network_of_peer("127.0.0.1") == NEAR.network_of_peer("10.1.2.3") == NEAR.network_of_peer("") == ""
    assert (
        NEAR.network_of_peer("198.51.100.1") == "198.51.100.1"
        and TrustedProxies().network_of_peer("127.0.0.1") == "127.0.0.1"
    )


def test_long_names_of_hosts_are_not_remembered() -> None:
    size, count = 50_000, 100
    tracemalloc.start()
    try:
        for number in range(count):
            host = f"{number}.".encode().ljust(size, b"a")
            assert not is_of_this_machine({"type": "http", "client": ("6.6.6.6", 1), "headers": [(b"host", host)]})
        kept, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert kept < size * count / 10


def test_what_is_no_address_is_no_proxy() -> None:
    with pytest.raises(ValueError, match="proxy"):
        TrustedProxies(["proxy.example"])


@pytest.mark.parametrize("address", ["/", "/chat"])
async def test_leaving_the_cookie_away_does_not_help(address: str) -> None:
    talk = Talk()
    async with visitor(talk, rate_member=3, rate_address=100) as client:
        found = []
        for _ in range(5):
            client.cookies.clear()
            found.append(await client.post(address, data={"question": "民生"}))
    assert [response.status_code for response in found] == [200, 200, 200, 429, 429]
    assert len(talk.heard) == 3
    assert int(found[3].headers["retry-after"]) > 0
    assert Web.TOO_MUCH.format(seconds=found[3].headers["retry-after"]) in found[3].text


async def test_who_keeps_the_cookie_is_not_counted_with_those_who_do_not() -> None:
    async with visitor(rate_member=3, rate_address=100) as client:
        found = [(await client.post("/", data={"question": "民生"})).status_code for _ in range(20)]
    assert found == [200] * 20  # what a session may ask is counted in the conversation


async def test_a_class_behind_one_address_opens_the_page_and_asks_at_once() -> None:
    talk = Talk()
    async with visitor(talk, rate_member=3, rate_address=100, secret=Secret("made once")) as client:
        cookies = []
        for _ in range(40):
            client.cookies.clear()
            await client.get("/")
            cookies.append(client.cookies["session"])
        found = [(await _post_as(client, cookie)).status_code for cookie in cookies]
    assert found == [200] * 40
    assert len({incoming.person for incoming in talk.heard}) == 40


async def test_cookies_are_good_after_a_restart_and_only_the_bots_own() -> None:
    secret, ids = Secret("made once"), numbered("s")
    async with visitor(secret=secret, new_session_id=ids) as client:
        await client.get("/")
        looked = client.cookies["session"]
        await client.get("/")
        assert client.cookies["session"] == looked  # which is good enough
        client.cookies.clear()
        posted = (await client.post("/", data={"question": "民生"})).cookies["session"]
    async with visitor(rate_member=2, rate_address=100, secret=secret, new_session_id=ids) as client:
        for own in (looked, posted, looked):
            assert (await _post_as(client, own)).cookies["session"] == own
        for forged in (
            "s1",
            "s1.",
            looked + "0",
            f"s9.{looked.partition('.')[2]}",
            f"s1.{Secret('x').signature('session', 's1')}",
        ):
            response = await _post_as(client, forged)
            assert response.cookies.get("session") != forged
        assert response.status_code == 429


async def _post_as(client: httpx.AsyncClient, cookie: str) -> httpx.Response:
    client.cookies.clear()
    return await client.post("/", data={"question": "民生"}, headers={"Cookie": f"session={cookie}"})


async def test_nor_does_a_new_cookie_each_time_or_a_new_name_of_a_session() -> None:
    talk = Talk()
    async with visitor(talk, rate_member=0, rate_address=10) as client:
        for number in range(12):
            client.cookies.clear()
            await client.post("/chat", data={"question": "民生"})
            answer = await client.post("/api/ask", json={"question": "民生", "session": f"s{number}"})
    assert len(talk.heard) == 10
    assert answer.status_code == 429 and answer.json() == {
        "error": Web.TOO_MUCH.format(seconds=answer.headers["retry-after"])
    }


async def test_an_address_that_sends_too_much_shuts_nobody_else_out() -> None:
    talk = Talk()
    async with visitor(talk, rate_member=0, rate_address=6, proxies=TrustedProxies(["127.0.0.1"])) as client:

        async def ask(address: str) -> int:
            headers = {"X-Forwarded-For": address}
            return (await client.post("/api/ask", json={"question": "民生"}, headers=headers)).status_code

        assert [await ask("203.0.113.5") for _ in range(7)][-1] == 429
        assert await ask("203.0.113.6") == 200
        assert [await ask(f"2001:db8:1:2::{number}") for number in range(7)][-1] == 429  # one customer's
        assert await ask("2001:db8:1:3::1") == 200
    assert {incoming.origin for incoming in talk.heard} == {
        "203.0.113.5",
        "203.0.113.6",
        "2001:db8:1:2::/64",
        "2001:db8:1:3::/64",
    }


async def test_the_log_says_once_that_an_address_sends_too_much(caplog: pytest.LogCaptureFixture) -> None:
    async with visitor(rate_member=0, rate_address=2) as client:
        for _ in range(10):
            await client.post("/api/ask", json={"question": "民生"})
    assert caplog.text.count("too much from an address") == 1


async def test_a_proxy_that_nobody_named_is_told_of_once_and_is_not_taken_for_one_visitor(
    caplog: pytest.LogCaptureFixture,
) -> None:
    talk = Talk()
    for peer in ("127.0.0.1", "172.18.0.2", "9.9.9.9"):  # the last may be anybody who writes a header
        async with visitor(talk, client=(peer, 1)) as client:
            for address in ("198.51.100.1", "198.51.100.2"):
                await client.post("/", data={"question": "民生"}, headers={"X-Forwarded-For": address})
                await client.post("/api/ask", json={"question": "民生"}, headers={"X-Forwarded-For": address})
    async with visitor(talk) as client:
        await client.post("/api/ask", json={"question": "民生"})
    async with visitor(talk, proxies=TrustedProxies(["127.0.0.1"])) as client:
        await client.post("/api/ask", json={"question": "民生"}, headers={"X-Forwarded-For": "198.51.100.1"})
    assert [incoming.shared_origin for incoming in talk.heard] == [True] * 8 + [False] * 6
    warnings = [record.getMessage() for record in caplog.records if "TRUSTED_PROXIES" in record.getMessage()]
    assert len(warnings) == 3 and "127.0.0.1" in warnings[0] and "172.18.0.2" in warnings[1]
