"""Under an insult, an accusation, a rumour or gossip nothing is shown, and no name is said."""

import pytest

from bot.features.answers import presenter as replies
from bot.knowledge.parse.points_file import parse_points
from bot.retrieval.index.tokenizer import shared_tokenizer
from bot.retrieval.retriever import Retriever
from tests.unit.library import POINTS, SOURCE, retriever
from tests.unit.retrieval.speech import speech


@pytest.mark.slow
@pytest.mark.parametrize(
    "question",
    [
        "书记贪污了多少钱",
        "李斌是不是贪官",
        "听说书记被查了吗",
        "书记下台了吗",
        "他有几个情妇",
        "李书记的老婆是谁",
        "书记帅不帅",
        "领导收了多少红包",
        "习近平贪污了吗",
        "王区长受贿了没有",
    ],
)
def test_a_rumour_is_not_in_the_document_and_nothing_is_offered(question: str) -> None:
    verdict = speech().ask(question)
    assert (verdict.kind, verdict.matches, verdict.missing) == ("decline", (), "")
    said = "".join(part.text for part in replies.unanswered(speech().knowledge, verdict).parts)
    assert said == "《双清区创先争优讲话》里没有说到这个，我就不乱答了。"


@pytest.mark.slow
@pytest.mark.parametrize(
    "text", ["你真笨", "书记是不是傻", "垃圾机器人", "李斌是猪", "什么狗屁讲话", "习近平是不是傻", "滚"]
)
def test_an_insult_gets_a_neutral_sentence_and_is_no_question(text: str) -> None:
    verdict = speech().ask(text)
    assert (verdict.kind, verdict.intent, verdict.matches) == ("chat", "insult", ())


@pytest.mark.slow
def test_what_follows_an_accusation_is_not_read_together_with_it() -> None:
    assert speech().ask("具体多少", ["书记贪污了多少钱"]).matches == ()


@pytest.mark.slow
@pytest.mark.parametrize(
    "question", ["到处都是垃圾怎么处理", "妈的,今年新增城镇就业多少人", "小偷被抓了吗", "混日子的干部怎么管"]
)
def test_a_rude_word_in_a_real_question_silences_nothing(question: str) -> None:
    assert speech().ask(question).kind == "answer"


def test_in_the_small_document_too() -> None:
    assert retriever().ask("镇长贪了多少").matches == ()
    assert retriever().ask("镇长是谁").kind == "answer"


@pytest.mark.slow
@pytest.mark.parametrize(
    "question",
    [
        "村干部坐牢",
        "公务员被抓了没有",
        "党员吸毒",
        "官员跑路",
        "书记收入",
        "李斌的薪水多少",
        "领导年薪有多少",
        "干部有几套房",
        "李斌说老婆孩子怎么就业",
        "书记讲媳妇怎么找工作",
        "领导提到儿子上学没有",
        "书记妻子是谁",
    ],
)
def test_a_rumour_about_those_in_office_and_prying_into_a_life_get_nothing_either(question: str) -> None:
    verdict = speech().ask(question)
    assert (verdict.kind, verdict.matches, verdict.missing) == ("decline", (), "")


def _on_discipline() -> Retriever:
    line = "镇纪委书记负责查处违纪案件,党员违纪的一律处分,村干部收入每年公开。"
    raw = POINTS + (
        f"  - {{id: discipline, title: 查处违纪案件, section: '3', quote: '{line}',"
        " questions: [违纪案件谁查处, 党员违纪了怎么处分, 村干部收入公开吗]}\n"
    )
    parsed = parse_points(raw, f"{SOURCE}\n{line}", "points.yaml")
    assert parsed.issues == ()
    return Retriever(parsed.knowledge, shared_tokenizer())


@pytest.mark.parametrize(
    "question", ["书记违纪怎么处理", "村支书违纪怎么处分", "党员违纪受什么处分", "村干部收入公开不公开"]
)
def test_what_the_document_speaks_of_is_a_subject_where_a_rule_is_asked_for(question: str) -> None:
    verdict = _on_discipline().ask(question)
    assert "discipline" in [match.point.id for match in verdict.matches]
    assert verdict.reason != "unrelated"


@pytest.mark.parametrize(
    "question", ["书记违纪了吗", "张远违纪怎么处理", "听说镇长违纪怎么处理的", "书记收入多少", "镇长怎么会违纪"]
)
def test_the_same_word_is_a_rumour_where_it_is_said_of_somebody(question: str) -> None:
    verdict = _on_discipline().ask(question)
    assert (verdict.kind, verdict.matches) == ("decline", ())
