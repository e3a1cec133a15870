"""How much of what anybody may try the audit log keeps."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.access.quotas import PER_CHANNEL, PER_PERSON, AuditQuota
from bot.errors import StorageError
from bot.records.roles import AuditRecord
from bot.wording import Audits as Wording
from tests.unit.features.fakes import FakeAudit
from tests.unit.library import NOON


def row(actor: str, at: datetime = NOON) -> AuditRecord:
    return AuditRecord(at, actor, "reload", "", False, "r1")


async def test_where_a_persons_room_ends_one_row_says_so_and_the_next_hour_has_room_again() -> None:
    audit = FakeAudit()
    quota = AuditQuota(audit)
    assert [await quota.try_append(row("telegram:7")) for _ in range(PER_PERSON + 3)] == [True] * PER_PERSON + [
        False
    ] * 3
    assert audit.rows[PER_PERSON:] == [
        AuditRecord(NOON, "telegram:7", "reload", Wording.FULL.format(limit=PER_PERSON), False, "r1")
    ]
    assert await quota.try_append(row("telegram:8"))
    assert await quota.try_append(row("telegram:7", NOON + timedelta(hours=1)))


async def test_where_a_channels_room_ends_one_row_of_nobody_says_so() -> None:
    audit = FakeAudit()
    quota = AuditQuota(audit)
    kept = [await quota.try_append(row(f"web:{number}")) for number in range(PER_CHANNEL + 50)]
    assert kept == [True] * PER_CHANNEL + [False] * 50
    assert audit.rows[PER_CHANNEL:] == [
        AuditRecord(NOON, "", "reload", Wording.FULL_ALL.format(limit=PER_CHANNEL), False, "r1")
    ]


async def test_the_row_that_says_that_room_ended_is_tried_again_if_it_could_not_be_kept() -> None:
    audit = FakeAudit()
    quota = AuditQuota(audit)
    for _ in range(PER_PERSON):
        await quota.try_append(row("telegram:7"))
    audit.broken = True
    with pytest.raises(StorageError):
        await quota.try_append(row("telegram:7"))
    audit.broken = False
    for _ in range(2):
        await quota.try_append(row("telegram:7"))
    assert [one.detail for one in audit.rows[PER_PERSON:]] == [Wording.FULL.format(limit=PER_PERSON)]


async def test_one_persons_flood_takes_no_more_of_the_channels_room_than_that_persons_own() -> None:
    quota = AuditQuota(FakeAudit())
    for _ in range(PER_CHANNEL * 2):
        await quota.try_append(row("telegram:7"))
    assert await quota.try_append(row("telegram:8"))


async def test_who_has_a_role_finds_room_where_there_is_none_for_others() -> None:
    quota = AuditQuota(FakeAudit())
    for number in range(PER_CHANNEL + 1):
        await quota.try_append(row(f"telegram:{number}"))
    assert not await quota.try_append(row("telegram:member"))
    assert await quota.try_append(row("telegram:editor"), known=True)
