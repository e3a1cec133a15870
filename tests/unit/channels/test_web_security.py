from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator

import pytest
from starlette.exceptions import HTTPException
from starlette.types import Message, Receive, Scope, Send

from bot.channels.web.page_templates import FOLDER
from bot.channels.web.security import BODY_RECEIVED, MAX_BODY, MAX_DROPPED, POLICY, BodyLimit, origin_of
from bot.wording import Web
from tests.unit.channels.web_support import Broken, Talk, visitor


@pytest.mark.parametrize("address", ["/", "/p/one", "/nothing", "/static/page.css", "/healthz", "/metrics"])
async def test_every_response_carries_the_strict_headers(address: str) -> None:
    async with visitor() as client:
        headers = (await client.get(address)).headers
    assert headers["content-security-policy"] == POLICY
    assert "unsafe" not in POLICY and "http" not in POLICY
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "geolocation=()" in headers["permissions-policy"]
    assert headers["x-request-id"] == "r1"


async def test_failures_carry_the_strict_headers_too() -> None:
    async with visitor(Broken()) as client:
        assert (await client.post("/", data={})).headers["content-security-policy"] == POLICY
        refused = await client.post("/", headers={"Origin": "https://evil.example"})
        assert refused.headers["content-security-policy"] == POLICY


def test_no_template_has_a_script_or_a_style_in_it_or_anything_from_elsewhere() -> None:
    for path in (FOLDER / "templates").iterdir():
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:|//|\|\s*safe", text), path.name
        assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", text)), path.name


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "http://127.0.0.1"}, 200),
        ({"Sec-Fetch-Site": "none"}, 200),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://127.0.0.1"}, 403),
        ({"Origin": "http://127.0.0.1"}, 200),
        ({"Origin": "http://127.0.0.1:80"}, 200),
        ({"Origin": "https://127.0.0.1"}, 200),  # a proxy took the encryption off
        ({"Origin": "http://127.0.0.1:8080"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://[oops"}, 403),
    ],
)
@pytest.mark.parametrize("address", ["/", "/chat"])
async def test_posts_from_other_sites_are_refused(address: str, headers: dict[str, str], status: int) -> None:
    talk = Talk()
    async with visitor(talk) as client:
        response = await client.post(address, data={"question": "民生"}, headers=headers)
    assert response.status_code == status
    assert len(talk.heard) == (status == 200)
    if status == 403:
        assert "别的网站" in response.text


async def test_behind_a_proxy_that_changes_the_host_the_public_address_counts() -> None:
    async with visitor(public_url="https://study.example.org") as client:
        for origin, status in (("https://study.example.org", 200), ("https://other.example.org", 403)):
            headers = {"Origin": origin, "Host": "127.0.0.1:8080"}
            response = await client.post("/", data={"question": "民生"}, headers=headers)
            assert response.status_code == status


async def test_no_address_is_made_from_the_host_that_a_request_claims() -> None:
    async with visitor() as client:
        for address in ("/", "/outline/", "/p/one", "/p/one/", "/nothing"):
            response = await client.get(address, headers={"Host": "evil.example"})
            assert "evil.example" not in response.text + str(response.headers)
            assert response.status_code in {200, 404}


def _pieces(count: int, size: int, sent: list[int]) -> AsyncIterator[bytes]:
    async def body() -> AsyncIterator[bytes]:
        for _ in range(count):
            sent.append(size)
            yield b"x" * size

    return body()


@pytest.mark.parametrize("address", ["/api/ask", "/chat", "/"])
@pytest.mark.parametrize("said", [{"Content-Length": str(160 * MAX_BODY)}, {}], ids=["with its length", "without"])
async def test_a_body_that_is_too_long_is_dropped_to_its_end_and_then_refused(
    address: str, said: dict[str, str]
) -> None:
    sent: list[int] = []
    async with visitor() as client:
        headers = {**said, "Content-Type": "application/x-www-form-urlencoded"}
        response = await client.post(address, content=_pieces(160, MAX_BODY, sent), headers=headers)
    assert response.status_code == 413 and "64 KB" in response.text and response.headers["connection"] == "close"
    assert len(sent) == 160


async def test_a_body_without_an_end_is_dropped_only_as_far_as_allowed() -> None:
    sent: list[int] = []
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    async with visitor() as client:
        response = await client.post("/chat", content=_pieces(2_000, MAX_BODY, sent), headers=headers)
    assert response.status_code == 413
    assert sum(sent) <= MAX_BODY + MAX_DROPPED + 2 * MAX_BODY


async def test_whoever_asks_before_sending_too_much_is_not_bidden_to_send_it() -> None:
    sent: list[int] = []
    async with visitor() as client:
        headers = {"Content-Length": "1000000", "Expect": "100-continue"}
        response = await client.post("/chat", content=_pieces(10, 100_000, sent), headers=headers)
    assert response.status_code == 413 and not sent


