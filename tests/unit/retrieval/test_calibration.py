"""The judge is fitted to a knowledge by its own phrasings; on the small document, by words alone."""

from dataclasses import replace

import pytest

from bot.errors import BotError
from bot.retrieval.calibration.calibrate import Calibration, calibrate, is_better
from bot.retrieval.calibration.expected_rates import (
    JudgedQuestion,
    Rates,
    balanced_rate,
    cross_validate,
    expected_rates,
    judge_all,
)
from bot.retrieval.calibration.fit import MIN_QUESTIONS, NO_PRIOR, fit
from bot.retrieval.calibration.held_out import HeldOutResult, make_folds, search_held_out
from bot.retrieval.index.tokenizer import shared_tokenizer
from bot.retrieval.ranking.candidates import Candidate, Features, QuestionFeatures, SearchResult
from bot.retrieval.ranking.ranking_model import TRUST_FEATURES, rank_candidates, rank_scores, trust_row, trust_score
from bot.retrieval.ranking.weights import DEFAULT, WeightPair
from bot.retrieval.ranking.weights_file import as_json, as_module, from_json
from tests.unit.library import knowledge

pytestmark = pytest.mark.slow

FOREIGN = ("今天天气怎么样", "写一首诗", "三加五等于几", "附近有什么好吃的")


def test_every_phrasing_and_every_foreign_question_is_held_back_once_and_known_otherwise() -> None:
    held = []
    for block in make_folds(knowledge(), FOREIGN, 3):
        for text in block.held:
            known = block.knowledge.points[text.owner] if text.owner >= 0 else None
            assert text.text not in (block.foreign if known is None else (*known.questions, *known.gaps))
        held += [(text.owner, text.text) for text in block.held]
    questions = [(owner, text) for owner, point in enumerate(knowledge().points) for text in point.questions]
    gaps = [(owner, text) for owner, point in enumerate(knowledge().points) for text in point.gaps]
    assert sorted(held) == sorted([*questions, *gaps, *((-1, text) for text in FOREIGN)])


def test_a_bare_knowledge_is_asked_its_gaps_and_has_none() -> None:
    found = list(make_folds(knowledge(), FOREIGN, 2, gaps=False))
    assert all(not point.gaps for block in found for point in block.knowledge.points)
    assert {text.kind for block in found for text in block.held} == {"question", "gap", "foreign"}


def test_what_is_not_answered_wants_no_point() -> None:
    covered = tuple((owner,) for owner in range(len(knowledge().points)))
    for one in search_held_out(make_folds(knowledge(), FOREIGN, 3), covered, shared_tokenizer(), None):
        assert bool(one.wanted) is (one.kind == "question")


def one(kind: str, wanted: int, likely: tuple[float, float], block: int = 0) -> HeldOutResult:
    """A question with two candidates that differ in one feature."""
    candidates = tuple(Candidate(owner, Features(cosine=value), "") for owner, value in enumerate(likely))
    return HeldOutResult(
        block,
        "question" if kind == "question" else "gap",
        frozenset({wanted} if kind == "question" else ()),
        SearchResult(candidates, QuestionFeatures(wording=1.0 if kind == "question" else -1.0)),
    )


COVERED = ((0,), (1,))
SEEN = [
    *(one("question", number % 2, (0.9, 0.1) if number % 2 == 0 else (0.2, 0.8), number % 5) for number in range(60)),
    *(one("gap", -1, (0.5, 0.4), number % 5) for number in range(60)),
]


def test_fitted_weights_put_the_right_point_first_and_trust_it_and_no_gap() -> None:
    weights = fit(SEEN, COVERED)
    for asked in SEEN:
        ordered = rank_candidates(COVERED, asked.found, rank_scores(weights, asked.found.candidates))
        trust = trust_score(weights, trust_row(ordered, asked.found.question_features))
        if asked.kind == "question":
            assert {ordered.first.owner} == asked.wanted
            assert trust > 0.5
        else:
            assert trust < 0.5


def test_the_less_was_asked_the_more_of_the_prior_is_kept() -> None:
    prior = NO_PRIOR._replace(rank=(-9.0, *NO_PRIOR.rank[1:]))  # the first feature is the cosine
    few, many = (
        fit(SEEN[:MIN_QUESTIONS] + SEEN[60 : 60 + MIN_QUESTIONS], COVERED, prior),
        fit(SEEN * 20, COVERED, prior),
    )
    assert few.rank[0] < many.rank[0]


