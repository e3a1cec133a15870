"""A source text of any kind is read as sections, articles, items, paragraphs and sentences, each with its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.parse.source_text import parse_structure
from bot.knowledge.structure import Kind, Span, Structure, without_heading_marks

RULES = """停车场管理办法
2021年5月7日 物业委员会通过
第一章 总则
第一条 为了方便停车，制定本办法。
第二条 中型客车不得进入。有下列情形之一的，可以临时停放：
（一）搬家的；
（二）送医的。
临时停放不超过两小时。
第二章 收费
第三条 月租车每月300元；临停车每小时5元。第三条规定的费用由物业收取。
第三条之一 电动车免费。
第十条 本办法自发布之日起施行。"""

TALK = """在读书会上的发言
先说两句开场的话。
一、为什么读书
读书使人明白。有人问：“读什么好？”我说都好。
一是养成习惯。每天读十页。
二是做好笔记。写下心得。
二、怎么读书
要慢读。方法有三：一是朗读；二是抄写；三是讲给别人听。最后要坚持。"""

MANUAL = """# 咖啡机说明
## 准备
1. 加水。
2. 插电。
## 清洗
### 日常清洗
每天擦拭一次。
### 深度清洗
每月拆洗一次。"""

BROKEN = """网站
须知
第⼀条

