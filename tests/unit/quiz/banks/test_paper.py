"""Papers as people type them. Each paper here is typed in another way."""

from __future__ import annotations

import pytest

from bot.quiz.banks.interpret import read_bank
from bot.quiz.banks.model import BankQuestion, ReadBank
from bot.quiz.banks.paper import read_paper


def read(text: str) -> ReadBank:
    return read_bank(*read_paper(text))


def questions(text: str) -> list[BankQuestion]:
    bank = read(text)
    assert not bank.faults
    return [one.question for one in bank.questions]


def told(text: str) -> list[tuple[str, str, tuple[str, ...], str]]:
    return [(one.kind, one.stem, one.options, one.answer) for one in questions(text)]


TEA = ("绿茶", "红茶", "乌龙茶", "黑茶")


@pytest.mark.parametrize(
    "options",
    [
        "A.绿茶\nB.红茶\nC.乌龙茶\nD.黑茶",
        "A. 绿茶    B. 红茶\nC. 乌龙茶\tD. 黑茶",
        "A、绿茶 B、红茶 C、乌龙茶 D、黑茶",
        "Ａ．绿茶　Ｂ．红茶　Ｃ．乌龙茶　Ｄ．黑茶",
        "（A）绿茶 （B）红茶 （C）乌龙茶 （D）黑茶",
        "A 绿茶\nB 红茶\nC 乌龙茶\nD 黑茶",
        "A.绿茶B.红茶C.乌龙茶D.黑茶",
        "A：绿茶；B：红茶；C：乌龙茶；D：黑茶",
        "a. 绿茶\nb. 红茶\nc. 乌龙茶\nd. 黑茶",
        "A)绿茶\nB)红茶\n\nC)乌龙\n茶\nD)黑茶",
    ],
)
@pytest.mark.parametrize(
    "asked",
    [
        "1.龙井属于（ A ）。",
        "1、龙井属于( A )。",
        "（1）龙井属于（A）。",
        "1 龙井属于【A】。",
        "第1题 龙井属于（Ａ）。",
    ],
)
def test_options_are_read_however_they_are_set(asked: str, options: str) -> None:
    assert told(f"{asked}\n{options}\n") == [("single", "龙井属于（　　）。", TEA, "A")]


def test_options_behind_the_stem_are_told_apart_from_it() -> None:
    assert told("1. 龙井属于（ ）？ A. 绿茶 B. 红茶 C. 乌龙茶 D. 黑茶\n答案：A") == [
        ("single", "龙井属于（　　）？", TEA, "A")
    ]


@pytest.mark.parametrize(
    "answer",
    [
        "答案：AC",
        "正确答案: A、C",
        "【答案】AC",
        "参考答案：A,C。",
        "答案:ac",
        "[答案] A C",
        "答：AC",
        "答案是：AC".replace("是", ""),
    ],
)
def test_an_answer_of_several_letters_makes_a_question_with_several_right(answer: str) -> None:
    assert told(f"1. 哪些茶要发酵？\nA. 红茶\nB. 绿茶\nC. 黑茶\n{answer}") == [
        ("several", "哪些茶要发酵？", ("红茶", "绿茶", "黑茶"), "AC")
    ]


def test_headings_say_of_which_kind_the_questions_below_are() -> None:
    text = """茶艺知识题库
一、单项选择题（每题2分，共4分）
1.泡绿茶的水温宜为（ B ）。
A.60℃  B.80℃  C.100℃
2.2019年，“国际茶日”定在（A）。
A.5月21日  B.10月1日
二、多选题
1. 下列属于绿茶的有（ABD）
A.龙井 B.碧螺春
C.普洱 D.毛峰
三、判断题(正确的打“√”，错误的打“×”)
1.普洱茶是黑茶。（√）
2、白茶要炒青。( × )
四、填空题
1.茶圣是（陆羽）。
2.茶的故乡是____。答案：中国
五、简答题
1.谈谈茶与健康。
"""
    bank = read(text)
    assert [(one.question.kind, one.question.answer) for one in bank.questions] == [
        ("single", "B"), ("single", "A"), ("several", "ABD"), ("true_false", "正确"), ("true_false", "错误"),
        ("fill", "陆羽"), ("fill", "中国"),
    ]  # fmt: skip
    assert bank.questions[1].question.stem == "2019年，“国际茶日”定在（　　）。"
    assert bank.questions[3].question.stem == "普洱茶是黑茶。"
    assert bank.questions[5].question.stem == "茶圣是（　　）。"
    assert [fault.place for fault in bank.faults] == ["第 18 行"]
    assert "简答题" in bank.faults[0].message


