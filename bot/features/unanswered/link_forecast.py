"""What members would be told if the knowledge were changed so: looked at before it is."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field

from bot.features.unanswered.cases import Cases
from bot.knowledge.edit.amendment import Amendment
from bot.knowledge.model import Knowledge, Point
from bot.library import ChangeResult, KnowledgeEditor
from bot.records.feedback import InThread
from bot.retrieval.retriever import Retriever

LOOKED_AT = 60  # further cases, those asked most: with the model each takes a twentieth of a second


@dataclass(frozen=True, slots=True)
class Forecast:
    """What would be answered then. ``points``: what the first of the questions would be answered with.

    ``also``: other questions without an answer that would be answered with the same point, unseen. ``refused``: why the
    change cannot be made.
    """

    knowledge: Knowledge
    points: tuple[Point, ...] = ()
    also: tuple[str, ...] = field(default=())
    refused: ChangeResult | None = None


class Forecasts:
    """Looks at changes without making them. ``served`` is what answers now.

    ``in_background``: more than a hundred questions may be judged for a look, and members' questions go first.
    """

    def __init__(
        self, cases: Cases, editing: KnowledgeEditor, served: Callable[[], Retriever], in_background: InThread
    ) -> None:
        self._cases = cases
        self._editing = editing
        self._served = served
        self._in_background = in_background

    async def of(
        self, amendments: Sequence[Amendment], question: str, point_id: str, cores: Collection[str]
    ) -> Forecast:
        """What ``question`` and other missed questions than those of ``cores`` would be answered with, by
        ``point_id``, after ``amendments``. Raises StorageError."""
        now = self._served()
        tried: Retriever | ChangeResult = await self._editing.tried(amendments) if amendments else now
        if isinstance(tried, ChangeResult):
            return Forecast(now.knowledge, refused=tried)
        then = tried
        others = [case.group.wordings[0] for case in await self._cases.open() if not {*case.group.cores} & {*cores}]
        asked = [one.text for one in others[:LOOKED_AT]]

        def look() -> Forecast:
            also = tuple(text for text in asked if _answers(then, text, point_id) and not _answers(now, text, point_id))
            verdict = then.ask(question)
            return Forecast(then.knowledge, verdict.points if verdict.kind == "answer" else (), also)

        return await self._in_background(look)


def _answers(retriever: Retriever, question: str, point_id: str) -> bool:
    verdict = retriever.ask(question)
    return verdict.kind == "answer" and any(point.id == point_id for point in verdict.points)
