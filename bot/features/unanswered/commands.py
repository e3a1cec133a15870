"""/misses 未答: the questions that were asked most and not answered well, one case at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import tzinfo
from functools import partial
from typing import TYPE_CHECKING

from bot.conversation.messages import Incoming, Part, Reply, say
from bot.conversation.router import Feature, Handle, Handler, Wizard, private
from bot.features.unanswered import case_presenter as cards
from bot.features.unanswered.cases import WINDOW, Case, Cases
from bot.features.unanswered.link_forecast import Forecasts
from bot.features.unanswered.new_point_wizard import NewPoint
from bot.features.unanswered.resolution import CaseResolver, Resolution, new_phrases
from bot.features.unanswered.weekly_note import IsEditor, Tell, WeeklyNote
from bot.knowledge.edit.amendment import AddQuestion
from bot.knowledge.model import Point
from bot.library import KnowledgeEditor
from bot.records.feedback import Clock, InThread
from bot.retrieval.retriever import Retriever
from bot.wording import Misses as Wording

if TYPE_CHECKING:
    from bot.storage.contests import ContestRepository
    from bot.storage.unanswered import UnansweredRepository

NEAREST = 4


@dataclass(frozen=True, slots=True)
class WeeklyTools:
    """What a weekly note takes: to say something to a member, whether he is an editor, and the time zone."""

    tell: Tell
    is_editor: IsEditor
    zone: tzinfo


def make_misses(
    served: Callable[[], Retriever],
    store: UnansweredRepository,
    editing: KnowledgeEditor,
    clock: Clock,
    new_id: Callable[[], str],
    *,
    settings: ContestRepository,
    in_thread: InThread,
    in_background: InThread,
    weekly: WeeklyTools | None = None,
    titles: Callable[[], Mapping[str, str]] = dict,
) -> Feature:
    """The miss loop on what is ``served``. ``new_id`` gives lower-case letters and digits, never the same twice.

    ``weekly`` is what a weekly note takes; None: there is none. ``titles``: those of all documents by their keys.
    ``settings`` keeps new points that are begun. One question is judged ``in_thread``, many are ``in_background``,
    which yields to members' questions.
    """
    cases = Cases(store, served, clock, titles)
    resolver = CaseResolver(cases, store, editing, lambda: served().knowledge, clock)
    forecasts = Forecasts(cases, editing, served, in_background)
    note = None
    if weekly is not None:
        note = WeeklyNote(cases, settings, weekly.tell, weekly.is_editor, clock=clock, zone=weekly.zone)
    misses = _Misses(cases, resolver, forecasts, served, in_thread, note=note)
    point = NewPoint(
        cases, resolver, lambda: served().knowledge, clock, new_id=new_id, store=settings, forecasts=forecasts
    )

    def reads(handle: Handle) -> Handler:
        return Handler(private(handle), "editor", audited=False)

    def does(handle: Handle) -> Handler:
        return Handler(private(handle), "editor")

    async def typed(incoming: Incoming) -> Reply | None:
        reply = await point.typed(incoming)
        return reply and replace(reply, private=True)

    return Feature(
        commands={"misses": reads(misses.begin)},
        buttons={
            "mg": reads(misses.show),
            "mo": reads(misses.sections),
            "ms": reads(misses.points),
            "ml": reads(misses.look),
            "mk": does(misses.link),
            "mc": does(misses.confirm),
            "mi": does(misses.ignore),
            "mu": does(misses.undo),
            "mv": does(misses.undo_surely),
            **{name: reads(handle) for name, handle in point.steps.items()},
            **{name: does(handle) for name, handle in point.changes.items()},
        },
        typed=typed,
        wizard=Wizard(point.load, point.has_begun, "editor", point.begun),
        jobs={} if note is None else {"weekly note": note.run},
    )


class _Misses:
    """One case at a time."""

    def __init__(
        self,
        cases: Cases,
        resolver: CaseResolver,
        forecasts: Forecasts,
        served: Callable[[], Retriever],
        in_thread: InThread,
        *,
        note: WeeklyNote | None = None,
    ) -> None:
        self._note = note
        self._cases = cases
        self._resolver = resolver
        self._forecasts = forecasts
        self._served = served
        self._in_thread = in_thread

    async def begin(self, rest: str, incoming: Incoming) -> Reply:
        """The case that was asked most; or whether a weekly note is wanted, if ``rest`` says so."""
        wanted = await self._note.want(rest.strip(), incoming) if self._note is not None and rest else None
        if wanted is not None:
            return wanted
        reply = await self.show("", incoming)
        others = cards.elsewhere_lines(await self._cases.elsewhere())
        return replace(reply, parts=(*reply.parts, *(Part("text", line) for line in others)))

    async def show(self, rest: str, incoming: Incoming) -> Reply:
        """The case of that digest; the largest where nothing is given, or where it is open no more."""
        del incoming
        cases = await self._cases.open()
        if not cases:
            return say(Wording.NONE.format(days=WINDOW.days))
        number = _place(cases, rest)
        if number is not None:
            return await self._card(cases, number)
        return await self._card(cases, 0, Wording.CHANGED if rest else "")

    async def sections(self, rest: str, incoming: Incoming) -> Reply:
        """Where to look for another point."""
        del incoming
        return cards.section_choices(rest, self._served().knowledge)

    async def points(self, rest: str, incoming: Incoming) -> Reply:
        """The points of a section."""
        del incoming
        digest, _, section = rest.partition(".")
        return cards.point_choices(digest, self._served().knowledge, section)

    async def look(self, rest: str, incoming: Incoming) -> Reply:
        """What members would be told if a case were given to a point; nothing is done yet."""
        digest, _, point_id = rest.partition(".")
        point = self._served().knowledge.point(point_id)
        case = next((case for case in await self._cases.open() if case.digest == digest), None)
        if case is None:
            return await self._changed(incoming)
        new = new_phrases(case, point)
        amendments = [AddQuestion(point_id, phrase) for phrase in new.values()]
        question = case.group.wordings[0].text
        forecast = await self._forecasts.of(amendments, question, point_id, case.group.cores)
        return cards.forecast_card(case, point, forecast)

    async def link(self, rest: str, incoming: Incoming) -> Reply:
        """Give a case to a point."""
        return await self._link(rest, incoming, confirmed=False)

    async def confirm(self, rest: str, incoming: Incoming) -> Reply:
        """The same, although golden questions change their answer."""
        return await self._link(rest, incoming, confirmed=True)

    async def ignore(self, rest: str, incoming: Incoming) -> Reply:
        """Leave a case alone."""
        following = await self._following(rest)
        settled = await self._resolver.ignore(rest, incoming.person)
        if settled is None:
            return await self._changed(incoming)
        return cards.done(Wording.IGNORED, settled, following)

    async def undo(self, rest: str, incoming: Incoming) -> Reply:
        """Undo what was done about a case."""
        return await self._undo(rest, incoming, confirmed=False)

    async def undo_surely(self, rest: str, incoming: Incoming) -> Reply:
        """The same, although golden questions change their answer."""
        return await self._undo(rest, incoming, confirmed=True)

    async def _undo(self, name: str, incoming: Incoming, *, confirmed: bool) -> Reply:
        settled = await self._resolver.undo(name, incoming.person, confirmed=confirmed)
        return say(Wording.UNDO_GONE) if settled is None else cards.undone(settled, name)

    async def _link(self, rest: str, incoming: Incoming, *, confirmed: bool) -> Reply:
        digest, _, point_id = rest.partition(".")
        point = self._served().knowledge.point(point_id)
        following = await self._following(digest)
        settled: Resolution | None = await self._resolver.link(digest, point_id, incoming.person, confirmed=confirmed)
        if settled is None:
            return await self._changed(incoming)
        return cards.linked(settled, digest, point, following)

    async def _following(self, digest: str) -> Case | None:
        """The case behind that one; the largest of the others where it is the last."""
        cases = await self._cases.open()
        number = _place(cases, digest)
        others = [case for case in cases if case.digest != digest]
        return next(iter(others[number or 0 :] or others), None)

    async def _changed(self, incoming: Incoming) -> Reply:
        return await self.show("-", incoming)

    async def _card(self, cases: Sequence[Case], number: int, lead: str = "") -> Reply:
        return cards.case_card(cases, number, await self._nearest(cases[number]), lead)

    async def _nearest(self, case: Case) -> list[Point]:
        """The points nearest to a case; a passage of the source that is no point takes no phrasing."""
        served = self._served()
        verdict = await self._in_thread(partial(served.ask, case.group.wordings[0].text))
        points = (match.point for match in verdict.considered or verdict.matches)
        return [point for point in points if not served.knowledge.is_passage(point)][:NEAREST]


def _place(cases: Sequence[Case], digest: str) -> int | None:
    return next((number for number, case in enumerate(cases) if case.digest == digest), None)
