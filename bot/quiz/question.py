"""What a quiz asks: a ``Question`` with its options, bound to the point whose passage answers it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from bot.quiz.banks.model import comparable
from bot.wording import Quiz

QuestionKind = Literal[
    "figure", "name", "blank", "member", "true_false", "several", "statement", "relation", "match", "order", "table",
    "place", "written", "bank",
]  # fmt: skip
"""How a question came about.

``figure``      which figure or term of time
``blank``       which term is left out of a verbatim sentence; for terms that a curator has sorted
``several``     which of these belong to a list, more than one being right
``true_false``  does the source say so, or was one concept exchanged?
``statement``   which of these statements are right, or which one is not
``relation``    who does it, whose duty it is, which word is meant
``match``       what stands under a heading
``table``       what holds for a case, or for which row something holds
``written``     by hand, in quiz.yaml
``bank``        from a question bank that an organiser brought
``name``, ``member``, ``order``, ``place``
                made by earlier versions, and still in contests that they began
"""
Form = Literal["single", "multiple", "judged"]
"""How it is answered: by one option, by several, by 对 or 错."""
PASSED: Final = (99,)
"""Chosen by whoever lets a question pass: no option, and yet an answer, unlike one that was taken back."""
TYPED_RIGHT, TYPED_WRONG = (0,), (1,)
"""Chosen by whoever types the answer of a question without options."""
MIN_OPTIONS, MAX_OPTIONS = 2, 12
MAX_QUESTION = 300
MAX_OPTION = 100
MAX_EXPLANATION = 200
MAX_LINE_FEEDS = 2
"""What a native quiz poll of Telegram carries, in characters; other channels carry more."""


_BETWEEN_LETTERS: Final = re.compile(r"(?<=[a-l])[-–—→>~]+(?=[a-l])")


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the bank.

    ``id`` is stable: the same question about the same words has the same id in every run; scores and review cards hang
    on it. ``correct`` are the indices of all right options, ascending, at least one. ``quote`` is verbatim;
    ``explanation`` cites it.

    ``at``: where in the source what it asks for stands, below 0 if unknown. ``part``: the topmost section there.
    ``accepted``: what may be typed as the answer of a question without options; what is typed counts as
    ``TYPED_RIGHT``, which is ``correct``, or as ``TYPED_WRONG``.
    ``core``: it asks for what the headings or the opening say. ``difficulty``: from 0 (easy) to 1, estimated.
    """

    id: str
    kind: QuestionKind
    point: str
    question: str
    options: tuple[str, ...]
    correct: tuple[int, ...]
    explanation: str
    quote: str
    at: int = -1
    part: str = ""
    core: bool = False
    difficulty: float = 0.5
    accepted: tuple[str, ...] = ()

    @property
    def is_typed(self) -> bool:
        """Whether the answer is typed."""
        return bool(self.accepted)

    @property
    def needs_words(self) -> bool:
        """Whether no poll can ask it: the answer is typed, or the text is longer than a poll takes."""
        return self.is_typed or len(self.question) > MAX_QUESTION or any(len(one) > MAX_OPTION for one in self.options)

    @property
    def right(self) -> tuple[str, ...]:
        """The words of all right options, or the typed answer that is shown."""
        return self.accepted[:1] or tuple(self.options[index] for index in self.correct)

    def typed(self, text: str) -> tuple[int, ...]:
        """What ``text``, typed as the answer, is counted as."""
        said = comparable(text)
        letters = _BETWEEN_LETTERS.sub("", said)
        is_right = any(comparable(form) in {said, letters} for form in self.accepted)
        return TYPED_RIGHT if said and is_right else TYPED_WRONG

    def has_choice(self, index: int) -> bool:
        """Whether an answer may be ``index``."""
        return 0 <= index < (len(TYPED_RIGHT + TYPED_WRONG) if self.is_typed else len(self.options))

    @property
    def form(self) -> Form:
        """How it is answered."""
        if set(self.options) == {Quiz.TRUE, Quiz.FALSE}:
            return "judged"
        return "multiple" if len(self.correct) > 1 else "single"
