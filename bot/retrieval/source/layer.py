"""The second layer: what the source says where no curated point answers.

A point with many phrasings knows how it is asked for, so where its own judge does not trust it, the source's judge does
not overrule that: it only decides between the points that are offered. What no point covers, or only a point with few
phrasings, the source answers by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import replace
from typing import Final

from bot.knowledge.model import Knowledge, Point
from bot.knowledge.structure import Span
from bot.retrieval.index.embedder import Embedder
from bot.retrieval.index.postings import Values
from bot.retrieval.index.tokenizer import Tokenizer
from bot.retrieval.ranking.decision import Judgement, downgrade
from bot.retrieval.source.source_index import SourceIndex
from bot.retrieval.source.source_judge import SourceJudgement, SourceMatch, judge
from bot.retrieval.verdict import Match

WELL_PHRASED: Final = 8
"""Phrasings from which a point knows how it is asked for."""

UNKNOWN_THRESHOLD: Final = 0.2
"""Trust of the source's judge below which it contradicts a point that is hardly trusted itself."""

LIKELY_THRESHOLD: Final = 0.3
"""Trust of the source's judge from which its passages are offered where no point is near."""

AGREED_THRESHOLD: Final = 0.33
"""Trust of the source's judge from which it confirms what a point with few phrasings is offered for …"""

PHRASED_AGREED_SUM: Final = 0.93
"""… and that of both judges together from which it confirms one with many phrasings, which its own judge doubts."""

CLEAR_SECOND: Final = 0.05
"""… if no other point is trusted by more."""

OWN_SHARE: Final = 0.6
"""How much of an answer must stand in a point to be shown as that point."""


