"""Questions of a quiz."""

from typing import ClassVar


class Quiz:
    """How questions of a quiz are put, what is wrong with one, and how the bank is listed."""

    TRUE = "对"
    FALSE = "错"
    GAP = "（　　）"
    EXPLANATION = "原文：{quote}\n出处：{citation}"

    PLACE = "出处：{citation}"
    CHANGED = "原文是“{real}”，不是“{false}”。"
    CHANGED_LONG = "原文是“{real}”。"
    OTHERS_STAND = "其余各项与原文一致。"
    OTHERS_HERE = "其余各项出自本部分。"
    CHANGED_ONE = "“{false}”有误，原文是“{real}”（{place}）。"

    FILL = "{sentence}。"
    FILL_IN = "“{topic}”部分指出：{sentence}。"
    SEVERAL_MARK = "（多选）"
    JUDGE = "判断对错：{sentence}。"
    JUDGE_IN = "判断对错：“{topic}”部分指出，{sentence}。"
    ABOUT = "关于“{topic}”，"
    ABOUT_ALL = "根据原文，"
    ABOUT_RULE = "根据“{topic}”部分的规定，"
    WHICH_TRUE = "下列说法正确的是哪一项？"
    WHICH_FALSE = "下列说法不正确的是哪一项？"
    WHICH_SEVERAL = "下列说法正确的有哪些？（多选）"
    MEASURES = "下列哪些是“{part}”部分提出的举措？"
    STANDS_IN = "“{measure}”出自“{part}”部分。"
    TABLE = "{about}，{key}为{row}的，{column}是{cell}"
    TABLE_TWO = "{said}，{column}是{cell}"
    TABLE_ROW = "{row}：{cell}"
    TABLE_ABOUT = "{about}，下列{key}与{column}对应正确的是哪一项？"
    TABLE_ROW_ABOUT = "{about}，{key}为{row}的，下列说法正确的有哪些？（多选）"
    TABLE_IS = "对应关系是：{rows}。"
    CELL = "{column}是{cell}"
    CELL_IS = "{row}的，{column}是“{cell}”。"
    LISTED_ARE = "原文列举的有：{items}。"

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
        "statement": "说法",
        "relation": "关系",
        "match": "归类",
        "order": "次序",
        "table": "表格",
        "place": "出处",
        "written": "手写",
        "bank": "题库",
    }
    EMPTY = "这份文档还出不了题。请在 quiz.yaml 里写题目。"
    LISTED = "{number}. 〔{kind}〕{question}"
    OPTION = "   {mark} {letter}. {option}"
    RIGHT_MARK = "✓"
    WRONG_MARK = "　"
    EXPLAINED = "   {explanation}"
    BY_KIND = "按题型：{counts}"
    BY_SECTION = "按章节：{counts}"
    TOTAL = "共 {count} 题。"
    RESTING = "另有 {count} 道手写题先不出，原因见 python -m bot check。"
