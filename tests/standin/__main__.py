"""Run the stand-in on its own: ``python -m tests.standin --port 0`` prints its address and serves."""

from __future__ import annotations

import argparse
import time

from tests.standin.clock import Clock
from tests.standin.server import create_server, open_socket


def main() -> None:
    """Read the port, print the address as the first line, serve until stopped."""
    parser = argparse.ArgumentParser(prog="python -m tests.standin", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    listening = open_socket(parser.parse_args().port)
    print(f"http://127.0.0.1:{listening.getsockname()[1]}", flush=True)  # noqa: T201  # the address is the output
    create_server(Clock(time.time), owns_process=True).run([listening])


if __name__ == "__main__":
    main()
