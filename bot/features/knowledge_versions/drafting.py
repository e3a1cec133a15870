"""/draft: points, golden questions and a quiz made of the document that is served, shown before anybody is answered by
them.

Beside patterns a configured language model writes phrasings, if the editor wants it after being told what that sends
where; it goes on in the background, and what it answered is kept.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from bot.conversation.messages import Choice, Code, Incoming, Part, Reply, say
from bot.conversation.router import Feature, Handler, private
from bot.drafting.draft import Draft, draft_text, make_draft
from bot.drafting.questions import golden_text, make_golden, make_quiz, quiz_text
from bot.errors import BotError
from bot.features.knowledge_versions.upload import proposal_of
from bot.features.knowledge_versions.version_manager import ChangeContext
from bot.knowledge.files import GOLDEN_FILE, POINTS_FILE, QUIZ_FILE, Files, sha256_hex
from bot.knowledge.load import require_servable, source_name, validate_files
from bot.knowledge.model import GoldenQuestion, Knowledge
from bot.retrieval.retriever import Retriever
from bot.text import squash
from bot.wording import Drafting as Words
from bot.wording import DraftingInChat as Wording

if TYPE_CHECKING:
    from bot.drafting.language_model import ModelPhrasings, PassageRequest, PhrasingModel

MAX_CALLS: Final = 500
"""Of the language model for one draft."""
_CHECKSUM: Final = "# made "
MakeByWords = Callable[[Knowledge, Files], Retriever]
"""Makes what answers questions on a knowledge by words alone."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class DraftTools:
    """What drafting needs from outside. ``model`` is asked for phrasings if there is one; ``endpoint`` is told.

    ``tell`` says something to a member of the bot's own accord, False if that cannot be.
    """

    make: MakeByWords
    tell: Callable[[str, Reply], Awaitable[bool]]
    model: PhrasingModel | None = None
    endpoint: str = ""


@dataclass(frozen=True, slots=True)
class _Made:
    """The files of a draft, and how it and what is served do on its golden questions."""

    files: Mapping[str, str]
    lines: tuple[str, ...]


@dataclass(slots=True)
class _Run:
    """A draft that a language model is writing for: ``done`` of ``count`` passages; at the end the ``reply``."""

    author: str
    count: int = 0
    done: int = 0
    reply: Reply | None = None
    task: asyncio.Task[None] | None = field(default=None, repr=False)


