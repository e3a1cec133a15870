"""What a channel can do, and which commands work where: help, menus and refusals are all made of this.

A channel puts its ``Capabilities`` on every message that it brings; the conversation never asks which channel it is.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Final, Literal

from bot import wording
from bot.conversation.commands import WORD_OF, Command, CommandName

Capability = Literal["buttons", "dialogue", "quizzes", "posts", "identity", "files", "groups", "pages"]


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a channel can do. ``where`` is how people call being on it, such as 网页上.

    ``buttons``   what is offered is pressed; otherwise it can only be typed
    ``dialogue``  what was said before is remembered: follow-ups, picks by number, judging an answer
    ``quizzes``   questions are brought and answered there
    ``posts``     something is said there of the bot's own accord, such as a daily question
    ``identity``  a person has the same key for good, so that somebody can be given a role
    ``files``     files can be sent
    ``groups``    several people may be in a chat
    ``pages``     what is long has a page of its own there, such as the whole text

    ``self_paced``: who plays alone there has as long for a question as he needs, and asks for the next one himself.
    """

    where: str
    buttons: bool = False
    dialogue: bool = False
    quizzes: bool = False
    posts: bool = False
    identity: bool = False
    files: bool = False
    groups: bool = False
    pages: bool = False
    self_paced: bool = False

    def can(self, capability: Capability) -> bool:
        """Whether the channel has ``capability``."""
        return bool(getattr(self, capability))


EVERYTHING: Final = Capabilities(
    wording.Offers.HERE,
    buttons=True,
    dialogue=True,
    quizzes=True,
    posts=True,
    identity=True,
    files=True,
    groups=True,
    pages=True,
)


@dataclass(frozen=True, slots=True)
class Offer:
    """A command of everybody's: what it takes, and where a list of commands names it.

    Where it is not listed it may do something all the same, such as /forget in a group.
    """

    name: CommandName
    needs: tuple[Capability, ...] = ()
    alone: bool = True
    group: bool = True

    def described(self, *, alone: bool) -> str:
        """What the command does, in a few words."""
        return (wording.Offers.ALONE if alone else wording.Offers.GROUP).get(
            self.name, wording.Offers.COMMANDS[self.name]
        )


OFFERS: Final = (
    Offer("ask"),
    Offer("outline"),
    Offer("books", ("dialogue",)),
    Offer("why"),
    Offer("quiz", ("quizzes",)),
    Offer("room", ("quizzes", "pages")),
    Offer("skip", ("quizzes",)),
    Offer("stop", ("quizzes",)),
    Offer("pause", ("quizzes",)),
    Offer("void", ("quizzes", "groups"), alone=False),
    Offer("rank", ("quizzes",)),
    Offer("season", ("quizzes", "groups"), alone=False),
    Offer("wrong", ("quizzes",), group=False),
    Offer("me", ("quizzes",)),
    Offer("paper", ("quizzes",)),
    Offer("daily", ("quizzes", "posts")),
    Offer("settings", ("quizzes",)),
    Offer("report", ("quizzes",)),
    Offer("quiet", ("posts",)),
    Offer("link", ("quizzes",), group=False),
    Offer("unlink", ("quizzes",), group=False),
    Offer("forget", ("dialogue",), group=False),
    Offer("id", ("identity",), group=False),
    Offer("help"),
    Offer("start", group=False),
)
"""The commands that anybody may use, in the order in which they are listed."""
ADMIN_NEEDS: Final[dict[CommandName, tuple[Capability, ...]]] = {
    "reload": ("identity",),
    "draft": ("identity",),
    "diff": ("identity",),
    "history": ("identity",),
    "rollback": ("identity",),
    "export": ("identity", "files"),
    "misses": ("identity",),
    "stats": ("identity",),
    "grant": ("identity",),
    "revoke": ("identity",),
    "audit": ("identity",),
    "say": ("identity", "groups"),
    "reports": ("identity",),
    "bank": ("identity", "files"),
}
"""What admins' commands take. ``groups`` is met where any channel of this process has some."""
_NEEDS: Final = {offer.name: offer.needs for offer in OFFERS} | ADMIN_NEEDS


