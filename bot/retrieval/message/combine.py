"""The verdicts on the parts of a message → one verdict on all of it, or none where only the whole was meant.

«这件事办得好不好,最后谁说了算» is one question in two halves, «就业怎么样,社保呢» are two. Which it is shows in what is
found: two halves of one question are answered by the same passage or not at all, two questions each by its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.retrieval.message.followup import own_content
from bot.retrieval.verdict import Match, Verdict

PART_THRESHOLD: Final = 0.5
"""Trust from which a part shows that it was meant by itself, where others are not answered."""

WHOLE_LEAD: Final = 0.1
"""How much more the whole must be trusted than the parts to be taken in their place."""

CLEAR_THRESHOLD: Final = 0.25
"""Trust from which a passage answers a part though it would not answer a message of its own: the other parts that are
answered show that the document is asked …"""

CLEAR_SECOND: Final = 0.05
"""… if no other passage is trusted by more."""

MAX_OFFERED: Final = 4  # passages offered for the parts that are not answered, all together


def combine(whole: Verdict, parts: Sequence[Verdict], *, certain: bool, apart: bool = False) -> Verdict | None:
    """The verdict on a message whose ``parts`` were judged one by one; None if ``whole`` is the better reading.

    ``certain``: each part is worded as a question; ``apart``: each is a sentence of its own.
    """
    if any(part.kind == "answer" and part.matches[0].score >= PART_THRESHOLD for part in parts):
        parts = [cleared(part) for part in parts]
    answered = [part for part in parts if part.kind == "answer"]
    places = {part.points[0].id for part in answered}
    silent = [part for part in parts if part.kind != "answer" and len(own_content(part.question)) > 1]
    if not answered or any(part.reason == "preparing" for part in parts):
        return None
    if len(places) == 1 and not silent and _stands_alone(whole, answered, certain):
        return replace(answered[0], question=whole.question)  # the rest of the message is a story around it
    if len(places) == 1 and (not silent or not _stands_alone(whole, answered, certain)):
        return None
    points = whole.kind == "answer" and whole.layer == "points"  # the source's answer to all is pieces of each
    if (
        points
        and not (apart and len(answered) == len(parts))
        and whole.point is not None
        and whole.point.id not in _shown(answered)
    ):
        least = min(part.matches[0].score for part in answered)
        if whole.matches[0].score + WHOLE_LEAD >= least:
            return None
    if silent and not certain:
        return None
    kept = [part for part in parts if part in answered or part in silent]
    return _joined(whole, kept)


def cleared(part: Verdict) -> Verdict:
    """``part`` as answered, where one passage alone was found that may answer it."""
    if part.kind != "suggest" or part.reason != "close" or part.matches[0].score < CLEAR_THRESHOLD:
        return part
    second = part.matches[1].score if len(part.matches) > 1 else 0.0
    return replace(part, kind="answer", reason="match") if second <= CLEAR_SECOND else part


def _stands_alone(whole: Verdict, answered: Sequence[Verdict], certain: bool) -> bool:
    """Whether a single answered part shows that another was a question of its own, which is not answered."""
    if not certain or whole.reason == "gap" or whole.kind == "answer":
        return False
    return all(part.matches[0].score >= PART_THRESHOLD for part in answered)


def _shown(parts: Sequence[Verdict]) -> set[str]:
    return {point.id for part in parts for point in part.points}


def _joined(whole: Verdict, parts: Sequence[Verdict]) -> Verdict:
    shown: dict[str, Match] = {}
    for part in parts:
        for match in part.matches[: part.answers] if part.kind == "answer" else ():
            shown.setdefault(match.point.id, match)
    offered: dict[str, Match] = {}
    for part in parts:
        for match in part.matches if part.kind != "answer" else ():
            if match.point.id not in shown:
                offered.setdefault(match.point.id, match)
    matches = (*shown.values(), *list(offered.values())[:MAX_OFFERED])
    first = next(part for part in parts if part.kind == "answer")
    return replace(
        first, question=whole.question, matches=matches, answers=len(shown), parts=tuple(parts), sections=(), context=""
    )
