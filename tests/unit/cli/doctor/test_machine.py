"""What is found of a machine."""

from __future__ import annotations

import http.server
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.cli.doctor.checks import data_folder, meaning, port, space
from bot.config import Settings
from bot.wording import Cli
from bot.wording import Doctor as Wording


def test_a_folder_that_can_be_written_is_left_as_it_was(tmp_path: Path) -> None:
    assert data_folder(tmp_path).mark == "✓"
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_yet_is_not_made(tmp_path: Path) -> None:
    assert data_folder(tmp_path / "a" / "b").mark == "✓"
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_the_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    for folder in (tmp_path / "data", tmp_path / "data" / "deeper"):
        found = data_folder(folder)
        assert (found.mark, found.text) == ("✗", Wording.DATA_BAD.format(reason="Not a directory"))


def test_too_little_space_is_told_with_how_much_there_must_be(tmp_path: Path) -> None:
    assert space(tmp_path, least=1).mark == "✓"
    found = space(tmp_path / "none", least=10**18)
    assert found.mark == "✗"
    assert "1000000000.0 GB" in found.text


def test_a_free_port_is_free_afterwards_too() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        number = taken.getsockname()[1]
    for _ in range(2):
        assert port("127.0.0.1", number, timeout_seconds=1).text == Wording.PORT_OK.format(port=number)


def test_any_free_port_needs_no_check() -> None:
    assert port("127.0.0.1", 0, timeout_seconds=1).mark == "–"


@contextmanager
def answering(status: int, body: bytes) -> Iterator[int]:
    """A port on which every request is answered so."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


OURS = json.dumps({"status": "ok", "knowledge": "v", "database": "ok"}).encode()


@pytest.mark.parametrize(
    ("status", "body", "mark", "sentence"),
    [
        (200, OURS, "✓", Wording.PORT_OURS),
        (503, OURS, "✗", Wording.PORT_SICK),
        (200, b'{"status": "ok"}', "✗", Cli.PORT_TAKEN),
        (200, b"<html>", "✗", Cli.PORT_TAKEN),
        (200, b"[]", "✗", Cli.PORT_TAKEN),
        (200, b"\xff", "✗", Cli.PORT_TAKEN),
    ],
)
def test_a_port_that_is_taken_is_no_fault_where_the_bot_has_it(
    status: int, body: bytes, mark: str, sentence: str
) -> None:
    with answering(status, body) as number:
        found = port("127.0.0.1", number, timeout_seconds=2)
        assert (found.mark, found.text) == (mark, sentence.format(port=number))


def test_who_takes_a_port_and_says_nothing_is_not_waited_for_long() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        number = silent.getsockname()[1]
        assert port("127.0.0.1", number, timeout_seconds=0.05).text == Cli.PORT_TAKEN.format(port=number)


def test_a_host_that_is_not_this_machine_is_told() -> None:
    assert port("192.0.2.1", 8080, timeout_seconds=0.05).text == Cli.HOST_ELSEWHERE.format(host="192.0.2.1")


def test_comparing_by_meaning_may_be_off_or_not_prepared(tmp_path: Path) -> None:
    assert meaning(Settings(meaning=False)).text == Wording.MEANING_OFF
    found = meaning(Settings(meaning=True, data_dir=tmp_path))
    assert (found.mark, found.text in {Wording.MEANING_FRESH, Wording.MEANING_MISSING}) == ("–", True)
