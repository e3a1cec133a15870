"""All steps in their order: ``Retriever.ask(text, history)`` → ``Verdict``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import copy
from dataclasses import replace
from typing import Final

from bot.knowledge.model import Knowledge
from bot.retrieval.core_judge import STANDALONE_THRESHOLD, CoreJudge, JudgementCache, LeaveOneOutResult
from bot.retrieval.index.embedder import Embedder
from bot.retrieval.index.index import Index
from bot.retrieval.index.phrasing import QUESTION_WORDS
from bot.retrieval.index.postings import Values
from bot.retrieval.index.tokenizer import Tokenizer
from bot.retrieval.message.followup import (
    asks_for_property,
    may_be_followup,
    own_content,
    refers_back,
    with_changed_number,
    with_other_code,
)
from bot.retrieval.message.parts import (
    Parts,
    asks_for_another,
    cleared,
    combine,
    compares,
    disputed,
    gists,
    join_answered,
    split_message,
    without_excluded,
    without_told,
)
from bot.retrieval.message.smalltalk import (
    Reaction,
    asks_again,
    detect_reaction,
    is_english,
    partial_smalltalk_intent,
    smalltalk_intent,
)
from bot.retrieval.normalize.numerals import normalize_numerals
from bot.retrieval.normalize.question import NormalizedQuestion, normalize_question, strip_mentions
from bot.retrieval.people.entities import as_typed
from bot.retrieval.premises.claims import Claim, NameClaim, RoleClaim, figure_to_confirm, term_to_confirm
from bot.retrieval.premises.document import is_circumstance
from bot.retrieval.premises.figures import pieces
from bot.retrieval.premises.passage import NOTHING, Premise, as_written, check_premise, only_mentioned, term_asked_for
from bot.retrieval.ranking.decision import (
    ANSWER_THRESHOLD,
    Judgement,
    everywhere_mentioned,
    exact_match,
    restrict_to_sure,
)
from bot.retrieval.ranking.weights import DEFAULT, WeightPair, Weights
from bot.retrieval.refusals import BESIDE_THRESHOLD, Refusals
from bot.retrieval.source.layer import SourceLayer
from bot.retrieval.source.lookup import Lookup, SourceLookup
from bot.retrieval.source.lookup_request import asked_under_heading, quotation, remembers_words
from bot.retrieval.source.place_request import relative_step
from bot.retrieval.source.source_judge import SourceJudgement
from bot.retrieval.verdict import ChatIntent, Match, Reason, Verdict
from bot.text import squash

CACHE_SIZE = 4096  # judgements: the questions of a group are much alike, and a verdict is a pure function
WARM_UP_COUNT = 300  # of them, when another knowledge takes this one's place
SMALLTALK_LIMIT = 0.9  # trust below which smalltalk before or behind the rest decides what a text is for
ANOTHER = 0.15  # trust from which «又…什么» is answered by another passage than the question before it
GIST_THRESHOLD = 0.7  # trust from which an answer to a part of a message is one to all of it
PHRASED_THRESHOLD = 0.8  # trust from which the nearest phrasing tells what kind of thing the passage gives
STORY_LENGTH = 40  # characters from which the clause that asks is trusted rather than all of a message
STORY_PAUSES = 3  # … or the pauses
STORY_LEAD = 0.1  # how much more a message may be trusted than its clause that asks, which still decides
_BESIDE_QUESTIONS: Final = frozenset({"thanks", "farewell", "greeting", "presence"})
"""Smalltalk that may stand between the questions of a message."""
_PRONOUN: Final = re.compile("[他她]")
_JudgedCore = tuple[Judgement, bool, str]
"""A judgement, whether it was made together with the question before, and the core that it is on."""


_JudgeFunction = Callable[[str, str], tuple[Judgement, bool] | None]
"""A question's core and that of the one before it → its judgement, and whether both were read together; or None."""


