"""A folder that cannot be served says why, and how to mend it."""

from pathlib import Path

import pytest

from bot.errors import KnowledgeError
from bot.knowledge.edit.amend import amend, new_points_text
from bot.knowledge.edit.amendment import AddPoint
from bot.knowledge.import_.document import MAX_CHARACTERS
from bot.knowledge.load import load, validate_files, validate_folder
from bot.knowledge.model import WHOLE
from bot.knowledge.structure import Span
from bot.wording import Document, Lint, Reading
from tests.unit.knowledge.test_xlsx import PAIRS, workbook
from tests.unit.knowledge.word import paragraphs
from tests.unit.library import POINTS, SOURCE


def _write(folder: Path, points: bytes | None = POINTS.encode(), source: bytes | None = SOURCE.encode()) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    if points is not None:
        (folder / "points.yaml").write_bytes(points)
    if source is not None:
        (folder / "source.txt").write_bytes(source)
    return folder


def _faults(folder: Path) -> list[tuple[str, int, str]]:
    with pytest.raises(KnowledgeError) as caught:
        load(folder)
    return [(Path(issue.file).name, issue.line, issue.message) for issue in caught.value.issues]


def test_a_folder_is_loaded_and_so_is_the_folder_around_it(tmp_path: Path) -> None:
    folder = _write(tmp_path / "knowledge" / "green-hill")
    assert load(folder) == load(tmp_path / "knowledge")


def test_faults_are_named_where_the_files_lie_also_where_the_same_files_were_seen_elsewhere(tmp_path: Path) -> None:
    broken = POINTS.replace("种植水稻3200亩,比", "种植水稻三千亩,比").encode()
    for folder in (tmp_path / "one", tmp_path / "two"):
        loaded = validate_folder(_write(folder, broken))
        assert {issue.file for issue in loaded.issues} == {str(folder / "points.yaml")}
        assert loaded.quiz_file == str(folder / "quiz.yaml")


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    folder = _write(tmp_path, b"\xef\xbb\xbf" + POINTS.encode(), b"\xef\xbb\xbf" + SOURCE.encode())
    assert load(folder).source == SOURCE


def test_line_ends_of_windows_load_as_those_of_the_source(tmp_path: Path) -> None:
    folder = _write(tmp_path, POINTS.replace("\n", "\r\n").encode(), SOURCE.replace("\n", "\r\n").encode())
    assert load(folder) == load(_write(tmp_path / "unix"))


@pytest.mark.parametrize("missing", [1, 2])
def test_a_file_that_ends_inside_a_character_was_cut_off(tmp_path: Path, missing: int) -> None:
    folder = _write(tmp_path, POINTS.encode() + "# 结尾".encode()[:-missing])
    assert _faults(folder) == [("points.yaml", POINTS.count("\n") + 1, Lint.CUT_OFF)]


def test_a_missing_folder(tmp_path: Path) -> None:
    assert _faults(tmp_path / "nowhere") == [("nowhere", 1, Lint.FOLDER_MISSING)]


def test_an_empty_folder(tmp_path: Path) -> None:
    assert _faults(tmp_path) == [(tmp_path.name, 1, Lint.FOLDER_EMPTY)]


def test_several_documents_ask_which_one(tmp_path: Path) -> None:
    _write(tmp_path / "a")
    _write(tmp_path / "b")
    assert _faults(tmp_path) == [(tmp_path.name, 1, Lint.SEVERAL_FOLDERS.format(names="a、b"))]


def test_a_file_that_is_not_utf8_is_told_with_the_line_of_the_first_wrong_byte(tmp_path: Path) -> None:
    folder = _write(tmp_path, POINTS.encode() + "# 结尾\n".encode("gb18030"))
    assert _faults(folder) == [("points.yaml", POINTS.count("\n") + 1, Lint.NOT_UTF8)]


def test_a_source_that_is_not_there(tmp_path: Path) -> None:
    folder = _write(tmp_path, source=None)
    assert _faults(folder) == [("points.yaml", 3, Lint.SOURCE_MISSING.format(name="source.txt"))]


def test_a_source_outside_of_the_folder_is_not_opened(tmp_path: Path) -> None:
    folder = _write(tmp_path, POINTS.replace("source.txt", "../../etc/passwd").encode())
    assert _faults(folder) == [("points.yaml", 3, Lint.BAD_SOURCE_NAME)]


def test_a_part_without_a_point_is_no_fault(tmp_path: Path) -> None:
    folder = _write(tmp_path, source=(SOURCE + "\n这一句没有要点。").encode())
    loaded = validate_folder(folder)
    assert loaded.knowledge is not None
    assert loaded.issues == ()


