"""Votes in quiz polls: a ``poll_answer`` says who chose what, a ``poll`` how the poll stands.

They are read from Telegram's JSON as it is. A contest brings them by the hundred, nothing is answered to them, and
their order does not matter; the library's objects and chain of handlers would cost more than all the rest of a vote.
"""

from __future__ import annotations

import logging
from collections.abc import Coroutine, Iterable, Sequence
from typing import Any, Protocol

from bot.channels.telegram.address import chat_key
from bot.channels.telegram.receive.parse_update import RawUpdate

_log = logging.getLogger(__name__)
_KINDS = ("poll_answer", "poll")
_MOVED = "migrate_to_chat_id"


class PollVoteHandler(Protocol):
    """Who takes votes, wherever their chat goes; ``bot.features.contests.polls.Polls`` does."""

    async def voted(self, poll: str, member: str, name: str, chosen: Iterable[int], receipt: int) -> None:
        """A member voted, or took a vote back. Returns when that is kept."""

    async def seen(self, poll: str, question: str, options: Sequence[str], *, closed: bool) -> None:
        """The platform tells how a poll stands."""

    async def moved(self, old: str, new: str) -> None:
        """A group became a supergroup, which has another key."""


def is_poll_update(raw: RawUpdate) -> bool:
    """Whether an update is for ``handle_poll_update``."""
    return any(kind in raw for kind in _KINDS) or _MOVED in raw.get("message", ())


def handle_poll_update(poll_votes: PollVoteHandler, raw: RawUpdate) -> Coroutine[Any, Any, None] | None:
    """What hands over what ``raw`` says, to be awaited; None, with a line in the log, if it cannot be read."""
    try:
        work = _work(poll_votes, raw)
    except (KeyError, TypeError) as error:
        _log.error("update %s cannot be read: %r", raw.get("update_id"), error)
        return None
    return _logged(work, raw)


def _work(poll_votes: PollVoteHandler, raw: RawUpdate) -> Coroutine[Any, Any, None]:
    if "poll_answer" in raw:
        return _vote(poll_votes, raw)
    if "poll" in raw:
        return _state(poll_votes, raw["poll"])
    message = raw["message"]
    return poll_votes.moved(chat_key(message["chat"]["id"], None), chat_key(message[_MOVED], None))


def _vote(poll_votes: PollVoteHandler, raw: RawUpdate) -> Coroutine[Any, Any, None]:
    vote = raw["poll_answer"]
    chat = vote.get("voter_chat")  # an anonymous admin votes as the chat
    voter = chat or vote["user"]
    name = f"{voter['first_name']} {voter.get('last_name', '')}".strip() if chat is None else chat.get("title", "")
    return poll_votes.voted(vote["poll_id"], f"telegram:{voter['id']}", name, vote["option_ids"], raw["update_id"])


def _state(poll_votes: PollVoteHandler, poll: dict[str, Any]) -> Coroutine[Any, Any, None]:
    options = [option["text"] for option in poll["options"]]
    return poll_votes.seen(poll["id"], poll["question"], options, closed=poll["is_closed"])


async def _logged(work: Coroutine[Any, Any, None], raw: RawUpdate) -> None:
    try:
        await work
    except Exception:
        _log.exception("update failed", extra={"request_id": f"tg-{raw.get('update_id')}"})
