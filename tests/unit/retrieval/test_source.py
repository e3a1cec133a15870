"""Answers from the source alone: its units, its index, and what is shown of it."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.parse.source_text import parse_structure
from bot.retrieval.index.tokenizer import shared_tokenizer
from bot.retrieval.normalize.question import normalize_question
from bot.retrieval.ranking.decision import Judgement
from bot.retrieval.source.layer import WELL_PHRASED, SourceLayer
from bot.retrieval.source.source_index import SourceIndex
from bot.retrieval.source.source_judge import (
    MAX_ANSWER,
    MAX_NEAR,
    NEAR_COUNT,
    SourceJudgement,
    SourceMatch,
    compose_answer,
    compose_near,
    judge,
    rank_scores,
    search,
    spans_of,
)
from bot.retrieval.source.units import MAX_SENTENCE, MAX_UNIT, make_units
from bot.retrieval.source.weights import DEFAULT
from bot.retrieval.verdict import Match
from bot.text import squash
from tests.unit.library import SOURCE, knowledge

RULES = """游泳馆管理办法
第一章 总则
第一条 为了方便居民健身，制定本办法。
第二条 游泳馆每天早上六点开门，晚上九点关门。
换水当日不开放。
第二章 入场
第三条 有下列情形之一的，不得入场：
（一）患有皮肤病；
（二）饮酒后；
（三）身高不足一米二而无家长陪同。
第四条 单次票价三十元，月卡二百四十元。办理月卡须带身份证和一张照片。
第五条 深水区须持深水证。深水证由救生员考核后发给，有效期两年。
第六条 贵重物品请存入二楼的保管柜，丢失钥匙赔偿五十元。
"""
WRAPPED = """第⼀条

为了规范社区
菜园的使⽤，制定本规
定。
第⼆条

