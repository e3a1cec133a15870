"""A paper in a chat: a name and a branch to begin, question after question by buttons or typed, the result."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, Literal

from cachetools import FIFOCache

from bot.access.member_names import NameRefusedError, shown_name
from bot.access.quotas import PAPERS, VisitorQuota
from bot.conversation.answer_parser import is_option_answer, options_by_words, parse_options
from bot.conversation.messages import Choice, Incoming, Part, Reply, option_indices, say
from bot.conversation.question_replies import unread
from bot.conversation.wants import want_of
from bot.conversation.wish_parser import parse_wish
from bot.errors import PaperRefusedError
from bot.features.papers import presenter
from bot.features.papers.competitions import MAX_BRANCH, branches_of
from bot.features.papers.paper_service import GivenAnswer, PaperService, WrittenPaper
from bot.features.papers.presenter import button
from bot.records.papers import CompetitionRecord
from bot.text import clean, readable
from bot.wording import Papers as Wording

MAX_WAITING: Final = 5_000
MAX_BRANCH_BUTTONS: Final = 40
CLOSE: Final = timedelta(minutes=10)
"""After a question was shown, whatever is typed in that time is about it; later only what is an answer."""
_NONE: Final = "x"  # the button of who has no branch


@dataclass(frozen=True, slots=True)
class _Waiting:
    """What somebody is asked in private: a name or a branch to begin, whether both are right, question ``number`` of a
    paper, whether to give it in.
    """

    asks: Literal["name", "branch", "entry", "answer", "confirm"]
    since: datetime
    competition: str
    name: str = ""
    branch: str = ""
    paper: str = ""
    number: int = 0


class PaperWriting:
    """Papers that are written in private chats. Every method may raise PaperRefusedError and StorageError."""

    def __init__(self, papers: PaperService) -> None:
        self._papers = papers
        self._competitions = papers.competitions
        self._waiting: FIFOCache[str, _Waiting] = FIFOCache(MAX_WAITING)
        self._quota = VisitorQuota("papers", *PAPERS)

    @property
    def asking(self) -> Collection[object]:
        """Empty as long as nobody is asked anything."""
        return self._waiting.keys()

    async def take_up(self) -> None:
        """Take answers again to papers that were being written when the bot ended. Raises StorageError."""
        for paper in await self._papers.being_written(besides="web"):  # whose papers are on a page of their own
            written = await self._papers.read(paper.id, paper.member)
            number = written.next_open() or 0
            since = paper.started_at - CLOSE  # only what can be nothing but an answer is taken for one
            self._waiting[paper.member] = _Waiting("answer", since, paper.competition, paper=paper.id, number=number)

    def asked_at(self, incoming: Incoming) -> datetime | None:
        """Since when a typed text is meant for what is asked; None if nothing is asked of this person here."""
        found = self._waiting.get(incoming.person) if incoming.is_private else None
        return found.since if found is not None else None

    async def typed(self, incoming: Incoming) -> Reply | None:
        """The reply to a name, a branch or an answer; None if it is none of these. Raises StorageError."""
        found = self._waiting.get(incoming.person) if incoming.is_private else None
        if found is None:
            return None
        if found.asks == "confirm" and self._is_close(found):
            confirmed = await self._confirmation_typed(found, incoming)
            if confirmed is not None:
                return confirmed
        if found.paper:
            return await self._answer_typed(found, incoming)
        return await self._entry_typed(found, incoming) if self._is_close(found) else None

    async def _confirmation_typed(self, found: _Waiting, incoming: Incoming) -> Reply | None:
        """The reply to yes or no; None if it is neither. What may be an answer to an open question is one: an answer
        can be changed, a paper that was given in cannot."""
        said = clean(incoming.text)
        if said in Wording.UNCLEAR_WORDS:
            written = await self._papers.read(found.paper, incoming.person)
            if written.next_open() is not None:
                answered = await self._answer_typed(found, incoming)
                if answered is not None:
                    return answered
        if said in Wording.YES_WORDS or said in Wording.GIVE_IN_WORDS:
            return await self.press_give_in(found.paper, "", incoming)
        if said in Wording.NO_WORDS:
            return await self.press_question(found.paper, str(found.number), incoming)
        if said in Wording.UNCLEAR_WORDS:
            again = await self.press_confirm(found.paper, "", incoming)
            return replace(again, parts=(*again.parts, Part("text", Wording.SAY_GIVE_IN)))
        return None

    async def _entry_typed(self, found: _Waiting, incoming: Incoming) -> Reply | None:
        if parse_wish(incoming.text) == "stop":
            self._waiting.pop(incoming.person, None)
            return say(Wording.NOT_BEGUN)
        competition, said = await self._competitions.find(found.competition), clean(incoming.text)
        if found.asks == "entry":
            if said == Wording.CHANGE_NAME:
                return self._ask_name(competition, incoming)
            return await self.press_entry(competition.id, "", incoming) if said in Wording.ENTRY_WORDS else None
        if any(word in incoming.text for word in Wording.NO_NAME_WORDS) or want_of(incoming.text) is not None:
            return None  # a question, or a wish to play, which must not become a name
        if found.asks == "name":
            return await self.name_given(competition, incoming.text, incoming)
        return await self._branch_typed(competition, found.name, incoming)

    async def _branch_typed(self, competition: CompetitionRecord, name: str, incoming: Incoming) -> Reply:
        if competition.has_roster or branches_of(competition):
            return await self._enter(competition, name, incoming.text, incoming)
        if clean(incoming.text) == Wording.NO_BRANCH:
            return await self._enter(competition, name, "", incoming)
        try:
            branch = shown_name(incoming.text, MAX_BRANCH)
        except NameRefusedError as refusal:
            return say(str(refusal))
        self._waiting[incoming.person] = _Waiting("entry", self._papers.now(), competition.id, name, branch)
        return presenter.confirm_entry(competition, name, branch)

    async def press_entry(self, competition_id: str, _: str, incoming: Incoming) -> Reply:
        """The first question, for a name and a branch that were typed and are right."""
        found = self._waiting.get(incoming.person)
        if found is None or found.asks != "entry" or found.competition != competition_id:
            return say(Wording.ASK_AGAIN)
        competition = await self._competitions.find(competition_id)
        return await self._enter(competition, found.name, found.branch, incoming)

    async def unread(self, incoming: Incoming) -> Reply | None:
        """What is said of a text that is no answer to a question shown just now; None of any other.

        Raises StorageError.
        """
        found = self._waiting.get(incoming.person) if incoming.is_private else None
        if found is None or found.asks != "answer" or not self._is_close(found):
            return None
        written = await self._papers.read(found.paper, incoming.person)
        return None if written.paper.is_over(self._papers.now()) else unread(written.paper.questions[found.number])

    async def forget(self, member: str) -> None:
        """Ask a member nothing any more."""
        self._waiting.pop(member, None)

    async def begin(self, competition: CompetitionRecord, incoming: Incoming) -> Reply:
        """The first question of a new paper, the open one of the present paper, or what name and branch to take."""
        entrant = await self._competitions.entrant(competition, incoming.person)
        if entrant is None:
            phase = self._competitions.phase(competition)
            if phase == "over":
                return say(Wording.OVER.format(title=competition.title))
            if phase == "coming":
                when = self._papers.when(competition.starts_at)
                return say(Wording.NOT_YET.format(title=competition.title, when=when))
            return self._ask_name(competition, incoming)
        written = await self._papers.start(competition, entrant)
        return await self._ask(written, written.next_open() or 0, incoming)

    def _ask_name(self, competition: CompetitionRecord, incoming: Incoming) -> Reply:
        self._waiting[incoming.person] = _Waiting("name", self._papers.now(), competition.id)
        hint = Wording.NAME_HINT_LISTED if competition.has_roster else Wording.NAME_HINT
        choices: tuple[Choice, ...] = ()
        try:
            shown = shown_name(incoming.name)
            choices = (Choice(Wording.USE_NAME.format(name=shown), button("u", competition.id)),)
        except NameRefusedError:
            pass
        return Reply((Part("text", Wording.ASK_NAME), Part("note", hint)), choices, expects_answer=True)

    async def name_given(self, competition: CompetitionRecord, name: str, incoming: Incoming) -> Reply:
        """What comes after a name: the branches to choose from, or the first question."""
        try:
            shown = shown_name(name)
        except NameRefusedError as refusal:
            return say(str(refusal))
        branches = await self._competitions.branches_for(competition, shown)
        if competition.has_roster and len(branches) == 1:
            return await self._enter(competition, shown, "", incoming)
        self._waiting[incoming.person] = _Waiting("branch", self._papers.now(), competition.id, shown)
        if branches:
            choices = [Choice(one, button("b", competition.id, number)) for number, one in enumerate(branches)]
            text = Wording.ASK_BRANCH.format(name=shown)
            return Reply((Part("text", text),), tuple(choices[:MAX_BRANCH_BUTTONS]), numbered=True)
        choices = [Choice(Wording.NO_BRANCH, button("b", competition.id, _NONE))]
        return Reply((Part("text", Wording.ASK_BRANCH_FREE.format(name=shown)),), tuple(choices), expects_answer=True)

    async def press_branch(self, competition_id: str, index: str, incoming: Incoming) -> Reply:
        """The first question, for a branch of those that were offered."""
        found = self._waiting.get(incoming.person)
        if found is None or found.asks != "branch" or found.competition != competition_id:
            return say(Wording.ASK_AGAIN)
        competition = await self._competitions.find(competition_id)
        branches = await self._competitions.branches_for(competition, found.name)
        branch = branches[int(index)] if index.isdecimal() and int(index) < len(branches) else ""
        return await self._enter(competition, found.name, branch, incoming)

    async def _enter(self, competition: CompetitionRecord, name: str, branch: str, incoming: Incoming) -> Reply:
        today = self._papers.today()
        if not self._quota.has_room(incoming.origin, today, shared=incoming.shared_origin):
            raise PaperRefusedError(Wording.TOO_MANY_ENTRANTS)
        entrant = await self._competitions.enter(competition, incoming.person, name, branch)
        self._quota.try_acquire(incoming.origin, today, shared=incoming.shared_origin)
        self._waiting.pop(incoming.person, None)
        written = await self._papers.start(competition, entrant)
        return await self._ask(written, written.next_open() or 0, incoming)

    async def _ask(self, written: WrittenPaper, number: int, incoming: Incoming, note: str = "") -> Reply:
        """Question ``number``, as long as there is time; the result behind that."""
        paper, now = written.paper, self._papers.now()
        if paper.is_over(now):
            return await self._over(written, incoming)
        number = min(number, len(paper.questions) - 1)
        self._waiting[incoming.person] = _Waiting("answer", now, paper.competition, paper=paper.id, number=number)
        return presenter.question(written, number, now, note)

    async def press_answer(self, name: str, rest: str, incoming: Incoming) -> Reply:
        """Save the answer of a button: ``<number>-<options>``."""
        number, _, spelled = rest.partition("-")
        chosen = option_indices(spelled)
        if not number.isdecimal() or len(number) > 3 or chosen is None:
            raise PaperRefusedError(Wording.NO_SUCH_QUESTION)
        return await self._save(name, int(number), GivenAnswer(chosen), incoming)

    async def _answer_typed(self, found: _Waiting, incoming: Incoming) -> Reply | None:
        written = await self._papers.read(found.paper, incoming.person)
        close = self._is_close(found)
        if written.paper.is_over(self._papers.now()):
            self._waiting.pop(incoming.person, None)
            return await self._over(written, incoming) if close or is_option_answer(incoming.text) else None
        if clean(incoming.text) in Wording.GIVE_IN_WORDS:
            return self._confirm(written, incoming)
        question = written.paper.questions[found.number]
        chosen = None if question.is_typed else options_by_words(incoming.text, question.options)
        granted = await self._wished(found, written, incoming) if close and chosen is None else None
        if granted is not None:
            return granted
        if question.is_typed:
            text = readable(incoming.text).strip()
            return await self._save(found.paper, found.number, GivenAnswer(typed=text), incoming) if close else None
        if chosen is None and (close or is_option_answer(incoming.text)):
            chosen = parse_options(incoming.text, question.options)
        if chosen is None:
            return None
        return await self._save(found.paper, found.number, GivenAnswer(chosen), incoming)

    async def _wished(self, found: _Waiting, written: WrittenPaper, incoming: Incoming) -> Reply | None:
        """What is wanted in place of an answer; None if that is nothing."""
        match parse_wish(incoming.text):
            case "pass" | "next":
                following = written.next_open(found.number)
                return await self._ask(written, found.number if following is None else following, incoming)
            case "repeat":
                return await self._ask(written, found.number, incoming)
            case "stop":
                return say(Wording.GOES_ON.format(when=self._papers.when(written.paper.due_at)))
            case "hint" | "answer":
                return say(Wording.NO_HELP)
            case None:
                return None

    async def _save(self, name: str, number: int, given: GivenAnswer, incoming: Incoming) -> Reply:
        """Save an answer, and go on to the next question without one."""
        receipt = incoming.sequence
        try:
            written = await self._papers.save(name, incoming.person, {number: given}, receipt=receipt)
        except PaperRefusedError as refusal:
            if str(refusal) not in {Wording.LATE, Wording.GIVEN_IN}:
                raise
            over = await self._over(await self._papers.read(name, incoming.person), incoming)
            return replace(over, parts=(Part("text", str(refusal)), *over.parts))
        answer = written.answers.get(number)
        chosen = presenter.form_action(written, number, answer.chosen) if answer is not None else ""
        # what was delivered twice, and counted for the question before, leaves this one without an answer
        following = written.next_open(number - 1)
        if following is None:
            return replace(self._confirm(written, incoming), selected_action=chosen)
        return replace(await self._ask(written, following, incoming), selected_action=chosen)

    async def press_question(self, name: str, number: str, incoming: Incoming) -> Reply:
        """Question ``number`` of a paper."""
        wanted = int(number) if number.isdecimal() and len(number) < 4 else 0
        return await self._ask(await self._papers.read(name, incoming.person), wanted, incoming)

    async def press_confirm(self, name: str, _: str, incoming: Incoming) -> Reply:
        """Whether a paper is to be given in."""
        written = await self._papers.read(name, incoming.person)
        if written.paper.is_over(self._papers.now()):
            return await self._over(written, incoming)
        return self._confirm(written, incoming)

    def _confirm(self, written: WrittenPaper, incoming: Incoming) -> Reply:
        """Whether a paper is to be given in; what is typed next may say so."""
        last = self._waiting.get(incoming.person)
        number = last.number if last is not None and last.paper == written.paper.id else 0
        following = written.next_open()
        self._waiting[incoming.person] = _Waiting(
            "confirm",
            self._papers.now(),
            written.paper.competition,
            paper=written.paper.id,
            number=number if following is None else following,
        )
        return presenter.confirm(written)

    async def press_give_in(self, name: str, _: str, incoming: Incoming) -> Reply:
        """Give a paper in: how it went."""
        written = await self._papers.give_in(name, incoming.person)
        return await self._over(written, incoming)

    async def _over(self, written: WrittenPaper, incoming: Incoming) -> Reply:
        self._waiting.pop(incoming.person, None)
        competition = await self._competitions.find(written.paper.competition)
        board = await self._papers.board(competition)
        papers = await self._papers.papers_of(competition, incoming.person)
        left = self._papers.tries_left(competition, papers, self._papers.now())
        again = bool(left) and self._competitions.phase(competition) == "running"
        return presenter.result(competition, written, board, await self._papers.person_of(incoming.person), again=again)

    async def press_mistakes(self, name: str, page: str, incoming: Incoming) -> Reply:
        """A page of what was wrong in a paper that is over; before that the question that is next."""
        written = await self._papers.read(name, incoming.person)
        if not written.paper.is_over(self._papers.now()):
            return await self._ask(written, written.next_open() or 0, incoming)
        return presenter.mistakes(written, int(page) if page.isdecimal() and len(page) < 4 else 0)

    def _is_close(self, found: _Waiting) -> bool:
        return self._papers.now() - found.since <= CLOSE
