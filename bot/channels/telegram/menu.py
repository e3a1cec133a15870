"""The command menu that Telegram shows beside the text field, by kind of chat."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from telegram.error import TelegramError

from bot.wording import Telegram as Wording

COMMANDS = {
    "ask": Wording.MENU_ASK,
    "quiz": Wording.MENU_QUIZ,
    "skip": Wording.MENU_SKIP,
    "stop": Wording.MENU_STOP,
    "rank": Wording.MENU_RANK,
    "wrong": Wording.MENU_WRONG,
    "me": Wording.MENU_ME,
    "daily": Wording.MENU_DAILY,
    "settings": Wording.MENU_SETTINGS,
    "report": Wording.MENU_REPORT,
    "forget": Wording.MENU_FORGET,
    "outline": Wording.MENU_OUTLINE,
    "help": Wording.MENU_HELP,
    "start": Wording.MENU_START,
}
"""Name → description. Telegram allows Latin names only; the Chinese words are understood without a menu."""
_SCOPES = {
    "all_private_chats": (
        "ask",
        "quiz",
        "wrong",
        "me",
        "rank",
        "daily",
        "settings",
        "report",
        "outline",
        "help",
        "forget",
        "start",
    ),
    "all_group_chats": ("ask", "quiz", "skip", "stop", "rank", "daily", "me", "settings", "report", "outline", "help"),
}
FIRST_PAUSE = 60.0  # seconds before a failed setting is tried again; doubled each time
LAST_PAUSE = 3600.0

_log = logging.getLogger(__name__)


async def keep_menu_set(
    call: Callable[[str, dict[str, Any]], Awaitable[object]],
    *,
    sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
) -> None:
    """Set the menu of every scope with ``call``, again and again until each was taken. Meant for a task."""
    left = dict(_SCOPES)
    pause = FIRST_PAUSE
    while True:
        for scope, names in list(left.items()):
            commands = [{"command": name, "description": COMMANDS[name]} for name in names]
            try:
                await call("setMyCommands", {"commands": commands, "scope": {"type": scope}})
            except TelegramError as error:
                _log.warning("command menu for %s not set, next try in %g s: %s", scope, pause, error)
            else:
                del left[scope]
        if not left:
            return
        await sleep(pause)
        pause = min(pause * 2, LAST_PAUSE)
