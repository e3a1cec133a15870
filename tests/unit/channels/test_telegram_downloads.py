"""Files that members send: which count, how they are fetched, and what becomes of them in a chat."""

from __future__ import annotations

import logging

import pytest
from telegram.error import NetworkError

from bot.channels.telegram.receive.downloads import MAX_DOWNLOAD, TRIES, fetch
from bot.channels.telegram.send.api import make_api
from bot.channels.telegram.send.sender import Sender
from bot.errors import DocumentError
from bot.wording import Telegram as Wording
from tests.unit.channels.telegram_fakes import (
    GROUP,
    ME,
    TOKEN,
    Json,
    Naps,
    RecordingRequest,
    Refusal,
    dispatched,
    forwarded_from,
    message,
    update,
    with_file,
)

OURS: Json = message("要点", chat=GROUP, sender={"id": ME.id, "is_bot": True, "first_name": "学习助手"})
THEIRS: Json = message("什么是三级联创", chat=GROUP, sender={"id": 8, "is_bot": False, "first_name": "波"})


def test_a_file_in_a_private_chat_comes_with_what_stands_below_it() -> None:
    incoming = dispatched(update(number=31, message=with_file("新的一版")))
    assert incoming is not None and incoming.document is not None
    assert (incoming.person, incoming.chat, incoming.text) == ("telegram:7", "telegram:7", "新的一版")
    assert (incoming.document.name, incoming.document.size) == ("points.yaml", 8)
    silent = dispatched(update(message=with_file()))
    assert silent is not None and silent.document == incoming.document and silent.text == ""


async def test_the_bytes_of_a_file_are_fetched_by_its_id_when_they_are_read() -> None:
    incoming = dispatched(update(message=with_file()))
    assert incoming is not None and incoming.document is not None
    with pytest.raises(DocumentError, match="f1 of 8 bytes was asked for"):
        await incoming.document.read()


def test_a_file_without_a_name_or_size_is_still_a_file() -> None:
    bare = {"file_id": "f1", "file_unique_id": "u1"}
    incoming = dispatched(update(message=with_file(document=bare)))
    assert incoming is not None and incoming.document is not None
    assert (incoming.document.name, incoming.document.size) == ("", 0)


@pytest.mark.parametrize("caption", ["@study_bot 新的一版", "😀 @study_bot", "/reload@study_bot", "/ask"])
def test_in_a_group_a_file_counts_when_its_caption_is_for_the_bot(caption: str) -> None:
    incoming = dispatched(update(message=with_file(caption, chat=GROUP)))
    assert incoming is not None and incoming.document is not None
    assert "study_bot" not in incoming.text
    assert not incoming.is_private


def test_in_a_group_a_file_counts_as_a_reply_to_the_bot() -> None:
    incoming = dispatched(update(message=with_file(chat=GROUP, reply_to_message=OURS)))
    assert incoming is not None and incoming.document is not None
    assert (incoming.document.name, incoming.text, incoming.is_private) == ("points.yaml", "", False)


@pytest.mark.parametrize("caption", ["", "新的一版", "/ask@other_bot", "@other_bot 看看"])
def test_in_a_group_another_file_is_none_of_the_bots_business(caption: str) -> None:
    assert dispatched(update(message=with_file(caption, chat=GROUP, reply_to_message=THEIRS))) is None


def test_a_caption_that_opens_a_link_does_not_press_a_button() -> None:
    incoming = dispatched(update(message=with_file("/start p-sanji")))
    assert incoming is not None and incoming.document is not None and incoming.action == ""


def test_a_forwarded_file_belongs_to_whoever_sends_it_on() -> None:
    incoming = dispatched(update(message=with_file(forward_origin=forwarded_from(8))))
    assert incoming is not None and incoming.document is not None
    assert incoming.person == "telegram:7"


def test_a_moving_picture_is_no_file_though_telegram_calls_it_one_too() -> None:
    moving = {"file_id": "f1", "file_unique_id": "u1", "width": 1, "height": 1, "duration": 1}
    assert dispatched(update(message=with_file(animation=moving))) is None


# ── fetching ────────────────────────────────────────────────────────────────────────────────────────────────


class Line:
    """A recorded transport, and what comes over it."""

    def __init__(self) -> None:
        self.request = RecordingRequest()
        self.naps = Naps()
        self._sender = Sender(make_api(TOKEN, "http://telegram", request=self.request, paced=False), sleep=self.naps)

    async def fetches(self, size: int = 8) -> bytes:
        return await fetch(self._sender, "f1", size)

    def methods(self) -> list[str]:
        return [call.method for call in self.request.calls]


@pytest.fixture
def line() -> Line:
    return Line()


async def test_a_file_is_found_and_fetched(line: Line) -> None:
    assert await line.fetches() == b"title: x"
    assert line.methods() == ["getFile", "download"]
    assert f"http://telegram/file/bot{TOKEN}/documents/%E4%B8%80.yaml" in line.request.urls


async def test_a_file_that_is_told_to_be_too_large_is_not_even_asked_for(line: Line) -> None:
    with pytest.raises(DocumentError, match="20 MB"):
        await line.fetches(MAX_DOWNLOAD + 1)
    assert line.methods() == []


async def test_a_file_that_turns_out_to_be_too_large_is_not_fetched(line: Line) -> None:
    line.request.plan("getFile", Refusal(400, "Bad Request: file is too big"))
    with pytest.raises(DocumentError, match="20 MB"):
        await line.fetches(0)
    line.request.plan("getFile", b'{"ok":true,"result":{"file_path":"a","file_size":20971521}}')
    with pytest.raises(DocumentError, match="20 MB"):
        await line.fetches(0)
    assert line.methods() == ["getFile", "getFile"]


@pytest.mark.parametrize("method", ["getFile", "download"])
async def test_a_lost_line_is_waited_for(line: Line, method: str) -> None:
    line.request.plan(method, NetworkError("reset"), Refusal(502, "Bad Gateway"))
    assert await line.fetches() == b"title: x"
    assert line.naps.seconds == [1, 2]


@pytest.mark.parametrize("method", ["getFile", "download"])
async def test_a_file_that_does_not_come_for_long_is_given_up(line: Line, method: str) -> None:
    line.request.plan(method, *[NetworkError("reset") for _ in range(99)])
    with pytest.raises(DocumentError) as caught:
        await line.fetches()
    assert str(caught.value) == Wording.FILE_NOT_FETCHED
    assert len(line.naps.seconds) == TRIES


@pytest.mark.parametrize(
    ("method", "refusal"),
    [
        ("getFile", Refusal(400, "Bad Request: wrong file_id or the file is temporarily unavailable")),
        ("getFile", Refusal(403, "Forbidden: bot was blocked by the user")),
        ("download", Refusal(404, "Not Found")),
    ],
)
async def test_a_file_that_is_not_there_is_not_asked_for_again(line: Line, method: str, refusal: Refusal) -> None:
    line.request.plan(method, refusal)
    with pytest.raises(DocumentError) as caught:
        await line.fetches()
    assert str(caught.value) == Wording.FILE_NOT_FETCHED
    assert line.naps.seconds == []


async def test_what_is_told_of_a_failure_has_no_address_in_it(line: Line, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "bot")
    line.request.plan("download", NetworkError("reset"), Refusal(404, "Not Found"))
    with pytest.raises(DocumentError) as caught:
        await line.fetches()
    assert "fetching a file again" in caplog.text and "a file was not fetched" in caplog.text
    assert TOKEN not in caplog.text and caught.value.__suppress_context__
