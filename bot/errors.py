"""The error tree.

::

    BotError                 anything this program raises on purpose; its text is fit for a member or an admin
    ├── KnowledgeError       a knowledge folder cannot be used; carries every issue found
    ├── ConfigError          a setting is missing or makes no sense
    ├── UnknownPointError    a button, link or address names a point that is not there
    ├── UnknownSectionError  the same for a section
    ├── StorageError         the database cannot be opened or written
    ├── RightsUnknownError   nobody can tell just now whether a member may do something
    ├── DocumentError        a file that was sent cannot be fetched or read
    ├── PaperRefusedError    what somebody wants of a competition or a paper cannot be
    ├── BusyError            more questions wait than can be answered soon
    └── DepartedError        whoever asked is gone
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.wording import BUSY, STOPPING


@dataclass(frozen=True, slots=True)
class ValidationIssue:
    """One thing wrong with a knowledge folder.

    ``fatal`` issues keep the bot from serving the folder; the others are shown by ``bot check`` and still fail
    it, but a member gets answers all the same. ``more``: it stands for so many that are not told one by one.
    """

    file: str
    line: int
    message: str
    fatal: bool = True
    more: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


def count_issues(issues: Iterable[ValidationIssue]) -> int:
    """How many ``issues`` there are, with those that are not told one by one."""
    return sum(issue.more or 1 for issue in issues)


class BotError(Exception):
    """Anything this program raises on purpose. ``str()`` is a Chinese sentence fit to be shown."""


class KnowledgeError(BotError):
    """A knowledge folder cannot be used. ``issues`` has every issue that was found, never only the first."""

    def __init__(self, issues: Sequence[ValidationIssue]) -> None:
        self.issues = tuple(issues)
        super().__init__("\n".join(str(issue) for issue in self.issues))


class ConfigError(BotError):
    """A setting is missing or makes no sense."""


class UnknownPointError(BotError):
    """A button, link or address names a point that the knowledge does not have (any more)."""


class UnknownSectionError(BotError):
    """A button, link or address names a section that the knowledge does not have (any more)."""


class StorageError(BotError):
    """The database cannot be opened or written."""


class RightsUnknownError(BotError):
    """Nobody can tell just now whether a member may do something: it is neither done nor refused."""


class DocumentError(BotError):
    """A file that was sent cannot be fetched or read."""


class PaperRefusedError(BotError):
    """What somebody wants of a competition or of a paper cannot be: too late, too often, somebody else's."""


class BusyError(BotError):
    """More questions wait than can be answered soon."""

    def __init__(self) -> None:
        super().__init__(BUSY)


class DepartedError(BotError):
    """Whoever asked is gone, or the bot is about to stop: there is nobody to be answered."""

    def __init__(self) -> None:
        super().__init__(STOPPING)
