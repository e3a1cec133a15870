"""Papers on the page, over HTTP: by the form alone, by the script's requests, by somebody who means no good."""

from __future__ import annotations

import html
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from prometheus_client import CollectorRegistry

from bot.access.secret import Secret
from bot.channels.web.app import build_web
from bot.channels.web.conversation_log import ConversationLog
from bot.channels.web.members import PageMembers, browser_kind
from bot.channels.web.metrics import WebMetrics
from bot.channels.web.paper_pages import MAX_POSTS
from bot.channels.web.sessions import Sessions
from bot.records.papers import CompetitionRecord
from bot.wording import Papers as Wording
from tests.unit.channels.web_support import KNOWLEDGE, Talk, healthy, storing
from tests.unit.features.papers.fixtures import Hall, hall

JSON = {"Accept": "application/json"}


class Reader:
    """Somebody with a browser without JavaScript; ``page`` is what it shows."""

    def __init__(self, client: httpx.AsyncClient, there: Hall, of: CompetitionRecord) -> None:
        self.client = client
        self.there = there
        self.address = f"/paper/{of.id}"
        self.page = ""
        self.status = 0

    async def opens(self, path: str = "") -> str:
        return self._shows(await self.client.get(self.address + path))

    async def posts(self, path: str, **fields: str | list[str]) -> str:
        return self._shows(await self.client.post(self.address + path, data=fields))

    async def begins(self, name: str = "王芳", branch: str = "一支部") -> None:
        await self.opens()
        await self.posts("/start", name=name, branch=branch)
        assert 'id="paper"' in self.page

    @property
    def paper(self) -> str:
        return str(re.findall(r'name="paper" value="([^"]+)"', self.page)[0])

    async def right(self) -> dict[str, list[str]]:
        """The form with all right answers, as somebody would fill it in who knows them."""
        record = await self.there.store.papers.paper(self.paper)
        assert record is not None
        questions = self.there.papers._paper(record).questions
        return {f"q{number}": [str(index) for index in one.correct] for number, one in enumerate(questions)}

    def _shows(self, response: httpx.Response) -> str:
        self.status, self.page = response.status_code, html.unescape(response.text)
        return self.page


class Site:
    """The page of one process of the bot."""

    def __init__(self, there: Hall, of: CompetitionRecord) -> None:
        self.there = there
        self.of = of
        ids = iter(range(1000))
        store = there.store
        sessions = self.sessions = Sessions(
            lambda: f"s{next(ids)}",
            Secret("k"),
            log=ConversationLog(store.page),
            members=PageMembers(store.contests, store.page, there.time),
        )
        self.app = build_web(
            Talk(),
            knowledge=lambda: KNOWLEDGE,
            probe=healthy,
            storage=storing,
            metrics=WebMetrics(CollectorRegistry()),
            sessions=sessions,
            papers=there.papers,
        )

    @asynccontextmanager
    async def reader(self) -> AsyncIterator[Reader]:
        transport = httpx.ASGITransport(app=self.app, client=("127.0.0.1", 9))
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1", follow_redirects=True) as client:
            yield Reader(client, self.there, self.of)


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    async with hall(tmp_path) as there:
        yield Site(there, await there.publish(there.plan(branches=["一支部", "二支部"])))


async def test_a_whole_paper_is_written_without_javascript(site: Site) -> None:
    async with site.reader() as reader:
        assert "冬季学习" in (await reader.client.get("/paper")).text
        assert 'href="/paper"' in (await reader.client.get("/study")).text
        await reader.begins()
        filled = await reader.right()
        first = dict(list(filled.items())[:2])
        await reader.posts("/save", paper=reader.paper, **first)
        assert Wording.SAVED in reader.page and reader.page.count(" checked") == sum(map(len, first.values()))
        assert "已答 2/5" in reader.page
        del filled["q4"]
        await reader.posts("/give-in", paper=reader.paper, **filled)
        assert "答对 4 题，共 5 题" in reader.page and "第 1 名" in reader.page
        assert reader.page.count('class="mistake-text"') == 1 and Wording.NOT_ANSWERED in reader.page
        assert "出处" in reader.page
        ranks = await reader.opens("/ranks")
        assert "王芳" in ranks and "一支部" in ranks
        assert "4.0" in await reader.opens("/ranks?by=branch")
        assert "王芳" in await reader.opens("/certificate")


