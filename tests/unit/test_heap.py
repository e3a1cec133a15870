"""What is loaded at the start is not looked through again."""

from __future__ import annotations

import gc
from weakref import ref

from bot.app import freeze_heap


class Loaded:
    """Something that was loaded."""


def test_what_is_there_is_left_alone_by_the_collector_and_freed_when_it_is_dropped() -> None:
    loaded: list[Loaded] = [Loaded()]
    seen = ref(loaded[0])
    freeze_heap()
    try:
        assert all(found is not loaded for found in gc.get_objects())
        loaded.clear()
        assert seen() is None
    finally:
        gc.unfreeze()
