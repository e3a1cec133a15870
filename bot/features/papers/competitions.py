"""Competitions: a plan checked and published, what runs now, and who takes part under which name."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, Literal, TypeVar

from bot.access.member_names import NameRefusedError, shown_name
from bot.errors import PaperRefusedError
from bot.quiz.paper import LEAST_COUNT, MOST_COUNT, MOST_MINUTES, MOST_TRIES, PaperRules
from bot.quiz.question import Question
from bot.records.feedback import Clock
from bot.records.papers import CompetitionRecord, EntrantRecord, RosterRecord
from bot.text import readable
from bot.threads import run_in_thread
from bot.wording import Papers as Wording

if TYPE_CHECKING:
    from bot.storage.papers import PaperRepository

T = TypeVar("T")
MAX_TITLE: Final = 40
MAX_BRANCH: Final = 30
MAX_BRANCHES: Final = 300
MAX_NAMES: Final = 20_000
LONGEST: Final = timedelta(days=92)
_PADDING: Final = re.compile(r"(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff])")
Phase = Literal["coming", "running", "over"]
QuestionsOf = Callable[[str, str], Awaitable[Sequence[Question]]]
"""The questions that may be asked of a document, by its key, or of a bank, by its name, that is on it.

Raises PaperRefusedError if there is no such bank, StorageError.
"""


@dataclass(frozen=True, slots=True)
class CompetitionPlan:
    """A competition as somebody wants it. ``document`` is a key; ``bank`` a name, or nothing for the document itself.

    ``branches`` to choose from, none if a branch may be typed freely. ``names`` are those who may take part, with their
    branches; none if everybody may.
    """

    title: str
    starts_at: datetime
    ends_at: datetime
    rules: PaperRules = field(default_factory=PaperRules)
    document: str = ""
    bank: str = ""
    branches: tuple[str, ...] = ()
    names: tuple[tuple[str, str], ...] = ()


def rules_of(competition: CompetitionRecord) -> PaperRules:
    """How its papers are written."""
    return PaperRules(competition.count, competition.minutes, competition.tries, competition.counting)


def branches_of(competition: CompetitionRecord) -> tuple[str, ...]:
    """The branches to choose from; none if one may be typed freely, or stands on the list of names."""
    return tuple(competition.branches.splitlines())


def phase_of(competition: CompetitionRecord, now: datetime) -> Phase:
    """Where a competition is."""
    if now < competition.starts_at:
        return "coming"
    return "running" if now < competition.ends_at else "over"


class Competitions:
    """What is held. ``questions_of`` gives what is asked; ``new_id`` a short id, ``new_seed`` what nobody can guess.

    Every method raises StorageError.
    """

    def __init__(
        self,
        store: PaperRepository,
        accounts_of: Callable[[str], Awaitable[Sequence[str]]],
        questions_of: QuestionsOf,
        *,
        clock: Clock,
        new_id: Callable[[], str],
        new_seed: Callable[[], str],
    ) -> None:
        self._store = store
        self._accounts_of = accounts_of
        self._questions_of = questions_of
        self._clock = clock
        self._new_id = new_id
        self._new_seed = new_seed
        self._entering = asyncio.Lock()  # or two might take one name at the same time

    async def check(self, plan: CompetitionPlan) -> CompetitionPlan:
        """``plan`` with its names as they will be shown. Raises PaperRefusedError with what is wrong."""
        title = " ".join(readable(plan.title).split())
        if not title:
            raise PaperRefusedError(Wording.NO_TITLE)
        if len(title) > MAX_TITLE:
            raise PaperRefusedError(Wording.TITLE_LONG.format(limit=MAX_TITLE))
        if plan.ends_at <= plan.starts_at or plan.ends_at <= self._clock():
            raise PaperRefusedError(Wording.BAD_WINDOW)
        if plan.ends_at - plan.starts_at > LONGEST:
            raise PaperRefusedError(Wording.TOO_LONG.format(days=LONGEST.days))
        if not plan.rules.is_possible:
            raise PaperRefusedError(
                Wording.BAD_NUMBERS.format(least=LEAST_COUNT, most=MOST_COUNT, minutes=MOST_MINUTES, tries=MOST_TRIES)
            )
        branches = _unique(plan.branches)
        if len(branches) > MAX_BRANCHES or any(len(branch) > MAX_BRANCH for branch in branches):
            raise PaperRefusedError(Wording.BRANCHES_MANY.format(most=MAX_BRANCHES, limit=MAX_BRANCH))
        if len(set(plan.names)) > MAX_NAMES:
            raise PaperRefusedError(Wording.NAMES_MANY.format(most=MAX_NAMES))
        names = await run_in_thread(lambda: _unique(_named(name, branch) for name, branch in plan.names))
        found = len({one.id for one in await self._questions_of(plan.document, plan.bank)})
        if found < plan.rules.count:
            raise PaperRefusedError(Wording.TOO_FEW.format(found=found, count=plan.rules.count))
        return CompetitionPlan(
            title,
            plan.starts_at,
            plan.ends_at,
            plan.rules,
            plan.document,
            plan.bank,
            tuple(_branch(branch) for branch in branches),
            names,
        )

    async def publish(self, plan: CompetitionPlan, author: str) -> CompetitionRecord:
        """Publish ``plan``, checked anew. Raises PaperRefusedError."""
        plan = await self.check(plan)
        rules = plan.rules
        competition = CompetitionRecord(
            self._new_id(),
            plan.title,
            plan.starts_at,
            plan.ends_at,
            plan.document,
            plan.bank,
            rules.count,
            rules.minutes,
            rules.tries,
            rules.counting,
            "\n".join(plan.branches),
            bool(plan.names),
            author,
            self._clock(),
            self._new_seed(),
        )
        names = [RosterRecord(competition.id, name, branch) for name, branch in plan.names]
        await self._store.save_competition(competition, names)
        return competition

    async def find(self, name: str) -> CompetitionRecord:
        """The competition of that id. Raises PaperRefusedError if there is none."""
        found = await self._store.competition(name)
        if found is None:
            raise PaperRefusedError(Wording.UNKNOWN)
        return found

    async def all(self) -> Sequence[CompetitionRecord]:
        """What runs now, the one that ends next first; then what is to come; then what is over, the latest first."""
        now = self._clock()
        found = await self._store.competitions()
        running = sorted((one for one in found if phase_of(one, now) == "running"), key=lambda one: one.ends_at)
        coming = sorted((one for one in found if phase_of(one, now) == "coming"), key=lambda one: one.starts_at)
        return [*running, *coming, *(one for one in found if phase_of(one, now) == "over")]

    async def entrant(self, competition: CompetitionRecord, person: str) -> EntrantRecord | None:
        """Under which name a person takes part, by any account; None if not yet."""
        found = await self._store.entrants(competition.id, await self._accounts_of(person))
        return next((one for one in found if one.member == person), found[0] if found else None)

    async def branches_for(self, competition: CompetitionRecord, name: str) -> Sequence[str]:
        """The branches that somebody of that name may choose from; none if one may be typed, or nothing is to choose.

        Raises PaperRefusedError if the name is not on the list of names that there is.
        """
        if not competition.has_roster:
            return branches_of(competition)
        found = await self._store.branches_on_roster(competition.id, _name(name))
        if not found:
            raise PaperRefusedError(Wording.NAME_NOT_LISTED.format(name=_name(name)))
        return found

    async def enter(self, competition: CompetitionRecord, person: str, name: str, branch: str) -> EntrantRecord:
        """Let a person take part under a name for a branch; the first name stays. Raises PaperRefusedError.

        A name on the list of names that stands for one branch alone needs no branch.
        """
        known = await self.entrant(competition, person)
        if known is not None:
            return known
        shown, wanted = _name(name), _branch(branch)
        offered = await self.branches_for(competition, shown)
        if competition.has_roster and len(offered) == 1:
            wanted = offered[0]
        if offered and wanted not in offered:
            raise PaperRefusedError(Wording.BRANCH_NOT_LISTED)
        async with self._entering:
            accounts = await self._accounts_of(person)
            others = await self._store.entrants_named(competition.id, shown, wanted)
            if any(one not in accounts for one in others):
                taken = Wording.NAME_IN_USE_LISTED if competition.has_roster else Wording.NAME_IN_USE
                raise PaperRefusedError(taken.format(name=shown))
            entrant = EntrantRecord(competition.id, person, shown, wanted, self._clock())
            await self._store.save_entrant(entrant)
        return entrant

    async def entered_as(self, name: str) -> Sequence[tuple[CompetitionRecord, EntrantRecord]]:
        """Who takes part under a name in what runs now. Raises PaperRefusedError for what is no name."""
        wanted, running = _name(name), [one for one in await self.all() if self.phase(one) == "running"]
        return [(one, entrant) for one in running for entrant in await self._store.entrants_called(one.id, wanted)]

    async def roster(self, competition: CompetitionRecord) -> Sequence[RosterRecord]:
        """The list of names, if there is one."""
        return await self._store.roster(competition.id) if competition.has_roster else []

    async def listed(self, competition: CompetitionRecord) -> Mapping[str, int]:
        """The branches, each with how many names stand on the list; with 0 if there is no list."""
        if competition.has_roster:
            return await self._store.count_roster(competition.id)
        return dict.fromkeys(branches_of(competition), 0)

    def phase(self, competition: CompetitionRecord) -> Phase:
        """Where a competition is now."""
        return phase_of(competition, self._clock())


def _name(typed: str) -> str:
    """``typed`` as a name. Lists put 张三 and 欧阳娜娜 to one width with spaces, which nobody types."""
    try:
        return _PADDING.sub("", shown_name(typed))
    except NameRefusedError as refusal:
        raise PaperRefusedError(str(refusal)) from None


def _branch(typed: str) -> str:
    """``typed`` as a branch, which may be none."""
    if not readable(typed).strip():
        return ""
    try:
        return shown_name(typed, MAX_BRANCH)
    except NameRefusedError as refusal:
        raise PaperRefusedError(str(refusal)) from None


def _named(name: str, branch: str) -> tuple[str, str]:
    try:
        return _name(name), _branch(branch)
    except PaperRefusedError as refusal:
        raise PaperRefusedError(Wording.BAD_NAME.format(name=readable(name)[:MAX_TITLE], why=refusal)) from None


def _unique(found: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(found))
