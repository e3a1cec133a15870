"""Questions of a bank as a quiz asks them."""

from __future__ import annotations

from bot.knowledge.files import Files
from bot.knowledge.load import require_servable, validate_files
from bot.quiz.banks.model import BankQuestion
from bot.quiz.banks.play import playable_questions
from bot.quiz.question import MAX_EXPLANATION, MAX_LINE_FEEDS
from bot.quiz.question_selection import select_questions, shuffle_options
from bot.wording import Banks

TEXT = "茶馆守则\n\n第一条 茶馆每天上午九点开门，晚上十点关门。\n第二条 茶馆供应绿茶和红茶。\n"
ASKED = (
    BankQuestion("fill", "茶馆每天上午（　　）开门。", accepted=("九点",), explanation="很早"),
    BankQuestion("single", "茶馆的猫叫什么？", ("花花", "黑黑", "白白"), (0,), explanation="猫" * 300),
)


def test_a_question_has_the_passage_that_it_rests_on_or_says_that_it_has_none() -> None:
    document = require_servable(validate_files(Files({"守则.txt": TEXT})))
    rests, has_none = playable_questions(ASKED, document)
    assert rests.quote.startswith("第一条")
    assert document.point(rests.point).quote == rests.quote
    assert rests.explanation.startswith(f"{Banks.OWN_WORDS.format(text='很早')}\n原文：")
    assert "出处：第一条" in rests.explanation
    assert has_none.quote == ""
    assert has_none.explanation.startswith(Banks.NO_PASSAGE)
    for one in (rests, has_none):
        assert len(one.explanation) <= MAX_EXPLANATION
        assert one.explanation.count("\n") <= MAX_LINE_FEEDS


def test_the_questions_of_a_bank_are_drawn_and_shuffled_like_others() -> None:
    document = require_servable(validate_files(Files({"守则.txt": TEXT})))
    drawn = select_questions(playable_questions(ASKED, document), 10, "seed")
    assert {one.id for one in drawn} == {one.id for one in playable_questions(ASKED, document)}
    for one in drawn:
        shuffled = shuffle_options(one, "seed")
        assert shuffled.right == one.right
