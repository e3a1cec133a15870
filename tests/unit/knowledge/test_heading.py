"""How a section begins, word for word."""

from bot.knowledge.model import MAX_HEADING, Knowledge, Section

SECTIONS = (Section("0", "开头"), Section("1", "第一章", "价格"), Section("2", "第二章", "退货"))


def heading(source: str, section: str) -> str:
    return Knowledge("文", "", source, SECTIONS, (), "v").heading(section)


def test_it_is_the_first_sentence_of_the_section() -> None:
    source = "价格从优,童叟无欺。另有折扣。\n退货\n七天之内。"
    assert heading(source, "1") == "价格从优,童叟无欺。"
    assert heading(source, "2") == "退货"
    assert heading(source, "0") == ""


def test_a_section_that_is_named_earlier_begins_behind_the_one_before_it() -> None:
    source = "退货见后。\n价格从优,退货自便。\n退货七天之内。"
    assert heading(source.replace("价格从优,退货自便", "价格从优"), "2") == "退货七天之内。"
    assert heading(source, "1") == "价格从优,退货自便。"


def test_a_long_beginning_ends_with_a_clause() -> None:
    source = "价格" + "很" * 40 + "," + "好" * 100 + "。退货"
    assert heading(source, "1") == "价格" + "很" * 40 + ","
    assert len(heading("价格" + "好" * 200, "1")) == MAX_HEADING


def test_a_place_lies_in_the_section_that_began_last_before_it() -> None:
    source = "前言。价格从优。退货七天。"
    knowledge = Knowledge("文", "", source, SECTIONS, (), "v")
    found = [knowledge.section_at(source.index(words)) for words in ("前言", "价格", "从优", "七天")]
    assert [section and section.id for section in found] == ["0", "1", "1", "2"]


def test_where_a_section_begins_that_nobody_noted_no_place_can_be_told() -> None:
    sections = (Section("1", "第一章", "价格"), Section("2", "第二章"), Section("3", "第三章", "退货"))
    knowledge = Knowledge("文", "", "前言。价格从优。发票另开。退货七天。", sections, (), "v")
    found = [knowledge.section_at(position) for position in (0, 4, 9, 14)]
    assert [section and section.id for section in found] == [None, None, None, "3"]


def test_a_document_of_many_sections_is_looked_up_as_one_of_few() -> None:
    count = 300
    source = "总则\n" + "\n".join(f"第{number}条 值班表{number}号。" for number in range(count))
    named = [Section(str(number), f"第{number}条", f"第{number}条 ") for number in range(count)]
    sections = (Section("first", "总则"), *named, Section("unnoted", "附则"))
    knowledge = Knowledge("办法", "", source, sections, (), "v")
    found = [knowledge.section_at(source.index(f"值班表{number}号")) for number in range(count)]
    assert found[:-1] == named[:-1]
    assert found[-1] is None  # how far it reaches is not known
    assert knowledge.section_at(0) == sections[0]
