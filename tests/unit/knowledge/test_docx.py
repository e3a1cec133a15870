"""A Word document gives its text as it reads; what could harm is refused before it is unpacked."""

from __future__ import annotations

import random
from io import BytesIO

import docx
import pytest
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE

from bot.errors import DocumentError
from bot.knowledge.import_.docx import extract_docx_text, read_docx
from bot.wording import Document, Reading
from tests.unit.knowledge.word import RELS, TYPES, archive, document_xml, encrypted, paragraphs


def test_paragraphs_and_tables_in_their_order() -> None:
    document = docx.Document()
    document.add_heading("标题", 1)
    document.add_paragraph("第一段。", style="List Number")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "左", "右"
    document.add_paragraph("  ")
    document.add_paragraph("最后一段。")
    out = BytesIO()
    document.save(out)
    assert extract_docx_text(out.getvalue()) == "标题\n1. 第一段。\n左\t右\n最后一段。"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<w:p><w:r><w:t>“创”,</w:t></w:r><w:r><w:t>核心</w:t></w:r></w:p>", "“创”,核心"),
        ("<w:p><w:ins><w:r><w:t>加的</w:t></w:r></w:ins></w:p>", "加的"),
        ("<w:p><w:r><w:t>留</w:t></w:r><w:del><w:r><w:delText>删</w:delText></w:r></w:del></w:p>", "留"),
        (
            "<w:p><w:moveFrom><w:r><w:t>移</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>移</w:t></w:r></w:moveTo></w:p>",
            "移",
        ),
        ("<w:sdt><w:sdtContent><w:p><w:r><w:t>控件里</w:t></w:r></w:p></w:sdtContent></w:sdt>", "控件里"),
        ("<w:p><w:hyperlink><w:r><w:t>链接</w:t></w:r></w:hyperlink></w:p>", "链接"),
        ("<w:p><w:r><w:instrText>PAGE</w:instrText><w:t>页</w:t></w:r></w:p>", "页"),
        ("<w:p><w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:tab/><w:t>丙</w:t></w:r></w:p>", "甲\n乙\t丙"),
        ('<w:p><w:r><w:t>甲</w:t><w:br w:type="page"/><w:t>乙</w:t></w:r></w:p>', "甲乙"),
        (
            "<w:p><w:r><w:t>外</w:t><w:pict><w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent>"
            "</w:pict><w:t>面</w:t></w:r></w:p>",
            "外面\n框",
        ),
        (
            "<w:p><w:r><w:ruby><w:rt><w:r><w:t>pīn</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>拼</w:t></w:r></w:rubyBase>"
            "</w:ruby></w:r></w:p>",
            "拼",
        ),
    ],
)
def test_what_a_reader_sees_and_nothing_else(body: str, text: str) -> None:
    assert extract_docx_text(archive(document_xml(body))) == text


