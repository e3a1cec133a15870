"""What a contest wants done. The runner saves the new state first, then does this."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.quiz.contest.state import Answer, FinishReason

Notice = Literal[
    "taken",
    "changed",
    "withdrawn",
    "stands",
    "late",
    "not_open",
    "no_option",
    "joined",
    "team_stands",
    "no_team",
    "running",
    "no_questions",
    "not_yours",
    "not_running",
    "pausing",
    "voided",
    "restored",
]
"""``stands``: an answer was given before, and cannot be changed. ``team_stands``: nor can the team, after an answer.
``not_yours``: only the starter or an admin may. ``pausing``: behind the question that is
open. ``voided``, ``restored``: a question counts no more, or again."""


@dataclass(frozen=True, slots=True)
class AnnounceStart:
    """A contest begins: say how it is played. If the rules have a lead-in, answer with OpeningSent."""


@dataclass(frozen=True, slots=True)
class AskQuestion:
    """Send a question to the chat, then answer with QuestionSent or SendFailed."""

    round: int


@dataclass(frozen=True, slots=True)
class CloseQuestion:
    """Have the platform take no more answers to a question."""

    round: int


@dataclass(frozen=True, slots=True)
class SaveAnswer:
    """An answer was taken or changed."""

    round: int
    member: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class NotifyMember:
    """Say something to one member."""

    member: str
    notice: Notice


@dataclass(frozen=True, slots=True)
class RevealAnswer:
    """A question was closed: what was right, and how it stands now."""

    round: int


@dataclass(frozen=True, slots=True)
class UpdateScores:
    """The scores of what was revealed already have changed: an answer came late, or a member was forgotten."""


@dataclass(frozen=True, slots=True)
class AnnouncePause:
    """Nobody answers."""


@dataclass(frozen=True, slots=True)
class AnnounceResult:
    """The contest is over: show the final standings."""

    reason: FinishReason


Effect = (
    AnnounceStart
    | AskQuestion
    | CloseQuestion
    | SaveAnswer
    | NotifyMember
    | RevealAnswer
    | UpdateScores
    | AnnouncePause
    | AnnounceResult
)