async def test_the_page_does_not_tell_what_is_right_before_the_end(site: Site) -> None:
    async with site.reader() as reader:
        await reader.begins()
        record = await site.there.store.papers.paper(reader.paper)
        assert record is not None
        for question in site.there.papers._paper(record).questions:
            assert question.explanation not in reader.page and question.quote not in reader.page
        shown = reader.page
        assert "correct" not in shown and "mistake" not in shown
        await reader.opens(f"/result?paper={reader.paper}")
        assert 'id="paper"' in reader.page and "mistake" not in reader.page


async def test_an_answer_of_the_script_is_acknowledged_with_the_time_that_is_left(site: Site) -> None:
    async with site.reader() as reader:
        await reader.begins()
        site.there.time.now += timedelta(minutes=1)
        sent = {"paper": reader.paper, "q0": "1"}
        told = (await reader.client.post(f"{reader.address}/answer", data=sent, headers=JSON)).json()
        assert told == {"answered": 1, "left": 540_000}
        told = (await reader.client.post(f"{reader.address}/answer", data={"paper": reader.paper, "n0": ""})).json()
        assert told == {"answered": 0, "left": 540_000}
        asked = await reader.client.get(f"{reader.address}/time?paper={reader.paper}", headers=JSON)
        assert asked.json() == {"left": 540_000}


async def test_what_comes_late_is_told_and_counts_nothing(site: Site) -> None:
    async with site.reader() as reader:
        await reader.begins()
        paper, filled = reader.paper, await reader.right()
        site.there.time.now += timedelta(minutes=10)
        late = await reader.client.post(f"{reader.address}/answer", data={"paper": paper, "q0": "1"}, headers=JSON)
        assert late.status_code == 409 and late.json()["error"] == Wording.LATE
        await reader.posts("/give-in", paper=paper, **filled)
        assert "答对 0 题" in reader.page and Wording.BY_ITSELF in reader.page


async def test_a_paper_is_open_to_its_own_cookie_alone(site: Site) -> None:
    async with site.reader() as owner, site.reader() as other:
        await owner.begins()
        await other.opens()
        sent = {"paper": owner.paper, "q0": "1"}
        for path in ("/answer", "/save", "/give-in"):
            assert (await other.client.post(other.address + path, data=sent)).status_code == 403
        assert (await other.client.get(f"{other.address}/time?paper={owner.paper}")).status_code == 403
        await other.opens(f"/result?paper={owner.paper}")
        assert 'class="paper-score"' not in other.page
        async with site.reader() as stranger:
            refused = await stranger.client.post(f"{stranger.address}/answer", data=sent, headers=JSON)
            assert refused.status_code == 403 and refused.json()["error"] == Wording.NO_COOKIE
        written = await site.there.papers.writing(
            site.of, (await site.there.store.papers.open_papers(site.there.time()))[0].member
        )
        assert written is not None and not written.answers


@pytest.mark.parametrize(
    "fields",
    [{"q5": "0"}, {"q0": "9"}, {"q0": "-1"}, {"q0": "x"}, {"q99": "0"}, {"q0": ["0", "99"]}, {"paper": "nothing"}],
)
async def test_a_changed_form_is_refused_and_saves_nothing(site: Site, fields: dict[str, str | list[str]]) -> None:
    async with site.reader() as reader:
        await reader.begins()
        paper = reader.paper
        await reader.posts("/answer", **{"paper": paper, "q1": "0", **fields})
        assert reader.status in {400, 403, 409}
        assert not await site.there.store.papers.answers(paper)


async def test_no_more_papers_are_begun_than_allowed(site: Site) -> None:
    async with site.reader() as reader:
        for _ in range(2):
            await reader.begins()
            await reader.posts("/start", name="另一个")  # goes on with the same paper
            await reader.posts("/give-in", paper=reader.paper)
        await reader.posts("/start", name="王芳", branch="一支部")
        assert reader.status == 409 and "2 次都用完了" in reader.page
        await reader.opens()
        assert "今天的 2 次都用完了" in reader.page
        results = await site.there.store.papers.results(site.of.id, site.there.time())
        assert len(results) == 2


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "王" * 200, "\u202e\u0007", '=HYPERLINK("x")'])
async def test_a_name_that_cannot_be_shown_is_told_beside_its_field(site: Site, name: str) -> None:
    async with site.reader() as reader:
        await reader.opens()
        response = await reader.client.post(f"{reader.address}/start", data={"name": name, "branch": "一支部"})
        assert response.status_code == 409 and 'role="alert"' in response.text
        assert "<script>alert" not in response.text
        assert not await site.there.store.papers.entrants(site.of.id)