def test_too_few_phrasings_are_told_in_words() -> None:
    with pytest.raises(BotError, match=str(MIN_QUESTIONS)):
        calibrate(knowledge(), FOREIGN, shared_tokenizer(), None)


def test_each_question_is_judged_by_weights_that_never_saw_it() -> None:
    odd = [replace(asked, block=9) for asked in SEEN[:1]]
    found = cross_validate([*SEEN[1:], *odd], COVERED)
    assert len(found) == len(SEEN)
    assert expected_rates(found, 0.5).right == 1.0
    assert expected_rates(found, 0.5).near == 0.0


def test_rates_are_shares_of_their_kind() -> None:
    found = [
        JudgedQuestion("question", 0.9, right=True),
        JudgedQuestion("question", 0.9, right=False),
        JudgedQuestion("question", 0.3, right=True),
        JudgedQuestion("gap", 0.6, right=False),
        JudgedQuestion("gap", 0.1, right=False),
    ]
    assert expected_rates(found, 0.5) == (0.5, 1 / 3, 0.5, None)


def test_weights_are_read_back_as_they_were_written() -> None:
    assert from_json(as_json(DEFAULT)) == DEFAULT


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        as_json(DEFAULT).replace('"bias": ', '"bias": 1' + "0" * 400, 1),
        as_json(DEFAULT).replace('"bias": ', '"bias": NaN, "was": ', 1),
    ],
    ids=["deep", "huge", "nan"],
)
def test_weights_that_are_no_numbers_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        from_json(text)


def test_another_module_is_not_overwritten() -> None:
    with pytest.raises(ValueError, match="module"):
        as_module(DEFAULT, "x = 1\n")


def test_what_was_not_asked_has_no_rate() -> None:
    assert expected_rates([JudgedQuestion("question", 0.9, right=True)], 0.5) == (0.5, 1.0, None, None)


def test_a_question_that_finds_nothing_counts_as_declined() -> None:
    nothing = HeldOutResult(0, "foreign", frozenset(), SearchResult())
    assert [each.likely for each in cross_validate([nothing, *SEEN], COVERED) if each.kind == "foreign"] == [0.0]


def test_a_feature_that_never_varies_keeps_the_weight_it_had() -> None:
    prior = NO_PRIOR._replace(trust=(*NO_PRIOR.trust[:-1], 3.0))
    seen = [replace(asked, found=replace(asked.found, question_features=QuestionFeatures())) for asked in SEEN]
    varied = fit(seen, COVERED, prior)
    strange = TRUST_FEATURES.index("strange")
    assert varied.trust[strange] == prior.trust[strange]


@pytest.mark.parametrize("text", ["", "[]", '{"by_meaning": {}}', as_json(DEFAULT).replace("cosine2", "unheard_of")])
def test_weights_of_another_version_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        from_json(text)


def test_the_module_of_the_defaults_is_written_as_it_stands() -> None:
    from bot.config import ROOT

    module = (ROOT / "bot" / "retrieval" / "ranking" / "weights.py").read_text(encoding="utf-8")
    assert as_module(DEFAULT, module) == module
    assert "BY_WORDS" in as_module(WeightPair(DEFAULT.by_words, DEFAULT.by_words), module)


def test_rates_are_worth_what_is_right_and_what_is_left() -> None:
    good, bad = Rates(0.5, 0.9, 0.1, 0.0), Rates(0.5, 0.1, 0.0, 0.0)
    assert balanced_rate(good) > balanced_rate(bad)
    assert balanced_rate(Rates(0.5, 1.0, None, None)) == 1.0


def test_the_weights_that_fit_are_preferred_to_others_only_where_they_judge_better() -> None:
    default = tuple(judge_all(NO_PRIOR, SEEN, COVERED))
    fitted = tuple(cross_validate(SEEN, COVERED))
    assert is_better(Calibration(NO_PRIOR, fitted, default), 0.5)
    assert not is_better(Calibration(NO_PRIOR, default, fitted), 0.5)
