"""What members are called."""

from __future__ import annotations

from collections.abc import Collection

import pytest

from bot.access.member_names import AdminNameRecorder, MemberNameCache, NameRefusedError, shown_name, told_apart
from bot.records.contests import MemberRecord
from bot.wording import Web
from tests.unit.features.contests.fake_store import FakeQuizStore


class CountingStore(FakeQuizStore):
    """Remembers whose names were looked up."""

    def __init__(self, **members: str) -> None:
        super().__init__()
        self.members = members
        self.looked_up: list[set[str]] = []

    async def names(self, members: Collection[str]) -> dict[str, str]:
        self.looked_up.append(set(members))
        return await super().names(members)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("王芳", "王芳"),
        (" 王\x00芳\u202e ", "王芳"),
        ("\ud83d王", "王"),
        ("👩\u200d🌾", "👩🌾"),
        ("王" * 64, "王" * 64),
        ("王" * 65, "王" * 64),
    ],
)
def test_a_name_is_kept_without_what_no_database_keeps(typed: str, kept: str) -> None:
    assert MemberNameCache(FakeQuizStore()).record_seen("telegram:1", typed) == (MemberRecord("telegram:1", kept),)


@pytest.mark.parametrize("typed", ["", " ", "\x00", "\u202e \n"])
def test_a_name_of_which_nothing_can_be_read_is_not_kept(typed: str) -> None:
    assert MemberNameCache(FakeQuizStore()).record_seen("telegram:1", typed) == ()


def test_a_name_that_is_known_is_no_news() -> None:
    names = MemberNameCache(FakeQuizStore())
    assert len(names.record_seen("telegram:1", "王芳")) == 1
    assert names.record_seen("telegram:1", "王芳") == ()
    assert len(names.record_seen("telegram:1", "王芳芳")) == 1


@pytest.mark.parametrize(
    ("typed", "shown"), [("王" * 20, "王" * 20), (" 王\n 芳 ", "王 芳"), ("Ｍａｙ", "May"), ("王芳😀", "王芳😀")]
)
def test_a_typed_name_is_shown_in_one_line(typed: str, shown: str) -> None:
    assert shown_name(typed) == shown


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ("王" * 21, Web.NAME_LONG.format(limit=20)),
        ("王<b>", Web.NAME_MARKS),
        ("王\\", Web.NAME_MARKS),
        ("", Web.NAME_EMPTY),
        ("……", Web.NAME_EMPTY),
    ],
)
def test_a_typed_name_that_cannot_be_shown_is_refused(typed: str, refusal: str) -> None:
    with pytest.raises(NameRefusedError) as refused:
        shown_name(typed)
    assert str(refused.value) == refusal


def test_members_of_one_name_have_a_number_that_no_version_of_the_program_changes() -> None:
    names = {"telegram:1": "王芳", "telegram:2": "王芳", "telegram:3": "小波", "telegram:4": ""}
    assert told_apart(names, "无名") == {
        "telegram:1": "王芳#691",
        "telegram:2": "王芳#166",
        "telegram:3": "小波",
        "telegram:4": "无名",
    }


async def test_the_store_is_asked_only_for_names_that_are_not_known() -> None:
    store = CountingStore(b="小波", c="小程")
    names = MemberNameCache(store)
    names.record_seen("a", "安安")
    assert await names.names_of(["a", "b", "nobody"]) == {"a": "安安", "b": "小波"}
    assert await names.names_of(["a", "b", "c"]) == {"a": "安安", "b": "小波", "c": "小程"}
    assert await names.names_of(["a", "b", "c"]) == {"a": "安安", "b": "小波", "c": "小程"}
    assert store.looked_up == [{"b", "nobody"}, {"c"}]


async def test_as_many_names_as_the_limit_are_known_and_the_one_seen_longest_ago_goes_first() -> None:
    store = CountingStore()
    names = MemberNameCache(store, limit=2)
    for member in "ab":
        names.record_seen(member, member)
    assert await names.names_of("ab") == {"a": "a", "b": "b"}
    assert store.looked_up == []
    names.record_seen("a", "另一个名字")
    names.record_seen("c", "c")
    assert await names.names_of("abc") == {"a": "另一个名字", "c": "c"}
    assert store.looked_up == [{"b"}]


async def test_a_member_who_is_forgotten_is_asked_for_again() -> None:
    store = CountingStore()
    names = MemberNameCache(store)
    names.record_seen("a", "安安")
    names.forget("a")
    names.forget("nobody")
    assert await names.names_of("a") == {}
    assert store.looked_up == [{"a"}]
    assert len(names.record_seen("a", "安安")) == 1


async def test_what_an_admin_is_called_is_saved_if_it_is_new() -> None:
    store = FakeQuizStore()
    recorder = AdminNameRecorder(store)
    await recorder.record_seen("telegram:1", "王芳")
    assert store.members == {"telegram:1": "王芳"}
    store.members.clear()
    await recorder.record_seen("telegram:1", "王芳")
    assert store.members == {}
    await recorder.record_seen("telegram:1", "王芳芳")
    assert store.members == {"telegram:1": "王芳芳"}


async def test_the_name_of_an_admin_that_could_not_be_saved_is_saved_the_next_time() -> None:
    store = FakeQuizStore()
    recorder = AdminNameRecorder(store)
    store.broken = True
    await recorder.record_seen("telegram:1", "王芳")
    store.broken = False
    await recorder.record_seen("telegram:1", "王芳")
    assert store.members == {"telegram:1": "王芳"}
