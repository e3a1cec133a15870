"""Who may do what, for any roles and owners."""

from __future__ import annotations

import asyncio
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.access.roles import GRANTABLE, ROLES, RolePolicy
from bot.records.roles import Role, RoleRecord
from tests.unit.features.roles.fixtures import EDITOR, NOON, OWNER, FakeRolesAndAudit

MEMBERS = st.sampled_from(["telegram:1", "telegram:2", "wecom:zhang", "web:ab"])
GIVEN = st.dictionaries(MEMBERS, st.sampled_from(GRANTABLE))
OWNERS = st.sets(MEMBERS)


def may(rights: RolePolicy, member: str, needed: Role) -> bool:
    return asyncio.run(rights.may(member, needed))


@given(GIVEN, OWNERS, MEMBERS)
def test_who_may_do_more_may_do_less(given: dict[str, Role], owners: set[str], member: str) -> None:
    rights = RolePolicy(sorted(owners), FakeRolesAndAudit(given).roles)
    allowed = [may(rights, member, role) for role in ROLES]
    assert allowed == sorted(allowed, reverse=True)


@given(GIVEN, OWNERS, MEMBERS)
def test_an_owner_may_do_everything_and_nobody_else_what_takes_one(
    given: dict[str, Role], owners: set[str], member: str
) -> None:
    rights = RolePolicy(sorted(owners), FakeRolesAndAudit(given).roles)
    assert may(rights, member, "owner") == (member in owners)


@given(GIVEN, OWNERS, MEMBERS)
def test_without_a_role_nothing_is_allowed_and_with_one_what_it_says(
    given: dict[str, Role], owners: set[str], member: str
) -> None:
    rights = RolePolicy(sorted(owners), FakeRolesAndAudit(given).roles)
    if member not in owners:
        assert may(rights, member, "host") == (member in given)
        assert may(rights, member, "editor") == (given.get(member) == "editor")


@given(GIVEN, OWNERS, MEMBERS, st.sampled_from(ROLES))
def test_roles_that_cannot_be_read_are_none_but_owners_need_no_store(
    given: dict[str, Role], owners: set[str], member: str, needed: Role
) -> None:
    role_store = FakeRolesAndAudit(given)
    role_store.unreadable = True
    assert may(RolePolicy(sorted(owners), role_store.roles), member, needed) == (member in owners)


@pytest.mark.parametrize("stored", ["owner", "root", ""])
async def test_a_store_makes_nobody_an_owner_and_knows_no_other_roles(stored: str) -> None:
    role_store = FakeRolesAndAudit()
    role_store.given[EDITOR] = RoleRecord(EDITOR, cast(Role, stored), EDITOR, NOON)
    assert await RolePolicy([OWNER], role_store.roles).role_of(EDITOR) is None


@pytest.mark.parametrize("alike", ["telegram:10", "telegram:1 ", "Telegram:1", "wecom:1", "1", ""])
async def test_a_key_that_looks_like_an_owners_is_none(alike: str) -> None:
    assert not await RolePolicy([OWNER], FakeRolesAndAudit().roles).may(alike, "host")
