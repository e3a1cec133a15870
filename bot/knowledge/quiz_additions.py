"""What a curator adds for quizzes: questions written by hand, and terms that are of one sort. Plain data."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HandwrittenQuestion:
    """A quiz question written by hand, as it stands in quiz.yaml; whether it can be asked is for the quiz to judge.

    ``point`` is the id of the point that answers it. ``quote`` is the verbatim part of that point's passage on which
    the answer rests, empty for the whole of it. ``line`` is where it begins in the file, for the person who corrects
    it.
    """

    id: str
    point: str
    question: str
    right: tuple[str, ...]
    wrong: tuple[str, ...]
    quote: str = ""
    line: int = 1


@dataclass(frozen=True, slots=True)
class QuizAdditions:
    """All of quiz.yaml.

    ``term_families`` are lists of terms of one sort: each term can be a wrong option for the others of its list.
    """

    questions: tuple[HandwrittenQuestion, ...] = ()
    term_families: tuple[tuple[str, ...], ...] = ()