class Retriever:
    """An immutable pair of Knowledge and Index that answers questions. Pure: the same question, the same verdict.

    ``embedder`` makes embeddings, if there is a model for them; ``foreign`` are questions that nothing here answers.
    ``fitted`` are the judge's weights. ``like`` is a retriever on much the same knowledge, whose work is used again.
    Without ``spell_correction``, questions are taken as they are written: to measure what the correction does.
    ``provisional``: the embeddings are still being made, and nothing is said that would be said otherwise with them.
    """

    def __init__(
        self,
        knowledge: Knowledge,
        tokenizer: Tokenizer,
        embedder: Embedder | None = None,
        foreign: Iterable[str] = (),
        fitted: WeightPair = DEFAULT,
        *,
        like: Retriever | None = None,
        spell_correction: bool = True,
        provisional: bool = False,
    ) -> None:
        self.knowledge = knowledge
        self.provisional = provisional
        self._fitted = fitted
        self._words: Retriever | None = None
        self._embedder = embedder
        self._index: Index = Index(knowledge, tokenizer, embedder, foreign, like._index if like is not None else None)
        self._lookup = SourceLookup(knowledge)
        self._source: SourceLayer = SourceLayer(
            knowledge, self._index.tokenizer, like._source if like is not None else None
        )
        if embedder is not None:
            self._source = self._source.with_embeddings(embedder.encode(self._source.texts))
        weights = fitted.by_words if embedder is None else fitted.by_meaning
        self._cores = CoreJudge(
            knowledge, self._index, weights, embedder, self._source, self._lookup, spell_correction=spell_correction
        )
        self._judgements = JudgementCache(CACHE_SIZE)
        self._refusals = Refusals(self._index, CACHE_SIZE)

    def ask(self, text: str, history: Sequence[str] = ()) -> Verdict:
        """The verdict on ``text``. ``history`` has the person's earlier questions, the latest last."""
        found = self._ask(text, history, self._judge_cached)
        assert found is not None, "every question can be judged"  # noqa: S101 - for the type checker
        return found

    def ask_source(self, text: str) -> SourceJudgement:
        """What the source itself says to ``text``, whatever points say: to compare documents."""
        question = normalize_question(strip_mentions(text))
        core = "" if question.too_long else self._index.document_name.without(question.core)
        embedding = self._source.encode(core, self._embedder) if core else None
        return self._source.judge(core, embedding)

    def ask_without_search(self, text: str, history: Sequence[str] = ()) -> Verdict | None:
        """As ``ask``, if that takes no time: smalltalk, a phrasing, a section, what was judged lately.

        None if the question has to be searched for, which may take half a second.
        """
        return self._ask(text, history, self._judge_if_known)

    def _ask(self, text: str, history: Sequence[str], judged: _JudgeFunction) -> Verdict | None:
        text = without_excluded(strip_mentions(text))
        cleaned = normalize_question(text).cleaned
        back = min(asks_again(cleaned, len(history)), len(history))
        if back:
            return self._ask(history[-back], history[:-back], judged)
        respelled = self._index.names_by_sound.respelled(cleaned)
        text = text if respelled == cleaned else respelled
        relative = relative_step(normalize_question(text).cleaned) if history else None
        if relative is not None:
            before = self._ask(history[-1], history[:-1], judged)
            beside = self._look_beside(normalize_question(text), before, *relative) if before is not None else None
            if before is None or beside is not None:
                return beside
        claim = figure_to_confirm(normalize_question(text).core)
        if claim is not None and not _says_of_what(claim.asked) and not self._stands_alone(claim, history):
            return self._confirm_before(normalize_question(text), claim, history, judged)
        asked = [normalize_question(earlier).cleaned for earlier in history]
        cleaned = normalize_question(text).cleaned
        counted = with_changed_number(cleaned, asked) or with_other_code(cleaned, asked, self._index.premises.codes)
        if counted:
            verdict = self._ask_message(counted, history[:-1], judged)
            return replace(verdict, context=asked[-1]) if verdict is not None else None
        return self._ask_message(text, history, judged)

    def _ask_message(self, text: str, history: Sequence[str], judged: _JudgeFunction) -> Verdict | None:
        question = normalize_question(text)
        reaction = detect_reaction(question.cleaned)
        if reaction:
            return self._reaction_verdict(question, history, reaction, judged)
        direct = self._answer_directly(question)
        if direct is not None:
            return direct
        topic = asked_under_heading(question.cleaned)
        if topic:
            headed = self._look_for_heading(question, topic, judged)
            if headed is None or headed.kind == "answer":
                return headed
        claim = disputed(question.cleaned)
        if claim:
            confirmed = self._ask_one(normalize_question(claim), (), judged)
            if confirmed is None or confirmed.kind == "answer":
                return confirmed and replace(confirmed, question=question.cleaned)
        return self._ask_by_parts(question, split_message(text), history, judged)

    def _ask_by_parts(
        self, question: NormalizedQuestion, split: Parts, history: Sequence[str], judged: _JudgeFunction
    ) -> Verdict | None:
        """The verdict on a message by what it is split into, and by the whole of it unless that is not needed."""
        parts: list[Verdict] | None = None
        if split.apart and not self._refusals.check(question.cleaned)[1]:
            parts = self._ask_parts(split.questions, history, judged)
            if parts is None:
                return None
            joined = join_answered(question.cleaned, parts)
            if joined is not None:
                return joined
        whole = self._ask_in_story(question, history, split.focus, judged)
        open_still = whole is not None and whole.kind in {"suggest", "decline"} and whole.reason in {"close", "weak"}
        if open_still and len(history) > 1 and refers_back(question.core):  # something else was said in between
            earlier = self._ask_one(question, history[:-1], judged)
            whole = earlier if earlier is None or earlier.kind == "answer" else whole
        if whole is None or not split.questions or (whole.kind == "chat" and whole.intent not in _BESIDE_QUESTIONS):
            return whole
        parts = parts if parts is not None else self._ask_parts(split.questions, history, judged)
        if parts is None:
            return None
        return combine(whole, parts, certain=split.certain, apart=split.apart) or whole

    def _ask_parts(
        self, questions: Sequence[str], history: Sequence[str], judged: _JudgeFunction
    ) -> list[Verdict] | None:
        """The verdict on each of the ``questions`` of a message; None if one is not known yet."""
        parts: list[Verdict] = []
        for part in questions:
            verdict = self._ask_part(part, (*history, *questions[: len(parts)]), judged)
            if verdict is None:
                return None
            unsaid = {other.question for other in parts if other.kind != "answer"}
            leans = verdict.context in unsaid or (bool(unsaid) and compares(part))
            if verdict.kind == "answer" and leans:  # of what is not said nothing more is either
                verdict = Verdict("decline", verdict.question, "weak", context=verdict.context)
            parts.append(replace(_another(verdict, parts) if asks_for_another(part) else verdict, asked=part))
        return parts

    def _answer_directly(self, question: NormalizedQuestion) -> Verdict | None:
        """The verdict on what asks nothing, or by place, order or count; None for every other question."""
        aside = _not_a_question(question)
        if aside is not None and not (aside.intent == "summary" and exact_match(self._index, question.core)):
            return aside
        return self._look_up(question)

    def _ask_part(self, text: str, history: Sequence[str], judged: _JudgeFunction) -> Verdict | None:
        """The verdict on a part of a message: by itself, or read together with what stands before it."""
        question = normalize_question(text)
        looked_up = self._look_up(question)
        if looked_up is not None:
            return looked_up
        focus = split_message(text).focus
        by_itself = own_content(question.core) and not asks_for_property(question.core)
        alone = self._ask_in_story(question, (), focus, judged) if by_itself else None
        if alone is not None and alone.kind == "answer":
            return alone
        found = self._ask_one(question, history, judged)
        if alone is not None and found is not None and is_circumstance(found.missing):
            return alone  # by which what only a story tells is no premise
        return found

    def _ask_in_story(
        self, question: NormalizedQuestion, history: Sequence[str], focus: Sequence[str], judged: _JudgeFunction
    ) -> Verdict | None:
        """The verdict on a question with a story around it: the times, sums and places of the story are no premises.

        ``focus``: the clause that asks, then with the one before it. It counts if it answers, for sure if the message
        is long; and it tells what is not said.
        """
        whole = self._ask_one(question, history, judged)
        circumstance = whole is not None and is_circumstance(whole.missing)
        told = without_told(question.cleaned, whole.missing) if whole is not None and circumstance else ""
        if told and whole is not None:
            read = self._ask_one(normalize_question(told), history, judged)
            if read is None or read.kind != "chat":
                whole = read and replace(read, question=whole.question)
        if whole is None or not focus or not (told or self._may_be_story(question, whole, focus[0])):
            return whole
        readings: list[Verdict] = []
        for asking in map(normalize_question, focus):
            if asks_for_property(asking.core) or not own_content(asking.core):
                continue  # of what, stands before it
            reading = self._ask_one(asking, (), judged)
            if reading is None:
                return None
            readings.append(replace(reading, question=whole.question))
        outside = whole.missing and whole.missing not in focus[0]
        least = 0.0 if outside else whole.matches[0].score if whole.kind == "answer" else ANSWER_THRESHOLD
        clear = map(cleared, readings) if outside else readings
        answers = [one for one in clear if one.kind == "answer" and one.matches[0].score >= least]
        if answers:
            return max(answers, key=lambda one: one.matches[0].score)
        narrow = readings[0] if whole.kind == "answer" and readings else whole
        if narrow.kind == "answer" and narrow.matches[0].score >= least - STORY_LEAD:
            return narrow
        if told and readings and readings[0].kind == "decline" and least < GIST_THRESHOLD:
            return readings[0]  # only what is told has anything to do with the passage
        return readings[0] if outside and readings and readings[0].kind != "chat" else whole

    def _may_be_story(self, question: NormalizedQuestion, whole: Verdict, asking: str) -> bool:
        """Whether ``asking``, a clause of ``question``, may say more of it than the verdict on the ``whole``."""
        missing, said, _ = self._refusals.check(question.cleaned)
        about_person = missing is not None and (missing.text in asking or _PRONOUN.search(asking))
        if said or about_person or whole.kind == "chat" or whole.reason in {"gap", "preparing", "not_given"}:
            return False
        if whole.kind == "answer":
            long = len(question.plain) >= STORY_LENGTH or question.plain.count(",") >= STORY_PAUSES
            return long and not whole.context
        return not whole.missing or len(question.plain) >= STORY_LENGTH or question.plain.count(",") > 1

    def _look_up(self, question: NormalizedQuestion) -> Verdict | None:
        """The verdict on a question by place, order or count, if no curator wrote down what answers it."""
        found = self._lookup.find(question.cleaned)
        if found is None:
            return None
        core = self._index.document_name.without(question.core)
        curated = exact_match(self._index, core) or self._cores.judge_section(core)
        if curated is not None and curated.reason != "unrelated":
            return None
        if not found.spans:
            asked = as_typed(question.typed, found.asked)
            return Verdict("decline", question.cleaned, "premise", missing=asked, layer="place", lookup=found)
        matches = tuple(Match(point, 1.0, question.core) for point in self._lookup.passages(found))
        return Verdict("answer", question.cleaned, "match", matches, answers=len(matches), layer="place", lookup=found)

    def _look_for_heading(self, question: NormalizedQuestion, topic: str, judged: _JudgeFunction) -> Verdict | None:
        """What is said of ``topic``, under its headings; the verdict on ``topic`` if that is no answer."""
        found = self._ask_one(normalize_question(topic), (), judged)
        point = found.point if found is not None else None
        lookup = self._lookup.under_headings(point, topic) if point is not None else None
        if lookup is None:
            return found
        matches = tuple(Match(passage, 1.0, question.core) for passage in self._lookup.passages(lookup))
        return Verdict("answer", question.cleaned, "match", matches, answers=len(matches), layer="place", lookup=lookup)

    def _look_beside(self, question: NormalizedQuestion, before: Verdict, unit: str, step: int) -> Verdict | None:
        """What stands ``step`` units behind what the answer ``before`` showed; None if that showed nothing."""
        shown = before.points
        if before.kind == "chat" and before.intent == "next":
            shown = tuple(match.point for match in before.matches)
        if not shown:
            return None
        own = shown[-1] if step > 0 else shown[0]
        point = self._lookup.passage_beside(own, step, unit)
        found = Lookup("edge" if point is None else "beside", (point or own).spans, step, unit)
        matches = (Match(point or own, 1.0, question.core),)
        return Verdict(
            "answer", question.cleaned, "match", matches, context=before.question, layer="place", lookup=found
        )

    def _stands_alone(self, claim: Claim, history: Sequence[str]) -> bool:
        """Whether a figure that nothing else is said of is one of the document, and no question was asked before."""
        return not history and not self._index.premises.missing(claim.figure.text)

    def _confirm_before(
        self, question: NormalizedQuestion, claim: Claim, history: Sequence[str], judged: _JudgeFunction
    ) -> Verdict | None:
        """The verdict on «不是80元吗»: whether the answer to the last question before it says so."""
        for at in reversed(range(len(history))):
            before = self._ask(history[at], history[:at], judged)
            if before is None:
                return None
            if before.kind == "chat":
                continue
            if before.kind != "answer":
                return replace(before, question=question.cleaned, context=before.question)
            answered = [part for part in before.parts if part.kind == "answer"] or [before]
            found = (self._confirmed(question, claim, part) for part in answered)
            near = before.matches[: before.answers]
            not_given = Verdict("decline", question.cleaned, "not_given", near, lacking="figure")
            return replace(next(filter(None, found), not_given), context=before.question)
        missing = as_written(question.typed, claim.figure.text)
        return Verdict("decline", question.cleaned, "premise", missing=missing)

    def _confirmed(
        self, question: NormalizedQuestion, claim: Claim | NameClaim | RoleClaim, answer: Verdict
    ) -> Verdict | None:
        """``answer`` as one to ``question``, which makes the ``claim``; None if it says nothing of that kind."""
        shown = "\n".join(text for point in answer.points for text in self.knowledge.excerpt_texts(point))
        holds = claim.holds(pieces(shown))
        if holds is None:
            return None
        corrected = "" if holds else as_written(question.typed, claim.text)
        lookup = answer.lookup if holds else None
        return replace(answer, question=question.cleaned, asked="", corrected=corrected, lookup=lookup)

    def _ask_one(self, question: NormalizedQuestion, history: Sequence[str], judged: _JudgeFunction) -> Verdict | None:
        """The verdict on one question; on what is to be confirmed, that on the question for it if that is answered.

        Or, for a figure, if what is nearest has all the words of the question and a figure of that kind.
        """
        verdict = self._ask_as_worded(question, history, judged)
        if verdict is None or verdict.kind in {"answer", "chat"} or verdict.reason == "gap":
            return verdict
        figure = figure_to_confirm(question.core)
        term = term_to_confirm(question.core, self._index.premises.text, self._index.named)
        claim = term or (figure if figure is not None and (not figure.bare or figure.is_measure) else None)
        if claim is None:
            return verdict
        asked = self._ask_as_worded(normalize_question(claim.asked), history, judged)
        if asked is None:
            return None
        if claim is figure and asked.kind in {"suggest", "decline"} and asked.reason in {"close", "weak"}:
            near = [match for match in asked.matches[:1] if self._cores.has_all_words(match.point, claim.asked)]
            asked = replace(asked, kind="answer", reason="match", matches=tuple(near), answers=len(near))
        return verdict if asked.kind != "answer" else self._confirmed(question, claim, asked) or verdict

    def _ask_as_worded(
        self, question: NormalizedQuestion, history: Sequence[str], judged: _JudgeFunction
    ) -> Verdict | None:
        core = self._index.document_name.without(question.core)
        before = self._previous_question(core, history)
        found = judged(core, self._index.document_name.without(before.core) if before else "")
        if found is None:
            return None
        refused = self._refusals.find(question, history, found[0])
        if refused is not None:
            return refused
        apart = self._judge_gist(question, before, found, judged)
        return None if apart is None else self._where_mentioned(self._verdict(question, before, apart), question)

    def _where_mentioned(self, verdict: Verdict, question: NormalizedQuestion) -> Verdict:
        """``verdict``, or where that stands which the question quotes or asks about, if nothing better answers it.

        What a story quotes, as words that somebody remembers, is what it looks for; what else a question quotes is only
        offered.
        """
        nothing = verdict.kind == "decline" and verdict.reason in {"weak", "unrelated"} and not verdict.matches
        quoted = quotation(question.cleaned)
        sought = not quoted or self._seeks_quotation(question, verdict, quoted)
        found = self._lookup.mentioned(question.cleaned) if nothing or (quoted and sought) else None
        if found is None:
            return verdict
        matches = tuple(Match(point, 1.0, question.core) for point in self._lookup.passages(found))
        if not sought:
            return replace(verdict, reason="weak", matches=matches)
        return Verdict("answer", question.cleaned, "match", matches, answers=len(matches), layer="place", lookup=found)

    def _seeks_quotation(self, question: NormalizedQuestion, verdict: Verdict, quoted: str) -> bool:
        """Whether a question is after the place of what it has ``quoted``, which ``verdict`` does not show."""
        story, remembered = len(question.plain) >= STORY_LENGTH, remembers_words(question.cleaned)
        if verdict.kind != "answer":
            return verdict.reason in {"close", "weak", "unrelated"} and (remembered or story)
        shown = squash("".join(text for point in verdict.points for text in self.knowledge.excerpt_texts(point)))
        doubtful = story and verdict.matches[0].score < STANDALONE_THRESHOLD
        return squash(quoted) not in shown and (remembered or doubtful)

    def _verdict(self, question: NormalizedQuestion, before: NormalizedQuestion | None, apart: _JudgedCore) -> Verdict:
        judgement, leaned, about = apart
        judgement = self._source.resolve(judgement)
        core = self._index.document_name.without(question.core)
        asks = judgement.kind != "decline" or judgement.reason == "gap" or QUESTION_WORDS.search(question.plain)
        passing = (
            partial_smalltalk_intent(question.plain if asks else question.cleaned)
            if judgement.trust < SMALLTALK_LIMIT
            else ""
        )
        if passing and not (self.provisional and judgement.kind != "decline"):
            return Verdict("chat", question.cleaned, "smalltalk", intent=passing)
        context = before.cleaned if before and leaned else ""
        premise = self._premise(judgement, about)
        if premise.kind == "missing":
            near = self._near_points(judgement)
            missing = as_written(question.typed, premise.text)
            considered = self._refusals.without_persons(judgement.matches)
            return Verdict(
                "decline", question.cleaned, "premise", near, context=context, missing=missing, considered=considered
            )
        if premise.kind == "not_given":
            near = self._refusals.without_persons(judgement.matches)[:1]  # others have figures of other things
            lacking = premise.lacking
            return Verdict("decline", question.cleaned, "not_given", near, context=context, lacking=lacking)
        considered = self._refusals.without_persons(judgement.matches) if judgement.kind == "decline" else ()
        if judgement.reason == "gap":
            judgement = replace(judgement, matches=judgement.matches[:1])  # others have figures of other things
        if judgement.reason == "weak":
            judgement = replace(judgement, matches=self._near_points(judgement) or self._near_passages(judgement))
        judgement = self._without_title(self._refusals.without_cards(core, judgement))
        if self.provisional:
            judgement = restrict_to_sure(judgement)
        term = self._only_mentioned_term(core, judgement)
        if term:
            judgement = everywhere_mentioned(self._index, judgement, term)
        return Verdict(
            judgement.kind,
            question.cleaned,
            judgement.reason,
            judgement.matches,
            context=context,
            answers=judgement.answers,
            sections=judgement.sections,
            mentioned=term,
            layer=judgement.layer,
            considered=considered,
            corrected=as_written(question.typed, premise.text) if judgement.kind == "answer" else "",
        )

    def _without_title(self, judgement: Judgement) -> Judgement:
        """Without the title of the document, unless that is asked for in known words: it tells nothing of its rooms."""
        title = squash(self.knowledge.title)
        if not judgement.matches or judgement.trust == 1 or judgement.sections:
            return judgement
        left = tuple(match for match in judgement.matches if squash("".join(match.point.quotes)) != title)
        if len(left) == len(judgement.matches):
            return judgement
        if judgement.kind != "answer" or left[:1] == judgement.matches[:1]:
            return replace(judgement, matches=left, answers=1, kind=judgement.kind if left else "decline")
        return Judgement("decline", "weak", left)

    @property
    def texts(self) -> list[str]:
        """The texts whose embeddings questions are compared with."""
        return [*self._index.texts, *self._source.texts]

    def with_embeddings(self, embedder: Embedder, embeddings: Values) -> Retriever:
        """The same with embeddings: ``embeddings`` has what ``embedder`` gives for each of ``texts``."""
        own = len(self._index.texts)
        index, source = self._index.with_embeddings(embeddings[:own]), self._source.with_embeddings(embeddings[own:])
        return self._like(index, source, self._fitted.by_meaning, embedder)

    @property
    def has_embeddings(self) -> bool:
        """Whether questions are compared by embedding too."""
        return self._embedder is not None

    def by_words(self) -> Retriever:
        """The same by words alone, permanently: to compare with another that has no embeddings. It is kept."""
        if self._words is None:
            self._words = self._like(self._index, self._source, self._fitted.by_words, None)
        return self._words

    def _like(self, index: Index, source: SourceLayer, weights: Weights, embedder: Embedder | None) -> Retriever:
        other = copy(self)
        other.provisional = False
        other._words = None
        other._index, other._source, other._embedder = index, source, embedder
        other._cores = replace(self._cores, index=index, source=source, weights=weights, embedder=embedder)
        other._judgements = JudgementCache(CACHE_SIZE)
        return other

    def _reaction_verdict(
        self, question: NormalizedQuestion, history: Sequence[str], reaction: Reaction, judged: _JudgeFunction
    ) -> Verdict | None:
        """The verdict on a reaction: with what the answer before it showed, or what comes next in the document."""
        intent: ChatIntent = "trouble" if reaction == "disagreed" else reaction
        if intent not in {"doubt", "why", "next", "repeat"} or not history:
            return Verdict("chat", question.cleaned, "smalltalk", intent=intent)
        before = self._ask(history[-1], history[:-1], judged)
        if before is None:
            return None
        if intent == "repeat":
            return before
        if before.kind == "chat":  # a reaction to a reaction is about the same answer
            return replace(before, question=question.cleaned, intent=intent)
        shown = before.matches[: before.answers] if before.kind == "answer" else ()
        if intent == "next" and shown:
            point = self.knowledge.next_point(shown[-1].point)
            shown = (Match(point, 1.0, question.core),) if point is not None else ()
        answers = int(bool(shown)) if before.kind == "answer" else 1  # 0: there was an answer, and nothing behind it
        reason: Reason = before.reason if before.reason in {"preparing", "close"} else "smalltalk"
        return Verdict("chat", question.cleaned, reason, shown, intent, before.question, answers=answers)

    def _premise(self, judgement: Judgement, about: str) -> Premise:
        """What is wrong between the question ``about`` and the passage that it was judged to be answered by."""
        if not judgement.matches or judgement.trust >= 1:
            return NOTHING
        answers = judgement.kind == "answer" and not judgement.sections
        shown = judgement.shown if answers else (judgement.matches[0].point,)
        passage = "\n".join(text for point in shown for text in self.knowledge.excerpt_texts(point))
        phrasing = judgement.matches[0].phrasing if judgement.trust >= PHRASED_THRESHOLD else ""
        index, words = self._index, self._index.tokenizer.words(about)
        return check_premise(
            index.premises, index.named, about, passage, answers=answers, phrasing=phrasing, words=words
        )

    def _judge_gist(
        self,
        question: NormalizedQuestion,
        before: NormalizedQuestion | None,
        found: tuple[Judgement, bool],
        judged: _JudgeFunction,
    ) -> _JudgedCore | None:
        """The judgement that was ``found``, or that on the question without what it must not be read with.

        And whether it leaned on the question before, and on what core it is. None as for ``judged``.
        """
        judgement, leaned = found
        if (
            leaned and before and self._refusals.find(before, (), judgement) is not None
        ):  # nothing is to be read with that
            again = judged(self._index.document_name.without(question.core), "")
            if again is None:
                return None
            judgement, leaned = again
        if judgement.kind == "answer" or judgement.reason == "gap" or leaned:
            return judgement, leaned, question.core
        for gist in gists(question.plain):  # what the message comes down to
            core = self._index.document_name.without(gist)
            shorter = judged(core, "") if core else None
            if core and shorter is None:
                return None
            found_in = self._source.resolve(shorter[0]) if shorter is not None else None
            threshold = ANSWER_THRESHOLD if self._index.premises.missing(question.core) else GIST_THRESHOLD
            right = found_in is not None and found_in.kind == "answer" and found_in.trust >= threshold
            if found_in is not None and right and not self._index.premises.missing(core):
                return found_in, False, gist
        return judgement, leaned, question.core

    def _near_points(self, judgement: Judgement) -> tuple[Match, ...]:
        """The points to offer beside a «no»: nothing is better than what has nothing to do with the question."""
        if not self._source.is_near(judgement):
            return ()
        return tuple(
            match for match in self._refusals.without_persons(judgement.matches) if match.score >= BESIDE_THRESHOLD
        )

    def _near_passages(self, judgement: Judgement) -> tuple[Match, ...]:
        """The passages of the source to offer beside a «no», if it has any that are likely meant."""
        persons = [self.knowledge.point(point) for point in self._index.persons]
        return self._source.passages(judgement, without=persons)

    def words(self, text: str) -> list[str]:
        """The words of ``text``, terms of the document whole."""
        return self._index.tokenizer.words(text)

    def warm_up_from(self, other: Retriever, count: int = WARM_UP_COUNT) -> None:
        """Judge what ``other`` was asked last, so that what members go on asking is answered at once here too."""
        for core, before in other._judgements.latest(count):
            self._judge_cached(core, before)

    def leave_one_out(self) -> Iterator[LeaveOneOutResult]:
        """Ask every curated question with itself left out of the index; right is an answer that shows its point."""
        return self._cores.leave_one_out()

    def _previous_question(self, core: str, history: Sequence[str]) -> NormalizedQuestion | None:
        """The question that one may lean on. A repeated question is answered as the first time."""
        others = (earlier for earlier in map(normalize_question, reversed(history)) if earlier.core)
        return next((earlier for earlier in others if self._index.document_name.without(earlier.core) != core), None)

    def _judge_cached(self, core: str, before: str) -> tuple[Judgement, bool]:
        before = _relevant_previous(core, before)
        return self._judgements.get((core, before), lambda: self._cores.judge(core, before))

    def _judge_if_known(self, core: str, before: str) -> tuple[Judgement, bool] | None:
        before = _relevant_previous(core, before)
        return self._judgements.find((core, before)) or self._cores.judge_without_search(core, before)

    def _only_mentioned_term(self, core: str, judgement: Judgement) -> str:
        """The term that ``core`` asks the meaning of, if the passage that answers only uses it."""
        if judgement.kind != "answer" or judgement.sections:
            return ""
        term = term_asked_for(core)
        if term not in self._index.named:
            return ""
        shown = normalize_numerals(squash("".join(self.knowledge.excerpt_texts(judgement.matches[0].point))))
        return term if only_mentioned(term, shown) else ""


