"""Statements that are judged: true or false, and which of four are right. A false one has one concept exchanged."""

from __future__ import annotations

import re
from collections import Counter, deque
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
_TELLS = re.compile(r"\d|首次|率先|居(?:第|首|世界|全)|第一")
"""What a statement has that is worth knowing: a figure or a rank."""
_FIRM = re.compile(
    r"[\d〇一二三四五六七八九十百千]+(?:[%个日天月年元倍次人万亿]|周岁)|由[^，,。]{2,14}[规批负决确审]|不得|不视为|视为"
)
_OPEN = re.compile("(?<!协商一致，)可以(?!重新)")
"""What a rule has that is worth knowing: a term or a sum, who decides, what is forbidden; and what is left open."""
_RELATION = 2
"""Up to this rank a change turns on a relation that is worth knowing as it stands as well."""


def _tells(text: str, material: Material) -> bool:
    if material.is_rule:
        return _FIRM.search(text) is not None or _OPEN.search(text) is not None
    return _TELLS.search(text) is not None


@dataclass(frozen=True, slots=True)
class _Candidate:
    statement: Statement
    changes: tuple[Change, ...]


def true_false_drafts(
    material: Material,
    seed: int,
    is_taken: Callable[[Sequence[Span]], bool],
    wants_true: Callable[[], bool],
    *,
    is_told: Callable[[Sequence[Span]], bool] | None = None,
) -> Iterator[QuestionDraft]:
    """Is that so? About half of the statements are as they stand in the source; nothing in their style gives it away.

    ``is_taken``: whether another question asks for these words. ``wants_true``: whether the next one should be right.
    ``is_told``: of a document so short that the later sentences of its paragraphs are judged as well, whether another
    question asks for a part of a statement: then it says nothing new as it stands.
    """
    fitting = [
        one
        for one in _candidates(material, seed, opening=is_told is None)
        if one.changes and len(one.statement.text) <= MAX_JUDGED
    ]
    fitting.sort(key=lambda one: (one.changes[0].rank, digest(seed, "judged", one.statement.text)))
    telling = [one for one in fitting if _tells(one.statement.text, material) or one.changes[0].rank <= _RELATION]
    telling.sort(key=lambda one: digest(seed, "true", one.statement.text))
    queues = {False: deque(fitting), True: deque(telling)}
    used: set[Span] = set()
    made: Counter[str] = Counter()
    spare = MAX_SPARE
    while queues[True] or queues[False]:
        if not queues[holds := wants_true()]:
            spare, holds = spare - 1, not holds
            if spare < 0:
                return
        one = queues[holds].popleft()
        change = next((change for change in one.changes if not is_taken((change.span,))), None)
        if one.statement.span in used or change is None:
            continue
        if holds and is_told is not None and is_told((one.statement.span,)):
            continue
        sort = _sort(change) if not holds else "true" if _FIRM.search(one.statement.text) else "open"
        if made[sort] >= MOST_OF[sort]:
            continue
        made[sort] += 1
        used.add(one.statement.span)
        yield _judged(material, change, holds=holds)


def plain_drafts(material: Material, is_taken: Callable[[Sequence[Span]], bool]) -> Iterator[QuestionDraft]:
    """Statements as they stand, of which nothing else was asked: only such as are worth knowing."""
    for statement in material.statements:
        spans = (statement.span,)
        if (
            statement.opens
            and not statement.is_formal
            and len(statement.text) <= MAX_JUDGED
            and _tells(statement.text, material)
            and not is_taken(spans)
        ):
            change = Change(statement, statement.text, statement.text, statement.text, statement.span, 0)
            yield _judged(material, change, holds=True)


def figure_statement_drafts(
    material: Material, seed: int, is_taken: Callable[[Sequence[Span]], bool], wants_true: Callable[[], bool]
) -> Iterator[QuestionDraft]:
    """Statements that turn on a figure, for a document that gives hardly any others: another one is clearly another."""
    for statement in sorted(material.statements, key=lambda one: digest(seed, "figure", one.text)):
        for real, wrong in material.figures(statement):
            at = statement.text.index(real)
            span = Span(statement.span.start + at, statement.span.start + at + len(real))
            false = wrong(1, seed)
            if not false or is_taken((statement.span,)) or len(statement.text) > MAX_JUDGED:
                continue
            said = statement.text[:at] + false[0] + statement.text[at + len(real) :]
            if not material.stands(said):
                yield _judged(material, Change(statement, said, real, false[0], span, 0), holds=wants_true())


MAX_SPARE = 2
"""How many more statements of one sort there may be when those of the other sort have run out."""
_MODAL = 7
"""The rank of a change of a word such as 应当."""
MOST_OF = {"modal": 2, "body": 1, "open": 2, "true": 99, "": 99}
"""How many false statements, and how many questions with several statements, turn on changes of one sort."""
_BODY = 4


def _sort(change: Change) -> str:
    return {_BODY: "body", _MODAL: "modal"}.get(change.rank, "")


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
        note="" if holds else _note(material, change),
        uses=(change.span,),
    )


def choice_drafts(material: Material, seed: int, *, is_short: bool = False) -> Iterator[QuestionDraft]:
    """Which of four statements on one topic is right, is not, or which are; ``is_short``: on the whole document."""
    fitting = [one for one in _candidates(material, seed) if len(one.statement.text) <= MAX_OPTION_SIZE]
    made: Counter[str] = Counter()
    for draft, changes in sorted(
        _choices(material, fitting, seed, is_short=is_short), key=lambda found: digest(seed, *found[0].asked)
    ):
        sorts = {sort for change in changes if (sort := _sort(change))}
        if all(made[sort] < MOST_OF[sort] for sort in sorts):
            made.update(sorts)
            yield draft


