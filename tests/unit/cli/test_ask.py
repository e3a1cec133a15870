"""Questions asked in a row, as ``ask --jsonl`` and ``eval`` do."""

import json
from collections.abc import Iterator

import pytest

from bot.cli.ask import QuestionBatch, as_line, explanation_lines
from bot.library import Library
from bot.retrieval.verdict import Match, Verdict
from bot.wording import Cli
from tests.unit.library import knowledge, make_chat, retriever


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


def test_an_explanation_names_the_layer_the_parts_and_what_was_near() -> None:
    document = knowledge()
    passage = document.passage([document.structure.sentences[1].span])
    found = Verdict(
        "answer",
        "甲",
        "match",
        (Match(passage, 0.9, "", (("cosine", 1.5), ("bm25", 0.0))),),
        layer="source",
        asked="甲",
    )
    silent = Verdict("decline", "乙", "premise", missing="乙乡", asked="乙")
    whole = Verdict("answer", "甲,乙", "match", found.matches, layer="source", parts=(found, silent))
    assert list(explanation_lines(document, whole)) == [
        Cli.EXPLAIN.format(kind="answer", reason="match", layer="source", context="-"),
        Cli.EXPLAIN_PART.format(number=1, asked="甲"),
        Cli.EXPLAIN.format(kind="answer", reason="match", layer="source", context="-"),
        Cli.EXPLAIN_PASSAGE.format(
            score=0.9,
            point=passage.id,
            citation=document.citation(passage),
            title=passage.title,
            numbers="cosine=1.50",
        ),
        Cli.EXPLAIN_PART.format(number=2, asked="乙"),
        Cli.EXPLAIN.format(kind="decline", reason="premise", layer="points", context="-"),
        Cli.EXPLAIN_DETAIL.format(name="missing", value="乙乡"),
        Cli.EXPLAIN_NONE,
    ]
