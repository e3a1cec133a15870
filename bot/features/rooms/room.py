"""One live room: its contest, who is in it, who looks on, and what has changed for them.

What everybody sees changes at once: a question, its answer, the end. What only the wall and the host see of it (who
has come in, how many have answered) is gathered for a moment, so that five hundred answers in a second do not make
five hundred pictures of the room for each of them.
"""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from bot.contests.session import ContestSession
from bot.features.rooms.snapshot import Standings, View, body, milliseconds, phase_of, tail
from bot.quiz.contest.state import Contest
from bot.records.rooms import RoomRecord

GATHERING: Final = 0.25
"""Seconds for which small changes are gathered."""
HERE: Final = timedelta(seconds=10)
"""For so long after a look somebody who has no stream is taken to be there."""
LOOKS_WITHIN: Final = timedelta(seconds=30)
"""A browser shows its page at once when it has joined; a program that only takes places does not."""
MAX_STREAMS: Final[dict[View, int]] = {"player": 3, "wall": 300, "host": 10}
"""Streams of one player, and of all who look at the wall or lead: the oldest ends for a new one of the same kind."""


class Subscription:
    """Somebody who looks on. ``member``: the player, None for who only looks. ``changed`` is set when there is news;
    ``ended``: to be closed."""

    def __init__(self, view: View, member: str | None) -> None:
        self.view: View = view
        self.member = member
        self.changed = asyncio.Event()
        self.ended = False

    def end(self) -> None:
        """Have it closed."""
        self.ended = True
        self.changed.set()


