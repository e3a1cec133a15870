"""Candidates and versions → the replies that show them. Pure; the words come from ``wording``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import tzinfo

from bot.conversation.messages import Attachment, Choice, Code, Part, Reply
from bot.errors import ValidationIssue, count_issues
from bot.features.knowledge_versions.added_documents import Added
from bot.features.knowledge_versions.candidate import Candidate
from bot.features.knowledge_versions.regression import Changed
from bot.knowledge.diff.passages import Passage, PassageChanges
from bot.knowledge.load import source_name
from bot.knowledge.model import Knowledge
from bot.records.knowledge_versions import Version
from bot.text import shorten
from bot.wording import Versions as Wording

SHOWN_ISSUES = 8  # that are shown at once on a phone; all of them are in the file
GOLDEN = 8
OUTLINE = 10  # headings of a document that are shown before it is served
PLACES = 6  # passages of one kind that differ
_HEADING = 24  # characters of one of them


def looked_over(candidate: Candidate, in_use: Iterable[str] = (), lead: str = "") -> Reply:
    """What ``candidate`` would change, to be applied or dropped; or why it cannot be. ``lead`` is said first.

    ``in_use``: the ids of points that contests which run ask about.
    """
    if candidate.served is None:
        return refused(candidate.issues, lead)
    if candidate.same:
        return Reply((Part("text", Wording.SAME),))
    lines = [lead or Wording.CHECKED, *changes_of(candidate)]
    lost = [point for point in in_use if point in {one.id for one in candidate.diff.points.removed}]
    if lost:
        lines.append(Wording.IN_USE.format(points="、".join(sorted(lost))))
    buttons = (
        Choice(Wording.APPLY_ANYWAY if candidate.broken else Wording.APPLY, Code.ADMIN.to(f"ra-{candidate.id}")),
        Choice(Wording.DISCARD, Code.ADMIN.to(f"rx-{candidate.id}")),
    )
    return Reply(tuple(Part("text", line) for line in lines), buttons)


def changes_of(candidate: Candidate) -> list[str]:
    """What would be other than before, and what is amiss without keeping it from being served."""
    served = candidate.served
    if candidate.another and served is not None:
        return _document(candidate, served.knowledge)
    empty = candidate.diff.is_empty
    lines = [Wording.NO_CHANGES] if empty else [Wording.CHANGES, *(f"· {line}" for line in candidate.diff.lines())]
    if candidate.edition and served is not None:
        lines = [*_edition(candidate, served.knowledge), *([] if empty else lines[1:])]
    lines += _golden(candidate)
    if served is not None and served.rest:
        lines.append(Wording.RESTING.format(count=len(served.rest)))
    kept = len(candidate.content.amendments) - (len(served.rest) if served else 0)
    if kept and candidate.proposal.origin in {"folder", "upload"}:
        lines.append(Wording.KEPT_ADDITIONS.format(count=kept))
    issues = candidate.issues
    if candidate.edition and served is not None:  # what no point covers yet is no fault of an edition
        issues = tuple(issue for issue in issues if issue.file != source_name(served.files))
    if issues:
        lines += [Wording.MINOR.format(count=count_issues(issues)), *map(str, issues[:SHOWN_ISSUES])]
    return lines


def _document(candidate: Candidate, knowledge: Knowledge) -> list[str]:
    """What a document of its own has, what it can be asked, and what of it could not be read."""
    structure = knowledge.structure
    lines = [
        Wording.DOCUMENT.format(
            title=knowledge.title, units=len(structure.units), characters=len("".join(knowledge.source.split()))
        )
    ]
    if knowledge.points:
        lines.append(Wording.DOCUMENT_POINTS.format(count=len(knowledge.points)))
    headings = [
        f"{'　' * (section.level - 1)}{shorten(section.title, _HEADING)}"
        for section in structure.sections
        if section.is_heading and section.level <= 2 and not section.inline
    ]
    if headings:
        lines += [Wording.OUTLINE, *(f"· {heading}" for heading in headings[:OUTLINE])]
    else:
        lines.append(Wording.NO_OUTLINE)
    if len(headings) > OUTLINE:
        lines.append(Wording.OUTLINE_MORE.format(count=len(headings) - OUTLINE))
    lines += _samples(candidate)
    lines += _unread(candidate)
    return [*lines, Wording.REPLACES]


def _edition(candidate: Candidate, knowledge: Knowledge) -> list[str]:
    """Which passages of a new edition differ, what it can be asked, and what of it could not be read."""
    lines = [Wording.EDITION.format(title=knowledge.title), *passage_lines(candidate.passages)]
    return [*lines, *_samples(candidate), *_unread(candidate)]


def passage_lines(found: PassageChanges) -> list[str]:
    """Which passages differ between two editions, a line for each way."""
    groups: tuple[tuple[str, Sequence[str]], ...] = (
        (Wording.PASSAGES_CHANGED, [_named(new) for _, new in found.changed]),
        (Wording.PASSAGES_ADDED, [_named(new) for new in found.added]),
        (Wording.PASSAGES_REMOVED, [_named(old) for old in found.removed]),
        (Wording.PASSAGES_MOVED, [f"{old.place}→{new.place}" for old, new in found.moved]),
    )
    lines: list[str] = []
    for sentence, names in groups:
        if names:
            more = Wording.AND_MORE if len(names) > PLACES else ""
            lines.append("· " + sentence.format(count=len(names), places="；".join(names[:PLACES]) + more))
    if found.is_empty:
        lines.append(Wording.PASSAGES_SAME)
    return lines


def _named(passage: Passage) -> str:
    return f"{passage.place}“{shorten(' '.join(passage.text.split()), _HEADING)}”"


def _samples(candidate: Candidate) -> list[str]:
    if not candidate.samples:
        return [Wording.NO_SAMPLES]
    lines = [Wording.SAMPLES]
    for sample in candidate.samples:
        lines.append(Wording.SAMPLE.format(question=sample.question, answer=sample.answer, place=sample.place))
    return lines


def _unread(candidate: Candidate) -> list[str]:
    notes = candidate.proposal.notes
    return [Wording.UNREAD, *(f"· {note}" for note in notes)] if notes else []


def which_document(candidate: Candidate, title: str, shared: float, *, beside: bool = False) -> Reply:
    """Whether what was sent is a new edition of the document called ``title``, or another one, is asked.

    ``shared``: the share of its sentences that they have in common. ``beside``: another one may stand beside it.
    """
    text = Wording.WHICH.format(title=title, percent=round(100 * shared))
    buttons = [Choice(Wording.IS_EDITION, Code.ADMIN.to(f"re-{candidate.id}"))]
    if beside:
        buttons.append(Choice(Wording.PUT_BESIDE, Code.ADMIN.to(f"rs-{candidate.id}")))
    buttons += [
        Choice(Wording.IS_ANOTHER_INSTEAD if beside else Wording.IS_ANOTHER, Code.ADMIN.to(f"rn-{candidate.id}")),
        Choice(Wording.DISCARD, Code.ADMIN.to(f"rx-{candidate.id}")),
    ]
    return Reply((Part("text", text),), tuple(buttons))


def beside_or_instead(preview: Reply, candidate: Candidate) -> Reply:
    """``preview`` of a document of its own, which is offered a place beside the others before it takes one's place."""
    put = Choice(Wording.PUT_BESIDE, Code.ADMIN.to(f"rs-{candidate.id}"))
    apply = Code.ADMIN.to(f"ra-{candidate.id}")
    others = (replace(one, label=Wording.INSTEAD) if one.action == apply else one for one in preview.choices)
    parts = tuple(
        replace(part, text=Wording.BESIDE_OR_INSTEAD) if part.text == Wording.REPLACES else part
        for part in preview.parts
    )
    return replace(preview, parts=parts, choices=(put, *others))


