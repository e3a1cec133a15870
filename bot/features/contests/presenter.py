"""A contest → the replies that show it. Pure; the words come from ``wording``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.access.member_names import told_apart
from bot.conversation.channel import AskedQuestion
from bot.conversation.messages import Choice, Code, Incoming, Part, Reply, say
from bot.conversation.question_replies import LETTERS, form_of, judged, lettered, right_answer, several_of
from bot.quiz.contest.effects import Effect, Notice, NotifyMember
from bot.quiz.contest.scoring import Placement, Score, TeamScore, assign_places, is_out, scores, team_scores
from bot.quiz.contest.state import PAUSE_TIMEOUT, Contest, Mode, Scoring
from bot.wording import Contests as Wording
from bot.wording import Reports

TOP = 10  # members that a board shows
_NOTICES: Mapping[Notice, str] = {
    "taken": Wording.TAKEN,
    "changed": Wording.CHANGED,
    "withdrawn": Wording.WITHDRAWN,
    "stands": Wording.STANDS,
    "late": Wording.LATE,
    "not_open": Wording.NOT_OPEN,
    "no_option": Wording.NO_OPTION,
    "joined": Wording.JOINED,
    "team_stands": Wording.TEAM_STANDS,
    "no_team": Wording.NO_TEAM,
    "running": Wording.RUNNING,
    "no_questions": Wording.NO_QUESTIONS,
    "not_yours": Wording.NOT_YOURS,
    "not_running": Wording.NOT_RUNNING,
    "pausing": Wording.PAUSING,
    "voided": Wording.VOIDED,
    "restored": Wording.RESTORED,
}
_SCORE_LINES: Mapping[tuple[Mode, Scoring], str] = {
    ("challenge", "right"): Wording.SCORE_RUN,
    ("challenge", "speed"): Wording.SCORE_RUN_SPEED,
    ("buzzer", "speed"): Wording.SCORE_FIRST_SPEED,
}
_FINALS = {
    "stopped": Wording.FINAL_STOPPED,
    "abandoned": Wording.FINAL_ABANDONED,
    "over": Wording.FINAL_OVER,
}


def notice(told: Notice, contest: Contest | None = None, member: str = "") -> str:
    """The sentence for ``told``."""
    team = contest.progress.teams.get(member, "") if contest is not None else ""
    return _NOTICES[told].format(team=team)


def notices(effects: Sequence[Effect], incoming: Incoming, contest: Contest | None = None) -> Reply:
    """What is told to one member: a press is answered by a notice that nobody else sees."""
    told = [effect.notice for effect in effects if isinstance(effect, NotifyMember)]
    text = "\n".join(notice(one, contest, incoming.person) for one in told)
    if incoming.action:
        return Reply(toast=text)
    return say(text) if text else Reply()


def title_of(contest: Contest) -> str:
    """What a contest is called: its kind, and its topic where it has one."""
    title = Wording.TITLES[contest.rules.mode]
    topic = contest.setup.topic
    return Wording.ON_TOPIC.format(title=title, topic=topic) if topic else title


def begins(contest: Contest) -> Reply:
    """That a contest begins, how it is played and scored, and when the first question comes."""
    rules = contest.rules
    count = len(contest.setup.questions)
    sentence = Wording.BEGINS_SELF_PACED if rules.self_paced else Wording.BEGINS
    text = sentence.format(
        title=title_of(contest), count=count, seconds=rules.seconds, rule=rule_of(rules.mode, rules.scoring)
    )
    parts = [Part("text", text)]
    if rules.teams:
        parts.append(Part("text", Wording.CHOOSE_TEAM))
    if rules.lead_in:
        parts.append(Part("text", Wording.LEAD_IN.format(seconds=rules.lead_in)))
    teams = [
        Choice(Wording.JOIN.format(team=team), Code.QUIZ.to(f"j-{number}")) for number, team in enumerate(rules.teams)
    ]
    return Reply(tuple(parts), tuple(teams))


def rule_of(mode: Mode, scoring: Scoring) -> str:
    """How ``mode`` is played and what a right answer brings."""
    points = Wording.POINTS_SPEED if scoring == "speed" else Wording.POINTS
    return Wording.RULES[mode].format(points=points[mode])


def heading(asked: AskedQuestion) -> str:
    """What stands before a question."""
    of = several_of(asked.question) + (Wording.SENT_AGAIN if asked.again else "")
    if asked.mode == "daily":
        return Wording.QUESTION_DAILY + of
    sentence = Wording.QUESTION if asked.seconds else Wording.QUESTION_SELF_PACED
    return sentence.format(number=asked.number, total=asked.total, seconds=asked.seconds) + of


def question(asked: AskedQuestion) -> Reply:
    """A question to be answered in words, or with a button where one answer is right."""
    of = asked.question
    stop = () if asked.seconds else (Choice(Wording.STOP_ALONE, Code.QUIZ.to("x")),)
    if of.is_typed:
        told = (Part("title", heading(asked)), Part("text", of.question), Part("typed", Wording.HOW_TYPED))
        return Reply(told, tools=stop, expects_answer=True)
    several = len(of.correct) > 1
    parts = [
        Part("title", heading(asked)),
        Part("text", of.question),
        *(Part("typed", lettered(of, index)) for index in range(len(of.options))),
        Part("typed", Wording.HOW_SEVERAL if several else Wording.HOW_ONE),
    ]
    form = form_of(of, Code.QUIZ.to(f"a-{asked.contest}-{asked.number - 1}-"))
    buttons = tuple(Choice(LETTERS[index], form.chosen([index])) for index in range(len(of.options)))
    return Reply(tuple(parts), tools=stop if several else (*buttons, *stop), expects_answer=True, form=form)


def reveal(contest: Contest, number: int) -> Reply:
    """What was right, where nobody could see it before."""
    of = contest.setup.questions[number]
    if contest.rules.solo:
        over = contest.progress.rounds[number].reason == "time"
        text = (Wording.TIME_OVER if over else Wording.ANSWER_WAS).format(answer=right_answer(of))
    else:
        text = Wording.REVEAL.format(number=number + 1, answer=right_answer(of))
    return with_next(judged(text, of), contest)


def with_next(reply: Reply, contest: Contest) -> Reply:
    """``reply`` with a button for the next question, where that waits for whoever plays alone."""
    if not contest.waits_for_member:
        return reply
    return replace(reply, choices=(Choice(Wording.REVIEW_NEXT, Code.QUIZ.to("c")),))


def board(contest: Contest, names: Mapping[str, str]) -> Reply:
    """How it stands now."""
    number, total = len(contest.progress.rounds), len(contest.setup.questions)
    title = Part("title", Wording.BOARD.format(number=number, total=total))
    return Reply((title, *_lines(contest, names)))


def final(contest: Contest, names: Mapping[str, str]) -> Reply:
    """How it ended."""
    sentence = _FINALS.get(contest.progress.finish, Wording.FINAL)
    parts = [Part("title", sentence.format(title=title_of(contest))), *_lines(contest, names)]
    unsent = sum(round.reason == "unsent" for round in contest.progress.rounds)
    void = [str(number) for number, round in enumerate(contest.progress.rounds, start=1) if round.voided]
    if void:
        parts.append(Part("text", Wording.VOID_LINE.format(numbers="、".join(void))))
    if unsent:
        parts.append(Part("text", Wording.UNSENT.format(count=unsent)))
    again = Choice(Wording.AGAIN, Code.QUIZ.to(f"r-{contest.setup.id}"))
    report = Choice(Reports.BOARD_BUTTON, Code.QUIZ.to(f"b-{contest.setup.id}"))
    mine = Choice(Wording.OWN_BUTTON, Code.QUIZ.to(f"i-{contest.setup.id}"))
    own = () if contest.rules.solo or len(scores(contest)) <= TOP else (mine,)
    return Reply(tuple(parts), (*own, report) if contest.rules.mode == "daily" else (again, *own, report))


def full_board(contest: Contest, names: Mapping[str, str]) -> Reply:
    """Everybody's place, however many there are."""
    title = Part("title", Wording.FULL_BOARD.format(title=title_of(contest)))
    return Reply((title, *_lines(contest, names, len(scores(contest)))))


