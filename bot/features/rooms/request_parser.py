"""What is wanted of a room, as people write it or a form says it → a request, and the rules it is played by. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from bot.access.member_names import NameRefusedError, shown_name
from bot.contests.request_parser import LEAST_SECONDS, MOST_SECONDS, QuizRequest, wanted_of
from bot.errors import BotError
from bot.quiz.contest.state import Mode, Rules, Scoring, Segment
from bot.quiz.question import Form, Question
from bot.text import clean
from bot.wording import Contests, RoomNotices

MAX_COUNT: Final = 200
MAX_TEAMS: Final = 30
MAX_TEAM: Final = 20
"""Characters of a team's name."""
PATIENCE: Final = 1_000_000
"""Questions in a row that nobody answers: the host sees to it whether to go on."""
MODES: Final[Mapping[str, Mode]] = {
    "contest": "contest",
    "buzzer": "buzzer",
    "survival": "challenge",
    "rounds": "rounds",
}
"""What a page calls a mode → what a contest calls it."""
FORMS: Final[Mapping[str, Form]] = {"single": "single", "multiple": "multiple", "true_false": "judged"}
REQUIRED_POINTS: Final = 10
BUZZER_POINTS: Final = 10
RISK_POINTS: Final = 20


@dataclass(frozen=True, slots=True)
class RoomRequest:
    """A room as somebody wants it. ``form``: only questions that are answered so; None for all. ``topic``: as behind
    /quiz, also 题库 and the name of a bank."""

    count: int = 10
    seconds: int = 20
    mode: Mode = "contest"
    scoring: Scoring = "right"
    topic: str = ""
    form: Form | None = None
    teams: tuple[str, ...] = ()

    def validated(self) -> RoomRequest:
        """Itself. Raises BotError with a sentence if it cannot be played."""
        if not (1 <= self.count <= MAX_COUNT and LEAST_SECONDS <= self.seconds <= MOST_SECONDS):
            numbers = {"count": MAX_COUNT, "least": LEAST_SECONDS, "most": MOST_SECONDS}
            raise BotError(RoomNotices.BAD_NUMBERS.format(**numbers))
        try:
            teams = tuple(shown_name(team, MAX_TEAM) for team in self.teams)
        except NameRefusedError:
            raise BotError(RoomNotices.BAD_TEAMS.format(count=MAX_TEAMS, length=MAX_TEAM)) from None
        if len(teams) > MAX_TEAMS or len(set(teams)) < len(teams):
            raise BotError(RoomNotices.BAD_TEAMS.format(count=MAX_TEAMS, length=MAX_TEAM))
        return replace(self, teams=teams)

    def can_ask(self, question: Question) -> bool:
        """Whether a room can ask ``question``, and it is of the wanted form."""
        return len(question.options) > 1 and self.form in {None, question.form}

    def rules(self, count: int) -> Rules:
        """How ``count`` questions are played."""
        return Rules(
            self.mode,
            self.seconds,
            "right" if self.mode == "rounds" else self.scoring,
            teams=self.teams,
            patience=PATIENCE,
            lead_in=1,
            hosted=True,
            segments=segments_of(count) if self.mode == "rounds" else (),
        )


def segments_of(count: int) -> tuple[Segment, ...]:
    """The first half of ``count`` questions is for all, a quarter for the quickest, the rest at a risk."""
    buzzer = (count + 1) // 2
    risk = buzzer + (count - buzzer + 1) // 2
    found = (
        Segment("required", 0, REQUIRED_POINTS),
        Segment("buzzer", buzzer, BUZZER_POINTS, BUZZER_POINTS),
        Segment("risk", risk, RISK_POINTS, RISK_POINTS),
    )
    return tuple(segment for segment in found if segment.first < count or segment.first == 0)


def room_wanted(text: str) -> RoomRequest:
    """What ``10 20 就业``, ``抢答 题库 NAME`` or ``分队 红队 蓝队`` wants, in the words that /quiz knows too."""
    words = text.split()
    rounds = [word for word in words if clean(word) in RoomNotices.MODE_WORDS]
    quiz = wanted_of(" ".join(word for word in words if word not in rounds), QuizRequest())
    teams = Contests.TEAM_NAMES if quiz.mode == "teams" else ()
    mode: Mode = "rounds" if rounds else "contest" if quiz.mode == "teams" else quiz.mode
    return RoomRequest(quiz.count, quiz.seconds, mode, quiz.scoring, quiz.topic, teams=teams)


def room_from_form(fields: Mapping[str, str]) -> RoomRequest:
    """What the form of the page wants; its empty fields are as usual. Raises BotError."""
    usual = RoomRequest()
    mode = MODES.get(fields.get("mode") or "contest")
    if mode is None:
        raise BotError(RoomNotices.BAD_MODE)
    kind = fields.get("kind", "")
    if kind and kind not in FORMS:
        raise BotError(RoomNotices.BAD_KIND)
    bank = fields.get("bank", "").strip()
    return RoomRequest(
        _number(fields.get("questions", ""), usual.count),
        _number(fields.get("seconds", ""), usual.seconds),
        mode,
        "speed" if fields.get("scoring") == "speed" else "right",
        f"{Contests.BANK_WORD} {bank}" if bank else fields.get("section", "").strip(),
        FORMS[kind] if kind else None,
        tuple(line.strip() for line in fields.get("teams", "").splitlines() if line.strip()),
    ).validated()


def _number(text: str, usual: int) -> int:
    """The number that ``text`` is, ``usual`` for none; one that cannot be played for what is no number."""
    text = text.strip()
    if not text:
        return usual
    return int(text) if text.isdecimal() and text.isascii() and len(text) < 6 else 0


def rule_text(rules: Rules) -> str:
    """How a room is played and what brings points, in a sentence for its players."""
    key = "contest speed" if rules.mode == "contest" and rules.scoring == "speed" else rules.mode
    of_segments = (
        RoomNotices.SEGMENT_RULES[one.kind].format(right=one.right, wrong=one.wrong) for one in rules.segments
    )
    text = "；".join(of_segments) + "。" if rules.segments else RoomNotices.RULES.get(key, RoomNotices.RULES["contest"])
    return text + RoomNotices.TEAM_RULE if rules.teams else text
