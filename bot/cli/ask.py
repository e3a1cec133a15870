"""Questions put to the conversation one after another, without a person: for ``ask`` and ``eval``."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Iterator, Sequence
from typing import Any, Final, Self

from bot.conversation.capabilities import Capabilities
from bot.conversation.messages import Incoming, Reply, say
from bot.conversation.router import Router
from bot.features.answers.record import Record, as_record
from bot.knowledge.model import Knowledge
from bot.library import Library
from bot.retrieval.verdict import Verdict
from bot.wording import Cli, Offers

CAPABILITIES: Final = Capabilities(Offers.COMMAND_LINE)
"""Nothing but answers: whoever asks again is not known to be the same."""


class QuestionBatch:
    """Asks ``chat``, which answers from ``library``, all questions on one event loop, each in a dialogue of its own.

    A context manager.
    """

    def __init__(self, chat: Router, library: Library) -> None:
        self._chat = chat
        self._library = library
        self._loop = asyncio.Runner()
        self._count = 0

    def __enter__(self) -> Self:
        self._loop.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.close()

    def ask(self, question: str, history: Sequence[str] = (), *, id: Any = "") -> Record:
        """The record of ``question``, asked after the questions of ``history``. ``id`` goes into it as it is."""
        self._count += 1
        person = f"cli:{self._count}"
        self._chat.recall(person, person, history)
        incoming = Incoming(person, person, text=question, request_id=f"ask-{self._count}", channel=CAPABILITIES)
        reply, ms = self._loop.run(self._timed(incoming))
        return self._record(reply, ms, id)

    def ask_line(self, line: str) -> Record:
        """The record of one line of ``ask --jsonl``; of a line that is no question, what is wrong with it."""
        try:
            data = json.loads(line)
            id = data.get("id", "")
            json.dumps(id, allow_nan=False)  # what cannot be given back is no JSON either
        except (ValueError, AttributeError, RecursionError):
            return self._record(say(Cli.NOT_JSON), 0.0, "")
        question, history = data.get("question"), data.get("history")
        if question is None:
            return self._record(say(Cli.QUESTION_MISSING), 0.0, id)
        if not isinstance(question, str):
            return self._record(say(Cli.QUESTION_NO_TEXT), 0.0, id)
        if history is None:
            history = []
        if not isinstance(history, list) or not all(isinstance(earlier, str) for earlier in history):
            return self._record(say(Cli.HISTORY_NO_LIST), 0.0, id)
        return self.ask(question, history, id=id)

    async def _timed(self, incoming: Incoming) -> tuple[Reply, float]:
        started = time.perf_counter()
        reply = await self._chat.handle(incoming)
        return reply, (time.perf_counter() - started) * 1000

    def _record(self, reply: Reply, ms: float, id: Any) -> Record:
        read = self._library.documents.get(reply.document, self._library.current)
        return as_record(reply, id=id, ms=ms, knowledge=read.knowledge)


def as_line(record: Record) -> str:
    """``record`` as one line of JSON that UTF-8 can always spell, even if its id holds half a character."""
    line = json.dumps(record, ensure_ascii=False)
    try:
        line.encode()
    except UnicodeEncodeError:
        return json.dumps(record)
    return line


def explanation_lines(knowledge: Knowledge, verdict: Verdict) -> Iterator[str]:
    """How a verdict came about: the layer that found it, the numbers of what was near; of each part of a message."""
    yield Cli.EXPLAIN.format(
        kind=verdict.kind, reason=verdict.reason, layer=verdict.layer, context=verdict.context or "-"
    )
    for name in ("intent", "missing", "lacking", "corrected", "mentioned"):
        value = getattr(verdict, name)
        if value:
            yield Cli.EXPLAIN_DETAIL.format(name=name, value=value)
    if verdict.lookup is not None:
        yield Cli.EXPLAIN_DETAIL.format(name="lookup", value=verdict.lookup.kind)
    for number, part in enumerate(verdict.parts, start=1):
        yield Cli.EXPLAIN_PART.format(number=number, asked=part.asked)
        yield from explanation_lines(knowledge, part)
    if verdict.parts:
        return
    if not verdict.matches and verdict.kind != "chat":
        yield Cli.EXPLAIN_NONE
    for match in verdict.matches:
        point = match.point
        numbers = " ".join(f"{name}={value:.2f}" for name, value in match.features if value)
        if knowledge.is_passage(point):
            citation = knowledge.citation(point)
            line = Cli.EXPLAIN_PASSAGE.format(
                score=match.score, point=point.id, citation=citation, title=point.title, numbers=numbers
            )
        else:
            line = Cli.EXPLAIN_MATCH.format(
                score=match.score, point=point.id, phrasing=match.phrasing or "-", numbers=numbers
            )
        yield line.rstrip()
