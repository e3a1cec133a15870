"""The points of the small document, changed in one place."""

from __future__ import annotations

from tests.unit.library import POINTS


def changed(old: str, new: str) -> str:
    """The points with ``new`` in place of ``old``, which stands there once."""
    assert POINTS.count(old) == 1
    return POINTS.replace(old, new)


def line_of(text: str) -> int:
    """The line of the points on which ``text`` stands, which stands there once."""
    assert POINTS.count(text) == 1
    return POINTS[: POINTS.index(text)].count("\n") + 1


def without(id_: str) -> str:
    """The points but for the one of that id."""
    head, *blocks = POINTS.split("  - id: ")
    left = [block for block in blocks if not block.startswith(f"{id_}\n")]
    assert len(left) == len(blocks) - 1
    return "  - id: ".join([head, *left])
