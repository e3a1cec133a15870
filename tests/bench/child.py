"""A bot in a process of its own, asked on its standard input."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bot.config import ROOT


@contextmanager
def child(*arguments: str, data_dir: Path, **settings: str) -> Iterator[subprocess.Popen[str]]:
    """``python`` with ``arguments`` and ``settings``, its caches in ``data_dir``; ended with the block."""
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "DATA_DIR": str(data_dir), **settings}
    process = subprocess.Popen(
        [sys.executable, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=environment,
        cwd=data_dir,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def ask(process: subprocess.Popen[str], question: str, history: Sequence[str] = ()) -> dict[str, Any]:
    """The record that ``ask --jsonl`` gives for ``question``, asked after the questions of ``history``."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps({"id": "q", "question": question, "history": history}) + "\n")
    process.stdin.flush()
    record: dict[str, Any] = json.loads(process.stdout.readline())
    return record
