"""Scores → places. Equal scores share a place; the next place is skipped then. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Generic, Protocol, TypeVar


class Scored(Protocol):
    """Anything with points and a time."""

    @property
    def points(self) -> int | Fraction:
        """More is better."""

    @property
    def ms(self) -> int | Fraction:
        """Less is better, among the same points."""


S = TypeVar("S", bound=Scored)


@dataclass(frozen=True, slots=True)
class Placement(Generic[S]):
    """A score and its place, from 1. A ``medal`` is 1, 2 or 3 (gold, silver, bronze), or 0 for none."""

    place: int
    score: S

    @property
    def medal(self) -> int:
        """The medal for the place; none without a point."""
        return self.place if self.place <= 3 and self.score.points > 0 else 0


def assign_places(found: Iterable[S], *, timed: bool = True) -> tuple[Placement[S], ...]:
    """The scores from the first place to the last (1, 2, 2, 4); what shares a place keeps its order.

    ``timed``: among the same points less time is ahead; else the same points share a place.
    """

    def rank(score: S) -> tuple[Fraction, Fraction]:
        return Fraction(-score.points), Fraction(score.ms if timed else 0)

    places: list[Placement[S]] = []
    for position, score in enumerate(sorted(found, key=rank), start=1):
        shared = bool(places) and rank(places[-1].score) == rank(score)
        places.append(Placement(places[-1].place if shared else position, score))
    return tuple(places)
