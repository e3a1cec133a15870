"""Two sets of files → their differences line by line, as programs and people read them everywhere. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import unified_diff

from bot.knowledge.files import Files
from bot.wording import Difference

MAX_LINES = 40_000  # of both files together: beyond it comparing takes longer than anybody waits


def text_diff(old: Files, new: Files, limit: int) -> str:
    """The unified diff of all files, in at most ``limit`` characters; what is left out is told in the last line."""
    lines = [*_lines(old, new)]
    if sum(len(line) + 1 for line in lines) - 1 <= limit:
        return "\n".join(lines)
    size = len(Difference.LINES_MORE.format(count=len(lines)))
    kept: list[str] = []
    for line in lines:
        size += len(line) + 1
        if size > limit:
            break
        kept.append(line)
    return "\n".join([*kept, Difference.LINES_MORE.format(count=len(lines) - len(kept))])


def _lines(old: Files, new: Files) -> Iterator[str]:
    for name in sorted({*old.texts, *new.texts}):
        before, after = (old.get(name) or "").split("\n"), (new.get(name) or "").split("\n")
        if before == after:
            continue
        if len(before) + len(after) > MAX_LINES:
            yield Difference.TOO_LONG.format(name=name, before=len(before), after=len(after))
            continue
        yield from unified_diff(before, after, name, name, lineterm="")
