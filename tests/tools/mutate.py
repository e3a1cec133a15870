"""Puts small faults into single modules and tells which of them the nearest tests do not notice.

``python -m tests.tools.mutate`` works in a copy of the tree: one changed comparison, condition, number, sign or
dropped call at a time, then the tests beside the module. What survives is printed: an assertion is missing there, or
the change makes no difference (a bound that is never met exactly, a cache that is only faster). ``--half 0`` and
``--half 1`` do half of the modules each, ``--only NAME`` those with NAME in their path.
"""

from __future__ import annotations

import ast
import contextlib
import importlib
import importlib.util
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
COUNT = 96
PATIENCE = 600.0  # seconds for the tests of a module without any fault
LONGER = 3.0  # times as long may they take with one, and a minute in any case; a fault that makes them hang is noticed
LIBRARIES = (
    *("aiosqlite", "alembic.command", "bm25s", "docx", "fsrs", "httpx", "hypothesis.strategies", "jieba", "jinja2"),
    *("numpy", "opencc", "pytest_asyncio.plugin"),
    *("pydantic_settings", "pypinyin", "rapidfuzz", "sqlalchemy.ext.asyncio", "starlette.applications", "structlog"),
    *("telegram.ext", "typer", "uvicorn", "watchfiles", "yaml"),
)
NOT_COPIED = (".venv", ".git", "data", ".hypothesis", ".mypy_cache", ".ruff_cache", ".pytest_cache", "__pycache__")
CONTESTS = "tests/unit/features/contests"

