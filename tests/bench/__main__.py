"""Runs every benchmark: ``make bench``."""

from __future__ import annotations

from tests.bench import core, quiz, start, telegram


def main() -> None:
    """Print all figures."""
    for bench in (start, core, telegram, quiz):
        bench.main()


main()
