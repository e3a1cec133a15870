"""Runs every benchmark, or those named: ``make bench``, ``python -m tests.bench compare --sets FILE``."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable
from functools import partial
from pathlib import Path

from tests.bench import compare, core, page, papers, quiz, reload, room, size, source, start, telegram, typos, web


def main() -> None:
    """Print the figures asked for."""
    parser = ArgumentParser(prog="python -m tests.bench", description=__doc__)
    names = (
        "start",
        "core",
        "telegram",
        "quiz",
        "reload",
        "web",
        "page",
        "room",
        "papers",
        "typos",
        "compare",
        "source",
        "size",
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(names)}; without one, all")
    parser.add_argument("--sets", nargs="+", type=Path, default=[], help="further questions for compare, JSONL")
    parser.add_argument(
        "--documents", nargs="+", type=Path, default=[], help="for source: folders with source.txt and questions.jsonl"
    )
    parser.add_argument("--sizes", nargs="+", type=int, default=size.SIZES, help="for size: sentences of a document")
    asked = parser.parse_args()
    mains: tuple[Callable[[], None], ...] = (
        start.main,
        core.main,
        telegram.main,
        quiz.main,
        reload.main,
        web.main,
        page.main,
        room.main,
        papers.main,
        typos.main,
        partial(compare.main, asked.sets),
        partial(source.main, asked.documents),
        partial(size.main, asked.sizes),
    )
    benches = dict(zip(names, mains, strict=True))
    if unknown := set(asked.names) - set(names):
        parser.error(f"no benchmark is called {', '.join(sorted(unknown))}")
    for name in asked.names or names:
        benches[name]()


if __name__ == "__main__":
    main()
