"""The pages of a live room without their script: each snapshot shows what it has, and nothing else."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from starlette.responses import Response

from bot.channels.web.assets import StaticAssets
from bot.channels.web.page_templates import FOLDER, PageTemplates
from bot.channels.web.room.presenter import NAMES, OpenForm, RoomPresenter, RoomView
from bot.wording import Rooms

SCRIPT = (FOLDER / "static" / "room.js").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def presenter() -> RoomPresenter:
    return RoomPresenter(PageTemplates(StaticAssets(FOLDER / "static")))


def snapshot(phase: str = "lobby", **more: Any) -> dict[str, Any]:
    """What a view sees of a room of two, in ``phase``."""
    room = {"code": "482913", "title": "春季学习", "mode": "contest", "locked": False, "paused": False, "teams": []}
    question = {"number": 2, "of": 10, "kind": "single", "text": "先修哪一条?", "options": ["东路", "西路"]}
    shown: dict[str, Any] = {
        "version": 3,
        "now": 1_000_000,
        "room": {**room, "url": "https://bot.example/room/482913", **more.pop("room", {})},
        "phase": phase,
        "standings": [
            {"place": 1, "name": "王芳", "team": "", "points": 20, "correct": 2},
            {"place": 2, "name": "李强", "team": None, "points": 0, "correct": 0},
        ],
    }
    if phase in {"question", "reveal"}:
        shown["question"] = {**question, "closes_at": 1_012_500, "seconds": 20, "answered": 1, "round": None}
        shown["question"].update(more.pop("question", {}))
    if phase == "reveal":
        shown["reveal"] = {"correct": [0], "counts": [3, 1], "explanation": "", "quote": "先修东路。", "citation": "一"}
    return {**shown, **more}


class VisibleText(HTMLParser):
    """Collects the text of a page that is to be seen: not what is hidden, nor what is only for the script."""

    EMPTY = frozenset({"meta", "link", "input", "img", "br", "circle", "rect"})

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.EMPTY:
            self._open.append((tag, tag in {"head", "template"} or "hidden" in dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.EMPTY:
            assert self._open.pop()[0] == tag

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass

    def handle_data(self, data: str) -> None:
        if not any(is_hidden for _, is_hidden in self._open):
            self.found += data.split()


def visible(html: str) -> str:
    parser = VisibleText()
    parser.feed(html)
    return " ".join(parser.found)


def html_of(response: Response) -> str:
    return bytes(response.body).decode()


def shown(response: Response) -> str:
    return visible(html_of(response))


YOU: dict[str, Any] = {"id": "p1", "name": "王芳", "team": "", "points": 20, "place": 1, "choice": []}


def test_whoever_has_joined_is_told_to_wait(presenter: RoomPresenter) -> None:
    text = shown(presenter.player(snapshot(you=YOU)))
    assert "王芳，您好！" in text and Rooms.WAIT in text
    assert "先修哪一条" not in text and "20 分" not in text


def test_an_open_question_is_a_button_for_each_option_and_tells_nothing_of_the_answer(presenter: RoomPresenter) -> None:
    html = html_of(presenter.player(snapshot("question", you=YOU)))
    assert html.count('<button class="answer" type="submit" name="choice"') == 2 + 1  # one for the script to copy
    assert "第 2/10 题" in visible(html) and "13 秒" in visible(html)
    assert Rooms.SCRIPT["right_mark"] not in visible(html)


def test_of_several_right_options_each_is_ticked_and_all_are_handed_in(presenter: RoomPresenter) -> None:
    html = html_of(presenter.player(snapshot("question", you=YOU, question={"kind": "multiple"})))
    assert html.count('<input type="checkbox" name="choice"') == 2 + 1
    assert Rooms.HAND_IN in visible(html)


def test_whoever_has_answered_sees_the_choice_and_cannot_press_again(presenter: RoomPresenter) -> None:
    html = html_of(presenter.player(snapshot("question", you={**YOU, "choice": [1]})))
    assert Rooms.SCRIPT["handed_in"] in visible(html) and Rooms.SCRIPT["your_choice"] in visible(html)
    assert html.count(" disabled>") == 2


@pytest.mark.parametrize(
    ("you", "told"),
    [
        ({"choice": [0], "correct": True}, "right"),
        ({"choice": [1], "correct": False}, "wrong"),
        ({"choice": []}, "missed"),
    ],
)
def test_the_answer_comes_with_its_passage_and_ones_own_place(
    presenter: RoomPresenter, you: dict[str, Any], told: str
) -> None:
    text = shown(presenter.player(snapshot("reveal", you={**YOU, **you})))
    assert Rooms.SCRIPT[told] in text
    assert "正确答案：A. 东路" in text and "先修东路。" in text and "您 20 分，第 1 名" in text


def test_a_question_without_a_passage_says_so(presenter: RoomPresenter) -> None:
    bare = {"correct": [0], "counts": [3, 1], "explanation": "想一想。", "quote": "", "citation": ""}
    for page in (presenter.wall, presenter.player):
        assert Rooms.SCRIPT["no_source"] in shown(page(snapshot("reveal", you=YOU, reveal=bare)))
        assert Rooms.SCRIPT["no_source"] not in shown(page(snapshot("question", you=YOU)))


def test_the_lobby_says_how_many_questions_there_are(presenter: RoomPresenter) -> None:
    lobby = snapshot(you=YOU, room={"questions": 8, "seconds": 15, "rule": "比快。"})
    for page in (presenter.wall, presenter.player, presenter.host):
        assert "共 8 题，每题 15 秒。比快。" in shown(page(lobby))


def test_a_wrong_buzz_is_told_while_the_question_is_still_open(presenter: RoomPresenter) -> None:
    text = shown(presenter.player(snapshot("question", you={**YOU, "choice": [1], "correct": False})))
    assert Rooms.SCRIPT["wrong_buzz"] in text


@pytest.mark.parametrize(
    ("you", "told"),
    [({"out": True}, Rooms.OUT), ({"removed": True}, Rooms.REMOVED), ({"may_answer": False}, Rooms.SCRIPT["late"])],
)
def test_whoever_may_not_answer_is_told_why_and_has_no_button_to_press(
    presenter: RoomPresenter, you: dict[str, Any], told: str
) -> None:
    html = html_of(presenter.player(snapshot("question", you={**YOU, **you})))
    assert told in visible(html)
    assert html.count(" disabled>") == 2


def test_a_pause_is_told_and_nothing_can_be_pressed(presenter: RoomPresenter) -> None:
    html = html_of(presenter.player(snapshot("question", you=YOU, room={"paused": True})))
    assert Rooms.PAUSED in visible(html) and html.count(" disabled>") == 2


def test_the_wall_has_code_and_qr_code_and_who_is_there(presenter: RoomPresenter) -> None:
    html = html_of(presenter.wall(snapshot(players=[{"name": "王芳"}, {"name": "<b>李强"}])))
    assert "482913" in visible(html) and "2 人已经进来" in visible(html) and "data:image/svg+xml" in html
    assert "&lt;b&gt;李强" in html and "<b>李强" not in html


def test_the_wall_names_no_more_than_it_has_room_for(presenter: RoomPresenter) -> None:
    names = [f"第{number}位" for number in range(500)]
    html = html_of(presenter.wall(snapshot(players=[{"name": name} for name in names])))
    assert html.count('class="name-tag"') == NAMES + 1 and names[-1] in visible(html) and names[0] not in visible(html)


def test_the_wall_shows_how_many_chose_what_only_with_the_answer(presenter: RoomPresenter) -> None:
    before, after = shown(presenter.wall(snapshot("question"))), shown(presenter.wall(snapshot("reveal")))
    assert "3 人" not in before and "1 人已答" in before
    assert "3 人" in after and Rooms.SCRIPT["right_mark"] in after and "先修东路。" in after


def test_the_wall_ends_with_the_podium(presenter: RoomPresenter) -> None:
    text = shown(presenter.wall(snapshot("ended")))
    assert Rooms.RESULT in text and text.count("王芳") == 2


@pytest.mark.parametrize(
    ("phase", "room", "there", "missing"),
    [
        ("lobby", {}, {Rooms.START, Rooms.LOCK}, {Rooms.PAUSE, Rooms.NEXT, Rooms.UNLOCK}),
        ("question", {}, {Rooms.REVEAL_NOW, Rooms.PAUSE}, {Rooms.START, Rooms.RESUME}),
        ("question", {"paused": True, "locked": True}, {Rooms.RESUME, Rooms.UNLOCK}, {Rooms.REVEAL_NOW, Rooms.LOCK}),
        ("reveal", {}, {Rooms.NEXT}, {Rooms.REVEAL_NOW, Rooms.PAUSE}),
        ("ended", {}, {Rooms.RESULTS}, {Rooms.NEXT, Rooms.LOCK, Rooms.END_SURE}),
    ],
)
def test_the_host_has_the_controls_of_the_moment(
    presenter: RoomPresenter, phase: str, room: dict[str, Any], there: set[str], missing: set[str]
) -> None:
    words = set(shown(presenter.host(snapshot(phase, room=room, players=[{"id": "p1", "name": "王芳"}]))).split())
    assert there <= words and not missing & words


def test_the_host_can_take_a_question_out_of_the_count_and_all_are_told(presenter: RoomPresenter) -> None:
    valid, void = snapshot("reveal", you=YOU), snapshot("reveal", you=YOU, question={"voided": True})
    before, after = shown(presenter.host(valid)).split(), shown(presenter.host(void)).split()
    assert Rooms.VOID in before and Rooms.RESTORE not in before
    assert Rooms.RESTORE in after and Rooms.VOID not in after
    for page in (presenter.host, presenter.wall, presenter.player):
        assert Rooms.VOIDED in shown(page(void)) and Rooms.VOIDED not in shown(page(valid))


def test_behind_the_last_question_the_host_goes_on_to_the_places(presenter: RoomPresenter) -> None:
    assert Rooms.FINISH in shown(presenter.host(snapshot("reveal", question={"number": 10})))


def test_a_player_is_removed_after_a_second_press_only(presenter: RoomPresenter) -> None:
    html = html_of(presenter.host(snapshot(players=[{"id": "p1", "name": "王芳", "team": None, "here": False}])))
    entry = html.partition('<li class="player"')[2].partition("</li>")[0]
    assert '<details class="sure">' in entry and Rooms.REMOVE_SURE.format(name="王芳") in entry and Rooms.AWAY in entry


def test_the_form_to_join_has_the_teams_and_what_was_typed_before(presenter: RoomPresenter) -> None:
    response = presenter.join(
        snapshot(room={"teams": ["一队", "二队"]}), name='"><b>', team="二队", refusal="不行", status=422
    )
    html = html_of(response)
    assert response.status_code == 422 and "不行" in visible(html) and "<b>" not in html
    assert 'value="二队" required checked' in html


@pytest.mark.parametrize(
    ("phase", "room", "told"),
    [("lobby", {"locked": True}, Rooms.JOIN_LOCKED), ("ended", {}, Rooms.ENDED_ALREADY)],
)
def test_nobody_is_asked_for_a_name_in_vain(
    presenter: RoomPresenter, phase: str, room: dict[str, Any], told: str
) -> None:
    html = html_of(presenter.join(snapshot(phase, room=room)))
    assert told in visible(html) and 'name="name"' not in html


def test_a_room_is_opened_by_those_only_who_may(presenter: RoomPresenter) -> None:
    assert 'action="/room/open"' not in html_of(presenter.enter())
    html = html_of(presenter.enter(form=OpenForm(is_allowed=True, banks=[("b1", "安全题")], mode="buzzer")))
    assert 'action="/room/open"' in html and "安全题" in html and 'value="buzzer" checked' in html


def test_the_results_have_every_place_and_every_question(presenter: RoomPresenter) -> None:
    question = {"number": 1, "text": "先修哪一条?", "options": ["东路", "西路"], "correct": [0], "citation": "一"}
    found = {**question, "right": 1, "answered": 2, "voided": False}
    text = shown(presenter.results(snapshot("ended"), questions=[found]))
    assert "李强" in text and "A. 东路" in text and "1/2 人答对" in text


def test_a_page_without_its_script_is_not_loaded_anew_while_an_answer_is_chosen() -> None:
    assert RoomView(snapshot("question", you=YOU)).refresh > 13
    assert RoomView(snapshot("question", you={**YOU, "choice": [1]})).refresh < 5


def test_the_script_says_no_sentence_that_is_not_in_the_wording() -> None:
    named = set(re.findall(r"\bwords\.(\w+)", SCRIPT)) | set(re.findall(r'\bformat\("(\w+)"', SCRIPT))
    assert named <= set(Rooms.SCRIPT)
    assert not re.search("[\u4e00-\u9fff]", SCRIPT)
