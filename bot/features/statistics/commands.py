"""/stats: what was asked and how quizzes went, as text and as a picture; and the way to the page for admins."""

from __future__ import annotations

import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from bot.conversation.messages import Attachment, Choice, Code, Incoming, Part, Reply, say
from bot.conversation.router import Feature, Handler, private
from bot.features.statistics.summary import (
    LISTED,
    LONGEST,
    TOP,
    busy_days,
    day_lines,
    days_until,
    span,
    sums,
    top_lines,
    weakest_lines,
    with_titles,
)
from bot.knowledge.model import Knowledge
from bot.records.feedback import Clock
from bot.records.statistics import Figures
from bot.threads import run_in_thread
from bot.wording import Admin
from bot.wording import Insight as Wording

if TYPE_CHECKING:
    from bot.storage.statistics import StatisticsRepository


_log = logging.getLogger(__name__)
WEEK, MONTH = 7, 30
_DAYS = re.compile(r"(\d{1,4})\s*天?")

Drawing = Callable[[str, Figures], bytes]
"""A PNG of figures, under the title of the document. Takes time: called in a thread of its own."""
Invite = Callable[[str], Awaitable[Reply]]
"""The reply that lets a member open the page for admins."""


class Stats:
    """Tells the figures of the last days, which end today by the clocks of ``zone``.

    ``drawing`` None: there are no pictures, and the reply says how to get them. ``invite`` None: there is no page.
    ``flush`` saves what was counted and is not saved yet. ``titles``: those of all documents by their keys.
    """

    def __init__(
        self,
        store: StatisticsRepository,
        knowledge: Callable[[], Knowledge],
        *,
        clock: Clock,
        zone: str,
        drawing: Drawing | None = None,
        invite: Invite | None = None,
        flush: Callable[[], Awaitable[None]] | None = None,
        beside: Callable[[], Mapping[str, Knowledge]] = dict,
    ) -> None:
        self._beside = beside
        self._store = store
        self._flush = flush
        self._knowledge = knowledge
        self._clock = clock
        self._zone = zone
        self._drawing = drawing
        self._invite = invite

    async def figures(self, count: int) -> Figures:
        """The figures of the last ``count`` days, points by their titles. Raises StorageError."""
        if self._flush is not None:
            await self._flush()
        figures = await self._store.figures(days_until(self._clock(), count, self._zone), TOP)
        return with_titles(figures, self._knowledge(), self._beside())

    async def stats(self, rest: str, incoming: Incoming) -> Reply:
        """The figures of as many days as ``rest`` says, a week where it says nothing. Raises StorageError."""
        count = _count_in(rest)
        if count is None:
            return say(Wording.BAD_DAYS.format(longest=LONGEST))
        figures = await self.figures(count)
        picture = await self._picture(figures, incoming.request_id)
        notes = () if self._drawing is not None else (Part("text", Wording.NO_PICTURE),)
        return Reply((*_parts(figures, pictured=bool(picture)), *notes), self._buttons(count), files=picture)

    async def invited(self, _: str, incoming: Incoming) -> Reply:
        """The link to the page for admins."""
        return await self._invite(incoming.person) if self._invite is not None else Reply(toast=Admin.GONE)

    async def _picture(self, figures: Figures, request_id: str) -> tuple[Attachment, ...]:
        if self._drawing is None:
            return ()
        try:
            data = await run_in_thread(partial(self._drawing, self._knowledge().title, figures))
        except Exception:  # the text says it all
            _log.exception("the picture cannot be drawn", extra={"request_id": request_id})
            return ()
        return (Attachment(f"stats-{figures.days[-1].date:%Y-%m-%d}.png", data, picture=True),)

    def _buttons(self, count: int) -> tuple[Choice, ...]:
        others = [
            Choice(Wording.DAYS.format(count=days), Code.ADMIN.to(f"sd-{days}"))
            for days in (WEEK, MONTH)
            if days != count
        ]
        page = [Choice(Wording.OPEN, Code.ADMIN.to("sl-"))] if self._invite is not None else []
        return (*others, *page)


def make_stats(stats: Stats) -> Feature:
    """The command and the buttons of ``stats``: figures are no business of a group in which an admin asks."""
    shown = Handler(private(stats.stats), "editor", audited=False)
    return Feature(commands={"stats": shown}, buttons={"sd": shown, "sl": Handler(private(stats.invited), "editor")})


def _count_in(rest: str) -> int | None:
    if not rest:
        return WEEK
    found = _DAYS.fullmatch(rest)
    count = int(found[1]) if found is not None else 0
    return count if 1 <= count <= LONGEST else None


def _parts(figures: Figures, *, pictured: bool) -> list[Part]:
    parts = [Part("title", Wording.TITLE.format(span=span(figures.days)))]
    parts += [Part("text", line) for line in sums(figures)]
    for heading, lines in (
        (Wording.TOP, top_lines(figures)),
        (Wording.WEAKEST, weakest_lines(figures)),
        (Wording.BY_DAY, day_lines(figures)),
    ):
        if lines:
            parts += [Part("title", heading), Part("text", "\n".join(lines))]
    busy = len(busy_days(figures))
    if busy > LISTED:
        earlier = Wording.EARLIER if pictured else Wording.EARLIER_UNSEEN
        parts.append(Part("text", earlier.format(count=busy - LISTED)))
    if 0 < busy < len(figures.days):
        parts.append(Part("text", Wording.EMPTY_DAYS.format(count=len(figures.days) - busy)))
    return parts
