"""The terminal channel: a line, or several that are pasted at once, in, a reply out."""

from __future__ import annotations

import asyncio
import contextlib
import select
import threading
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from math import ceil
from typing import Final, TextIO

from bot.conversation.capabilities import Capabilities
from bot.conversation.messages import Incoming, Part, Reply
from bot.conversation.router import Router
from bot.knowledge.model import MarkedText
from bot.text import clean
from bot.wording import FAREWELL, TERMINAL_FILE, TERMINAL_HELLO, TERMINAL_NAME, TERMINAL_PROMPT, Offers

PERSON = "terminal:local"
INDENT: Final = "    "
BOLD: Final = "\x1b[1m"
PLAIN: Final = "\x1b[0m"
PASTE_BEGINS: Final = "\x1b[200~"
PASTE_ENDS: Final = "\x1b[201~"
MARK_PASTES: Final = "\x1b[?2004h"
NO_MORE_MARKS: Final = "\x1b[?2004l"
TOGETHER: Final = 0.03
"""Seconds within which lines come that are pasted at once: nobody types that fast."""
CAPABILITIES: Final = Capabilities(Offers.TERMINAL, dialogue=True, quizzes=True, posts=True, identity=True)
QUIT = frozenset({"退出", "exit", "quit"})


ReadLine = Callable[[], Awaitable[str]]


class Terminal:
    """Talks on two streams until the first ends or somebody types a word of QUIT.

    ``prompt``: a person is typing, so show where. ``bold``: what stands out may be written in bold.
    """

    def __init__(
        self, conversation: Router, read_line: ReadLine, out: TextIO, *, prompt: bool, bold: bool = False
    ) -> None:
        self._conversation = conversation
        self._read_line = read_line
        self._out = out
        self._prompt = prompt
        self._bold = bold
        self._greeted = asyncio.Event()

    async def post(self, chat: str, reply: Reply) -> bool:
        """Say something of the bot's own accord; False if ``chat`` is not this terminal."""
        if chat != PERSON:
            return False
        await self._greeted.wait()  # what was left behind is told after the greeting: its numbers are the latest
        if self._prompt:
            self._say("")  # what is said does not stand behind the prompt
        self._conversation.remember_offer(PERSON, PERSON, reply)
        self._say(show(reply, bold=self._bold))
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
        self._say(show(await self._handle("/start", 0), bold=self._bold))
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
                reply = show(await self._handle(line.strip(), number), bold=self._bold)
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
                skip_rate_limit=True,
                channel=CAPABILITIES,
            )
        )

    def _ask(self) -> None:
        print(TERMINAL_PROMPT, end="", file=self._out, flush=True)

    def _say(self, text: str) -> None:
        print(text + "\n", file=self._out, flush=True)


def show(reply: Reply, *, bold: bool = False) -> str:
    """``reply`` as text: its quotes indented, its files by name, below it what may be picked by number or typed.

    ``bold``: titles and what answers in a quote in bold, otherwise without any mark, as in a pipe.
    """
    lines = _laid_out(reply.parts, bold=bold) if reply.parts else [reply.toast]
    if reply.numbered:
        lines += [f"{number}. {choice.label}" for number, choice in enumerate(reply.choices, start=1)]
    else:
        lines += [f"  [{number}] {choice.label}" for number, choice in enumerate(reply.choices, start=1)]
    lines += [TERMINAL_FILE.format(name=file.name, size=ceil(len(file.data) / 1024)) for file in reply.files]
    if reply.tools:
        lines.append("  " + "  ".join(tool.label for tool in reply.tools))
    return "\n".join(line for line in lines if line)


def _laid_out(parts: Sequence[Part], *, bold: bool) -> list[str]:
    """A title on its own line, quotes indented below it, then the place."""
    lines: list[str] = []
    quoted = ""  # a quote and the words around it are one paragraph
    in_context = any(part.kind == "context" for part in parts)
    for part in parts:
        if part.kind in {"quote", "context"}:
            if quoted and not in_context:
                lines.append(_indented(quoted))
                quoted = ""
            pieces = part.pieces if part.marks else (MarkedText(part.text, marked=in_context and part.kind == "quote"),)
            quoted += "".join(_bold(piece.text, bold=bold and piece.marked) for piece in pieces)
            continue
        if quoted:
            lines.append(_indented(quoted))
            quoted = ""
        match part.kind:
            case "title":
                lines.append(_bold(part.text, bold=bold))
            case "citation":
                lines.append(f"{INDENT}—— {part.text}")
            case _:
                lines.append(part.text)
    return [*lines, _indented(quoted)] if quoted else lines