class Room:
    """A room of this process. ``names``: what players are called, by their keys; ``url`` gives its address;
    ``citations``: the place of each question's passage.

    ``shown``: the contest as it was when the last step of it was saved; nobody sees what may be lost.

    A version is a number that grows with each change: milliseconds since 1970, or one more than the last. Over a
    restart it grows too, unless the clock is set back: then ``epoch``, another one for each process, tells them apart.
    """

    def __init__(
        self,
        record: RoomRecord,
        session: ContestSession,
        names: dict[str, str],
        *,
        clock: Callable[[], datetime],
        url: Callable[[], str],
        epoch: str = "",
    ) -> None:
        self.record = record
        self.session = session
        self.names = names
        self._clock = clock
        self._url = url
        self._epoch = epoch
        self.citations: list[str] = json.loads(record.citations)
        self._stamp = 0
        self._versions: dict[View, int] = {}
        self._of_players: dict[str, int] = {}
        self._bodies: dict[View, tuple[int, bytes]] = {}
        self._streams: dict[Subscription, None] = {}  # the oldest first
        self._streams_of: defaultdict[str, dict[Subscription, None]] = defaultdict(dict)
        self._seen: dict[str, datetime] = {}
        self._joined_at: dict[str, datetime] = {}
        self._gathering: asyncio.TimerHandle | None = None
        self.shown = session.saved
        self._shown_state = self._state()
        self.standings = Standings.of(session.saved)
        self._receipt = max((one.receipt for given in self.contest.answers for one in given.values()), default=0)
        self.publish()

    @property
    def contest(self) -> Contest:
        """The contest as it is now."""
        return self.session.contest

    @property
    def code(self) -> str:
        """What people type."""
        return self.record.code

    def key_of(self, player: str) -> str:
        """The key of a player in the contest, of what pages call them."""
        return f"{self.contest.setup.chat}:{player}"

    def next_receipt(self) -> int:
        """A number for an answer that has just come in: it grows, whatever the clock does."""
        self._receipt = max(self._receipt + 1, int(self._clock().timestamp() * 1_000_000))
        return self._receipt

    def everybody_has_answered(self) -> bool:
        """Whether nobody is left who may answer the question that is open."""
        contest, number = self.contest, self.contest.current
        if contest.progress.phase != "open" or not contest.answers[number]:
            return False
        given, firsts = contest.answers[number], contest.progress.first_rounds
        if len(given) + len(firsts) + len(self.standings.out) < len(contest.progress.teams):
            return False
        return all(
            member in given or member in self.standings.out or firsts.get(member, 0) > number
            for member in contest.progress.teams
        )

    # ── changes ──

    def changed(self) -> None:
        """The contest took a step: everybody is told if the room shows something else, the wall and the host else."""
        if self.session.saved.progress.phase == "asking":  # there in a moment
            return
        self.shown = self.session.saved
        state = self._state()
        if state == self._shown_state:
            self.gather()
            return
        self._shown_state = state
        self.standings = Standings.of(self.shown)
        self.publish()

    def recount(self) -> None:
        """Somebody was taken out: it stands otherwise now, and everybody is told."""
        self.shown = self.session.saved
        self.standings = Standings.of(self.shown)
        self.publish()

    def publish(self) -> None:
        """Everybody is told."""
        if self._gathering is not None:
            self._gathering.cancel()
            self._gathering = None
        self._tell(("player", "wall", "host"))

    def gather(self) -> None:
        """The wall and the host are told in a moment, of this and of what happens until then."""
        if self._gathering is None:
            self._gathering = asyncio.get_running_loop().call_later(GATHERING, self._gathered)

    def touch(self, member: str) -> None:
        """Something has changed for one player."""
        self._of_players[member] = self._next_version()
        for stream in self._streams_of.get(member, ()):
            stream.changed.set()

    def close(self) -> None:
        """Nobody looks on any more."""
        if self._gathering is not None:
            self._gathering.cancel()
            self._gathering = None
        for stream in list(self._streams):
            stream.end()

    def _gathered(self) -> None:
        self._gathering = None
        self._tell(("wall", "host"))

    def _tell(self, views: tuple[View, ...]) -> None:
        version = self._next_version()
        self._versions |= dict.fromkeys(views, version)
        for stream in self._streams:
            if stream.view in views:
                stream.changed.set()

    def _next_version(self) -> int:
        self._stamp = max(self._stamp + 1, milliseconds(self._clock()))
        return self._stamp

    def _state(self) -> tuple[object, ...]:
        """What everybody sees of the contest, but for who plays and has answered."""
        rounds = self.shown.progress.rounds
        last = rounds[-1] if rounds else None
        closed = (last.closed, last.opened, last.voided) if last is not None else ()
        void = sum(one.voided for one in rounds)
        return (phase_of(self.shown), self.shown.is_frozen, len(rounds), closed, void, self.record.locked)

    # ── looks ──

    def version(self, view: View, member: str | None = None) -> int:
        """The version of what somebody sees now."""
        return max(self._versions[view], self._of_players.get(member or "", 0))

    def snapshot(self, view: View, member: str | None = None) -> bytes:
        """What somebody sees now, as JSON."""
        version = self._versions[view]
        known = self._bodies.get(view)
        now = self._clock()
        if known is None or known[0] != version or self.shown.is_frozen:
            shared = body(
                self.record,
                self.shown,
                self.standings,
                view,
                now=now,
                citations=self.citations,
                names=self.names,
                here=self.here(now) if view != "player" else (),
                url=self._url(),
            )
            known = self._bodies[view] = (version, shared)
        name = self.names.get(member or "", "")
        return known[1] + tail(
            self.shown,
            self.standings,
            version=self.version(view, member),
            epoch=self._epoch,
            now=now,
            member=member,
            name=name,
        )

    def saw(self, member: str) -> None:
        """A player who has no stream has looked."""
        if member in self.contest.progress.teams:
            if member not in self.here(self._clock()):
                self.gather()
            self._seen[member] = self._clock()

    def who_never_looked(self) -> str | None:
        """A player who has had time to look at the room and never did; None if there is none.

        Whoever came in before a restart is taken to have looked then.
        """
        now, teams = self._clock(), self.contest.progress.teams
        for member, at in self._joined_at.items():
            has_looked = member in self._seen or member in self._streams_of
            if member in teams and not has_looked and now - at >= LOOKS_WITHIN:
                return member
        return None

    def joined(self, member: str) -> None:
        """A player has come in."""
        self._joined_at[member] = self._clock()

    def here(self, now: datetime) -> set[str]:
        """The players who look on now."""
        return {member for member, streams in self._streams_of.items() if streams} | {
            member for member, at in self._seen.items() if now - at < HERE
        }

    @property
    def is_watched(self) -> bool:
        """Whether anybody looks on by a stream now."""
        return bool(self._streams)

    def subscribe(self, view: View, member: str | None = None) -> Subscription:
        """Somebody begins to look on; to be given back to ``unsubscribe``."""
        of_member = self._streams if member is None else self._streams_of[member]
        same = [one for one in of_member if one.view == view and one.member == member and not one.ended]
        if len(same) >= MAX_STREAMS[view]:
            same[0].end()
        stream = Subscription(view, member)
        self._streams[stream] = None
        if member is not None:
            self._streams_of[member][stream] = None
            self.gather()
        return stream

    def unsubscribe(self, stream: Subscription) -> None:
        """Somebody does not look on any more."""
        self._streams.pop(stream, None)
        if stream.member is not None:
            self._streams_of[stream.member].pop(stream, None)
            self.gather()
