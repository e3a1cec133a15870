"""A reply as the record that other programs read."""

import pytest

from bot.conversation.messages import Incoming
from bot.features.answers.record import Record, as_record
from tests.unit.library import SOURCE, knowledge, make_chat


async def _last_of(*said: str) -> Record:
    chat = make_chat()
    for text in said:
        reply = await chat.handle(Incoming("p", "c", text=text))
    return as_record(reply, id="1", ms=1.23456, knowledge=knowledge())


async def test_an_answer_has_its_passage_and_what_else_was_found() -> None:
    record = await _last_of("修路花了多少钱")
    assert (record["verdict"], record["point"], record["ms"]) == ("answer", "road", 1.235)
    assert record["quote"] == knowledge().point("road").quote
    assert record["citation"] == "第二部分·修好进村道路"


@pytest.mark.parametrize(
    ("said", "point"),
    [
        (("目录", "2", "1"), "rice"),
        (("修路的施工队是哪家", "1"), "road"),
        (("修路花了多少钱", "上下文"), "road"),
    ],
)
async def test_a_passage_that_was_picked_counts_as_an_answer(said: tuple[str, ...], point: str) -> None:
    record = await _last_of(*said)
    assert (record["verdict"], record["point"]) == ("answer", point)
    assert record["quote"] == knowledge().point(point).quote
    assert record["quote"] in record["reply"]
    assert record["citation"] == knowledge().citation(knowledge().point(point))


@pytest.mark.parametrize("said", ["目录", "/help", "谢谢", "/start"])
async def test_what_shows_no_passage_counts_as_chat(said: str) -> None:
    record = await _last_of(said)
    assert (record["verdict"], record["quote"], record["citation"], record["point"]) == ("chat", "", "", "")


async def test_a_decline_has_no_passage_and_names_what_is_near() -> None:
    record = await _last_of("修路的施工队是哪家")
    assert (record["verdict"], record["quote"], record["point"]) == ("decline", "", "")
    assert record["suggestions"][0]["point"] == "road"


async def test_what_was_looked_up_has_each_of_its_places() -> None:
    record = await _last_of("哪些地方提到“村”")
    assert record["verdict"] == "answer"
    assert record["reply"].startswith("“村”在原文里一共出现")
    spans = record["quote"].split("\n")
    assert len(spans) > 1
    assert all(span in SOURCE and "村" in span for span in spans)
    assert record["answers"][0]["quote"] == record["quote"]


async def test_a_place_that_is_not_there_is_told_with_how_many_there_are() -> None:
    record = await _last_of("第二十段讲什么")
    assert record["verdict"] == "decline"
    assert record["reply"].startswith("原文里没有第二十段，一共只有 ")
    assert record["suggestions"] == []


@pytest.mark.parametrize(
    ("said", "lead"),
    [
        ("“硬化村道12.5公里”后面是什么", "原文接着说："),
        ("“硬化村道12.5公里”前后一句", "原文前后是这样说的："),
        ("最后一句是什么", "原文是这样的："),
        ("“教学楼”在哪一段", "“教学楼”在原文的这里："),
        ("把所有数字列出来", "原文里的数字有这些：3200亩、400亩、860人、12.5公里、460万元、180万元、15名。它们在："),
        ("全文一共几段", "原文一共 3 段。最后是这一处："),
        ("“孩子在家门口上学”它的后一句是什么", "这已经是最后一句了，后面没有别的内容："),
    ],
)
async def test_what_was_looked_up_says_first_what_it_is(said: str, lead: str) -> None:
    record = await _last_of(said)
    assert record["reply"].split("\n")[0] == lead