def listed(capabilities: Capabilities, *, alone: bool) -> tuple[Offer, ...]:
    """The commands that a list for everybody names in a chat of that kind, in their order."""
    return tuple(
        offer for offer in OFFERS if (offer.alone if alone else offer.group) and all(map(capabilities.can, offer.needs))
    )


@dataclass(frozen=True, slots=True)
class _RunningChannel:
    capabilities: Capabilities
    name: str
    address: Callable[[], str]


@dataclass(slots=True)
class ChannelDirectory:
    """The channels that run in this process, and how a member gets to them."""

    _channels: list[_RunningChannel] = field(default_factory=list)

    def add(self, capabilities: Capabilities, name: str = "", address: Callable[[], str] = str) -> None:
        """A channel runs: people call it ``name``, and find it at what ``address`` gives, if anything."""
        self._channels.append(_RunningChannel(capabilities, name, address))

    def missing(self, command: Command, capabilities: Capabilities) -> Capability | None:
        """What keeps ``command`` from doing anything on a channel; None where nothing does."""
        return next(
            (
                need
                for need in _NEEDS.get(command.name, ())
                if not capabilities.can(need)
                and not (need == "groups" and any(channel.capabilities.groups for channel in self._channels))
            ),
            None,
        )

    def unable(self, names: Collection[CommandName], capabilities: Capabilities) -> frozenset[CommandName]:
        """Those of the commands ``names`` that would do nothing on a channel."""
        return frozenset(name for name in names if self.missing(Command(name), capabilities) is not None)

    def elsewhere(self, capability: Capability) -> str:
        """A sentence on where else ``capability`` is to be had; nothing where no member could get there."""
        for channel in self._channels:
            address = channel.address()
            if address and channel.capabilities.can(capability):
                return wording.Offers.ELSEWHERE[capability].format(name=channel.name, address=address)
        return ""

    def refusal(self, missing: Capability, capabilities: Capabilities) -> str:
        """What to say of a command that a channel lacks ``missing`` for: what is possible here, and where that is."""
        return wording.Offers.MISSING[missing].format(where=capabilities.where) + self.elsewhere(missing)


def help_text(capabilities: Capabilities, directory: ChannelDirectory, *, title: str, example: str, alone: bool) -> str:
    """How to use the bot on a channel: no line promises what does not work there."""
    words = wording.Offers
    lines = [words.HOW_ALONE if alone else words.HOW_GROUP, words.ASK_ALONE if alone else words.ASK_GROUP]
    if capabilities.dialogue:
        lines += [words.FOLLOW_UP] if alone else []
        lines.append(words.PRESS if capabilities.buttons else words.TYPE)
    lines += [command_line(offer, alone=alone) for offer in listed(capabilities, alone=alone) if offer.name != "ask"]
    lines.append(words.HONEST)
    if not capabilities.quizzes:
        lines.append(directory.elsewhere("quizzes"))
    return "\n".join(filter(None, lines)).format(title=title, example=example)


def command_line(offer: Offer, *, alone: bool) -> str:
    """A line of help."""
    what = offer.described(alone=alone)
    return wording.Offers.LINE.format(name=offer.name, word=WORD_OF[offer.name], what=what)


def unknown_command(capabilities: Capabilities, *, alone: bool) -> str:
    """There is no such command; these are."""
    names = (wording.Offers.SHORT.format(name=o.name, word=WORD_OF[o.name]) for o in listed(capabilities, alone=alone))
    return wording.UNKNOWN_COMMAND.format(commands=wording.Offers.COMMA.join(names))


def picking(capabilities: Capabilities) -> str:
    """How one of a list is picked; nothing where it cannot be."""
    if not capabilities.dialogue:
        return ""
    return wording.Offers.PICK_PRESSED if capabilities.buttons else wording.Offers.PICK_TYPED
