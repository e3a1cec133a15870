"""Several documents in one conversation: chosen by chat, asked apart, and offered where the one read says nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.access.roles import RolePolicy
from bot.chats.chosen_documents import ChosenDocuments
from bot.conversation.messages import Incoming, Reply, untagged
from bot.conversation.router import Router
from bot.features.answers.null_store import NullStore
from bot.knowledge.files import POINTS_FILE, Files
from bot.knowledge.load import require_servable, validate_files
from bot.library import Library
from bot.records.contests import SettingRecord
from bot.records.feedback import Feedback, Miss
from bot.retrieval.index.tokenizer import shared_tokenizer
from bot.retrieval.retriever import Retriever
from bot.retrieval.source.source_judge import SourceJudgement
from bot.retrieval_factory import foreign_questions
from bot.storage.store import SqlStore
from bot.wiring import make_router
from bot.wording import Shelf as Wording
from tests.unit.drafting.documents import knowledge_of

NOW = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
READING, CANTEEN = "aaaaaa", "bbbbbb"
READING_TEXT = "阅览室管理办法\n第一条 每人每次可以借5册。\n第二条 丢书按定价的2倍赔偿。\n第三条 每天八点开门。\n"
CANTEEN_TEXT = "食堂管理办法\n第一条 午饭十一点半开始。\n第二条 打碎一只碗交10元。\n第三条 周末不供早饭。\n"


def _retriever(title: str, source: str, quote: str, asked: str) -> Retriever:
    points = (
        f'title: {title}\nsource: source.txt\nsections:\n  - {{id: "0", title: 全文}}\npoints:\n  - id: first\n'
        f'    title: {title}的第一条\n    section: "0"\n    quote: {quote}\n    questions: [{asked}]\n'
    )
    files = Files({POINTS_FILE: points, "source.txt": source})
    return Retriever(require_servable(validate_files(files)), shared_tokenizer())


def _library() -> Library:
    reading, canteen = (
        Retriever(knowledge_of(text), shared_tokenizer(), None, foreign_questions())
        for text in (READING_TEXT, CANTEEN_TEXT)
    )
    return Library(reading, {CANTEEN: canteen}, READING)


def library_of_points() -> Library:
    """Two documents whose points have the same id."""
    reading = _retriever("阅览室管理办法", READING_TEXT, "每人每次可以借5册。", "一次能借几本书")
    canteen = _retriever("食堂管理办法", CANTEEN_TEXT, "午饭十一点半开始。", "中午几点开饭")
    return Library(reading, {CANTEEN: canteen}, READING)


class _Chat:
    """A conversation of one person."""

    def __init__(self, router: Router, person: str = "telegram:1") -> None:
        self._router = router
        self._person = person

    async def drain(self) -> None:
        """Wait for what is on its way to the store."""
        await self._router.drain()

    async def say(self, text: str = "", *, action: str = "", chat: str = "", answer: str = "") -> Reply:
        incoming = Incoming(
            self._person, chat or self._person, text=text, action=action, is_private=not chat, answer=answer
        )
        return await self._router.handle(incoming)


class _Kept(NullStore):
    """Keeps in memory what was missed and judged."""

    def __init__(self) -> None:
        self.misses: list[Miss] = []
        self.judged: list[Feedback] = []

    async def save_miss(self, miss: Miss) -> None:
        self.misses.append(miss)

    async def save_feedback(self, feedback: Feedback) -> None:
        self.judged.append(feedback)


def _router(store: SqlStore, library: Library, *, host: bool = False, kept: NullStore | None = None) -> Router:
    async def may(_action: str, _wanted: str, incoming: Incoming) -> bool:
        return host or incoming.is_private

    null = kept or NullStore()
    choices = ChosenDocuments(store.contests)
    return make_router(
        library, null, lambda: NOW, "run", rights=RolePolicy((), null), audit=null, choices=choices, may_choose=may
    )


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqlStore]:
    opened = await SqlStore.open(f"sqlite+aiosqlite:///{tmp_path}/bot.sqlite3")
    yield opened
    await opened.close()


@pytest.fixture
def library() -> Library:
    return _library()


@pytest.fixture
def chat(store: SqlStore, library: Library) -> _Chat:
    return _Chat(_router(store, library))


async def test_the_books_are_listed_with_the_one_that_is_read(chat: _Chat) -> None:
    all_of_them = await chat.say("书架")
    assert Wording.ALL.format(count=2) in all_of_them.parts[0].text
    assert [choice.label for choice in all_of_them.choices] == ["《阅览室管理办法》", "《食堂管理办法》"]
    await chat.say("1")
    one = await chat.say("书架")
    assert "《阅览室管理办法》" in one.parts[0].text
    labels = [Wording.READING.format(title="阅览室管理办法"), "《食堂管理办法》", Wording.ALL_BUTTON]
    assert [choice.label for choice in one.choices] == labels


async def test_who_chose_nothing_is_answered_by_the_book_that_a_question_is_about(chat: _Chat) -> None:
    for question, title, words in (
        ("打碎一只碗交多少", "食堂管理办法", "10元"),
        ("每人每次可以借几册", "阅览室管理办法", "借5册"),
    ):
        reply = await chat.say(question)
        assert reply.parts[0].text == Wording.FROM.format(title=title)
        assert words in reply.text


async def test_a_follow_up_stays_with_the_book_of_the_answer_before(chat: _Chat) -> None:
    await chat.say("食堂管理办法第二条是什么")
    assert "周末不供早饭" in (await chat.say("下一条呢")).text
    await chat.say("阅览室管理办法第二条是什么")
    assert "八点开门" in (await chat.say("下一条呢")).text


@pytest.mark.parametrize(("question", "key"), [("打碎一只碗交多少", CANTEEN), ("每人每次可以借几册", READING)])
async def test_a_reaction_is_to_the_answer_of_the_book_before_and_denies_nothing(
    chat: _Chat, question: str, key: str
) -> None:
    await chat.say(question)
    for reaction in ("真的吗", "为什么"):
        reply = await chat.say(reaction)
        assert reply.verdict is not None
        assert (reply.verdict.kind, len(reply.verdict.matches), reply.document) == ("chat", 1, key), reaction


@pytest.mark.parametrize("again", ["再说一遍", "上一个问题的答案再讲一遍"])
async def test_the_last_answer_is_said_again_from_its_book(chat: _Chat, again: str) -> None:
    await chat.say("打碎一只碗交多少")
    assert "10元" in (await chat.say(again)).text


async def test_the_answer_before_the_last_is_said_again_from_its_own_book(chat: _Chat) -> None:
    await chat.say("打碎一只碗交多少")
    await chat.say("每人每次可以借几册")
    assert "10元" in (await chat.say("我第一个问题的答案再说一遍")).text


async def test_an_article_without_a_title_is_that_of_the_book_asked_last(chat: _Chat) -> None:
    assert "八点开门" in (await chat.say("第三条是什么")).text
    await chat.say("打碎一只碗交多少")
    assert "周末不供早饭" in (await chat.say("第三条是什么")).text


async def test_why_is_explained_by_the_book_that_answers_what_is_typed_behind_it(chat: _Chat) -> None:
    await chat.say("每人每次可以借几册")
    assert "打碎一只碗交10元" in (await chat.say("/why 打碎一只碗交多少")).text
    assert "可以借5册" in (await chat.say("/why")).text


async def test_why_below_an_answer_is_explained_by_the_book_that_gave_it(chat: _Chat) -> None:
    shown = await chat.say("打碎一只碗交多少")
    answer = untagged(next(tool.action for tool in shown.tools if tool.action.startswith("u:")))[0].removeprefix("u:")
    await chat.say("每人每次可以借几册")
    why = await chat.say("/why", answer=answer)
    assert "打碎一只碗交10元" in why.text


async def test_what_was_asked_of_all_books_is_compared_once_for_everybody(
    store: SqlStore, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[str] = []
    ask_source = Retriever.ask_source

    def counted(self: Retriever, text: str) -> SourceJudgement:
        compared.append(text)
        return ask_source(self, text)

    monkeypatch.setattr(Retriever, "ask_source", counted)
    router = _router(store, library)
    replies = [await _Chat(router, person).say("打碎一只碗交多少") for person in ("telegram:1", "telegram:2")]
    assert compared == ["打碎一只碗交多少"] * 2  # of either book
    assert replies[0].parts == replies[1].parts


async def test_of_two_questions_in_a_message_each_is_answered_by_its_own_book(chat: _Chat) -> None:
    reply = await chat.say("打碎一只碗交多少？每人每次可以借几册？")
    assert ("10元" in reply.text, "借5册" in reply.text) == (True, True)


async def test_what_is_nowhere_is_said_of_all_books(chat: _Chat) -> None:
    assert Wording.NOWHERE.format(count=2) in (await chat.say("地铁几号线最挤")).text


async def test_two_books_that_answer_are_both_shown_the_better_one_first(store: SqlStore) -> None:
    pool = "泳池须知\n第一条 停卡的，到前台填写申请单，押金三日内退还。\n第二条 进池以前淋浴。\n"
    gym = "健身房须知\n第一条 停卡的，到前台填写申请单，押金七日内退还。\n第二条 器械用完归位。\n"
    first, second = (Retriever(knowledge_of(text), shared_tokenizer()) for text in (pool, gym))
    chat = _Chat(_router(store, Library(first, {CANTEEN: second}, READING)))
    both = await chat.say("停卡的到前台填写什么")
    notes = [part.text for part in both.parts if part.kind == "note"]
    assert sorted(notes) == [Wording.FROM.format(title=title) for title in ("健身房须知", "泳池须知")]
    assert ("三日内" in both.text, "七日内" in both.text) == (True, True)


async def test_several_books_are_chosen_by_their_numbers_and_all_of_them_by_a_word(store: SqlStore) -> None:
    texts = (READING_TEXT, CANTEEN_TEXT, "车棚管理办法\n第一条 电动车每晚收2元。\n")
    main, *beside = (Retriever(knowledge_of(text), shared_tokenizer()) for text in texts)
    chat = _Chat(_router(store, Library(main, dict(zip((CANTEEN, "cccccc"), beside, strict=True)), READING)))
    chosen = await chat.say("书架 2 3")
    assert "《食堂管理办法》、《车棚管理办法》" in chosen.text
    assert "10元" in (await chat.say("打碎一只碗交多少")).text
    assert "2元" in (await chat.say("电动车每晚收多少")).text
    offered = await chat.say("每人每次可以借几册")
    assert Wording.ELSEWHERE.format(title="阅览室管理办法") in offered.text
    assert Wording.ALL.format(count=3) in (await chat.say("书架 全部")).text
    assert "借5册" in (await chat.say("每人每次可以借几册")).text


async def test_the_book_before_is_read_as_well_with_one_tap(chat: _Chat) -> None:
    await chat.say("/books 食堂")
    chosen = await chat.say("/books 阅览室")
    together = next(choice for choice in chosen.choices if choice.label.startswith("和"))
    await chat.say(action=together.action)
    assert "10元" in (await chat.say("打碎一只碗交多少")).text
    assert "借5册" in (await chat.say("每人每次可以借几册")).text


async def test_questions_go_to_the_book_that_was_chosen_until_another_one_is(chat: _Chat) -> None:
    await chat.say("/books 阅览室")
    assert "借5册" in (await chat.say("每人每次可以借几册")).text
    await chat.say("书架")
    chosen = await chat.say("2")
    assert chosen.parts[0].text == Wording.CHOSEN.format(title="食堂管理办法")
    assert "10元" in (await chat.say("打碎一只碗交多少")).text
    assert "食堂管理办法" in (await chat.say("/start")).text
    await chat.say(action=chosen.choices[0].action)
    assert "借5册" in (await chat.say("每人每次可以借几册")).text


async def test_what_was_chosen_lasts_and_holds_for_that_chat_alone(
    chat: _Chat, store: SqlStore, library: Library
) -> None:
    await chat.say("/books 食堂")
    after_a_restart = _router(store, library)
    assert "10元" in (await _Chat(after_a_restart).say("打碎一只碗交多少")).text
    assert "借5册" in (await _Chat(after_a_restart, "telegram:2").say("每人每次可以借几册")).text


async def test_an_answer_says_of_which_book_it_is(chat: _Chat) -> None:
    assert (await chat.say("每人每次可以借几册")).parts[0].text == Wording.FROM.format(title="阅览室管理办法")


async def test_what_the_book_does_not_say_and_another_one_does_is_offered(chat: _Chat) -> None:
    await chat.say("/books 阅览室")
    declined = await chat.say("打碎一只碗交多少")
    assert declined.verdict is not None
    assert declined.verdict.kind == "decline"
    assert Wording.ELSEWHERE.format(title="食堂管理办法") in declined.text
    there = await chat.say(action=declined.choices[0].action)
    assert "10元" in there.text
    assert there.choices[-1].label == Wording.BACK.format(title="阅览室管理办法")
    assert "10元" in (await chat.say("打碎一只碗交多少")).text  # that one is read from then on


async def test_what_no_book_says_is_offered_nowhere(chat: _Chat) -> None:
    await chat.say("/books 阅览室")
    declined = await chat.say("地铁几号线最挤")
    assert Wording.ELSEWHERE.format(title="食堂管理办法") not in declined.text


async def test_the_same_id_in_two_books_shows_what_stands_on_the_button(store: SqlStore) -> None:
    chat = _Chat(_router(store, library_of_points()))
    await chat.say("/books 食堂")
    shown = await chat.say("中午几点开饭")
    context = next(tool for tool in shown.tools if tool.action.startswith("c:"))
    await chat.say("/books 阅览室")
    assert "十一点半" in (await chat.say(action=context.action)).text
    assert "借5册" in (await chat.say(action="p:first")).text


@pytest.mark.parametrize("beside", [True, False])
async def test_a_button_of_a_book_that_is_gone_shows_no_other_ones_passage(store: SqlStore, beside: bool) -> None:
    library = library_of_points()
    chat = _Chat(_router(store, library if beside else Library(library.main)))
    for action in ("p:first_cccccc", "c:first_cccccc"):
        reply = await chat.say(action=action)
        assert (reply.toast, reply.parts) == (Wording.GONE, ())


async def test_what_is_missed_asked_and_judged_is_kept_with_its_book(store: SqlStore) -> None:
    kept = _Kept()
    chat = _Chat(_router(store, _library(), kept=kept))
    for book, question in (("阅览室", "每人每次可以借几册"), ("食堂", "打碎一只碗交多少")):
        await chat.say(f"/books {book}")
        shown = await chat.say(question)
        await chat.say(action=next(tool.action for tool in shown.tools if tool.action.startswith("d:")))
        await chat.say("地铁几号线最挤")
    await chat.drain()
    assert [(one.question, one.document) for one in kept.misses] == [
        ("地铁几号线最挤", ""),
        ("地铁几号线最挤", CANTEEN),
    ]
    assert [(one.question, one.document) for one in kept.judged] == [
        ("每人每次可以借几册", ""),
        ("打碎一只碗交多少", CANTEEN),
    ]


async def test_a_number_picks_of_the_book_that_offered_it(store: SqlStore) -> None:
    chat = _Chat(_router(store, library_of_points()))
    await chat.say("/books 食堂")
    examples = await chat.say("/start")
    await chat.say("/books 阅览室")
    await chat.say(action=examples.choices[0].action)
    await chat.say("/start")
    assert "借5册" in (await chat.say("1")).text


async def test_in_a_group_only_those_who_may_choose_do(store: SqlStore, library: Library) -> None:
    group = "telegram:-5"
    member = _Chat(_router(store, library))
    assert (await member.say("/books 食堂", chat=group)).text == Wording.ADMINS
    head = _Chat(_router(store, library, host=True))
    await head.say("/books 阅览室", chat=group)
    member = _Chat(_router(store, library))
    declined = await member.say("/ask 打碎一只碗交多少", chat=group)
    assert "10元" in (await member.say(action=declined.choices[0].action, chat=group)).text
    assert "借5册" in (await member.say("/ask 每人每次可以借几册", chat=group)).text
    await head.say("/books 食堂", chat=group)
    assert "10元" in (await head.say("/ask 打碎一只碗交多少", chat=f"{group}:7")).text


async def test_one_book_alone_has_no_marks(store: SqlStore) -> None:
    alone = Library(_library().main)
    chat = _Chat(_router(store, alone))
    assert (await chat.say("书架")).text == Wording.ONE.format(title="阅览室管理办法")
    shown = await chat.say("每人每次可以借几册")
    assert shown.document == ""
    assert all("_" not in tool.action for tool in shown.tools if tool.action.startswith("c:"))


async def test_a_book_that_is_gone_from_the_shelf_gives_way_to_the_main_one(store: SqlStore, library: Library) -> None:
    await store.contests.save(SettingRecord("telegram:1", "document", "cccccc"))
    chat = _Chat(_router(store, library))
    assert "借5册" in (await chat.say("每人每次可以借几册")).text
    assert "《阅览室管理办法》" in (await chat.say(action="b:cccccc")).parts[0].text


async def test_a_program_names_the_book_in_its_message(store: SqlStore, library: Library) -> None:
    router = _router(store, library)
    incoming = Incoming("api:1", "api:1", text="打碎一只碗交多少")
    reply = await router.handle(replace(incoming, document_key=CANTEEN))
    assert ("10元" in reply.text, reply.document) == (True, CANTEEN)
