"""What was said lately, by whom: for follow-ups and for choices picked by their number. Kept in memory only."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from cachetools import LRUCache

from bot import wording
from bot.conversation.messages import Choice, Code, Incoming, Reply, parse_action, untagged
from bot.errors import BusyError
from bot.retrieval.normalize.question import normalize_question
from bot.text import clean

MAX_QUESTIONS = 3
MAX_DIALOGUES = 10_000
MAX_IN_LINE = 60
"""Questions of one person that are being answered or wait for that: more than people ask, less than a flood."""
IDLE = timedelta(minutes=30)
"""After that long a new question has nothing to do with the last one."""


_NUMBERS: Final = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_SAME: Final = {
    "上下文": wording.CONTEXT_BUTTON,  # what stood on the button before
    "前后文": wording.CONTEXT_BUTTON,
    wording.Web.HELPFUL: wording.HELPFUL_BUTTON,
    wording.Web.UNHELPFUL: wording.UNHELPFUL_BUTTON,
}
"""What may be typed in place of a tool's label → that label."""
OUT_OF_RANGE = Choice("", "")


@dataclass(frozen=True, slots=True)
class Suggested:
    """A question that was met with suggestions: a miss of that ``key``, until one of ``choices`` is tapped."""

    key: str
    choices: tuple[Choice, ...]


@dataclass(slots=True)
class Dialogue:
    """What one person said lately in one chat, and what the last reply offered to pick, and when."""

    last_at: datetime
    offered_at: datetime | None = None
    questions: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    tools: tuple[Choice, ...] = ()
    suggested: Suggested | None = None
    document: str = ""
    """The key of the document that the last question was answered from, if there are several."""

    _turn: asyncio.Lock = field(default_factory=asyncio.Lock, repr=False, compare=False)
    _in_line: int = 0

    async def enter(self) -> None:
        """Wait until the questions before this one are answered: each may lean on the one before it.

        ``leave`` has to follow. Raises BusyError for a flood.
        """
        if self._in_line >= MAX_IN_LINE:
            raise BusyError
        self._in_line += 1
        try:
            await self._turn.acquire()
        except BaseException:
            self._in_line -= 1
            raise

    def leave(self) -> None:
        """Let the next question be answered."""
        self._in_line -= 1
        self._turn.release()

    def remember_offer(self, reply: Reply) -> None:
        """Remember what ``reply`` offers. Where it offers nothing, as thanks do, the last offer stands."""
        if reply.choices or reply.tools or reply.expects_answer:
            self.offered_at = self.last_at
            self.choices = reply.choices
            self.tools = reply.tools

    def take_suggestion(self, action: str) -> str:
        """The key of the miss that is none any more, as ``action`` picks one of its suggestions; else nothing.

        Only while they are the last offer: the same passage may be tapped elsewhere for other reasons.
        """
        suggested = self.suggested
        if suggested is None or not _actions(suggested.choices) <= _actions(self.choices):
            return ""
        if all(choice.action != action for choice in suggested.choices):
            return ""
        self.suggested = None
        return suggested.key

    def pick(self, text: str) -> Choice | None:
        """What ``text`` picks of the last reply: a number, a tool's or a quiz's label; None where it is a question.

        OUT_OF_RANGE for a number that was not offered.
        """
        if not (self.tools or self.choices):
            return None
        bare = _bare(text)
        for tool in self.tools:
            if tool.label in {bare, _SAME.get(bare)}:
                return tool
        for choice in self.choices:  # such as 下一题, 再来一轮
            if choice.label == bare and choice.action.startswith(Code.QUIZ.to()):
                return choice
        if wording.CONTEXT_BUTTON in {bare, _SAME.get(bare)}:  # offered for each of several passages: of the nearest
            offered = (choice for choice in self.choices if _shows_context(choice))
            return next(offered, None)
        return _pick_by_number(bare, self.choices)

    def picks_by_number_since(self, text: str, moment: datetime) -> bool:
        """Whether ``text`` is a number, and a list to pick from by number was offered after ``moment``."""
        newer = bool(self.choices) and self.offered_at is not None and self.offered_at > moment
        return newer and _number(_bare(text)) is not None

    def add_question(self, question: str) -> None:
        """Remember ``question`` as the latest; asked once more it takes no other's place."""
        core = normalize_question(question).core
        others = tuple(other for other in self.questions if normalize_question(other).core != core)
        self.questions = (*others, question)[-MAX_QUESTIONS:]


def _actions(choices: Sequence[Choice]) -> set[str]:
    return {untagged(choice.action)[0] for choice in choices}


def _shows_context(choice: Choice) -> bool:
    action = parse_action(untagged(choice.action)[0])
    return action is not None and action.code == Code.CONTEXT


def pick_by_number(text: str, choices: Sequence[Choice]) -> Choice | None:
    """What ``text`` picks of ``choices`` by number; None where it is no number or nothing is offered.

    OUT_OF_RANGE for a number that was not offered.
    """
    return _pick_by_number(_bare(text), choices) if choices else None


def _pick_by_number(bare: str, choices: Sequence[Choice]) -> Choice | None:
    number = _number(bare)
    if number is None or not choices:
        return None
    return choices[number - 1] if 1 <= number <= len(choices) else OUT_OF_RANGE


def _bare(text: str) -> str:
    """What is left of a short text without the marks around a number; nothing of a longer one."""
    return clean(text).strip("第个条.。、)(") if len(text) <= 8 else ""


def _number(bare: str) -> int | None:
    return _NUMBERS.get(bare) or (int(bare) if len(bare) <= 2 and bare.isdecimal() else None)


class Dialogues:
    """The dialogues of all persons; the longest unused go first when there are too many."""

    def __init__(self, limit: int = MAX_DIALOGUES, idle: timedelta = IDLE) -> None:
        self._idle = idle
        self._by_key: LRUCache[tuple[str, str], Dialogue] = LRUCache(limit)

    def __len__(self) -> int:
        return len(self._by_key)

    def of(self, incoming: Incoming, now: datetime) -> Dialogue:
        """The dialogue that ``incoming`` belongs to; one that nobody remembers if it can have no second message."""
        once = incoming.is_inline or incoming.ephemeral
        return Dialogue(now) if once else self.get(incoming.chat, incoming.person, now)

    def get(self, chat: str, person: str, now: datetime) -> Dialogue:
        """The dialogue of ``person`` in ``chat``; a fresh one where it has been idle for long."""
        key = (chat, person)
        dialogue = self._by_key.get(key)
        if dialogue is None or now - dialogue.last_at > self._idle:
            dialogue = self._by_key[key] = Dialogue(now)
        dialogue.last_at = now
        return dialogue
