"""A document as somebody has it is sent: shown, asked about if it is not plain what it is, and served on one tap."""

from __future__ import annotations

import pytest

from bot.knowledge.edit.amendment import AddPoint, AddQuestion
from bot.knowledge.files import Files
from bot.wording import Document, Reading
from bot.wording import Versions as Wording
from tests.unit.features.knowledge_versions.fixtures import VersionsHarness
from tests.unit.knowledge.pdf import body, pdf
from tests.unit.knowledge.test_xlsx import PAIRS, workbook
from tests.unit.knowledge.word import paragraphs
from tests.unit.library import SOURCE

BATH = [
    "浴室管理办法",
    "第一章 总则",
    "第一条 为了大家洗好澡，制定本办法。",
    "第二条 本办法所称淋浴位是指装有花洒的隔间。",
    "第二章 开放",
    "第三条 浴室每天下午四点开门，晚上九点关门。",
    "第四条 每人每次洗澡不超过30分钟，超过的要补交水费。",
    "第五条 浴室里不准抽烟，不准大声说话。",
    "第六条 本办法自五月一日起施行。",
]
QUIZ = "questions:\n  - {id: crop, point: road, question: 硬化了多少公里村道？, right: 12.5公里, wrong: [3公里]}\n"
GOLDEN = "questions:\n  - {ask: 老师一共招聘了几名, point: school}\n"


def texts(harness: VersionsHarness) -> dict[str, str]:
    return dict(harness.versions.served.content.base)


async def test_another_document_is_shown_and_one_tap_serves_it_with_nothing_of_the_old_one() -> None:
    harness = await VersionsHarness(**{"quiz.yaml": QUIZ, "golden.yaml": GOLDEN}).start()
    shown = await harness.send("浴室.docx", paragraphs(*BATH))
    assert Wording.DOCUMENT.format(title="浴室管理办法", units=6, characters=134) in shown.text
    assert "· 第二章 开放" in shown.text
    assert shown.text.count("问：") == 3
    assert Wording.REPLACES in shown.text
    assert "检验题" not in shown.text.replace(Wording.REPLACES, "")
    assert [choice.label for choice in shown.choices] == [Wording.APPLY, Wording.DISCARD]
    assert harness.versions.number == 1

    await harness.press(shown, Wording.APPLY)
    knowledge = harness.library.current.knowledge
    assert texts(harness) == {"浴室.txt": "\n".join(BATH)}
    assert (knowledge.title, knowledge.points, knowledge.golden) == ("浴室管理办法", (), ())
    assert not knowledge.quiz_additions.questions


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("浴室.pdf", pdf(body(*BATH))),
        ("浴室.txt", "\n".join(BATH).encode("gb18030")),
        ("浴室.md", "\n".join(BATH).encode()),
        ("source.txt", "\n".join(BATH).encode()),
    ],
)
async def test_it_may_be_of_any_kind(name: str, data: bytes) -> None:
    harness = await VersionsHarness().start()
    await harness.press(await harness.send(name, data), Wording.APPLY)
    assert harness.library.current.knowledge.title == "浴室管理办法"
    assert "points.yaml" not in texts(harness)


async def test_pairs_of_a_workbook_are_points_at_once_and_what_was_not_read_is_said() -> None:
    harness = await VersionsHarness().start()
    shown = await harness.send("浴室问答.xlsx", workbook(PAIRS))
    assert Wording.DOCUMENT_POINTS.format(count=2) in shown.text
    assert f"· {Reading.HALF_PAIRS.format(count=1)}" in shown.text
    await harness.press(shown, Wording.APPLY)
    assert await harness.answers("浴室几点开") == "浴室几点开"


async def test_a_new_edition_keeps_what_still_stands_and_says_what_does_not() -> None:
    harness = await VersionsHarness(**{"quiz.yaml": QUIZ}).start()
    await harness.versions.amend([AddQuestion("rice", "水田有多少")], author="a", note="")
    edition = SOURCE.replace("总投资460万元", "总投资480万元") + "村里还要办食堂。"
    shown = await harness.send("讲话修改稿.docx", paragraphs(*edition.split("\n")))
    assert Wording.EDITION.format(title="青山镇春季工作讲话") in shown.text
    assert "改了 2 处：" in shown.text
    assert "－ 要点“硬化村道12.5公里”" in shown.text
    assert "！ 答题“硬化了多少公里村道？”先不出了" in shown.text
    assert [choice.label for choice in shown.choices] == [Wording.APPLY, Wording.DISCARD]
    await harness.press(shown, Wording.APPLY)
    knowledge = harness.library.current.knowledge
    assert knowledge.source == edition
    assert [point.id for point in knowledge.points] == ["speaker", "rice", "classes", "school"]
    assert "水田有多少" in knowledge.point("rice").questions


