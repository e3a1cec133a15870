"""What is answered and what is not is told apart by its wording; leaving one out is as if it had never been there."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.retrieval.index.likelihood import EmbeddingClassifier, TermClassifier, TrainingExample

VOCABULARY = 8
examples = st.lists(
    st.builds(
        TrainingExample, st.lists(st.integers(0, VOCABULARY - 1), unique=True, max_size=4).map(tuple), st.booleans()
    ),
    min_size=4,
    max_size=12,
)


def test_terms_of_answered_questions_speak_for_and_those_of_gaps_against() -> None:
    by_terms = TermClassifier(
        [TrainingExample((0, 1), True), TrainingExample((0, 2), True), TrainingExample((3, 1), False)], VOCABULARY
    )
    assert by_terms.score([0]) > 0 > by_terms.score([3])
    assert by_terms.score([]) == 0


def test_where_all_is_answered_nothing_is_known_of_gaps() -> None:
    assert TermClassifier([TrainingExample((0,), True)], VOCABULARY).score([0]) == 0
    assert EmbeddingClassifier(np.eye(3), [True, True, True]).score(np.ones(3)) == 0


@settings(deadline=None)
@given(examples, st.lists(st.integers(0, VOCABULARY - 1), unique=True, min_size=1, max_size=4))
def test_leaving_an_example_out_is_as_if_it_had_never_been_seen(seen: list[TrainingExample], asked: list[int]) -> None:
    rest = seen[1:]
    if {example.answered for example in rest} != {True, False}:
        return
    left_out = TermClassifier(seen, VOCABULARY).score(asked, without=seen[0])
    assert left_out == pytest.approx(TermClassifier(rest, VOCABULARY).score(asked))


def test_meanings_near_answered_ones_score_above_those_near_gaps() -> None:
    points = np.array([[1.0, 0.0], [0.9, 0.1], [0.0, 1.0], [0.1, 0.9]])
    by_meaning = EmbeddingClassifier(points, [True, True, False, False])
    assert by_meaning.score(np.array([0.95, 0.0])) > 0 > by_meaning.score(np.array([0.0, 0.95]))


def test_a_meaning_left_out_no_longer_speaks_for_itself() -> None:
    points = np.random.default_rng(7).normal(size=(12, 6)) / 10
    by_meaning = EmbeddingClassifier(points, [True] * 6 + [False] * 6)
    assert by_meaning.score(points[0], without=0) < by_meaning.score(points[0])
