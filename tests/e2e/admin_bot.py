"""A bot on the small document with an owner: seen from Telegram, the web and its database, for admins' work."""

from __future__ import annotations

import asyncio
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path

import httpx

from bot.wording import Cli, Versions
from tests.e2e.bot_process import BotProcess, bot_on_telegram, environment_of, write_knowledge
from tests.standin.client import Message, Press, Standin, User
from tests.unit.knowledge.changes import changed, line_of, without

KNOWLEDGE = "document"  # in the folder of an admin_bot; each start of a process writes "knowledge" anew
NOT_SAID = "《青山镇春季工作讲话》里没有说到"
ROAD = "硬化村道12.5公里,总投资460万元,其中县级补助180万元。"
ABOUT_ROAD = "修路花了多少钱"
LONG = f"二、修好进村道路。{ROAD}"
LONGER = changed(f"quote: {ROAD}", f"quote: {LONG}")
BROKEN = changed(f"quote: {ROAD}", f"quote: 县里{ROAD}")
BROKEN_AT = f"points.yaml:{line_of(f'quote: {ROAD}')}: 要点“road”的引文与原文不一致"
GONE = without("road")
BREAKS = "修了多少公里村道"  # the first question of that point: nobody wrote other golden questions down
SLOW = 20.0  # seconds that a busy machine may take for a reply; no test waits for them in vain


@dataclass(frozen=True, slots=True)
class AdminBot:
    """A running bot. ``ann`` is a member without a role."""

    telegram: Standin
    bot: BotProcess
    folder: Path
    boss: User
    ann: User
    web: httpx.AsyncClient

    @property
    def knowledge(self) -> Path:
        """The knowledge folder."""
        return self.folder / KNOWLEDGE

    async def answer(self, question: str) -> str:
        """The quote that answers ``question``, nothing where it is declined: the same on the web and on Telegram."""
        record = (await self.web.post("/api/ask", json={"question": question})).json()
        card = await self.ann.ask(self.ann.chat, question, timeout=SLOW)
        if record["verdict"] != "answer":
            assert record["verdict"] == "decline", record
            assert card.text.startswith(NOT_SAID), card.text
            return ""
        quote = str(record["quote"])
        assert quote in card.text, card.text
        return quote

    async def version(self) -> str:
        """The version of the knowledge that ``/healthz`` tells."""
        response = await self.web.get("/healthz")
        assert response.status_code == 200, response.text
        return str(response.json()["knowledge"])

    async def ask(self, text: str, by: User | None = None) -> Message:
        """What the owner, or whoever, gets for ``text`` in private."""
        who = by or self.boss
        return await who.ask(who.chat, text, timeout=SLOW)

    async def send(self, name: str, content: str | bytes, by: User | None = None, size: int | None = None) -> Message:
        """What the owner, or whoever, gets for a file."""
        who = by or self.boss
        data = content.encode() if isinstance(content, str) else content
        return await self.telegram.reply(await who.document(who.chat, name, data, size=size), timeout=SLOW)

    async def press(self, message: Message, label: str, by: User | None = None) -> Message:
        """The message that comes where the owner, or whoever, presses the one button with ``label`` in it."""
        press = await (by or self.boss).press(message, button(message, label), wait=SLOW)
        return await self.telegram.reply(press, timeout=SLOW)

    async def told(self, after: Message | Press | int, beginning: str) -> Message:
        """What the bot tells the owner by itself, behind a moment; it has to begin so."""
        call = await self.telegram.wait_for("sendMessage", chat_id=self.boss.chat, after=after, timeout=SLOW)
        assert call.message.text.startswith(beginning), call.message.text
        return call.message

    async def applied(self, offered: Message) -> Message:
        """What the owner gets who applies what is ``offered``, where nothing breaks."""
        assert Versions.CHECKED in offered.text, offered.text
        assert offered.labels == [Versions.APPLY, Versions.DISCARD]
        done = await self.press(offered, Versions.APPLY)
        assert done.text.startswith("换上了"), done.text
        return done

    async def back_to_the_first(self) -> None:
        """The first version of the knowledge is served again."""
        reply = await self.ask("/rollback 1")
        if Versions.CONFIRM in reply.labels:
            reply = await self.press(reply, Versions.CONFIRM)
        done = "第 1 版" in reply.text or reply.text.startswith("换上了") or reply.text == Versions.SAME
        assert done, reply.text

    def audited(self, *columns: str, allowed: bool) -> list[tuple[str, ...]]:
        """Some ``columns`` of the audit log, in its order, of what was ``allowed`` or refused."""
        chosen = ", ".join(columns)
        with closing(sqlite3.connect(self.folder / "data" / "bot.sqlite3")) as database:
            rows = database.execute(f"SELECT {chosen} FROM audit WHERE allowed = ? ORDER BY id", [allowed])
            return [tuple(map(str, row)) for row in rows]


@asynccontextmanager
async def admin_bot(telegram: Standin, folder: Path, boss: User, ann: User) -> AsyncIterator[AdminBot]:
    """A bot whose knowledge and data lie in ``folder``, begun anew or as it was left.

    Ended with the block; then it has never stumbled.
    """
    admins, knowledge = f"telegram:{boss.id}", folder / KNOWLEDGE
    anew = knowledge.exists()
    if not anew:
        write_knowledge(knowledge)
    settings = {"ADMINS": admins, "TIME_ZONE": "UTC", "RATE_MEMBER": "0", "KNOWLEDGE_DIR": str(knowledge)}
    async with bot_on_telegram(folder, telegram.url, telegram.token, **settings) as bot:
        at = Cli.WEB_AT.format(url="")
        await bot.says(at)
        if anew:  # what was said last before a kill may be answered once more
            await telegram.quiet(timeout=SLOW)
        async with httpx.AsyncClient(base_url=bot.output.split(at)[1].split()[0], timeout=SLOW) as web:
            yield AdminBot(telegram, bot, folder, boss, ann, web)
        assert "Traceback" not in bot.output, bot.output


@asynccontextmanager
async def new_admin_bot(folder: Path) -> AsyncIterator[AdminBot]:
    """The same with a stand-in of its own, for those who need no restart."""
    async with Standin.running() as telegram, admin_bot(telegram, folder, *await staff(telegram)) as opened:
        yield opened


async def staff(telegram: Standin) -> tuple[User, User]:
    """An owner and a member."""
    return await telegram.user("书记", started=True), await telegram.user("安安", username="ann", started=True)


async def command(folder: Path, *arguments: str) -> tuple[int, str]:
    """The exit status and all output of ``python -m bot`` on what the bot of ``folder`` keeps."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", *arguments),
        env=environment_of(folder),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    output, _ = await process.communicate()
    assert process.returncode is not None
    return process.returncode, output.decode()


def button(message: Message, label: str) -> str:
    """The whole text of the one button of ``message`` with ``label`` in it."""
    found = [text for text in message.labels if label in text]
    assert len(found) == 1, message.labels
    return found[0]


def data_of(message: Message, label: str) -> str:
    """What stands behind that button."""
    return next(one.data or "" for row in message.buttons for one in row if one.text == button(message, label))
