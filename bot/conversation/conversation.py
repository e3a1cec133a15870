"""The one entrance to the conversation: ``Chat.handle(incoming)`` → ``Reply``."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot import wording
from bot.conversation.admin_router import Desk
from bot.conversation.answer_guard import AnswerGuard
from bot.conversation.buttons import Action, parse_action
from bot.conversation.capabilities import Directory, unknown_command
from bot.conversation.commands import ADMIN_COMMANDS, Command, command_of
from bot.conversation.dialogue import MAX_QUESTIONS, Dialogue, Dialogues, picked
from bot.conversation.messages import Incoming, Part, Reply
from bot.conversation.rate_limiter import Limiter
from bot.conversation.replies import say
from bot.errors import UnknownPointError, UnknownSectionError
from bot.features.answers import presenter as replies
from bot.features.answers.judgement_queue import Judging
from bot.features.answers.question_counter import Counting
from bot.features.answers.question_service import Answering
from bot.features.contests.router import Quizzing
from bot.knowledge.model import Knowledge, Point
from bot.library import Library
from bot.records.feedback import Clock, Store
from bot.retrieval.retriever import Retriever

_log = logging.getLogger(__name__)
PROBED = 3  # points that are tried before the bot counts as broken


class Chat:
    """The conversation. It knows no channel: keys of persons and chats are opaque to it.

    ``directory`` is for those who wire channels: it knows what runs, so that it can be told where something works.
    """

    def __init__(
        self,
        library: Library,
        store: Store,
        clock: Clock,
        run_id: str,
        *,
        quizzing: Quizzing | None = None,
        desk: Desk | None = None,
        limiter: Limiter | None = None,
        counting: Counting | None = None,
        judging: Judging | None = None,
    ) -> None:
        self.library = library
        self.directory = Directory()
        self._guard = quizzing.guard if quizzing is not None else AnswerGuard()
        self._answering = Answering(
            store, run_id, counting=counting, judging=judging, guard=self._guard, directory=self.directory
        )
        self._probes = 0
        self._clock = clock
        self._dialogues = Dialogues()
        self._quizzing = quizzing
        self._desk = desk
        self._limiter = limiter

    async def handle(self, incoming: Incoming) -> Reply:
        """The reply to ``incoming``. Never raises: what goes wrong is logged and told with the request's id."""
        try:
            return await self._handle(incoming)
        except (UnknownPointError, UnknownSectionError) as error:
            return say(str(error))
        except Exception:
            _log.exception("request failed", extra={"request_id": incoming.request_id})
            return replace(say(wording.FAILED.format(request_id=incoming.request_id)), failed=True)

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
        self._guard.met(incoming)
        dialogue = Dialogue(now) if incoming.is_inline else self._dialogues.get(incoming.chat, incoming.person, now)
        free = self._is_of_quizzes(incoming)
        done = None if free else await self._refuse(incoming, now)
        if done is None and not incoming.is_inline:
            done = await self._done_elsewhere(dialogue, incoming)
        if done is None and free:  # no answer to what is asked after all
            done = await self._refuse(incoming, now)
        if done is not None:
            dialogue.offers(done)
            return done
        if incoming.action:
            refusal = self._guard.refuse_press(incoming, retriever.knowledge, parse_action(incoming.action))
            return refusal or await self._press(retriever, dialogue, incoming, now)
        command = command_of(incoming.text)
        if command is not None and (command.slashed or command.name not in ADMIN_COMMANDS):
            reply = await self._command(retriever, dialogue, command, incoming, now)
        else:
            offered = incoming.offered
            offer = picked(incoming.text, offered) or dialogue.offer(incoming.text)
            if offer is None:
                reply = await self._answering.ask(retriever, dialogue, incoming.text, incoming, now)
            elif offer.action:
                return await self._handle(
                    replace(incoming, action=offer.action, skip_rate_limit=True)
                )  # is counted already
            else:
                return say(wording.PICK_RANGE.format(count=len(offered or dialogue.choices)))
        dialogue.offers(reply)
        return reply

    async def _done_elsewhere(self, dialogue: Dialogue, incoming: Incoming) -> Reply | None:
        """The reply where ``incoming`` is admins' work, a file or part of a quiz; None where it may be a question."""
        refused = self._not_here(incoming)
        if refused is not None:
            return refused
        done = await self._desk.handle(incoming) if self._desk is not None else None
        if done is not None:
            return done
        if incoming.document is not None:  # from somebody whose files are of no use here
            return say(wording.ONLY_TEXT) if incoming.is_private or incoming.text else Reply()
        if self._quizzing is None or _picks(dialogue, incoming, self._quizzing):
            return None
        return await self._quizzing.handle(incoming)

    def _not_here(self, incoming: Incoming) -> Reply | None:
        """The refusal of a command that can do nothing on the channel it was typed on; None for all else."""
        command = None if incoming.action or incoming.document is not None else command_of(incoming.text)
        if command is None or (command.name in ADMIN_COMMANDS and not command.slashed):
            return None  # «统计» of a member is a question
        missing = self.directory.missing(command, incoming.channel)
        return None if missing is None else say(self.directory.refusal(missing, incoming.channel))

    def _is_of_quizzes(self, incoming: Incoming) -> bool:
        """Whether ``incoming`` is a button of quizzes, or may be an answer: those are never too many."""
        if self._quizzing is None or incoming.is_inline:
            return False
        if incoming.action:
            return incoming.action.startswith("q:")
        return self._quizzing.asked_at(incoming) is not None and command_of(incoming.text) is None

    async def _refuse(self, incoming: Incoming, now: datetime) -> Reply | None:
        return None if self._limiter is None else await self._limiter.refuse(incoming, now)

    def withholds(self, incoming: Incoming) -> bool:
        """Whether no list of passages is to be shown to whom ``incoming`` is from: a contest asks about one of them."""
        return self._guard.refuse_browsing(incoming) is not None

    async def drain(self) -> None:
        """Wait a little for what is still on its way to the store: called when the bot stops."""
        await self._answering.drain()

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
                reply = replies.smalltalk(knowledge, "greeting", channel=incoming.channel)
            case "help":
                reply = await self._help(knowledge, incoming)
            case "outline":
                reply = replies.outline(knowledge)
            case "ask":
                if command.rest:
                    return await self._answering.ask(retriever, dialogue, command.rest, incoming, now)
                reply = say(wording.ASK_WHAT.format(example=replies.example_question(knowledge)))
            case "why":
                questions = (*dialogue.questions, command.rest) if command.rest else dialogue.questions
                answer = "" if command.rest else incoming.answer
                reply = await self._answering.why(retriever, questions, incoming, answer)
            case "id":
                reply = say(wording.YOUR_ID.format(id=incoming.person))
            case _:
                reply = say(unknown_command(incoming.channel, alone=incoming.is_private))
        return reply

    async def _help(self, knowledge: Knowledge, incoming: Incoming) -> Reply:
        """How to use the bot; in private with what the person's role allows, which is nobody else's business."""
        reply = replies.smalltalk(
            knowledge, "help", is_private=incoming.is_private, channel=incoming.channel, directory=self.directory
        )
        unable = self.directory.unable(ADMIN_COMMANDS, incoming.channel)
        more = (
            await self._desk.help_for(incoming.person, unable) if self._desk is not None and incoming.is_private else ""
        )
        if not more:
            return reply
        return replace(reply, parts=(reply.parts[0], Part("text", more), *reply.parts[1:]))

    async def _press(self, retriever: Retriever, dialogue: Dialogue, incoming: Incoming, now: datetime) -> Reply:
        knowledge = retriever.knowledge
        action = parse_action(incoming.action)
        match action:
            case Action("p", target):
                point = knowledge.point(target)
                self._answering.tapped(dialogue, str(action), incoming.request_id)
                dialogue.asked(point.title)  # «那社区呢» after a tap leans on what was tapped
                reply = self._guard.without_neighbours(incoming, replies.passage(knowledge, point))
                dialogue.offers(reply)
                return reply
            case Action("c", target):
                point = knowledge.point(target)
                reply = self._guard.without_neighbours(incoming, replies.in_context(knowledge, point))
                dialogue.choices = reply.choices  # its tools are still those of the answer
                return reply
            case Action("o", section):
                reply = replies.section_outline(knowledge, section) if section else replies.outline(knowledge)
                dialogue.offers(reply)
                return reply
            case Action("h"):
                return await self._help(knowledge, incoming)
            case Action("u" | "d", answer):
                return await self._answering.judge(answer, action.verb == "u", incoming, now)
            case _:
                return Reply(toast=wording.UNKNOWN_ACTION)


def _picks(dialogue: Dialogue, incoming: Incoming, quizzing: Quizzing) -> bool:
    """Whether a typed number picks of what was offered, and answers no question: what came later wins.

    What it replies to wins over both.
    """
    if not incoming.action and picked(incoming.text, incoming.offered) is not None:
        return True
    asked = None if incoming.action else quizzing.asked_at(incoming)
    return asked is not None and dialogue.numbers_since(incoming.text, asked)


def _own_words(point: Point) -> str:
    """One way to ask for ``point``: documents need not have questions, and every point has a title."""
    return next(iter((*point.questions, *point.aliases, point.title)))
