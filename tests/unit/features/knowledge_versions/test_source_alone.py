"""A document without points has versions like any other: sent, compared, added to in a chat, given back."""

from __future__ import annotations

from bot.features.knowledge_versions.candidate import amended
from bot.knowledge.edit.amendment import AddPoint
from bot.knowledge.files import Files
from bot.knowledge.load import validate_files
from bot.library import ChangeResult
from bot.wording import Versions as Wording
from tests.unit.features.knowledge_versions.fixtures import VersionsHarness
from tests.unit.knowledge.word import paragraphs

RULES = "渡口守则\n第一条 每船十人。\n第二条 大风停航。"


async def harness() -> VersionsHarness:
    bare = VersionsHarness()
    bare.folder = Files({"渡口守则.txt": RULES})
    return await bare.start()


async def test_a_source_that_is_sent_is_compared_line_by_line_and_applied() -> None:
    bare = await harness()
    preview = await bare.send("新守则.docx", paragraphs(*RULES.replace("十人", "八人").split("\n")))
    assert "原文改了" in preview.text
    await bare.press(preview, Wording.APPLY)
    assert "每船八人" in bare.library.current.knowledge.source
    assert bare.versions.number == 2


async def test_a_point_added_in_a_chat_is_kept_and_given_back_in_a_points_file() -> None:
    bare = await harness()
    added = AddPoint("p-1", "大风", "s2", ("大风停航。",), ("刮风开不开船",))
    result = await bare.versions.amend([added], author="a", note="")
    assert result == ChangeResult(2), result
    assert bare.library.current.knowledge.point("p-1").quotes == ("大风停航。",)
    files, done = amended(bare.versions.served.content)
    assert done.without_place == ()
    assert validate_files(files).knowledge == bare.library.current.knowledge
    again = await bare.versions.retract([added], author="a", note="")
    assert again.number == 3
    assert bare.library.current.knowledge.points == ()


async def test_points_that_are_sent_later_belong_to_the_same_source() -> None:
    bare = await harness()
    points = """title: 渡口守则
source: 渡口守则.txt
sections: [{id: "1", title: 全文}]
points: [{id: wind, title: 大风, section: "1", quote: 大风停航。}]
"""
    preview = await bare.send("points.yaml", points.encode())
    await bare.press(preview, Wording.APPLY)
    assert [point.id for point in bare.library.current.knowledge.points] == ["wind"]
