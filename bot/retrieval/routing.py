"""One question, several documents → which of them it is about.

Trusts of different documents cannot be compared: a document with many phrasings has an answer to nearly everything that
sounds like them. So what its points say is weighed against how near its own source is to the question, how much of the
question's words it has nowhere, and whether the question uses words of its title alone. The weights are those of a
conditional logit over 224 questions on ten documents, rounded: the right document is first in 0.91 of those on five
larger ones and 0.95 on five small ones, where the highest trust finds it in 0.64 and 0.92. The bias is such that what
answers nothing is below 0: of 46 questions that no document answers, one is still answered instead of eight.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from bot.retrieval.index.tokenizer import shared_tokenizer
from bot.retrieval.retriever import Retriever
from bot.retrieval.source.place_request import DOCUMENT
from bot.retrieval.verdict import Verdict
from bot.text import squash

ANSWER_RELEVANCE: Final = 0.0
"""Relevance below which what the points of a document answer is only offered, as the question is not about it."""
CHAT_RELEVANCE: Final = 2.0
"""What smalltalk weighs, which one document hears in a question that another one may answer."""
BESIDE_MARGIN: Final = 4.5
"""By how much less relevant another answer may be to be shown beside the first one."""
BETTER_MARGIN: Final = 4.5
"""By how much more relevant the answer of a document that is not read must be to be offered beside one that is."""
_LEAST: Final = 1e-3
_GENERIC: Final = re.compile(
    rf"(?!.*(?<!办)法$){DOCUMENT}|管理|工作|实施|有关|相关|关于|暂行|试行|意见|决定|标准|指南|说明|守则|须知|单位|服务|内容|问题"
)
"""What many titles have: the kind of a document, but for the name of a law, and what is done with anything."""


class _Weights(NamedTuple):
    points: float
    trust: float
    near: float
    source_trust: float
    unknown: float
    title: float
    cosine: float
    bias: float


_BY_MEANING: Final = _Weights(0.7, 1.3, 0.9, 0.15, -11.0, 4.0, 50.0, -32.0)
_BY_WORDS: Final = _Weights(0.1, 1.0, 0.4, 0.7, -14.0, 3.3, 0.0, 13.5)


@dataclass(frozen=True)
class Candidate:
    """A document that may be asked: questions are judged as its ``retriever`` does, and by its source as well."""

    retriever: Retriever

    def ask(self, text: str, history: Sequence[str] = ()) -> Verdict:
        """The verdict on ``text``, with what the source says to it."""
        verdict = self.retriever.ask(text, history)
        return verdict if verdict.kind == "chat" else replace(verdict, source=self.retriever.ask_source(text))


@dataclass(frozen=True, slots=True)
class Route:
    """The ``verdicts`` of documents by their keys, the most relevant first, with the ``relevance`` of each."""

    verdicts: Mapping[str, Verdict]
    relevance: Mapping[str, float]

    @property
    def first(self) -> str:
        """The key of the document that a question is about."""
        return next(iter(self.verdicts))

    def beside(self) -> str:
        """The key of a second document that answers about as well as the first one answers; or nothing."""
        first, *others = self.verdicts
        if not _may_stand_beside(self.verdicts[first]):
            return ""
        least = self.relevance[first] - BESIDE_MARGIN
        near = (key for key in others if self.relevance[key] >= least and _may_stand_beside(self.verdicts[key]))
        return next(near, "")

    def better_than(self, read: str) -> str:
        """The key of the document that answers what the document ``read`` does not, or much better; or nothing."""
        own = self.verdicts[read]
        least = self.relevance[read] + BETTER_MARGIN if own.kind == "answer" else ANSWER_RELEVANCE
        others = (key for key, verdict in self.verdicts.items() if key != read and verdict.kind == "answer")
        found = next(others, "")
        return found if found and own.kind != "chat" and self.relevance[found] >= least else ""


def route(question: str, verdicts: Mapping[str, Verdict], titles: Mapping[str, str], last: str = "") -> Route:
    """The documents whose ``verdicts`` these are by relevance; of equal ones the earlier. ``titles`` by the same keys.

    A document that is hardly relevant answers nothing: its answer becomes an offer. What is asked for by its place
    (第三条) is in every document: it is that of the one that is named, else of the ``last`` one that was asked.
    """
    named = {key: _names(question, key, titles) for key in verdicts}
    relevance = {key: _relevance(verdict, named[key]) for key, verdict in verdicts.items()}

    def rank(key: str) -> tuple[bool, bool, bool, float]:
        if any(verdict.layer != "place" for verdict in verdicts.values()):
            return False, False, False, relevance[key]
        return named[key], key == last, verdicts[key].kind == "answer", 0.0

    order = sorted(verdicts, key=rank, reverse=True)
    return Route({key: _checked(verdicts[key], relevance[key]) for key in order}, relevance)


def _checked(verdict: Verdict, relevance: float) -> Verdict:
    doubtful = verdict.kind == "answer" and verdict.layer == "points" and relevance < ANSWER_RELEVANCE
    return replace(verdict, kind="suggest", reason="close", parts=()) if doubtful else verdict


def _may_stand_beside(verdict: Verdict) -> bool:
    return verdict.kind == "answer" and verdict.layer != "place" and not verdict.parts


def _names(question: str, key: str, titles: Mapping[str, str]) -> bool:
    """Whether ``question`` has a word of the title of ``key`` that no other title has, or the title such a word of it.

    Words of kinds (办法, 管理) name nothing, and neither do single characters.
    """
    words, asked = shared_tokenizer().words, squash(question)
    title, others = squash(titles[key]), [squash(one) for other, one in titles.items() if other != key]
    told = {word for word in words(title) if word in asked} | {word for word in words(asked) if word in title}
    return any(
        len(word) > 1 and not _GENERIC.fullmatch(word) and not any(word in one for one in others) for word in told
    )


def _relevance(verdict: Verdict, named: bool) -> float:
    """How much speaks for a document, in log odds up to a constant."""
    source = verdict.source
    if source is None:
        return CHAT_RELEVANCE if verdict.kind == "chat" else 0.0
    features = dict(source.features)
    cosine = features.get("cosine", 0.0)
    weights = _BY_MEANING if cosine else _BY_WORDS
    by_points = verdict.kind == "answer" and verdict.layer == "points"
    trust = weights.points + weights.trust * _log_odds(verdict.matches[0].score) if by_points else 0.0
    return (
        trust
        + weights.near * _log_odds(source.near)
        + weights.source_trust * _log_odds(source.trust)
        + weights.unknown * features.get("unknown", 1.0)
        + weights.title * named
        + weights.cosine * cosine
        + weights.bias
    )


def _log_odds(chance: float) -> float:
    return math.log(max(chance, _LEAST) / max(1 - chance, _LEAST))
