"""The live rooms of this process: opened, found by their code, taken up after a restart; who may do what in them.

A room is a contest like any other, in a chat of its own: the same runner saves each step before anybody is told of it,
and what is stored of it brings the room back. A code is good for as long as its room is there.
"""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, tzinfo
from typing import TYPE_CHECKING, Final, Literal

from bot.access.member_names import NameRefusedError, shown_name
from bot.access.quotas import ROOMS, VisitorQuota
from bot.access.secret import Secret
from bot.contests.question_source import QuestionSource
from bot.contests.request_parser import bank_of
from bot.contests.runner import Contests
from bot.contests.session import ContestSession
from bot.conversation.answer_guard import AnswerGuard
from bot.conversation.messages import Incoming
from bot.conversation.question_replies import place_of_question
from bot.errors import BotError
from bot.features.rooms.request_parser import RoomRequest
from bot.features.rooms.results import DrawRankings, results_picture, results_workbook
from bot.features.rooms.room import Room
from bot.features.rooms.snapshot import player_id
from bot.library import Library
from bot.quiz.contest.effects import Effect, Notice, NotifyMember
from bot.quiz.contest.events import (
    Answered,
    Break,
    Event,
    Extend,
    MemberForgotten,
    PlatformClosed,
    Resume,
    Skip,
    Start,
    Stop,
    TeamJoined,
    Void,
)
from bot.quiz.contest.state import Contest, Setup
from bot.records.contests import MemberRecord
from bot.records.feedback import Clock
from bot.records.rooms import RoomRecord
from bot.text import readable, shorten
from bot.threads import run_in_thread
from bot.wording import Contests as ContestWords
from bot.wording import RoomNotices as Wording

if TYPE_CHECKING:
    from bot.storage.contests import ContestRepository
    from bot.storage.rooms import RoomRepository

CHANNEL: Final = "room"
"""The first part of the keys of rooms, as contests know them."""
MAX_ROOMS: Final = 200
MAX_OF_STARTER: Final = 5
MAX_PLAYERS: Final = 1_000
MAX_TOPIC: Final = 40
"""Characters of a topic that stand in a room's title."""
LEFT_AFTER_RESTART: Final = 15
"""Seconds that are left for an open question when the bot comes back: phones need some to be back too."""
LONGEST_SHOWING: Final = 5.0
"""Seconds that a press waits for what comes of it."""
FIRST_CODE, LAST_CODE = 100_000, 999_999
ControlAction = Literal[
    "start", "next", "skip", "pause", "resume", "lock", "unlock", "remove", "void", "restore", "end"
]
"""``void``: the question that is shown, and closed, counts no more; ``restore``: again."""
_NOTICES: Final[Mapping[Notice, str]] = {
    "stands": Wording.TWICE,
    "late": Wording.LATE,
    "not_open": Wording.NOT_OPEN,
    "no_option": Wording.NO_CHOICE,
    "no_team": Wording.NO_TEAM,
    "team_stands": Wording.NOT_NOW,
    "running": Wording.NOT_NOW,
    "no_questions": Wording.NO_QUESTIONS,
}


class RoomRefusedError(BotError):
    """Something that cannot be done in a room, in a sentence; ``status`` is what HTTP calls the reason."""

    def __init__(self, sentence: str, status: int = 409) -> None:
        super().__init__(sentence)
        self.status = status


