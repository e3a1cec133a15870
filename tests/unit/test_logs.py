"""What the log looks like: one line an event, on standard error."""

import logging
from collections.abc import Iterator

import pytest

from bot.logs import set_up_logging


@pytest.fixture(autouse=True)
def log_left_as_it_was() -> Iterator[None]:
    """Logging belongs to the whole process: what a test sets up is taken back."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


def test_a_line_has_its_event_and_its_fields(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging("INFO")
    logging.getLogger("bot.somewhere").info("question", extra={"request_id": "r1"})
    line = capsys.readouterr().err
    assert line.endswith("level=info logger=bot.somewhere event=question request_id=r1\n")


def test_a_line_has_no_terminal_colours(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging("INFO")
    extra = {"color_message": "Started [\x1b[36m%d\x1b[0m]"}
    logging.getLogger("uvicorn.error").info("Started", extra=extra)
    line = capsys.readouterr().err
    assert "event=Started" in line
    assert "color_message" not in line and "\x1b" not in line
