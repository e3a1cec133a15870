"""Candidates → a ``Judgement``: is this the answer, may it be, or does the document not say it?

``ranking_model`` has the two models, ``weights`` their weights, and ``bot.retrieval.calibration`` fits them: every
question and gap of the first document is asked of an index that does not know the part of the phrasings that was
written along with it, so that the models know how a stranger asks. No evaluation question takes part.

While the embeddings of a new knowledge are still being made, ``restrict_to_sure`` gives less than later, and nothing
else. A judge that knows embeddings too agrees with an answer by words the sooner, the more that one is trusted and the
less any other passage is; a decline it may turn into an answer. So what is not sure is only suggested, and «no» becomes
«not yet». Of 950 questions that strangers asked, words answer 726; 28 of these answers are different by embeddings, and
none of the 188 that are sure. Of 3426 answers to phrasings that were left out of the index 142 differ, and 1 of 937.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from bot.knowledge.model import Point
from bot.retrieval.index.index import Index
from bot.retrieval.ranking.candidates import Candidate, Features, QuestionFeatures, SearchResult
from bot.retrieval.ranking.ranking_model import Ranking, rank_candidates, rank_scores, trust_row, trust_score
from bot.retrieval.ranking.weights import Weights
from bot.retrieval.verdict import Layer, Match, Reason, VerdictKind

if TYPE_CHECKING:
    from bot.retrieval.source.source_judge import SourceJudgement

ANSWER_THRESHOLD = 0.4  # trust from which the passage is shown as the answer
FOLLOWUP_THRESHOLD = 0.2  # the same for a follow-up: what was asked before speaks for its subject
SUGGEST_THRESHOLD = 0.25  # trust from which it is offered
ALONE_THRESHOLD = 0.8  # trust from which one passage is shown by itself …
JOIN_FIRST_THRESHOLD = 0.3  # … from which a second is shown beside it …
JOIN_SECOND_THRESHOLD = 0.2  # … if that is trusted so far itself
MAX_SHOWN_LENGTH = 350  # characters of the passages that are shown together, with their titles and places
MAX_PLACES = 3  # if a term is used more often, one place has to do
GAP_THRESHOLD = 0.8  # likeness from which a question counts as one that the curator marked as unanswered …
GAP_LEAD = 0.05  # … if no phrasing of the point is as near, by this much
FOLLOWUP_OWN_WEIGHT = 0.4  # how much a follow-up's own words count beside those of both questions together
SAME_SECTION_BONUS = (
    1.5  # how much it counts, in the rank's log odds, that a follow-up is answered in the section of the answer before
)
MAX_MATCHES = 4


@dataclass(frozen=True, slots=True)
class Judgement:
    """The kind of a verdict, why, and the points behind it, best first.

    The first ``answers`` of them are shown; or the headings of ``sections``, if there are any. ``source``: what the
    source itself says to the question, if the points do not answer it. ``layer``: which of the two found ``matches``.
    """

    kind: VerdictKind
    reason: Reason
    matches: tuple[Match, ...] = ()
    answers: int = 1
    sections: tuple[str, ...] = ()
    source: SourceJudgement | None = None
    layer: Layer = "points"

    @property
    def shown(self) -> tuple[Point, ...]:
        """The points of which something is shown, if this is an answer."""
        return tuple(match.point for match in self.matches[: max(self.answers, len(self.sections))])

    @property
    def trust(self) -> float:
        """How likely the first match answers (0–1); 0 without one."""
        return self.matches[0].score if self.matches else 0.0


def judge(
    index: Index, weights: Weights, found: SearchResult, own: SearchResult | None = None, section: str = ""
) -> Judgement:
    """What the candidates amount to.

    ``own``: for a follow-up that was searched together with the question before it, what its own words find; among the
    points that both questions find, these come first. ``section``: where the answer before stood, which is where a
    follow-up is likely to be answered.
    """
    if not found.candidates:
        return Judgement("decline", "unrelated")
    ranking = rank_candidates(index.coverage, found, _scores(index, weights, found, own, section))
    row = trust_row(ranking, found.question_features)
    trust = trust_score(weights, row)
    matches = _matches(index, ranking, found.question_features, trust)
    plan = plan_display(ranking, found.question_features, trust)
    if plan.gap:
        return Judgement("decline", "gap", matches)
    together = plan.together and _fit(index, matches[:2])
    if (plan.likely if together else trust) >= (ANSWER_THRESHOLD if own is None else FOLLOWUP_THRESHOLD):
        return Judgement("answer", "match", matches, answers=1 + together)
    if trust >= SUGGEST_THRESHOLD:
        return Judgement("suggest", "close", matches)
    return Judgement("decline", "weak", matches)


class DisplayPlan(NamedTuple):
    """What would be shown, and how likely it answers.

    ``together``: whether the best two are to be shown, if they fit. ``likely``: how likely what is shown answers
    (0-1). ``gap``: whether the question is as good as one that the curator marked as unanswered.
    """

    likely: float
    together: bool
    gap: bool


def plan_display(ranking: Ranking, question_features: QuestionFeatures, trust: float) -> DisplayPlan:
    """What would be shown: the first candidate, whose trust is ``trust``, or the best two."""
    second = trust * ranking.second_share / max(ranking.first_share, ranking.second_share)
    together = JOIN_FIRST_THRESHOLD <= trust < ALONE_THRESHOLD and second >= JOIN_SECOND_THRESHOLD
    gap = (
        ranking.rank_features.gap_lead > GAP_LEAD
        and max(question_features.gap_cosine, question_features.gap_edit) >= GAP_THRESHOLD
    )
    return DisplayPlan(trust + together * second, together, gap)


def is_nearer_to_gap(found: SearchResult) -> bool:
    """Whether a question is nearer to one marked as unanswered than to any that is answered, by word and by meaning."""
    near = max((max(c.features.cosine, c.features.edit) for c in found.candidates), default=0.0)
    meaning = max((c.features.meaning for c in found.candidates), default=0.0)
    return (
        max(found.question_features.gap_cosine, found.question_features.gap_edit) > near
        and found.question_features.gap_meaning >= meaning
    )


def downgrade(judgement: Judgement) -> Judgement:
    """The same points, offered instead of answered."""
    return Judgement("suggest", "close", judgement.matches) if judgement.kind == "answer" else judgement


def everywhere_mentioned(index: Index, judgement: Judgement, term: str) -> Judgement:
    """The answer to what ``term`` means, with the other passages that use it, if they are few and short."""
    first = judgement.matches[0]
    beside = index.coverage[index.points.index(first.point)]
    others = [
        Match(index.points[owner], first.score, first.phrasing)
        for owner, quote in enumerate(index.quotes)
        if term in quote and owner not in beside
    ]
    matches = (first, *others)
    if len(matches) > MAX_PLACES or not _fit(index, matches):
        matches = (first,)
    return replace(judgement, matches=(*matches, *judgement.matches[1:]), answers=len(matches))


def exact_match(index: Index, core: str) -> Judgement | None:
    """The judgement where the question is, letter by letter, a phrasing of one point or one of its gaps."""
    owners = index.exact.get(core, ())
    if owners and all(owner in index.coverage[owners[0]] for owner in owners):
        return Judgement("answer", "match", (Match(index.points[owners[0]], 1.0, core),))
    gap_owners = index.exact_gaps.get(core, ())
    if gap_owners and not owners:
        return Judgement("decline", "gap", tuple(Match(index.points[owner], 0.0, core) for owner in gap_owners))
    return None


SURE_THRESHOLD = 0.93
"""Trust from which an answer by words is given …"""
SECOND_LIMIT = 0.03
"""… if no other passage is trusted by more."""


def restrict_to_sure(judgement: Judgement) -> Judgement:
    """What of a ``judgement`` by words alone may be said already."""
    if judgement.kind != "answer":
        return replace(judgement, reason="preparing")
    second = judgement.matches[1].score if len(judgement.matches) > 1 else 0.0
    as_written = judgement.trust >= 1  # a phrasing letter by letter, or a section by its name: embeddings play no part
    if as_written or (judgement.trust >= SURE_THRESHOLD and second <= SECOND_LIMIT):
        return judgement
    return Judgement("suggest", "preparing", judgement.matches)


def _scores(index: Index, weights: Weights, found: SearchResult, own: SearchResult | None, section: str) -> list[float]:
    scores = rank_scores(weights, found.candidates)
    if own is None:
        return scores
    scored = zip(own.candidates, rank_scores(weights, own.candidates), strict=True)
    alone = {candidate.owner: score for candidate, score in scored}
    least = min(alone.values(), default=0.0)
    return [
        score
        + FOLLOWUP_OWN_WEIGHT * alone.get(candidate.owner, least)
        + SAME_SECTION_BONUS * (index.points[candidate.owner].section == section)
        for candidate, score in zip(found.candidates, scores, strict=True)
    ]


def _matches(index: Index, ranking: Ranking, question_features: QuestionFeatures, trust: float) -> tuple[Match, ...]:
    first = _match(index, ranking.first, trust, question_features._asdict())
    scale = trust / max(
        ranking.first_share, ranking.second_share
    )  # a share of what may be meant → how likely it answers
    others = ranking.others[: MAX_MATCHES - 1]
    return (first, *(_match(index, other.candidate, scale * other.share) for other in others))


def _match(
    index: Index, candidate: Candidate, score: float, question_features: dict[str, float] | None = None
) -> Match:
    features: Features = candidate.features
    numbers = {**features._asdict(), **(question_features or {})}
    return Match(index.points[candidate.owner], round(score, 4), candidate.nearest, tuple(numbers.items()))


def _fit(index: Index, matches: tuple[Match, ...]) -> bool:
    """Whether the passages, each with its title and place, are short enough to be read together on a phone."""
    knowledge = index.knowledge
    lengths = (
        len(match.point.title)
        + len(knowledge.citation(match.point))
        + sum(map(len, knowledge.excerpt_texts(match.point)))
        for match in matches
    )
    return sum(lengths) <= MAX_SHOWN_LENGTH
