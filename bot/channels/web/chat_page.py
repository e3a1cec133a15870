"""The conversation: ``GET /`` the page, ``POST /`` without JavaScript, ``POST /chat`` a fragment of it.

What a visitor sees is a list of exchanges. A request adds the one that it asked for, and those that the bot posted of
its own accord meanwhile, such as the next question of a contest.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.access.member_names import NameRefusedError
from bot.channels.web.conversation_client import ConversationClient
from bot.channels.web.conversation_log import Exchange
from bot.channels.web.error_pages import request_id_of
from bot.channels.web.forms import fields_of
from bot.channels.web.members import browser_kind
from bot.channels.web.page_templates import PageTemplates
from bot.channels.web.ports import CurrentKnowledge
from bot.channels.web.rate_limit import AddressLimiter
from bot.channels.web.reading import DOCUMENT
from bot.channels.web.sessions import COOKIE, Session, Sessions, label_in, set_cookie
from bot.channels.web.view_models import NameForm, exchange_view, table_of_contents, without_files
from bot.conversation.messages import AnswerForm, Code, Reply, parse_action
from bot.errors import StorageError, UnknownPointError
from bot.text import readable
from bot.wording import Web

MAX_DRAFT = 300
"""Characters of a question that an address may put into the input field."""
OPTIONS = tuple(f"option{index}" for index in range(12))
"""The fields of a question of which several options may be ticked."""
Settled = Callable[[str], Awaitable[None]]
"""Returns when all that a chat's contest has to say just now is said, or after a moment."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a form said: words, or the action of a button. ``after``: the latest exchange that its page shows.

    ``document``: the key of the document that is asked, nothing for the one that the visitor reads.
    """

    question: str = ""
    action: str = ""
    after: int = 0
    document: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """What came of a request: the exchanges that are new, a notice, and a form for the visitor's name."""

    exchanges: tuple[Exchange, ...] = ()
    toast: str = ""
    name_form: NameForm | None = None
    judged: bool = False
    pressed: str = ""


async def settled_at_once(_: str) -> None:
    """Where no contests are played, nothing is to be waited for."""


