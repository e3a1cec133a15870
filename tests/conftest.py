"""What holds for all tests."""

from __future__ import annotations

import os

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
