"""A new edition keeps the points whose words still stand, as they are written; the others are taken out."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import KnowledgeError
from bot.knowledge.edit.amendment import AddPoint, AddQuestion
from bot.knowledge.edit.carry_over import CarriedOver, carry_over
from bot.knowledge.files import POINTS_FILE, Files
from bot.knowledge.load import validate_files
from bot.wording import Amending
from tests.unit.library import POINTS, SOURCE

FLOW = """title: 讲话
source: source.txt
sections: [{id: "1", begins: "一、抓好春耕生产。", title: 春耕}]
points: [{id: rice, title: 水稻, section: "1", quote: 全镇今年种植水稻3200亩}, {id: road, title: 村道, section: "1",
  quote: [硬化村道12.5公里, 总投资460万元]}, {id: school, title: 学校, section: "1", quote: 新建教学楼一栋}]
"""


def carried(points: str, text: str, *amendments: AddPoint | AddQuestion, **beside: str) -> CarriedOver:
    files = Files({POINTS_FILE: points, "source.txt": SOURCE, **beside})
    return carry_over(files, amendments, Files({"新.txt": text}), source="source.txt", text=text)


def ids_of(found: CarriedOver) -> list[str]:
    loaded = validate_files(found.files)
    assert loaded.knowledge is not None, loaded.issues
    return [point.id for point in loaded.knowledge.points]


@settings(deadline=None)
@given(st.sets(st.integers(0, 4), max_size=4))
def test_points_whose_words_are_gone_go_and_every_other_byte_stays(gone: set[int]) -> None:
    parts = POINTS.split("  - id: ")
    quotes = ["青山镇镇长 张远", "全镇今年种植水稻", "组织“田间课堂”", "硬化村道12.5公里", "新建教学楼一栋"]
    text = SOURCE
    for number in gone:
        text = text.replace(quotes[number], "别的话")
    found = carried(POINTS, text)
    kept = [part for number, part in enumerate(parts[1:]) if number not in gone]
    assert found.files.get(POINTS_FILE) == "  - id: ".join([parts[0], *kept])
    assert found.files.get("source.txt") == text
    assert len(ids_of(found)) == 5 - len(gone)


@pytest.mark.parametrize(
    ("old", "new", "kept"),
    [
        ("3200亩", "三千亩", ["road", "school"]),
        ("460万元", "480万元", ["rice", "school"]),
        ("一栋", "两栋", ["rice", "road"]),
    ],
)
def test_lists_on_one_line_lose_items_too(old: str, new: str, kept: list[str]) -> None:
    assert ids_of(carried(FLOW, SOURCE.replace(old, new))) == kept


def test_a_section_that_begins_otherwise_is_still_a_section() -> None:
    found = carried(FLOW, SOURCE.replace("一、抓好春耕生产。", "一、春耕。"))
    assert len(ids_of(found)) == 3
    assert "begins" not in (found.files.get(POINTS_FILE) or "")
    block = POINTS.replace(
        '{id: "1", title: 第一部分·抓好春耕生产, begins: "一、抓好春耕生产。"}',
        'id: "1"\n    begins: 一、抓好春耕生产。\n    title: 春耕',
    )
    assert len(ids_of(carried(block, SOURCE.replace("一、抓好春耕生产。", "一、春耕。")))) == 5


def test_what_lies_beside_stays_and_additions_whose_words_are_gone_go() -> None:
    wind = AddPoint("p-1", "路", "2", ("总投资460万元",), ())
    question = AddQuestion("rice", "水田")
    found = carried(POINTS, SOURCE.replace("460万元", "480万元"), wind, question, **{"quiz.yaml": "questions: []\n"})
    assert found.amendments == (question,)
    assert found.files.get("quiz.yaml") == "questions: []\n"


def test_an_edition_with_none_of_the_old_words_is_a_knowledge_of_its_own() -> None:
    found = carried(POINTS, "完全是别的话。")
    assert dict(found.files) == {"新.txt": "完全是别的话。"}
    assert found.without_points


def test_a_list_that_is_written_unusually_is_refused() -> None:
    unusual = POINTS.replace("  - id: road\n    title", "  - ? id\n    : road\n    title").replace(
        "  - id: speaker", "  -\n    id: speaker"
    )
    with pytest.raises(KnowledgeError) as caught:
        carried(unusual, SOURCE.replace("460万元", "480万元"))
    assert Amending.UNUSUAL in str(caught.value)