NOISE = random.Random(1).randbytes(300_000)
LAUGHS = "<!DOCTYPE r [<!ENTITY a 'ha'>" + "".join(f"<!ENTITY b{n} '&a;&a;&a;'>" for n in range(9)) + "]>"
TAGS = document_xml("<w:p/>" * 700_000).encode()
BINARY = TYPES.replace("/word/document.xml", "/word/media/document.bin")
TO_BINARY = RELS.replace("word/document.xml", "word/media/document.bin")
ONE = document_xml("<w:p><w:r><w:t>甲</w:t></w:r></w:p>")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param(b"", Document.NO_ZIP, id="nothing"),
        pytest.param("只是文字".encode(), Document.NO_ZIP, id="no archive"),
        pytest.param(paragraphs("甲")[:-500], Document.NO_ZIP, id="cut off"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, Document.OLD_WORD, id="old or with a password"),
        pytest.param(encrypted(paragraphs("甲")), Document.OLD_WORD, id="encrypted entries"),
        pytest.param(archive(None), Document.NO_WORD, id="no document in it"),
        pytest.param(archive(ONE, types=TYPES.replace("word", "excel")), Document.NO_WORD, id="another program's"),
        pytest.param(archive("<w:document"), Document.NO_WORD, id="XML that is none"),
        pytest.param(archive(document_xml("<w:p>" * 300 + "</w:p>" * 300)), Document.NO_WORD, id="nested too deep"),
        pytest.param(archive(document_xml("<w:p/>")), Document.NO_TEXT, id="no text in it"),
        pytest.param(archive(document_xml("<w:p/>" * 3_000_000)), Document.TOO_LARGE, id="shrinks to a hundredth"),
        pytest.param(
            archive(document_xml("<w:p/>" * 2_500_000), ("n", NOISE)), Document.TOO_LARGE, id="two million tags"
        ),
        pytest.param(archive(ONE, ("word/media/a", b"\0" * 51_000_000)), Document.TOO_LARGE, id="51 MB when unpacked"),
        pytest.param(archive(ONE, *((f"{n}.x", b"") for n in range(2_000))), Document.TOO_LARGE, id="2000 entries"),
        pytest.param(archive(ONE, ("../../etc/cron.d/x", b"x")), Document.PATH, id="a path upwards"),
        pytest.param(archive(ONE, ("/etc/passwd", b"x")), Document.PATH, id="a path from the root"),
        pytest.param(archive(ONE, ("C:\\x", b"x")), Document.PATH, id="a path of Windows"),
        pytest.param(archive(document_xml("", LAUGHS)), Document.DECLARATION, id="entities"),
        pytest.param(
            archive(document_xml("", f'<?xml version="1.0" encoding="utf-16"?>{LAUGHS}').encode("utf-16")),
            Document.DECLARATION,
            id="entities in another encoding",
        ),
        pytest.param(archive(ONE, ("word/styles.xml", LAUGHS.encode())), Document.DECLARATION, id="entities beside it"),
        pytest.param(
            archive(None, ("word/media/document.bin", ONE.encode()), ("n", NOISE), types=BINARY, rels=TO_BINARY),
            Document.NO_WORD,
            id="XML by another name",
        ),
        pytest.param(
            archive(ONE, types=TYPES.replace('"xml" ContentType="application/xml"', '"jpg" ContentType="text/a+xml"')),
            Document.NO_WORD,
            id="XML by another ending",
        ),
        pytest.param(
            archive(ONE, ("n", NOISE * 2), *((f"word/header{n}.xml", TAGS) for n in range(3))),
            Document.TOO_LARGE,
            id="two million tags in several parts",
        ),
        pytest.param(archive(ONE, types=TYPES.replace("</Types>", "<a/>" * 6_000 + "</Types>")), Document.TOO_LARGE),
        *(
            pytest.param(
                archive(document_xml("<w:p/>", f'<?xml version="1.0"{" " * gap}encoding="{name}"?>').encode(codec)),
                Document.NO_WORD,
                id=f"{name} {gap}",
            )
            for name, codec, gap in (("UTF-7", "ascii", 1), ("UTF-7", "ascii", 2000), ("cp037", "cp037", 1))
        ),
        pytest.param(
            archive(document_xml("<w:p/>").encode("utf-32-le")), Document.NO_WORD, id="four bytes a character"
        ),
    ],
)
def test_what_could_harm_or_cannot_be_read_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(DocumentError) as caught:
        extract_docx_text(data)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("codec", "head"),
    [
        ("utf-8", ""),
        ("utf-8-sig", ""),
        ("utf-8", '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'),
        ("utf-8-sig", "<?xml version='1.0' encoding='utf-8'?>"),
        ("utf-16", '<?xml version="1.0" encoding="UTF-16"?>'),
    ],
)
def test_every_usual_encoding_is_read(codec: str, head: str) -> None:
    document = document_xml("<w:p><w:r><w:t>甲</w:t></w:r></w:p>", head)
    assert extract_docx_text(archive(document.encode(codec))) == "甲"


def test_pictures_that_are_xml_do_no_harm() -> None:
    types = TYPES.replace("<Override", '<Default Extension="svg" ContentType="image/svg+xml"/><Override')
    picture = ("word/media/image1.svg", b"<!DOCTYPE svg><svg/>")
    assert extract_docx_text(archive(ONE, picture, types=types)) == "甲"


