"""``/paper``: competitions, and a paper as a form that works without JavaScript; what is right is shown afterwards."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from urllib.parse import parse_qs

from cachetools import LRUCache
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.access.quotas import PAPERS, VisitorQuota
from bot.channels.web.forms import fields_of
from bot.channels.web.page_templates import PageTemplates
from bot.channels.web.ports import CurrentKnowledge
from bot.channels.web.rate_limit import AddressLimiter
from bot.channels.web.sessions import COOKIE, Sessions, key_of, set_cookie
from bot.conversation.question_replies import lettered, right_answer
from bot.conversation.rate_limit import RateLimits
from bot.errors import PaperRefusedError, StorageError, UnknownPointError
from bot.features.papers.competitions import branches_of
from bot.features.papers.paper_service import Board, GivenAnswer, PaperService, WrittenPaper
from bot.features.papers.presenter import decimal, duration, given_words, percent, taken_part
from bot.quiz.contest.scoring import Placement
from bot.quiz.paper import BranchScore, Paper, PersonScore, milliseconds
from bot.quiz.question import Question
from bot.records.papers import CompetitionRecord, EntrantRecord
from bot.text import readable
from bot.wording import Papers as Wording
from bot.wording import Web

HOME: Final = "/paper"
MAX_FIELDS: Final = 1_400  # a hundred questions of at most twelve options, and room
SHOWN: Final = 100
"""Persons on a page of ranks."""
MAX_POSTS: Final = 240
"""Answers and forms of a person in a minute: four a second, and all questions of a paper at once."""
MAX_STRANGERS: Final = 20_000
STRANGER_LASTS: Final = timedelta(minutes=5)
"""After which it is looked up again whether a cookie is a member's."""
EPOCH: Final = datetime.fromtimestamp(0, UTC)
_NO_STORE: Final = {"Cache-Control": "no-store"}
Handle = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class OptionView:
    """An option as the form has it."""

    index: int
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question as the form has it; nothing in it tells what is right."""

    number: int
    text: str
    kind: str
    options: tuple[OptionView, ...]
    several: bool
    typed: str
    is_typed: bool
    answered: bool


@dataclass(frozen=True, slots=True)
class MistakeView:
    """A question that was not answered rightly: what was given, what is right, and the passage."""

    number: int
    text: str
    given: str
    right: str
    explanation: str
    point: str


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A line of the ranks by person."""

    place: int
    name: str
    branch: str
    points: int
    time: str
    own: bool


@dataclass(frozen=True, slots=True)
class BranchRow:
    """A line of the ranks by branch."""

    place: str
    branch: str
    average: str
    taken_part: str
    rate: str


