"""Files over HTTP in both directions: the channel against the stand-in Bot API server, with a conversation of ours."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from urllib.parse import quote

import pytest

from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.receive.downloads import MAX_DOWNLOAD
from bot.conversation.messages import Attachment, Choice, Incoming, Part, Reply, say
from bot.conversation.router import Router
from bot.errors import DocumentError
from bot.wording import Telegram as Wording
from tests.standin.client import Chat, Standin, User
from tests.unit.channels.telegram_fakes import FakeLedger, some_knowledge

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x20\x00\x00\x00\x10"
NO_PICTURE = b"not a picture"


class Files(Router):
    """A conversation that tells what is in a file, and gives files and secrets to whoever asks."""

    def __init__(self) -> None:
        self.about: list[tuple[str, str]] = []

    async def handle(self, incoming: Incoming) -> Reply:
        self.about.append((incoming.reply_to_member, incoming.reply_to_name))
        document = incoming.document
        if document is not None:
            try:
                body = await document.read()
            except DocumentError as error:
                return say(str(error))
            return say(f"{document.name}：{body.decode()}（{incoming.text}）")
        picture = Attachment("统计.png", NO_PICTURE if "坏" in incoming.text else PNG, picture=True)
        files = (picture, Attachment("错题 1.csv", "题,答".encode()))
        return Reply((Part("title", "<统计>"),), (Choice("再来", "a:x"),), files=files, private="密" in incoming.text)

    def withholds(self, incoming: Incoming) -> bool:
        return False

    def remember_offer(self, chat: str, person: str, reply: Reply) -> None:
        """Nothing is picked by number here."""


@pytest.fixture
async def files(telegram: Standin, caplog: pytest.LogCaptureFixture) -> AsyncIterator[Files]:
    caplog.set_level(logging.DEBUG)
    files, stop = Files(), asyncio.Event()
    no_wait: Callable[[float], Awaitable[object]] = lambda _: asyncio.sleep(0)  # noqa: E731 - a name for the type
    channel = TelegramChannel(
        telegram.token, files, some_knowledge, lambda _: FakeLedger(), api_url=telegram.url, paced=False, sleep=no_wait
    )
    task = asyncio.create_task(channel.run(stop))
    await channel.started.wait()
    yield files
    stop.set()
    await task
    assert telegram.token not in caplog.text and quote(telegram.token, safe="") not in caplog.text


@pytest.fixture
async def ann(telegram: Standin, files: Files) -> User:
    return await telegram.user("安安", username="ann", started=True)


@pytest.fixture
async def group(telegram: Standin, ann: User) -> Chat:
    chat = await telegram.supergroup("学习小组", [ann])
    await telegram.wait_for("sendMessage", chat_id=chat)
    return chat


async def test_a_file_is_read_byte_for_byte(telegram: Standin, ann: User) -> None:
    sent = await ann.document(ann.chat, "要点 1.yaml", "标题：一".encode(), caption="新的一版")
    assert (await telegram.reply(sent)).text == "要点 1.yaml：标题：一（新的一版）"


async def test_a_file_comes_through_a_server_in_trouble(telegram: Standin, ann: User) -> None:
    for method in ("getFile", "download"):
        for kind in ("502", "429", "drop"):
            await telegram.fault(method, kind)
    sent = await ann.document(ann.chat, "a.txt", b"abc")
    assert (await telegram.reply(sent)).text == "a.txt：abc（）"
    assert [call.status for call in await telegram.calls("download")] == [502, 429, 0, 200]


@pytest.mark.parametrize("size", [MAX_DOWNLOAD + 1, 50 * 1024 * 1024])
async def test_a_file_that_is_too_large_is_refused_before_it_is_fetched(
    telegram: Standin, ann: User, size: int
) -> None:
    sent = await ann.document(ann.chat, "大.docx", b"", size=size)
    assert (await telegram.reply(sent)).text == Wording.FILE_TOO_LARGE.format(limit=20)
    assert await telegram.calls("getFile", "download") == []


async def test_in_a_group_a_file_needs_a_word_for_the_bot(telegram: Standin, ann: User, group: Chat) -> None:
    await telegram.configure(privacy=False)
    passing = await ann.document(group, "a.txt", b"abc", caption="大家看看")
    assert await telegram.quiet(after=passing) == []
    sent = await ann.document(group, "a.txt", b"abc", caption="@standin_bot 换成这份")
    reply = await telegram.reply(sent)
    assert (reply.text, reply.reply_to_id) == ("a.txt：abc（换成这份）", sent.message_id)
    answer = await ann.document(group, "b.txt", b"b", reply_to=reply)
    assert (await telegram.reply(answer)).text == "b.txt：b（）"


async def test_an_album_a_forwarded_file_and_a_changed_caption(telegram: Standin, ann: User) -> None:
    first = await ann.document(ann.chat, "a.txt", b"a", album="one", caption="两份")
    await ann.document(ann.chat, "b.txt", b"b", album="one")
    await ann.forward(first, ann.chat)
    await ann.edit(first, "改过")
    calls = await telegram.quiet(after=first)
    assert [call.message.text for call in calls if call.method == "sendMessage"] == [
        "a.txt：a（两份）",
        "b.txt：b（）",
        "a.txt：a（两份）",
    ]


async def test_a_picture_and_a_file_come_out_as_they_went_in(telegram: Standin, ann: User) -> None:
    asked = await ann.tell("统计")
    await telegram.quiet(after=asked)
    photo, document = await telegram.calls("sendPhoto", "sendDocument", after=asked)
    assert (await telegram.download(photo.message), await telegram.download(document.message)) == (
        PNG,
        "题,答".encode(),
    )
    assert (photo.message.text, photo.message.labels) == ("<统计>", ["再来"])
    assert (document.message.text, document.message.labels) == ("", [])
    assert document.message.raw["document"]["file_name"] == "错题 1.csv"


async def test_what_is_no_picture_comes_as_a_file(telegram: Standin, ann: User) -> None:
    reply = await ann.ask(ann.chat, "坏的统计")
    assert await telegram.download(reply) == NO_PICTURE
    assert (reply.text, reply.labels) == ("<统计>", ["再来"])


async def test_what_nobody_else_may_see_goes_to_the_private_chat(telegram: Standin, ann: User, group: Chat) -> None:
    asked = await ann.say(group, "/ask 密")
    assert (await telegram.reply(asked)).text == Wording.SENT_APART
    secret = await telegram.calls("sendPhoto", "sendDocument", after=asked)
    assert {call.chat_id for call in secret} == {ann.id}


async def test_who_never_wrote_to_the_bot_is_shown_the_way(telegram: Standin, ann: User, group: Chat) -> None:
    bo = await telegram.user("波波")
    await group.add(bo)
    told = await telegram.reply(await bo.say(group, "/ask 密"))
    assert told.text == Wording.WRITE_FIRST
    assert [button.url for row in told.buttons for button in row] == ["https://t.me/standin_bot?start=hello"]
    await bo.start("hello")
    again = await bo.say(group, "/ask 密")
    assert (await telegram.reply(again)).text == Wording.SENT_APART


async def test_a_reply_is_about_the_member_it_replies_to(
    telegram: Standin, files: Files, ann: User, group: Chat
) -> None:
    bo = await telegram.user("波波")
    await group.add(bo)
    said = await bo.say(group, "大家好")
    await telegram.reply(await ann.say(group, "/ask 授权", reply_to=said))
    forwarded = await ann.forward(said, ann.chat)
    await telegram.reply(forwarded)
    await telegram.reply(await ann.tell("授权", reply_to=forwarded))
    assert files.about == [(f"telegram:{bo.id}", "波波"), ("", ""), (f"telegram:{bo.id}", "波波")]
