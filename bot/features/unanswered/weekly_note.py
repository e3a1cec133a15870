"""A note on Mondays to the editors who want one: what was asked most and not answered, with the way to mend it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import date, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Final

from bot.conversation.messages import Choice, Code, Incoming, Part, Reply, say
from bot.errors import RightsUnknownError, StorageError
from bot.features.unanswered.case_presenter import elsewhere_lines
from bot.features.unanswered.cases import WINDOW, Case, Cases, MissesElsewhere
from bot.records.contests import SettingRecord
from bot.records.feedback import Clock
from bot.text import shorten
from bot.wording import Misses as Wording

if TYPE_CHECKING:
    from bot.storage.contests import ContestRepository

COUNT: Final = 5
MAX_LABEL: Final = 40
MAX_QUESTION: Final = 80
SEND_FROM: Final = 9
"""The hour of any day before which no note is sent."""
LOOK_EVERY: Final = timedelta(minutes=20)
_NAME: Final = "weekly misses"
"""The setting of an editor: the week of the last note, as 2026-W49; of the one in which he asked for it at first."""
_log = logging.getLogger(__name__)

Tell = Callable[[str, Reply], Awaitable[bool]]
"""Says something to a member of the bot's own accord; False if that cannot be."""
IsEditor = Callable[[str], Awaitable[bool]]
"""Whether a member may change the knowledge. Raises RightsUnknownError."""


class WeeklyNote:
    """Who wants the note, and sending it once a week. ``zone``: by whose clocks Monday begins."""

    def __init__(
        self,
        cases: Cases,
        settings: ContestRepository,
        tell: Tell,
        is_editor: IsEditor,
        *,
        clock: Clock,
        zone: tzinfo,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._cases = cases
        self._settings = settings
        self._tell = tell
        self._is_editor = is_editor
        self._clock = clock
        self._zone = zone
        self._sleep = sleep
        self._unreached: dict[str, date] = {}
        """Who could not be told, and on which day: tried again on the next one."""

    async def want(self, rest: str, incoming: Incoming) -> Reply | None:
        """Send it from next Monday on, or no more, if ``rest`` says so; None if it says something else.

        Raises StorageError.
        """
        if rest not in Wording.WEEKLY_ON and rest not in Wording.WEEKLY_OFF:
            return None
        wanted = rest in Wording.WEEKLY_ON
        week = week_of(self._clock().astimezone(self._zone)) if wanted else ""
        await self._settings.save(SettingRecord(incoming.person, _NAME, week))
        return say(Wording.WEEKLY_WANTED if wanted else Wording.WEEKLY_ENDED)

    async def run(self) -> None:
        """Send what is due, until cancelled."""
        while True:
            try:
                await self.send_due()
            except (StorageError, RightsUnknownError) as error:
                _log.warning("the weekly note waits: %s", error)
            except Exception:
                _log.exception("the weekly note fails")
            await self._sleep(LOOK_EVERY.total_seconds())

    async def send_due(self) -> None:
        """The note to everybody who has not had that of this week. Raises StorageError, RightsUnknownError."""
        now = self._clock().astimezone(self._zone)
        week = week_of(now)
        if now.hour < SEND_FROM:
            return
        rows = await self._settings.settings(_NAME)
        waiting = [row for row in rows if row.value != week and self._unreached.get(row.owner) != now.date()]
        if not waiting:
            return
        cases = await self._cases.open()
        for row in waiting:
            person = row.owner
            others = await self._cases.elsewhere(self._begin_of(row.value))
            if not await self._is_editor(person):  # is none any more
                await self._settings.save(SettingRecord(person, _NAME, ""))
            elif not (cases or others) or await self._tell(person, note_of(cases, others)):
                await self._settings.save(SettingRecord(person, _NAME, week))
            else:
                self._unreached[person] = now.date()

    def _begin_of(self, week: str) -> datetime:
        """When the note of ``week`` was sent at the earliest: nobody can settle what it told of other documents."""
        monday = datetime.strptime(f"{week}-1", "%G-W%V-%u").replace(hour=SEND_FROM, tzinfo=self._zone)
        return max(monday, self._clock() - WINDOW)


def note_of(cases: tuple[Case, ...], others: Sequence[MissesElsewhere] = ()) -> Reply:
    """What was missed most of ``cases``, which are in their order, each with a button that leads to it.

    ``others``: what was missed of other documents.
    """
    shown = cases[:COUNT]
    lines = [
        Wording.WEEKLY_LINE.format(
            number=number, text=shorten(case.group.wordings[0].text, MAX_QUESTION), times=case.group.times
        )
        for number, case in enumerate(shown, start=1)
    ]
    lead = Wording.WEEKLY.format(count=len(cases), shown=len(shown))
    choices = [
        Choice(
            Wording.WEEKLY_BUTTON.format(text=shorten(case.group.wordings[0].text, MAX_LABEL)),
            Code.ADMIN.to(f"mg-{case.digest}"),
        )
        for case in shown
    ]
    own = (lead, *lines, Wording.WEEKLY_HOW) if cases else (Wording.WEEKLY_OTHERS,)
    parts = [Part("text", line) for line in (*own, *elsewhere_lines(others))]
    return Reply(tuple(parts), tuple(choices), private=True)


def week_of(moment: datetime) -> str:
    """The week of ``moment``: 2026-W49."""
    year, week, _ = moment.isocalendar()
    return f"{year}-W{week:02}"
