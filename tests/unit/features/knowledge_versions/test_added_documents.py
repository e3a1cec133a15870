"""A document that is sent in a chat stands beside the main one, or is a new edition of the one that it resembles."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.errors import DocumentError
from bot.features.knowledge_versions.added_documents import Added, AddedDocuments, ShelfFolders
from bot.features.knowledge_versions.presenter import put_beside
from bot.features.shelf.folders import REPLACED, DocumentsBeside, document_key, restore_replaced, with_added
from bot.knowledge.files import Files
from bot.knowledge.model import Knowledge
from bot.library import MAIN
from bot.retrieval.index.tokenizer import shared_tokenizer
from bot.retrieval.retriever import Retriever
from bot.wording import Shelf
from bot.wording import Versions as Wording
from tests.unit.features.knowledge_versions.fixtures import VersionsHarness, at_once

POOL = [
    "洗车房管理办法",
    *(
        f"第{number}条 {text}"
        for number, text in zip(
            "一二三四五六七八九十",
            (
                "洗车房每天上午八点开门，下午六点关门。",
                "小轿车洗一次收二十五元，面包车收三十元。",
                "洗车的人排队领号，过号的重新排队。",
                "打蜡另外收费，每辆车六十元。",
                "脚垫由车主自己取出来，洗完放回。",
                "水管用完关好，不得冲洗路面。",
                "冬天气温低于零度的日子不洗车。",
                "月卡一百八十元，可以洗十次。",
                "洗坏车漆的，由洗车房负责修补。",
                "本办法从三月起施行。",
            ),
            strict=True,
        )
    ),
]
MAIN_KEY = "aaaaaa"


class _Harness(VersionsHarness):
    """A knowledge with a shelf in ``folder``."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.path = folder
        self.broken = False
        self.operators: dict[str, Path] = {}
        self.beside = DocumentsBeside({}, self._make_one, lambda retriever, _: retriever)

    def _make_one(self, knowledge: Knowledge, _: Files) -> Retriever:
        if self.broken:
            raise MemoryError
        return Retriever(knowledge, shared_tokenizer())

    def added(self) -> AddedDocuments:
        folders = ShelfFolders(
            self.path,
            MAIN_KEY,
            document_key,
            self.beside.paths.get,
            self.beside.take,
            lambda key: self.beside.leave(key, self.operators.get(key)),
            3,
            self.beside.lock,
            REPLACED,
        )
        return AddedDocuments(self.library, folders, at_once)


def _bytes(lines: list[str]) -> bytes:
    return "\n".join(lines).encode()


async def _put(harness: _Harness) -> str:
    """Puts the document on the shelf; gives its key."""
    await harness.press(await harness.send("洗车房.txt", _bytes(POOL)), Wording.PUT_BESIDE)
    [key] = set(harness.library.documents) - {MAIN_KEY}
    return key


async def test_a_document_of_its_own_is_put_beside_the_main_one_with_one_tap(tmp_path: Path) -> None:
    harness = _Harness(tmp_path / "shelf")
    await harness.start()
    shown = await harness.send("洗车房.txt", _bytes(POOL))
    assert [choice.label for choice in shown.choices] == [Wording.PUT_BESIDE, Wording.INSTEAD, Wording.DISCARD]
    title = harness.library.main.knowledge.title
    put = await harness.press(shown, Wording.PUT_BESIDE)
    assert put.text.startswith(Wording.PUT.format(title="洗车房管理办法"))
    titles = [one.knowledge.title for one in harness.library.documents.values()]
    assert titles == [title, "洗车房管理办法"]
    assert harness.library.key == MAIN_KEY


async def test_what_was_put_on_the_shelf_is_there_after_a_restart(tmp_path: Path) -> None:
    harness = _Harness(tmp_path / "shelf")
    await harness.start()
    key = await _put(harness)
    again = with_added({MAIN: tmp_path / "knowledge"}, tmp_path / "shelf")
    assert [*again] == [document_key(tmp_path / "knowledge"), key]


async def test_a_new_edition_of_a_document_on_the_shelf_tells_exactly_what_changed(tmp_path: Path) -> None:
    harness = _Harness(tmp_path / "shelf")
    await harness.start()
    key = await _put(harness)
    main = harness.library.main.knowledge.source
    edition = [line.replace("二十五元", "二十八元") for line in POOL if "打蜡" not in line]
    asked = await harness.send("新洗车房.txt", _bytes(edition))
    assert "《洗车房管理办法》一样" in asked.text
    done = await harness.press(asked, Wording.IS_EDITION)
    assert Wording.PUT_EDITION.format(title="洗车房管理办法") in done.text
    assert ("改了 1 处：第二条" in done.text, "删去 1 处：第四条" in done.text, "新增" in done.text) == (
        True,
        True,
        False,
    )
    assert "二十八元" in harness.library.documents[key].knowledge.source
    assert harness.library.main.knowledge.source == main


