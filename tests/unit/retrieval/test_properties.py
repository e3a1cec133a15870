"""What holds for every question, whatever is typed: tried on the whole retriever with the first document."""

from functools import cache

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.retrieval.message.smalltalk import partial_smalltalk_intent, smalltalk_intent
from bot.retrieval.normalize.question import normalize_question
from bot.retrieval.source.lookup import sections_asked_for
from bot.retrieval.verdict import Verdict
from tests.unit.retrieval.speech import speech

pytestmark = pytest.mark.slow


def words(text: str) -> list[str]:
    return text.split()


GREETINGS = words("""
    你好 您好 大家好 老师好 领导好 早上好 晚上好 哈喽 hi 在吗 请问 请问一下 请问您 请教一下 请教大家一个问题
    问一下 问个问题 想问一下 想问问 我想问个问题 我想请教一下 麻烦问一下 麻烦请问一下 打扰一下 打扰您了 不好意思
    不好意思打扰一下 劳驾问一下 我想了解一下 我们想了解一下 我想知道 我很想知道 想咨询一下 咨询个问题
    有个问题想问一下 有个问题想请教 我有个事儿想问一下 能不能告诉我 请告诉我 麻烦您告诉我一下 可不可以请你告诉我
    您能告诉我 帮我查一下 麻烦帮我查一下 可以帮我查查 跟我说说 请给我介绍一下 请解答一下 求助 求教 小白求问
    弱弱地问一句 冒昧问一句 敢问 顺便问一下 还想问一下 另外想问一下 就想知道 向您请教一下 跟您打听一下 打听个事
    辛苦了 您辛苦了 谢谢您 先谢谢了 提前谢谢 嗯 呃 哎 诶 有谁知道 您知道 我想确认一下 查一下
""")
CALLS = ["老师", "同志", "各位", "小助手", "机器人", "师傅", "喂", "对了", "话说", "就是", "我是新来的"]  # and a pause
THANKS = words("""
    谢谢 谢谢您 谢谢啦 谢谢大家 多谢 多谢了 感谢 非常感谢 万分感谢 先谢谢了 提前谢谢 谢谢您的解答 谢谢帮忙
    感谢回复 麻烦了 麻烦您了 辛苦了 您辛苦了 拜托了 劳烦您 有劳了 打扰了 不好意思打扰了 请指教 望告知 请告诉我
    告诉我一下 求解答 求告知 在线等 等回复 请回复 帮我查一下 帮忙看看 能告诉我吗 能不能告诉我 可以说说吗 可以吗
    好吗 thanks 谢谢哈
""")
AFTER_A_PAUSE = ["求助", "急", "拜托", "好不好"]
PAUSES = [",", "，", "!", "。", "~", "…"]
SCRAPS = words("""
    三级联创 八个一 第三部分 第二点 新增就业 4047人 三万六千 百分之百 3.6万 去年 2015年 那么 还有呢 sanji sjlc
    联创 是什么 多少 谁 吗 你好 谢谢 请问 到底 的 了 一 十 百 万 点 第 % . , ? 👍 零就业 就业家庭 己 已 x q1
""")
SCRAPPY = st.lists(st.sampled_from(SCRAPS), max_size=40).map("".join)
TYPED = st.one_of(st.text(max_size=400), SCRAPPY)
MANY = settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])


@cache
def questions() -> list[str]:
    """Curated phrasings, and each with its last but one character left out, so that it is asked in no known words."""
    curated = [text for point in speech().knowledge.points for text in point.questions[::4] if len(text) > 8]
    return [*curated, *(text[:-2] + text[-1] for text in curated)]


def outcome(verdict: Verdict) -> tuple[str, str]:
    return verdict.kind, verdict.point.id if verdict.kind == "answer" and verdict.point else ""


