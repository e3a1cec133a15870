"""The terminal: a line in, a reply out."""

import asyncio
import sys
from collections.abc import AsyncIterator
from datetime import timedelta
from io import StringIO

import pytest

from bot.channels.terminal import (
    BOLD,
    PERSON,
    PLAIN,
    Terminal,
    bracketed_paste,
    is_bold,
    lines_of,
    read_pasted,
    show,
)
from bot.conversation.messages import Attachment, Choice, Part, Reply
from bot.features.contests.text_channel import TextContestChannel
from bot.library import Library
from bot.wording import FAREWELL, PICK_RANGE, TERMINAL_FILE, TERMINAL_HELLO, Contests, Reports
from tests.unit.event_loop import settle
from tests.unit.features.contests.fixtures import ContestsHarness
from tests.unit.library import conversation, make_chat, retriever


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
        "    硬化村道12.5公里,总投资460万元,其中县级补助180万元。\n"
        "    —— 第二部分·修好进村道路\n"
        "  [1] 田间课堂培训农户\n"
        "  [2] 新建教学楼,招聘教师\n"
        "  👍  👎  看前后文"
    )


async def test_a_related_point_is_picked_by_its_number() -> None:
    _, _, picked = await _talk("修路花了多少钱\n1\n")
    assert picked.startswith("田间课堂培训农户\n    组织“田间课堂”")


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
    await settle()
    assert not running.done()
    stop.set()
    async with asyncio.timeout(5):
        await running


def test_choices_that_are_numbered_in_the_text_are_not_shown_twice() -> None:
    reply = Reply((Part("text", "哪一条?"),), (Choice("甲", "p:a"), Choice("乙", "p:b")), numbered=True)
    assert show(reply) == "哪一条?\n1. 甲\n2. 乙"


def test_files_are_named_with_the_way_to_them_and_not_written() -> None:
    reply = Reply((Part("text", "第 3 版"),), (Choice("退回", "a:x"),), files=(Attachment("points.yaml", b"x" * 2048),))
    assert show(reply).splitlines() == [
        "第 3 版",
        "  [1] 退回",
        TERMINAL_FILE.format(name="points.yaml", size=2),
    ]
    assert show(Reply(files=(Attachment("a.txt", b"x"),))) == TERMINAL_FILE.format(name="a.txt", size=1)


PASSAGE = Reply(
    (
        Part("title", "修路"),
        Part("quote", "一共硬化村道12.5公里,\n很好。", marks=((2, 12),)),
        Part("citation", "第二部分", "road"),
    )
)
IN_CONTEXT = Reply(
    (Part("citation", "第二部分"), Part("context", "前面。"), Part("quote", "修路。"), Part("context", "后面。"))
)


def test_a_title_a_quote_and_its_place_stand_apart_and_a_pipe_gets_no_marks() -> None:
    assert show(PASSAGE).splitlines() == ["修路", "    一共硬化村道12.5公里,", "    很好。", "    —— 第二部分"]
    assert show(IN_CONTEXT).splitlines() == ["    —— 第二部分", "    前面。修路。后面。"]


def test_on_a_terminal_the_title_and_the_words_that_answer_are_bold() -> None:
    title, quote, *_ = show(PASSAGE, bold=True).splitlines()
    assert title == f"{BOLD}修路{PLAIN}"
    assert quote == f"    一共{BOLD}硬化村道12.5公里{PLAIN},"
    assert f"前面。{BOLD}修路。{PLAIN}后面。" in show(IN_CONTEXT, bold=True)


class _Screen(StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("stream", "environment", "bold"),
    [
        (_Screen(), {"TERM": "xterm"}, True),
        (_Screen(), {"NO_COLOR": ""}, True),
        (_Screen(), {"NO_COLOR": "1"}, False),
        (_Screen(), {"TERM": "dumb"}, False),
        (StringIO(), {}, False),
    ],
)
def test_bold_is_for_terminals_whose_owners_want_it(stream: StringIO, environment: dict[str, str], bold: bool) -> None:
    assert is_bold(stream, environment) is bold


async def _gather(lines: list[str], *, together: int = 0) -> list[str]:
    """What is read of ``lines``, of which the first ``together`` come at once."""
    left = list(lines)

    async def read_line() -> str:
        return left.pop(0) if left else ""

    read = read_pasted(read_line, lambda: len(lines) - len(left) < together)
    found = []
    while text := await read():
        found.append(text)
    return found


