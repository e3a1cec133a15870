"""The command ``draft``: a knowledge folder from a document, with a language model's phrasings if one is configured."""

from __future__ import annotations

import asyncio
import importlib.util
import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from bot.config import Settings
from bot.drafting.draft import Draft, draft_text, make_draft
from bot.drafting.merge import MergeReport, keep_ids, merge, merge_items
from bot.drafting.questions import golden_text, make_golden, make_quiz, quiz_text
from bot.errors import BotError
from bot.files import write_whole
from bot.knowledge.files import GOLDEN_FILE, POINTS_FILE, QUIZ_FILE, Files
from bot.knowledge.load import read_text, require_servable, validate_files, validate_folder
from bot.retrieval_factory import RetrieverFactory, file_cache_of
from bot.wording import Drafting

if TYPE_CHECKING:
    from bot.drafting.language_model import ModelPhrasings, PassageRequest, PhrasingModel

BASE_FILE: Final = ".draft.yaml"
"""The draft as it was made, beside what a curator makes of it: what the next one is compared with."""
BASE_FILES: Final = {GOLDEN_FILE: ".draft-golden.yaml", QUIZ_FILE: ".draft-quiz.yaml"}
KEYS: Final = {GOLDEN_FILE: "ask", QUIZ_FILE: "id"}
"""What tells the questions of a file apart."""
SOURCE_FILE: Final = "source.txt"
MAX_LISTED: Final = 5


@dataclass(frozen=True, slots=True)
class DraftOptions:
    """``max_calls``: of the language model, at most. ``confirm`` asks a person; ``progress`` gets done and all."""

    max_calls: int
    model: bool
    confirm: Callable[[str], bool]
    progress: Callable[[int, int], None]


def draft_folder(document: Path, folder: Path, settings: Settings, options: DraftOptions) -> Iterator[str]:
    """Draft ``document`` into ``folder``; the lines that a person is told.

    Raises BotError before anything is written.
    """
    loaded = validate_folder(document)
    knowledge = require_servable(loaded)
    if knowledge.points:
        raise BotError(Drafting.HAS_POINTS.format(file=document))
    yield from loaded.notes
    draft = make_draft(knowledge, SOURCE_FILE)
    if not draft.points:
        raise BotError(Drafting.NOTHING)
    before, curated = _earlier(folder)
    if before is not None:
        draft = keep_ids(draft, before)
    yield Drafting.TITLE.format(
        title=knowledge.title,
        sections=len(knowledge.sections),
        points=len(draft.points),
        terms=sum(len(point.aliases) for point in draft.points),
        facts=sum(len(point.facts) for point in draft.points),
    )
    phrased = _Phrased(draft)
    if options.model and settings.llm_url and settings.llm_model:
        yield from phrased.ask(settings, options)
        draft = phrased.draft
    text, report = (draft_text(draft), MergeReport())
    if before is not None and curated is not None:
        text, report = merge(draft, before, curated)
    files = Files({POINTS_FILE: text, SOURCE_FILE: knowledge.source})
    drafted = _draft_questions(files, phrased.held_back, settings)
    beside = {name: _merged(folder, name, own) for name, own in drafted.items()}
    made = require_servable(validate_files(Files({**files.texts, **beside})))
    written = {POINTS_FILE: text, BASE_FILE: draft_text(draft)}
    first = BASE_FILE if before is None else POINTS_FILE  # a run that is cut off between the two can be made again
    bases = {BASE_FILES[name]: own for name, own in drafted.items()}
    _write(folder, {SOURCE_FILE: knowledge.source, first: written[first], **written, **bases, **beside})
    yield from _report_lines(report)
    yield Drafting.QUESTIONS.format(golden=len(made.golden), quiz=len(made.quiz_additions.questions))
    yield Drafting.WRITTEN.format(folder=folder)


def _draft_questions(files: Files, held_back: Mapping[str, str], settings: Settings) -> dict[str, str]:
    """The texts of golden.yaml and quiz.yaml for a draft's ``files``, by their names."""
    by_words = RetrieverFactory(settings.model_copy(update={"meaning": False}))
    knowledge = require_servable(validate_files(files))
    golden = make_golden(by_words.make_ready(knowledge, files), held_back)
    return {GOLDEN_FILE: golden_text(golden), QUIZ_FILE: quiz_text(make_quiz(knowledge))}


