"""/audit: who did what and when, the newest first, in pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.chat.admin_ports import Audited
from bot.chat.administering.granting import CONFIRM
from bot.chat.administering.members import Called, MemberNames, from_button, member_of, to_button
from bot.chat.administering.role_ports import AuditTrail, Logged
from bot.chat.commands import ADMIN_COMMANDS, ADMIN_WORDS
from bot.chat.messages import Choice, Incoming, Part, Reply
from bot.wording import Audits as Wording

PAGE = "gp"
ROWS = 10
_OLDER, _NEWER = "b", "a"
_CHINESE = {name: word for word, name in ADMIN_WORDS.items()} | Wording.ACTIONS
_NAMES = {word: name for name, word in reversed(_CHINESE.items())} | {name: name for name in ADMIN_COMMANDS}


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
        return tuple(name for name in {**_CHINESE, self.action: ""} if in_chinese(name) == in_chinese(self.action))

    @classmethod
    def of_button(cls, spelled: str) -> _View:
        member = from_button(spelled)
        return cls(actor=member) if member else cls(action=spelled)


class Auditing:
    """What owners see of the audit log. Every method raises StorageError."""

    def __init__(self, trail: AuditTrail, names: MemberNames, *, zone: str) -> None:
        self._trail = trail
        self._names = names
        self._zone = ZoneInfo(zone)

    async def show(self, rest: str, incoming: Incoming) -> Reply:
        """The newest page: «/audit», «/audit 12345», «/audit 授权», «/audit» in reply to a member's message."""
        rest = rest.strip()
        action = _NAMES.get(rest.casefold().removeprefix("/"))
        if action:
            return await self._page(_View(action=action))
        actor = member_of(rest, incoming.person) if rest else incoming.about
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
        # one more than is shown tells whether there are more in that direction
        found = await self._trail.page(ROWS + 1, actor=view.actor, actions=actions, before=before, after=after)
        more = len(found) > ROWS
        rows = found[-ROWS:] if after is not None else found[:ROWS]
        if not rows:
            sentence = Wording.NOTHING if before is None and after is None else Wording.NOTHING_HERE
            return Reply((Part("text", sentence),), private=True)
        shown = {view.actor, *(key for row in rows for key in (row.row.actor, _subject(row.row)))} - {""}
        called = await Called.of(shown, self._names)
        parts = (
            Part("title", _title(view, called)),
            *(Part("text", self._line(row, called)) for row in rows),
            Part("note", Wording.HOW),
        )
        older = more if after is None else True
        newer = more if after is not None else before is not None
        return Reply(parts, tools=_tools(view, rows, older=older, newer=newer), private=True)

    def _line(self, logged: Logged, called: Called) -> str:
        row = logged.row
        subject = _subject(row)
        detail = " ".join([called.who(subject), *row.detail.split()[1:]]) if subject else row.detail
        return Wording.ROW.format(
            at=row.at.astimezone(self._zone).strftime("%Y-%m-%d %H:%M"),
            who=called.who(row.actor),
            refused="" if row.allowed else Wording.REFUSED,
            action=in_chinese(row.action),
            detail=Wording.DETAIL.format(detail=detail) if detail else "",
        )


def _subject(row: Audited) -> str:
    """The member whose role a row is about; nothing where it is about no role, or names nobody first."""
    first = next(iter(row.detail.split()), "")
    if row.action in {"grant", "revoke"}:
        return member_of(first, row.actor) or ""
    return (from_button(first) or "") if row.action == CONFIRM else ""


def in_chinese(action: str) -> str:
    """What an action in the audit log is called: a command by its word, a button by what it belongs to."""
    known = _CHINESE.get(action)
    return known or Wording.BUTTON.format(kind=Wording.KINDS.get(action[:1], Wording.OTHER), name=action)


def _title(view: _View, called: Called) -> str:
    if view.actor:
        return Wording.OF_MEMBER.format(who=called.who(view.actor))
    return Wording.OF_ACTION.format(action=in_chinese(view.action)) if view.action else Wording.TITLE


def _tools(view: _View, rows: Sequence[Logged], *, older: bool, newer: bool) -> tuple[Choice, ...]:
    if view.actor and not str(view):
        return ()  # a member that no button can name
    tools = []
    if older:
        tools.append(Choice(Wording.OLDER, f"a:{PAGE}-{_OLDER}{rows[-1].number}-{view}"))
    if newer:
        tools.append(Choice(Wording.NEWER, f"a:{PAGE}-{_NEWER}{rows[0].number}-{view}"))
        tools.append(Choice(Wording.NEWEST, f"a:{PAGE}--{view}"))
    return tuple(tools)
