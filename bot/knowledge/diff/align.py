"""Two texts, line by line → which lines stay. Pure, and in time that grows with the lines, not with their square.

Lines that each text has once are found first, as patience diff does, and those in the same order in both stay
(https://bramcohen.livejournal.com/73318.html). Only what is small between two of them is compared by ``difflib``, which
may take the cube of it.

``difflib`` alone would need a cap of some thousand lines, and a longer document would be shown without a diff.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import chain
from typing import Literal

Opcode = tuple[Literal["replace", "delete", "insert", "equal"], int, int, int, int]
"""What becomes of lines, as ``difflib`` spells it: a tag, begin and end before, begin and end after."""
Pair = tuple[int, int]
"""A line that stays: its place before and after."""
MAX_ALIGNED_LINES = 40_000  # of both texts together: beyond it comparing takes longer than anybody waits
_GAP = 100  # lines on either side that are compared by difflib
_GAPS = 5_000  # lines of all such gaps together


def align_lines(before: Sequence[str], after: Sequence[str]) -> list[Opcode]:
    """How ``before`` becomes ``after``; applied in order they give it. Many lines may be one replacement."""
    found: list[Opcode] = []
    old = new = 0
    for place, there in chain(_Alignment(before, after).pairs(), [(len(before), len(after))]):
        if place > old or there > new:
            tag: Literal["replace", "delete", "insert"]
            tag = "insert" if place == old else "delete" if there == new else "replace"
            found.append((tag, old, place, new, there))
        if place == len(before):
            break
        if found and found[-1][0] == "equal" and found[-1][2] == place and found[-1][4] == there:
            _, begin, _, begin_there, _ = found.pop()
        else:
            begin, begin_there = place, there
        old, new = place + 1, there + 1
        found.append(("equal", begin, old, begin_there, new))
    return found


class _Alignment:
    """Lines that stay, in their order."""

    def __init__(self, before: Sequence[str], after: Sequence[str]) -> None:
        self._before = before
        self._after = after
        self._left = _GAPS

    def pairs(self) -> Iterator[Pair]:
        return self._trimmed(range(len(self._before)), range(len(self._after)), self._by_lines_found_once)

    def _trimmed(self, old: range, new: range, inner: Callable[[range, range], Iterator[Pair]]) -> Iterator[Pair]:
        """What both ends have in common, and between them what ``inner`` finds."""
        before, after = self._before, self._after
        both = min(len(old), len(new))
        head = next((n for n in range(both) if before[old[n]] != after[new[n]]), both)
        rest = both - head
        tail = next((n for n in range(rest) if before[old[-1 - n]] != after[new[-1 - n]]), rest)
        yield from zip(old[:head], new[:head], strict=True)
        yield from inner(old[head : len(old) - tail], new[head : len(new) - tail])
        yield from zip(old[len(old) - tail :], new[len(new) - tail :], strict=True)

    def _by_lines_found_once(self, old: range, new: range) -> Iterator[Pair]:
        begin, begin_there = old.start, new.start
        for place, there in [*_rising(self._found_once(old, new)), (old.stop, new.stop)]:
            yield from self._trimmed(range(begin, place), range(begin_there, there), self._by_difflib)
            if place < old.stop:
                yield place, there
            begin, begin_there = place + 1, there + 1

    def _found_once(self, old: range, new: range) -> list[Pair]:
        counts = Counter(self._before[place] for place in old)
        counts_there = Counter(self._after[place] for place in new)
        where = {self._after[place]: place for place in new}
        lines = ((place, self._before[place]) for place in old)
        return [(place, where[line]) for place, line in lines if counts[line] == counts_there[line] == 1]

    def _by_difflib(self, old: range, new: range) -> Iterator[Pair]:
        if not old or not new or max(len(old), len(new)) > _GAP or len(old) + len(new) > self._left:
            return
        self._left -= len(old) + len(new)
        before, after = self._before[old.start : old.stop], self._after[new.start : new.stop]
        for place, there, size in SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks():
            yield from zip(old[place : place + size], new[there : there + size], strict=True)


def _rising(pairs: Sequence[Pair]) -> list[Pair]:
    """The longest choice of ``pairs``, whose first places rise, in which the second ones rise too."""
    ends: list[int] = []  # the lowest end of a choice of each length
    at: list[int] = []  # which pair that end is of
    before: list[int | None] = []
    for number, (_, there) in enumerate(pairs):
        length = bisect_left(ends, there)
        before.append(at[length - 1] if length else None)
        ends[length : length + 1] = [there]
        at[length : length + 1] = [number]
    chosen: list[Pair] = []
    last = at[-1] if at else None
    while last is not None:
        chosen.append(pairs[last])
        last = before[last]
    return chosen[::-1]