async def test_a_name_that_somebody_has_is_told(site: Site) -> None:
    async with site.reader() as one, site.reader() as other:
        await one.begins("王芳")
        await other.opens()
        await other.posts("/start", name="王芳", branch="一支部")
        assert "已经有人用了" in other.page
        await other.posts("/start", name="王芳", branch="三支部")
        assert Wording.BRANCH_NOT_LISTED in other.page
        await other.posts("/start", name="王芳", branch="二支部")
        assert 'id="paper"' in other.page


async def test_who_is_refused_takes_no_room_of_a_shared_address(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.channels.web.paper_pages.PAPERS", (1, 1))
    crowded = Site(site.there, site.of)
    async with crowded.reader() as one, crowded.reader() as other:
        await one.opens()
        await one.posts("/start", name="王芳", branch="三支部")
        assert Wording.BRANCH_NOT_LISTED in one.page
        await one.begins("王芳")
        await other.opens()
        await other.posts("/start", name="李强", branch="一支部")
        assert Wording.TOO_MANY_ENTRANTS in other.page


async def test_nobody_posts_without_end_and_nobody_else_waits_for_it(site: Site) -> None:
    async with site.reader() as fast, site.reader() as slow:
        await fast.begins("王芳")
        await slow.begins("李强")
        found = set()
        for _ in range(MAX_POSTS + 5):
            sent = {"paper": fast.paper, "q99": "0"}
            found.add((await fast.client.post(f"{fast.address}/answer", data=sent, headers=JSON)).status_code)
        assert found == {409, 429}
        for path in ("/save", "/give-in"):
            assert (await fast.client.post(fast.address + path, data={"paper": fast.paper})).status_code == 429
        told = await slow.client.post(f"{slow.address}/answer", data={"paper": slow.paper, "q0": "1"}, headers=JSON)
        assert told.status_code == 200
        site.there.time.now += timedelta(minutes=1)
        told = await fast.client.post(f"{fast.address}/answer", data={"paper": fast.paper, "q0": "1"}, headers=JSON)
        assert told.status_code == 200


async def test_a_copied_cookie_is_refused_though_its_session_is_not_held_any_more(site: Site) -> None:
    async with site.reader() as reader:
        await reader.begins()
        await reader.opens()
        cookie = reader.client.cookies["session"]
        phone = "Mozilla/5.0 (Linux; Android 14) Chrome/125"
        session = site.sessions.start(cookie)
        await site.sessions.introduce(session, "王芳", browser_kind(phone))
        site.sessions._known.discard(session)
        site.sessions._new.discard(session)
        site.there.time.now += timedelta(minutes=6)
        await reader.opens()
        assert reader.status == 403
        response = await reader.client.get(reader.address, headers={"User-Agent": phone})
        assert response.status_code == 200


async def test_ranks_are_for_those_alone_who_have_a_name(site: Site) -> None:
    async with site.reader() as writer, site.reader() as stranger, site.reader() as member:
        await writer.begins("王芳")
        await writer.posts("/give-in", paper=writer.paper)
        assert "王芳" in await writer.opens("/ranks")
        for _ in range(2):  # without a cookie of ours, and with one
            for path in ("/ranks", "/ranks?by=branch", "/ranks?page=1"):
                page = await stranger.opens(path)
                assert stranger.status == 403 and "王芳" not in page and "一支部" not in page
            await stranger.opens()
        await member.opens()
        session = site.sessions.start(member.client.cookies["session"])
        await site.sessions.introduce(session, "李强", browser_kind(member.client.headers["User-Agent"]))
        assert "王芳" in await member.opens("/ranks")


async def test_a_competition_that_is_not_there_is_told(site: Site) -> None:
    async with site.reader() as reader:
        response = await reader.client.get("/paper/nothing")
        assert response.status_code == 404 and Wording.UNKNOWN in response.text


async def test_another_sites_form_saves_nothing(site: Site) -> None:
    async with site.reader() as reader:
        await reader.begins()
        headers = {"Sec-Fetch-Site": "cross-site"}
        response = await reader.client.post(f"{reader.address}/give-in", data={"paper": reader.paper}, headers=headers)
        assert response.status_code == 403
        written = await site.there.store.papers.paper(reader.paper)
        assert written is not None and written.given_in_at is None
