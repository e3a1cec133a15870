"""Study as a feature: /me, /wrong, reviews and reminders, on what contests and reviews have kept."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from bot.chats.scheduler import Due
from bot.conversation.answer_guard import AnswerGuard
from bot.conversation.answer_parser import is_option_answer
from bot.conversation.channel import Channels
from bot.conversation.commands import CommandName
from bot.conversation.messages import Code, Incoming, Reply
from bot.conversation.router import Claim, Feature, Handle, Handler, Typed
from bot.errors import StorageError
from bot.features.study.reminders import Reminders
from bot.features.study.study import StudyService
from bot.knowledge.model import Knowledge
from bot.question_bank import QuestionPool
from bot.records.chats import ScheduleKind
from bot.records.feedback import Clock

if TYPE_CHECKING:
    from bot.storage.contests import ContestRepository


class Study:
    """What members see of their own answers.

    ``guarded`` gives handlers that say so if quizzes are paused or cannot come to a chat, ``claiming`` what takes typed
    texts and tells what the store cannot do. ``elsewhere``: the ids of questions of other documents alone.
    """

    def __init__(
        self,
        store: ContestRepository,
        questions: QuestionPool,
        knowledge: Callable[[], Knowledge],
        channels: Channels,
        *,
        guard: AnswerGuard,
        clock: Clock,
        zone: str,
        guarded: Callable[[Handle], Handler],
        claiming: Callable[[Typed], Typed],
        elsewhere: Callable[[], Collection[str]] = tuple,
    ) -> None:
        self._studying = StudyService(
            store, questions, knowledge, guard=guard, clock=clock, zone=zone, elsewhere=elsewhere
        )
        self._reminders = Reminders(store, channels, self._studying.due, clock, zone)
        self._guarded = guarded
        self._claiming = claiming

    @property
    def due(self) -> dict[ScheduleKind, Due]:
        """What to do when it is time, by what it is."""
        return {"reminder": self._reminders.remind}

    def feature(self) -> Feature:
        """Everything that can be typed or pressed."""
        study = self._studying
        commands: dict[CommandName, Handle] = {"wrong": study.wrong, "me": study.me}
        buttons: dict[str, Handle] = {
            "w": study.wrong,
            "v": study.press,
            "g": study.press_read,
            "h": study.press_card,
            "n": self._reminders.press,
        }
        return Feature(
            commands={name: self._guarded(handle) for name, handle in commands.items()},
            code=Code.QUIZ,
            buttons={name: self._guarded(handle) for name, handle in buttons.items()},
            claim=Claim(study.open, study.asked_at, self._claiming(study.typed), self._repeated, study.unread),
            unlimited=True,
        )

    async def forget(self, member: str) -> None:
        """Ask a member nothing any more."""
        self._studying.forget(member)

    async def _repeated(self, incoming: Incoming) -> Reply | None:
        if not (incoming.is_private and incoming.sequence and is_option_answer(incoming.text)):
            return None
        try:
            return await self._studying.repeated(incoming)
        except StorageError:  # then nobody can tell that it was answered before
            return None
