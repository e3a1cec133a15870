"""The text of quiz.yaml → an ``Addition`` and the faults met on the way. Opens nothing.

No fault of this file is fatal: what could be read is played, and questions about the document are answered all the
same.
"""

from __future__ import annotations

from dataclasses import replace

from bot.errors import Fault
from bot.knowledge.model import MAX_ID_LENGTH, is_id
from bot.knowledge.parse.yaml_nodes import Faults, Mapping, compose
from bot.knowledge.quiz_additions import Addition, Written
from bot.text import squash
from bot.wording import Lint

_TOP = frozenset({"questions", "alike"})
_QUESTION = frozenset({"id", "point", "question", "right", "wrong", "quote"})


def parse_quiz(text: str, file: str) -> tuple[Addition, tuple[Fault, ...]]:
    """What the quiz file ``text`` named ``file`` adds to a knowledge. Never raises."""
    faults = Faults(file)
    root = compose(text, faults)
    if root is None:
        return Addition(), _told(faults)
    top = Mapping(root, faults, file, _TOP)
    addition = Addition(tuple(_questions(top, faults)), tuple(_families(top, faults)))
    return addition, _told(faults)


def _told(faults: Faults) -> tuple[Fault, ...]:
    return tuple(replace(fault, fatal=False) for fault in faults.found)


def _questions(top: Mapping, faults: Faults) -> list[Written]:
    found: list[Written] = []
    ids: dict[str, int] = {}
    asked: dict[str, int] = {}
    for entry in top.mappings("questions", "questions", _QUESTION):
        before = faults.count
        written = Written(
            id=entry.text("id"),
            point=entry.text("point"),
            question=entry.text("question"),
            right=_options(entry, "right", faults),
            wrong=_options(entry, "wrong", faults),
            quote=entry.text("quote", required=False),
            line=entry.line,
        )
        if written.id and not is_id(written.id):
            faults.add(entry.line_of("id"), Lint.BAD_ID.format(id=written.id, limit=MAX_ID_LENGTH))
        if written.id in ids:
            faults.add(entry.line_of("id"), Lint.ID_TWICE.format(id=written.id, line=ids[written.id]))
        key = squash(written.question)
        if key and key in asked:
            faults.add(entry.line_of("question"), Lint.ASKED_TWICE.format(line=asked[key]))
        ids.setdefault(written.id, entry.line_of("id"))
        asked.setdefault(key, entry.line_of("question"))
        if faults.count == before:
            found.append(written)
    return found


def _options(entry: Mapping, key: str, faults: Faults) -> tuple[str, ...]:
    options = tuple(text for text, _ in entry.texts(key, single=True))
    if not options:
        faults.add(entry.line, Lint.MISSING_KEY.format(key=key))
    return options


def _families(top: Mapping, faults: Faults) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    for family in top.lists("alike"):
        terms: dict[str, str] = {}
        for term, line in family:
            if squash(term) in terms:
                faults.add(line, Lint.TERM_TWICE.format(text=term))
            terms.setdefault(squash(term), term)
        found.append(tuple(terms.values()))
    return found
