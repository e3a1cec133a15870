"""Polls and quizzes: who may vote, how often, and what the bot gets to see."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.standin.errors import Json, Refused
from tests.standin.text import Marked


@dataclass(slots=True)
class Poll:
    """A poll the bot sent; votes by user id, or by chat id for anonymous administrators."""

    id: str
    question: Marked
    options: list[str]
    is_anonymous: bool
    type: str
    allows_multiple_answers: bool
    allows_revoting: bool
    members_only: bool
    correct: list[int]
    explanation: Marked
    description: Marked
    open_period: int | None
    close_date: int | None
    is_closed: bool
    settings: Json
    """shuffle_options and the like: stored, shown to tests, never sent back to the bot."""
    votes: dict[int, list[int]] = field(default_factory=dict)

    def persistent_ids(self, numbers: list[int]) -> list[str]:
        """The lasting ids of options, which stay when options are added or deleted."""
        return [f"{self.id[-6:]}-{number}" for number in numbers]

    def wire(self, *, inside_message: bool = False) -> Json:
        """A ``Poll`` object, with the right answers: the bot sent it."""
        shown: Json = {
            "id": self.id,
            "question": self.question.text,
            "options": [
                {
                    "text": text,
                    "voter_count": sum(number in vote for vote in self.votes.values()),
                    "persistent_id": self.persistent_ids([number])[0],
                }
                for number, text in enumerate(self.options)
            ],
            "total_voter_count": len(self.votes),
            "is_closed": self.is_closed,
            "is_anonymous": self.is_anonymous,
            "type": self.type,
            "allows_multiple_answers": self.allows_multiple_answers,
            "allows_revoting": self.allows_revoting,
            "members_only": self.members_only,
        }
        if self.question.entities:
            shown["question_entities"] = self.question.entities
        if self.type == "quiz":
            shown["correct_option_ids"] = self.correct
            if self.explanation.text:
                shown |= {
                    "explanation": self.explanation.text,
                    "explanation_entities": self.explanation.entities,
                }
        if inside_message and self.description.text:
            shown |= {"description": self.description.text, "description_entities": self.description.entities}
        if self.open_period is not None and not self.is_closed:
            shown |= {"open_period": self.open_period, "close_date": self.close_date}
        return shown

    def is_due(self, now: float) -> bool:
        """Open still, though its time is over."""
        return not self.is_closed and self.close_date is not None and self.close_date <= now

    def vote(self, voter_id: int, numbers: list[int]) -> None:
        """Take a vote, or take it back with an empty list; Refused where an app would not let one."""
        if self.is_closed:
            raise Refused("can't answer closed poll")
        if len(set(numbers)) != len(numbers) or any(not 0 <= number < len(self.options) for number in numbers):
            raise Refused("invalid option identifier specified")
        if len(numbers) > 1 and not self.allows_multiple_answers:
            raise Refused("can't choose more than 1 option in the poll")
        if voter_id in self.votes and not self.allows_revoting:
            raise Refused("can't revote in the poll")
        if not numbers and voter_id not in self.votes:
            raise Refused("no vote to retract")
        if numbers:
            self.votes[voter_id] = sorted(numbers)
        else:
            del self.votes[voter_id]
