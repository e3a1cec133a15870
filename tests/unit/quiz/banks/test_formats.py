"""Files of learning platforms as these write them, and files that could harm."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from io import BytesIO

import docx
import pytest

from bot.errors import DocumentError
from bot.quiz.banks.formats import BANK_ENDINGS, read_bank_file, read_here, write_bank
from bot.quiz.banks.model import TRUE_FALSE, BankQuestion, ReadBank
from bot.wording import Banks, Document
from tests.unit.knowledge.word import paragraphs


def told(bank: ReadBank) -> list[tuple[str, str, tuple[str, ...], str]]:
    return [(one.question.kind, one.question.stem, one.question.options, one.question.answer) for one in bank.questions]


GIFT = """// a comment
$CATEGORY: $course$/top/茶/绿茶

::甲:: 龙井是{=绿茶 #对 ~红茶 #错 ####不发酵}

哪些要发酵？{
  ~%50%红茶
  ~%-100%绿茶
  ~%50%黑茶
}

茶能解渴{T}

茶长在海里。{FALSE#不对#对}

茶圣是{=陆羽 =陆鸿渐}。

一年有几个月？{#12:0.5}

谈谈茶。{}

连一连{ =红 -> 茶 =白 -> 水 }

先后是{ =注水 -> 2 =洗杯 -> 1 =喝 -> 3 }

坏了{=甲 ~乙
"""


def test_gift_is_read_as_moodle_defines_it() -> None:
    bank = read_here(".txt", GIFT.encode())
    assert told(bank) == [
        ("single", "龙井是", ("绿茶", "红茶"), "A"),
        ("several", "哪些要发酵？", ("红茶", "绿茶", "黑茶"), "AC"),
        ("true_false", "茶能解渴", TRUE_FALSE, "正确"),
        ("true_false", "茶长在海里。", TRUE_FALSE, "错误"),
        ("fill", "茶圣是（　　）。", (), "陆羽 或 陆鸿渐"),
        ("fill", "一年有几个月？", (), "12"),
        ("order", "先后是", ("注水", "洗杯", "喝"), "BAC"),
    ]
    assert (bank.questions[0].question.explanation, bank.questions[0].question.chapter) == ("不发酵", "茶/绿茶")
    assert bank.questions[5].notes
    assert [fault.place for fault in bank.faults] == ["第 20 行", "第 22 行", "第 26 行"]


AIKEN = """龙井是什么茶？
A. 绿茶
B) 红茶
ANSWER: A

茶能解渴。
A. 正确
B. 错误
ANSWER: B

没有答案的
A. 甲
B. 乙

ANSWER: A
"""


def test_aiken_is_read_and_what_lacks_something_is_told() -> None:
    bank = read_here(".txt", AIKEN.encode())
    assert told(bank)[:2] == [
        ("single", "龙井是什么茶？", ("绿茶", "红茶"), "A"),
        ("true_false", "茶能解渴。", TRUE_FALSE, "错误"),
    ]
    broken = read_here(".txt", "甲\nA. 甲\nB. 乙\n丙\nA. 甲\nB. 乙\nANSWER: B\nANSWER: C\n".encode())
    assert [fault.place for fault in broken.faults] == ["第 1 行", "第 8 行"]


MOODLE = """<?xml version="1.0" encoding="UTF-8"?>
<quiz>
<question type="category"><category><text>$course$/top/茶</text></category></question>
<question type="multichoice"><name><text>甲</text></name>
<questiontext format="html"><text><![CDATA[<p>龙井&nbsp;是什么茶？</p><p><img src="a.png"></p>]]></text></questiontext>
<generalfeedback format="html"><text><![CDATA[不发酵。<br>要炒青。]]></text></generalfeedback>
<single>true</single>
<answer fraction="100" format="html"><text><![CDATA[<p>绿茶</p>]]></text><feedback><text>对</text></feedback></answer>
<answer fraction="0"><text>红茶</text></answer></question>
<question type="truefalse"><questiontext><text>茶能解渴</text></questiontext>
<answer fraction="0"><text>false</text></answer><answer fraction="100"><text>true</text></answer></question>
<question type="shortanswer"><questiontext><text>茶圣是谁？</text></questiontext>
<answer fraction="100"><text>陆羽</text></answer><answer fraction="50"><text>陆</text></answer></question>
<question type="essay"><questiontext><text>谈谈茶</text></questiontext></question>
</quiz>"""


def test_moodle_xml_is_read_as_a_reader_sees_it() -> None:
    bank = read_here(".xml", MOODLE.encode())
    assert told(bank) == [
        ("single", "龙井 是什么茶？", ("绿茶", "红茶"), "A"),
        ("true_false", "茶能解渴", TRUE_FALSE, "正确"),
        ("fill", "茶圣是谁？", (), "陆羽"),
    ]
    first = bank.questions[0]
    assert (first.question.explanation, first.question.chapter) == ("不发酵。\n要炒青。", "茶")
    assert first.notes == (Banks.MEDIA,)
    assert [fault.place for fault in bank.faults] == ["第 14 行"]


QTI = """<?xml version="1.0"?>
<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="a" title="甲">
<responseDeclaration identifier="R" cardinality="multiple" baseType="identifier">
<correctResponse><value>c1</value><value>c3</value></correctResponse></responseDeclaration>
<itemBody><p>看<strong>清楚</strong>再选。</p><choiceInteraction responseIdentifier="R" maxChoices="0">
<prompt>哪些要发酵？</prompt>
<simpleChoice identifier="c1">红茶</simpleChoice><simpleChoice identifier="c2">绿茶</simpleChoice>
<simpleChoice identifier="c3">黑茶</simpleChoice></choiceInteraction></itemBody></assessmentItem>"""
ENTRY = """<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="b" title="乙">
<responseDeclaration identifier="R" cardinality="single" baseType="string">
<correctResponse><value>陆羽</value></correctResponse><mapping><mapEntry mapKey="陆鸿渐" mappedValue="1"/>
<mapEntry mapKey="陆游" mappedValue="0"/></mapping></responseDeclaration>
<itemBody><p>茶圣是<textEntryInteraction responseIdentifier="R"/>。</p></itemBody></assessmentItem>"""


def test_items_of_qti_are_read() -> None:
    assert told(read_here(".xml", QTI.encode())) == [
        ("several", "看清楚再选。\n哪些要发酵？", ("红茶", "绿茶", "黑茶"), "AC")
    ]
    assert told(read_here(".xml", ENTRY.encode())) == [("fill", "茶圣是（　　）。", (), "陆羽 或 陆鸿渐")]


def archive(**files: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, text in files.items():
            zipped.writestr(f"{name}.xml", text)
    return out.getvalue()


def test_a_package_of_qti_without_a_manifest_is_read() -> None:
    assert [one.place for one in read_here(".zip", archive(a=QTI, b=ENTRY)).questions] == ["文件 a.xml", "文件 b.xml"]


def word_table(before: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    document = docx.Document()
    for text in before:
        document.add_paragraph(text)
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            table.cell(number, column).text = text
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_table_in_a_word_document_is_read_by_its_headings() -> None:
    rows = [
        ("题型", "题干", "选项A", "选项B", "答案"),
        ("单选", "龙井是", "绿茶", "红茶", "A"),
        ("判断", "茶能解渴", "", "", "对"),
    ]
    assert told(read_here(".docx", word_table(["茶艺题库"], rows))) == [
        ("single", "龙井是", ("绿茶", "红茶"), "A"),
        ("true_false", "茶能解渴", TRUE_FALSE, "正确"),
    ]


def test_options_and_keys_in_tables_of_a_word_document_belong_to_its_paper() -> None:
    asked = ["一、单选题", "1. 龙井是（A）"]
    assert told(read_here(".docx", word_table(asked, [("A. 绿茶", "B. 红茶"), ("C. 黑茶", "D. 白茶")]))) == [
        ("single", "龙井是（　　）", ("绿茶", "红茶", "黑茶", "白茶"), "A")
    ]
    paper = ["1. 龙井是（ ）", "A. 绿茶  B. 红茶", "2. 滇红是（ ）", "A. 绿茶  B. 红茶", "参考答案"]
    bank = read_here(".docx", word_table(paper, [("题号", "1", "2"), ("答案", "A", "B")]))
    assert [one.question.answer for one in bank.questions] == ["A", "B"]


def test_a_word_paper_is_read() -> None:
    paper = paragraphs("一、单选题", "1. 龙井属于（A）", "A. 绿茶  B. 红茶")
    assert told(read_here(".docx", paper)) == [("single", "龙井属于（　　）", ("绿茶", "红茶"), "A")]


BOMB = """<?xml version="1.0"?><!DOCTYPE quiz [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;">]>
<quiz><question>&b;</question></quiz>"""
OUTSIDE = """<?xml version="1.0"?><!DOCTYPE quiz [<!ENTITY a SYSTEM "file:///etc/passwd">]><quiz><question type="essay">
<questiontext><text>&a;</text></questiontext></question></quiz>"""


@pytest.mark.parametrize(
    ("ending", "data", "message"),
    [
        (".xml", BOMB.encode(), Document.DECLARATION),
        (".xml", OUTSIDE.encode(), Document.DECLARATION),
        (".xml", BOMB.encode("utf-16"), Document.DECLARATION),
        (".txt", BOMB.encode(), Document.DECLARATION),
        (".zip", archive(a=BOMB), Document.DECLARATION),
        (".zip", archive(a="<a>" + " " * 60_000_000 + "</a>"), Document.TOO_LARGE),
        (".zip", archive(a="<a/>"), Banks.EMPTY_ARCHIVE),
        (".zip", b"PK\x03\x04rubbish", Document.NO_ZIP),
        (".xml", b"<quiz><question></quiz>", Banks.NOT_XML.format(line=1)),
        (".xml", b"<html/>", Banks.UNKNOWN_XML),
        (".txt", b" \n", Document.EMPTY),
        (".txt", "只是一句话。".encode(), Banks.NOT_BANK),
        (".json", b"[1, 2", Banks.NOT_JSON.format(line=1, column=6)),
    ],
)
def test_what_could_harm_or_is_no_bank_is_refused_with_what_to_do(ending: str, data: bytes, message: str) -> None:
    with pytest.raises(DocumentError) as caught:
        read_here(ending, data)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.xls", b"", Document.OLD_SHEET),
        ("a.pptx", b"", Banks.UNKNOWN_FILE.format(known="、".join(BANK_ENDINGS))),
        ("a.txt", BOMB.encode(), Document.DECLARATION),
    ],
)
def test_a_refusal_comes_back_from_wherever_it_is_made(name: str, data: bytes, message: str) -> None:
    with pytest.raises(DocumentError) as caught:
        read_bank_file(name, data)
    assert str(caught.value) == message


def test_a_file_is_read_in_another_process_with_all_that_was_found() -> None:
    questions = (BankQuestion("fill", "茶圣是（　　）。", accepted=("陆羽",)),)
    bank = read_bank_file("题库.XLSX", write_bank(questions, "xlsx").data)
    assert [(one.question, one.place, one.notes) for one in bank.questions] == [(questions[0], "第 2 行", ())]
    assert not bank.faults
