"""The five peers: libraries that others search Chinese text with, each in every setting that may suit it best.

All read cleaned text (full width → half, traditional → simplified, lower case, as our own questions are) without
punctuation; none knows anything but the texts it is given. Each library is imported only where its peer is made, so
that a process which runs one pays for one. They come with the extra ``bench``.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, Protocol

from bot.text import clean, squash


class Nearest(NamedTuple):
    """The text most like a question, by its number, and how like it is: by the peer's own measure."""

    number: int
    score: float


class Peer(Protocol):
    """Finds the nearest of the texts that it was made with."""

    def nearest(self, question: str) -> Nearest | None:
        """The nearest text; None where no text has anything of ``question``."""


Cut = Callable[[str], list[str]]
Make = Callable[[Sequence[str]], Peer]


class Bm25s:
    """bm25s with its own defaults (Lucene's BM25), over the terms that ``cut`` gives."""

    def __init__(self, cut: Cut, texts: Sequence[str]) -> None:
        import bm25s

        self._cut = cut
        self._index = bm25s.BM25()
        self._index.index([cut(text) for text in texts], show_progress=False)

    def nearest(self, question: str) -> Nearest | None:
        """The text with the highest BM25."""
        terms = [term for term in self._cut(question) if term in self._index.vocab_dict]
        return _highest(self._index.get_scores(terms)) if terms else None


class TfIdf:
    """scikit-learn's TF-IDF of character 1–3-grams, compared by cosine. ``sublinear``: logarithms of frequencies."""

    def __init__(self, sublinear: bool, texts: Sequence[str]) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer

        self._vectorizer = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), sublinear_tf=sublinear)
        self._rows = self._vectorizer.fit_transform([squash(text) for text in texts])

    def nearest(self, question: str) -> Nearest | None:
        """The text with the highest cosine."""
        vector = self._vectorizer.transform([squash(question)])
        return _highest((self._rows @ vector.T).toarray()[:, 0])


class RapidFuzz:
    """rapidfuzz with one of its scorers, over what ``spell`` makes of a text."""

    def __init__(self, scorer: str, spell: Callable[[str], str], texts: Sequence[str]) -> None:
        from rapidfuzz import fuzz, process

        self._extract = process.extractOne
        self._scorer = getattr(fuzz, scorer)
        self._spell = spell
        self._texts = [spell(text) for text in texts]

    def nearest(self, question: str) -> Nearest | None:
        """The text with the highest score."""
        _, score, number = self._extract(self._spell(question), self._texts, scorer=self._scorer)
        return Nearest(number, score) if score > 0 else None


class Haystack:
    """Haystack's InMemoryDocumentStore and InMemoryBM25Retriever over text cut by jieba, one of its algorithms."""

    def __init__(self, algorithm: str, texts: Sequence[str]) -> None:
        os.environ.setdefault("HAYSTACK_TELEMETRY_ENABLED", "False")
        from haystack import Document
        from haystack.components.retrievers.in_memory import InMemoryBM25Retriever
        from haystack.document_stores.in_memory import InMemoryDocumentStore

        self._words = word_cut()
        # its own expression takes Chinese apart into characters: the words are marked off by spaces instead
        store = InMemoryDocumentStore(bm25_tokenization_regex=r"\S+", bm25_algorithm=algorithm)
        documents = [Document(id=str(number), content=" ".join(self._words(text))) for number, text in enumerate(texts)]
        store.write_documents(documents)
        self._retriever = InMemoryBM25Retriever(document_store=store, top_k=1)

    def nearest(self, question: str) -> Nearest | None:
        """The text with the highest BM25."""
        query = " ".join(self._words(question))
        found = self._retriever.run(query=query)["documents"] if query else []
        return Nearest(int(found[0].id), found[0].score) if found else None


def word_cut(*, search: bool = False) -> Cut:
    """jieba's words without punctuation; for ``search`` long words also in their parts."""
    with warnings.catch_warnings():  # jieba's source has unescaped regular expressions
        warnings.simplefilter("ignore")
        import jieba
    jieba.setLogLevel("ERROR")
    cut: Callable[[str], list[str]] = jieba.lcut_for_search if search else jieba.lcut
    return lambda text: [word for word in cut(clean(text)) if squash(word)]


def characters(text: str) -> list[str]:
    """The characters of ``text`` without punctuation."""
    return list(squash(text))


def characters_and_pairs(text: str) -> list[str]:
    """The characters of ``text`` and each two that follow one another."""
    spelled = squash(text)
    return [*spelled, *map(str.__add__, spelled, spelled[1:])]


def _spaced(texts: Sequence[str], scorer: str) -> RapidFuzz:
    words = word_cut()
    return RapidFuzz(scorer, lambda text: " ".join(words(text)), texts)


PEERS: dict[str, dict[str, Make]] = {
    "bm25s, jieba": {
        "words": lambda texts: Bm25s(word_cut(), texts),
        "words for search": lambda texts: Bm25s(word_cut(search=True), texts),
    },
    "bm25s, characters": {
        "single": lambda texts: Bm25s(characters, texts),
        "single and pairs": lambda texts: Bm25s(characters_and_pairs, texts),
    },
    "TF-IDF, characters 1–3": {
        "plain": lambda texts: TfIdf(False, texts),
        "sublinear": lambda texts: TfIdf(True, texts),
    },
    "rapidfuzz": {
        "partial_ratio": lambda texts: RapidFuzz("partial_ratio", squash, texts),
        "ratio": lambda texts: RapidFuzz("ratio", squash, texts),
        "WRatio": lambda texts: RapidFuzz("WRatio", squash, texts),
        "token_set_ratio": lambda texts: _spaced(texts, "token_set_ratio"),
        "token_sort_ratio": lambda texts: _spaced(texts, "token_sort_ratio"),
    },
    "haystack-ai, jieba": {
        "BM25L": lambda texts: Haystack("BM25L", texts),
        "BM25Okapi": lambda texts: Haystack("BM25Okapi", texts),
    },
}
"""Each peer's settings by name; those that were never the best of their peer (rapidfuzz's partial token scorers, which
take any one word in common for a whole match, Haystack's BM25Plus) are left out to save time."""


def _highest(scores: Any) -> Nearest | None:
    number = int(scores.argmax())
    return Nearest(number, float(scores[number])) if scores[number] > 0 else None
