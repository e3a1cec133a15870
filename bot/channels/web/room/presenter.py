"""The pages of a live room, each made of a snapshot: what it shows without its script, which goes on from there."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from starlette.responses import HTMLResponse

from bot.channels.web.page_templates import PageTemplates
from bot.wording import Rooms

Snapshot = Mapping[str, Any]
"""What one view of a room may see, as its JSON has it."""
View = Literal["player", "wall", "host"]

LETTERS: Final = "ABCDEFGHIJKL"
PODIUM: Final = 3
STANDINGS: Final = 5
"""Places that are shown beside a question's answer; at the end twice as many, where a player sees all."""
NAMES: Final = 40
"""The wall shows so many of those who are there, the latest."""
MAX_REFRESH: Final = 60
"""Seconds after which a page without a script is loaded anew at the latest."""
_WAITING: Final = 3


@dataclass(frozen=True, slots=True)
class OpenForm:
    """What whoever opens a room can choose from, each as value and label, and what was chosen before.

    ``is_allowed``: whether the visitor may open one.
    """

    is_allowed: bool = False
    documents: Sequence[tuple[str, str]] = ()
    sections: Sequence[tuple[str, str]] = ()
    kinds: Sequence[tuple[str, str]] = ()
    banks: Sequence[tuple[str, str]] = ()
    mode: str = "contest"
    questions: str = "10"
    seconds: str = "20"
    teams: str = ""


class RoomPresenter:
    """Snapshot → page."""

    def __init__(self, pages: PageTemplates) -> None:
        self._pages = pages

    def enter(
        self, *, code: str = "", refusal: str = "", form: OpenForm | None = None, status: int = 200
    ) -> HTMLResponse:
        """Where a code is typed, and a room is opened by those who may."""
        return self._pages.page(
            "room_enter.html", status=status, room_words=Rooms, code=code, refusal=refusal, form=form or OpenForm()
        )

    def join(
        self, snapshot: Snapshot, *, name: str = "", team: str = "", refusal: str = "", status: int = 200
    ) -> HTMLResponse:
        """Where a player says a name; ``name`` is what the member is called on the page, or what was typed."""
        return self._page("room_join.html", snapshot, "player", status, refusal, typed_name=name, picked_team=team)

    def player(self, snapshot: Snapshot, *, refusal: str = "", status: int = 200) -> HTMLResponse:
        """A player's phone."""
        return self._page("room_player.html", snapshot, "player", status, refusal)

    def wall(self, snapshot: Snapshot) -> HTMLResponse:
        """What everybody looks at, and a spectator's phone."""
        return self._page("room_wall.html", snapshot, "wall", qr=qr_picture(snapshot["room"]["url"]))

    def host(self, snapshot: Snapshot, *, refusal: str = "", status: int = 200) -> HTMLResponse:
        """The host's phone."""
        return self._page("room_host.html", snapshot, "host", status, refusal)

    def results(
        self, snapshot: Snapshot, *, held: str = "", questions: Sequence[Mapping[str, Any]] = ()
    ) -> HTMLResponse:
        """All places and all questions, to be printed; ``held``: the day.

        ``questions``: each with number, text, options, correct, citation, right and answered.
        """
        return self._page("room_results.html", snapshot, "host", held=held, questions=questions)

    def _page(
        self, template: str, snapshot: Snapshot, view: View, status: int = 200, refusal: str = "", **values: Any
    ) -> HTMLResponse:
        see = RoomView(snapshot)
        return self._pages.page(
            template,
            status=status,
            room_words=Rooms,
            room=see.room,
            path=f"/room/{see.room['code']}",
            view=view,
            see=see,
            snapshot_json=json.dumps(snapshot, ensure_ascii=False, separators=(",", ":")),
            script_words=json.dumps(Rooms.SCRIPT, ensure_ascii=False),
            refusal=refusal,
            **values,
        )