def test_sizes_that_lie_unpack_no_more_than_they_say() -> None:
    data = archive(document_xml("<w:p/>" * 300_000))
    size = len(document_xml("<w:p/>" * 300_000)).to_bytes(4, "little")
    assert data.count(size) == 2, "in the entry's own header and in the directory"
    with pytest.raises(DocumentError):
        extract_docx_text(data.replace(size, (1_000).to_bytes(4, "little")))


@pytest.mark.parametrize("seed", range(40))
def test_any_damage_is_told_as_a_fault_of_the_document(seed: int) -> None:
    damage = random.Random(seed)
    data = bytearray(paragraphs("甲乙丙"))
    for _ in range(damage.randint(1, 30)):
        data[damage.randrange(len(data))] = damage.randrange(256)
    try:
        assert extract_docx_text(bytes(data)) != ""
    except DocumentError as error:
        assert "再发" in str(error)


def saved(document: WordDocument) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def test_headings_that_only_their_style_tells_are_marked_by_level() -> None:
    document = docx.Document()
    document.add_heading("搬家手册", 0)
    document.add_heading("打包", 1)
    document.add_paragraph("先装书。")
    document.add_heading("易碎的东西", 2)
    document.add_paragraph("用报纸包好。")
    document.add_heading("第二章 装车", 1)
    assert extract_docx_text(saved(document)).split("\n") == [
        "搬家手册", "# 打包", "先装书。", "## 易碎的东西", "用报纸包好。", "第二章 装车",
    ]  # fmt: skip


def test_lines_of_a_table_of_contents_and_hidden_text_are_not_read() -> None:
    document = docx.Document()
    style = document.styles.add_style("toc 1", WD_STYLE_TYPE.PARAGRAPH)
    document.add_paragraph("打包\t3", style=style)
    document.add_paragraph("先装书。").add_run("暗号").font.hidden = True
    assert extract_docx_text(saved(document)) == "先装书。"


def test_a_paragraph_whose_end_was_deleted_goes_on_with_the_next_and_a_deleted_row_is_gone() -> None:
    gone = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>前半，</w:t></w:r></w:p>"
    rows = (
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>乙</w:t></w:r></w:p></w:tc>"
        "</w:tr><w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p><w:r><w:t>丙</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    )
    body = f"{gone}<w:p><w:r><w:t>后半。</w:t></w:r></w:p>{rows}"
    assert extract_docx_text(archive(document_xml(body))) == "前半，后半。\n甲\t乙"


FOOTNOTES = (
    '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    '<w:footnote w:id="0" w:type="separator"><w:p><w:r><w:t>线</w:t></w:r></w:p></w:footnote>'
    '<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t> 指工作日。</w:t></w:r></w:p></w:footnote>'
    "</w:footnotes>"
).encode()
NOTE_RELS = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="'
    b'http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes" Target="footnotes.xml"/>'
    b"</Relationships>"
)


def test_a_footnote_stands_behind_its_paragraph() -> None:
    body = (
        '<w:p><w:r><w:t>三天</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:t>内回复。</w:t></w:r></w:p>'
        "<w:p><w:r><w:t>谢谢。</w:t></w:r></w:p>"
    )
    parts = (("word/footnotes.xml", FOOTNOTES), ("word/_rels/document.xml.rels", NOTE_RELS))
    assert extract_docx_text(archive(document_xml(body), *parts)) == "三天内回复。\n[1] 指工作日。\n谢谢。"


def test_what_is_no_text_is_counted() -> None:
    drawn = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    formula = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    body = (
        f"<w:p><w:r><w:t>见图。</w:t><w:drawing><a:blip {drawn}/></w:drawing><w:sym/></w:r>"
        f"<m:oMath {formula}><m:r><m:t>x</m:t></m:r></m:oMath></w:p>"
    )
    text, notes = read_docx(archive(document_xml(body)))
    assert text == "见图。"
    assert notes == (
        Reading.PICTURES.format(count=1),
        Reading.FORMULAS.format(count=1),
        Reading.SYMBOLS.format(count=1),
    )
