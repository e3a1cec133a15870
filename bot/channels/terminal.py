"""The terminal channel: a line in, a reply out."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Awaitable, Callable
from dataclasses import replace
from math import ceil
from typing import Final, Protocol, TextIO

from bot.chat.capabilities import Capabilities
from bot.chat.messages import Incoming, Reply
from bot.text import clean
from bot.wording import FAREWELL, TERMINAL_FILE, TERMINAL_HELLO, TERMINAL_NAME, TERMINAL_PROMPT, Offers

PERSON = "terminal:local"
CAPABILITIES: Final = Capabilities(Offers.TERMINAL, dialogue=True, quizzes=True, posts=True, identity=True)
QUIT = frozenset({"退出", "exit", "quit"})


class Conversation(Protocol):
    """What this channel needs of the chat."""

    async def handle(self, incoming: Incoming) -> Reply:
        """The reply to ``incoming``; never raises."""

    def offered(self, chat: str, person: str, reply: Reply) -> None:
        """``reply`` was said of the bot's own accord: what ``person`` picks by number is of it."""


ReadLine = Callable[[], Awaitable[str]]


class Terminal:
    """Talks on two streams until the first ends or somebody types a word of QUIT.

    ``prompt``: a person is typing, so show where.
    """

    def __init__(self, conversation: Conversation, read_line: ReadLine, out: TextIO, *, prompt: bool) -> None:
        self._conversation = conversation
        self._read_line = read_line
        self._out = out
        self._prompt = prompt
        self._greeted = asyncio.Event()

    async def post(self, chat: str, reply: Reply) -> bool:
        """Say something of the bot's own accord; False where ``chat`` is not this terminal."""
        if chat != PERSON:
            return False
        await self._greeted.wait()  # what was left behind is told after the greeting: its numbers are the latest
        if self._prompt:
            self._say("")  # what is said does not stand behind the prompt
        self._conversation.offered(PERSON, PERSON, reply)
        self._say(show(reply))
        if self._prompt:
            self._ask()
        return True

    async def run(self, stop: asyncio.Event) -> None:
        """Greet, then answer line after line; returns at the end of the conversation, and at once on ``stop``."""
        talking = asyncio.create_task(self._talk(), name="terminal-talk")
        stopping = asyncio.create_task(stop.wait())
        try:
            await asyncio.wait({talking, stopping}, return_when=asyncio.FIRST_COMPLETED)
            if talking.done():
                talking.result()
            elif self._prompt:
                self._say("")  # whatever comes now does not stand behind the prompt
        finally:
            talking.cancel()
            stopping.cancel()

    async def _talk(self) -> None:
        self._say(show(await self._handle("/start", 0)))
        if self._prompt:
            self._say(TERMINAL_HELLO)
        self._greeted.set()
        number = 0
        while True:
            if self._prompt:
                self._ask()
            line = await self._read_line()
            if not line:
                return
            if clean(line) in QUIT:
                self._say(FAREWELL)
                return
            if line.strip():
                number += 1
                reply = show(await self._handle(line.strip(), number))
                if reply:  # what was wanted may show in a contest instead
                    self._say(reply)

    async def _handle(self, text: str, number: int) -> Reply:
        return await self._conversation.handle(
            Incoming(
                PERSON,
                PERSON,
                text=text,
                request_id=f"terminal-{number}",
                name=TERMINAL_NAME,
                unlimited=True,
                channel=CAPABILITIES,
            )
        )

    def _ask(self) -> None:
        print(TERMINAL_PROMPT, end="", file=self._out, flush=True)

    def _say(self, text: str) -> None:
        print(text + "\n", file=self._out, flush=True)


def show(reply: Reply) -> str:
    """``reply`` as text; its files by name, and what may be picked by number or typed as a word, stand below it."""
    if reply.numbered or not reply.choices:
        lines = [reply.text or reply.toast]
    else:
        lines = [replace(reply, choices=()).text]
        lines += [f"  [{number}] {choice.label}" for number, choice in enumerate(reply.choices, start=1)]
    lines += [TERMINAL_FILE.format(name=file.name, size=ceil(len(file.data) / 1024)) for file in reply.files]
    if reply.tools:
        lines.append("  " + "  ".join(tool.label for tool in reply.tools))
    return "\n".join(line for line in lines if line)


def lines_of(stream: TextIO) -> ReadLine:
    """Reads ``stream`` line by line without holding up the event loop; an empty text is the end.

    A read that never returns does not hold up the end of the process either: its thread is a daemon, and not one
    of those that asyncio waits for.
    """

    async def read_line() -> str:
        loop = asyncio.get_running_loop()
        line: asyncio.Future[str] = loop.create_future()

        def settle(read: str) -> None:
            if not line.done():  # cancelled meanwhile
                line.set_result(read)

        def read() -> None:
            try:
                found = stream.readline()
            except (OSError, ValueError):  # the terminal is gone
                found = ""
            with contextlib.suppress(RuntimeError):  # the loop is closed: nobody is waiting
                loop.call_soon_threadsafe(settle, found)

        threading.Thread(target=read, name="terminal-read", daemon=True).start()
        return await line

    return read_line


def opened_again(stream: TextIO) -> TextIO:
    """``stream``, which has a file descriptor, with a buffer of its own and deaf to bad bytes.

    The interpreter takes the lock of ``sys.stdin``'s buffer when it ends, and dies where a thread still holds it.
    """
    return open(stream.fileno(), encoding=stream.encoding, errors="replace", closefd=False)
