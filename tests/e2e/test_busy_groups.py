"""The real process in a group that asks more than Telegram lets it answer, while a contest runs there."""

from __future__ import annotations

from pathlib import Path

from bot.wording import Telegram as Wording
from tests.e2e.bot_process import bot_on_telegram
from tests.e2e.match import Match
from tests.standin.client import Call, Standin

FLOOD = 80


async def test_one_member_with_eighty_questions_holds_up_neither_a_contest_nor_anothers_single_one(
    tmp_path: Path,
) -> None:
    async with Standin.process() as telegram, bot_on_telegram(tmp_path, telegram.url, telegram.token) as bot:
        ann, bo, cheng = [await telegram.user(name, started=True) for name in ("安安", "小波", "小程")]
        group = await telegram.supergroup("学习小组", [ann, bo, cheng])
        await telegram.quiet()
        await telegram.configure(flood=True)
        match = Match(telegram, group)
        await match.starts(ann, "/quiz 3 5")
        await match.votes(await match.poll(), "安安", ann, correctly=True)
        floods = [await bo.say(group, f"/ask 修路花了多少钱 {number}") for number in range(FLOOD)]
        single = await cheng.say(group, "/ask 修路花了多少钱")
        for _ in range(2):
            await match.votes(await match.poll(timeout=30), "安安", ann, correctly=True)
        assert await match.final() == {"安安": 3}
        sent = [call for call in await telegram.calls("sendMessage", chat_id=group, after=floods[0]) if call.ok]
        answered = [_replied_to(call) for call in sent]
        told = [call for call in sent if call.params["text"] == Wording.TOO_MANY]
        to_the_flood = [number for number in answered if number in {message.message_id for message in floods}]
        assert len(told) == 1 and _replied_to(told[0]) in to_the_flood
        assert answered.count(single.message_id) == 1
        assert len([number for number in answered[: answered.index(single.message_id)] if number in to_the_flood]) <= 18
        assert "Traceback" not in bot.output


def _replied_to(call: Call) -> int:
    return int(call.message.raw.get("reply_to_message", {}).get("message_id", 0))
