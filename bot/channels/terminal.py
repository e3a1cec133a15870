"""The terminal channel: a line in, a reply out."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Protocol, TextIO

from bot.chat.messages import Incoming, Reply
from bot.wording import TERMINAL_HELLO, TERMINAL_PROMPT

PERSON = "terminal:local"


class Conversation(Protocol):
    """What this channel needs of the chat."""

    async def handle(self, incoming: Incoming) -> Reply:
        """The reply to ``incoming``; never raises."""


ReadLine = Callable[[], Awaitable[str]]


class Terminal:
    """Talks on two streams until the first ends. ``prompt``: a person is typing, so show where."""

    def __init__(self, conversation: Conversation, read_line: ReadLine, out: TextIO, *, prompt: bool) -> None:
        self._conversation = conversation
        self._read_line = read_line
        self._out = out
        self._prompt = prompt

    async def run(self) -> None:
        """Greet, then answer line after line; returns at the end of the input."""
        self._say((await self._handle("/start", 0)).text)
        if self._prompt:
            self._say(TERMINAL_HELLO)
        number = 0
        while True:
            if self._prompt:
                print(TERMINAL_PROMPT, end="", file=self._out, flush=True)
            line = await self._read_line()
            if not line:
                return
            if line.strip():
                number += 1
                self._say(show(await self._handle(line.strip(), number)))

    async def _handle(self, text: str, number: int) -> Reply:
        return await self._conversation.handle(Incoming(PERSON, PERSON, text=text, request_id=f"terminal-{number}"))

    def _say(self, text: str) -> None:
        print(text + "\n", file=self._out, flush=True)


def show(reply: Reply) -> str:
    """``reply`` as text; what may be picked by number or typed as a word stands below it."""
    lines = [reply.text or reply.toast]
    if reply.choices and not reply.numbered:
        lines += [f"  [{number}] {choice.label}" for number, choice in enumerate(reply.choices, start=1)]
    if reply.tools:
        lines.append("  " + "  ".join(tool.label for tool in reply.tools))
    return "\n".join(line for line in lines if line)


def stdin_lines(stream: TextIO) -> ReadLine:
    """Reads ``stream`` line by line without holding up the event loop; an empty text is the end."""

    async def read_line() -> str:
        return await asyncio.to_thread(stream.readline)

    return read_line
