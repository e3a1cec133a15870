"""The one entrance to the conversation: ``Chat.handle(incoming)`` → ``Reply``."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Literal

from bot import wording
from bot.chat import replies
from bot.chat.actions import Action, parse_action
from bot.chat.administering.desk import Desk
from bot.chat.answers import Answers, feedback_key
from bot.chat.commands import ADMIN_COMMANDS, Command, command_of
from bot.chat.counting import Counting
from bot.chat.dialogues import MAX_QUESTIONS, Dialogue, Dialogues
from bot.chat.explaining import why
from bot.chat.messages import Incoming, Reply
from bot.chat.misses import Misses
from bot.chat.ports import Clock, Feedback, Miss, Store
from bot.chat.quizzing import Quizzing
from bot.errors import StorageError, UnknownPointError, UnknownSectionError
from bot.knowledge.model import Point
from bot.retrieval.retriever import Retriever
from bot.retrieval.verdict import Verdict

_log = logging.getLogger(__name__)
PROBED = 3  # points that are tried before the bot counts as broken


class Library:
    """What is served now. A reload will swap the one reference; whoever holds a Retriever keeps it to the end."""

    def __init__(self, current: Retriever) -> None:
        self.current = current


class Chat:
    """The conversation. It knows no channel: keys of persons and chats are opaque to it."""

    def __init__(
        self,
        library: Library,
        store: Store,
        clock: Clock,
        run_id: str,
        *,
        quizzing: Quizzing | None = None,
        desk: Desk | None = None,
        counting: Counting | None = None,
    ) -> None:
        self.library = library
        self._store = store
        self._misses = Misses(store)
        self._probes = 0
        self._clock = clock
        self._dialogues = Dialogues()
        self._answers = Answers(run_id)
        self._quizzing = quizzing
        self._desk = desk
        self._counting = counting

    async def handle(self, incoming: Incoming) -> Reply:
        """The reply to ``incoming``. Never raises: what goes wrong is logged and told with the request's id."""
        try:
            return await self._handle(incoming)
        except (UnknownPointError, UnknownSectionError) as error:
            return replies.say(str(error))
        except Exception:
            _log.exception("request failed", extra={"request_id": incoming.request_id})
            return replace(replies.say(wording.FAILED.format(request_id=incoming.request_id)), failed=True)

    def works(self) -> bool:
        """Whether what the document answers is found now: a few points are asked for in words of their own."""
        self._probes += 1
        retriever = self.library.current
        points = retriever.knowledge.points
        before = f"zq{self._probes:x}"  # no question was ever asked after this one: nothing remembered can answer
        return any(
            retriever.ask(_own_words(point), (before,)).kind in {"answer", "suggest"}
            for point in points[:: max(len(points) // PROBED, 1)]
        )

    async def _handle(self, incoming: Incoming) -> Reply:
        retriever = self.library.current
        now = self._clock()
        dialogue = Dialogue(now) if incoming.preview else self._dialogues.get(incoming.chat, incoming.person, now)
        if self._desk is not None and not incoming.preview:
            done = await self._desk.handle(incoming)
            if done is not None:
                dialogue.offers(done)
                return done
        if self._quizzing is not None and not incoming.preview:
            played = None if _picks(dialogue, incoming, self._quizzing) else await self._quizzing.handle(incoming)
            if played is not None:
                dialogue.offers(played)
                return played
        if incoming.action:
            return await self._press(retriever, dialogue, incoming, now)
        command = command_of(incoming.text)
        if command is not None and (command.slashed or command.name not in ADMIN_COMMANDS):
            reply = await self._command(retriever, dialogue, command, incoming, now)
        else:
            offer = dialogue.offer(incoming.text)
            if offer is None:
                reply = await self._ask(retriever, dialogue, incoming.text, incoming, now)
            elif offer.action:
                return await self._handle(replace(incoming, action=offer.action))
            else:
                return replies.say(wording.PICK_RANGE.format(count=len(dialogue.choices)))
        dialogue.offers(reply)
        return reply

    async def drain(self) -> None:
        """Wait a little for what is still on its way to the store: called when the bot stops."""
        await self._misses.drain()
        if self._counting is not None:
            await self._counting.drain()

    def recall(self, chat: str, person: str, questions: Sequence[str]) -> None:
        """Take ``questions``, the latest last, for what ``person`` asked before in ``chat``."""
        dialogue = self._dialogues.get(chat, person, self._clock())
        dialogue.questions = tuple(questions)[-MAX_QUESTIONS:]

    def offered(self, chat: str, person: str, reply: Reply) -> None:
        """``reply`` was said in ``chat`` of the bot's own accord: what ``person`` picks by number is of it."""
        self._dialogues.get(chat, person, self._clock()).offers(reply)

    async def _command(
        self, retriever: Retriever, dialogue: Dialogue, command: Command, incoming: Incoming, now: datetime
    ) -> Reply:
        knowledge = retriever.knowledge
        match command.name:
            case "start":
                reply = replies.smalltalk(knowledge, "greeting")
            case "help":
                reply = replies.smalltalk(knowledge, "help")
            case "outline":
                reply = replies.outline(knowledge)
            case "ask":
                if command.rest:
                    return await self._ask(retriever, dialogue, command.rest, incoming, now)
                reply = replies.say(wording.ASK_WHAT.format(example=replies.example_question(knowledge)))
            case "why":
                questions = (*dialogue.questions, command.rest) if command.rest else dialogue.questions
                reply = why(retriever, questions)
            case _:
                reply = replies.say(wording.UNKNOWN_COMMAND)
        return reply

    async def _ask(
        self, retriever: Retriever, dialogue: Dialogue, text: str, incoming: Incoming, now: datetime
    ) -> Reply:
        verdict = retriever.ask(text, dialogue.questions)
        knowledge = retriever.knowledge
        if _log.isEnabledFor(logging.INFO):
            _log.info("question", extra=_fields(incoming, verdict))
        if verdict.kind == "chat":
            return replies.smalltalk(knowledge, verdict.intent, verdict)
        if verdict.reason in {"empty", "too_long"}:
            return replies.unanswered(knowledge, verdict)
        if not incoming.preview:
            dialogue.asked(verdict.question)
            if self._counting is not None:
                self._counting.count(incoming, verdict)
        if verdict.point is not None:
            answer = "" if incoming.preview else self._answers.add(verdict.question, verdict.point.id)
            return replies.answered(knowledge, verdict, verdict.point, answer)
        if not incoming.preview:
            self._miss(verdict, incoming, now)
        return replies.unanswered(knowledge, verdict)

    def _miss(self, verdict: Verdict, incoming: Incoming, now: datetime) -> None:
        nearest = verdict.matches[0].point.id if verdict.matches else ""
        kind: Literal["decline", "suggest"] = "suggest" if verdict.kind == "suggest" else "decline"
        self._misses.hand_over(Miss(now, verdict.question, kind, nearest), incoming.request_id)

    async def _press(self, retriever: Retriever, dialogue: Dialogue, incoming: Incoming, now: datetime) -> Reply:
        knowledge = retriever.knowledge
        action = parse_action(incoming.action)
        match action:
            case Action("p", target):
                point = knowledge.point(target)
                dialogue.asked(point.title)  # «那社区呢» after a tap leans on what was tapped
                reply = replies.passage(knowledge, point)
                dialogue.offers(reply)
                return reply
            case Action("c", target):
                reply = replies.in_context(knowledge, knowledge.point(target))
                dialogue.choices = reply.choices  # its tools are still those of the answer
                return reply
            case Action("o", section):
                reply = replies.section_outline(knowledge, section) if section else replies.outline(knowledge)
                dialogue.offers(reply)
                return reply
            case Action("h"):
                return replies.smalltalk(knowledge, "help")
            case Action("u" | "d", answer):
                return await self._judge(answer, action.verb == "u", incoming, now)
            case _:
                return Reply(toast=wording.UNKNOWN_ACTION)

    async def _judge(self, answer: str, helpful: bool, incoming: Incoming, now: datetime) -> Reply:
        given = self._answers.get(answer)
        if given is None:
            return Reply(toast=wording.FEEDBACK_EXPIRED)
        key = feedback_key(answer, incoming.person)
        try:
            await self._store.save_feedback(Feedback(key, now, given.point, given.question, helpful))
        except StorageError as error:
            _log.warning("feedback not kept: %s", error, extra={"request_id": incoming.request_id})
            return Reply(toast=wording.FEEDBACK_FAILED)
        return Reply(
            toast=wording.THANKS_HELPFUL if helpful else wording.THANKS_UNHELPFUL,
            pressed=str(Action("u" if helpful else "d", answer)),
        )


def _picks(dialogue: Dialogue, incoming: Incoming, quizzing: Quizzing) -> bool:
    """Whether a typed number picks of what was offered, and answers no question: what came later wins."""
    asked = None if incoming.action else quizzing.asked_at(incoming)
    return asked is not None and dialogue.numbers_since(incoming.text, asked)


def _own_words(point: Point) -> str:
    """One way to ask for ``point``: documents need not have questions, and every point has a title."""
    return next(iter((*point.questions, *point.aliases, point.title)))


def _fields(incoming: Incoming, verdict: Verdict) -> dict[str, object]:
    return {
        "request_id": incoming.request_id,
        "verdict": verdict.kind,
        "reason": verdict.reason,
        "nearest": verdict.matches[0].point.id if verdict.matches else "",
        "trust": verdict.matches[0].score if verdict.matches else 0.0,
    }
