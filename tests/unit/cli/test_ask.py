"""Questions asked in a row, as ``ask --jsonl`` and ``eval`` do."""

import json
from collections.abc import Iterator

import pytest

from bot.cli.ask import QuestionBatch, as_line
from bot.library import Library
from bot.wording import Cli
from tests.unit.library import make_chat, retriever


@pytest.fixture
def batch() -> Iterator[QuestionBatch]:
    """A batch on the small document."""
    with QuestionBatch(make_chat(), Library(retriever())) as opened:
        yield opened


@pytest.mark.parametrize("id", ["a", 7, 1.5, None, True, ["x", 1], {"k": "v"}, "\ud800"])
def test_an_id_comes_back_as_the_value_it_was(id: object, batch: QuestionBatch) -> None:
    record = json.loads(as_line(batch.ask_line(json.dumps({"id": id, "question": "修路花了多少钱"}))))
    assert (record["id"], type(record["id"]), record["point"]) == (id, type(id), "road")
    assert record["ms"] > 0


def test_a_record_can_always_be_written_as_utf8(batch: QuestionBatch) -> None:
    line = as_line(batch.ask_line('{"id": "\\ud800", "question": "\\udfff"}'))
    assert line.encode()
    assert "水稻" in as_line(batch.ask_line('{"question": "今年种了多少亩水稻"}'))


@pytest.mark.parametrize(
    ("line", "id", "reply"),
    [
        ("{", "", Cli.NOT_JSON),
        ("[]", "", Cli.NOT_JSON),
        ("null", "", Cli.NOT_JSON),
        ('{"id": NaN, "question": "修路"}', "", Cli.NOT_JSON),
        ("[" * 100_000, "", Cli.NOT_JSON),
        ('{"id": 3}', 3, Cli.QUESTION_MISSING),
        ('{"id": 3, "question": null}', 3, Cli.QUESTION_MISSING),
        ('{"id": "x", "question": 3}', "x", Cli.QUESTION_NO_TEXT),
        ('{"id": 3, "question": "修路", "history": "修路"}', 3, Cli.HISTORY_NO_LIST),
        ('{"id": 3, "question": "修路", "history": [1]}', 3, Cli.HISTORY_NO_LIST),
        ('{"id": 3, "question": "修路", "history": {"a": "b"}}', 3, Cli.HISTORY_NO_LIST),
    ],
)
def test_a_line_that_is_no_question_keeps_its_id_and_says_what_is_wrong(
    line: str, id: object, reply: str, batch: QuestionBatch
) -> None:
    record = batch.ask_line(line)
    assert (record["id"], record["reply"], record["verdict"]) == (id, reply, "chat")


def test_lines_of_the_same_id_share_nothing(batch: QuestionBatch) -> None:
    batch.ask_line('{"id": 1, "question": "目录"}')
    assert batch.ask_line('{"id": 1, "question": "1"}')["reply"] == batch.ask("1")["reply"]
    assert batch.ask("1")["point"] == ""


def test_a_history_is_what_a_follow_up_leans_on(batch: QuestionBatch) -> None:
    line = '{"question": "一共多少人", "history": ["田间课堂培训农户"]}'
    assert batch.ask_line(line)["point"] == "classes" or batch.ask_line(line)["suggestions"][0]["point"] == "classes"
