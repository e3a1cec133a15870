"""A passage that lacks the kind of thing that is asked for does not answer; whatever it does give is let pass."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.retrieval.normalize.question import normalize_question
from bot.retrieval.premises.document import Premises
from bot.retrieval.premises.passage import NOTHING, Premise, check_premise, not_given

HARVEST = (
    "今年全镇粮食产量、生猪出栏量、水果销售额、渔业产值等指标均列全县前三,特别是水果销售额再创新高,增长12.4%。"
    "各村按照“六个到位”的要求落实责任,由农技站负责。"
)
CENTRE = "服务大厅设在文化楼一层,每周一至周五9:15至16:40开放,咨询电话0851-6620418,每人收取工本费5元。"


def lacking(question: str, passage: str) -> str:
    return not_given(normalize_question(question).core, passage)


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("生猪出栏量增长百分之几", "figure"),
        ("渔业产值涨了多少个百分点", "figure"),
        ("一共花了多少钱", "figure"),
        ("农技站有几个人", "figure"),
        ("建了多少栋鸡舍", "figure"),  # a list names things, and measures nothing
        ("水果的单价", "figure"),
        ("农技站电话是多少", "contact"),
        ("农技站几点开门", "time"),
        ("农技站的地址", ""),
        ("农技站站长是谁", "person"),
        ("六个到位是哪六个到位", "members"),
        ("六个到位的核心是什么", "meaning"),
        ("全省增长多少", "scope"),
        ("渔业产值涨了几个点", "figure"),
        ("列全县第多少名升到第多少名", ""),
        ("六个到位的补助标准定的多少", "figure"),
        ("农技站是谁承建的", "person"),
        ("农技站在几楼", "place"),
        ("会是在哪个礼堂开的", "place"),
    ],
)
def test_what_the_passage_does_not_give_is_told_by_its_kind(question: str, kind: str) -> None:
    assert lacking(question, HARVEST) == kind


@pytest.mark.parametrize(
    "question",
    ["水果销售额增长百分之几", "水果增长率是多少", "列全县第几名", "六个到位谁负责", "今年怎么样", "指标有哪四项"],
)
def test_what_the_passage_gives_is_let_pass(question: str) -> None:
    assert lacking(question, HARVEST) == ""


@pytest.mark.parametrize(
    "question",
    ["咨询电话多少", "几点开门", "什么时候开放", "大厅地址在哪", "收多少钱", "每周开几天", "周几开", "怎么联系"],
)
def test_a_number_a_time_a_place_and_an_amount_are_given_by_what_they_are(question: str) -> None:
    assert lacking(question, CENTRE) == ""


def test_the_amount_of_another_thing_is_no_amount_of_what_only_rose() -> None:
    passage = "水稻种植户平均收入增长6.1%,差距继续缩小。全镇办成实事12件,投入30万元。"

    assert lacking("水稻种植户平均收入是多少块钱", passage) == "figure"
    assert lacking("全镇办成实事投入了多少钱", passage) == ""
    assert lacking("垃圾清运费用是多少钱", "垃圾清运费用按月收。每户12元。") == ""


def test_a_list_with_its_members_gives_them() -> None:
    assert lacking("六种作物是哪六种", "发展稻、麦、豆、薯、油菜、烟叶六种作物。") == ""
    assert lacking("六种作物是哪六种", "大力发展六种作物。") == "members"


def test_a_rise_by_ranks_is_no_number_of_people() -> None:
    assert lacking("排位往前走了多少名", "全县测评中,我镇上升了17个名次。") == ""


def test_a_question_that_a_curator_wrote_down_is_given() -> None:
    premises = Premises(HARVEST, [])
    core = normalize_question("一共花了多少钱").core
    assert check_premise(premises, (), core, HARVEST, answers=True) == Premise("not_given", lacking="figure")
    assert check_premise(premises, (), core, HARVEST, answers=True, phrasing="花了多少钱") == NOTHING
    assert check_premise(premises, (), core, HARVEST, answers=False) == NOTHING


@given(
    st.text(alphabet="多少几百分之钱人个名率电话地址什么时候在哪六到位是谁第全省0129.%:、,。 ", max_size=40),
    st.text(max_size=60),
)
def test_whatever_is_asked_of_whatever_is_read(question: str, passage: str) -> None:
    lacking(question, passage)
    lacking(question, HARVEST)
