"""Statements that are judged: true or false, and which of four are right. A false one has one concept exchanged."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from bot.knowledge.structure import Span
from bot.quiz.generation.draft import QuestionDraft
from bot.quiz.generation.exchange import Change, all_changes
from bot.quiz.generation.material import Material, Statement, full_width, nested
from bot.quiz.seeded_random import digest
from bot.wording import Quiz

MAX_JUDGED, MAX_OPTION_SIZE = 80, 62
_LONGER = 1.8
"""How many times longer than another option one may be."""
_SHORT_NOTE = 40
_FORMS = ("several", "false", "true", "false")


@dataclass(frozen=True, slots=True)
class _Candidate:
    statement: Statement
    changes: tuple[Change, ...]


def true_false_drafts(
    material: Material, seed: int, is_taken: Callable[[Sequence[Span]], bool], wants_true: Callable[[], bool]
) -> Iterator[QuestionDraft]:
    """Is that so? About half of the statements are as they stand in the source; nothing in their style gives it away.

    ``is_taken``: whether another question asks for these words. ``wants_true``: whether the next one should be right.
    """
    fitting = [one for one in _candidates(material, seed) if one.changes and len(one.statement.text) <= MAX_JUDGED]
    fitting.sort(key=lambda one: (one.changes[0].rank == _MODAL, digest(seed, "judged", one.statement.text)))
    queues = {
        False: deque(fitting),
        True: deque(reversed(fitting)),
    }  # what turns on 应当 alone is rather shown as it is
    used: set[Span] = set()
    modal = 0
    while queues[holds := wants_true()]:
        one = queues[holds].popleft()
        change = next((change for change in one.changes if not is_taken((change.span,))), None)
        if one.statement.span in used or change is None:
            continue
        if change.rank == _MODAL and not holds:
            modal += 1
            if modal > MAX_MODAL:
                return
        used.add(one.statement.span)
        yield _judged(material, change, holds=holds)


_MODAL = 6
"""The rank of a change of a word such as 应当."""
MAX_MODAL = 8
_MODAL_WORDS = {"应当", "可以", "不得", "必须"}


def _judged(material: Material, change: Change, *, holds: bool) -> QuestionDraft:
    statement = change.statement
    said = full_width(statement.text if holds else change.said)
    context = _context(material, statement)
    return QuestionDraft(
        kind="true_false",
        point=material.point_at(statement.span),
        asked=(statement.text,),
        question=(Quiz.JUDGE_IN if context else Quiz.JUDGE).format(topic=context, sentence=said),
        right=(Quiz.TRUE if holds else Quiz.FALSE,),
        wrong=(Quiz.FALSE if holds else Quiz.TRUE,),
        quote=statement.text,
        focus=change.real,
        fixed=(Quiz.TRUE, Quiz.FALSE),
        note="" if holds else _note(change),
        uses=(change.span,),
    )


def choice_drafts(material: Material, seed: int) -> Iterator[QuestionDraft]:
    """Which of four statements on one topic is right, is not, or which ones are."""
    fitting = [one for one in _candidates(material, seed) if len(one.statement.text) <= MAX_OPTION_SIZE]
    modal = 0
    for draft in sorted(_choices(material, fitting, seed), key=lambda draft: digest(seed, *draft.asked)):
        modal += draft.focus in _MODAL_WORDS
        if draft.focus not in _MODAL_WORDS or modal <= MAX_MODAL:
            yield draft


def _choices(material: Material, fitting: Sequence[_Candidate], seed: int) -> Iterator[QuestionDraft]:
    for (_, topic), members in groupby(fitting, key=lambda one: (one.statement.part, one.statement.topic)):
        if not topic:
            continue
        left = sorted(members, key=lambda one: digest(seed, "option", one.statement.text))
        made = 0
        while True:
            draft, used = _choice(material, topic, left, _FORMS[made % len(_FORMS)], seed)
            if draft is None and made % len(_FORMS) == 0:
                break
            if draft is not None:
                yield draft
            left = [one for one in left if one not in used]
            made += 1


def _choice(
    material: Material, topic: str, left: Sequence[_Candidate], form: str, seed: int
) -> tuple[QuestionDraft | None, list[_Candidate]]:
    changed, plain = {"false": (1, 3), "several": (2, 2), "true": (3, 1)}[form]
    ranked = sorted((one for one in left if one.changes), key=lambda one: one.changes[0].rank == _MODAL)
    for first in ranked:
        near = [one for one in left if one is first or _is_parallel(one, first)]
        false = [one for one in ranked if one in near and one is not first][: changed - 1]
        false.insert(0, first)
        verbatim = [one for one in near if one not in false][:plain]
        verbatim.sort(key=lambda one: bool(one.changes))
        if (
            len(false) == changed
            and len(verbatim) == plain
            and sum(one.changes[0].rank == _MODAL for one in false) <= 1
        ):
            return _draft(material, topic, false, verbatim, form), [*false, *verbatim]
    return None, []


def _draft(
    material: Material, topic: str, false: Sequence[_Candidate], verbatim: Sequence[_Candidate], form: str
) -> QuestionDraft:
    changes = [one.changes[0] for one in false]
    wrong = tuple(full_width(change.said) for change in changes)
    right = tuple(full_width(one.statement.text) for one in verbatim)
    about = false[0].statement if form == "false" else verbatim[0].statement
    stems = {"false": Quiz.WHICH_FALSE, "several": Quiz.WHICH_SEVERAL, "true": Quiz.WHICH_TRUE}
    lead = (Quiz.ABOUT_RULE if material.is_rule else Quiz.ABOUT).format(topic=nested(topic))
    if form == "false":
        right, wrong = wrong, right
    return QuestionDraft(
        kind="statement",
        point=material.point_at(about.span),
        asked=(form, about.text),
        question=lead + stems[form],
        right=right,
        wrong=wrong,
        quote=about.text,
        focus=changes[0].real if form == "false" else about.text[:1],
        note=_note(*changes),
        uses=tuple(change.span for change in changes)
        + tuple(one.statement.span for one in verbatim if form != "false"),
    )


def _candidates(material: Material, seed: int) -> list[_Candidate]:
    return [_Candidate(statement, changes) for statement, changes in all_changes(material, seed)]


def _is_parallel(one: _Candidate, other: _Candidate) -> bool:
    sizes = sorted((len(one.statement.text), len(other.statement.text)))
    return sizes[1] <= _LONGER * sizes[0]


def _note(*changes: Change) -> str:
    """What was changed: what stands there in the source, and what was put in its place if that is short."""
    if len(changes) > 1:
        return Quiz.CHANGED_ALL.format(real=Quiz.AND.join(f"“{nested(change.real)}”" for change in changes))
    real, false = nested(changes[0].real), nested(changes[0].false)
    short = len(real) + len(false) <= _SHORT_NOTE
    return (Quiz.CHANGED if short else Quiz.CHANGED_LONG).format(real=real, false=false)


def _context(material: Material, statement: Statement) -> str:
    return "" if material.is_rule else nested(statement.topic)
