"""Which questions of a bank: the same for the same seed, on every machine and with every version of Python. Pure.

A draw is mixed: of ten about six with one right option, two with several and two to be judged, from each part of the
document, at least one on its core, at most two figures; no two on one passage, none that gives another one away.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.quiz.question import Form, Question
from bot.quiz.seeded_random import digest, seeded_index

MULTIPLE = JUDGED = FIGURES = 0.2
"""The share of a draw that has several right options, that is judged, and the most of it that asks for figures."""
LEAST_FOR_ALL = 5
"""From so many questions on, there is one of each form."""
LEAST_FOR_CORE = 3
"""From so many questions on, one is on the core; single ones, day by day, are on everything."""
LARGEST_PART = 0.5
"""The most of a draw that comes from one part of the document."""
SAME_PASSAGE = 40  # characters between what two questions ask for, below which they stand in one passage
_SHORT = 1  # characters of an option that tell nothing where they stand
_MARKS = re.compile(r"[^\w%.]+")


def select_questions(
    bank: Sequence[Question],
    count: int,
    seed: str,
    *,
    points: Collection[str] | None = None,
    recent: Sequence[str] = (),
    measured: Mapping[str, float] | None = None,
    mix: str = "",
) -> tuple[Question, ...]:
    """Up to ``count`` different questions, in the order to ask them: easy ones first; fewer if the bank has no more.

    ``points``: only questions on these. What a draw should be is given up, the least important first, where the bank
    has not enough: of each point one is asked before any has its second, and a question that another one gives away
    comes last. ``recent``: ids of what this chat was asked lately, the latest last; they come after others of the same
    rank, the longest ago first. ``measured``: how hard questions were found, from 0 to 1, instead of the estimate.
    ``mix``: draws with the same one have the same number of questions of each form, where the bank has them.
    """
    fitting = {question.id: question for question in bank if points is None or question.point in points}
    ages = {question_id: age for age, question_id in enumerate(recent, start=1)}
    order = sorted(fitting.values(), key=lambda question: (ages.get(question.id, 0), digest(seed, question.id)))
    draw = _Draw([_candidate(question) for question in order], min(count, len(order)), mix or seed)
    found = draw.picked()
    hard = measured or {}
    found.sort(key=lambda one: hard.get(one.question.id, one.question.difficulty))
    return tuple(one.question for one in _telling_last(found))


def shuffle_options(question: Question, seed: str) -> Question:
    """``question`` with its options in another order, the same for the same seed; two (对 and 错) keep theirs."""
    if len(question.options) in {0, 2}:
        return question
    order = sorted(range(len(question.options)), key=lambda index: digest(seed, question.id, index))
    return replace(
        question,
        options=tuple(question.options[index] for index in order),
        correct=tuple(place for place, index in enumerate(order) if index in question.correct),
    )


def is_figure(question: Question) -> bool:
    """Whether a question asks for a figure: all of its options begin with one, and are no rows or cells of a table."""
    return question.kind == "figure" or all(
        question.kind not in {"table", "statement"} and re.match(r"[\d百]", option)
        for option in question.options or question.accepted
    )


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A question with what is compared of it, without marks: what is read with it, what is right, its quote."""

    question: Question
    form: Form
    figure: bool
    shown: str
    right: tuple[str, ...]
    quote: str

    def tells(self, other: _Candidate) -> bool:
        """Whether who has read this one can answer ``other``: all right options stand there, or the passage itself."""
        if other.quote and other.quote in self.shown:
            return True
        return bool(other.right) and all(len(one) > _SHORT and one in self.shown for one in other.right)

    def shares_passage(self, other: _Candidate) -> bool:
        """Whether both ask about one passage."""
        near = self.question.at >= 0 <= other.question.at
        if near and abs(self.question.at - other.question.at) < SAME_PASSAGE:
            return True
        if not self.quote or not other.quote:
            return False
        return self.quote in other.quote or other.quote in self.quote


@lru_cache(maxsize=4096)  # as many as there are in the banks that are played; the same ones in every draw
def _candidate(question: Question) -> _Candidate:
    right = tuple(map(_bare, question.right))
    return _Candidate(
        question,
        question.form,
        is_figure(question),
        _bare(question.question + "\n" + question.explanation),
        right if question.form != "judged" else (),
        _bare(question.quote),
    )


class _Draw:
    """One draw while it is made. ``candidates`` stand in the order in which they are preferred."""

    def __init__(self, candidates: list[_Candidate], count: int, mix: str) -> None:
        self._left = candidates
        self._count = count
        share = seeded_index(1000, mix, "forms") / 1000
        multiple, judged = math.floor(MULTIPLE * count + share), math.floor(JUDGED * count + 1 - share)
        if count >= LEAST_FOR_ALL:
            multiple, judged = max(multiple, 1), max(judged, 1)
        self._forms = {"multiple": multiple, "judged": judged, "single": count - multiple - judged}
        self._figures = max(1, math.floor(FIGURES * count))
        sizes = Counter(one.question.part for one in candidates)
        self._most = max(1, math.floor(LARGEST_PART * count)) if len(sizes) > 1 else count
        total = max(1, len(candidates))
        self._least = {part: max(1, min(2, round(0.6 * count * size / total))) for part, size in sizes.items()}
        self._found: list[_Candidate] = []
        self._told: set[str] = set()
        self._beside: set[str] = set()
        self._points: Counter[str] = Counter()
        self._parts: Counter[str] = Counter()
        self._asked: Counter[str] = Counter()

    def picked(self) -> list[_Candidate]:
        """All that are asked, in the order in which they were chosen."""
        while self._left and len(self._found) < self._count:
            rank = self._ranking()
            place = min(range(len(self._left)), key=lambda place: (rank(self._left[place]), place))
            one = self._left.pop(place)
            self._found.append(one)
            self._points[one.question.point] += 1
            self._parts[one.question.part] += 1
            self._asked[one.form] += 1
            self._asked["figure"] += one.figure
            self._told |= {other.question.id for other in self._left if one.tells(other) or other.tells(one)}
            self._beside |= {other.question.id for other in self._left if one.shares_passage(other)}
        return self._found

    def _ranking(self) -> Callable[[_Candidate], tuple[int | bool, ...]]:
        """Gives what speaks against asking a question next, the most important first."""
        asked, forms, parts, least = self._asked, self._forms, self._parts, self._least
        lacking = {part for part, some in least.items() if parts[part] < some}
        last_for_parts = sum(least[part] - parts[part] for part in lacking) >= self._count - len(self._found)
        scarce = any(asked[form] < forms[form] for form in ("multiple", "judged"))
        full_parts = {part for part, number in parts.items() if number >= self._most}
        full_forms = {form for form, number in forms.items() if asked[form] >= number}
        enough_figures = asked["figure"] >= self._figures
        wants_core = self._count >= LEAST_FOR_CORE and not self._found

        def rank(one: _Candidate) -> tuple[int | bool, ...]:
            question = one.question
            return (
                self._points[question.point],
                question.part in full_parts,
                one.figure and enough_figures,
                question.id in self._told,
                wants_core and not question.core,
                one.form in full_forms,
                question.id in self._beside,
                scarce and one.form == "single",
                last_for_parts and question.part not in lacking,
            )

        return rank


def _telling_last(questions: Sequence[_Candidate]) -> list[_Candidate]:
    """``questions`` in their order, but each before those that give it away."""
    found: list[_Candidate] = []
    for one in questions:
        place = next((place for place, other in enumerate(found) if other.tells(one)), len(found))
        found.insert(place, one)
    return found


def _bare(text: str) -> str:
    return _MARKS.sub("", text)