async def test_a_new_edition_of_a_document_alone_says_which_passages_differ() -> None:
    harness = VersionsHarness()
    harness.folder = Files({"浴室.txt": "\n".join(BATH)})
    await harness.start()
    added = AddPoint("p-1", "抽烟", "s2", ("浴室里不准抽烟，不准大声说话。",), ("能抽烟吗",))
    await harness.versions.amend([added], author="a", note="")
    edition = [*BATH[:5], "第三条 浴室每天下午五点开门，晚上九点关门。", BATH[6], "第五条 拖鞋自己带，用完放回架子。"]
    edition.append("第六条 浴室里不准大声说话。")
    edition.append("第七条 本办法自五月一日起施行。")
    shown = await harness.send("浴室新.txt", "\n".join(edition))
    assert "改了 2 处：第三条“第三条 浴室每天下午五点开门，晚上九点关门。”；第六条“" in shown.text
    assert "新增 1 处：第五条“" in shown.text
    assert "挪了地方 1 处：第六条→第七条" in shown.text
    assert "－ 要点“抽烟”" in shown.text
    await harness.press(shown, Wording.APPLY)
    assert harness.library.current.knowledge.points == ()
    assert harness.library.current.knowledge.source == "\n".join(edition)


HALF = [
    *BATH[:6],
    "第四条 毛巾自己带。",
    "第五条 小孩要有大人陪。",
    "第六条 地滑，走路要慢。",
    "第七条 拖鞋放在架子上。",
    "第八条 头发吹干再走。",
]


@pytest.mark.parametrize(("label", "title"), [(Wording.IS_EDITION, "edition"), (Wording.IS_ANOTHER, "document")])
async def test_what_is_not_plain_is_asked(label: str, title: str) -> None:
    harness = VersionsHarness()
    harness.folder = Files({"浴室.txt": "\n".join(BATH), "quiz.yaml": "questions: []\n"})
    await harness.start()
    half = [line for line in HALF if "洗好澡" not in line]
    asked = await harness.send("新.docx", paragraphs(*half))
    assert "看不出是它的新一版" in asked.text
    await harness.start()  # a restart in between loses nothing
    shown = await harness.press(asked, label)
    await harness.press(shown, Wording.APPLY)
    assert harness.library.current.knowledge.source == "\n".join(half)
    assert ("quiz.yaml" in texts(harness)) == (title == "edition")


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("扫描.pdf", pdf([]), Document.SCANNED),
        ("旧.doc", b"\xd0\xcf\x11\xe0", Document.OLD_WORD),
        ("宏.docm", b"PK", Document.MACRO),
        ("半.docx", paragraphs(*BATH)[:-300], Document.NO_ZIP),
    ],
)
async def test_what_cannot_be_read_says_why_and_changes_nothing(name: str, data: bytes, message: str) -> None:
    harness = await VersionsHarness().start()
    refused = await harness.send(name, data)
    assert refused.text == f"{Wording.UNREADABLE.format(name=name)}\n{message}"
    assert refused.choices == ()
    assert harness.versions.number == 1
    assert len(harness.store.kept) == 1


async def test_another_document_in_the_folder_is_taken_in_and_shown() -> None:
    harness = await VersionsHarness().start()
    await harness.changes.begin()
    harness.folder = Files({"浴室.txt": "\n".join(BATH)})
    await harness.changes.changed()
    assert harness.library.current.knowledge.title == "浴室管理办法"
    assert Wording.FOLDER_TAKEN.format(number=2) in harness.told[-1].text
    assert harness.told[-1].text.count("问：") == 3


async def test_a_new_edition_in_the_folder_is_taken_in_without_the_additions_that_it_no_longer_says() -> None:
    harness = VersionsHarness()
    harness.folder = Files({"浴室.txt": "\n".join(BATH)})
    await harness.start()
    await harness.changes.begin()
    smoke = AddPoint("p-1", "抽烟", "s2", ("浴室里不准抽烟，不准大声说话。",), ("能抽烟吗",))
    hours = AddPoint("p-2", "时间", "s2", ("晚上九点关门",), ("几点关",))
    await harness.versions.amend([smoke, hours], author="a", note="")
    harness.folder = Files({"浴室.txt": "\n".join(BATH).replace("浴室里不准抽烟，", "")})
    await harness.changes.changed()
    assert [point.id for point in harness.library.current.knowledge.points] == ["p-2"]
    assert "－ 要点“抽烟”" in harness.told[-1].text


async def test_points_under_a_wrong_name_are_no_document() -> None:
    harness = await VersionsHarness().start()
    refused = await harness.send("points.txt", "points: []\n")
    assert Document.NEAR_NAME.format(name="points.yaml") in refused.text
