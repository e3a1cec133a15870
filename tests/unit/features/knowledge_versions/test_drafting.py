"""/draft: the document that is served is given points, which an editor sees before anybody is answered by them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path

from bot.cache import FileCache
from bot.conversation.messages import Reply
from bot.drafting.language_model import EndpointSettings, ModelPhrasings, PassageRequest, PhrasingModel, Usage
from bot.features.knowledge_versions.drafting import DraftTools, KnowledgeDrafting, with_checksum
from bot.knowledge.files import GOLDEN_FILE, QUIZ_FILE, Files
from bot.wording import Drafting, DraftingInChat
from bot.wording import Versions as Wording
from tests.standin.language_model import phrasings, standin_model
from tests.unit.drafting.documents import RULE
from tests.unit.features.knowledge_versions.fixtures import VersionsHarness, incoming
from tests.unit.library import retriever_of


class Editor:
    """An editor who drafts. ``told``: what came of the bot's own accord."""

    def __init__(self, harness: VersionsHarness, model: PhrasingModel | None = None) -> None:
        self.harness = harness
        self.told: asyncio.Queue[Reply] = asyncio.Queue()
        tools = DraftTools(lambda knowledge, _: retriever_of(knowledge), self._tell, model, "models.example")
        self.drafting = KnowledgeDrafting(harness.context, tools)

    async def _tell(self, _: str, reply: Reply) -> bool:
        await self.told.put(reply)
        return True

    async def draft(self) -> Reply:
        return await self.drafting.begin("", incoming("/draft"))

    async def press(self, reply: Reply, label: str) -> Reply:
        action = next(choice.action for choice in reply.choices if choice.label == label)
        return await self.drafting.feature().buttons[action.removeprefix("a:")].handle("", incoming())


async def _harness(text: str = RULE) -> VersionsHarness:
    harness = VersionsHarness()
    harness.folder = Files({"阅览室管理办法.txt": text})
    return await harness.start()


async def test_a_draft_is_shown_with_its_figures_and_served_on_one_tap() -> None:
    harness = await _harness()
    shown = await Editor(harness).draft()
    assert "5 个要点" in shown.text
    assert "整理后答对" in shown.text
    assert harness.library.main.knowledge.points == ()
    await harness.press(shown, Wording.APPLY)
    served = harness.library.main.knowledge
    assert (len(served.points), len(served.golden) > 0) == (5, True)
    assert all(point.made for point in served.points)


async def test_a_draft_is_thrown_away_on_one_tap() -> None:
    harness = await _harness()
    shown = await Editor(harness).draft()
    await harness.press(shown, Wording.DISCARD)
    assert (harness.versions.number, harness.library.main.knowledge.points) == (1, ())


async def test_points_that_a_person_wrote_are_not_drafted_over() -> None:
    harness = await VersionsHarness().start()
    reply = await Editor(harness).draft()
    assert reply.text == DraftingInChat.BY_HAND.format(title=harness.library.main.knowledge.title)


async def test_an_old_button_does_not_draft_over_points_that_a_person_wrote_since() -> None:
    harness = await VersionsHarness().start()
    editor = Editor(harness)
    by_hand = DraftingInChat.BY_HAND.format(title=harness.library.main.knowledge.title)
    assert (await editor.drafting.by_patterns("", incoming())).text == by_hand


async def test_questions_that_a_person_wrote_are_not_drafted_over() -> None:
    quiz = "questions:\n- id: own\n  question: 每天几点开门？\n  right: 八点\n  wrong: [九点, 十点]\n"
    harness = VersionsHarness()
    harness.folder = Files({"source.txt": RULE, QUIZ_FILE: quiz})
    await harness.start()
    shown = await Editor(harness).draft()
    assert DraftingInChat.KEPT.format(files=QUIZ_FILE) in shown.text
    await harness.press(shown, Wording.APPLY)
    texts = harness.versions.served.content.base.texts
    assert (texts[QUIZ_FILE], GOLDEN_FILE in texts) == (quiz, True)


async def test_drafted_questions_that_somebody_edited_stay_at_the_next_draft() -> None:
    harness = await _harness()
    await harness.press(await Editor(harness).draft(), Wording.APPLY)
    edited = harness.versions.served.content.base.texts[GOLDEN_FILE] + "# mine\n"
    await harness.press(await harness.send(GOLDEN_FILE, edited), Wording.APPLY)
    assert (await Editor(harness).draft()).choices == ()  # nothing to apply
    assert harness.versions.served.content.base.texts[GOLDEN_FILE] == edited


