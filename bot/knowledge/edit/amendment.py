"""What is added to a knowledge in a chat, one addition at a time. Plain data, and its JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class AddQuestion:
    """One more way to ask for a point."""

    point: str
    question: str


@dataclass(frozen=True, slots=True)
class AddPoint:
    """A new point. ``quotes`` are verbatim spans of the source."""

    id: str
    title: str
    section: str
    quotes: tuple[str, ...]
    questions: tuple[str, ...]


Amendment = AddQuestion | AddPoint


def amendments_to_json(amendments: Iterable[Amendment]) -> str:
    """``amendments`` as a JSON list, in their order."""
    rows = [{"add": "point" if isinstance(one, AddPoint) else "question", **asdict(one)} for one in amendments]
    return json.dumps(rows, ensure_ascii=False)


def amendments_from_json(text: str) -> tuple[Amendment, ...]:
    """What ``amendments_to_json`` wrote. Raises ValueError if ``text`` is anything else."""
    rows = json.loads(text)
    try:
        return tuple(_amendment(dict(row)) for row in rows)
    except (KeyError, TypeError) as error:
        raise ValueError(f"not a list of amendments: {error!r}") from None


def recover_amendments(text: str) -> tuple[tuple[Amendment, ...], int]:
    """What can be read of what ``amendments_to_json`` of any program wrote, and how many cannot."""
    try:
        rows = list(json.loads(text))
    except (ValueError, TypeError):
        return (), 1
    found: list[Amendment] = []
    for row in rows:
        try:
            found.append(_amendment(dict(row)))
        except (KeyError, TypeError, ValueError):
            continue
    return tuple(found), len(rows) - len(found)


def _amendment(row: dict[str, Any]) -> Amendment:
    if row["add"] == "point":
        quotes, questions = tuple(map(str, row["quotes"])), tuple(map(str, row["questions"]))
        return AddPoint(str(row["id"]), str(row["title"]), str(row["section"]), quotes, questions)
    if row["add"] == "question":
        return AddQuestion(str(row["point"]), str(row["question"]))
    raise KeyError(row["add"])