class Rooms:
    """``address`` gives where the web page is reached, nothing if it is not served; ``secret`` signs links and cookies.

    ``new_code`` gives a number from ``FIRST_CODE`` to ``LAST_CODE`` that nobody can foresee, ``new_id`` an id that was
    never given before. ``guard`` keeps from players what a question asks while it is open. ``draw`` makes a picture of
    results, where that is possible, with the day in ``zone``.
    """

    def __init__(
        self,
        contests: Contests,
        store: RoomRepository,
        contest_store: ContestRepository,
        source: QuestionSource,
        library: Library,
        *,
        secret: Secret,
        address: Callable[[], str],
        clock: Clock,
        new_id: Callable[[], str],
        guard: AnswerGuard | None = None,
        draw: DrawRankings | None = None,
        zone: tzinfo = UTC,
        new_code: Callable[[], int] = lambda: FIRST_CODE + secrets.randbelow(LAST_CODE - FIRST_CODE + 1),
    ) -> None:
        self._contests = contests
        self._store = store
        self._contest_store = contest_store
        self.source = source
        self.library = library
        self._secret = secret
        self._address = address
        self._clock = clock
        self._new_id = new_id
        self._epoch = new_id()
        self._new_code = new_code
        self._draw = draw
        self.zone = zone
        self._guard = guard or AnswerGuard()
        self._by_code: dict[str, Room] = {}
        self._by_contest: dict[str, Room] = {}
        self._reserved: set[str] = set()
        self._opened = VisitorQuota("rooms", *ROOMS)
        contests.watchers.append(self._watch)

    # ── rooms ──

    async def open(
        self,
        wanted: RoomRequest,
        starter: str,
        *,
        document: str = "",
        asked_in: str = "",
        origin: str = "",
        shared_origin: bool = False,
    ) -> Room:
        """A room as it is wanted, on the ``document`` of that key, else on the one that is being read.

        ``asked_in``: the chat where it is wanted, whose latest questions come last. ``origin``: the address of a
        visitor, from which only so many are opened in a day; ``shared_origin``: by many. Raises BotError with a
        sentence that says why there is none, StorageError too.
        """
        wanted = wanted.validated()
        self._prune()
        own = [one for one in self.open_rooms if one.contest.setup.starter == starter]
        empty = next((one for one in own if not one.contest.progress.teams), None)
        if len(own) >= MAX_OF_STARTER and empty is not None:  # tried out, and left open
            await self.control(empty, "end")
            own.remove(empty)
        if len(self.open_rooms) >= MAX_ROOMS:
            idle = next((one for one in self.open_rooms if not one.contest.progress.teams and not one.is_watched), None)
            if idle is not None:  # whoever opened it: nobody is there
                await self.control(idle, "end")
        if len(self.open_rooms) >= MAX_ROOMS or len(own) >= MAX_OF_STARTER:
            raise RoomRefusedError(Wording.TOO_MANY, 429)
        if document and document not in self.library.documents:
            raise BotError(Wording.BAD_DOCUMENT)
        if not self._opened.try_acquire(origin, self._clock().date(), shared=shared_origin):
            raise RoomRefusedError(Wording.TOO_MANY_TODAY, 429)
        with self.library.reading(document or self.library.reading_key):
            return await self._open(wanted, starter, asked_in)

    async def _open(self, wanted: RoomRequest, starter: str, asked_in: str) -> Room:
        knowledge, bank = self.library.current.knowledge, bank_of(wanted.topic)
        if bank is None:
            questions = [one for one in await self.source.on_topic(wanted.topic) if wanted.can_ask(one)]
        else:
            questions = list(await self.source.saved(bank, wanted.can_ask))
        contest = self._new_id()
        picked = await self.source.pick(asked_in, contest, wanted.count, questions)
        if not picked:
            raise BotError(Wording.NO_QUESTIONS)
        title = ContestWords.TITLES[wanted.mode]
        topic = shorten(" ".join(readable(wanted.topic).split()), MAX_TOPIC)
        title = Wording.ON_TOPIC.format(title=title, topic=topic) if topic else title
        citations = [place_of_question(knowledge, one) if one.quote else "" for one in picked]
        code = self._free_code()
        record = RoomRecord(
            contest, code, title, knowledge.title, json.dumps(citations, ensure_ascii=False), self._clock()
        )
        setup = Setup(contest, f"{CHANNEL}:{contest}", starter, wanted.rules(len(picked)), picked, wanted.topic)
        self._reserved.add(code)  # until the room is there: others are opened meanwhile
        try:
            await self._contests.start(Start(setup), record)
        finally:
            self._reserved.discard(code)
        session = self._contests.find(contest)
        if session is None:
            raise BotError(Wording.NO_QUESTIONS)
        room = self._add(record, session, {})
        if session.showing is not None:
            await asyncio.wait({session.showing}, timeout=LONGEST_SHOWING)
        return room

    @property
    def open_rooms(self) -> list[Room]:
        """The rooms whose contest is not over."""
        return [room for room in self._by_code.values() if not room.contest.finished]

    def find(self, code: str) -> Room | None:
        """The room of that code; None if there is none."""
        room = self._by_code.get(code)
        if room is None or self._contests.find(room.record.contest) is None:
            return None
        return room

    async def restore(self) -> None:
        """Take up the rooms whose contests were taken up. Raises StorageError."""
        read = []  # all of it, before any clock runs: what fails here is tried again from the beginning
        for record in await self._store.list():
            session = self._contests.find(record.contest)
            known = self._by_contest.get(record.contest)
            if session is not None and (known is None or known.session is not session):  # read again after a failure
                read.append((record, session, await self._contest_store.names(session.contest.progress.teams)))
        for record, session, names in read:
            room = self._add(record, session, names)
            waits = not room.everybody_has_answered()  # the process may have died just behind the last answer
            event = Extend(LEFT_AFTER_RESTART) if waits else PlatformClosed(room.contest.current)
            await self._contests.apply_event(session, event)
            room.recount()

    def close(self) -> None:
        """Nobody looks on any more: the bot is about to stop."""
        for room in self._by_code.values():
            room.close()

    async def workbook(self, room: Room) -> bytes:
        """The results of ``room`` so far, as an Excel workbook."""
        return await run_in_thread(lambda: results_workbook(room))

    async def picture(self, room: Room) -> bytes | None:
        """The results of ``room`` so far, as a PNG; None where nothing can draw."""
        draw = self._draw
        return None if draw is None else await run_in_thread(lambda: results_picture(room, draw, self.zone))

    # ── links ──

    def url_of(self, code: str) -> str:
        """Where players of a room go; without a page, only the path."""
        return f"{self._address().rstrip('/')}/room/{code}"

    def host_url_of(self, room: Room) -> str:
        """The link that makes whoever has it the host of ``room``."""
        return f"{self.url_of(room.code)}/host?t={self.host_token(room)}"

    def host_token(self, room: Room) -> str:
        """What the host of ``room`` has, and nobody can make up."""
        return self._secret.signature("room host", room.record.contest)

    def is_host(self, room: Room, token: str) -> bool:
        """Whether ``token`` is the host's."""
        return self._secret.verify("room host", room.record.contest, token)

    def player_token(self, room: Room, player: str) -> str:
        """What a player of ``room`` has, and nobody can make up."""
        return f"{player}.{self._secret.signature('room player', room.key_of(player))}"

    def player_of(self, room: Room, token: str) -> str | None:
        """The player that ``token`` stands for, who may be removed by now; None if it is not one of ours."""
        player, _, signature = token.partition(".")
        found = bool(player) and self._secret.verify("room player", room.key_of(player), signature)
        return player if found else None

    # ── what players do ──

    async def join(self, room: Room, name: str, team: str, player: str | None = None) -> str:
        """Somebody comes in; gives the id of the player. ``player``: who this browser stood for before.

        Raises RoomRefusedError with a sentence.
        """
        contest = room.contest
        if player is not None:
            if room.key_of(player) not in contest.progress.teams:
                raise RoomRefusedError(Wording.REMOVED, 403)
            return player  # pressed twice
        if contest.finished:
            raise RoomRefusedError(Wording.OVER)
        if room.record.locked:
            raise RoomRefusedError(Wording.LOCKED, 403)
        if len(contest.progress.teams) >= MAX_PLAYERS:
            absent = room.who_never_looked()
            if absent is None:
                raise RoomRefusedError(Wording.FULL.format(count=MAX_PLAYERS))
            await self._remove(room, player_id(absent))
        try:
            shown = shown_name(name)
        except NameRefusedError as refusal:
            raise RoomRefusedError(str(refusal), 422) from None
        if any(_is_same_name(shown, other) for other in room.names.values()):
            raise RoomRefusedError(Wording.NAME_TAKEN.format(name=shown))
        if contest.rules.teams and team not in contest.rules.teams:
            raise RoomRefusedError(Wording.NO_TEAM, 422)
        joined = self._new_id()
        member = room.key_of(joined)
        room.names[member] = shown  # from now on: another who comes in meanwhile is told
        wanted = team if contest.rules.teams else ""
        effects = await self._contests.apply_event(
            room.session, TeamJoined(member, wanted), MemberRecord(member, shown)
        )
        if member not in room.contest.progress.teams:
            room.names.pop(member, None)
            raise RoomRefusedError(_sentence(effects, member))
        room.joined(member)
        return joined

    def record_account(self, room: Room, player: str, account: str) -> None:
        """Take note that a player asks the bot as ``account``, who is not told the answer to an open question.

        Kept in memory only: every look of the player's page says it again, also after a restart.
        """
        if room.key_of(player) in room.contest.progress.teams:
            self._guard.record_member(Incoming(account, room.contest.setup.chat, is_private=False))

    async def answer(self, room: Room, player: str | None, number: int, chosen: Sequence[int]) -> int:
        """A player answers the question ``number``, from 1; gives when, in milliseconds, once it is stored.

        Raises RoomRefusedError with a sentence; then nothing is counted.
        """
        contest = room.contest
        if player is None:
            raise RoomRefusedError(Wording.NOT_IN, 403)
        member, at = room.key_of(player), self._clock()
        if member not in contest.progress.teams:
            raise RoomRefusedError(Wording.REMOVED, 403)
        if member in room.standings.out:
            raise RoomRefusedError(Wording.OUT)
        if contest.is_frozen:
            raise RoomRefusedError(Wording.PAUSED)
        if contest.progress.first_rounds.get(member, 0) >= number:
            raise RoomRefusedError(Wording.JOINED_LATE)
        if 0 < number <= len(contest.setup.questions):
            form = contest.setup.questions[number - 1].form
            if not chosen or (form != "multiple" and len(set(chosen)) > 1):
                raise RoomRefusedError(Wording.NO_CHOICE, 422)
        event = Answered(number - 1, member, tuple(chosen), room.next_receipt())
        effects = await self._contests.apply_event(room.session, event)
        told = {effect.notice for effect in effects if isinstance(effect, NotifyMember) and effect.member == member}
        if "taken" not in told:
            raise RoomRefusedError(_sentence(effects, member))
        room.touch(member)
        room.saw(member)
        await self._close_if_all_answered(room)
        return int(at.timestamp() * 1000)

    # ── what the host does ──

    async def control(self, room: Room, action: ControlAction, player: str = "") -> None:
        """The host does something; ``player``: who is removed. Raises RoomRefusedError with a sentence."""
        match action:
            case "lock" | "unlock":
                await self._lock(room, locked=action == "lock")
            case "remove":
                await self._remove(room, player)
            case _:
                await self._apply(room, _event_of(room.contest, action))

    async def _apply(self, room: Room, event: Event) -> None:
        """Apply ``event``; returns when what came of it is there, such as the next question."""
        await self._contests.apply_event(room.session, event)
        if room.session.showing is not None:
            await asyncio.wait({room.session.showing}, timeout=LONGEST_SHOWING)

    async def _lock(self, room: Room, *, locked: bool) -> None:
        record = replace(room.record, locked=locked)
        await self._store.save(record)
        room.record = record
        room.changed()

    async def _remove(self, room: Room, player: str) -> None:
        member = room.key_of(player)
        if member not in room.contest.progress.teams:
            raise RoomRefusedError(Wording.NO_PLAYER, 404)
        await self._contest_store.delete_member(member)  # first: what could not be deleted is there to be removed again
        await self._contests.apply_event(room.session, MemberForgotten(member))
        await self._contest_store.delete_member(member)  # what was answered meanwhile
        room.names.pop(member, None)
        room.recount()
        await self._close_if_all_answered(room)

    # ── within ──

    async def _close_if_all_answered(self, room: Room) -> None:
        if room.everybody_has_answered():
            await self._apply(room, PlatformClosed(room.contest.current))

    def _add(self, record: RoomRecord, session: ContestSession, names: Mapping[str, str]) -> Room:
        room = Room(
            record, session, dict(names), clock=self._clock, url=lambda: self.url_of(record.code), epoch=self._epoch
        )
        self._by_code[record.code] = self._by_contest[record.contest] = room
        return room

    def _watch(self, session: ContestSession) -> None:
        room = self._by_contest.get(session.contest.setup.id)
        if room is not None:
            room.changed()

    def _prune(self) -> None:
        """Forget the rooms whose contests are not held any more."""
        for code, room in list(self._by_code.items()):
            if self._contests.find(room.record.contest) is None:
                room.close()
                del self._by_code[code]
                self._by_contest.pop(room.record.contest, None)

    def _free_code(self) -> str:
        while True:
            code = str(self._new_code())
            if code not in self._by_code and code not in self._reserved:
                return code


