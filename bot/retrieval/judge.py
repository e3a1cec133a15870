"""Candidates → a ``Judgement``: is this the answer, may it be, or does the document not say it?

Two linear models over the features of ``search``. ``RANK`` orders the points (a conditional logit: the share of a
point is the softmax of its score among all candidates). ``TRUST`` says how likely the first one answers (a logistic
regression). Both were fitted on the curated phrasings of the first document, each asked with itself left out, with
its curated gaps and questions on foreign subjects as what must not be answered. No evaluation question took part.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from operator import mul

from bot.retrieval.index import Index
from bot.retrieval.search import Candidate, Features
from bot.retrieval.verdict import Match, Reason, VerdictKind

RANK = Features(cosine=1.8, support=0.6, edit=1.1, said=7.9, passage=4.7, mistyped=-0.9, echo=2.9)
TRUST = Features(edit=0.2, explained=3.2, said=1.2, mistyped=-2.6, strange=-4.4)
TRUST_SHARE = 3.0
TRUST_GAP = -2.9
BIAS = -3.4

ANSWER_AT = 0.45  # trust from which the passage is shown as the answer
SUGGEST_AT = 0.15  # trust from which it is offered
GAP_AT = 0.6  # likeness from which a question counts as one that the curator marked as unanswered
CARRY = 0.6  # how much the question before counts beside a follow-up
MAX_MATCHES = 4


@dataclass(frozen=True, slots=True)
class Judgement:
    """The kind of a verdict, why, and the points behind it, best first."""

    kind: VerdictKind
    reason: Reason
    matches: tuple[Match, ...] = ()

    @property
    def trust(self) -> float:
        """How likely the first match answers (0–1); 0 without one."""
        return self.matches[0].score if self.matches else 0.0


def judge(index: Index, candidates: Sequence[Candidate]) -> Judgement:
    """What the candidates amount to."""
    if not candidates:
        return Judgement("decline", "unrelated")
    ranks = {candidate.owner: rank(candidate.features) for candidate in candidates}
    ranked = sorted(candidates, key=lambda candidate: (-ranks[candidate.owner], candidate.owner))
    shares = softmax([ranks[candidate.owner] for candidate in ranked])
    first = ranked[0]
    gap = max(candidate.gap for candidate in ranked[:3])
    trust = trust_in(first.features, shares[0], gap)
    scores = [trust, *shares[1:]]
    matches = tuple(
        Match(
            point=index.points[candidate.owner],
            score=round(score, 4),
            phrasing=candidate.nearest,
            features=tuple(candidate.features._asdict().items()),
        )
        for candidate, score in zip(ranked[:MAX_MATCHES], scores, strict=False)
    )
    if gap >= GAP_AT and gap > max(first.features.cosine, first.features.edit):
        return Judgement("decline", "gap", matches)
    if trust >= ANSWER_AT:
        return Judgement("answer", "match", matches)
    if trust >= SUGGEST_AT:
        return Judgement("suggest", "close", matches)
    return Judgement("decline", "weak", matches)


def together(now: Sequence[Candidate], before: Sequence[Candidate]) -> list[Candidate]:
    """The candidates of a follow-up: what speaks for a point in the question ``now`` and, less, in the one ``before``.

    What the question itself asks for, and how strange its words are, is its own alone.
    """
    earlier = {candidate.owner: candidate for candidate in before}
    found: list[Candidate] = []
    for candidate in now:
        other = earlier.get(candidate.owner)
        mixed = _mix(candidate.features, other.features if other else Features())
        found.append(replace(candidate, features=mixed))
    return found


def _mix(now: Features, before: Features) -> Features:
    mixed = Features(*((a + CARRY * b) / (1 + CARRY) for a, b in zip(now, before, strict=True)))
    return mixed._replace(mistyped=now.mistyped, strange=now.strange)


def certain(index: Index, core: str) -> Judgement | None:
    """The judgement where the question is, letter by letter, a phrasing of one point or one of its gaps."""
    owners = index.exact.get(core, ())
    if len(owners) == 1:
        (owner,) = owners
        return Judgement("answer", "match", (Match(index.points[owner], 1.0, core),))
    gap_owners = index.exact_gaps.get(core, ())
    if gap_owners and not owners:
        return Judgement("decline", "gap", tuple(Match(index.points[owner], 0.0, core) for owner in gap_owners))
    return None


def rank(features: Features) -> float:
    """The rank of a point: higher stands before lower; only differences mean something."""
    return _dot(RANK, features)


def trust_in(features: Features, share: float, gap: float) -> float:
    """How likely a point of these ``features`` answers (0–1).

    ``share``: its softmax share among the candidates; ``gap``: likeness of the nearest question marked as
    unanswered; both 0–1.
    """
    logit = BIAS + _dot(TRUST, features) + TRUST_SHARE * share + TRUST_GAP * gap
    return 1 / (1 + math.exp(-logit))


def softmax(scores: Sequence[float]) -> list[float]:
    """``scores`` as shares that add up to 1."""
    top = max(scores)
    powers = [math.exp(score - top) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]


def _dot(weights: Features, features: Features) -> float:
    return float(sum(map(mul, weights, features)))