class ChatPages:
    """The routes of the conversation. ``papers``: there is a page of competitions; ``rooms``: one of live rooms."""

    def __init__(
        self,
        pages: PageTemplates,
        client: ConversationClient,
        sessions: Sessions,
        knowledge: CurrentKnowledge,
        limiter: AddressLimiter,
        *,
        secure_cookie: bool,
        settled: Settled = settled_at_once,
        papers: bool = False,
        rooms: bool = False,
    ) -> None:
        self._papers = papers
        self._rooms = rooms
        self._pages = pages
        self._client = client
        self._sessions = sessions
        self._knowledge = knowledge
        self._limiter = limiter
        self._secure = secure_cookie
        self._settled = settled

    def routes(self) -> list[Route]:
        """The routes to be served."""
        return [
            Route("/", self.home, methods=["GET", "POST"]),
            Route("/chat", self.chat, methods=["GET", "POST"]),
            Route("/study", self.study, methods=["GET"]),
            Route("/name", self.introduce, methods=["POST"]),
            Route("/clear", self.clear, methods=["POST"]),
        ]

    async def home(self, request: Request) -> Response:
        """``GET``: the page as it stands. ``POST``: what was said in its form."""
        return await (self.say(request) if request.method == "POST" else self.show(request))

    async def show(self, request: Request) -> Response:
        """The page as it stands; ``?q=`` puts a question into the input field, without asking it."""
        session = await self._look(request)
        draft = readable(request.query_params.get("q", ""))[:MAX_DRAFT]
        shown = Shown(toast=Web.OTHER_BROWSER) if self._is_elsewhere(request) else None
        return self._with_first_cookie(await self._page(request, session, shown, draft=draft), request, session)

    async def say(self, request: Request) -> Response:
        """The page with what was said and its reply at the end."""
        session, shown = await self._exchange(request, await _said_in(request))
        return self._with_cookie(await self._page(request, session, shown), session.id)

    async def chat(self, request: Request) -> Response:
        """Only the exchanges that are new, to be put at the end of the page; or only the toast.

        ``GET``: what was posted since ``?after=``, if anything.
        """
        if request.method == "GET":
            session = await self._look(request)
            after = request.query_params.get("after", "")
            number = int(after) if after.isdecimal() and len(after) < 16 else 0
            new = tuple(one for one in session.exchanges if one.number > number) if session else ()
            return self._fragment(Shown(new))
        said = await _said_in(request)
        session, shown = await self._exchange(request, said)
        return self._with_cookie(self._fragment(shown), session.id)

    async def study(self, request: Request) -> Response:
        """What can be practised and looked up, as buttons; who one is."""
        session = await self._look(request)
        response = self._pages.page(
            "study.html",
            papers=self._papers,
            rooms=self._rooms,
            knowledge=self._knowledge(),
            member=session.name if session else "",
            name_form=NameForm(),
            notice=Web.OTHER_BROWSER if self._is_elsewhere(request) else "",
            has_said=bool(session and session.exchanges) or self._is_elsewhere(request),
        )
        return self._with_first_cookie(response, request, session)

    async def introduce(self, request: Request) -> Response:
        """A name is said; then what needed it is done: what was to be said or pressed."""
        name, question, action = await fields_of(request, "name", "question", "action")
        cookie = request.cookies.get(COOKIE)
        if not self._sessions.is_issued(cookie):
            raise HTTPException(403, Web.NO_COOKIE)
        address = self._limiter.count(request, limited=False)
        session = await self._session(request, address)
        try:
            browser = browser_kind(request.headers.get("user-agent", ""))
            shared = self._limiter.is_shared(request)
            await self._sessions.introduce(session, name, browser, address, shared=shared)
        except (NameRefusedError, StorageError) as refusal:
            form = NameForm(question, action, str(refusal), readable(name)[:MAX_DRAFT])
            if question or action:
                return self._with_cookie(await self._page(request, session, Shown(name_form=form)), session.id)
            page = self._pages.page(
                "study.html",
                papers=self._papers,
                rooms=self._rooms,
                knowledge=self._knowledge(),
                member=session.name,
                name_form=form,
                has_said=True,
            )
            return self._with_cookie(page, session.id)
        if not (question or action):
            return self._with_cookie(RedirectResponse("/study", 303, {"Cache-Control": "no-store"}), session.id)
        session, shown = await self._exchange(request, Said(question, action))
        return self._with_cookie(await self._page(request, session, shown), session.id)

    async def clear(self, request: Request) -> Response:
        """The conversation of this visitor is deleted; in another browser than the member's he begins as a guest."""
        await request.body()
        session = await self._look(request)
        if self._is_elsewhere(request) and (fresh := self._sessions.fresh_id()):
            return self._with_cookie(RedirectResponse("/", 303, {"Cache-Control": "no-store"}), fresh)
        if session is not None:
            try:
                await self._sessions.clear(session)
            except StorageError as error:
                raise HTTPException(503, str(error)) from error
        return RedirectResponse("/", 303, {"Cache-Control": "no-store"})

    async def _exchange(self, request: Request, said: Said) -> tuple[Session, Shown]:
        cookie = request.cookies.get(COOKIE)
        address = self._limiter.count(request, limited=self._sessions.is_issued(cookie))
        session = await self._session(request, address)
        request_id = request_id_of(request.scope)
        session.begin_reply()
        try:
            answer = await self._client.ask(
                "web",
                session.key,
                request,
                text="" if said.action else said.question,
                action=said.action,
                name=session.name,
                origin=address,
                shared_origin=self._limiter.is_shared(request),
                document_key=said.document,
            )
            await self._settled(session.person)
        except BaseException:
            for posted_alone in session.end_reply():
                session.add("", posted_alone)
            raise
        posted = session.end_reply()
        reply = without_files(answer.reply)
        words = await self._label(session, said.action, request_id) if said.action else _said(said.question)
        shown = _is_shown(reply)
        if reply.selected_action:
            session.select(reply.selected_action, answered=shown)
        if reply.deselected_action:
            session.deselect(reply.deselected_action)
        if not session.name and reply.needs_name:
            form = NameForm(said.question, said.action)
            for one in posted:  # is in nobody else's hands any more
                session.add("", one)
            return session, Shown((Exchange(words, reply, number=said.after),), name_form=form)
        if shown:
            session.add(words, reply)
        for number, one in enumerate(posted):
            session.add("" if shown or number else words, one)
        new = tuple(one for one in session.exchanges if one.number > said.after)[-(len(posted) + shown + 20) :]
        if not (shown or posted):
            # a visitor who was told to wait and asks again gets no answer; a page has to show something
            toast = reply.toast or Web.TOO_FAST
            judged = bool(reply.selected_action or reply.deselected_action)
            return session, Shown((), toast, judged=judged, pressed=reply.selected_action)
        if not said.after:  # a page that did not say what it shows gets what this request has brought
            new = session.exchanges[-(len(posted) + shown) :]
        return session, Shown(new, reply.toast)

    async def _session(self, request: Request, address: str) -> Session:
        """The session of who sent ``request``, or a fresh one. Raises HTTPException 403 for a copied cookie."""
        cookie = request.cookies.get(COOKIE)
        issued = self._sessions.is_issued(cookie)
        session = self._sessions.find_known(cookie, address) or self._sessions.start(cookie, address)
        if issued:
            await self._sessions.load(session)
        if not _fits(session, request):
            raise HTTPException(403, Web.OTHER_BROWSER)  # and the cookie stays: it is good again in its own browser
        return session

    async def _look(self, request: Request) -> Session | None:
        session = await self._sessions.look(request.cookies.get(COOKIE))
        return session if session is not None and _fits(session, request) else None

    def _is_elsewhere(self, request: Request) -> bool:
        """Whether the cookie is a member's who gave the name in another kind of browser; after ``_look``."""
        session = self._sessions.peek(request.cookies.get(COOKIE))
        return session is not None and not _fits(session, request)

    async def _label(self, session: Session, action: str, request_id: str) -> str:
        """What stood on the pressed button. A visitor's form could claim anything, so it is not asked."""
        label = session.label(action) or label_in(await self._client.greet(request_id), action)
        if label:
            return label
        parsed = parse_action(action)
        if parsed is None or parsed.code not in {Code.POINT, Code.CONTEXT}:
            return ""
        try:
            return self._knowledge().point(parsed.target).title
        except UnknownPointError:
            return ""

    def _fragment(self, shown: Shown) -> Response:
        forms = [*([None] * (len(shown.exchanges) - 1)), shown.name_form]
        return self._pages.page(
            "fragment.html",
            exchanges=[exchange_view(one, form) for one, form in zip(shown.exchanges, forms, strict=False)],
            toast=shown.toast,
            judged=shown.judged,
            pressed=shown.pressed,
        )

    async def _page(
        self, request: Request, session: Session | None, shown: Shown | None = None, *, draft: str = ""
    ) -> Response:
        knowledge = self._knowledge()
        greeting = Exchange("", await self._client.greet(request_id_of(request.scope)))
        exchanges = [exchange_view(exchange) for exchange in session.exchanges] if session else []
        latest = exchanges[-1].number if shown is not None and exchanges else -1
        if shown is not None and shown.exchanges:
            latest = shown.exchanges[0].number
        if shown is not None and shown.name_form is not None:
            asking = shown.exchanges[0] if shown.exchanges else Exchange("", Reply())
            latest = 0  # it is not saved, so that it has no number
            exchanges.append(exchange_view(replace(asking, number=latest), shown.name_form))
        return self._pages.page(
            "chat.html",
            knowledge=knowledge,
            contents=table_of_contents(knowledge),
            greeting=exchange_view(greeting),
            exchanges=exchanges,
            toast=shown.toast if shown is not None else "",
            draft=draft,
            latest=latest,
            member=session.name if session else "",
        )

    def _with_first_cookie(self, response: Response, request: Request, session: Session | None) -> Response:
        # who has looked at the page comes to the first question with a cookie: a whole class behind one address does
        cookie = request.cookies.get(COOKIE)
        if session is not None:
            return self._with_cookie(response, session.id)
        fresh = "" if self._sessions.is_issued(cookie) else self._sessions.fresh_id()
        return self._with_cookie(response, fresh) if fresh else response

    def _with_cookie(self, response: Response, session_id: str) -> Response:
        set_cookie(response, session_id, secure=self._secure)
        return response


def _fits(session: Session, request: Request) -> bool:
    """Whether ``request`` may come from the browser that the member's cookie was given to."""
    return session.is_from(request.headers.get("user-agent", ""))


async def _said_in(request: Request) -> Said:
    """What the form of ``request`` says: words, a button, or the ticked options of a question."""
    fields = ("question", "action", "form", "after", DOCUMENT, *OPTIONS)
    question, action, form, after, document, *ticked = await fields_of(request, *fields)
    if form and not action:
        indices = [index for index, tick in enumerate(ticked) if tick]
        action = AnswerForm(form, ()).chosen(indices) if indices else form
    return Said(question, action, int(after) if after.isdecimal() and len(after) < 16 else 0, document)


def _is_shown(reply: Reply) -> bool:
    return bool(reply.parts or reply.choices or reply.tools)


def _said(question: str) -> str:
    """What was typed, in its lines, without what cannot be read."""
    return "\n".join(readable(line).strip() for line in question.splitlines()).strip()