PAIRS: dict[str, tuple[str, ...]] = {
    "bot/access/member_names.py": ("tests/unit/access/test_member_names.py",),
    "bot/contests/persistence.py": (
        f"{CONTESTS}/test_persistence.py",
        f"{CONTESTS}/test_persistence_retry.py",
        f"{CONTESTS}/test_restart.py",
    ),
    "bot/channels/telegram/receive/polling.py": (
        "tests/unit/channels/test_telegram_update_log.py",
        "tests/unit/channels/test_telegram_polling.py",
    ),
    "bot/conversation/rate_limit.py": (
        "tests/unit/conversation/test_rate_limit.py",
        "tests/unit/conversation/test_rate_limit_notices.py",
    ),
    "bot/access/quotas.py": ("tests/unit/access/test_quotas.py",),
    "bot/chats/quiet_hours.py": ("tests/unit/chats/test_quiet_hours.py",),
    "bot/conversation/commands.py": ("tests/unit/conversation/test_commands.py",),
    "bot/features/contests/polls.py": (f"{CONTESTS}/test_contests.py", f"{CONTESTS}/test_restart.py"),
    "bot/chats/scheduler.py": ("tests/unit/chats/test_scheduler.py", f"{CONTESTS}/test_daily_question.py"),
    "bot/features/answers/judgement_queue.py": ("tests/unit/features/answers/test_judgement_queue.py",),
    "bot/features/announcements/outbox.py": ("tests/unit/features/announcements/test_announcements.py",),
    "bot/features/unanswered/resolution.py": ("tests/unit/features/unanswered",),
    "bot/features/knowledge_versions/version_manager.py": ("tests/unit/features/knowledge_versions",),
    "bot/storage/repository.py": (
        "tests/unit/storage/test_writer.py",
        "tests/unit/storage/test_unit_of_work.py",
        "tests/unit/storage/test_store.py",
        "tests/unit/storage/test_contests.py",
        "tests/unit/storage/test_versions.py",
    ),
    "bot/quiz/contest/scoring.py": (
        "tests/unit/quiz/test_scoring.py",
        "tests/unit/quiz/test_engine.py",
        "tests/unit/quiz/test_hosted.py",
    ),
    "bot/quiz/contest/engine.py": (
        "tests/unit/quiz/test_engine.py",
        "tests/unit/quiz/test_engine_model.py",
        "tests/unit/quiz/test_hosted.py",
    ),
    "bot/retrieval/premises/passage.py": ("tests/unit/retrieval/test_asked.py", "tests/unit/retrieval/test_claims.py"),
    "bot/retrieval/premises/claims.py": ("tests/unit/retrieval/test_claims.py",),
    "bot/retrieval/premises/document.py": ("tests/unit/retrieval/test_premise.py",),
    "bot/retrieval/normalize/numerals.py": ("tests/unit/retrieval/test_numerals.py",),
    "bot/knowledge/edit/yaml_insert.py": (
        "tests/unit/knowledge/test_amend.py",
        "tests/unit/knowledge/test_amend_properties.py",
    ),
    "bot/channels/telegram/receive/parse_update.py": (
        "tests/unit/channels/test_telegram_parse_update.py",
        "tests/unit/channels/test_telegram_handler.py",
    ),
    "bot/channels/telegram/receive/per_chat_queue.py": ("tests/unit/channels/test_telegram_per_chat_queue.py",),
    "bot/channels/telegram/send/rate_limit.py": ("tests/unit/channels/test_telegram_rate_limit.py",),
    "bot/channels/web/sessions.py": (
        "tests/unit/channels/test_web_operator_routes.py",
        "tests/unit/channels/test_web_chat.py",
        "tests/unit/channels/test_web_sessions.py",
    ),
}
"""A module, and the test files or folders that should notice a fault in it."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """A module with one fault. ``kind`` says what was done to ``before`` on that line."""

    line: int
    kind: str
    before: str
    source: str

    def __str__(self) -> str:
        return f"{self.line}: {self.kind}: {self.before}"


Fault = tuple[str, ast.expr | ast.stmt, Callable[[], None]]
"""Its kind, where it is shown, and what makes it."""
SWAPPED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}


def faults(tree: ast.Module) -> list[Fault]:
    """All that can be made in ``tree``, in the order of ``ast.walk``."""
    return [fault for node in ast.walk(tree) if (fault := _fault(node)) is not None]


def _fault(node: ast.AST) -> Fault | None:
    found: Fault | None = None
    match node:
        case ast.Compare(ops=[op]):
            found = "another comparison", node, partial(setattr, node, "ops", [SWAPPED[type(op)]()])
        case ast.BoolOp():
            other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
            found = "and for or", node, partial(setattr, node, "op", other)
        case ast.If():
            found = "if not", node.test, partial(setattr, node, "test", ast.UnaryOp(ast.Not(), node.test))
        case ast.Constant(value=bool(truth)):
            found = "the other truth", node, partial(setattr, node, "value", not truth)
        case ast.Constant(value=int(number)):
            found = "one more", node, partial(setattr, node, "value", number + 1)
        case ast.BinOp(op=ast.Add() | ast.Sub()):
            sign = ast.Sub() if isinstance(node.op, ast.Add) else ast.Add()
            found = "the other sign", node, partial(setattr, node, "op", sign)
        case ast.Expr(value=ast.Call() | ast.Await()):
            found = "not called", node, partial(setattr, node, "value", ast.Constant(value=None))
    return found


def mutants(source: str, count: int, rng: random.Random) -> Iterator[Mutant]:
    """So many different mutants of ``source``, or as many as there are."""
    size = len(faults(ast.parse(source)))
    for number in rng.sample(range(size), min(count, size)):
        tree = ast.parse(source)
        kind, node, apply = faults(tree)[number]
        line, before = node.lineno, " ".join(ast.unparse(node).split())[:90]
        apply()
        yield Mutant(line, kind, before, ast.unparse(ast.fix_missing_locations(tree)))


def shares(count: int) -> dict[str, int]:
    """How many of ``count`` mutants each module gets: as many as all others, the first ones one more."""
    each, more = divmod(count, len(PAIRS))
    return {module: each + (number < more) for number, module in enumerate(PAIRS)}


def load_libraries() -> None:
    """Import what most tests need, so that the process of each mutant begins with it; nothing of bot or tests."""
    for name in LIBRARIES:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)


def survives(folder: Path, tests: tuple[str, ...], patience: float) -> bool:
    """Whether ``tests`` pass on the tree in ``folder`` within so many seconds, in a process forked from this one."""
    child = os.fork()
    if child == 0:
        os._exit(_run(folder, tests))
    deadline = time.monotonic() + patience
    while True:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status) == 0
        if time.monotonic() > deadline:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            print(f"noticed only by {patience:.0f} s without an end: {' '.join(tests)}", flush=True)
            return False
        time.sleep(0.05)


def _write(module: Path, source: str) -> None:
    """Write ``source``, and let Python compile it anew even if it is as long as the one of a moment ago."""
    module.write_text(source, encoding="utf-8")
    Path(importlib.util.cache_from_source(str(module))).unlink(missing_ok=True)


def _run(folder: Path, tests: tuple[str, ...]) -> int:
    """The exit status of pytest, without a word."""
    for name in [name for name in sys.modules if name.split(".")[0] in {"bot", "tests"}]:
        del sys.modules[name]
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in range(3):
        os.dup2(nowhere, number)
    sys.dont_write_bytecode = False  # or the test files would be compiled anew for each mutant
    os.chdir(folder)
    os.environ["PYTHONPATH"] = str(folder)  # of processes that tests start
    sys.path.insert(0, str(folder))
    options = ("-x", "-q", "-p", "no:cacheprovider", "-W", "ignore::pytest.PytestAssertRewriteWarning")
    return int(pytest.main([*options, *tests]))


def main() -> None:
    """Make the mutants and print the survivors."""
    parser = ArgumentParser(prog="python -m tests.tools.mutate", description=__doc__)
    parser.add_argument("--count", type=int, default=COUNT, help=f"mutants of all modules together; {COUNT}")
    parser.add_argument("--seed", type=int, default=7, help="another one makes other mutants")
    parser.add_argument("--half", type=int, choices=(0, 1), help="every second module")
    parser.add_argument("--only", default="", metavar="NAME", help="modules with this in their path")
    asked = parser.parse_args()
    parts = [
        (module, share)
        for number, (module, share) in enumerate(shares(asked.count).items())
        if asked.half in {None, number % 2} and asked.only in module
    ]
    made, survivors = 0, 0
    load_libraries()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(*NOT_COPIED))
        for module, share in parts:
            path, source = copy / module, (copy / module).read_text(encoding="utf-8")
            begun = time.monotonic()
            if not survives(copy, PAIRS[module], PATIENCE):
                print(f"left out  {module}: its tests fail without any fault: {' '.join(PAIRS[module])}", flush=True)
                continue
            patience = max(LONGER * (time.monotonic() - begun), 60.0)
            for mutant in mutants(source, share, random.Random(f"{asked.seed} {module}")):
                _write(path, mutant.source)
                made += 1
                if survives(copy, PAIRS[module], patience):
                    survivors += 1
                    print(f"survived  {module}:{mutant}", flush=True)
            _write(path, source)
    print(f"{made - survivors} of {made} mutants were noticed")


if __name__ == "__main__":
    main()
