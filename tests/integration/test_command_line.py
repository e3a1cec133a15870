"""The contracts of ``python -m bot``, tried on the real process and the real knowledge."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from bot.config import ROOT
from bot.wording import Cli, Lint
from tests.unit.quiz.speech import bank

SOURCE = (ROOT / "knowledge" / "shuangqing" / "source.txt").read_text(encoding="utf-8")
KEYS = ["id", "verdict", "reply", "quote", "citation", "point", "suggestions", "answers", "ms"]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """A process's environment with folders of its own and no channel configured."""
    return {
        "PATH": os.environ["PATH"],
        "MEANING": "false",  # making the meanings of the whole speech takes half a minute for each empty DATA_DIR
        "PYTHONPATH": str(ROOT),
        "PYTHONUTF8": "1",
        "DATA_DIR": str(tmp_path / "data"),
    }


def _bot(environment: dict[str, str], *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment,
        cwd=environment["DATA_DIR"].rsplit("/", 1)[0],
        timeout=60,
    )


def _records(done: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    assert done.stderr == ""
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_ask_prints_the_reply_and_nothing_else(environment: dict[str, str]) -> None:
    done = _bot(environment, "ask", "双清区委书记是谁")
    assert (done.returncode, done.stderr) == (0, "")
    assert "邵阳市双清区委书记 李斌" in done.stdout


def test_ask_jsonl_answers_line_by_line_in_order(environment: dict[str, str]) -> None:
    lines = [
        {"id": "a", "question": "什么是三级联创", "history": []},
        {"id": "b", "question": "谢谢"},
        {"id": "c", "question": "红烧肉要炖多久"},
        {"id": "d", "question": ""},
    ]
    stdin = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    records = _records(_bot(environment, "ask", "--jsonl", stdin=stdin))
    assert [list(record) for record in records] == [KEYS] * 4
    assert [record["id"] for record in records] == ["a", "b", "c", "d"]
    assert [record["verdict"] for record in records] == ["answer", "chat", "decline", "decline"]
    answer = records[0]
    assert answer["quote"] in SOURCE
    assert answer["quote"] in answer["reply"]
    assert answer["citation"] in answer["reply"]
    assert all(suggestion["quote"] in SOURCE for record in records for suggestion in record["suggestions"])
    assert all(record["ms"] > 0 for record in records)


def test_a_line_that_is_no_json_costs_only_itself(environment: dict[str, str]) -> None:
    stdin = '{"id": 1\n[]\n' + '{"id": "y", "question": "你好"}\n'
    records = _records(_bot(environment, "ask", "--jsonl", stdin=stdin))
    assert [record["reply"] for record in records[:2]] == [Cli.NOT_JSON] * 2
    assert records[2]["verdict"] == "chat"


def test_no_byte_on_stdin_ends_the_stream(environment: dict[str, str]) -> None:
    lines = (
        b'\xef\xbb\xbf{"id": 1, "question": "\xe4\xbd\xa0\xe5\xa5\xbd"}',  # behind a byte order mark
        b'{"id": "\xff", "question": "\xc4\xe3"}',
        b'{"id": "\\ud800", "question": "\\udfff"}',
        b'{"id": 4, "question": "hello"}',
    )
    done = subprocess.run(
        [sys.executable, "-m", "bot", "ask", "--jsonl"],
        input=b"\r\n".join(lines),
        capture_output=True,
        env={**environment, "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"},
        timeout=60,
    )
    assert done.stderr == b""
    records = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert [record["id"] for record in records] == [1, "\ufffd", "\ud800", 4]
    assert records[0]["verdict"] == records[3]["verdict"] == "chat"


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        ((), Cli.HELP),
        (("run",), Cli.RUN_HELP),
        (("ask",), Cli.ASK_HELP),
        (("check",), Cli.CHECK_HELP),
        (("quiz",), Cli.QUIZ_HELP),
        (("eval",), Cli.EVAL_HELP),
    ],
)
def test_help_is_in_chinese(environment: dict[str, str], command: tuple[str, ...], sentence: str) -> None:
    done = _bot({**environment, "COLUMNS": "200"}, *command, "--help")
    assert done.returncode == 0
    assert sentence in done.stdout


def test_ask_without_a_question_says_how(environment: dict[str, str]) -> None:
    done = _bot(environment, "ask")
    assert (done.returncode, done.stderr.strip()) == (1, Cli.NO_QUESTION)


def test_the_first_document_has_no_fault(environment: dict[str, str]) -> None:
    done = _bot(environment, "check")
    assert (done.returncode, done.stderr) == (0, "")


def test_check_names_file_and_line_of_each_fault(environment: dict[str, str], tmp_path: Path) -> None:
    folder = tmp_path / "broken"
    shutil.copytree(ROOT / "knowledge" / "shuangqing", folder)
    points = folder / "points.yaml"
    text = points.read_text(encoding="utf-8")
    points.write_text(text.replace("quote: 一个党组织", "quote: 一个组织", 1), encoding="utf-8")
    line = 1 + next(number for number, row in enumerate(text.splitlines()) if "quote: 一个党组织" in row)
    done = _bot(environment, "check", str(folder))
    assert done.returncode == 1
    assert f"{points}:{line}: 要点“" in done.stdout
    assert "Traceback" not in done.stderr


