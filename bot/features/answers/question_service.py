"""A question → its reply, and what is remembered of that: who asked what, what was missed, what was judged."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import count
from typing import Literal, NamedTuple
from weakref import WeakKeyDictionary

from cachetools import FIFOCache

from bot import wording
from bot.access import quotas
from bot.access.quotas import VisitorQuota
from bot.conversation.answer_guard import AnswerGuard
from bot.conversation.capabilities import Capabilities, ChannelDirectory
from bot.conversation.dialogue import Dialogue, Suggested
from bot.conversation.messages import Action, Code, Incoming, Reply, say
from bot.errors import BusyError, DepartedError, StorageError
from bot.features.answers import presenter as replies
from bot.features.answers.explanation import NEAREST, explained, nothing_to_explain
from bot.features.answers.judgement_queue import Judge, JudgementQueue, Turn
from bot.features.answers.question_counter import QuestionCounter
from bot.features.answers.unanswered_queue import Misses
from bot.knowledge.model import Knowledge
from bot.records.chats import group_of
from bot.records.feedback import Feedback, Miss, Store, UnhelpfulReason, feedback_key
from bot.retrieval.message.smalltalk import asks_again, reacts_to_answer
from bot.retrieval.normalize.question import MAX_LENGTH, normalize_question, strip_mentions
from bot.retrieval.retriever import Retriever
from bot.retrieval.routing import Candidate, route
from bot.retrieval.verdict import Verdict
from bot.text import readable

MAX_ANSWERS = 20_000


@dataclass(frozen=True, slots=True)
class Given:
    """An answer that was given: to which question, with which point, in which chat; see ``Feedback.document``."""

    question: str
    point: str
    chat: str
    document: str = ""


class AnswerIds:
    """The answers of this process by their id; the oldest go first when there are too many.

    Members and visitors, of whom anybody may be many, have ``limit`` each.
    ``new_id`` gives what nobody can guess, and differs between processes: a button from before a restart must not hit a
    new answer.
    """

    def __init__(self, limit: int = MAX_ANSWERS, new_id: Callable[[], str] = lambda: secrets.token_urlsafe(16)) -> None:
        self._new_id = new_id
        self._of_members: FIFOCache[str, Given] = FIFOCache(limit)
        self._of_visitors: FIFOCache[str, Given] = FIFOCache(limit)

    def add(self, question: str, point: str, chat: str, *, visitor: bool = False, document: str = "") -> str:
        """Remember an answer that ``chat`` gets; gives its id: 128 bits, in 22 characters that a button may have."""
        answer = self._new_id()
        given = self._of_visitors if visitor else self._of_members
        given[answer] = Given(question, point, group_of(chat), document)
        return answer

    def get(self, answer: str, chat: str) -> Given | None:
        """The answer of that id; None where it is too old, of another process, or was given elsewhere than in ``chat``.

        Whoever is in a group has got what was answered there, in any topic.
        """
        given = self._of_members.get(answer) or self._of_visitors.get(answer)
        return given if given is not None and given.chat == group_of(chat) else None


_log = logging.getLogger(__name__)


PREVIEWED = 10  # passages that are offered while somebody types
REMEMBERED = 2048  # replies of a version, some kilobytes each: the questions of a group are much alike
BESIDE = 0.001  # below this trust what is nearest has nothing to do with the question


_Key = tuple[str, tuple[str, ...], bool, Capabilities]
"""A question, those before it, whether nobody else is in the chat, and the channel: what a reply is made of."""


class _Asked(NamedTuple):
    """A question as typed, and when; ``document``: the key of the one it was asked of, nothing for the main one."""

    text: str
    at: datetime
    document: str = ""


class _Found(NamedTuple):
    """A verdict and the reply to it, as it is before anything is remembered of who asked."""

    verdict: Verdict
    reply: Reply


@dataclass(frozen=True, slots=True)
class ShelfReply:
    """The ``reply`` of the document ``key`` of several.

    ``beside``: the reply of the document ``second``, which answers about as well. ``better``: the key of a document
    that is not read here and answers what this one does not, or much better.
    """

    key: str
    reply: Reply
    second: str = ""
    beside: Reply | None = None
    better: str = ""


@dataclass(frozen=True, slots=True)
class _Routed:
    """The document that a question is about, and its verdict; see ``ShelfReply``."""

    key: str
    verdict: Verdict
    second: str = ""
    better: str = ""
    verdicts: Mapping[str, Verdict] = field(default_factory=dict)


class QuestionService:
    """Answers questions. ``run_id`` differs between processes; ``guard`` withholds what a contest asks just now.

    Without ``judging``, a question is judged at once. ``directory`` is for help.
    """

    def __init__(
        self,
        store: Store,
        run_id: str,
        *,
        counting: QuestionCounter | None = None,
        judging: JudgementQueue | None = None,
        guard: AnswerGuard | None = None,
        directory: ChannelDirectory | None = None,
    ) -> None:
        self._store = store
        self._directory = directory
        self._misses = Misses(store)
        self._answers = AnswerIds()
        self._kept_misses = VisitorQuota("misses", *quotas.MISSES)
        self._kept_feedback = VisitorQuota("feedback", *quotas.FEEDBACK)
        self._counted = VisitorQuota("counted questions", *quotas.COUNTED)
        self._miss_keys = (f"{run_id}-{number:x}" for number in count(1))
        self._counting = counting
        self._judging = judging
        self._guard = guard or AnswerGuard()
        # a version that nobody serves any more takes along what was found in it
        self._known: WeakKeyDictionary[Retriever, FIFOCache[_Key, _Found]] = WeakKeyDictionary()
        self._candidates: WeakKeyDictionary[Retriever, FIFOCache[tuple[str, tuple[str, ...]], Verdict]] = (
            WeakKeyDictionary()
        )
        self._judged: FIFOCache[str, bool] = FIFOCache(MAX_ANSWERS)  # whether it helped, by the key of the feedback

    async def drain(self) -> None:
        """Wait a little for what is still on its way to the store."""
        await self._misses.drain()
        if self._counting is not None:
            await self._counting.drain()

    async def ask(
        self,
        retriever: Retriever,
        dialogue: Dialogue,
        text: str,
        incoming: Incoming,
        now: datetime,
    ) -> Reply:
        """The reply to the question ``text``; where too much else is asked, that it was not answered."""
        try:
            await dialogue.enter()
            try:
                found = await self._found(retriever, text, dialogue.questions, incoming)
                return self._replied(retriever.knowledge, found, dialogue, incoming, _Asked(text, now))
            finally:
                dialogue.leave()
        except (BusyError, DepartedError) as error:
            _log.info("question not answered", extra={"request_id": incoming.request_id, "why": type(error).__name__})
            return replace(say(str(error)), busy=True)

    async def ask_shelf(
        self,
        documents: Mapping[str, Retriever],
        read: Sequence[str],
        dialogue: Dialogue,
        text: str,
        *,
        incoming: Incoming,
        now: datetime,
        main: str,
    ) -> ShelfReply:
        """As ``ask`` of the one of several documents that ``text`` is about, of those whose keys are ``read``.

        ``main``: the key of the main one.
        """
        try:
            await dialogue.enter()
            try:
                routed = await self._route(
                    documents, read, text, dialogue.questions, last=dialogue.document, incoming=incoming
                )
                key, verdict = routed.key, routed.verdict
                knowledge = documents[key].knowledge
                found = _Found(verdict, self._reply_to(knowledge, verdict, incoming))
                reply = self._replied(
                    knowledge, found, dialogue, incoming, _Asked(text, now, "" if key == main else key)
                )
                if reply.verdict is None or reply.verdict.kind != "chat":
                    dialogue.document = key
                answered = reply.verdict is not None and reply.verdict.kind == "answer"
                beside = self._beside(documents, routed, text, incoming) if answered else None
                better = "" if reply.verdict is None else routed.better
                return ShelfReply(key, reply, routed.second if beside else "", beside, better)
            finally:
                dialogue.leave()
        except (BusyError, DepartedError) as error:
            _log.info("question not answered", extra={"request_id": incoming.request_id, "why": type(error).__name__})
            return ShelfReply(read[0], replace(say(str(error)), busy=True))

    async def _route(
        self,
        documents: Mapping[str, Retriever],
        read: Sequence[str],
        text: str,
        history: Sequence[str],
        *,
        last: str,
        incoming: Incoming,
    ) -> _Routed:
        """Which document ``text`` is about. A follow-up is about the one that the question before it was about.

        ``last``: the key of the document that the last question of ``history`` was answered from; nothing if unknown.
        """
        cleaned = normalize_question(strip_mentions(text)).cleaned
        back = min(asks_again(cleaned, len(history)), len(history))
        if back > 1:  # the one before the last may be of any document
            return await self._route(documents, read, history[-back], history[:-back], last="", incoming=incoming)
        last = read[0] if len(read) == 1 else last if last in read else ""
        reacts = bool(history) and reacts_to_answer(cleaned)
        known = None if reacts else documents[last or read[0]].ask_without_search(text, history)
        if known is not None and known.kind == "chat" and not known.matches:
            return _Routed(last or read[0], known)
        if history and not last:  # asked before, and nobody knows of what
            before = await self._verdicts_on({key: documents[key] for key in read}, history[-1], "", (), incoming)
            last = route(history[-1], before, _titles(documents)).first
        if reacts:
            return _Routed(last, await self._judge(documents[last], text, history, incoming))
        if last and history and len(read) > 1:
            leaning = await self._judge(Candidate(documents[last]), text, history, incoming)
            leans = leaning.context or (leaning.kind == "chat" and leaning.matches)
            if leans and leaning.kind in {"answer", "chat"}:
                return _Routed(last, leaning)
        verdicts = await self._verdicts_on(documents, text, last, history, incoming)
        titles = _titles(documents)
        found = route(text, {key: verdicts[key] for key in read}, titles, last)
        first = found.first
        everywhere = route(text, verdicts, titles, last)
        better = everywhere.better_than(first) if len(read) < len(documents) else ""
        verdict = found.verdicts[first] if len(read) > 1 else verdicts[first]
        second, by_key = found.beside(), found.verdicts
        elsewhere = await self._silent_part({key: documents[key] for key in read}, first, verdict, incoming)
        if elsewhere is not None:
            second, by_key = elsewhere[0], {**by_key, elsewhere[0]: elsewhere[1]}
        return _Routed(first, verdict, second, "" if better in read else better, by_key)

    async def _silent_part(
        self, documents: Mapping[str, Retriever], first: str, verdict: Verdict, incoming: Incoming
    ) -> tuple[str, Verdict] | None:
        """Which other one of ``documents`` answers what ``first`` does not, of a message that asks several things.

        With its verdict on that; None if there is none.
        """
        silent = [part.asked for part in verdict.parts if part.kind in {"suggest", "decline"}]
        for asked in silent if len(documents) > 1 else ():
            found = route(asked, await self._verdicts_on(documents, asked, "", (), incoming), _titles(documents))
            if found.first != first and found.verdicts[found.first].kind == "answer":
                return found.first, found.verdicts[found.first]
        return None

    async def _verdicts_on(
        self,
        documents: Mapping[str, Retriever],
        text: str,
        last: str,
        history: Sequence[str],
        incoming: Incoming,
    ) -> dict[str, Verdict]:
        """The verdict of each of ``documents``; only ``last`` was asked the questions of ``history``."""
        return {
            key: await self._candidate_verdict(one, text, history if key == last else (), incoming)
            for key, one in documents.items()
        }

    async def _candidate_verdict(
        self, retriever: Retriever, text: str, history: Sequence[str], incoming: Incoming
    ) -> Verdict:
        """The verdict of one of several documents, made once for all who ask the same."""
        key, known = (text, tuple(history)), self._candidates.setdefault(retriever, FIFOCache(REMEMBERED))
        verdict = known.get(key)
        if verdict is None:
            verdict = await self._judge(Candidate(retriever), text, history, incoming)
            if not incoming.is_inline and len(text) <= MAX_LENGTH:
                known[key] = verdict
        return verdict

    def _beside(
        self, documents: Mapping[str, Retriever], routed: _Routed, text: str, incoming: Incoming
    ) -> Reply | None:
        """The reply of the second document that answers as well; None if there is none, or it is withheld."""
        verdict = routed.verdicts.get(routed.second)
        if verdict is None:
            return None
        knowledge = documents[routed.second].knowledge
        refused = self._guard.refuse_answer(incoming, knowledge, text, verdict, nearest=0)
        return self._reply_to(knowledge, verdict, incoming) if refused is None else None

    async def _found(self, retriever: Retriever, text: str, history: Sequence[str], incoming: Incoming) -> _Found:
        """The verdict on ``text`` and the reply to it, made once for all who ask the same."""
        key = (text, tuple(history), incoming.is_private, incoming.channel)
        known = self._known.setdefault(retriever, FIFOCache(REMEMBERED))
        found = known.get(key)
        if found is None:
            verdict = await self._verdict_on(retriever, text, history, incoming)
            found = _Found(verdict, self._reply_to(retriever.knowledge, verdict, incoming))
            # what is said to «help» changes with what is connected
            if verdict.kind != "chat" and not incoming.is_inline and len(text) <= MAX_LENGTH:
                known[key] = found
        return found

    def _reply_to(self, knowledge: Knowledge, verdict: Verdict, incoming: Incoming) -> Reply:
        if verdict.kind == "chat":
            return replies.smalltalk(
                knowledge,
                verdict.intent,
                verdict,
                is_private=incoming.is_private,
                channel=incoming.channel,
                directory=self._directory,
            )
        if verdict.point is not None:
            return replies.answered(knowledge, verdict, verdict.point)
        return replies.unanswered(knowledge, verdict, incoming.channel)

    async def _verdict_on(self, retriever: Retriever, text: str, history: Sequence[str], incoming: Incoming) -> Verdict:
        """The verdict on ``text``: at once where that takes no time, else when it is the turn of whoever asks."""
        if self._judging is None:
            return retriever.ask(text, history)
        known = retriever.ask_without_search(text, history)
        if known is not None:
            return known
        return await self._judge(retriever, text, history, incoming)

    async def _judge(self, judge: Judge, text: str, history: Sequence[str], incoming: Incoming) -> Verdict:
        """The verdict on ``text``, when it is the turn of whoever asks."""
        if self._judging is None:
            return judge.ask(text, history)
        turn = Turn(incoming.origin or incoming.person, incoming.person)
        return await self._judging.ask(judge, text, history, turn, incoming.departure)

    def _replied(
        self, knowledge: Knowledge, found: _Found, dialogue: Dialogue, incoming: Incoming, asked: _Asked
    ) -> Reply:
        """The reply, and what is remembered of the question."""
        verdict, reply = found
        if _log.isEnabledFor(logging.INFO):
            _log.info("question", extra=_fields(incoming, verdict))
        if verdict.intent == "whole_text":
            return self._guard.refuse_browsing(incoming) or reply
        if (verdict.kind == "chat" and not verdict.matches) or verdict.reason in {"empty", "too_long"}:
            return reply
        refusal = self._guard.refuse_answer(
            incoming, knowledge, asked.text, verdict, nearest=PREVIEWED if incoming.is_inline else 0
        )
        if refusal is not None:  # as if it had not been asked: no later question leans on it, and it is no miss
            return refusal
        if verdict.kind == "chat":
            if verdict.intent == "next" and not incoming.is_inline:  # what comes behind that is asked for next
                dialogue.add_question(verdict.matches[0].point.title)
            return self._guard.without_neighbours(incoming, reply)
        if not incoming.is_inline:
            dialogue.add_question(verdict.question)
            if self._counting is not None and _taken(self._counted, incoming, asked.at):
                self._counting.count(incoming, verdict, asked.document)
        if verdict.point is not None:
            if not incoming.is_inline and (incoming.channel.buttons or incoming.channel.dialogue):
                typed, visitor = _as_typed(asked.text, verdict), incoming.origin != ""
                answer = self._answers.add(
                    typed, verdict.point.id, incoming.chat, visitor=visitor, document=asked.document
                )
                reply = replies.judgeable(reply, answer)
            return self._guard.without_neighbours(incoming, reply)
        if not incoming.is_inline and verdict.reason != "preparing":  # a miss is what the document does not answer
            key = self._miss(_as_typed(asked.text, verdict), verdict, incoming, asked)
            dialogue.suggested = Suggested(key, reply.choices) if key else None
        return reply

    def _miss(self, question: str, verdict: Verdict, incoming: Incoming, asked: _Asked) -> str:
        """Have the question kept as a miss; gives the key to take it back by, where suggestions may still answer."""
        found = verdict.considered or verdict.matches
        near = found and (verdict.reason != "weak" or found[0].score >= BESIDE)
        nearest = found[0].point.id if near else ""
        kind: Literal["decline", "suggest"] = "suggest" if verdict.kind == "suggest" else "decline"
        if not _taken(self._kept_misses, incoming, asked.at):
            return ""
        key = next(self._miss_keys) if kind == "suggest" else ""
        miss = Miss(asked.at, question, kind, nearest, key, visitor=incoming.origin != "", document=asked.document)
        self._misses.hand_over(miss, incoming.request_id)
        return key

    def tapped(self, dialogue: Dialogue, action: str, request_id: str) -> None:
        """A passage was tapped: where it was suggested last, the question is no miss any more."""
        missed = dialogue.take_suggestion(action)
        if missed:
            self._misses.take_back(missed, request_id)

    async def why(
        self,
        documents: Mapping[str, Retriever],
        read: Sequence[str],
        dialogue: Dialogue,
        question: str,
        *,
        incoming: Incoming,
        answer: str = "",
    ) -> Reply:
        """Why ``question`` is answered as it is; without one, the last question, or that which ``answer`` was given to.

        ``documents``: all of them by their keys, the main one first; ``read``: the keys of those that are read here.
        """
        given = self._answers.get(answer, incoming.chat) if answer and not question else None
        asked = (*dialogue.questions, question) if question else dialogue.questions
        last = dialogue.document if dialogue.document in documents else read[0]
        if given is not None:
            asked, last = (given.question,), given.document or next(iter(documents))
        if not asked or last not in documents:
            return nothing_to_explain()
        try:
            if question and len(documents) > 1:
                routed = await self._route(documents, read, question, asked[:-1], last=last, incoming=incoming)
                retriever, verdict = documents[routed.key], routed.verdict
            else:
                retriever = documents[last]
                verdict = await self._verdict_on(retriever, asked[-1], asked[:-1], incoming)
        except (BusyError, DepartedError) as error:
            return replace(say(str(error)), busy=True)
        for one in (verdict, *verdict.parts):
            nearest = 0 if one.sections else NEAREST
            refusal = self._guard.refuse_answer(incoming, retriever.knowledge, asked[-1], one, nearest=nearest)
            if refusal is not None:
                return refusal
        return explained(retriever.knowledge, verdict)

    async def judge(
        self, answer: str, helpful: bool, incoming: Incoming, now: datetime, *, reason: UnhelpfulReason = ""
    ) -> Reply:
        """Keep a 👍 or 👎 on the answer of that id, in place of the other one; the same once more takes it back.

        ``reason`` says why it did not help, with the 👎 or after it.
        """
        given = self._answers.get(answer, incoming.chat)
        if given is None:
            return Reply(toast=wording.FEEDBACK_EXPIRED)
        key = feedback_key(answer, incoming.person)
        code = Code.HELPFUL if helpful else Code.UNHELPFUL
        before = self._judged.get(key)
        try:
            if before is helpful and not reason:
                self._remember(key, None)  # before the store is waited for: the next press may come meanwhile
                await self._store.delete_feedback(key)
                return Reply(
                    toast=wording.FEEDBACK_DROPPED,
                    deselected_action=str(Action(code, answer)),
                )
            if before is None and not _taken(self._kept_feedback, incoming, now):
                return Reply(toast=wording.FEEDBACK_ENOUGH)
            self._remember(key, helpful)
            visitor = incoming.origin != ""
            judged = Feedback(key, now, given.point, given.question, helpful, visitor, reason, given.document)
            await self._store.save_feedback(judged)
        except StorageError as error:
            self._remember(key, before)
            _log.warning("feedback not kept: %s", error, extra={"request_id": incoming.request_id})
            return Reply(toast=wording.FEEDBACK_FAILED)
        thanks = wording.THANKS_HELPFUL if helpful else wording.THANKS_UNHELPFUL
        return Reply(
            toast=wording.THANKS_REASON if reason else thanks,
            selected_action=str(Action(code, answer)),
        )

    def _remember(self, key: str, helpful: bool | None) -> None:
        self._judged.pop(key, None)
        if helpful is not None:
            self._judged[key] = helpful


def _titles(documents: Mapping[str, Retriever]) -> dict[str, str]:
    return {key: one.knowledge.title for key, one in documents.items()}


def _taken(quota: VisitorQuota, incoming: Incoming, now: datetime) -> bool:
    """Whether what comes with ``incoming`` may be kept."""
    return quota.try_acquire(incoming.origin, now.date(), shared=incoming.shared_origin)


def _as_typed(text: str, verdict: Verdict) -> str:
    """What was asked, as admins should read it: as it was typed, but for what cannot be read and for line breaks."""
    typed = " ".join(readable(text).split())
    return typed if len(typed) <= MAX_LENGTH else verdict.question


def _fields(incoming: Incoming, verdict: Verdict) -> dict[str, object]:
    return {
        "request_id": incoming.request_id,
        "verdict": verdict.kind,
        "reason": verdict.reason,
        "nearest": verdict.matches[0].point.id if verdict.matches else "",
        "trust": verdict.matches[0].score if verdict.matches else 0.0,
    }
