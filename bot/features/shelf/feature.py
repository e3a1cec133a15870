"""/books: which documents there are, which one this chat reads; and looking into another one for what was asked."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.conversation.dialogue import Dialogue, Dialogues
from bot.conversation.messages import ASK_THERE, Choice, Code, Incoming, Part, Reply, say
from bot.conversation.router import Ask, Feature, for_everybody
from bot.conversation.shelf import Shelf
from bot.records.feedback import Clock
from bot.text import shorten, squash
from bot.wording import Shelf as Wording

MAX_LABEL = 40  # characters of a title on a button
MayChoose = Callable[[str, str, Incoming], Awaitable[bool]]
"""Whether the person may set what the first names to the second in this chat. Raises StorageError."""


class ShelfFeature:
    """The documents of ``shelf``. ``may_choose`` tells who may set what a group reads; ``ask`` answers questions."""

    def __init__(
        self, shelf: Shelf, dialogues: Dialogues, clock: Clock, *, ask: Ask, may_choose: MayChoose | None = None
    ) -> None:
        self._shelf = shelf
        self._library = shelf.library
        self._dialogues = dialogues
        self._clock = clock
        self._ask = ask
        self._may_choose = may_choose

    def feature(self) -> Feature:
        """The command, and its buttons."""
        return Feature(
            commands={"books": for_everybody(self.books)},
            code=None,
            buttons={Code.BOOK: for_everybody(self.press)},
        )

    async def books(self, wanted: str, incoming: Incoming) -> Reply:
        """The list of documents; or read the one that ``wanted`` names by its place in the list or by its title."""
        if not self._library.is_shelf:
            return say(Wording.ONE.format(title=self._library.current.knowledge.title))
        if not wanted:
            return self._list(incoming)
        key = self._named(wanted)
        if not key:
            return say(Wording.NO_SUCH.format(wanted=shorten(wanted, MAX_LABEL)))
        return await self._choose(key, incoming)

    async def press(self, target: str, incoming: Incoming) -> Reply:
        """Read the document whose key ``target`` is, or ask it what was asked last."""
        key, _, what = target.partition("-")
        if key not in self._library.documents:
            return self._list(incoming) if self._library.is_shelf else await self.books("", incoming)
        return await (self._ask_there(key, incoming) if what == ASK_THERE else self._choose(key, incoming))

    async def _ask_there(self, key: str, incoming: Incoming) -> Reply:
        """The answer of another document to the last question; who is alone reads that one from then on."""
        now = self._clock()
        dialogue = self._dialogues.of(incoming, now)
        if not dialogue.questions:
            return say(Wording.NOT_ASKED)
        question = dialogue.questions[-1]
        before = self._library.reading_key
        if incoming.is_private and self._shelf.choices is not None and not incoming.ephemeral:
            await self._shelf.choices.choose(incoming.chat, key)
        with self._library.reading(key):
            alone = Dialogue(now)
            reply = self._shelf.tagged(await self._ask(question, incoming, alone, now))
        dialogue.questions = alone.questions
        if not incoming.is_private or self._shelf.choices is None:
            return reply
        back = self._button(before, Wording.BACK)
        return replace(reply, choices=(*reply.choices, back))

    async def _choose(self, key: str, incoming: Incoming) -> Reply:
        title = self._title(key)
        if key == self._library.reading_key:
            return say(Wording.ALREADY.format(title=title))
        if self._shelf.choices is None:
            return self._list(incoming)
        may = self._may_choose
        if not incoming.is_private and may is not None and not await may("books", title, incoming):
            return say(Wording.ADMINS)
        before = self._library.reading_key
        await self._shelf.choices.choose(incoming.chat, key)
        dialogue = self._dialogues.of(incoming, self._clock())
        dialogue.questions = ()  # «那第二条呢» is not to lean on another document
        return Reply((Part("text", Wording.CHOSEN.format(title=title)),), (self._button(before, Wording.BACK),))

    def _list(self, incoming: Incoming) -> Reply:
        reading = self._library.reading_key
        others = tuple(self._button(key, "《{title}》") for key in self._library.documents if key != reading)
        pick = Wording.PICK if incoming.channel.buttons else Wording.PICK_TYPED
        count = len(self._library.documents)
        lead = Wording.LIST.format(count=count, title=self._title(reading), pick=pick)
        return Reply((Part("text", lead),), others, numbered=True)

    def _named(self, wanted: str) -> str:
        """The key of the document whose title has ``wanted`` in it, or that is the one of that number; or nothing."""
        keys = [*self._library.documents]
        if wanted.isdecimal():
            return keys[int(wanted) - 1] if 0 < int(wanted) <= len(keys) else ""
        core = squash(wanted)
        exact = [key for key in keys if squash(self._title(key)) == core]
        found = exact or [key for key in keys if core and core in squash(self._title(key))]
        return found[0] if len(found) == 1 else ""

    def _title(self, key: str) -> str:
        return self._library.documents[key].knowledge.title

    def _button(self, key: str, label: str) -> Choice:
        return Choice(label.format(title=shorten(self._title(key), MAX_LABEL)), Code.BOOK.to(key))
