"""Competitions and papers in a chat: lists, questions, results, ranks as replies. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Final

from bot.conversation.messages import Choice, Code, Part, Reply
from bot.conversation.question_replies import form_of, lettered, right_answer, several_of
from bot.features.papers.competitions import CompetitionPlan, Phase
from bot.features.papers.paper_service import Board, WrittenPaper
from bot.quiz.contest.scoring import Placement
from bot.quiz.paper import BranchScore, PersonScore
from bot.records.papers import CompetitionRecord, EntrantRecord
from bot.wording import Contests
from bot.wording import Papers as Wording

TOP: Final = 20
MISTAKES: Final = 3
"""Wrong answers in one message."""


def button(operation: str, *rest: object) -> str:
    """The action of a button of papers."""
    return Code.QUIZ.to("-".join(["y", operation, *map(str, rest)]))


def rules_line(competition: CompetitionRecord) -> str:
    """How its papers are written, in a line."""
    return _rules(competition.count, competition.minutes, competition.tries, competition.counting)


def _rules(count: int, minutes: int, tries: int, counting: str) -> str:
    return Wording.RULES.format(count=count, minutes=minutes, tries=tries, counting=Wording.COUNTINGS[counting])


def listing(found: Sequence[tuple[CompetitionRecord, Phase, str]]) -> Reply:
    """Which competitions there are, each with its phase and its window, to tap."""
    if not found:
        return Reply((Part("text", Wording.LIST_EMPTY),))
    lines = [
        Part("text", Wording.LIST_LINE.format(title=one.title, phase=Wording.PHASES[phase], window=window))
        for one, phase, window in found
    ]
    choices = tuple(Choice(one.title, button("o", one.id)) for one, _, _ in found)
    return Reply((Part("title", Wording.TITLE), *lines), choices, numbered=len(choices) > 1)


def preview(plan: CompetitionPlan, window: str, source: str, name: str) -> Reply:
    """A plan before it is published, to be published with one tap; ``name`` stands for it in the buttons."""
    rules = plan.rules
    lines = [
        Wording.PREVIEW_WINDOW.format(window=window),
        _rules(rules.count, rules.minutes, rules.tries, rules.counting),
        Wording.PREVIEW_SOURCE.format(source=source),
        Wording.PREVIEW_BRANCHES.format(branches="、".join(plan.branches)) if plan.branches else Wording.PREVIEW_FREE,
    ]
    if plan.names:
        lines[-1] = Wording.PREVIEW_NAMES.format(
            count=len(plan.names), branches=len({branch for _, branch in plan.names})
        )
    choices = (
        Choice(Wording.PUBLISH, Code.ADMIN.to(f"pp-{name}")),
        Choice(Wording.DROP, Code.ADMIN.to(f"px-{name}")),
    )
    return Reply((Part("title", plan.title), *(Part("text", line) for line in lines)), choices, private=True)


def question(written: WrittenPaper, number: int, now: datetime, note: str = "") -> Reply:
    """A question of a paper with its options, how much time is left, and what it was answered with."""
    paper = written.paper
    asked, answer = paper.questions[number], written.answers.get(number)
    left = max(int((paper.due_at - now) / timedelta(seconds=1)), 0)
    title = Wording.ASKED.format(
        number=number + 1,
        total=len(paper.questions),
        answered=written.answered,
        left=f"{left // 60}:{left % 60:02d}",
    )
    parts = [Part("note", note)] if note else []
    parts += [Part("title", title + several_of(asked)), Part("text", asked.question)]
    if answer is not None and answer.chosen:
        parts.append(Part("note", Wording.GIVEN.format(given=given_words(written, number))))
    further = [Choice(Wording.GIVE_IN, button("g", paper.id))]
    if len(paper.questions) > 1:
        further.insert(0, Choice(Wording.SKIP, button("n", paper.id, (number + 1) % len(paper.questions))))
    if asked.is_typed:
        return Reply((*parts, Part("note", Contests.HOW_TYPED)), tuple(further), expects_answer=True)
    form = form_of(asked, button("a", paper.id, number) + "-")
    if form.several:
        options = [Part("typed", label) for label in form.labels]
        how = Part("typed", Contests.HOW_SEVERAL)
        return Reply((*parts, *options, how), tuple(further), expects_answer=True, form=form)
    choices = [Choice(label, form.chosen([index])) for index, label in enumerate(form.labels)]
    return Reply(tuple(parts), (*choices, *further), expects_answer=True, form=form)


def form_action(written: WrittenPaper, number: int, chosen: tuple[int, ...]) -> str:
    """The action of the options that a question was answered with; nothing for an answer that was typed."""
    if not chosen or written.paper.questions[number].is_typed:
        return ""
    form = form_of(written.paper.questions[number], button("a", written.paper.id, number) + "-")
    return form.chosen(chosen)


def confirm_entry(competition: CompetitionRecord, name: str, branch: str) -> Reply:
    """Whether a name and a branch are right, which cannot be changed later."""
    text = Wording.CONFIRM_ENTRY.format(name=name, branch=branch)
    choices = (
        Choice(Wording.BEGIN, button("e", competition.id)),
        Choice(Wording.CHANGE_NAME, button("s", competition.id)),
    )
    return Reply((Part("text", text),), choices)


def ask_to_end(competition: CompetitionRecord) -> Reply:
    """Whether a competition is to end now."""
    text = Wording.ASK_TO_END.format(title=competition.title)
    return Reply((Part("text", text),), (Choice(Wording.END, Code.ADMIN.to(f"pe-{competition.id}")),), private=True)


def ask_to_release(found: Mapping[str, tuple[CompetitionRecord, EntrantRecord]]) -> Reply:
    """Whose name is to be free again; the keys stand for them in the buttons."""
    choices = []
    for key, (competition, entrant) in found.items():
        label = Wording.RELEASE.format(who=_with_branch(entrant), title=competition.title)
        choices.append(Choice(label, Code.ADMIN.to(f"pr-{key}")))
    return Reply((Part("text", Wording.RELEASE_CHOOSE),), tuple(choices), private=True)


def given_words(written: WrittenPaper, number: int) -> str:
    """What a question was answered with, in words."""
    answer = written.answers.get(number)
    if answer is None or not answer.chosen:
        return Wording.NOT_ANSWERED
    return answer.typed or "；".join(lettered(written.paper.questions[number], index) for index in answer.chosen)


def confirm(written: WrittenPaper) -> Reply:
    """Whether a paper is to be given in: how many questions have no answer yet."""
    missing = len(written.paper.questions) - written.answered
    text = Wording.GIVE_IN_MISSING.format(count=missing) if missing else Wording.GIVE_IN_ALL
    choices = [Choice(Wording.GIVE_IN, button("h", written.paper.id))]
    choices.append(Choice(Wording.GO_ON, button("n", written.paper.id, written.next_open() or 0)))
    return Reply((Part("text", text),), tuple(choices))


def result(competition: CompetitionRecord, written: WrittenPaper, board: Board, person: str, *, again: bool) -> Reply:
    """How a paper that is over went, and where its writer stands; ``again``: another one may be begun."""
    score, paper = written.score, written.paper
    lines = [Wording.SCORE.format(right=score.points, total=len(paper.questions))]
    lines.append(Wording.TIME_TAKEN.format(time=duration(paper.ms)))
    if paper.given_in_at is None:
        lines.append(Wording.BY_ITSELF)
    placement = board.placement(person)
    if placement is not None:
        lines.append(Wording.PLACE.format(place=placement.place, persons=len(board.persons)))
    choices = []
    if score.points < len(paper.questions):
        choices.append(Choice(Wording.MISTAKES, button("r", paper.id, 0)))
    choices.append(Choice(Wording.SEE_RANKS, button("k", competition.id)))
    if again:
        choices.append(Choice(Wording.BEGIN_AGAIN, button("s", competition.id)))
    return Reply((Part("title", competition.title), *(Part("text", line) for line in lines)), tuple(choices))


def mistakes(written: WrittenPaper, page: int) -> Reply:
    """Some questions that were not answered rightly, each with what is right and its passage; ``page`` from 0."""
    wrong = [number for number in range(len(written.paper.questions)) if not written.is_right(number)]
    if not wrong:
        return Reply((Part("text", Wording.ALL_RIGHT),))
    page = min(page, (len(wrong) - 1) // MISTAKES)
    parts: list[Part] = []
    for number in wrong[page * MISTAKES : (page + 1) * MISTAKES]:
        asked = written.paper.questions[number]
        parts += [
            Part("title", f"{Wording.QUESTION.format(number=number + 1)} {asked.question}"),
            Part("text", Wording.GIVEN.format(given=given_words(written, number))),
            Part("text", Wording.RIGHT.format(right=right_answer(asked))),
            Part("quote", asked.explanation),
        ]
    further = wrong[(page + 1) * MISTAKES :]
    choices = (Choice(Wording.MORE_MISTAKES.format(count=len(further)), button("r", written.paper.id, page + 1)),)
    return Reply(tuple(parts), choices if further else ())


def ranks(competition: CompetitionRecord, board: Board, person: str) -> Reply:
    """The first places, and that of ``person``."""
    if not board.persons:
        return Reply((Part("text", Wording.NO_RANKS),))
    lines = [person_line(board, one) for one in board.persons[:TOP]]
    own = board.placement(person)
    if own is not None and own not in board.persons[:TOP]:
        lines.append(Wording.OWN_LINE.format(line=person_line(board, own)))
    head = Wording.COUNT.format(count=len(board.persons))
    choices = (Choice(Wording.BY_BRANCH, button("k", competition.id, "b")),) if board.branches else ()
    parts = [Part("title", competition.title), Part("note", head), *(Part("text", line) for line in lines)]
    return Reply(tuple(parts), choices)


def branch_ranks(competition: CompetitionRecord, board: Board) -> Reply:
    """The branches with their places."""
    if not board.branches:
        return Reply((Part("text", Wording.NO_BRANCHES),))
    lines = [branch_line(one) for one in board.branches]
    choices = (Choice(Wording.BY_PERSON, button("k", competition.id)),)
    parts = [Part("title", competition.title), *(Part("text", line) for line in lines)]
    return Reply((*parts, Part("note", Wording.BRANCH_NOTE)), choices)


def person_line(board: Board, placement: Placement[PersonScore]) -> str:
    """A line of the ranks by person."""
    score = placement.score
    entrant = board.entrants.get(score.person)
    name = _with_branch(entrant) if entrant is not None else Wording.NAMELESS
    return Wording.PERSON_LINE.format(
        place=placement.place, name=name, points=score.points, total=score.total, time=duration(score.ms)
    )


def _with_branch(entrant: EntrantRecord) -> str:
    if not entrant.branch:
        return entrant.name
    return Wording.NAME_OF_BRANCH.format(name=entrant.name, branch=entrant.branch)


def branch_line(placement: Placement[BranchScore]) -> str:
    """A line of the ranks by branch."""
    score = placement.score
    if not score.taken_part:
        return Wording.BRANCH_LINE_NOBODY.format(branch=score.branch)
    return Wording.BRANCH_LINE.format(
        place=placement.place, branch=score.branch, average=decimal(score.points), taken_part=taken_part(score)
    )


def taken_part(score: BranchScore) -> str:
    """How many of a branch took part; of how many, if there is a list of names."""
    if not score.listed:
        return Wording.PERSONS.format(count=score.taken_part)
    return Wording.OF_LISTED.format(count=score.taken_part, listed=score.listed)


def decimal(value: Fraction) -> str:
    """``value`` with one digit behind the point."""
    return f"{float(value):.1f}"


def percent(value: Fraction | None) -> str:
    """A share as per cent; nothing if there is none."""
    return "" if value is None else f"{decimal(value * 100)}%"


def duration(ms: int) -> str:
    """A time in minutes and seconds."""
    minutes, seconds = divmod(ms // 1000, 60)
    if not minutes:
        return Wording.SECONDS.format(count=seconds)
    return Wording.DURATION.format(minutes=minutes, seconds=seconds)


def invitation(competition: CompetitionRecord, window: str, address: str) -> str:
    """What is posted in groups: what the competition is, and where it is written."""
    text = Wording.INVITATION.format(title=competition.title, window=window, rules=rules_line(competition))
    return f"{text}\n{where(competition, address)}"


def where(competition: CompetitionRecord, address: str) -> str:
    """Where a competition is written: at a page with that ``address``, if there is one, or in a private chat."""
    if not address:
        return Wording.IN_PRIVATE
    return Wording.ON_PAGE.format(link=f"{address.rstrip('/')}/paper/{competition.id}")
