"""A contest that runs in this process, where it runs, and who shows it."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple, Protocol

from bot.conversation.channel import Refusal
from bot.quiz.contest.effects import Effect
from bot.quiz.contest.events import Event
from bot.quiz.contest.state import Contest
from bot.records.contests import ContestRow


class ChatSlot(NamedTuple):
    """One contest runs in each chat, and beside it one daily question."""

    chat: str
    daily: bool


@dataclass(slots=True, eq=False)
class Step:
    """A contest after a step of it that is being saved."""

    contest: Contest
    has_ended: bool = False


@dataclass(slots=True)
class ContestSession:
    """A contest in this process. ``messages``: by round, what the channel needs to close its question.

    ``resent_round``: the round that was on its way to the chat when the process before this one ended; it may have
    arrived.
    ``in_doubt``: that round, until it is asked anew. ``final_in_doubt``: that process was showing the final board.
    ``refusal``: why its chat took the question asked last not.
    ``saved``: the contest after the last step that is saved, and all before it; ``steps``: those on their way there.
    ``dropped``: whoever played it alone is forgotten. ``end_announced``: its chat knows how it ended.
    """

    contest: Contest
    messages: dict[int, str] = field(default_factory=dict)
    board: str = ""
    not_before: datetime | None = None
    resent_round: int | None = None
    in_doubt: int | None = None
    final_in_doubt: bool = False
    refusal: Refusal | None = None
    unsaved: bool = False
    dropped: bool = False
    end_announced: bool = False
    saving: asyncio.Lock = field(default_factory=asyncio.Lock)
    to_show: deque[Effect] = field(default_factory=deque)
    showing: asyncio.Task[None] | None = None
    alarm: asyncio.Task[None] | None = None
    saved: Contest = field(init=False)
    steps: deque[Step] = field(default_factory=deque)

    def __post_init__(self) -> None:
        self.saved = self.contest

    def begin_step(self, contest: Contest) -> Step:
        """``contest`` is what it is now, and about to be saved; to be given to ``end_step`` then."""
        self.contest = contest
        step = Step(contest)
        self.steps.append(step)
        return step

    def end_step(self, step: Step) -> None:
        """``step`` is saved, or given up: one behind it counts as saved only when all before it have ended."""
        step.has_ended = True
        while self.steps and self.steps[0].has_ended:
            self.saved = self.steps.popleft().contest

    @property
    def slot(self) -> ChatSlot:
        """Where it runs."""
        return slot_of(self.contest)


class Display(Protocol):
    """Shows what a contest wants shown; gives what comes of it, with rows to be kept with that, or None."""

    async def show(self, running: ContestSession, effect: Effect) -> tuple[Event, tuple[ContestRow, ...]] | None:
        """Perform ``effect``. Never raises what a chat did wrong."""


def slot_of(contest: Contest) -> ChatSlot:
    """Where a contest runs."""
    return ChatSlot(contest.setup.chat, contest.rules.mode == "daily")
