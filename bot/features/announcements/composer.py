"""/say: a notice is written, its groups are chosen, it is shown as they will see it, and then sent to them."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter
from pydantic.dataclasses import dataclass

from bot.chats.group_registry import GroupRegistry, button_id_of
from bot.chats.quiet_hours import clock_time as clock_of
from bot.chats.quiet_hours_repository import QuietHoursRepository
from bot.conversation.messages import Choice, Code, Incoming, Part, Reply, say
from bot.features.announcements.outbox import PENDING, Delivery, Outbox, Report
from bot.records.announcements import Notice
from bot.records.chats import GroupRecord
from bot.records.contests import SettingRecord
from bot.records.feedback import Clock
from bot.text import shorten
from bot.wording import Notices as Wording

if TYPE_CHECKING:
    from bot.storage.contests import ContestRepository


MAX_UNITS: Final = 3500  # in UTF-16, as Telegram counts: a notice is one message everywhere
MAX_GROUPS: Final = 80  # buttons
MAX_TITLE: Final = 24
MAX_NAMED: Final = 10  # groups in a preview
SHORT_ID: Final = 4  # digits
MAX_ABOUT: Final = 30
ALL: Final = "all"
_DRAFT: Final = "draft"


@dataclass(frozen=True)
class AnnouncementDraft:
    """A notice; its buttons carry the id. ``sent``: it was given to the outbox; ``report``: what became of it there."""

    id: str
    text: str
    sent: bool = False
    report: str = ""


_DRAFTS: Final = TypeAdapter(AnnouncementDraft)


class AnnouncementComposer:
    """The dialogue of /say. A draft belongs to who wrote it, is kept across restarts, and is sent at most once."""

    def __init__(
        self,
        outbox: Outbox,
        groups: GroupRegistry,
        quiet: QuietHoursRepository,
        store: ContestRepository,
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
        self._reported: set[str] = set()  # drafts whose author got the report from this process

    async def say(self, text: str, incoming: Incoming) -> Reply:
        """Take ``text`` for a draft and ask where it should go. Raises StorageError."""
        if not incoming.is_private:
            return say(Wording.SAY_PRIVATE)
        if not text:
            return say(Wording.SAY_WHAT)
        if len(text.encode("utf-16-le", "surrogatepass")) // 2 > MAX_UNITS:
            return say(Wording.SAY_TOO_LONG.format(limit=MAX_UNITS))
        groups = await self._groups.all_groups()
        if not groups:
            return say(Wording.SAY_NO_GROUPS)
        draft = AnnouncementDraft(self._new_id(), text)
        await self._store.save(_row(incoming.person, draft))
        return _where(draft, groups, await self._labels(groups))

    async def pick(self, rest: str, incoming: Incoming) -> Reply:
        """Show the draft as the groups of a button will see it: ``<draft>-<group>``. Raises StorageError."""
        draft, groups = await self._chosen(rest, incoming)
        if draft is None:
            return say(Wording.SAY_GONE)
        if not groups:
            return say(Wording.SAY_NOT_THERE)
        where = _names(list((await self._labels(groups)).values()), MAX_NAMED)
        parts = [Part("note", Wording.SAY_PREVIEW.format(where=where)), Part("text", _shown(draft))]
        held = [until for group in groups if (until := await self._quiet.ends_at(group.chat)) is not None]
        if held:
            one = len(groups) == 1
            note = Wording.SAY_HELD_ONE if one else Wording.SAY_HELD_SOME
            parts.append(Part("note", note.format(time=_time(held[0], self._zone), count=len(held))))
        send, drop = (
            Choice(Wording.SAY_SEND, Code.ADMIN.to(f"ysend-{rest}")),
            Choice(Wording.SAY_DROP, Code.ADMIN.to(f"ydrop-{draft.id}")),
        )
        return Reply(tuple(parts), (send, drop))

    async def send(self, rest: str, incoming: Incoming) -> Reply:
        """Send the draft to the groups of a button, and say what became of it in each. Raises StorageError."""
        async with self._sending:
            return await self._send(rest, incoming)

    async def _send(self, rest: str, incoming: Incoming) -> Reply:
        draft, groups = await self._chosen(rest, incoming)
        if draft is None:
            return say(await self._sent_before(rest.partition("-")[0], incoming))
        if not groups:
            return say(Wording.SAY_NOT_THERE)
        notice = Notice(draft.id, _shown(draft), self._clock(), shorten(draft.text, MAX_ABOUT), incoming.chat)
        sent = replace(draft, sent=True)  # kept with the notice: who presses again sends nothing

        def reported(deliveries: Sequence[Delivery]) -> SettingRecord:
            return _row(incoming.person, replace(sent, report=outcome(deliveries, self._zone)))

        labels = await self._labels(groups)
        done = await self._outbox.post(notice, labels, _row(incoming.person, sent), reported)
        self._reported.add(draft.id)
        told = say(outcome(done, self._zone))
        if not any(delivery.outcome in PENDING for delivery in done):
            return told
        return replace(told, choices=(Choice(Wording.SAY_WITHDRAW, Code.ADMIN.to(f"yback-{draft.id}")),))

    async def _sent_before(self, name: str, incoming: Incoming) -> str:
        """What is said of a draft that is none any more; of one that another process sent, what became of it."""
        kept = await self._kept(incoming.person)
        if kept is None or kept.id != name or not kept.sent or name in self._reported:
            return Wording.SAY_GONE
        if kept.report:
            return f"{Wording.SAY_GONE}\n{kept.report}"
        going = await self._outbox.is_going_out(name, incoming.chat)
        return Wording.SAY_GOING if going else Wording.SAY_GONE

    async def drop(self, draft: str, incoming: Incoming) -> Reply:
        """Forget the draft; where it was sent already, withdraw what still waits. Raises StorageError."""
        async with self._sending:
            if await self._draft(draft, incoming.person) is None:
                return await self._withdraw(draft, incoming, Wording.SAY_GONE)
            await self._store.save(SettingRecord(incoming.person, _DRAFT, ""))
            return say(Wording.SAY_DROPPED)

    async def withdraw(self, notice: str, incoming: Incoming) -> Reply:
        """Keep a notice of one's own from the groups that it still waits for. Raises StorageError."""
        return await self._withdraw(notice, incoming, Wording.NOTHING_WAITS)

    async def _withdraw(self, notice: str, incoming: Incoming, none: str) -> Reply:
        names = await self._outbox.withdraw(notice, incoming.chat)
        return say(Wording.WITHDRAWN.format(groups=_names(names, MAX_GROUPS)) if names else none)

    async def _chosen(self, rest: str, incoming: Incoming) -> tuple[AnnouncementDraft | None, Sequence[GroupRecord]]:
        """The draft and the groups that the button ``<draft>-<group>`` means, as far as there are any still."""
        name, _, mark = rest.partition("-")
        draft = await self._draft(name, incoming.person)
        if draft is None:
            return None, ()
        groups = await self._groups.all_groups()
        return draft, groups if mark == ALL else [group for group in groups if button_id_of(group) == mark]

    async def _draft(self, name: str, person: str) -> AnnouncementDraft | None:
        draft = await self._kept(person)
        return draft if draft is not None and draft.id == name and not draft.sent else None

    async def _kept(self, person: str) -> AnnouncementDraft | None:
        value = await self._store.setting(person, _DRAFT)
        return _DRAFTS.validate_json(value) if value else None

    async def _labels(self, groups: Sequence[GroupRecord]) -> dict[str, str]:
        """What the author sees of ``groups``, by their keys: titles, and more where several have the same."""
        several = Counter(group.title for group in await self._groups.all_groups())
        labels = {group.chat: shorten(group.title, MAX_TITLE) for group in groups}
        alike = [group.chat for group in groups if several[group.title] > 1][:MAX_GROUPS]
        for chat, size in zip(alike, await asyncio.gather(*map(self._outbox.size, alike)), strict=True):
            number = chat.rpartition(":")[2][-SHORT_ID:]
            text = Wording.SAY_SAME_TITLE if size is None else Wording.SAY_SAME_TITLE_SIZE
            labels[chat] = text.format(title=labels[chat], number=number, count=size)
        return labels