def test_a_key_at_the_end_gives_each_section_its_answers() -> None:
    text = """一、单选题
1. 龙井属于（ ）
A. 绿茶
B. 红茶
2. 滇红属于（ ）
A. 绿茶
B. 红茶
3. 寿眉属于（ ）
A. 白茶
B. 红茶
二、多选题
1. 哪些要发酵（ ）
A. 红茶
B. 绿茶
C. 黑茶
三、判断题
1. 茶可以解渴。（ ）
2. 茶树长在海里。（ ）
四、填空题
1. 《茶经》的作者是（ ）。

参考答案
一、单选题
1-3：ABA
二、多选题
1. AC
三、判断题
1.√ 2.×
四、填空题
1. 陆羽
"""
    assert [(one.kind, one.answer) for one in questions(text)] == [
        ("single", "A"), ("single", "B"), ("single", "A"), ("several", "AC"),
        ("true_false", "正确"), ("true_false", "错误"), ("fill", "陆羽"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "key",
    [
        "1.A 2.B 3.A",
        "1、A　2、B　3、A",
        "1-3 A B A",
        "1A 2B 3A",
        "1-2 AB\n3-3：A",
        "1.【答案】A 【解析】因为。\n2. B\n3. A",
        "1~3 ABA",
    ],
)
def test_a_key_is_read_however_it_is_set(key: str) -> None:
    asked = "".join(f"{number}. 第{number}种茶是（ ）\nA. 绿茶\nB. 红茶\n" for number in "123")
    assert [one.answer for one in questions(f"{asked}\n答案\n{key}\n")] == ["A", "B", "A"]


def test_an_answer_without_its_question_is_a_fault() -> None:
    bank = read("1. 龙井属于（ ）\nA. 绿茶\nB. 红茶\n\n参考答案：\n1.A 2.B\n")
    assert [one.question.answer for one in bank.questions] == ["A"]
    assert [(fault.place, "2" in fault.message) for fault in bank.faults] == [("第 6 行", True)]


def test_fields_behind_the_answer_are_read() -> None:
    text = """1、（多选）哪些是红茶？
A、滇红
B、祁红
C、毛尖
答案：AB
答案解析：滇红和祁红都全发酵。
毛尖是绿茶。
章节：第二章 红茶
难易度：较易
2、【判断题】正山小种产自福建。 答案：正确  解析：产自武夷山。
"""
    first, second = questions(text)
    assert (first.kind, first.stem, first.answer) == ("several", "哪些是红茶？", "AB")
    assert first.explanation == "滇红和祁红都全发酵。\n毛尖是绿茶。"
    assert (first.chapter, first.difficulty) == ("第二章 红茶", "易")
    assert (second.kind, second.stem, second.answer) == ("true_false", "正山小种产自福建。", "正确")
    assert second.explanation == "产自武夷山。"


def test_questions_without_numbers_are_told_apart_by_their_options() -> None:
    text = "茶艺题库\n\n龙井属于？\nA. 绿茶\nB. 红茶\n答案：A\n\n滇红属于？\nA. 绿茶\nB. 红茶\n答案：B\n"
    assert [(one.stem, one.answer) for one in questions(text)] == [("龙井属于？", "A"), ("滇红属于？", "B")]


def test_lines_that_were_broken_belong_to_what_stands_before_them() -> None:
    text = "12. 泡茶的水以山泉\n为上（A）。\nA. 山水\n好\nB. 江水\n13. 下一题（B）\nA. 一\nB. 二\n"
    first, second = questions(text)
    assert first.stem == "泡茶的水以山泉\n为上（　　）。"
    assert first.options == ("山水好", "江水")
    assert second.answer == "B"


def test_numbers_in_an_explanation_begin_no_question() -> None:
    text = "1. 龙井属于（A）\nA. 绿茶\nB. 红茶\n解析：\n1. 不发酵。\n2. 要炒青。\n2. 滇红属于（B）\nA. 绿茶\nB. 红茶\n"
    assert [one.stem for one in questions(text)] == ["龙井属于（　　）", "滇红属于（　　）"]


def test_lines_of_questions_and_answers_in_turn_are_read_in_pairs() -> None:
    text = "《茶经》的作者是（）。\n陆羽\n世界上最早的茶书写于唐代，书名是( )。\n《茶经》\n最早种茶的国家是。\n中国\n"
    bank = read(text)
    assert [(one.question.kind, one.question.answer) for one in bank.questions] == [
        ("fill", "陆羽"), ("fill", "《茶经》"), ("fill", "中国"),
    ]  # fmt: skip
    assert bank.questions[1].question.accepts("茶经")


def test_a_pair_without_an_answer_is_told_and_the_rest_is_read() -> None:
    bank = read("《茶经》的作者是（）。\n陆羽\n最早的茶书是( )。\n最早种茶的国家是（）。\n中国\n")
    assert [one.question.answer for one in bank.questions] == ["陆羽", "中国"]
    assert [fault.place for fault in bank.faults] == ["第 3 行"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("1. 龙井属于（ ）\nA. 绿茶\nB. 红茶\n", "第 1 行"),
        ("\n1. 龙井属于（E）\nA. 绿茶\nB. 红茶\n答案：E\n", "第 2 行"),
        ("1. 龙井属于\nA. 绿茶\n答案：A", "第 1 行"),
        ("1. 龙井属于\nA. 绿茶\nB. 绿茶\n答案：A", "第 1 行"),
        ("一、单选题\n1. 龙井属于（AB）\nA. 绿茶\nB. 红茶\n", "第 2 行"),
        ("一、判断题\n1. 龙井属于绿茶。答案：也许\n", "第 2 行"),
    ],
)
def test_what_cannot_be_played_is_a_fault_with_its_line(text: str, place: str) -> None:
    bank = read(text)
    assert not bank.questions
    assert [fault.place for fault in bank.faults] == [place]


