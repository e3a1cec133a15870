"""Two sets of files → their differences line by line, as programs and people read them everywhere. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from bot.knowledge.diff.align import MAX_ALIGNED_LINES, Opcode, align_lines
from bot.knowledge.files import Files
from bot.wording import Difference


def text_diff(old: Files, new: Files, limit: int) -> str:
    """The unified diff of all files, in at most ``limit`` characters; what is left out is reported in the last line."""
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
        if len(before) + len(after) > MAX_ALIGNED_LINES:
            yield Difference.TOO_LONG.format(name=name, before=len(before), after=len(after))
            continue
        yield from _unified(name, before, after)


class _Aligned(SequenceMatcher[str]):
    """Groups opcodes that were found elsewhere."""

    def __init__(self, found: list[Opcode]) -> None:
        super().__init__(None, "", "")
        self._found = found

    def get_opcodes(self) -> list[Opcode]:
        return self._found


def _unified(name: str, before: Sequence[str], after: Sequence[str]) -> Iterator[str]:
    """As ``difflib.unified_diff``, which may take the square of the lines."""
    yield f"--- {name}"
    yield f"+++ {name}"
    for group in _Aligned(align_lines(before, after)).get_grouped_opcodes():
        yield f"@@ -{_range(group[0][1], group[-1][2])} +{_range(group[0][3], group[-1][4])} @@"
        for tag, start, end, new_start, new_end in group:
            if tag == "equal":
                yield from (f" {line}" for line in before[start:end])
                continue
            yield from (f"-{line}" for line in before[start:end])
            yield from (f"+{line}" for line in after[new_start:new_end])


def _range(start: int, end: int) -> str:
    """Lines from ``start`` up to ``end`` as a hunk's head spells them: none by the line before them."""
    return f"{start + 1}" if end - start == 1 else f"{start + (end > start)},{end - start}"
