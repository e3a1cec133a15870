"""Competitions on the page for admins: the form, the preview, the tap that publishes, the report."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import httpx

from bot.access.roles import RolePolicy
from bot.channels.web.admin.ports import CompetitionDesk, CompetitionTableRow, QuestionSources
from bot.conversation.router import Feature, Handler, Router
from bot.features.papers.organising import Organising
from bot.features.papers.roster import names_in
from bot.wording import Papers as Wording
from tests.unit.channels.test_web_admin import at, come_in, console
from tests.unit.features.fakes import FakeAudit, FakeRoles, Gate
from tests.unit.features.papers.fixtures import ZONE, Hall, hall

FORM = {
    "title": "冬季学习",
    "starts_at": "2026-12-01T08:00",
    "ends_at": "2026-12-05T20:00",
    "count": "5",
    "minutes": "30",
    "tries": "2",
    "counting": "last",
    "source": "bank:题库",
    "branches": "一支部\n二支部\n",
}


@asynccontextmanager
async def office(folder: Path) -> AsyncIterator[tuple[Hall, httpx.AsyncClient, Gate]]:
    async with hall(folder) as there:

        async def may_hold(_: str) -> bool:
            return True

        organising = Organising(
            there.papers,
            may_hold=may_hold,
            document=lambda: "",
            source_of=lambda document, bank: bank or "《文件》",
            address=lambda: "https://example.org",
            new_id=lambda: "plan",
            zone=ZONE,
        )

        async def rows() -> Sequence[CompetitionTableRow]:
            return [
                CompetitionTableRow(one.id, one.title, "", there.papers.window(one), "", f"a:pe-{one.id}")
                for one in await there.competitions.all()
            ]

        async def sources() -> QuestionSources:
            return QuestionSources([("", "《文件》")], ["题库"])

        async def read_names(data: bytes) -> tuple[tuple[str, str], ...]:
            return tuple(names_in([line.split(",") for line in data.decode().splitlines()]))

        async def report(name: str) -> tuple[str, bytes]:
            return (await there.competitions.find(name)).title, b"PK"

        buttons = {
            "pp": Handler(organising.press_publish, "host"),
            "pe": Handler(organising.press_end, "host"),
        }
        rights = RolePolicy((), FakeRoles({"telegram:7": "editor"}))
        router = Router([Feature(buttons=buttons)], rights, FakeAudit(), there.time)
        desk = CompetitionDesk(rows, sources, organising.show_plan, read_names, report)
        gate = Gate()
        data = replace(console(gate), converse=router.handle, competitions=desk)
        async with at(gate, data) as client:
            yield there, client, gate


async def test_a_competition_is_planned_in_the_form_and_published_with_one_tap(tmp_path: Path) -> None:
    async with office(tmp_path) as (there, client, gate):
        await come_in(client, gate)
        assert 'href="/admin/papers"' in (await client.get("/admin")).text
        roster = {"roster": ("名单.csv", "张三,一支部\n李四,二支部\n".encode())}
        shown = (await client.post("/admin/papers", data=FORM, files=roster)).text
        assert "12月1日 08:00 到 12月5日 20:00" in shown and "名单：2 人，2 个支部" in shown and "a:pp-plan" in shown
        assert not await there.competitions.all()
        done = (await client.post("/admin/papers/press", data={"action": "a:pp-plan"})).text
        [of] = await there.competitions.all()
        assert f"https://example.org/paper/{of.id}" in done and f"/admin/papers/{of.id}.xlsx" in done
        assert (of.title, of.bank, of.count, of.counting, of.has_roster) == ("冬季学习", "题库", 5, "last", True)
        report = await client.get(f"/admin/papers/{of.id}.xlsx")
        assert report.content == b"PK" and "attachment" in report.headers["content-disposition"]
        ended = (await client.post("/admin/papers/press", data={"action": f"a:pe-{of.id}"})).text
        assert "结束了" in ended


async def test_what_is_wrong_is_told_and_the_form_keeps_what_was_typed(tmp_path: Path) -> None:
    async with office(tmp_path) as (_, client, gate):
        await come_in(client, gate)
        for wrong in ({"ends_at": "2026-11-01T08:00"}, {"count": "x"}, {"starts_at": "morgen"}, {"count": "99"}):
            shown = (await client.post("/admin/papers", data={**FORM, **wrong})).text
            assert 'role="alert"' in shown and 'value="冬季学习"' in shown and "a:pp" not in shown


async def test_nobody_else_comes_to_the_form_or_the_report(tmp_path: Path) -> None:
    async with office(tmp_path) as (there, client, _):
        of = await there.publish()
        for path in ("/admin/papers", f"/admin/papers/{of.id}.xlsx"):
            assert (await client.get(path)).status_code == 403
        assert (await client.post("/admin/papers", data=FORM)).status_code == 403
        assert (await client.post("/admin/papers/press", data={"action": f"a:pe-{of.id}"})).status_code == 403
        assert Wording.PHASES[there.competitions.phase(of)] == Wording.PHASES["running"]
