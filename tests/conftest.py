"""What holds for all tests."""

from __future__ import annotations

import pytest
from hypothesis import settings


def pytest_configure(config: pytest.Config) -> None:
    """No test asserts a time, so no generated example may either: a busy machine is no fault of what is tested."""
    settings.register_profile("without deadline", deadline=None)
    settings.register_profile("quick", deadline=None, max_examples=20)
    settings.load_profile("without deadline")  # --hypothesis-profile names another one
