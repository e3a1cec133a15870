"""Whom a question is about that the document does not have is said to be missing; nobody is offered in his place."""

from dataclasses import replace

import pytest

from bot.features.answers import presenter as replies
from bot.retrieval.index.tokenizer import shared_tokenizer
from bot.retrieval.retriever import Retriever
from bot.retrieval.verdict import Verdict
from tests.unit.library import knowledge, retriever
from tests.unit.retrieval.speech import speech

SPEAKER = "jianghua-ren-libin"


def _told(verdict: Verdict) -> tuple[str, str, str]:
    return verdict.kind, verdict.reason, verdict.missing


@pytest.mark.slow
@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("国家主席是哪位", "国家主席"),
        ("总书记", "总书记"),
        ("總書記講了什麼", "總書記"),  # as it was written
        ("总书纪讲了啥", "总书纪"),  # by ear
        ("省委书记叫什么名字", "省委书记"),
        ("请问老师,咱们市长对修路怎么看的呀", "市长"),
        ("区长", "区长"),
        ("县委书记有什么指示", "县委书记"),
        ("区委副书记姓啥", "区委副书记"),
        ("区纪委书记是哪个", "区纪委书记"),
        ("组织部长说了啥", "组织部长"),
        ("市教育局局长怎么讲的", "市教育局局长"),
        ("教育厅厅长是谁呀", "教育厅厅长"),
        ("人大主任", "人大主任"),
        ("政协主席提了什么要求", "政协主席"),
        ("校长怎么说", "校长"),
        ("村支书叫什么", "村支书"),
        ("长沙市委书记是谁", "长沙市委书记"),
        ("大祥区委书记是谁", "大祥区委书记"),
        ("前任书记是谁", "前任书记"),
        ("民调中心主任叫什么", "民调中心主任"),
        ("王书记讲了什么", "王书记"),
        ("李区长怎么说", "李区长"),
        ("周国强书记讲了什么", "周国强书记"),
        ("书记王强说了什么", "书记王强"),
        ("王强是谁", "王强"),
        ("毛泽东怎么说", "毛泽东"),
        ("特朗普是谁", "特朗普"),
        ("习近平总书记说过什么", "习近平总书记"),
        ("省领导有什么指示", "省领导"),
        ("国务院有什么要求", "国务院"),
        ("市委怎么部署的", "市委"),
        ("省政府出台了什么政策", "省政府"),
        ("公安局有什么打算", "公安局"),
        ("新邵县的就业怎么样", "新邵县"),
        ("听说省长来过,他讲了什么", "省长"),
    ],
)
def test_who_is_not_there_is_named_and_nobody_is_offered_in_his_place(question: str, missing: str) -> None:
    verdict = speech().ask(question)
    assert _told(verdict) == ("decline", "premise", missing)
    assert SPEAKER not in [match.point.id for match in verdict.matches]


@pytest.mark.slow
@pytest.mark.parametrize(
    "question",
    [
        "书记",
        "书记是谁",
        "区委书记",
        "咱们书记叫啥",
        "双清区书记是谁",
        "邵阳市双清区委书记",
        "李书记",
        "讲话人",
        "李彬是谁",
        "区里的一把手是谁",
    ],
)
def test_the_speaker_is_found_by_name_office_and_place_however_written(question: str) -> None:
    verdict = speech().ask(question)
    assert verdict.point is not None
    assert verdict.point.id == SPEAKER


@pytest.mark.slow
@pytest.mark.parametrize(
    "question",
    [
        "我是村支书,三个第一是什么",
        "主任让我抄一份,第一要务是什么",
        "局长要我准备材料,三级联创往哪里拓展",
        "城市长大的孩子也问一句,今年新增城镇就业多少人",
        "社会长期稳定靠什么,零发案社区怎么搞",
        "区政府怎么解决就业难",
        "党委和政府最重要的职责是什么",
        "区级领导按照什么责任制挂点",
        "书记对就业怎么说",
    ],
)
def test_an_office_beside_the_question_silences_nothing(question: str) -> None:
    assert speech().ask(question).kind == "answer"


@pytest.mark.slow
def test_the_reply_names_who_is_missing_and_promises_nothing_beside() -> None:
    verdict = speech().ask("總書記說了什麼")
    reply = replies.unanswered(speech().knowledge, verdict)
    assert reply.text == "《双清区创先争优讲话》里没有提到“總書記”，我就不乱答了。"


@pytest.mark.slow
def test_a_follow_up_is_about_whom_the_question_before_it_was_about() -> None:
    history = ("省委书记是谁", "他还说了什么")
    assert _told(speech().ask(history[1], history[:1])) == ("decline", "premise", "省委书记")
    assert _told(speech().ask("那他对就业怎么看", history)) == ("decline", "premise", "省委书记")
    assert speech().ask("第一动力是什么", history).kind == "answer"


def test_where_a_mayor_speaks_his_office_is_right_and_the_secretarys_is_missing() -> None:
    verdict = retriever().ask("镇长是谁")
    assert verdict.point is not None
    assert verdict.point.id == "speaker"
    for question, missing in (("书记是谁", "书记"), ("镇党委书记讲了什么", "镇党委书记"), ("县长", "县长")):
        assert _told(retriever().ask(question)) == ("decline", "premise", missing)


def test_linking_a_question_about_somebody_else_to_the_speaker_does_not_put_him_in_that_place() -> None:
    whole = knowledge()
    speaker = whole.point("speaker")
    linked = replace(speaker, questions=(*speaker.questions, "县长是谁"))
    points = tuple(linked if point is speaker else point for point in whole.points)
    one = Retriever(replace(whole, points=points), shared_tokenizer())
    assert _told(one.ask("县长是谁")) == ("decline", "premise", "县长")
    assert _told(one.ask("县长叫什么")) == ("decline", "premise", "县长")


def test_an_office_that_the_source_names_is_there() -> None:
    whole = knowledge()
    source = whole.source + "\n县教育局局长到校检查。"
    one = Retriever(replace(whole, source=source), shared_tokenizer())
    assert one.ask("教育局局长做了什么").reason != "premise"
    assert _told(one.ask("公安局局长做了什么")) == ("decline", "premise", "公安局局长")


@pytest.mark.slow
@pytest.mark.parametrize(
    "story",
    [
        "昨晚楼栋组长老孟讲全区城镇像他侄儿那样找到工作的还不到五百人呢,到底新增了多少",
        "今早小组长老孟讲全区农村稳住饭碗的像我侄儿这样只有五百来人,我不太信,到底好多",
    ],
)
def test_who_tells_something_in_a_story_is_not_asked_about(story: str) -> None:
    assert speech().ask(story).missing == ""
