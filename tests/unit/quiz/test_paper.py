"""Papers of a competition: drawn alike, scored as a contest is, the right one counted, branches averaged."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.quiz.contest.scoring import scores
from bot.quiz.contest.state import Rules
from bot.quiz.paper import (
    Counting,
    Paper,
    PaperResult,
    PaperRules,
    PersonScore,
    branch_scores,
    counted_result,
    draw_questions,
    due_time,
    paper_score,
    person_scores,
)
from bot.quiz.question import Question
from tests.unit.quiz.builders import NOON, Game, question, setup

BANK = [question(number, correct=(0, 2) if number % 3 == 0 else (1,)) for number in range(60)]


def paper(*, minutes: int = 10, questions: tuple[Question, ...] = (), given_in: float | None = None) -> Paper:
    given_in_at = None if given_in is None else NOON + timedelta(minutes=given_in)
    return Paper("p", "c", "m", 1, NOON, NOON + timedelta(minutes=minutes), questions, given_in_at)


def test_a_paper_is_over_at_its_time_though_nobody_gave_it_in() -> None:
    written = paper(minutes=10)
    assert not written.is_over(NOON + timedelta(minutes=10) - timedelta(microseconds=1))
    assert written.is_over(NOON + timedelta(minutes=10))
    assert written.ms == 600_000


def test_a_paper_that_was_given_in_early_took_so_much_less_time() -> None:
    assert paper(minutes=10, given_in=2.5).ms == 150_000
    assert paper(minutes=10, given_in=11).ms == 600_000


def test_the_time_of_a_paper_ends_with_its_competition() -> None:
    rules = PaperRules(minutes=30)
    assert due_time(NOON, rules, NOON + timedelta(days=1)) == NOON + timedelta(minutes=30)
    assert due_time(NOON, rules, NOON + timedelta(minutes=5)) == NOON + timedelta(minutes=5)


def test_all_papers_of_a_competition_have_the_same_mix_and_different_questions() -> None:
    def mix(seed: str) -> Counter[str]:
        return Counter(one.form for one in draw_questions(BANK, 12, competition="c", seed=seed))

    drawn = [draw_questions(BANK, 12, competition="c", seed=f"s{number}") for number in range(20)]
    assert all(len({one.id for one in questions}) == 12 for questions in drawn)
    assert len({tuple(sorted(one.id for one in questions)) for questions in drawn}) > 1
    assert len({tuple(sorted(mix(f"s{number}").items())) for number in range(20)}) == 1


def test_the_next_paper_asks_what_was_not_asked_before() -> None:
    first = draw_questions(BANK, 12, competition="c", seed="1")
    second = draw_questions(BANK, 12, competition="c", seed="2", recent=[one.id for one in first])
    assert not {one.id for one in first} & {one.id for one in second}


@given(chosen=st.dictionaries(st.integers(0, 4), st.sampled_from([(0,), (1,), (0, 2), (3,), ()])))
def test_the_same_answers_have_the_points_of_a_contest(chosen: dict[int, tuple[int, ...]]) -> None:
    asked = tuple(BANK[:5])
    game = Game(setup(questions=asked, rules=Rules(patience=99)))
    game.play(*({"m": chosen[number]} if chosen.get(number) else {} for number in range(5)))
    played = next((one for one in scores(game.state) if one.member == "m"), None)
    written = paper_score(paper(questions=asked), chosen)
    assert written.points == (played.points if played else 0)
    assert written.right == (played.right if played else 0)
    assert written.answered == (played.answered if played else 0)


RESULTS = st.lists(
    st.builds(
        lambda person, number, points, ms, minutes: PaperResult(
            f"{person}-{number}-{minutes}-{points}-{ms}",
            person,
            number,
            NOON + timedelta(minutes=minutes),
            points,
            9,
            ms,
        ),
        st.sampled_from("abcd"),
        st.integers(1, 3),
        st.integers(0, 9),
        st.integers(0, 5),
        st.integers(0, 20),
    ),
    max_size=20,
)


@given(results=RESULTS, counting=st.sampled_from(["best", "last"]))
def test_each_person_has_the_best_or_the_last_of_the_papers(results: list[PaperResult], counting: Counting) -> None:
    found = {one.person: one for one in person_scores(results, counting)}
    assert set(found) == {one.person for one in results}
    for person, score in found.items():
        own = [one for one in results if one.person == person]
        assert score.tries == len(own)
        if counting == "best":
            assert score.points == max(one.points for one in own)
            assert score.ms == min(one.ms for one in own if one.points == score.points)
        else:
            latest = max(one.started_at for one in own)
            assert (score.points, score.ms) in {(one.points, one.ms) for one in own if one.started_at == latest}


@given(results=RESULTS, branches=st.dictionaries(st.sampled_from("abcd"), st.sampled_from(["一", "二", ""])))
def test_the_points_of_a_branch_are_the_average_of_those_who_took_part(
    results: list[PaperResult], branches: dict[str, str]
) -> None:
    found = person_scores(results, "best")
    placed = branch_scores(found, branches, {"一": 3, "三": 2})
    assert {one.score.branch for one in placed} == {
        *(branches[score.person] for score in found if branches.get(score.person)),
        "一",
        "三",
    }
    for placement in placed:
        score = placement.score
        own = [one.points for one in found if branches.get(one.person) == score.branch]
        assert score.taken_part == len(own)
        assert score.points == (Fraction(sum(own), len(own)) if own else 0)
        assert (score.rate is None) == (score.branch == "二")
    shown = [one.score.points for one in placed if one.score.taken_part]
    assert shown == sorted(shown, reverse=True)
    assert all(one.score.taken_part == 0 for one in placed[len(shown) :])


def test_the_rate_is_the_share_of_the_list_that_took_part() -> None:
    found = [PersonScore("a", 5, 1, 9, 1), PersonScore("b", 3, 1, 9, 1)]
    [placed] = branch_scores(found, {"a": "一", "b": "一"}, {"一": 5})
    assert placed.score.rate == Fraction(2, 5) and placed.score.points == 4


def test_nothing_counts_of_somebody_without_a_paper() -> None:
    with pytest.raises(ValueError, match="no results"):
        counted_result([], "best")