def test_a_missing_knowledge_is_told_in_one_sentence(environment: dict[str, str], tmp_path: Path) -> None:
    done = _bot(environment, "ask", "--knowledge", str(tmp_path / "nowhere"), "三级联创")
    assert done.returncode == 1
    assert done.stderr.strip() == f"{tmp_path / 'nowhere'}:1: {Lint.FOLDER_MISSING}"


def test_a_bad_setting_is_named_and_its_value_is_not(environment: dict[str, str]) -> None:
    done = _bot({**environment, "HTTP_PORT": "hunter2"}, "run")
    assert done.returncode == 1
    assert "HTTP_PORT" in done.stderr
    assert "hunter2" not in done.stderr


def test_eval_gives_scores_by_kind(environment: dict[str, str], tmp_path: Path) -> None:
    questions = tmp_path / "questions.jsonl"
    lines = [
        {"id": "1", "kind": "direct", "question": "双清区委书记是谁", "gold": ["李斌"]},
        {"id": "2", "kind": "direct", "question": "双清区委书记是谁", "gold": ["不在回答里"]},
        {"id": "3", "kind": "oos_far", "question": "红烧肉要炖多久", "gold": []},
        {"id": "4", "kind": "chat", "question": "你好", "gold": []},
    ]
    questions.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    scores = json.loads(_bot(environment, "eval", str(questions), "--json").stdout)
    assert scores["right"] == 0.5
    assert scores["falsely_answered"] == 0
    assert scores["chat_in_kind"] == 1
    assert scores["unfaithful"] == 0
    assert scores["kinds"]["direct"]["wrong"] == ["2"]


def test_eval_of_a_file_that_is_none_says_so(environment: dict[str, str], tmp_path: Path) -> None:
    done = _bot(environment, "eval", str(tmp_path / "none.jsonl"))
    assert done.returncode == 1
    assert "打不开" in done.stderr


def test_the_terminal_channel_talks_on_stdin_and_stdout(environment: dict[str, str]) -> None:
    done = _bot(environment, "run", "--channel", "terminal", stdin="双清区委书记是谁\n上下文\n目录\n1\n")
    assert done.returncode == 0
    greeting, card, context, outline, section = done.stdout.strip().split("\n\n", 4)
    assert greeting.startswith("您好")
    assert "邵阳市双清区委书记 李斌" in card
    assert "邵阳市双清区委书记 李斌" in context
    assert outline.splitlines()[1] == "1. 开头"
    assert section.startswith("开头")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_terminal_while_it_waits_for_a_line(
    environment: dict[str, str], number: signal.Signals
) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "run", "--channel", "terminal"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**environment, "LOG_LEVEL": "WARNING"},
    ) as process:
        assert process.stdin is not None and process.stdout is not None and process.stderr is not None
        process.stdin.write("双清区委书记是谁\n".encode())
        process.stdin.flush()
        assert any("前后文" in line.decode() for line in process.stdout)  # stops at that line: it has been answered
        process.send_signal(number)
        assert process.wait(10) == 0
        assert process.stderr.read() == b""


def test_quiz_jsonl_prints_the_bank_a_question_a_line_the_same_in_every_run(environment: dict[str, str]) -> None:
    done = _bot(environment, "quiz", "--jsonl")
    questions = _records(done)
    keys = ["id", "kind", "point", "question", "options", "correct", "explanation", "quote"]
    assert [list(question) for question in questions] == [keys] * len(questions)
    assert len({question["id"] for question in questions}) == len(questions) >= 120
    counted = json.loads(json.dumps([asdict(question) for question in bank()]))  # which is counted again
    assert questions == [{key: question[key] for key in keys} for question in counted]
    for question in questions:
        assert question["quote"] in SOURCE
        assert 0 < len(question["correct"]) < len(question["options"])
        assert all(0 <= number < len(question["options"]) for number in question["correct"])
    assert _bot({**environment, "PYTHONHASHSEED": "1"}, "quiz", "--jsonl").stdout == done.stdout


def test_quiz_lists_the_bank_for_a_person(environment: dict[str, str]) -> None:
    done = _bot(environment, "quiz")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("开头\n1. 〔手写〕")
    assert "\n按题型：手写 " in done.stdout


def test_a_question_whose_passage_changed_is_told_by_check_and_not_asked(
    environment: dict[str, str], tmp_path: Path
) -> None:
    folder = tmp_path / "changed"
    shutil.copytree(ROOT / "knowledge" / "shuangqing", folder)
    for name in ("source.txt", "points.yaml"):
        path = folder / name
        path.write_text(path.read_text(encoding="utf-8").replace("社区党员服务中心", "党群服务中心"), encoding="utf-8")
    done = _bot(environment, "check", str(folder))
    assert done.returncode == 1
    [line] = done.stdout.splitlines()
    message = Lint.ANSWER_GONE.format(id="fuwu-zhongxin", text="“社区党员服务中心”")
    assert re.fullmatch(rf".*quiz\.yaml:\d+: {re.escape(message)}", line)
    asked = {question["id"] for question in _records(_bot(environment, "quiz", "--jsonl", "--knowledge", str(folder)))}
    assert "fuwu-zhongxin" not in asked
    assert "lianchuang-tuozhan" in asked