class KnowledgeDrafting:
    """Drafts the document that is served, one at a time."""

    def __init__(self, context: ChangeContext, tools: DraftTools) -> None:
        self._context = context
        self._versions = context.versions
        self._tools = tools
        self._run: _Run | None = None

    def feature(self) -> Feature:
        """The command and its buttons."""
        return Feature(
            commands={"draft": Handler(private(self.begin), "editor")},
            buttons={
                "dr": Handler(private(self.begin), "editor"),
                "dp": Handler(private(self.by_patterns), "editor"),
                "dm": Handler(private(self.by_model), "editor"),
                "ds": Handler(private(self.status), "editor", audited=False),
            },
        )

    async def begin(self, _: str, incoming: Incoming) -> Reply:
        """Draft at once; if there is a language model, say what it would be sent, and ask. Raises StorageError."""
        if self._run is not None and self._run.reply is None:
            return self._progress(self._run)
        model = self._tools.model
        if model is None:
            return await self.by_patterns("", incoming)
        try:
            _draft, requests, unknown = await self._context.in_thread(lambda: self._requests(model))
        except BotError as error:
            return say(str(error))
        plan = Words.PLAN.format(
            calls=len(unknown),
            tokens=model.estimated_tokens(unknown),
            sent=sum(len(one.message) for one in unknown),
            host=self._tools.endpoint,
            model=model.name,
            known=len(requests) - len(unknown),
        )
        choices = (
            Choice(Wording.WITH_MODEL, Code.ADMIN.to("dm")),
            Choice(Wording.PATTERNS_ALONE, Code.ADMIN.to("dp")),
        )
        return Reply((Part("text", plan),), choices)

    async def by_patterns(self, _: str, incoming: Incoming) -> Reply:
        """A draft without a language model, to be served or thrown away. Raises StorageError."""
        try:
            made = await self._context.in_thread(lambda: self._made(self._draft(), {}))
        except BotError as error:
            return say(str(error))
        return await self._offer(made, incoming.person)

    async def by_model(self, _: str, incoming: Incoming) -> Reply:
        """Begin a draft with phrasings of a language model; it is shown to the editor when it is made."""
        model = self._tools.model
        if model is None:
            return say(Words.NO_LIBRARY)
        if self._run is not None and self._run.reply is None:
            return self._progress(self._run)
        run = self._run = _Run(incoming.person)  # before anything is waited for: the next press may come meanwhile
        try:
            draft, requests, unknown = await self._context.in_thread(lambda: self._requests(model))
        except BaseException as error:
            self._run = None
            if isinstance(error, BotError):
                return say(str(error))
            raise
        run.count = len(unknown)
        run.task = asyncio.create_task(self._write(run, model, draft, requests, unknown), name="drafting")
        return self._progress(run)

    async def status(self, _: str, incoming: Incoming) -> Reply:
        """How far the draft is; when it is made, the draft."""
        run = self._run
        if run is None or run.author != incoming.person:
            return say(Wording.NOTHING_RUNS)
        return self._progress(run) if run.reply is None else run.reply

    async def close(self) -> None:
        """Stop: what the model has answered is kept."""
        task = self._run.task if self._run is not None else None
        if task is not None:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def _write(
        self,
        run: _Run,
        model: PhrasingModel,
        draft: Draft,
        requests: list[PassageRequest],
        unknown: list[PassageRequest],
    ) -> None:
        def one_more() -> None:
            run.done += 1

        try:
            usage = await model.phrase(unknown, one_more)
            made = await self._context.in_thread(lambda: self._made(draft, _written(model, requests)))
            used = Words.USED_SHORT.format(calls=usage.calls, tokens=usage.tokens, failed=usage.failed)
            lines = (used, *([usage.stopped] if usage.stopped else []), *made.lines)
            reply = await self._offer(_Made(made.files, lines), run.author)
        except BotError as error:
            reply = say(str(error))
        except Exception:
            _log.exception("drafting failed")
            reply = say(Wording.FAILED)
        run.reply = reply
        await self._tools.tell(run.author, reply)

    def _progress(self, run: _Run) -> Reply:
        text = Wording.PROGRESS.format(done=run.done, count=run.count)
        return Reply((Part("text", text),), (Choice(Wording.LOOK, Code.ADMIN.to("ds")),))

    def _draft(self) -> Draft:
        """The draft of the served source. Raises BotError if nothing can be drafted, or a person wrote points."""
        self._refuse_handwritten()
        files = self._source_alone()
        draft = make_draft(require_servable(validate_files(files)), files.document)
        if not draft.points:
            raise BotError(Words.NOTHING)
        return draft

    def _requests(self, model: PhrasingModel) -> tuple[Draft, list[PassageRequest], list[PassageRequest]]:
        """The draft, what a language model can be asked for it, and what of that it will be. Slow. Raises BotError."""
        from bot.drafting.language_model import requests_of  # noqa: PLC0415 - an extra

        draft = self._draft()
        requests = requests_of(draft)
        return draft, requests, [one for one in requests if model.known(one) is None][:MAX_CALLS]

    def _refuse_handwritten(self) -> None:
        """Raises BotError if a person wrote points of what is served."""
        knowledge = self._versions.served.knowledge
        if any(not point.made for point in knowledge.points):
            raise BotError(Wording.BY_HAND.format(title=knowledge.title))

    def _source_alone(self) -> Files:
        base = self._versions.served.content.base
        name = source_name(base)
        return Files({name: base.get(name) or ""})

    def _made(self, draft: Draft, written: Mapping[str, ModelPhrasings]) -> _Made:
        """The files of ``draft`` with what of ``written`` is of use; what a person wrote stays. Slow.

        Raises BotError if that are points, which may have come while a language model was asked.
        """
        self._refuse_handwritten()
        held_back: Mapping[str, str] = {}
        told = []
        if written:
            from bot.drafting.phrasings import try_phrasings  # noqa: PLC0415 - with the extra

            tried = try_phrasings(draft, written, self._tools.make)
            draft, held_back = draft.with_phrasings(tried.questions, tried.gaps), tried.held_back
            phrased, gaps = (sum(map(len, lines.values())) for lines in (tried.questions, tried.gaps))
            told.append(Words.PHRASED.format(questions=phrased, gaps=gaps, dropped=tried.dropped))
        texts = {POINTS_FILE: draft_text(draft), draft.source_file: draft.knowledge.source}
        knowledge = require_servable(validate_files(Files(texts)))
        after = self._tools.make(knowledge, Files(texts))
        golden = make_golden(after, held_back)
        quiz = make_quiz(knowledge)
        before = self._versions.served.retriever
        right = sum(_shows(before, one, knowledge) for one in golden)
        base = self._versions.served.content.base
        beside = {GOLDEN_FILE: with_checksum(golden_text(golden)), QUIZ_FILE: with_checksum(quiz_text(quiz))}
        kept = [name for name in beside if name in base.texts and not is_unchanged(base.texts[name])]
        lines = (
            Words.TITLE.format(
                title=knowledge.title,
                sections=len(knowledge.sections),
                points=len(draft.points),
                terms=sum(len(point.aliases) for point in draft.points),
                facts=sum(len(point.facts) for point in draft.points),
            ),
            *told,
            Wording.SCORES.format(count=len(golden), before=right, after=len(golden)),
            *([] if QUIZ_FILE in kept else [Wording.QUIZ.format(count=len(quiz))]),
            *([Wording.KEPT.format(files="、".join(kept))] if kept else []),
        )
        return _Made({**texts, **{name: text for name, text in beside.items() if name not in kept}}, lines)

    async def _offer(self, made: _Made, author: str) -> Reply:
        candidate = await self._versions.check(proposal_of(made.files, author, Wording.NOTE))
        await self._context.previews.save(candidate, made.files)
        return self._context.preview(candidate, "\n".join(made.lines))


def with_checksum(text: str) -> str:
    """A drafted file with a comment that tells later whether anybody changed it."""
    return f"{_CHECKSUM}{sha256_hex(text.encode())}\n{text}"


def is_unchanged(text: str) -> bool:
    """Whether ``text`` is as ``with_checksum`` made it. A file without a checksum is a person's."""
    first, _, rest = text.partition("\n")
    return first == f"{_CHECKSUM}{sha256_hex(rest.encode())}"


def _written(model: PhrasingModel, requests: Iterable[PassageRequest]) -> Mapping[str, ModelPhrasings]:
    """What the model has answered to ``requests``, by their ids. Slow: a file each."""
    return {one.id: found for one in requests if (found := model.known(one)) is not None}


def _shows(retriever: Retriever, golden: GoldenQuestion, knowledge: Knowledge) -> bool:
    """Whether ``retriever``, which may know no points, shows words of the point of ``knowledge`` that should answer."""
    verdict = retriever.ask(golden.ask)
    shown = [quote for point in verdict.points for quote in point.quotes] if verdict.kind == "answer" else []
    if not golden.points:
        return not shown
    wanted = squash(knowledge.point(golden.points[0]).quote)
    return any(squash(quote) in wanted or wanted in squash(quote) for quote in shown)