def test_the_same_question_twice_is_read_once_and_with_two_answers_it_is_a_fault() -> None:
    one = "{}. 龙井属于（{}）\nA. 绿茶\nB. 红茶\n"
    bank = read(one.format(1, "A") + one.format(2, "A") + one.format(3, "B"))
    assert len(bank.questions) == 1
    assert len(bank.notes) == 1
    assert [fault.place for fault in bank.faults] == ["第 7 行"]


def test_a_letter_in_the_text_is_no_answer_if_another_is_told() -> None:
    text = "1. 维生素（C）怕什么？\nA. 热\nB. 冷\nC. 酸\n答案：A"
    assert told(text) == [("single", "维生素（C）怕什么？", ("热", "冷", "酸"), "A")]


@pytest.mark.parametrize(
    "text",
    [
        "1.\n龙井属于（A）\nA. 绿茶\nB. 红茶",
        "1. 龙井属于（A）\nA绿茶\nB红茶",
        "1. 龙井属于（A）\nA绿茶  B红茶",
        "１．龙井属于（A）\nＡ．绿茶\nＢ．红茶",
        "（A）1. 龙井属于\nA. 绿茶\nB. 红茶",
        "题目：龙井属于\n选项：A. 绿茶 B. 红茶\n答案：A",
        "题干：龙井属于\nA. 绿茶\nB. 红茶\n正确答案：A. 绿茶",
        "1. 龙井属于（A\uff09（2分）\nA. 绿茶\nB. 红茶",
    ],
)
def test_a_question_is_read_however_sloppily_it_is_set(text: str) -> None:
    (one,) = questions(text)
    assert one.stem.removesuffix("（　　）") == "龙井属于"
    assert (one.options, one.answer) == (("绿茶", "红茶"), "A")


def test_judgements_with_their_marks_in_front_are_read() -> None:
    text = "判断题\n（√）1. 茶能解渴。\n( × )2、茶长在海里。\n"
    assert [(one.stem, one.answer) for one in questions(text)] == [("茶能解渴。", "正确"), ("茶长在海里。", "错误")]


def test_questions_and_answers_with_labels_are_read() -> None:
    text = "问：茶圣是谁？\n答：陆羽\n问：茶的故乡是哪里？\n答：中国\n"
    assert [(one.kind, one.stem, one.answer) for one in questions(text)] == [
        ("fill", "茶圣是谁？", "陆羽"), ("fill", "茶的故乡是哪里？", "中国"),
    ]  # fmt: skip


def test_pairs_are_found_though_some_lines_look_like_others() -> None:
    text = (
        "1、《茶经》的作者是____。\n陆羽\n\n茶的故乡\n中国\n最早的茶书写于（）代。\n唐\n"
        "品茶讲究什么？\n讲究水质清甘、茶叶新鲜、器具洁净，还要有从容安静的心境和朋友。\n绿茶不经过（ ）。\n发酵\n"
    )
    assert [one.accepted[0] for one in questions(text)] == [
        "陆羽", "中国", "唐", "讲究水质清甘、茶叶新鲜、器具洁净，还要有从容安静的心境和朋友", "发酵",
    ]  # fmt: skip


def test_a_long_paper_is_read_to_its_end() -> None:
    text = "".join(f"{number}. 第{number}种茶是（A）\nA. 绿茶{number}    B. 红茶\n" for number in range(1, 1001))
    assert len(read(text).questions) == 1000


