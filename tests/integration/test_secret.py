"""``python -m bot secret rotate`` beside what a bot keeps."""

from __future__ import annotations

import asyncio
import secrets
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.access.roles import RolePolicy
from bot.access.secret import load_or_create_secret, load_pseudonym_secret, load_secret
from bot.features.admin_login.login import AdminLogin, AdminSession
from bot.storage.store import SqlStore
from bot.wording import Cli
from tests.e2e.bot_process import environment_of
from tests.unit.features.fakes import FakeRoles

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)


async def rotate(folder: Path) -> tuple[int | None, str]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "secret", "rotate"),
        env=environment_of(folder),
        cwd=folder,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    output, _ = await process.communicate()
    return process.returncode, output.decode()


async def test_a_login_ends_at_once_in_a_bot_that_runs_and_whoever_asked_is_still_known(tmp_path: Path) -> None:
    store = await SqlStore.open(f"sqlite+aiosqlite:///{tmp_path / 'data' / 'bot.sqlite3'}")
    secret = await load_or_create_secret(store.first_writer, lambda: secrets.token_hex(32))
    asker = (await load_pseudonym_secret(store.contests)).pseudonym("telegram:1")
    login = AdminLogin(
        secret,
        store.first_writer,
        RolePolicy(["telegram:1"], FakeRoles({})),
        store.audit,
        clock=lambda: NOON,
        new_nonce=lambda: secrets.token_urlsafe(16),
        current=lambda: load_secret(store.contests),
    )
    link = login.issue_link("telegram:1")
    cookie = await login.redeem_link(login.issue_link("telegram:1"), "r1")
    assert isinstance(cookie, str) and await login.session_of(cookie) == AdminSession("telegram:1", owner=True)

    assert await rotate(tmp_path) == (0, f"{Cli.ROTATED}\n")

    assert await login.session_of(cookie) is None
    assert not isinstance(await login.redeem_link(link, "r2"), str)
    assert (await load_pseudonym_secret(store.contests)).pseudonym("telegram:1") == asker
    assert secret.signature("link", "x") != (await load_secret(store.contests)).signature("link", "x")
    assert await store.delete_before(NOON - timedelta(days=90)) == 0
    await store.close()
