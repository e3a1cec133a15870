"""Phrasings by a language model: a real client against a stand-in endpoint, with the faults that endpoints have."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from bot.cache import FileCache
from bot.drafting.language_model import (
    MAX_FAILURES,
    EndpointSettings,
    ModelPhrasings,
    PassageRequest,
    PhrasingModel,
    parse_answer,
)
from bot.errors import BotError
from bot.wording import Drafting
from tests.standin.language_model import Answerer, phrasings, standin_model

REQUESTS = [PassageRequest(f"p{n}", "值班办法", f"第{n}条", f"第{n}条 每天{n}人值班。") for n in range(1, 4)]
GOOD = phrasings("一天几个人看门", "每天多少人值班", gaps=("值班有没有补贴",))
WRITTEN = ModelPhrasings(("一天几个人看门", "每天多少人值班"), ("值班有没有补贴",))


async def _phrase(
    answer: Answerer, folder: Path, *, retries: int = 2, requests: list[PassageRequest] = REQUESTS
) -> tuple[PhrasingModel, int, int, str]:
    """The model after it was asked; how often it was, how many answers were of no use, and why it stopped."""
    async with standin_model(answer) as endpoint:
        settings = EndpointSettings(endpoint.url, "some-model", "secret-key", retries=retries)
        model = PhrasingModel(settings, FileCache(folder))
        usage = await model.phrase([one for one in requests if model.known(one) is None], lambda: None)
        return model, len(endpoint.asked), usage.failed, usage.stopped


async def test_each_passage_is_asked_for_once_and_never_again(tmp_path: Path) -> None:
    model, asked, failed, _ = await _phrase(lambda *_: GOOD, tmp_path)
    assert (asked, failed, [model.known(one) for one in REQUESTS]) == (3, 0, [WRITTEN] * 3)
    again, asked, _, _ = await _phrase(lambda *_: "nothing", tmp_path)
    assert (asked, again.known(REQUESTS[0])) == (0, WRITTEN)


async def test_what_is_sent_is_the_title_the_place_and_the_passage_alone(tmp_path: Path) -> None:
    async with standin_model(lambda *_: GOOD) as endpoint:
        model = PhrasingModel(EndpointSettings(endpoint.url, "some-model", "secret-key"), FileCache(tmp_path))
        await model.phrase(REQUESTS[:1], lambda: None)
    [body] = endpoint.asked
    assert body["messages"][1]["content"] == "文件：值班办法\n所在位置：第1条\n原文：\n第1条 每天1人值班。"
    assert (body["model"], endpoint.keys) == ("some-model", ["Bearer secret-key"])


@pytest.mark.parametrize(
    "bad", ["我不知道。", '{"questions": ["一天', '{"questions": []}', '{"gaps": ["a"]}', "[1, 2]", ""]
)
async def test_nonsense_costs_its_passage_alone(tmp_path: Path, bad: str) -> None:
    model, asked, failed, stopped = await _phrase(lambda text, _: bad if "第2条" in text else GOOD, tmp_path)
    assert (asked, failed, stopped) == (3, 1, "")
    assert [model.known(one) for one in REQUESTS] == [WRITTEN, None, WRITTEN]


async def test_json_in_a_code_fence_is_read(tmp_path: Path) -> None:
    model, _, failed, _ = await _phrase(lambda *_: f"好的：\n```json\n{GOOD}\n```", tmp_path)
    assert (failed, model.known(REQUESTS[0])) == (0, WRITTEN)


async def test_too_many_requests_are_tried_again(tmp_path: Path) -> None:
    busy = JSONResponse({"error": {"message": "slow down"}}, 429, headers={"Retry-After": "0.01"})
    model, asked, failed, _ = await _phrase(lambda _, before: busy if before < 3 else GOOD, tmp_path, retries=4)
    assert (asked, failed, model.known(REQUESTS[2])) == (6, 0, WRITTEN)


async def test_an_endpoint_that_never_answers_stops_the_run_and_keeps_what_was_paid_for(tmp_path: Path) -> None:
    requests = [PassageRequest(f"p{n}", "值班办法", "", f"第{n}条 每天{n}人值班。") for n in range(20)]
    broken = Response(status_code=502)
    model, asked, failed, stopped = await _phrase(
        lambda text, _: GOOD if "第0条" in text else broken, tmp_path, retries=0, requests=requests
    )
    assert MAX_FAILURES <= failed < 12
    assert asked < len(requests)
    assert stopped == Drafting.STOPPED.format(count=MAX_FAILURES, why=Drafting.SERVER_FAULT.format(status=502))
    assert model.known(requests[0]) == WRITTEN
    _, asked, failed, stopped = await _phrase(lambda *_: GOOD, tmp_path, requests=requests)
    assert (asked, failed, stopped) == (19, 0, "")


async def test_an_endpoint_where_nobody_listens_stops_the_run(tmp_path: Path) -> None:
    async with standin_model(lambda *_: GOOD) as endpoint:
        gone = endpoint.url
    model = PhrasingModel(EndpointSettings(gone, "some-model", retries=0), FileCache(tmp_path))
    assert Drafting.UNREACHABLE in (await model.phrase(REQUESTS * 3, lambda: None)).stopped


async def test_an_endpoint_that_hangs_is_not_waited_for_forever(tmp_path: Path) -> None:
    async with standin_model(lambda *_: Hanging()) as endpoint:
        settings = EndpointSettings(endpoint.url, "some-model", retries=0, timeout=0.2)
        usage = await PhrasingModel(settings, FileCache(tmp_path)).phrase(REQUESTS * 3, lambda: None)
    assert Drafting.TIMED_OUT in usage.stopped


class Hanging(Response):
    """A response that never comes."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        await receive()  # until the other side hangs up


@pytest.mark.parametrize("status", [401, 403, 404])
async def test_a_refused_key_or_model_ends_the_run_without_the_servers_words(tmp_path: Path, status: int) -> None:
    refused = JSONResponse({"error": {"message": "no such key secret-key"}}, status)
    with pytest.raises(BotError) as told:
        await _phrase(lambda *_: refused, tmp_path)
    assert str(status) in str(told.value)
    assert "secret-key" not in str(told.value)


async def test_a_server_that_knows_no_schema_is_asked_in_a_simpler_form(tmp_path: Path) -> None:
    unknown = JSONResponse({"error": {"message": "response_format"}}, 400)
    async with standin_model(lambda *_: "") as endpoint:
        endpoint.answer = lambda *_: GOOD if "response_format" not in endpoint.asked[-1] else unknown
        model = PhrasingModel(EndpointSettings(endpoint.url, "some-model"), FileCache(tmp_path))
        usage = await model.phrase(REQUESTS[:2], lambda: None)
    assert (usage.failed, model.known(REQUESTS[1])) == (0, WRITTEN)


def test_lines_of_an_answer_that_nobody_would_type_are_left_out() -> None:
    found = parse_answer(phrasings("几点开门", "几点开门", "？", "长" * 80, " 有\n空格 ", gaps=("", "门票多少钱")))
    assert found == ModelPhrasings(("几点开门", "有 空格"), ("门票多少钱",))