def test_what_people_leave_around_their_questions_is_told_from_them() -> None:
    text = """茶艺测试题
姓名：____
一、填空题
1.绿茶经过（杀青），不经过（发酵）。
2.一打茶杯有____个。
第一空：12；十二
二、单项选择题(每题只有一项正确，请将其选出)
1.最早的茶书写于什么时候：D
A.汉B.晋C.隋D.唐
2．泡绿茶用什么水？（B ）
A．开水；  B．温水；
C．冷水。
我的答案：A
3.某茶园去年采茶三百二十五斤，今年比去年多采了
一百斤，今年采了（A）斤。
A.425  B.225
---
三、判断题
1．( )茶叶越新越好。×
2. 陈茶都能喝 （F）
"""
    found = questions(text)
    assert [(one.kind, one.answer) for one in found] == [
        ("fill", "杀青；发酵"), ("fill", "12 或 十二"), ("single", "D"), ("single", "B"), ("single", "A"),
        ("true_false", "错误"), ("true_false", "错误"),
    ]  # fmt: skip
    assert found[2].stem == "最早的茶书写于什么时候：（　　）"
    assert found[3].options == ("开水", "温水", "冷水")
    assert found[4].stem == "某茶园去年采茶三百二十五斤，今年比去年多采了一百斤，今年采了（　　）斤。"
    assert [one.stem for one in found[5:]] == ["茶叶越新越好。", "陈茶都能喝"]


def test_a_key_by_chapters_is_matched_in_the_order_of_its_sections() -> None:
    part = "第{0}章 茶{0}\n一、单选题\n1. 第{0}种茶是（ ）\nA. 绿\nB. 红\n二、判断题\n1. 茶{0}好喝。（ ）\n"
    key = "参考答案\n第一章\n一、单选题 1.A\n二、判断题 1.√\n第二章\n一、单选题 1.B\n二、判断题\n1.×\n"
    found = questions(part.format("一") + part.format("二") + key)
    assert [(one.chapter, one.answer) for one in found] == [
        ("第一章 茶一", "A"), ("第一章 茶一", "正确"), ("第二章 茶二", "B"), ("第二章 茶二", "错误"),
    ]  # fmt: skip


def test_a_key_that_is_numbered_through_needs_no_headings() -> None:
    text = (
        "一、单选题\n1. 甲茶是（ ）\nA. 绿\nB. 红\n二、多选题\n2. 乙茶有（ ）\nA. 绿\nB. 红\nC. 黑\n答案：\n1.B 2.AC\n"
    )
    assert [one.answer for one in questions(text)] == ["B", "AC"]


def test_questions_marked_q_and_a_are_no_options() -> None:
    assert [(one.stem, one.answer) for one in questions("Q1: 茶圣是谁？\nA: 陆羽\nQ2: 茶的故乡在哪？\nA: 中国\n")] == [
        ("茶圣是谁？", "陆羽"), ("茶的故乡在哪？", "中国"),
    ]  # fmt: skip


TWO_SECTIONS = (
    "一、单选题\n1. 甲茶是（ ）\nA. 绿\nB. 红\n2. 乙茶是（ ）\nA. 绿\nB. 红\n二、判断题\n1. 茶好喝。\n2. 茶难喝。\n"
)


@pytest.mark.parametrize(
    "key",
    [
        "参考答案\n一、1.B 2.A\n二、1.√ 2.×\n",
        "参考答案\n一、单选题\n题号\t1\t2\n答案\tB\tA\n二、判断题\n题号 1 2\n答案 √ ×\n",
        "参考答案：\n一、单选题：1-2 BA\n二、判断题：1、√ 2、×\n",
        "答案\n1.B  2.A\n1.对  2.错\n",
    ],
)
def test_a_key_may_be_a_table_or_count_its_sections(key: str) -> None:
    assert [one.answer for one in questions(TWO_SECTIONS + key)] == ["B", "A", "正确", "错误"]


def test_answers_may_stand_below_each_section() -> None:
    first, _, second = TWO_SECTIONS.partition("二、判断题")
    text = f"{first}答案：1.B 2.A\n二、判断题{second}参考答案：1-2：√×\n"
    assert [one.answer for one in questions(text)] == ["B", "A", "正确", "错误"]


def test_an_answer_may_have_the_words_of_its_options() -> None:
    text = "1. 哪些要发酵？\nA. 红茶\nB. 绿茶\nC. 黑茶\n答案：A. 红茶 C. 黑茶"
    assert [(one.kind, one.answer) for one in questions(text)] == [("several", "AC")]


@pytest.mark.parametrize(
    "options", ["选项：\n绿茶\n红茶", "选项：绿茶；红茶", "选项：A. 绿茶\nB. 红茶", "选项：\nA. 绿茶\nB. 红茶"]
)
def test_options_behind_a_label_need_no_letters(options: str) -> None:
    (one,) = questions(f"题目：龙井是什么茶？\n{options}\n答案：绿茶")
    assert (one.options, one.answer) == (("绿茶", "红茶"), "A")
