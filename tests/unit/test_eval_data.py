"""The measure stays a measure: no question of it is a curated phrasing, bare keywords apart."""

from functools import cache

import pytest

from bot.cli.evaluation import read_cases
from bot.config import ROOT
from bot.knowledge.load import load
from bot.retrieval.normalize.question import normalize_question

KEYWORD = 8  # characters: whoever asks for 接续替代产业 by its name alone writes the same


@cache
def phrasings() -> frozenset[str]:
    """The cores of all that the knowledge says somebody may ask."""
    points = load(ROOT / "knowledge").points
    asked = (text for point in points for text in (*point.questions, *point.gaps, *(fact.ask for fact in point.facts)))
    return frozenset(normalize_question(text).core for text in asked)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["dev", *(f"fresh-{letter}" for letter in "abcdefijklm")])
def test_no_question_of_the_measure_is_a_phrasing_of_the_knowledge(name: str) -> None:
    cases = read_cases((ROOT / "tests" / "eval" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines())
    cores = {case.id: normalize_question(case.question).core for case in cases}
    assert {number: core for number, core in cores.items() if len(core) > KEYWORD and core in phrasings()} == {}
