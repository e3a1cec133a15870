"""Which passage of a document a question of a bank rests on."""

from __future__ import annotations

import pytest

from bot.knowledge.files import Files
from bot.knowledge.load import require_servable, validate_files
from bot.knowledge.model import Knowledge
from bot.quiz.banks.formats import read_here, write_bank
from bot.quiz.banks.model import TRUE_FALSE, BankQuestion
from bot.quiz.banks.own_bank import as_bank
from bot.quiz.banks.source_link import SourceLinks
from bot.quiz.generation.bank import make_bank

TEXT = """茶馆守则

第一条 茶馆每天上午九点开门，晚上十点关门。
第二条 客人可以自带茶叶，但是要交十元的茶位费。
第三条 茶馆供应绿茶、红茶和乌龙茶三种茶。
第四条 茶艺师上岗以前，应当经过三个月的培训，并且通过考核。
第五条 有下列情形之一的，茶馆可以请客人离开：
（一）在茶馆里大声喧哗不听劝阻的；
（二）损坏茶具不肯照价赔偿的。
"""


@pytest.fixture(scope="module")
def document() -> Knowledge:
    return require_servable(validate_files(Files({"守则.txt": TEXT})))


def quote_of(document: Knowledge, question: BankQuestion) -> str:
    point = SourceLinks(document).passage_of(question)
    return "" if point is None else point.quote


@pytest.mark.parametrize(
    ("question", "says"),
    [
        (BankQuestion("fill", "茶艺师上岗前要经过（　　）的培训。", accepted=("三个月", "3个月")), "第四条"),
        (BankQuestion("single", "客人自带茶叶，要交（　　）的茶位费。", ("五元", "十元"), (1,)), "第二条"),
        (BankQuestion("several", "茶馆供应的茶有（　　）。", ("绿茶", "红茶", "黑茶"), (0, 1)), "第三条"),
        (BankQuestion("true_false", "茶馆每天上午八点开门，晚上十点关门。", TRUE_FALSE, (1,)), "第一条"),
        (BankQuestion("true_false", "茶馆供应绿茶、红茶和乌龙茶三种茶。", TRUE_FALSE, (0,)), "第三条"),
        (
            BankQuestion(
                "several", "哪些客人要离开？",
                ("在茶馆里大声喧哗不听劝阻的", "损坏茶具不肯照价赔偿的", "自带茶叶不交茶位费的"), (0, 1),
            ),
            "（一）",
        ),
    ],
)  # fmt: skip
def test_a_question_that_the_document_answers_gets_its_passage(
    document: Knowledge, question: BankQuestion, says: str
) -> None:
    assert quote_of(document, question).startswith(says)


@pytest.mark.parametrize(
    "question",
    [
        BankQuestion("fill", "《茶经》的作者是（　　）。", accepted=("陆羽",)),
        BankQuestion("fill", "茶艺师上岗前要经过（　　）的培训。", accepted=("两年",)),
        BankQuestion("single", "茶馆的老板姓什么？", ("王", "三"), (1,)),
        BankQuestion("single", "下列茶中，茶馆不供应的、也就是不属于守则所列的是（　　）。", ("绿茶", "黑茶"), (1,)),
        BankQuestion("true_false", "茶树是常绿的植物，喜欢酸性的土壤。", TRUE_FALSE, (0,)),
        BankQuestion("several", "下列说法正确的是（　　）。", ("茶好喝", "水好喝"), (0, 1)),
    ],
)
def test_a_question_that_it_does_not_answer_gets_none(document: Knowledge, question: BankQuestion) -> None:
    assert quote_of(document, question) == ""


def test_the_questions_made_of_a_document_go_out_as_a_bank_and_come_back(document: Knowledge) -> None:
    own = as_bank(make_bank(document), document)
    assert own
    assert {question.chapter for question in own} != {""}
    for form, ending in (("xlsx", ".xlsx"), ("moodle", ".xml"), ("docx", ".docx")):
        bank = read_here(ending, write_bank(own, form).data)  # type: ignore[arg-type]
        assert not bank.faults
        assert {one.question for one in bank.questions} == set(own)
