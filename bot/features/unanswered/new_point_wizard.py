"""The dialogue in which an admin makes a new point: section, quote, title, questions, a look at it all, done."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from bot.conversation.messages import Incoming, Reply, say
from bot.conversation.router import Handle
from bot.features.unanswered import case_presenter as case_cards
from bot.features.unanswered import draft_presenter as draft_cards
from bot.features.unanswered.cases import Cases
from bot.features.unanswered.link_forecast import Forecasts
from bot.features.unanswered.point_draft import MAX_QUESTIONS, PointDraft, PointDrafts, Step
from bot.features.unanswered.resolution import CaseResolver
from bot.knowledge.lint import MAX_QUOTE, MAX_TITLE
from bot.knowledge.model import Knowledge
from bot.knowledge.quotes import find_words, span_to
from bot.knowledge.structure import Span
from bot.records.feedback import Clock
from bot.retrieval.normalize.question import MAX_LENGTH
from bot.text import clean, shorten
from bot.threads import run_in_thread
from bot.wording import Misses as MissesWording
from bot.wording import NewPoint as Wording

if TYPE_CHECKING:
    from bot.storage.contests import ContestRepository


_NUMBER = re.compile(r"\d{1,2}")
_TOLD = 20  # characters of what was typed that are told back


class NewPoint:
    """The dialogues of all admins. ``steps`` only lead through it, ``changes`` change the knowledge."""

    def __init__(
        self,
        cases: Cases,
        resolver: CaseResolver,
        knowledge: Callable[[], Knowledge],
        clock: Clock,
        *,
        new_id: Callable[[], str],
        store: ContestRepository,
        forecasts: Forecasts,
    ) -> None:
        self._forecasts = forecasts
        self._cases = cases
        self._resolver = resolver
        self._knowledge = knowledge
        self._clock = clock
        self._new_id = new_id
        self._drafts = PointDrafts(store)
        steps: Mapping[str, Handle] = {
            "nb": self._begin,
            "ns": self._section,
            "nr": self._to("first", lambda draft: draft.section),
            "nt": self._take_title,
            "nq": self._to("questions", lambda draft: draft.title),
            "nk": self._clear,
            "np": self._preview,
            "nx": self._drop,
        }
        self.steps: Mapping[str, Handle] = {name: self._kept(step) for name, step in steps.items()}
        self._answers: Mapping[Step, Callable[[PointDraft, str], Awaitable[Reply | None]]] = {
            "first": self._first,
            "last": self._last,
            "title": self._named,
            "questions": self._questions,
        }
        self.changes: Mapping[str, Handle] = {"na": self._kept(self._add), "nc": self._kept(self._confirm)}

    async def load(self) -> bool:
        """Take up what was begun before the start; False where it cannot be read now. Never raises."""
        return await self._drafts.load(self._clock())

    @property
    def begun(self) -> Collection[object]:
        """Empty as long as nobody is in the middle of it."""
        return self._drafts.all

    def has_begun(self, person: str) -> bool:
        """Whether ``person`` is in the middle of it, also since before a restart."""
        return self._drafts.has(person)

    def _kept(self, handle: Handle) -> Handle:
        """``handle``, after which it is kept how far the dialogue is."""

        async def handled(rest: str, incoming: Incoming) -> Reply:
            await self.load()
            reply = await handle(rest, incoming)
            await self._drafts.save(incoming.person)
            return reply

        return handled

    async def typed(self, incoming: Incoming) -> Reply | None:
        """The reply to a text that answers what was asked last; None for what is no answer to it.

        Numbers pick of what is offered; questions are for the document, unless questions are asked for.
        """
        draft = self._drafts.get(incoming.person, incoming.chat, self._clock())
        if draft is None:
            return None
        reply = await self._typed(draft, incoming)
        if reply is not None:
            await self._drafts.save(incoming.person)
        return reply

    async def _typed(self, draft: PointDraft, incoming: Incoming) -> Reply | None:
        text = incoming.text.strip()
        if clean(text).partition("@")[0] in Wording.CANCEL_WORDS:
            return self._dropped(incoming)
        answer = self._answers.get(draft.step)
        if answer is None or not text or text.startswith("/") or _NUMBER.fullmatch(text):
            return None
        return await answer(draft, text)

    async def _begin(self, rest: str, incoming: Incoming) -> Reply:
        case = next((case for case in await self._cases.open() if case.digest == rest), None)
        if case is None:
            return say(Wording.GONE)
        draft = self._drafts.begin(incoming.person, incoming.chat, case, self._unused_id(), self._clock())
        return self._ask(draft)

    async def _section(self, rest: str, incoming: Incoming) -> Reply:
        name, _, section = rest.partition(".")
        draft = self._draft(name, incoming)
        if draft is None:
            return say(Wording.GONE)
        draft.section = self._knowledge().section(section).id
        draft.step = "first"
        return self._ask(draft)

    def _to(self, step: Step, ready: Callable[[PointDraft], object]) -> Handle:
        """Leads to a step, where the draft is ``ready`` for it."""

        async def handle(rest: str, incoming: Incoming) -> Reply:
            draft = self._draft(rest, incoming)
            if draft is None or not ready(draft):
                return say(Wording.GONE)
            draft.step = step if step != "preview" or draft.questions else "questions"
            return self._ask(draft)

        return handle

    async def _preview(self, rest: str, incoming: Incoming) -> Reply:
        """All of the new point, and which other questions without an answer it would answer too."""
        reply = await self._to("preview", lambda draft: draft.title)(rest, incoming)
        draft = self._draft(rest, incoming)
        if draft is None or draft.step != "preview":
            return reply
        point = draft.point
        forecast = await self._forecasts.of([point], point.questions[0], point.id, draft.cores)
        if forecast.refused is not None:
            return reply  # why is told by who adds it
        return replace(reply, parts=(*reply.parts, *case_cards.texts(case_cards.also_answered(forecast))))

    async def _take_title(self, rest: str, incoming: Incoming) -> Reply:
        draft = self._draft(rest, incoming)
        if draft is None or not draft.quote:
            return say(Wording.GONE)
        return self._title(draft, draft.suggested_title)

    async def _clear(self, rest: str, incoming: Incoming) -> Reply:
        draft = self._draft(rest, incoming)
        if draft is None or not draft.title:
            return say(Wording.GONE)
        draft.questions.clear()
        draft.step = "questions"
        return self._ask(draft)

    async def _drop(self, rest: str, incoming: Incoming) -> Reply:
        return say(Wording.GONE) if self._draft(rest, incoming) is None else self._dropped(incoming)

    async def _add(self, rest: str, incoming: Incoming) -> Reply:
        return await self._added(rest, incoming, confirmed=False)

    async def _confirm(self, rest: str, incoming: Incoming) -> Reply:
        return await self._added(rest, incoming, confirmed=True)

    async def _added(self, rest: str, incoming: Incoming, *, confirmed: bool) -> Reply:
        draft = self._draft(rest, incoming)
        if draft is None or draft.step != "preview":  # a button of a look at it that is out of date
            return say(Wording.GONE) if draft is None else self._ask(draft)
        edited, settled = await self._resolver.add(draft.point, draft.cores, incoming.person, confirmed=confirmed)
        if not edited.number:
            confirm = case_cards.button(MissesWording.CONFIRM, "nc", draft.id)
            others = (*draft_cards.changes(draft), draft_cards.drop(draft))
            return case_cards.refused(edited, confirm, *others)
        self._drafts.drop(incoming.person, incoming.chat)
        text = MissesWording.ADDED.format(title=draft.title, number=edited.number)
        return case_cards.done(text, settled, next(iter(await self._cases.open()), None))

    async def _first(self, draft: PointDraft, words: str) -> Reply | None:
        knowledge = self._knowledge()
        source = knowledge.source
        found = await run_in_thread(partial(_places_in, knowledge, draft.section, words))
        if draft.step != "first":  # another reply came in between
            return self._ask(draft)
        if len(found) == 1:
            draft.first, draft.opening, draft.step = found[0], source[found[0].start : found[0].end], "last"
            return self._ask(draft)
        if not found and _is_question(words):
            return None
        told = shorten(words, _TOLD)
        trouble = Wording.SEVERAL.format(words=told, count=len(found)) if found else Wording.NOWHERE.format(words=told)
        return self._ask(draft, trouble)

    async def _last(self, draft: PointDraft, words: str) -> Reply | None:
        knowledge = self._knowledge()
        source = knowledge.source
        if draft.first is None or source[draft.first.start : draft.first.end] != draft.opening:
            draft.step = "first"  # the source was replaced meanwhile
            return self._ask(draft)
        found = await run_in_thread(partial(span_to, source, draft.first, words, MAX_QUOTE))
        if draft.step != "last":
            return self._ask(draft)
        if not isinstance(found, str):
            draft.quote, draft.step = source[found.start : found.end], "title"
            section = _section_at(knowledge, found)
            if section in {"", draft.section}:
                return self._ask(draft)
            draft.section = section  # a citation says where a quote stands, not where it was looked for
            return self._ask(draft, Wording.ELSEWHERE.format(section=knowledge.section(section).title))
        if found == "nowhere" and _is_question(words):
            return None
        sentence = {"nowhere": Wording.NOWHERE_BEHIND, "several": Wording.SEVERAL_ENDS, "far": Wording.FAR}[found]
        return self._ask(draft, sentence.format(words=shorten(words, _TOLD), limit=MAX_QUOTE))

    async def _named(self, draft: PointDraft, title: str) -> Reply | None:
        return None if _is_question(title) else self._title(draft, title)

    def _title(self, draft: PointDraft, title: str) -> Reply:
        if not draft.name(title):
            return self._ask(draft, Wording.TITLE_BAD.format(limit=MAX_TITLE))
        draft.step = "questions"
        return self._ask(draft)

    async def _questions(self, draft: PointDraft, text: str) -> Reply:
        trouble: list[str] = []
        for line in filter(None, map(str.strip, text.splitlines())):
            if len(draft.questions) == MAX_QUESTIONS:
                trouble.append(Wording.TOO_MANY.format(limit=MAX_QUESTIONS))
                break
            if not draft.ask(line):
                trouble.append(Wording.NOT_TAKEN.format(question=shorten(line, _TOLD), limit=MAX_LENGTH))
        return self._ask(draft, *trouble)

    def _ask(self, draft: PointDraft, *lead: str) -> Reply:
        return draft_cards.ask(draft, self._knowledge(), lead)

    def _draft(self, name: str, incoming: Incoming) -> PointDraft | None:
        draft = self._drafts.get(incoming.person, incoming.chat, self._clock())
        return draft if draft is not None and draft.id == name else None

    def _dropped(self, incoming: Incoming) -> Reply:
        self._drafts.drop(incoming.person, incoming.chat)
        return say(Wording.DROPPED)

    def _unused_id(self) -> str:
        used = {point.id for point in self._knowledge().points}
        return next(name for name in iter(self._new_id, "") if f"p-{name}" not in used)


def _places_in(knowledge: Knowledge, section: str, words: str) -> tuple[Span, ...]:
    """Where ``words`` stand; in ``section``, where they stand there too. Of a long source it takes half a second."""
    found = find_words(knowledge.source, words)
    return tuple(place for place in found if _section_at(knowledge, place) == section) or found


def _section_at(knowledge: Knowledge, place: Span) -> str:
    """The id of the section in which ``place`` begins; nothing where that cannot be told."""
    section = knowledge.section_at(place.start)
    return section.id if section is not None else ""


def _is_question(text: str) -> bool:
    return text.endswith(("?", "\uff1f"))