def _choices(
    material: Material, fitting: Sequence[_Candidate], seed: int, *, is_short: bool
) -> Iterator[tuple[QuestionDraft, tuple[Change, ...]]]:
    def of(one: _Candidate) -> tuple[str, str]:
        return ("", "") if is_short else (one.statement.part, one.statement.topic)

    forms = _FORMS[:1] if is_short else _FORMS
    for (_, topic), members in groupby(fitting, key=of):
        if not topic and not is_short:
            continue
        left = sorted(members, key=lambda one: digest(seed, "option", one.statement.text))
        made = 0
        while True:
            false, verbatim = _choice(material, left, form := forms[made % len(forms)])
            if not false and made % len(forms) == 0:
                break
            if false:
                yield _draft(material, topic, false, verbatim, form), tuple(one.changes[0] for one in false)
            left = [one for one in left if one not in false and one not in verbatim]
            made += 1


def _choice(material: Material, left: Sequence[_Candidate], form: str) -> tuple[list[_Candidate], list[_Candidate]]:
    """Statements to be changed and statements to be shown as they are, of about one length; none if too few fit."""
    changed, plain = {"false": (1, 3), "several": (2, 2), "true": (3, 1)}[form]
    ranked = sorted((one for one in left if one.changes), key=lambda one: one.changes[0].rank)
    for first in ranked:
        near = [one for one in left if one is first or _is_parallel(one, first)]
        false = [one for one in ranked if one in near and one is not first][: changed - 1]
        false.insert(0, first)
        has_figure = any(char.isdigit() for char in first.statement.text)
        verbatim = sorted(
            (one for one in near if one not in false and any(map(str.isdigit, one.statement.text)) is has_figure),
            key=lambda one: (any(material.figures(one.statement)), not _tells(one.statement.text, material)),
        )
        verbatim = verbatim[:plain]
        ranks = [one.changes[0].rank for one in false]
        alike = max(ranks.count(rank) for rank in (_BODY, _MODAL)) > 1
        if len(false) == changed and len(verbatim) == plain and not alike:
            return false, verbatim
    return [], []


def _draft(
    material: Material, topic: str, false: Sequence[_Candidate], verbatim: Sequence[_Candidate], form: str
) -> QuestionDraft:
    changes = [one.changes[0] for one in false]
    wrong = tuple(full_width(change.said) for change in changes)
    right = tuple(full_width(one.statement.text) for one in verbatim)
    about = verbatim[0].statement if form == "true" else false[0].statement
    stems = {"false": Quiz.WHICH_FALSE, "several": Quiz.WHICH_SEVERAL, "true": Quiz.WHICH_TRUE}
    lead = (
        (Quiz.ABOUT_RULE if material.is_rule else Quiz.ABOUT).format(topic=nested(topic)) if topic else Quiz.ABOUT_ALL
    )
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
        note=_note(material, *changes) + (Quiz.OTHERS_STAND if len(changes) > 1 else ""),
        is_quoted=len(changes) == 1,
        uses=tuple(change.span for change in changes) + tuple(one.statement.span for one in verbatim),
    )


def _candidates(material: Material, seed: int, *, opening: bool = True) -> list[_Candidate]:
    """Statements that can stand alone, each with its changes; of a rule only what opens a paragraph, if ``opening``."""
    return [
        _Candidate(statement, changes)
        for statement, changes in all_changes(material, seed)
        if not statement.is_formal and (statement.opens or not material.is_rule or not opening)
    ]


def _is_parallel(one: _Candidate, other: _Candidate) -> bool:
    sizes = sorted((len(one.statement.text), len(other.statement.text)))
    return sizes[1] <= _LONGER * sizes[0]


def _note(material: Material, *changes: Change) -> str:
    """What was changed: what stands there in the source and what was put in its place.

    Several are told by the words around them, which only one of the options has: options are shuffled where they are
    asked, so that a letter would name another one.
    """
    if len(changes) > 1:
        told = [_with_neighbours(change) for change in changes]
        places = [material.knowledge.citation(material.point_at(change.statement.span)) for change in changes]
        return "".join(
            Quiz.CHANGED_ONE.format(false=nested(false), real=nested(real), place=place)
            for (false, real), place in zip(told, places, strict=True)
        )
    real, false = nested(changes[0].real), nested(changes[0].false)
    short = len(real) + len(false) <= _SHORT_NOTE
    return (Quiz.CHANGED if short else Quiz.CHANGED_LONG).format(real=real, false=false)


def _with_neighbours(change: Change) -> tuple[str, str]:
    """The false words and the real ones, each with the rest of its clause if that is short."""
    text, at = change.statement.text, change.span.start - change.statement.span.start
    before = re.split("[，,；;。、]", text[:at])[-1]
    after = re.split("[，,；;。、]", text[at + len(change.real) :])[0]
    if len(before) + len(after) + len(change.real) > _SHORT_CLAUSE:
        before, after = before[-_NEIGHBOURS:], after[:_NEIGHBOURS]
    return before + change.false + after, before + change.real + after


_SHORT_CLAUSE, _NEIGHBOURS = 24, 6


def _context(material: Material, statement: Statement) -> str:
    return "" if material.is_rule else nested(statement.topic)
