"""The machine: a folder to write to, space, a port, the extra that compares meanings."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from bot.channels.web.server import listener_on
from bot.cli.doctor.finding import Finding, note, ok, problem
from bot.config import Settings
from bot.errors import ConfigError
from bot.retrieval.embedding import NAME as MEANINGS
from bot.retrieval.embedding import is_installed
from bot.retrieval_factory import file_cache_of
from bot.storage.diagnostics import nearest
from bot.wording import Doctor as Wording

LEAST_SPACE = 200_000_000  # bytes: the database and the cache of a large document
_UNITS = (("GB", 1_000_000_000), ("MB", 1_000_000))
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - where to ask who listens on every address


def data_folder(folder: Path) -> Finding:
    """Whether the bot can write to DATA_DIR, or make it if it is not there yet. A trial file is gone at once."""
    try:
        with tempfile.TemporaryFile(dir=nearest(folder)) as trial:
            trial.write(b"\0")
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else type(error).__name__
        return problem(Wording.DATA, Wording.DATA_BAD.format(reason=reason))
    return ok(Wording.DATA, Wording.DATA_OK)


def space(folder: Path, least: int = LEAST_SPACE) -> Finding:
    """Whether the disk of DATA_DIR has ``least`` bytes left."""
    try:
        free = shutil.disk_usage(nearest(folder)).free
    except OSError as error:
        return problem(Wording.SPACE, Wording.DATA_BAD.format(reason=os.strerror(error.errno or 0)))
    if free < least:
        return problem(Wording.SPACE, Wording.SPACE_LOW.format(free=_size(free), least=_size(least)))
    return ok(Wording.SPACE, Wording.SPACE_OK.format(free=_size(free)))


def port(host: str, number: int, *, timeout_seconds: float) -> Finding:
    """Whether the web page can have its port, or has it already."""
    if number == 0:
        return note(Wording.PORT, Wording.PORT_ANY)
    try:
        listener_on(host, number).close()
    except ConfigError as error:
        health = _health(_EVERYWHERE.get(host, host), number, timeout_seconds)
        if health is None:
            return problem(Wording.PORT, str(error))
        ours = ok if health == 200 else problem
        sentence = Wording.PORT_OURS if health == 200 else Wording.PORT_SICK
        return ours(Wording.PORT, sentence.format(port=number))
    return ok(Wording.PORT, Wording.PORT_OK.format(port=number))


def meaning(settings: Settings) -> Finding:
    """Whether questions are compared by meaning too."""
    if not settings.meaning:
        return note(Wording.MEANING, Wording.MEANING_OFF)
    if not is_installed():
        return note(Wording.MEANING, Wording.MEANING_MISSING)
    if file_cache_of(settings).read(MEANINGS) is None:
        return note(Wording.MEANING, Wording.MEANING_FRESH)
    return ok(Wording.MEANING, Wording.MEANING_OK)


def _size(count: int) -> str:
    unit, size = next((unit for unit in _UNITS if count >= unit[1]), _UNITS[-1])
    return f"{count / size:.1f} {unit}"


def _health(host: str, number: int, timeout_seconds: float) -> int | None:
    """The status of ``/healthz`` if it is this program that listens there."""
    connection = HTTPConnection(host, number, timeout=timeout_seconds)
    try:
        connection.request("GET", "/healthz")
        response = connection.getresponse()
        told = json.loads(response.read(65_536))
    except (OSError, HTTPException, ValueError):
        return None
    finally:
        connection.close()
    return response.status if isinstance(told, dict) and {"status", "knowledge", "database"} <= told.keys() else None