def _merged(folder: Path, name: str, drafted: str) -> str:
    """What the file ``name`` of ``folder`` has to say: what is ``drafted`` now, with what a curator made of it before.

    A file that was not drafted stays as it is.
    """
    path, base = folder / name, folder / BASE_FILES[name]
    if not os.path.lexists(path):
        return drafted
    theirs = read_text(path)
    if not os.path.lexists(base):
        return theirs
    return merge_items(drafted, read_text(base), theirs, file=name, key=KEYS[name])


class _Phrased:
    """A draft with the phrasings of a language model, and those that are ``held_back`` from it."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.held_back: Mapping[str, str] = {}

    def ask(self, settings: Settings, options: DraftOptions) -> Iterator[str]:
        """Ask the model for what is not known yet, try what it wrote, and add it; the lines that a person is told."""
        if importlib.util.find_spec("openai") is None:
            raise BotError(Drafting.NO_LIBRARY)
        from bot.drafting.language_model import EndpointSettings, PhrasingModel, requests_of  # noqa: PLC0415 - an extra

        model = PhrasingModel(
            EndpointSettings(settings.llm_url, settings.llm_model, settings.llm_key.get_secret_value()),
            file_cache_of(settings),
        )
        requests = requests_of(self.draft)
        unknown = [request for request in requests if model.known(request) is None]
        asked = unknown[: options.max_calls]
        if asked:
            plan = Drafting.PLAN.format(
                calls=len(asked),
                tokens=model.estimated_tokens(asked),
                sent=sum(len(request.message) for request in asked),
                host=urlsplit(settings.llm_url).netloc,
                model=settings.llm_model,
                known=len(requests) - len(unknown),
            )
            yield plan
            if len(asked) < len(unknown):
                yield Drafting.PLAN_LIMITED.format(calls=len(asked), left=len(unknown) - len(asked))
            if not options.confirm(Drafting.ASK_START):
                yield Drafting.NOT_STARTED
            else:
                yield from self._run(model, asked, options)
        written = {request.id: found for request in requests if (found := model.known(request)) is not None}
        if written:
            yield from self._add(written, settings)
        left = len(requests) - len(written)
        if left:
            yield Drafting.LEFT.format(count=left)

    def _run(self, model: PhrasingModel, asked: Sequence[PassageRequest], options: DraftOptions) -> Iterator[str]:
        begun = time.monotonic()
        done = 0

        def told() -> None:
            nonlocal done
            done += 1
            options.progress(done, len(asked))

        usage = asyncio.run(model.phrase(asked, told))
        seconds = time.monotonic() - begun
        yield Drafting.USED.format(calls=usage.calls, tokens=usage.tokens, seconds=seconds, failed=usage.failed)
        if usage.stopped:
            yield usage.stopped

    def _add(self, written: Mapping[str, ModelPhrasings], settings: Settings) -> Iterator[str]:
        from bot.drafting.phrasings import try_phrasings  # noqa: PLC0415 - with the extra

        tried = try_phrasings(self.draft, written, RetrieverFactory(settings).make_ready)
        self.draft = self.draft.with_phrasings(tried.questions, tried.gaps)
        self.held_back = tried.held_back
        yield Drafting.PHRASED.format(
            questions=sum(map(len, tried.questions.values())),
            gaps=sum(map(len, tried.gaps.values())),
            dropped=tried.dropped,
        )


def _earlier(folder: Path) -> tuple[str | None, str | None]:
    """The draft before this one, and what a curator made of it; None for what is not there.

    Raises BotError if points.yaml was not drafted.
    """
    points, base = folder / POINTS_FILE, folder / BASE_FILE
    if not os.path.lexists(points):
        return None, None
    if not os.path.lexists(base):
        raise BotError(Drafting.NOT_DRAFTED.format(folder=folder, base=BASE_FILE))
    return read_text(base), read_text(points)


def _write(folder: Path, texts: Mapping[str, str]) -> None:
    """Write ``texts`` into ``folder``, each whole or not at all, in their order."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            write_whole(folder / name, text.encode())
    except OSError:
        raise BotError(Drafting.CANNOT_WRITE.format(folder=folder)) from None


def _report_lines(report: MergeReport) -> Iterator[str]:
    told = (
        (Drafting.ADDED, report.added),
        (Drafting.CHANGED, report.changed),
        (Drafting.GONE, report.gone),
        (Drafting.KEPT, report.kept),
        (Drafting.CONFLICTS, report.conflicts),
        (Drafting.LOST, report.lost),
    )
    for template, titles in told:
        if titles:
            more = Drafting.AND_MORE if len(titles) > MAX_LISTED else ""
            yield template.format(count=len(titles), titles="、".join(titles[:MAX_LISTED]) + more)
