"""What quizzes need of a channel. ``channels`` and the tests' fakes implement these."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from bot.conversation.capabilities import EVERYTHING, Capabilities
from bot.conversation.messages import Reply
from bot.quiz.contest.state import Mode
from bot.quiz.question import Question
from bot.records.chats import channel_of


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question on its way to a chat: the ``number``-th (from 1) of ``total``, open for ``seconds``.

    ``seconds`` is 0 if it waits as long as it takes. ``again``: it may be there already, from a process that was
    killed.
    """

    contest: str
    number: int
    total: int
    question: Question
    seconds: int
    mode: Mode
    again: bool = False


@dataclass(frozen=True, slots=True)
class SentQuestion:
    """A question that has reached its chat. ``message`` is what ``close`` needs, if the channel closes anything.

    ``poll`` is the platform's id, where the platform collects the answers.
    """

    message: str
    poll: str = ""


Refusal = Literal["no_polls", "no_words", "no_topic", "gone"]
"""Why a chat takes no question, and will take none of the next ones either.

``no_polls``  the bot may speak there, but send no polls
``no_words``  it may not speak there
``no_topic``  the topic is deleted or closed
``gone``      the bot is not in that chat any more
"""


@dataclass(frozen=True, slots=True)
class RefusedQuestion:
    """A question that its chat did not take, and that no other try would bring there."""

    reason: Refusal


DeliveryOutcome = Literal["sent", "later", "gone", "forbidden", "refused", "unsure"]
"""What became of something that must not be said twice.

``sent``       it is in the chat
``later``      it certainly is not, and may be tried again
``gone``       the bot is not in that chat any more
``forbidden``  the bot may not speak there
``refused``    the platform does not take it
``unsure``     the line broke before the platform said: to try again might say it twice
"""


class Poster(Protocol):
    """Says things in chats of its own accord. No method raises: what could not be said is logged."""

    async def post(self, chat: str, reply: Reply) -> str:
        """Say ``reply`` in ``chat``; gives what ``edit`` needs, or nothing where it could not."""

    async def edit(self, chat: str, message: str, reply: Reply) -> bool:
        """Put ``reply`` in a message's place; False where that cannot be done."""

    async def announce(self, chat: str, reply: Reply) -> DeliveryOutcome:
        """Say ``reply``, which is short, in ``chat``: never twice, and without waiting for long."""

    async def is_admin(self, chat: str, member: str) -> bool | None:
        """Whether ``member`` may now rule over ``chat``; None where that cannot be asked just now."""

    async def size(self, chat: str) -> int | None:
        """How many members ``chat`` has; None where nobody can tell."""


class QuizChannel(Poster, Protocol):
    """A channel that quizzes are played on."""

    @property
    def polls(self) -> bool:
        """Whether the platform collects the answers, shows each at once what was right, and closes in time."""

    async def hears(self) -> None:
        """Return when the platform delivers what came in, also while the bot was away."""

    async def ask(self, chat: str, asked: AskedQuestion) -> SentQuestion | RefusedQuestion | None:
        """Bring a question to ``chat``; None where it could not, for reasons that the next one may not meet."""

    async def close(self, chat: str, message: str) -> None:
        """Take no more answers to a question."""


class Channels:
    """The channels by the first part of their chats' keys: ``telegram:…`` belongs to ``telegram``."""

    def __init__(self) -> None:
        self._by_name: dict[str, QuizChannel] = {}
        self._capabilities: dict[str, Capabilities] = {}

    def add(self, name: str, channel: QuizChannel, capabilities: Capabilities = EVERYTHING) -> None:
        """From now on chats of that name are reached by ``channel``, which can do what ``capabilities`` say."""
        self._by_name[name] = channel
        self._capabilities[name] = capabilities

    def of(self, chat: str) -> QuizChannel | None:
        """The channel that reaches ``chat``; None where there is none in this process."""
        return self._by_name.get(channel_of(chat))

    def capabilities_of(self, chat: str) -> Capabilities:
        """What the channel that reaches ``chat`` can do; everything if there is none in this process."""
        return self._capabilities.get(channel_of(chat), EVERYTHING)

    async def tell(self, member: str, reply: Reply) -> bool:
        """Say ``reply`` to a member in private, of the bot's own accord; False if that cannot be."""
        channel = self.of(member)
        return channel is not None and bool(await channel.post(member, reply))
