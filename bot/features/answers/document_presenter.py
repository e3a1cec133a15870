"""The document to be looked through: its outline, the text of a section, all of it. Pure; words from ``wording``."""

from __future__ import annotations

from bot import wording
from bot.conversation.capabilities import Capabilities
from bot.conversation.messages import Attachment, Choice, Code, Part, Reply, choice
from bot.knowledge.model import Knowledge, Section
from bot.knowledge.structure import Span, trimmed
from bot.text import readable, shorten

LISTED = 20  # sections that are offered at once
LEAST_SECTIONS = 2  # that tell how a document is laid out
MAX_TEXT = 800  # characters of a section that are shown at once
MAX_WHOLE = 1_200  # characters of a document that is shown whole, by a channel that has no other way
MAX_FILE_NAME = 60
MAX_EXAMPLE = 20  # characters of it
EXAMPLES = 3
MAX_BUTTON = 40  # characters on a button
_NEXT = "_"  # between a section and the number of the first of its sections to be listed


def outline(knowledge: Knowledge, start: int = 0) -> Reply:
    """All sections, to tap; from number ``start`` on if there are very many."""
    sections = knowledge.listed_sections
    lead = wording.OUTLINE if knowledge.points else wording.OUTLINE_SOURCE
    return Reply((Part("title", lead.format(title=knowledge.title)),), _listed(sections, "", start), numbered=True)


def instead_of_summary(knowledge: Knowledge) -> Reply:
    """What is said to whoever wants a summary: that there is none, and the sections to tap."""
    sections = knowledge.listed_sections
    if len(sections) < LEAST_SECTIONS:
        return Reply((Part("text", wording.SUMMARY_WHOLE.format(title=knowledge.title)),))
    lead = Part("text", wording.SUMMARY.format(title=knowledge.title))
    return Reply((lead,), _listed(sections, "", 0), numbered=True)


def section_outline(knowledge: Knowledge, target: str) -> Reply:
    """What is in one section, to tap: its points, else its sections, else its text. Raises UnknownSectionError.

    ``target`` is what the button of ``outline`` says: a section, maybe with the number of the first to be listed.
    """
    section_id, _, number = target.partition(_NEXT)
    start = int(number) if number.isascii() and number.isdecimal() else 0
    if not section_id:
        return outline(knowledge, start)
    section = knowledge.section(section_id)
    points = knowledge.points_of(section_id)
    title = Part("title", section.title)
    if points:
        return Reply((title,), (*map(choice, points), _back(knowledge, section_id)), numbered=True)
    span = knowledge.section_span(section_id)
    if span is None:
        return Reply((title, Part("text", wording.SECTION_EMPTY)), (_back(knowledge, section_id),), numbered=True)
    below = _sections_below(knowledge, section_id)
    if below and span.end - span.start > MAX_TEXT:
        return Reply((title,), (*_listed(below, section_id, start), _back(knowledge, section_id)), numbered=True)
    return _text(knowledge, section, span)


def whole_text_reply(knowledge: Knowledge, channel: Capabilities) -> Reply:
    """All of the text, as ``channel`` can give it: the address of the page that has it, a file, or the text itself."""
    source = knowledge.source.strip()
    contents = Choice(wording.OUTLINE_BUTTON, Code.OUTLINE.to())
    if channel.pages:
        return Reply((Part("text", wording.WHOLE_PAGE.format(title=knowledge.title)),), (contents,))
    if channel.files:
        file = Attachment(f"{_file_name(knowledge.title)}.txt", f"{source}\n".encode("utf-8-sig"))
        return Reply((Part("text", wording.WHOLE_FILE.format(title=knowledge.title)),), (contents,), files=(file,))
    if len(source) <= MAX_WHOLE:
        return Reply((Part("text", wording.WHOLE_HERE.format(title=knowledge.title)), Part("quote", source)))
    text = wording.WHOLE_BY_SECTION.format(title=knowledge.title, length=len(source))
    return Reply((Part("text", text),), _listed(knowledge.listed_sections, "", 0), numbered=True)


