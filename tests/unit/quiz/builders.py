"""Questions to play with, and a contest that is played by saying what happens."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from bot.quiz.contest.effects import Effect, NotifyMember
from bot.quiz.contest.engine import step
from bot.quiz.contest.events import Answered, Event, QuestionSent, Start, Tick
from bot.quiz.contest.state import Contest, Mode, Rules, Setup
from bot.quiz.question import Question

NOON = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)
RIGHT = (1,)
WRONG = (0,)


def question(number: int, *, correct: tuple[int, ...] = RIGHT, point: str = "") -> Question:
    return Question(
        id=f"q{number}",
        kind="figure" if len(correct) == 1 else "several",
        point=point or f"p{number}",
        question=f"第{number}问",
        options=("甲", "乙", "丙", "丁"),
        correct=correct,
        explanation="出处",
        quote="原文",
    )


def setup(
    count: int = 3,
    *,
    rules: Rules | None = None,
    mode: Mode = "contest",
    questions: Sequence[Question] | None = None,
    starter: str = "starter",
) -> Setup:
    asked = tuple(questions) if questions is not None else tuple(question(number) for number in range(count))
    return Setup("c1", "chat", starter, rules or Rules(mode), asked)


class Game:
    """A contest with a clock of its own; every step's effects are kept."""

    def __init__(self, of: Setup | None = None) -> None:
        self.now = NOON
        self.contest: Contest | None = None
        self.effects: tuple[Effect, ...] = ()
        self.all: list[Effect] = []
        self._receipts = 0
        if of is not None:
            self.apply_event(Start(of))

    @property
    def state(self) -> Contest:
        assert self.contest is not None
        return self.contest

    @property
    def phase(self) -> str:
        return self.state.progress.phase

    def apply_event(self, event: Event) -> tuple[Effect, ...]:
        self.contest, self.effects = step(self.contest, event, self.now)
        self.all += self.effects
        return self.effects

    def after(self, seconds: float) -> Game:
        self.now += timedelta(seconds=seconds)
        return self

    def opens(self) -> Game:
        """The question that is on its way reaches the chat."""
        self.apply_event(QuestionSent(self.state.current))
        return self

    def answer(
        self,
        member: str,
        chosen: tuple[int, ...] = RIGHT,
        *,
        to: int | None = None,
        platform_verified: bool = False,
        receipt: int | None = None,
    ) -> str:
        """A member answers; gives what the member is told."""
        self._receipts += 1
        number = self.state.current if to is None else to
        given = receipt if receipt is not None else self._receipts
        effects = self.apply_event(Answered(number, member, chosen, given, platform_verified))
        return next((effect.notice for effect in effects if isinstance(effect, NotifyMember)), "")

    def until_due(self) -> Game:
        """Time passes until something is due, and that happens."""
        assert self.state.due is not None
        self.now = max(self.now, self.state.due)
        self.apply_event(Tick())
        return self

    def next_question(self) -> Game:
        """From an open question to the next one, or to the end."""
        self.until_due()
        if self.phase == "between":
            self.until_due().opens()
        return self

    def play(self, *rounds: dict[str, tuple[int, ...]]) -> Game:
        """Answers of each round, a second apart, in order."""
        for number, answers in enumerate(rounds):
            if number == 0:
                self.opens()
            for member, chosen in answers.items():
                self.after(1).answer(member, chosen)
            if self.phase == "open":
                self.next_question()
            elif self.phase == "between":
                self.until_due().opens()
        return self