async def test_drafted_questions_that_nobody_edited_are_replaced() -> None:
    harness = VersionsHarness()
    harness.folder = Files({"source.txt": RULE, QUIZ_FILE: with_checksum("questions: []\n")})
    await harness.start()
    await harness.press(await Editor(harness).draft(), Wording.APPLY)
    assert len(harness.library.main.knowledge.quiz_additions.questions) > 0


async def test_what_a_language_model_is_sent_is_said_before_it_is_asked_and_its_draft_comes_by_itself(
    tmp_path: Path,
) -> None:
    harness = await _harness()
    async with standin_model(lambda *_: phrasings("这一条管什么", "一趟能借走几册")) as endpoint:
        model = PhrasingModel(EndpointSettings(endpoint.url, "some-model"), FileCache(tmp_path))
        editor = Editor(harness, model)
        plan = await editor.draft()
        assert "models.example" in plan.text
        assert endpoint.asked == []
        begun = await editor.press(plan, DraftingInChat.WITH_MODEL)
        assert begun.choices[0].label == DraftingInChat.LOOK
        told = await editor.told.get()
        assert len(endpoint.asked) == 5
    assert "请求了语言模型 5 次" in told.text
    assert (await editor.press(begun, DraftingInChat.LOOK)).text == told.text
    await harness.press(told, Wording.APPLY)
    assert len(harness.library.main.knowledge.points) == 5


async def test_two_presses_at_once_begin_one_draft(tmp_path: Path) -> None:
    harness = await _harness()
    async with standin_model(lambda *_: phrasings("一趟能借走几册")) as endpoint:
        model = PhrasingModel(EndpointSettings(endpoint.url, "some-model"), FileCache(tmp_path))
        editor = Editor(harness, model)
        plan = await editor.draft()
        await asyncio.gather(*(editor.press(plan, DraftingInChat.WITH_MODEL) for _ in range(2)))
        await editor.told.get()
        drafts = [task for task in asyncio.all_tasks() if task.get_name() == "drafting"]
        await asyncio.gather(*drafts)
        assert (len(endpoint.asked), editor.told.qsize()) == (5, 0)


async def test_a_draft_that_could_not_begin_blocks_no_later_one(tmp_path: Path) -> None:
    harness = await VersionsHarness().start()  # with points by hand
    model = PhrasingModel(EndpointSettings("http://127.0.0.1:1", "m"), FileCache(tmp_path))
    editor = Editor(harness, model)
    for _ in range(2):
        reply = await editor.drafting.by_model("", incoming())
        assert reply.text == DraftingInChat.BY_HAND.format(title=harness.library.main.knowledge.title)


async def test_without_the_model_nothing_is_sent(tmp_path: Path) -> None:
    harness = await _harness()
    async with standin_model(lambda *_: phrasings("不该问到")) as endpoint:
        model = PhrasingModel(EndpointSettings(endpoint.url, "some-model"), FileCache(tmp_path))
        editor = Editor(harness, model)
        shown = await editor.press(await editor.draft(), DraftingInChat.PATTERNS_ALONE)
        assert endpoint.asked == []
    assert "5 个要点" in shown.text


async def test_an_endpoint_that_refuses_changes_nothing_and_is_told(tmp_path: Path) -> None:
    harness = await _harness()

    class Refusing(PhrasingModel):
        async def phrase(self, requests: Sequence[PassageRequest], told: Callable[[], object]) -> Usage:
            raise RuntimeError

        def known(self, request: PassageRequest) -> ModelPhrasings | None:
            return None

    editor = Editor(harness, Refusing(EndpointSettings("http://127.0.0.1:1", "m"), FileCache(tmp_path)))
    await editor.press(await editor.draft(), DraftingInChat.WITH_MODEL)
    assert (await editor.told.get()).text == DraftingInChat.FAILED
    assert harness.versions.number == 1


async def test_a_document_without_anything_to_draft_is_told() -> None:
    reply = await Editor(await _harness("好。\n")).draft()
    assert reply.text == Drafting.NOTHING
