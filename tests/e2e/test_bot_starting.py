"""The real process from its start on: words first and meanings later, signals in between, files that are damaged."""

from __future__ import annotations

import asyncio
import json
import signal
import sqlite3
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.retrieval.embedding import NAME as MEANINGS
from bot.retrieval.embedding import is_installed
from bot.wording import NOT_YET_NEAR, PREPARING, Cli, Contests, Storage
from tests.e2e.bot_process import BotProcess, bot_process
from tests.standin.client import Standin
from tests.unit.library import POINTS

AT = Cli.WEB_AT.format(url="")
ROAD = "硬化村道12.5公里,总投资460万元,其中县级补助180万元。"
BY_MEANING = "is served by meaning too, after"
MEANINGS_TIMEOUT = 400  # seconds: five hundred meanings, made by a thread that yields to all others
UNSURE = "水稻种了多大一片"  # is answered, and not by a phrasing letter by letter
needs_model = pytest.mark.skipif(not is_installed(), reason="the extra `meaning` has no wheel for this platform")


async def _fetch(bot: BotProcess, path: str, body: object = None) -> tuple[int, Any]:
    await bot.says(AT)
    url = bot.output.split(AT)[1].split()[0].rstrip("/") + path
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json"})

    def fetch() -> tuple[int, Any]:
        try:
            with urllib.request.urlopen(request, timeout=20) as response:
                return response.status, json.load(response)
        except urllib.error.HTTPError as error:
            return error.code, json.load(error)

    return await asyncio.to_thread(fetch)


async def _ask(bot: BotProcess, question: str) -> Any:
    status, reply = await _fetch(bot, "/api/ask", {"question": question})
    assert status == 200
    return reply


def _points(folder: Path) -> Path:
    return folder / "knowledge" / "points.yaml"


@needs_model
async def test_without_meanings_it_answers_by_words_and_a_changed_file_too_and_both_by_meaning_later(
    tmp_path: Path,
) -> None:
    many = ", ".join(f"第{number}号稻田种了多少" for number in range(500))
    points = POINTS.replace("questions: [今年", f"questions: [{many}, 今年")  # the model is at this for a while
    _points(tmp_path).parent.mkdir()
    async with bot_process(tmp_path, MEANING="true", LOG_LEVEL="INFO") as bot:
        await bot.says(AT)
        _points(tmp_path).write_text(points, encoding="utf-8")
        await bot.says("knowledge version 2 is served, by words")
        assert ROAD in (await _ask(bot, "修路花了多少钱"))["reply"]
        unsure = await _ask(bot, UNSURE)
        assert unsure["verdict"] == "suggest"
        assert PREPARING in unsure["reply"]
        assert NOT_YET_NEAR.partition("{")[0] in (await _ask(bot, "田间课堂几点开课"))["reply"]
        _points(tmp_path).write_text(points.replace("[镇长是谁,", "[镇长贵姓, 镇长是谁,"), encoding="utf-8")
        await bot.says("knowledge version 3 is served, by words")
        assert (await _ask(bot, "镇长贵姓"))["point"] == "speaker"
        assert f"version 3 {BY_MEANING}" not in bot.output
        await bot.says("the meanings of version 2 are not waited for, version 3 is served")
        _points(tmp_path).write_text(POINTS, encoding="utf-8")
        await bot.says(f"version 4 {BY_MEANING}", within=MEANINGS_TIMEOUT)
        assert (await _ask(bot, UNSURE))["verdict"] == "answer"


@needs_model
@pytest.mark.parametrize("damage", [lambda data: data[:2000], lambda data: b"no vectors" + data], ids=["cut", "other"])
async def test_damaged_meanings_are_made_anew_and_their_file_is_replaced(
    tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    async with bot_process(tmp_path, MEANING="true") as bot:
        await bot.says(BY_MEANING, within=MEANINGS_TIMEOUT)
    file = tmp_path / "data" / "cache" / MEANINGS
    whole = file.read_bytes()
    file.write_bytes(damage(whole))
    async with bot_process(tmp_path, MEANING="true") as bot:
        await bot.says(AT)
        assert "the kept meanings cannot be read and are made anew" in bot.output
        assert ROAD in (await _ask(bot, "修路花了多少钱"))["reply"]
        await bot.says(BY_MEANING, within=MEANINGS_TIMEOUT)
    assert file.read_bytes() == whole
    assert [path.name for path in file.parent.iterdir() if path.name.startswith("tmp")] == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("phase", ["is served, by words", "are being made", AT])
@needs_model
async def test_a_signal_ends_the_start_whatever_it_is_at(tmp_path: Path, phase: str, number: int) -> None:
    async with bot_process(tmp_path, MEANING="true") as bot:
        await bot.says(phase)
        bot.send(number)
        assert await bot.ended() == 0
        assert "Traceback" not in bot.output


def _database(folder: Path) -> Path:
    return folder / "data" / "bot.sqlite3"


async def _used(folder: Path) -> Path:
    """A database that a bot made; without the files beside it."""
    async with bot_process(folder) as bot:
        await bot.says(AT)
    return _database(folder)


def _damage_contests(path: Path) -> None:
    """Overwrite all pages of a table that is read at the start, as a bad disk does."""
    with sqlite3.connect(path) as connection:
        pages = connection.execute("SELECT rootpage FROM sqlite_master WHERE tbl_name = 'contests'").fetchall()
        [(size,)] = connection.execute("PRAGMA page_size").fetchall()
    connection.close()
    with path.open("r+b") as file:
        for (page,) in pages:
            file.seek((page - 1) * size)
            file.write(b"\xa5" * size)


async def test_where_contests_cannot_be_read_questions_are_answered_and_quizzes_say_that_they_are_paused(
    tmp_path: Path,
) -> None:
    _damage_contests(await _used(tmp_path))
    async with Standin.process() as telegram:
        settings = {"TELEGRAM_API_URL": telegram.url, "TELEGRAM_TOKEN": telegram.token}
        async with bot_process(tmp_path, **settings) as bot:
            await bot.says(Cli.TELEGRAM_UP)
            ann = await telegram.user("安安", started=True)
            assert ROAD in (await ann.ask(ann.chat, "修路花了多少钱", timeout=20)).text
            assert (await ann.ask(ann.chat, "/quiz 2 20", timeout=20)).text == Contests.UNREAD
            assert ROAD in (await _ask(bot, "修路花了多少钱"))["reply"]
            _, health = await _fetch(bot, "/healthz")
            assert health["database"] == "failing"
            assert bot.output.count("quizzes are paused") == 1
            bot.send(signal.SIGTERM)
            assert await bot.ended() == 0
    assert "Traceback" not in bot.output


def _drop_table(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("DROP TABLE contests")
    connection.close()


def _write_text(path: Path) -> None:
    path.write_text("这不是数据库\n" * 500, encoding="utf-8")


def _overwrite_first_page(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(100)
        file.write(b"\xa5" * 3000)


def _make_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        (_drop_table, Storage.TABLES_GONE.format(tables="contests")),
        (_write_text, Storage.NOT_A_DATABASE),
        (_overwrite_first_page, Storage.NOT_A_DATABASE),
        (_make_folder, Storage.NOT_WRITABLE),
    ],
)
async def test_a_database_of_no_use_ends_the_start_with_one_sentence_that_says_how_to_mend_it(
    tmp_path: Path, damage: Callable[[Path], None], sentence: str
) -> None:
    damage(await _used(tmp_path))
    async with bot_process(tmp_path, LOG_LEVEL="WARNING") as bot:
        assert await bot.ended() == 1
    assert bot.output == sentence + "\n"