async def test_it_can_be_taken_off_the_shelf_again(tmp_path: Path) -> None:
    harness = _Harness(tmp_path / "shelf")
    await harness.start()
    put = await harness.press(await harness.send("洗车房.txt", _bytes(POOL)), Wording.PUT_BESIDE)
    gone = await harness.press(put, Wording.TAKE_AWAY)
    assert gone.text == Wording.TAKEN_AWAY.format(title="洗车房管理办法")
    assert not harness.library.is_shelf
    assert list((tmp_path / "shelf").iterdir()) == []


async def test_an_edition_that_is_taken_off_brings_the_operators_document_back_and_that_is_said(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    own = tmp_path / "knowledge" / "洗车房管理办法"
    own.mkdir(parents=True)
    (own / "source.txt").write_bytes(_bytes(POOL))
    harness = _Harness(tmp_path / "shelf")
    await harness.start()
    key = document_key(own)
    harness.operators[key] = own
    read = harness.beside.take(key, own)
    assert read is not None
    harness.library.replace(key, read)
    asked = await harness.send("新洗车房.txt", _bytes([line.replace("二十五元", "二十八元") for line in POOL]))
    put = await harness.press(asked, Wording.IS_EDITION)
    with_added(harness.operators, tmp_path / "shelf")
    assert any("its own folder is not read" in record.message for record in caplog.records)
    gone = await harness.press(put, Wording.TAKE_AWAY)
    assert gone.text == Wording.TAKEN_BACK.format(title="洗车房管理办法")
    assert "二十五元" in harness.library.documents[key].knowledge.source


async def test_what_is_put_on_the_shelf_after_another_one_of_its_title_was_taken_off_inherits_nothing_from_that(
    tmp_path: Path,
) -> None:
    harness = _Harness(tmp_path / "shelf")
    await harness.start()
    before = await _put(harness)
    await harness.press(put_beside(Added(before, "")), Wording.TAKE_AWAY)
    assert await _put(harness) != before


async def test_two_documents_of_one_title_have_folders_of_their_own(tmp_path: Path) -> None:
    harness = _Harness(tmp_path / "shelf")
    await harness.start()
    await _put(harness)
    other = [POOL[0], "第一条 本店只洗摩托车。", "第二条 每辆收八元，现金或者刷卡。"]
    await harness.press(await harness.send("另一家.txt", _bytes(other)), Wording.PUT_BESIDE)
    assert len(harness.library.documents) == 3


async def test_a_full_shelf_says_so_and_stays_as_it_is(tmp_path: Path) -> None:
    harness = _Harness(tmp_path / "shelf")
    await harness.start()
    await _put(harness)
    for name in ("甲", "乙"):
        lines = [f"{name}号仓库守则", f"第一条 {name}号仓库夜里由{name}班看守。"]
        shown = await harness.send(f"{name}.txt", _bytes(lines))
        if name == "甲":
            await harness.press(shown, Wording.PUT_BESIDE)
    with pytest.raises(DocumentError, match="最多放 3 份") as refused:
        await harness.press(shown, Wording.PUT_BESIDE)
    assert str(refused.value) == Shelf.FULL.format(limit=3)
    assert len(harness.library.documents) == 3


def _files_in(folder: Path) -> dict[str, str]:
    return {str(one.relative_to(folder)): one.read_text() for one in sorted(folder.rglob("*")) if one.is_file()}


async def test_an_edition_that_cannot_be_served_leaves_the_document_and_its_files_as_they_were(tmp_path: Path) -> None:
    harness = _Harness(tmp_path / "shelf")
    await harness.start()
    key = await _put(harness)
    before = _files_in(tmp_path / "shelf")
    asked = await harness.send("新洗车房.txt", _bytes([line.replace("二十五元", "二十八元") for line in POOL]))
    harness.broken = True
    with pytest.raises(DocumentError, match=Shelf.NOT_SERVED):
        await harness.press(asked, Wording.IS_EDITION)
    assert _files_in(tmp_path / "shelf") == before
    assert "二十五元" in harness.library.documents[key].knowledge.source
    assert harness.beside.read_changed() == ()


async def test_two_taps_at_once_put_a_document_on_the_shelf_once(tmp_path: Path) -> None:
    harness = _Harness(tmp_path / "shelf")
    await harness.start()
    shown = await harness.send("洗车房.txt", _bytes(POOL))
    await asyncio.gather(*(harness.press(shown, Wording.PUT_BESIDE) for _ in range(2)))
    assert len(harness.library.documents) == 2


def test_an_edition_that_a_process_could_not_finish_gives_way_to_the_one_before_at_the_next_start(
    tmp_path: Path,
) -> None:
    for name in (f".one{REPLACED}", f".two{REPLACED}", "two", ".three.abcd"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "source.txt").write_text(name, encoding="utf-8")
    restore_replaced(tmp_path)
    found = with_added({MAIN: tmp_path / "knowledge"}, tmp_path)
    assert [path.name for path in found.values()] == ["knowledge", "one", "two"]
    assert _files_in(tmp_path) == {"one/source.txt": f".one{REPLACED}", "two/source.txt": "two"}
