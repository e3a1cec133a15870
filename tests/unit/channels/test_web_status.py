from __future__ import annotations

import logging

import pytest

from bot.channels.web.sessions import MAX_SAID, Sessions
from bot.channels.web.views import exchange_view
from bot.chat.messages import Reply
from bot.wording import Web
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

    async with visitor(storage=gone) as client:
        response = await client.get("/healthz")
    assert response.status_code == 200
    assert response.json() == {
        "status": "ok",
        "knowledge": "abc123",
        "database": "failing",
        "error": Web.NOT_STORING,
    }


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


def test_the_longest_unused_session_goes_first() -> None:
    sessions = Sessions(numbered("s"), limit=2)
    first, second = sessions.open(), sessions.open()
    assert sessions.find("s1") is first
    third = sessions.open()
    assert (sessions.find("s1"), sessions.find("s2"), sessions.find("s3")) == (first, None, third)
    assert second.id == "s2" and len(sessions) == 2
    assert sessions.find(None) is None and sessions.find("") is None


def test_a_session_keeps_few_and_short_exchanges_and_no_verdict() -> None:
    session = Sessions(numbered("s"), exchanges=2).open()
    for _ in range(3):
        session.add("问" * 10_000, answer("问"))
    assert [len(exchange.said) for exchange in session.exchanges] == [MAX_SAID, MAX_SAID]
    assert session.exchanges[0].reply.verdict is None and session.exchanges[0].reply.point is None
    assert session.label("c:one") == "看前后文" and session.label("p:nope") == ""


def test_a_reply_without_anything_is_an_empty_view() -> None:
    view = exchange_view(Sessions(numbered("s")).open().add("", Reply()))
    assert not view.blocks and not view.choices and not view.card
