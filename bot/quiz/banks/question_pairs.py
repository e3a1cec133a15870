"""Questions and answers that take turns, a line each, without options and labels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.quiz.banks.interpret import RawQuestion, count_blanks
from bot.quiz.banks.model import BankFault, Place
from bot.quiz.banks.paper_lines import LABEL, NUMBER, OPTION, SECTION
from bot.text import shorten
from bot.wording import Banks

_LONG_STEM: Final = 12
_LONG_ANSWER: Final = 30
_ALONE: Final = 2.5  # of a line without its other half
_PAIRED: Final = 0.7


def read_pairs(lines: Sequence[str], place: Place) -> list[RawQuestion | BankFault] | None:
    """Questions and answers, a line each, without options and labels; None if the text is not made of these."""
    said = [(number, line) for number, line in enumerate(lines, start=1) if line]
    if len(said) < 2 or any(_is_structured(line) or SECTION.fullmatch(line) for _, line in said):
        return None
    if not any(count_blanks(line) or line.endswith(("？", "?")) for _, line in said):
        return None
    doubts = [(_doubt_as_question(line), _doubt_as_answer(line)) for _, line in said]
    pairs = _paired(doubts)
    if 2 * len(pairs) < _PAIRED * len(said):
        return None
    found: list[RawQuestion | BankFault] = []
    at = 0
    while at < len(said):
        number, line = said[at]
        if at in pairs:
            answer = _plain_answer(_unnumbered(said[at + 1][1]))
            found.append(RawQuestion(place(number), _unnumbered(line), kind="fill", answer=answer))
        elif doubts[at][0] < 1:
            found.append(RawQuestion(place(number), _unnumbered(line), kind="fill"))
        else:
            found.append(BankFault(place(number), Banks.NOT_A_QUESTION.format(text=shorten(line, 30))))
        at += 2 if at in pairs else 1
    return found


def _paired(doubts: Sequence[tuple[float, float]]) -> set[int]:
    """Which lines are questions with the next line as their answer, so that there is least doubt in all."""
    costs: list[tuple[float, bool]] = [(0.0, False)] * (len(doubts) + 1)
    costs.append((float("inf"), False))
    for at in range(len(doubts) - 1, -1, -1):
        alone = costs[at + 1][0] + _ALONE
        pair = costs[at + 2][0] + doubts[at][0] + doubts[at + 1][1] if at + 1 < len(doubts) else float("inf")
        costs[at] = (min(alone, pair), pair <= alone)
    found, at = set[int](), 0
    while at < len(doubts):
        if costs[at][1]:
            found.add(at)
        at += 2 if costs[at][1] else 1
    return found


def _doubt_as_question(line: str) -> float:
    """How little ``line`` looks like a question: 0 not at all."""
    if count_blanks(line):
        return 0
    if line.endswith(("是。", "为。", "？", "?", "是", "为", "：", ":")) or NUMBER.match(line):
        return 0.3
    return 0.8 if len(line) > _LONG_STEM else 1.6


def _doubt_as_answer(line: str) -> float:
    if count_blanks(line):
        return 4
    if line.endswith(("？", "?", "是。", "为。")):
        return 2
    return 0.7 if len(line) > _LONG_ANSWER else 0


def _unnumbered(line: str) -> str:
    found = NUMBER.match(line)
    return line[found.end() :] if found and (found[1] or found[2] or not line[found.end() :][:1].isdecimal()) else line


def _plain_answer(line: str) -> str:
    label = LABEL.match(line)
    line = line[label.end() :] if label else line
    return line.strip("。. ") if line.count("。") == 1 and line.endswith("。") else line


def _is_structured(line: str) -> bool:
    return bool(OPTION.match(line) or LABEL.match(line))
