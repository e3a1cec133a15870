"""Which of the phrasings and gaps that a model wrote are of use: each is tried before it is kept.

A phrasing has to find its own passage, or at least no other one, when it is asked as if nobody had written it down. A
gap must not be answered by the source.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from bot.drafting.draft import Draft, draft_text
from bot.drafting.language_model import ModelPhrasings
from bot.knowledge.files import POINTS_FILE, Files
from bot.knowledge.load import require_servable, validate_files
from bot.knowledge.model import Knowledge
from bot.retrieval.retriever import Retriever
from bot.text import squash

NEARLY_THE_SAME: Final = 0.85
"""The share of pairs of characters that two phrasings have in common from which one of them says nothing new."""
FOREIGN_SHARE: Final = 0.5
"""The share of a passage's phrasings that find another passage from which all of them are taken for another text's."""
HOLD_BACK_FROM: Final = 8
"""Phrasings of a passage from which one is held back."""

MakeRetriever = Callable[[Knowledge, Files], Retriever]


@dataclass(frozen=True, slots=True)
class TriedPhrasings:
    """What is of use, by id of the point, how many lines were ``dropped``, and the question ``held_back``."""

    questions: Mapping[str, tuple[str, ...]]
    gaps: Mapping[str, tuple[str, ...]]
    dropped: int
    held_back: Mapping[str, str] = field(default_factory=dict)


def try_phrasings(draft: Draft, written: Mapping[str, ModelPhrasings], make: MakeRetriever) -> TriedPhrasings:
    """What of ``written``, by id of a point of ``draft``, is of use. Slow: each line is asked.

    ``make`` makes what answers questions on a knowledge.
    """
    questions = _without_repeats({id_: one.questions for id_, one in written.items()}, draft)
    gaps = _source_does_not_answer(draft, {id_: one.gaps for id_, one in written.items()}, make)
    knowledge, files = _knowledge_of(draft.with_phrasings(questions, gaps))
    wrong: dict[str, set[str]] = defaultdict(set)
    sure: dict[str, set[str]] = defaultdict(set)
    for outcome in make(knowledge, files).leave_one_out():
        if outcome.kind == "answer":
            (sure if outcome.right else wrong)[outcome.point.id].add(outcome.phrasing)
    kept = {id_: _kept(lines, wrong[id_]) for id_, lines in questions.items()}
    of_use = {id_: lines if kept[id_] else () for id_, lines in gaps.items()}  # of another text, gaps are none either
    offered = sum(len(one.questions) + len(one.gaps) for one in written.values())
    left = sum(map(len, kept.values())) + sum(map(len, of_use.values()))
    held_back = _held_back(kept, sure)
    without = {id_: tuple(one for one in lines if one != held_back.get(id_)) for id_, lines in kept.items()}
    return TriedPhrasings(without, of_use, offered - left, held_back)


def _held_back(questions: Mapping[str, Sequence[str]], sure: Mapping[str, set[str]]) -> dict[str, str]:
    """One phrasing of each passage that has many, if one finds its passage without being written down."""
    found: dict[str, str] = {}
    for id_, lines in questions.items():
        if len(lines) >= HOLD_BACK_FROM:
            middle = len(lines) // 3  # a model writes everyday words first: neither its first idea nor a keyword
            likely = next((line for line in (*lines[middle:], *lines[:middle]) if line in sure[id_]), None)
            if likely is not None:
                found[id_] = likely
    return found


def _kept(lines: tuple[str, ...], wrong: set[str]) -> tuple[str, ...]:
    found = tuple(line for line in lines if line not in wrong)
    return found if len(lines) - len(found) < FOREIGN_SHARE * len(lines) else ()


def _without_repeats(questions: Mapping[str, Iterable[str]], draft: Draft) -> dict[str, tuple[str, ...]]:
    """``questions`` without those that say nearly the same as one before, and those of several passages."""
    own = {squash(text) for point in draft.points for text in (*point.questions, *point.aliases)}
    owners = Counter(core for lines in questions.values() for core in {squash(line) for line in lines})
    found: dict[str, tuple[str, ...]] = {}
    for id_, lines in questions.items():
        kept: list[str] = []
        pairs: list[set[str]] = []
        for line in lines:
            core = squash(line)
            bigrams = {core[at : at + 2] for at in range(max(len(core) - 1, 1))}
            repeated = any(len(bigrams & other) >= NEARLY_THE_SAME * len(bigrams | other) for other in pairs)
            if core and core not in own and owners[core] == 1 and not repeated:
                kept.append(line)
                pairs.append(bigrams)
        found[id_] = tuple(kept)
    return found


def _source_does_not_answer(
    draft: Draft, gaps: Mapping[str, Iterable[str]], make: MakeRetriever
) -> dict[str, tuple[str, ...]]:
    """``gaps`` without those that the source answers, asked of it alone."""
    files = Files({draft.source_file: draft.knowledge.source})
    alone = make(require_servable(validate_files(files)), files)
    owners = Counter(core for lines in gaps.values() for core in {squash(line) for line in lines})
    return {
        id_: tuple(line for line in lines if owners[squash(line)] == 1 and alone.ask(line).kind != "answer")
        for id_, lines in gaps.items()
    }


def _knowledge_of(draft: Draft) -> tuple[Knowledge, Files]:
    files = Files({POINTS_FILE: draft_text(draft), draft.source_file: draft.knowledge.source})
    return require_servable(validate_files(files)), files
