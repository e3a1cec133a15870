"""What a sentence says of the relation of two things: who does it, who is asked, what a word means."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from bot.knowledge.structure import Span
from bot.quiz.generation.distractors import is_restatement
from bot.quiz.generation.draft import QuestionDraft, clauses_around, gap_stem
from bot.quiz.generation.exchange import BODY
from bot.quiz.generation.material import Material, Statement, full_width
from bot.quiz.generation.tables import tables_of
from bot.quiz.generation.terms import gives_away
from bot.quiz.seeded_random import digest, seeded_shuffle
from bot.text import squash

WRONG, LEAST_WRONG = 3, 2
MAX_SAME = 2  # questions with the same answer
_WHO = f"(?P<who>[^，,。；;、：由向的“”]{{0,16}}?{BODY})"
_BY = re.compile(
    f"(?<![自理缘事])由{_WHO}(?=责令|规定|负责|确认|批准|决定|处理|制定|组织|审批|主持|任命|选举|审核|审查|讨论决定|管理)"
)
_TO = re.compile(f"(?:向|报|经){_WHO}(?=(?:依法)?(?:提出申请|申请|报告|备案|提出|批准|同意|审批|投诉|举报|审核|决定))")
_MEANS = re.compile(r"^(?P<word>[^，,。；;：、“”（）]{2,20})(?:，)?是指")


def relation_drafts(material: Material, seed: int, *, is_formal: bool = False) -> Iterator[QuestionDraft]:
    """A question for each sentence of which the relation is certain.

    ``is_formal``: the other sentences, about the document itself, for one too short for more.
    """
    for pattern in (_BY, _TO):
        yield from _of_pattern(material, pattern, seed, is_formal=is_formal)
    if is_formal:
        return
    yield from _duties(material, seed)
    yield from _meanings(material, seed)


def _of_pattern(material: Material, pattern: re.Pattern[str], seed: int, *, is_formal: bool) -> Iterator[QuestionDraft]:
    """Who does it, or who is asked. Who grants something could only be taken for another one who does."""
    found = [
        (statement, match)
        for statement in material.statements
        if (match := pattern.search(statement.text)) and statement.text.count(match["who"]) == 1
    ]
    asked: Counter[str] = Counter()
    for statement, match in found:
        who, grants = match["who"], _grants(statement, match)
        pool = [other["who"] for one, other in found if not grants or _grants(one, other)]
        wrong = _apart(list(dict.fromkeys((*pool, *cells_of_bodies(material)))), who, statement.text, seed)
        asked[who] += 1
        if statement.is_formal is not is_formal:
            continue
        if any(material.stands(statement.text.replace(who, option)) for option in wrong):
            continue
        if len(wrong) >= LEAST_WRONG and asked[who] <= MAX_SAME:
            yield _gap(material, statement, (who, match.start("who")), wrong)


def _duties(material: Material, seed: int) -> Iterator[QuestionDraft]:
    """Whose duty or right it is, of those who have any in the document: 甲方应当…."""
    found = [(statement, match) for statement in material.statements if (match := _HAS.match(statement.text))]
    times = Counter(match["who"] for _, match in found)
    usual = {who for who, count in times.items() if count > _USUAL * len(found) and len(found) >= _OFTEN}
    bodies = [match["who"] for one in material.statements for by in (_BY, _TO) for match in by.finditer(one.text)]
    named = list(dict.fromkeys((*times, *bodies, *cells_of_bodies(material), *_listed_people(material))))
    asked: Counter[str] = Counter()
    for statement, match in sorted(found, key=lambda one: digest(seed, "duty", one[0].text)):
        who, text = match["who"], statement.text
        if who in usual or (times[who] < _OFTEN and not re.search(f"{BODY}$|员$", who)):
            continue
        if text.count(who) != 1 or asked[who] >= MAX_SAME or sum(asked.values()) >= MAX_DUTIES or not statement.opens:
            continue
        pool = [
            other
            for other in named
            if (times[other] >= _OFTEN or _class_of(other))
            and "或者" not in other
            and not re.search(
                f"{re.escape(who)}(?:是|即|属于|视为)[^，,。；;]{{0,6}}{re.escape(other)}", material.source
            )
            and not material.stands(other + text.removeprefix(who))
            and not material.is_said_elsewhere(other + text.removeprefix(who), statement.span)
        ]
        wrong = _apart([other for other in pool if _class_of(other) == _class_of(who)], who, text, seed)
        if len(wrong) >= LEAST_WRONG:
            asked[who] += 1
            yield _gap(material, statement, (who, 0), wrong)


def _listed_people(material: Material) -> Iterator[str]:
    """Who is named by the short items of lists."""
    for section in material.structure.sections:
        if section.kind in {"item", "number"}:
            text = material.unlabelled(section.span).rstrip("；;。，, ")
            if len(text) <= _SHORT_NAME and _class_of(text) == "person":
                yield text


_SHORT_NAME = 8
_CLASSES = {
    "authority": "部门|机关|法院|检察院|政府|机构|委员会|国务院|办公室|中心|[局厅院处科站]",
    "unit": "单位|企业|公司|工会|组织|协会|学校|医院",
    "meeting": "会议|大会|党组|党委|支部|理事会|董事会",
    "person": "员|主任|书记|领导|负责人|代表|者|人|[省市县区镇乡村局处科站校班组]长",
}


def _class_of(who: str) -> str:
    """Of what sort somebody is: a person could be meant for another person, an authority for another one."""
    return next((name for name, ends in _CLASSES.items() if re.search(f"(?:{ends})$", who)), "")


_HAS = re.compile(
    "^(?P<who>[^，,。；;、：（）“”的对在与和将]{2,10}?)(?=应当|必须|不得|有权|负责|每[年月季]|(?:可以|依法)(?!与))(?!.*起施行)"
)
MAX_DUTIES = 6
_USUAL = 0.3
"""Whose duties make up so large a share of all is what anybody would say first."""
_OFTEN = 3
"""Times from which on a subject of duties is somebody, whatever its last word."""
_GRANTS = re.compile("(?:依法)?(?:申请|批准|许可|备案|报告|审批)")


def _grants(statement: Statement, match: re.Match[str]) -> bool:
    return _GRANTS.match(statement.text, match.end()) is not None


def _meanings(material: Material, seed: int) -> Iterator[QuestionDraft]:
    """Which word the source explains so; the wrong ones are words of the same sort, and the text tells none of them."""
    found = [(one, match) for one in material.statements if (match := _MEANS.match(one.text))]
    pool = list(dict.fromkeys(match["word"] for _, match in found))
    for statement, match in found:
        word = match["word"]
        alike = [*_siblings(material, word), *(other for other in pool if _is_of_sort(other, word))]
        explained = statement.text.replace(word, "")
        wrong = tuple(
            seeded_shuffle(dict.fromkeys(other for other in alike if other not in explained), seed, word)[:WRONG]
        )
        tail = _common_tail((word, *wrong))
        told = gives_away(explained, word[: len(word) - tail], tuple(other[: len(other) - tail] for other in wrong))
        if len(wrong) >= LEAST_WRONG and statement.text.count(word) == 1 and not told:
            yield _gap(material, statement, (word, 0), wrong)


def _is_of_sort(one: str, other: str) -> bool:
    """Whether two words name things of one sort: they end alike, short ones at least with the same character."""
    if one == other:
        return False
    return one[-2:] == other[-2:] or (one[-1] == other[-1] and len(one) == len(other) <= _SHORT)


_SHORT = 4


def _common_tail(words: Sequence[str]) -> int:
    """How many characters at their ends all words share."""
    size = min(map(len, words))
    return next((at for at in range(size) if len({word[len(word) - at - 1] for word in words}) > 1), size)


def _siblings(material: Material, word: str) -> Iterator[str]:
    """Words that another member of a list makes of ``word``: 甲类码头 of 乙类码头, if 甲类、乙类、丙类 are listed."""
    for member in material.members:
        if word.startswith(member):
            yield from (other + word.removeprefix(member) for other in material.siblings(member))


def cells_of_bodies(material: Material) -> Iterator[str]:
    """Who is named in the cells of tables."""
    for table in tables_of(material):
        for row in table.rows:
            yield from (cell for cell in row.cells if re.fullmatch(rf".{{1,12}}{BODY}", cell))


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
    text = statement.text
    if statement.is_formal:  # when it came into force is another matter
        text = clauses_around(text, right, 0)
    return QuestionDraft(
        kind="relation",
        point=material.point_at(statement.span),
        asked=(statement.text, right),
        question=gap_stem(material, statement, text, right),
        right=(full_width(right),),
        wrong=tuple(map(full_width, wrong)),
        quote=statement.text,
        focus=right,
        uses=(Span(start, start + len(right)),),
    )
