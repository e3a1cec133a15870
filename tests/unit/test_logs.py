"""What the log looks like: one line an event, on standard error."""

import io
import logging
import sys
import threading

import pytest

from bot.logs import background_logging, set_up_logging


class _Stalled(io.StringIO):
    """A stream that takes nothing until it is ``open``."""

    def __init__(self) -> None:
        super().__init__()
        self.entered, self.open = threading.Event(), threading.Event()
        self._changed = threading.Condition()

    def write(self, text: str) -> int:
        self.entered.set()
        self.open.wait(30)
        with self._changed:
            written = super().write(text)
            self._changed.notify_all()
        return written

    def wrote(self, text: str) -> bool:
        with self._changed:
            return self._changed.wait_for(lambda: text in self.getvalue(), 30)

    def lines(self) -> list[str]:
        return self.getvalue().splitlines()


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


def test_what_would_not_be_read_as_one_value_stands_in_quotation_marks(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging("INFO")
    extra = {"a": 'x="1"', "b": "two\nlines", "c": None, "d": True, "e": 0.5, "f": "c:\\dir name", "g": "c:\\dir"}
    logging.getLogger("bot").info("%d of them", 3, extra=extra)
    line = capsys.readouterr().err
    assert line.endswith(
        """event="3 of them" a="x=\\"1\\"" b=two\\nlines c= d=true e=0.5 f="c:\\\\dir name" g=c:\\dir\n"""
    )


def test_a_trace_stands_on_the_same_line(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging("INFO")
    try:
        raise ValueError("no")
    except ValueError:
        logging.getLogger("bot").exception("failed")
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1 and 'event=failed exception="Traceback' in lines[0] and "ValueError: no" in lines[0]


def test_lines_written_in_the_background_are_all_there_afterwards_in_their_order(
    capsys: pytest.CaptureFixture[str],
) -> None:
    set_up_logging("INFO")
    log = logging.getLogger("bot")
    with background_logging():
        for number in range(3000):
            log.info("line", extra={"number": number})
    numbers = [line.rpartition("=")[2] for line in capsys.readouterr().err.splitlines()]
    assert numbers == [str(number) for number in range(3000)]


def test_a_stream_that_takes_nothing_holds_up_nobody_and_what_is_lost_is_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stream = _Stalled()
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr("bot.logs.MAX_WAITING", 2)
    set_up_logging("INFO")
    log = logging.getLogger("bot")
    with background_logging():
        log.info("first")
        assert stream.entered.wait(30)  # the thread is stuck with it
        for number in range(5):
            log.warning("line %d", number)
        stream.open.set()
        assert stream.wrote("line 1")
        log.info("last")
    assert [line.split("event=")[1] for line in stream.lines()] == [
        "first",
        '"line 0"',
        '"line 1"',
        "last lost_lines=3",
    ]


def test_what_waits_at_the_end_is_written_although_no_more_lines_may_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = _Stalled()
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr("bot.logs.MAX_WAITING", 2)
    monkeypatch.setattr("bot.logs.STOP_TIMEOUT", 30.0)
    set_up_logging("INFO")
    log = logging.getLogger("bot")
    with background_logging():
        log.info("first")
        assert stream.entered.wait(30)  # the thread is stuck with it
        for number in range(2):
            log.warning("line %d", number)
        threading.Timer(0.1, stream.open.set).start()
    assert [line.split("event=")[1] for line in stream.lines()] == ["first", '"line 0"', '"line 1"']


def test_control_characters_of_strangers_are_spelled_out(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging("INFO")
    logging.getLogger("bot").info("said \x1b[2J", extra={"text": "a\x85b\u2028c\x00"})
    line = capsys.readouterr().err
    assert line.endswith('event="said \\\\x1b[2J" text=a\\x85b\\u2028c\\x00\n')
    assert len(line.splitlines()) == 1


@pytest.mark.parametrize("library", ["telegram.Bot", "telegram.ext.Application", "httpx", "multipart", "sqlalchemy"])
def test_libraries_which_write_whole_messages_are_not_heard_at_debug_and_the_bot_is(
    library: str, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up_logging("DEBUG")
    logging.getLogger(library).debug("parameters: %s", {"text": "成员写的话"})
    logging.getLogger("bot.somewhere").debug("http")
    told = capsys.readouterr().err
    assert "成员写的话" not in told and "event=http" in told
