"""Cases, and what became of them → replies. Pure; the words come from ``wording``.

Buttons: ``mg`` shows a case, ``ml`` what members would be told if it were given to a point, ``mk`` gives it to that
point (``mc``: confirmed), ``mo`` and ``ms`` lead to other points
by their section, ``mi`` leaves it alone, ``mu`` undoes, ``nb`` begins a point of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.conversation.messages import Choice, Code, Part, Reply, passage_parts, say
from bot.features.unanswered.cases import Case, MissesElsewhere
from bot.features.unanswered.link_forecast import Forecast
from bot.features.unanswered.resolution import Resolution
from bot.knowledge.model import Knowledge, Point
from bot.library import ChangeResult
from bot.text import shorten
from bot.wording import BACK_TO_OUTLINE
from bot.wording import Misses as Wording

WORDINGS = 5
SHOWN = 80  # characters of one wording: a card is read at a glance


def button(label: str, name: str, rest: str) -> Choice:
    """A button of admins' work."""
    return Choice(label, Code.ADMIN.to(f"{name}-{rest}"))


def texts(lines: Iterable[str]) -> tuple[Part, ...]:
    """A part for each line."""
    return tuple(Part("text", line) for line in lines)


def quoted(questions: Iterable[str]) -> str:
    """Several questions inside of one pair of quotation marks."""
    return Wording.QUOTED.join(shorten(question, SHOWN) for question in questions)


def case_card(cases: Sequence[Case], number: int, nearest: Sequence[Point], lead: str = "") -> Reply:
    """The case of that number (from 0), with all that can be done about it."""
    case = cases[number]
    group = case.group
    kinds = [Wording.KINDS[kind].format(count=count) for kind, count in group.kinds.items()]
    lines = [Wording.TIMES.format(times=group.times, kinds=Wording.AND.join(kinds))]
    lines += [
        Wording.WORDING.format(text=shorten(wording.text, SHOWN), times=wording.times)
        for wording in group.wordings[:WORDINGS]
    ]
    if len(group.wordings) > WORDINGS:
        lines.append(Wording.MORE.format(count=len(group.wordings) - WORDINGS))
    lines.append(Wording.BECOMES.format(questions=quoted(wording.phrase for wording in case.standing)))
    heading = Wording.TITLE_BESIDE if case.beside else Wording.TITLE
    title = Part("title", heading.format(number=number + 1, total=len(cases)))
    choices = [
        *(_link(case.digest, point, Wording.LINK.format(title=point.title)) for point in nearest),
        button(Wording.OTHER, "mo", case.digest),
        button(Wording.NEW, "nb", case.digest),
        button(Wording.IGNORE, "mi", case.digest),
    ]
    if number:
        choices.append(button(Wording.PREVIOUS, "mg", cases[number - 1].digest))
    if number + 1 < len(cases):
        choices.append(button(Wording.NEXT, "mg", cases[number + 1].digest))
    return Reply((*texts([lead] if lead else ()), title, *texts(lines)), tuple(choices), numbered=True)


def elsewhere_lines(others: Sequence[MissesElsewhere]) -> list[str]:
    """What was missed of other documents, a line each."""
    return [
        Wording.ELSEWHERE.format(title=one.title, times=one.times, questions=quoted(one.questions)) for one in others
    ]


def section_choices(digest: str, knowledge: Knowledge) -> Reply:
    """The sections that have points, to look for another point in."""
    sections = [section for section in knowledge.sections if knowledge.points_of(section.id)]
    choices = [button(section.title, "ms", f"{digest}.{section.id}") for section in sections]
    lead = Wording.SECTIONS if sections else Wording.NO_POINTS
    return Reply(texts([lead]), (*choices, button(Wording.BACK, "mg", digest)), numbered=True)


def point_choices(digest: str, knowledge: Knowledge, section_id: str) -> Reply:
    """The points of one section, to give a case to. Raises UnknownSectionError."""
    title = knowledge.section(section_id).title
    choices = [_link(digest, point, point.title) for point in knowledge.points_of(section_id)]
    back = button(BACK_TO_OUTLINE, "mo", digest)
    return Reply((Part("title", title),), (*choices, back, button(Wording.BACK, "mg", digest)), numbered=True)


def forecast_card(case: Case, point: Point, forecast: Forecast) -> Reply:
    """What members would be told if ``case`` were given to ``point``, to be confirmed."""
    back = button(Wording.BACK, "mg", case.digest)
    if forecast.refused is not None:
        return refused(forecast.refused, back, back)
    question = shorten(case.group.wordings[0].text, SHOWN)
    if any(one.id == point.id for one in forecast.points):
        parts = [*texts([Wording.WOULD.format(question=question)]), *passages(forecast)]
    else:
        instead = Wording.WOULD_OTHER if forecast.points else Wording.WOULD_NOT
        parts = [*texts([instead.format(question=question, title=point.title)]), *passages(forecast)]
    parts += texts([*also_answered(forecast), Wording.WOULD_CHECK])
    confirm = button(Wording.LINK_SURELY, "mk", f"{case.digest}.{point.id}")
    return Reply(tuple(parts), (confirm, back), numbered=True)


def passages(forecast: Forecast) -> list[Part]:
    """What would be quoted, with its place, as members would see it."""
    return [part for point in forecast.points for part in passage_parts(forecast.knowledge, point)]


def also_answered(forecast: Forecast) -> list[str]:
    """Other questions without an answer that would be answered with the same passage."""
    if not forecast.also:
        return []
    lines = [Wording.WOULD_ALSO.format(count=len(forecast.also))]
    lines += [Wording.ALSO.format(question=shorten(text, SHOWN)) for text in forecast.also[:WORDINGS]]
    return lines


def linked(settled: Resolution, digest: str, point: Point, following: Case | None) -> Reply:
    """What became of giving a case to ``point``."""
    edited = settled.edited
    if edited is not None and not edited.number:
        confirm = button(Wording.CONFIRM, "mc", f"{digest}.{point.id}")
        return refused(edited, confirm, button(Wording.BACK, "mg", digest))
    if edited is None:
        return done(Wording.KNOWN.format(title=point.title), settled, following)
    return done(Wording.LINKED.format(title=point.title, number=edited.number), settled, following)


def done(text: str, settled: Resolution, following: Case | None) -> Reply:
    """A case was dealt with: what was done, how to undo it, and what comes next."""
    lines = [text, *([Wording.UNNOTED] if settled.unnoted else [])]
    choices = [button(Wording.UNDO, "mu", settled.undo)] if settled.undo else []
    if following is not None:
        choices.append(button(Wording.NEXT, "mg", following.digest))
    return Reply(texts(lines), tuple(choices), numbered=bool(choices))


def refused(edited: ChangeResult, confirm: Choice, *others: Choice) -> Reply:
    """The knowledge was not changed: why, and ``confirm`` where that would help."""
    lines = [Wording.CONFIRM_WHY if edited.confirm else Wording.REFUSED]
    lines += [Wording.REASON.format(reason=reason) for reason in edited.reasons]
    return Reply(texts(lines), ((confirm,) if edited.confirm else ()) + others, numbered=True)


def undone(settled: Resolution, name: str) -> Reply:
    """What became of the undo of that name."""
    if settled.edited is None:
        return say(Wording.UNDONE_ONLY)
    if not settled.edited.number:
        return refused(settled.edited, button(Wording.CONFIRM, "mv", name))
    return say(Wording.UNDONE.format(number=settled.edited.number))


def _link(digest: str, point: Point, label: str) -> Choice:
    return button(label, "ml", f"{digest}.{point.id}")