@dataclass(frozen=True, slots=True)
class OptionRow:
    """An option as it is shown: its letter and text, whether it was chosen or is right, how many chose it."""

    index: int
    letter: str
    text: str
    chosen: bool
    right: bool
    wrong: bool
    count: int
    percent: int


_ROOM: Final = {"title": "", "rule": "", "locked": False, "paused": False, "teams": (), "document": "", "questions": 0}
_QUESTION: Final = {
    "number": "",
    "of": "",
    "kind": "",
    "round": "",
    "worth": 0,
    "penalty": 0,
    "text": "",
    "options": (),
    "voided": False,
}
_REVEAL: Final = {"correct": (), "counts": (), "explanation": "", "quote": "", "citation": ""}
_YOU: Final = {"name": "", "team": "", "points": None, "place": None, "choice": (), "out": False, "removed": False}
_PLAYER: Final = {"id": "", "name": "", "team": "", "here": True}
_STANDING: Final = {"place": "", "name": "", "team": "", "points": 0, "correct": 0}


def _filled(blank: Mapping[str, Any], found: Mapping[str, Any] | None) -> Mapping[str, Any]:
    """What a view does not have, or has as null, is blank in a template."""
    return {**blank, **{key: value for key, value in (found or {}).items() if value is not None}}


class RoomView:
    """A snapshot with everything that the templates ask for, also what it does not have. ``room.js`` does the same."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self.room = _filled(_ROOM, snapshot["room"])
        self.phase: str = snapshot.get("phase", "lobby")
        self.has_question = bool(snapshot.get("question")) and self.phase in {"question", "reveal"}
        self.has_reveal = bool(snapshot.get("reveal")) and self.phase == "reveal"
        self.is_player = bool(snapshot.get("you"))
        self.question = _filled(_QUESTION, snapshot.get("question"))
        self.reveal = _filled(_REVEAL, snapshot.get("reveal"))
        self.you = _filled(_YOU, snapshot.get("you"))
        self.players = [_filled(_PLAYER, one) for one in snapshot.get("players") or ()]
        self.count: int = snapshot.get("people", len(self.players))
        self.standings = [_filled(_STANDING, one) for one in snapshot.get("standings") or ()]
        self.team_standings: Sequence[Mapping[str, Any]] = snapshot.get("team_standings") or ()

    @property
    def is_several(self) -> bool:
        """Whether more than one option can be chosen."""
        return bool(self.question.get("kind") == "multiple")

    @property
    def may_answer(self) -> bool:
        """Whether the player can still answer the question that is open."""
        you = self.you
        barred = you.get("out") or you.get("removed") or you.get("choice") or not you.get("may_answer", True)
        return self.phase == "question" and not self.room.get("paused") and self.is_player and not barred

    @property
    def options(self) -> list[OptionRow]:
        """The options of the question, with what is known of each."""
        right, counts, chosen = self.reveal["correct"], self.reveal["counts"], self.you["choice"]
        total = max(sum(counts), 1)
        rows = []
        for index, text in enumerate(self.question["options"]):
            count = counts[index] if index < len(counts) else 0
            wrong = bool(right) and index in chosen and index not in right
            percent = round(100 * count / total)
            rows.append(OptionRow(index, LETTERS[index], text, index in chosen, index in right, wrong, count, percent))
        return rows

    @property
    def seconds_left(self) -> int:
        """Whole seconds, rounded up."""
        left = self.question.get("closes_at", 0) - self._snapshot.get("now", 0)
        return max(0, -(-left // 1000)) if self.phase == "question" else 0

    @property
    def percent_left(self) -> int:
        """Of the question's time."""
        return min(100, 100 * self.seconds_left // max(1, self.question.get("seconds") or self.seconds_left or 1))

    @property
    def refresh(self) -> int:
        """Seconds until a page without a script is loaded anew: not while an answer is being chosen."""
        if self.phase == "ended":
            return MAX_REFRESH
        return min(MAX_REFRESH, self.seconds_left + 2) if self.may_answer else _WAITING

    @property
    def ordinal(self) -> str:
        """Which question it is of how many."""
        question = self.question
        return Rooms.SCRIPT["ordinal"].format(number=question["number"], of=question["of"]) if self.has_question else ""

    @property
    def round_and_worth(self) -> str:
        """The round, what the question is worth and what a wrong answer costs, as far as there is any."""
        worth, penalty = self.question["worth"], self.question["penalty"]
        parts = (
            self.question["round"],
            Rooms.SCRIPT["worth"].format(worth=worth) if worth else "",
            Rooms.SCRIPT["penalty"].format(penalty=penalty) if penalty else "",
        )
        return " · ".join(part for part in parts if part)

    @property
    def answered(self) -> str:
        """How many have answered."""
        count = self.question.get("answered", 0)
        if self.count:
            return Rooms.SCRIPT["answered_of"].format(count=count, all=self.count)
        return Rooms.SCRIPT["answered"].format(count=count)

    @property
    def people(self) -> str:
        """How many have joined."""
        return Rooms.SCRIPT["people" if self.count else "nobody"].format(count=self.count)

    @property
    def right_answer(self) -> str:
        """The right options with their letters."""
        rows = [f"{row.letter}. {row.text}" for row in self.options if row.right]
        return Rooms.SCRIPT["answer"].format(answer="；".join(rows)) if rows else ""

    @property
    def citation(self) -> str:
        """Where the passage stands, or that there is none."""
        if not self.has_reveal:
            return ""
        citation = self.reveal["citation"]
        return Rooms.SCRIPT["citation"].format(citation=citation) if citation else Rooms.SCRIPT["no_source"]

    @property
    def size(self) -> str:
        """How many questions there are, and how long each of them is open."""
        return Rooms.SIZE.format(**self.room) if self.room["questions"] else ""

    @property
    def verdict(self) -> str:
        """How the player has done with this question, or what there is to wait for."""
        you, words = self.you, Rooms.SCRIPT
        if not self.is_player or self.phase not in {"question", "reveal"} or you.get("out") or you.get("removed"):
            return ""
        if self.phase == "question":
            if you.get("choice"):
                return words["wrong_buzz"] if you.get("correct") is False else words["handed_in"]
            return "" if you.get("may_answer", True) else words["late"]
        if not you.get("choice"):
            return words["missed"] if you.get("may_answer", True) else ""
        return words["right" if you.get("correct") else "wrong"]

    @property
    def verdict_kind(self) -> str:
        """``right``, ``wrong`` or nothing, for its colour."""
        if self.phase not in {"question", "reveal"} or not self.you.get("choice"):
            return ""
        correct = self.you.get("correct")
        return "right" if correct else "wrong" if correct is False else ""

    @property
    def standing(self) -> str:
        """The player's points and place."""
        points, place = self.you.get("points"), self.you.get("place")
        if points is None:
            return ""
        words = Rooms.SCRIPT
        if place is None:
            return words["points_only"].format(points=points)
        return words["final" if self.phase == "ended" else "standing"].format(points=points, place=place)

    @property
    def podium(self) -> Sequence[Mapping[str, Any]]:
        """The first three."""
        return self.standings[:PODIUM]

    @property
    def shown_standings(self) -> Sequence[Mapping[str, Any]]:
        """As many as there is room for."""
        if self.phase == "ended":
            return self.standings if self.is_player else self.standings[: 2 * STANDINGS]
        return self.standings[:STANDINGS]

    @property
    def shown_names(self) -> list[str]:
        """The latest who have joined."""
        return [one["name"] for one in self.players[-NAMES:]]


def qr_picture(url: str) -> str:
    """``url`` as a QR code: an SVG as the address of an image, dark on light with its quiet zone."""
    import segno  # noqa: PLC0415 - as in ``page_address``

    return str(segno.make(url, micro=False, error="m").svg_data_uri(border=3, dark="#000", light="#fff", omitsize=True))
