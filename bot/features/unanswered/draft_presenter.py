"""A new point on its way → the reply that asks for the next step. Pure; the words come from ``wording``.

Buttons: ``ns`` takes a section, ``nt`` the suggested title, ``nr`` chooses the quote anew, ``nq`` leads to the
questions, ``nk`` clears them, ``np`` shows all, ``na`` adds it (``nc``: confirmed), ``nx`` drops it.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.conversation.messages import Choice, Part, Reply
from bot.features.unanswered.case_presenter import button, texts
from bot.features.unanswered.point_draft import PointDraft
from bot.knowledge.lint import MAX_QUOTE, MAX_TITLE
from bot.knowledge.model import Knowledge
from bot.text import shorten
from bot.wording import NewPoint as Wording

_EXAMPLE = 6  # characters of the document that show what is meant by «a few words»
MAX_SECTIONS = 50  # that are offered; where a quote stands is found out all the same
_AHEAD = 40  # characters that are shown of where a quote begins


def _beginning_of(section: str, knowledge: Knowledge) -> str:
    """The first characters of what a quote of that section may be."""
    point = next(iter(knowledge.points_of(section) or knowledge.points), None)
    if point is not None:
        return point.quote[:_EXAMPLE]
    span = knowledge.section_span(section)
    text = knowledge.source[span.start : span.end] if span is not None else knowledge.source.strip()
    return text.partition("\n")[0][:_EXAMPLE]


def ask(draft: PointDraft, knowledge: Knowledge, lead: Sequence[str] = ()) -> Reply:
    """What is asked at the step that ``draft`` is at, behind the sentences of ``lead``."""
    match draft.step:
        case "section":
            sections = tuple(
                button(section.title, "ns", f"{draft.id}.{section.id}") for section in knowledge.sections[:MAX_SECTIONS]
            )
            return _reply(draft, texts([*lead, Wording.SECTION]), *sections)
        case "first":
            title = knowledge.section(draft.section).title
            example = _beginning_of(draft.section, knowledge)
            return _reply(draft, texts([*lead, Wording.FIRST.format(section=title, example=example)]))
        case "last":
            return _reply(draft, _last(draft, knowledge.source, lead), button(Wording.AGAIN, "nr", draft.id))
        case "title":
            sentence = Wording.TITLE.format(limit=MAX_TITLE, title=draft.suggested_title)
            parts = (*texts([*lead, Wording.QUOTE]), Part("quote", draft.quote), *texts([sentence]))
            take = button(Wording.TAKE_TITLE, "nt", draft.id)
            return _reply(draft, parts, take, button(Wording.AGAIN, "nr", draft.id))
        case "questions":
            return _questions(draft, lead)
        case "preview":
            return _preview(draft, knowledge, lead)


def _last(draft: PointDraft, source: str, lead: Sequence[str]) -> tuple[Part, ...]:
    start = draft.first.start if draft.first else 0
    ahead = source[start : start + _AHEAD]
    sentence = Wording.LAST.format(limit=MAX_QUOTE)
    return (*texts([*lead, sentence]), Part("quote", ahead), *(texts(["……"]) if start + _AHEAD < len(source) else ()))


def _questions(draft: PointDraft, lead: Sequence[str]) -> Reply:
    if not draft.questions:
        return _reply(draft, texts([*lead, Wording.NO_QUESTIONS]))
    listed = [Wording.QUESTION.format(question=shorten(question, 80)) for question in draft.questions]
    parts = texts([*lead, Wording.QUESTIONS, *listed, Wording.MORE])
    preview, clear = button(Wording.TO_PREVIEW, "np", draft.id), button(Wording.CLEAR, "nk", draft.id)
    return _reply(draft, parts, preview, clear)


def _preview(draft: PointDraft, knowledge: Knowledge, lead: Sequence[str]) -> Reply:
    listed = [Wording.QUESTION.format(question=question) for question in draft.questions]
    parts = (
        *texts([*lead, Wording.PREVIEW]),
        Part("title", draft.title),
        Part("quote", draft.quote),
        Part("citation", knowledge.section(draft.section).title),
        *texts([Wording.QUESTIONS, *listed]),
    )
    return _reply(draft, parts, button(Wording.ADD, "na", draft.id), *changes(draft))


def changes(draft: PointDraft) -> tuple[Choice, ...]:
    """What may still be changed of a point that is all there."""
    return button(Wording.EDIT_QUESTIONS, "nq", draft.id), button(Wording.AGAIN, "nr", draft.id)


def drop(draft: PointDraft) -> Choice:
    """The way out."""
    return button(Wording.DROP, "nx", draft.id)


def _reply(draft: PointDraft, parts: tuple[Part, ...], *choices: Choice) -> Reply:
    return Reply(parts, (*choices, drop(draft)), numbered=True)
