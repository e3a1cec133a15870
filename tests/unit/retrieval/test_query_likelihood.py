"""How likely a question is to be asked of a point."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.retrieval.index.likelihood import LIKELIHOOD_SCALE, LIKELIHOOD_SMOOTHING, QueryLikelihood
from bot.retrieval.index.postings import Postings

VOCABULARY = 6
BAGS = [[(0, 1), (0, 2)], [(3, 4)], []]  # point 0 has two phrasings, point 1 one, point 2 none
OTHERS = [(4, 5)]


def of(terms: list[int], size: int) -> list[float]:
    likelihood = QueryLikelihood(BAGS, OTHERS, VOCABULARY)
    (gains,) = Postings([likelihood.family], VOCABULARY).add_up(terms)
    found: list[float] = likelihood.scores(gains, size).tolist()
    return found


def test_a_point_that_is_asked_for_in_such_words_is_likelier() -> None:
    first, second, third = of([0], 1)
    assert first > third > second - 1
    assert of([3, 4], 2)[1] == max(of([3, 4], 2))


def test_it_is_the_formula_of_dirichlet_smoothing() -> None:
    everything = {0: 2.5, 1: 1.5, 2: 1.5, 3: 1.5, 4: 2.5, 5: 1.5}
    background = everything[0] / sum(everything.values())
    expected = (
        math.log((2 + LIKELIHOOD_SMOOTHING * background) / (4 + LIKELIHOOD_SMOOTHING) / background) / LIKELIHOOD_SCALE
    )
    assert of([0], 1)[0] == pytest.approx(expected)


@given(st.lists(st.sampled_from(range(VOCABULARY)), unique=True, max_size=VOCABULARY))
def test_without_a_phrasing_is_as_if_nobody_had_written_it(terms: list[int]) -> None:
    size = len(terms) + 1
    without = QueryLikelihood(BAGS, OTHERS, VOCABULARY).without(0, (0, 2), terms, size)
    rest = QueryLikelihood([[(0, 1)], *BAGS[1:]], [*OTHERS, (0, 2)], VOCABULARY)  # the same background
    (gains,) = Postings([rest.family], VOCABULARY).add_up(terms)
    assert without == pytest.approx(float(rest.scores(gains, size)[0]))
