"""A knowledge without points → a ``Draft`` of its points, and the text of points.yaml that says it. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.drafting.passages import DraftPassage, cut_passages
from bot.drafting.patterns import find_patterns
from bot.knowledge.edit.amend import new_points_text
from bot.knowledge.edit.yaml_emit import item_lines, to_flow_style
from bot.knowledge.model import Fact, Knowledge
from bot.knowledge.parse.points_file import MADE
from bot.wording import Drafting


@dataclass(frozen=True, slots=True)
class DraftPoint:
    """A point as a program makes it: a curator has not looked at it yet."""

    id: str
    passage: DraftPassage
    aliases: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    gaps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """All points of a document in the order of its source. ``source_file``: the file that they quote."""

    knowledge: Knowledge
    source_file: str
    points: tuple[DraftPoint, ...]

    def with_ids(self, ids: Mapping[str, str]) -> Draft:
        """The same, with the points renamed by ``ids``."""
        return replace(self, points=tuple(replace(one, id=ids.get(one.id, one.id)) for one in self.points))

    def with_phrasings(self, questions: Mapping[str, Sequence[str]], gaps: Mapping[str, Sequence[str]]) -> Draft:
        """The same, with further questions and gaps by id of the point, behind its own."""
        return replace(
            self,
            points=tuple(
                replace(
                    one,
                    questions=(*one.questions, *questions.get(one.id, ())),
                    gaps=(*one.gaps, *gaps.get(one.id, ())),
                )
                for one in self.points
            ),
        )


def make_draft(knowledge: Knowledge, source_file: str) -> Draft:
    """The points of ``knowledge``, whose source is in ``source_file``: its passages, with what patterns find."""
    passages = cut_passages(knowledge)
    found = find_patterns(passages)
    points = tuple(
        DraftPoint(passage.name, passage, own.aliases, own.questions, own.facts)
        for passage, own in zip(passages, found, strict=True)
    )
    return Draft(knowledge, source_file, points)


def draft_text(draft: Draft) -> str:
    """The text of points.yaml that says ``draft``, each point marked as made by a program."""
    head = new_points_text(draft.knowledge, draft.source_file)
    lines = [f"# {line}" for line in Drafting.FILE_HEAD.splitlines()]
    lines.append(head.removesuffix(" []\n") if draft.points else head.removesuffix("\n"))
    for point in draft.points:
        lines.append(point_text(point).removesuffix("\n"))
    return "\n".join([*lines, ""])


def point_text(point: DraftPoint) -> str:
    """The lines of points.yaml that say ``point``."""
    passage = point.passage
    values: dict[str, str | Sequence[str]] = {
        "id": point.id,
        MADE: "true",
        "title": passage.title,
        "section": passage.section,
        "quote": passage.quote,
    }
    lists = {"aliases": point.aliases, "questions": point.questions, "gaps": point.gaps}
    values |= {key: items for key, items in lists.items() if items}
    lines = [line.replace(f'{MADE}: "true"', f"{MADE}: true") for line in item_lines(values, 2, 2)]
    if point.facts:
        lines.append("    facts:")
        lines += [f"      - {to_flow_style({'ask': fact.ask, 'value': fact.value})}" for fact in point.facts]
    return "\n".join([*lines, ""])
