"""A list of names with their branches out of an Excel workbook or a CSV, read in a process with limits."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator, Sequence
from io import StringIO
from typing import Final

from bot.errors import DocumentError
from bot.knowledge.import_.bounded_process import run_bounded, serve
from bot.knowledge.import_.document import MAX_BYTES
from bot.knowledge.import_.plain_text import decode_text
from bot.text import clean
from bot.wording import Document
from bot.wording import Papers as Wording

_NAME_HEADINGS: Final = frozenset({"姓名", "名字", "name"})
_BRANCH_KINDS: Final = ("支部", "党支部", "党组织", "单位", "部门", "科室")
_BRANCH_HEADINGS: Final = frozenset(f"{before}{kind}" for before in ("", "所在", "所属") for kind in _BRANCH_KINDS)
_MOST_ROWS: Final = 50_000


def read_roster(data: bytes) -> tuple[tuple[str, str], ...]:
    """The names with their branches in ``data``. Waits for another process; bounded in time and memory.

    Raises DocumentError with what to do about it.
    """
    if len(data) > MAX_BYTES:
        raise DocumentError(Document.FILE_LARGE.format(limit=MAX_BYTES // 1_000_000))
    return tuple((name, branch) for name, branch in json.loads(run_bounded("bot.features.papers.roster", data)))


def names_in(rows: Sequence[Sequence[str]]) -> list[tuple[str, str]]:
    """The names with their branches in the rows of a table: below its headings, else in its first two columns."""
    for start, row in enumerate(rows[:10]):
        spelled = [clean(cell).replace(" ", "") for cell in row]
        names = [column for column, cell in enumerate(spelled) if cell in _NAME_HEADINGS]
        branches = [column for column, cell in enumerate(spelled) if cell in _BRANCH_HEADINGS]
        if names and branches:
            return list(_pairs(rows[start + 1 :], names[0], branches[0]))
    return list(_pairs(rows, 0, 1))


def _pairs(rows: Sequence[Sequence[str]], name: int, branch: int) -> Iterator[tuple[str, str]]:
    for row in rows:
        if len(row) > max(name, branch) and row[name].strip() and row[branch].strip():
            yield row[name].strip(), row[branch].strip()


def read_apart(data: bytes) -> bytes:
    """What the reading process gives: pairs as JSON."""
    if data.startswith(b"PK"):
        from bot.knowledge.import_.xlsx import read_sheets  # noqa: PLC0415 - loads a library that few need

        sheets, _ = read_sheets(data)
        found = [pair for sheet in sheets for pair in names_in(sheet.rows)]
    else:
        text = decode_text(data)
        mark = "\t" if "\t" in text else ","
        found = names_in(list(csv.reader(StringIO(text.replace("，", ",")), delimiter=mark)))
    if not found:
        raise DocumentError(Wording.NO_NAMES)
    if len(found) > _MOST_ROWS:
        raise DocumentError(Document.TOO_LONG)
    return json.dumps(found).encode()


if __name__ == "__main__":
    sys.exit(serve(read_apart, sys.stdin.buffer.read, sys.stdout.buffer.write))
