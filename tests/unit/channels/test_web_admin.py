"""The page for admins over HTTP: who comes in, by what, and what is to be seen."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import TypeVar
from xml.etree import ElementTree

import httpx
import pytest

from bot.channels.web.admin.document import MAX_BODY
from bot.channels.web.admin.ports import AdminPageData, AuditTableRow, UnansweredGroup, VersionTableRow
from bot.conversation.messages import Choice, Incoming, Part, Reply
from bot.errors import StorageError
from bot.records.statistics import Accuracy, DayFigures, Figures
from bot.wording import Console as Wording
from tests.unit.channels.web_support import visitor
from tests.unit.features.fakes import Gate
from tests.unit.library import NOON

T = TypeVar("T")
DAY = timedelta(days=1)


async def figures(days: int) -> Figures:
    """As many days of ten questions each."""
    return Figures(
        tuple(DayFigures((NOON - DAY * ago).date(), 6, 1, 3, 4) for ago in reversed(range(days))),
        active=8,
        top=(("<b>路</b>", 9), ("水稻", 3)),
        weakest=(Accuracy("学校", 1, 3),),
        quiz=3,
        quiz_right=1,
    )


def giving(*rows: T) -> Callable[[], Awaitable[Sequence[T]]]:
    async def give() -> Sequence[T]:
        return rows

    return give


def console(gate: Gate) -> AdminPageData:
    return AdminPageData(
        gate.login,
        figures,
        "Asia/Shanghai",
        misses=giving(UnansweredGroup(("几点开课", "什么时候上课"), 12, "田间课堂培训农户")),
        versions=giving(VersionTableRow(3, NOON, "李明", "补问法", "新增 1 个要点")),
        audits=giving(AuditTableRow(NOON, "telegram:9", "更新知识库", "points.yaml", allowed=False)),
    )


@asynccontextmanager
async def at(gate: Gate, shown: AdminPageData | None = None, public_url: str = "") -> AsyncIterator[httpx.AsyncClient]:
    async with visitor(console=shown or console(gate), public_url=public_url) as client:
        yield client


async def come_in(client: httpx.AsyncClient, gate: Gate, person: str = "telegram:7") -> httpx.Response:
    """Press the button behind a fresh link; the client keeps the cookie."""
    return await client.post("/admin/enter", data={"t": gate.login.issue_link(person)})


async def test_a_link_opens_a_page_with_a_button_and_the_button_lets_in() -> None:
    gate = Gate()
    async with at(gate) as client:
        link = gate.login.issue_link("telegram:7")
        for _ in range(3):  # previews look at it as well
            looked = await client.get("/admin/enter", params={"t": link})
            assert looked.status_code == 200 and f'value="{link}"' in looked.text
            assert looked.headers["referrer-policy"] == "origin" and "set-cookie" not in looked.headers
            assert looked.headers["cache-control"] == "no-store"
        entered = await client.post("/admin/enter", data={"t": link})
        assert (entered.status_code, entered.headers["location"]) == (303, "/admin")
        page = await client.get("/admin")
        assert page.status_code == 200 and page.headers["cache-control"] == "no-store"


async def test_the_cookie_is_for_these_pages_and_for_no_script_and_no_other_site() -> None:
    gate = Gate()
    async with at(gate) as client:
        plain = (await come_in(client, gate)).headers["set-cookie"]
    async with at(gate, public_url="https://study.example.org") as client:
        secure = (await come_in(client, gate)).headers["set-cookie"]
    for cookie in (plain, secure):
        assert all(part in cookie for part in ("HttpOnly", "SameSite=strict", "Path=/admin", "Max-Age=43200"))
    assert ("Secure" in plain, "Secure" in secure) == (False, True)


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("why", ["used", "expired", "altered", "no right"])
async def test_a_link_that_lets_nobody_in_is_refused_in_plain_words_and_audited(method: str, why: str) -> None:
    gate = Gate()
    async with at(gate) as client:
        link = gate.login.issue_link("telegram:8" if why == "no right" else "telegram:7")
        if why == "used":
            await gate.login.redeem_link(link, "r0")
        elif why == "expired":
            gate.clock.now += timedelta(minutes=10)
        elif why == "altered":
            link = link[:-1] + ("0" if link[-1] != "0" else "1")
        gate.audit.rows.clear()
        if method == "GET":
            refused = await client.get("/admin/enter", params={"t": link})
        else:
            refused = await client.post("/admin/enter", data={"t": link})
        assert refused.status_code == 403 and Wording.REFUSALS[why] in refused.text
        assert "set-cookie" not in refused.headers and refused.headers["cache-control"] == "no-store"
        assert [(row.detail, row.allowed) for row in gate.audit.rows] == [(Wording.REASONS[why], False)]
        assert (await client.get("/admin")).status_code == 403


PAGES = ["/admin", "/admin/misses", "/admin/versions", "/admin/audit"]


@pytest.mark.parametrize("address", PAGES)
async def test_nobody_sees_a_page_without_a_cookie_of_ours(address: str) -> None:
    gate = Gate()
    async with at(gate) as client:
        for cookie in ("", "x.y", gate.login.issue_link("telegram:1"), "%00"):
            refused = await client.get(address, headers={"Cookie": f"admin={cookie}"})
            assert refused.status_code == 403 and Wording.OUTSIDE in refused.text
            assert "水稻" not in refused.text and "几点开课" not in refused.text


@pytest.mark.parametrize("address", [page for page in PAGES if page != "/admin/audit"])
async def test_who_is_no_editor_any_more_is_out_at_the_next_page(address: str) -> None:
    gate = Gate()
    async with at(gate) as client:
        await come_in(client, gate, "telegram:7")
        assert (await client.get(address)).status_code == 200
        del gate.roles.roles["telegram:7"]
        assert (await client.get(address)).status_code == 403


@pytest.mark.parametrize("address", PAGES)
async def test_who_stayed_too_long_is_out_at_the_next_page(address: str) -> None:
    gate = Gate()
    async with at(gate) as client:
        await come_in(client, gate, "telegram:1")
        assert (await client.get(address)).status_code == 200
        gate.clock.now += timedelta(hours=12)
        assert (await client.get(address)).status_code == 403


async def test_the_audit_log_is_for_owners_and_an_editors_try_is_audited() -> None:
    gate = Gate()
    async with at(gate) as client:
        await come_in(client, gate, "telegram:7")
        assert "/admin/audit" not in (await client.get("/admin")).text
        refused = await client.get("/admin/audit")
        assert refused.status_code == 403 and "points.yaml" not in refused.text
        assert gate.audited[-1] == ("telegram:7", Wording.REASONS["no right"], False)
        await come_in(client, gate, "telegram:1")
        page = (await client.get("/admin/audit")).text
        assert "更新知识库" in page and "points.yaml" in page and Wording.REFUSED in page and "telegram:9" in page
        assert "5月4日 20:00" in page  # noon in UTC, by the clocks of Shanghai


async def test_misses_and_versions_show_what_they_are_given() -> None:
    gate = Gate()
    async with at(gate) as client:
        await come_in(client, gate)
        misses = (await client.get("/admin/misses")).text
        assert all(text in misses for text in ("12 次", "几点开课", "什么时候上课", "最接近的要点：田间课堂培训农户"))
        versions = (await client.get("/admin/versions")).text
        assert all(text in versions for text in ("第 3 版", "李明", "补问法", "新增 1 个要点"))


async def test_the_charts_are_svg_with_a_title_and_the_same_in_a_table_and_nothing_is_markup() -> None:
    gate = Gate()
    async with at(gate) as client:
        await come_in(client, gate)
        page = (await client.get("/admin")).text
    assert "<b>路</b>" not in page
    drawings = ["<svg" + part.partition("</svg>")[0] + "</svg>" for part in page.split("<svg")[1:]]
    assert len(drawings) == 4
    for drawing in drawings:
        svg = ElementTree.fromstring(drawing)
        assert svg.get("role") == "img"
        assert [child.tag for child in svg][:2] == ["title", "desc"]
        ids = {child.get("id") for child in svg} - {None}
        assert set((svg.get("aria-labelledby") or "").split()) == ids
    assert page.count("<table>") == 4 and "提问 70 次：答上 42（60%），给建议 7，没答 21。" in page


@pytest.mark.parametrize(("asked", "days"), [("", 7), ("30", 30), ("90", 90), ("5000", 7), ("x", 7)])
async def test_only_the_spans_that_are_offered_can_be_asked_for(asked: str, days: int) -> None:
    gate = Gate()
    async with at(gate) as client:
        await come_in(client, gate)
        page = await client.get("/admin", params={"days": asked} if asked else {})
    assert f"近 {days} 天" in page.text


async def test_nothing_to_see_is_said_so_and_a_part_that_is_not_there_is_not_offered() -> None:
    async def nothing(days: int) -> Figures:
        return Figures(tuple(DayFigures((NOON - DAY * ago).date()) for ago in range(days)))

    gate = Gate()
    shown = AdminPageData(gate.login, nothing, "Asia/Shanghai", misses=giving())
    async with at(gate, shown) as client:
        await come_in(client, gate, "telegram:1")
        page = (await client.get("/admin")).text
        assert "这段时间还没有人提问。" in page and "<svg" not in page
        assert "/admin/misses" in page and "/admin/versions" not in page and "/admin/audit" not in page
        assert Wording.NO_MISSES in (await client.get("/admin/misses")).text
        assert (await client.get("/admin/versions")).status_code == 404


async def test_a_database_that_fails_is_told_by_its_sentence() -> None:
    async def broken() -> Sequence[UnansweredGroup]:
        raise StorageError("磁盘满了，请清出空间。")

    gate = Gate()
    async with at(gate, replace(console(gate), misses=broken)) as client:
        await come_in(client, gate)
        failed = await client.get("/admin/misses")
        assert failed.status_code == 503 and "磁盘满了，请清出空间。" in failed.text
        gate.audit.broken = True
        assert (await come_in(client, gate)).status_code == 503
        assert (await client.get("/admin/audit")).status_code == 503  # an editor's try cannot be audited


async def test_leaving_takes_the_cookie_away() -> None:
    gate = Gate()
    async with at(gate) as client:
        await come_in(client, gate)
        copy = {"Cookie": f"admin={client.cookies['admin']}"}
        assert (await client.get("/admin", headers=copy)).status_code == 200
        left = await client.post("/admin/leave")
        assert (left.status_code, left.headers["location"]) == (303, "/")
        assert (await client.get("/admin")).status_code == 403
        assert (await client.get("/admin", headers=copy)).status_code == 403


async def test_leaving_that_cannot_be_kept_is_told_and_can_be_tried_again() -> None:
    gate = Gate()
    async with at(gate) as client:
        await come_in(client, gate)
        gate.used.broken = True
        left = await client.post("/admin/leave")
        assert left.status_code == 503 and "数据库写不进去" in left.text
        gate.used.broken = False
        assert (await client.post("/admin/leave")).status_code == 303
        assert (await client.get("/admin")).status_code == 403


async def test_another_site_can_press_no_button() -> None:
    gate = Gate()
    async with at(gate) as client:
        headers = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
        link = gate.login.issue_link("telegram:7")
        assert (await client.post("/admin/enter", data={"t": link}, headers=headers)).status_code == 403
        assert gate.used.used == set()


async def test_without_a_console_there_are_no_such_pages() -> None:
    async with visitor() as client:
        assert [(await client.get(address)).status_code for address in [*PAGES, "/admin/enter?t=x"]] == [404] * 5


class Talking:
    """What a document and presses are sent to."""

    def __init__(self) -> None:
        self.heard: list[Incoming] = []
        self.documents: list[bytes] = []

    async def __call__(self, incoming: Incoming) -> Reply:
        self.heard.append(incoming)
        if incoming.document is None:
            return Reply(toast="<换上了>")
        self.documents.append(await incoming.document.read())
        return Reply((Part("text", "《守则》\n目录："),), (Choice("应用", "a:ra-c1"), Choice("去", "")))


def upload(client: httpx.AsyncClient, data: bytes, name: str = "守则.docx") -> Awaitable[httpx.Response]:
    return client.post("/admin/document", files={"document": (name, data)})


async def test_a_document_is_sent_shown_and_served_on_a_press() -> None:
    gate, talk = Gate(), Talking()
    async with at(gate, replace(console(gate), converse=talk)) as client:
        await come_in(client, gate)
        assert 'type="file"' in (await client.get("/admin/document")).text
        assert "/admin/document" in (await client.get("/admin")).text
        body = b"PK" * 100_000  # more than any other page takes
        shown = await upload(client, body)
        assert shown.status_code == 200
        assert "《守则》" in shown.text and 'value="a:ra-c1"' in shown.text and "去" not in shown.text
        assert (talk.documents, talk.heard[0].person) == ([body], "telegram:7")
        pressed = await client.post("/admin/document/press", data={"action": "a:ra-c1"})
        assert "&lt;换上了&gt;" in pressed.text
        assert (talk.heard[1].action, talk.heard[1].person) == ("a:ra-c1", "telegram:7")
        for action in ("q:1", "p:road", "", "a"):
            assert (await client.post("/admin/document/press", data={"action": action})).status_code == 400
        assert (await client.post("/admin/document", data={"document": "守则"})).status_code == 400
        assert len(talk.heard) == 2


async def test_nobody_else_sends_a_document_and_none_is_larger_than_may_be() -> None:
    gate, talk = Gate(), Talking()
    async with at(gate, replace(console(gate), converse=talk)) as client:
        assert (await upload(client, b"PK")).status_code == 403
        assert (await client.post("/admin/document/press", data={"action": "a:ra-c1"})).status_code == 403
        assert (await client.get("/admin/document")).status_code == 403
        await come_in(client, gate)
        assert (await upload(client, b"P" * (MAX_BODY + 1))).status_code == 413
        assert (await client.post("/admin/enter", data={"t": "x" * 100_000})).status_code == 413
    assert talk.heard == []
    async with at(gate) as client:  # where there is nobody to talk to
        await come_in(client, gate)
        assert (await client.get("/admin/document")).status_code == 404
        assert "/admin/document" not in (await client.get("/admin")).text
