"""/say: a notice is written, its groups are chosen, it is shown as they will see it, and then sent to them."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter
from pydantic.dataclasses import dataclass

from bot.chat.admin_ports import KeptChat
from bot.chat.administering.outbox import PENDING, Delivery, Notice, Outbox, Report
from bot.chat.groups import KnownGroups, mark_of
from bot.chat.messages import Choice, Incoming, Part, Reply
from bot.chat.ports import Clock
from bot.chat.quiet import Quiet, SettingStore
from bot.chat.quiet_hours import clock as clock_of
from bot.chat.quiz_ports import KeptSetting
from bot.chat.replies import say
from bot.text import shorten
from bot.wording import Notices as Wording

MAX_UNITS: Final = 3500  # in UTF-16, as Telegram counts: a notice is one message everywhere
MAX_GROUPS: Final = 80  # buttons
MAX_TITLE: Final = 24
MAX_NAMED: Final = 10
MAX_ABOUT: Final = 30
ALL: Final = "all"
_DRAFT: Final = "draft"


@dataclass(frozen=True)
class Draft:
    """A notice that is not sent yet; its buttons carry the id."""

    id: str
    text: str


_DRAFTS: Final = TypeAdapter(Draft)


class Saying:
    """The dialogue of /say. A draft belongs to who wrote it, is kept across restarts, and is sent at most once."""

    def __init__(
        self,
        outbox: Outbox,
        groups: KnownGroups,
        quiet: Quiet,
        store: SettingStore,
        *,
        clock: Clock,
        new_id: Callable[[], str],
    ) -> None:
        self._outbox = outbox
        self._groups = groups
        self._quiet = quiet
        self._store = store
        self._clock = clock
        self._new_id = new_id
        self._zone = ZoneInfo(quiet.zone)
        self._sending = asyncio.Lock()  # of two presses at once the second finds no draft

    async def say(self, text: str, incoming: Incoming) -> Reply:
        """Take ``text`` for a draft and ask where it should go. Raises StorageError."""
        if not incoming.solo:
            return say(Wording.SAY_PRIVATE)
        if not text:
            return say(Wording.SAY_WHAT)
        if len(text.encode("utf-16-le", "surrogatepass")) // 2 > MAX_UNITS:
            return say(Wording.SAY_TOO_LONG.format(limit=MAX_UNITS))
        groups = await self._groups.known()
        if not groups:
            return say(Wording.SAY_NO_GROUPS)
        draft = Draft(self._new_id(), text)
        await self._store.keep(KeptSetting(incoming.person, _DRAFT, _DRAFTS.dump_json(draft).decode()))
        return _where(draft, groups)

    async def pick(self, rest: str, incoming: Incoming) -> Reply:
        """Show the draft as the groups of a button will see it: ``<draft>-<group>``. Raises StorageError."""
        draft, groups = await self._chosen(rest, incoming)
        if draft is None:
            return say(Wording.SAY_GONE)
        if not groups:
            return say(Wording.SAY_NOT_THERE)
        where = _names([group.title for group in groups])
        parts = [Part("note", Wording.SAY_PREVIEW.format(where=where)), Part("text", _shown(draft))]
        held = [until for group in groups if (until := await self._quiet.until(group.chat)) is not None]
        if held:
            one = len(groups) == 1
            note = Wording.SAY_HELD_ONE if one else Wording.SAY_HELD_SOME
            parts.append(Part("note", note.format(time=_time(held[0], self._zone), count=len(held))))
        send, drop = Choice(Wording.SAY_SEND, f"a:ysend-{rest}"), Choice(Wording.SAY_DROP, f"a:ydrop-{draft.id}")
        return Reply(tuple(parts), (send, drop))

    async def send(self, rest: str, incoming: Incoming) -> Reply:
        """Send the draft to the groups of a button, and say what became of it in each. Raises StorageError."""
        async with self._sending:
            return await self._send(rest, incoming)

    async def _send(self, rest: str, incoming: Incoming) -> Reply:
        draft, groups = await self._chosen(rest, incoming)
        if draft is None:
            return say(Wording.SAY_GONE)
        if not groups:
            return say(Wording.SAY_NOT_THERE)
        notice = Notice(draft.id, _shown(draft), self._clock(), shorten(draft.text, MAX_ABOUT), incoming.chat)
        sent = KeptSetting(incoming.person, _DRAFT, "")  # kept with the notice: who presses again sends nothing
        done = await self._outbox.post(notice, [group.chat for group in groups], sent)
        told = say(outcome(done, {group.chat: group.title for group in groups}, self._zone))
        if not any(delivery.outcome in PENDING for delivery in done):
            return told
        return replace(told, choices=(Choice(Wording.SAY_WITHDRAW, f"a:yback-{draft.id}"),))

    async def drop(self, draft: str, incoming: Incoming) -> Reply:
        """Forget the draft; where it was sent already, withdraw what still waits. Raises StorageError."""
        async with self._sending:
            if await self._draft(draft, incoming.person) is None:
                return await self._withdraw(draft, incoming, Wording.SAY_GONE)
            await self._store.keep(KeptSetting(incoming.person, _DRAFT, ""))
            return say(Wording.SAY_DROPPED)

    async def withdraw(self, notice: str, incoming: Incoming) -> Reply:
        """Keep a notice of one's own from the groups that it still waits for. Raises StorageError."""
        return await self._withdraw(notice, incoming, Wording.NOTHING_WAITS)

    async def _withdraw(self, notice: str, incoming: Incoming, none: str) -> Reply:
        chats = await self._outbox.withdraw(notice, incoming.chat)
        if not chats:
            return say(none)
        titles = {group.chat: group.title for group in await self._groups.known()}
        return say(Wording.WITHDRAWN.format(groups=_names([titles.get(chat, chat) for chat in chats])))

    async def _chosen(self, rest: str, incoming: Incoming) -> tuple[Draft | None, Sequence[KeptChat]]:
        """The draft and the groups that the button ``<draft>-<group>`` means, as far as there are any still."""
        name, _, mark = rest.partition("-")
        draft = await self._draft(name, incoming.person)
        if draft is None:
            return None, ()
        groups = await self._groups.known()
        return draft, groups if mark == ALL else [group for group in groups if mark_of(group) == mark]

    async def _draft(self, name: str, person: str) -> Draft | None:
        value = await self._store.setting(person, _DRAFT)
        draft = _DRAFTS.validate_json(value) if value else None
        return draft if draft is not None and draft.id == name else None


