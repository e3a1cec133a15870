"""The index of a long document is opened at the next start, not built; a file that is damaged is built anew."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any

import pytest

from bot.config import Settings
from bot.knowledge.files import Files
from bot.retrieval.index.tokenizer import shared_tokenizer
from bot.retrieval.retriever import Retriever
from bot.retrieval_cache import MAX_FILES, RetrieverCache, key_of
from bot.retrieval_factory import RetrieverFactory
from tests.unit.drafting.documents import knowledge_of

TEXT = "船坞守则\n第一条 船坞每天七点开门。\n第二条 缆绳每季检查一次。\n第三条 弄丢救生衣的赔三百元。\n"
QUESTIONS = (
    "船坞每天几点开门",
    "第二条是什么",
    "救生衣丢了赔多少",
    "一共几条",
    "缆绳多久检查",
    "地铁几号线最挤",
    "你好",
)


def _retriever() -> Retriever:
    return Retriever(knowledge_of(TEXT), shared_tokenizer())


def _cache(folder: Path) -> RetrieverCache:
    return RetrieverCache(folder, shared_tokenizer())


def test_what_was_stored_answers_as_what_was_built(tmp_path: Path) -> None:
    built = _retriever()
    built.ask("船坞几点开门呀")  # what it remembers is no part of it
    _cache(tmp_path / "cache").save("one", built)
    opened = _cache(tmp_path / "cache").load("one")
    assert opened is not None
    assert [opened.ask(question) for question in QUESTIONS] == [built.ask(question) for question in QUESTIONS]
    assert opened.words("船坞守则") == built.words("船坞守则")


def test_what_was_never_stored_is_not_there_and_nothing_is_said(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert _cache(tmp_path / "cache").load("one") is None
    assert [record for record in caplog.records if record.levelname == "WARNING"] == []


@pytest.mark.parametrize("harm", ["flipped", "cut", "empty", "foreign", "another thing"])
def test_a_damaged_or_foreign_file_is_not_used_and_told_in_one_line(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, harm: str
) -> None:
    cache = _cache(tmp_path / "cache")
    cache.save("one", _retriever())
    [file] = (tmp_path / "cache").iterdir()
    data = file.read_bytes()
    other = b"\x80\x05N."  # a pickle of nothing
    head = data[: data.index(b"\n") + 1]
    file.write_bytes(
        {
            "flipped": data[:-9] + bytes([data[-9] ^ 1]) + data[-8:],
            "cut": data[: len(data) // 2],
            "empty": b"",
            "foreign": b"PK" + data[2:],
            "another thing": head + hashlib.sha256(other).digest() + other,
        }[harm]
    )
    assert cache.load("one") is None
    warned = [record.message for record in caplog.records if record.levelname == "WARNING"]
    assert [message.startswith("the stored index") for message in warned] == [True]
    cache.save("one", _retriever())
    assert cache.load("one") is not None


def test_nothing_is_read_from_a_folder_that_others_may_write(tmp_path: Path) -> None:
    cache = _cache(tmp_path / "cache")
    cache.save("one", _retriever())
    (tmp_path / "cache").chmod(0o777)
    assert cache.load("one") is None


def test_the_oldest_files_go_if_there_are_too_many(tmp_path: Path) -> None:
    cache, built = _cache(tmp_path / "cache"), _retriever()
    for number in range(MAX_FILES + 2):
        cache.save(f"{number:02}", built)
    assert len(list((tmp_path / "cache").iterdir())) == MAX_FILES


def test_what_was_opened_lately_stays_and_what_was_used_longest_ago_goes(tmp_path: Path) -> None:
    cache, built = _cache(tmp_path / "cache"), _retriever()
    for number in range(MAX_FILES):
        cache.save(f"{number:02}", built)
        os.utime(tmp_path / "cache" / f"index-{number:02}", (number, number))
    assert cache.load("00") is not None
    cache.save("new", built)
    assert (cache.load("00") is None, cache.load("01") is None) == (False, True)


def test_what_cannot_be_packed_is_served_all_the_same(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    built = _retriever()
    vars(built)["unpackable"] = lambda: None
    _cache(tmp_path / "cache").save("one", built)
    assert any(record.message.startswith("an index is not stored") for record in caplog.records)


def test_a_key_tells_documents_weights_and_their_order_apart() -> None:
    keys = [key_of("a", "b"), key_of("b", "a"), key_of("ab", ""), key_of("a", "b", None)]
    assert len(set(keys)) == len(keys)
    assert key_of("a", "b") == keys[0]


def test_a_long_document_is_built_once_and_opened_from_then_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.retrieval_factory.STORED_FROM", 10)
    settings = Settings(data_dir=tmp_path, meaning=False)
    knowledge, files = knowledge_of(TEXT), Files({"source.txt": TEXT})
    RetrieverFactory(settings).make(knowledge, files)
    built: list[object] = []
    made = Retriever.__init__

    def counted(self: Retriever, *arguments: Any, **options: Any) -> None:
        built.append(self)
        made(self, *arguments, **options)

    monkeypatch.setattr(Retriever, "__init__", counted)
    opened = RetrieverFactory(settings).make(knowledge, files)
    assert (opened.ask(QUESTIONS[1]).kind, built) == ("answer", [])
    RetrieverFactory(settings).make(knowledge, Files({"source.txt": TEXT, "quiz.yaml": "questions: []"}))
    assert len(built) == 1
