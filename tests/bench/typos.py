"""How many questions with a writing error are answered right, beside the same without mending and without an error.

Each is asked of an index that does not know it, as a stranger would ask it: ``python -m tests.bench typos``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from random import Random
from typing import NamedTuple

from bot.config import read_settings
from bot.knowledge.load import load
from bot.knowledge.model import Knowledge, Point
from bot.retrieval.index.tokenizer import shared_tokenizer
from bot.retrieval.normalize.question import normalize_question
from bot.retrieval.retriever import Retriever
from bot.retrieval_factory import foreign_questions
from tests.bench.corrupt import KINDS, initials

SEED = 20261125
ASKED = 400
FOLDS = 4
LENGTHS = range(5, 17)  # in a longer question one error hardly counts
_HAN = re.compile("[\u4e00-\u9fa5]+")


class Asked(NamedTuple):
    """A text, the point that it belongs to, and two retrievers that do not know it: with mending and without."""

    text: str
    point: Point
    mending: Retriever
    plain: Retriever


def main() -> None:
    """Print the share that is right, by kind of error; and of what must not be answered, the share that is."""
    knowledge = load(read_settings().knowledge_dir)
    rng = Random(SEED)
    texts = [_sample(knowledge, field, rng) for field in ("questions", "gaps")]
    questions, gaps = _asked(knowledge, *texts)
    print(f"typos, by words: {len(questions)} questions and {len(gaps)} gaps, none known, seed {SEED}")
    for kind, spoil in KINDS.items():
        own = Random(f"{SEED} {kind}")
        spoiled = [(asked, spoil(asked.text, own)) for asked in questions]
        _print(kind, [(asked, typed) for asked, typed in spoiled if typed != asked.text])
    _print("initials", list(_abbreviated(knowledge)))
    kept = [(asked, asked.text) for asked in questions]
    print(f"  {'well written':16} right {_right(kept):.3f} (yardstick without mending {_right(kept, plain=True):.3f})")
    own = Random(SEED)
    spoiled = [(asked, spoil(asked.text, own)) for spoil in KINDS.values() for asked in gaps]
    for name, asked in (("gaps", [(gap, gap.text) for gap in gaps]), ("gaps, spoiled", spoiled)):
        print(f"  {name:16} answered {_answered(asked):.3f} (without mending {_answered(asked, plain=True):.3f})")


def _print(kind: str, typed: Sequence[tuple[Asked, str]]) -> None:
    right, plain = _right(typed), _right(typed, plain=True)
    clean = _right([(asked, asked.text) for asked, _ in typed])
    print(
        f"  {kind:16} right {right:.3f}, {right / clean:.2f} of {clean:.3f} without the error "
        f"(yardstick without mending {plain:.3f}; {len(typed)} asked)"
    )


def _right(typed: Sequence[tuple[Asked, str]], *, plain: bool = False) -> float:
    """The share that is answered with what is shown of the point."""
    found = 0
    for asked, text in typed:
        retriever = asked.plain if plain else asked.mending
        point = retriever.ask(text).point
        shown = "".join(retriever.knowledge.excerpt_texts(point)) if point else ""
        found += all(quote in shown for quote in asked.point.quotes)
    return found / len(typed)


def _answered(typed: Sequence[tuple[Asked, str]], *, plain: bool = False) -> float:
    answered = [(asked.plain if plain else asked.mending).ask(text).kind == "answer" for asked, text in typed]
    return sum(answered) / len(answered)


def _sample(knowledge: Knowledge, field: str, rng: Random) -> list[tuple[str, Point]]:
    """Phrasings of one kind that are short and all Chinese, each with its point."""
    found = [
        (text, point)
        for point in knowledge.points
        for text in getattr(point, field)
        if _HAN.fullmatch(text) and len(text) in LENGTHS and normalize_question(text).core == text
    ]
    return rng.sample(found, min(ASKED, len(found)))


def _asked(knowledge: Knowledge, *lists: list[tuple[str, Point]]) -> Iterator[list[Asked]]:
    """Each text with retrievers that do not know it, nor the others of its fold."""
    folds = [
        _retrievers(knowledge, {normalize_question(text).core for texts in lists for text, _ in texts[fold::FOLDS]})
        for fold in range(FOLDS)
    ]
    for texts in lists:
        yield [Asked(text, point, *folds[number % FOLDS]) for number, (text, point) in enumerate(texts)]


def _retrievers(knowledge: Knowledge, unknown: set[str]) -> tuple[Retriever, Retriever]:
    def known(texts: Sequence[str]) -> tuple[str, ...]:
        return tuple(text for text in texts if normalize_question(text).core not in unknown)

    points = tuple(replace(p, questions=known(p.questions), gaps=known(p.gaps)) for p in knowledge.points)
    less = replace(knowledge, points=points)
    mending, plain = (
        Retriever(less, shared_tokenizer(), foreign=foreign_questions(), spell_correction=mending)
        for mending in (True, False)
    )
    return mending, plain


def _abbreviated(knowledge: Knowledge) -> Iterator[tuple[Asked, str]]:
    """The aliases by their first letters, where those stand for one point only."""
    retrievers = _retrievers(knowledge, set())
    by_letters: dict[str, dict[str, Asked]] = {}
    for point in knowledge.points:
        for alias in point.aliases:
            if _HAN.fullmatch(alias) and 4 <= len(alias) <= 8:
                by_letters.setdefault(initials(alias), {})[alias] = Asked(alias, point, *retrievers)
    for letters, found in by_letters.items():
        if len(found) == 1:
            yield next(iter(found.values())), letters