def _indented(text: str) -> str:
    return "\n".join(f"{INDENT}{line}" for line in text.split("\n"))


def _bold(text: str, *, bold: bool) -> str:
    """``text`` in bold, in each of its lines: a terminal that is scrolled or cut shows each line by itself."""
    return "\n".join(f"{BOLD}{line}{PLAIN}" for line in text.split("\n")) if bold else text


def is_bold(stream: TextIO, environment: Mapping[str, str]) -> bool:
    """Whether what is written to ``stream`` may have marks: it is a terminal, and nobody asked for none.

    See https://no-color.org: ``NO_COLOR`` counts if it is not empty.
    """
    return stream.isatty() and not environment.get("NO_COLOR") and environment.get("TERM") != "dumb"


def lines_of(stream: TextIO) -> ReadLine:
    """Reads ``stream`` line by line without holding up the event loop; an empty text is the end.

    A read that never returns does not hold up the end of the process either: its thread is a daemon, and not one
    of those that asyncio waits for.
    """

    async def read_line() -> str:
        loop = asyncio.get_running_loop()
        line: asyncio.Future[str] = loop.create_future()

        def resolve(read: str) -> None:
            if not line.done():  # cancelled meanwhile
                line.set_result(read)

        def read() -> None:
            try:
                found = stream.readline()
            except (OSError, ValueError):  # the terminal is gone
                found = ""
            with contextlib.suppress(RuntimeError):  # the loop is closed: nobody is waiting
                loop.call_soon_threadsafe(resolve, found)

        threading.Thread(target=read, name="terminal-read", daemon=True).start()
        return await line

    return read_line


def read_pasted(read_line: ReadLine, more: Callable[[], bool]) -> ReadLine:
    """Reads what is pasted at once as one message, its lines together: ``more`` tells whether another line is there.

    A terminal that marks what is pasted says itself where that ends; from any other, lines that come together belong
    together. Hands on a single line as it is.
    """

    async def read() -> str:
        text = await read_line()
        while text.count(PASTE_BEGINS) > text.count(PASTE_ENDS) or (text and await asyncio.to_thread(more)):
            line = await read_line()
            if not line:
                break
            text += line
        return text.replace(PASTE_BEGINS, "").replace(PASTE_ENDS, "")

    return read


def has_more_input(stream: TextIO) -> Callable[[], bool]:
    """Tells whether another line of ``stream``, a terminal, is there or comes within a moment."""

    def more() -> bool:
        try:
            ready, _, _ = select.select([stream], [], [], TOGETHER)
        except (OSError, ValueError):  # not to be waited for here, as on Windows
            return False
        return bool(ready)

    return more


@contextlib.contextmanager
def bracketed_paste(out: TextIO, fd: int) -> Iterator[None]:
    """Within, the terminal marks what is pasted, and shows no sign of those marks."""
    try:
        import termios  # noqa: PLC0415 - not on Windows
    except ImportError:
        yield
        return
    try:
        before = termios.tcgetattr(fd)
        changed = termios.tcgetattr(fd)
    except (OSError, ValueError, termios.error):
        yield
        return
    changed[3] &= ~termios.ECHOCTL  # else it would show ^[[200~ for the mark
    termios.tcsetattr(fd, termios.TCSANOW, changed)
    print(MARK_PASTES, end="", file=out, flush=True)
    try:
        yield
    finally:
        print(NO_MORE_MARKS, end="", file=out, flush=True)
        termios.tcsetattr(fd, termios.TCSANOW, before)


def reopened(stream: TextIO) -> TextIO:
    """``stream``, which has a file descriptor, with a buffer of its own and deaf to bad bytes.

    The interpreter takes the lock of ``sys.stdin``'s buffer when it ends, and dies if a thread still holds it.
    """
    return open(stream.fileno(), encoding=stream.encoding, errors="replace", closefd=False)
