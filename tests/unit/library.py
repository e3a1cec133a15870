"""A small document that the unit tests read: made up, so that no test leans on the real one's wording."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import cache, lru_cache
from textwrap import dedent

from bot.access.quotas import AuditLog
from bot.access.roles import RolePolicy
from bot.conversation.answer_guard import AnswerGuard
from bot.conversation.rate_limit import Limiter
from bot.conversation.router import Feature, Router
from bot.errors import StorageError
from bot.features.answers.judgement_queue import JudgementQueue
from bot.features.answers.null_store import NullStore
from bot.features.answers.question_counter import QuestionCounter
from bot.knowledge.model import Knowledge
from bot.knowledge.parse.points_file import parse_points
from bot.library import Library
from bot.records.feedback import Feedback, Miss
from bot.records.roles import AuditRecord
from bot.retrieval.index.tokenizer import shared_tokenizer
from bot.retrieval.retriever import Retriever
from bot.wiring import make_router

SOURCE = dedent(
    """\
    青山镇镇长 张远
    一、抓好春耕生产。全镇今年种植水稻3200亩,比去年多种400亩。组织“田间课堂”培训农户860人次。
    二、修好进村道路。硬化村道12.5公里,总投资460万元,其中县级补助180万元。
    三、办好村里的学校。新建教学楼一栋,招聘教师15名,让孩子在家门口上学。"""
)

POINTS = dedent(
    """\
    title: 青山镇春季工作讲话
    speaker: 青山镇镇长 张远
    source: source.txt
    sections:
      - {id: "0", title: 开头}
      - {id: "1", title: 第一部分·抓好春耕生产, begins: "一、抓好春耕生产。"}
      - {id: "2", title: 第二部分·修好进村道路, begins: "二、修好进村道路。"}
      - {id: "3", title: 第三部分·办好村里的学校, begins: "三、办好村里的学校。"}
    points:
      - id: speaker
        title: 讲话人是张远
        section: "0"
        quote: 青山镇镇长 张远
        aliases: [镇长]
        questions: [镇长是谁, 谁讲的话, 讲话的人叫什么名字]
      - id: rice
        title: 种植水稻3200亩
        section: "1"
        quote: 全镇今年种植水稻3200亩,比去年多种400亩。
        aliases: [水稻, 种田]
        questions: [今年种了多少亩水稻, 水稻比去年多种多少亩, 田里种了多少稻子]
        facts: [{ask: 水稻种植面积, value: 3200亩}]
      - id: classes
        title: 田间课堂培训农户
        section: "1"
        quote: 组织“田间课堂”培训农户860人次。
        aliases: [田间课堂, 农户培训]
        questions: [田间课堂培训了多少人, 有没有教大家种地的课, 农民上课的活动叫什么]
        gaps: [田间课堂几点开课]
      - id: road
        title: 硬化村道12.5公里
        section: "2"
        quote: 硬化村道12.5公里,总投资460万元,其中县级补助180万元。
        aliases: [村道, 进村道路]
        questions: [修了多少公里村道, 修路花了多少钱, 县里给修路补助了多少]
        gaps: [修路的施工队是哪家]
      - id: school
        title: 新建教学楼,招聘教师
        section: "3"
        quote: 新建教学楼一栋,招聘教师15名,让孩子在家门口上学。
        aliases: [教学楼, 教师招聘]
        questions: [招了多少名老师, 孩子在哪里上学, 学校有什么新变化]
    """
)
NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)


@cache
def knowledge() -> Knowledge:
    """The small document."""
    parsed = parse_points(POINTS, SOURCE, "points.yaml")
    assert parsed.issues == ()
    return parsed.knowledge


@lru_cache(maxsize=64)
def retriever_of(knowledge: Knowledge) -> Retriever:
    """Answers questions on ``knowledge``, by words alone; the same one for the same knowledge, as it takes a while."""
    return Retriever(knowledge, shared_tokenizer())


def retriever() -> Retriever:
    """Answers questions on the small document."""
    return retriever_of(knowledge())


class FakeStore:
    """A Store in lists. ``broken``: every method raises StorageError. ``hanging``: no miss is ever kept."""

    def __init__(self, *, broken: bool = False, hanging: bool = False) -> None:
        self.broken = broken
        self.hanging = hanging
        self.feedback: dict[str, Feedback] = {}
        self.misses: list[Miss] = []
        self.deleted_misses: list[str] = []
        self.rows: list[AuditRecord] = []

    def _check(self) -> None:
        if self.broken:
            raise StorageError("数据库写不进去")

    async def save_feedback(self, feedback: Feedback) -> None:
        self._check()
        self.feedback[feedback.key] = feedback

    async def delete_feedback(self, key: str) -> None:
        self._check()
        self.feedback.pop(key, None)

    async def save_miss(self, miss: Miss) -> None:
        self._check()
        if self.hanging:
            await asyncio.Event().wait()
        self.misses.append(miss)

    async def append(self, *rows: AuditRecord) -> None:
        self._check()
        self.rows += rows

    async def delete_miss(self, key: str) -> None:
        self._check()
        self.deleted_misses.append(key)
        self.misses = [miss for miss in self.misses if miss.key != key]

    async def delete_before(self, moment: datetime) -> int:
        self._check()
        return 0

    async def ping(self) -> None:
        self._check()


def conversation(
    library: Library,
    store: FakeStore | None = None,
    clock: Callable[[], datetime] = lambda: NOON,
    run_id: str = "t",
    *,
    quizzes: Sequence[Feature] = (),
    guard: AnswerGuard | None = None,
    features: Sequence[Feature] = (),
    rights: RolePolicy | None = None,
    audit: AuditLog | None = None,
    limiter: Limiter | None = None,
    counting: QuestionCounter | None = None,
    judging: JudgementQueue | None = None,
) -> Router:
    """A conversation about what ``library`` serves."""
    store = store or FakeStore()
    return make_router(
        library,
        store,
        clock,
        run_id,
        rights=rights or RolePolicy((), NullStore()),
        audit=audit or store,
        features=[*features, *quizzes],
        guard=guard,
        limiter=limiter,
        counting=counting,
        judging=judging,
    )


def make_chat(store: FakeStore | None = None, clock: Callable[[], datetime] = lambda: NOON) -> Router:
    """A conversation on the small document."""
    return conversation(Library(retriever()), store, clock)