async def test_lines_that_come_at_once_are_one_message_and_others_are_not() -> None:
    assert await _gather(["一\n", "二\n", "三\n"], together=2) == ["一\n二\n", "三\n"]
    assert await _gather(["一\n", "二\n"]) == ["一\n", "二\n"]


def test_where_there_is_no_termios_pastes_are_not_marked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "termios", None)  # as on Windows
    out = StringIO()
    with bracketed_paste(out, 0):
        pass
    assert out.getvalue() == ""


async def test_a_marked_paste_is_one_message_however_slowly_it_comes_and_its_marks_are_nothing() -> None:
    begins, ends = "\x1b[200~", "\x1b[201~"
    pasted = [f"请问{begins}一\n", "二\n", f"三{ends}吗\n", "四\n"]
    assert await _gather(pasted) == ["请问一\n二\n三吗\n", "四\n"]
    assert await _gather([f"{begins}一\n", "二\n"]) == ["一\n二\n"]  # the terminal is gone before its end


class Seat:
    """Somebody at a terminal, with contests on ``harness``'s clock."""

    def __init__(self, harness: ContestsHarness) -> None:
        self.harness = harness
        self._out = StringIO()
        self._typed: asyncio.Queue[str] = asyncio.Queue()
        library = Library(retriever())
        chat = conversation(library, clock=harness.time, quizzes=harness.features, guard=harness.quizzing.guard)
        self._terminal = Terminal(chat, self._typed.get, self._out, prompt=False)
        harness.quizzing.channels.add("terminal", TextContestChannel(self._terminal.post))
        self._talking: asyncio.Task[None] | None = None

    @property
    def shown(self) -> str:
        return self._out.getvalue()

    @property
    def correct(self) -> int:
        """The right option of the question that is open."""
        running = self.harness.quizzing.contests.at(PERSON)
        assert running is not None
        return running.contest.setup.questions[running.contest.current].correct[0]

    async def sits_down(self) -> str:
        await self.harness.opens()
        self._talking = asyncio.create_task(self._terminal.run(asyncio.Event()))
        await settle()
        return self.shown

    async def types(self, line: str) -> str:
        before = len(self.shown)
        self._typed.put_nowait(line + "\n")
        await settle()
        return self.shown[before:]

    async def leaves(self) -> None:
        assert self._talking is not None
        self._typed.put_nowait("")
        await self._talking
        await self.harness.dies()


@pytest.fixture
async def seat() -> AsyncIterator[Seat]:
    found = Seat(ContestsHarness(polls=False))
    await found.sits_down()
    yield found
    await found.leaves()


async def test_a_contest_is_played_by_typing(seat: Seat) -> None:
    shown = await seat.types("答题 2 20")
    assert "答题开始：竞赛，共 2 题" in shown
    assert "第 1/2 题（20 秒）" in shown
    assert "B. " in shown
    judged = await seat.types("选B")
    assert "✅ 答对了。" in judged or "❌ 答错了。" in judged
    await seat.harness.time.advance(3)
    await seat.types("a")
    assert "答题结束：竞赛" in seat.shown
    assert "还没有" not in await seat.types("我的")


async def test_a_number_picks_of_a_menu_that_was_shown_after_the_question_and_answers_nothing(seat: Seat) -> None:
    await seat.types("答题 2 20")
    await seat.harness.time.advance(1)
    menu = await seat.types("帮助")
    assert "[1] 镇长是谁" in menu
    assert (await seat.types("9")).strip() == PICK_RANGE.format(count=4)
    assert (await seat.types("1")).startswith("讲话人是张远\n    青山镇镇长")
    assert seat.harness.store.answers == {}
    await seat.types("b")
    assert len(seat.harness.store.answers) == 1


async def test_the_book_of_wrong_answers_can_be_opened_during_a_question(seat: Seat) -> None:
    await seat.types("答题 2 20")
    await seat.types("AB"[seat.correct == 0])
    await seat.harness.time.advance(4)
    assert f"[3] {Contests.REMIND_ON}" in await seat.types("错题")
    assert (await seat.types("3")).startswith("好的，有该复习的题时")
    assert len(seat.harness.store.answers) == 1


