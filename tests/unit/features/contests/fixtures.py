"""``ContestsHarness``: one process of the bot with its contests, in which no time passes by itself. The contests
are real; the store, the channel, which writes down what it shows, and the clock, which is moved by hand, are fakes."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot.access.roles import RolePolicy
from bot.conversation.channel import AskedQuestion, DeliveryOutcome, Refusal, RefusedQuestion, SentQuestion
from bot.conversation.messages import Incoming, Reply
from bot.conversation.router import Router
from bot.features.answers.null_store import NullStore
from bot.features.contests.appointments import Reading, reading_the_same
from bot.features.contests.feature import ContestsFeature
from bot.quiz.question import Question
from bot.saved_banks import SavedBanks
from bot.wiring import make_study
from tests.unit.event_loop import settle
from tests.unit.features.contests.fake_store import FakeQuizStore
from tests.unit.features.fakes import FakeAudit
from tests.unit.library import knowledge
from tests.unit.quiz.builders import question

START = datetime(2026, 11, 2, 4, 0, tzinfo=UTC)  # Monday noon in Shanghai
POINTS = ("rice", "classes", "road", "school")


class Time:
    """A clock and a sleep of one's own."""

    def __init__(self, now: datetime = START) -> None:
        self.now = now
        self._sleepers: list[tuple[datetime, asyncio.Future[None]]] = []

    def __call__(self) -> datetime:
        return self.now

    async def sleep(self, seconds: float) -> None:
        until = self.now + timedelta(seconds=seconds)
        waiting: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._sleepers.append((until, waiting))
        await waiting

    async def advance(self, seconds: float) -> None:
        """Let time pass, and all that becomes due in it happen in its order."""
        end = self.now + timedelta(seconds=seconds)
        await settle()
        while True:
            self._sleepers = [sleeper for sleeper in self._sleepers if not sleeper[1].done()]
            due = min((until for until, _ in self._sleepers), default=end + timedelta(1))
            if due > end:
                break
            self.now = max(self.now, due)
            for until, waiting in self._sleepers:
                if until <= self.now and not waiting.done():
                    waiting.set_result(None)
            await settle()
        self.now = end
        await settle()


@dataclass
class FakeChannel:
    """Writes down what it is told to show. ``polls``: as a platform that collects the answers."""

    polls: bool = True
    admins: set[tuple[str, str]] = field(default_factory=set)
    asked: list[tuple[str, AskedQuestion]] = field(default_factory=list)
    said: list[tuple[str, Reply]] = field(default_factory=list)
    boards: dict[str, Reply] = field(default_factory=dict)
    closed: list[str] = field(default_factory=list)
    refuses: set[int] = field(default_factory=set)
    """Numbers of questions that cannot be sent."""
    forbids: dict[str, Refusal] = field(default_factory=dict)
    """Chats that take no question at all."""
    mute: set[str] = field(default_factory=set)
    """Chats where nothing can be posted."""
    holds: asyncio.Event | None = None
    """While it is not set, a question that is sent does not arrive."""
    deaf: asyncio.Event | None = None
    """While it is not set, what is posted does not arrive."""
    count: itertools.count[int] = field(default_factory=itertools.count)
    before_said: Callable[[], Awaitable[None]] | None = None
    """What happens just before an announcement arrives."""
    rights_unknown: bool = False
    """Nobody can tell who is an admin."""
    sizes: dict[str, int] = field(default_factory=dict)
    """How many members chats have, as far as that is known."""
    unheard: dict[str, DeliveryOutcome] = field(default_factory=dict)
    """What becomes of an announcement in a chat, where it is not sent."""

    async def hears(self) -> None:
        """At once."""

    async def ask(self, chat: str, asked: AskedQuestion) -> SentQuestion | RefusedQuestion | None:
        if chat in self.forbids:
            return RefusedQuestion(self.forbids[chat])
        if self.holds is not None:
            await self.holds.wait()
        if asked.number in self.refuses:
            return None
        self.asked.append((chat, asked))
        number = next(self.count)
        return SentQuestion(f"m{number}", f"poll{number}" if self.polls else "")

    async def close(self, chat: str, message: str) -> None:
        self.closed.append(message)

    async def post(self, chat: str, reply: Reply) -> str:
        if self.deaf is not None:
            await self.deaf.wait()
        if chat in self.mute:
            return ""
        message = f"m{next(self.count)}"
        self.said.append((chat, reply))
        self.boards[message] = reply
        return message

    async def edit(self, chat: str, message: str, reply: Reply) -> bool:
        self.boards[message] = reply
        return True

    async def announce(self, chat: str, reply: Reply) -> DeliveryOutcome:
        if chat in self.unheard:
            return self.unheard[chat]
        if self.before_said is not None:
            await self.before_said()
        await self.post(chat, reply)
        return "sent"

    async def is_admin(self, chat: str, member: str) -> bool | None:
        return None if self.rights_unknown else (chat, member) in self.admins

    async def size(self, chat: str) -> int | None:
        return self.sizes.get(chat)


