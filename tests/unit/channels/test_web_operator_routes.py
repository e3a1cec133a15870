from __future__ import annotations

import asyncio
import logging
from typing import Final

import pytest

from bot.channels.web.operator_routes import CachedProbe
from bot.channels.web.sessions import MAX_SAID, Sessions
from bot.channels.web.view_models import exchange_view
from bot.conversation.messages import Reply
from bot.errors import StorageError
from bot.wording import Storage, Web
from tests.unit.channels.web_support import Broken, answer, numbered, visitor


async def test_health_is_told_with_the_version_of_the_knowledge() -> None:
    async with visitor() as client:
        response = await client.get("/healthz")
    assert response.status_code == 200
    assert response.json() == {"status": "ok", "knowledge": "abc123", "database": "ok"}


async def test_health_is_503_where_a_question_would_not_be_answered() -> None:
    async def unwell() -> bool:
        return False

    async def raising() -> bool:
        raise OSError("index gone")

    for probe in (unwell, raising):
        async with visitor(probe=probe) as client:
            response = await client.get("/healthz")
        assert response.status_code == 503
        assert response.json()["status"] == "failing" and response.json()["knowledge"] == "abc123"
        assert "管理员" in response.json()["error"] and "gone" not in response.text


async def test_a_database_that_fails_is_told_while_questions_are_answered_all_the_same() -> None:
    async def gone() -> None:
        raise OSError("secret address")

    async def full() -> None:
        raise StorageError(Storage.DISK_FULL)

    for storage, reason in ((gone, ""), (full, Storage.DISK_FULL)):
        async with visitor(storage=storage) as client:
            response = await client.get("/healthz")
        assert response.status_code == 200
        assert response.json() == {
            "status": "ok",
            "knowledge": "abc123",
            "database": "failing",
            "error": Web.NOT_STORING + reason,
        }


async def test_a_thousand_looks_at_the_health_are_one_probe() -> None:
    asked: list[str] = []

    async def probe() -> bool:
        asked.append("answering")
        await asyncio.sleep(0)
        return True

    async def storage() -> None:
        asked.append("database")
        await asyncio.sleep(0)

    async with visitor(probe=probe, storage=storage) as client:
        found = await asyncio.gather(*(client.get("/healthz") for _ in range(200)))
        await client.get("/healthz")
    assert {response.status_code for response in found} == {200}
    assert sorted(asked) == ["answering", "database"]


async def test_a_finding_is_looked_for_again_when_it_is_old() -> None:
    now, outcomes = 0.0, [True, False, True]

    async def probe() -> bool:
        return outcomes.pop(0)

    health = CachedProbe("x", probe, lambda: now, fresh=5)
    assert await health.ok() and await health.ok()
    now = 4.9
    assert await health.ok()
    now = 5.0
    assert not await health.ok() and not await health.ok()
    now = 10.0
    assert await health.ok() and not outcomes


async def test_a_probe_that_hangs_counts_as_failed_until_it_comes_back(caplog: pytest.LogCaptureFixture) -> None:
    now, back, started = 0.0, asyncio.Event(), 0

    async def probe() -> bool:
        nonlocal started
        started += 1
        return await back.wait()

    health = CachedProbe("x", probe, lambda: now, fresh=5, timeout_seconds=0.01)
    assert not await health.ok() and not await health.ok()
    now = 6.0
    assert not await health.ok() and started == 1
    assert len(caplog.records) == 1
    back.set()
    now = 12.0
    assert await health.ok() and started == 1


ELSEWHERE: Final = ("203.0.113.5", 4711)


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer wrong"}, {"Authorization": "Bearer "}])
@pytest.mark.parametrize("token", ["", "s3cret-of-operators"])
async def test_strangers_learn_the_status_alone(headers: dict[str, str], token: str) -> None:
    async def no_storage() -> None:
        raise AssertionError("nobody asked for that")

    async def unwell() -> bool:
        return False

    async with visitor(client=ELSEWHERE, operator_token=token, storage=no_storage) as client:
        health = await client.get("/healthz", headers=headers)
        metrics = await client.get("/metrics", headers=headers)
    assert (health.status_code, health.json()) == (200, {"status": "ok"})
    assert (metrics.status_code, metrics.json()) == (403, {"error": Web.FOR_OPERATORS})
    async with visitor(client=ELSEWHERE, operator_token=token, probe=unwell) as client:
        health = await client.get("/healthz", headers=headers)
    assert (health.status_code, health.json()) == (503, {"status": "failing"})


