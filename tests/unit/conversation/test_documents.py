"""A file that somebody sends: whose is dealt with, and what the others are told."""

from __future__ import annotations

from dataclasses import replace

from bot import wording
from bot.access.roles import RolePolicy
from bot.conversation.messages import Document, Incoming, Reply, say
from bot.conversation.router import Feature, Handler, Router
from bot.errors import DocumentError
from bot.library import Library
from bot.records.roles import AuditRecord, Role
from tests.unit.library import conversation, retriever


async def _bytes() -> bytes:
    return b"title: x"


async def _lost() -> bytes:
    raise DocumentError("取不到")


FILE = Document("points.yaml", 8, _bytes)
IN_PRIVATE = Incoming("telegram:7", "telegram:7", document=FILE)
IN_GROUP = replace(IN_PRIVATE, chat="telegram:-5", is_private=False)


class Log:
    """Audits and roles in memory."""

    def __init__(self, **roles: Role) -> None:
        self.rows: list[AuditRecord] = []
        self._roles = {f"telegram:{person[1:]}": role for person, role in roles.items()}

    async def append(self, *rows: AuditRecord) -> None:
        self.rows += rows

    async def find_role(self, member: str) -> Role | None:
        return self._roles.get(member)


def a_chat(log: Log, *, takes: bool = True) -> Router:
    """A conversation whose desk takes files from editors, and replies with what is in them."""

    async def take(name: str, incoming: Incoming) -> Reply:
        assert incoming.document is not None
        return say(f"{name}：{(await incoming.document.read()).decode()}")

    feature = Feature(document=Handler(take, "editor")) if takes else Feature()
    return conversation(Library(retriever()), features=[feature], rights=RolePolicy((), log), audit=log)


async def test_an_editors_file_is_taken_and_audited() -> None:
    log = Log(m7="editor")
    assert (await a_chat(log).handle(IN_PRIVATE)).text == "points.yaml：title: x"
    assert [(row.actor, row.action, row.detail, row.allowed) for row in log.rows] == [
        ("telegram:7", "document", "points.yaml", True)
    ]


async def test_a_member_who_sends_a_file_is_told_kindly_and_not_audited() -> None:
    log = Log(m7="host")
    assert (await a_chat(log).handle(IN_PRIVATE)).text == wording.ONLY_TEXT
    assert (await a_chat(log).handle(replace(IN_PRIVATE, text="修路花了多少钱"))).text == wording.ONLY_TEXT
    assert log.rows == []


async def test_in_a_group_a_members_file_is_passed_over_unless_it_speaks_to_the_bot() -> None:
    chat = a_chat(Log())
    assert await chat.handle(IN_GROUP) == Reply()
    assert (await chat.handle(replace(IN_GROUP, text="看看这个"))).text == wording.ONLY_TEXT


async def test_where_nobody_takes_files_an_editor_is_told_so_too() -> None:
    assert (await a_chat(Log(m7="owner"), takes=False).handle(IN_PRIVATE)).text == wording.ONLY_TEXT


async def test_a_file_that_cannot_be_fetched_is_told_in_its_own_words() -> None:
    lost = replace(IN_PRIVATE, document=Document("points.yaml", 8, _lost))
    assert (await a_chat(Log(m7="editor")).handle(lost)).text == "取不到"
