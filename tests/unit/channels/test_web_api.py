from __future__ import annotations

import asyncio
import json
from itertools import pairwise

import pytest

from bot.channels.web.api import MAX_SESSION
from bot.channels.web.conversation_client import AT_ONCE
from bot.conversation.messages import Incoming, Part, Reply
from bot.wording import Web
from tests.unit.channels.web_support import Broken, Talk, visitor


async def test_a_question_in_json_gets_the_record_of_ask() -> None:
    async with visitor() as client:
        response = await client.post("/api/ask", json={"question": "民生", "session": "a"})
    assert response.status_code == 200 and response.headers["content-type"] == "application/json"
    assert response.json() == {
        "id": "r1",
        "verdict": "answer",
        "reply": "民生\n再说民生\n—— 第一部分",
        "quote": "再说民生",
        "citation": "第一部分",
        "point": "one",
        "suggestions": [],
        "answers": [
            {
                "asked": "民生",
                "verdict": "answer",
                "point": "one",
                "title": "民生",
                "quote": "第一段先说发展,再说民生,后说作风。",
                "citation": "第一部分",
                "document": "一篇讲话",
            }
        ],
        "ms": 1.0,
    }


async def test_suggestions_come_with_their_quotes() -> None:
    async with visitor() as client:
        record = (await client.post("/api/ask", json={"question": "什么"})).json()
    assert record["verdict"] == "suggest" and record["point"] == ""
    assert record["suggestions"][1] == {"point": "two", "title": "发展和作风", "quote": "先说发展\n后说作风"}


async def test_a_session_names_a_dialogue_and_without_one_every_question_stands_alone() -> None:
    talk = Talk()
    async with visitor(talk) as client:
        for session in ("a", "b", "a", None, None):
            await client.post("/api/ask", json={"question": "民生", "session": session})
    first, second, third, alone, alone_too = (incoming.person for incoming in talk.heard)
    assert first == third and len({first, second, alone, alone_too}) == 4


async def test_a_session_of_the_interface_is_never_one_of_the_page() -> None:
    talk = Talk()
    async with visitor(talk) as client:
        page = await client.post("/", data={"question": "民生"})
        await client.post("/api/ask", json={"question": "那么?", "session": page.cookies["session"]})
    assert talk.heard[0].person != talk.heard[1].person


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe\xfd", b"question=x", b"[" * 60_000, b"1" * 5_000])
async def test_what_is_no_json_is_400_with_a_sentence(body: bytes) -> None:
    async with visitor() as client:
        response = await client.post("/api/ask", content=body)
    assert response.status_code == 400
    assert "JSON" in response.json()["error"] and "question" in response.json()["error"]


@pytest.mark.parametrize("data", [[], None, 1, "x", {}, {"question": None}, {"question": 1}, {"question": ["x"]}])
async def test_a_missing_question_is_422_and_says_how_to_write_it(data: object) -> None:
    async with visitor() as client:
        response = await client.post("/api/ask", content=json.dumps(data))
    assert response.status_code == 422 and '{"question": "问题"}' in response.json()["error"]


@pytest.mark.parametrize("session", [1, {}, ["a"], "a" * (MAX_SESSION + 1)])
async def test_a_session_that_is_no_short_text_is_422(session: object) -> None:
    async with visitor() as client:
        response = await client.post("/api/ask", json={"question": "民生", "session": session})
    assert response.status_code == 422 and "session" in response.json()["error"]


@pytest.mark.parametrize("question", ["", " \n"])
async def test_an_empty_question_is_the_conversations_to_answer(question: str) -> None:
    talk = Talk()
    async with visitor(talk) as client:
        assert (await client.post("/api/ask", json={"question": question})).status_code == 200
    assert talk.heard[0].text == question


async def test_half_a_character_does_no_harm() -> None:
    talk = Talk()
    async with visitor(talk) as client:
        body = b'{"question": "\\ud83d", "session": "\\udc00"}'
        assert (await client.post("/api/ask", content=body)).status_code == 200
    assert talk.heard[0].text == "?"


async def test_another_method_is_405_in_chinese() -> None:
    async with visitor() as client:
        response = await client.get("/api/ask")
    assert response.status_code == 405 and response.headers["allow"] == "POST"
    assert "POST /api/ask" in response.json()["error"]


async def test_another_address_below_api_is_404_in_json() -> None:
    async with visitor() as client:
        response = await client.post("/api/nothing", json={})
    assert response.status_code == 404 and "没有这个页面" in response.json()["error"]


async def test_a_failure_inside_the_conversation_is_500_with_a_sentence() -> None:
    failure = Reply((Part("text", "抱歉"),), failed=True)
    async with visitor(Talk(民生=failure)) as client:
        response = await client.post("/api/ask", json={"question": "民生"})
    assert response.status_code == 500
    assert response.json() == {"error": Web.API_ERROR.format(request_id="r1")}


async def test_a_failure_tells_its_number_and_nothing_else() -> None:
    async with visitor(Broken()) as client:
        response = await client.post("/api/ask", json={"question": "民生"})
    assert response.status_code == 500
    assert list(response.json()) == ["error"] and "r1" in response.json()["error"]
    assert "secret" not in response.text


@pytest.mark.slow
async def test_a_thousand_questions_at_once_let_others_on() -> None:
    talk, said = Talk(), []

    async def others() -> None:
        while len(talk.heard) < 1000:
            said.append(len(talk.heard))
            await asyncio.sleep(0)

    async with visitor(talk) as client:
        asking = [client.post("/api/ask", json={"question": "民生"}) for _ in range(1000)]
        *replies, _ = await asyncio.gather(*asking, others())
    assert {reply.status_code for reply in replies if reply is not None} == {200}
    assert max(after - before for before, after in pairwise(said)) <= AT_ONCE


async def test_who_waits_for_the_store_holds_up_no_question() -> None:
    store = asyncio.Event()

    class Slow(Talk):
        """A conversation whose buttons wait for the store."""

        async def handle(self, incoming: Incoming) -> Reply:
            if incoming.text.startswith("/"):
                await store.wait()
            return await super().handle(incoming)

    async with visitor(Slow()) as client:
        waiting = [
            asyncio.create_task(client.post("/api/ask", json={"question": "/forget"})) for _ in range(3 * AT_ONCE)
        ]
        async with asyncio.timeout(5):
            assert (await client.post("/api/ask", json={"question": "民生"})).json()["verdict"] == "answer"
        assert not any(task.done() for task in waiting)
        store.set()
        assert {reply.status_code for reply in await asyncio.gather(*waiting)} == {200}


async def test_calls_without_a_cookie_are_limited_by_their_address_alone() -> None:
    async with visitor(rate_member=2, rate_address=5) as client:
        found = [(await client.post("/api/ask", json={"question": "民生"})).status_code for _ in range(7)]
    assert found == [200] * 5 + [429] * 2
