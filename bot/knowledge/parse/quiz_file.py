"""The text of quiz.yaml → ``QuizAdditions`` and the issues found. Opens nothing.

No issue of this file is fatal: what could be read is played, and questions about the document are answered all the
same.
"""

from __future__ import annotations

from dataclasses import replace

from bot.errors import ValidationIssue
from bot.knowledge.model import MAX_ID_LENGTH, HandwrittenQuestion, QuizAdditions, is_id
from bot.knowledge.parse.yaml_nodes import IssueCollector, MappingReader, compose_yaml
from bot.text import squash
from bot.wording import Lint

_TOP = frozenset({"questions", "alike"})
_QUESTION = frozenset({"id", "point", "question", "right", "wrong", "quote", "note"})


def parse_quiz(text: str, file: str) -> tuple[QuizAdditions, tuple[ValidationIssue, ...]]:
    """What the quiz file ``text`` named ``file`` adds to a knowledge. Never raises."""
    issues = IssueCollector(file)
    root = compose_yaml(text, issues)
    if root is None:
        return QuizAdditions(), _told(issues)
    top = MappingReader(root, issues, file, _TOP)
    addition = QuizAdditions(tuple(_questions(top, issues)), tuple(_families(top, issues)))
    return addition, _told(issues)


def _told(issues: IssueCollector) -> tuple[ValidationIssue, ...]:
    return tuple(replace(issue, fatal=False) for issue in issues.found)


def _questions(top: MappingReader, issues: IssueCollector) -> list[HandwrittenQuestion]:
    found: list[HandwrittenQuestion] = []
    ids: dict[str, int] = {}
    asked: dict[str, int] = {}
    for entry in top.mappings("questions", "questions", _QUESTION):
        before = issues.count
        written = HandwrittenQuestion(
            id=entry.text("id"),
            point=entry.text("point"),
            question=entry.text("question"),
            right=_options(entry, "right", issues),
            wrong=_options(entry, "wrong", issues),
            quote=entry.text("quote", required=False),
            note=entry.text("note", required=False),
            line=entry.line,
        )
        if written.id and not is_id(written.id):
            issues.add(entry.line_of("id"), Lint.BAD_ID.format(id=written.id, limit=MAX_ID_LENGTH))
        if written.id in ids:
            issues.add(entry.line_of("id"), Lint.ID_TWICE.format(id=written.id, line=ids[written.id]))
        key = squash(written.question)
        if key and key in asked:
            issues.add(entry.line_of("question"), Lint.ASKED_TWICE.format(line=asked[key]))
        ids.setdefault(written.id, entry.line_of("id"))
        asked.setdefault(key, entry.line_of("question"))
        if issues.count == before:
            found.append(written)
    return found


def _options(entry: MappingReader, key: str, issues: IssueCollector) -> tuple[str, ...]:
    options = tuple(text for text, _ in entry.texts(key, single=True))
    if not options:
        issues.add(entry.line, Lint.MISSING_KEY.format(key=key))
    return options


def _families(top: MappingReader, issues: IssueCollector) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    for family in top.lists("alike"):
        terms: dict[str, str] = {}
        for term, line in family:
            if squash(term) in terms:
                issues.add(line, Lint.TERM_TWICE.format(text=term))
            terms.setdefault(squash(term), term)
        found.append(tuple(terms.values()))
    return found
