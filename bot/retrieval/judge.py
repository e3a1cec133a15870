"""Candidates → a ``Judgement``: is this the answer, may it be, or does the document not say it?

Two linear models over the features of ``search``, fitted once with meanings and once without. *Rank* orders the points
(a conditional logit: the share of a point is the softmax of its score among all candidates; points shown in the same
sentences count together). *Trust* says how likely the first one answers (a logistic regression). Both were fitted on
the curated phrasings and gaps of the first document, written by five hands: the questions of each hand were asked of
an index that knew those of the four others, so that the models know how a stranger asks. No evaluation question took
part.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from operator import mul
from typing import NamedTuple

from bot.retrieval.features import Features, Signs
from bot.retrieval.index import Index
from bot.retrieval.search import Candidate, Found
from bot.retrieval.verdict import Match, Reason, VerdictKind
from bot.retrieval.weights import BY_MEANING, BY_WORDS, Weights

ANSWER_AT = 0.5  # trust from which the passage is shown as the answer
LEAN_AT = 0.25  # the same for a follow-up: what was asked before speaks for its subject
SUGGEST_AT = 0.2  # trust from which it is offered
GAP_AT = 0.8  # likeness from which a question counts as one that the curator marked as unanswered …
GAP_LEAD = 0.05  # … where no phrasing of the point is as near, by this much
LEAN = 0.4  # how much a follow-up's own words count beside those of both questions together
STAY = 1.5  # how much it counts, in the rank's log odds, that a follow-up is answered where the answer before stood
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


class Standing(NamedTuple):
    """How the first candidate stands among all.

    ``share`` is the log of its share, with all that is shown along with it; ``second`` the share of the best other;
    ``gap_lead`` and ``gap_lead_meaning`` how much nearer the nearest gap is than the nearest phrasing of it.
    """

    share: float
    second: float
    gap_lead: float
    gap_lead_meaning: float


def judge(index: Index, found: Found, own: Found | None = None, section: str = "") -> Judgement:
    """What the candidates amount to.

    ``own``: for a follow-up that was searched together with the question before it, what its own words find; among the
    points that both questions find, these come first. ``section``: where the answer before stood, which is where a
    follow-up is likely to be answered.
    """
    if not found.candidates:
        return Judgement("decline", "unrelated")
    weights = BY_WORDS if index.meanings is None else BY_MEANING
    ranked = _ranked(index, found.candidates, weights, own, section)
    first, _ = ranked[0]
    together = index.covered[first.owner]
    shown = sum(share for candidate, share in ranked if candidate.owner in together)
    others = [(candidate, share) for candidate, share in ranked[1:] if candidate.owner not in together]
    features, signs = first.features, found.signs
    standing = Standing(
        share=math.log(max(shown, 1e-6)),
        second=others[0][1] if others else 0.0,
        gap_lead=max(signs.gap_cosine, signs.gap_edit) - max(features.cosine, features.edit),
        gap_lead_meaning=signs.gap_meaning - features.meaning,
    )
    trust = trust_in(weights, features, signs, standing)
    matches = tuple(
        Match(
            point=index.points[candidate.owner],
            score=round(score, 4),
            phrasing=candidate.nearest,
            features=tuple(candidate.features._asdict().items()) + (tuple(signs._asdict().items()) if not rank else ()),
        )
        for rank, (candidate, score) in enumerate([(first, trust), *others][:MAX_MATCHES])
    )
    if standing.gap_lead > GAP_LEAD and max(signs.gap_cosine, signs.gap_edit) >= GAP_AT:
        return Judgement("decline", "gap", matches)
    if trust >= (ANSWER_AT if own is None else LEAN_AT):
        return Judgement("answer", "match", matches)
    if trust >= SUGGEST_AT:
        return Judgement("suggest", "close", matches)
    return Judgement("decline", "weak", matches)


def foreign_to(found: Found) -> bool:
    """Whether a question is nearer to one marked as unanswered than to any that is answered, by word and by meaning."""
    near = max((max(c.features.cosine, c.features.edit) for c in found.candidates), default=0.0)
    meaning = max((c.features.meaning for c in found.candidates), default=0.0)
    return max(found.signs.gap_cosine, found.signs.gap_edit) > near and found.signs.gap_meaning >= meaning


def doubted(judgement: Judgement) -> Judgement:
    """The same points, offered instead of answered."""
    return Judgement("suggest", "close", judgement.matches) if judgement.kind == "answer" else judgement


def certain(index: Index, core: str) -> Judgement | None:
    """The judgement where the question is, letter by letter, a phrasing of one point or one of its gaps."""
    owners = index.exact.get(core, ())
    if owners and all(owner in index.covered[owners[0]] for owner in owners):
        return Judgement("answer", "match", (Match(index.points[owners[0]], 1.0, core),))
    gap_owners = index.exact_gaps.get(core, ())
    if gap_owners and not owners:
        return Judgement("decline", "gap", tuple(Match(index.points[owner], 0.0, core) for owner in gap_owners))
    return None


def trust_in(weights: Weights, features: Features, signs: Signs, standing: Standing) -> float:
    """How likely a point of these ``features`` answers (0–1)."""
    logit = weights.bias + _dot(weights.trust, (*features, *signs, *standing))
    return 1 / (1 + math.exp(-max(min(logit, 30.0), -30.0)))


def _ranked(
    index: Index, candidates: Sequence[Candidate], weights: Weights, own: Found | None, section: str
) -> list[tuple[Candidate, float]]:
    """The candidates with their shares, best first."""
    scores = [_dot(weights.rank, candidate.features) for candidate in candidates]
    if own is not None:
        alone = {candidate.owner: _dot(weights.rank, candidate.features) for candidate in own.candidates}
        least = min(alone.values(), default=0.0)
        scores = [
            score + LEAN * alone.get(candidate.owner, least) + STAY * (index.points[candidate.owner].section == section)
            for candidate, score in zip(candidates, scores, strict=True)
        ]
    shares = softmax(scores)
    pairs = zip(candidates, shares, strict=True)
    return sorted(pairs, key=lambda pair: (-pair[1], pair[0].owner))


def softmax(scores: Sequence[float]) -> list[float]:
    """``scores`` as shares that add up to 1."""
    top = max(scores)
    powers = [math.exp(score - top) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]


def _dot(weights: Sequence[float], values: Sequence[float]) -> float:
    return float(sum(map(mul, weights, values)))
