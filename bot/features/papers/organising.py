"""Competitions held from a chat: a plan in one line, shown, published with one tap; ended before their time."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from cachetools import FIFOCache

from bot.conversation.messages import Choice, Incoming, Part, Reply, say
from bot.features.papers import presenter
from bot.features.papers.competitions import MAX_BRANCH, CompetitionPlan
from bot.features.papers.paper_service import PaperService
from bot.features.papers.plan_parser import parse_plan
from bot.features.papers.presenter import button
from bot.records.papers import CompetitionRecord, EntrantRecord
from bot.text import readable, shorten
from bot.wording import Papers as Wording

MAX_PREVIEWS: Final = 50


@dataclass(frozen=True, slots=True)
class _Preview:
    person: str
    plan: CompetitionPlan


class Organising:
    """What organisers do. Every method may raise PaperRefusedError and StorageError.

    ``may_hold`` tells whether a person may hold competitions. ``document`` gives the key of the document that is read,
    ``source_of`` names a document or a bank; ``address`` gives where members reach the page, or nothing.
    """

    def __init__(
        self,
        papers: PaperService,
        *,
        may_hold: Callable[[str], Awaitable[bool]],
        document: Callable[[], str],
        source_of: Callable[[str, str], str],
        address: Callable[[], str],
        new_id: Callable[[], str],
        zone: str,
    ) -> None:
        self._papers = papers
        self._competitions = papers.competitions
        self.may_hold = may_hold
        self._document = document
        self.source_of = source_of
        self.address = address
        self._new_id = new_id
        self._zone = ZoneInfo(zone)
        self._releases: FIFOCache[str, EntrantRecord] = FIFOCache(MAX_PREVIEWS)
        self._previews: FIFOCache[str, _Preview] = FIFOCache(MAX_PREVIEWS)

    async def plan(self, text: str, incoming: Incoming) -> Reply:
        """What ``text`` plans, to be published; how to write a plan, if there is none in it."""
        if not incoming.channel.identity or not await self.may_hold(incoming.person):
            return say(Wording.HOSTS_ONLY)
        if not text.strip():
            return say(Wording.HOW_TO_PLAN)
        read = parse_plan(text, self._papers.now().astimezone(self._zone), self._document())
        if not read.has_window:
            return say(Wording.NO_WINDOW)
        return await self.show_plan(read.plan, incoming.person)

    async def show_plan(self, plan: CompetitionPlan, person: str) -> Reply:
        """``plan`` to be published with one tap. Raises PaperRefusedError with what is wrong with it, StorageError."""
        plan = await self._competitions.check(plan)
        name = self._new_id()
        self._previews[name] = _Preview(person, plan)
        window = self._papers.span(plan.starts_at, plan.ends_at)
        return presenter.preview(plan, window, self.source_of(plan.document, plan.bank), name)

    async def press_publish(self, name: str, incoming: Incoming) -> Reply:
        """Publish a plan that was shown. Raises StorageError."""
        waiting = self._previews.get(name)
        if waiting is None or waiting.person != incoming.person:
            return Reply(toast=Wording.PREVIEW_GONE)
        self._previews.pop(name, None)
        competition = await self._competitions.publish(waiting.plan, incoming.person)
        return self.published(competition)

    def published(self, competition: CompetitionRecord) -> Reply:
        """That a competition is published, with the invitation to post in groups."""
        invitation = presenter.invitation(competition, self._papers.window(competition), self.address())
        parts = (Part("text", Wording.PUBLISHED), Part("text", invitation), Part("note", Wording.PUBLISHED_HINT))
        return Reply(parts, (Choice(Wording.SEE_RANKS, button("k", competition.id)),))

    async def press_drop(self, name: str, incoming: Incoming) -> Reply:
        """Forget a plan that was shown."""
        waiting = self._previews.get(name)
        if waiting is None or waiting.person != incoming.person:
            return Reply(toast=Wording.PREVIEW_GONE)
        self._previews.pop(name, None)
        return say(Wording.DROPPED)

    async def ask_to_release(self, name: str, incoming: Incoming) -> Reply:
        """Whose name is to be free again, of those who take part under it."""
        if not incoming.channel.identity or not await self.may_hold(incoming.person):
            return say(Wording.HOSTS_ONLY)
        if not name:
            return say(Wording.HOW_TO_RELEASE)
        found = await self._competitions.entered_as(name)
        if not found:
            return say(Wording.NOT_ENTERED.format(name=shorten(readable(name), MAX_BRANCH)))
        keys = [self._new_id() for _ in found]
        self._releases.update(zip(keys, (entrant for _, entrant in found), strict=True))
        return presenter.ask_to_release(dict(zip(keys, found, strict=True)))

    async def press_release(self, key: str, incoming: Incoming) -> Reply:
        """Let a name be free again. Raises StorageError."""
        del incoming
        entrant = self._releases.get(key)
        if entrant is None:
            return Reply(toast=Wording.PREVIEW_GONE)
        await self._papers.release(entrant)
        self._releases.pop(key, None)
        return say(Wording.RELEASED.format(name=entrant.name))

    async def ask_to_end(self, competition: CompetitionRecord, incoming: Incoming) -> Reply:
        """Whether a competition is to end now."""
        if not incoming.channel.identity or not await self.may_hold(incoming.person):
            return say(Wording.HOSTS_ONLY)
        return presenter.ask_to_end(competition)

    async def press_end(self, name: str, incoming: Incoming) -> Reply:
        """End a competition now. Raises StorageError."""
        del incoming
        competition = await self._competitions.find(name)
        await self._papers.end(competition)
        return say(Wording.ENDED.format(title=competition.title))
