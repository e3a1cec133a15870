"""/report: members say that a quiz question is bad."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from bot.conversation.messages import Choice, Code, Incoming, Part, Reply, say
from bot.features.contests.persistence import asked_in
from bot.question_bank import QuestionPool
from bot.records.admin import ReportRecord
from bot.records.contests import REVIEW
from bot.records.feedback import Clock, feedback_key
from bot.text import shorten
from bot.wording import Reports as Wording

if TYPE_CHECKING:
    from bot.storage.contests import ContestRepository


OFFERED: Final = 8  # questions that were asked last
_CONTESTS: Final = 5  # of a chat, that are looked through for them
_LOOKED_THROUGH: Final = 100  # contests of a chat, for whether a question was asked there
_LABEL: Final = 60  # characters of a question that tell which one it is


class QuestionReporting:
    """Reports of members: one for each member and question, kept without a name."""

    def __init__(self, store: ContestRepository, questions: QuestionPool, clock: Clock) -> None:
        self._store = store
        self._questions = questions
        self._clock = clock

    async def report(self, _: str, incoming: Incoming) -> Reply:
        """The questions that were asked here last, to pick the bad one. Raises StorageError."""
        contests = await self._store.last_contests(incoming.chat, _CONTESTS)
        asked = [one for kept in contests for one in asked_in(kept)]
        if incoming.is_private:
            answers = await self._store.answers_of(incoming.person)
            asked += [(answer.at, answer.question) for answer in answers if answer.contest == REVIEW]
        latest = (question for _, question in sorted(asked, reverse=True))
        none = Wording.NOTHING_ASKED_ALONE if incoming.is_private else Wording.NOTHING_ASKED
        return await self._offered(latest, OFFERED, none)

    async def press_contest(self, contest: str, incoming: Incoming) -> Reply:
        """The questions of a contest of this chat, in their order, to pick the bad one. Raises StorageError."""
        kept = await self._store.contest(contest)
        if kept is None or kept.chat != incoming.chat:
            return Reply(toast=Wording.GONE)
        asked = asked_in(kept)
        return await self._offered((question for _, question in asked), len(asked))

    async def press_question(self, question: str, incoming: Incoming) -> Reply:
        """Take down that this question is bad, from somebody who was asked it. Raises StorageError."""
        if self._questions.find(question) is None:
            return Reply(toast=Wording.GONE)
        if not await self._was_asked(question, incoming):
            return Reply(toast=Wording.NOT_ASKED)
        await self._store.save(ReportRecord(feedback_key(question, incoming.person), question, self._clock()))
        return Reply(toast=Wording.THANKS)

    def keys_of(self, member: str) -> tuple[str, ...]:
        """The keys of all that a member may have reported of the bank."""
        return tuple(feedback_key(question.id, member) for question in self._questions.all())

    async def _was_asked(self, question: str, incoming: Incoming) -> bool:
        """Whether the question came up in this chat, or this member has answered it anywhere."""
        contests = await self._store.last_contests(incoming.chat, _LOOKED_THROUGH)
        if any(asked == question for kept in contests for _, asked in asked_in(kept)):
            return True
        return any(answer.question == question for answer in await self._store.answers_of(incoming.person))

    async def _offered(self, questions: Iterable[str], count: int, none: str = Wording.NOTHING_ASKED) -> Reply:
        askable = {question.id: question for question in await self._questions.askable()}
        found = [askable[question] for question in dict.fromkeys(questions) if question in askable][:count]
        if not found:
            return say(none)
        choices = [Choice(shorten(question.question, _LABEL), Code.QUIZ.to(f"e-{question.id}")) for question in found]
        return Reply((Part("text", Wording.WHICH),), tuple(choices), numbered=True)
