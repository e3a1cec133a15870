"""Candidates and versions → the replies that show them. Pure; the words come from ``wording``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import tzinfo

from bot.conversation.messages import Attachment, Choice, Code, Part, Reply
from bot.errors import ValidationIssue, count_issues
from bot.features.knowledge_versions.candidate import Candidate
from bot.features.knowledge_versions.regression import Changed
from bot.records.knowledge_versions import Version
from bot.wording import Versions as Wording

SHOWN_ISSUES = 8  # that are shown at once on a phone; all of them are in the file
GOLDEN = 8


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
    empty = candidate.diff.is_empty
    lines = [Wording.NO_CHANGES] if empty else [Wording.CHANGES, *(f"· {line}" for line in candidate.diff.lines())]
    lines += _golden(candidate)
    served = candidate.served
    if served is not None and served.rest:
        lines.append(Wording.RESTING.format(count=len(served.rest)))
    kept = len(candidate.content.amendments) - (len(served.rest) if served else 0)
    if kept and candidate.wish.origin in {"folder", "upload"}:
        lines.append(Wording.KEPT_ADDITIONS.format(count=kept))
    if candidate.issues:
        lines += [
            Wording.MINOR.format(count=count_issues(candidate.issues)),
            *map(str, candidate.issues[:SHOWN_ISSUES]),
        ]
    return lines


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
