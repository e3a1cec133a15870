"""How much is saved of what anybody may do as often as they like."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.access.quotas import PER_CHANNEL, PER_PERSON, AuditQuota, VisitorQuota
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


async def test_a_flood_in_one_channel_hides_nothing_that_is_done_in_another() -> None:
    quota = AuditQuota(FakeAudit())
    for number in range(PER_CHANNEL):
        await quota.try_append(row(f"web:{number}"))
    assert not await quota.try_append(row("web:boss"))
    assert await quota.try_append(row("telegram:7"))


async def test_a_kind_that_counts_for_itself_takes_no_room_of_the_channel_and_has_none_of_it() -> None:
    quota = AuditQuota(FakeAudit())
    for _ in range(PER_PERSON):
        assert await quota.try_append(row("web:7"), kind="login")
    assert not await quota.try_append(row("web:7"), kind="login")
    assert await quota.try_append(row("web:7"))


def test_an_address_has_its_quota_and_no_more() -> None:
    quota = VisitorQuota("misses", 3, 100)
    assert [quota.try_acquire("203.0.113.5", NOON.date()) for _ in range(5)] == [True] * 3 + [False] * 2


def test_all_visitors_together_have_a_quota_too_and_addresses_are_forgotten_with_the_day() -> None:
    quota = VisitorQuota("misses", 2, 100)
    kept = sum(quota.try_acquire(f"2001:db8:{number:x}::/64", NOON.date()) for number in range(10_000))
    assert kept == 100
    assert quota.try_acquire("", NOON.date())
    assert quota.try_acquire("203.0.113.5", NOON.date() + timedelta(days=1))


def test_an_address_at_which_many_may_be_is_bounded_by_the_total_alone() -> None:
    quota = VisitorQuota("misses", 2, 5)
    assert [quota.try_acquire("203.0.113.5", NOON.date(), shared=True) for _ in range(7)] == [True] * 5 + [False] * 2


def test_a_full_quota_is_logged_once_a_day(caplog: pytest.LogCaptureFixture) -> None:
    quota = VisitorQuota("misses", 1, 5)
    for day in (NOON.date(), NOON.date() + timedelta(days=1)):
        for _ in range(4):
            quota.try_acquire("203.0.113.5", day)
    assert len(caplog.records) == 2