def _event_of(contest: Contest, action: ControlAction) -> Event:
    """What the host's press means now. Raises RoomRefusedError if it means nothing."""
    host, phase = contest.setup.starter, contest.progress.phase
    is_open = phase in {"asking", "open"} or contest.is_frozen
    event: Event | None = None
    match action:
        case "start" if phase in {"opening", "lead_in"}:
            if not contest.progress.teams:
                raise RoomRefusedError(Wording.NO_PLAYERS)
            event = Resume(host)
        case "next" if phase == "between":
            event = Resume(host)
        case "next" if is_open:
            raise RoomRefusedError(Wording.STILL_OPEN)
        case "skip" if is_open:
            event = Skip(host, privileged=True)
        case "pause" if phase == "open":
            event = Break(host, privileged=True)
        case "resume" if contest.is_frozen:
            event = Resume(host)
        case "void" | "restore" if phase == "between":
            event = Void(host, contest.current, privileged=True, restored=action == "restore")
        case "end" if not contest.finished:
            event = Stop(host, privileged=True)
    if event is None:
        raise RoomRefusedError(Wording.NOT_NOW)
    return event


def _is_same_name(name: str, other: str) -> bool:
    return name.casefold().replace(" ", "") == other.casefold().replace(" ", "")


def _sentence(effects: Sequence[Effect], member: str) -> str:
    """Why something was not taken."""
    told = (effect.notice for effect in effects if isinstance(effect, NotifyMember) and effect.member == member)
    return next((_NOTICES[notice] for notice in told if notice in _NOTICES), Wording.NOT_OPEN)
