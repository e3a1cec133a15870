"""/bank: which banks there are; a file that an editor sends as a bank, shown as it was read and kept on a tap."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from cachetools import FIFOCache

from bot.conversation.messages import Attachment, Choice, Code, Document, Incoming, Part, Reply, say
from bot.conversation.router import Feature, Handler, private
from bot.errors import DocumentError
from bot.knowledge.import_.document import MAX_BYTES
from bot.knowledge.model import Knowledge
from bot.quiz.banks.formats import is_bank_name, read_bank_file
from bot.quiz.banks.listing import counted, fault_line, listed, question_lines
from bot.quiz.banks.model import BankQuestion, ReadBank
from bot.records.banks import BankSummary
from bot.records.feedback import Clock, InThread
from bot.saved_banks import SavedBanks, bank_name
from bot.wording import Banks as Wording
from bot.wording import Document as Faults

AWAITED: Final = timedelta(minutes=30)
"""For so long after /bank the next file is a bank."""
SHOWN: Final = 3  # questions in the message; all are in the file with it
SHOWN_FAULTS: Final = 8
MAX_WAITING: Final = 50  # banks that wait for a yes
_MAX_PERSONS: Final = 200


@dataclass(frozen=True, slots=True)
class _WaitingBank:
    person: str
    name: str
    questions: tuple[BankQuestion, ...]


class BankUpload:
    """Takes banks from chats. ``knowledge`` gives the document that questions are linked to.

    ``zone``: dates are told by its clocks.
    """

    def __init__(
        self,
        banks: SavedBanks,
        knowledge: Callable[[], Knowledge],
        clock: Clock,
        new_id: Callable[[], str],
        in_thread: InThread,
        *,
        zone: str,
    ) -> None:
        self._banks = banks
        self._knowledge = knowledge
        self._clock = clock
        self._new_id = new_id
        self._in_thread = in_thread
        self._zone = ZoneInfo(zone)
        self._awaited: FIFOCache[str, datetime] = FIFOCache(_MAX_PERSONS)
        self._waiting: FIFOCache[str, _WaitingBank] = FIFOCache(MAX_WAITING)

    def feature(self) -> Feature:
        """The command and its buttons."""
        return Feature(
            commands={"bank": Handler(private(self.bank), "editor", audited=False)},
            buttons={
                "tk": Handler(private(self.press_save), "editor"),
                "tx": Handler(private(self.press_drop), "editor", audited=False),
            },
        )

    def before(self, feature: Feature) -> Feature:
        """``feature``, but files that are sent as banks are taken here."""
        taken = feature.document
        if taken is None:
            return feature

        async def document(name: str, incoming: Incoming) -> Reply:
            if incoming.document is not None and self._is_bank(name, incoming):
                return replace(await self._document(name, incoming.document, incoming), private=True)
            return await taken.handle(name, incoming)

        return replace(feature, document=replace(taken, handle=document))

    async def bank(self, rest: str, incoming: Incoming) -> Reply:
        """Which banks there are, and how to send one: the next file is one. Raises StorageError."""
        del rest
        self._awaited[incoming.person] = self._clock()
        banks = await self._banks.list()
        lines = [Wording.LISTED_BANK.format(name=one.name, count=one.count, day=self._day(one)) for one in banks]
        play = [Part("note", Wording.CHAT_PLAY.format(name=banks[0].name))] if banks else []
        return Reply((*(Part("text", line) for line in lines), *play, Part("text", Wording.CHAT_SEND)))

    def _is_bank(self, name: str, incoming: Incoming) -> bool:
        """Whether a file is meant as a bank: its caption says so, or /bank was just sent."""
        awaited = self._awaited.get(incoming.person)
        is_awaited = awaited is not None and self._clock() - awaited <= AWAITED
        return is_bank_name(name) and (is_awaited or Wording.CHAT_WORD in incoming.text)

    async def _document(self, name: str, document: Document, incoming: Incoming) -> Reply:
        self._awaited.pop(incoming.person, None)
        try:
            if document.size > MAX_BYTES:  # is not worth fetching
                raise DocumentError(Faults.FILE_LARGE.format(limit=MAX_BYTES // 1_000_000))
            data = await document.read()
            bank = await self._in_thread(lambda: read_bank_file(name, data))
        except DocumentError as error:
            self._awaited[incoming.person] = self._clock()  # the next try is meant as one too
            return say(Wording.CHAT_UNREAD.format(name=name, why=error))
        knowledge = self._knowledge()
        lines = await self._in_thread(lambda: list(listed(bank, knowledge)))
        named = bank_name(name.rpartition(".")[0])
        before = next((one for one in await self._banks.list() if one.name == named), None)
        return self._shown(named, bank, lines, incoming.person, before)

    def _day(self, bank: BankSummary) -> date:
        return bank.saved_at.astimezone(self._zone).date()

    def _shown(self, name: str, bank: ReadBank, lines: list[str], person: str, before: BankSummary | None) -> Reply:
        """What was read: the first questions, the faults, and all of it as a file; with a button to keep it.

        ``before``: the bank that it would take the place of.
        """
        parts = [Part("title", Wording.CHAT_READ.format(name=name)), Part("text", counted(bank))]
        for number, read in enumerate(bank.questions[:SHOWN], start=1):
            parts.append(Part("quote", "\n".join(question_lines(number, read))))
        if bank.faults:
            parts.append(Part("text", Wording.FAULTS.format(count=len(bank.faults))))
            parts += [Part("text", fault_line(fault)) for fault in bank.faults[:SHOWN_FAULTS]]
        noted = sum(bool(read.notes) for read in bank.questions)
        if noted:
            parts.append(Part("text", Wording.CHAT_NOTED.format(count=noted)))
        listing = Attachment(Wording.CHAT_FILE.format(name=name), "\r\n".join(lines).encode("utf-8-sig"))
        if not bank.questions:
            return Reply(tuple(parts), files=(listing,))
        if before is not None:
            parts.append(
                Part("text", Wording.CHAT_REPLACES.format(name=name, count=before.count, day=self._day(before)))
            )
        id_ = self._new_id()
        self._waiting[id_] = _WaitingBank(person, name, tuple(read.question for read in bank.questions))
        sentence = Wording.CHAT_SAVE_READ if bank.faults else Wording.CHAT_SAVE
        choices = (
            Choice(sentence.format(count=len(bank.questions)), Code.ADMIN.to(f"tk-{id_}")),
            Choice(Wording.CHAT_DROP, Code.ADMIN.to(f"tx-{id_}")),
        )
        return Reply(tuple(parts), choices, files=(listing,))

    async def press_save(self, id_: str, incoming: Incoming) -> Reply:
        """Keep the bank that was shown. Raises StorageError."""
        waiting = self._waiting.get(id_)
        if waiting is None or waiting.person != incoming.person:
            return Reply(toast=Wording.CHAT_GONE)
        replaced = await self._banks.save(waiting.name, waiting.questions)
        self._waiting.pop(id_, None)
        told = (Wording.SAVED_AGAIN if replaced else Wording.SAVED).format(
            name=waiting.name, count=len(waiting.questions)
        )
        return Reply((Part("text", told), Part("text", Wording.CHAT_PLAY.format(name=waiting.name))))

    async def press_drop(self, id_: str, incoming: Incoming) -> Reply:
        """Forget the bank that was shown."""
        waiting = self._waiting.get(id_)
        if waiting is None or waiting.person != incoming.person:
            return Reply(toast=Wording.CHAT_GONE)
        self._waiting.pop(id_, None)
        return say(Wording.CHAT_DROPPED)
