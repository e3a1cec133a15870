"""The command menu that Telegram shows beside the text field, by kind of chat."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from telegram.error import BadRequest, Forbidden, TelegramError

from bot.conversation.capabilities import EVERYTHING, listed
from bot.conversation.commands import ADMIN_WORDS, WORD_OF
from bot.wording import Admin, Offers
from bot.wording import Telegram as Wording

CAPABILITIES: Final = replace(EVERYTHING, where=Offers.TELEGRAM)
_SCOPES: Final = {"all_private_chats": True, "all_group_chats": False}
"""The scope of a menu → whether one is alone with the bot there."""
FIRST_PAUSE = 60.0  # seconds before a failed setting is tried again; doubled each time
LAST_PAUSE = 3600.0

_log = logging.getLogger(__name__)
Menu = dict[str, Any]
"""The parameters of setMyCommands."""


async def set_command_menu(
    call: Callable[[str, Menu], Awaitable[object]],
    owners: Sequence[str] = (),
    *,
    sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
) -> None:
    """Set the menu of every scope with ``call``, again and again until each was taken. Meant for a task.

    ``owners`` are the keys of those who see the admins' commands too, in their private chats.
    """
    left = menus(owners)
    pause = FIRST_PAUSE
    while True:
        failed: list[Menu] = []
        for menu in left:
            try:
                await call("setMyCommands", menu)
            except TelegramError as error:
                if "chat_id" in menu["scope"] and isinstance(error, BadRequest | Forbidden):
                    _log.info("no command menu for an owner who has not written to the bot: %s", error)
                    continue
                _log.warning("command menu for %s not set, next try in %g s: %s", menu["scope"]["type"], pause, error)
                failed.append(menu)
        if not failed:
            return
        left = failed
        await sleep(pause)
        pause = min(pause * 2, LAST_PAUSE)


def menus(owners: Sequence[str]) -> list[Menu]:
    """A menu for each kind of chat, and one for the private chat of each owner. Those of other channels have none."""
    found = [_menu({"type": scope}, _of_everybody(alone=alone)) for scope, alone in _SCOPES.items()]
    everything = _of_everybody(alone=True)
    everything |= {name: Admin.COMMANDS[name] for name in ADMIN_WORDS.values() if name not in everything}
    for owner in owners:
        channel, _, number = owner.partition(":")
        if channel == "telegram" and number.isascii() and number.isdecimal():
            found.append(_menu({"type": "chat", "chat_id": int(number)}, everything))
    return found


def _of_everybody(*, alone: bool) -> dict[str, str]:
    """Name → description. Telegram allows Latin names only, so the description begins with the Chinese word."""
    described = ((offer, offer.described(alone=alone)) for offer in listed(CAPABILITIES, alone=alone))
    return {offer.name: Wording.MENU.format(word=WORD_OF[offer.name], what=what) for offer, what in described}


def _menu(scope: dict[str, object], commands: Mapping[str, str]) -> Menu:
    listed = [{"command": name, "description": description} for name, description in commands.items()]
    return {"commands": listed, "scope": scope}
