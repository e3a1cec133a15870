"""The text of points.yaml, with one thing added: every other byte, comments and order too, stays as it is. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.errors import KnowledgeError, ValidationIssue
from bot.knowledge.edit.amendment import AddPoint, AddQuestion, Amendment
from bot.knowledge.edit.yaml_emit import to_flow_style, to_scalar
from bot.knowledge.edit.yaml_insert import Insertion
from bot.knowledge.edit.yaml_places import InsertionFinder, plain_values, read_points, tidy_amendment, without_amendment
from bot.knowledge.files import POINTS_FILE
from bot.knowledge.model import Knowledge
from bot.knowledge.parse.yaml_nodes import line_of
from bot.text import squash
from bot.wording import Amending


def amend(text: str, amendment: Amendment, file: str = POINTS_FILE) -> str:
    """``text`` of a points.yaml with ``amendment`` in it; as it is where that stands in it already.

    What comes out is read again and compared: nothing but the addition differs. ``file`` is the name of the file in
    issues. Raises KnowledgeError, with a sentence that says what to do, if the addition has no place (any more).
    """
    return _amend_apart(text, [amendment], file)[0]


def new_points_text(knowledge: Knowledge, source: str) -> str:
    """The text of a points.yaml without points, for a knowledge that is its source alone, in the file ``source``."""
    head = {"title": knowledge.title, "speaker": knowledge.speaker, "source": source}
    lines = [f"{key}: {to_scalar(value)}" for key, value in head.items() if value]
    lines.append("sections:")
    for section in knowledge.sections:
        entry = {"id": section.id, "title": section.title, "begins": section.begins.partition("\n")[0]}
        lines.append(f"  - {to_flow_style({key: value for key, value in entry.items() if value})}")
    return "\n".join([*lines, "points: []", ""])


@dataclass(frozen=True, slots=True)
class AmendResult:
    """A text with additions in it; those that stood there ``already``, and those ``without_place`` in it."""

    text: str
    already: tuple[Amendment, ...] = ()
    without_place: tuple[Amendment, ...] = ()


def amend_all(text: str, amendments: Sequence[Amendment], file: str = POINTS_FILE) -> AmendResult:
    """``text`` with all of ``amendments`` in it, in their order, as far as they have a place.

    The same as ``amend`` one after the other, but that the text is read a few times only.
    """
    waiting, already, rest = list(amendments), list[Amendment](), list[Amendment]()
    listed: set[str] = set()  # points that have a list of questions by now
    while waiting:
        round_, waiting = _apart(waiting, listed)
        try:
            text, there = _amend_apart(text, round_, file)
            already += there
        except KnowledgeError:
            for one in round_:
                try:
                    text, there = _amend_apart(text, [one], file)
                    already += there
                except KnowledgeError:
                    rest.append(one)
        listed |= {one.point for one in round_ if isinstance(one, AddQuestion) and one not in rest}
    return AmendResult(text, tuple(already), tuple(rest))


def _apart(amendments: Sequence[Amendment], listed: Collection[str]) -> tuple[list[Amendment], list[Amendment]]:
    """Those of ``amendments`` that can be put in together, and the others, which need to see them in their place.

    The first question of a point may have to make its list; behind that, and where it is ``listed``, there may be many.
    """
    together: list[Amendment] = []
    later: list[Amendment] = []
    seen: set[tuple[str, str]] = set()  # points with the cores of their questions; with nothing for a new point
    touched: set[str] = set()  # points that anything was about, now or later
    for one in amendments:
        if isinstance(one, AddQuestion):
            point, place = one.point, (one.point, squash(one.question))
            waits = place in seen or (point, "") in seen or (point in touched and point not in listed)
        else:
            point, place = one.id, (one.id, "")
            waits = point in touched
        touched.add(point)
        if waits:
            later.append(one)
        else:
            seen.add(place)
            together.append(one)
    return together, later


def _amend_apart(text: str, amendments: Sequence[Amendment], file: str) -> tuple[str, list[Amendment]]:
    """``text`` with ``amendments`` in it that need not see each other, and those that stood in it already.

    Raises KnowledgeError if one has no place.
    """
    root = read_points(text, file)
    places = InsertionFinder(text, root, file)
    found: list[tuple[Insertion, Amendment]] = []
    already: list[Amendment] = []
    for one in amendments:
        tidy = tidy_amendment(one)
        insertion = places.insertion(tidy)
        if insertion is None:
            already.append(one)
        else:
            found.append((insertion, tidy))
    amended = text
    # from the end, so that places stay where they were found; at one place questions go before new points
    ranked = [(one.at, isinstance(added, AddPoint), number, one) for number, (one, added) in enumerate(found)]
    for *_, insertion in sorted(ranked, key=lambda each: each[:3], reverse=True):
        amended = insertion.into(amended)
    after = plain_values(read_points(amended, file)) if found else plain_values(root)
    for _, added in reversed(found):
        after = without_amendment(after, added)
    if after != plain_values(root):
        raise KnowledgeError([ValidationIssue(file, line_of(root), Amending.UNUSUAL)])
    return amended, already
