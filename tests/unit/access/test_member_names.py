"""What members are called."""

import pytest

from bot.access.member_names import MAX_NAME, Names
from tests.unit.features.contests.quiz_store import FakeQuizStore


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("王芳", "王芳"), (" 王\x00芳\u202e ", "王芳"), ("\ud83d王", "王"), ("👩‍🌾" + "王" * 99, None), ("\x00", None)],
)
def test_a_name_is_kept_without_what_no_database_keeps(typed: str, kept: str | None) -> None:
    rows = Names(FakeQuizStore()).met("telegram:1", typed)
    if kept is not None:
        assert [row.name for row in rows] == [kept]
    assert all(len(row.name) <= MAX_NAME and row.name.isprintable() for row in rows)


def test_a_name_that_is_known_is_no_news() -> None:
    names = Names(FakeQuizStore())
    assert len(names.met("telegram:1", "王芳")) == 1
    assert names.met("telegram:1", "王芳") == ()
    assert len(names.met("telegram:1", "王芳芳")) == 1
