"""A chat that takes no question any more → what is said about it, and where. Pure; the words come from ``wording``."""

from __future__ import annotations

from bot.conversation.channel import Refusal
from bot.conversation.messages import Choice, Code, Part, Reply
from bot.features.contests.presenter import title_of
from bot.quiz.contest.state import PAUSE_TIMEOUT, Contest
from bot.wording import ChatRefusals as Wording
from bot.wording import Contests

_ENDED = {"no_words": Wording.NO_WORDS, "no_topic": Wording.NO_TOPIC, "gone": Wording.GONE}


def can_go_on(contest: Contest, reason: Refusal) -> bool:
    """Whether the contest waits for what an admin of the chat can allow; else nobody there could see it go on."""
    return reason == "no_polls" and contest.rules.mode != "daily"


def here(contest: Contest, reason: Refusal) -> Reply | None:
    """What the chat itself is told: what to allow, and how to go on then. None where it cannot or need not hear it."""
    if reason != "no_polls":
        return None
    if contest.rules.mode == "daily":
        return Reply((Part("text", Wording.DAILY_NO_POLLS),))
    text = Wording.NO_POLLS.format(
        number=contest.current + 1,
        total=len(contest.setup.questions),
        minutes=int(PAUSE_TIMEOUT.total_seconds() // 60),
    )
    return Reply(
        (Part("text", text),), (Choice(Contests.RESUME, Code.QUIZ.to("c")), Choice(Contests.STOP, Code.QUIZ.to("x")))
    )


def to_starter(contest: Contest, reason: Refusal) -> Reply:
    """What the starter is told in private where the chat cannot hear it."""
    sentence = _ENDED.get(reason, Wording.NO_POLLS_NOR_WORDS)
    return Reply((Part("text", sentence.format(title=title_of(contest))),))


def board_to_starter(contest: Contest, board: Reply, reason: Refusal | None) -> Reply:
    """The final ``board`` for the starter in private, as its chat does not take it; a new round starts elsewhere."""
    sentence = _ENDED.get(reason or "", Wording.BOARD_NOT_SHOWN)
    return Reply((Part("text", sentence.format(title=title_of(contest))), *board.parts))
