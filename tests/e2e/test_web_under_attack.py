"""The web page of a real bot under attack with raw sockets."""

from __future__ import annotations

import asyncio
import http.client
import json
import re
import socket
import sqlite3
from collections.abc import AsyncIterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest

from bot.channels.web.security import POLICY
from bot.wording import Cli, Storage, Web
from tests.e2e.bot_process import BotProcess, bot_process

HALF = b"POST /api/ask HTTP/1.1\r\nHost: a\r\nContent-Length: 40\r\n\r\n{"
PATIENCE = 60


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[BotProcess]:
    async with bot_process(tmp_path) as process:
        await process.says(Cli.WEB_AT.partition("{")[0])
        yield process


def port_of(process: BotProcess) -> int:
    found = re.search(r"http://127\.0\.0\.1:(\d+)/", process.output)
    assert found is not None, process.output
    return int(found[1])


def url_of(process: BotProcess, path: str = "") -> str:
    return f"http://127.0.0.1:{port_of(process)}{path}"


def ask(port: int, body: bytes = b'{"question": "a"}', **headers: str) -> tuple[int, dict[str, object]]:
    """With the standard library, which sends all of its body before it reads."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("POST", "/api/ask", body, {"Content-Type": "application/json", **headers})
        response = connection.getresponse()
        return response.status, json.loads(response.read())
    finally:
        connection.close()


def exchange(port: int, said: bytes) -> str:
    """All that comes back on one connection until the server closes it."""
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as sock:
        sock.sendall(said)
        parts = []
        while part := sock.recv(65_536):
            parts.append(part)
    return b"".join(parts).decode()


@pytest.mark.parametrize(
    "said", [b"", b"GET / HTTP/1.1\r\nHost: a\r\n", HALF], ids=["silent", "half header", "half body"]
)
async def test_a_thousand_sockets_that_wait_for_nothing_shut_nobody_out_and_fill_no_log(
    bot: BotProcess, said: bytes
) -> None:
    port = port_of(bot)

    def attack() -> None:
        with ExitStack() as stack:
            for _ in range(1_530):
                sock = stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=PATIENCE))
                sock.sendall(said)
            for _ in range(5):
                assert ask(port)[0] == 200

    await asyncio.to_thread(attack)
    assert bot.output.count("connections were closed") <= 2
    assert "Traceback" not in bot.output and len(bot.output) < 20_000


async def test_five_thousand_pipelined_looks_at_the_health_hold_up_nobody(bot: BotProcess) -> None:
    port = port_of(bot)
    get = b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"

    def attack() -> None:
        with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as sock:
            sock.sendall(get)
            first = b""
            while b'"knowledge"' not in first:  # found once, remembered from now on
                first += sock.recv(65_536)
            sock.settimeout(None)
            sender = asyncio.run_coroutine_threadsafe(asyncio.to_thread(_send, sock, get * 5_000), loop)
            assert [ask(port)[0] for _ in range(20)] == [200] * 20
            told = 0
            while told < 5_000:
                told += sock.recv(1_000_000).count(b"HTTP/1.1 200")
            sender.result(PATIENCE)

    loop = asyncio.get_running_loop()
    await asyncio.to_thread(attack)


def _send(sock: socket.socket, data: bytes) -> None:
    sock.sendall(data)


async def test_a_body_that_is_too_long_is_answered_to_every_client(bot: BotProcess) -> None:
    port = port_of(bot)
    body = b"x" * 10_000_000
    for _ in range(5):
        assert await asyncio.to_thread(ask, port, body) == (413, {"error": Web.TOO_LARGE})
    async with httpx.AsyncClient(trust_env=False) as client:
        for _ in range(5):
            response = await client.post(url_of(bot, "/api/ask"), content=body)
            assert response.status_code == 413 and response.json() == {"error": Web.TOO_LARGE}
        pages = await client.post(url_of(bot), content=body, headers={"Origin": "https://evil.example"})
        assert pages.status_code == 403 and Web.CROSS_SITE in pages.text


async def test_what_is_no_http_and_what_has_two_lengths_is_refused_as_everything_else_is(bot: BotProcess) -> None:
    port = port_of(bot)
    garbage = await asyncio.to_thread(exchange, port, b"\x16\x03\x01 hello\r\n\r\n")
    hidden = b"0\r\n\r\nGET /hidden HTTP/1.1\r\nHost: a\r\n\r\n"
    smuggled = await asyncio.to_thread(
        exchange,
        port,
        b"POST /api/ask HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n" + hidden,
    )
    for response, sentence in ((garbage, Web.NOT_HTTP), (smuggled, Web.TWO_LENGTHS)):
        assert response.startswith("HTTP/1.1 400 ") and sentence in response
        assert POLICY in response and "x-request-id: " in response.lower()
        assert response.count("HTTP/1.1 ") == 1  # nothing that was hidden in the body is answered


async def test_visitors_without_the_cookie_are_limited_and_erase_nobodys_page(bot: BotProcess) -> None:
    async with httpx.AsyncClient(trust_env=False, base_url=url_of(bot), timeout=PATIENCE) as member:
        await member.post("/", data={"question": "修路花了多少钱"})
        await member.get("/")
        async with httpx.AsyncClient(trust_env=False, base_url=url_of(bot), timeout=PATIENCE) as flood:
            found: list[int] = []
            for _ in range(150):
                flood.cookies.clear()
                found.append((await flood.post("/", data={"question": "多少"})).status_code)
        assert found.count(200) < 100 and set(found) == {200, 429}
        assert "修路花了多少钱" in (await member.get("/")).text
        assert (await member.post("/", data={"question": "多少"})).status_code == 200


async def test_a_reverse_proxy_on_this_machine_shows_nobody_what_operators_see(tmp_path: Path) -> None:
    token = "operators-only-1234"
    async with bot_process(tmp_path, OPERATOR_TOKEN=token) as process:
        await process.says(Cli.WEB_AT.partition("{")[0])
        async with httpx.AsyncClient(trust_env=False, base_url=url_of(process)) as client:
            assert {"status", "knowledge", "database"} == (await client.get("/healthz")).json().keys()
            assert (await client.get("/metrics")).json() == {"error": Web.FOR_OPERATORS}  # a proxy may add no header
            client.headers["X-Forwarded-For"] = "203.0.113.5"
            assert (await client.get("/healthz")).json() == {"status": "ok"}
            assert (await client.get("/metrics")).json() == {"error": Web.FOR_OPERATORS}
            client.headers["Authorization"] = f"Bearer {token}"
            assert "bot_questions" in (await client.get("/metrics")).text
        assert token not in process.output


async def test_a_database_that_takes_no_write_is_told_and_so_is_one_that_is_gone(
    bot: BotProcess, tmp_path: Path
) -> None:
    path = tmp_path / "data" / "bot.sqlite3"
    async with httpx.AsyncClient(trust_env=False, base_url=url_of(bot), timeout=PATIENCE) as client:

        async def until(database: str) -> dict[str, str]:
            async with asyncio.timeout(PATIENCE):
                while True:
                    told = dict((await client.get("/healthz")).json())
                    if told["database"] == database:
                        return told
                    await asyncio.sleep(0.2)

        await until("ok")
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        assert (await until("failing"))["status"] == "ok"
        other.execute("ROLLBACK")
        other.close()
        await until("ok")
        kept = path.rename(path.with_name("elsewhere.sqlite3"))
        assert Storage.FILE_GONE in (await until("failing"))["error"]
        kept.rename(path)
        await until("ok")


async def test_a_second_bot_on_the_same_folder_is_told_so_and_a_killed_one_keeps_nobody_out(
    bot: BotProcess, tmp_path: Path
) -> None:
    async with bot_process(tmp_path) as second:
        assert await second.ended() == 1
        assert "已经有一个机器人在跑" in second.output and "Traceback" not in second.output
    await bot.kill()
    async with bot_process(tmp_path) as third:
        await third.says(Cli.WEB_AT.partition("{")[0])