菜园分为
“
甲区
”
和
“
⼄区
”
，由居⺠⾃愿认领，每⼈不超过⼀
块。
"""
TEXTS = st.text(st.sampled_from("第一二三条章节（）()、。；：，,\n\t |一是12.水电费由住户交纳每月底 “”"), max_size=600)


@cache
def pool() -> SourceIndex:
    return SourceIndex(RULES, parse_structure(RULES), shared_tokenizer())


@cache
def village() -> SourceIndex:
    return SourceIndex(SOURCE, parse_structure(SOURCE), shared_tokenizer())


def ask(question: str, index: SourceIndex | None = None) -> SourceJudgement:
    return judge(index or pool(), normalize_question(question).core)


def shown(judged: SourceJudgement, source: str = RULES) -> list[str]:
    return ["".join(source[span.start : span.end] for span in match.spans) for match in judged.matches]


def sentences(source: str) -> list[str]:
    return [source[each.start : each.end] for each in make_units(parse_structure(source)).sentences]


def test_a_sentence_ends_with_its_mark() -> None:
    assert "换水当日不开放。" in sentences(RULES)


def test_an_article_is_a_unit_with_all_its_paragraphs_and_items() -> None:
    units = make_units(parse_structure(RULES))
    texts = [RULES[units.sentences[u.first].start : units.sentences[u.last - 1].end] for u in units.units]
    assert any(text.startswith("第三条") and text.endswith("无家长陪同。") for text in texts)


def test_an_item_is_led_to_by_what_announces_it() -> None:
    leads = {RULES[each.start : each.end]: each.lead for each in make_units(parse_structure(RULES)).sentences}
    assert leads["（二）饮酒后；"].endswith("不得入场：")


def test_a_unit_has_the_headings_above_it_as_context() -> None:
    units = make_units(parse_structure(RULES))
    contexts = {units.sentences[unit.first].start: unit.context for unit in units.units}
    assert contexts[RULES.index("第四条")].endswith("第二章 入场")


def test_lines_broken_in_mid_sentence_are_one_sentence() -> None:
    found = sentences(WRAPPED)
    assert len(found) == 2
    assert found[0].startswith("第⼀条") and found[0].endswith("定。")


def test_rows_of_a_table_are_units_of_their_own_led_to_by_the_first() -> None:
    table = "物品\t年限\t部门\n桌椅\t十年\t后勤科\n打印机\t五年\t信息科\n"
    units = make_units(parse_structure(table))
    assert [len(range(unit.first, unit.last)) for unit in units.units] == [1, 1, 1]
    assert units.sentences[2].lead.startswith("物品")


def test_a_long_stretch_without_marks_is_cut() -> None:
    units = make_units(parse_structure("水" * 1000))
    assert all(each.end - each.start <= MAX_SENTENCE for each in units.sentences)


@given(TEXTS)
def test_every_character_lies_in_exactly_one_sentence(source: str) -> None:
    units = make_units(parse_structure(source))
    places = [place for each in units.sentences for place in range(each.start, each.end)]
    assert len(places) == len(set(places))
    assert {place for place, char in enumerate(source) if not char.isspace()} <= set(places)


@given(TEXTS)
def test_sentences_and_units_are_no_longer_than_they_may_be(source: str) -> None:
    units = make_units(parse_structure(source))
    assert all(0 < each.end - each.start <= MAX_SENTENCE for each in units.sentences)
    for unit in units.units:
        within = units.sentences[unit.first : unit.last]
        assert sum(each.end - each.start for each in within) <= MAX_UNIT


@given(TEXTS)
def test_units_hold_all_sentences_in_order(source: str) -> None:
    units = make_units(parse_structure(source))
    assert [n for unit in units.units for n in range(unit.first, unit.last)] == list(range(len(units.sentences)))


@given(TEXTS, st.integers(0, 2**32 - 1))
def test_what_is_shown_is_bounded_verbatim_and_in_order(source: str, seed: int) -> None:
    units = make_units(parse_structure(source))
    if not units.sentences:
        return
    scores = np.random.default_rng(seed).normal(0, 3, len(units.sentences))
    answer = spans_of(units, compose_answer(units, scores))
    assert 0 < sum(span.end - span.start for span in answer) <= MAX_ANSWER
    near = [spans_of(units, chosen) for chosen in compose_near(units, scores)]
    assert 0 < len(near) <= NEAR_COUNT
    for spans in (answer, *near):
        assert all(0 <= span.start < span.end <= len(source) for span in spans)
        assert all(one.end <= other.start for one, other in pairwise(spans))
    assert len({span for spans in near for span in spans}) == sum(map(len, near))


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("游泳馆几点关门", "晚上九点关门"),
        ("月卡多少钱", "月卡二百四十元"),
        ("深水證有效期多久", "有效期两年"),
        ("饮酒后让入场吗", "饮酒后"),
        ("保管柜的钥匙丢了", "赔偿五十元"),
    ],
)
def test_the_passage_that_answers_is_shown(question: str, says: str) -> None:
    assert any(says in text for text in shown(ask(question)))


def test_what_the_source_does_not_come_near_is_declined() -> None:
    assert ask("红烧肉怎么做").kind == "decline"


@pytest.mark.parametrize("question", ["村里的食堂几点开饭", "学校的操场几点锁门"])
def test_a_word_shared_by_chance_makes_nothing_near_in_a_source_of_few_sentences(question: str) -> None:
    assert ask(question, village()).kind == "decline"


def test_what_a_source_of_few_sentences_says_is_shown() -> None:
    judged = ask("村道硬化了多少公里", village())
    assert any("12.5公里" in SOURCE[span.start : span.end] for match in judged.matches for span in match.spans)


def test_nothing_is_said_on_a_source_without_text() -> None:
    empty = SourceIndex(" \n", parse_structure(" \n"), shared_tokenizer())
    assert ask("几点关门", empty) == SourceJudgement("decline", (), 0.0)
    assert search(empty, "几点关门") == ()


@given(st.text(st.sampled_from("游泳馆月卡深水证票价多少几点关门?? a1。"), max_size=40))
def test_a_question_is_always_judged_the_same_way(question: str) -> None:
    judged = ask(question)
    assert judged == ask(question)
    assert all(sum(s.end - s.start for s in match.spans) <= MAX_ANSWER for match in judged.matches)


def test_near_passages_are_short() -> None:
    found = search(pool(), "月卡")
    assert 0 < len(found) <= NEAR_COUNT
    assert all(sum(s.end - s.start for s in match.spans) <= MAX_NEAR for match in found)


def test_a_heading_is_shown_with_what_it_is_a_heading_of() -> None:
    units = pool().units
    number = next(n for n, each in enumerate(units.sentences) if RULES[each.start : each.end] == "第二章 入场")
    scores = np.where(np.arange(len(units.sentences)) == number, 9.0, 0.0)
    for chosen in (compose_answer(units, scores), compose_near(units, scores)[0]):
        first = spans_of(units, chosen)[0]
        assert "第二章 入场\n第三条 有下列情形之一的" in RULES[first.start : first.end]


def test_a_nearest_passage_does_not_join_what_is_much_less_likely_from_another_place() -> None:
    units = pool().units
    scores = np.zeros(len(units.sentences))
    scores[1], scores[-1] = 5.0, 3.0
    assert all(len({units.sentences[n].block for n in chosen}) == 1 for chosen in compose_near(units, scores)[1:])
    assert len(units.sentences) - 1 not in compose_near(units, scores)[0]


def test_nearest_passages_come_in_the_order_of_their_likelihood() -> None:
    found = search(pool(), "月卡丢了要赔多少钱")
    assert [match.score for match in found] == sorted((match.score for match in found), reverse=True)


def test_a_term_is_found_in_whatever_spelling() -> None:
    index = SourceIndex(WRAPPED, parse_structure(WRAPPED), shared_tokenizer())
    assert index.holds("乙区")
    assert index.holds("甲區")
    assert not index.holds("丙区")
    assert not index.holds("?!")


def test_a_figure_is_found_as_it_is_written_and_in_figures() -> None:
    assert pool().holds("三十元")
    assert pool().holds("30元")
    assert not pool().holds("31元")


@given(
    st.text(
        st.sampled_from("第一二三条章节（）()、。；：，,\n\t |一是12.水电费由住户交纳每月底 “”"),
        min_size=1,
        max_size=300,
    )
)
def test_every_sentence_is_a_term_that_the_source_holds(source: str) -> None:
    index = SourceIndex(source, parse_structure(source), shared_tokenizer())
    for sentence in index.units.sentences:
        text = source[sentence.start : sentence.end]
        assert index.holds(text) or not squash(text)


class Letters:
    """Texts as the letters that they have."""

    def encode(self, texts: list[str]) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
        rows = np.zeros((len(texts), 128), dtype=np.float32)
        for number, text in enumerate(texts):
            for char in text:
                rows[number, ord(char) % 128] += 1
        rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1)
        return rows


def test_embeddings_take_part_where_they_are_given() -> None:
    embedder = Letters()
    index = pool().with_embeddings(embedder.encode(pool().texts))
    assert pool().embeddings is None
    core = normalize_question("深水证有效期").core
    found = search(index, core, embedder.encode([core])[0])
    assert dict(found[0].features)["cosine"] > 0
    assert any("有效期两年" in RULES[span.start : span.end] for match in found for span in match.spans)


@pytest.mark.parametrize(
    ("meaning", "trust", "second", "kind"),
    [
        (True, 0.7, 0.0, "answer"),
        (True, 0.5, 0.0, "suggest"),
        (True, 0.7, 0.2, "suggest"),
        (False, 0.7, 0.0, "suggest"),
    ],
)
def test_an_offered_point_answers_where_the_source_is_rather_sure_of_the_same_passage(
    meaning: bool, trust: float, second: float, kind: str
) -> None:
    """A point with many phrasings; words alone know less of it than these."""
    first, other, *_ = knowledge().points
    phrased = replace(first, questions=tuple(f"水稻的问题{number}" for number in range(WELL_PHRASED)))
    layer = SourceLayer(replace(knowledge(), points=(phrased, *knowledge().points[1:])), shared_tokenizer())
    if meaning:
        layer = layer.with_embeddings(np.ones((len(layer.texts), 2)))
    found = SourceJudgement("suggest", (SourceMatch(tuple(knowledge().excerpt(first)), 0.9),), trust, near=0.9)
    offered = Judgement("suggest", "close", (Match(phrased, 0.3, ""), Match(other, second, "")), source=found)
    assert layer.resolve(offered).kind == kind


BREAKFAST = """早餐店用工办法
第一条 用人单位应当每月足额支付劳动报酬。
第二条 和面在前一天晚上完成，面团盖上湿布。
第三条 劳动者解除劳动合同的，提前三十日书面通知用人单位。
第四条 豆浆每天现磨，过夜的倒掉。
第五条 蒸笼用后清洗，晾干收好。
"""


@cache
def breakfast() -> SourceIndex:
    return SourceIndex(BREAKFAST, parse_structure(BREAKFAST), shared_tokenizer())


@pytest.mark.parametrize(
    ("question", "article"),
    [("老板每个月发不发薪水", "第一条"), ("跳槽了怎样", "第三条")],
)
def test_everyday_words_find_the_official_ones_that_the_source_has(question: str, article: str) -> None:
    scores = rank_scores(DEFAULT.by_words, breakfast().table(normalize_question(question).core))
    best = breakfast().units.sentences[int(np.argmax(scores))]
    assert BREAKFAST[best.start : best.end].startswith(article)


def test_only_official_words_that_the_source_has_are_searched_for() -> None:
    assert breakfast().official_words("我家房东要走人") == ("解除",)
    assert breakfast().wording("豆浆几点磨") == "豆浆几点磨"