RULES = "值班办法\n第一条 每天两人值班。\n第二条 夜里锁门。"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("source.txt", RULES.encode()),
        ("办法.txt", RULES.encode()),
        ("办法.md", RULES.encode()),
        ("办法.docx", paragraphs(*RULES.split("\n"))),
    ],
)
def test_a_document_alone_is_a_knowledge_by_itself_or_in_its_folder(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    (tmp_path / "README.md").write_text("读我")
    for path in (tmp_path / name, tmp_path):
        knowledge = load(path)
        assert (knowledge.title, knowledge.source, knowledge.points) == ("值班办法", RULES, ())
        assert [section.title for section in knowledge.sections] == ["第一条 每天两人值班", "第二条 夜里锁门"]
        assert validate_folder(path).issues == ()


def test_a_document_without_a_title_is_called_as_its_file_or_as_the_folder_of_a_source(tmp_path: Path) -> None:
    folder = tmp_path / "通知"
    folder.mkdir()
    (folder / "source.txt").write_text("明天放假一天。")
    assert load(folder).title == "通知"
    (tmp_path / "便条.txt").write_text("明天放假一天。")
    assert load(tmp_path / "便条.txt").title == "便条"


def test_a_source_among_other_documents_is_the_one(tmp_path: Path) -> None:
    (tmp_path / "source.txt").write_text(RULES)
    (tmp_path / "别的.docx").write_bytes(b"")
    assert load(tmp_path).title == "值班办法"


def test_several_documents_in_one_folder_ask_which_one(tmp_path: Path) -> None:
    for name in ("a.txt", "b.md"):
        (tmp_path / name).write_text(RULES)
    assert _faults(tmp_path) == [(tmp_path.name, 1, Lint.SEVERAL_DOCUMENTS.format(names="a.txt、b.md"))]


def test_the_points_file_itself_stands_for_its_folder(tmp_path: Path) -> None:
    assert load(_write(tmp_path) / "points.yaml") == load(tmp_path)


@pytest.mark.parametrize(
    "points", ["", "points: []\n", "sections: []\n", 'sections: [{id: "1", title: 一}]\npoints: []\n']
)
def test_a_points_file_may_have_no_points(tmp_path: Path, points: str) -> None:
    folder = _write(tmp_path, f"title: 值班\nsource: source.txt\n{points}".encode(), RULES.encode())
    loaded = validate_folder(folder)
    assert loaded.issues == ()
    assert loaded.knowledge is not None
    assert loaded.knowledge.title == "值班"
    assert loaded.knowledge.sections


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.txt", b" \n", Document.EMPTY),
        ("a.docx", b"PK", Document.NO_ZIP),
        ("a.pdf", b"%PDF", Document.NO_PDF),
        ("a.csv", b"a", Lint.NO_DOCUMENT.format(name="a.csv")),
        ("a.txt", ("开门。\n" * (MAX_CHARACTERS // 4 + 1)).encode(), Document.TOO_LONG),
    ],
)
def test_a_document_that_cannot_be_read_says_why(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    (tmp_path / name).write_bytes(data)
    assert _faults(tmp_path / name) == [(name, 1, message)]


def test_a_document_of_another_program_or_encoding_is_served_under_its_name(tmp_path: Path) -> None:
    (tmp_path / "值班.txt").write_bytes(RULES.encode("gb18030"))
    assert load(tmp_path).source == RULES
    (tmp_path / "值班.txt").unlink()
    (tmp_path / "值班.xlsx").write_bytes(workbook(PAIRS))
    loaded = validate_folder(tmp_path)
    assert loaded.notes == (Reading.HALF_PAIRS.format(count=1), Reading.SAME_PAIRS.format(count=1))
    assert loaded.knowledge is not None
    assert [point.id for point in loaded.knowledge.points] == ["q1", "q2"]


def test_what_stands_before_the_first_section_is_a_section_too(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("讲座\n先说一句。\n一、开始\n开始了。")
    knowledge = load(tmp_path)
    assert [section.id for section in knowledge.sections] == [WHOLE, "s1"]
    at = knowledge.source.index
    assert knowledge.passage([Span(at("开始了"), at("开始了") + 3)]).section == "s1"
    assert knowledge.passage([Span(at("先说"), at("先说") + 5)]).section == WHOLE


def test_points_can_be_added_to_a_source_without_points(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(RULES)
    loaded = validate_folder(tmp_path)
    assert loaded.knowledge is not None
    text = new_points_text(loaded.knowledge, loaded.files.document)
    added = AddPoint("night", "夜里", "s2", ("夜里锁门",), ("晚上锁不锁",))
    knowledge = validate_files(loaded.files.with_file("points.yaml", amend(text, added))).knowledge
    assert knowledge is not None
    assert knowledge.point("night").section == "s2"
    assert knowledge.sections == loaded.knowledge.sections
