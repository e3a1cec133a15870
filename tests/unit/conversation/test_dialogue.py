"""What a dialogue remembers of the questions in it."""

from bot.conversation.dialogue import MAX_QUESTIONS, Dialogue
from tests.unit.library import NOON


def test_a_question_that_is_asked_again_in_other_spellings_pushes_none_out() -> None:
    dialogue = Dialogue(NOON)
    for question in (
        "修了多少公里村道",
        "其中补助多少",
        "请问其中补助多少",
        "其中补助多少?",
        "麻烦问一下,其中补助多少",
    ):
        dialogue.asked(question)
    assert dialogue.questions == ("修了多少公里村道", "麻烦问一下,其中补助多少")


def test_the_latest_questions_are_remembered() -> None:
    dialogue = Dialogue(NOON)
    for question in ("一村", "二村", "三村", "四村"):
        dialogue.asked(question)
    assert dialogue.questions == ("二村", "三村", "四村")
    assert len(dialogue.questions) == MAX_QUESTIONS
