"""One question, and the passage that would answer it → what is wrong between the two: ``Premise``."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from bot.retrieval.normalize.numerals import normalize_numerals
from bot.retrieval.normalize.question import normalize_question
from bot.retrieval.premises.asked import not_given
from bot.retrieval.premises.claims import sets_a_case, wrong_claim
from bot.retrieval.premises.document import Premises
from bot.retrieval.premises.figures import pieces, read_figures
from bot.retrieval.verdict import Lacking
from bot.text import squash

_LONGEST = 40  # characters, as typed, of what is wrong


@dataclass(frozen=True, slots=True)
class Premise:
    """What stands between a question and the passage found for it.

    ``corrected``: the passage answers and says otherwise than the question's ``text``. ``missing``: the document does
    not have ``text``, so that the passage does not answer. ``not_given``: it does not give the kind of thing that was
    asked for, ``lacking``. An empty ``kind``: nothing.
    """

    kind: Literal["", "corrected", "missing", "not_given"] = ""
    text: str = ""
    lacking: Lacking = ""


NOTHING = Premise()
_clauses = lru_cache(maxsize=1024)(pieces)  # the same passages answer again and again


def check_premise(
    premises: Premises,
    names: Collection[str],
    core: str,
    passage: str,
    *,
    answers: bool,
    phrasing: str = "",
    words: Sequence[str] = (),
) -> Premise:
    """What is wrong between a question's ``core`` and the verbatim ``passage`` found for it.

    ``names`` are terms of the document, as cores; ``answers``: whether the passage is trusted to answer. ``phrasing``
    is a question that a curator wrote down for the passage: what that asks for, the passage gives. ``words`` are those
    of ``core``.
    """
    clauses = _clauses(passage) if answers else ()
    if answers:
        wrong = wrong_claim(core, clauses, premises.text, names)
        if wrong:
            return Premise("corrected", wrong)
    missing = premises.missing(core, words)
    if not missing:
        lacking = not_given(core, passage) if answers else ""
        if not lacking or (phrasing and not_given(normalize_question(phrasing).core, passage) == lacking):
            return NOTHING
        return Premise("not_given", lacking=lacking)
    case = next((figure for figure in read_figures(core) if missing in figure.text), None)
    if case is not None and answers and case.unit != "年份" and sets_a_case(case, clauses):
        return NOTHING
    return Premise("missing", missing)


def as_written(typed: str, text: str) -> str:
    """``text``, found in the core of what was ``typed``, as it stands there: 百分之二十 for 20%."""

    def holds(part: str) -> bool:
        return text in normalize_numerals(squash(part))

    low, high = 0, len(typed)
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(typed[:middle]) else (middle + 1, high)
    starts = range(low - 1, max(low - _LONGEST, 0) - 1, -1)
    start = next((start for start in starts if holds(typed[start:low])), None)
    return text if start is None else typed[start:low].strip()
