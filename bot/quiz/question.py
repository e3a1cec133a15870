"""What a quiz asks: a ``Question`` with its options, bound to the point whose passage answers it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

QuestionKind = Literal["figure", "name", "blank", "member", "true_false", "several", "place", "written"]
"""How a question came about.

``figure``      which figure; the others are figures of the same unit and size
``name``        which term or name
``blank``       which words are left out of a verbatim sentence
``member``      which of these belongs to a list, or does not
``true_false``  does the source say so, or with another figure?
``several``     which of these, more than one being right
``place``       which part says it
``written``     by hand, in quiz.yaml
"""
MIN_OPTIONS, MAX_OPTIONS = 2, 12
MAX_QUESTION = 300
MAX_OPTION = 100
MAX_EXPLANATION = 200
MAX_LINE_FEEDS = 2
"""What a native quiz poll of Telegram carries, in characters; other channels carry more."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the bank.

    ``id`` is stable: the same question about the same words has the same id in every run; scores and review cards hang
    on it. ``correct`` are the indices of all right options, ascending, at least one. ``quote`` is verbatim;
    ``explanation`` cites it.
    """

    id: str
    kind: QuestionKind
    point: str
    question: str
    options: tuple[str, ...]
    correct: tuple[int, ...]
    explanation: str
    quote: str