@MANY
@example("", [])
@example("\ud800", ["\u202e"])
@example("谢谢" * 20 + "x", [])
@given(TYPED, st.lists(TYPED, max_size=2))
def test_any_text_has_a_valid_verdict_and_every_quote_stands_in_the_source(text: str, history: list[str]) -> None:
    knowledge = speech().knowledge
    verdict = speech().ask(text, history)
    assert verdict.kind in {"answer", "suggest", "decline", "chat"}
    assert (verdict.kind == "chat") == bool(verdict.intent)
    assert verdict.matches or verdict.kind in {"decline", "chat"}
    assert all(0 <= match.score <= 1 for match in verdict.matches)
    shown = [span for match in verdict.matches for span in (*match.point.quotes, *knowledge.excerpt_texts(match.point))]
    assert all(span in knowledge.source for span in shown)


@MANY
@example("修到到底底路")
@example("请,问一下,修路")
@example("一百,点三,五百万")
@example("1点2一百万第021")
@example("百分之百分之")
@given(st.one_of(TYPED, st.lists(st.sampled_from(GREETINGS + THANKS + SCRAPS), max_size=12).map("".join)))
def test_reading_a_core_again_changes_nothing(text: str) -> None:
    core = normalize_question(text).core
    assert normalize_question(core).core == core


@MANY
@example(("老师", ","), "八个一是什么意思", ("谢谢您的解答", "!"))
@example(("你好", ","), "有戴党徽的带头,工地能快些,是不是这么理", ("谢谢", ""))
@example(("你好", ","), "有戴党徽的带头,工地能快些,是不是这么理", ("求助", ","))
@given(
    st.one_of(
        st.tuples(st.sampled_from(GREETINGS), st.sampled_from(["", " ", *PAUSES])),
        st.tuples(st.sampled_from(CALLS), st.sampled_from(PAUSES)),
    ),
    st.deferred(lambda: st.sampled_from(questions())),
    st.one_of(
        st.tuples(st.sampled_from(THANKS), st.sampled_from(["", " ", *PAUSES])),
        st.tuples(st.sampled_from(AFTER_A_PAUSE), st.sampled_from(PAUSES)),
    ),
)
def test_politeness_around_a_question_changes_no_answer(
    front: tuple[str, str], question: str, back: tuple[str, str]
) -> None:
    greeting, pause = front
    thanks, break_ = back
    plain = outcome(speech().ask(question))
    assert outcome(speech().ask(f"{greeting}{pause}{question}")) == plain
    assert outcome(speech().ask(f"{question}{break_}{thanks}")) == plain
    assert outcome(speech().ask(f"{greeting}{pause}{question}{break_}{thanks}")) == plain


def test_politeness_in_many_layers_is_taken_off_whole() -> None:
    layers = "您好!不好意思,打扰一下,老师,我是新来的,我有个问题想请教一下,麻烦您帮我查一下,"
    thanks = ",麻烦您了,在线等,非常感谢,辛苦了,谢谢您的解答!"
    assert normalize_question(f"{layers}三级联创是什么{thanks}").core == normalize_question("三级联创是什么").core


@pytest.mark.parametrize(
    "kept", ["老师招了多少", "向谁求助", "办事有多麻烦", "谢谢用日语怎么说", "干部辛苦不辛苦", "额度是多少"]
)
def test_words_of_politeness_inside_a_question_stay(kept: str) -> None:
    assert normalize_question(kept).core == kept


@pytest.mark.parametrize(
    "piece", [*SCRAPS, *GREETINGS[::5], *THANKS[::5], "谢", "多谢", "你", "好", "吗", "的是", "在吗", "第一点"]
)
@pytest.mark.parametrize("end", ["", "x", "?吗"])
def test_long_repetitions_are_read_without_backtracking(piece: str, end: str) -> None:
    """A pattern that tries all ways to cut a repetition would run for hours here."""
    for length in (36, 290):
        text = (piece * length)[:length] + end
        smalltalk_intent(text)
        partial_smalltalk_intent(text)
        sections_asked_for(text, speech().knowledge.sections)
        assert speech().ask(text).kind in {"answer", "suggest", "decline", "chat"}