class SourceLayer:
    """The source of ``knowledge``, searched by likeness. Immutable. ``like``: one that may be of the same source."""

    def __init__(self, knowledge: Knowledge, tokenizer: Tokenizer, like: SourceLayer | None = None) -> None:
        self.knowledge = knowledge
        found = like.index if like is not None else None
        if found is None or found.source != knowledge.source or found.user_words != tokenizer.user_words:
            found = SourceIndex(knowledge.source, knowledge.structure, tokenizer)
        self.index: SourceIndex = found
        self._excerpts = [(point, knowledge.excerpt(point)) for point in knowledge.points]
        self._phrased = {point.id for point in knowledge.points if _phrasings(point) >= WELL_PHRASED}

    @property
    def texts(self) -> list[str]:
        """The texts whose embeddings are compared."""
        return self.index.texts

    def with_embeddings(self, embeddings: Values) -> SourceLayer:
        """The same, with questions compared by embedding too; ``embeddings`` has a row for each of ``texts``."""
        other = copy(self)
        other.index = self.index.with_embeddings(embeddings)
        return other

    def encode(self, core: str, embedder: Embedder | None) -> Values | None:
        """The embedding of what of the question ``core`` is compared; None without ``embedder``."""
        return embedder.encode([self.index.wording(core)])[0] if embedder is not None else None

    def judge(self, core: str, embedding: Values | None) -> SourceJudgement:
        """What the source says to the question ``core``; ``embedding`` is what ``encode`` gives for it."""
        return judge(self.index, core, embedding)

    def resolve(self, judgement: Judgement) -> Judgement:
        """``judgement``, made by the points, with what the source says to the same question."""
        source = judgement.source
        if source is None:
            return judgement
        if judgement.kind == "answer":
            return downgrade(judgement) if self._is_doubtful(judgement, source) else judgement
        answered = self._answered(judgement, source)
        return answered if answered is not None else self._offered(judgement, source)

    def _is_doubtful(self, judgement: Judgement, source: SourceJudgement) -> bool:
        """Whether the source knows nothing of what a hardly trusted point is said to answer."""
        agreed = source.matches and _overlap(
            self.knowledge.excerpt(judgement.matches[0].point), source.matches[0].spans
        )
        return source.trust < UNKNOWN_THRESHOLD and not agreed

    def _answered(self, judgement: Judgement, source: SourceJudgement) -> Judgement | None:
        """The answer where the source gives one, or where it agrees with what the points are nearly sure of."""
        if source.kind == "answer":
            return self._answer(judgement, source.matches[0])
        if not judgement.matches or source.kind == "decline" or source.trust < AGREED_THRESHOLD:
            return None
        first, *others = judgement.matches
        clear = not others or others[0].score <= CLEAR_SECOND
        agreed = _overlap(self.knowledge.excerpt(first.point), source.matches[0].spans)
        if not (clear and agreed):
            return None
        by_words = self.index.embeddings is None  # which know less of it than its phrasings do
        likely = judgement.kind == "suggest" and judgement.trust + source.trust >= PHRASED_AGREED_SUM
        if first.point.id in self._phrased and (by_words or not likely):
            return None
        return Judgement("answer", "match", judgement.matches, layer="source")

    def _offered(self, judgement: Judgement, source: SourceJudgement) -> Judgement:
        """What is near, where nothing answers: points, or passages of the source if no points are well phrased."""
        near = self.is_near(judgement)
        if judgement.kind == "suggest" and not near:
            return replace(judgement, kind="decline", reason="weak")
        if judgement.kind == "suggest" or not near or (self._phrased and judgement.matches):
            return judgement
        return Judgement("suggest", "close", tuple(map(self._match, source.matches)), layer="source")

    def without_distant(self, judgement: Judgement, source: SourceJudgement) -> Judgement:
        """``judgement``, a marked gap, without what it has beside it if nothing of the source is near the question."""
        return replace(judgement, matches=()) if source.kind == "decline" else judgement

    def is_near(self, judgement: Judgement) -> bool:
        """Whether anything may be offered to a question that ``judgement`` does not answer."""
        return judgement.source is None or judgement.source.kind != "decline"

    def passages(self, judgement: Judgement, without: Iterable[Point] = ()) -> tuple[Match, ...]:
        """The nearest passages, if one of them may well be meant; none that overlaps a point of ``without``."""
        source = judgement.source
        if source is None or source.kind == "decline" or source.trust < LIKELY_THRESHOLD:
            return ()
        barred = [self.knowledge.excerpt(point) for point in without]
        return tuple(
            self._match(found) for found in source.matches if not any(_overlap(spans, found.spans) for spans in barred)
        )

    def _answer(self, judgement: Judgement, found: SourceMatch) -> Judgement | None:
        """The answer that the source gives; None if well-phrased points say that it is none."""
        touched = [point for point, spans in self._excerpts if _overlap(spans, found.spans)]
        if judgement.kind == "suggest":
            offered = next((m for m in judgement.matches if m.point in touched), None)
            if offered is not None and offered.point.id in self._phrased and self.index.embeddings is None:
                return None  # words alone know less of it than its phrasings do
            if offered is not None:
                others = [match for match in judgement.matches if match is not offered]
                first = replace(offered, score=max(offered.score, found.score))
                return Judgement("answer", "match", (first, *others), layer="source")
        if any(point.id in self._phrased for point in touched):
            return None
        return Judgement("answer", "match", (self._own(touched, found), *judgement.matches), layer="source")

    def _own(self, touched: Iterable[Point], found: SourceMatch) -> Match:
        """``found`` as the curated point that says most of it, else as a passage of its own."""
        size = sum(span.end - span.start for span in found.spans)
        for point in touched:
            if _shared(self.knowledge.excerpt(point), found.spans) >= OWN_SHARE * size:
                return Match(point, round(found.score, 4), "", found.features)
        return self._match(found)

    def _match(self, found: SourceMatch) -> Match:
        return Match(self.knowledge.passage(found.spans), round(found.score, 4), "", found.features)


def _phrasings(point: Point) -> int:
    return len(point.questions) + len(point.aliases) + len(point.facts)


def _shared(some: Iterable[Span], others: Sequence[Span]) -> int:
    pairs = ((min(a.end, b.end), max(a.start, b.start)) for a in some for b in others)
    return sum(max(end - start, 0) for end, start in pairs)


def _overlap(some: Iterable[Span], others: Sequence[Span]) -> bool:
    return _shared(some, others) > 0