def edition_of_another(candidate: Candidate, key: str, title: str, shared: float) -> Reply:
    """That what was sent resembles the document ``title`` of the shelf; whether it is a new edition of it is asked."""
    text = Wording.LIKE_ANOTHER.format(title=title, percent=round(100 * shared))
    buttons = (
        Choice(Wording.IS_EDITION, Code.ADMIN.to(f"rs-{candidate.id}.{key}")),
        Choice(Wording.PUT_BESIDE, Code.ADMIN.to(f"rs-{candidate.id}")),
        Choice(Wording.DISCARD, Code.ADMIN.to(f"rx-{candidate.id}")),
    )
    return Reply((Part("text", text),), buttons)


def put_beside(added: Added) -> Reply:
    """That a document is on the shelf now, and what changed in it if it was there before."""
    away = Choice(Wording.TAKE_AWAY, Code.ADMIN.to(f"rt-{added.key}"))
    if added.changes is None:
        text = Wording.PUT.format(title=added.title)
        return Reply((Part("text", text),), (Choice(Wording.READ_ALONE, Code.BOOK.to(added.key)), away))
    lines = [Wording.PUT_EDITION.format(title=added.title), *passage_lines(added.changes)]
    return Reply(tuple(Part("text", line) for line in lines), (away,))


