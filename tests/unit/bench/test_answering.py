"""A peer shows what belongs to the nearest text, or nothing."""

import pytest

from tests.bench.answering import Answering
from tests.bench.passages import Passage

pytestmark = pytest.mark.slow

PASSAGES = [
    Passage("今年种了多少亩水稻", "种植水稻3200亩"),
    Passage("修了多少公里村道", "硬化村道12.5公里"),
    Passage("修路的施工队是哪家", ""),
]
WITHOUT_EXTRA = [
    ("bm25s, jieba", "words"),
    ("bm25s, jieba", "words for search"),
    ("bm25s, characters", "single"),
    ("bm25s, characters", "single and pairs"),
    ("rapidfuzz", "partial_ratio"),
    ("rapidfuzz", "ratio"),
    ("rapidfuzz", "WRatio"),
    ("rapidfuzz", "token_set_ratio"),
    ("rapidfuzz", "token_sort_ratio"),
]


@pytest.mark.parametrize(("peer", "setting"), WITHOUT_EXTRA)
def test_the_nearest_passage_is_shown_with_its_score(peer: str, setting: str) -> None:
    record = Answering(peer, setting, PASSAGES).ask("村道修了多少公里")
    assert (record["verdict"], record["reply"]) == ("answer", "硬化村道12.5公里")
    assert record["score"] > 0


@pytest.mark.parametrize(("peer", "setting"), WITHOUT_EXTRA)
def test_traditional_characters_and_punctuation_make_no_difference(peer: str, setting: str) -> None:
    answering = Answering(peer, setting, PASSAGES)
    assert answering.ask("「種了」多少畝水稻？？")["score"] == answering.ask("种了多少亩水稻")["score"]


@pytest.mark.parametrize(("peer", "setting"), WITHOUT_EXTRA)
def test_a_gap_as_the_nearest_text_is_silence(peer: str, setting: str) -> None:
    assert Answering(peer, setting, PASSAGES).ask("修路的施工队是哪家公司")["verdict"] == "decline"


@pytest.mark.parametrize(("peer", "setting"), WITHOUT_EXTRA)
@pytest.mark.parametrize("question", ["qwx", "？", ""])
def test_a_question_that_shares_nothing_finds_nothing(peer: str, setting: str, question: str) -> None:
    record = Answering(peer, setting, PASSAGES).ask(question)
    assert (record["verdict"], record["reply"], record["score"]) == ("decline", "", 0)


def test_the_question_before_is_put_in_front() -> None:
    answering = Answering("rapidfuzz", "ratio", PASSAGES)
    before = ("村道修了几米", "今年种了多少水稻")
    assert answering.ask("几亩呢", before)["score"] == answering.ask("今年种了多少水稻几亩呢")["score"]
