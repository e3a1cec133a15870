"""The core of a question, and that of the one before it → the ``Judgement`` on it, by points and source.

What was judged lately is cached: the questions of a group are much alike, and a judgement is a pure function of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final, Generic, TypeVar

from bot.knowledge.model import Knowledge, Point
from bot.retrieval.index.embedder import Embedder
from bot.retrieval.index.index import Index
from bot.retrieval.index.phrasing import Phrasing
from bot.retrieval.message.followup import (
    asks_for_figures,
    asks_for_property,
    may_be_followup,
    names_by_number,
    names_subject,
    own_content,
    refers_back,
    without_reference,
)
from bot.retrieval.premises.passage import term_asked_for
from bot.retrieval.ranking.candidates import SearchResult, make_query, search
from bot.retrieval.ranking.decision import (
    MAX_MATCHES,
    Judgement,
    downgrade,
    exact_match,
    is_nearer_to_gap,
    judge,
)
from bot.retrieval.ranking.weights import Weights
from bot.retrieval.source.layer import SourceLayer
from bot.retrieval.source.lookup import SourceLookup, sections_asked_for
from bot.retrieval.spelling.pinyin import may_be_pinyin
from bot.retrieval.verdict import Match, VerdictKind
from bot.text import squash

CacheKey = tuple[str, str]
"""The core of a question, and that of the one before it."""
Value = TypeVar("Value")


class VerdictCache(Generic[Value]):
    """Keeps up to ``limit`` values by what was asked; the oldest go first. Several threads may use it."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._kept: dict[CacheKey, Value] = {}

    def get(self, asked: CacheKey, make: Callable[[], Value]) -> Value:
        """The value for ``asked``, made if it is not there."""
        found = self._kept.get(asked)
        if found is None:
            found = make()
            if len(self._kept) >= self._limit:
                oldest = next(iter(tuple(self._kept)))  # of a copy, as another thread may add meanwhile
                self._kept.pop(oldest, None)
            self._kept[asked] = found
        return found

    def find(self, asked: CacheKey) -> Value | None:
        """The value for ``asked``; None if it is not there."""
        return self._kept.get(asked)

    def latest(self, count: int) -> list[CacheKey]:
        """What was asked last and is still kept, the oldest first."""
        return list(self._kept)[-count:]


JudgementCache = VerdictCache[tuple[Judgement, bool]]


TRUST_PER_CORRECTION = 0.08  # how much more trust each changed character takes
CORRECTED_THRESHOLD = (
    0.4  # trust from which an answer to a corrected question is one: it may have been corrected into another
)
DOUBTED_THRESHOLD = 0.45  # trust below which a point answers only if the source does not say otherwise
MAX_MEMBERS = 6  # words of a question that may be what «那X呢» puts X in place of
STANDALONE_THRESHOLD = 0.8  # trust from which a question that does not point back is answered by itself
_DIGIT: Final = re.compile(r"\d")
_LETTERS: Final = re.compile("[a-z]{3,}")


@dataclass(frozen=True, slots=True)
class LeaveOneOutResult:
    """The verdict on a curated phrasing that was left out of the index."""

    point: Point
    phrasing: str
    kind: VerdictKind
    right: bool


