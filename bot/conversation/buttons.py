"""What a button does, as a short ASCII string: at most 64 bytes, the smallest button of all platforms.

==================  =====================================================
``p:<point>``       show a point
``c:<point>``       show a point in its paragraph
``o:``              the outline, ``o:<section>`` the points of one section
``u:<answer>``      this answer helped 👍
``d:<answer>``      it did not 👎
``h:``              help
``q:<what>``        quizzes, see ``bot.features.contests.buttons``
``a:<what>``        admins' work, see ``bot.conversation.router``
==================  =====================================================

The same strings name things in deep links: ``p-<point>`` where a colon is not allowed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Code(StrEnum):
    """The letter that a button begins with; buttons of old messages have them, so they never change."""

    POINT = "p"
    CONTEXT = "c"
    OUTLINE = "o"
    HELPFUL = "u"
    UNHELPFUL = "d"
    HELP = "h"
    QUIZ = "q"
    ADMIN = "a"

    def to(self, target: str = "") -> str:
        """The action that a button of this letter spells."""
        return f"{self.value}:{target}"


_CODES: Final = {code.value: code for code in Code}
_ACTION = re.compile(r"([a-z])[:-]([A-Za-z0-9._-]{0,60})", re.ASCII)
MAX_BYTES = 64


@dataclass(frozen=True, slots=True)
class Action:
    """A button, taken apart: what it does, and to what."""

    code: Code
    target: str = ""

    def __str__(self) -> str:
        return self.code.to(self.target)


def parse_action(text: str) -> Action | None:
    """The action that ``text`` spells, with a colon or a dash behind its letter; None for anything else."""
    found = _ACTION.fullmatch(text)
    code = _CODES.get(found[1]) if found is not None else None
    return Action(code, found[2]) if found is not None and code is not None else None
