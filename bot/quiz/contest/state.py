"""The state of a contest: what was set up once, how far it is, and what was answered.

The three are apart because they are kept apart: the setup is written once, the progress is small and written at each
turn, an answer is a row of its own. Scores are in none of them: they are counted from the answers whenever they are
wanted, so nothing that is delivered twice can be added twice, and a restart has nothing to put together again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from bot.quiz.question import PASSED, Question

Mode = Literal["contest", "daily", "challenge", "buzzer", "teams", "rounds"]
"""``contest``    everybody answers every question
``daily``      one question that stays open for long
``challenge``  one wrong answer ends a member's run, and the contest with the last run
``buzzer``     the first right answer takes the question
``teams``      as a contest, for the average of one's team
``rounds``     questions for all, then for the first right answer, then at a risk: see ``Segment``
"""
SegmentKind = Literal["required", "buzzer", "risk"]
"""``required``: everybody answers. ``buzzer``: the first right answer takes it. ``risk``: whoever likes answers."""
Scoring = Literal["right", "speed"]
"""``right``: a point for each right answer, time only breaks ties. ``speed``: a quick right answer gets more points."""
Phase = Literal["opening", "lead_in", "asking", "open", "between", "paused", "finished"]
"""``opening``: what a contest begins with is on its way to the chat. ``lead_in``: time to get ready or to join a team.
``asking``: a question is on its way to the chat. ``between``: time to read before the next one."""
CloseReason = Literal["", "time", "answered", "skipped", "stopped", "unsent"]
FinishReason = Literal["", "done", "stopped", "over", "abandoned"]
"""``over``: nobody is left in a challenge. ``abandoned``: paused, and nobody went on."""

ANSWER_GRACE = timedelta(seconds=1)  # after a question's time, for answers that are on their way
BETWEEN_QUESTIONS = timedelta(seconds=3)  # between two questions: to read, and to keep within 20 messages a minute
SEND_TIMEOUT = timedelta(minutes=5)  # the channel should have said by then that it could or could not ask
PAUSE_TIMEOUT = timedelta(minutes=30)
LEFT_ALONE = timedelta(days=7)  # after that a self-paced contest that nobody came back to is over
HOST_AWAY = timedelta(hours=12)  # the same of one that a host leads: a room is opened in the morning for the evening


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a contest of ``rounds``, from the question ``first`` on: ``right`` points for a right answer,
    ``wrong`` points taken off for a wrong one. Who does not answer neither gains nor loses."""

    kind: SegmentKind
    first: int
    right: int
    wrong: int = 0


@dataclass(frozen=True, slots=True)
class Rules:
    """How a contest is played. ``seconds`` for each question.

    ``changeable``: an answer may be changed while its question is open, for channels that show nobody what was right
    before that. ``solo``: one person plays, so a question closes with its answer. ``teams``: their names, for
    ``teams``. So many questions in a row without an answer (``patience``) pause the contest. ``lead_in``: seconds
    between the opening and the first question; 0 asks it at once. ``self_paced``, of a solo contest: a question stays
    open until it is answered, and the next one comes when it is wanted; ``seconds`` only bounds the time that counts.
    ``hosted``: somebody leads it: it begins and goes on when that host says so, and only those who have joined play,
    each from the next question on; a pause stops the clock of the question that is open. Teams may play any mode then.
    ``segments``, of ``rounds``: ascending by their first question.
    """

    mode: Mode = "contest"
    seconds: int = 20
    scoring: Scoring = "right"
    changeable: bool = False
    solo: bool = False
    teams: tuple[str, ...] = ()
    patience: int = 2
    lead_in: int = 0
    self_paced: bool = False
    hosted: bool = False
    segments: tuple[Segment, ...] = ()

    def segment(self, number: int) -> Segment | None:
        """The segment that a question belongs to; None where there are none."""
        return next((one for one in reversed(self.segments) if one.first <= number), None)

    def is_buzzer(self, number: int) -> bool:
        """Whether the first right answer takes a question."""
        segment = self.segment(number)
        return segment.kind == "buzzer" if segment is not None else self.mode == "buzzer"

    @property
    def may_change(self) -> bool:
        """Whether a second answer of the same member replaces the first."""
        return self.changeable and not self.solo and self.mode not in {"buzzer", "challenge", "rounds"}


