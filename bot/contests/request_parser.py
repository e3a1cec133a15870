"""What members write behind /quiz and /daily → what they want. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from bot.errors import UnknownPointError
from bot.knowledge.model import Knowledge, Point
from bot.quiz.contest.state import Mode, Scoring, Setup
from bot.quiz.question import Question
from bot.saved_banks import bank_name
from bot.text import clean, squash
from bot.wording import Contests as Wording

COUNT: Final = 10
MAX_COUNT: Final = 50
SECONDS: Final = 20
LEAST_SECONDS: Final = 5  # Telegram's shortest poll
MOST_SECONDS: Final = 600
MIN_TOPIC: Final = 2  # characters of a topic that is shown as an example
MAX_TOPIC: Final = 4
_NUMBER = re.compile(r"(\d{1,6})(?:题|道|秒|s)?")
_MODES: Mapping[str, Mode] = {
    "竞赛": "contest",
    "挑战": "challenge",
    "抢答": "buzzer",
    "分队": "teams",
    "团队": "teams",
    "红蓝": "teams",
}
_SPEED = frozenset({"速度", "速度分", "比快", "算速度分"})
_NO_SPEED = frozenset({"不比快", "不算速度分"})
PLAYABLE: Final[tuple[Mode, ...]] = ("contest", "challenge", "buzzer", "teams")
"""What a member may start; the daily question comes by itself."""
TOGETHER: Final[frozenset[Mode]] = frozenset({"buzzer", "teams"})
"""What one person alone cannot play."""

_BANK = re.compile(rf"{Wording.BANK_WORD}(?:$|[\s:：]+(.*))")


@dataclass(frozen=True, slots=True)
class QuizRequest:
    """A contest as somebody wants it: so many questions, seconds for each, on a topic."""

    count: int = COUNT
    seconds: int = SECONDS
    mode: Mode = "contest"
    scoring: Scoring = "right"
    topic: str = ""

    @property
    def is_possible(self) -> bool:
        """Whether the numbers are within what can be played."""
        return 1 <= self.count <= MAX_COUNT and LEAST_SECONDS <= self.seconds <= MOST_SECONDS


def wanted_of(text: str, usual: QuizRequest) -> QuizRequest:
    """What ``5 20 就业`` or ``抢答 10`` wants: the first number counts questions, the second seconds.

    What is not said is as in ``usual``.
    """
    numbers: list[int] = []
    mode, scoring = usual.mode, usual.scoring
    topic: list[str] = []
    for word in text.split():
        spelled = clean(word)
        number = _NUMBER.fullmatch(spelled)
        if number is not None and len(numbers) < 2:
            numbers.append(int(number[1]))
        elif spelled in _MODES:
            mode = _MODES[spelled]
        elif spelled in _SPEED:
            scoring = "speed"
        elif spelled in _NO_SPEED:
            scoring = "right"
        else:
            topic.append(word)
    count, seconds = [*numbers, *(usual.count, usual.seconds)[len(numbers) :]]
    return QuizRequest(count, seconds, mode, scoring, " ".join(topic))


def bank_of(topic: str) -> str | None:
    """The name behind 题库, which may be empty; None if ``topic`` is no bank but a topic."""
    found = _BANK.fullmatch(topic.strip())
    return None if found is None else bank_name(found[1]) if found[1] else ""


def again(setup: Setup) -> QuizRequest:
    """The same as was played before."""
    rules = setup.rules
    return QuizRequest(len(setup.questions), rules.seconds, rules.mode, rules.scoring, setup.topic)


def example_topic(points: Iterable[Point]) -> str:
    """A short topic that one of ``points`` is known by; nothing if there is none."""
    aliases = (alias for point in points for alias in point.aliases)
    return next((alias for alias in aliases if MIN_TOPIC <= len(alias) <= MAX_TOPIC and not alias.isascii()), "")


def passages_of(knowledge: Knowledge, bank: Iterable[Question]) -> Iterator[Point]:
    """The passages that questions rest on where no curated point does."""
    for question in bank:
        with suppress(UnknownPointError):
            point = knowledge.point(question.point)
            if knowledge.is_passage(point):
                yield point


def points_on(knowledge: Knowledge, topic: str, passages: Iterable[Point] = ()) -> frozenset[str]:
    """The ids of the points on ``topic``, ``passages`` among them: of a section by id or title, or that speak of it."""
    points = (*knowledge.points, *passages)
    bare = squash(topic)
    sections = {
        section.id
        for section in knowledge.sections
        if topic in {section.id, section.title} or (bare and bare in squash(section.title))
    }
    if sections:
        return frozenset(
            point.id
            for point in points
            if any(point.section == name or point.section.startswith(f"{name}.") for name in sections)
        )
    return frozenset(
        point.id
        for point in points
        if bare and any(bare in squash(text) for text in (point.title, *point.aliases, point.quote))
    )
