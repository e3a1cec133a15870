"""How a verdict came about, in plain words: what was read, why it was answered or not, and what stood nearest."""

from __future__ import annotations

from bot.conversation.messages import Part, Reply, choice, say
from bot.retrieval.verdict import Verdict
from bot.wording import Why

NEAREST = 3


def nothing_to_explain() -> Reply:
    """The reply to «why?» where nothing was asked yet."""
    return say(Why.NOTHING_YET)


def explained(verdict: Verdict) -> Reply:
    """The reply to «why?» about ``verdict``; its passages may be tapped."""
    lines = [Why.READ.format(question=verdict.question)]
    if verdict.context:
        lines.append(Why.CONTEXT.format(context=verdict.context))
    lines.append(_reason(verdict))
    nearest = () if verdict.sections or verdict.lookup is not None else verdict.matches[: max(NEAREST, verdict.answers)]
    if nearest:
        lines.append(Why.NEAREST)
    lines += [
        Why.MATCH.format(title=match.point.title, score=match.score, phrasing=match.phrasing) for match in nearest
    ]
    parts = tuple(Part("text", line) for line in lines)
    return Reply(parts, tuple(choice(match.point) for match in nearest))


def _reason(verdict: Verdict) -> str:
    if verdict.lookup is not None:
        return Why.LOOKED_UP
    if verdict.sections:
        return Why.OUTLINE
    if verdict.corrected:
        return Why.CORRECTED.format(corrected=verdict.corrected)
    if verdict.mentioned:
        return Why.MENTIONED.format(term=verdict.mentioned)
    if len(verdict.points) > 1:
        return Why.SEVERAL
    return Why.REASONS[verdict.reason].format(missing=verdict.missing)
