"""Members say that a question is bad; quiz hosts look at it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field

import pytest

from bot.access.roles import RolePolicy
from bot.conversation.messages import Choice, Incoming, Reply
from bot.conversation.router import Router
from bot.features.contests.question_reports import PAGE, make_reports
from bot.records.contests import AnswerRecord, ReportRecord
from bot.records.feedback import feedback_key
from bot.records.roles import AuditRecord, Role
from bot.wording import Admin, Contests
from bot.wording import Reports as Wording
from tests.unit.event_loop import settle
from tests.unit.features.contests.fixtures import ContestsHarness
from tests.unit.quiz.builders import question
from tests.unit.storage.rows import NOON

ALONE = "test:ann"


@dataclass
class Roll:
    """Roles, and what was done by whom."""

    roles: dict[str, Role] = field(default_factory=dict)
    audits: list[AuditRecord] = field(default_factory=list)

    async def find_role(self, member: str) -> Role | None:
        return self.roles.get(member)

    async def append(self, *rows: AuditRecord) -> None:
        self.audits += rows


class ReportsHarness:
    """Hosts who look at what was reported, beside the contests of ``harness``."""

    def __init__(self, harness: ContestsHarness) -> None:
        self.harness = harness
        self.roll = Roll({"test:host": "host"})
        feature = make_reports(harness.store, harness.quizzing.questions)
        self._desk = Router([feature], RolePolicy([], self.roll), self.roll, harness.time)

    async def hears(self, text: str = "", *, action: str = "", by: str = "host") -> Reply:
        reply = await self._desk.route(Incoming(f"test:{by}", f"test:{by}", text, action))
        return reply or Reply()

    async def taps(self, on: Reply, label: str, *, by: str = "host") -> Reply:
        return await self.hears(action=button(on, label), by=by)


@pytest.fixture
async def harness() -> AsyncIterator[ContestsHarness]:
    opened = await ContestsHarness().opens()
    yield opened
    await opened.dies()


@pytest.fixture
def reports(harness: ContestsHarness) -> ReportsHarness:
    return ReportsHarness(harness)


def button(reply: Reply, label: str) -> str:
    return next(choice.action for choice in (*reply.choices, *reply.tools) if label in choice.label)


def asked_texts(harness: ContestsHarness) -> list[str]:
    return [asked.question.question for _, asked in harness.channel.asked]


async def plays(harness: ContestsHarness, count: int, *, chat: str = "test:group") -> Reply:
    """A contest to its end; its final board."""
    await harness.say(f"/quiz {count} 20", chat=chat)
    for _ in range(count):
        await harness.vote("ann", chat=chat)
        await harness.time.advance(24)
    return harness.channel.said[-1][1]


# ── members ──


async def test_the_final_board_offers_the_questions_of_its_contest_and_a_tap_reports_one(
    harness: ContestsHarness,
) -> None:
    board = await plays(harness, 3)
    await plays(harness, 2)
    offered = await harness.press(button(board, Wording.BOARD_BUTTON), by="bob")
    assert [choice.label for choice in offered.choices] == asked_texts(harness)[:3]
    assert await harness.press(offered.choices[1].action, by="bob") == Reply(toast=Wording.THANKS)
    [row] = harness.store.reports.values()
    assert (row.question, row.at) == (harness.channel.asked[1][1].question.id, harness.time.now)
    assert "bob" not in repr(row)


async def test_a_member_reports_a_question_once_and_others_report_it_too(harness: ContestsHarness) -> None:
    offered = await harness.press(button(await plays(harness, 2), Wording.BOARD_BUTTON))
    for member in ("ann", "ann", "bob"):
        await harness.press(offered.choices[0].action, by=member)
    await harness.press(offered.choices[1].action, by="ann")
    assert [reported.count for reported in await harness.store.list_reported()] == [2, 1]


@pytest.mark.parametrize("text", ["/report", "举报题目", "举报"])
async def test_a_word_offers_what_was_asked_last_in_this_chat_the_latest_first(
    harness: ContestsHarness, text: str
) -> None:
    await plays(harness, 4, chat="test:other")
    harness.channel.asked.clear()
    await plays(harness, 6)
    await plays(harness, 3)
    await harness.say("/quiz 5 20")  # one of its questions was brought so far
    offered = await harness.say(text, by="bob")
    assert [choice.label for choice in offered.choices] == asked_texts(harness)[:-9:-1]
    assert offered.numbered


async def test_where_nothing_was_asked_there_is_nothing_to_report(harness: ContestsHarness) -> None:
    await plays(harness, 2, chat="test:other")
    assert (await harness.say("/report")).text == Wording.NOTHING_ASKED
    alone = await harness.say("/report", chat="test:ann", is_private=True)  # the questions of a group are its own
    assert alone.text == Wording.NOTHING_ASKED_ALONE


async def test_a_daily_question_is_reported_below_its_board(harness: ContestsHarness) -> None:
    harness.channel.admins.add(("test:group", "test:ann"))
    await harness.say("/daily 12:01")
    await harness.time.advance(61)
    await harness.vote("ann")
    await harness.time.advance(12 * 3600 + 2)
    board = harness.channel.said[-1][1]
    assert [choice.label for choice in board.choices] == [Wording.BOARD_BUTTON]
    offered = await harness.press(board.choices[0].action)
    assert [choice.label for choice in offered.choices] == asked_texts(harness)


async def test_in_words_every_judged_question_can_be_reported_on_the_spot() -> None:
    harness = await ContestsHarness(polls=False).opens()
    await harness.say("/quiz 2 20", chat=ALONE, is_private=True)
    first = harness.channel.asked[0][1].question
    judged = await harness.say("A", chat=ALONE, is_private=True)
    assert judged.tools == (Choice(Wording.BUTTON, f"q:e-{first.id}"),)
    await harness.press(judged.tools[0].action, chat=ALONE, is_private=True)
    await harness.time.advance(30)  # the second one's time runs out
    revealed = next(reply for _, reply in harness.channel.said if reply.text.startswith("时间到"))
    await harness.press(revealed.tools[0].action, chat=ALONE, is_private=True)
    assert len(harness.store.reports) == 2
    await harness.dies()


async def test_a_review_can_be_reported_below_its_answer_and_by_the_word(harness: ContestsHarness) -> None:
    await harness.say("/quiz 1 20", chat=ALONE, is_private=True)
    await harness.vote("ann", right=False, chat=ALONE)
    await harness.time.advance(2 * 24 * 3600)
    review = await harness.press("q:v", chat=ALONE, is_private=True)
    judged = await harness.press(review.choices[0].action, chat=ALONE, is_private=True)
    [asked] = harness.channel.asked
    assert button(judged, Wording.BUTTON) == f"q:e-{asked[1].question.id}"
    assert button(judged, Contests.REVIEW_NEXT) == "q:v"
    for _ in range(5):  # until the contest is not among the last ones
        await harness.say("/quiz 1 20", chat=ALONE, is_private=True)
        await harness.say("/stop", chat=ALONE, is_private=True)
    offered = await harness.say("/report", chat=ALONE, is_private=True)
    assert asked[1].question.question in [choice.label for choice in offered.choices]


@pytest.mark.parametrize("action", ["q:e-nothing", "q:e-", "q:b-", "q:b-nothing"])
async def test_a_button_that_was_made_up_reports_nothing(harness: ContestsHarness, action: str) -> None:
    assert await harness.press(action) == Reply(toast=Wording.GONE)
    assert harness.store.reports == {}


async def test_only_who_was_asked_reports_a_question(harness: ContestsHarness) -> None:
    board = await plays(harness, 1)
    offered = await harness.press(button(board, Wording.BOARD_BUTTON))
    action = offered.choices[0].action
    stranger = await harness.press(action, by="eve", chat="test:eve", is_private=True)
    assert stranger == Reply(toast=Wording.NOT_ASKED)
    assert harness.store.reports == {}
    await harness.vote("ann", number=1)  # answers: may report from anywhere
    assert await harness.press(action, by="ann", chat=ALONE, is_private=True) == Reply(toast=Wording.THANKS)
    assert await harness.press(action, by="bob") == Reply(toast=Wording.THANKS)  # in the chat where it was asked
    assert len(harness.store.reports) == 2


async def test_a_chat_that_no_channel_reaches_starts_no_contest(harness: ContestsHarness) -> None:
    for action in ("q:s-5-20-contest-", "q:c", "q:j-0", "q:x"):
        assert (await harness.press(action, chat="inline:test:ann", is_private=True)).text == Contests.NOT_HERE
    assert harness.store.contest_rows == {}


async def test_the_questions_of_another_chat_are_shown_to_nobody(harness: ContestsHarness) -> None:
    board = await plays(harness, 2)
    assert await harness.press(button(board, Wording.BOARD_BUTTON), chat="test:x") == Reply(toast=Wording.GONE)


async def test_a_report_that_is_not_kept_is_told(harness: ContestsHarness) -> None:
    offered = await harness.press(button(await plays(harness, 1), Wording.BOARD_BUTTON))
    harness.store.broken = True
    assert (await harness.press(offered.choices[0].action)).text == Contests.NOT_KEPT


async def test_who_is_forgotten_has_reported_nothing(harness: ContestsHarness) -> None:
    offered = await harness.press(button(await plays(harness, 2), Wording.BOARD_BUTTON))
    for choice in offered.choices:
        await harness.press(choice.action, by="ann")
    await harness.press(offered.choices[0].action, by="bob")
    await harness.store.save(ReportRecord(feedback_key("of another document", "test:ann"), "of another document", NOON))
    await harness.press((await harness.say("/forget", by="ann")).choices[0].action, by="ann")
    assert [reported.count for reported in await harness.store.list_reported()] == [1]


# ── quiz hosts ──


async def answered(harness: ContestsHarness, question_id: str, by: str) -> None:
    """A member has answered a question in some other group."""
    await harness.store.save(
        AnswerRecord(
            f"c-{question_id}", 0, f"test:{by}", "test:x", question_id, "rice", (0,), True, 1, 1, harness.time()
        )
    )


async def reported(harness: ContestsHarness, counts: Sequence[int]) -> None:
    """The first questions of the bank are reported so often."""
    for number, count in enumerate(counts):
        for member in range(count):
            await answered(harness, f"q{number}", f"m{member}")
            await harness.press(f"q:e-q{number}", by=f"m{member}")


async def test_the_most_reported_come_first_and_each_shows_all_that_it_takes_to_judge_it(
    harness: ContestsHarness, reports: ReportsHarness
) -> None:
    await reported(harness, [1, 3, 2])
    shown = await reports.hears("/reports")
    assert [choice.label for choice in shown.choices] == ["（3 人）第1问", "（2 人）第2问", "（1 人）第0问"]
    card = await reports.taps(shown, "第1问")
    assert card.text.splitlines() == [
        "3 人举报了这道题",
        "第1问",
        "A. 甲",
        "B. 乙",
        "C. 丙",
        "D. 丁",
        "正确答案：B. 乙",
        "出处",
        Wording.PLAYED.format(answered=3, share="100%", skipped=0),
    ]
    assert (shown.private, card.private) == (True, True)  # a group must not read what is right
    assert reports.roll.audits == []  # nothing was done yet


async def test_a_question_taken_out_is_asked_nowhere_any_more_until_it_is_taken_back() -> None:
    harness = await ContestsHarness(bank=[question(0), question(1, point="rice")]).opens()
    reports = ReportsHarness(harness)
    await reported(harness, [1])
    card = await reports.taps(await reports.hears("题目举报"), "第0问")
    out = await reports.taps(card, Wording.TAKE_OUT)
    assert (out.toast, out.edits_message) == (Wording.OUT, True)
    assert out.text.startswith("已停用，1 人举报")
    harness = await harness.again()
    for chat in ("test:1", "test:2"):
        await plays(harness, 1, chat=chat)
    assert set(asked_texts(harness)) == {"第1问"}
    reports = ReportsHarness(harness)
    shown = await reports.hears("/reports")
    assert [choice.label for choice in shown.choices] == ["（已停用）第0问"]
    back = await reports.taps(await reports.taps(shown, "第0问"), Wording.TAKE_BACK)
    assert back.toast == Wording.BACK_IN
    harness.channel.asked.clear()
    await plays(harness, 2, chat="test:3")
    assert set(asked_texts(harness)) == {"第0问", "第1问"}
    await harness.dies()


async def test_a_contest_that_runs_leaves_out_what_is_taken_out_meanwhile(
    harness: ContestsHarness, reports: ReportsHarness
) -> None:
    await harness.say("/quiz 3 20")
    await harness.vote("ann")
    running = harness.quizzing.contests.at("test:group")
    assert running is not None
    bad = running.contest.setup.questions[1]
    await reports.hears(action=f"a:boff-{bad.id}")
    await harness.time.advance(24)
    await harness.vote("ann")
    await harness.time.advance(24)
    assert bad.question not in asked_texts(harness)
    assert [asked.number for _, asked in harness.channel.asked] == [1, 3]
    assert harness.last.splitlines()[1].split("　")[1] == "2 分"
    assert harness.last.splitlines()[-1] == Contests.UNSENT.format(count=1)


async def test_what_is_taken_out_is_not_reviewed_and_not_waited_for(
    harness: ContestsHarness, reports: ReportsHarness
) -> None:
    await harness.say("/quiz 1 20", chat=ALONE, is_private=True)
    await harness.vote("ann", right=False, chat=ALONE)
    await harness.time.advance(2 * 24 * 3600)
    bad = harness.channel.asked[0][1].question.id
    assert "现在该复习的有 1 题" in (await harness.say("错题", chat=ALONE, is_private=True)).text
    await reports.hears(action=f"a:boff-{bad}")
    assert (await harness.say("错题", chat=ALONE, is_private=True)).text == Contests.WRONG_EMPTY
    assert (await harness.press("q:v", chat=ALONE, is_private=True)).text == Contests.REVIEW_DONE
    await reports.hears(action=f"a:bon-{bad}")
    assert "现在该复习的有 1 题" in (await harness.say("错题", chat=ALONE, is_private=True)).text


async def test_reports_that_are_ignored_are_gone_and_the_question_stays(
    harness: ContestsHarness, reports: ReportsHarness
) -> None:
    await reported(harness, [2, 1])
    card = await reports.taps(await reports.hears("/reports"), "第0问")
    left = await reports.taps(card, Wording.IGNORE)
    assert (left.toast, [choice.label for choice in left.choices]) == (Wording.IGNORED, ["（1 人）第1问"])
    await reports.hears(action="a:bno-q1")
    assert (await reports.hears("/reports")).text == Wording.NONE
    assert len(await harness.quizzing.questions.askable()) == len(harness.bank)


async def test_many_are_shown_page_by_page(harness: ContestsHarness, reports: ReportsHarness) -> None:
    await reported(harness, [1] * (2 * PAGE + 1))
    page = await reports.hears("/reports")
    seen = []
    for turned in range(3):
        labels = [choice.label for choice in page.choices]
        seen += [label for label in labels if "第" in label]
        assert (Wording.PREVIOUS in labels, Wording.NEXT in labels) == (turned > 0, turned < 2)
        for choice in page.choices:
            assert len(choice.action.encode()) <= 64
        if turned < 2:
            page = await reports.taps(page, Wording.NEXT)
            assert page.edits_message
    assert len(seen) == len(set(seen)) == 2 * PAGE + 1


async def test_a_question_that_the_bank_has_no_more_is_nobodys_concern(
    harness: ContestsHarness, reports: ReportsHarness
) -> None:
    await reported(harness, [1])
    del harness.bank[0]
    assert (await reports.hears("/reports")).text == Wording.NONE
    for name in ("bq", "boff", "bon"):
        assert await reports.hears(action=f"a:{name}-q0") == Reply(toast=Wording.GONE)
    assert harness.store.all_settings == {}


async def test_a_member_sees_no_reports_and_takes_nothing_out(
    harness: ContestsHarness, reports: ReportsHarness
) -> None:
    await reported(harness, [1])
    assert (await reports.hears("/reports", by="ann")).text == Admin.REFUSED
    assert await reports.hears("题目举报", by="ann") == Reply()  # may be a question to the document
    for name in ("b", "bq", "boff", "bon", "bno"):
        assert await reports.hears(action=f"a:{name}-q0", by="ann") == Reply(toast=Admin.REFUSED)
    assert (harness.store.all_settings, len(harness.store.reports)) == ({}, 1)
    assert [audit.allowed for audit in reports.roll.audits] == [False] * 6


async def test_what_a_host_does_is_in_the_audit_log(reports: ReportsHarness) -> None:
    for name in ("boff", "bon", "bno"):
        await reports.hears(action=f"a:{name}-q0")
    assert [(audit.actor, audit.action, audit.detail) for audit in reports.roll.audits] == [
        ("test:host", "boff", "q0"),
        ("test:host", "bon", "q0"),
        ("test:host", "bno", "q0"),
    ]


async def test_while_it_cannot_be_told_what_is_taken_out_a_contest_goes_on_asking(harness: ContestsHarness) -> None:
    await harness.say("/quiz 2 20")
    harness.store.unset = True
    await harness.vote("ann")
    await harness.time.advance(24)
    await settle()
    assert [asked.number for _, asked in harness.channel.asked] == [1, 2]


async def _all_wrong(harness: ContestsHarness, number: int, members: int = 25) -> None:
    """So many members answer a question of the bank, all of them wrongly."""
    for member in range(members):
        await harness.store.save(
            AnswerRecord(
                "past", 0, f"test:{member}", "test:group", f"q{number}", "p", (0,), False, 900, member, harness.time()
            )
        )


async def test_a_question_that_hardly_anybody_answers_rightly_is_proposed_for_rest(
    harness: ContestsHarness, reports: ReportsHarness
) -> None:
    await _all_wrong(harness, 3)
    listed = await reports.hears("/reports")
    [label] = [choice.label for choice in listed.choices if "（太难）" in choice.label]
    card = await reports.taps(listed, label)
    texts = [part.text for part in card.parts]
    assert texts[0] == Wording.CARD_PROPOSED
    assert Wording.PLAYED.format(answered=25, share="0%", skipped=0) in texts
    assert Wording.PROPOSALS["hard"] in texts
    await reports.taps(card, Wording.TAKE_OUT)
    assert "q3" in await harness.store.list_removed_questions()
    assert not [choice for choice in (await reports.hears("/reports")).choices if "（太难）" in choice.label]


async def test_few_answers_propose_nothing(harness: ContestsHarness, reports: ReportsHarness) -> None:
    await _all_wrong(harness, 3, members=5)
    assert [part.text for part in (await reports.hears("/reports")).parts] == [Wording.NONE]
