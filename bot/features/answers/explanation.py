"""How a verdict came about, in plain words: what was read, why it was answered or not, and what stood nearest."""

from __future__ import annotations

from collections.abc import Iterator

from bot.conversation.messages import Part, Reply, choice, say
from bot.knowledge.model import Knowledge
from bot.retrieval.verdict import Match, Verdict
from bot.wording import Why

NEAREST = 3


def nothing_to_explain() -> Reply:
    """The reply to «why?» where nothing was asked yet."""
    return say(Why.NOTHING_YET)


def explained(knowledge: Knowledge, verdict: Verdict) -> Reply:
    """The reply to «why?» about ``verdict``, each part of its message by itself; its passages may be tapped."""
    lines = [Why.READ.format(question=verdict.question)]
    if verdict.context:
        lines.append(Why.CONTEXT.format(context=verdict.context))
    if verdict.parts:
        lines.append(Why.PARTS)
    for number, part in enumerate(verdict.parts, start=1):
        lines += [Why.PART.format(number=number, asked=part.asked), *_lines(knowledge, part)]
    if not verdict.parts:
        lines += _lines(knowledge, verdict)
    points = {match.point.id: match.point for one in verdict.parts or (verdict,) for match in _nearest(one)}
    return Reply(tuple(Part("text", line) for line in lines), tuple(map(choice, points.values())))


def _lines(knowledge: Knowledge, verdict: Verdict) -> Iterator[str]:
    yield _reason(verdict)
    if verdict.layer == "source":
        yield Why.LAYERS["source"] if knowledge.points else Why.SOURCE_ALONE
    nearest = _nearest(verdict)
    if nearest:
        yield Why.NEAREST
    for match in nearest:
        if match.phrasing:
            yield Why.MATCH.format(title=match.point.title, score=match.score, phrasing=match.phrasing)
        else:
            citation = knowledge.citation(match.point)
            yield Why.PASSAGE.format(citation=citation, title=match.point.title, score=match.score)


def _nearest(verdict: Verdict) -> tuple[Match, ...]:
    if verdict.sections or verdict.lookup is not None:
        return ()
    return tuple(sorted(verdict.matches[: max(NEAREST, verdict.answers)], key=lambda match: -match.score))


def _reason(verdict: Verdict) -> str:
    if verdict.lookup is not None:
        return Why.LAYERS["place"]
    if verdict.sections:
        return Why.OUTLINE
    if verdict.corrected:
        return Why.CORRECTED.format(corrected=verdict.corrected)
    if verdict.mentioned:
        return Why.MENTIONED.format(term=verdict.mentioned)
    if len(verdict.points) > 1:
        return Why.SEVERAL
    return Why.REASONS[verdict.reason].format(missing=verdict.missing)
