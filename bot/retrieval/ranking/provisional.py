"""What may be said by words alone while meanings are on their way: less than later, and nothing else.

A judge that knows meanings too agrees with an answer by words the sooner, the more that one is trusted and the less any
other passage is; a «no» it may turn into an answer. So what is not sure is only offered, and «no» becomes «not yet».

Of 950 questions that strangers asked, words answer 726; 28 of these answers are other ones by meaning too, and none of
the 188 that are sure. Of 3426 answers to phrasings that were left out of the index 142 are other ones, and 1 of 937.
"""

from __future__ import annotations

from dataclasses import replace

from bot.retrieval.ranking.decision import Judgement

SURE_THRESHOLD = 0.93
"""Trust from which an answer by words is given …"""
SECOND_LIMIT = 0.03
"""… where no other passage is trusted by more."""


def restrict_to_sure(judgement: Judgement) -> Judgement:
    """What of a ``judgement`` by words alone may be said already."""
    if judgement.kind != "answer":
        return replace(judgement, reason="preparing")
    second = judgement.matches[1].score if len(judgement.matches) > 1 else 0.0
    as_written = judgement.trust >= 1  # a phrasing letter by letter, or a section by its name: meanings play no part
    if as_written or (judgement.trust >= SURE_THRESHOLD and second <= SECOND_LIMIT):
        return judgement
    return Judgement("suggest", "preparing", judgement.matches)