def reporting(zone: str) -> Report:
    """What is told to the author of a notice that went out later, with times in ``zone``."""

    def report(deliveries: Sequence[Delivery]) -> str:
        head = Wording.OUTCOME.format(text=deliveries[0].notice.about)
        return f"{head}\n{outcome(deliveries, ZoneInfo(zone))}"

    return report


def outcome(deliveries: Sequence[Delivery], zone: ZoneInfo) -> str:
    """How many groups a notice reached, and for each of the others why it did not, or not yet."""
    lines = []
    sent = [_name(one) for one in deliveries if one.outcome == "sent"]
    others = [one for one in deliveries if one.outcome != "sent"]
    if sent:
        lines.append(Wording.SENT.format(count=len(sent), groups=_names(sent, MAX_GROUPS)))
    elif any(one.outcome not in {"held", "later"} for one in others):
        lines.append(Wording.SENT_NONE)
    for one in others:
        if one.until is not None:
            lines.append(Wording.HELD.format(group=_name(one), time=_time(one.until, zone)))
        elif one.outcome == "later":
            lines.append(Wording.LATER.format(group=_name(one)))
        else:
            lines.append(Wording.FAILED.format(group=_name(one), why=Wording.WHY[one.outcome]))
    return "\n".join(lines)


def _where(draft: AnnouncementDraft, groups: Sequence[GroupRecord], labels: Mapping[str, str]) -> Reply:
    shown = groups[:MAX_GROUPS]
    choices = (
        [Choice(Wording.SAY_ALL.format(count=len(groups)), Code.ADMIN.to(f"y-{draft.id}-{ALL}"))]
        if len(groups) > 1
        else []
    )
    choices += [Choice(labels[group.chat], Code.ADMIN.to(f"y-{draft.id}-{button_id_of(group)}")) for group in shown]
    some = Wording.SAY_WHERE_SOME.format(count=len(shown), total=len(groups))
    text = Wording.SAY_WHERE if len(shown) == len(groups) else some
    return Reply((Part("text", text),), tuple(choices), numbered=True)


def _row(person: str, draft: AnnouncementDraft) -> SettingRecord:
    return SettingRecord(person, _DRAFT, _DRAFTS.dump_json(draft).decode())


def _name(delivery: Delivery) -> str:
    return delivery.notice.chat_name or delivery.chat


def _shown(draft: AnnouncementDraft) -> str:
    return Wording.NOTICE.format(text=draft.text)


def _names(titles: Sequence[str], most: int) -> str:
    names = "、".join(f"“{title}”" for title in titles[:most])
    return names if len(titles) <= most else Wording.MORE.format(groups=names)


def _time(moment: datetime, zone: ZoneInfo) -> str:
    return clock_of(moment.astimezone(zone).time())
