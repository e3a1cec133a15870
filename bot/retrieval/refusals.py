"""Questions that no passage may answer: talk against a person, and whom or what the document does not have."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.retrieval.core_judge import VerdictCache
from bot.retrieval.index.index import Index
from bot.retrieval.normalize.question import NormalizedQuestion, normalize_question
from bot.retrieval.people.conduct import Conduct
from bot.retrieval.people.entities import MissingEntity, as_typed
from bot.retrieval.people.persons import asks_for_duties
from bot.retrieval.ranking.decision import Judgement
from bot.retrieval.verdict import Match, Verdict

BESIDE_THRESHOLD = 0.1  # trust from which a passage is named beside what the document does not have
_CLAIMED_OFFICE: Final = re.compile(
    "(?P<who>[\u4e00-\u9fff]{2,4}?)(?:同志|先生)?(?:是|就是|当的|任|担任)(?!谁|什么|哪).{2,12}?(?:对吧|对吗|吗|吧|是吧|是吗|对不对|没错吧|对么)$"
)
_PersonCheck = tuple[MissingEntity | None, Conduct, bool]
"""Whom or what a question is about that is not there, what it says of persons, and whether only beside a question."""


class Refusals:
    """What the persons, offices and bodies of ``index`` say against answering; it remembers ``limit`` questions."""

    def __init__(self, index: Index, limit: int) -> None:
        self._index = index
        self._checks: VerdictCache[_PersonCheck] = VerdictCache(limit)

    def find(self, question: NormalizedQuestion, history: Sequence[str], judgement: Judgement) -> Verdict | None:
        """The verdict on talk against a person, or on a question about somebody or something the document lacks.

        Neither has a passage on a person of the document beside it. A question that only points back is about what
        the one before it was about. None for every other question.
        """
        entities = self._index.entities
        missing, said, beside = self.check(question.cleaned)
        curated = judgement.trust == 1
        person = bool(judgement.matches) and judgement.matches[0].point.id in self._index.persons
        if said and not curated and (person or not beside):
            if said == "insult":
                return Verdict("chat", question.cleaned, "smalltalk", intent="insult")
            return Verdict("decline", question.cleaned, "unrelated")
        if missing is not None and (missing.plain or not curated):
            return self._missing_verdict(question, judgement, missing)
        if not entities.points_only(question.cleaned):
            return None
        for earlier in map(normalize_question, reversed(history)):
            refused = self.find(earlier, (), judgement)
            if refused is not None:
                return replace(refused, question=question.cleaned, context=earlier.cleaned)
            if not entities.points_only(earlier.cleaned):
                break
        return None

    def check(self, cleaned: str) -> _PersonCheck:
        """What ``cleaned`` says of persons, and whom of them the document does not have."""
        return self._checks.get((cleaned, ""), lambda: self._checked(cleaned))

    def _checked(self, cleaned: str) -> _PersonCheck:
        missing = self._index.entities.missing(cleaned)
        return (missing, *self._index.conduct.conduct(cleaned, missing.text if missing is not None else ""))

    def _missing_verdict(self, question: NormalizedQuestion, judgement: Judgement, missing: MissingEntity) -> Verdict:
        """The verdict on a question about what is ``missing``; beside it passages on what else it asks, no persons.

        Of the one who speaks, what he is said to be is put right: «李明是镇长吧».
        """
        claimed = _CLAIMED_OFFICE.match(question.core)
        cards = [point for point in self._index.points if point.id in self._index.persons]
        if claimed is not None and len(cards) == 1 and claimed["who"] in cards[0].quote:
            corrected = as_typed(question.typed, missing.text)
            return Verdict(
                "answer", question.cleaned, "match", (Match(cards[0], 1.0, question.core),), corrected=corrected
            )
        near = () if missing.plain else judgement.matches
        matches = tuple(match for match in self.without_persons(near) if match.score >= BESIDE_THRESHOLD)
        text = as_typed(question.typed, missing.text)
        return Verdict("decline", question.cleaned, "premise", matches, missing=text)

    def without_persons(self, matches: Sequence[Match]) -> tuple[Match, ...]:
        """Matches to offer with a decline: no points on persons, whose names could be taken for the answer."""
        return tuple(match for match in matches if match.point.id not in self._index.persons)

    def without_cards(self, core: str, judgement: Judgement) -> Judgement:
        """Without a person's card if ``core`` asks for duties: who somebody is does not tell what he has to do."""
        curated = judgement.trust == 1 or judgement.sections
        card = judgement.kind in {"answer", "suggest"} and judgement.matches[0].point.id in self._index.persons
        if curated or not card or not asks_for_duties(core):
            return judgement
        near = self.without_persons(judgement.matches)
        if near and near[0].score >= BESIDE_THRESHOLD:
            return Judgement("suggest", "close", near)
        return Judgement("decline", "weak", near)
