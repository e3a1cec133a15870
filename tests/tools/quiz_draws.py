"""How good draws of a bank are, and whether a bank is true: over documents by path.

``python -m tests.tools.quiz_draws PATH… [--draws 5000] [--seeds 3] [--print FOLDER]``: for each document the questions
by kind, the questions that the recount from the source alone finds wrong, and of so many draws of ten the shares that
a setter looks at. With ``--print`` the bank is written to a file in that folder, one question below the other.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path
from string import ascii_uppercase

from bot.knowledge.load import load
from bot.knowledge.model import Knowledge
from bot.quiz.generation.bank import make_bank
from bot.quiz.question import Question
from bot.quiz.question_selection import is_figure, select_questions
from bot.wording import Quiz
from tests.unit.quiz.recount import faults

ASKED = 10


def shares_of_draws(bank: Sequence[Question], draws: int, count: int = ASKED) -> dict[str, float]:
    """Of so many draws of ``count`` the share with each property."""
    found: Counter[str] = Counter()
    for seed in range(draws):
        drawn = select_questions(bank, count, str(seed))
        forms = Counter(question.form for question in drawn)
        parts = Counter(question.part for question in drawn)
        found["a multiple choice and one to be judged"] += forms["multiple"] >= 1 and forms["judged"] >= 1
        found["more than five of one part"] += max(parts.values()) > count // 2 and len(parts) > 1
        found["the core"] += any(question.core for question in drawn)
        found["two of one passage"] += any(_is_one_passage(one, other) for one, other in combinations(drawn, 2))
        found["more than two figures"] += sum(map(is_figure, drawn)) > 2
        found["the first easier than the last"] += drawn[0].difficulty <= drawn[-1].difficulty
    return {name: number / draws for name, number in found.items()}


def _is_one_passage(one: Question, other: Question) -> bool:
    return one.point == other.point or one.quote in other.quote or other.quote in one.quote


def lines_of(knowledge: Knowledge, bank: Sequence[Question]) -> Iterator[str]:
    """The bank for somebody who judges it."""
    yield f"{knowledge.title}：{len(bank)} 题"
    for number, question in enumerate(bank, start=1):
        yield ""
        yield f"{number}. 〔{Quiz.KINDS[question.kind]}〕{question.question}"
        for place, option in enumerate(question.options):
            yield f"   {'√' if place in question.correct else '　'} {ascii_uppercase[place]}. {option}"
        yield f"   答案：{''.join(ascii_uppercase[place] for place in question.correct)}"
        yield f"   解析：{question.explanation}"


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--draws", type=int, default=5000)
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--print", dest="folder", type=Path)
    parser.add_argument("--limit", type=int, default=0, help="print so many questions, spread over the document")
    given = parser.parse_args()
    for path in given.paths:
        knowledge = load(path)
        bank = make_bank(knowledge)
        print(f"{knowledge.title}: {len(bank)} questions", dict(Counter(question.kind for question in bank)))
        made = [question for seed in range(given.seeds) for question in make_bank(knowledge, seed)]
        wrong = [
            question for question in made if question.kind != "written" and any(faults(question, knowledge.source))
        ]
        print(f"  wrong by the recount: {len(wrong)} of {len(made)}")
        for question in wrong:
            print("   ", question.question, question.options, question.correct)
        for name, share in shares_of_draws(bank, given.draws).items() if given.draws else ():
            print(f"  {name}: {share:.1%}")
        if given.folder is not None:
            shown = bank
            if given.limit and len(bank) > given.limit:
                shown = tuple(bank[at * len(bank) // given.limit] for at in range(given.limit))
            given.folder.mkdir(parents=True, exist_ok=True)
            (given.folder / f"{path.stem if path.is_file() else path.name}.txt").write_text(
                "\n".join(lines_of(knowledge, shown)), encoding="utf-8"
            )


if __name__ == "__main__":
    main()
