"""What a format carries, and what is told of the rest: a bank that is written without a word is whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from bot.quiz.banks.model import KINDS, BankKind, BankQuestion
from bot.wording import Banks

Field = Literal["explanation", "chapter", "difficulty", "source"]
FIELDS: Final[tuple[Field, ...]] = ("explanation", "chapter", "difficulty", "source")


@dataclass(frozen=True, slots=True)
class WrittenBank:
    """The ``data`` of a file, how many questions are in it, and what it could not take, a sentence each."""

    data: bytes
    count: int
    losses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Capacity:
    """Which kinds and which fields a format carries."""

    kinds: Collection[BankKind] = KINDS
    fields: Collection[Field] = FIELDS

    def carried(self, questions: Sequence[BankQuestion]) -> list[BankQuestion]:
        """Those of ``questions`` that the format can carry."""
        return [question for question in questions if question.kind in self.kinds]

    def losses(self, questions: Sequence[BankQuestion]) -> tuple[str, ...]:
        """What of ``questions`` is lost."""
        left = Counter(question.kind for question in questions if question.kind not in self.kinds)
        told = [Banks.LEFT_OUT.format(kind=Banks.KINDS[kind], count=count) for kind, count in left.items()]
        carried = self.carried(questions)
        for field in FIELDS:
            count = sum(bool(getattr(question, field)) for question in carried) if field not in self.fields else 0
            if count:
                told.append(Banks.FIELD_LOST.format(field=Banks.FIELDS[field], count=count))
        return tuple(told)
