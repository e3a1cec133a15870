"""How a member is doing: days in a row, accuracy by section, weak points. Pure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Tally:
    """How often questions on ``of`` (a point, a section) were answered, and how often rightly."""

    of: str
    right: int
    answered: int

    @property
    def accuracy(self) -> float:
        """The share of right answers, from 0 to 1."""
        return self.right / self.answered if self.answered else 0.0


def streak(days: Collection[date], today: date) -> int:
    """How many days in a row up to today had an answer. Today is not over: a streak up to yesterday still stands."""
    day = today if today in days else today - timedelta(days=1)
    length = 0
    while day in days:
        length += 1
        day -= timedelta(days=1)
    return length


def group_tallies(tallies: Iterable[Tally], group: Callable[[str], str | None]) -> tuple[Tally, ...]:
    """The tallies of points added up by what ``group`` says they belong to; None leaves a point out. By group."""
    sums: dict[str, tuple[int, int]] = {}
    for tally in tallies:
        name = group(tally.of)
        if name is not None:
            right, answered = sums.get(name, (0, 0))
            sums[name] = (right + tally.right, answered + tally.answered)
    return tuple(Tally(name, *sums[name]) for name in sorted(sums))


def weakest(tallies: Iterable[Tally], count: int) -> tuple[Tally, ...]:
    """Up to ``count`` points with wrong answers, the weakest first.

    Weak is a low share of right answers, one right and one wrong added (Laplace's rule): three of three wrong say more
    than one of one.
    """
    missed = [tally for tally in tallies if tally.right < tally.answered]
    missed.sort(key=lambda tally: ((tally.right + 1) / (tally.answered + 2), tally.of))
    return tuple(missed[:count])
