"""Every channel lists what works in it: each command of its help is sent there, and each that is not listed too."""

from __future__ import annotations

import html
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from itertools import count
from pathlib import Path

import pytest
import pytest_asyncio

from bot import wording
from bot.config import ROOT
from bot.conversation.capabilities import ADMIN_NEEDS, OFFERS
from bot.wording import Admin, Contests, Notices, Offers, Web
from tests.e2e.admin_bot import SLOW, AdminBot, new_admin_bot
from tests.e2e.bot_process import environment_of
from tests.e2e.terminal_process import talk_on_a_terminal
from tests.standin.client import Chat, User

pytestmark = pytest.mark.asyncio(loop_scope="module")
COMMANDS = {offer.name for offer in OFFERS} | set(ADMIN_NEEDS)
WHERE = (Offers.WEB, Offers.TERMINAL, Offers.TELEGRAM, Offers.API, Offers.COMMAND_LINE)
NOTHING_DONE = (
    wording.UNKNOWN_COMMAND.partition("{")[0],
    *(sentence.format(where=where) for sentence in Offers.MISSING.values() for where in WHERE),
    *(Contests.NOT_HERE, Contests.WRONG_PRIVATE, Notices.QUIET_NOT_HERE),
    *(Admin.REFUSED, Admin.UNKNOWN),
)
GUIDE_FILES = (ROOT / "README.zh.md", *sorted((ROOT / "docs" / "zh").glob("*.md")))
GUIDES = "\n".join(file.read_text(encoding="utf-8") for file in GUIDE_FILES)

IN_A_GROUP = 9  # replies in one group: Telegram allows twenty a minute, and nobody wants to wait for the next

Say = Callable[[str], Awaitable[str]]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def admin_bot(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[AdminBot]:
    async with new_admin_bot(tmp_path_factory.mktemp("admin_bot")) as opened:
        yield opened


def on_telegram(admin_bot: AdminBot, who: User, chat: Chat) -> Say:
    async def say(text: str) -> str:
        reply = await who.ask(chat, text, timeout=SLOW)
        await admin_bot.telegram.quiet(seconds=0.1, timeout=SLOW)  # a reply may be several messages
        return reply.text or str(reply.raw.get("document", ""))

    return say


def on_the_page(admin_bot: AdminBot) -> Say:
    async def say(text: str) -> str:
        page = await admin_bot.web.post("/chat", data={"question": text})
        return html.unescape(re.sub(r"<[^>]+>", "", page.text))

    return say


def by_the_interface(admin_bot: AdminBot) -> Say:
    async def say(text: str) -> str:
        return str((await admin_bot.web.post("/api/ask", json={"question": text, "session": "one"})).json()["reply"])

    return say


def listed(help_: str) -> list[str]:
    return re.findall(r"· /(\w+) ", help_)


def says_so(reply: str) -> bool:
    """Whether ``reply`` says that nothing can be done here."""
    return any(sentence in reply for sentence in NOTHING_DONE)


async def check(say: Say, help_: str) -> None:
    """What ``help_`` lists does something, what it does not list says that it cannot, or is in a guide."""
    names = listed(help_)
    assert names and len(set(names)) == len(names)
    for name in names:
        reply = await say(f"/{name}")
        assert reply and not says_so(reply), f"/{name}: {reply}"
    for name in sorted(COMMANDS.difference(names)):
        reply = await say(f"/{name}")
        assert says_so(reply) or f"`/{name}" in GUIDES, f"/{name}: {reply}"


async def test_on_telegram_in_private(admin_bot: AdminBot) -> None:
    say = on_telegram(admin_bot, admin_bot.ann, admin_bot.ann.chat)
    help_ = await say("/help")
    assert {"quiz", "wrong", "me", "daily", "settings", "report", "quiet", "forget"} <= set(listed(help_))
    await check(say, help_)


async def test_on_telegram_as_an_owner(admin_bot: AdminBot) -> None:
    say = on_telegram(admin_bot, admin_bot.boss, admin_bot.boss.chat)
    help_ = await say("/help")
    assert set(ADMIN_NEEDS) <= set(listed(help_))
    await check(say, help_)


async def test_in_a_group(admin_bot: AdminBot) -> None:
    asked = count()
    groups: list[Chat] = []

    async def say(text: str) -> str:
        if next(asked) % IN_A_GROUP == 0:
            groups.append(await admin_bot.telegram.supergroup(f"学习小组{len(groups)}", [admin_bot.ann]))
            await admin_bot.telegram.wait_for("sendMessage", chat_id=groups[-1], timeout=SLOW)
        return await on_telegram(admin_bot, admin_bot.ann, groups[-1])(text)

    help_ = await say("/help")
    assert {"quiz", "skip", "stop", "rank"} <= set(listed(help_)) and "wrong" not in listed(help_)
    await check(say, help_)


async def test_on_the_page(admin_bot: AdminBot) -> None:
    say = on_the_page(admin_bot)
    help_ = await say("帮助")
    assert {"outline", "why", "quiz", "wrong", "me", "rank", "daily", "forget"} <= set(listed(help_))
    await check(say, help_)


async def test_by_the_interface_for_programs(admin_bot: AdminBot) -> None:
    say = by_the_interface(admin_bot)
    await check(say, await say("帮助"))


@pytest.mark.parametrize("text", ["答题", "/daily 8:00"])
async def test_who_wants_a_quiz_where_there_is_none_is_told_where_else(admin_bot: AdminBot, text: str) -> None:
    reply = await by_the_interface(admin_bot)(text)
    assert Offers.MISSING["quizzes"].format(where=Offers.API) in reply
    assert any(name in reply for name in ("https://t.me/standin_bot", Web.NAME))
    assert Contests.NAME_FIRST in await on_the_page(admin_bot)(text)


async def test_in_the_terminal(tmp_path: Path) -> None:
    environment = environment_of(tmp_path, ADMINS="terminal:local")
    names = listed(await talk_on_a_terminal(environment, ["帮助"]))
    assert {"quiz", "wrong", "stats", "history"} <= set(names) and not {"export", "say"} & set(names)
    shown = await talk_on_a_terminal(environment, [f"/{name}" for name in names])
    assert not says_so(shown), shown
    for name in sorted(COMMANDS.difference(names)):
        shown = (await talk_on_a_terminal(environment, [f"/{name}"])) if name not in GUIDES else ""
        assert says_so(shown) or f"`/{name}" in GUIDES, shown


async def test_a_terminal_alone_sends_nobody_elsewhere(tmp_path: Path) -> None:
    shown = await talk_on_a_terminal(environment_of(tmp_path), ["帮助", "/export", "答题"])
    assert "Telegram" not in shown and "网页" not in shown
