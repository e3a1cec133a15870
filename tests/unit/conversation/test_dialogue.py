"""What a dialogue remembers of the questions in it."""

from dataclasses import replace

from bot.conversation.dialogue import MAX_QUESTIONS, Dialogue, Dialogues
from bot.conversation.messages import Choice, Incoming, Reply, say
from bot.wording import CONTEXT_BUTTON
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
        dialogue.add_question(question)
    assert dialogue.questions == ("修了多少公里村道", "麻烦问一下,其中补助多少")


def test_the_latest_questions_are_remembered() -> None:
    dialogue = Dialogue(NOON)
    for question in ("一村", "二村", "三村", "四村"):
        dialogue.add_question(question)
    assert dialogue.questions == ("二村", "三村", "四村")
    assert len(dialogue.questions) == MAX_QUESTIONS


def test_programs_that_come_once_push_nobodys_dialogue_out() -> None:
    dialogues = Dialogues(limit=3)
    member = Incoming("telegram:1", "telegram:1", text="修了多少公里村道")
    dialogues.of(member, NOON).add_question(member.text)
    for number in range(3):
        once = replace(member, person=f"api:-{number}", chat=f"api:-{number}", ephemeral=True)
        dialogues.of(once, NOON).add_question(once.text)
    assert dialogues.of(member, NOON).questions == (member.text,)
    assert len(dialogues) == 1


def test_the_context_of_the_nearest_passage_is_had_by_the_words_of_its_button() -> None:
    dialogue = Dialogue(NOON)
    offered = (Choice("看前后文：第一条", "c:one"), Choice("看前后文：第二条", "c:two"))
    dialogue.remember_offer(Reply(say("最接近的").parts, offered, numbered=True))
    assert dialogue.pick(CONTEXT_BUTTON) == dialogue.pick("上下文") == offered[0]
    assert dialogue.pick("2") == offered[1]
    dialogue.remember_offer(Reply(say("请选").parts, (Choice("第一条", "p:one"),), numbered=True))
    assert dialogue.pick(CONTEXT_BUTTON) is None