async def test_a_number_answers_a_question_that_was_shown_after_a_menu(seat: Seat) -> None:
    await seat.types("修路花了多少钱")
    await seat.harness.time.advance(1)
    await seat.types("答题 2 20")
    assert "答" in await seat.types("2")
    assert len(seat.harness.store.answers) == 1


async def test_a_menu_from_before_the_answer_is_not_picked_of_while_the_next_question_comes(seat: Seat) -> None:
    await seat.types("答题 2 20")
    await seat.harness.time.advance(1)
    await seat.types("修路花了多少钱")
    await seat.harness.time.advance(1)
    await seat.types("a")
    assert (await seat.types("1")).strip() == Contests.NEXT_COMING
    await seat.harness.time.advance(1)
    await seat.types("修路花了多少钱")
    assert (await seat.types("1")).startswith("田间课堂培训农户")


async def test_a_number_picks_of_what_the_bot_said_last_by_itself(seat: Seat) -> None:
    await seat.types("答题 1 20")
    await seat.types("a")
    assert seat.shown.rstrip().endswith(f"[1] {Contests.AGAIN}\n  [2] {Reports.BOARD_BUTTON}")
    assert "答题开始" in await seat.types("1")


async def test_a_question_is_reported_by_its_number_while_the_next_one_is_open(seat: Seat) -> None:
    await seat.types("答题 2 20")
    assert Reports.BUTTON in await seat.types("a")
    await seat.harness.time.advance(4)
    assert Reports.WHICH in await seat.types(Reports.BUTTON)
    assert (await seat.types("2")).strip() == Reports.THANKS  # the first question: the latest stands first
    assert len(seat.harness.store.answers) == 1
    [answer] = seat.harness.store.answers.values()
    assert [row.question for row in seat.harness.store.reports.values()] == [answer.question]


async def test_a_contest_that_was_left_behind_is_told_after_the_greeting_and_waits() -> None:
    seat = Seat(ContestsHarness(polls=False))
    await seat.sits_down()
    await seat.types("答题 3 20")
    question = seat.shown.partition("第 1/3 题（20 秒）\n")[2].splitlines()[0]
    await seat.leaves()
    again = Seat(ContestsHarness(polls=False, store=seat.harness.store, time=seat.harness.time, ids=seat.harness.ids))
    again.harness.time.now += timedelta(hours=3)
    shown = await again.sits_down()
    told = Contests.LEFT.format(title="竞赛", number=1, total=3)
    assert shown.index("您好") < shown.index(told)
    assert shown.rstrip().endswith(f"[1] {Contests.RESUME}\n  [2] {Contests.STOP}")
    await again.harness.time.advance(60)
    assert again.shown == shown
    assert told in await again.types("答题")
    asked = await again.types("1")
    assert "第 1/3 题（20 秒）" in asked and question in asked
    await again.harness.time.advance(5)
    await again.types("a")
    assert [answer.ms for answer in again.harness.store.answers.values()] == [5000]
    await again.leaves()


async def test_a_daily_question_that_is_open_is_shown_again_after_the_greeting_and_answered() -> None:
    seat = Seat(ContestsHarness(polls=False))
    await seat.sits_down()
    await seat.types("每日一题 12:01")
    await seat.harness.time.advance(60)
    question = seat.shown.partition(f"{Contests.QUESTION_DAILY}\n")[2].splitlines()[0]
    await seat.leaves()
    again = Seat(ContestsHarness(polls=False, store=seat.harness.store, time=seat.harness.time, ids=seat.harness.ids))
    again.harness.time.now += timedelta(hours=3)
    shown = await again.sits_down()
    assert shown.index("您好") < shown.index(f"{Contests.QUESTION_DAILY}\n{question}")
    assert (await again.types("1")).strip() == Contests.TAKEN
    await again.harness.time.advance(9 * 3600 + 2)
    assert "第 1 题，正确答案：" in again.shown
    await again.leaves()
    third = Seat(ContestsHarness(polls=False, store=seat.harness.store, time=seat.harness.time, ids=seat.harness.ids))
    assert Contests.QUESTION_DAILY not in await third.sits_down()  # it is over
    await third.leaves()


async def test_quiz_shows_the_question_that_is_open(seat: Seat) -> None:
    question = (await seat.types("答题 3 20")).partition("第 1/3 题")[2]
    assert question.strip() in await seat.types("答题")
