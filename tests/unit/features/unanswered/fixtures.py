"""``UnansweredHarness``: a conversation in which questions are missed, and an admin who deals with them. The stores
and what changes the knowledge are fakes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from typing import TypeVar

from bot.access.roles import RolePolicy
from bot.conversation.messages import Incoming, Reply
from bot.errors import StorageError
from bot.features.unanswered.commands import make_misses
from bot.knowledge.edit.amendment import AddPoint, AddQuestion, Amendment
from bot.knowledge.model import Knowledge, Point
from bot.knowledge.structure import Span
from bot.library import ChangeResult, Library
from bot.records.roles import Role
from bot.records.unanswered import SettledRecord, Unanswered
from bot.retrieval.retriever import Retriever
from bot.storage.unanswered import UnansweredRepository
from bot.threads import run_in_background, run_in_thread
from bot.wording import Misses
from tests.unit.features.contests.fake_store import FakeQuizStore
from tests.unit.library import NOON, FakeStore, conversation, retriever, retriever_of

Result = TypeVar("Result")
ADMIN, EDITOR, MEMBER = "t:admin", "t:editor", "t:member"


class FakeMissStore(FakeStore, UnansweredRepository):
    """Misses, feedback and what was settled, in lists. ``mute``: settled questions cannot be kept."""

    def __init__(self) -> None:
        super().__init__()
        self.dealt: dict[str, SettledRecord] = {}
        self.mute = False

    async def save_settled(self, *rows: SettledRecord) -> None:
        self._check()
        self._check_mute()
        self.dealt |= {row.core: row for row in rows}

    async def delete_settled(self, cores: Collection[str]) -> None:
        self._check()
        self._check_mute()
        self.dealt = {core: kept for core, kept in self.dealt.items() if core not in cores}

    def _check_mute(self) -> None:
        if self.mute:
            raise StorageError("磁盘满了")

    async def list_unanswered(self, since: datetime) -> Sequence[Unanswered]:
        self._check()
        bad = [
            Unanswered(given.at, given.question, "unhelpful", visitor=given.visitor, document=given.document)
            for given in self.feedback.values()
            if not given.helpful
        ]
        found = [
            *(
                Unanswered(one.at, one.question, one.verdict, one.nearest != "", one.visitor, one.document)
                for one in self.misses
            ),
            *bad,
        ]
        return sorted((row for row in found if row.at >= since), key=lambda row: row.at, reverse=True)

    async def list_settled(self) -> Sequence[SettledRecord]:
        return list(self.dealt.values())


class FakeEditing:
    """Changes what ``library`` serves, at once. ``refusals`` are given first, and nothing is changed by them."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._number = 1
        self.refusals: list[ChangeResult] = []
        self.notes: list[tuple[str, str]] = []
        self.confirmed: list[bool] = []

    async def amend(
        self, amendments: Sequence[Amendment], *, author: str, note: str, confirmed: bool = False
    ) -> ChangeResult:
        self.confirmed.append(confirmed)
        return self._edit(amendments, _with, author, note)

    async def tried(self, amendments: Sequence[Amendment]) -> Retriever | ChangeResult:
        if self.refusals and not self.refusals[0].confirm:
            return self.refusals[0]
        knowledge = self._library.current.knowledge
        for amendment in amendments:
            knowledge = _with(knowledge, amendment)
        return retriever_of(knowledge)

    async def retract(
        self, amendments: Sequence[Amendment], *, author: str, note: str, confirmed: bool = False
    ) -> ChangeResult:
        return self._edit(amendments, _without, author, note)

    def _edit(
        self,
        amendments: Sequence[Amendment],
        change: Callable[[Knowledge, Amendment], Knowledge],
        author: str,
        note: str,
    ) -> ChangeResult:
        if self.refusals:
            return self.refusals.pop(0)
        knowledge = self._library.current.knowledge
        for amendment in amendments:
            knowledge = change(knowledge, amendment)
        self._library.main = retriever_of(knowledge)
        self._number += 1
        self.notes.append((author, note))
        return ChangeResult(self._number)


class FakeRoles:
    """One editor."""

    def __init__(self) -> None:
        self.roles: dict[str, Role] = {EDITOR: "editor"}
        self.asked: list[str] = []

    async def find_role(self, member: str) -> Role | None:
        self.asked.append(member)
        return self.roles.get(member)


