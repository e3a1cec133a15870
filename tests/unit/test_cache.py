"""A cache starts faster and never costs more than that."""

from pathlib import Path

from bot.cache import FileCache


def test_what_is_kept_comes_back_in_a_folder_for_this_user_alone(tmp_path: Path) -> None:
    cache = FileCache(tmp_path / "data" / "cache")
    assert cache.read("a") is None
    cache.write("a", b"1")
    assert cache.read("a") == b"1"
    for folder in (tmp_path / "data", tmp_path / "data" / "cache"):
        assert folder.stat().st_mode & 0o777 == 0o700
    assert [path.name for path in (tmp_path / "data" / "cache").iterdir()] == ["a"]


def test_what_others_may_have_written_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"planted")
    tmp_path.chmod(0o700)
    assert FileCache(tmp_path).read("a") == b"planted"
    tmp_path.chmod(0o777)
    assert FileCache(tmp_path).read("a") is None


def test_a_folder_that_cannot_be_made_costs_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    cache = FileCache(tmp_path / "file" / "cache")
    cache.write("a", b"1")
    assert cache.read("a") is None
