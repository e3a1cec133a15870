"""Every phrasing is asked as if nobody had written it."""

from bot.cli.leave_one_out import overall, scores_of
from tests.unit.library import knowledge, retriever


def test_every_question_is_asked_once_and_the_weakest_point_comes_first() -> None:
    scores = scores_of(retriever().leave_one_out())
    assert sum(score.asked for score in scores.values()) == sum(len(point.questions) for point in knowledge().points)
    rates = [score.rate for score in scores.values()]
    assert rates == sorted(rates)
    assert all(score.asked - score.right == len(score.missed) for score in scores.values())


def test_a_phrasing_left_out_does_not_find_itself() -> None:
    outcomes = {outcome.phrasing: outcome for outcome in retriever().leave_one_out()}
    assert retriever().ask("学校有什么新变化").kind == "answer"
    assert not outcomes["学校有什么新变化"].right or outcomes["学校有什么新变化"].point.id == "school"
    assert 0 < overall(scores_of(outcomes.values())) < 1