async def test_an_operator_elsewhere_shows_a_token() -> None:
    token = "s3cret-of-operators"
    async with visitor(client=ELSEWHERE, operator_token=token) as client:
        headers = {"Authorization": f"Bearer {token}"}
        assert (await client.get("/healthz", headers=headers)).json()["knowledge"] == "abc123"
        assert (await client.get("/metrics", headers=headers)).status_code == 200
        assert (await client.get("/metrics", headers={"Authorization": f"Basic {token}"})).status_code == 403


@pytest.mark.parametrize("name", ["X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"])
async def test_what_a_reverse_proxy_on_this_machine_passes_on_is_from_elsewhere(name: str) -> None:
    async with visitor() as client:
        assert (await client.get("/metrics")).status_code == 200
        assert (await client.get("/metrics", headers={name: "127.0.0.1"})).status_code == 403
        assert (await client.get("/healthz", headers={name: "127.0.0.1"})).json() == {"status": "ok"}


@pytest.mark.parametrize("host", ["", "bot", "127.0.0.1.evil.example", "203.0.113.5:80", "localhost.evil.example"])
async def test_a_name_that_only_leads_to_this_machine_shows_nobody_what_operators_see(host: str) -> None:
    async with visitor() as client:
        assert (await client.get("/metrics", headers={"Host": host})).status_code == 403
        assert (await client.get("/healthz", headers={"Host": host})).json() == {"status": "ok"}


@pytest.mark.parametrize("host", ["localhost", "LocalHost:8080", "127.0.0.1:8080", "127.3.2.1", "[::1]:8080"])
async def test_programs_on_this_machine_are_operators_where_there_is_no_token(host: str) -> None:
    async with visitor() as client:
        assert (await client.get("/metrics", headers={"Host": host})).status_code == 200
        assert (await client.get("/healthz", headers={"Host": host})).json()["knowledge"] == "abc123"


async def test_a_proxy_on_this_machine_that_says_nothing_of_itself_shows_no_counters_where_there_is_a_token() -> None:
    token = "s3cret-of-operators"
    async with visitor(operator_token=token) as client:  # as nginx with a bare proxy_pass http://127.0.0.1:8080
        assert (await client.get("/metrics")).json() == {"error": Web.FOR_OPERATORS}
        assert (await client.get("/healthz")).json()["knowledge"] == "abc123"  # which doctor looks at
        assert (await client.get("/metrics", headers={"Authorization": f"Bearer {token}"})).status_code == 200


async def test_questions_and_requests_are_counted_under_their_route() -> None:
    async with visitor() as client:
        await client.post("/", data={"question": "民生"})
        await client.post("/api/ask", json={"question": "什么"})
        await client.get("/p/one")
        await client.get("/p/nope")
        await client.get("/made/up/by/somebody")
        metrics = await client.get("/metrics")
    assert metrics.headers["content-type"].startswith("text/plain")
    for line in (
        'bot_questions_total{channel="web",verdict="answer"} 1.0',
        'bot_questions_total{channel="api",verdict="suggest"} 1.0',
        'bot_http_requests_total{route="/",status="200"} 1.0',
        'bot_http_requests_total{route="/p/{point}",status="200"} 1.0',
        'bot_http_requests_total{route="/p/{point}",status="404"} 1.0',
        'bot_http_requests_total{route="other",status="404"} 1.0',
        'bot_http_request_seconds_count{route="/api/ask"} 1.0',
    ):
        assert line in metrics.text
    assert "somebody" not in metrics.text and "nope" not in metrics.text


