"""/grant and /revoke: an owner makes members editors and quiz hosts, and takes that back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.access.member_names import MAX_NAME
from bot.access.members import MemberLabels, from_button, parse_member, to_button
from bot.access.roles import ROLES, RolePolicy
from bot.conversation.messages import Choice, Code, Incoming, Part, Reply
from bot.records.contests import MemberRecord
from bot.records.feedback import Clock
from bot.records.roles import Role, RoleRecord
from bot.text import readable
from bot.wording import Admin
from bot.wording import Roles as Wording

if TYPE_CHECKING:
    from bot.storage.contests import ContestRepository
    from bot.storage.roles import RoleRepository

ASK = "gr"
CONFIRM = "gy"
LIST = "gl"
_LINES = {"editor": Wording.EDITOR, "host": Wording.HOST}


class RoleCommands:
    """What owners do with roles. Every method raises StorageError; then nothing was changed."""

    def __init__(
        self, roles: RoleRepository, rights: RolePolicy, names: ContestRepository, *, clock: Clock, zone: str
    ) -> None:
        self._roles = roles
        self._rights = rights
        self._names = names
        self._clock = clock
        self._zone = ZoneInfo(zone)

    async def grant(self, rest: str, incoming: Incoming) -> Reply:
        """Give a role, or list who has which: «/grant», «/grant 12345 编辑», «/grant 编辑» in reply to a message."""
        words = rest.split()
        roles = [Wording.WORDS[word.casefold()] for word in words if word.casefold() in Wording.WORDS]
        others = [word for word in words if word.casefold() not in Wording.WORDS]
        if not (roles or others or incoming.reply_to_member):
            return await self.overview("", incoming)
        if "owner" in roles:
            return _say(Wording.NO_OWNERS)
        unknown = self._no_role(others, incoming) if not roles else ""
        member = self._meant(others, incoming) if not unknown else None
        if member is None:
            meant = " ".join(others) or incoming.reply_to_member
            sentence = _no_member(meant) if meant else Wording.WHOM
            return _say(Wording.NO_ROLE.format(text=unknown) if unknown else sentence)
        who = await self._who(member, incoming)
        if member in self._rights.owners:
            return _say(Wording.OWN_SELF if member == incoming.person else Wording.IS_OWNER.format(who=who))
        role: Role | None = next((role for role in ROLES if [role] == roles), None)
        if role is None:
            return _say(Wording.WHICH_ROLE.format(who=who, id=member))
        return await self._give(member, role, who, incoming)

    async def revoke(self, rest: str, incoming: Incoming) -> Reply:
        """Take a role away, or list who has which: «/revoke», «/revoke 12345», «/revoke» in reply to a message."""
        if not (rest or incoming.reply_to_member):
            return await self.overview("", incoming)
        member = self._meant(rest.split(), incoming)
        if member is None:
            return _say(_no_member(rest or incoming.reply_to_member))
        return await self._take(member, incoming)

    async def ask(self, rest: str, incoming: Incoming) -> Reply:
        """Whether the role of a button's member is really to be taken away."""
        member = from_button(rest)
        role = await self._roles.find_role(member) if member else None
        if member is None or role is None:
            return Reply(toast=Admin.GONE)
        who = await self._who(member, incoming)
        parts = (Part("text", Wording.SURE.format(who=who, role=Admin.ROLES[role])),)
        choices = (Choice(Wording.YES, Code.ADMIN.to(f"{CONFIRM}-{rest}")), Choice(Wording.BACK, Code.ADMIN.to(LIST)))
        return Reply(parts, choices, numbered=True, private=True)

    async def confirm(self, rest: str, incoming: Incoming) -> Reply:
        """Take the role of a button's member away."""
        member = from_button(rest)
        return Reply(toast=Admin.GONE) if member is None else await self._take(member, incoming)

    async def overview(self, _rest: str, _incoming: Incoming) -> Reply:
        """Who has which role, and how to change it."""
        rows = await self._roles.list_roles()
        owners = sorted(self._rights.owners)
        called = await MemberLabels.load([*owners, *(key for row in rows for key in (row.member, row.by))], self._names)
        lines = [Wording.OWNER.format(who=called.full(owner)) for owner in owners]
        lines += self._lines(rows, called)
        choices = tuple(
            Choice(Wording.REVOKE.format(who=called.short(row.member)), Code.ADMIN.to(f"{ASK}-{to_button(row.member)}"))
            for row in rows
            if to_button(row.member)
        )
        parts = (Part("title", Wording.LIST), Part("text", "\n".join(lines)), Part("note", Wording.HOW))
        return Reply(parts, choices, numbered=bool(choices), private=True)

    def _lines(self, rows: Sequence[RoleRecord], called: MemberLabels) -> Iterator[str]:
        for row in rows:
            day = row.at.astimezone(self._zone).date().isoformat()
            line = _LINES.get(row.role)
            if line is not None:
                yield line.format(who=called.full(row.member), by=called.full(row.by), day=day)
        if not rows:
            yield Wording.NOBODY

    async def _give(self, member: str, role: Role, who: str, incoming: Incoming) -> Reply:
        old = await self._roles.find_role(member)
        if old == role:
            return _say(Wording.ALREADY.format(who=who, role=Admin.ROLES[role]))
        name = _name_in(incoming, member)
        if name:  # for the list and the audit log
            await self._names.save(MemberRecord(member, name))
        await self._roles.save_role(RoleRecord(member, role, incoming.person, self._clock()))
        if old is None:
            return _say(Wording.GRANTED.format(who=who, role=Admin.ROLES[role]))
        return _say(Wording.CHANGED.format(who=who, old=Admin.ROLES[old], role=Admin.ROLES[role]))

    async def _take(self, member: str, incoming: Incoming) -> Reply:
        who = await self._who(member, incoming)
        if member in self._rights.owners:
            return _say(Wording.OWNER_STAYS.format(who=who))
        role = await self._roles.find_role(member)
        if role is None:
            return _say(Wording.NONE.format(who=who))
        await self._roles.delete_role(member)
        return _say(Wording.REVOKED.format(who=who, role=Admin.ROLES[role]))

    def _meant(self, words: Sequence[str], incoming: Incoming) -> str | None:
        """The member that is written, else the one whose message is replied to."""
        if words:
            return parse_member(" ".join(words), incoming.person)
        return parse_member(incoming.reply_to_member, incoming.person)

    def _no_role(self, words: Sequence[str], incoming: Incoming) -> str:
        """What is written beside a member, or in reply to one: it is meant for a role, and is none."""
        others = [word for word in words if parse_member(word, incoming.person) is None]
        whom = len(words) - len(others) or (1 if self._meant((), incoming) else 0)
        return " ".join(others) if whom == 1 else ""

    async def _who(self, member: str, incoming: Incoming) -> str:
        name = _name_in(incoming, member)
        called = MemberLabels({member: name}) if name else await MemberLabels.load([member], self._names)
        return called.full(member)


def _name_in(incoming: Incoming, member: str) -> str:
    """What ``member`` is called where ``incoming`` replies to a message of that member."""
    return readable(incoming.reply_to_name).strip()[:MAX_NAME] if member == incoming.reply_to_member else ""


def _no_member(text: str) -> str:
    number = text.rpartition(":")[2].strip()
    return (Wording.BAD_NUMBER if number.isdecimal() else Wording.NO_MEMBER).format(text=text)


def _say(sentence: str) -> Reply:
    """Who has which role is nobody else's business."""
    return Reply((Part("text", sentence),), private=True)
