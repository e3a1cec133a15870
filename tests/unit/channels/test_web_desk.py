"""The admins' desk: what admins do in a chat, on the page."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.messages import Attachment, Choice, Incoming, Part, Reply, say
from bot.wording import Console as Wording
from tests.unit.channels.test_web_admin import at, come_in, console
from tests.unit.features.fakes import Gate

CARD = Reply((Part("title", "第 1/2 个"), Part("text", "几点<b>开课")), (Choice("不用管", "a:mi-x"),))


class Heard:
    """A conversation that writes down what it hears."""

    def __init__(self) -> None:
        self.incoming: list[Incoming] = []

    async def __call__(self, incoming: Incoming) -> Reply:
        self.incoming.append(incoming)
        if incoming.action:
            return say("好的，以后不再列出来。")
        return Reply(files=(Attachment("points.yaml", b"title: x"),)) if incoming.text == "/export" else CARD


async def test_a_command_is_tapped_and_its_buttons_are_pressed_on_the_page() -> None:
    gate, heard = Gate(), Heard()
    async with at(gate, replace(console(gate), converse=heard)) as client:
        await come_in(client, gate)
        desk = (await client.get("/admin/desk")).text
        assert 'value="/misses"' in desk and Wording.DESK in desk
        card = (await client.post("/admin/desk", data={"question": "/misses"})).text
        assert "几点&lt;b&gt;开课" in card and 'value="a:mi-x"' in card
        done = (await client.post("/admin/desk", data={"action": "a:mi-x"})).text
        assert "以后不再列出来" in done and "不用管" in done and "几点&lt;b&gt;开课" in done
    assert [(one.person, one.text, one.action) for one in heard.incoming] == [
        ("telegram:7", "/misses", ""),
        ("telegram:7", "", "a:mi-x"),
    ]
    assert all(one.chat == "console:telegram:7" and one.is_private for one in heard.incoming)


async def test_files_of_a_reply_are_downloaded_by_who_asked_for_them_alone() -> None:
    gate, heard = Gate(), Heard()
    async with at(gate, replace(console(gate), converse=heard)) as client:
        await come_in(client, gate)
        page = (await client.post("/admin/desk", data={"question": "/export"})).text
        assert 'href="/admin/desk/file/0"' in page and "points.yaml" in page
        file = await client.get("/admin/desk/file/0")
        assert file.content == b"title: x" and "attachment" in file.headers["content-disposition"]
        await come_in(client, gate, "telegram:1")
        assert (await client.get("/admin/desk/file/0")).status_code == 404


async def test_nobody_without_the_cookie_and_no_other_site_does_anything_there() -> None:
    gate, heard = Gate(), Heard()
    async with at(gate, replace(console(gate), converse=heard)) as client:
        assert (await client.get("/admin/desk")).status_code == 403
        assert (await client.post("/admin/desk", data={"question": "/misses"})).status_code == 403
        await come_in(client, gate)
        elsewhere = {"Origin": "https://evil.example.org"}
        forged = await client.post("/admin/desk", data={"action": "a:mi-x"}, headers=elsewhere)
        assert forged.status_code == 403
    assert heard.incoming == []
