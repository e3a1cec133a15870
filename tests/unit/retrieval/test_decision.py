"""What candidates amount to."""

import pytest

from bot.retrieval.index.index import Index
from bot.retrieval.index.tokenizer import shared_tokenizer
from bot.retrieval.ranking.candidates import Candidate, Features, QuestionFeatures, SearchResult
from bot.retrieval.ranking.decision import ALONE_THRESHOLD, ANSWER_THRESHOLD, JOIN_SECOND_THRESHOLD, judge
from bot.retrieval.ranking.ranking_model import TRUST_FEATURES, rank_candidates
from bot.retrieval.ranking.weights import Weights
from tests.unit.library import knowledge

INDEX = Index(knowledge(), shared_tokenizer())
RICE, ROAD = 1, 3  # points of the small document


def weighed(bias: float) -> Weights:
    """The cosine alone puts candidates in order; the trust is the logistic of ``bias``, whatever was found."""
    rank = tuple(float(name == "cosine") for name in Features._fields)
    return Weights(rank, (0.0,) * len(TRUST_FEATURES), bias)


def found(first: float, second: float) -> SearchResult:
    return SearchResult(
        (Candidate(RICE, Features(cosine=first), ""), Candidate(ROAD, Features(cosine=second), "")), QuestionFeatures()
    )


def test_one_passage_that_stands_out_is_shown_alone() -> None:
    judged = judge(INDEX, weighed(0.5), found(9.0, 1.0))
    assert (judged.kind, judged.answers) == ("answer", 1)
    assert [point.id for point in judged.shown] == ["rice"]


def test_two_that_are_about_as_likely_are_shown_together_each_in_its_place() -> None:
    judged = judge(INDEX, weighed(-0.2), found(1.0, 0.9))
    assert (judged.kind, judged.answers) == ("answer", 2)
    assert [point.id for point in judged.shown] == ["rice", "road"]


def test_where_the_first_is_sure_the_second_is_left_out() -> None:
    assert judge(INDEX, weighed(3.0), found(1.0, 0.9)).answers == 1


@pytest.mark.parametrize(("bias", "kind"), [(-0.1, "answer"), (-0.8, "suggest"), (-3.0, "decline")])
def test_the_less_it_is_trusted_the_less_is_claimed(bias: float, kind: str) -> None:
    assert judge(INDEX, weighed(bias), found(9.0, 1.0)).kind == kind


def test_nothing_found_is_unrelated() -> None:
    assert judge(INDEX, weighed(9.0), SearchResult()).reason == "unrelated"


def test_points_of_one_sentence_count_together() -> None:
    ordered = rank_candidates(
        ((0, 1), (1, 0), (2,)), SearchResult(tuple(Candidate(n, Features(), "") for n in range(3))), [1.0, 1.0, 1.0]
    )
    assert ordered.first_share == pytest.approx(2 / 3)
    assert [other.candidate.owner for other in ordered.others] == [2]


def test_the_thresholds_are_in_order() -> None:
    assert JOIN_SECOND_THRESHOLD < ANSWER_THRESHOLD < ALONE_THRESHOLD
