"""Threads beside the event loop."""

import asyncio
import sys
import threading
from pathlib import Path

from bot.threads import SWITCH_SECONDS, run_in_thread


async def test_the_interpreter_switches_often_only_while_a_thread_works() -> None:
    usual = sys.getswitchinterval()
    both, over = threading.Barrier(2), threading.Event()

    def work() -> float:
        both.wait(30)
        return sys.getswitchinterval()

    def work_longer() -> float:
        both.wait(30)
        over.wait(30)
        return sys.getswitchinterval()

    longer = asyncio.ensure_future(run_in_thread(work_longer))
    first = await run_in_thread(work)
    over.set()
    second = await longer
    assert {round(first, 6), round(second, 6)} == {SWITCH_SECONDS}
    assert sys.getswitchinterval() == usual


async def test_a_thread_that_fails_leaves_the_interpreter_as_it_was() -> None:
    usual = sys.getswitchinterval()

    def fail() -> None:
        raise OSError("no")

    for _ in range(2):
        try:
            await run_in_thread(fail)
        except OSError as error:
            assert str(error) == "no"
    assert sys.getswitchinterval() == usual


def test_no_feature_computes_in_threads_of_asyncio_which_hold_up_the_event_loop() -> None:
    features = Path(__file__).parents[2] / "bot" / "features"
    found = [file.name for file in features.rglob("*.py") if "to_thread" in file.read_text(encoding="utf-8")]
    assert found == []
