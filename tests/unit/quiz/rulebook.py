"""The rules of contests a second time, in other words: who plays by hand would keep such a book.

It writes down what was delivered and how far the contest is, and counts everything anew from the deliveries whenever
it is asked. It shares the vocabulary with what it checks (phases, reasons), and no line of code.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from fractions import Fraction

from bot.quiz.contest.state import Setup

PATIENCE = {"opening": 300, "asking": 300, "between": 3, "paused": 1800}
"""Seconds that a phase lasts when nothing happens; an open question lasts its time and one second."""
Key = tuple[int, str]


@dataclass(frozen=True)
class Delivery:
    """An answer that was given while it counted."""

    round: int
    member: str
    chosen: frozenset[int]
    ms: int
    receipt: int


@dataclass
class Line:
    """What the book says of one question."""

    asked: datetime
    opened: datetime | None = None
    closed: datetime | None = None
    reason: str = ""
    cutoff: int = 0


@dataclass
class Tally:
    """What the book says of one member."""

    points: int = 0
    right: int = 0
    answered: int = 0
    ms: int = 0


@dataclass
class Book:
    """A contest by the book. Each method that says what happens gives what must be shown for it, in words."""

    setup: Setup
    now: datetime
    phase: str = "asking"
    finish: str = ""
    silent: int = 0
    starter: str = ""
    lines: list[Line] = field(default_factory=list)
    log: list[Delivery] = field(default_factory=list)
    teams: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.since = self.now
        self.starter = self.setup.starter
        if self.setup.rules.lead_in:
            self.phase = "opening"
        else:
            self.lines = [Line(self.now)]

    # ── what happens ──

    @property
    def current(self) -> int:
        return len(self.lines) - 1

    @property
    def due(self) -> datetime | None:
        if self.phase == "finished":
            return None
        if self.phase == "lead_in":
            return self.since + timedelta(seconds=self.setup.rules.lead_in)
        opened = self.lines[-1].opened if self.lines else None
        if self.phase == "open" and opened is not None:
            return opened + timedelta(seconds=self.setup.rules.seconds + 1)
        return self.since + timedelta(seconds=PATIENCE[self.phase])

    def time(self) -> list[str]:
        if self.due is None or self.now < self.due:
            return []
        if self.phase == "asking":
            return self.close("unsent")
        if self.phase == "open":
            return self.close("time")
        return self.end("abandoned") if self.phase == "paused" else self.ask()

    def introduced(self) -> list[str]:
        if self.phase == "opening":
            self.turn("lead_in")
        return []

    def arrives(self, number: int) -> list[str]:
        if self.phase == "asking" and number == self.current:
            self.lines[number].opened = self.now
            self.turn("open")
            return self.close("answered") if self.is_settled() else []
        waits = self.phase in {"asking", "open"} and number >= self.current
        return [] if waits else [f"close {number}"]

    def fails(self, number: int) -> list[str]:
        return self.close("unsent") if self.phase == "asking" and number == self.current else []

    def platform_closes(self, number: int) -> list[str]:
        return self.close("time") if self.phase == "open" and number == self.current else []

    def delivered(
        self, number: int, member: str, chosen: tuple[int, ...], receipt: int, platform_verified: bool
    ) -> list[str]:
        if not 0 <= number <= self.current or not all(0 <= option < 4 for option in chosen):
            return []
        line, limit = self.lines[number], timedelta(seconds=self.setup.rules.seconds)
        in_time = line.closed is None and line.opened is not None and self.now - line.opened <= limit
        if (not platform_verified and not in_time) or (line.cutoff and receipt > line.cutoff):
            return []
        taken = min(max(self.now - (line.opened or line.asked), timedelta(0)), limit)
        before = self.standing()
        ms = int(taken / timedelta(milliseconds=1))
        self.log.append(Delivery(number, member, frozenset(chosen), ms, receipt))
        if self.standing() == before:
            return []
        if self.setup.rules.teams and member not in self.teams:
            self.teams[member] = self.smallest()
        if line.closed is not None:
            return ["rescored"]
        return self.close("answered") if self.phase == "open" and self.is_settled() else []

    def joins(self, member: str, team: str) -> list[str]:
        has_answered = any(who == member for _, who in self.standing())
        if not self.finish and not has_answered and team in {"", *self.setup.rules.teams} and self.setup.rules.teams:
            self.teams[member] = team or self.teams.get(member) or self.smallest()
        return []

    def interrupted(self, by: str, privileged: bool, skip: bool, receipt: int) -> list[str]:
        if self.phase == "finished" or not (privileged or by == self.starter):
            return []
        if self.phase in {"asking", "open"}:
            self.lines[-1].cutoff = receipt
            return self.close("skipped" if skip else "stopped")
        if skip and self.phase in {"opening", "lead_in"}:
            return self.ask()
        return [] if skip else self.end("stopped")

    def goes_on(self) -> list[str]:
        if self.phase != "paused":
            return []
        self.silent = 0
        return self.ask()

    def forgets(self, member: str) -> list[str]:
        had = any(who == member for _, who in self.standing())
        self.log = [found for found in self.log if found.member != member]
        self.teams.pop(member, None)
        self.starter = "" if self.starter == member else self.starter
        return ["rescored"] if had else []

    # ── turns ──

    def turn(self, phase: str) -> None:
        self.phase, self.since = phase, self.now

    def ask(self) -> list[str]:
        self.lines.append(Line(self.now))
        self.turn("asking")
        return [f"ask {self.current}"]

    def end(self, finish: str) -> list[str]:
        self.finish = finish
        self.turn("finished")
        return [f"finished {finish}"]

    def close(self, reason: str) -> list[str]:
        number, rules = self.current, self.setup.rules
        self.lines[number].closed, self.lines[number].reason = self.now, reason
        if any(of == number for of, _ in self.counted()):
            self.silent = 0
        elif reason == "time":
            self.silent += 1
        shown = [] if reason in {"time", "unsent"} else [f"close {number}"]
        shown += [] if reason == "unsent" else [f"reveal {number}"]
        if reason == "stopped":
            return shown + self.end("stopped")
        if rules.mode == "challenge" and self.counted() and not self.in_the_run():
            return shown + self.end("over")
        if len(self.lines) == len(self.setup.questions):
            return shown + self.end("done")
        if reason == "unsent":
            return shown + self.ask()
        if self.silent >= rules.patience:
            self.turn("paused")
            return [*shown, "paused"]
        self.turn("between")
        return shown

    def is_settled(self) -> bool:
        here = [delivery for (number, _), delivery in self.counted().items() if number == self.current]
        if self.setup.rules.solo:
            return bool(here)
        return self.setup.rules.mode == "buzzer" and any(map(self.is_right, here))

    def smallest(self) -> str:
        sizes = [(list(self.teams.values()).count(team), place) for place, team in enumerate(self.setup.rules.teams)]
        return self.setup.rules.teams[min(sizes)[1]]

    # ── counting ──

    def standing(self) -> dict[Key, Delivery]:
        """Of all deliveries the one that stands: the first, or where changes are allowed the latest by receipt."""
        rules = self.setup.rules
        changes = rules.changeable and not rules.solo and rules.mode in {"contest", "daily", "teams"}
        found: dict[Key, Delivery] = {}
        for delivery in self.log:
            old = found.get((delivery.round, delivery.member))
            if (old is None and delivery.chosen) or (old is not None and changes and delivery.receipt > old.receipt):
                found[delivery.round, delivery.member] = delivery
        return found

    def counted(self) -> dict[Key, Delivery]:
        """The same without what was taken back."""
        return {key: delivery for key, delivery in self.standing().items() if delivery.chosen}

    def is_right(self, delivery: Delivery) -> bool:
        return delivery.chosen == frozenset(self.setup.questions[delivery.round].correct)

    def tallies(self) -> dict[str, Tally]:
        """What each member who answered has."""
        counted = self.counted()
        found: defaultdict[str, Tally] = defaultdict(Tally)
        for (number, member), delivery in counted.items():
            tally = found[member]
            tally.answered += 1
            tally.right += self.is_right(delivery)
            if self.is_right(delivery) and self.brings_points(number, delivery, counted):
                tally.points += self.worth(delivery)
                tally.ms += delivery.ms
        return dict(found)

    def brings_points(self, number: int, delivery: Delivery, counted: dict[Key, Delivery]) -> bool:
        match self.setup.rules.mode:
            case "buzzer":
                right = [one for one in counted.values() if one.round == number and self.is_right(one)]
                return delivery.receipt == min(one.receipt for one in right)
            case "challenge":
                return number < self.broken(delivery.member)
            case _:
                return True

    def worth(self, delivery: Delivery) -> int:
        limit = self.setup.rules.seconds * 1000
        return 1 if self.setup.rules.scoring == "right" else 500 + (500 * (limit - delivery.ms)) // limit

    def broken(self, member: str) -> int:
        """The question at which a member's run in a challenge ended; one past all where it goes on."""
        counted = self.counted()
        first = min(number for number, _ in counted)
        for number in range(first, len(self.lines)):
            given = counted.get((number, member))
            had_time = self.lines[number].reason in {"time", "answered"}
            if (given is None and had_time) or (given is not None and not self.is_right(given)):
                return number
        return len(self.lines)

    def in_the_run(self) -> set[str]:
        return {member for _, member in self.counted() if self.broken(member) == len(self.lines)}

    def team_tallies(self) -> dict[str, tuple[int, Fraction, Fraction]]:
        """Of each team its size, and the average of its members' points and times."""
        tallies = self.tallies()
        found = {}
        for team in self.setup.rules.teams:
            members = [member for member, of in self.teams.items() if of == team]
            of = [tallies.get(member, Tally()) for member in members]
            size = max(len(of), 1)
            found[team] = (
                len(of),
                Fraction(sum(tally.points for tally in of), size),
                Fraction(sum(tally.ms for tally in of), size),
            )
        return found
