"""Questions and answers as a feature: /ask, /why, /outline, /help and what is pressed below an answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import get_args

from bot import wording
from bot.conversation.answer_guard import AnswerGuard
from bot.conversation.capabilities import ChannelDirectory
from bot.conversation.commands import ADMIN_COMMANDS, CommandName
from bot.conversation.dialogue import Dialogue, Dialogues
from bot.conversation.messages import Action, Choice, Code, Incoming, Part, Reply, ask_document, say
from bot.conversation.router import Feature, Handle, Handler, for_everybody
from bot.conversation.shelf import Shelf
from bot.features.answers import document_presenter as document
from bot.features.answers import presenter as replies
from bot.features.answers.question_service import QuestionService
from bot.knowledge.model import Knowledge, Point
from bot.records.feedback import Clock, UnhelpfulReason
from bot.text import shorten

PROBE_LENGTH = 40  # characters of a sentence that is asked for
MAX_LABEL = 40  # characters of a title on a button
PROBED = 3  # points, or sentences, that are tried before the bot counts as broken

HelpFor = Callable[[str, Collection[CommandName]], Awaitable[str]]
"""What the role of a person allows beside, without commands that cannot do anything there."""


class Answers:
    """What members ask and press about the document. ``help_for`` adds to the help what a role allows."""

    def __init__(
        self,
        shelf: Shelf,
        answering: QuestionService,
        clock: Clock,
        *,
        guard: AnswerGuard,
        dialogues: Dialogues,
        directory: ChannelDirectory,
        help_for: HelpFor,
    ) -> None:
        self._shelf = shelf
        self._library = shelf.library
        self._answering = answering
        self._clock = clock
        self._guard = guard
        self._dialogues = dialogues
        self._directory = directory
        self._help_for = help_for
        self._probes = 0

    def feature(self) -> Feature:
        """Everything that can be asked or pressed."""
        return Feature(
            commands={
                "start": _always(self._start),
                "help": _always(self._help),
                "outline": _always(self._outline),
                "ask": _always(self._ask),
                "why": _always(self._why),
                "id": _always(_tell_id),
            },
            code=None,
            buttons={
                Code.POINT: _always(self._show),
                Code.CONTEXT: for_everybody(self._show_context, offers=False, inline=True),
                Code.OUTLINE: _always(self._outline),
                Code.HELP: for_everybody(self._help, offers=False, inline=True),
                Code.HELPFUL: _always(self._judge_helpful),
                Code.UNHELPFUL: _always(self._judge_unhelpful),
            },
            ask=self.answer,
            works=self.works,
            drain=self._answering.drain,
        )

    def works(self) -> bool:
        """Whether what the document answers is found now: a few points are asked for in words of their own.

        Of a document without points, a few sentences of it.
        """
        self._probes += 1
        retriever = self._library.current
        asked = _probes(retriever.knowledge)
        before = f"zq{self._probes:x}"  # no question was ever asked after this one: nothing remembered can answer
        return any(
            retriever.ask(words, (before,)).kind in {"answer", "suggest"}
            for words in asked[:: max(len(asked) // PROBED, 1)]
        )

    async def answer(self, text: str, incoming: Incoming, dialogue: Dialogue, now: datetime) -> Reply:
        """The reply to the question ``text``: of the document that it is about, if several are read.

        If another one, which is not read here, answers what this one does not, or much better, that is offered.
        """
        library = self._library
        if not library.is_shelf:
            return await self._answering.ask(library.current, dialogue, text, incoming, now)
        documents, read = library.documents, library.reading_keys
        found = await self._answering.ask_shelf(
            documents, read, dialogue, text, incoming=incoming, now=now, main=library.key
        )
        reply = self._of(found.key, found.reply)
        if found.beside is not None:
            reply = replace(reply, parts=(*reply.parts, *self._of(found.second, found.beside).parts))
        if len(read) > 1 and reply.verdict is not None and reply.verdict.kind == "decline":
            lead = wording.Shelf.NOWHERE.format(count=len(read))
            reply = replace(reply, parts=(Part("text", lead), *reply.parts))
        return self._offering(found.better, reply) if found.better and not incoming.is_inline else reply

    def _of(self, key: str, reply: Reply) -> Reply:
        """``reply`` as one of the document ``key``."""
        with self._library.reading(key):
            return self._shelf.tagged(reply)

    def _offering(self, key: str, reply: Reply) -> Reply:
        """``reply``, with a button that asks the document ``key``."""
        title = self._library.documents[key].knowledge.title
        kind = reply.verdict.kind if reply.verdict is not None else ""
        said = wording.Shelf.BETTER if kind == "answer" else wording.Shelf.ELSEWHERE
        parts = (*reply.parts, Part("text", said.format(title=title)))
        button = Choice(wording.Shelf.ELSEWHERE_BUTTON.format(title=shorten(title, MAX_LABEL)), ask_document(key))
        choices = (button, *reply.choices) if kind in {"answer", "decline"} else (*reply.choices, button)
        return replace(reply, parts=parts, choices=choices)

    async def _start(self, _: str, incoming: Incoming) -> Reply:
        reply = replies.smalltalk(self._library.current.knowledge, "greeting", channel=incoming.channel)
        return self._with_books(reply, incoming)

    def _with_books(self, reply: Reply, incoming: Incoming) -> Reply:
        """``reply``, with a button to the other documents if there are some."""
        if not self._library.is_shelf or not incoming.channel.dialogue:
            return reply
        button = Choice(wording.Shelf.BUTTON.format(count=len(self._library.documents)), Code.BOOK.to())
        return replace(reply, choices=(*reply.choices, button))

    async def _help(self, _: str, incoming: Incoming) -> Reply:
        """How to use the bot; in private with what the person's role allows, which is nobody else's business."""
        reply = replies.smalltalk(
            self._library.current.knowledge,
            "help",
            is_private=incoming.is_private,
            channel=incoming.channel,
            directory=self._directory,
        )
        unable = self._directory.unable(ADMIN_COMMANDS, incoming.channel)
        more = await self._help_for(incoming.person, unable) if incoming.is_private else ""
        if not more:
            return reply
        return replace(reply, parts=(reply.parts[0], Part("text", more), *reply.parts[1:]))

    async def _ask(self, question: str, incoming: Incoming) -> Reply:
        if not question:
            example = replies.example_question(self._library.current.knowledge)
            return say(wording.ASK_WHAT.format(example=example))
        now = self._clock()
        return await self.answer(question, incoming, self._dialogues.of(incoming, now), now)

    async def _why(self, question: str, incoming: Incoming) -> Reply:
        dialogue = self._dialogues.of(incoming, self._clock())
        library = self._library
        return await self._answering.why(
            library.documents, library.reading_keys, dialogue, question, incoming=incoming, answer=incoming.answer
        )

    async def _show(self, target: str, incoming: Incoming) -> Reply:
        knowledge, action = self._library.current.knowledge, Action(Code.POINT, target)
        refusal = self._guard.refuse_press(incoming, knowledge, action)
        if refusal is not None:
            return refusal
        point = knowledge.point(target)
        dialogue = self._dialogues.of(incoming, self._clock())
        self._answering.tapped(dialogue, str(action), incoming.request_id)
        dialogue.add_question(point.title)  # «那社区呢» after a tap leans on what was tapped
        dialogue.document = self._library.reading_key if self._library.is_shelf else ""
        return self._guard.without_neighbours(incoming, replies.passage(knowledge, point))

    async def _show_context(self, target: str, incoming: Incoming) -> Reply:
        knowledge = self._library.current.knowledge
        refusal = self._guard.refuse_press(incoming, knowledge, Action(Code.CONTEXT, target))
        if refusal is not None:
            return refusal
        reply = self._guard.without_neighbours(incoming, replies.in_context(knowledge, knowledge.point(target)))
        # its tools are still those of the answer
        self._dialogues.of(incoming, self._clock()).choices = reply.choices
        return reply

    async def _outline(self, section: str, incoming: Incoming) -> Reply:
        knowledge = self._library.current.knowledge
        if not (section and incoming.action):
            return document.outline(knowledge)
        refusal = self._guard.refuse_press(incoming, knowledge, Action(Code.OUTLINE, section))
        return refusal or document.section_outline(knowledge, section)

    async def _judge_helpful(self, answer: str, incoming: Incoming) -> Reply:
        return await self._answering.judge(answer, True, incoming, self._clock())

    async def _judge_unhelpful(self, target: str, incoming: Incoming) -> Reply:
        """``target`` is the answer's id, with a reason behind a dot if one was tapped."""
        answer, _, said = target.partition(".")
        reason: UnhelpfulReason = next((known for known in get_args(UnhelpfulReason) if known == said), "")
        return await self._answering.judge(answer, False, incoming, self._clock(), reason=reason)


def _always(handle: Handle) -> Handler:
    """``handle`` as what everybody may do, also while somebody still types."""
    return for_everybody(handle, inline=True)


async def _tell_id(_: str, incoming: Incoming) -> Reply:
    return say(wording.YOUR_ID.format(id=incoming.person))


def _probes(knowledge: Knowledge) -> Sequence[str]:
    """What the document answers if anything works: ways to ask for its points, else its own sentences."""
    if knowledge.points:
        return [_own_words(point) for point in knowledge.points]
    sentences = [one for one in knowledge.structure.sentences if not one.is_heading] or knowledge.structure.sentences
    return [knowledge.structure.text(one.span)[:PROBE_LENGTH] for one in sentences]


def _own_words(point: Point) -> str:
    """One way to ask for ``point``: documents need not have questions, and every point has a title."""
    return next(iter((*point.questions, *point.aliases, point.title)))