为了规范⽹
络⾏为，
制定
“
本须知
”
。
第⼆条
须知由管理员负
责解释。"""


def place_of(structure: Structure, text: str) -> str:
    start = structure.source.index(text)
    return structure.place(Span(start, start + len(text)))


def titles(structure: Structure) -> list[str]:
    return [section.title for section in structure.children()]


def test_a_law_has_chapters_with_articles_with_items() -> None:
    structure = parse_structure(RULES)
    assert structure.title == "停车场管理办法"
    assert titles(structure) == ["第一章 总则", "第二章 收费"]
    chapter = structure.children()[0]
    assert [article.label for article in structure.children(chapter)] == ["第一条", "第二条"]
    items = structure.children(structure.children(chapter)[1])
    assert [(item.kind, item.number) for item in items] == [("item", 1), ("item", 2)]
    assert items[1].parent == structure.children(chapter)[1].id


def test_an_article_is_found_by_its_number_and_has_all_its_paragraphs() -> None:
    (article,) = parse_structure(RULES).by_number("article", 2)
    text = RULES[article.span.start : article.span.end]
    assert text.startswith("第二条 中型客车")
    assert text.endswith("临时停放不超过两小时。")


def test_a_mention_of_an_article_begins_no_article() -> None:
    structure = parse_structure("第一条 甲。\n第一条规定的除外。\n第二条 乙。")
    assert [section.label for section in structure.sections] == ["第一条", "第二条"]


def test_the_place_in_a_law_is_the_article_with_its_paragraph_and_item() -> None:
    structure = parse_structure(RULES)
    assert place_of(structure, "为了方便停车") == "第一条"
    assert place_of(structure, "送医的") == "第二条第一款第（二）项"
    assert place_of(structure, "不超过两小时") == "第二条第二款"
    assert place_of(structure, "电动车免费") == "第三条之一"
    assert place_of(structure, "收费\n第三条 月租车每月300元；") == "第二章"


def test_articles_that_begin_anew_are_told_apart_by_their_chapter() -> None:
    structure = parse_structure("第一章 停车\n第一条 甲车。\n第二章 用电\n第一条 乙电。")
    assert place_of(structure, "乙电") == "第二章·第一条"
    assert len(structure.by_number("article", 1)) == 2


def test_a_talk_has_parts_and_what_is_counted_in_them() -> None:
    structure = parse_structure(TALK)
    assert titles(structure) == ["一、为什么读书", "二、怎么读书"]
    assert place_of(structure, "写下心得") == "第一部分·二是"
    assert place_of(structure, "先说两句") == "第1段"
    assert [part.title for part in structure.by_number("part", 2)] == ["二、怎么读书"]


def test_a_list_within_a_paragraph_has_its_items() -> None:
    structure = parse_structure(TALK)
    (part,) = structure.by_number("part", 2)
    items = structure.children(part)
    assert [TALK[item.span.start : item.span.end] for item in items] == ["一是朗读；", "二是抄写；", "三是讲给别人听。"]
    assert all(item.inline for item in items)


def test_headings_of_markdown_lie_within_each_other() -> None:
    structure = parse_structure(MANUAL)
    assert structure.title == "咖啡机说明"
    assert titles(structure) == ["准备", "清洗"]
    assert [child.title for child in structure.children(structure.children()[1])] == ["日常清洗", "深度清洗"]
    assert place_of(structure, "插电") == "准备·第2点"
    assert place_of(structure, "每月拆洗") == "清洗·深度清洗"


def test_a_short_line_before_text_is_a_heading_but_no_list_of_names_is() -> None:
    structure = parse_structure("饭堂手册\n早餐时间\n七点到九点供应早餐。\n水果\n苹果\n香蕉\n以上每日更换。\n物业办")
    assert titles(structure)[0] == "早餐时间"
    assert "苹果" not in titles(structure)
    assert "物业办" not in titles(structure)


def test_the_paragraph_behind_a_list_belongs_to_what_holds_the_list() -> None:
    source = "一、任务\n（一）种树。\n（二）浇水。\n以上任务年底完成。\n二、检查\n年底检查。"
    structure = parse_structure(source)
    at = source.index("以上任务")
    section = structure.section_at(at)
    assert section is not None
    assert section.label == "一、"


def test_items_of_several_paragraphs_hold_them_all() -> None:
    source = "一、任务\n（一）种树。\n选好树苗。\n（二）浇水。\n每天一次。\n二、检查\n年底检查。"
    assert place_of(parse_structure(source), "每天一次") == "第一部分·（二）"


def test_lines_broken_in_mid_sentence_are_read_as_one_and_their_spans_stay_verbatim() -> None:
    structure = parse_structure(BROKEN)
    (article,) = structure.by_number("article", 1)
    assert structure.text(article.span) == "第⼀条 为了规范⽹络⾏为，制定“本须知”。"
    (other,) = structure.by_number("article", 2)
    assert BROKEN[other.span.start : other.span.end] == "第⼆条\n须知由管理员负\n责解释。"
    assert len(structure.sentences_of(article.span)) == 1


def test_a_sentence_ends_with_its_mark_and_the_quotation_that_closes_behind_it() -> None:
    source = "他说：“好！”大家都笑了；有人鼓掌？是的。\n没有句号"
    sentences = [source[one.span.start : one.span.end] for one in parse_structure(source).sentences]
    assert sentences == ["他说：“好！”", "大家都笑了；", "有人鼓掌？", "是的。", "没有句号"]


def test_the_neighbours_of_a_sentence_are_no_headings() -> None:
    structure = parse_structure(TALK)
    sentence = structure.sentence_at(TALK.index("先说两句"))
    assert sentence is not None
    following = structure.after(sentence)
    assert following is not None
    assert TALK[following.span.start : following.span.end] == "读书使人明白。"
    assert structure.before(following) == sentence
    assert structure.before(sentence) is None


def test_a_text_without_any_heading_names_its_paragraphs() -> None:
    structure = parse_structure("第一天出发。\n第二天到达。住下。\n第三天返回。")
    assert structure.title == ""
    assert place_of(structure, "到达。住下") == "第2段"
    assert place_of(structure, "到达。住下。\n第三天") == "第2—3段"


def test_a_row_of_a_table_is_a_unit_and_one_sentence() -> None:
    source = "标准如下：\n一档\t30元。\n二档\t50元。"
    structure = parse_structure(source)
    rows = [one for one in structure.paragraphs if one.is_row]
    assert [source[row.span.start : row.span.end] for row in rows] == ["一档\t30元。", "二档\t50元。"]
    assert {row.span for row in rows} <= set(structure.units)
    assert len(structure.sentences) == 3


@pytest.mark.parametrize(
    ("line", "kind", "number"),
    [
        ("第一百二十条 甲。", "article", 120),
        ("第39条 甲。", "article", 39),
        ("（十二）甲。", "item", 12),
        ("①甲。", "circled", 1),
        ("1、甲。", "number", 1),
        ("（1）甲。", "subnumber", 1),
        ("第一部分 甲", "part", 1),
        ("第二分编 甲", "subbook", 2),
        ("首先是一是甲。", None, 0),
        ("1.5元一斤。", None, 0),
        ("2024年开始。", None, 0),
        ("一、二审都要到庭。", None, 0),
    ],
)
def test_labels_are_read_with_their_numbers(line: str, kind: Kind | None, number: int) -> None:
    sections = [section for section in parse_structure(f"{line}\n乙。").sections if not section.inline]
    assert [(section.kind, section.number) for section in sections] == ([(kind, number)] if kind else [])


def test_a_title_is_the_heading_or_the_first_words_and_never_long() -> None:
    structure = parse_structure(RULES)
    start = RULES.index("月租车")
    assert structure.heading_of(Span(start, start + 20)) == "月租车每月300元…"
    (article,) = structure.by_number("article", 1)
    assert structure.heading_of(article.span) == "为了方便停车，制定本办法"
    assert structure.heading_of(structure.children()[1].span) == "收费"


def test_the_marks_of_a_heading_say_what_it_is_and_are_not_shown() -> None:
    structure = parse_structure(MANUAL)
    shown = [MANUAL[one.span.start : one.span.end] for one in structure.sentences if one.is_heading]
    assert shown == ["咖啡机说明", "准备", "清洗", "日常清洗", "深度清洗"]
    assert all(not MANUAL[one.span.start : one.span.end].endswith("#") for one in structure.sections)
    assert without_heading_marks("# 甲\n乙 # 丙\n## 丁") == "甲\n乙 # 丙\n丁"


PIECES = [
    "第一章 甲", "第三条 乙。", "一、丙", "（二）丁。", "一是戊。", "1. 己", "# 庚", "辛：", "壬，", "“癸", "”", "",
    "\t", "子；丑！", "第一，寅。", "①卯②辰", "　巳", "2024年1月1日", "附件", "第二条", "⽹⻚",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("\n".join))
def test_whatever_the_text_every_span_is_in_order_and_within_its_parent(source: str) -> None:
    structure = parse_structure(source)
    assert len({section.id for section in structure.sections}) == len(structure.sections)
    for section in structure.sections:
        assert 0 <= section.span.start < section.span.end <= len(source)
        parent = structure.section(section.parent)
        if parent is not None:
            assert parent.span.start <= section.span.start
            assert section.span.end <= parent.span.end
        assert structure.place(section.span)
    read = "".join(source[one.span.start : one.span.end] for one in structure.sentences)
    assert "".join(read.split()) == "".join(without_heading_marks(source).split())
    for position in range(len(source)):
        section_at = structure.section_at(position)
        assert section_at is None or section_at.span.start <= position < section_at.span.end


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("第一章　　总 则", "第一章 总则"),
        ("二、早饭 和 午饭", "二、早饭 和 午饭"),
        ("**第三章 晚饭**", "第三章 晚饭"),
        ("## 点心——", "点心"),
    ],
)
def test_a_heading_is_read_without_what_only_lays_it_out(line: str, title: str) -> None:
    assert [section.title for section in parse_structure(f"饭堂\n{line}\n吃饭。").sections] == [title]


def test_the_name_of_a_web_site_is_no_part_of_the_title() -> None:
    assert parse_structure("饭堂须知_某某生活网\n吃饭排队。").title == "饭堂须知"
    assert parse_structure("饭堂须知——二〇二〇年五月\n吃饭排队。").title == "饭堂须知"