def _relevant_previous(core: str, before: str) -> str:
    """``before``, or nothing if ``core`` is judged by itself whatever was asked before: it is remembered once."""
    return before if may_be_followup(core) or not own_content(core) else ""


def _another(verdict: Verdict, before: Sequence[Verdict]) -> Verdict:
    """``verdict`` as one with its next likely passage, where the first answered a question ``before`` it."""
    shown = {point.id for part in before for point in part.points}
    others = tuple(match for match in verdict.matches if match.point.id not in shown)
    repeats = (
        verdict.kind == "answer"
        and len(others) < len(verdict.matches)
        and not shown.isdisjoint(point.id for point in verdict.points)
    )
    return replace(verdict, matches=others, answers=1) if repeats and others and others[0].score >= ANOTHER else verdict


def _says_of_what(asked: str) -> bool:
    """Whether a question for a figure says what that is a figure of."""
    return bool(own_content(asked)) and not asks_for_property(asked)


def _not_a_question(question: NormalizedQuestion) -> Verdict | None:
    """The verdict on what asks nothing of any document."""
    if question.too_long:
        return Verdict("decline", question.cleaned, "too_long")
    intent = smalltalk_intent(question.cleaned)
    if intent:
        return Verdict("chat", question.cleaned, "smalltalk", intent=intent)
    if is_english(question.cleaned):
        return Verdict("chat", question.cleaned, "smalltalk", intent="english")
    if not question.core or (len(question.core) == 1 and question.core.isascii()):  # a slip: «a», «?»
        return Verdict("decline", question.cleaned, "empty")
    return None
