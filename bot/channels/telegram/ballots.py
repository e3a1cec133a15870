"""Votes in quiz polls: a ``poll_answer`` says who chose what, a ``poll`` how the poll stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from telegram import Poll, PollAnswer, Update


class Ballots(Protocol):
    """Who takes votes; ``bot.chat.polls.Polls`` does."""

    async def voted(self, poll: str, member: str, name: str, chosen: Iterable[int], receipt: int) -> None:
        """A member voted, or took a vote back. Returns when that is kept."""

    async def seen(self, poll: str, question: str, options: Sequence[str], *, closed: bool) -> None:
        """The platform tells how a poll stands."""


async def count_vote(ballots: Ballots, update: Update) -> None:
    """Hand over what ``update`` says about a poll, if it says anything."""
    if update.poll_answer is not None:
        await _vote(ballots, update.poll_answer, update.update_id)
    elif update.poll is not None:
        await _state(ballots, update.poll)


async def _vote(ballots: Ballots, vote: PollAnswer, receipt: int) -> None:
    voter = vote.voter_chat or vote.user  # an anonymous admin votes as the chat
    if voter is None:
        return
    name = (vote.voter_chat.title or "") if vote.voter_chat is not None else voter.full_name or ""
    await ballots.voted(vote.poll_id, f"telegram:{voter.id}", name, vote.option_ids, receipt)


async def _state(ballots: Ballots, poll: Poll) -> None:
    options = [option.text for option in poll.options]
    await ballots.seen(poll.id, poll.question, options, closed=poll.is_closed)
