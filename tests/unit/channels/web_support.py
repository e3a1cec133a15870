"""A small document, a conversation that says what a test wants, and a browser without a browser."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from itertools import count

import httpx
from prometheus_client import CollectorRegistry

from bot.access.secret import Secret
from bot.channels.web.addresses import TrustedProxies
from bot.channels.web.admin.ports import AdminPageData
from bot.channels.web.app import build_web
from bot.channels.web.metrics import WebMetrics
from bot.channels.web.ports import NewId, Ping, Probe
from bot.conversation.messages import Choice, Incoming, Part, Reply
from bot.conversation.router import Router
from bot.knowledge.model import Knowledge, Point, Section
from bot.knowledge.structure import Span
from bot.retrieval.verdict import Match, Verdict

SOURCE = "开头的话。\n第一段先说发展,再说民生,后说作风。\n第二段只有一句。"


def _point(point_id: str, title: str, section: str, *quotes: str) -> Point:
    spans = tuple(Span(SOURCE.index(quote), SOURCE.index(quote) + len(quote)) for quote in quotes)
    return Point(point_id, title, section, quotes, spans, questions=(f"{title}是什么",))


KNOWLEDGE = Knowledge(
    title="一篇讲话",
    speaker="某人",
    source=SOURCE,
    sections=(Section("1", "第一部分"), Section("1.1", "第一部分·一"), Section("9", "没有要点的部分")),
    points=(
        _point("last", "只有一句", "1.1", "第二段只有一句。"),
        _point("two", "发展和作风", "1", "先说发展", "后说作风"),
        _point("one", "民生", "1", "再说民生"),
    ),
    version="abc123",
)
GREETING = Reply(
    (Part("text", "您好!"), Part("note", "可以先试试这几个:")),
    (Choice("民生是什么", "p:one"), Choice("目录", "o:")),
)


def answer(question: str, point_id: str = "one") -> Reply:
    """The reply to a question that a point answers."""
    point = KNOWLEDGE.point(point_id)
    return Reply(
        (
            Part("title", point.title),
            *(Part("quote", quote) for quote in point.quotes),
            Part("citation", KNOWLEDGE.citation(point)),
        ),
        (Choice("发展和作风", "p:two"),),
        (Choice("👍", "u:x1"), Choice("👎", "d:x1"), Choice("看前后文", f"c:{point.id}")),
        verdict=Verdict("answer", question, "match", (Match(point, 1.0, question),)),
        point=point,
    )


SUGGESTION = Reply(
    (Part("text", "您想问的是不是下面这几条?"),),
    (Choice("民生", "p:one"), Choice("发展和作风", "p:two")),
    numbered=True,
    verdict=Verdict(
        "suggest", "什么", "close", (Match(KNOWLEDGE.point("one"), 0.5, ""), Match(KNOWLEDGE.point("two"), 0.4, ""))
    ),
)
IN_CONTEXT = Reply(
    (
        Part("citation", "第一部分"),
        Part("context", "第一段先说发展,"),
        Part("quote", "再说民生"),
        Part("context", ",后说作风。"),
    )
)


class Talk(Router):
    """A conversation by the book: ``replies`` by what was said or pressed; an answer to all else."""

    def __init__(self, **replies: Reply) -> None:
        self.heard: list[Incoming] = []
        self.replies: dict[str, Reply] = {
            "/start": GREETING,
            "什么": SUGGESTION,
            "c:one": IN_CONTEXT,
            "u:x1": Reply(toast="谢谢,记下了。", selected_action="u:x1"),
            "d:x1": Reply(toast="谢谢指出。", selected_action="d:x1"),
            **replies,
        }

    async def handle(self, incoming: Incoming) -> Reply:
        """The reply in the book."""
        if not incoming.is_inline:
            self.heard.append(incoming)
        return self.replies.get(incoming.action or incoming.text, answer(incoming.text))


class Broken(Talk):
    """A conversation that fails with what no member may see."""

    async def handle(self, incoming: Incoming) -> Reply:
        """Fails, except for the greeting."""
        if incoming.is_inline:
            return GREETING
        raise RuntimeError("secret detail")


async def healthy() -> bool:
    """A probe that is content."""
    return True


def numbered(prefix: str) -> Callable[[], str]:
    """Ids that a test can tell in advance: ``prefix1``, ``prefix2`` …"""
    numbers = count(1)
    return lambda: f"{prefix}{next(numbers)}"


async def storing() -> None:
    """A database that answers."""


@asynccontextmanager
async def visitor(
    talk: Talk | None = None,
    *,
    probe: Probe = healthy,
    storage: Ping = storing,
    public_url: str = "",
    console: AdminPageData | None = None,
    client: tuple[str, int] = ("127.0.0.1", 123),
    proxies: TrustedProxies | None = None,
    rate_member: int = 0,
    rate_address: int = 0,
    operator_token: str = "",
    secret: Secret | None = None,
    new_session_id: NewId | None = None,
    knowledge: Knowledge = KNOWLEDGE,
) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the whole application; it keeps cookies as a browser does."""
    app = build_web(
        talk or Talk(),
        knowledge=lambda: knowledge,
        probe=probe,
        storage=storage,
        metrics=WebMetrics(CollectorRegistry()),
        public_url=public_url,
        console=console,
        proxies=proxies,
        rate_member=rate_member,
        rate_address=rate_address,
        operator_token=operator_token,
        secret=secret,
        new_session_id=new_session_id or numbered("s"),
        new_request_id=numbered("r"),
        stopwatch=_ticks(),
    )
    transport = httpx.ASGITransport(app=app, client=client)
    async with httpx.AsyncClient(transport=transport, base_url=public_url or "http://127.0.0.1") as session:
        yield session


def _ticks() -> Callable[[], float]:
    numbers = count()
    return lambda: next(numbers) / 1000
