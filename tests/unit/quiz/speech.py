"""The real speech, read a second time by means that the quiz does not use: plain search in the text and in the YAML."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import yaml

from bot.config import ROOT
from bot.knowledge.load import load
from bot.knowledge.model import Knowledge
from bot.quiz.generation.bank import make_bank
from bot.quiz.question import Question

FOLDER = ROOT / "knowledge" / "shuangqing"
SOURCE = (FOLDER / "source.txt").read_text(encoding="utf-8")


@cache
def speech() -> Knowledge:
    return load(FOLDER)


@cache
def bank() -> tuple[Question, ...]:
    return make_bank(speech())


def of_kind(kind: str) -> list[Question]:
    found = [question for question in bank() if question.kind == kind]
    assert found
    return found


def rights(question: Question) -> list[str]:
    return [question.options[number] for number in question.correct]


def wrongs(question: Question) -> list[str]:
    return [option for number, option in enumerate(question.options) if number not in question.correct]


def written() -> dict[str, dict[str, Any]]:
    """The questions written by hand, as the YAML has them."""
    return {question["id"]: question for question in _yaml("quiz.yaml")["questions"]}


def plain(text: str) -> str:
    """``text`` without marks and spaces, full width brought to half."""
    return re.sub(r"[\s,，。;；:：、“”\"()（）!?？]", "", text)


@cache
def _yaml(name: str) -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
    return data
