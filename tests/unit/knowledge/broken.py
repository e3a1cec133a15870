"""Every kind of broken file that an admin may send: what is wrong with it, where that stands and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass

from tests.unit.knowledge.changes import changed, line_of
from tests.unit.knowledge.word import archive, document_xml, encrypted, paragraphs
from tests.unit.library import POINTS, SOURCE

GOOD_QUIZ = "questions:\n  - {id: crop, point: rice, question: 种了什么？, right: 水稻, wrong: [小麦, 玉米]}\n"
BOMB = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n"


@dataclass(frozen=True)
class Broken:
    """A file named ``name`` that holds ``data``; the first issue is on ``line``, and its message has ``mend`` in it.

    The rest of the folder is good: the small document, and ``GOOD_QUIZ``. ``minor``: it is served all the same.
    """

    name: str
    data: bytes
    line: int
    mend: str
    kind: str
    minor: bool = False

    @property
    def told_name(self) -> str:
        """The name without the path that may stand in it."""
        return self.name.replace("\\", "/").rsplit("/", 1)[-1]


def _points(old: str, new: str) -> bytes:
    return changed(old, new).encode()


LAST = POINTS.count("\n") + 1
RICE = line_of("- id: rice")

BROKEN = [
    # encodings and bytes
    Broken("points.yaml", POINTS.encode("gbk"), 1, "看起来是 GBK（ANSI）", kind="GBK"),
    Broken("source.txt", SOURCE.encode("gb18030"), 1, "编码选 UTF-8", kind="GBK source"),
    Broken("points.yaml", POINTS.encode("utf-16"), 1, "编码选 UTF-8", kind="UTF-16"),
    Broken("points.yaml", POINTS.encode() + b"# caf\xe9\n", LAST, "编码选 UTF-8", kind="another encoding"),
    Broken("points.yaml", POINTS.encode() + "# 完".encode()[:-1], LAST, "重新复制一份", kind="cut off"),
    Broken("points.yaml", POINTS.encode() + b"\0", LAST, "编码选 UTF-8", kind="NUL"),
    Broken("points.yaml", POINTS.encode() + b"# \x07\n", LAST, "请删掉它", kind="control character"),
    Broken("points.yaml", b"a" * 50_000_000, 1, "请确认放对了文件", kind="50 MB"),
    Broken("points.yaml", b"", 1, "请打开看看内容还在不在", kind="nothing"),
    Broken("source.txt", b"\xef\xbb\xbf \r\n", 1, "请打开看看内容还在不在", kind="spaces"),
    Broken("points.yaml", b"# nothing\n", 1, "请写入 title、source", kind="comments alone"),
    # YAML
    Broken("points.yaml", _points("  - id: rice", "\t- id: rice"), RICE, "把 Tab 换成空格", kind="tab"),
    Broken("points.yaml", _points("title: 种植", "title: '种植"), RICE + 1, "请补上另一半引号", kind="open quote"),
    Broken("points.yaml", POINTS.encode() + BOMB.encode(), LAST, "请把内容直接写出来", kind="anchor bomb"),
    Broken("points.yaml", POINTS.encode() + f"a: {'[' * 5000}\n".encode(), LAST, "请对照 README", kind="nested deep"),
    Broken(
        "points.yaml",
        _points("[水稻, 种田]", "[水稻, 种田]\n    aliases: [稻]"),
        RICE + 5,
        "请合并",
        kind="key twice",
    ),
    Broken("points.yaml", _points("aliases: [水", "alias: [水"), RICE + 4, "请检查拼写", kind="unknown key"),
    Broken("points.yaml", _points("title: 种植水稻3200亩", "title: [种]"), RICE + 1, "用引号括", kind="list"),
    Broken("points.yaml", _points("[水稻, 种田]", "水稻"), RICE + 4, "以“- ”开头", kind="text for a list"),
    Broken("points.yaml", _points("    title: 种植水稻3200亩\n", ""), RICE, "请补上", kind="key missing"),
    # what the file says
    Broken("points.yaml", _points("id: rice", "id: speaker"), RICE, "没用过的 id", kind="id twice"),
    Broken("points.yaml", _points("id: rice", "id: Rice"), RICE, "请只用小写字母", kind="capitals in an id"),
    Broken(
        "points.yaml",
        _points("quote: 全镇", "quote: 全县"),
        RICE + 3,
        "从原文重新复制",
        kind="a quote from elsewhere",
    ),
    Broken("points.yaml", _points("value: 3200亩", "value: 99亩"), RICE + 6, "请照引文改", kind="fact"),
    Broken(
        "points.yaml",
        _points('section: "2"', 'section: "7"'),
        line_of('section: "2"'),
        "请改正 section",
        kind="section missing",
    ),
    Broken("points.yaml", _points('{id: "1",', '{id: "2",'), 7, "请换一个", kind="section twice"),
    Broken("points.yaml", _points('begins: "一、', 'begins: "1、'), 6, "从原文复制", kind="begins elsewhere"),
    Broken("points.yaml", _points("source: source.txt", "source: s.txt"), 3, "请放进来", kind="source missing"),
    Broken("points.yaml", _points("source: source.txt", "source: ../s.txt"), 3, "请只写", kind="source elsewhere"),
    Broken(
        "points.yaml",
        _points("[今年种了多少亩水稻,", "[镇长是谁,"),
        RICE + 5,
        "请删掉一处",
        kind="claimed twice",
        minor=True,
    ),
    Broken(
        "quiz.yaml", GOOD_QUIZ.replace(", wrong: [小麦, 玉米]", "").encode(), 2, "请补上", kind="quiz lacks", minor=True
    ),
    # documents and names
    Broken("a.docx", archive(document_xml("<w:p/>" * 3_000_000)), 1, "请去掉图片和附件", kind="zip bomb"),
    Broken("a.docx", archive(document_xml(""), ("../x", b"")), 1, "重新另存为 .docx", kind="path in a zip"),
    Broken("a.docx", encrypted(paragraphs("甲")), 1, "去掉密码", kind="password"),
    Broken("a.docx", paragraphs("甲")[:-200], 1, "另存为 .docx", kind="document cut off"),
    Broken("a.docx", b"PK", 1, "另存为 .docx", kind="no document"),
    Broken("a.docx", paragraphs(" "), 1, "请先转成文字", kind="document without text"),
    Broken("../points.yaml", POINTS.encode(), 1, "请只留文件名", kind="path in the name"),
    Broken("x\\points.yaml", POINTS.encode(), 1, "请只留文件名", kind="path of Windows in the name"),
    Broken("notes.csv", b"#", 1, "请改成 points.yaml、quiz.yaml", kind="unknown name"),
]