def source_examples(knowledge: Knowledge) -> tuple[Choice, ...]:
    """A few sections spread over a document that has no points, to tap: those with headings, if there are any.

    What comes before the first of them tells nothing by its name.
    """
    listed = [one for one in knowledge.listed_sections if one.title != wording.BEGINNING] or knowledge.listed_sections
    own = {one.id: knowledge.structure.section(one.id) for one in listed}
    sections = [one for one in listed if (found := own[one.id]) is not None and found.is_heading] or listed
    step = max(len(sections) // EXAMPLES, 1)
    return tuple(_button(section) for section in sections[step // 2 :: step][:EXAMPLES])


def source_example(knowledge: Knowledge) -> str:
    """Something that a document without points says, to be asked for: the name of a section, else its title."""
    sections = [section for section in knowledge.structure.sections if not section.inline]
    headings = [section for section in sections if section.is_heading and 2 <= len(section.name) <= MAX_EXAMPLE]
    picked = headings[len(headings) // 2] if headings else None
    return picked.name if picked is not None else shorten(knowledge.title, MAX_EXAMPLE)


def _listed(sections: tuple[Section, ...], parent: str, start: int) -> tuple[Choice, ...]:
    start = start if start < len(sections) else 0
    choices = tuple(_button(section) for section in sections[start : start + LISTED])
    rest = len(sections) - start - LISTED
    if rest <= 0:
        return choices
    more = Choice(wording.MORE_SECTIONS.format(count=rest), Code.OUTLINE.to(f"{parent}{_NEXT}{start + LISTED}"))
    return (*choices, more)


def _button(section: Section) -> Choice:
    return Choice(shorten(section.title, MAX_BUTTON), Code.OUTLINE.to(section.id))


def _sections_below(knowledge: Knowledge, section_id: str) -> tuple[Section, ...]:
    own = knowledge.structure.section(section_id)
    below = knowledge.structure.children(own) if own is not None else ()
    return tuple(knowledge.section(one.id) for one in below if not one.inline)


def _back(knowledge: Knowledge, section_id: str) -> Choice:
    own = knowledge.structure.section(section_id)
    parent = knowledge.structure.section(own.parent) if own is not None else None
    if parent is None or knowledge.points:
        return Choice(wording.BACK_TO_OUTLINE, Code.OUTLINE.to())
    return Choice(wording.BACK_TO.format(title=shorten(parent.title, MAX_EXAMPLE)), Code.OUTLINE.to(parent.id))


def _text(knowledge: Knowledge, section: Section, span: Span) -> Reply:
    own = knowledge.structure.section(section.id)
    if own is not None and own.is_heading and own.head.end < span.end:  # the title says it already
        span = trimmed(knowledge.source, own.head.end, span.end)
    point = knowledge.passage([_beginning(knowledge, span)])
    quote = Part("quote", knowledge.structure.text(point.spans[0]))
    citation = Part("citation", knowledge.citation(point), point.id)
    # without a heading, a section is named by the first words of its text
    title = (Part("title", section.title),) if own is None or own.is_heading else ()
    parts = (*title, quote, citation)
    following = knowledge.next_passage(point)
    more: tuple[Choice, ...] = (choice(following),) if following is not None else ()
    return Reply(parts, (*more, _back(knowledge, section.id)), point=point)


def _beginning(knowledge: Knowledge, span: Span) -> Span:
    """``span``, or as many of its first sentences as are shown at once."""
    if span.end - span.start <= MAX_TEXT:
        return span
    ends = [one.span.end for one in knowledge.structure.sentences_of(span) if one.span.end - span.start <= MAX_TEXT]
    return Span(span.start, max(ends, default=span.start + MAX_TEXT))


def _file_name(title: str) -> str:
    name = "".join(char for char in readable(title) if char not in '/\\:*?"<>|').strip(" .")
    return shorten(name, MAX_FILE_NAME) or wording.WHOLE_NAME
