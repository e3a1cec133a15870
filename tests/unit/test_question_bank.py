"""The quiz's questions on what is served stay at hand, however much is looked at beside it."""

from __future__ import annotations

from dataclasses import replace

from bot.question_bank import KEPT, Bank
from tests.unit.library import knowledge


def test_the_questions_on_what_is_served_are_never_let_go() -> None:
    bank, served = Bank(), knowledge()
    questions = bank.on(lambda: served)
    first = questions()
    for number in range(3 * KEPT):
        bank.prepare(replace(served, version=str(number)))
    assert questions() is first


def test_questions_that_were_made_beforehand_are_made_once() -> None:
    bank, following = Bank(), replace(knowledge(), version="next")
    assert bank.prepare(following) is bank.on(lambda: following)()