class PaperPages:
    """The routes of competitions. A visitor is known by the cookie of the page, and by nothing else."""

    def __init__(
        self,
        pages: PageTemplates,
        papers: PaperService,
        sessions: Sessions,
        knowledge: CurrentKnowledge,
        limiter: AddressLimiter,
        *,
        secure_cookie: bool,
    ) -> None:
        self._pages = pages
        self._papers = papers
        self._competitions = papers.competitions
        self._sessions = sessions
        self._knowledge = knowledge
        self._limiter = limiter
        self._secure = secure_cookie
        self._quota = VisitorQuota("papers", *PAPERS)
        self._posts = RateLimits(MAX_POSTS, 0)
        self._strangers: LRUCache[str, datetime] = LRUCache(MAX_STRANGERS)
        """Cookies of those who are no members, and when that was looked up."""

    def routes(self) -> list[Route]:
        """The routes to be served."""
        one = f"{HOME}/{{competition}}"
        return [
            Route(HOME, _told(self.list), methods=["GET"]),
            Route(one, _told(self.show), methods=["GET"]),
            Route(f"{one}/start", _told(self.start), methods=["POST"]),
            Route(f"{one}/answer", _told(self.answer), methods=["POST"]),
            Route(f"{one}/time", _told(self.time), methods=["GET"]),
            Route(f"{one}/save", _told(self.save), methods=["POST"]),
            Route(f"{one}/give-in", _told(self.give_in), methods=["POST"]),
            Route(f"{one}/result", _told(self.result), methods=["GET"]),
            Route(f"{one}/ranks", _told(self.ranks), methods=["GET"]),
            Route(f"{one}/certificate", _told(self.certificate), methods=["GET"]),
        ]

    async def list(self, request: Request) -> Response:
        """All competitions, those that run first."""
        found = [
            (one, self._competitions.phase(one), self._papers.window(one)) for one in await self._competitions.all()
        ]
        return await self._page(request, "papers.html", found=found)

    async def show(self, request: Request) -> Response:
        """The paper that is being written, else what the competition is and how to begin."""
        competition, person = await self._competition(request), await self._person(request)
        writing = await self._papers.writing(competition, person) if person else None
        if writing is not None:
            return await self._writing(request, competition, writing)
        return await self._beginning(request, competition, person)

    async def start(self, request: Request) -> Response:
        """A new paper; what was wrong with the name is told beside its field."""
        competition, person = await self._competition(request), await self._required(request)
        name, branch = await fields_of(request, "name", "branch")
        address = self._limiter.count(request, limited=True)
        try:
            entrant = await self._competitions.entrant(competition, person)
            if entrant is None:
                today, shared = self._papers.today(), self._limiter.is_shared(request)
                if not self._quota.has_room(address, today, shared=shared):
                    raise PaperRefusedError(Wording.TOO_MANY_ENTRANTS)
                entrant = await self._competitions.enter(competition, person, name, branch)
                self._quota.try_acquire(address, today, shared=shared)
            await self._papers.start(competition, entrant)
        except PaperRefusedError as refusal:
            return await self._beginning(
                request, competition, person, refusal=str(refusal), name=readable(name)[:200], branch=branch, status=409
            )
        return self._on(f"{HOME}/{competition.id}")

    async def answer(self, request: Request) -> Response:
        """One answer, acknowledged when it is durable: JSON with the time that is left."""
        person = await self._posting(request)
        values = await _values(request)
        written = await self._papers.save(_one(values, "paper"), person, _given(values))
        return JSONResponse({"answered": written.answered, "left": self._left(written.paper)}, headers=dict(_NO_STORE))

    async def time(self, request: Request) -> Response:
        """How many milliseconds are left of the paper ``?paper=``, by the server's clock."""
        person = await self._required(request)
        written = await self._papers.read(request.query_params.get("paper", ""), person)
        return JSONResponse({"left": self._left(written.paper)}, headers=dict(_NO_STORE))

    async def save(self, request: Request) -> Response:
        """All answers of the form, without giving it in."""
        person, competition = await self._posting(request), await self._competition(request)
        values = await _values(request)
        await self._papers.save(_one(values, "paper"), person, _given(values))
        return self._on(f"{HOME}/{competition.id}?saved=1")

    async def give_in(self, request: Request) -> Response:
        """All answers of the form, then the end; of a paper that is over nothing changes."""
        person, competition = await self._posting(request), await self._competition(request)
        values = await _values(request)
        written = await self._papers.give_in(_one(values, "paper"), person, _given(values))
        return self._on(f"{HOME}/{competition.id}/result?paper={written.paper.id}")

    async def result(self, request: Request) -> Response:
        """How a paper that is over went, ``?paper=`` or the last one, with the passage under each wrong answer."""
        competition, person = await self._competition(request), await self._required(request)
        over = [one for one in await self._papers.papers_of(competition, person) if one.is_over(self._papers.now())]
        wanted = request.query_params.get("paper", over[-1].id if over else "")
        if not any(one.id == wanted for one in over):
            return self._on(f"{HOME}/{competition.id}")
        written = await self._papers.read(wanted, person)
        board = await self._papers.board(competition)
        return await self._page(
            request,
            "paper_result.html",
            competition=competition,
            written=written,
            score=written.score,
            time=duration(written.paper.ms),
            by_itself=written.paper.given_in_at is None,
            mistakes=self._mistakes(competition, written),
            placement=board.placement(await self._papers.person_of(person)),
            persons=len(board.persons),
            over=[(one.id, one.number) for one in over],
            left=self._tries_left(competition, await self._papers.papers_of(competition, person)),
            phase=self._competitions.phase(competition),
        )

    async def ranks(self, request: Request) -> Response:
        """The ranks by person; ``?by=branch`` by branch; ``?page=`` further down; for those alone who have a name."""
        competition, person = await self._competition(request), await self._person(request)
        session = self._sessions.peek(request.cookies.get(COOKIE))
        named = session is not None and session.name
        if not person or not (named or await self._competitions.entrant(competition, person)):
            raise HTTPException(403, Wording.RANKS_OF_NAMED)
        board = await self._papers.board(competition)
        own = await self._papers.person_of(person)
        by_branch = request.query_params.get("by") == "branch"
        wanted = request.query_params.get("page", "1")
        pages = max((len(board.persons) + SHOWN - 1) // SHOWN, 1)
        page = min(max(int(wanted), 1), pages) if wanted.isdecimal() and len(wanted) < 6 else 1
        shown = board.persons[(page - 1) * SHOWN : page * SHOWN]
        placement = board.placement(own)
        return await self._page(
            request,
            "paper_ranks.html",
            competition=competition,
            by_branch=by_branch,
            persons=[_person_row(board, one, own) for one in shown],
            own=_person_row(board, placement, own) if placement is not None else None,
            shown_own=placement in shown,
            branches=[_branch_row(one) for one in board.branches],
            count=len(board.persons),
            page=page,
            pages=pages,
        )

    async def certificate(self, request: Request) -> Response:
        """A page to print, for who has a result."""
        competition, person = await self._competition(request), await self._required(request)
        board = await self._papers.board(competition)
        own = await self._papers.person_of(person)
        placement, entrant = board.placement(own), board.entrants.get(own)
        if placement is None or entrant is None:
            return self._on(f"{HOME}/{competition.id}")
        return await self._page(
            request,
            "paper_certificate.html",
            competition=competition,
            entrant=entrant,
            placement=placement,
            time=duration(placement.score.ms),
            over=self._competitions.phase(competition) == "over",
            when=self._papers.when(self._papers.now()),
        )

    async def _beginning(
        self,
        request: Request,
        competition: CompetitionRecord,
        person: str,
        *,
        refusal: str = "",
        name: str = "",
        branch: str = "",
        status: int = 200,
    ) -> Response:
        papers = await self._papers.papers_of(competition, person) if person else []
        entrant = await self._competitions.entrant(competition, person) if person else None
        session = self._sessions.peek(request.cookies.get(COOKIE))
        typed = name or (session.name if session is not None else "")
        branches: Sequence[str] = branches_of(competition)
        if competition.has_roster and name and entrant is None:  # of a name that stands for several branches
            try:
                found = await self._competitions.branches_for(competition, name)
                branches = found if len(found) > 1 else ()
            except PaperRefusedError:
                branches = ()
        return await self._page(
            request,
            "paper_start.html",
            status=status,
            competition=competition,
            phase=self._competitions.phase(competition),
            when=self._papers.window(competition),
            entrant=entrant,
            typed=typed,
            branch=branch,
            branches=branches,
            refusal=refusal,
            left=self._tries_left(competition, papers),
            over=len([one for one in papers if one.is_over(self._papers.now())]),
        )

    async def _writing(self, request: Request, competition: CompetitionRecord, written: WrittenPaper) -> Response:
        return await self._page(
            request,
            "paper_write.html",
            competition=competition,
            paper=written.paper,
            questions=[question_view(written, number) for number in range(len(written.paper.questions))],
            answered=written.answered,
            left=self._left(written.paper),
            due=self._papers.when(written.paper.due_at),
            saved=request.query_params.get("saved") == "1",
        )

    def _mistakes(self, competition: CompetitionRecord, written: WrittenPaper) -> Sequence[MistakeView]:
        return [
            self._mistake(competition, written, number)
            for number in range(len(written.paper.questions))
            if not written.is_right(number)
        ]

    def _mistake(self, competition: CompetitionRecord, written: WrittenPaper, number: int) -> MistakeView:
        question = written.paper.questions[number]
        return MistakeView(
            number + 1,
            question.question,
            given_words(written, number),
            right_answer(question),
            question.explanation,
            self._point(question, competition.document),
        )

    def _point(self, question: Question, document: str) -> str:
        """The address of the passage that a question rests on, if what is served here has it."""
        try:
            self._knowledge().point(question.point)
        except UnknownPointError:
            return ""
        return f"{question.point}_{document}" if document else question.point

    async def _competition(self, request: Request) -> CompetitionRecord:
        try:
            return await self._competitions.find(request.path_params["competition"])
        except PaperRefusedError as refusal:
            raise HTTPException(404, str(refusal)) from refusal

    async def _person(self, request: Request) -> str:
        """The key of who sent ``request``; nothing without a cookie of ours.

        Raises HTTPException 403 for a cookie that was copied to another browser.
        """
        cookie = request.cookies.get(COOKIE)
        if cookie is None or not self._sessions.is_issued(cookie):
            return ""
        session, now = self._sessions.peek(cookie), self._papers.now()
        if session is None and not timedelta() <= now - self._strangers.get(cookie, EPOCH) < STRANGER_LASTS:
            session = await self._sessions.look(cookie)
            if session is None or not session.name:  # who says a name from now on has a session, for a while
                self._strangers[cookie] = now
        if session is not None and not session.is_from(request.headers.get("user-agent", "")):
            raise HTTPException(403, Web.OTHER_BROWSER)
        return f"web:{key_of(cookie)}"

    async def _required(self, request: Request) -> str:
        person = await self._person(request)
        if not person:
            raise HTTPException(403, Wording.NO_COOKIE)
        return person

    async def _posting(self, request: Request) -> str:
        """``_required`` of who posts, counted: an office shares an address, so each person has a limit of their own."""
        person = await self._required(request)
        moment = self._papers.now().timestamp()
        refused = self._posts.try_acquire(person, "", moment)
        if refused is not None:
            raise HTTPException(
                429, Wording.TOO_FAST.format(seconds=refused.seconds), {"Retry-After": str(refused.seconds)}
            )
        return person

    async def _page(self, request: Request, name: str, *, status: int = 200, **values: object) -> Response:
        shown = {"paper_words": Wording, "knowledge": self._knowledge(), **values}
        response = self._pages.page(name, status=status, headers={}, **shown)
        cookie = request.cookies.get(COOKIE)
        fresh = "" if self._sessions.is_issued(cookie) else self._sessions.fresh_id()
        if fresh:
            set_cookie(response, fresh, secure=self._secure)
        return response

    def _on(self, address: str) -> Response:
        return RedirectResponse(address, 303, dict(_NO_STORE))

    def _left(self, paper: Paper) -> int:
        now = self._papers.now()
        return 0 if paper.is_over(now) else milliseconds(paper.due_at - now)

    def _tries_left(self, competition: CompetitionRecord, papers: Sequence[Paper]) -> int:
        return self._papers.tries_left(competition, papers, self._papers.now())


def question_view(written: WrittenPaper, number: int) -> QuestionView:
    """A question of a paper with its present answer, and without what is right."""
    question, answer = written.paper.questions[number], written.answers.get(number)
    chosen = answer.chosen if answer is not None else ()
    options = (
        ()
        if question.is_typed
        else tuple(
            OptionView(index, lettered(question, index), index in chosen) for index in range(len(question.options))
        )
    )
    kind = Wording.KINDS["typed" if question.is_typed else question.form]
    typed = answer.typed if answer is not None else ""
    several = question.form == "multiple"
    return QuestionView(number, question.question, kind, options, several, typed, question.is_typed, bool(chosen))


def _person_row(board: Board, placement: Placement[PersonScore], own: str) -> PersonRow:
    score = placement.score
    entrant: EntrantRecord | None = board.entrants.get(score.person)
    return PersonRow(
        placement.place,
        entrant.name if entrant is not None else Wording.NAMELESS,
        entrant.branch if entrant is not None else "",
        score.points,
        duration(score.ms),
        score.person == own,
    )


def _branch_row(placement: Placement[BranchScore]) -> BranchRow:
    score = placement.score
    return BranchRow(
        str(placement.place) if score.taken_part else Wording.NO_PLACE,
        score.branch,
        decimal(score.points) if score.taken_part else Wording.NO_PLACE,
        taken_part(score),
        percent(score.rate),
    )


async def _values(request: Request) -> Mapping[str, Sequence[str]]:
    """All fields of a paper's form, as browsers send it. Raises HTTPException 400 for anything else."""
    try:
        body = (await request.body()).decode("utf-8")
        return parse_qs(body, keep_blank_values=True, max_num_fields=MAX_FIELDS)
    except ValueError:
        raise HTTPException(400, Wording.BAD_FORM) from None


def _one(values: Mapping[str, Sequence[str]], name: str) -> str:
    return next(iter(values.get(name, ())), "")


def _given(values: Mapping[str, Sequence[str]]) -> dict[int, GivenAnswer]:
    """The answers in a form: ``q<number>`` are options, ``t<number>`` a text; ``n`` names one that has none.

    A question that the form says nothing of is left as it is: it may come from a page that shows an older state.
    """
    given: dict[int, GivenAnswer] = {}
    for name, texts in values.items():
        number = name[1:]
        if not (number.isdecimal() and number.isascii() and len(number) < 4):
            continue
        if name[0] == "t":
            given[int(number)] = GivenAnswer(typed=texts[0])
        elif name[0] == "q":
            if not all(text.isdecimal() and text.isascii() and len(text) < 3 for text in texts):
                raise HTTPException(400, Wording.BAD_FORM)
            given[int(number)] = GivenAnswer(tuple(map(int, texts)))
        elif name[0] == "n" and int(number) not in given:
            given[int(number)] = GivenAnswer()
    return given


def _told(handle: Handle) -> Handle:
    """``handle``, whose refusals are pages, or JSON for the page's own script."""

    async def told(request: Request) -> Response:
        try:
            return await handle(request)
        except PaperRefusedError as refusal:
            status, sentence = (403 if str(refusal) == Wording.NOT_YOURS else 409), str(refusal)
        except StorageError as error:
            status, sentence = 503, str(error)
        except HTTPException as error:
            if not _wants_json(request):
                raise
            status, sentence = error.status_code, error.detail
        if _wants_json(request):
            return JSONResponse({"error": sentence}, status, dict(_NO_STORE))
        raise HTTPException(status, sentence)

    return told


def _wants_json(request: Request) -> bool:
    return request.headers.get("accept", "").startswith("application/json")