@dataclass(frozen=True, slots=True)
class Setup:
    """What was set up: written once. It holds its questions, so a new knowledge changes no contest that runs.

    ``chat`` is the opaque key of a chat or of a topic in it, ``starter`` that of a member, ``topic`` what was asked
    for.
    """

    id: str
    chat: str
    starter: str
    rules: Rules
    questions: tuple[Question, ...]
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Round:
    """How it went with one question. ``opened`` is when members could first answer; never, if it was not sent.

    ``receipt`` is that of what closed it before its time (/skip, /stop): a platform takes answers for a moment longer,
    and those that came in after that count no more. 0 if time or an answer closed it. ``voided``: the question was bad,
    and nobody's answer to it counts.
    """

    asked: datetime
    opened: datetime | None = None
    closed: datetime | None = None
    reason: CloseReason = ""
    receipt: int = 0
    voided: bool = False


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a contest is: written at each turn. ``since`` is when the phase began.

    ``rounds`` are those begun so far, none before the first question; the last is the current one. ``silent`` counts
    the rounds in a row that nobody answered. ``teams`` says who plays for which; of a hosted contest who plays at all,
    for nothing where there are no teams. ``first_rounds``: the first question of those who joined late. ``pausing``:
    somebody wants a pause behind the question that is open.
    """

    phase: Phase
    since: datetime
    rounds: tuple[Round, ...]
    silent: int = 0
    pausing: bool = False
    teams: Mapping[str, str] = field(default_factory=dict)
    first_rounds: Mapping[str, int] = field(default_factory=dict)
    finish: FinishReason = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a member answered: indices ascending, PASSED for none, nothing if it was taken back.

    ``ms``: time taken, 0 up to the question's time. ``receipt`` is the channel's number of what was delivered; it grows
    with the order in which answers came.
    """

    chosen: tuple[int, ...]
    ms: int
    receipt: int

    @property
    def counts(self) -> bool:
        """Whether options were chosen: it is neither taken back nor passed."""
        return bool(self.chosen) and self.chosen != PASSED


@dataclass(frozen=True, slots=True)
class Contest:
    """A contest as a whole. ``answers`` has one mapping for each round, by member."""

    setup: Setup
    progress: Progress
    answers: tuple[Mapping[str, Answer], ...]

    @property
    def rules(self) -> Rules:
        """How it is played."""
        return self.setup.rules

    @property
    def current(self) -> int:
        """The number of the latest round, from 0; -1 before the first one."""
        return len(self.progress.rounds) - 1

    @property
    def finished(self) -> bool:
        """Whether it is over."""
        return self.progress.phase == "finished"

    @property
    def waits_for_member(self) -> bool:
        """Whether the next question comes when whoever plays alone, or leads, wants it."""
        phase = self.progress.phase
        return (self.rules.self_paced and phase == "between") or (self.rules.hosted and phase in {"lead_in", "between"})

    @property
    def is_frozen(self) -> bool:
        """Whether the clock of a question stands still."""
        progress = self.progress
        begun = progress.rounds[-1] if progress.rounds else None
        return self.rules.hosted and progress.phase == "paused" and begun is not None and begun.closed is None

    @property
    def due(self) -> datetime | None:
        """When ``Tick`` is wanted next. It follows from the state: a restart loses no alarm."""
        match self.progress.phase:
            case "finished":
                return None
            case "open":
                return self.deadline(self.current) + ANSWER_GRACE
            case phase:
                return self.progress.since + self._longest(phase)

    def _longest(self, phase: Phase) -> timedelta:
        """How long a phase without an open question lasts, if nothing happens."""
        if phase in {"opening", "asking"}:
            return SEND_TIMEOUT
        if self.rules.hosted:
            return HOST_AWAY
        if phase == "lead_in":
            return timedelta(seconds=self.rules.lead_in)
        if self.rules.self_paced:
            return LEFT_ALONE
        return BETWEEN_QUESTIONS if phase == "between" else PAUSE_TIMEOUT

    def deadline(self, number: int) -> datetime:
        """When the time of a round is over."""
        began = self.progress.rounds[number]
        time = LEFT_ALONE if self.rules.self_paced else timedelta(seconds=self.rules.seconds)
        return (began.opened or began.asked) + time

    def is_right(self, number: int, answer: Answer) -> bool:
        """Whether exactly the right options were chosen."""
        return answer.chosen == self.setup.questions[number].correct
