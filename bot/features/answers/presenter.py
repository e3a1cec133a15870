"""A verdict, a point, a section → the ``Reply`` that shows it. Pure; the words come from ``wording``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot import wording
from bot.conversation.capabilities import EVERYTHING, Capabilities, ChannelDirectory, help_text, picking
from bot.conversation.messages import (
    NEAREST,
    SUGGESTIONS,
    Choice,
    Code,
    Part,
    Reply,
    choice,
    passage_parts,
    placed_parts,
    say,
)
from bot.features.answers.document_presenter import (
    instead_of_summary,
    source_example,
    source_examples,
    whole_text_reply,
)
from bot.knowledge.model import Knowledge, Point
from bot.knowledge.structure import Span
from bot.retrieval.normalize.numerals import normalize_numerals
from bot.retrieval.normalize.question import MAX_LENGTH
from bot.retrieval.source.lookup import Lookup
from bot.retrieval.verdict import Verdict
from bot.text import shorten, spell_count
from bot.wording import LookedUp

RELATED = 2
MAX_NEAR = 120  # characters of a passage that is shown below a no
EXAMPLES = 3
RELATED_AT = 0.1  # how likely another passage must be to be offered below an answer
_CHAT = {
    "greeting": wording.GREETING,
    "thanks": wording.THANKS,
    "identity": wording.IDENTITY,
    "farewell": wording.FAREWELL,
    "presence": wording.PRESENCE,
    "trouble": wording.TROUBLE,
    "chatter": wording.CHATTER,
    "insult": wording.INSULT,
    "acknowledged": wording.ACKNOWLEDGED,
    "human": wording.HUMAN,
    "restart": wording.RESTART,
    "english": wording.ENGLISH,
    "repeat": wording.NOTHING_BEFORE,
    "option": wording.NO_OPEN_QUESTION,
    "unsure": wording.UNSURE,
}
_NOTHING_SHOWN = {"preparing": wording.NOT_YET_BEFORE, "close": wording.OFFERED_BEFORE}
"""What is said of a question that was neither answered nor declined, by the reason for that."""


def passage(
    knowledge: Knowledge,
    point: Point,
    *,
    related: Sequence[Point] = (),
    verdict: Verdict | None = None,
) -> Reply:
    """``point`` as an answer card."""
    near = list(related) or list(knowledge.neighbours(point, RELATED))
    return Reply(
        parts=passage_parts(knowledge, point),
        choices=tuple(choice(other) for other in near[:RELATED]),
        tools=(Choice(wording.CONTEXT_BUTTON, Code.CONTEXT.to(point.id)),),
        verdict=verdict,
        point=point,
    )


def answered(knowledge: Knowledge, verdict: Verdict, point: Point, answer: str = "") -> Reply:
    """The reply to a question that ``point`` answers, maybe among others; with ``answer``, its id, to be judged."""
    others = [match.point for match in verdict.matches[verdict.answers :] if match.score > RELATED_AT]
    related = dict.fromkeys([*others, *knowledge.neighbours(point, RELATED)])
    reply = passage(knowledge, point, related=list(related), verdict=verdict)
    reply = replace(reply, parts=_answers(knowledge, verdict))
    return judgeable(reply, answer) if answer else reply


def judgeable(reply: Reply, answer: str) -> Reply:
    """``reply`` as the answer of that id, to be judged."""
    helpful = Choice(wording.HELPFUL_BUTTON, Code.HELPFUL.to(answer))
    unhelpful = Choice(wording.UNHELPFUL_BUTTON, Code.UNHELPFUL.to(answer))
    return replace(reply, tools=(helpful, unhelpful, *reply.tools))


def _answer(knowledge: Knowledge, verdict: Verdict) -> tuple[Part, ...]:
    if verdict.lookup is not None:
        return tuple(_looked_up(knowledge, verdict.lookup, verdict.points))
    if verdict.sections:
        headings = [_heading_parts(knowledge, section) for section in verdict.sections]
        return (Part("text", wording.HEADINGS), *(part for parts in headings for part in parts))
    lead = ""
    if verdict.corrected:  # of a word that stands elsewhere it cannot be said that the source does not have it
        sentence = wording.CORRECTED_HERE if _stands_in(knowledge.source, verdict.corrected) else wording.CORRECTED
        lead = sentence.format(corrected=verdict.corrected)
    elif verdict.mentioned:
        lead = wording.MENTIONED.format(term=verdict.mentioned)
    elif len(verdict.points) > 1:
        lead = wording.SEVERAL_PLACES
    parts = (Part("text", lead),) if lead else ()
    return (*parts, *(part for point in verdict.points for part in passage_parts(knowledge, point)))


def _stands_in(source: str, words: str) -> bool:
    """Whether ``source`` has ``words``, with their numbers in digits or in characters and spaces anywhere."""
    spelled = re.sub(r"[0-9]{1,4}", lambda found: spell_count(int(found[0])), words)
    spellings = {"".join(one.split()) for one in (words, normalize_numerals(words), spelled)}
    return any(re.search(r"\s*".join(map(re.escape, spelling)), source) for spelling in spellings)


def _answers(knowledge: Knowledge, verdict: Verdict) -> tuple[Part, ...]:
    """A card for each answered part of a message, each passage once, and a line for each that is not answered."""
    if not verdict.parts:
        return _answer(knowledge, verdict)
    found: list[Part] = []
    shown: set[str] = set()
    for part in verdict.parts:
        if part.kind != "answer":
            found.append(Part("text", _unanswered_part(part)))
        elif not shown.issuperset(point.id for point in part.points):
            answer = _answer(knowledge, part)
            if answer[0].kind == "quote":  # without a title it does not say which question it answers
                found.append(Part("title", part.asked))
            found += answer
            shown.update(point.id for point in part.points)
    return tuple(found)


def _unanswered_part(part: Verdict) -> str:
    if part.kind == "suggest" or part.reason == "preparing":
        return wording.PART_UNSURE.format(asked=part.asked)
    if part.lookup is not None and part.lookup.kind == "missing":
        return _no_such_place(part.lookup)
    if part.missing:
        return wording.PART_MISSING.format(asked=part.asked, missing=part.missing)
    if part.lacking:
        return wording.PART_NOT_GIVEN.format(asked=part.asked, sentence=wording.NOT_GIVEN[part.lacking])
    near = part.matches and part.reason != "gap"
    return (wording.PART_NEAR if near else wording.PART_NOT_SAID).format(asked=part.asked)


def _looked_up(knowledge: Knowledge, lookup: Lookup, points: Sequence[Point]) -> Iterator[Part]:
    """What was looked up: how many there are, each with its place, without titles."""
    yield Part("text", _lead(lookup))
    for point in points:
        if knowledge.is_passage(point):
            yield from placed_parts(knowledge, point)
        else:
            yield from (Part("quote", quote) for quote in point.quotes)
            yield Part("citation", knowledge.citation(point), point.id)
    if lookup.left:
        yield Part("note", LookedUp.LEFT.format(left=lookup.left))


def _lead(lookup: Lookup) -> str:
    if lookup.kind == "beside":
        return LookedUp.BEHIND if lookup.count > 0 else LookedUp.BEFORE
    if lookup.kind == "edge":
        return (LookedUp.LAST if lookup.count > 0 else LookedUp.FIRST).format(counter=lookup.counter)
    if lookup.kind == "count":
        sentence = LookedUp.COUNT if lookup.asked else LookedUp.COUNT_OF_ALL
        told = sentence.format(asked=lookup.asked, count=lookup.count, counter=lookup.counter)
        return told if len(lookup.spans) == lookup.count else told + LookedUp.LAST_COUNTED
    lead: str = LookedUp.LEADS[lookup.kind]
    return lead.format(asked=lookup.asked, count=lookup.count, listed="、".join(lookup.listed))


def _no_such_place(lookup: Lookup) -> str:
    sentence = LookedUp.NO_SUCH_PLACE if lookup.count else LookedUp.NONE_THERE
    return sentence.format(asked=lookup.asked, count=lookup.count, counter=lookup.counter)


def _heading_parts(knowledge: Knowledge, section_id: str) -> tuple[Part, ...]:
    first = next(iter(knowledge.points_of(section_id)), None)
    citation = Part("citation", knowledge.section(section_id).title, first.id if first else "")
    return (Part("quote", knowledge.heading(section_id)), citation)


def unanswered(knowledge: Knowledge, verdict: Verdict, channel: Capabilities = EVERYTHING) -> Reply:
    """The reply to a question that no single point answers: suggestions, or an honest no with what is near."""
    pick = picking(channel)
    example = example_question(knowledge)
    if verdict.reason == "empty":
        return Reply((Part("text", wording.EMPTY.format(example=example)),), verdict=verdict)
    if verdict.reason == "too_long":
        text = wording.TOO_LONG.format(limit=MAX_LENGTH, example=example)
        return Reply((Part("text", text),), verdict=verdict)
    if verdict.kind == "suggest" and verdict.layer == "source":
        return _nearest(knowledge, verdict, channel)
    if verdict.kind == "suggest":
        choices = tuple(choice(match.point) for match in verdict.matches[:SUGGESTIONS])
        text = wording.SUGGEST_PICK.format(pick=pick) if pick else wording.SUGGEST
        later = (Part("note", wording.PREPARING),) if verdict.reason == "preparing" else ()
        return Reply((Part("text", text), *later), choices, numbered=True, verdict=verdict)
    if verdict.lacking:
        return _not_given(knowledge, verdict)
    near = tuple(choice(match.point) for match in verdict.matches[:NEAREST])
    if verdict.lookup is not None and verdict.lookup.kind == "missing":
        sentence = _no_such_place(verdict.lookup)
    elif verdict.reason == "preparing":  # that the source does not say it is not known yet
        sentence = wording.NOT_YET_NEAR if near else wording.NOT_YET
    elif verdict.missing:
        sentence = wording.DECLINE_PREMISE_NEAR if near else wording.DECLINE_PREMISE
    else:
        sentence = _decline(verdict, near=bool(near))
    outline = Choice(wording.OUTLINE_BUTTON, Code.OUTLINE.to())
    pick = wording.DECLINE_PICK.format(pick=pick) if pick else ""
    parts = (Part("text", sentence.format(title=knowledge.title, missing=verdict.missing, pick=pick)),)
    return Reply(parts, near or (outline,), numbered=bool(near), verdict=verdict)


def _decline(verdict: Verdict, *, near: bool) -> str:
    """The sentence of an honest no: that it is not said only where nothing is near, or where a curator noted so."""
    if not near:
        return wording.DECLINE
    return wording.DECLINE_GAP if verdict.reason == "gap" else wording.DECLINE_NEAR


def _nearest(knowledge: Knowledge, verdict: Verdict, channel: Capabilities) -> Reply:
    """The passages of the source that are nearest to a question, word for word; none of them is said to answer.

    Their context is offered only if ``channel`` has a way to ask for it.
    """
    parts = [Part("text", wording.NEAREST)]
    choices: list[Choice] = []
    nearest = [match.point for match in verdict.matches[:NEAREST]]
    for point in [point for point in nearest if not _is_heading_alone(knowledge, point)] or nearest:
        found = placed_parts(knowledge, _without_headings(knowledge, point))
        parts += found
        places = list(dict.fromkeys(part.text for part in found if part.kind == "citation"))
        sentence = wording.CONTEXT_OF if len(places) == 1 else wording.CONTEXT_OF_SEVERAL
        choices.append(Choice(sentence.format(place=places[0]), Code.CONTEXT.to(point.id)))
    if verdict.reason == "preparing":
        parts.append(Part("note", wording.PREPARING))
    if not (channel.buttons or channel.dialogue):
        return Reply(tuple(parts), verdict=verdict)
    return Reply(tuple(parts), tuple(choices), numbered=True, verdict=verdict)


def _texts(knowledge: Knowledge, point: Point) -> tuple[Span, ...]:
    """The spans of ``point`` that say more than a heading, which its place names already."""
    return tuple(span for span in point.spans if not _is_within_heading(knowledge, span))


def _is_within_heading(knowledge: Knowledge, span: Span) -> bool:
    sentences = knowledge.structure.sentences_of(span)
    return bool(sentences) and all(one.is_heading for one in sentences)


def _is_heading_alone(knowledge: Knowledge, point: Point) -> bool:
    return knowledge.is_passage(point) and not _texts(knowledge, point)


def _without_headings(knowledge: Knowledge, point: Point) -> Point:
    texts = _texts(knowledge, point) if knowledge.is_passage(point) else ()
    return knowledge.passage(texts) if texts else point


def _not_given(knowledge: Knowledge, verdict: Verdict) -> Reply:
    """The reply to a question for what the nearest passage does not give: that, and what it does say, to tap."""
    lead = Part("text", wording.NOT_GIVEN[verdict.lacking])
    near = tuple(choice(match.point) for match in verdict.matches[:NEAREST])
    first = next((match.point for match in verdict.matches[:1]), None)
    if first is None or len(first.quote) > MAX_NEAR or _is_heading_alone(knowledge, first):
        outline = Choice(wording.OUTLINE_BUTTON, Code.OUTLINE.to())
        return Reply((lead,), near or (outline,), numbered=bool(near), verdict=verdict)
    quotes = (Part("quote", quote) for quote in first.quotes)
    citation = Part("citation", knowledge.citation(first), first.id)
    return Reply((lead, Part("note", wording.NEAREST_TEXT), *quotes, citation), near, numbered=True, verdict=verdict)


def smalltalk(
    knowledge: Knowledge,
    intent: str,
    verdict: Verdict | None = None,
    *,
    is_private: bool = True,
    channel: Capabilities = EVERYTHING,
    directory: ChannelDirectory | None = None,
) -> Reply:
    """The reply in kind to a greeting, thanks, who are you, help …; ``is_private``: nobody else is in the chat.

    ``directory`` knows where else what ``channel`` lacks is to be had.
    """
    if intent == "whole_text":
        return replace(whole_text_reply(knowledge, channel), verdict=verdict)
    if intent == "summary":
        return replace(instead_of_summary(knowledge), verdict=verdict)
    if intent in {"doubt", "why", "next"}:
        return _reacted(knowledge, intent, verdict)
    example = example_question(knowledge)
    if intent == "help":
        text = help_text(
            channel, directory or ChannelDirectory(), title=knowledge.title, example=example, alone=is_private
        )
    else:
        judge = wording.TROUBLE_PRESS if channel.buttons else wording.TROUBLE_TYPE
        judge = judge if channel.dialogue else ""
        by = wording.BY.format(speaker=knowledge.speaker) if knowledge.speaker else ""
        text = _CHAT[intent].format(title=knowledge.title, by=by, example=example, judge=judge)
    if intent in {"greeting", "help", "presence"}:
        parts = (Part("text", text), Part("note", wording.EXAMPLES))
        all_sections = Choice(wording.OUTLINE_BUTTON, Code.OUTLINE.to())
        return Reply(parts, (*examples(knowledge), all_sections), verdict=verdict)
    return Reply((Part("text", text),), verdict=verdict)


def _reacted(knowledge: Knowledge, intent: str, verdict: Verdict | None) -> Reply:
    """The reply to 真的吗, 为什么 or 然后呢: where the answer before stands, or what comes behind it."""
    if verdict is None or not verdict.context:
        return say(wording.NOTHING_BEFORE.format(example=example_question(knowledge)), verdict)
    if not verdict.matches:
        if intent == "next" and verdict.answers == 0:
            return say(wording.NO_NEXT, verdict)
        return say(_NOTHING_SHOWN.get(verdict.reason, wording.NOT_FOUND_BEFORE), verdict)
    point = verdict.matches[0].point
    if intent == "next":
        reply = passage(knowledge, point, verdict=verdict)
        return replace(reply, parts=(Part("text", wording.NEXT), *reply.parts))
    points = [match.point for match in verdict.matches]
    places = list(dict.fromkeys(map(knowledge.citation, points)))
    sentence = wording.DOUBT if intent == "doubt" else wording.WHY_SO
    text = sentence.format(citation=wording.AND_PLACE.join(places), button=wording.CONTEXT_BUTTON)
    if len(points) == 1:
        context = Choice(wording.CONTEXT_BUTTON, Code.CONTEXT.to(point.id))
        return Reply((Part("text", text),), tools=(context,), verdict=verdict)
    contexts = (
        Choice(wording.CONTEXT_OF.format(place=knowledge.citation(one)), Code.CONTEXT.to(one.id))
        for one in points[:SUGGESTIONS]
    )
    return Reply((Part("text", text),), tuple(contexts), numbered=True, verdict=verdict)


def in_context(knowledge: Knowledge, point: Point) -> Reply:
    """``point`` inside the paragraphs it stands in."""
    parts: list[Part] = [Part("citation", knowledge.citation(point))]
    for number, pieces in enumerate(knowledge.paragraphs(point)):
        if number:
            parts.append(Part("note", "……"))  # another paragraph begins
        parts += [Part("quote" if piece.marked else "context", piece.text) for piece in pieces]
    return Reply(tuple(parts), tuple(choice(other) for other in knowledge.neighbours(point, RELATED)), point=point)


def examples(knowledge: Knowledge) -> tuple[Choice, ...]:
    """A few points spread over the document, each asked for in the first way its curator wrote down.

    Of a document without points, a few of its sections.
    """
    if not knowledge.points:
        return source_examples(knowledge)
    points = [point for point in knowledge.points if point.questions]
    step = max(len(points) // EXAMPLES, 1)
    picked = points[step // 2 :: step][:EXAMPLES]
    return tuple(Choice(shorten(point.questions[0], 30), Code.POINT.to(point.id)) for point in picked)


def example_question(knowledge: Knowledge) -> str:
    """One question that the document answers."""
    if not knowledge.points:
        return source_example(knowledge)
    found = examples(knowledge)
    return found[0].label if found else knowledge.title