class UnansweredHarness:
    """One bot: members ask, an admin deals with what was missed. Every look at the clock is a second later."""

    def __init__(self, store: FakeMissStore | None = None) -> None:
        self.store = store or FakeMissStore()
        self.library = Library(retriever())
        self.editing = FakeEditing(self.library)
        self.now = NOON
        self.roles = FakeRoles()
        self.settings = FakeQuizStore()
        self.backgrounds = 0
        self.start()

    def start(self) -> None:
        """Start the program, again where it ran: what only stood in memory is gone."""
        numbers = count(1)
        feature = make_misses(
            lambda: self.library.current,
            self.store,
            self.editing,
            self.clock,
            lambda: f"{next(numbers):04x}",
            settings=self.settings,
            in_thread=run_in_thread,
            in_background=self.in_background,
        )
        rights = RolePolicy([ADMIN], self.roles)
        self.chat = conversation(self.library, self.store, self.clock, features=[feature], rights=rights)

    async def restart(self) -> None:
        """Start it again, and take up what was begun before."""
        self.start()
        await self.chat.load()

    async def in_background(self, work: Callable[[], Result]) -> Result:
        """What ``work`` gives; noted, as the priority of a thread is nothing to be seen."""
        self.backgrounds += 1
        return await run_in_background(work)

    def clock(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now

    async def say(self, text: str, *, person: str = ADMIN, chat: str = "c") -> Reply:
        return await self.chat.handle(Incoming(person, chat, text=text, request_id="r1"))

    async def press(self, reply: Reply | str, label: str = "", *, person: str = ADMIN, chat: str = "c") -> Reply:
        """Press the button of ``reply`` that has ``label`` on it, or the button of that very action."""
        action = reply if isinstance(reply, str) else action_of(reply, label)
        return await self.chat.handle(Incoming(person, chat, action=action, request_id="r1"))

    async def link(self, card: Reply | str, label: str = "", *, person: str = ADMIN) -> Reply:
        """Press a button that gives a case to a point, see what would come of it, and confirm that where one may."""
        look = await self.press(card, label, person=person)
        sure = Misses.LINK_SURELY in labels(look)
        return await self.press(look, Misses.LINK_SURELY, person=person) if sure else look

    async def ask(self, *questions: str, person: str = MEMBER) -> list[str]:
        """Ask as a member, each question by somebody of their own; gives the kinds of verdict."""
        kinds: list[str] = []
        for number, question in enumerate(questions):
            reply = await self.say(question, person=f"{person}{number}", chat=f"{person}{number}")
            assert reply.verdict is not None
            kinds.append(reply.verdict.kind)
        await self.chat.drain()
        return kinds

    @property
    def knowledge(self) -> Knowledge:
        return self.library.current.knowledge

    @property
    def audits(self) -> list[tuple[str, str, bool]]:
        return [(row.actor, row.action, row.allowed) for row in self.store.rows]


def action_of(reply: Reply, label: str) -> str:
    return next(choice.action for choice in reply.choices if choice.label.startswith(label))


def labels(reply: Reply) -> list[str]:
    return [choice.label for choice in reply.choices]


def _with(knowledge: Knowledge, amendment: Amendment) -> Knowledge:
    if isinstance(amendment, AddQuestion):
        point = knowledge.point(amendment.point)
        return _replaced(knowledge, replace(point, questions=(*point.questions, amendment.question)))
    spans = tuple(
        Span(start, start + len(quote)) for quote in amendment.quotes for start in [knowledge.source.index(quote)]
    )
    point = Point(
        amendment.id, amendment.title, amendment.section, amendment.quotes, spans, questions=amendment.questions
    )
    return replace(knowledge, points=(*knowledge.points, point))


def _without(knowledge: Knowledge, amendment: Amendment) -> Knowledge:
    if isinstance(amendment, AddQuestion):
        point = knowledge.point(amendment.point)
        left = tuple(question for question in point.questions if question != amendment.question)
        assert left != point.questions
        return _replaced(knowledge, replace(point, questions=left))
    point = knowledge.point(amendment.id)
    assert amendment == AddPoint(point.id, point.title, point.section, point.quotes, point.questions)
    return replace(knowledge, points=tuple(other for other in knowledge.points if other is not point))


def _replaced(knowledge: Knowledge, point: Point) -> Knowledge:
    return replace(knowledge, points=tuple(point if other.id == point.id else other for other in knowledge.points))
