"""The versions that were: /history, /diff, /rollback, /export."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from zoneinfo import ZoneInfo

from bot.conversation.messages import Attachment, Choice, Code, Incoming, Part, Reply, say
from bot.conversation.router import Feature, Handler, private
from bot.features.knowledge_versions.candidate import ProposedChange
from bot.features.knowledge_versions.pending_previews import Previews
from bot.features.knowledge_versions.presenter import applied, are_you_sure, refused, when
from bot.features.knowledge_versions.version_manager import SYSTEM, Versions
from bot.knowledge.diff.diff import Diff
from bot.records.knowledge_versions import Version
from bot.wording import Versions as Wording

PAGE = 5  # versions of one reply
SHOWN = 2  # changes of a version in a list of them
MAX_DIGITS = 9  # of a version's number
DIFF_LIMIT = 200_000  # characters of the text of a diff


NamesOf = Callable[[Collection[str]], Awaitable[Mapping[str, str]]]
"""Gives the shown names of members, as far as they are known. May raise StorageError."""


class History:
    """Shows versions and brings them back. ``zone``: by whose clocks moments are told."""

    def __init__(self, versions: Versions, names: NamesOf, zone: str, previews: Previews) -> None:
        self._versions = versions
        self._previews = previews
        self._names = names
        self._zone = ZoneInfo(zone)

    def feature(self) -> Feature:
        """The commands and buttons of it."""
        return Feature(
            commands={
                "history": Handler(private(self.history), "editor", audited=False),
                "diff": Handler(private(self.diff), "editor", audited=False),
                "rollback": Handler(private(self.rollback), "editor"),
                "export": Handler(private(self.export), "editor"),
            },
            buttons={
                "rh": Handler(private(self.history), "editor", audited=False),
                "rd": Handler(private(self.diff), "editor", audited=False),
                "rb": Handler(private(self.rollback), "editor"),
            },
        )

    async def history(self, rest: str, _: Incoming) -> Reply:
        """The latest versions, or those before number ``rest``. Raises StorageError."""
        before = _number(rest)
        found = await self._versions.store.versions(PAGE + 1, before)
        shown, older = found[:PAGE], found[PAGE:]
        authors = await self._authors(shown)
        title = Wording.HISTORY_OF.format(title=self._versions.served.knowledge.title)
        parts = [Part("title", title), *(Part("text", self._line(one, authors)) for one in shown)]
        choices = [
            Choice(Wording.ROLL_BACK.format(number=one.number), Code.ADMIN.to(f"rb-{one.number}")) for one in shown
        ]
        choices = [choice for choice in choices if choice.action != Code.ADMIN.to(f"rb-{self._versions.number}")]
        if older:
            choices.append(Choice(Wording.OLDER, Code.ADMIN.to(f"rh-{shown[-1].number}")))
        return Reply(tuple(parts), tuple(choices))

    async def diff(self, rest: str, _: Incoming) -> Reply:
        """What version ``rest`` changed, the present one where none is named. Raises StorageError."""
        number = _number(rest) if rest else self._versions.number
        if number is None:
            return say(Wording.NOT_A_NUMBER.format(command="diff"))
        version = await self._versions.store.version(number)
        if version is None:
            return say(Wording.NO_SUCH_VERSION.format(number=number))
        if not version.diff:
            return say(Wording.DIFF_FIRST)
        authors = await self._authors([version])
        heading = Wording.DIFF_OF.format(
            number=number,
            when=when(version, self._zone),
            author=authors[version.author],
            note=version.note,
        )
        lines = Diff.from_json(version.diff).lines()
        text = await self._versions.text_diff(number, DIFF_LIMIT)
        files = (Attachment(Wording.DIFF_FILE.format(number=number), text.encode()),) if text else ()
        back = Choice(Wording.ROLL_BACK.format(number=number - 1), Code.ADMIN.to(f"rb-{number - 1}"))
        parts = (Part("title", heading), *(Part("text", line) for line in lines))
        return Reply(parts, (back,) if number == self._versions.number else (), files=files)

    async def rollback(self, rest: str, incoming: Incoming) -> Reply:
        """Serve version ``rest`` again, at once where nothing breaks; without one, a choice. Raises StorageError."""
        if not rest:
            return await self._which()
        number = _number(rest)
        if number is None:
            return say(Wording.NOT_A_NUMBER.format(command="rollback"))
        if number == self._versions.number:
            return say(Wording.THIS_ONE.format(number=number))
        proposal = await self._versions.proposal_for(number, incoming.person)
        return (
            say(Wording.NO_SUCH_VERSION.format(number=number))
            if proposal is None
            else await self._back_to(proposal, number)
        )

    async def _back_to(self, proposal: ProposedChange, number: int) -> Reply:
        candidate, version = await self._versions.take(proposal, lambda candidate: not candidate.broken)
        if version is not None:
            return applied(version.number, Wording.ROLLED_BACK.replace("{to}", str(number)))
        if candidate.served is None:
            return refused(candidate.issues)
        if candidate.same:
            return say(Wording.SAME)
        await self._previews.save(candidate, back_to=number)
        return are_you_sure(candidate)

    async def export(self, _: str, __: Incoming) -> Reply:
        """The files that are served."""
        served, number = self._versions.served, self._versions.number
        files = tuple(Attachment(name, text.encode()) for name, text in served.files)
        return Reply((Part("text", Wording.EXPORTED.format(number=number)),), files=files)

    async def _which(self) -> Reply:
        found = [one for one in await self._versions.store.versions(PAGE + 1) if one.number != self._versions.number]
        if not found:
            return say(Wording.ONLY_ONE)
        authors = await self._authors(found)
        parts = [Part("text", Wording.ROLL_BACK_WHICH), *(Part("text", self._line(one, authors)) for one in found)]
        choices = (
            Choice(Wording.ROLL_BACK.format(number=one.number), Code.ADMIN.to(f"rb-{one.number}")) for one in found
        )
        return Reply(tuple(parts), tuple(choices))

    async def _authors(self, versions: Sequence[Version]) -> Mapping[str, str]:
        """How the authors are called; by their keys where nobody knows better."""
        authors = {version.author for version in versions}
        named = await self._names(authors - {SYSTEM})
        return {**{author: author for author in authors}, **named, SYSTEM: Wording.AUTHOR_SYSTEM}

    def _line(self, version: Version, authors: Mapping[str, str]) -> str:
        changes = "；".join(change_lines(version))
        return Wording.HISTORY_LINE.format(
            number=version.number,
            when=when(version, self._zone),
            author=authors[version.author],
            note=version.note,
            changes=Wording.HISTORY_CHANGES.format(changes=changes) if changes else "",
        )


def change_lines(version: Version) -> tuple[str, ...]:
    """What a version changed, in a list of several; nothing for the first one."""
    return Diff.from_json(version.diff).lines(SHOWN) if version.diff else ()


def _number(text: str) -> int | None:
    """The number of a version as somebody typed it."""
    return int(text) if text.isdecimal() and len(text) <= MAX_DIGITS else None
