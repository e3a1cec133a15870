"""A reply → where it belongs: here, or in the private chat of whoever asked."""

from __future__ import annotations

from json import dumps

from bot.channels.telegram.address import Address, address_of
from bot.channels.telegram.send.html import escape, render_pages
from bot.channels.telegram.send.keyboard import Keyboard, is_outline, keyboard_of
from bot.channels.telegram.send.sender import Sender
from bot.channels.telegram.send.uploads import send_with_files
from bot.conversation.messages import Reply
from bot.wording import Telegram as Wording


async def deliver(sender: Sender, address: Address, reply: Reply, action: str = "") -> int | None:
    """Send ``reply``, which answers ``action``, with its files; returns the id of the last message.

    None if there is none: it was dropped as nobody is there, or nothing is to be shown.
    """
    pages = render_pages(reply)
    keyboard = keyboard_of(reply, outline=is_outline(reply, action))
    if reply.files:
        return await send_with_files(sender, address, pages, keyboard, reply.files)
    if not pages and reply.toast:
        pages = [escape(reply.toast)]
    return await sender.send(address, pages, keyboard)


class ReplySender:
    """Shows replies. ``username`` is the bot's, for the way to it."""

    def __init__(self, sender: Sender, username: str) -> None:
        self._sender = sender
        self._username = username

    async def send(self, reply: Reply, address: Address, action: str = "") -> bool:
        """Send ``reply``, which answers ``action``, to ``address``; False if nobody is there to read it."""
        sent = await deliver(self._sender, address, reply, action)
        return sent is not None or not (reply.files or reply.toast or render_pages(reply))

    async def send_private(self, person: str, reply: Reply, action: str = "") -> bool:
        """Send ``reply``, which answers ``action``, to the private chat of ``person``; False if that is closed."""
        private = address_of(person)
        return private.chat > 0 and await self.send(reply, private, action)  # below 0 a chat speaks: a hidden admin

    async def send_private_notice(self, address: Address, *, reached: bool) -> None:
        """Say at ``address`` that a reply went to the private chat; if it did not, how to open that."""
        if reached:
            await self._sender.send(address, [escape(Wording.SENT_APART)])
        else:
            await self._sender.send(address, [escape(Wording.WRITE_FIRST)], self._way_to_the_bot())

    def _way_to_the_bot(self) -> Keyboard:
        button = {"text": Wording.TO_PRIVATE, "url": f"https://t.me/{self._username}?start=hello"}
        return dumps({"inline_keyboard": [[button]]})
