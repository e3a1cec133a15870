"""What holds for all tests."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator

import pytest
from hypothesis import settings


def pytest_configure(config: pytest.Config) -> None:
    """No test asserts a time, so no generated example may either: a busy machine is no fault of what is tested."""
    settings.register_profile("without deadline", deadline=None)
    settings.register_profile("quick", deadline=None, max_examples=20)
    # a checkout is judged twice alike; what chance finds is found at the desk, and becomes an @example
    settings.register_profile("the same every time", deadline=None, derandomize=True)
    settings.load_profile("the same every time" if os.environ.get("CI") else "without deadline")
    # --hypothesis-profile names another one


@pytest.fixture(autouse=True)
def logging_left_as_it_was() -> Iterator[None]:
    """Logging belongs to the whole process: what a command run within a test sets up is taken back after it."""
    root, bot = logging.getLogger(), logging.getLogger("bot")
    handlers, levels = root.handlers[:], (root.level, bot.level)
    yield
    root.handlers[:] = handlers
    root.setLevel(levels[0])
    bot.setLevel(levels[1])
