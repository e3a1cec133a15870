"""A Word document gives its text as it reads; what could harm is refused before it is unpacked."""

from __future__ import annotations

import random
from io import BytesIO

import docx
import pytest

from bot.errors import DocumentError
from bot.knowledge.import_.docx import extract_docx_text
from bot.wording import Document
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