async def test_a_body_that_does_not_come_is_not_waited_for_without_end() -> None:
    messages: list[Message] = []

    async def never() -> Message:
        await asyncio.Event().wait()
        raise AssertionError

    async def reads(scope: Scope, receive: Receive, send: Send) -> None:
        await receive()

    async def keep(message: Message) -> None:
        messages.append(message)

    limited = BodyLimit(reads, seconds=0.01)
    with pytest.raises(HTTPException) as refused:
        await limited({"type": "http", "method": "POST", "headers": []}, never, keep)
    assert refused.value.status_code == 408 and "发完" in refused.value.detail
    with pytest.raises(HTTPException) as too_large:
        await limited({"type": "http", "headers": [(b"content-length", b"1000000")]}, never, keep)
    assert too_large.value.status_code == 413


async def test_a_body_that_has_come_already_is_too_long_all_the_same() -> None:
    async def receive() -> Message:
        return {"type": "http.request", "body": b"x" * (MAX_BODY + 1), "more_body": False}

    async def reads(scope: Scope, receive: Receive, send: Send) -> None:
        await receive()

    async def sends(message: Message) -> None:
        raise AssertionError

    for header in ((b"transfer-encoding", b"chunked"), (b"content-length", b"%d" % (MAX_BODY + 1))):
        scope = {"type": "http", "headers": [header], "extensions": {BODY_RECEIVED: {}}}
        with pytest.raises(HTTPException) as refused:
            await BodyLimit(reads)(scope, receive, sends)
        assert refused.value.status_code == 413


async def test_a_request_with_two_lengths_is_refused_and_the_connection_ended() -> None:
    async with visitor() as client:
        headers = {"Content-Length": "5", "Transfer-Encoding": "chunked"}
        response = await client.post("/api/ask", content=b'{"question": "a"}', headers=headers)
    assert response.status_code == 400 and response.json() == {"error": Web.TWO_LENGTHS}
    assert response.headers["connection"] == "close"


@pytest.mark.parametrize("address", ["/", "/chat"])
async def test_a_form_in_bare_utf_8_is_read_as_such(address: str) -> None:
    talk = Talk()
    headers = {"Content-Type": "application/x-www-form-urlencoded; charset=utf-8"}
    async with visitor(talk) as client:
        for body in (
            "question=三级联创&action=",
            "question=%E4%B8%89%E7%BA%A7%E8%81%94%E5%88%9B",
            "question=三级+联创",
        ):
            await client.post(address, content=body.encode(), headers=headers)
        many = "&".join(f"f{number}=1" for number in range(20))
        assert (await client.post(address, content=many, headers=headers)).status_code == 400
        assert (await client.post(address, content=b"question=\xff\xfe", headers=headers)).status_code == 200
    assert [incoming.text for incoming in talk.heard] == ["三级联创", "三级联创", "三级 联创", "\ufffd\ufffd"]


async def test_a_body_of_just_the_limit_is_read() -> None:
    async with visitor() as client:
        frame = b'{"question": ""}'
        body = b'{"question": "' + b"x" * (MAX_BODY - len(frame)) + b'"}'
        assert (await client.post("/api/ask", content=body)).status_code == 200
        assert (await client.post("/api/ask", content=body + b" ")).status_code == 413


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
async def test_other_methods_are_refused_with_a_page(method: str) -> None:
    async with visitor() as client:
        response = await client.request(method, "/")
    assert response.status_code == 405 and "不支持" in response.text


def test_origins_are_compared_with_their_ports_filled_in() -> None:
    assert origin_of("https://A.example/path") == ("https", "a.example", 443)
    assert origin_of("http://a.example:8080") == ("http", "a.example", 8080)
    for nothing in ("", "null", "a.example", "ftp://a.example", "http://:80", "http://a:x", "http://"):
        assert origin_of(nothing) is None


async def test_static_files_are_kept_for_good_under_an_address_that_changes_with_them() -> None:
    async with visitor() as client:
        page = await client.get("/")
        for address in re.findall(r'(?:href|src)="(/static/[^"]+)"', page.text):
            asset = await client.get(address)
            assert asset.status_code == 200 and "immutable" in asset.headers["cache-control"], address
        assert "no-cache" in (await client.get("/static/page.css?v=old")).headers["cache-control"]
        etag = (await client.get("/static/page.css")).headers["etag"]
        assert (await client.get("/static/page.css", headers={"If-None-Match": etag})).status_code == 304
        assert (await client.get("/static/..%2fapp.py")).status_code == 404
        assert (await client.get("/static/nothing.css")).status_code == 404
