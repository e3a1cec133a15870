"""Every kind of broken file that an admin may send is told by file, line and mend; the rest of the folder is good."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import Fault, KnowledgeError
from bot.knowledge.load import inspect
from bot.knowledge.upload import text_of
from tests.unit.knowledge.word import archive, document_xml, encrypted, paragraphs
from tests.unit.library import POINTS, SOURCE

GOOD_QUIZ = "questions:\n  - {id: crop, point: rice, question: 种了什么？, right: 水稻, wrong: [小麦, 玉米]}\n"
BOMB = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n"


def _faults(folder: Path, name: str, data: bytes) -> list[Fault]:
    """What an admin is told who sends ``data`` as ``name``."""
    (folder / "points.yaml").write_text(POINTS, encoding="utf-8")
    (folder / "source.txt").write_text(SOURCE, encoding="utf-8")
    (folder / "quiz.yaml").write_text(GOOD_QUIZ, encoding="utf-8")
    assert inspect(folder).faults == ()
    try:
        text = text_of(name, data)
    except KnowledgeError as error:
        return list(error.faults)
    (folder / name).write_text(text, encoding="utf-8", newline="\n")
    return list(inspect(folder).faults)


def _points(old: str, new: str) -> bytes:
    assert POINTS.count(old) == 1
    return POINTS.replace(old, new).encode()


def _line(text: str) -> int:
    """The line of POINTS on which ``text`` stands."""
    assert POINTS.count(text) == 1
    return POINTS[: POINTS.index(text)].count("\n") + 1


LAST = POINTS.count("\n") + 1
RICE = _line("- id: rice")


@pytest.mark.parametrize(
    ("name", "data", "line", "mend"),
    [
        # encodings and bytes
        pytest.param("points.yaml", POINTS.encode("gbk"), 1, "看起来是 GBK（ANSI）", id="GBK"),
        pytest.param("source.txt", SOURCE.encode("gb18030"), 1, "编码选 UTF-8", id="GBK source"),
        pytest.param("points.yaml", POINTS.encode("utf-16"), 1, "编码选 UTF-8", id="UTF-16"),
        pytest.param("points.yaml", POINTS.encode() + b"# caf\xe9\n", LAST, "编码选 UTF-8", id="another encoding"),
        pytest.param("points.yaml", POINTS.encode() + "# 完".encode()[:-1], LAST, "重新复制一份", id="cut off"),
        pytest.param("points.yaml", POINTS.encode() + b"\0", LAST, "编码选 UTF-8", id="NUL"),
        pytest.param("points.yaml", POINTS.encode() + b"# \x07\n", LAST, "请删掉它", id="control character"),
        pytest.param("points.yaml", b"a" * 50_000_000, 1, "请确认放对了文件", id="50 MB"),
        pytest.param("points.yaml", b"", 1, "请打开看看内容还在不在", id="nothing"),
        pytest.param("source.txt", b"\xef\xbb\xbf \r\n", 1, "请打开看看内容还在不在", id="spaces"),
        pytest.param("points.yaml", b"# nothing\n", 1, "请写入 title、source", id="comments alone"),
        # YAML
        pytest.param("points.yaml", _points("  - id: rice", "\t- id: rice"), RICE, "把 Tab 换成空格", id="tab"),
        pytest.param(
            "points.yaml", _points("title: 种植", "title: '种植"), RICE + 1, "请补上另一半引号", id="open quote"
        ),
        pytest.param("points.yaml", POINTS.encode() + BOMB.encode(), LAST, "请把内容直接写出来", id="anchor bomb"),
        pytest.param(
            "points.yaml", POINTS.encode() + f"a: {'[' * 5000}\n".encode(), LAST, "请对照 README", id="nested deep"
        ),
        pytest.param(
            "points.yaml",
            _points("[水稻, 种田]", "[水稻, 种田]\n    aliases: [稻]"),
            RICE + 5,
            "请合并",
            id="key twice",
        ),
        pytest.param("points.yaml", _points("aliases: [水", "alias: [水"), RICE + 4, "请检查拼写", id="unknown key"),
        pytest.param("points.yaml", _points("title: 种植水稻3200亩", "title: [种]"), RICE + 1, "用引号括", id="list"),
        pytest.param("points.yaml", _points("[水稻, 种田]", "水稻"), RICE + 4, "以“- ”开头", id="text for a list"),
        pytest.param("points.yaml", _points("    title: 种植水稻3200亩\n", ""), RICE, "请补上", id="key missing"),
        # what the file says
        pytest.param("points.yaml", _points("id: rice", "id: speaker"), RICE, "没用过的 id", id="id twice"),
        pytest.param("points.yaml", _points("id: rice", "id: Rice"), RICE, "请只用小写字母", id="capitals in an id"),
        pytest.param(
            "points.yaml",
            _points("quote: 全镇", "quote: 全县"),
            RICE + 3,
            "从原文重新复制",
            id="a quote from elsewhere",
        ),
        pytest.param("points.yaml", _points("value: 3200亩", "value: 99亩"), RICE + 6, "请照引文改", id="fact"),
        pytest.param(
            "points.yaml",
            _points('section: "2"', 'section: "7"'),
            _line('section: "2"'),
            "请改正 section",
            id="section missing",
        ),
        pytest.param("points.yaml", _points('{id: "1",', '{id: "2",'), 7, "请换一个", id="section twice"),
        pytest.param("points.yaml", _points('begins: "一、', 'begins: "1、'), 6, "从原文复制", id="begins elsewhere"),
        pytest.param("points.yaml", _points("source: source.txt", "source: s.txt"), 3, "请放进来", id="source missing"),
        pytest.param(
            "points.yaml", _points("source: source.txt", "source: ../s.txt"), 3, "请只写", id="source elsewhere"
        ),
        pytest.param(
            "points.yaml", _points("[今年种了多少亩水稻,", "[镇长是谁,"), RICE + 5, "请删掉一处", id="claimed twice"
        ),
        pytest.param(
            "quiz.yaml", GOOD_QUIZ.replace(", wrong: [小麦, 玉米]", "").encode(), 2, "请补上", id="quiz lacks"
        ),
        # documents and names
        pytest.param("a.docx", archive(document_xml("<w:p/>" * 3_000_000)), 1, "请去掉图片和附件", id="zip bomb"),
        pytest.param("a.docx", archive(document_xml(""), ("../x", b"")), 1, "重新另存为 .docx", id="path in a zip"),
        pytest.param("a.docx", encrypted(paragraphs("甲")), 1, "去掉密码", id="password"),
        pytest.param("a.docx", paragraphs("甲")[:-200], 1, "另存为 .docx", id="document cut off"),
        pytest.param("a.docx", b"PK", 1, "另存为 .docx", id="no document"),
        pytest.param("a.docx", paragraphs(" "), 1, "请先转成文字", id="document without text"),
        pytest.param("../points.yaml", POINTS.encode(), 1, "请只留文件名", id="path in the name"),
        pytest.param("x\\points.yaml", POINTS.encode(), 1, "请只留文件名", id="path of Windows in the name"),
        pytest.param("notes.md", b"#", 1, "请改成 points.yaml、quiz.yaml", id="unknown name"),
    ],
)
def test_a_broken_file_is_told_by_file_line_and_mend(
    tmp_path: Path, name: str, data: bytes, line: int, mend: str
) -> None:
    faults = _faults(tmp_path, name, data)
    assert faults != []
    first = faults[0]
    assert Path(first.file).name == name.replace("\\", "/").rsplit("/", 1)[-1]
    assert first.line == line
    assert mend in first.message
    assert [fault for fault in faults if "请" not in fault.message] == []
