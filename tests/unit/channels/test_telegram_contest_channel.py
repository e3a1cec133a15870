"""Quiz polls out and votes in, on the recorded transport."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import replace

import pytest
from httpx import ConnectError
from telegram.error import NetworkError, TimedOut

from bot.channels.telegram.channel import is_poll_update
from bot.channels.telegram.contest_channel import TelegramContestChannel, explanation_of, handle_poll_update, poll_of
from bot.channels.telegram.send.api import make_api
from bot.channels.telegram.send.sender import Address, Sender, address_of, chat_key
from bot.conversation.channel import AskedQuestion, RefusedQuestion, SentQuestion
from bot.conversation.channel import Refusal as ChatRefusal
from bot.conversation.messages import Attachment, Choice, Part, Reply
from tests.unit.channels.telegram_fakes import ANN, GROUP, TOKEN, Json, Naps, RecordingRequest, Refusal, update
from tests.unit.event_loop import settle
from tests.unit.quiz.builders import question

ASKED = AskedQuestion("c1", 3, 10, question(1), 20, "contest")
POLL: Json = {
    "id": "77",
    "question": "第 3/10 题（20 秒）：第1问",
    "options": [{"text": text, "voter_count": 0, "persistent_id": text} for text in "甲乙丙丁"],
    "total_voter_count": 0,
    "is_closed": False,
    "is_anonymous": False,
    "type": "quiz",
    "allows_multiple_answers": False,
    "allows_revoting": False,
    "members_only": False,
}
SENT_POLL: Json = {"ok": True, "result": {"message_id": 55, "date": 1, "chat": GROUP, "poll": POLL}}


@pytest.fixture
def request_() -> RecordingRequest:
    return RecordingRequest()


@pytest.fixture
async def quizzes(request_: RecordingRequest) -> AsyncIterator[TelegramContestChannel]:
    api = make_api(TOKEN, "http://telegram", request=request_, paced=False)
    await api.initialize()
    found = TelegramContestChannel()
    async with found.connected(Sender(api, sleep=Naps())):
        yield found


@pytest.mark.parametrize(("chat", "thread"), [(7, None), (-100200, None), (-100200, 9)])
def test_a_key_leads_back_to_its_chat(chat: int, thread: int | None) -> None:
    assert address_of(chat_key(chat, thread)) == Address(chat, thread)


def test_a_question_becomes_a_quiz_poll_for_everyone_to_see() -> None:
    assert poll_of(Address(-100200, 9), ASKED) == {
        "chat_id": -100200,
        "message_thread_id": 9,
        "question": "第 3/10 题（20 秒）：第1问",
        "options": '[{"text": "\\u7532"}, {"text": "\\u4e59"}, {"text": "\\u4e19"}, {"text": "\\u4e01"}]',
        "type": "quiz",
        "is_anonymous": False,
        "allows_multiple_answers": False,
        "correct_option_ids": "[1]",
        "shuffle_options": True,
        "explanation": "出处",
        "open_period": 20,
    }


NOTICE = Reply((Part("text", "管理员通知：<b>明天</b> 开会 & 学习"),))
MIGRATED = Refusal(400, "Bad Request: group chat was upgraded to a supergroup chat", {"migrate_to_chat_id": -100300})


async def test_what_is_told_of_the_bots_own_accord_brings_its_file(
    quizzes: TelegramContestChannel, request_: RecordingRequest
) -> None:
    faults = Attachment("faults.txt", b"points.yaml:3")
    told = Reply((Part("text", "没有换上，见附件"),), (Choice("再看", "a:r-1"),), files=(faults,))
    assert await quizzes.post("telegram:7", told) != ""
    [call] = [call for call in request_.calls if call.method.startswith("send")]
    assert (call.method, call.files) == ("sendDocument", {"document": ("faults.txt", b"points.yaml:3")})
    assert (call.params["caption"], call.params["chat_id"]) == ("没有换上，见附件", 7)
    assert "a:r-1" in str(call.params["reply_markup"])


async def test_an_announcement_goes_out_as_it_is_written(
    quizzes: TelegramContestChannel, request_: RecordingRequest
) -> None:
    assert await quizzes.announce("telegram:-100200", NOTICE) == "sent"
    [sent] = request_.sent()
    assert (sent["chat_id"], sent["text"]) == (-100200, "管理员通知：&lt;b&gt;明天&lt;/b&gt; 开会 &amp; 学习")


@pytest.mark.parametrize(
    ("failure", "outcome"),
    [
        (Refusal(403, "Forbidden: bot was kicked from the supergroup chat"), "gone"),
        (Refusal(400, "Bad Request: chat not found"), "gone"),
        (Refusal(400, "Bad Request: not enough rights to send text messages to the chat"), "forbidden"),
        (Refusal(400, "Bad Request: CHAT_WRITE_FORBIDDEN"), "forbidden"),
        (Refusal(400, "Bad Request: something new"), "refused"),
        (Refusal(429, "Too Many Requests: retry after 600", {"retry_after": 600}), "later"),
        (Refusal(502, "Bad Gateway"), "unsure"),
        (TimedOut(), "unsure"),
        (NetworkError("httpx.RemoteProtocolError"), "unsure"),
    ],
)
async def test_what_was_not_announced_is_told_and_not_tried_again(
    quizzes: TelegramContestChannel, request_: RecordingRequest, failure: Refusal | Exception, outcome: str
) -> None:
    request_.plan("sendMessage", failure)
    assert await quizzes.announce("telegram:-100200", NOTICE) == outcome
    assert len(request_.sent()) == 1


async def test_a_line_that_never_stood_up_is_tried_later(
    quizzes: TelegramContestChannel, request_: RecordingRequest
) -> None:
    down = NetworkError("httpx.ConnectError")
    down.__cause__ = ConnectError("no way there")
    request_.plan("sendMessage", down)
    assert await quizzes.announce("telegram:-100200", NOTICE) == "later"


async def test_a_short_flood_wait_and_a_new_key_cost_an_announcement_nothing(
    quizzes: TelegramContestChannel, request_: RecordingRequest
) -> None:
    request_.plan("sendMessage", Refusal(429, "Too Many Requests: retry after 3", {"retry_after": 3}), MIGRATED)
    assert await quizzes.announce("telegram:-200", NOTICE) == "sent"
    assert [sent["chat_id"] for sent in request_.sent()] == [-200, -200, -100300]


async def test_short_flood_waits_again_and_again_put_an_announcement_off(
    quizzes: TelegramContestChannel, request_: RecordingRequest
) -> None:
    request_.plan("sendMessage", *[Refusal(429, "Too Many Requests", {"retry_after": 12})] * 5)
    assert await quizzes.announce("telegram:-100200", NOTICE) == "later"
    assert len(request_.sent()) == 3


async def test_announcements_go_out_beside_what_contests_say(request_: RecordingRequest) -> None:
    api = make_api(TOKEN, "http://telegram", request=request_, paced=False)
    other = RecordingRequest()
    second = make_api(TOKEN, "http://telegram", request=other, paced=False)
    await api.initialize()
    await second.initialize()
    quizzes = TelegramContestChannel()
    async with quizzes.connected(Sender(api, sleep=Naps()), Sender(second, sleep=Naps())):
        assert await quizzes.announce("telegram:-100200", NOTICE) == "sent"
        assert (len(request_.sent()), len(other.sent())) == (0, 1)
        await quizzes.post("telegram:-100200", NOTICE)
        assert (len(request_.sent()), len(other.sent())) == (1, 1)
    assert await quizzes.announce("telegram:-100200", NOTICE) == "later"


async def test_without_a_connection_an_announcement_is_for_later() -> None:
    assert await TelegramContestChannel().announce("telegram:-100200", NOTICE) == "later"


def test_several_right_answers_are_said_and_may_be_chosen() -> None:
    data = poll_of(Address(7), replace(ASKED, question=question(1, correct=(0, 2))))
    assert (data["allows_multiple_answers"], data["correct_option_ids"]) == (True, "[0, 2]")
    assert data["question"].startswith("第 3/10 题（20 秒）（多选）：")
    said = replace(question(1, correct=(0, 2)), question="要办哪些事？（多选）")
    assert poll_of(Address(7), replace(ASKED, question=said))["question"] == "第 3/10 题（20 秒）：要办哪些事？（多选）"


def test_right_and_wrong_are_not_shuffled() -> None:
    data = poll_of(Address(7), replace(ASKED, question=replace(question(1), options=("对", "错"))))
    assert data["shuffle_options"] is False


def test_what_is_too_long_for_telegram_is_shortened() -> None:
    long = replace(
        question(1), question="问" * 400, options=("长" * 150, "乙"), explanation="一\n二\n三\n四" + "长" * 300
    )
    data = poll_of(Address(7), replace(ASKED, question=long))
    assert (len(data["question"]), len(json.loads(data["options"])[0]["text"])) == (300, 100)
    assert (len(data["explanation"]), data["explanation"].count("\n")) == (200, 2)
    assert explanation_of("一\n二\n三\n四") == "一\n二\n三 四"


async def test_a_poll_that_was_sent_is_known_by_its_id_and_message(
    quizzes: TelegramContestChannel, request_: RecordingRequest
) -> None:
    request_.plan("sendPoll", json.dumps(SENT_POLL).encode())
    assert await quizzes.ask("telegram:-100200:9", ASKED) == SentQuestion("55", "77")
    assert request_.sent("sendPoll")[0]["message_thread_id"] == 9


async def test_a_flood_limit_is_waited_for(quizzes: TelegramContestChannel, request_: RecordingRequest) -> None:
    request_.plan("sendPoll", Refusal(429, "Too Many Requests", {"retry_after": 17}), json.dumps(SENT_POLL).encode())
    assert await quizzes.ask("telegram:-100200", ASKED) == SentQuestion("55", "77")


@pytest.mark.parametrize(
    "refusal",
    [
        Refusal(400, "Bad Request: Poll options length must not exceed 100"),
        Refusal(400, "Bad Request: text must be non-empty"),
    ],
)
async def test_a_poll_that_cannot_be_sent_is_none(
    quizzes: TelegramContestChannel, request_: RecordingRequest, refusal: Refusal
) -> None:
    request_.plan("sendPoll", refusal)
    assert await quizzes.ask("telegram:-100200", ASKED) is None


@pytest.mark.parametrize(
    ("status", "description", "reason"),
    [
        (400, "Bad Request: not enough rights to send polls to the chat", "no_polls"),
        (400, "Bad Request: CHAT_SEND_POLL_FORBIDDEN", "no_polls"),
        (403, "Forbidden: CHAT_SEND_POLL_FORBIDDEN", "no_polls"),
        (400, "Bad Request: not enough rights to send text messages to the chat", "no_words"),
        (400, "Bad Request: have no rights to send a message", "no_words"),
        (400, "Bad Request: CHAT_WRITE_FORBIDDEN", "no_words"),
        (400, "Bad Request: CHAT_RESTRICTED", "no_words"),
        (400, "Bad Request: message thread not found", "no_topic"),
        (400, "Bad Request: TOPIC_CLOSED", "no_topic"),
        (400, "Bad Request: TOPIC_DELETED", "no_topic"),
        (400, "Bad Request: chat not found", "gone"),
        (403, "Forbidden: bot was kicked from the supergroup chat", "gone"),
        (403, "Forbidden: bot is not a member of the supergroup chat", "gone"),
        (403, "Forbidden: bot was blocked by the user", "gone"),
    ],
)
async def test_a_chat_that_takes_no_polls_is_asked_once_and_says_why(
    quizzes: TelegramContestChannel, request_: RecordingRequest, status: int, description: str, reason: ChatRefusal
) -> None:
    request_.plan("sendPoll", Refusal(status, description))
    assert await quizzes.ask("telegram:-100200:9", ASKED) == RefusedQuestion(reason)
    assert [params["message_thread_id"] for params in request_.sent("sendPoll")] == [9]


async def test_what_belongs_to_a_topic_that_is_gone_comes_nowhere_else(
    quizzes: TelegramContestChannel, request_: RecordingRequest
) -> None:
    request_.plan("sendMessage", Refusal(400, "Bad Request: message thread not found"))
    assert await quizzes.post("telegram:-100200:9", Reply((Part("text", "排名"),))) == ""
    assert [params["message_thread_id"] for params in request_.sent()] == [9]


async def test_a_board_is_posted_and_edited(quizzes: TelegramContestChannel, request_: RecordingRequest) -> None:
    board = Reply((Part("title", "排名"), Part("text", "<安安>")), (Choice("继续", "q:c"),))
    message = await quizzes.post("telegram:-100200:9", board)
    assert message == "900"
    assert await quizzes.edit("telegram:-100200:9", message, board)
    sent, edited = request_.sent()[0], request_.sent("editMessageText")[0]
    assert (sent["text"], sent["message_thread_id"]) == ("<b>排名</b>\n&lt;安安&gt;", 9)
    assert edited["message_id"] == 900
    assert edited["reply_markup"]["inline_keyboard"] == [[{"text": "继续", "callback_data": "q:c"}]]


async def test_a_board_that_is_gone_is_told(quizzes: TelegramContestChannel, request_: RecordingRequest) -> None:
    request_.plan("editMessageText", Refusal(400, "Bad Request: message to edit not found"))
    assert not await quizzes.edit("telegram:-100200", "900", Reply((Part("text", "甲"),)))


async def test_stopping_what_is_closed_already_is_no_trouble(
    quizzes: TelegramContestChannel, request_: RecordingRequest
) -> None:
    request_.plan("stopPoll", Refusal(400, "Bad Request: poll has already been closed"))
    await quizzes.close("telegram:-100200", "55")
    assert request_.sent("stopPoll") == [{"chat_id": -100200, "message_id": 55}]


@pytest.mark.parametrize(
    ("status", "rules"), [("creator", True), ("administrator", True), ("member", False), ("left", False)]
)
async def test_rights_are_what_telegram_says_now(
    quizzes: TelegramContestChannel, request_: RecordingRequest, status: str, rules: bool
) -> None:
    request_.plan("getChatMember", json.dumps({"ok": True, "result": {"status": status, "user": ANN}}).encode())
    assert await quizzes.is_admin("telegram:-100200:9", "telegram:7") is rules
    assert request_.sent("getChatMember") == [{"chat_id": -100200, "user_id": 7}]


async def test_who_speaks_as_the_chat_is_an_admin_and_who_is_unknown_is_none(
    quizzes: TelegramContestChannel, request_: RecordingRequest
) -> None:
    assert await quizzes.is_admin("telegram:-100200", "telegram:-100200")
    request_.plan("getChatMember", Refusal(400, "Bad Request: PARTICIPANT_ID_INVALID"))
    assert not await quizzes.is_admin("telegram:-100200", "telegram:7")


async def test_before_the_connection_calls_wait_for_it(request_: RecordingRequest) -> None:
    api = make_api(TOKEN, "http://telegram", request=request_, paced=False)
    await api.initialize()
    quizzes = TelegramContestChannel()
    waiting = asyncio.create_task(quizzes.post("telegram:7", Reply((Part("text", "甲"),))))
    await settle()
    assert request_.sent() == []
    async with quizzes.connected(Sender(api, sleep=Naps())):
        assert await waiting == "900"


class Urn:
    """Takes votes and writes them down."""

    def __init__(self) -> None:
        self.votes: list[tuple[str, str, str, tuple[int, ...], int]] = []
        self.moves: list[tuple[str, str]] = []
        self.states: list[tuple[str, str, tuple[str, ...], bool]] = []

    async def voted(self, poll: str, member: str, name: str, chosen: Iterable[int], receipt: int) -> None:
        self.votes.append((poll, member, name, tuple(chosen), receipt))

    async def seen(self, poll: str, question: str, options: Sequence[str], *, closed: bool) -> None:
        self.states.append((poll, question, tuple(options), closed))

    async def moved(self, old: str, new: str) -> None:
        self.moves.append((old, new))


async def counted(urn: Urn, raw: Json) -> None:
    work = handle_poll_update(urn, raw)
    assert work is not None
    await work


async def test_votes_come_with_who_gave_them() -> None:
    urn = Urn()
    vote: Json = {"poll_id": "77", "option_ids": [1], "option_persistent_ids": ["乙"]}
    ann = {**ANN, "last_name": "李"}
    await counted(urn, update(number=31, poll_answer={**vote, "user": ann}))
    await counted(urn, update(number=32, poll_answer={**vote, "voter_chat": GROUP}))
    taken_back: Json = {"poll_id": "77", "option_ids": [], "option_persistent_ids": [], "user": ANN}
    await counted(urn, update(number=33, poll_answer=taken_back))
    assert urn.votes == [
        ("77", "telegram:7", "安安 李", (1,), 31),
        ("77", "telegram:-100200", "学习小组", (1,), 32),
        ("77", "telegram:7", "安安", (), 33),
    ]


async def test_a_poll_that_is_closed_is_told() -> None:
    urn = Urn()
    await counted(urn, update(poll={**POLL, "is_closed": True}))
    assert urn.states == [("77", POLL["question"], ("甲", "乙", "丙", "丁"), True)]


async def test_a_group_that_became_a_supergroup_takes_its_contests_along() -> None:
    urn = Urn()
    moved = update(
        message={"message_id": 5, "date": 1, "chat": {"id": -7, "type": "group"}, "migrate_to_chat_id": -1007}
    )
    assert is_poll_update(moved)
    await counted(urn, moved)
    assert urn.moves == [("telegram:-7", "telegram:-1007")]


async def test_a_vote_that_cannot_be_read_is_left_out() -> None:
    urn = Urn()
    assert handle_poll_update(urn, update(poll_answer={"poll_id": "77"})) is None
    assert urn.votes == []
    assert not is_poll_update(update(message={}))


async def test_a_vote_that_fails_is_logged_and_the_next_one_counts(caplog: pytest.LogCaptureFixture) -> None:
    class Torn(Urn):
        async def voted(self, poll: str, member: str, name: str, chosen: Iterable[int], receipt: int) -> None:
            if receipt == 31:
                raise RuntimeError("torn")
            await super().voted(poll, member, name, chosen, receipt)

    urn = Torn()
    for number in (31, 32):
        await counted(urn, update(number=number, poll_answer={"poll_id": "77", "option_ids": [1], "user": ANN}))
    assert [vote[-1] for vote in urn.votes] == [32]
    assert [record.__dict__["request_id"] for record in caplog.records] == ["tg-31"]


async def test_what_no_poll_can_ask_is_asked_in_words(
    quizzes: TelegramContestChannel, request_: RecordingRequest
) -> None:
    typed = replace(question(1), options=(), correct=(0,), accepted=("甲",))
    assert await quizzes.ask("telegram:7", replace(ASKED, question=typed)) == SentQuestion("")
    assert request_.sent("sendPoll") == []
    assert "第1问" in request_.sent()[-1]["text"]