def unreadable(name: str, sentence: str) -> Reply:
    """Why a document was not read."""
    return Reply((Part("text", Wording.UNREADABLE.format(name=name)), Part("text", sentence)))


def refused(issues: Sequence[ValidationIssue], lead: str = "") -> Reply:
    """Why nothing was changed, with file and line."""
    worst = sorted(issues, key=lambda issue: not issue.fatal)
    lines = [
        *([lead] if lead else []),
        Wording.REFUSED.format(count=count_issues(worst)),
        *map(str, worst[:SHOWN_ISSUES]),
    ]
    if len(worst) <= SHOWN_ISSUES:
        return Reply(tuple(Part("text", line) for line in lines))
    lines.append(Wording.MORE.format(count=count_issues(worst[SHOWN_ISSUES:])))
    whole = "\n".join(map(str, issues)).encode()
    return Reply(tuple(Part("text", line) for line in lines), files=(Attachment(Wording.FAULTS_FILE, whole),))


def are_you_sure(candidate: Candidate) -> Reply:
    """The second question, where golden questions would break."""
    lines = "\n".join(map(golden_line, candidate.broken[:GOLDEN]))
    text = Wording.SURE.format(count=len(candidate.broken), lines=lines)
    buttons = (
        Choice(Wording.CONFIRM, Code.ADMIN.to(f"rc-{candidate.id}")),
        Choice(Wording.DISCARD, Code.ADMIN.to(f"rx-{candidate.id}")),
    )
    return Reply((Part("text", text),), buttons)


def applied(number: int, lead: str = "", lines: Sequence[str] = ()) -> Reply:
    """That a version is served, and the way back."""
    text = lead or Wording.APPLIED
    undo = (
        (Choice(Wording.ROLL_BACK.format(number=number - 1), Code.ADMIN.to(f"rb-{number - 1}")),) if number > 1 else ()
    )
    return Reply((Part("text", text.format(number=number)), *(Part("text", line) for line in lines)), undo)


def worse(number: int, broken: Sequence[Changed]) -> Reply:
    """That golden questions proved broken when the meanings of version ``number`` were there, and the way back."""
    lead = Wording.WORSE.replace("{count}", str(len(broken)))
    return applied(number, lead, [golden_line(change) for change in broken[:GOLDEN]])


def golden_line(change: Changed) -> str:
    """One golden question whose answer changes."""
    now = Wording.ANSWERED_WITH.format(title=change.now) if change.now else Wording.NOT_ANSWERED
    if change.new:
        wanted = Wording.GOLDEN_WANTED.format(points="、".join(change.points)) if change.points else Wording.GOLDEN_NONE
        return Wording.GOLDEN_NEW.format(ask=change.ask, wanted=wanted, now=now)
    if change.breaks and change.was:
        return Wording.GOLDEN_BREAKS.format(ask=change.ask, was=change.was, now=now)
    if change.was and change.was == change.now:
        return Wording.GOLDEN_QUOTE.format(ask=change.ask, title=change.now)
    was = Wording.ANSWERED_WITH.format(title=change.was) if change.was else Wording.WAS_NOT_ANSWERED
    return Wording.GOLDEN_OTHER.format(ask=change.ask, was=was, now=now)


def _golden(candidate: Candidate) -> list[str]:
    new = [one for one in candidate.golden if one.new]
    others = [one for one in candidate.golden if not one.new]
    lines = []
    if new:
        lines += [Wording.GOLDEN_UNMET.format(count=candidate.added, unmet=len(new)), *map(golden_line, new[:GOLDEN])]
    elif candidate.added:
        lines.append(Wording.GOLDEN_MET.format(count=candidate.added))
    if others:
        lines.append(Wording.GOLDEN_CHANGED.format(count=candidate.asked, changed=len(others)))
        lines += map(golden_line, others[:GOLDEN])
    elif candidate.asked:
        lines.append(Wording.GOLDEN_FINE.format(count=candidate.asked))
    return [*lines, *([Wording.GOLDEN_LATER] if candidate.by_words else [])]


def when(version: Version, zone: tzinfo) -> str:
    """The time at which a version was applied."""
    local = version.at.astimezone(zone)
    return Wording.WHEN.format(month=local.month, day=local.day, hour=local.hour, minute=local.minute)
