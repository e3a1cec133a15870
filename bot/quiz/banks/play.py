"""A question of a bank as a quiz asks it, with the passage that it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.knowledge.model import Knowledge, Point
from bot.quiz.banks.model import LETTERS, BankQuestion, Difficulty
from bot.quiz.banks.source_link import SourceLinks
from bot.quiz.generation.draft import elide_around, make_explanation
from bot.quiz.question import MAX_EXPLANATION, Question
from bot.quiz.seeded_random import digest
from bot.text import shorten
from bot.wording import Banks

_DIFFICULTIES: dict[Difficulty, float] = {"易": 0.2, "": 0.5, "中": 0.5, "难": 0.8}
_LONGEST_NOTE = 80  # characters of a bank's own explanation beside the passage


def playable_questions(questions: Sequence[BankQuestion], knowledge: Knowledge) -> tuple[Question, ...]:
    """``questions`` as a quiz on ``knowledge`` asks them; one that has no source there says so."""
    links = SourceLinks(knowledge)
    return tuple(_playable(question, links.passage_of(question), knowledge) for question in questions)


def _playable(question: BankQuestion, passage: Point | None, knowledge: Knowledge) -> Question:
    identity = f"bank-{digest(question.kind, question.stem, *question.options, *question.accepted)[:12]}"
    options, correct, accepted, text = question.options, question.correct, question.accepted, question.stem
    if question.kind == "order":  # typed as letters: no platform has a poll for it
        listed = (Banks.ORDER_OPTION.format(letter=LETTERS[at], option=one) for at, one in enumerate(options))
        text = "\n".join([Banks.ORDER_ASKED.format(stem=text), *listed])
        accepted, options = (question.answer,), ()
    if accepted:
        correct = (0,)
    focus = accepted[0] if question.kind == "fill" else ""
    return Question(
        id=identity,
        kind="bank",
        point=passage.id if passage is not None else identity,
        question=text,
        options=options,
        correct=correct,
        explanation="\n".join(_explanation(question, passage, knowledge, focus)),
        quote=passage.quote if passage is not None else "",
        at=passage.spans[0].start if passage is not None else -1,
        part=question.chapter,
        difficulty=_DIFFICULTIES[question.difficulty],
        accepted=accepted,
    )


def _explanation(question: BankQuestion, passage: Point | None, knowledge: Knowledge, focus: str) -> Iterator[str]:
    """What is said behind the answer: the passage, or that there is none; the bank's own words are told as its own."""
    note = " ".join(question.explanation.split())
    if passage is None:
        yield Banks.NO_PASSAGE
        if note:
            yield shorten(Banks.OWN_WORDS.format(text=note), MAX_EXPLANATION - len(Banks.NO_PASSAGE) - 1)
        return
    own = Banks.OWN_WORDS.format(text=shorten(note, _LONGEST_NOTE)) if note else ""
    quote = elide_around(passage.quote.replace("\n", ""), focus, MAX_EXPLANATION)
    yield make_explanation(quote, focus, knowledge.citation(passage), own)
