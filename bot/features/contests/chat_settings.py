"""/settings: how a chat plays where nobody says otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Final, get_args

from pydantic import TypeAdapter

from bot.contests.request_parser import (
    LEAST_SECONDS,
    MAX_COUNT,
    MOST_SECONDS,
    PLAYABLE,
    TOGETHER,
    QuizRequest,
    wanted_of,
)
from bot.conversation.chat_permissions import ChatPermissions
from bot.conversation.messages import Choice, Code, Incoming, Part, Reply, say, with_topic_note
from bot.quiz.contest.state import Scoring
from bot.records.chats import QuizSettingsRecord, group_of, is_topic
from bot.wording import Contests as Words
from bot.wording import QuizSettings as Wording

if TYPE_CHECKING:
    from bot.storage.contests import ContestRepository


_ACTION: Final = "settings"
_VALUES: Final[Mapping[str, tuple[str, ...]]] = {
    "count": ("5", "10", "15", "20", "30"),
    "seconds": ("10", "15", "20", "30", "60"),
    "mode": PLAYABLE,
    "scoring": get_args(Scoring),
}
"""What can be set by a button, and to what; in words any number that can be played."""


async def usual_in(store: ContestRepository, chat: str) -> QuizRequest:
    """The contest that ``chat`` plays where nobody says otherwise. Raises StorageError.

    A topic that has no settings of its own has those of its group.
    """
    stored = await store.find_quiz_settings(chat)
    if stored is None and is_topic(chat):
        stored = await store.find_quiz_settings(group_of(chat))
    if stored is None:
        return QuizRequest()
    try:
        found = _wishes().validate_python(
            {"count": stored.count, "seconds": stored.seconds, "mode": stored.mode, "scoring": stored.scoring}
        )
    except ValueError:
        return QuizRequest()
    return found if found.is_possible and found.mode in PLAYABLE else QuizRequest()


def playable(usual: QuizRequest, *, is_private: bool) -> QuizRequest:
    """``usual`` where it can be played, else the plain contest; ``is_private``: one person is there."""
    return replace(usual, mode="contest") if is_private and usual.mode in TOGETHER else usual


class ChatQuizSettings:
    """The settings of all chats. ``permissions`` tells whether somebody may now set them."""

    def __init__(self, store: ContestRepository, permissions: ChatPermissions) -> None:
        self._store = store
        self._permissions = permissions

    async def settings(self, rest: str, incoming: Incoming) -> Reply:
        """Show a chat's settings, or change them to what ``rest`` says, if this person may. Raises StorageError."""
        usual = await self._usual(incoming)
        if not rest:
            return _here(_shown(usual, is_private=incoming.is_private), incoming)
        if not await self._permissions.may(_ACTION, rest, incoming):
            return say(Wording.ADMINS)
        wanted = wanted_of(rest, usual)
        if wanted.topic:
            return say(Wording.NOT_READ.format(mode=_example(is_private=incoming.is_private)))
        if incoming.is_private and wanted.mode in TOGETHER:
            return say(Words.ONLY_TOGETHER.format(mode=Words.TITLES[wanted.mode]))
        if not wanted.is_possible:
            return say(Wording.BAD_NUMBERS.format(count=MAX_COUNT, least=LEAST_SECONDS, most=MOST_SECONDS))
        await self._save(incoming.chat, wanted)
        return _here(say(Wording.CHANGED.format(usual=described(wanted))), incoming)

    async def press(self, rest: str, incoming: Incoming) -> Reply:
        """``<what>-<value>`` sets it, ``<what>`` offers its values, nothing shows all. Raises StorageError."""
        what, _, value = rest.partition("-")
        if what and (what not in _VALUES or value not in {"", *_VALUES[what]}):
            return Reply(toast=Words.GONE)
        if incoming.is_private and what == "mode" and value in TOGETHER:
            return Reply(toast=Words.ONLY_TOGETHER.format(mode=Words.TITLES[value]))
        if not await self._permissions.may(_ACTION, f"{what} {value}" if value else "", incoming):
            return Reply(toast=Wording.ADMINS)
        usual = await self._usual(incoming)
        if not what:
            return _here(replace(_shown(usual, is_private=incoming.is_private), edits_message=True), incoming)
        if not value:
            return replace(_offered(what, usual, is_private=incoming.is_private), edits_message=True)
        wanted = _wishes().validate_python({**_wishes().dump_python(usual), what: value})
        await self._save(incoming.chat, wanted)
        toast = Wording.CHANGED.format(usual=described(wanted))
        return _here(replace(_shown(wanted, is_private=incoming.is_private), toast=toast, edits_message=True), incoming)

    async def _usual(self, incoming: Incoming) -> QuizRequest:
        return playable(await usual_in(self._store, incoming.chat), is_private=incoming.is_private)

    async def _save(self, chat: str, wanted: QuizRequest) -> None:
        usual = wanted == QuizRequest() and not is_topic(chat)  # which in a topic is not what its group may have
        if usual:
            await self._store.delete_quiz_settings(chat)
        else:
            settings = QuizSettingsRecord(chat, wanted.count, wanted.seconds, wanted.mode, wanted.scoring)
            await self._store.save_quiz_settings(settings)


def _here(reply: Reply, incoming: Incoming) -> Reply:
    """``reply``; in a topic it says that its settings are that topic's alone."""
    return with_topic_note(reply, incoming.chat, Wording.TOPIC)


def described(wanted: QuizRequest) -> str:
    """How it is played, in one line."""
    return Wording.USUAL.format(**{what: _label(what, str(getattr(wanted, what))) for what in _VALUES})


def _example(*, is_private: bool) -> str:
    """A kind of contest that can be played here, as it is written."""
    return Words.TITLES["challenge" if is_private else "buzzer"]


def _shown(usual: QuizRequest, *, is_private: bool) -> Reply:
    choices = [Choice(Wording.CHANGE[what], Code.QUIZ.to(f"p-{what}")) for what in _VALUES]
    text = Part("text", Wording.SHOWN.format(usual=described(usual)))
    return Reply((text, Part("note", Wording.HOW.format(mode=_example(is_private=is_private)))), tuple(choices))


def _offered(what: str, usual: QuizRequest, *, is_private: bool) -> Reply:
    values = [value for value in _VALUES[what] if not (is_private and value in TOGETHER)]
    choices = [Choice(_label(what, value), Code.QUIZ.to(f"p-{what}-{value}")) for value in values]
    text = Wording.NOW.format(value=_label(what, str(getattr(usual, what))))
    return Reply((Part("text", text),), (*choices, Choice(Wording.BACK, Code.QUIZ.to("p"))))


def _label(what: str, value: str) -> str:
    match what:
        case "mode":
            return Words.TITLES[value]
        case "scoring":
            return Wording.SCORINGS[value]
        case _:
            return Wording.UNITS[what].format(value=value)


@cache
def _wishes() -> TypeAdapter[QuizRequest]:
    return TypeAdapter(QuizRequest)
