"""/books: which documents there are, which of them this chat reads; and looking into another one for what was asked."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.conversation.dialogue import Dialogue, Dialogues
from bot.conversation.messages import ASK_THERE, Choice, Code, Incoming, Part, Reply, say
from bot.conversation.router import Ask, Feature, for_everybody
from bot.conversation.shelf import Shelf
from bot.library import ALL, keys_of, selection_of
from bot.records.feedback import Clock
from bot.text import shorten, squash
from bot.wording import Shelf as Wording

MAX_LABEL = 40  # characters of a title on a button
MAX_SEVERAL = 8  # documents that are read together, if not all are: their keys stand on a button
_SEPARATORS = re.compile(r"[\s,，、+＋和]+")
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
        """The list of documents; or read those that ``wanted`` names by their places in the list or by their titles."""
        if not self._library.is_shelf:
            return say(Wording.ONE.format(title=self._library.current.knowledge.title))
        if not wanted:
            return self._list(incoming)
        if squash(wanted) in Wording.ALL_WORDS:
            return await self._choose(ALL, incoming)
        keys = [self._named(name) for name in _SEPARATORS.split(wanted.strip())]
        if not all(keys):
            keys = [self._named(wanted)]
        if not all(keys):
            return say(Wording.NO_SUCH.format(wanted=shorten(wanted, MAX_LABEL)))
        if len(keys) > MAX_SEVERAL:
            return say(Wording.TOO_MANY.format(limit=MAX_SEVERAL))
        return await self._choose(selection_of(dict.fromkeys(keys)), incoming)

    async def press(self, target: str, incoming: Incoming) -> Reply:
        """Read the selection that ``target`` is, or ask the document of that key what was asked last."""
        selection, _, what = target.partition("-")
        known = selection == ALL or all(key in self._library.documents for key in keys_of(selection))
        if not (known and self._library.is_shelf):
            return self._list(incoming) if self._library.is_shelf else await self.books("", incoming)
        if what == ASK_THERE and selection in self._library.documents:
            return await self._ask_there(selection, incoming)
        return await self._choose(selection, incoming)

    async def _ask_there(self, key: str, incoming: Incoming) -> Reply:
        """The answer of another document to the last question; who is alone reads that one from then on."""
        now = self._clock()
        dialogue = self._dialogues.of(incoming, now)
        if not dialogue.questions:
            return say(Wording.NOT_ASKED)
        question = dialogue.questions[-1]
        before = self._read
        if incoming.is_private and self._shelf.choices is not None and not incoming.ephemeral:
            await self._shelf.choices.choose(incoming.chat, key)
        with self._library.reading(key):
            alone = Dialogue(now)
            reply = self._shelf.tagged(await self._ask(question, incoming, alone, now))
        dialogue.questions, dialogue.document = alone.questions, key
        if not incoming.is_private or self._shelf.choices is None:
            return reply
        back = self._button(before, Wording.BACK)
        return replace(reply, choices=(*reply.choices, back))

    async def _choose(self, selection: str, incoming: Incoming) -> Reply:
        title, before = self._titles(selection), self._read
        if selection == before:
            return say(Wording.ALREADY.format(title=title))
        if self._shelf.choices is None:
            return self._list(incoming)
        may = self._may_choose
        if not incoming.is_private and may is not None and not await may("books", title, incoming):
            return say(Wording.ADMINS)
        await self._shelf.choices.choose(incoming.chat, selection)
        dialogue = self._dialogues.of(incoming, self._clock())
        dialogue.questions, dialogue.document = (), ""  # «那第二条呢» is not to lean on another document
        keys = keys_of(selection)
        if selection == ALL or len(keys) > 1:
            first = self._title(self._library.key if selection == ALL else keys[0])
            text = Wording.CHOSEN_SEVERAL.format(title=title, first=first)
            return Reply((Part("text", text),), (self._button(before, Wording.BACK),))
        back = [self._button(before, Wording.BACK)]
        if before != ALL and len(keys_of(before)) < MAX_SEVERAL:  # the one before as well
            both = selection_of(dict.fromkeys((*keys, *keys_of(before))))
            back.append(Choice(Wording.TOGETHER.format(title=self._short(before)), Code.BOOK.to(both)))
        return Reply((Part("text", Wording.CHOSEN.format(title=self._title(selection))),), tuple(back))

    @property
    def _read(self) -> str:
        """The selection that is read."""
        keys = self._library.reading_keys
        return ALL if len(keys) == len(self._library.documents) else selection_of(keys)

    def _list(self, incoming: Incoming) -> Reply:
        read = self._read
        labels = {key: Wording.READING if key == read else Wording.TITLE for key in self._library.documents}
        offered = [self._button(key, label) for key, label in labels.items()]
        if read != ALL:
            offered.append(Choice(Wording.ALL_BUTTON, Code.BOOK.to(ALL)))
        pick = Wording.PICK if incoming.channel.buttons else Wording.PICK_TYPED
        count = len(self._library.documents)
        lead = Wording.LIST.format(count=count, title=self._titles(read), pick=pick)
        return Reply((Part("text", lead),), tuple(offered), numbered=True)

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

    def _titles(self, selection: str) -> str:
        """The titles of a selection, to stand in a sentence."""
        if selection == ALL:
            return Wording.ALL.format(count=len(self._library.documents))
        return Wording.AND.join(f"《{self._title(key)}》" for key in keys_of(selection))

    def _short(self, selection: str) -> str:
        return shorten(self._titles(selection), MAX_LABEL)

    def _button(self, selection: str, label: str) -> Choice:
        """A button that reads ``selection``; ``label`` has the title in marks of its own, or those of several."""
        if selection != ALL and len(keys_of(selection)) == 1:
            return Choice(label.format(title=shorten(self._title(selection), MAX_LABEL)), Code.BOOK.to(selection))
        return Choice(Wording.BACK_SEVERAL.format(title=self._short(selection)), Code.BOOK.to(selection))
