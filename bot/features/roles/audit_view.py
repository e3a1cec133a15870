"""/audit: who did what and when, the newest first, in pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.access.members import from_button, parse_member, to_button
from bot.conversation.commands import ADMIN_COMMANDS
from bot.conversation.messages import Choice, Code, Incoming, Part, Reply
from bot.features.roles.audit_entries import CHINESE, AuditEntry, AuditFormatter, fold, in_chinese
from bot.records.roles import AuditRow
from bot.wording import Audits as Wording

if TYPE_CHECKING:
    from bot.storage.roles import AuditRepository

PAGE = "gp"
ROWS = 10
READ = 200  # rows for a page: many may be told as one
_OLDER, _NEWER = "b", "a"
_NAMES = {word: name for name, word in reversed(CHINESE.items())} | {name: name for name in ADMIN_COMMANDS}


@dataclass(frozen=True, slots=True)
class _View:
    """What is looked at: all, one member's, or one action's rows."""

    actor: str = ""
    action: str = ""

    def __str__(self) -> str:
        """For a button: a member has a dot in it, an action has none."""
        return to_button(self.actor) if self.actor else self.action

    @property
    def actions(self) -> tuple[str, ...]:
        """All actions that are called the same: a command, and the buttons that do it."""
        return tuple(name for name in {**CHINESE, self.action: ""} if in_chinese(name) == in_chinese(self.action))

    @classmethod
    def of_button(cls, spelled: str) -> _View:
        member = from_button(spelled)
        return cls(actor=member) if member else cls(action=spelled)


class AuditView:
    """What owners see of the audit log. Every method raises StorageError."""

    def __init__(self, audit: AuditRepository, formatter: AuditFormatter, *, zone: str) -> None:
        self._audit = audit
        self._formatter = formatter
        self._zone = ZoneInfo(zone)

    async def show(self, rest: str, incoming: Incoming) -> Reply:
        """The newest page: «/audit», «/audit 12345», «/audit 授权», «/audit» in reply to a member's message."""
        rest = rest.strip()
        action = _NAMES.get(rest.casefold().removeprefix("/"))
        if action:
            return await self._page(_View(action=action))
        actor = parse_member(rest, incoming.person) if rest else incoming.reply_to_member
        if actor is None:
            return Reply((Part("text", Wording.BAD),), private=True)
        return await self._page(_View(actor=actor))

    async def turn(self, rest: str, _incoming: Incoming) -> Reply:
        """The page of the button ``gp-<b or a><number>-<view>``; without a number the newest."""
        place, _, view = rest.partition("-")
        number = int(place[1:13]) if place[1:].isdecimal() else None
        before = number if place[:1] == _OLDER else None
        after = number if place[:1] == _NEWER else None
        return await self._page(_View.of_button(view), before=before, after=after)

    async def _page(self, view: _View, *, before: int | None = None, after: int | None = None) -> Reply:
        actions = view.actions if view.action else ()
        found = await self._audit.page(READ, actor=view.actor, actions=actions, before=before, after=after)
        folded = fold(found)
        more = len(folded) > ROWS or len(found) == READ  # in that direction
        shown = folded[-ROWS:] if after is not None else folded[:ROWS]
        if not shown:
            sentence = Wording.NOTHING if before is None and after is None else Wording.NOTHING_HERE
            return Reply((Part("text", sentence),), private=True)
        entries = await self._formatter.format_entries(shown)
        title = await self._title(view)
        parts = (
            Part("title", title),
            *(Part("text", self._line(entry)) for entry in entries),
            Part("note", Wording.HOW),
        )
        older = more if after is None else True
        newer = more if after is not None else before is not None
        return Reply(parts, tools=_tools(view, shown, older=older, newer=newer), private=True)

    async def _title(self, view: _View) -> str:
        if view.actor:
            return Wording.OF_MEMBER.format(who=await self._formatter.name(view.actor))
        return Wording.OF_ACTION.format(action=in_chinese(view.action)) if view.action else Wording.TITLE

    def _line(self, entry: AuditEntry) -> str:
        return Wording.ROW.format(
            at=entry.row.at.astimezone(self._zone).strftime("%Y-%m-%d %H:%M"),
            who=entry.who,
            refused="" if entry.row.allowed else Wording.REFUSED,
            action=entry.what,
            detail=Wording.DETAIL.format(detail=entry.detail) if entry.detail else "",
            times=entry.times,
        )


def _tools(view: _View, shown: Sequence[Sequence[AuditRow]], *, older: bool, newer: bool) -> tuple[Choice, ...]:
    if view.actor and not str(view):
        return ()  # a member that no button can name
    tools = []
    if older:
        tools.append(Choice(Wording.OLDER, Code.ADMIN.to(f"{PAGE}-{_OLDER}{shown[-1][-1].number}-{view}")))
    if newer:
        tools.append(Choice(Wording.NEWER, Code.ADMIN.to(f"{PAGE}-{_NEWER}{shown[0][0].number}-{view}")))
        tools.append(Choice(Wording.NEWEST, Code.ADMIN.to(f"{PAGE}--{view}")))
    return tuple(tools)
