"""An OpenAI-compatible endpoint that writes phrasings of passages: a vendor's, or Ollama or vLLM on one's own machine.

What it answered is kept by the content that it was asked with, so that a run that was cut off goes on and no answer is
paid for twice.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import openai
from openai.types.chat.completion_create_params import ResponseFormat
from pydantic import BaseModel, ValidationError

from bot.cache import FileCache
from bot.drafting.draft import Draft
from bot.drafting.prompts import SCHEMA, SYSTEM, VERSION, passage_message
from bot.errors import BotError
from bot.wording import Drafting

AT_ONCE: Final = 4
"""Requests that wait for an answer at a time."""
RETRIES: Final = 8
"""Of one request, after 429, faults of the server and lost connections: more than a minute in all."""
TIMEOUT: Final = 120.0
"""Seconds for one answer."""
MAX_ANSWER_TOKENS: Final = 2_000
MAX_FAILURES: Final = 5
"""Requests in a row without any answer after which nothing more is asked."""
MIN_CHARACTERS: Final = 2
MAX_CHARACTERS: Final = 60
MAX_QUESTIONS: Final = 30
MAX_GAPS: Final = 6
TOKENS_PER_CHARACTER: Final = 1.0  # of Chinese, roughly, with the tokenizers in use
ANSWER_TOKENS: Final = 500  # of an answer, roughly
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class PassageRequest:
    """A passage to be phrased: its id in the draft, and all that a model is told of it."""

    id: str
    title: str
    place: str
    quote: str

    @property
    def message(self) -> str:
        """What is sent beside the instructions."""
        return passage_message(self.title, self.place, self.quote)


@dataclass(frozen=True, slots=True)
class ModelPhrasings:
    """What a model wrote for one passage."""

    questions: tuple[str, ...]
    gaps: tuple[str, ...]


@dataclass(slots=True)
class Usage:
    """What a run took. ``stopped`` says why it ended early; empty if it did not."""

    calls: int = 0
    tokens: int = 0
    failed: int = 0
    stopped: str = ""


@dataclass(frozen=True, slots=True)
class EndpointSettings:
    """Where the model is, what it is called, and the key; ``retries`` of one request and the ``timeout`` in seconds."""

    url: str
    model: str
    key: str = ""
    retries: int = RETRIES
    timeout: float = TIMEOUT


class _Answer(BaseModel):
    questions: list[str]
    gaps: list[str] = []


class PhrasingModel:
    """Asks the endpoint for phrasings, passage by passage."""

    def __init__(self, settings: EndpointSettings, cache: FileCache) -> None:
        self._settings = settings
        self._cache = cache
        self._formats: list[ResponseFormat | openai.Omit] = [
            {"type": "json_schema", "json_schema": {"name": "phrasings", "schema": SCHEMA, "strict": True}},
            {"type": "json_object"},
            openai.omit,
        ]

    @property
    def name(self) -> str:
        """What the model is called."""
        return self._settings.model

    def known(self, request: PassageRequest) -> ModelPhrasings | None:
        """What the model answered to the same passage before; None if it was not asked, or not of this prompt."""
        data = self._cache.read(self._name(request))
        return None if data is None else parse_answer(data.decode(errors="replace"))

    def estimated_tokens(self, requests: Sequence[PassageRequest]) -> int:
        """About how many tokens asking for ``requests`` takes, both ways."""
        sent = sum((len(SYSTEM) + len(request.message)) * TOKENS_PER_CHARACTER for request in requests)
        return int(sent + len(requests) * ANSWER_TOKENS)

    async def phrase(self, requests: Sequence[PassageRequest], told: Callable[[], object]) -> Usage:
        """Ask for each of ``requests``; each answer is kept as it comes. ``told`` is called after each.

        A passage whose answer is of no use is left out. Raises BotError if the endpoint refuses key or model.
        """
        usage = Usage()
        refused: list[BotError] = []
        queue = list(reversed(requests))
        in_a_row = 0
        async with openai.AsyncOpenAI(
            base_url=self._settings.url,
            api_key=self._settings.key or "none",  # a server on one's own machine asks for none
            max_retries=self._settings.retries,
            timeout=self._settings.timeout,
        ) as client:

            async def work() -> None:
                nonlocal in_a_row
                while queue and not usage.stopped:
                    request = queue.pop()
                    usage.calls += 1
                    try:
                        text, tokens = await self._ask(client, request)
                    except BotError as error:
                        refused.append(error)
                        queue.clear()
                        return
                    except openai.APIError as error:
                        why = _reason(error)
                        _log.warning("no phrasings for %s: %s", request.id, type(error).__name__)
                        usage.failed += 1
                        in_a_row += 1
                        if in_a_row >= MAX_FAILURES and not usage.stopped:
                            usage.stopped = Drafting.STOPPED.format(count=in_a_row, why=why)
                    else:
                        in_a_row = 0
                        usage.tokens += tokens
                        if parse_answer(text) is None:
                            usage.failed += 1
                        else:
                            await asyncio.to_thread(self._cache.write, self._name(request), text.encode())
                    told()

            async with asyncio.TaskGroup() as group:
                for _ in range(min(AT_ONCE, len(requests))):
                    group.create_task(work())
        if refused:
            raise refused[0]
        return usage

    async def _ask(self, client: openai.AsyncOpenAI, request: PassageRequest) -> tuple[str, int]:
        while True:
            form = self._formats[0]
            try:
                answer = await client.chat.completions.create(
                    model=self._settings.model,
                    messages=[{"role": "system", "content": SYSTEM}, {"role": "user", "content": request.message}],
                    response_format=form,
                    max_tokens=MAX_ANSWER_TOKENS,
                )
                break
            except openai.BadRequestError:
                if self._formats[0] is form and len(self._formats) > 1:
                    self._formats.pop(0)  # a server that knows no such form of answers
                if form is openai.omit:
                    raise
            except (openai.AuthenticationError, openai.PermissionDeniedError, openai.NotFoundError) as error:
                raise BotError(Drafting.REFUSED.format(why=_reason(error))) from None  # its text may hold the key
        choices = answer.choices or []
        text = (choices[0].message.content if choices else None) or ""
        return text, answer.usage.total_tokens if answer.usage is not None else 0

    def _name(self, request: PassageRequest) -> str:
        asked = "\0".join((VERSION, self._settings.model, request.message))
        return f"phrasings-{hashlib.sha256(asked.encode()).hexdigest()}.json"


def requests_of(draft: Draft) -> list[PassageRequest]:
    """What a language model is asked for each point of ``draft``."""
    structure = draft.knowledge.structure
    return [
        PassageRequest(
            id=point.id,
            title=draft.knowledge.title,
            place="·".join((*point.passage.headings, structure.place(point.passage.span))),
            quote=structure.text(point.passage.span),
        )
        for point in draft.points
    ]


def parse_answer(text: str) -> ModelPhrasings | None:
    """A model's answer; None if it is no JSON of the form that was asked for, or has no question in it.

    Lines that are too short or too long, and repeated ones, are left out. JSON may stand in a code fence.
    """
    begin, end = text.find("{"), text.rfind("}")
    if begin < 0 or end < begin:
        return None
    try:
        answer = _Answer.model_validate(json.loads(text[begin : end + 1]))
    except (ValidationError, ValueError, RecursionError):
        return None
    questions = _usable(answer.questions)[:MAX_QUESTIONS]
    return ModelPhrasings(questions, _usable(answer.gaps)[:MAX_GAPS]) if questions else None


def _usable(lines: Sequence[str]) -> tuple[str, ...]:
    tidy = (" ".join(line.split()) for line in lines)
    return tuple(dict.fromkeys(line for line in tidy if MIN_CHARACTERS <= len(line) <= MAX_CHARACTERS))


def _reason(error: openai.APIError) -> str:
    """What went wrong, without a word of the server's own: that may hold the key."""
    match error:
        case openai.APITimeoutError():
            return Drafting.TIMED_OUT
        case openai.APIConnectionError():
            return Drafting.UNREACHABLE
        case openai.RateLimitError():
            return Drafting.TOO_OFTEN
        case openai.APIStatusError():
            return Drafting.SERVER_FAULT.format(status=error.status_code)
    return type(error).__name__