def reporting(zone: str) -> Report:
    """What is told to the author of a notice that went out later, with times in ``zone``."""

    def report(deliveries: Sequence[Delivery], titles: Mapping[str, str]) -> str:
        head = Wording.OUTCOME.format(text=deliveries[0].notice.about)
        return f"{head}\n{outcome(deliveries, titles, ZoneInfo(zone))}"

    return report


def outcome(deliveries: Sequence[Delivery], titles: Mapping[str, str], zone: ZoneInfo) -> str:
    """How many groups a notice reached, and for each of the others why it did not, or not yet."""
    lines = []
    sent = [titles.get(one.chat, one.chat) for one in deliveries if one.outcome == "sent"]
    others = [one for one in deliveries if one.outcome != "sent"]
    if sent:
        lines.append(Wording.SENT.format(count=len(sent), groups=_names(sent)))
    elif any(one.outcome not in {"held", "later"} for one in others):
        lines.append(Wording.SENT_NONE)
    for one in others:
        group = titles.get(one.chat, one.chat)
        if one.until is not None:
            lines.append(Wording.HELD.format(group=group, time=_time(one.until, zone)))
        elif one.outcome == "later":
            lines.append(Wording.LATER.format(group=group))
        else:
            lines.append(Wording.FAILED.format(group=group, why=Wording.WHY[one.outcome]))
    return "\n".join(lines)


def _where(draft: Draft, groups: Sequence[KeptChat]) -> Reply:
    shown = groups[:MAX_GROUPS]
    several = Counter(group.title for group in groups)
    choices = [Choice(Wording.SAY_ALL.format(count=len(groups)), f"a:y-{draft.id}-{ALL}")] if len(groups) > 1 else []
    for group in shown:
        label = shorten(group.title, MAX_TITLE)
        if several[group.title] > 1:
            label = Wording.SAY_SAME_TITLE.format(title=label, mark=mark_of(group)[:4])
        choices.append(Choice(label, f"a:y-{draft.id}-{mark_of(group)}"))
    some = Wording.SAY_WHERE_SOME.format(count=len(shown), total=len(groups))
    text = Wording.SAY_WHERE if len(shown) == len(groups) else some
    return Reply((Part("text", text),), tuple(choices), numbered=True)


def _shown(draft: Draft) -> str:
    return Wording.NOTICE.format(text=draft.text)


def _names(titles: Sequence[str]) -> str:
    names = "、".join(f"“{title}”" for title in titles[:MAX_NAMED])
    return names if len(titles) <= MAX_NAMED else Wording.MORE.format(groups=names)


def _time(moment: datetime, zone: ZoneInfo) -> str:
    return clock_of(moment.astimezone(zone).time())
