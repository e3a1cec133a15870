"""Scores a file of questions: right, falsely answered, in kind, unfaithful, and how long the replies are."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from bot.errors import BotError
from bot.features.answers.record import Record
from bot.features.knowledge_versions.regression import is_right as is_met
from bot.retrieval.retriever import Retriever
from bot.wording import Eval

UNANSWERABLE = ("oos_near", "oos_far")
CHAT = "chat"


@dataclass(frozen=True, slots=True)
class Case:
    """A question with what would be right: any of ``gold`` inside the reply; nothing if it must not be answered."""

    id: str
    kind: str
    question: str
    gold: tuple[str, ...]
    history: tuple[str, ...] = ()


@dataclass(slots=True)
class KindScore:
    """The scores of one kind of question."""

    asked: int = 0
    right: int = 0
    suggested: int = 0
    declined: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """The share that went right, 0–1."""
        return self.right / self.asked if self.asked else 0.0


@dataclass(slots=True)
class Scores:
    """The scores of a file. ``kinds`` keeps the order in which kinds were met."""

    kinds: dict[str, KindScore] = field(default_factory=dict)
    unfaithful: list[str] = field(default_factory=list)
    lengths: list[int] = field(default_factory=list)

    def add(self, case: Case, record: Record, source: str) -> None:
        """Take one answer in."""
        score = self.kinds.setdefault(case.kind, KindScore())
        score.asked += 1
        score.suggested += record["verdict"] == "suggest"
        score.declined += record["verdict"] == "decline"
        if is_right(case, record):
            score.right += 1
        else:
            score.wrong.append(case.id)
        if record["verdict"] == "answer":
            self.lengths.append(len(record["reply"]))
            spans = record["quote"].split("\n")
            if not all(span and span in source and span in record["reply"] for span in spans):
                self.unfaithful.append(case.id)

    def summary(self) -> dict[str, Any]:
        """All scores as plain data. Rates are 0–1, lengths are characters of the replies that answer."""
        answerable = [score for kind, score in self.kinds.items() if kind not in (*UNANSWERABLE, CHAT)]
        silent = [score for kind, score in self.kinds.items() if kind in UNANSWERABLE]
        asked, right = _sum(answerable)
        out_of_scope, kept_silent = _sum(silent)
        chat = self.kinds.get(CHAT, KindScore())
        return {
            "right": _rate(right, asked),
            "falsely_answered": _rate(out_of_scope - kept_silent, out_of_scope),
            "chat_in_kind": _rate(chat.right, chat.asked),
            "unfaithful": len(self.unfaithful),
            "median_reply": median(self.lengths) if self.lengths else 0,
            "longest_reply": max(self.lengths, default=0),
            "kinds": {
                kind: {
                    "asked": score.asked,
                    "right": score.right,
                    "rate": round(score.rate, 4),
                    "suggested": score.suggested,
                    "declined": score.declined,
                    "wrong": score.wrong,
                }
                for kind, score in self.kinds.items()
            },
        }


def is_right(case: Case, record: Record) -> bool:
    """Whether the reply is what it should be: the answer, silence, or an answer in kind."""
    if case.kind == CHAT:
        return record["verdict"] == "chat"
    if case.kind in UNANSWERABLE:
        return record["verdict"] != "answer"
    return record["verdict"] == "answer" and any(span in record["reply"] for span in case.gold)


def read_cases(lines: Iterable[str]) -> list[Case]:
    """The cases of a JSONL file. Raises BotError that names the first line which is none."""
    cases: list[Case] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            data = json.loads(line)
            gold = (*data.get("gold", ()), *data.get("also", ()))
            cases.append(
                Case(
                    str(data["id"]),
                    str(data["kind"]),
                    str(data["question"]),
                    gold,
                    tuple(data.get("history", ())),
                )
            )
        except (ValueError, KeyError, TypeError, AttributeError):
            raise BotError(Eval.BAD_LINE.format(line=number)) from None
    if not cases:
        raise BotError(Eval.NO_CASES)
    return cases


def _sum(scores: Sequence[KindScore]) -> tuple[int, int]:
    return sum(score.asked for score in scores), sum(score.right for score in scores)


def _rate(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0


def summary_rows(summary: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    """The scores by kind of question, a row each."""
    yield Eval.COLUMNS
    for kind, score in summary["kinds"].items():
        numbers = (
            score["asked"],
            score["right"],
            f"{score['rate']:.3f}",
            score["suggested"],
            score["declined"],
        )
        yield (kind, *map(str, numbers), " ".join(score["wrong"]))


@dataclass(frozen=True, slots=True)
class GoldenScores:
    """How many golden questions there are, and those that are not answered as they should be."""

    asked: int
    wrong: tuple[str, ...]

    def summary(self) -> dict[str, Any]:
        """The scores as plain data."""
        return {"golden": self.asked, "right": self.asked - len(self.wrong), "wrong": list(self.wrong)}


def score_golden(retriever: Retriever) -> GoldenScores:
    """Ask the golden questions that somebody wrote down. Raises BotError if nobody did."""
    golden = retriever.knowledge.golden
    if not golden:
        raise BotError(Eval.NO_FILE_NAMED)
    return GoldenScores(len(golden), tuple(one.ask for one in golden if not is_met(one, retriever.ask(one.ask))))
