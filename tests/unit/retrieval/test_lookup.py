"""Questions by place, order and count: what stands there, word for word, and silence for all others."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.model import Knowledge, Section
from bot.knowledge.structure import Span
from bot.retrieval.index.tokenizer import shared_tokenizer
from bot.retrieval.retriever import Retriever
from bot.retrieval.source.lookup import MAX_PLACES, Lookup, SourceLookup
from bot.retrieval.source.lookup_request import asked_under_heading, read_request
from bot.retrieval.source.place_request import relative_step
from bot.text import clean, squash

POOL = """游泳馆管理办法
第一章 总则
第一条 为了方便居民健身，制定本办法。
第二条 游泳馆每天6:30开门，21:00关门。换水当日不开放。
换水的日子提前3日公布。
第二章 入场
第三条 有下列情形之一的，不得入场：
（一）患有皮肤病的；
（二）饮酒后的；
（三）身高不足1.2米而没有家长陪同的。
第四条 单次票价30元，月卡240元。办理月卡须带身份证和一张照片。
第五条 深水区须持深水证。深水证有效期二年。
第三章 附则
第六条 贵重物品请存入保管柜，丢失钥匙赔偿50元。
第七条 本办法自2023年6月1日起施行。
"""
PLAN = """果园来年打算
今年果园收成不错，大家都出了力。
一、把树管好
树是果园的根。要把修枝“落到实处”，把施肥“落到实处”，把防虫“落到实处”。春天修枝要早，赶在3月20日以前做完。
二、把果卖好
一是跑市场。跑遍城里12家水果店，争取卖出8.5万斤。
二是上网络。每周直播2次，开通电话0731-8123456。
三是办采摘。采摘园要做到三个方便：停车方便、洗手方便、付钱方便。
果子卖得好，大家才有干劲；明年还要再添29棵新树。
"""


def knowledge(source: str) -> Knowledge:
    """A knowledge of ``source`` alone."""
    return Knowledge(source.partition("\n")[0], "", source, (), (), "v")


@cache
def lookup_in(source: str) -> SourceLookup:
    """Looks up in ``source``."""
    return SourceLookup(knowledge(source))


def find(source: str, question: str) -> Lookup | None:
    """What ``question`` finds in ``source``."""
    return lookup_in(source).find(clean(question))


def texts(source: str, question: str) -> list[str]:
    """The spans that ``question`` finds in ``source``."""
    found = find(source, question)
    return [source[span.start : span.end] for span in found.spans] if found is not None else ["nothing"]


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("“换水当日不开放”它的后一句是什么", ["换水的日子提前3日公布。"]),
        ("“换水的日子”前面那句讲到哪几点", ["换水当日不开放。"]),
        ("办法最后落在哪句话上", ["第七条"]),
        ("全篇最后收在哪里", ["第七条"]),
        ("“换水当日不开放”的上一句", ["第二条 游泳馆每天6:30开门，21:00关门。"]),
        ("接在“深水区须持深水证”后面的是哪句话", ["深水证有效期二年。"]),
        ("保管柜那句话前面说的啥", ["深水证有效期二年。"]),
        ("第四条的下一条是什么", ["第五条"]),
        ("第四条的前一条", ["第三条"]),
        ("办法的第一句话", ["第一条"]),
        ("最后一句怎么说", ["第七条"]),
        ("第二章最后一条讲什么", ["第五条"]),
        ("最后一条讲什么", ["第七条"]),
        ("倒数第二条", ["第六条"]),
        ("第三条规定了什么", ["第三条"]),
        ("《游泳馆管理办法》第３条讲啥", ["第三条"]),
        ("第2条第2款", ["换水的日子"]),
        ("第三条第（三）项是什么", ["（三）身高"]),
        ("第二章第一条", ["第三条"]),
        ("入场那一章有哪些规定", ["第二章"]),
        ("前两条是什么", ["第一条", "第二条"]),
        ("“月卡240元”在第几条", ["第四条"]),
        ("“换水”出自哪一章", ["换水当日不开放。", "换水的日子"]),
        ("哪一条规定了深水证", ["第五条"]),
        ("哪些地方提到“深水证”", ["第五条"]),
        ("有“钥匙”两个字的那句话怎么说", ["第六条"]),
        ("一共几章", ["第一章", "第二章", "第三章"]),
        ("一共多少条", ["第七条"]),
        ("第二章有几条", ["第五条"]),
        ("第三条有几项", ["（三）"]),
        ("有第七条吗", ["第七条"]),
        ("我昨天带孩子去,人家不让进,说是规定。第三条讲什么", ["第三条"]),
        ("我妈问起这事,帮我找一下带“照片”两个字的那句原文", ["办理月卡"]),
        ("为了方便居民健身后面还说了什么", ["为了方便居民健身，制定本办法。", "第二条"]),
        ("换水的曰子提前 后面接哪句", ["nothing"]),
        ("入场规定“办理月卡”的下一句是什么", ["办理月卡须带身份证和一张照片。", "第五条 深水区"]),
        ("“游泳馆每天……关门”后面一句", ["换水当日不开放。"]),
        ("讲身份证和照片那句话的后一句", ["第五条 深水区"]),
        ("第六条下面那条", ["第七条"]),
        ("月卡那条是第几条", ["第四条"]),
        ("提到“深水证”的有哪几条", ["第五条"]),
        ("第四条到第六条", ["第四条", "第五条", "第六条"]),
        ("第四条、第六条的内容", ["第四条", "第六条"]),
        ("第四条跟第六条有什么不同", ["第四条", "第六条"]),
        ("入场那章第一条", ["第三条"]),
        ("附则有几条", ["第七条"]),
        ("第二章的标题是什么", ["第二章 入场"]),
        ("这个办法的框架", ["第一章", "第二章", "第三章"]),
        ("“6:30”前后各说了什么", ["第一条", "第二条"]),
        ("“换水当日”出现了一次，在哪里", ["换水当日不开放。"]),
        ("“钥匙”这个词出现的次数", ["第六条"]),
        ("深水证有效期写在第几章第几条下面，我找了两遍", ["第二章 入场", "第五条", "深水证有效期二年。"]),
        ("第二章底下的第二条", ["第四条"]),
        ("“换水”这个说法好像出现了两回，一回是不开放，另一回是啥", ["换水当日不开放。", "换水的日子"]),
        ("“换水当日不开放”后面接的是哪句", ["换水的日子提前3日公布。"]),
        ("换水当日不开放后面接哪句", ["换水的日子提前3日公布。"]),
        ("换水当日不开放 后头跟的那句是啥", ["换水的日子提前3日公布。"]),
        ("深水区须持“深水证” 后面接的哪一句", ["深水证有效期二年。"]),
        ("刚带娃回来，题目问的是“深水区须持深水证”后面接的那句是什么 眼睛花了", ["深水证有效期二年。"]),
        ("老师提问“须持深水证”的下一句，我不会", ["深水证有效期二年。"]),
        ("须持“深水证” 后头接的哪句", ["深水证有效期二年。"]),
    ],
)
def test_what_stands_at_a_place_of_a_rule_is_found_by_it(question: str, begins: list[str]) -> None:
    found = texts(POOL, question)
    assert len(found) == len(begins)
    assert all(text.startswith(begin) for text, begin in zip(found, begins, strict=True)), found


@pytest.mark.parametrize(
    ("question", "holds"),
    [
        ("第一部分一共讲了几个“落到实处”？都列出来", ["要把修枝“落到实处”，把施肥“落到实处”，把防虫“落到实处”。"]),
        ("第一部分里“落到实处”出现了几次", ["要把修枝“落到实处”，把施肥“落到实处”，把防虫“落到实处”。"]),
        ("“把施肥”前头那句", ["树是果园的根。", "要把修枝“落到实处”，把施肥“落到实处”，把防虫“落到实处”。"]),
        ("“明年还要”前面一句", ["果子卖得好，大家才有干劲；"]),
        ("三个“落到实处”分别是什么", ["要把修枝“落到实处”，把施肥“落到实处”，把防虫“落到实处”。"]),
        ("第一部分的三个“落到实处”", ["要把修枝“落到实处”，把施肥“落到实处”，把防虫“落到实处”。"]),
        ("跑市场那句话后面接着说什么", ["跑遍城里12家水果店"]),
        ("“春天修枝要早”再往下呢，是什么", ["赶在3月20日以前做完", "一是跑市场。"]),
        ("这篇文章怎么结尾的", ["明年还要再添29棵新树"]),
        ("开头是怎么说的", ["今年果园收成不错"]),
        ("第二部分第一句话", ["一是跑市场。"]),
        ("第二部分第三点讲什么", ["三是办采摘。"]),
        ("“直播”在哪一部分", ["每周直播2次"]),
        ("第二大点底下的第二小点", ["二是上网络。"]),
        ("第一块三个“把……落到实处”分别落到哪里去", ["要把修枝“落到实处”，把施肥“落到实处”，把防虫“落到实处”。"]),
        ("文中提到几次采摘", ["三是办采摘。采摘园要做到"]),
        ("出现过一个29，是哪里", ["明年还要再添29棵新树"]),
        ("列出全文的电话", ["0731-8123456"]),
        ("提到哪些百分比", ["nothing"]),
        ("卖果那一部分讲了什么", ["nothing"]),
        ("把果卖好那部分讲了什么", ["一是跑市场。"]),
    ],
)
def test_what_stands_at_a_place_of_a_plan_is_found_by_it(question: str, holds: list[str]) -> None:
    found = "\n".join(texts(PLAN, question))
    assert all(text in found for text in holds), found


def test_all_figures_are_listed_with_their_measures() -> None:
    found = find(PLAN, "把全部数字列出来")
    assert found is not None
    assert found.listed == ("3月20日", "12家", "8.5万斤", "2次", "0731-8123456", "29棵")


def test_how_often_a_term_stands_there_is_counted_to_the_end_of_the_source() -> None:
    source = "通知\n" + "".join(f"第{number}天要喝水，也要走路。\n" for number in range(1, 41))
    found = find(source, "哪些地方提到“喝水”")
    assert found is not None
    assert (found.count, len(found.spans), found.left) == (40, MAX_PLACES, 40 - MAX_PLACES)


def test_a_figure_is_found_as_a_whole_figure_only() -> None:
    source = "账本\n收了29元。又收了2.29元，一共129元，编号H29，占29.5%。\n"
    found = find(source, "有几个“29”")
    assert found is not None
    assert found.count == 1


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("第九条是什么", ("第九条", 7, "条")),
        ("第三条第五项", ("第三条第五项", 3, "项")),
        ("第六章讲什么", ("第六章", 3, "章")),
        ("第一条第二款", ("第一条第二款", 1, "款")),
        ("第四条第一项", ("第四条第一项", 0, "")),
        ("有没有第三十条", ("第三十条", 7, "条")),
    ],
)
def test_a_place_that_is_not_there_is_told_with_how_many_there_are(question: str, told: tuple[str, int, str]) -> None:
    found = find(POOL, question)
    assert found is not None
    assert (found.kind, found.spans) == ("missing", ())
    assert (found.asked, found.count, found.counter) == told


def test_the_last_sentence_has_none_behind_it() -> None:
    found = find(POOL, "“本办法自2023年6月1日起施行”它的后一句是什么")
    assert found is not None
    assert found.kind == "edge"


@pytest.mark.parametrize(
    "question",
    [
        "月卡多少钱",
        "喝了酒能进去吗",
        "第一次来要带什么",
        "换水之后什么时候开放",
        "深水区在哪里",
        "有哪些情形不得入场",
        "三个方便是什么",
        "哪里能存包",
        "最后怎么办",
        "前面的事办完了接着做什么",
        "第三条说的皮肤病包括脚气吗",
        "数字电视怎么收费",
        "你们有几点活动",
        "一句话介绍一下",
        "丢了钥匙要赔几次",
    ],
)
def test_an_ordinary_question_is_not_looked_up(question: str) -> None:
    assert find(POOL, question) is None


@pytest.mark.parametrize("question", ["“滑梯”提到了吗", "“滑梯”在哪一条", "有没有提到“滑梯”", "哪些地方出现过“滑梯”"])
def test_a_term_that_is_not_there_is_said_not_to_be(question: str) -> None:
    found = find(POOL, question)
    assert found is not None
    assert (found.kind, found.asked) == ("unsaid", "滑梯")


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("它的后一句是什么", ("句", 1)),
        ("那前一句呢", ("句", -1)),
        ("下一条是啥", ("条", 1)),
        ("再往下两句", ("句", 2)),
        ("上一段说的什么", ("段", -1)),
        ("下一步怎么做", None),
        ("后面怎么办", None),
        ("第四条的下一条", None),
    ],
)
def test_what_is_asked_beside_the_answer_before_is_a_unit_and_a_step(text: str, step: tuple[str, int] | None) -> None:
    assert relative_step(clean(text)) == step
    assert step is None or find(POOL, text) is None


def test_a_verdict_by_place_says_so_and_has_each_place_once() -> None:
    retriever = Retriever(knowledge(POOL), shared_tokenizer())
    verdict = retriever.ask("第二条和第四条分别讲了什么")
    assert [part.layer for part in verdict.parts] == ["place", "place"]
    verdict = retriever.ask("哪些地方提到“办法”")
    assert (verdict.kind, verdict.layer, len(verdict.points)) == ("answer", "place", 3)
    assert all(quote in POOL for point in verdict.points for quote in point.quotes)
    assert all(retriever.knowledge.point(point.id) == point for point in verdict.points)
    verdict = retriever.ask("“滑梯”提到几次")
    assert (verdict.kind, verdict.missing) == ("decline", "滑梯")
    verdict = retriever.ask("第十八条怎么规定的")
    assert (verdict.kind, verdict.missing) == ("decline", "第十八条")


def test_an_article_is_no_curated_chapter() -> None:
    sections = (Section("1", "第一部分", "第一章 总则"), Section("2", "第二部分", "第二章 入场"))
    known = Knowledge("游泳馆管理办法", "", POOL, sections, (), "v")
    verdict = Retriever(known, shared_tokenizer()).ask("第二条讲什么")
    assert verdict.point is not None
    assert verdict.point.quote.startswith("第二条 游泳馆")


def test_the_sentence_beside_an_answer_follows_its_own_words() -> None:
    known = knowledge(POOL)
    lookup = SourceLookup(known)
    start = POOL.index("单次票价30元")
    point = known.passage([Span(start, start + len("单次票价30元"))])
    following = lookup.passage_beside(point, 1)
    assert following is not None
    assert following.quotes == ("月卡240元。", "办理月卡须带身份证和一张照片。")
    before = lookup.passage_beside(point, -1)
    assert before is not None
    assert before.quotes[0].startswith("（三）身高")
    article = lookup.passage_beside(point, 1, "条")
    assert article is not None
    assert article.quote.startswith("第五条")
    last = known.structure.sentences[-1]
    assert lookup.passage_beside(known.passage([last.span]), 1) is None


def test_what_stands_beside_the_answer_before_can_be_asked_on_and_on() -> None:
    retriever = Retriever(knowledge(POOL), shared_tokenizer())
    asked = ["第四条是什么"]
    for text, begins in [("下一条是什么", "第五条"), ("再下一条呢", "第六条"), ("那上一条", "第五条")]:
        verdict = retriever.ask(text, asked)
        assert (verdict.kind, verdict.layer) == ("answer", "place")
        assert verdict.point is not None
        assert verdict.point.quote.startswith(begins)
        asked.append(text)
    verdict = retriever.ask("它的后一句是什么", ["“单次票价30元”在哪一条"])
    assert verdict.point is not None
    assert verdict.point.quote.startswith("办理月卡")
    verdict = retriever.ask("下一条是什么", ["第七条"])
    assert verdict.lookup is not None
    assert (verdict.kind, verdict.lookup.kind) == ("answer", "edge")
    assert retriever.ask("下一条是什么").kind != "answer"


TERMS = st.integers(0, len(PLAN) - 2).flatmap(
    lambda start: st.integers(start + 2, min(start + 20, len(PLAN))).map(lambda end: PLAN[start:end])
)


@given(TERMS)
def test_a_term_that_stands_there_is_never_said_not_to(term: str) -> None:
    if any(mark in term for mark in "“”\n") or not squash(term) or squash(term).isascii():
        return
    for question in (f"哪些地方提到“{term}”", f"“{term}”出现了几次", f"“{term}”在哪一部分"):
        found = find(PLAN, question)
        assert found is None or (found.kind != "unsaid" and found.count >= 1)


WORDS = st.lists(
    st.sampled_from(
        [
            *"第一三十九最后前面下句段条章款项点几多少哪的了",
            "“",
            "”",
            "换水",
            "月卡",
            "提到",
            "地方",
            "数字",
            "接着",
            "全文",
            "部分",
            "说什么",
            "所有",
        ]
    ),
    max_size=14,
).map("".join)


@given(WORDS | st.text(max_size=60))
def test_whatever_is_asked_only_words_of_the_source_are_shown(question: str) -> None:
    for source in (POOL, PLAN):
        found = find(source, question)
        if found is not None:
            assert all(0 <= span.start < span.end <= len(source) for span in found.spans)
            assert len(found.spans) <= MAX_PLACES
            assert bool(found.spans) == (found.kind not in {"missing", "unsaid"})
            assert all(point.quotes for point in lookup_in(source).passages(found))


@given(WORDS.map(lambda text: text * 20))
def test_a_long_message_is_not_read_at_all(question: str) -> None:
    assert len(question) <= 90 or "“" in question or list(read_request(question)) == []


def test_the_sentence_beside_a_quotation_is_shown_from_full_stop_to_full_stop() -> None:
    source = "小结\n去年走得慢。今年起得早；路修得宽；车跑得快。明年接着干。"
    assert texts(source, "“明年接着干”前头那句") == ["今年起得早；路修得宽；车跑得快。"]
    assert texts(source, "“去年走得慢”后面那句") == ["今年起得早；路修得宽；车跑得快。"]


def test_what_stands_under_a_heading_is_shown_with_it() -> None:
    found = texts(PLAN, "“每周直播2次”这话是在哪个小标题下面讲的")
    assert found == ["二、把果卖好", "二是上网络。", "每周直播2次，开通电话0731-8123456。"]


@pytest.mark.parametrize(
    ("typed", "topic"),
    [
        ("摘果子那两句放在哪个小标题里", "摘果子"),
        ("老李说修枝那段在前头,我说在后头,到底写在哪个小标题下面", "修枝"),
        ("修枝怎么修", ""),
        ("", ""),
    ],
)
def test_what_the_heading_is_asked_of_is_read(typed: str, topic: str) -> None:
    assert asked_under_heading(clean(typed)) == topic


def test_a_point_is_found_by_the_number_and_the_heading_of_its_part() -> None:
    assert texts(PLAN, "第二部分把果卖好的第二点讲什么")[0].startswith("二是上网络。")
    assert find(PLAN, "第二部分把树管好的第二点讲什么") is None


@pytest.mark.parametrize(
    "question",
    [
        "哪几处提到“修路”,都列出来",
        "里面两个40%分别指什么",
        "两个40%各说的是什么",
        "小结里有两个40%,都指什么",
        "哪些地方讲到“修路”，全部找出来",
    ],
)
def test_every_place_is_listed_also_if_that_is_said_behind(question: str) -> None:
    source = "小结\n修路花了40%的钱。路边种了树。\n挖渠花了40%的钱，修路的人来帮忙。"
    assert len(texts(source, question)) == 2
