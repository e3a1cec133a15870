"""An index that is made like another one is the index that it would be by itself."""

from collections.abc import Iterable
from typing import ClassVar

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.knowledge.model import Knowledge
from bot.knowledge.parse.points_file import parse_points
from bot.retrieval.index.index import Index
from bot.retrieval.index.tokenizer import Tokenizer, load_frequencies, shared_tokenizer
from tests.unit.library import POINTS, SOURCE
from tests.unit.retrieval.speech import speech

CHANGES = {
    "nothing": ("", ""),
    "a question more": ("questions: [镇长是谁,", "questions: [这是谁的讲话, 镇长是谁,"),
    "a question less": ("今年种了多少亩水稻, ", ""),
    "a word that is cut whole": ("aliases: [田间课堂,", "aliases: [培训农户, 田间课堂,"),
    "a word no longer cut whole": ("aliases: [田间课堂, 农户培训]", "aliases: [农户培训]"),
    "another name of the document": ("青山镇春季", "赤水县春季"),
}


def small(points: str = POINTS) -> Knowledge:
    return parse_points(points, SOURCE, "points.yaml").knowledge


def same(one: Index, other: Index) -> bool:
    return (
        one.phrasings == other.phrasings
        and one.number_of == other.number_of
        and one.idfs == other.idfs
        and one.usual == other.usual
        and one.tokenizer.user_words == other.tokenizer.user_words
        and np.array_equal(one.norms, other.norms)
    )


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_texts_that_were_read_before_are_read_the_same_way(change: tuple[str, str]) -> None:
    assert change[0] in POINTS
    changed = small(POINTS.replace(*change))
    served = Index(small(), shared_tokenizer())
    assert same(Index(changed, shared_tokenizer(), like=served), Index(changed, shared_tokenizer()))


def test_a_word_that_comes_in_is_cut_whole_in_texts_that_were_read_before() -> None:
    word = "培训农户"
    served = Index(small(), shared_tokenizer())
    text = next(phrasing for phrasing in served.phrasings if word in phrasing.core)
    assert word not in served.number_of
    old, new = CHANGES["a word that is cut whole"]
    index = Index(small(POINTS.replace(old, new)), shared_tokenizer(), like=served)
    again = next(phrasing for phrasing in index.phrasings if phrasing.text == text.text)
    assert index.number_of[word] in again.terms


class Counting(Tokenizer):
    """Remembers what it cut, as do those with further words."""

    cut: ClassVar[list[str]] = []

    def with_words(self, words: Iterable[str]) -> Tokenizer:
        return Counting(self._dictionary, words)

    def terms(self, text: str) -> list[str]:
        self.cut.append(text)
        return super().terms(text)


@pytest.mark.slow
def test_only_texts_that_changed_are_cut_again() -> None:
    tokenizer = Counting(load_frequencies())
    served = Index(small(), tokenizer)
    asked = {phrasing.core for phrasing in served.phrasings if phrasing.kind == "question"}
    assert asked <= set(Counting.cut)
    Counting.cut.clear()
    Index(small(POINTS.replace(*CHANGES["a question more"])), tokenizer, like=served)
    assert asked.intersection(Counting.cut) == set()
    assert "这是谁的讲话" in Counting.cut


@pytest.mark.slow
def test_how_many_words_are_known_changes_nothing_about_texts_without_them() -> None:
    index = speech()._index
    rare = "龘靐齉爩鱻麤灪籲厵龗"
    words = [f"{one}{two}{three}" for one in rare for two in rare for three in rare]
    more = index.tokenizer.with_words([*index.tokenizer.user_words, *words * 5])
    assert more._jieba.total == index.tokenizer._jieba.total
    assert all(more.terms(phrasing.core) == index.tokenizer.terms(phrasing.core) for phrasing in index.phrasings)


@pytest.mark.slow
@settings(deadline=None, max_examples=40)
@given(st.data())
def test_a_word_changes_only_how_texts_are_cut_that_have_it(data: st.DataObject) -> None:
    index = speech()._index
    text = data.draw(st.sampled_from(index.phrasings)).core
    place = data.draw(st.integers(0, max(len(text) - 3, 0)))
    word = text[place : place + data.draw(st.integers(3, 8))]
    more = index.tokenizer.with_words([*index.tokenizer.user_words, word])
    cut_alike = more.cuts_like(index.tokenizer)
    others = [phrasing.core for phrasing in data.draw(st.lists(st.sampled_from(index.phrasings), max_size=60))]
    assert word in index.tokenizer.user_words or not cut_alike(text)
    assert all(more.terms(core) == index.tokenizer.terms(core) for core in others if cut_alike(core))
