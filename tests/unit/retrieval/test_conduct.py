"""Under an insult, an accusation, a rumour or gossip nothing is shown, and no name is said."""

import pytest

from bot.chat import replies
from tests.unit.library import retriever
from tests.unit.retrieval.test_entities import speech


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


@pytest.mark.parametrize(
    "text", ["你真笨", "书记是不是傻", "垃圾机器人", "李斌是猪", "什么狗屁讲话", "习近平是不是傻", "滚"]
)
def test_an_insult_gets_a_neutral_sentence_and_is_no_question(text: str) -> None:
    verdict = speech().ask(text)
    assert (verdict.kind, verdict.intent, verdict.matches) == ("chat", "insult", ())


def test_what_follows_an_accusation_is_not_read_together_with_it() -> None:
    assert speech().ask("具体多少", ["书记贪污了多少钱"]).matches == ()


@pytest.mark.parametrize(
    "question", ["到处都是垃圾怎么处理", "妈的,今年新增城镇就业多少人", "小偷被抓了吗", "混日子的干部怎么管"]
)
def test_a_rude_word_in_a_real_question_silences_nothing(question: str) -> None:
    assert speech().ask(question).kind == "answer"


def test_in_the_small_document_too() -> None:
    assert retriever().ask("镇长贪了多少").matches == ()
    assert retriever().ask("镇长是谁").kind == "answer"
