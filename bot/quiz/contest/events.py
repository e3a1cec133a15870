"""What can happen to a contest."""

from __future__ import annotations

from dataclasses import dataclass

from bot.quiz.contest.state import Setup


@dataclass(frozen=True, slots=True)
class Start:
    """Somebody wants a contest."""

    setup: Setup


@dataclass(frozen=True, slots=True)
class OpeningSent:
    """The opening of a contest has reached the chat, or never will."""


@dataclass(frozen=True, slots=True)
class QuestionSent:
    """A question has reached the chat."""

    round: int


@dataclass(frozen=True, slots=True)
class SendFailed:
    """A question could not be sent to the chat."""

    round: int


@dataclass(frozen=True, slots=True)
class PlatformClosed:
    """The platform closed a question by itself: its time is over."""

    round: int


@dataclass(frozen=True, slots=True)
class Answered:
    """A member answered, changed an answer, or took it back (``chosen`` is empty).

    ``receipt`` grows with the order of deliveries; the same number again is the same delivery. ``platform_verified``:
    the platform accepts no answer after a question's time, so an answer that it delivers was in time, however late it
    arrives. ``to_earlier_copy``: given to a copy of the question that was in the chat before the one that opened the
    round.
    """

    round: int
    member: str
    chosen: tuple[int, ...]
    receipt: int
    platform_verified: bool = False
    to_earlier_copy: bool = False


@dataclass(frozen=True, slots=True)
class TeamJoined:
    """A member wants to play, for ``team`` if there are teams; without a name, for the smallest.

    Of a hosted contest, who plays at all; it may have no teams.
    """

    member: str
    team: str = ""


@dataclass(frozen=True, slots=True)
class Skip:
    """Somebody wants the next question. ``privileged``: an admin of the chat or of the bot.

    ``receipt``: the channel's number of the wish, as that of an answer; 0 if it is not known.
    """

    by: str
    privileged: bool = False
    receipt: int = 0


@dataclass(frozen=True, slots=True)
class Stop:
    """Somebody wants an end. ``privileged`` and ``receipt`` as in ``Skip``."""

    by: str
    privileged: bool = False
    receipt: int = 0


@dataclass(frozen=True, slots=True)
class Pause:
    """Nobody may be there any more: wait for somebody who wants to go on."""


@dataclass(frozen=True, slots=True)
class Break:
    """Somebody wants a pause: at once, or behind the question that is open. ``privileged`` as in ``Skip``.

    A question that a host leads stops its clock at once.
    """

    by: str
    privileged: bool = False


@dataclass(frozen=True, slots=True)
class Extend:
    """The time of the question that a host leads was lost on those who answer, as the bot was away: at least
    ``seconds`` of it are left, or all that there were."""

    seconds: int


@dataclass(frozen=True, slots=True)
class Void:
    """Somebody declares a question void, or, with ``restored``, valid again. ``privileged`` as in ``Skip``."""

    by: str
    round: int
    privileged: bool = False
    restored: bool = False


@dataclass(frozen=True, slots=True)
class Resume:
    """Somebody wants a paused contest to go on, or the next question of one that waits for that."""

    by: str


@dataclass(frozen=True, slots=True)
class MemberForgotten:
    """A member is to be forgotten, with all answers."""

    member: str


@dataclass(frozen=True, slots=True)
class Tick:
    """Time has passed."""


Event = (
    Start
    | OpeningSent
    | QuestionSent
    | SendFailed
    | PlatformClosed
    | Answered
    | TeamJoined
    | Skip
    | Stop
    | Pause
    | Break
    | Extend
    | Void
    | Resume
    | MemberForgotten
    | Tick
)
