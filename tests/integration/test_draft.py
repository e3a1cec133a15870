"""``python -m bot draft``: the real command on a small document, with and without a language model."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from bot.config import ROOT
from bot.text import squash
from bot.wording import Cli, Drafting
from tests.standin.language_model import phrasings, standin_model
from tests.unit.drafting.documents import RULE


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "阅览室管理办法.txt").write_text(RULE, encoding="utf-8")
    return tmp_path


def _bot(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={
            "PATH": os.environ["PATH"],
            "MEANING": "false",
            "PYTHONPATH": str(ROOT),
            "PYTHONUTF8": "1",
            "DATA_DIR": str(folder / "data"),
            **environment,
        },
        cwd=folder,
        timeout=120,
        check=False,
    )


def _draft(folder: Path, *arguments: str, into: str = "made", **environment: str) -> str:
    done = _bot(folder, "draft", "阅览室管理办法.txt", "-o", into, *arguments, **environment)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_drafted_folder_is_checked_asked_and_drafted_again(folder: Path) -> None:
    assert Drafting.TITLE.format(title="阅览室管理办法", sections=3, points=5, terms=0, facts=3) in _draft(folder)
    checked = _bot(folder, "check", "made")
    assert checked.returncode == 0, checked.stdout
    assert Cli.MADE.format(made=5) in checked.stdout
    assert "第三条" in _bot(folder, "ask", "--knowledge", "made", "每人每次可以借多少册").stdout
    points = folder / "made" / "points.yaml"
    points.write_text(
        points.read_text(encoding="utf-8").replace("title: 第五条 丢书", "title: 丢了书"), encoding="utf-8"
    )
    again = _draft(folder)
    assert "title: 丢了书" in points.read_text(encoding="utf-8")
    assert "丢了书" in again


def test_a_draft_brings_golden_questions_that_are_met_and_a_quiz_that_can_be_played(folder: Path) -> None:
    told = _draft(folder)
    golden = yaml.safe_load((folder / "made" / "golden.yaml").read_text(encoding="utf-8"))["questions"]
    quiz = yaml.safe_load((folder / "made" / "quiz.yaml").read_text(encoding="utf-8"))["questions"]
    assert golden
    assert quiz
    assert Drafting.QUESTIONS.format(golden=len(golden), quiz=len(quiz)) in told
    scored = json.loads(_bot(folder, "eval", "--json", "--knowledge", "made").stdout)
    assert scored == {"golden": len(golden), "right": len(golden), "wrong": []}
    played = [
        json.loads(line)["id"]
        for line in _bot(folder, "quiz", "--jsonl", "--knowledge", "made").stdout.split("\n")[:-1]
    ]
    assert {one["id"] for one in quiz} <= {id_.removeprefix("written-") for id_ in played} | set(played)


def test_what_a_curator_did_to_drafted_questions_stays(folder: Path) -> None:
    _draft(folder)
    quiz = folder / "made" / "quiz.yaml"
    questions = yaml.safe_load(quiz.read_text(encoding="utf-8"))["questions"]
    text = quiz.read_text(encoding="utf-8").replace(questions[0]["question"], "借一次书，最多几本？")
    quiz.write_text(text.partition(f"  - id: {questions[1]['id']}")[0], encoding="utf-8")
    golden = folder / "made" / "golden.yaml"
    golden.write_text(golden.read_text(encoding="utf-8") + "  - ask: 阅览室几点关门\n", encoding="utf-8")
    _draft(folder)
    after = yaml.safe_load(quiz.read_text(encoding="utf-8"))["questions"]
    assert [one["question"] for one in after] == ["借一次书，最多几本？"]
    assert "  - ask: 阅览室几点关门\n" in golden.read_text(encoding="utf-8")


def test_a_folder_that_a_person_wrote_is_not_touched(folder: Path) -> None:
    (folder / "made").mkdir()
    (folder / "made" / "points.yaml").write_text("title: 手写的\n", encoding="utf-8")
    done = _bot(folder, "draft", "阅览室管理办法.txt", "-o", "made")
    assert (done.returncode, done.stdout) == (1, "")
    assert "不是整理出来的" in done.stderr
    assert (folder / "made" / "points.yaml").read_text(encoding="utf-8") == "title: 手写的\n"


def test_a_first_draft_that_was_cut_off_is_made_again(folder: Path) -> None:
    (folder / "made" / ".draft.yaml").mkdir(parents=True)  # what is written there fails
    assert _bot(folder, "draft", "阅览室管理办法.txt", "-o", "made").returncode == 1
    (folder / "made" / ".draft.yaml").rmdir()
    assert "made" in _draft(folder)


def test_what_is_no_document_is_told_and_makes_nothing(folder: Path) -> None:
    (folder / "空.txt").write_text("\n\n", encoding="utf-8")
    done = _bot(folder, "draft", "空.txt", "-o", "made")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert not (folder / "made").exists()


async def test_phrasings_of_a_model_are_asked_for_once_and_match_but_are_never_shown(folder: Path) -> None:
    def answer(text: str, _: int) -> str:
        if "借期" in text.partition("原文")[2] and "每人" in text:
            return phrasings("一趟能借走几册", "书拿回家能看多久", "到期了能再续一次吗", gaps=("押金要交多少",))
        return phrasings("这一条管什么事情")

    async with standin_model(answer) as endpoint:
        model = {"LLM_URL": endpoint.url, "LLM_MODEL": "some-model"}
        first = await asyncio.to_thread(_draft, folder, "--yes", **model)
        assert len(endpoint.asked) == 5
        assert endpoint.url.split("/")[2] in first  # where the text goes is said
        second = await asyncio.to_thread(_draft, folder, "--yes", **model)
        assert len(endpoint.asked) == 5
        other = {**model, "LLM_MODEL": "other"}
        limited = await asyncio.to_thread(_draft, folder, "--yes", "--max-calls", "2", into="other", **other)
        assert len(endpoint.asked) == 7
    assert Drafting.LEFT.format(count=3) in limited
    assert Drafting.PHRASED.format(questions=3, gaps=1, dropped=4) in second
    asked = _bot(folder, "ask", "--knowledge", "made", "书拿回家能看多久").stdout
    assert "借期30日" in asked
    assert "看多久" not in asked


async def test_nobody_is_asked_if_a_person_says_no(folder: Path) -> None:
    async with standin_model(lambda *_: phrasings("不该问到")) as endpoint:
        done = await asyncio.to_thread(_draft, folder, "--no-model", LLM_URL=endpoint.url, LLM_MODEL="some-model")
        assert endpoint.asked == []
    assert Drafting.NOT_STARTED not in done


@dataclass(frozen=True, slots=True)
class _Scores:
    """Shares of questions answered right, and falsely."""

    right: float
    falsely: float


def _scores(folder: Path, knowledge: Path) -> _Scores:
    done = _bot(folder, "eval", str(ROOT / "tests" / "eval" / "dev.jsonl"), "--json", "--knowledge", str(knowledge))
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["unfaithful"] == 0
    return _Scores(found["right"], found["falsely_answered"])


@pytest.mark.slow
async def test_phrasings_that_a_model_wrote_answer_far_more_questions_and_no_more_falsely(folder: Path) -> None:
    """The answers are recorded: their writer saw the prompt and one passage at a time, and no question."""
    lines = (ROOT / "tests" / "eval" / "recorded" / "speech.jsonl").read_text(encoding="utf-8").splitlines()
    recorded = {squash(one["passage"]): one for one in map(json.loads, lines)}
    source = folder / "source.txt"
    source.write_bytes((ROOT / "knowledge" / "shuangqing" / "source.txt").read_bytes())

    def answer(text: str, _: int) -> str:
        return json.dumps(recorded[squash(text.split("原文：\n", 1)[1])], ensure_ascii=False)

    async with standin_model(answer) as endpoint:
        model = {"LLM_URL": endpoint.url, "LLM_MODEL": "recorded"}
        draft = ("draft", "source.txt", "-o", "made", "--yes")
        done = await asyncio.to_thread(_bot, folder, *draft, **model)
        assert (done.returncode, len(endpoint.asked)) == (0, len(recorded)), done.stderr
    alone = await asyncio.to_thread(_scores, folder, source)
    phrased = await asyncio.to_thread(_scores, folder, folder / "made")
    assert phrased.right >= alone.right + 0.2
    assert phrased.right >= 0.78
    assert phrased.falsely <= alone.falsely
