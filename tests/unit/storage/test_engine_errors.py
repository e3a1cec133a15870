"""Each error of a driver says how to mend it, and nothing that is nobody's business."""

from __future__ import annotations

import errno
import sqlite3
import traceback
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from bot.errors import StorageError
from bot.storage.engine import OutageError, storage_error, storage_errors
from bot.wording import Storage


class ServerError(Exception):
    """Shaped like asyncpg's: a code of five characters, and a text that tells too much."""

    def __init__(self, sqlstate: str) -> None:
        super().__init__("user geheim, row (什么是三级联创)")
        self.sqlstate = sqlstate


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("53100", Storage.DISK_FULL),
        ("53300", Storage.UNREACHABLE),
        ("28P01", Storage.NO_ACCESS),
        ("3D000", Storage.NO_ACCESS),
        ("42501", Storage.NO_ACCESS),
        ("40P01", Storage.LOCKED),
        ("55P03", Storage.LOCKED),
        ("08006", Storage.UNREACHABLE),
        ("57P03", Storage.UNREACHABLE),
        ("25006", Storage.UNREACHABLE),
    ],
)
def test_a_code_of_postgresql_says_how_to_mend_it(code: str, sentence: str) -> None:
    found = storage_error(OperationalError("INSERT …", {}, ServerError(code)))
    assert str(found) == sentence
    assert isinstance(found, OutageError)


def test_a_refused_row_is_no_outage() -> None:
    found = storage_error(IntegrityError("INSERT …", {}, ServerError("23502")))
    assert str(found) == Storage.REFUSED
    assert not isinstance(found, OutageError)


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (OSError(errno.ENOSPC, "no space"), Storage.DISK_FULL),
        (OSError(errno.EIO, "input/output"), Storage.DISK_FAULT),
        (PermissionError(errno.EACCES, "denied"), Storage.NOT_WRITABLE),
        (OSError(errno.EROFS, "read-only"), Storage.NOT_WRITABLE),
        (ConnectionRefusedError(errno.ECONNREFUSED, "refused"), Storage.UNREACHABLE),
        (TimeoutError(), Storage.UNREACHABLE),
        (PoolTimeoutError("no connection free"), Storage.LOCKED),
    ],
)
def test_an_error_of_system_or_pool_says_how_to_mend_it(error: Exception, sentence: str) -> None:
    assert str(storage_error(error)) == sentence


def test_sqlite_that_finds_no_file_says_to_check_the_folder(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="DATA_DIR"), storage_errors():
        sqlite3.connect(tmp_path / "nowhere" / "bot.sqlite3")


def test_the_traceback_has_the_kind_and_code_but_no_word_of_the_original() -> None:
    with pytest.raises(StorageError) as caught, storage_errors():
        raise OperationalError("INSERT …", {}, ServerError("53100"))
    shown = "".join(traceback.format_exception(caught.value))
    assert "driver: OperationalError ServerError 53100" in shown
    assert "geheim" not in shown
    assert "什么是三级联创" not in shown


def test_our_own_mistakes_and_storage_errors_pass_as_they_are() -> None:
    with pytest.raises(KeyError), storage_errors():
        raise KeyError("ours")
    known = StorageError("known")
    with pytest.raises(StorageError) as caught, storage_errors():
        raise known
    assert caught.value is known
