"""Commands as members type them: a Latin name behind a slash, or the Chinese word that does the same."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from bot.text import clean

CommandName = Literal["start", "help", "ask", "outline", "why", "unknown"]
WORDS: Final[dict[str, CommandName]] = {"帮助": "help", "目录": "outline", "开始": "start", "问": "ask", "依据": "why"}
_NAMES: Final[dict[str, CommandName]] = {
    "start": "start",
    "help": "help",
    "ask": "ask",
    "outline": "outline",
    "why": "why",
}
_SLASH = re.compile(r"/([a-z0-9_]{1,32})(?:@\w+)?(?:\s+(.*))?", re.ASCII | re.IGNORECASE | re.DOTALL)
_ASK = re.compile(r"问[\s:\uff1a]+(.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Command:
    """A command and what was written behind it."""

    name: CommandName
    rest: str = ""


def command_of(text: str) -> Command | None:
    """The command that ``text`` is; None for a question. «问 …» needs a space, «问题» is a question."""
    text = text.strip()
    slash = _SLASH.fullmatch(text)
    if slash is not None:
        return Command(_NAMES.get(slash[1].lower(), "unknown"), (slash[2] or "").strip())
    ask = _ASK.fullmatch(text)
    if ask is not None:
        return Command("ask", ask[1].strip())
    name = WORDS.get(clean(text[:8])) if len(text) <= 8 else None
    return Command(name) if name else None
