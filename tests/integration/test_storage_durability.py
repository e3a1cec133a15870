"""Processes that are killed, and processes that start at once: what was acknowledged is there, once.

Run as a program, this file is such a process: ``save URL NAME``, ``answer URL NAME`` or ``open URL``.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from bot.records.contests import AnswerRecord, ContestRecord, MemberRecord
from bot.storage.store import SqlStore
from tests.unit.storage.rows import NOON, address, feedback_in, liked, missed, misses_in

ROOT = Path(__file__).resolve().parents[2]
AT_ONCE = 8


async def save_for_ever(url: str, name: str) -> None:
    """Save feedback and misses, several at a time, and print the name of each once it is acknowledged."""
    store = await SqlStore.open(url)

    async def save(number: int) -> None:
        key = f"{name}-{number}"
        await store.save_feedback(liked(key))
        sys.stdout.write(f"feedback {key}\n")
        sys.stdout.flush()
        await store.save_miss(missed(key))
        sys.stdout.write(f"miss {key}\n")
        sys.stdout.flush()

    for start in range(0, 1_000_000, AT_ONCE):
        await asyncio.gather(*(save(number) for number in range(start, start + AT_ONCE)))


async def answer_for_ever(url: str, name: str) -> None:
    """Keep a contest, then answers of many members to it, each delivered twice; print each once it is acknowledged."""
    store = await SqlStore.open(url)
    await store.contests.save(ContestRecord(name, "group", "ann", NOON, "{}", "{}"))

    async def answer(number: int) -> None:
        row = AnswerRecord(name, number // 100, f"m{number % 100}", "group", "q", "p", (1,), True, number, number, NOON)
        await asyncio.gather(
            store.contests.save(row), store.contests.save(row, MemberRecord(row.member, f"名{number}"))
        )
        sys.stdout.write(f"{name} {row.round} {row.member}\n")
        sys.stdout.flush()

    for start in range(0, 1_000_000, AT_ONCE):
        await asyncio.gather(*(answer(number) for number in range(start, start + AT_ONCE)))


async def open_at_a_word(url: str) -> None:
    """Say that all is imported, wait for a word, open and close the store."""
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    await open_and_save(url, "everybody")


async def open_and_save(url: str, key: str) -> None:
    store = await SqlStore.open(url)
    await store.save_feedback(liked(key))
    await store.close()


def start(*args: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-W", "error", "-m", "tests.integration.test_storage_durability", *args]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True, cwd=ROOT)


def acknowledged_until_killed(path: Path, name: str, lines: int, doing: str = "save") -> list[str]:
    """What a process acknowledged that was killed after so many lines."""
    with start(doing, address(path), name) as process:
        assert process.stdout is not None and process.stderr is not None
        read = [process.stdout.readline() for _ in range(lines)]
        process.kill()
        rest = process.stdout.read()  # communicate() loses what readline() has read ahead: on a busy machine, hundreds
        errors = process.stderr.read()
    assert errors == ""
    # the last line may have been cut by the kill
    return [line.strip() for line in [*read, *rest.splitlines(keepends=True)] if line.endswith("\n")]


def test_what_was_acknowledged_before_a_kill_is_there_and_none_twice(tmp_path: Path) -> None:
    path = tmp_path / "bot.sqlite3"
    acknowledged: list[str] = []
    for lines in (1, 2, 9, 40, 131, 300):  # the database goes from one killed process to the next
        told = acknowledged_until_killed(path, f"after{lines}", lines)
        assert len(told) >= lines
        acknowledged += told

        feedback = feedback_in(path)  # checked for double keys
        misses = Counter(miss.question for miss in misses_in(path))
        assert {line for line in acknowledged if line.split()[1] not in feedback} == set()
        assert {line for line in acknowledged if line.startswith("miss") and misses[line.split()[1]] != 1} == set()
        assert set(misses.values()) <= {1}
        # at most what was under way is there beside it
        assert len(feedback) + misses.total() <= len(acknowledged) + 6 * AT_ONCE


async def test_answers_acknowledged_before_a_kill_are_there_once_and_can_be_counted(tmp_path: Path) -> None:
    path = tmp_path / "bot.sqlite3"
    acknowledged: set[str] = set()
    for lines in (1, 2, 3, 7, 20, 40, 81, 150, 222, 400):
        told = acknowledged_until_killed(path, f"c{lines}", lines, "answer")
        assert len(told) >= lines
        acknowledged |= set(told)

        store = await SqlStore.open(address(path))
        stored = await store.contests.contests(NOON)
        rank = await store.contests.rank("group", None, 1000)
        await store.close()
        found = [f"{row.contest} {row.round} {row.member}" for kept in stored for row in kept.answers]
        assert acknowledged - set(found) == set()
        assert len(found) == len(set(found)) <= len(acknowledged) + 10 * AT_ONCE
        assert sum(ranked.points for ranked in rank) == len(found)


@pytest.mark.parametrize("file", ["bot.sqlite3", "bot.sqlite3-wal"])
def test_a_kill_in_the_middle_of_the_first_start_leaves_a_database_that_opens(tmp_path: Path, file: str) -> None:
    for number in range(3):
        path = tmp_path / str(number) / "bot.sqlite3"
        with start("save", address(path), "first") as process:
            while not (path.parent / file).exists():
                pass
            process.kill()
            process.communicate()
        asyncio.run(open_and_save(address(path), "second"))
        assert "second" in feedback_in(path)


def test_processes_that_start_at_once_do_not_collide(tmp_path: Path) -> None:
    path = tmp_path / "new" / "bot.sqlite3"
    processes = [start("open", address(path)) for _ in range(5)]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in processes:
        _, errors = process.communicate()
        assert (process.returncode, errors) == (0, "")
    assert set(feedback_in(path)) == {"everybody"}


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["save", url, name]:
            asyncio.run(save_for_ever(url, name))
        case ["answer", url, name]:
            asyncio.run(answer_for_ever(url, name))
        case ["open", url]:
            asyncio.run(open_at_a_word(url))
