"""Verbatim text cut at the ends of its clauses only, so that what is left still reads."""

from __future__ import annotations

import re

_CLAUSE = re.compile(r"[^,，;；。！？!?\n]+[,，;；。！？!?\n]*")
_TAIL = ",，;；。、 \n"
ELLIPSIS = "…"


def clauses_around(text: str, part: str, limit: int, least: int = 0) -> str:
    """The whole clauses of ``text`` that hold ``part``, with as many of their neighbours as ``limit`` has room for.

    Those before come first: they carry the subject. With ``least`` no more is taken than is needed to reach so many
    characters. The clauses that hold ``part`` are kept even if they are longer than ``limit``; empty if ``text``
    does not have ``part``. Marks at the end are left out.
    """
    start = text.find(part)
    if start < 0 or not part:
        return ""
    spans = [found.span() for found in _CLAUSE.finditer(text)]
    inside = [number for number, (begin, end) in enumerate(spans) if begin < start + len(part) and end > start]
    if not inside:  # nothing but marks
        return ""
    first, last = inside[0], inside[-1]

    def cut(first: int, last: int) -> str:
        return text[spans[first][0] : spans[last][1]].strip(_TAIL)

    while not least or len(cut(first, last)) < least:
        if first > 0 and len(cut(first - 1, last)) <= limit:
            first -= 1
        elif last + 1 < len(spans) and len(cut(first, last + 1)) <= limit:
            last += 1
        else:
            break
    return cut(first, last)


def elide_around(text: str, part: str, limit: int) -> str:
    """``text`` in at most ``limit`` characters around ``part``, with an ellipsis on each side that lost something."""
    whole = text.strip(" \n")
    if len(whole) <= limit:
        return whole
    room = limit - 2 * len(ELLIPSIS)
    kept = clauses_around(whole, part, room)
    if not kept or len(kept) > room:  # one clause that is longer than the limit: there is no good place to cut it
        start = max(whole.find(part), 0)
        kept = whole[start : start + room]
    before = "" if whole.startswith(kept) else ELLIPSIS
    after = "" if whole.endswith(kept) else ELLIPSIS
    return f"{before}{kept}{after}"
