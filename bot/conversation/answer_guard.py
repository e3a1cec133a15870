"""Keeps the bot from giving away the question of a contest while it is open.

Whoever may be answering it is told so in place of what the passage of that question would answer: everybody in the
group, and those known to play there wherever they ask. What is withheld must not tell either, or one would only have to
try one option after the other. So naming any option is as good as naming the right one, no list of a section's passages
is shown, and what stands beside an answer (the nearest other passages) is left out. What is said instead is the same
whether a passage or an option was the reason.

A message is read as generously as retrieval reads it: what retrieval reads and this did not would tell the right
option, as its passage is withheld and the others' are shown. So figures are compared in one spelling and words by their
sound, a part of an option is as good as all of it, and letters, which may be pinyin for anything, name every option.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Final, Protocol

from cachetools import FIFOCache

from bot.conversation.messages import Action, Code, Incoming, Reply, shown_points, told
from bot.errors import UnknownPointError
from bot.knowledge.model import Knowledge, Point
from bot.knowledge.structure import Span
from bot.quiz.contest.state import Contest
from bot.quiz.question import Question
from bot.records.chats import group_of
from bot.retrieval.normalize.numerals import normalize_numerals
from bot.retrieval.normalize.question import normalize_question
from bot.retrieval.spelling.pinyin import fold_syllable, usual_reading
from bot.retrieval.verdict import Verdict
from bot.text import squash
from bot.wording import Contests as Wording

if TYPE_CHECKING:
    from bot.storage.contests import ContestRepository

MAX_MEMBERS = 50_000  # members of groups that are remembered; the longest unseen go first
MAX_PLAYERS = 5_000  # of a group that are read from the store
_LETTERS: Final = re.compile("[a-z]{2}")  # pinyin, or the first letters of it
_NUMBER: Final = re.compile(r"\d+(?:\.\d+)?")
_COUNTED: Final = re.compile("[一二两三四五六七八九十][^一二两三四五六七八九十]")  # 三个: small numbers are words
_SHORTEST = 2  # characters of an option whose mention tells anything: «对» stands in every other question
_RUN = 2  # characters in a row, by their sound, that are enough to name an option, however long it is

_Sounds = tuple[str, ...]


class HasContest(Protocol):
    """What has a contest as it is now."""

    @property
    def contest(self) -> Contest:
        """The contest."""


class AnswerGuard:
    """Asked before a passage is shown. ``asking`` are contests whose question is open, ``held`` all of this process.

    Both are looked at anew each time. ``store`` has who played in a group before this process.
    """

    def __init__(
        self,
        asking: Collection[HasContest] = (),
        held: Collection[HasContest] = (),
        store: ContestRepository | None = None,
    ) -> None:
        self._asking = asking
        self._held = held
        self._store = store
        self._members: FIFOCache[tuple[str, str], None] = FIFOCache(MAX_MEMBERS)
        self.linked: Mapping[str, Collection[str]] = {}
        """Every account that is linked with others → all of its person: who plays by one plays by all."""

    def record_member(self, incoming: Incoming) -> None:
        """Take note that somebody is in a group: its contests are no secret to whoever reads along there."""
        if incoming.is_private:
            return
        self._members[group_of(incoming.chat), incoming.person] = None

    async def load_members(self, chat: str) -> None:
        """Take note of everybody who ever played in the group of ``chat``. Raises StorageError."""
        if self._store is None:
            return
        group = group_of(chat)
        for player in await self._store.players_in(group, MAX_PLAYERS):
            self._members[group, player] = None

    def move(self, old: str, new: str) -> None:
        """A group has got another key; its members are the same."""
        for group, member in list(self._members):
            if group == group_of(old):
                del self._members[group, member]
                self._members[group_of(new), member] = None

    def forget(self, member: str) -> None:
        """Forget which groups a member was seen in."""
        for key in [key for key in self._members if key[1] == member]:
            del self._members[key]

    def refuse_answer(
        self, incoming: Incoming, knowledge: Knowledge, text: str, verdict: Verdict, *, nearest: int = 0
    ) -> Reply | None:
        """What is said in place of the reply to the question ``text``, where that would give an open question away.

        ``nearest``: so many of the passages found are shown at least, whether they answer or not.
        """
        if not self._is_needed():
            return None
        texts = (knowledge.heading(section) for section in verdict.sections)
        shown = () if verdict.sections else shown_points(verdict)
        points = (*shown, *(match.point for match in verdict.matches[:nearest]))
        return self._refuse(incoming, knowledge, Wording.WITHHELD, points, texts=texts, asked=text)

    def refuse_press(self, incoming: Incoming, knowledge: Knowledge, action: Action | None) -> Reply | None:
        """The same in place of what a button shows. Raises UnknownPointError."""
        if not self._is_needed():
            return None
        match action:
            case Action(Code.POINT, target):
                return self._refuse(incoming, knowledge, Wording.WITHHELD_TAP, (knowledge.point(target),))
            case Action(Code.CONTEXT, target):
                paragraphs = knowledge.paragraphs(knowledge.point(target))
                texts = ("".join(p.text for p in found) for found in paragraphs)
                return self._refuse(incoming, knowledge, Wording.WITHHELD_TAP, texts=texts)
            case Action(Code.OUTLINE, section) if section:
                return self.refuse_browsing(incoming)
            case _:
                return None

    def refuse_browsing(self, incoming: Incoming) -> Reply | None:
        """The same in place of a list of passages: of all lists, as only one would tell where the answer stands."""
        contest = next((contest for contest in self._open_to(incoming) if contest.rules.mode != "daily"), None)
        return told(Wording.WITHHELD_LIST, incoming) if contest is not None else None

    def without_neighbours(self, incoming: Incoming, reply: Reply) -> Reply:
        """``reply`` without the other passages that may be tapped below it, while a question is open."""
        return reply if self.refuse_browsing(incoming) is None else replace(reply, choices=())

    def is_open(self, incoming: Incoming, knowledge: Knowledge, question: Question) -> bool:
        """Whether ``question``, or another on the same passage, is open to whom ``incoming`` is from."""
        return not self.without_open((question,), knowledge, incoming)

    def without_open(
        self, questions: Sequence[Question], knowledge: Knowledge, incoming: Incoming | None, chat: str = ""
    ) -> Sequence[Question]:
        """``questions`` without those on a passage that is asked about just now.

        Asked of whom ``incoming`` is from, or in the group of ``chat``.
        """
        contests = [*(self._open_to(incoming) if incoming is not None else ()), *self._open_at(chat)]
        if not contests:
            return questions
        points = {_open(contest).point for contest in contests}
        spans = [span for contest in contests for span in _passage(knowledge, _open(contest))]
        return [
            question
            for question in questions
            if question.point not in points and not _overlap(_passage(knowledge, question), spans)
        ]

    def shows_point(self, incoming: Incoming, knowledge: Knowledge, point: Point) -> bool:
        """Whether ``point`` may be named beside others: no title is, while a question of a contest is open."""
        if self.refuse_browsing(incoming) is not None:
            return False
        return self._refuse(incoming, knowledge, "", (point,)) is None

    # ── within ──

    def _is_needed(self) -> bool:
        return bool(self._asking)

    def _refuse(
        self,
        incoming: Incoming,
        knowledge: Knowledge,
        sentence: str,
        points: Iterable[Point] = (),
        *,
        texts: Iterable[str] = (),
        asked: str = "",
    ) -> Reply | None:
        shown: list[Span] | None = None
        for contest in self._open_to(incoming):
            if shown is None:
                shown = [span for point in points for span in knowledge.excerpt(point)]
                shown += [span for text in texts for span in _places(knowledge.source, text)]
            question = _open(contest)
            daily = contest.rules.mode == "daily"
            if (not daily and names_an_option(asked, question)) or _overlap(shown, _passage(knowledge, question)):
                return told(_of_daily(contest) if daily else sentence, incoming)
        return None

    def _open_at(self, chat: str) -> list[Contest]:
        """The contests whose question is open in the group of ``chat``."""
        asking = self._asking if chat else ()
        return [one.contest for one in asking if group_of(one.contest.setup.chat) == group_of(chat)]

    def _open_to(self, incoming: Incoming) -> Iterator[Contest]:
        """The contests whose question is open and may be answered by whom ``incoming`` is from."""
        for running in self._asking:
            contest = running.contest
            if contest.rules.mode == "daily":
                given = contest.answers[contest.current].get(incoming.person)
                here = group_of(contest.setup.chat) == group_of(incoming.chat)
                final = given is not None and bool(given.chosen) and not contest.rules.may_change
                if here and not final:  # whoever has answered for good sees what was right
                    yield contest
            elif group_of(contest.setup.chat) == group_of(incoming.chat) or any(
                self._plays(account, contest) for account in self.linked.get(incoming.person, (incoming.person,))
            ):
                yield contest

    def _plays(self, person: str, contest: Contest) -> bool:
        """Whether somebody plays in a contest, or is known to be in its group."""
        group = group_of(contest.setup.chat)
        if (group, person) in self._members or _takes_part(person, contest):
            return True
        held = (running.contest for running in self._held)
        return any(group_of(other.setup.chat) == group and _takes_part(person, other) for other in held)


def _open(contest: Contest) -> Question:
    return contest.setup.questions[contest.current]


def _of_daily(contest: Contest) -> str:
    return Wording.WITHHELD_DAILY_OPEN if contest.rules.may_change else Wording.WITHHELD_DAILY


def _takes_part(person: str, contest: Contest) -> bool:
    return (
        person == contest.setup.starter
        or person in contest.progress.teams
        or any(person in given for given in contest.answers)
    )


def _passage(knowledge: Knowledge, question: Question) -> list[Span]:
    """Wherever the words stand that ``question`` is about: its own quote, and what its point says by now."""
    texts = dict.fromkeys(question.quote.splitlines())
    with suppress(UnknownPointError):
        texts |= dict.fromkeys(knowledge.point(question.point).quotes)
    return [span for text in texts for span in _places(knowledge.source, text)]


def _places(source: str, text: str) -> Iterator[Span]:
    """Every place of ``text`` in ``source``: what is said twice is given away by either."""
    start = source.find(text) if text else -1
    while start >= 0:
        yield Span(start, start + len(text))
        start = source.find(text, start + len(text))


def _overlap(some: Iterable[Span], others: Iterable[Span]) -> bool:
    return any(one.start < other.end and other.start < one.end for one in some for other in others)


def names_an_option(asked: str, question: Question) -> bool:
    """Whether ``asked`` has an option of ``question`` in it, or a part of one; it may be written with errors."""
    bare = normalize_numerals(squash(asked))
    if not bare:
        return False
    core = normalize_question(asked).core
    if _LETTERS.search(bare) or _LETTERS.search(core):
        return True
    statement = question.question if len(question.options) == 2 else ""  # right or not: its figures are what is asked
    options = [normalize_numerals(squash(option)) for option in question.options or question.accepted]
    if _figures(" ".join((*options, normalize_numerals(squash(statement))))) & _figures(f"{bare} {core}"):
        return True
    said = normalize_numerals(squash(question.question))
    return any(_names(text, option, said) for text in {bare, core} if text for option in options)


def _names(asked: str, option: str, said: str) -> bool:
    """Whether ``asked`` names ``option``, by more than the question has ``said``. All in one spelling."""
    if asked in option:
        return True
    if len(option) < _SHORTEST:
        return False
    if _NUMBER.search(option):  # as a whole number; that was looked for
        return False
    counted = _COUNTED.match(option)
    if option in asked or (counted is not None and counted[0] in asked):
        return True
    heard, meant = _sounds(asked), _sounds(option)
    return bool((_runs(heard) & _runs(meant)) - _runs(_sounds(said))) or _is_near(heard, meant)


def _sounds(text: str) -> _Sounds:
    return tuple(fold_syllable(usual_reading(char)) or char for char in text)


def _runs(sounds: _Sounds) -> set[_Sounds]:
    return {sounds[at : at + _RUN] for at in range(len(sounds) - _RUN + 1)}


def _figures(text: str) -> set[str]:
    """The numbers in ``text``, each also without its decimals: who asks for 36 may mean 36.1."""
    found = _NUMBER.findall(text)
    return {*found, *(number.partition(".")[0] for number in found)}


def _is_near(heard: _Sounds, meant: _Sounds) -> bool:
    """Whether most of ``meant`` stands close together in ``heard``, in whatever order."""
    wanted = Counter(meant)
    needed = len(meant) - (max(1, len(meant) // 3) if len(meant) > _SHORTEST else 0)
    size = len(meant) + 1
    windows = (Counter(heard[at : at + size]) for at in range(max(len(heard) - size, 0) + 1))
    return any((window & wanted).total() >= needed for window in windows)
