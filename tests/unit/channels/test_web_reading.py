"""Several documents on the web: each visitor reads the one that he chose, and addresses and programs can name one."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from prometheus_client import CollectorRegistry

from bot.access.roles import RolePolicy
from bot.channels.web.app import build_web
from bot.channels.web.metrics import WebMetrics
from bot.chats.chosen_documents import ChosenDocuments
from bot.features.answers.null_store import NullStore
from bot.storage.store import SqlStore
from bot.wiring import make_router
from bot.wording import Web
from tests.unit.channels.web_support import healthy, storing
from tests.unit.features.shelf.test_shelf import CANTEEN, READING, library_of_points

CANTEEN_TITLE, READING_TITLE = "食堂管理办法", "阅览室管理办法"


@pytest.fixture
async def client(tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    store = await SqlStore.open(f"sqlite+aiosqlite:///{tmp_path}/bot.sqlite3")
    library, null = library_of_points(), NullStore()
    router = make_router(
        library,
        null,
        lambda: datetime(2026, 5, 4, tzinfo=UTC),
        "run",
        rights=RolePolicy((), null),
        audit=null,
        choices=ChosenDocuments(store.contests),
    )
    app = build_web(
        router,
        knowledge=lambda: library.current.knowledge,
        probe=healthy,
        storage=storing,
        metrics=WebMetrics(CollectorRegistry()),
    )
    transport = httpx.ASGITransport(app=app, client=("127.0.0.1", 1))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as session:
        yield session
    await store.close()


async def test_programs_see_the_books_and_ask_one_of_them(client: httpx.AsyncClient) -> None:
    books = (await client.get("/api/books")).json()["books"]
    assert [(book["book"], book["title"]) for book in books] == [(READING, READING_TITLE), (CANTEEN, CANTEEN_TITLE)]
    for name in (CANTEEN, CANTEEN_TITLE):
        answered = (await client.post("/api/ask", json={"question": "中午几点开饭", "book": name})).json()
        assert ("十一点半" in answered["quote"], answered["answers"][0]["document"]) == (True, CANTEEN_TITLE)
    refused = await client.post("/api/ask", json={"question": "中午几点开饭", "book": "没有这本"})
    assert (refused.status_code, Web.API_NO_BOOK in refused.text) == (422, True)


async def test_a_visitor_reads_what_was_chosen_on_all_pages_and_nobody_else_does(client: httpx.AsyncClient) -> None:
    assert f"<h1>{READING_TITLE}</h1>" in (await client.get("/")).text
    await client.post("/", data={"question": f"/books {CANTEEN_TITLE}"})
    assert f"<h1>{CANTEEN_TITLE}</h1>" in (await client.get("/")).text
    assert "午饭十一点半" in (await client.get("/read")).text
    client.cookies.clear()
    assert "每人每次可以借5册" in (await client.get("/read")).text


async def test_a_citation_leads_to_its_own_document_whatever_is_read(client: httpx.AsyncClient) -> None:
    page = (await client.get(f"/p/first_{CANTEEN}")).text
    assert "午饭十一点半" in page
    assert "每人每次可以借5册" in (await client.get("/p/first")).text
    assert "午饭十一点半" in (await client.get("/p/first", params={"document": CANTEEN})).text


async def test_a_citation_of_a_document_that_is_gone_leads_to_no_other_ones_passage(client: httpx.AsyncClient) -> None:
    assert (await client.get("/p/first_cccccc")).status_code == 404


async def test_links_of_a_passage_stay_in_its_document(client: httpx.AsyncClient) -> None:
    page = (await client.get(f"/p/first_{CANTEEN}")).text
    assert f'href="/read?point=first&amp;document={CANTEEN}"' in page or f"point=first&document={CANTEEN}" in page
    led = await client.get(f"/read?point=first_{CANTEEN}")
    assert led.headers["location"].startswith(f"/read?document={CANTEEN}#")
    assert "午饭十一点半" in (await client.get(led.headers["location"])).text


async def test_what_is_asked_below_a_passage_is_asked_of_its_document(client: httpx.AsyncClient) -> None:
    page = (await client.get(f"/p/first_{CANTEEN}")).text
    form = page.partition('<form class="ask-this"')[2].partition("</form>")[0]
    said = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', form))
    assert "午饭十一点半" in (await client.post("/", data=said)).text


async def test_an_answer_on_the_page_links_to_the_passage_of_its_document(client: httpx.AsyncClient) -> None:
    await client.post("/", data={"question": f"/books {CANTEEN_TITLE}"})
    page = (await client.post("/", data={"question": "中午几点开饭"})).text
    assert f'href="/p/first_{CANTEEN}#quote"' in page
