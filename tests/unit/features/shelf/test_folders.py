"""The documents beside the main one: found in folders, read, and read again when their files change."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

from bot.config import Settings
from bot.features.shelf.folders import (
    MAX_DOCUMENTS,
    DocumentsBeside,
    document_key,
    documents_in,
    main_document,
    with_added,
)
from bot.knowledge.files import Files
from bot.knowledge.load import validate_folder
from bot.knowledge.model import Knowledge
from bot.library import MAIN, Library
from bot.retrieval.index.tokenizer import shared_tokenizer
from bot.retrieval.retriever import Retriever
from bot.wiring import open_library
from tests.unit.drafting.documents import knowledge_of

T = TypeVar("T")


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    for name, text in (
        ("canteen", "食堂管理办法\n午饭十一点半开始。\n"),
        ("library", "阅览室管理办法\n每天八点开门。\n"),
    ):
        (tmp_path / name).mkdir()
        (tmp_path / name / "source.txt").write_text(text, encoding="utf-8")
    return tmp_path


def _make(knowledge: Knowledge, _: Files) -> Retriever:
    return Retriever(knowledge, shared_tokenizer())


def _beside(paths: dict[str, Path]) -> DocumentsBeside:
    return DocumentsBeside(paths, _make, lambda retriever, _: retriever)


async def _here(work: Callable[[], T]) -> T:
    return work()


def test_each_folder_of_a_folder_is_a_document_under_a_key_of_its_name(shelf: Path) -> None:
    found = documents_in(shelf)
    assert [path.parent.name for path in found.values()] == ["canteen", "library"]
    assert document_key(shelf / "canteen" / "source.txt") in found


def test_one_document_is_no_shelf_and_neither_is_a_folder_without_any(shelf: Path, tmp_path: Path) -> None:
    assert documents_in(shelf / "canteen") == {MAIN: shelf / "canteen"}
    assert documents_in(tmp_path / "none") == {MAIN: tmp_path / "none"}


def test_a_shelf_has_a_limit(tmp_path: Path) -> None:
    for number in range(MAX_DOCUMENTS + 2):
        (tmp_path / f"{number:02}").mkdir()
        (tmp_path / f"{number:02}" / "a.txt").write_text("一句话。", encoding="utf-8")
    assert len(documents_in(tmp_path)) == MAX_DOCUMENTS


def test_the_main_document_is_the_one_that_was_or_whose_files_were_served_last(shelf: Path) -> None:
    documents = documents_in(shelf)
    canteen, library = documents
    digest = validate_folder(documents[library]).files.digest
    assert main_document(documents, documents, "", "") == canteen
    assert main_document(documents, documents, "", digest) == library
    assert main_document(documents, documents, canteen, digest) == canteen
    assert main_document(documents, documents, "gone00", "other") == canteen


@pytest.mark.parametrize("chosen", ["", "added"])
def test_what_an_editor_added_never_is_the_main_document_while_the_operators_folder_is_broken(
    tmp_path: Path, chosen: str
) -> None:
    operators, added = tmp_path / "knowledge", tmp_path / "shelf"
    operators.mkdir()
    (added / "canteen").mkdir(parents=True)
    (added / "canteen" / "source.txt").write_text("食堂管理办法\n午饭十一点半开始。\n", encoding="utf-8")
    own = documents_in(operators)
    documents = with_added(own, added)
    before = document_key(added / "canteen") if chosen else ""
    assert main_document(documents, own, before, "") == document_key(operators)


def test_the_command_line_knows_what_was_put_on_the_shelf_from_a_chat(shelf: Path, tmp_path: Path) -> None:
    (tmp_path / "data" / "shelf").mkdir(parents=True)
    (shelf / "library").rename(tmp_path / "data" / "shelf" / "library")
    library = open_library(Settings(knowledge_dir=shelf / "canteen", data_dir=tmp_path / "data", meaning=False))
    assert [*library.titles.values()] == ["食堂管理办法", "阅览室管理办法"]


def test_a_document_that_cannot_be_served_is_left_out(shelf: Path) -> None:
    (shelf / "canteen" / "points.yaml").write_text("points: [", encoding="utf-8")
    documents = documents_in(shelf)
    beside = _beside(documents)
    beside.read()
    assert [*beside.retrievers] == [key for key, path in documents.items() if "library" in str(path)]


def test_a_folder_with_two_documents_takes_nothing_but_itself_off_the_shelf(shelf: Path) -> None:
    library = document_key(shelf / "library")
    (shelf / "canteen" / "source.txt").rename(shelf / "canteen" / "a.txt")
    (shelf / "canteen" / "b.txt").write_text("又一份文件。\n", encoding="utf-8")
    documents = documents_in(shelf)
    beside = _beside(documents)
    beside.read()
    assert (len(documents), [*beside.retrievers]) == (2, [library])
    assert main_document(documents, documents, "", "") == library
    (shelf / "canteen" / "b.txt").unlink()  # mended: served without a restart
    assert beside.read_changed() == (document_key(shelf / "canteen"),)


def test_a_document_that_nothing_can_be_made_of_is_left_out(shelf: Path) -> None:
    def make(knowledge: Knowledge, files: Files) -> Retriever:
        if "食堂" in knowledge.source:
            raise ValueError
        return _make(knowledge, files)

    beside = DocumentsBeside(documents_in(shelf), make, lambda retriever, _: retriever)
    beside.read()
    assert [*beside.retrievers] == [document_key(shelf / "library")]


def test_a_document_that_is_taken_away_while_others_are_read_anew_ends_nothing(shelf: Path) -> None:
    canteen, library = documents_in(shelf)
    beside: DocumentsBeside

    def make(knowledge: Knowledge, files: Files) -> Retriever:
        if "食堂" in knowledge.source:
            beside.leave(library, None)
        return _make(knowledge, files)

    beside = DocumentsBeside(documents_in(shelf), make, lambda retriever, _: retriever)
    assert beside.read_changed() == (canteen,)
    assert [*beside.paths] == [canteen]


async def test_what_changes_in_a_folder_is_answered_without_a_restart(shelf: Path) -> None:
    documents = documents_in(shelf)
    beside = _beside(documents)
    beside.read()
    library = Library(Retriever(knowledge_of("别的文件\n一句话。\n"), shared_tokenizer()), beside.retrievers)
    key = document_key(shelf / "canteen" / "source.txt")
    looks = 0

    async def sleep(_: float) -> None:
        nonlocal looks
        looks += 1
        if looks == 1:
            source = shelf / "canteen" / "source.txt"
            source.write_text("食堂管理办法\n午饭十二点开始。\n", encoding="utf-8")
            os.utime(source, ns=(1, 1))
        if looks == 3:
            raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        await beside.follow(library, _here, sleep=sleep)
    assert "十二点" in library.documents[key].knowledge.source
