"""The quiz's questions on what is served stay at hand, however much is looked at beside it."""

from __future__ import annotations

from dataclasses import replace

from bot.question_bank import KEPT, QuestionBankCache
from tests.unit.library import knowledge


def test_the_questions_on_what_is_served_are_never_let_go() -> None:
    bank, served = QuestionBankCache(), knowledge()
    questions = bank.questions_of(lambda: served)
    first = questions()
    for number in range(3 * KEPT):
        bank.prepare(replace(served, version=str(number)))
    assert questions() is first


def test_questions_that_were_made_beforehand_are_made_once() -> None:
    bank, following = QuestionBankCache(), replace(knowledge(), version="next")
    assert bank.prepare(following) is bank.questions_of(lambda: following)()
