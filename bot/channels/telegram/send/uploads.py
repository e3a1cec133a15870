"""The files of a reply → messages with a file each; what Telegram does not take is told instead."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any, Final, Literal

from telegram import InputFile
from telegram.error import BadRequest, TelegramError

from bot.channels.telegram.address import Address
from bot.channels.telegram.receive.downloads import MEGABYTE
from bot.channels.telegram.send.html import escape, utf16_length, without_markup
from bot.channels.telegram.send.keyboard import Keyboard
from bot.channels.telegram.send.sender import Sender, placement_of
from bot.conversation.messages import Attachment
from bot.wording import Telegram as Wording

CAPTION = 1024  # UTF-16 units below a file
MAX_UPLOAD = 50 * MEGABYTE
MAX_PHOTO = 10 * MEGABYTE
_log = logging.getLogger(__name__)

Kind = Literal["photo", "document"]
_METHODS: Final[dict[Kind, str]] = {"photo": "sendPhoto", "document": "sendDocument"}


async def send_with_files(
    sender: Sender,
    address: Address,
    pages: Sequence[str],
    keyboard: Keyboard | None,
    files: Sequence[Attachment],
) -> int | None:
    """Send ``files`` to ``address``, one after another; the first has ``pages`` below it, and ``keyboard``.

    A text that is too long for that comes before them, with the keyboard. Returns the id of the last message; None
    if it was dropped, as nobody is there.
    """
    fits = len(pages) <= 1 and utf16_length(without_markup("".join(pages))) <= CAPTION
    sent: int | None = None
    if not fits:
        sent = await sender.send(address, pages, keyboard)
        if sent is None:
            return None
    for number, file in enumerate(files):
        first = number == 0
        where = Address(address.chat, address.thread, address.reply_to if first and fits else None)
        below = "".join(pages) if first and fits else ""
        sent = await _send(sender, where, file, below, keyboard if first and fits else None)
        if sent is None:
            return None
    return sent


async def _send(
    sender: Sender, address: Address, file: Attachment, below: str, keyboard: Keyboard | None
) -> int | None:
    message = await _upload(sender, address, file, below, keyboard)
    if isinstance(message, dict):
        return int(message["message_id"])
    sorry = escape(Wording.FILE_NOT_SENT.format(name=file.name))
    return await sender.send(address, [below, sorry] if below else [sorry], keyboard)


async def _upload(sender: Sender, address: Address, file: Attachment, below: str, keyboard: Keyboard | None) -> Any:
    """The message as Telegram gives it back; None if it takes no such file, or takes none there."""
    kinds: list[Kind] = ["document"] if len(file.data) <= MAX_UPLOAD else []
    if file.picture and len(file.data) <= MAX_PHOTO:
        kinds.insert(0, "photo")
    for kind in kinds:
        data = placement_of(address, replies=True)
        data[kind] = InputFile(file.data, filename=file.name)
        if below:
            data |= {"caption": below, "parse_mode": "HTML"}
        if keyboard is not None:
            data["reply_markup"] = keyboard
        try:
            return await sender.call(_METHODS[kind], data)
        except BadRequest as error:  # a picture of odd proportions still goes as a file
            _log.warning("%s refused: %s", _METHODS[kind], error)
        except TelegramError as error:  # too large for a server on the way
            _log.warning("%s failed: %s", _METHODS[kind], error)
    return None