async def test_a_request_is_logged_with_its_number_and_without_what_was_asked(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    async with visitor(Broken()) as client:
        await client.post("/", data={"question": "民生"}, headers={"X-Request-ID": "forged"})
    ours = [record for record in caplog.records if record.name.startswith("bot.channels.web")]
    assert [record.__dict__["request_id"] for record in ours] == ["r1", "r1"]
    assert [record.__dict__.get("status") for record in ours] == [None, 500]
    assert "民生" not in caplog.text and "forged" not in caplog.text


async def test_the_log_tells_of_a_question_once_and_of_all_else_by_its_request(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    async with visitor() as client:
        await client.post("/api/ask", json={"question": "民生"})
        await client.post("/chat", data={"action": "u:x1"})
        await client.get("/nowhere")
    told = [
        (record.getMessage(), record.__dict__["request_id"])
        for record in caplog.records
        if record.name.startswith("bot")
    ]
    assert told == [("http", "r2"), ("http", "r3")]


async def test_a_question_that_takes_long_has_a_line_with_its_time(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.web.request_log.SLOW", 0.0)
    caplog.set_level(logging.INFO)
    async with visitor() as client:
        await client.post("/api/ask", json={"question": "民生"})
    told = [record.__dict__["request_id"] for record in caplog.records if record.name.startswith("bot")]
    assert told == ["r1"]


def test_the_longest_unused_session_goes_first() -> None:
    sessions = Sessions(numbered("s"), limit=2)
    first, second, third = sessions.start(), sessions.start(), sessions.start()
    assert [sessions.find_known(name) for name in ("s1", "s2", "s1")] == [first, second, first]
    assert sessions.find_known("s3") is third
    assert (sessions.find_known("s1"), sessions.find_known("s2"), sessions.find_known("s3")) == (
        first,
        None,
        third,
    )
    assert len(sessions) == 2
    assert sessions.find_known(None) is None and sessions.find_known("") is None


def test_a_look_at_the_page_protects_no_session() -> None:
    sessions = Sessions(numbered("s"), new=2)
    looked, posted = sessions.start(), sessions.start()
    assert sessions.peek("s1") is looked and sessions.find_known("s2") is posted
    for _ in range(5):
        sessions.start()
    assert sessions.peek("s1") is None and sessions.peek("s2") is posted


def test_an_address_with_many_sessions_erases_its_own_only() -> None:
    sessions = Sessions(numbered("s"), limit=50, new=20)
    waiting = sessions.start(origin="198.51.100.1")
    member = sessions.start(origin="198.51.100.2")
    assert sessions.find_known(member.id) is member
    for _ in range(200):
        flood = sessions.start(origin="203.0.113.5")
        assert sessions.find_known(flood.id) is flood
        sessions.start(origin="203.0.113.5")
    assert sessions.peek(member.id) is member and sessions.peek(waiting.id) is waiting
    assert len(sessions) == 70 and sessions.peek(flood.id) is flood


def test_sessions_that_nobody_came_back_to_erase_only_each_other() -> None:
    sessions = Sessions(numbered("s"), new=2)
    known = sessions.start()
    assert sessions.find_known("s1") is known
    for _ in range(5_200):
        sessions.start()
    assert sessions.find_known("s1") is known and len(sessions) == 3
    assert sessions.find_known("s2") is None and sessions.find_known("s5201") is not None


def test_a_session_keeps_few_and_short_exchanges_and_no_verdict() -> None:
    session = Sessions(numbered("s"), exchanges=2).start()
    for _ in range(3):
        session.add("问" * 10_000, answer("问"))
    assert [len(exchange.text) for exchange in session.exchanges] == [MAX_SAID, MAX_SAID]
    assert session.exchanges[0].reply.verdict is None and session.exchanges[0].reply.point is None
    assert session.label("c:one") == "看前后文" and session.label("p:nope") == ""


def test_a_reply_without_anything_is_an_empty_view() -> None:
    view = exchange_view(Sessions(numbered("s")).start().add("", Reply()))
    assert not view.blocks and not view.choices and not view.card
