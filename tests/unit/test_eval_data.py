"""The measure stays a measure: no question of it is a curated phrasing, bare keywords apart."""

import pytest

from bot.cli.evaluation import read_cases
from bot.config import ROOT
from bot.knowledge.load import load
from bot.retrieval.normalize.question import read

KEYWORD = 8  # characters: whoever asks for 接续替代产业 by its name alone writes the same


@pytest.mark.parametrize("name", ["dev", "fresh-a", "fresh-b", "fresh-c", "fresh-d", "fresh-e", "fresh-f"])
def test_no_question_of_the_measure_is_a_phrasing_of_the_knowledge(name: str) -> None:
    phrasings = {
        read(text).core
        for point in load(ROOT / "knowledge").points
        for text in (*point.questions, *point.gaps, *(fact.ask for fact in point.facts))
    }
    cases = read_cases((ROOT / "tests" / "eval" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines())
    cores = {case.id: read(case.question).core for case in cases}
    assert {number: core for number, core in cores.items() if len(core) > KEYWORD and core in phrasings} == {}
