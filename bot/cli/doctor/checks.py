"""The checks of ``bot doctor``, each a ``Finding``: settings, the machine, knowledge and database, Telegram.

Settings are checked here if nothing else checks their form, and what stands in them is never told: a token may have
slipped in. What Telegram says, ``bot.channels.telegram.diagnostics`` has asked.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from datetime import datetime
from http.client import HTTPConnection, HTTPException
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from bot.access.members import invalid_owner_places
from bot.channels.telegram.diagnostics import TelegramReport
from bot.channels.web.security import origin_of
from bot.channels.web.server import listener_on
from bot.cli.doctor.finding import Finding, note, ok, problem
from bot.config import LOOPBACK, Settings
from bot.errors import ConfigError, StorageError, count_issues
from bot.features.knowledge_versions.candidate import look_over
from bot.knowledge.load import validate_folder
from bot.retrieval.embedding import NAME as MEANINGS
from bot.retrieval.embedding import is_installed
from bot.retrieval_factory import file_cache_of
from bot.storage.diagnostics import examine, nearest
from bot.wording import Doctor as Wording

TOLERANCE = 10  # seconds: the server tells whole ones, and the way to it takes some


def telegram(found: TelegramReport | None) -> Iterator[Finding]:
    """The token, and what @BotFather has been told about the bot; None: there is no token."""
    if found is None:
        yield note(Wording.TOKEN, Wording.TOKEN_NONE)
        return
    if found.fault:
        yield problem(Wording.TOKEN, found.fault)
        for item in (Wording.PRIVACY, Wording.GROUPS, Wording.INLINE, Wording.WEBHOOK):
            yield note(item, Wording.NOT_KNOWN)
        return
    yield ok(Wording.TOKEN, Wording.TOKEN_OK.format(username=found.username))
    yield _switch(Wording.PRIVACY, Wording.PRIVACY_ON, Wording.PRIVACY_OFF, good=not found.reads_all)
    yield _switch(Wording.GROUPS, Wording.GROUPS_ON, Wording.GROUPS_OFF, good=found.joins_groups)
    yield _switch(Wording.INLINE, Wording.INLINE_ON, Wording.INLINE_OFF, good=found.inline)
    if found.webhook is None:
        yield note(Wording.WEBHOOK, Wording.WEBHOOK_UNKNOWN)
    elif found.webhook:
        yield problem(Wording.WEBHOOK, Wording.WEBHOOK_SET)
    else:
        yield ok(Wording.WEBHOOK, Wording.WEBHOOK_NONE)


def clock(server_time: datetime | None, now: datetime) -> Finding:
    """Whether ``now``, the machine's clock, goes with the server's."""
    if server_time is None:
        return note(Wording.CLOCK, Wording.CLOCK_UNKNOWN)
    ahead = (now - server_time).total_seconds()
    if abs(ahead) <= TOLERANCE:
        return ok(Wording.CLOCK, Wording.CLOCK_OK.format(seconds=TOLERANCE))
    direction = Wording.CLOCK_AHEAD if ahead > 0 else Wording.CLOCK_BEHIND
    return problem(Wording.CLOCK, Wording.CLOCK_OFF.format(direction=direction, seconds=round(abs(ahead))))


def _switch(item: str, on: str, off: str, *, good: bool) -> Finding:
    return ok(item, on) if good else note(item, off)


_NARROW = {4: 24, 6: 64}  # bits of the prefix, by the version of IP
_LOCAL = ("localhost", "127.0.0.1", "::1")


def admins(owners: Sequence[str]) -> Finding:
    """Whether ADMINS names persons."""
    if not owners:
        return note(Wording.ADMINS, Wording.ADMINS_NONE)
    bad = invalid_owner_places(owners)
    if bad:
        return problem(Wording.ADMINS, Wording.ADMINS_BAD.format(places="、".join(map(str, bad))))
    return ok(Wording.ADMINS, Wording.ADMINS_OK.format(count=len(owners)))


def public_url(url: str) -> Finding:
    """Whether PUBLIC_URL can be put before a path."""
    if not url:
        return note(Wording.URL, Wording.URL_NONE)
    origin = origin_of(url)
    if origin is None or any(char.isspace() for char in url):
        return problem(Wording.URL, Wording.URL_BAD)
    parts = urlsplit(url)
    if parts.path or parts.query or parts.fragment or "@" in parts.netloc:
        return problem(Wording.URL, Wording.URL_BAD)
    scheme, host, _ = origin
    if scheme == "http" and host not in _LOCAL:
        return note(Wording.URL, Wording.URL_PLAIN)
    return ok(Wording.URL, Wording.URL_OK)


def proxies(trusted: Sequence[str], host: str, url: str) -> Finding:
    """Whether visitors can be told apart behind the proxy that PUBLIC_URL, by its https, says there is.

    ``trusted``: TRUSTED_PROXIES with its default filled in; ``host``: HTTP_HOST.
    """
    wide = [text for text in trusted if _is_wide(text)]
    if wide:
        return note(Wording.PROXIES, Wording.PROXIES_WIDE.format(wide="、".join(wide)))
    if not url.startswith("https://"):
        return note(Wording.PROXIES, Wording.PROXIES_NONE if not trusted else Wording.PROXIES_SOME)
    if tuple(trusted) == LOOPBACK and host not in _LOCAL:  # the proxy may be on another machine, or in a container
        return note(Wording.PROXIES, Wording.PROXIES_ELSEWHERE)
    return ok(Wording.PROXIES, Wording.PROXIES_OK)


def _is_wide(text: str) -> bool:
    """Whether there is more in a network than what containers beside each other share."""
    network = ip_network(text, strict=False)
    return not network.is_loopback and network.prefixlen < _NARROW[network.version]


def operator_token(token: str) -> Finding:
    """Who sees /metrics; that the token is no guess the settings have checked."""
    if not token:
        return note(Wording.OPERATORS, Wording.OPERATORS_HERE)
    return ok(Wording.OPERATORS, Wording.OPERATORS_TOKEN)


def time_zone(zone: str, now: datetime) -> Finding:
    """What time it is by TIME_ZONE, for a person to compare; that there is such a zone the settings have checked."""
    there = now.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M")
    return ok(Wording.ZONE, Wording.ZONE_OK.format(zone=zone, now=there))


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


SHOWN = 3  # issues; `bot check` lists them all


def knowledge(folder: Path) -> Finding:
    """Whether the knowledge can be served, and what is wrong with it."""
    loaded = look_over(validate_folder(folder))
    served = loaded.knowledge
    count = count_issues(loaded.issues)
    if served is not None and not count:
        told = Wording.KNOWLEDGE_OK if served.points else Wording.KNOWLEDGE_SOURCE_OK
        text = told.format(title=served.title, points=len(served.points), sentences=len(served.structure.sentences))
        return ok(Wording.KNOWLEDGE, text)
    text = (
        Wording.KNOWLEDGE_BAD.format(count=count)
        if served is None
        else Wording.KNOWLEDGE_FAULTS.format(title=served.title, count=count)
    )
    shown = [Wording.KNOWLEDGE_FAULT.format(fault=issue) for issue in loaded.issues[:SHOWN]]
    return problem(Wording.KNOWLEDGE, "".join([text, *shown, Wording.KNOWLEDGE_MORE if count > SHOWN else ""]))


async def database(url: str, *, timeout_seconds: float) -> Finding:
    """Whether the database opens, takes a write and has a schema that this program knows."""
    try:
        state = await examine(url, timeout_seconds=timeout_seconds)
    except StorageError as error:
        return problem(Wording.DATABASE, str(error))
    told = note if state == "memory" else ok
    return told(Wording.DATABASE, Wording.DATABASE_STATES[state])
