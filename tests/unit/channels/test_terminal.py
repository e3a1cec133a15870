"""The terminal: a line in, a reply out."""

import asyncio
from io import StringIO

import pytest

from bot.channels.terminal import Terminal, lines_of, show
from bot.chat.chat import Chat, Library
from bot.chat.messages import Choice, Part, Reply
from bot.chat.text_play import TextPlay
from bot.retrieval.retriever import Retriever
from bot.retrieval.tokenize import shared_tokenizer
from bot.wording import FAREWELL, TERMINAL_HELLO
from tests.unit.chat.quiz_stage import Hall, settle
from tests.unit.library import FakeStore, knowledge, make_chat


async def _talk(typed: str) -> list[str]:
    out = StringIO()
    await Terminal(make_chat(), lines_of(StringIO(typed)), out, prompt=False).run(asyncio.Event())
    return out.getvalue().strip().split("\n\n")


async def test_each_line_gets_a_reply_and_empty_lines_get_none() -> None:
    greeting, card = await _talk("\n  \n修路花了多少钱\n")
    assert greeting.startswith("您好")
    assert [line[:5] for line in greeting.splitlines()[2:]] == ["  [1]", "  [2]", "  [3]", "  [4]"]
    assert card == (
        "硬化村道12.5公里\n"
        "硬化村道12.5公里,总投资460万元,其中县级补助180万元。\n"
        "—— 第二部分·修好进村道路\n"
        "  [1] 田间课堂培训农户\n"
        "  [2] 新建教学楼,招聘教师\n"
        "  👍  👎  上下文"
    )


async def test_a_related_point_is_picked_by_its_number() -> None:
    _, _, picked = await _talk("修路花了多少钱\n1\n")
    assert picked.startswith("田间课堂培训农户\n组织“田间课堂”")


async def test_feedback_is_typed_as_it_is_shown() -> None:
    _, _, thanks = await _talk("修路花了多少钱\n👍\n")
    assert thanks == "谢谢，记下了。"


@pytest.mark.parametrize("word", ["退出", " exit ", "QUIT"])
async def test_a_word_ends_the_conversation(word: str) -> None:
    _, farewell = await _talk(f"{word}\n修路花了多少钱\n")
    assert farewell == FAREWELL


async def test_a_person_who_types_is_told_how_to_end() -> None:
    out = StringIO()
    await Terminal(make_chat(), lines_of(StringIO("")), out, prompt=True).run(asyncio.Event())
    assert TERMINAL_HELLO in out.getvalue() and "退出" in TERMINAL_HELLO


async def test_a_stop_ends_it_while_nothing_is_typed() -> None:
    async def silence() -> str:
        await asyncio.Event().wait()
        return ""

    stop = asyncio.Event()
    running = asyncio.create_task(Terminal(make_chat(), silence, StringIO(), prompt=True).run(stop))
    await asyncio.sleep(0)
    stop.set()
    async with asyncio.timeout(5):
        await running


def test_choices_that_are_numbered_in_the_text_are_not_shown_twice() -> None:
    reply = Reply((Part("text", "哪一条?"),), (Choice("甲", "p:a"), Choice("乙", "p:b")), numbered=True)
    assert show(reply) == "哪一条?\n1. 甲\n2. 乙"


async def test_a_contest_is_played_by_typing() -> None:
    hall = Hall(polls=False)
    out = StringIO()
    typed: asyncio.Queue[str] = asyncio.Queue()
    retriever = Retriever(knowledge(), shared_tokenizer())
    chat = Chat(Library(retriever), FakeStore(), hall.time, "r", hall.quizzing)
    terminal = Terminal(chat, typed.get, out, prompt=False)
    hall.quizzing.channels.add("terminal", TextPlay(terminal.post))
    await hall.opens()
    talking = asyncio.create_task(terminal.run(asyncio.Event()))

    async def types(line: str) -> str:
        before = len(out.getvalue())
        typed.put_nowait(line + "\n")
        await settle()
        return out.getvalue()[before:]

    shown = await types("答题 2 20")
    assert "答题开始：竞赛，共 2 题" in shown
    assert "第 1/2 题（20 秒）" in shown
    assert "B. " in shown
    judged = await types("选B")
    assert "✅ 答对了。" in judged or "❌ 答错了。" in judged
    await hall.time.advance(3)
    await types("a")
    assert "答题结束：竞赛" in out.getvalue()
    assert "还没有" not in await types("我的")
    typed.put_nowait("")
    await talking
    await hall.dies()