@dataclass(frozen=True)
class CoreJudge:
    """Judges cores with ``index`` and ``source``. Immutable and pure; whoever asks remembers its judgements."""

    knowledge: Knowledge
    index: Index
    weights: Weights
    embedder: Embedder | None
    source: SourceLayer
    lookup: SourceLookup
    spell_correction: bool = True

    def judge(self, core: str, before: str) -> tuple[Judgement, bool]:
        """The judgement on a question, and whether it was read together with the one ``before`` it.

        With what the source says to it, if no point answers.
        """
        judgement, leaned = self._judge_points(core, before)
        sure = leaned or judgement.sections or judgement.trust >= DOUBTED_THRESHOLD or self.embedder is None
        known_gap = judgement.reason == "gap" and exact_match(self.index, core) is not None
        if known_gap or (judgement.kind == "answer" and sure):
            return judgement, leaned
        if not self.index.points:
            leaned = bool(before) and may_be_followup(core) and (refers_back(core) or not own_content(core))
        read = self._spelled_out(before + without_reference(core) if leaned else core)
        if not own_content(read):
            return judgement, leaned
        embedding = self.source.encode(read, self.embedder)
        source = self.source.judge(read, embedding)
        if judgement.reason == "gap" and self._has_gaps:  # the source may only say that nothing is near
            return self.source.without_distant(judgement, source), leaned
        return replace(judgement, source=source), leaned

    def judge_without_search(self, core: str, before: str) -> tuple[Judgement, bool] | None:
        """As ``judge`` for what needs no search; None for all else."""
        known = self._judge_known(core)
        return (known, False) if known is not None and not (before and refers_back(core)) else None

    def _judge_known(self, core: str) -> Judgement | None:
        """The judgement on a question that needs no search: a phrasing, a place, or what a term means that is named."""
        known = exact_match(self.index, core) or self.judge_section(core) or self._judge_speaker(core)
        return known or exact_match(self.index, term_asked_for(core))

    def judge_alone(self, core: str, without: Phrasing | None = None) -> Judgement:
        """The judgement on a question by itself, with its writing errors corrected if that makes it an answer."""
        alone = judge(self.index, self.weights, self._search(core, without))
        if (alone.kind != "answer" and alone.reason != "gap") or may_be_pinyin(core):
            return self._judge_corrected(core) or alone
        return alone

    def judge_section(self, core: str) -> Judgement | None:
        """The judgement on a question for a section, which its first passage begins, or for the headings of several."""
        sections = sections_asked_for(core, self.knowledge.sections)
        if not sections or ("条" in core and self.lookup.has_articles):
            return None
        several = len(sections) > 1
        points = [
            point for section in sections for point in self.knowledge.points_of(section)[: 1 if several else None]
        ]
        if not points:
            return Judgement("decline", "unrelated")
        matches = tuple(Match(point, 1.0, core) for point in points[:MAX_MATCHES])
        return Judgement("answer", "match", matches, sections=sections if several else ())

    def has_all_words(self, point: Point, asked: str) -> bool:
        """Whether what is shown of ``point`` has each word of what is ``asked``."""
        words = [word for word in self.index.tokenizer.words(own_content(asked)) if len(word) > 1]
        shown = squash("".join(self.knowledge.excerpt_texts(point)))
        return bool(words) and all(word in shown for word in words)

    def leave_one_out(self) -> Iterator[LeaveOneOutResult]:
        """Ask every curated question with itself left out of the index; right is an answer that shows its point."""
        index = self.index
        for phrasing in index.phrasings:
            if phrasing.kind == "question":
                judged = self.judge_section(phrasing.core) or self.judge_alone(phrasing.core, phrasing)
                shown = judged.shown if judged.kind == "answer" else ()
                right = any(phrasing.owner in index.coverage[index.points.index(point)] for point in shown)
                yield LeaveOneOutResult(index.points[phrasing.owner], phrasing.text, judged.kind, right)

    @cached_property
    def _has_gaps(self) -> bool:
        """Whether a curator noted what the source does not answer; else all gaps are questions to other documents."""
        return any(point.gaps for point in self.index.points)

    def _judge_points(self, core: str, before: str) -> tuple[Judgement, bool]:
        """What the points alone say to a question, and whether it was read together with the one before it."""
        known = self._judge_known(core)
        if known is not None and not (before and refers_back(core)):
            return known, False
        alone = known or self.judge_alone(core)
        if not before and not own_content(core):  # «具体多少» of what?
            named = names_by_number(core) and alone.trust >= STANDALONE_THRESHOLD
            return (alone if named else downgrade(alone)), False
        if not before or not may_be_followup(core) or alone.reason == "gap":
            return alone, False
        now = self._search(core)
        back = refers_back(core)
        new = len(own_content(core)) > 1 and is_nearer_to_gap(now) and not asks_for_property(core)
        if new or not self._is_known(core):  # a new subject, whatever was asked before
            unsure = back and alone.trust < STANDALONE_THRESHOLD and not names_subject(core)
            return (downgrade(alone) if unsure else alone), False
        if alone.kind == "answer" and alone.trust >= STANDALONE_THRESHOLD and not back:
            return alone, False
        return self._judge_followup(core, before, now, alone)

    def _judge_speaker(self, core: str) -> Judgement | None:
        """The judgement on the name or the office of the one who speaks, if a point presents him."""
        if self._speaker is None or not self.index.entities.is_speaker(core):
            return None
        return Judgement("answer", "match", (Match(self._speaker, 1.0, core),))

    @cached_property
    def _speaker(self) -> Point | None:
        """The one point that presents a person; None if there is none or more."""
        points = [point for point in self.index.points if point.id in self.index.persons]
        return points[0] if len(points) == 1 else None

    def _search(self, core: str, without: Phrasing | None = None) -> SearchResult:
        return search(self.index, make_query(self.index, core, self.embedder), without)

    def _judge_followup(self, core: str, before: str, now: SearchResult, alone: Judgement) -> tuple[Judgement, bool]:
        """The judgement on a question that may lean on the one ``before`` it."""
        earlier = exact_match(self.index, before) or judge(self.index, self.weights, self._search(before))
        both = self._search(before + without_reference(core))
        about = own_content(core)
        section = earlier.matches[0].point.section if earlier.matches else ""
        joined = judge(self.index, self.weights, both, own=now if about else SearchResult(), section=section)
        if refers_back(core):
            return self._judge_changed(core, before, joined, alone, section), True
        stays = bool(joined.matches) and joined.matches[0].point.section == section
        if (
            joined.kind == "answer"
            and (stays or alone.kind != "answer")
            and self._passage_has(joined.matches[0].point, about)
        ):
            return joined, True
        return alone, False

    def _judge_changed(self, core: str, before: str, joined: Judgement, alone: Judgement, section: str) -> Judgement:
        """The judgement on «那X呢» behind ``before``: ``joined``, or the same question asked of X, or X by itself.

        What the passage has no word of is not what X asks. In ``section`` the answer before stood.
        """
        about = own_content(core)
        if asks_for_figures(core):
            return self._with_figures(joined)
        if (
            not about
            or asks_for_property(core)
            or (joined.matches and self._passage_has(joined.matches[0].point, about))
        ):
            return joined
        named = self._judge_known(about)
        if named is not None and named.kind == "answer":
            return named
        words = [word for word in self.index.tokenizer.words(before) if len(word) > 1][:MAX_MEMBERS]
        asked = [about, *(before.replace(word, about) for word in words)]
        readings = [alone, *(self._judge_known(text) or self.judge_alone(text) for text in asked)]
        answers = [one for one in readings if one.kind == "answer" and self._passage_has(one.matches[0].point, about)]
        return max(answers, key=lambda one: (one.matches[0].point.section == section, one.trust), default=joined)

    def _with_figures(self, judgement: Judgement) -> Judgement:
        """``judgement`` as one on the first of its passages that has a figure."""
        for match in judgement.matches:
            if any(map(_DIGIT.search, self.knowledge.excerpt_texts(match.point))):
                others = tuple(other for other in judgement.matches if other is not match)
                return Judgement("answer", "match", (replace(match, score=judgement.trust), *others))
        return judgement

    def _judge_corrected(self, core: str) -> Judgement | None:
        """The judgement on a question with its writing errors corrected, if that is an answer or a marked gap."""
        correction = self.index.corrector.correct(core) if self.spell_correction else None
        if correction is None:
            return None
        judged = self._judge_known(correction.text) or judge(self.index, self.weights, self._search(correction.text))
        sure = judged.trust >= CORRECTED_THRESHOLD + TRUST_PER_CORRECTION * correction.changes or judged.reason == "gap"
        return judged if sure else None

    def _spelled_out(self, core: str) -> str:
        """``core``, if most of it is pinyin, with that as the document's own words; the source is asked no letters."""
        if not self.spell_correction or len("".join(_LETTERS.findall(core))) <= len(core) / 2:
            return core
        correction = self.index.corrector.correct(core)
        return correction.text if correction is not None else core

    def _passage_has(self, point: Point, about: str) -> bool:
        """Whether what is shown of ``point`` has any word of what a question is ``about``, if there is one."""
        words = [word for word in self.index.tokenizer.words(about) if len(word) > 1] or ([about] if about else [])
        shown = squash("".join(self.knowledge.excerpt_texts(point)))
        return not words or any(word in shown for word in words)

    def _is_known(self, core: str) -> bool:
        """Whether what a question is about, without its pointing words, is in the document or in any phrasing."""
        if asks_for_property(core):
            return True
        words = self.index.tokenizer.words(own_content(core))
        return all(self.index.uses(word) for word in words if len(word) > 1)
