"""A reply's tools and choices → rows of inline buttons. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from json import dumps

from bot.conversation.buttons import Code
from bot.conversation.messages import Choice, Reply
from bot.text import shorten

LABEL = 30  # characters of a label that a phone shows in one row
NEW_PAGE = "o-"  # an ``o:`` whose outline comes as a new message; plain ``o:`` turns the page in place
OUTLINE = Code.OUTLINE.to()
_MAX_CHOICES = 90  # Telegram takes about a hundred buttons

Keyboard = str
"""An InlineKeyboardMarkup as JSON."""


def is_outline(reply: Reply, action: str = "") -> bool:
    """Whether ``reply``, which answers ``action``, is a page of the outline: made to be browsed in place."""
    choices = reply.choices
    if not choices:
        return False
    if action.startswith(OUTLINE):
        return True
    return choices[0].action.startswith(OUTLINE) and all(
        choice.action.startswith(OUTLINE) and choice.action != OUTLINE for choice in choices
    )


def keyboard_of(reply: Reply, *, outline: bool = False) -> Keyboard | None:
    """The buttons under ``reply``: its tools in one row, then its choices, one a row; None for no buttons.

    Buttons of an ``outline`` page turn that page; from anywhere else the outline comes as a new message.
    """
    rows = [_row((choice.label, choice.action) for choice in reply.tools)] if reply.tools else []
    for number, choice in enumerate(reply.choices[:_MAX_CHOICES], start=1):
        label = choice.label
        if reply.numbered and choice.action != OUTLINE:
            label = f"{number}. {label}"
        rows.append(_row([(shorten(label, LABEL), choice.action if outline else _elsewhere(choice))]))
    return f'{{"inline_keyboard":[{",".join(rows)}]}}' if rows else None


def action_of(data: str) -> str:
    """The action that a button's ``data`` stands for."""
    return f"{OUTLINE}{data[len(NEW_PAGE) :]}" if data.startswith(NEW_PAGE) else data


def _elsewhere(choice: Choice) -> str:
    return NEW_PAGE + choice.action[2:] if choice.action.startswith(OUTLINE) else choice.action


def _row(buttons: Iterable[tuple[str, str]]) -> str:
    """One row as JSON. Spelled out: every answer has some, and nested dicts take three times as long."""
    cells = [f'{{"text":{dumps(label)},"callback_data":{dumps(action)}}}' for label, action in buttons]
    return f"[{','.join(cells)}]"
