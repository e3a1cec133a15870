"""Questions of a quiz."""

from typing import ClassVar


class Quiz:
    """How questions of a quiz are put, what is wrong with one, and how the bank is listed."""

    TRUE = "对"
    FALSE = "错"
    GAP = "____"
    EXPLANATION = "原文：{quote}\n出处：{citation}"

    WHAT_IS = "根据原文，{ask}是什么？"
    AS_ASKED = "根据原文，{ask}？"
    HOW_MUCH = "根据原文，{ask}是多少？"
    HOW_MANY = "根据原文，{ask}有多少{unit}？"
    FILL = "按原文填空，横线处应当是哪一项？{sentence}"
    FILL_FIGURE = "按原文填上数字：{sentence}"
    TRUE_OR_FALSE = "判断对错，以原文为准：{sentence}"
    IN_LIST = "原文在横线处列举了几项，下列哪一项是其中之一？{sentence}"
    NOT_IN_LIST = "原文在横线处列举了几项，下列哪一项不在其中？{sentence}"
    SOME_IN_LIST = "原文在横线处列举了几项，下列哪些在其中？（多选）{sentence}"
    WHERE = "下面这句话出自哪一节？{sentence}"

    FEW_OPTIONS = "至少要有两个选项，其中至少一个是错的。"
    MANY_OPTIONS = "选项太多（上限 {limit} 个）。"
    QUESTION_LONG = "题目太长（上限 {limit} 个字）。"
    OPTION_LONG = "选项“{text}”太长（上限 {limit} 个字）。"
    EXPLANATION_LONG = "解析放不下（上限 {limit} 个字、{lines} 次换行），可能是章节标题太长。"
    SAME_OPTIONS = "选项“{text}”和另一个选项写法不同、意思一样。"
    TWO_TRUE = "选项“{wrong}”和正确选项“{right}”一个包含另一个，可能都算对。"
    ANSWER_VISIBLE = "题目里已经写着答案“{text}”。"

    KINDS: ClassVar = {
        "figure": "数字",
        "name": "名称",
        "blank": "填空",
        "member": "列举",
        "true_false": "判断",
        "several": "多选",
        "place": "出处",
        "written": "手写",
    }
    EMPTY = "这份知识库还出不了题。请在 points.yaml 里写 facts，或者在 quiz.yaml 里写题目。"
    LISTED = "{number}. 〔{kind}〕{question}"
    OPTION = "   {mark} {letter}. {option}"
    RIGHT_MARK = "✓"
    WRONG_MARK = "　"
    EXPLAINED = "   {explanation}"
    BY_KIND = "按题型：{counts}"
    BY_SECTION = "按章节：{counts}"
    TOTAL = "共 {count} 题。"
    RESTING = "另有 {count} 道手写题先不出，原因见 python -m bot check。"