class ContestsHarness:
    """One process of the bot with its quizzes; ``again`` is the next one on the same store and channel."""

    def __init__(
        self,
        *,
        polls: bool = True,
        bank: Sequence[Question] | None = None,
        store: FakeQuizStore | None = None,
        time: Time | None = None,
        channel: FakeChannel | None = None,
        hosts: Collection[str] = (),
        ids: itertools.count[int] | None = None,
        also_forget: Callable[[str], Awaitable[None]] | None = None,
        lead_in: int = 0,
        saved_banks: SavedBanks | None = None,
        reading: Reading = reading_the_same,
    ) -> None:
        self.lead_in = lead_in
        self.time = time or Time()
        self.store = store or FakeQuizStore()
        self.channel = channel or FakeChannel(polls)
        self.bank = (
            list(bank)
            if bank is not None
            else [question(number, point=POINTS[number % len(POINTS)]) for number in range(40)]
        )
        self.hosts = set(hosts)
        self.ids = ids or itertools.count(1)
        self.receipts = itertools.count(int(self.time().timestamp()) + 1)
        self.audit = FakeAudit()
        self.knowledge = knowledge()
        self.quizzing = ContestsFeature(
            self.store,
            lambda: self.bank,
            lambda: self.knowledge,
            audit=self.audit,
            clock=self.time,
            new_id=lambda: f"c{next(self.ids)}",
            is_host=self.is_host,
            also_forget=also_forget,
            sleep=self.time.sleep,
            lead_in=lead_in,
            saved_banks=saved_banks,
            reading=reading,
        )
        self.elsewhere: set[str] = set()
        self.features = [
            self.quizzing.feature(),
            make_study(
                self.quizzing,
                self.store,
                lambda: self.knowledge,
                self.time,
                "Asia/Shanghai",
                elsewhere=lambda: self.elsewhere,
            ).feature(),
        ]
        self.router = Router(self.features, RolePolicy((), NullStore()), self.audit, self.time)
        self.quizzing.channels.add("test", self.channel)
        self._running: asyncio.Task[None] | None = None

    async def is_host(self, person: str) -> bool:
        return person in self.hosts

    async def opens(self) -> ContestsHarness:
        self._running = asyncio.create_task(self._runs())
        await settle()
        return self

    async def _runs(self) -> None:
        await self.quizzing.restore()
        await self.quizzing.run()

    async def dies(self) -> None:
        """The process is killed: no goodbye of any kind is heard by the store."""
        tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def again(self) -> ContestsHarness:
        """The next process."""
        await self.dies()
        harness = ContestsHarness(
            store=self.store, time=self.time, channel=self.channel, bank=self.bank, ids=self.ids, lead_in=self.lead_in
        )
        return await harness.opens()

    async def say(self, text: str, *, by: str = "ann", chat: str = "test:group", is_private: bool = False) -> Reply:
        return await self._hears(
            Incoming(f"test:{by}", chat, text=text, name=by, sequence=next(self.receipts), is_private=is_private)
        )

    async def hears_late(self, text: str, ago: timedelta | None) -> Reply:
        """What Ann said in the group so long before; None: the channel does not tell when."""
        said_at = (self.time() - ago).timestamp() if ago is not None else 0.0
        return await self._hears(
            Incoming("test:ann", "test:group", text=text, name="ann", sequence=next(self.receipts), sent_at=said_at)
        )

    async def press(self, action: str, *, by: str = "ann", chat: str = "test:group", is_private: bool = False) -> Reply:
        return await self._hears(
            Incoming(f"test:{by}", chat, action=action, name=by, sequence=next(self.receipts), is_private=is_private)
        )

    async def again_says(self, receipt: int, *, text: str = "", action: str = "") -> Reply:
        """What ann said in private is delivered again."""
        return await self._hears(Incoming("test:ann", "test:ann", text, action, name="ann", sequence=receipt))

    async def _hears(self, incoming: Incoming) -> Reply:
        reply = await self.router.route(incoming)
        await settle()
        return reply or Reply()

    async def vote(
        self,
        by: str,
        *,
        right: bool = True,
        chat: str = "test:group",
        number: int | None = None,
        receipt: int | None = None,
    ) -> None:
        """A member votes in the latest poll of a chat, or in that of question ``number``."""
        place, asked = [
            (place, asked)
            for place, (where, asked) in enumerate(self.channel.asked)
            if where == chat and number in {None, asked.number}
        ][-1]
        chosen = asked.question.correct if right else ((asked.question.correct[0] + 1) % 4,)
        given = receipt if receipt is not None else next(self.receipts)
        await self.quizzing.polls.voted(self.poll(place), f"test:{by}", by, chosen, given)
        await settle()

    def poll(self, place: int) -> str:
        """The id of the poll that was sent as the ``place``-th."""
        rows = [row for row in self.store.polls.values() if row.poll.startswith("poll")]
        return sorted(rows, key=lambda row: int(row.poll[4:]))[place].poll

    @property
    def last_message(self) -> str:
        """What came into a chat last."""
        return f"m{next(self.channel.count) - 1}"

    @property
    def last(self) -> str:
        """What was said last of the bot's own accord."""
        return self.channel.said[-1][1].text
