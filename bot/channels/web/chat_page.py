"""The conversation: ``GET /`` the page, ``POST /`` without JavaScript, ``POST /chat`` a fragment of it."""

from __future__ import annotations

from dataclasses import replace

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.channels.web.conversation_client import ConversationClient
from bot.channels.web.error_pages import request_id_of
from bot.channels.web.forms import fields_of
from bot.channels.web.page_templates import PageTemplates
from bot.channels.web.ports import CurrentKnowledge
from bot.channels.web.rate_limit import AddressLimiter
from bot.channels.web.sessions import COOKIE, Exchange, Session, Sessions, label_in
from bot.channels.web.view_models import exchange_view, table_of_contents, without_files
from bot.conversation.messages import Code, Reply, parse_action
from bot.errors import UnknownPointError
from bot.text import readable
from bot.wording import Web

MAX_DRAFT = 300
"""Characters of a question that an address may put into the input field."""


class ChatPages:
    """The routes of the conversation."""

    def __init__(
        self,
        pages: PageTemplates,
        client: ConversationClient,
        sessions: Sessions,
        knowledge: CurrentKnowledge,
        limiter: AddressLimiter,
        *,
        secure_cookie: bool,
    ) -> None:
        self._pages = pages
        self._client = client
        self._sessions = sessions
        self._knowledge = knowledge
        self._limiter = limiter
        self._secure = secure_cookie

    def routes(self) -> list[Route]:
        """The routes to be served."""
        return [
            Route("/", self.home, methods=["GET", "POST"]),
            Route("/chat", self.say_in_place, methods=["POST"]),
        ]

    async def home(self, request: Request) -> Response:
        """``GET``: the page as it stands. ``POST``: what was said in its form."""
        return await (self.say(request) if request.method == "POST" else self.show(request))

    async def show(self, request: Request) -> Response:
        """The page as it stands; ``?q=`` puts a question into the input field, without asking it."""
        session = self._sessions.peek(request.cookies.get(COOKIE))
        draft = readable(request.query_params.get("q", ""))[:MAX_DRAFT]
        response = await self._page(request, session, draft=draft)
        # who has looked at the page comes to the first question with a cookie: a whole class behind one address does
        cookie = "" if self._sessions.is_issued(request.cookies.get(COOKIE)) else self._sessions.fresh_id()
        return self._with_cookie(response, cookie) if cookie else response

    async def say(self, request: Request) -> Response:
        """The page with what was said and its reply at the end."""
        session, exchange = await self._exchange(request)
        response = await self._page(request, session, toast=exchange.reply.toast, latest=True)
        return self._with_cookie(response, session.id)

    async def say_in_place(self, request: Request) -> Response:
        """Only the exchange itself, to be put at the end of the page; or only the toast."""
        session, exchange = await self._exchange(request)
        shown = exchange_view(exchange) if _is_shown(exchange.reply) else None
        reply = exchange.reply
        response = self._pages.page(
            "fragment.html",
            exchange=shown,
            toast=reply.toast,
            judged=bool(reply.selected_action or reply.deselected_action),
            pressed=reply.selected_action,
            latest=False,
        )
        return self._with_cookie(response, session.id)

    async def _exchange(self, request: Request) -> tuple[Session, Exchange]:
        cookie = request.cookies.get(COOKIE)
        question, action = await fields_of(request, "question", "action")
        address = self._limiter.count(request, limited=self._sessions.is_issued(cookie))
        session = self._sessions.find_known(cookie) or self._sessions.start(cookie, address)
        request_id = request_id_of(request.scope)
        text = "" if action else question
        answer = await self._client.ask(
            "web",
            session.key,
            request,
            text=text,
            action=action,
            origin=address,
            shared_origin=self._limiter.is_shared(request),
        )
        reply = without_files(answer.reply)
        said = await self._label(session, action, request_id) if action else _said(question)
        if reply.selected_action:
            session.select(reply.selected_action)
        if reply.deselected_action:
            session.deselect(reply.deselected_action)
        if not _is_shown(reply):
            # a visitor who was told to wait and asks again gets no answer; a page has to show something
            return session, Exchange(said, replace(reply, toast=reply.toast or Web.TOO_FAST))
        return session, session.add(said, reply)

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

    async def _page(
        self,
        request: Request,
        session: Session | None,
        *,
        toast: str = "",
        draft: str = "",
        latest: bool = False,
    ) -> Response:
        knowledge = self._knowledge()
        greeting = Exchange("", await self._client.greet(request_id_of(request.scope)))
        return self._pages.page(
            "chat.html",
            knowledge=knowledge,
            contents=table_of_contents(knowledge),
            greeting=exchange_view(greeting),
            exchanges=[exchange_view(exchange) for exchange in session.exchanges] if session else [],
            toast=toast,
            draft=draft,
            latest=latest,
        )

    def _with_cookie(self, response: Response, session_id: str) -> Response:
        response.set_cookie(COOKIE, session_id, httponly=True, samesite="lax", secure=self._secure, path="/")
        return response


def _is_shown(reply: Reply) -> bool:
    return bool(reply.parts or reply.choices or reply.tools)


def _said(question: str) -> str:
    """What was typed, in its lines, without what cannot be read."""
    return "\n".join(readable(line).strip() for line in question.splitlines()).strip()
