"""How much is read as meant of what somebody typed who had not seen the grammars: ``tests/eval`` has the lines."""

from __future__ import annotations

import json
from typing import Any

from bot.config import ROOT
from bot.conversation.answer_parser import options_by_words, parse_options
from bot.conversation.commands import command_of
from bot.conversation.wants import want_of
from bot.conversation.wish_parser import parse_wish

LEAST = 0.95
MEANT = {"answer": "show", None: "unclear"}
WANTED = {"review": "wrong", "again": "quiz", "contest": "quiz"}


def lines(name: str) -> list[dict[str, Any]]:
    text = (ROOT / "tests" / "eval" / f"{name}.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def read(typed: str, options: list[str]) -> object:
    worded = options_by_words(typed, options)
    found = worded or parse_wish(typed) or parse_options(typed, options)
    return list(found) if isinstance(found, tuple) else MEANT.get(found, found)


def test_nearly_all_of_what_is_typed_while_a_question_waits_is_read_as_meant() -> None:
    cases = lines("typed-answers")
    wrong = [case["typed"] for case in cases if read(case["typed"], case["options"]) != case["meant"]]
    assert 1 - len(wrong) / len(cases) >= LEAST, wrong


def test_nearly_all_that_want_to_play_get_what_they_want() -> None:
    cases = lines("wants")
    wrong = []
    for case in cases:
        command = command_of(case["say"]) or want_of(case["say"])
        if command is None or command.name != WANTED.get(case["wants"], case["wants"]):
            wrong.append(case["say"])
    assert 1 - len(wrong) / len(cases) >= LEAST, wrong
