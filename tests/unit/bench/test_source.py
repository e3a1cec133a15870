"""The benchmark of answers from the source alone: what counts as right."""

from __future__ import annotations

import json
from pathlib import Path

from bot.knowledge.structure import Span
from tests.bench.source import Asked, Reply, is_right, measure, read

SOURCE = "花园周一闭园。\n花园周二开放。\n"


def span_of(text: str) -> Span:
    start = SOURCE.index(text)
    return Span(start, start + len(text))


def test_a_reply_is_right_if_it_holds_an_answer() -> None:
    asked = Asked("哪天不开", ("周一闭园",))
    assert is_right(SOURCE, asked, ((span_of("花园周一闭园。"),),))
    assert not is_right(SOURCE, asked, ((span_of("花园周二开放。"),),))


def test_an_answer_has_to_stand_in_the_passage_that_was_asked_about() -> None:
    asked = Asked("花园的名字", ("花园",), span_of("花园周二开放。"))
    assert is_right(SOURCE, asked, ((span_of("花园周二开放。"),),))
    assert not is_right(SOURCE, asked, ((span_of("花园周一闭园。"),),))


def test_an_answer_may_not_be_put_together_of_two_spans() -> None:
    asked = Asked("哪天", ("闭园。花园周二",))
    assert not is_right(SOURCE, asked, ((span_of("花园周一闭园。"), span_of("花园周二开放。")),))


def test_figures_tell_answers_from_nearest_passages() -> None:
    asked = [Asked("哪天不开", ("周一",)), Asked("门票多少", ())]
    figures = measure(SOURCE, asked, lambda _: Reply("answer", ((span_of("花园周一闭园。"),),)))
    assert "first 1.000" in figures and "falsely answered 1.000" in figures


def test_passages_of_reading_comprehension_are_joined(tmp_path: Path) -> None:
    rows = [{"question": "哪天闭园", "answers": [{"text": "周一", "answer_start": 2}]}]
    data = {"data": [{"paragraphs": [{"context": "甲", "qas": []}, {"context": "花园周一闭园。", "qas": rows}]}]}
    file = tmp_path / "set.json"
    file.write_text(json.dumps(data), encoding="utf-8")
    source, asked = read(file)
    assert source == "甲\n花园周一闭园。\n"
    assert asked == [Asked("哪天闭园", ("周一",), Span(2, 9))]


def test_folders_of_a_shelf_share_their_questions(tmp_path: Path) -> None:
    for name, text in (("a", "甲园开放。"), ("b", "乙园闭园。")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "source.txt").write_text(text, encoding="utf-8")
    rows = [
        {"kind": "direct", "question": "乙园呢", "gold": ["闭园"]},
        {"kind": "chat", "question": "你好", "gold": []},
    ]
    (tmp_path / "questions.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert read(tmp_path) == ("甲园开放。\n乙园闭园。", [Asked("乙园呢", ("闭园",))])
