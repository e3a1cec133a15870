"""What a chat does by itself is done with the document that it reads."""

from __future__ import annotations

from bot.chats.chosen_documents import ChosenDocuments, reading_chosen
from bot.library import Library
from tests.unit.features.contests.fake_store import FakeQuizStore
from tests.unit.library import retriever


async def test_a_chat_reads_what_it_chose_and_others_the_main_document() -> None:
    library = Library(retriever(), {"tea": retriever()}, key="talk")
    choices = ChosenDocuments(FakeQuizStore())
    await choices.choose("test:group", "tea")
    read = []
    for chat in ("test:group", "test:group:7", "test:other"):
        async with reading_chosen(library, choices, chat):
            read.append(library.reading_key)
    assert read == ["tea", "tea", "talk"]
    assert library.reading_key == "talk"


async def test_what_a_member_chose_is_forgotten_with_the_member() -> None:
    store = FakeQuizStore()
    choices = ChosenDocuments(store)
    await choices.choose("test:ann", "tea")
    await choices.forget("test:ann")
    await store.delete_member("test:ann")
    assert await choices.of("test:ann") == ""
