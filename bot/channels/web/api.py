"""For programs: ``POST /api/ask``, a question in JSON, the record of ``ask`` in JSON; ``GET /api/books``."""

from __future__ import annotations

import hashlib
import json
from itertools import count

from pydantic_core import to_json
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.channels.web.conversation_client import ConversationClient
from bot.channels.web.error_pages import request_id_of
from bot.channels.web.ports import CurrentKnowledge
from bot.channels.web.rate_limit import AddressLimiter
from bot.conversation.router import Router
from bot.features.answers.record import as_record
from bot.wording import Web

MAX_SESSION = 200
RETRY_AFTER = "5"  # seconds


class Api:
    """The routes for programs."""

    def __init__(
        self,
        client: ConversationClient,
        conversation: Router,
        knowledge: CurrentKnowledge,
        limiter: AddressLimiter,
    ) -> None:
        self._client = client
        self._conversation = conversation
        self._knowledge = knowledge
        self._passing = count(1)
        self._limiter = limiter

    def routes(self) -> list[Route]:
        """The routes to be served."""
        return [Route("/api/ask", self.ask, methods=["POST"]), Route("/api/books", self.books)]

    async def books(self, request: Request) -> Response:
        """The documents: the key that ``/api/ask`` takes as ``book``, the title, how many points and sections."""
        served = self._conversation.documents or {"": self._knowledge()}
        found = [
            {"book": key, "title": one.title, "points": len(one.points), "sections": len(one.sections)}
            for key, one in served.items()
        ]
        return Response(to_json({"books": found}), media_type="application/json", headers={"Cache-Control": "no-store"})

    async def ask(self, request: Request) -> Response:
        """Answer one question. ``session`` names the dialogue that a follow-up belongs to."""
        question, session, book = _read(await request.body())  # half a request asks nothing
        # by its address alone: a session's name is the caller's choice
        address = self._limiter.count(request, limited=True)
        # callers choose session names: a hash is as good a key, and always a short one
        who = hashlib.sha256(session.encode()).hexdigest()[:32] if session else f"-{next(self._passing):x}"
        answer = await self._client.ask(
            "api",
            who,
            request,
            text=question,
            ephemeral=not session,
            origin=address,
            shared_origin=self._limiter.is_shared(request),
            document_key=self._document_key(book),
        )
        if answer.reply.failed:  # logged where it happened; a program goes by the status
            raise HTTPException(500, answer.reply.text)
        if answer.reply.busy:
            raise HTTPException(503, answer.reply.text, {"Retry-After": RETRY_AFTER})
        knowledge = self._conversation.documents.get(answer.reply.document) or self._knowledge()
        record = as_record(answer.reply, id=request_id_of(request.scope), ms=answer.ms, knowledge=knowledge)
        return Response(to_json(record), media_type="application/json", headers={"Cache-Control": "no-store"})

    def _document_key(self, book: str) -> str:
        """The key of the document that ``book`` names, by key or title. Raises HTTPException 422 if there is none."""
        served = self._conversation.documents
        found = book if book in served else next((key for key, one in served.items() if one.title == book), "")
        if book and not found:
            raise HTTPException(422, Web.API_NO_BOOK)
        return found


def _read(body: bytes) -> tuple[str, str, str]:
    """The question, the session and the book in ``body``. Raises HTTPException 400 or 422 that says how to mend it."""
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        raise HTTPException(400, Web.API_NOT_JSON) from None
    if not isinstance(data, dict):
        raise HTTPException(422, Web.API_NOT_OBJECT)
    question, session, book = data.get("question"), data.get("session"), data.get("book")
    if not isinstance(question, str):
        raise HTTPException(422, Web.API_NO_QUESTION)
    if session is None:
        session = ""
    if not isinstance(session, str) or len(session) > MAX_SESSION:
        raise HTTPException(422, Web.API_BAD_SESSION.format(limit=MAX_SESSION))
    if book is not None and not isinstance(book, str):
        raise HTTPException(422, Web.API_NO_BOOK)
    return _encodable(question), _encodable(session), book or ""


def _encodable(text: str) -> str:
    """``text`` without lone surrogates, which JSON can spell and UTF-8 cannot."""
    return text.encode("utf-8", "replace").decode()
