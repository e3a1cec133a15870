"""/paper 学习竞赛: which competitions there are, ranks, buttons; what is refused is told."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from bot.conversation.messages import Choice, Code, Incoming, Part, Reply, say, told
from bot.conversation.router import Claim, Feature, Handle, Handler, Typed, for_everybody
from bot.errors import PaperRefusedError
from bot.features.papers import presenter
from bot.features.papers.organising import Organising
from bot.features.papers.paper_service import PaperService
from bot.features.papers.presenter import button
from bot.features.papers.reminders import CompetitionReminders
from bot.features.papers.writing import PaperWriting
from bot.records.chats import channel_of
from bot.records.papers import CompetitionRecord
from bot.text import clean
from bot.wording import Papers as Wording

Press = Callable[[str, str, Incoming], Awaitable[Reply]]
"""Does what a button wants: its first argument, all that stands behind it, and who pressed it where."""


class PaperCommands:
    """Everything that can be typed or pressed; ``organising``, ``writing`` and ``reminders`` do it."""

    def __init__(
        self, papers: PaperService, organising: Organising, writing: PaperWriting, reminders: CompetitionReminders
    ) -> None:
        self._papers = papers
        self._competitions = papers.competitions
        self._organising = organising
        self._writing = writing
        self._reminders = reminders
        self._anywhere: Mapping[str, Press] = {"o": self._press_card, "k": self._press_ranks}
        self._in_private: Mapping[str, Press] = {
            "s": self._press_begin,
            "u": self._press_name,
            "b": writing.press_branch,
            "e": writing.press_entry,
            "a": writing.press_answer,
            "n": writing.press_question,
            "g": writing.press_confirm,
            "h": writing.press_give_in,
            "r": writing.press_mistakes,
        }

    def feature(self) -> Feature:
        """The command, the buttons, what is typed, what comes by itself."""
        writing = self._writing
        return Feature(
            commands={"paper": for_everybody(_told(self.paper))},
            code=Code.QUIZ,
            buttons={"y": for_everybody(_told(self.press))},
            claim=Claim(writing.asking, writing.asked_at, _typed(writing.typed), unread=_typed(writing.unread)),
            jobs={"competitions": self._reminders.run},
            unlimited=True,
        )

    def organisers_feature(self) -> Feature:
        """The buttons of those who hold competitions."""
        organising = self._organising
        return Feature(
            buttons={
                "pp": Handler(_told(organising.press_publish), "host"),
                "px": Handler(_told(organising.press_drop), "host", audited=False),
                "pe": Handler(_told(organising.press_end), "host"),
                "pr": Handler(_told(organising.press_release), "host"),
            }
        )

    async def paper(self, rest: str, incoming: Incoming) -> Reply:
        """Which competitions there are; with words behind it one of them, its ranks, a new one."""
        word, _, more = rest.strip().partition(" ")
        doing = {
            **dict.fromkeys(Wording.NEW_WORDS, self._organising.plan),
            **dict.fromkeys(Wording.RANK_WORDS, self._ranks_of),
            **dict.fromkeys(Wording.END_WORDS, self._end),
            **dict.fromkeys(Wording.RELEASE_WORDS, self._organising.ask_to_release),
            **dict.fromkeys(Wording.REMIND_WORDS, self._reminders.switch),
        }.get(clean(word))
        if doing is not None:
            return await doing(more.strip(), incoming)
        if rest.strip():
            return await self._card(await self._named(rest.strip()), incoming)
        found = list(await self._competitions.all())
        shown = [one for one in found if self._competitions.phase(one) != "over"] or found[:5]
        if len(shown) == 1:
            return await self._card(shown[0], incoming)
        return presenter.listing([(one, self._competitions.phase(one), self._papers.window(one)) for one in shown])

    async def press(self, rest: str, incoming: Incoming) -> Reply:
        """What a button of papers does: ``<operation>-<arguments>``."""
        operation, _, more = rest.partition("-")
        first, _, second = more.partition("-")
        press = self._anywhere.get(operation)
        if press is None and operation in self._in_private:
            if not incoming.is_private:
                return told(Wording.IN_PRIVATE, incoming)
            press = self._in_private[operation]
        return await press(first, second, incoming) if press is not None else Reply(toast=Wording.ASK_AGAIN)

    async def _press_card(self, name: str, _: str, incoming: Incoming) -> Reply:
        return await self._card(await self._competitions.find(name), incoming)

    async def _press_ranks(self, name: str, by: str, incoming: Incoming) -> Reply:
        return await self._ranks(await self._competitions.find(name), incoming, by_branch=by == "b")

    async def _press_begin(self, name: str, _: str, incoming: Incoming) -> Reply:
        return await self._writing.begin(await self._competitions.find(name), incoming)

    async def _press_name(self, name: str, _: str, incoming: Incoming) -> Reply:
        return await self._writing.name_given(await self._competitions.find(name), incoming.name, incoming)

    async def _card(self, competition: CompetitionRecord, incoming: Incoming) -> Reply:
        """What a competition is, and what can be done now."""
        phase, window = self._competitions.phase(competition), self._papers.window(competition)
        lines = [
            Wording.LIST_LINE.format(title=competition.title, phase=Wording.PHASES[phase], window=window),
            presenter.rules_line(competition),
            Wording.PREVIEW_SOURCE.format(source=self._organising.source_of(competition.document, competition.bank)),
        ]
        choices = []
        if incoming.is_private:
            papers, now = await self._papers.papers_of(competition, incoming.person), self._papers.now()
            over = [one for one in papers if one.is_over(now)]
            if len(over) < len(papers):
                choices.append(Choice(Wording.GO_ON, button("s", competition.id)))
            elif phase == "running" and self._papers.tries_left(competition, papers, now):
                lines.append(Wording.HOW)
                label = Wording.BEGIN_AGAIN if over else Wording.BEGIN
                choices.append(Choice(label, button("s", competition.id)))
            if over:
                choices.append(Choice(Wording.MISTAKES, button("r", over[-1].id, 0)))
        elif phase != "over":
            lines.append(presenter.where(competition, self._organising.address()))
        choices.append(Choice(Wording.SEE_RANKS, button("k", competition.id)))
        return Reply(tuple(Part("text", line) for line in lines), tuple(choices))

    async def _ranks(self, competition: CompetitionRecord, incoming: Incoming, *, by_branch: bool) -> Reply:
        is_guest = channel_of(incoming.person) == "web" and not incoming.name
        if is_guest and await self._competitions.entrant(competition, incoming.person) is None:
            return told(Wording.RANKS_OF_NAMED, incoming)
        board = await self._papers.board(competition)
        if by_branch:
            return presenter.branch_ranks(competition, board)
        return presenter.ranks(competition, board, await self._papers.person_of(incoming.person))

    async def _ranks_of(self, name: str, incoming: Incoming) -> Reply:
        found = await self._competitions.all()
        if not found:
            return say(Wording.LIST_EMPTY)
        return await self._ranks(await self._named(name) if name else found[0], incoming, by_branch=False)

    async def _end(self, name: str, incoming: Incoming) -> Reply:
        return await self._organising.ask_to_end(await self._named(name), incoming)

    async def _named(self, name: str) -> CompetitionRecord:
        """The competition of that id or title. Raises PaperRefusedError."""
        for one in await self._competitions.all():
            if clean(name) in {one.id, clean(one.title)}:
                return one
        raise PaperRefusedError(Wording.UNKNOWN)


def _told(handle: Handle) -> Handle:
    """``handle``, which tells what is refused."""

    async def handled(rest: str, incoming: Incoming) -> Reply:
        try:
            return await handle(rest, incoming)
        except PaperRefusedError as refusal:
            return say(str(refusal))

    return handled


def _typed(typed: Typed) -> Typed:
    """``typed``, which tells what is refused."""

    async def handled(incoming: Incoming) -> Reply | None:
        try:
            return await typed(incoming)
        except PaperRefusedError as refusal:
            return say(str(refusal))

    return handled
