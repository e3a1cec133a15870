"""What is written is there whole, or what was there before is."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.files import write_whole


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def rights(file: Path) -> int:
    return file.stat().st_mode & 0o777


def test_a_file_is_replaced_and_keeps_its_rights_and_nothing_else_is_left(tmp_path: Path) -> None:
    file = tmp_path / "points.yaml"
    file.write_bytes(b"old")
    file.chmod(0o604)
    write_whole(file, b"new")
    assert (file.read_bytes(), rights(file), names_in(tmp_path)) == (b"new", 0o604, ["points.yaml"])


def test_a_link_stays_and_its_target_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    target = tmp_path / "elsewhere" / "source.txt"
    target.write_bytes(b"old")
    (tmp_path / "source.txt").symlink_to(target)
    write_whole(tmp_path / "source.txt", b"new")
    assert (tmp_path / "source.txt").is_symlink()
    assert target.read_bytes() == b"new"


@pytest.mark.parametrize("there", [True, False])
def test_a_private_file_is_for_this_user_alone(tmp_path: Path, *, there: bool) -> None:
    file = tmp_path / "vectors"
    if there:
        file.write_bytes(b"old")
        file.chmod(0o644)
    write_whole(file, b"new", private=True)
    assert rights(file) == 0o600


def test_a_full_disk_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "points.yaml"
    file.write_bytes(b"old")

    def full(*_: object) -> None:
        raise OSError(28, "full")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="full"):
        write_whole(file, b"new")
    assert (file.read_bytes(), names_in(tmp_path)) == (b"old", ["points.yaml"])


def test_a_folder_in_the_place_of_the_file_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "points.yaml").mkdir()
    with pytest.raises(OSError, match=os.strerror(21)):
        write_whole(tmp_path / "points.yaml", b"new")
    assert names_in(tmp_path) == ["points.yaml"]
