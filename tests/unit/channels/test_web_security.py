from __future__ import annotations

import re
from collections.abc import AsyncIterator

import pytest

from bot.channels.web.rendering import FOLDER
from bot.channels.web.security import MAX_BODY, POLICY, origin_of
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
        ({"Sec-Fetch-Site": "same-origin", "Origin": "http://page.test"}, 200),
        ({"Sec-Fetch-Site": "none"}, 200),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://page.test"}, 403),
        ({"Origin": "http://page.test"}, 200),
        ({"Origin": "http://page.test:80"}, 200),
        ({"Origin": "https://page.test"}, 200),  # a proxy took the encryption off
        ({"Origin": "http://page.test:8080"}, 403),
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


async def test_a_body_that_says_it_is_too_long_is_refused_unread() -> None:
    read = 0

    async def body() -> AsyncIterator[bytes]:
        nonlocal read
        for _ in range(160):
            read += 1
            yield b"x" * MAX_BODY

    async with visitor() as client:
        for address in ("/api/ask", "/chat", "/"):
            headers = {"Content-Length": str(160 * MAX_BODY), "Content-Type": "application/x-www-form-urlencoded"}
            response = await client.post(address, content=body(), headers=headers)
            assert response.status_code == 413 and "64 KB" in response.text
    assert read == 0


@pytest.mark.parametrize("address", ["/api/ask", "/chat", "/"])
async def test_a_body_that_does_not_say_its_length_is_read_only_as_far_as_allowed(address: str) -> None:
    read = 0

    async def body() -> AsyncIterator[bytes]:
        nonlocal read
        for _ in range(10_000):
            read += 1
            yield b"x" * 1_000

    async with visitor() as client:
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        response = await client.post(address, content=body(), headers=headers)
    assert response.status_code == 413 and "64 KB" in response.text
    assert read <= MAX_BODY // 1_000 + 1


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