def again(board: Reply) -> Reply:
    """``board``, which may be in its chat already, from a process that was killed."""
    title, *others = board.parts
    return replace(board, parts=(replace(title, text=title.text + Wording.SENT_AGAIN), *others))


def paused(contest: Contest) -> Reply:
    """That nobody answers, or that it was left behind; and how to go on."""
    progress, rules = contest.progress, contest.rules
    if progress.silent < rules.patience:
        number = len(progress.rounds) + (not progress.rounds or progress.rounds[-1].closed is not None)
        text = Wording.LEFT.format(title=title_of(contest), number=number, total=len(contest.setup.questions))
    else:
        minutes = int(PAUSE_TIMEOUT.total_seconds() // 60)
        text = Wording.PAUSED.format(count=rules.patience, minutes=minutes)
    return Reply(
        (Part("text", text),), (Choice(Wording.RESUME, Code.QUIZ.to("c")), Choice(Wording.STOP, Code.QUIZ.to("x")))
    )


def place_of(placed_: Placement[Score] | Placement[TeamScore]) -> str:
    """A place as it is shown: a medal or a number."""
    medal = placed_.medal
    return Wording.MEDALS[medal - 1] if medal else Wording.PLACE.format(place=placed_.place)


def _lines(contest: Contest, names: Mapping[str, str], top: int = TOP) -> list[Part]:
    found = assign_places(scores(contest))
    if not found:
        return [Part("text", Wording.NOBODY)]
    lines: list[Part] = []
    if contest.rules.mode == "teams":
        lines += [Part("text", _team_line(place)) for place in assign_places(team_scores(contest), timed=False)]
        lines.append(Part("text", Wording.TEAM_MEMBERS))
    shown = told_apart({place.score.member: names.get(place.score.member, "") for place in found}, Wording.NAMELESS)
    lines += [Part("text", _line(contest, place, shown)) for place in found[:top]]
    if len(found) > top:
        lines.append(Part("text", Wording.MORE.format(count=len(found) - top)))
    return lines


def own_place(contest: Contest, member: str) -> str:
    """Where a member stands in a contest, in a sentence."""
    found = assign_places(scores(contest))
    mine = next((place for place in found if place.score.member == member), None)
    if mine is None:
        return Wording.OWN_NONE
    return Wording.OWN_PLACE.format(
        place=mine.place, count=len(found), points=mine.score.points, right=mine.score.right
    )


def _line(contest: Contest, place: Placement[Score], names: Mapping[str, str]) -> str:
    score, mode = place.score, contest.rules.mode
    line = _SCORE_LINES.get((mode, contest.rules.scoring), Wording.SCORE).format(
        place=Wording.PLACE.format(place=place.place) if mode == "teams" else place_of(place),  # medals are the teams'
        name=names[score.member],
        points=score.points,
        counted=score.counted,
        seconds=Wording.SECONDS.format(seconds=score.ms / 1000),
    )
    return Wording.OUT.format(line=line) if mode == "challenge" and is_out(contest, score.member) else line


def _team_line(place: Placement[TeamScore]) -> str:
    score = place.score
    points = f"{float(score.points):.2f}".rstrip("0").rstrip(".")
    return Wording.TEAM_SCORE.format(place=place_of(place), name=score.team, members=score.members, points=points)


def asked_of(contest: Contest, number: int) -> AskedQuestion:
    """A round of a contest as the channel is to ask it."""
    setup = contest.setup
    seconds = 0 if setup.rules.self_paced else setup.rules.seconds
    return AskedQuestion(setup.id, number + 1, len(setup.questions), setup.questions[number], seconds, setup.rules.mode)
