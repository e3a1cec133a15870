"""What a sentence says of the relation of two things: what something is taken for, who does it, what a word means."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from bot.knowledge.structure import Span
from bot.quiz.generation.distractors import is_restatement
from bot.quiz.generation.draft import QuestionDraft, gap_stem
from bot.quiz.generation.exchange import ROLE, roles_of
from bot.quiz.generation.material import Material, Statement, full_width
from bot.quiz.generation.tables import tables_of
from bot.quiz.seeded_random import seeded_shuffle
from bot.text import squash

WRONG, LEAST_WRONG = 3, 2
_BODY = (
    "(?:部门|机构|机关|单位|委员会|法院|检察院|政府|工会|办公室|[科处局厅院]|大会|会议|领导|主任|书记|党委|党组|支部|组织|国务院|"
    "理事会|董事会|代表|负责人|管理员|当事人)"
)
MAX_SAME = 2  # questions with the same answer
_WHO = f"(?P<who>[^，,。；;、：由向的“”]{{0,16}}?{_BODY})"
_BY = re.compile(
    f"(?<![自理缘事])由{_WHO}(?=责令|规定|负责|确认|批准|决定|处理|制定|组织|审批|解释|主持|任命|选举|审核|审查|讨论决定|管理)"
)
_TO = re.compile(f"(?:向|报|经){_WHO}(?=(?:依法)?(?:提出申请|申请|报告|备案|提出|批准|同意|审批|投诉|举报|审核|决定))")
_MEANS = re.compile(r"^(?P<word>[^，,。；;：、“”（）]{2,14})(?:，)?是指")


def relation_drafts(material: Material, seed: int) -> Iterator[QuestionDraft]:
    """A question for each sentence of which the relation is certain."""
    yield from _roles(material, seed)
    for pattern in (_BY, _TO):
        yield from _of_pattern(material, pattern, seed)
    yield from _meanings(material, seed)


def _roles(material: Material, seed: int) -> Iterator[QuestionDraft]:
    """What is taken for what: 以…为（　）."""
    known = roles_of(material)
    for statement in material.statements:
        found = next((match for match in ROLE.finditer(statement.text) if match["role"]), None)
        if found is None or statement.text.count(found["role"]) != 1 or "以" not in statement.text[: found.start()]:
            continue
        role = found["role"]
        others = [other for other in known if len(other) == len(role) and other != role and other not in statement.text]
        wrong = tuple(seeded_shuffle(others, seed, statement.text)[:WRONG])
        if len(wrong) == WRONG:
            yield _gap(material, statement, (role, found.start("role")), wrong)


def _of_pattern(material: Material, pattern: re.Pattern[str], seed: int) -> Iterator[QuestionDraft]:
    """Who does it, or who is asked."""
    found = [
        (statement, match)
        for statement in material.statements
        if (match := pattern.search(statement.text)) and statement.text.count(match["who"]) == 1
    ]
    pool = list(dict.fromkeys((*(match["who"] for _, match in found), *cells_of_bodies(material))))
    asked: Counter[str] = Counter()
    for statement, match in found:
        wrong = _apart(pool, match["who"], statement.text, seed)
        asked[match["who"]] += 1
        if any(material.stands(statement.text.replace(match["who"], option)) for option in wrong):
            continue
        if len(wrong) >= LEAST_WRONG and asked[match["who"]] <= MAX_SAME:
            yield _gap(material, statement, (match["who"], match.start("who")), wrong)


def _meanings(material: Material, seed: int) -> Iterator[QuestionDraft]:
    """Which word the source explains so."""
    found = [(one, match) for one in material.statements if (match := _MEANS.match(one.text))]
    pool = list(dict.fromkeys(match["word"] for _, match in found))
    for statement, match in found:
        word = match["word"]
        wrong = tuple(other for other in material.siblings(word) if other not in statement.text)
        wrong = wrong if len(wrong) >= LEAST_WRONG else _apart(pool, word, statement.text, seed)
        if len(wrong) >= LEAST_WRONG and statement.text.count(word) == 1:
            yield _gap(material, statement, (word, 0), wrong)


def cells_of_bodies(material: Material) -> Iterator[str]:
    """Who is named in the cells of tables."""
    for table in tables_of(material):
        for row in table.rows:
            yield from (cell for cell in row.cells if re.fullmatch(rf".{{1,12}}{_BODY}", cell))


def _apart(pool: Sequence[str], right: str, text: str, seed: int) -> tuple[str, ...]:
    chosen: list[str] = []
    for other in seeded_shuffle(pool, seed, text):
        fits = other not in text and len(other) <= 2.5 * len(right) and len(right) <= 2.5 * len(other)
        if fits and len(chosen) < WRONG and not any(_is_part(other, one) for one in (right, *chosen)):
            chosen.append(other)
    return tuple(chosen)


def _is_part(one: str, other: str) -> bool:
    """Whether one is the other with a word more: both could be held right."""
    return squash(one) in squash(other) or squash(other) in squash(one) or is_restatement(one, other)


def _gap(material: Material, statement: Statement, gap: tuple[str, int], wrong: tuple[str, ...]) -> QuestionDraft:
    """``gap``: what is left out, and where in the statement it stands."""
    right, at = gap
    start = statement.span.start + at
    return QuestionDraft(
        kind="relation",
        point=material.point_at(statement.span),
        asked=(statement.text, right),
        question=gap_stem(material, statement, statement.text, right),
        right=(full_width(right),),
        wrong=tuple(map(full_width, wrong)),
        quote=statement.text,
        focus=right,
        uses=(Span(start, start + len(right)),),
    )
