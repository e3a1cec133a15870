"""Adding up is what a loop over terms and documents would give, for every family."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.retrieval.index.postings import Postings, bm25, presence_family

VOCABULARY = 12
terms = st.lists(st.integers(0, VOCABULARY - 1), max_size=8)


@given(st.lists(terms, max_size=6), st.lists(terms, max_size=4), terms)
def test_families_are_added_up_side_by_side(first: list[list[int]], second: list[list[int]], asked: list[int]) -> None:
    weights = np.arange(1.0, VOCABULARY + 1)
    sums = Postings([presence_family(first, weights), presence_family(second, weights**2)], VOCABULARY).add_up(asked)
    assert sums[0].tolist() == [sum(weights[term] for term in asked if term in document) for document in first]
    assert sums[1].tolist() == [sum(weights[term] ** 2 for term in asked if term in document) for document in second]


def test_a_rare_term_weighs_more_than_a_common_one_and_nothing_shared_weighs_nothing() -> None:
    documents = [[0, 1], [0, 2], [0, 3]]
    (scores,) = Postings([bm25(documents, VOCABULARY, 0.75)], VOCABULARY).add_up([0, 2])
    assert scores[1] > scores[0] > 0
    (nothing,) = Postings([bm25(documents, VOCABULARY, 0.75)], VOCABULARY).add_up([7])
    assert nothing.tolist() == [0, 0, 0]


def test_a_term_given_twice_counts_twice() -> None:
    file = Postings([bm25([[0, 1], [2]], VOCABULARY, 0.75)], VOCABULARY)
    assert file.add_up([0, 0])[0][0] == pytest.approx(2 * file.add_up([0])[0][0])
